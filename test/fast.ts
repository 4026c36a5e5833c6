// The tests of the pure rooms in one process, for the inner loop: `npm run test:fast` (CONTRIBUTING.md). Files that own a
// folder for their data, or compare with a snapshot, need processes of their own: `npm test` runs them.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const rooms = ['catalogue', 'knowledge', 'reading', 'topics', 'judge'];

const here = fileURLToPath(new URL('.', import.meta.url));
const files = rooms
  .flatMap((room) =>
    readdirSync(join(here, room), { recursive: true, encoding: 'utf8' }).map((name) => join(here, room, name)),
  )
  .filter((file) => file.endsWith('.test.ts'))
  .filter((file) => !/\bt\.testdir\(|matchSnapshot/.test(readFileSync(file, 'utf8')))
  .sort();

for (const file of files) await import(pathToFileURL(file).href);
