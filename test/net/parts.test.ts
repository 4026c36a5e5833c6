import { randomBytes } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import t from 'tap';
import { collect, unpack } from '../../src/net/body.js';
import { connectFailure, handshakeFailure, requestFailure } from '../../src/net/failure.js';
import type { LedgerLine } from '../../src/model/ledger.js';
import { byteBudget, keyedSlots, pace, paceMemory, windowGate } from '../../src/net/limits.js';
import { nameResolver } from '../../src/net/resolve.js';

/** An error as node, undici and OpenSSL make them. */
function coded(code: string, message = code): Error {
  return Object.assign(new Error(message), { code });
}

t.test('errors of connecting', (t) => {
  for (const [code, ours, expected] of [
    ['ECONNREFUSED', false, 'refused'],
    ['ECONNRESET', false, 'reset'],
    ['ETIMEDOUT', false, 'connect-timeout'],
    ['EHOSTUNREACH', false, 'host-unreachable'],
    ['ENETUNREACH', false, 'host-unreachable'],
    ['EHOSTUNREACH', true, 'local-failure'],
    ['ENETUNREACH', true, 'local-failure'],
    ['EMFILE', false, 'local-failure'],
    ['ENFILE', false, 'local-failure'],
    ['ENOBUFS', false, 'local-failure'],
    ['EADDRNOTAVAIL', false, 'local-failure'],
    ['ENETDOWN', false, 'local-failure'],
    ['EACCES', true, 'local-failure'],
    ['EPERM', true, 'local-failure'],
    ['EINVAL', true, 'local-failure'],
    ['EAFNOSUPPORT', true, 'local-failure'],
  ] as const) {
    t.match(connectFailure(coded(code), ours), { failure: expected, detail: code }, `${code} ${ours ? 'ours' : ''}`);
  }
  t.end();
});

t.test('a broadcast address is not our own failure', (t) => {
  for (const [code, address, expected] of [
    ['EACCES', '127.255.255.255', 'host-unreachable'],
    ['ENETUNREACH', '127.255.255.255', 'host-unreachable'],
    ['ENETUNREACH', '255.255.255.255', 'host-unreachable'],
    ['EACCES', '127.0.0.1', 'local-failure'],
    ['EPERM', '127.255.255.255', 'local-failure'],
  ] as const) {
    const { failure } = connectFailure(Object.assign(coded(code), { address }), true);
    t.equal(failure, expected, `${code} ${address}`);
  }
  t.end();
});

t.test('errors of handshakes, as OpenSSL 3.0 (Node 20, 22) and 3.5 (Node 24) say them', (t) => {
  for (const [code, bytes, expected] of [
    ['ERR_SSL_WRONG_VERSION_NUMBER', 20, 'tls-not-spoken'],
    ['ERR_SSL_PACKET_LENGTH_TOO_LONG', 20, 'tls-not-spoken'],
    ['ERR_SSL_HTTP_REQUEST', 20, 'tls-not-spoken'],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 7, 'tls-version'],
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', 90, 'tls-version'],
    ['ERR_SSL_VERSION_TOO_LOW', 90, 'tls-version'],
    ['ERR_SSL_TLSV1_UNRECOGNIZED_NAME', 7, 'tls-name-unknown'],
    ['ERR_SSL_TLSV1_ALERT_UNRECOGNIZED_NAME', 7, 'tls-name-unknown'],
    ['ERR_SSL_SSL/TLS_ALERT_UNRECOGNIZED_NAME', 7, 'tls-name-unknown'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 1400, 'tls-client-certificate'],
    ['ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE', 1400, 'tls-client-certificate'],
    ['ERR_SSL_SSL/TLS_ALERT_BAD_CERTIFICATE', 1400, 'tls-client-certificate'],
    ['ERR_SSL_TLSV1_ALERT_UNKNOWN_CA', 1400, 'tls-client-certificate'],
    ['ERR_SSL_TLSV1_ALERT_ACCESS_DENIED', 1400, 'tls-client-certificate'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 1400, 'tls-client-certificate'],
    ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', 1400, 'tls-client-certificate'],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 7, 'tls-failed'],
    ['ERR_SSL_TLSV1_ALERT_INTERNAL_ERROR', 7, 'tls-failed'],
    ['ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL', 7, 'tls-no-protocol'],
    ['ERR_SSL_SSL/TLS_ALERT_NO_APPLICATION_PROTOCOL', 7, 'tls-no-protocol'],
    ['ERR_SSL_DH_KEY_TOO_SMALL', 900, 'tls-failed'],
    ['ECONNRESET', 0, 'reset'],
    ['ECONNRESET', 900, 'tls-failed'],
    ['EMFILE', 0, 'local-failure'],
  ] as const) {
    const progress = { bytes, wantsCertificate: expected === 'tls-client-certificate' };
    t.equal(handshakeFailure(coded(code), progress).failure, expected, `${code} after ${bytes} bytes`);
    // A server that asked for none may say what it likes.
    const bare = handshakeFailure(coded(code), { bytes, wantsCertificate: false }).failure;
    if (expected === 'tls-client-certificate') t.equal(bare, 'tls-failed', code);
  }
  const early = coded('ECONNRESET', 'Client network socket disconnected before secure TLS connection was established');
  t.equal(handshakeFailure(early, { bytes: 0, wantsCertificate: false }).failure, 'closed-without-answer');
  const old = coded(
    'EPROTO',
    'write EPROTO 80:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:ssl3.c:350',
  );
  t.equal(handshakeFailure(old, { bytes: 5, wantsCertificate: false }).failure, 'tls-not-spoken');
  t.end();
});

t.test('errors of requests', (t) => {
  for (const [code, bytes, status, expected] of [
    ['ECONNRESET', 0, null, 'reset'],
    ['EPIPE', 0, null, 'reset'],
    ['ECONNRESET', 5, null, 'cut-short'],
    ['UND_ERR_SOCKET', 0, null, 'closed-without-answer'],
    ['UND_ERR_SOCKET', 500, 200, 'cut-short'],
    ['UND_ERR_HEADERS_OVERFLOW', 9, null, 'header-too-large'],
    ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 9, 200, 'cut-short'],
    ['EHOSTUNREACH', 0, null, 'host-unreachable'],
    ['ETIMEDOUT', 0, null, 'response-timeout'],
    ['ENOBUFS', 0, null, 'local-failure'],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', 0, null, 'tls-client-certificate'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 0, null, 'tls-failed'],
  ] as const) {
    t.equal(
      requestFailure(coded(code), { bytes, status, wantsCertificate: true }).failure,
      expected,
      `${code} after ${bytes} bytes`,
    );
  }
  t.throws(
    () => requestFailure(new TypeError('our own'), { bytes: 0, status: null, wantsCertificate: false }),
    /our own/,
    'a bug is not a failure',
  );
  t.end();
});

t.test('bodies', (t) => {
  const collected = collect(10);
  for (let i = 0; i < 8; i += 1) collected.append(Buffer.from(`${i}`));
  t.equal(Buffer.from(collected.bytes()).toString(), '01234567');
  t.equal(collected.truncated(), false);
  collected.append(Buffer.from('89ab'));
  t.equal(Buffer.from(collected.bytes()).toString(), '0123456789');
  t.equal(collected.truncated(), true);
  t.equal(collected.received, 12);

  // What comes in many chunks is complete when it is read, and given back afterwards.
  const long = Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 251));
  const pages = collect(250_000);
  for (let at = 0; at < long.length; at += 777) pages.append(long.subarray(at, at + 777));
  t.ok(Buffer.from(pages.bytes()).equals(long.subarray(0, 250_000)));
  t.equal(pages.truncated(), true);
  const { buffer } = pages.bytes();
  pages.release();
  t.equal(buffer.byteLength, 0, 'its memory is the system’s again');
  pages.release();
  const moved = collect(250_000);
  for (const chunk of [long.subarray(0, 10), long.subarray(10)]) moved.append(chunk);
  const { buffer: elsewhere } = moved.bytes();
  t.ok(elsewhere instanceof ArrayBuffer && structuredClone(elsewhere, { transfer: [elsewhere] }).byteLength > 0);
  t.doesNotThrow(() => moved.release(), 'what went to another thread is not ours to give back');

  const text = (codings: string[], body: Uint8Array, truncated = false): string => {
    const result = unpack(body, codings, truncated, 100);
    return 'body' in result ? Buffer.from(result.body).toString() : result.failure;
  };
  t.equal(text([], Buffer.from('x'), true), 'x');
  t.equal(text(['GZIP'], gzipSync('x')), 'x');
  t.equal(text(['gzip', 'gzip'], gzipSync(gzipSync('x'))), 'x');
  t.equal(text(['gzip'], Buffer.alloc(0)), '');
  t.equal(text(['gzip'], gzipSync('x'.repeat(100))), 'x'.repeat(100));
  t.equal(text(['gzip'], gzipSync('x'.repeat(101))), 'body-too-large');
  t.equal(text(['gzip'], gzipSync('x'), true), 'body-too-large');
  t.equal(text(['constructor'], Buffer.from([0x28, 0xb5, 0x2f, 0xfd])), 'bad-encoding');
  t.equal(text(['zstd'], Buffer.from([0x28, 0xb5, 0x2f, 0xfd])), 'bad-encoding');
  t.equal(text(['gzip'], Buffer.from('\x1f\x8bno', 'latin1')), 'bad-encoding');
  const unpackedLength = (length: number, params: Record<number, number>): number | null => {
    const result = unpack(brotliCompressSync(randomBytes(length), { params }), ['br'], false, 100);
    return 'body' in result ? result.body.length : null;
  };
  // What brotli says of its first part counts before any of it is unpacked, for each size of window.
  for (const window of [10, 15, 16, 17, 18, 22, 24]) {
    const params = { [constants.BROTLI_PARAM_LGWIN]: window };
    for (const length of [1, 100]) t.equal(unpackedLength(length, params), length);
    for (const length of [101, 70_000, 1_100_000]) {
      const packed = brotliCompressSync(randomBytes(length), { params });
      t.equal(text(['br'], packed), 'body-too-large', `${length} in windows of ${window}`);
      t.equal(text(['br'], packed.subarray(0, 6)), 'body-too-large', 'the rest is not looked at');
    }
  }
  t.equal(text(['br'], brotliCompressSync('')), '');
  t.equal(
    text(['br'], brotliCompressSync(randomBytes(100)).subarray(0, 6)),
    'bad-encoding',
    'what is cut is not too long',
  );
  // unpacked on the way, with the header left on it; a charset in the place of a coding
  for (const coding of ['gzip', 'br', 'deflate', 'UTF-8', 'none'])
    t.equal(text([coding], Buffer.from('{"é":1}')), '{"é":1}', coding);
  for (const body of [
    '{\n  "name" : "a"',
    '[{"a":1}]',
    '[]',
    '<!doctype html>',
    '<html>',
    ' {}',
    '\n{}',
    'green open',
    'no',
  ])
    t.equal(text(['br'], Buffer.from(body)), body, 'whatever length its letters name in brotli');
  t.equal(text(['gzip'], Buffer.from('{"é').subarray(0, 3), true), Buffer.from('{"é').subarray(0, 3).toString());
  // compressed on the way, without saying so
  t.equal(text([], gzipSync('x')), 'x');
  t.equal(text([], gzipSync('x'.repeat(101))), 'body-too-large');
  t.equal(text([], Buffer.from('\x1f\x8b\x08x', 'latin1')), Buffer.from('\x1f\x8b\x08x', 'latin1').toString());
  t.end();
});

t.test('places by key', async (t) => {
  const slots = keyedSlots(1);
  t.equal(slots.take('a'), true);
  t.equal(slots.take('b'), true, 'another key has places of its own');
  const order: string[] = [];
  const second = Promise.resolve(slots.take('a')).then((got) => order.push(`second ${got}`));
  const third = Promise.resolve(slots.take('a')).then((got) => order.push(`third ${got}`));
  slots.give('a');
  await second;
  slots.give('a');
  await third;
  t.same(order, ['second true', 'third true']);
  const fourth = slots.take('a');
  slots.stop();
  t.equal(await fourth, false);
  t.equal(await slots.take('c'), false, 'nothing after a stop');
  slots.give('nobody');
});

t.test('turns', async (t) => {
  const free = pace(null);
  t.equal(free.turn(), true);
  const one = pace(1);
  t.equal(one.turn(), true);
  const waiting = one.turn();
  t.not(waiting, true);
  one.stop();
  t.equal(await waiting, false);
  t.equal(await one.turn(), false);
  const fast = pace(2000);
  const turns = await Promise.all(Array.from({ length: 50 }, async () => fast.turn()));
  t.same(turns, Array(50).fill(true));
});

t.test('no second has more turns than allowed, whatever delays the timer', async (t) => {
  const turns = pace(10);
  const times: number[] = [];
  const all = Array.from({ length: 25 }, async () => {
    await turns.turn();
    times.push(performance.now());
    if (times.length === 3) {
      // Our own process is busy for a while.
      const until = performance.now() + 700;
      while (performance.now() < until);
    }
  });
  await Promise.all(all);
  const spans = times.slice(10).map((time, at) => time - (times[at] ?? 0));
  t.ok(Math.min(...spans) >= 1000, 'the eleventh comes a second after the first, and so on');
});

t.test('several clients keep one pace', async (t) => {
  const memory = paceMemory(10);
  const clients = [pace(memory), pace(memory)];
  const times: number[] = [];
  await Promise.all(
    Array.from({ length: 15 }, async (_, at) => {
      await clients[at % 2]?.turn();
      times.push(performance.now());
    }),
  );
  const spans = times.slice(10).map((time, at) => time - (times[at] ?? 0));
  t.ok(Math.min(...spans) >= 1000, 'no second saw more than ten of them together');
});

t.test('bytes in flight', async (t) => {
  const budget = byteBudget(100);
  t.equal(budget.take(60), true);
  t.equal(budget.take(40), true);
  const order: number[] = [];
  const large = Promise.resolve(budget.take(90)).then(() => order.push(90));
  const small = Promise.resolve(budget.take(10)).then(() => order.push(10));
  budget.give(60);
  await Promise.resolve();
  t.same(order, [], 'first come, first served');
  budget.give(40);
  await Promise.all([large, small]);
  t.same(order, [90, 10]);
  budget.give(100);
  t.equal(budget.take(1000), true, 'a request beyond the full budget is granted when nothing else is held');
  const after = budget.take(1);
  t.not(after, true);
  budget.give(1000);
  t.equal(await after, true);
});

t.test('the window is checked when it has to be', (t) => {
  let asked = 0;
  const closesAt = new Date('2026-11-23T22:00:00Z');
  const isOpen = windowGate((instant) => {
    asked += 1;
    return instant < closesAt ? { open: true, closesAt } : { open: false, opensAt: null };
  });
  for (const [at, open, times] of [
    ['21:50:00', true, 1],
    ['21:50:59', true, 1],
    ['21:51:00', true, 2],
    ['21:49:00', true, 3],
    ['21:59:30', true, 4],
    ['21:59:59', true, 4],
    ['22:00:00', false, 5],
    ['22:00:01', false, 6],
  ] as const) {
    t.equal(isOpen(new Date(`2026-11-23T${at}Z`)), open, at);
    t.equal(asked, times, `${at}: asked ${times} times`);
  }
  t.end();
});

t.test('names', async (t) => {
  const lines: LedgerLine[] = [];
  const calls: string[] = [];
  let running = 0;
  let most = 0;
  const resolver = nameResolver({
    ledger: { write: (line) => lines.push(line) },
    now: () => new Date('2026-11-23T12:00:00Z'),
    timeoutMs: 100,
    async lookup(host) {
      calls.push(host);
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 2));
      running -= 1;
      if (host === 'silent.test') return new Promise(() => undefined);
      if (host === 'gone.test') throw coded('ENOTFOUND');
      if (host === 'broken.test') throw coded('EAI_AGAIN');
      if (host === 'files.test') throw coded('EMFILE');
      if (host === 'empty.test') return [];
      return ['192.0.2.1', '2001:DB8:0::1', '::ffff:192.0.2.1'];
    },
  });
  for (const [host, expected] of [
    ['es.test', { addresses: ['192.0.2.1', '2001:db8::1'] }],
    ['gone.test', { failure: 'no-such-name' }],
    ['empty.test', { failure: 'no-such-name' }],
    ['broken.test', { failure: 'name-lookup-failed', detail: 'EAI_AGAIN' }],
    ['files.test', { failure: 'local-failure' }],
    ['silent.test', { failure: 'name-lookup-failed', detail: 'the resolver did not answer' }],
    ['192.0.2.9', { addresses: ['192.0.2.9'] }],
    ['2001:DB8::0', { addresses: ['2001:db8::'] }],
  ] as const) {
    t.match(await resolver.resolve(host), expected, host);
  }
  t.match(lines.slice(0, 2), [
    {
      kind: 'lookup',
      at: '2026-11-23T12:00:00.000Z',
      host: 'es.test',
      addresses: ['192.0.2.1', '2001:db8::1'],
      failure: null,
    },
    { kind: 'lookup', host: 'gone.test', addresses: [], failure: 'no-such-name' },
  ]);
  t.equal(lines.length, 6, 'an address is not looked up');

  await Promise.all([resolver.resolve('es.test'), resolver.resolve('two.test'), resolver.resolve('two.test')]);
  t.same(
    calls.filter((host) => host === 'es.test' || host === 'two.test'),
    ['es.test', 'two.test'],
    'each name once',
  );
  await Promise.all(Array.from({ length: 20 }, (_, i) => resolver.resolve(`host-${i}.test`)));
  t.ok(most <= 3, 'a thread is left for the journal');

  const waiting = Promise.all(Array.from({ length: 8 }, (_, i) => resolver.resolve(`late-${i}.test`)));
  resolver.stop();
  t.same(new Set((await waiting).map((found) => 'failure' in found && found.failure)), new Set(['interrupted']));
});
