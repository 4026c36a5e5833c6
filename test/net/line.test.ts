import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import t from 'tap';
import { parsedAtOnce, readInPortions } from '../../src/net/line.js';

t.test('a socket gives what came in portions, all of it, and nothing once it is destroyed', async (t) => {
  const sent = Buffer.alloc(40 * parsedAtOnce + 7, 'abc');
  const server = createServer((socket) => socket.on('error', () => undefined).end(sent)).listen(0, '127.0.0.1');
  t.teardown(() => server.close());
  await once(server, 'listening');
  const address = server.address();
  const socket = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1');
  readInPortions(socket, () => false);
  const portions: Buffer[] = [];
  socket.on('readable', () => {
    for (let portion: unknown = socket.read(); Buffer.isBuffer(portion); portion = socket.read())
      portions.push(portion);
  });
  await once(socket, 'end');
  t.ok(portions.every(({ length }) => length <= parsedAtOnce));
  t.ok(Buffer.concat(portions).equals(sent));

  const other = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1');
  readInPortions(other, () => false);
  await once(other, 'readable');
  t.ok(other.readableLength > 0);
  other.destroy();
  t.equal(other.read(), null);
});
