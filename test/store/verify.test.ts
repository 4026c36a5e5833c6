// Every changed, missing or added byte of a run folder is named.
import { rmSync, writeFileSync, appendFileSync, mkdirSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import t from 'tap';
import { verifyFolder } from '../../src/store/verify.js';

const sum = (text: string): string => createHash('sha256').update(text).digest('hex');

t.test('a run folder', async (t) => {
  const files = { 'run.json': '{}', 'journal/0001.jsonl': 'a\n', 'report.html': '<p>' };
  const folder = t.testdir({
    'run.json': '{}',
    'report.html': '<p>',
    journal: { '0001.jsonl': 'a\n' },
    SHA256SUMS: Object.entries(files)
      .map(([name, text]) => `${sum(text)}  ${name}\n`)
      .join(''),
  });
  const whole = await verifyFolder(folder);
  t.match(whole, { files: 3, changed: [], missing: [], added: [] });
  mkdirSync(join(folder, 'rejudged', 'x'), { recursive: true });
  writeFileSync(join(folder, 'rejudged', 'x', 'run.json'), '{}');
  t.strictSame(await verifyFolder(folder), whole, 'a record judged again has sums of its own');
  appendFileSync(join(folder, 'journal', '0001.jsonl'), ' ');
  rmSync(join(folder, 'report.html'));
  writeFileSync(join(folder, 'notes.txt'), '');
  t.match(await verifyFolder(folder), {
    digest: whole.digest,
    changed: ['journal/0001.jsonl'],
    missing: ['report.html'],
    added: ['notes.txt'],
  });
  appendFileSync(join(folder, 'SHA256SUMS'), 'x\n');
  await t.rejects(verifyFolder(folder), { name: 'UserMistake', message: /SHA256SUMS:4/ });
  await t.rejects(verifyFolder(t.testdir({ none: {} })), { name: 'UserMistake' });
});
