// Compares what a check says to people with the words kept in test/wording/: a rewording shows as a difference of plain text.
import { readFileSync, writeFileSync } from 'node:fs';
import type { Test } from 'tap';

/** Compares `words` with `test/wording/ID.txt`; `npx tap --snapshot FILE` writes that file, and its diff is meant to be read. */
export function keepsWording(t: Test, id: string, words: string): void {
  const path = `test/wording/${id}.txt`;
  if (process.env['TAP_SNAPSHOT'] === '1') writeFileSync(path, words);
  t.equal(
    readFileSync(path, 'utf8'),
    words,
    `the words of ${id} (npx tap --snapshot writes them: read the difference)`,
  );
}
