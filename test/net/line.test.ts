import { once } from 'node:events';
import { connect } from 'node:net';
import { createSecureContext } from 'node:tls';
import t, { type Test } from 'tap';
import { holdBack, openLine, parsedAtOnce, readInPortions, type Line } from '../../src/net/line.js';
import { onRequest, rawServer, until } from './helpers.js';

/** A line to a server of this machine. */
function lineTo(t: Test, port: number): Line {
  const context = () => createSecureContext();
  const line = openLine(
    { host: '127.0.0.1', address: '127.0.0.1', port, basePath: '', scheme: null },
    '127.0.0.1',
    'http',
    null,
    'http/1.1',
    {
      scope: { mayAsk: () => ({ allowed: true }) },
      timeoutMs: 5_000,
      ledger: { write: () => undefined },
      context,
      clientContext: null,
      oldContext: context,
      harmless: (text) => text,
      now: () => new Date(),
      nextId: () => 1,
    },
    () => true,
    () => undefined,
  );
  line.mayConnect = 1;
  t.teardown(() => line.client.destroy(new Error('the test is over')));
  return line;
}

t.test('an answer is parsed in portions, and not read while it is held back', async (t) => {
  const body = 'abc'.repeat(14 * parsedAtOnce);
  const { port } = await rawServer(t, (socket) =>
    onRequest(socket, () => socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`)),
  );
  const line = lineTo(t, port);
  let received = '';
  let longest = 0;
  let held = 0;
  const readOn: (() => void)[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    line.client.dispatch(
      { path: '/', method: 'GET', headers: [] },
      {
        onRequestStart: () => undefined,
        onResponseStart: () => undefined,
        onResponseData(flow, chunk) {
          received += chunk.toString();
          longest = Math.max(longest, chunk.length);
          if (received.length < body.length / 2 || held > 0) return;
          held = received.length;
          readOn.push(holdBack(line, flow));
        },
        onResponseEnd: () => resolve(),
        onResponseError: (_, error) => reject(error),
      },
    );
  });
  await until(() => readOn.length === 1);
  // More of it has come, and stays where it is.
  await until(() => received === body || (line.connection?.socket.readableLength ?? 0) > 0);
  line.connection?.socket.emit('readable');
  t.equal(received.length, held);
  readOn[0]?.();
  await ended;
  t.equal(received, body);
  t.ok(longest <= parsedAtOnce, `${longest} bytes at once`);
});

t.test('a destroyed socket gives nothing that came before', async (t) => {
  const { port } = await rawServer(t, (socket) => socket.write('x'.repeat(3 * parsedAtOnce)));
  const socket = connect(port, '127.0.0.1');
  readInPortions(socket, () => false);
  await once(socket, 'readable');
  t.ok(socket.readableLength > 0);
  socket.destroy();
  t.equal(socket.read(), null);
});
