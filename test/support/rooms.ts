// Runs the tests of folders of `test/` in one process: a process for each file would spend most of its time on loading the
// same modules. A single file: `npx tap FILE`.
import { readdirSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';

/** `.ts`, or `.js` where the tests run compiled. */
const ending = `.test${extname(import.meta.url)}`;

async function load(folders: readonly string[]): Promise<void> {
  for (const name of folders) {
    const folder = new URL(`../${name}/`, import.meta.url);
    const files = readdirSync(fileURLToPath(folder), { recursive: true, encoding: 'utf8' }).sort();
    for (const file of files) if (file.endsWith(ending)) await import(new URL(file, folder).href);
  }
}

/** Runs all tests of these folders, once all of their files are loaded: tap would end as soon as it has nothing to do. */
export function testRooms(...folders: readonly string[]): void {
  void t.waitOn(load(folders));
}
