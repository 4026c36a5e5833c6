// A worker with bugs planted into it: what it is given on 127.62.9.8 ends it at once, and on 127.62.9.9 with an exception.
import { parentPort } from 'node:worker_threads';
import '../../../dist/run/worker.js';

parentPort?.on('message', ({ kind, visit }) => {
  if (kind !== 'survey') return;
  // Once others are under way.
  if (visit.endpoint.address === '127.62.9.8') setTimeout(() => process.exit(7), 30);
  if (visit.endpoint.address === '127.62.9.9') {
    setTimeout(() => {
      throw new Error('planted');
    }, 30);
  }
});
