// Servers that speak nothing but HTTP/2: asked over TLS with the same limits and the same ledger, named in clear text.
import { createSecureServer, createServer, constants, type Http2Server, type ServerHttp2Stream } from 'node:http2';
import type { IncomingHttpHeaders } from 'node:http2';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import type { Test } from 'tap';
import type { Limits } from '../../src/model/engagement.js';
import type { FailureName } from '../../src/model/exchange.js';
import type { LedgerLine } from '../../src/model/ledger.js';
import { http2Speaker } from '../../src/net/http2.js';
import { askOf, ending, fixture, questionOf, testClient, tlsServer } from './helpers.js';

const address = '127.33.2.1';
const certificate = { cert: fixture('server.pem'), key: fixture('server.key') };
const question = questionOf('/_test');
const json = { ':status': 200, 'content-type': 'application/json' };
const banner = '{"tagline":"You Know, for Search"}';

interface Seen {
  readonly port: number;
  readonly sockets: Socket[];
  readonly requests: { readonly headers: IncomingHttpHeaders; readonly body: () => number }[];
}

type Serve = (stream: ServerHttp2Stream, count: number, socket: Socket | undefined) => void;

/** Listens on loopback; `serve` gets each stream. */
async function listening(
  t: Test,
  front: { readonly server: Http2Server; readonly listener?: Listener },
  serve: Serve,
): Promise<Seen> {
  const { server, listener = server } = front;
  const seen: Omit<Seen, 'port'> = { sockets: [], requests: [] };
  listener.on('connection', (socket: Socket) => {
    seen.sockets.push(socket);
    socket.on('error', () => socket.destroy());
  });
  for (const name of ['sessionError', 'error']) server.on(name, () => undefined);
  server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    let body = 0;
    stream.on('error', () => undefined);
    stream.on('data', (chunk: Buffer) => (body += chunk.length));
    seen.requests.push({ headers, body: () => body });
    serve(stream, seen.requests.length, seen.sockets.at(-1));
  });
  await new Promise<void>((resolve) => listener.listen(0, address, resolve));
  t.teardown(() => {
    for (const socket of seen.sockets) socket.destroy();
    listener.close();
  });
  const { port }: Pick<AddressInfo, 'port'> = Object.assign({ port: 0 }, listener.address());
  return { ...seen, port };
}

interface Listener {
  on(name: 'connection', act: (socket: Socket) => void): unknown;
  listen(port: number, host: string, ready: () => void): unknown;
  address(): unknown;
  close(): unknown;
}

function overTls(t: Test, serve: Serve, options = {}): Promise<Seen> {
  return listening(t, { server: createSecureServer({ ...certificate, ...options }) }, serve);
}

const endpoint = { host: address, address };

function linesOf<Kind extends LedgerLine['kind']>(
  ledger: readonly LedgerLine[],
  kind: Kind,
): Extract<LedgerLine, { kind: Kind }>[] {
  return ledger.filter((line): line is Extract<LedgerLine, { kind: Kind }> => line.kind === kind);
}

t.test('a server that accepts HTTP/2 alone is asked over it, and each step is in the ledger', async (t) => {
  const { port, requests, sockets } = await overTls(t, (stream) => {
    stream.respond({ ...json, 'www-authenticate': ['Basic realm="a"', 'ApiKey'], 'set-cookie': ['a=1', 'b=2'] });
    stream.end(banner);
  });
  const { endpointClient, ledger, httpClient } = testClient(t);
  const visited = endpointClient(port, { ...endpoint, host: 'es.acme.example' });
  const first = await visited.ask(askOf(question, 'https', '/es'));
  t.match(first, {
    path: '/es/_test',
    scheme: 'https',
    request: 1,
    connection: 2,
    outcome: {
      kind: 'answer',
      status: 200,
      headers: { 'www-authenticate': ['Basic realm="a"', 'ApiKey'], 'content-type': ['application/json'] },
      bytes: banner.length,
      truncated: false,
      sha256: /^[0-9a-f]{64}$/,
    },
  });
  const own = questionOf('/_own', { method: 'HEAD', headers: { Accept: 'text/html' } });
  t.match(await visited.ask(askOf(own, 'https')), { connection: 2, outcome: { status: 200, body: { kind: 'none' } } });
  t.match(await visited.ask(askOf(question, 'https')), { request: 3, connection: 2 }, 'all over one connection');
  t.match(visited.tls, { protocol: /TLS/, sha256: /^[0-9a-f]{64}$/ });
  t.equal(sockets.length, 2);
  t.strictSame(
    requests.map(({ headers, body }) => ({ ...Object.fromEntries(Object.entries(headers)), body: body() })),
    [
      { method: 'GET', path: '/es/_test', accept: 'application/json' },
      { method: 'HEAD', path: '/_own', accept: 'text/html' },
      { method: 'GET', path: '/_test', accept: 'application/json' },
    ].map(({ method, path, accept }) => ({
      ':method': method,
      ':path': path,
      ':scheme': 'https',
      ':authority': `es.acme.example:${port}`,
      accept,
      'user-agent': 'leftopen/test (+mailto:audit@acme.example)',
      'x-opaque-id': 'run-1',
      body: 0,
    })),
    'what is sent says who asks, and nothing else',
  );
  t.match(linesOf(ledger, 'handshake'), [
    { connection: 1, http: 'http/1.1', failure: 'tls-no-protocol', sni: 'es.acme.example' },
    { connection: 2, http: 'h2', failure: null, certificate: /^[0-9a-f]{64}$/ },
  ]);
  t.match(linesOf(ledger, 'connection'), [
    { address, failure: null },
    { address, failure: null },
  ]);
  t.match(linesOf(ledger, 'request'), [
    { request: 1, connection: 2, url: `https://es.acme.example:${port}/es/_test`, status: 200, bytes: banner.length },
    { request: 2, connection: 2, method: 'HEAD', bytes: 0 },
    { request: 3, connection: 2 },
  ]);
  t.strictSame(httpClient.totals(), { requests: 3, connections: 2, bytes: 2 * banner.length });
});

t.test('a server that ignores what is offered and speaks HTTP/2 is asked over it', async (t) => {
  const behind = await listening(t, { server: createServer() }, (stream) => {
    stream.respond({ ...json, ':status': 401 });
    stream.end('{}');
  });
  // As stunnel, or haproxy in its TCP mode: TLS ends here, and no one looks at what is offered.
  const front = await tlsServer(t, certificate, (socket) => {
    const onwards = connect(behind.port, address);
    onwards.on('error', () => socket.destroy());
    socket.on('close', () => onwards.destroy());
    socket.pipe(onwards).pipe(socket);
  });
  const { endpointClient, ledger } = testClient(t);
  const visited = endpointClient(front.port);
  t.equal(ending(await visited.ask(askOf(question, 'https'))), 401);
  t.equal(ending(await visited.ask(askOf(question, 'https'))), 401);
  t.equal(behind.requests.length, 2);
  t.match(linesOf(ledger, 'request'), [{ failure: 'http2-clear-text' }, { status: 401 }, { status: 401 }]);
  t.equal(visited.requestsSpent, 3, 'what it did not understand was sent anyway');
});

/** Agrees on no version of HTTP, hangs up on HTTP/1.1 and speaks HTTP/2: haproxy with `proto h2`. */
async function hangingUp(t: Test): Promise<number> {
  const behind = await listening(t, { server: createServer() }, (stream) => {
    stream.respond(json);
    stream.end(banner);
  });
  const front = await tlsServer(t, certificate, (socket) => {
    socket.once('data', (first: Buffer) => {
      if (!first.toString('latin1').startsWith('PRI')) {
        socket.end();
        return;
      }
      const onwards = connect(behind.port, address);
      onwards.on('error', () => socket.destroy());
      socket.on('close', () => onwards.destroy());
      onwards.write(first);
      socket.pipe(onwards).pipe(socket);
    });
  });
  return front.port;
}

t.test('a server that agrees on nothing and hangs up on HTTP/1.1 is tried over HTTP/2, once', async (t) => {
  const { endpointClient, ledger } = testClient(t);
  const visited = endpointClient(await hangingUp(t));
  t.equal(ending(await visited.ask(askOf(question, 'https'))), 200);
  t.equal(ending(await visited.ask(askOf(question, 'https'))), 200);
  t.match(linesOf(ledger, 'handshake'), [{ http: 'http/1.1' }, { http: 'h2' }]);
  t.match(linesOf(ledger, 'request'), [{ failure: 'closed-without-answer' }, { status: 200 }, { status: 200 }]);
});

t.test('where HTTP/2 is not spoken either, the rest is asked over HTTP/1.1', async (t) => {
  const { endpointClient, ledger } = testClient(t);
  const { port } = await tlsServer(t, certificate, (socket) => {
    socket.once('data', (first: Buffer) => {
      const asked = first.toString('latin1');
      socket.end(
        /^GET \/_test\?/.test(asked) ? 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}' : '',
      );
    });
  });
  const visited = endpointClient(port);
  t.equal(ending(await visited.ask(askOf(question, 'https'))), 'closed-without-answer');
  t.equal(ending(await visited.ask(askOf(questionOf('/_test?x=1'), 'https'))), 200);
  t.equal(ending(await visited.ask(askOf(question, 'https'))), 'closed-without-answer');
  t.equal(linesOf(ledger, 'handshake').filter(({ http }) => http === 'h2').length, 1, 'tried once in a visit');
});

t.test("Node's rejection of every other version does not count as denying the caller", async (t) => {
  // Before version 20 it agrees on nothing, and answers HTTP/1.1 itself.
  const server = createServer();
  const listener = createTlsServer(certificate, (socket) => server.emit('connection', socket));
  listener.on('tlsClientError', () => undefined);
  const { port } = await listening(t, { server, listener }, () => undefined);
  const { endpointClient, ledger } = testClient(t);
  await endpointClient(port, endpoint).ask(askOf(question, 'https'));
  t.match(linesOf(ledger, 'handshake'), [{ http: 'http/1.1' }, { http: 'h2' }]);
});

t.test('a server that speaks both is asked over HTTP/1.1', async (t) => {
  const versions: string[] = [];
  const server = createSecureServer({ ...certificate, allowHTTP1: true }, (request, response) => {
    versions.push(request.httpVersion);
    response.end('{}');
  });
  const { port } = await listening(t, { server }, () => undefined);
  const { endpointClient, ledger } = testClient(t);
  t.equal(ending(await endpointClient(port, endpoint).ask(askOf(question, 'https'))), 200);
  t.strictSame(versions, ['1.1']);
  t.match(linesOf(ledger, 'handshake'), [{ http: 'http/1.1', failure: null }]);
});

t.test('HTTP/2 in clear text is named, and tried once', async (t) => {
  const { port, requests, sockets } = await listening(t, { server: createServer() }, (stream) => {
    stream.respond(json);
    stream.end(banner);
  });
  const { endpointClient } = testClient(t);
  t.equal(ending(await endpointClient(port, endpoint).ask(askOf(question))), 'http2-clear-text');
  t.strictSame([requests.length, sockets.length], [0, 1]);
});

/** Writes as long as the other side takes it. */
function endlessly(stream: ServerHttp2Stream): void {
  const more = (): void => {
    while (!stream.destroyed && stream.write('x'.repeat(16_000)));
  };
  stream.on('drain', more);
  more();
}

t.test('limits and failures are those of HTTP/1.1', { jobs: 4 }, (t) => {
  const cases: readonly (readonly [string, Serve, FailureName | number, Partial<Limits>?])[] = [
    [
      'an endless body',
      (stream) => {
        stream.respond(json);
        endlessly(stream);
      },
      200,
    ],
    [
      'a gzip bomb',
      (stream) => (
        stream.respond({ ...json, 'content-encoding': 'gzip' }),
        stream.end(gzipSync(Buffer.alloc(10 << 20)))
      ),
      'body-too-large',
    ],
    [
      'no gzip',
      (stream) => (stream.respond({ ...json, 'content-encoding': 'gzip' }), stream.end('\x00x')),
      'bad-encoding',
    ],
    ['says nothing', () => undefined, 'response-timeout', { exchangeTimeoutMs: 300 }],
    [
      'a body that drips',
      (stream) => {
        stream.respond(json);
        const timer = setInterval(() => stream.write('x'), 10);
        stream.on('close', () => clearInterval(timer));
      },
      'body-timeout',
      { exchangeTimeoutMs: 1_500 },
    ],
    ['resets the stream', (stream) => stream.close(constants.NGHTTP2_INTERNAL_ERROR), 'closed-without-answer'],
    ['wants HTTP/1.1', (stream) => stream.close(constants.NGHTTP2_HTTP_1_1_REQUIRED), 'bad-http'],
    ['closes', (_stream, _count, socket) => void socket?.destroy(), 'closed-without-answer'],
    ['closes the session', (stream) => stream.session?.destroy(), 'closed-without-answer'],
    [
      'cut short',
      (stream) => {
        stream.respond(json);
        stream.write('half');
        setTimeout(() => stream.session?.destroy(), 50);
      },
      'cut-short',
    ],
    [
      'reset in the body',
      (stream, _count, socket) => {
        stream.respond(json);
        stream.write('half');
        setTimeout(() => socket?.resetAndDestroy(), 50);
      },
      'cut-short',
    ],
    [
      'shorter than its length',
      (stream) => (stream.respond({ ...json, 'content-length': 5_000 }), stream.end('short')),
      'cut-short',
    ],
    [
      'interim answers as fast as they are read',
      (stream) => {
        const timer = setInterval(() => {
          for (let i = 0; i < 200 && !stream.destroyed; i += 1)
            stream.additionalHeaders({ ':status': 103, link: `<${i}${'x'.repeat(900)}>` });
        }, 5);
        stream.on('close', () => clearInterval(timer));
      },
      'header-too-large',
    ],
  ];
  for (const [name, serve, expect, limits] of cases) {
    t.test(name, async (t) => {
      const { port } = await overTls(t, serve);
      const { endpointClient, ledger, httpClient } = testClient(t, limits === undefined ? {} : { limits });
      const visited = endpointClient(port, endpoint);
      const exchange = await visited.ask(askOf(question, 'https'));
      t.equal(ending(exchange), expect);
      if (exchange.outcome.kind === 'answer')
        t.match(exchange.outcome, { bytes: question.cap, truncated: true }, 'cut at the cap');
      t.strictSame([httpClient.totals().requests, httpClient.totals().connections], [1, 2], 'asked once');
      t.match(linesOf(ledger, 'request'), [{ connection: 2, failure: typeof expect === 'string' ? expect : null }]);
      await visited.close();
    });
  }
  t.end();
});

/** A frame of HTTP/2 (RFC 9113, 4.1) on stream 0. */
function frame(type: number, flags: number, payload: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from([0, payload.length >> 8, payload.length & 0xff, type, flags, 0, 0, 0, 0]),
    payload,
  ]);
}

t.test('a server that agrees on HTTP/2 and then breaks its rules, or floods, ends in time', async (t) => {
  const settings = frame(4, 0, Buffer.alloc(0));
  const floodOf = (part: Buffer) => (socket: Socket) => {
    socket.write(settings);
    const more = (): void => {
      while (!socket.destroyed && socket.write(part));
    };
    socket.on('drain', more);
    more();
  };
  for (const [name, serve, expects] of [
    [
      'pings',
      floodOf(Buffer.concat(Array(200).fill(frame(6, 0, Buffer.alloc(8))))),
      /header-too-large|bad-http|closed/,
    ],
    ['settings', floodOf(Buffer.concat(Array(200).fill(settings))), /header-too-large|bad-http|closed/],
    ['HTTP/1.1', (socket: Socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'), /bad-http|closed/],
    ['noise', (socket: Socket) => socket.write(Buffer.alloc(500, 0x5a)), /bad-http|closed|header-too-large/],
    ['nothing', () => undefined, /response-timeout/],
  ] as const) {
    const { port, connections } = await tlsServer(t, { ...certificate, ALPNProtocols: ['h2'] }, serve);
    const { endpointClient, httpClient } = testClient(t, { limits: { exchangeTimeoutMs: 3_000 } });
    const { outcome } = await endpointClient(port).ask(askOf(question, 'https'));
    t.match(outcome.kind === 'failure' ? outcome.failure : '', expects, name);
    t.strictSame([httpClient.totals().requests, connections.length], [1, 1], name);
  }
});

t.test('a session that ends between two questions is made anew', async (t) => {
  const { port, sockets, requests } = await overTls(t, (stream, count) => {
    stream.respond(json);
    stream.end(banner);
    const { session } = stream;
    if (count < 3) stream.on('close', () => session?.close());
  });
  const { endpointClient } = testClient(t);
  const visited = endpointClient(port, endpoint);
  for (let i = 0; i < 4; i += 1) t.equal(ending(await visited.ask(askOf(question, 'https'))), 200, `${i}`);
  t.ok(requests.length >= 4 && sockets.length >= 3, `${requests.length} requests over ${sockets.length} connections`);
});

t.test('a session that the server ends and does not close leaves no connection behind', async (t) => {
  const { port } = await overTls(t, (stream, count) => {
    // nginx does so after `keepalive_requests`, Envoy when it drains: the answer is complete, and the connection stays.
    if (count % 2 === 0) stream.session?.goaway(constants.NGHTTP2_NO_ERROR);
    stream.respond(json);
    stream.end(banner);
  });
  const made: Socket[] = [];
  const speaker = http2Speaker(
    new URL(`https://${address}:${port}`),
    (done) => {
      const socket = connectTls({ port, host: address, ALPNProtocols: ['h2'], rejectUnauthorized: false }, () =>
        done(null, socket),
      );
      made.push(socket);
    },
    10_000,
  );
  for (let i = 0; i < 6; i += 1)
    await new Promise<void>((resolve, reject) =>
      speaker.dispatch(
        { path: '/', method: 'GET', headers: [] },
        { onResponseEnd: () => resolve(), onResponseError: (_, error) => reject(error) },
      ),
    );
  await speaker.destroy(new Error('over'));
  t.ok(made.length >= 3, `${made.length} connections`);
  t.ok(made.every(({ destroyed }) => destroyed));
});

t.test('a stop ends a session at once, and scope holds before it is made', async (t) => {
  const { port, sockets } = await overTls(t, () => undefined);
  const { endpointClient, stop } = testClient(t);
  const asked = endpointClient(port, endpoint).ask(askOf(question, 'https'));
  setTimeout(() => stop.abort(), 300);
  t.equal(ending(await asked), 'interrupted');
  const before = sockets.length;
  const narrow = testClient(t, { scope: { mayAsk: () => ({ allowed: false, why: 'x' }) } });
  t.equal(ending(await narrow.endpointClient(port, endpoint).ask(askOf(question, 'https'))), 'out-of-scope');
  t.equal(sockets.length, before);
});

t.test('a client certificate that is wanted over HTTP/2 is reported', async (t) => {
  for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
    const { port } = await overTls(t, (stream) => (stream.respond(json), stream.end(banner)), {
      ca: fixture('ca.pem'),
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: version,
      maxVersion: version,
    });
    const { endpointClient } = testClient(t);
    t.equal(
      ending(await endpointClient(port, endpoint).ask(askOf(question, 'https'))),
      'tls-client-certificate',
      version,
    );
  }
});
