import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import type { Scheme } from '../../src/model/endpoint.js';
import type { Limits } from '../../src/model/engagement.js';
import type { FailureName } from '../../src/model/exchange.js';
import {
  always,
  askOf,
  ending,
  fixture,
  http,
  onRequest,
  questionOf,
  rawServer,
  testClient,
  tlsServer,
} from './helpers.js';

interface Case {
  readonly name: string;
  readonly serve: (socket: Socket) => void;
  readonly expect: FailureName;
  readonly detail?: RegExp;
  readonly scheme?: Scheme;
  readonly tls?: TlsOptions;
  readonly limits?: Partial<Limits>;
  /** Requests that the ledger names; 1 by default. */
  readonly requests?: number;
  /** Connections that are tried; 1 by default. */
  readonly connections?: number;
}

/** Short enough for a test, long enough for a busy machine. */
const short = { exchangeTimeoutMs: 150 };

/** Answers the first request with `start`, then goes on as `then` does. */
const begin = (start: string, then: (socket: Socket) => void) => (socket: Socket) =>
  onRequest(socket, () => {
    socket.write(start);
    then(socket);
  });

/** Writes one part again and again until the other side goes. */
function endlessly(socket: Socket, part: string): void {
  function more(): void {
    while (!socket.destroyed && socket.write(part));
  }
  socket.on('drain', more);
  more();
}

const endlesslyOf = (part: string) => (socket: Socket) => endlessly(socket, part);

function drip(socket: Socket, part: string): void {
  const timer = setInterval(() => socket.write(part), 10);
  socket.on('close', () => clearInterval(timer));
}

/** A TLS alert record: fatal, with that description. */
const alert = (description: number): Buffer => Buffer.from([0x15, 3, 1, 0, 2, 2, description]);
const onFirstData = (act: (socket: Socket) => void) => (socket: Socket) => socket.once('data', () => act(socket));

const server = { cert: fixture('server.pem'), key: fixture('server.key') };
const wantsCertificate = { ...server, ca: fixture('ca.pem'), requestCert: true, rejectUnauthorized: true };

const plain: readonly Case[] = [
  { name: 'accepts and says nothing', serve: () => undefined, expect: 'response-timeout', limits: short },
  {
    name: 'headers that drip for ever',
    serve: begin('HTTP/1.1 200 OK\r\n', (socket) => drip(socket, 'a: b\r\n')),
    expect: 'body-timeout',
    detail: /in the headers/,
    limits: { exchangeTimeoutMs: 1500 },
  },
  {
    name: 'interim answers for ever',
    serve: (socket) => onRequest(socket, () => drip(socket, 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n')),
    expect: 'body-timeout',
    limits: { exchangeTimeoutMs: 1500 },
  },
  {
    name: 'a body that drips',
    serve: begin('HTTP/1.1 200 OK\r\ncontent-length: 9999\r\n\r\n', (socket) => drip(socket, 'x')),
    expect: 'body-timeout',
    detail: /after status 200/,
    limits: { exchangeTimeoutMs: 1500 },
  },
  {
    name: 'endless headers',
    serve: begin('HTTP/1.1 200 OK\r\n', (socket) => endlessly(socket, `a: ${'b'.repeat(900)}\r\n`)),
    expect: 'header-too-large',
  },
  {
    name: 'one endless header',
    serve: begin('HTTP/1.1 200 OK\r\na: ', (socket) => endlessly(socket, 'b'.repeat(9000))),
    expect: 'header-too-large',
  },
  {
    name: 'an endless status line',
    serve: begin('HTTP/1.1 200 ', endlesslyOf('b'.repeat(9000))),
    expect: 'header-too-large',
  },
  {
    name: 'interim answers as fast as they are read',
    serve: begin('', endlesslyOf('HTTP/1.1 102 Processing\r\n\r\n'.repeat(50))),
    expect: 'header-too-large',
  },
  {
    name: 'an endless chunk extension',
    serve: begin('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;', endlesslyOf('a=b;'.repeat(900))),
    expect: 'body-too-large',
    detail: /nearly all wrapping/,
  },
  {
    name: 'a gzip bomb',
    serve: always(http('200 OK', ['content-encoding: gzip'], gzipSync(Buffer.alloc(10 * 1024 * 1024)))),
    expect: 'body-too-large',
    detail: /gzip unpacks to more than 65536 bytes/,
  },
  {
    name: 'a gzip bomb in a gzip bomb',
    serve: always(http('200 OK', ['content-encoding: gzip, gzip'], gzipSync(gzipSync(Buffer.alloc(50 * 1024 * 1024))))),
    expect: 'body-too-large',
  },
  {
    name: 'gzip longer than the cap',
    serve: begin('HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n', (socket) =>
      endlessly(socket, '\x1f\x8b'.repeat(500)),
    ),
    expect: 'body-too-large',
  },
  { name: 'no gzip', serve: always(http('200 OK', ['content-encoding: gzip'], '\x00\x01')), expect: 'bad-encoding' },
  {
    name: 'half a gzip',
    serve: always(http('200 OK', ['content-encoding: gzip'], gzipSync('x'.repeat(999)).subarray(0, 15))),
    expect: 'bad-encoding',
  },
  {
    name: 'an unknown coding',
    serve: always(http('200 OK', ['content-encoding: x-secret'], '\x00x')),
    expect: 'bad-encoding',
    detail: /unknown content coding x-secret/,
  },
  {
    name: 'a tower of codings',
    serve: always(http('200 OK', ['content-encoding: br, br, br'], 'x')),
    expect: 'bad-encoding',
  },
  {
    name: 'broken chunks',
    serve: always('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nnot a length\r\n'),
    expect: 'bad-encoding',
    detail: /transfer coding/,
  },
  {
    name: 'cut short in the body',
    serve: (socket) => onRequest(socket, () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf')),
    expect: 'cut-short',
    detail: /after status 200/,
  },
  {
    name: 'reset in the body',
    serve: begin('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf', (socket) => {
      setTimeout(() => socket.resetAndDestroy(), 20);
    }),
    expect: 'cut-short',
  },
  {
    name: 'cut short between chunks',
    serve: (socket) =>
      onRequest(socket, () => socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n')),
    expect: 'cut-short',
  },
  {
    name: 'cut short between chunks of a last answer',
    serve: (socket) =>
      onRequest(socket, () =>
        socket.end('HTTP/1.1 200 OK\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n'),
      ),
    expect: 'cut-short',
  },
  {
    name: 'cut short in the headers',
    serve: (socket) => onRequest(socket, () => socket.end('HTTP/1.1 200 OK\r\ncontent-')),
    expect: 'cut-short',
    detail: /in the headers/,
  },
  { name: 'closes after the question', serve: onFirstData((socket) => socket.end()), expect: 'closed-without-answer' },
  { name: 'closes at once', serve: (socket) => socket.end(), expect: 'closed-without-answer' },
  { name: 'resets', serve: onFirstData((socket) => socket.resetAndDestroy()), expect: 'reset' },
  {
    name: 'SSH',
    serve: (socket) => socket.write('SSH-2.0-OpenSSH_9.2p1\r\n'),
    expect: 'not-http',
    detail: /^speaks SSH: SSH-2\.0/,
  },
  {
    name: 'MySQL',
    serve: (socket) => socket.write(Buffer.from('J\0\0\0\x0a8.0.36\0\x08\0\0\0', 'latin1')),
    expect: 'not-http',
    detail: /^speaks MySQL: /,
  },
  {
    name: 'Redis',
    serve: onFirstData((socket) => socket.end("-ERR wrong number of arguments for 'get' command\r\n")),
    expect: 'not-http',
    detail: /^speaks Redis: /,
  },
  {
    name: 'HTTP/2 that greets',
    serve: (socket) => socket.write(Buffer.from([0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 100])),
    expect: 'http2-clear-text',
  },
  {
    name: 'HTTP/2 that says goodbye',
    serve: onFirstData((socket) => socket.end(Buffer.from([0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]))),
    expect: 'http2-clear-text',
  },
  { name: 'bare JSON', serve: onFirstData((socket) => socket.end('{"cluster_name":"x"}')), expect: 'not-http' },
  {
    name: 'a secret and an escape in what is not HTTP',
    serve: onFirstData((socket) => socket.end('\u001b[31mpassword=canary-1 \u202egnp')),
    expect: 'not-http',
    detail: /^Expected HTTP.*: password=\[redacted\] [^\u001b\u202e]*$/,
  },
  {
    name: 'a line that is not a header',
    serve: always('HTTP/1.1 200 OK\r\nno header at all\r\n\r\n'),
    expect: 'bad-http',
  },
  {
    name: 'a header name with a space',
    serve: always('HTTP/1.1 200 OK\r\nx a: b\r\ncontent-length: 0\r\n\r\n'),
    expect: 'bad-http',
    detail: /header/i,
  },
  {
    name: 'a header over two lines',
    serve: always('HTTP/1.1 200 OK\r\na: b\r\n c\r\ncontent-length: 0\r\n\r\n'),
    expect: 'bad-http',
  },
  {
    name: 'an escape in a header',
    serve: always('HTTP/1.1 200 OK\r\na: \u001b[31m\r\ncontent-length: 0\r\n\r\n'),
    expect: 'bad-http',
    detail: /^[^\u001b]*$/,
  },
  { name: 'lines that end in LF', serve: always('HTTP/1.1 200 OK\ncontent-length: 0\n\n'), expect: 'bad-http' },
  {
    name: 'two lengths',
    serve: always('HTTP/1.1 200 OK\r\ncontent-length: 0\r\ncontent-length: 00\r\n\r\n'),
    expect: 'bad-http',
  },
  { name: 'HTTP of a version to come', serve: always('HTTP/9.9 200 OK\r\n\r\n'), expect: 'bad-http' },
  { name: 'an invalid status', serve: always('HTTP/1.1 -200 OK\r\n\r\n'), expect: 'bad-http' },
  { name: 'nearly HTTP', serve: always('ICY 200 OK\r\n\r\n'), expect: 'not-http' },
  {
    name: 'a TLS alert',
    serve: onFirstData((socket) => socket.end(alert(70))),
    expect: 'not-http',
    detail: /speaks TLS/,
  },
  {
    name: 'transport up to 5.x',
    serve: onFirstData((socket) => socket.end('This is not a HTTP port')),
    expect: 'transport-port',
  },
  {
    name: 'transport from 6.x',
    serve: onFirstData((socket) => socket.end('This is not an HTTP port')),
    expect: 'transport-port',
  },
  {
    name: 'a switch of protocols',
    serve: always('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    expect: 'bad-http',
  },
  { name: 'status 0', serve: always('HTTP/1.1 000 None\r\n\r\n'), expect: 'bad-http' },
  { name: '100 Continue', serve: always('HTTP/1.1 100 Continue\r\n\r\n'), expect: 'bad-http' },
];

const secure: readonly Case[] = [
  {
    name: 'HTTP on the port',
    serve: onFirstData((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    expect: 'tls-not-spoken',
    requests: 0,
  },
  { name: 'SSH on the port', serve: (socket) => socket.write('SSH-2.0-x\r\n'), expect: 'tls-not-spoken', requests: 0 },
  {
    name: 'closes at the hello',
    serve: onFirstData((socket) => socket.end()),
    expect: 'closed-without-answer',
    requests: 0,
  },
  {
    name: 'resets at the hello',
    serve: onFirstData((socket) => socket.resetAndDestroy()),
    expect: 'reset',
    requests: 0,
  },
  {
    name: 'no handshake',
    serve: () => undefined,
    expect: 'tls-timeout',
    limits: { connectTimeoutMs: 150 },
    requests: 0,
  },
  { name: 'version alert', serve: onFirstData((socket) => socket.end(alert(70))), expect: 'tls-version', requests: 0 },
  {
    name: 'name alert',
    serve: onFirstData((socket) => socket.end(alert(112))),
    expect: 'tls-name-unknown',
    requests: 0,
  },
  { name: 'no cipher', serve: onFirstData((socket) => socket.end(alert(40))), expect: 'tls-failed', requests: 0 },
  ...[41, 42, 43, 44, 45, 46, 48, 49, 116].map((description): Case => ({
    name: `alert ${description} before anything was asked for`,
    serve: onFirstData((socket) => socket.end(alert(description))),
    expect: 'tls-failed',
    requests: 0,
  })),
  {
    name: 'no protocol, whatever is offered',
    serve: onFirstData((socket) => socket.end(alert(120))),
    expect: 'tls-no-protocol',
    requests: 0,
    connections: 2,
  },
  {
    name: 'half a hello, and no more',
    serve: onFirstData((socket) => socket.write(Buffer.from([0x16, 3, 3, 0, 90, 2, 0, 0, 86, 3, 3]))),
    expect: 'tls-failed',
    limits: { connectTimeoutMs: 1500 },
    requests: 0,
  },
  {
    name: 'client certificate, TLS 1.1',
    tls: { ...wantsCertificate, minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT:@SECLEVEL=0' },
    serve: () => undefined,
    expect: 'tls-client-certificate',
    requests: 0,
  },
  { name: 'internal error', serve: onFirstData((socket) => socket.end(alert(80))), expect: 'tls-failed', requests: 0 },
  {
    name: 'half a handshake',
    serve: onFirstData((socket) => socket.end(alert(40).subarray(0, 4))),
    expect: 'tls-failed',
    requests: 0,
  },
  {
    name: 'client certificate, TLS 1.3',
    tls: { ...wantsCertificate, minVersion: 'TLSv1.3' },
    serve: () => undefined,
    expect: 'tls-client-certificate',
  },
  {
    name: 'client certificate, TLS 1.2',
    tls: { ...wantsCertificate, maxVersion: 'TLSv1.2' },
    serve: () => undefined,
    expect: 'tls-client-certificate',
    requests: 0,
  },
  { name: 'accepts and says nothing', tls: server, serve: () => undefined, expect: 'response-timeout', limits: short },
  {
    name: 'cut short',
    tls: server,
    serve: (socket) => onRequest(socket, () => socket.end('HTTP/1.1 200')),
    expect: 'cut-short',
  },
  {
    name: 'closes after the question',
    tls: server,
    serve: onFirstData((socket) => socket.end()),
    expect: 'closed-without-answer',
    // it may speak HTTP/2 only: that is tried once
    requests: 2,
    connections: 2,
  },
  { name: 'bare JSON', tls: server, serve: onFirstData((socket) => socket.end('{}')), expect: 'not-http' },
];

for (const [scheme, cases] of [
  ['http', plain],
  ['https', secure],
] as const) {
  t.test(`every broken ${scheme} server ends as a named failure`, { jobs: cases.length }, (t) => {
    for (const { name, serve, expect, detail, tls, limits, requests = 1, connections = 1 } of cases) {
      t.test(name, async (t) => {
        const { port } = tls === undefined ? await rawServer(t, serve) : await tlsServer(t, tls, serve);
        const { endpointClient, ledger, httpClient } = testClient(t, limits === undefined ? {} : { limits });
        const exchange = await endpointClient(port).ask(askOf(questionOf('/_test'), scheme));
        t.equal(ending(exchange), expect);
        if (detail !== undefined && exchange.outcome.kind === 'failure') t.match(exchange.outcome.detail, detail);
        t.equal(httpClient.totals().requests, requests, 'requests sent');
        t.equal(ledger.filter(({ kind }) => kind === 'request').length, requests, 'requests in the ledger');
        t.equal(exchange.connection, requests > 1 ? 1 : connections);
        t.equal(ledger.filter(({ kind }) => kind === 'connection').length, connections, 'no further try');
        t.equal(
          ledger.some((line) => line.kind !== 'connection' && line.failure === expect),
          true,
          'named in the ledger',
        );
      });
    }
    t.end();
  });
}

t.test('a port where nothing listens', async (t) => {
  const { endpointClient, ledger } = testClient(t);
  const exchange = await endpointClient(1).ask(askOf(questionOf('/')));
  t.match(exchange, { request: 0, connection: 1, outcome: { failure: 'refused', detail: 'ECONNREFUSED' } });
  t.match(ledger, [{ kind: 'connection', failure: 'refused', localPort: null }]);
});

t.test('our own failure is not a failure of the target', async (t) => {
  const { endpointClient } = testClient(t);
  // The kernel refuses a stream to a multicast address at once, as it does without a route.
  const visited = endpointClient(9200, { address: '224.0.0.1', host: '224.0.0.1' });
  t.equal(ending(await visited.ask(askOf(questionOf('/')))), 'local-failure');
  t.equal(visited.cut, 'local-failure');
});

t.test('a full queue answers nothing while connecting', async (t) => {
  const listener = spawn(process.execPath, [
    '-e',
    "require('net').createServer().listen(0, '127.0.0.1', 1, function () { console.log(this.address().port) })",
  ]);
  t.teardown(() => listener.kill('SIGKILL'));
  const [line]: string[] = (await once(listener.stdout, 'data')).map(String);
  const port = Number(line);
  listener.kill('SIGSTOP');
  // A stopped process accepts nothing: once its queue is full, the kernel drops new connections.
  const waiting = Array.from({ length: 8 }, () => connect(port, '127.0.0.1').on('error', () => undefined));
  t.teardown(() => waiting.forEach((socket) => socket.destroy()));
  await Promise.race(waiting.map((socket) => once(socket, 'connect')));
  const { endpointClient, ledger } = testClient(t, { limits: { connectTimeoutMs: 200 } });
  t.equal(ending(await endpointClient(port).ask(askOf(questionOf('/')))), 'connect-timeout');
  t.match(ledger, [{ kind: 'connection', failure: 'connect-timeout', localAddress: '127.0.0.1' }]);

  const patient = testClient(t);
  const asked = patient.endpointClient(port).ask(askOf(questionOf('/')));
  setTimeout(() => patient.stop.abort(), 20);
  t.equal(ending(await asked), 'interrupted', 'and a stop does not wait for it');
});
