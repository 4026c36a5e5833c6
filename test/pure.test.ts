// The tests of the rooms that use neither the network nor a program, in one process: a process for each file would spend
// most of its time on loading the same modules. By itself: `npm run test:fast`. A single file: `npx tap FILE`.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const rooms = [
  'catalogue',
  'engagement',
  'history',
  'judge',
  'knowledge',
  'plan',
  'reading',
  'report',
  'store',
  'survey',
  'topics',
];

for (const room of rooms) {
  const folder = new URL(`./${room}/`, import.meta.url);
  const files = readdirSync(fileURLToPath(folder), { recursive: true, encoding: 'utf8' }).sort();
  for (const file of files) if (file.endsWith('.test.ts')) await import(new URL(file, folder).href);
}
