import { createServer } from 'node:net';
import { replay } from '../../../src/demo/replay.js';
import { recordingNamed } from '../../replay.js';
import { converse } from './converse.js';
import { kindOf } from './kinds.js';

/** One listener for every address of 127.0.0.0/8, in a process of its own: what it is depends on the address asked. */
const recordings = {
  open: recordingNamed('elasticsearch/7.17.9-open'),
  guarded: recordingNamed('elasticsearch/7.17.9-closed'),
} as const;

const server = createServer((socket) => {
  socket.on('error', () => socket.destroy());
  const kind = kindOf(socket.localAddress ?? '');
  if (kind === 'silent') return;
  // After the first bytes: otherwise the reset would come before or after the request by chance.
  if (kind === 'refusing') socket.once('data', () => socket.resetAndDestroy());
  else converse(socket, (path, method) => replay(recordings[kind], { method, path, headers: {} })?.bytes ?? null);
});

server.listen(0, '0.0.0.0', 4096, () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) process.send?.(address.port);
});

// The process that started it may be killed before it can say so.
process.on('disconnect', () => process.exit());
