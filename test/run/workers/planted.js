// A worker with a bug planted into it: the first one that is given its fourth endpoint ends, at once or with an exception.
import { writeFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import '../../../dist/run/worker.js';

let surveys = 0;
parentPort?.on('message', ({ kind, visit }) => {
  if (kind === 'survey') surveys += 1;
  if (kind !== 'survey' || surveys !== 4) return;
  try {
    writeFileSync(process.env['LEFTOPEN_PLANTED'] ?? '', '', { flag: 'wx' });
  } catch {
    return;
  }
  // Once others are under way.
  setTimeout(() => {
    if (visit.endpoint.basePath === '/exit') process.exit(7);
    throw new Error('planted');
  }, 30);
});
