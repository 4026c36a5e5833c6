// One table of exit codes in README, --help and docs.
import { readFileSync } from 'node:fs';
import t from 'tap';
import { exitCodes, exitCodesText } from '../../src/cli/exit.js';

for (const file of ['README.md', 'docs/exit-codes.md']) {
  t.test(`the table of ${file} is the one of --help`, (t) => {
    const text = readFileSync(file, 'utf8');
    const rows = [...text.matchAll(/^\| (\d+) +\| (.*?) +\|$/gm)].map(([, code, meaning]) => [Number(code), meaning]);
    t.strictSame(rows, exitCodes());
    t.end();
  });
}

t.test('the table of --help fits a terminal', (t) => {
  const lines = exitCodesText().split('\n');
  t.ok(lines.every((line) => line.length <= 80));
  t.equal(
    lines.map((line) => line.slice(7)).join(' '),
    exitCodes()
      .map(([, meaning]) => meaning.replaceAll('`', ''))
      .join(' '),
  );
  t.end();
});
