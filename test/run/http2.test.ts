// Servers that speak nothing but HTTP/2 are judged as what they are: open, closed or undetermined.
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { createSecureServer, createServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import t from 'tap';
import type { Test } from 'tap';
import { audited, declared, jsonLines, recorded, type Audited } from './support.js';

const fixture = (name: string): string => readFileSync(`test/net/fixtures/${name}`, 'utf8');
const address = '127.33.3.1';

/** Headers that HTTP/2 has none of (RFC 9113, 8.2.2). */
const ofTheConnection = new Set(['connection', 'keep-alive', 'transfer-encoding']);

/** A front that speaks only HTTP/2, in front of a recording. */
async function front(t: Test, name: string, secure: boolean): Promise<number> {
  const behind = await recorded(t, name);
  const serve = (request: Http2ServerRequest, response: Http2ServerResponse): void => {
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([key]) => !key.startsWith(':')));
    get(`${behind}${request.url}`, { headers }, (answer) => {
      const kept = Object.entries(answer.headers).filter(([header]) => !ofTheConnection.has(header));
      response.writeHead(answer.statusCode ?? 500, Object.fromEntries(kept));
      answer.pipe(response);
    });
  };
  const server = secure
    ? createSecureServer({ cert: fixture('server.pem'), key: fixture('server.key') }, serve)
    : createServer(serve);
  const sockets: Socket[] = [];
  server.on('connection', (socket: Socket) => sockets.push(socket.on('error', () => socket.destroy())));
  server.on('sessionError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  t.teardown(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const { port }: Pick<AddressInfo, 'port'> = Object.assign({ port: 0 }, server.address());
  return port;
}

async function audit(t: Test, name: string, secure: boolean): Promise<Audited> {
  const port = await front(t, name, secure);
  const folder = t.testdir({});
  const text = `targets: [{ id: a, hosts: ["${address}"], ports: [${port}] }]`;
  return audited(await declared(t, text, folder), join(folder, 'out'));
}

t.test('over TLS it is open, or closed, as over HTTP/1.1', { timeout: 120_000 }, async (t) => {
  const open = await audit(t, 'elasticsearch/7.17.9-open', true);
  t.match(open.endpoints, [{ state: 'open', access: 'control', version: '7.17.9', endpoint: /^https:/ }]);
  t.ok(open.findings.some(({ check }) => check === 'cluster-open'));
  const ledger = jsonLines(join(open.result.folder, 'ledger.jsonl'));
  t.equal(
    ledger.filter((line) => isLine(line, 'connection')).length,
    5,
    'plain HTTP, HTTP/1.1, HTTP/2, and two old versions of TLS',
  );
  t.equal(
    ledger.filter((line) => isLine(line, 'request')).length,
    open.endpoints[0]?.requests ?? 0,
    'each request is in the ledger, and in the record',
  );
  const closed = await audit(t, 'elasticsearch/7.17.9-closed', true);
  t.match(closed.endpoints, [{ state: 'guarded', guardedBy: 'product', product: 'elasticsearch' }]);
  t.equal(closed.result.exitCode, 0);
});

t.test('in clear text it is named, and the audit is incomplete', { timeout: 120_000 }, async (t) => {
  for (const name of ['elasticsearch/7.17.9-open', 'elasticsearch/7.17.9-closed']) {
    const run = await audit(t, name, false);
    t.match(run.endpoints, [{ state: 'undetermined', reason: 'http2-clear-text', requests: 1 }], name);
    t.equal(run.result.exitCode, 3);
  }
});

function isLine(line: unknown, kind: string): boolean {
  return typeof line === 'object' && line !== null && 'kind' in line && line.kind === kind;
}
