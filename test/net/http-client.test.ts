import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { gzipSync, deflateRawSync, deflateSync, brotliCompressSync } from 'node:zlib';
import t from 'tap';
import type { LedgerLine } from '../../src/model/ledger.js';
import { pace } from '../../src/net/limits.js';
import {
  always,
  askOf,
  ending,
  fixture,
  http,
  json,
  onRequest,
  questionOf,
  rawServer,
  testClient,
  tlsServer,
  until,
} from './helpers.js';

const ok = http('200 OK', json, '{"tagline":"You Know, for Search"}');
const question = questionOf('/_test');
const server = { cert: fixture('server.pem'), key: fixture('server.key') };

/** The ledger's lines of one kind. */
function linesOf<Kind extends LedgerLine['kind']>(
  ledger: readonly LedgerLine[],
  kind: Kind,
): Extract<LedgerLine, { kind: Kind }>[] {
  return ledger.filter((line): line is Extract<LedgerLine, { kind: Kind }> => line.kind === kind);
}

t.test('a request says who asks, for which run, and nothing else', async (t) => {
  const { port, received } = await rawServer(t, always(ok));
  const { endpointClient, ledger } = testClient(t);
  const visited = endpointClient(port, { host: 'es.acme.example' });
  const exchange = await visited.ask(askOf(question, 'http', '/es'));
  t.equal(
    received[0],
    `GET /es/_test HTTP/1.1\r\nhost: es.acme.example:${port}\r\nconnection: keep-alive\r\naccept: application/json\r\n` +
      'user-agent: leftopen/test (+mailto:audit@acme.example)\r\nx-opaque-id: run-1\r\n\r\n',
  );
  t.match(exchange, {
    question: 'test/_test',
    method: 'GET',
    path: '/es/_test',
    scheme: 'http',
    basePath: '/es',
    request: 1,
    connection: 1,
    outcome: { kind: 'answer', status: 200, bytes: 34, truncated: false, sha256: /^[0-9a-f]{64}$/ },
  });
  const own = questionOf('/_own', { headers: { Accept: 'text/html', 'User-Agent': 'another client' } });
  await visited.ask(askOf(own));
  t.match(
    received[0],
    /accept: text\/html\r\nuser-agent: leftopen\/test/,
    'a question sets its Accept, never who asks',
  );
  await visited.ask(askOf(questionOf('/_own', { headers: { 'user-agent': 'Mozilla' }, technique: 'otherUserAgent' })));
  t.match(
    received[0],
    /user-agent: Mozilla\r\nx-opaque-id: run-1/,
    'but where the engagement allows another User-Agent',
  );
  t.match(linesOf(ledger, 'request'), [
    {
      request: 1,
      connection: 1,
      url: `http://es.acme.example:${port}/es/_test`,
      host: `es.acme.example:${port}`,
      sni: null,
    },
    { request: 2, connection: 1, url: `http://es.acme.example:${port}/_own`, status: 200, failure: null, bytes: 34 },
    { request: 3 },
  ]);
  t.match(linesOf(ledger, 'connection'), [
    { address: '127.0.0.1', port, localAddress: '127.0.0.1', localPort: Number },
  ]);
});

t.test('all questions of a visit go over one connection, HEAD and other schemes aside', async (t) => {
  const { port, connections } = await rawServer(t, (socket) => {
    always(ok)(socket);
    // A plain server treats a ClientHello, which has no blank line, as garbage.
    socket.once('data', (data: Buffer) => data[0] === 0x16 && socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  });
  const { endpointClient } = testClient(t);
  const visited = endpointClient(port);
  const ids = [];
  for (let i = 0; i < 5; i += 1) ids.push((await visited.ask(askOf(question))).connection);
  t.same(ids, [1, 1, 1, 1, 1]);
  t.equal(connections.length, 1);
  const head = await visited.ask(askOf(questionOf('/_head', { method: 'HEAD' })));
  t.match(head, { method: 'HEAD', connection: 1, outcome: { status: 200, body: { kind: 'none' } } });
  t.equal((await visited.ask(askOf(question))).connection, 2, 'a server may send a body after HEAD: a new connection');
  t.equal(ending(await visited.ask(askOf(question, 'https'))), 'tls-not-spoken');
  t.equal((await visited.ask(askOf(question))).connection, 4);
  t.equal(visited.requestsSpent, 8);
});

t.test('IPv6', async (t) => {
  const { port, received } = await rawServer(t, always(ok), '::1').catch(() => ({ port: null, received: [] }));
  if (port === null) {
    t.comment('this machine has no IPv6 loopback');
    return;
  }
  const { endpointClient, ledger } = testClient(t);
  const exchange = await endpointClient(port, { host: '::1', address: '::1' }).ask(askOf(question));
  t.equal(ending(exchange), 200);
  t.match(received[0], `host: [::1]:${port}\r\n`);
  t.match(ledger, [
    { kind: 'connection', host: '::1', address: '::1', localAddress: '::1' },
    { kind: 'request', url: `http://[::1]:${port}/_test`, host: `[::1]:${port}` },
  ]);
});

t.test('codings that were not requested are undone', async (t) => {
  const body = '{"a":1}';
  for (const [coding, bytes] of [
    ['gzip', gzipSync(body)],
    ['x-gzip', gzipSync(body)],
    ['deflate', deflateSync(body)],
    ['deflate', deflateRawSync(body)],
    ['br', brotliCompressSync(body)],
    ['identity', Buffer.from(body)],
    ['gzip, br', brotliCompressSync(gzipSync(body))],
  ] as const) {
    const { port } = await rawServer(t, always(http('200 OK', [...json, `content-encoding: ${coding}`], bytes)));
    const { endpointClient, ledger } = testClient(t);
    const { outcome } = await endpointClient(port).ask(
      askOf(questionOf('/', { keep: { headers: [], json: () => ['read'], text: 0 } })),
    );
    t.match(outcome, { body: { kind: 'json', value: ['read'] }, bytes: 7 }, coding);
    t.equal(linesOf(ledger, 'request')[0]?.bytes, bytes.length, 'the ledger counts what came over the wire');
  }
});

t.test('a body longer than the cap is cut there, and is an answer', async (t) => {
  for (const [name, length, connections] of [
    ['a little longer: read on and dropped, the connection stays', 70_000, 1],
    ['much longer: hung up', 7_000_000, 2],
  ] as const) {
    const { port } = await rawServer(t, always(http('200 OK', [], 'x'.repeat(length))));
    const { endpointClient, httpClient } = testClient(t);
    const visited = endpointClient(port);
    const { outcome } = await visited.ask(askOf(question));
    t.match(outcome, { kind: 'answer', status: 200, bytes: 65_536, truncated: true }, name);
    t.equal(ending(await visited.ask(askOf(question))), 200);
    t.equal(httpClient.totals().connections, connections, name);
  }
  const endless = await rawServer(t, (socket) =>
    onRequest(socket, () => {
      socket.write('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n');
      const more = (): void => {
        while (!socket.destroyed && socket.write(`1\r\nx\r\n`.repeat(10_000)));
      };
      socket.on('drain', more);
      more();
    }),
  );
  const { endpointClient } = testClient(t);
  t.match(
    (await endpointClient(endless.port).ask(askOf(question))).outcome,
    { bytes: 65_536, truncated: true },
    'endless, in chunks of one byte',
  );
});

t.test('bodies in flight share a budget', async (t) => {
  const body = 'x'.repeat(200_000);
  const { port } = await rawServer(t, always(http('200 OK', [], body)));
  const { endpointClient } = testClient(t, {}, null, 1);
  // Long answers are kept in a thread, which knows the questions of the catalogue alone.
  const large = questionOf('/_large', { id: 'cat-indices', cap: 250_000 });
  const exchanges = await Promise.all(Array.from({ length: 20 }, () => endpointClient(port).ask(askOf(large))));
  t.same(
    exchanges.map(({ outcome }) => outcome.kind === 'answer' && outcome.bytes),
    Array(20).fill(200_000),
  );
});

t.test('a connection may end while its answer waits for its share of the budget', async (t) => {
  for (const [end, size] of [
    ['finished', 67_000],
    ['reset', 72_000],
    ['reset', 80_000],
  ] as const) {
    const { port, connections } = await rawServer(t, (socket, connection) =>
      onRequest(socket, () => {
        socket.write(`HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n${'x'.repeat(connection === 1 ? 70_000 : size)}`);
        if (connection === 1) return;
        if (end === 'finished') socket.end();
        else setTimeout(() => socket.resetAndDestroy(), 50);
      }),
    );
    const { endpointClient } = testClient(t, {}, null, 1);
    const large = questionOf('/_large', { id: 'cat-indices', cap: 250_000 });
    const first = endpointClient(port).ask(askOf(large));
    await until(() => connections.length === 1);
    const second = endpointClient(port).ask(askOf(large));
    await until(() => connections.length === 2);
    // Long enough for the second one to end, as a rule; where it is not, the same must come of it.
    await new Promise((resolve) => setTimeout(resolve, 150));
    connections[0]?.end();
    t.match((await first).outcome, { status: 200, bytes: 70_000 });
    const { outcome } = await second;
    if (end === 'finished') t.match(outcome, { status: 200, bytes: size });
    else t.ok(outcome.kind === 'answer' || outcome.failure === 'reset', `${end} after ${size} bytes`);
  }
});

t.test('redirects are answers', async (t) => {
  const elsewhere = await rawServer(t, always(ok));
  const { port, received } = await rawServer(
    t,
    always(http('302 Found', [`location: http://127.0.0.1:${elsewhere.port}/_flush`])),
  );
  const { endpointClient } = testClient(t);
  const { outcome } = await endpointClient(port).ask(askOf(question));
  t.match(outcome, { status: 302, headers: { location: [/_flush/] } });
  t.equal(elsewhere.connections.length, 0);
  t.equal(received.length, 1);
});

t.test('a kept connection that dies before the answer is tried once more, and only then', async (t) => {
  const once = await rawServer(t, (socket, connection) =>
    onRequest(socket, (_, count) => {
      if (connection === 1 && count === 2) socket.end();
      else socket.write(ok);
    }),
  );
  const first = testClient(t);
  const visited = first.endpointClient(once.port);
  t.equal(ending(await visited.ask(askOf(question))), 200);
  t.match(await visited.ask(askOf(question)), { request: 3, connection: 2, outcome: { status: 200 } });
  t.equal(visited.requestsSpent, 3);
  t.match(linesOf(first.ledger, 'request'), [
    { failure: null },
    { failure: 'closed-without-answer' },
    { failure: null },
  ]);

  const always2nd = await rawServer(t, (socket, connection) =>
    onRequest(socket, (_, count) => {
      if (connection > 1 || count === 2) socket.resetAndDestroy();
      else socket.write(ok);
    }),
  );
  const second = testClient(t);
  const dying = second.endpointClient(always2nd.port);
  t.equal(ending(await dying.ask(askOf(question))), 200);
  t.equal(ending(await dying.ask(askOf(question))), 'reset');
  t.equal(second.httpClient.totals().requests, 3);

  const begun = await rawServer(t, (socket) =>
    onRequest(socket, (_, count) => {
      if (count === 2) socket.end('HTTP/1.1 200');
      else socket.write(ok);
    }),
  );
  const third = testClient(t);
  const half = third.endpointClient(begun.port);
  await half.ask(askOf(question));
  t.equal(ending(await half.ask(askOf(question))), 'cut-short');
  t.equal(third.httpClient.totals().requests, 2, 'an answer that has begun is not asked for again');
});

t.test('a server that hangs up without an answer gets a connection for each question', async (t) => {
  const { port, connections } = await rawServer(t, (socket) => onRequest(socket, () => socket.end(ok)));
  const { endpointClient } = testClient(t);
  const visited = endpointClient(port);
  for (let i = 1; i <= 3; i += 1) t.equal(ending(await visited.ask(askOf(question))), 200);
  t.equal(connections.length, 3);
  t.equal(visited.requestsSpent, 4, 'one request went to the connection that was closing');
});

t.test('a server that answers before it is asked does not keep us connecting', async (t) => {
  const { port, connections } = await tlsServer(t, server, (socket) => socket.write(ok));
  const { endpointClient } = testClient(t);
  const { outcome } = await endpointClient(port).ask(askOf(question, 'https'));
  t.ok(outcome.kind === 'answer' || outcome.failure === 'not-http' || outcome.failure === 'closed-without-answer');
  t.equal(connections.length, 1);
});

t.test('the scope is kept where the socket opens', async (t) => {
  const { port, connections, received } = await rawServer(t, always(ok));
  const asked: string[] = [];
  const { endpointClient, ledger, httpClient } = testClient(t, {
    scope: {
      mayAsk(host, address) {
        asked.push(`${host} ${address}`);
        return address === '127.0.0.2' || address === '0.0.0.0'
          ? { allowed: true }
          : { allowed: false, why: `${address} is not declared` };
      },
    },
  });
  for (const address of ['127.0.0.1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::1', '169.254.169.254']) {
    const { outcome } = await endpointClient(port, { host: address, address }).ask(askOf(question));
    t.match(outcome, { failure: 'out-of-scope', detail: /is not declared$/ }, address);
    t.match((await endpointClient(port, { host: address, address }).ask(askOf(question, 'https'))).outcome, {
      failure: 'out-of-scope',
    });
  }
  t.match((await endpointClient(port, { host: 'es.acme.example' }).ask(askOf(question))).outcome, {
    failure: 'out-of-scope',
  });
  t.equal(asked[0], '127.0.0.1 127.0.0.1');
  t.equal(asked[2], '::ffff:127.0.0.1 127.0.0.1', 'an IPv4-mapped address is the IPv4 address');
  t.equal(asked.at(-1), 'es.acme.example 127.0.0.1');
  t.equal(connections.length, 0);
  t.same(ledger, []);
  t.same(httpClient.totals(), { requests: 0, connections: 0, bytes: 0 });

  // A connection to 0.0.0.0 ends at 127.0.0.1: the socket says so, and nothing is sent.
  t.match((await endpointClient(port, { host: '0.0.0.0', address: '0.0.0.0' }).ask(askOf(question))).outcome, {
    failure: 'out-of-scope',
    detail: /connected to 127\.0\.0\.1 instead of 0\.0\.0\.0/,
  });
  t.match(ledger, [{ kind: 'connection', failure: 'out-of-scope' }]);
  await until(() => connections.length === 1);
  t.equal(received[0], '');

  // A name that now points elsewhere makes no difference: the pinned address is asked, under the declared name.
  const { outcome } = await endpointClient(port, { host: 'localhost', address: '127.0.0.2' }).ask(askOf(question));
  t.match(outcome, { status: 200 });
  t.match(received[1], new RegExp(`host: localhost:${port}\r\n`));
  t.equal(connections[1]?.localAddress, '127.0.0.2');
  t.equal(linesOf(ledger, 'lookup').length, 0);
});

t.test('what the catalogue does not list, or the deny-list does, is not sent', async (t) => {
  const { port, connections } = await rawServer(t, always(ok));
  const listed = questionOf('/_listed');
  const { endpointClient, ledger } = testClient(t, {}, [listed]);
  const visited = endpointClient(port);
  t.match((await visited.ask(askOf(question))).outcome, { failure: 'denied', detail: /not in the catalogue/ });
  t.match((await visited.ask(askOf({ ...listed, method: 'HEAD' }))).outcome, { failure: 'denied' }, 'nor a copy of it');

  const open = testClient(t);
  for (const [path, basePath] of [
    ['/_flush', ''],
    ['/_flush', '/es'],
    ['/%5fflush', ''],
    ['/%255fflush', ''],
    ['/x//_flush', ''],
    ['/_FLUSH', ''],
    ['/x/%2e%2e/_flush', ''],
    ['/_flush/..', ''],
    ['/_flush/%252e%252e/x', ''],
    ['/a/.%2e/b', ''],
    ['/a\\..\\b', ''],
    ['/./a', ''],
    ['/_search?scroll=1m', ''],
    ['/_test', '/_security/enroll'],
    ['/_test', '/x/../_security/enroll'],
    ['/a b', ''],
    ['/a\r\nx: y', ''],
    ['/é', ''],
    ['a', ''],
  ] as const) {
    const { outcome } = await open.endpointClient(port).ask(askOf(questionOf(path), 'http', basePath));
    t.match(outcome, { kind: 'failure', failure: 'denied' }, `${basePath}${path}`);
  }
  t.equal(connections.length, 0);
  t.same([...ledger, ...open.ledger], []);
  t.equal(
    ending(await open.endpointClient(port).ask(askOf(questionOf('/a.b/..c/d..?x=../y')))),
    200,
    'other dots are allowed',
  );
});

t.test('limits', (t) => {
  t.test('requests per endpoint, over all its visits', async (t) => {
    const { port } = await rawServer(t, always(ok));
    const { endpointClient } = testClient(t, { limits: { requestsPerEndpoint: 3 } });
    const first = endpointClient(port);
    await first.ask(askOf(question));
    await first.ask(askOf(question));
    const second = endpointClient(port, {}, { requestsSpent: first.requestsSpent });
    t.equal(ending(await second.ask(askOf(question))), 200);
    t.match((await second.ask(askOf(question))).outcome, { failure: 'budget-spent', detail: '3 requests' });
    t.equal(second.cut, 'budget-spent');
    const owners = endpointClient(port, {}, { requestsPerEndpoint: 1 });
    await owners.ask(askOf(question));
    t.equal(ending(await owners.ask(askOf(question))), 'budget-spent', "an owner's lower budget holds");
  });

  t.test('connections per address', async (t) => {
    const { port } = await rawServer(t, (socket) => onRequest(socket, () => setTimeout(() => socket.write(ok), 10)));
    const { endpointClient, httpClient } = testClient(t, { limits: { perAddress: 2 } });
    let closed = 0;
    let most = 0;
    const endings = await Promise.all(
      Array.from({ length: 8 }, async (_, i) => {
        const visited = endpointClient(port, { host: `host-${i}.acme.example` });
        await visited.ask(askOf(question));
        const second = await visited.ask(askOf(question));
        most = Math.max(most, httpClient.totals().connections - closed);
        await visited.close();
        closed += 1;
        return ending(second);
      }),
    );
    t.same(endings, Array(8).fill(200));
    t.equal(most, 2);
  });

  t.test('requests per second, over the entire run', async (t) => {
    const { port } = await rawServer(t, always(ok));
    const { endpointClient, ledger } = testClient(t, { limits: { requestsPerSecond: 100 } });
    const before = Date.now();
    await Promise.all(Array.from({ length: 12 }, () => endpointClient(port).ask(askOf(question))));
    const last = Math.max(...linesOf(ledger, 'connection').map(({ at }) => Date.parse(at)));
    // From before the first: a busy machine makes single gaps shorter, and all of them together only longer.
    t.ok(last - before >= 100, 'twelve requests take eleven gaps of 10 ms');
  });

  t.test('requests per second, where handshakes stall and end together', async (t) => {
    const perSecond = 20;
    const endpoints = 45;
    const stalled: Socket[] = [];
    const tls = createTlsServer(server, always(ok));
    const front = createServer({ pauseOnConnect: true }, (socket) => {
      socket.on('error', () => socket.destroy());
      stalled.push(socket);
      if (stalled.length === endpoints) for (const each of stalled) tls.emit('connection', each);
    });
    t.teardown(() => {
      for (const socket of stalled) socket.destroy();
      front.close();
    });
    await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
    const { port }: Pick<AddressInfo, 'port'> = Object.assign({ port: 0 }, front.address());
    const departures = pace(perSecond, true);
    for (const [whose, options, own] of [
      ["the run's", { limits: { requestsPerSecond: perSecond } }, {}],
      ["the owner's", {}, { departures }],
    ] as const) {
      stalled.splice(0);
      const { endpointClient, ledger } = testClient(t, options);
      const asked = Array.from({ length: endpoints }, () =>
        endpointClient(port, {}, own).ask(askOf(question, 'https')),
      );
      t.same((await Promise.all(asked)).map(ending), Array(endpoints).fill(200), whose);
      const times = linesOf(ledger, 'request')
        .map(({ at }) => Date.parse(at))
        .sort((a, b) => a - b);
      const spans = times.slice(perSecond).map((time, at) => time - (times[at] ?? 0));
      t.ok(Math.min(...spans) >= 1000, `${whose}: no second saw more than ${perSecond}`);
    }
  });

  t.test('a connection that dies while it waits for its turn is tried once more', async (t) => {
    const { port, connections } = await rawServer(t, (socket, count) => {
      if (count === 1) socket.end();
      else always(ok)(socket);
    });
    let waits = 0;
    const turn = async (): Promise<boolean> => {
      waits += 1;
      if (waits === 1) await until(() => connections[0]?.destroyed === true);
      return true;
    };
    const { endpointClient, ledger } = testClient(t);
    t.equal(
      ending(await endpointClient(port, {}, { departures: { turn, left: () => undefined } }).ask(askOf(question))),
      200,
    );
    t.strictSame([linesOf(ledger, 'connection').length, linesOf(ledger, 'request').length, waits], [2, 1, 2]);
  });

  t.test('the window', async (t) => {
    const { port } = await rawServer(t, always(ok));
    let instant = Date.parse('2026-11-23T21:59:59Z');
    const closes = new Date('2026-11-23T22:00:00Z');
    let times = 0;
    const { endpointClient } = testClient(t, {
      now: () => new Date(instant),
      openAt(at) {
        times += 1;
        return at < closes ? { open: true, closesAt: closes } : { open: false, opensAt: null };
      },
    });
    const visited = endpointClient(port);
    t.equal(ending(await visited.ask(askOf(question))), 200);
    t.equal(ending(await visited.ask(askOf(question))), 200);
    t.equal(times, 1, 'the calendar is asked rarely');
    instant += 1000;
    t.equal(ending(await visited.ask(askOf(question))), 'window-closed');
    t.equal(visited.cut, 'window-closed');
    const owners = endpointClient(port, {}, { openAt: () => ({ open: true, closesAt: null }) });
    t.equal(ending(await owners.ask(askOf(question))), 200, "an owner's window is its own");
  });

  t.test('a window that closes while a question waits for its turn', async (t) => {
    const { port, received } = await rawServer(t, always(ok));
    let open = true;
    const { endpointClient } = testClient(t, {
      openAt: (instant) => (open ? { open: true, closesAt: instant } : { open: false, opensAt: null }),
      limits: { requestsPerSecond: 20 },
    });
    const [first, second] = [endpointClient(port), endpointClient(port)];
    const asked = Promise.all([first.ask(askOf(question)), second.ask(askOf(question))]);
    open = false;
    const endings = (await asked).map(ending);
    t.equal(endings[1], 'window-closed');
    t.ok(received.length <= 1);
  });

  t.test('a window that closes while the connection is made', async (t) => {
    const { port, received } = await rawServer(t, always(ok));
    let open = true;
    const ledger: LedgerLine[] = [];
    const { endpointClient } = testClient(t, {
      openAt: (instant) => (open ? { open: true, closesAt: instant } : { open: false, opensAt: null }),
      ledger: {
        write(line) {
          if (line.kind === 'connection') open = false;
          ledger.push(line);
        },
      },
    });
    const visited = endpointClient(port);
    const exchange = await visited.ask(askOf(question));
    t.equal(ending(exchange), 'window-closed');
    t.equal(exchange.request, 0);
    t.equal(visited.cut, 'window-closed');
    t.equal(linesOf(ledger, 'connection').length, 1, 'connected');
    t.strictSame(linesOf(ledger, 'request'), [], 'and nothing was asked');
    t.strictSame(received.join(''), '');
  });
  t.end();
});

t.test('a stop ends everything at once', async (t) => {
  const silent = await rawServer(t, () => undefined);
  const drips = await rawServer(t, (socket) => onRequest(socket, () => socket.write('HTTP/1.1 200 OK\r\n\r\nx')));
  const { endpointClient, stop, httpClient, ledger } = testClient(t, {
    limits: { perAddress: 1, requestsPerSecond: 5 },
  });
  const asked = [
    endpointClient(silent.port, { address: '127.0.0.1' }).ask(askOf(question)),
    endpointClient(silent.port, { address: '127.0.0.2' }).ask(askOf(question, 'https')),
    endpointClient(drips.port, { address: '127.0.0.3' }).ask(askOf(question)),
    // These wait: for the place of their address, and for their turn.
    endpointClient(silent.port, { address: '127.0.0.1' }).ask(askOf(question)),
    ...['4', '5', '6', '7', '8', '9'].map((last) =>
      endpointClient(silent.port, { address: `127.0.0.${last}` }).ask(askOf(question)),
    ),
  ];
  await until(() => silent.connections.length >= 2 && drips.received.length === 1);
  stop.abort();
  t.same([...new Set((await Promise.all(asked)).map(ending))], ['interrupted']);
  const { requests } = httpClient.totals();
  t.equal(linesOf(ledger, 'request').length, requests, 'and each request is in the ledger');
  t.equal(ending(await endpointClient(drips.port).ask(askOf(question))), 'interrupted');
  t.match(await httpClient.resolve('acme.example'), { failure: 'interrupted' });
  await httpClient.close();
  await until(() =>
    [...silent.connections, ...drips.connections].every((socket) => socket.destroyed || socket.readableEnded),
  );
  t.equal(httpClient.totals().requests, requests, 'nothing is sent after it');
});

t.test('a client that was stopped before it connected', async (t) => {
  const { port, connections } = await rawServer(t, always(ok));
  const { endpointClient } = testClient(t, { signal: AbortSignal.abort() });
  t.equal(ending(await endpointClient(port).ask(askOf(question))), 'interrupted');
  t.equal(connections.length, 0);
});

t.test('a bug of ours in what a socket calls ends its endpoint, and nothing else', async (t) => {
  const plain = await rawServer(t, always(ok));
  const secure = await tlsServer(t, server, always(ok));
  for (const kind of ['connection', 'handshake']) {
    let left = 1;
    const { endpointClient } = testClient(t, {
      ledger: {
        write: (line) => {
          if (line.kind === kind && left-- > 0) throw new Error('a bug');
        },
      },
    });
    const { port } = kind === 'connection' ? plain : secure;
    const ask = askOf(questionOf('/'), kind === 'connection' ? 'http' : 'https');
    await t.rejects(endpointClient(port).ask(ask), /a bug/, kind);
    t.equal(ending(await endpointClient(port).ask(ask)), 200, `${kind}: the next one is asked`);
  }
});

t.test('our own bugs are not the target’s', async (t) => {
  const { port } = await rawServer(t, always(ok));
  const { endpointClient, httpClient } = testClient(t);
  const bug = questionOf('/', {
    keep: {
      headers: [],
      text: 0,
      get json(): null {
        throw new Error('a bug');
      },
    },
  });
  const visited = endpointClient(port);
  t.throws(() => httpClient.forEndpoint({ host: 'x', address: null, port, basePath: '', scheme: null }), /our bug/);
  const two = visited.ask(askOf(question));
  await t.rejects(visited.ask(askOf(question)), /two questions at once/);
  await two;
  const { outcome } = await visited.ask(askOf(bug)).catch((error: unknown) => ({ outcome: String(error) }));
  t.ok(
    typeof outcome === 'string' ? /a bug/.test(outcome) : outcome.kind === 'answer',
    'said, or contained by the catalogue',
  );
  t.equal(ending(await visited.ask(askOf(question))), 200, 'and the visit goes on');
});
