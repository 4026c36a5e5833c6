// Which files of a run the terminal names.
import t from 'tap';
import { readable } from '../../../src/cli/commands/audit.js';

t.test('the files that were asked for are named, each with its folder', (t) => {
  const record = ['endpoints.jsonl', 'findings.jsonl', 'findings.json'];
  for (const [files, named] of [
    [
      [...record, 'report.html', 'report.md'],
      ['r/report.html', 'r/report.md'],
    ],
    [
      [...record, 'findings.csv', 'leftopen.sarif'],
      ['r/findings.csv', 'r/leftopen.sarif'],
    ],
    [record, ['r/endpoints.jsonl', 'r/findings.jsonl', 'r/findings.json']],
    [[], []],
  ] as const) {
    t.strictSame(readable({ files, folder: 'r' }), named);
  }
  t.end();
});
