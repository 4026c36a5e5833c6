// Hostile servers on the wire: too much of everything, things that are not HTTP, redirects, silence.
import type { Socket } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { always, asHtml, asJson, drip, endless, http, onceEach, type Group, type Hostile } from './estate.js';

/** What a real open cluster says at first: nothing here may be believed for it. */
const banner = JSON.stringify({
  name: 'node-1',
  cluster_name: 'shop',
  cluster_uuid: 'uWs6Do3ERJGJRHLHHG6qGw',
  version: { number: '7.17.9', build_flavor: 'default', build_hash: 'abcdef0', lucene_version: '8.11.1' },
  tagline: 'You Know, for Search',
});

const ok = 'HTTP/1.1 200 OK\r\n';
const chunked = `${ok}${asJson}\r\ntransfer-encoding: chunked\r\n\r\n`;

const undetermined = { state: 'undetermined' } as const;
/** No product of ours is shown, or what is behind a catch-all response cannot be determined. */
const site = [{ state: 'other-product' }, { state: 'undetermined' }] as const;
/** What answers everything alike: a decoy, or something in front that leads every path to one. */
const decoy = [{ state: 'decoy' }, { state: 'undetermined' }] as const;
const unreachable = { state: 'unreachable' } as const;
const notHttp = { state: 'undetermined', reason: 'not-http' } as const;
const cutOff = { state: 'undetermined', reason: 'body-timeout' } as const;
const badHttp = { state: 'undetermined', reason: 'bad-http' } as const;
const tooLarge = { state: 'undetermined', reason: 'header-too-large' } as const;
const badEncoding = { state: 'undetermined', reason: 'bad-encoding' } as const;
const cutShort = { state: 'undetermined', reason: 'cut-short' } as const;
const bodyTooLarge = { state: 'undetermined', reason: 'body-too-large' } as const;

const zeros = Buffer.alloc(12 * 1024 * 1024);

/** Writes one part so often, as the other side takes it, and then ends. */
function many(start: string, part: string, times: number, last = ''): (socket: Socket) => void {
  return (socket) => {
    let left = times;
    const more = (): void => {
      while (left > 0 && !socket.destroyed) {
        left -= 1;
        if (!socket.write(part)) return;
      }
      if (left === 0) socket.end(last);
      left = -1;
    };
    socket.write(start);
    socket.on('drain', more);
    more();
  };
}

/** Too much of everything. */
const floods: readonly Hostile[] = [
  {
    id: 'endless-json',
    answer: endless(`${ok}${asJson}\r\n\r\n${banner.slice(0, -1)},"x":"`, 'x'.repeat(9000)),
    ends: decoy,
  },
  { id: 'endless-array', answer: endless(`${ok}${asJson}\r\n\r\n[`, '{"index":"a"},'.repeat(900)), ends: decoy },
  { id: 'endless-html', answer: endless(`${ok}${asHtml}\r\n\r\n<title>x`, '<p>'.repeat(3000)), ends: site },
  { id: 'endless-chunks', answer: endless(chunked, '1\r\n{\r\n'.repeat(500)), ends: site },
  {
    id: 'endless-chunk-extension',
    answer: endless(`${chunked}1;`, 'a=b;'.repeat(2000)),
    ends: bodyTooLarge,
  },
  {
    id: 'endless-trailers',
    answer: endless(`${chunked}0\r\n`, `a: ${'b'.repeat(900)}\r\n`),
    ends: tooLarge,
  },
  { id: 'endless-headers', answer: endless(ok, `a: ${'b'.repeat(900)}\r\n`), ends: tooLarge },
  { id: 'one-endless-header', answer: endless(`${ok}a: `, 'b'.repeat(9000)), ends: tooLarge },
  { id: 'one-endless-name', answer: endless(ok, 'b'.repeat(9000)), ends: tooLarge },
  { id: 'endless-status-line', answer: endless('HTTP/1.1 200 ', 'b'.repeat(9000)), ends: tooLarge },
  { id: 'megabytes-of-headers', answer: many(ok, `x-a: ${'b'.repeat(8000)}\r\n`, 500, '\r\n'), ends: tooLarge },
  { id: 'a-hundred-thousand-headers', answer: many(ok, 'a: b\r\n'.repeat(1000), 100, '\r\n{}'), ends: tooLarge },
  {
    id: 'gzip-bomb',
    answer: always(http('200 OK', [asJson, 'content-encoding: gzip'], gzipSync(zeros))),
    ends: bodyTooLarge,
  },
  {
    id: 'deflate-bomb',
    answer: always(http('200 OK', [asJson, 'content-encoding: deflate'], deflateSync(zeros))),
    ends: bodyTooLarge,
  },
  {
    id: 'raw-deflate-bomb',
    answer: always(http('200 OK', ['content-encoding: deflate'], deflateRawSync(zeros))),
    ends: bodyTooLarge,
  },
  {
    id: 'brotli-bomb',
    answer: always(http('200 OK', [asJson, 'content-encoding: br'], brotliCompressSync(zeros))),
    ends: bodyTooLarge,
  },
  {
    id: 'gzip-in-gzip',
    answer: always(http('200 OK', ['content-encoding: gzip, gzip'], gzipSync(gzipSync(zeros)))),
    ends: bodyTooLarge,
  },
  {
    id: 'tower-of-codings',
    answer: always(http('200 OK', [`content-encoding: ${'br, '.repeat(500)}br`], 'x')),
    ends: badEncoding,
  },
  {
    id: 'interim-flood',
    answer: many(
      '',
      'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(100),
      200,
      http('404 Not Found', []).toString(),
    ),
    ends: undetermined,
  },
  { id: 'interim-for-ever', answer: endless('', 'HTTP/1.1 102 Processing\r\n\r\n'.repeat(50)), ends: tooLarge },
  { id: 'greets-for-ever', greet: endless('220 ', 'hello '.repeat(900)), ends: notHttp },
  { id: 'zeros-for-ever', greet: endless('\0', '\0'.repeat(9000)), ends: notHttp },
  { id: 'line-ends-for-ever', greet: endless('\r\n', '\r\n'.repeat(900)), ends: tooLarge },
  {
    id: 'answers-for-ever',
    answer: endless('', http('200 OK', [asJson], banner)),
    ends: [undetermined, ...decoy],
  },
];

/** Responses that are not HTTP, or only half of it. */
const broken: readonly Hostile[] = [
  { id: 'bare-json', answer: onceEach(banner), ends: notHttp },
  { id: 'bare-json-array', answer: onceEach('[{"index":"a","health":"green"}]'), ends: notHttp },
  { id: 'no-reason', answer: always('HTTP/1.1 404\r\ncontent-length: 0\r\n\r\n'), ends: undetermined },
  { id: 'status-0', answer: onceEach('HTTP/1.1 000 None\r\n\r\n'), ends: undetermined },
  { id: 'status-999', answer: always(http('999 Odd', [asJson], banner)), ends: undetermined },
  { id: 'status-1000', answer: onceEach(http('1000 Odd', [asJson], banner)), ends: badHttp },
  { id: 'status-negative', answer: onceEach('HTTP/1.1 -200 OK\r\n\r\n'), ends: badHttp },
  { id: 'http-9', answer: onceEach(`HTTP/9.9 200 OK\r\n\r\n${banner}`), ends: badHttp },
  { id: 'http-1.0', answer: onceEach(`HTTP/1.0 200 OK\r\n${asJson}\r\n\r\n${banner}`), ends: decoy },
  { id: 'icy', answer: onceEach(`ICY 200 OK\r\n\r\n${banner}`), ends: notHttp },
  {
    id: 'http2-settings',
    greet: (socket) => socket.write(Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0])),
    ends: { state: 'undetermined', reason: 'http2-clear-text' },
  },
  {
    id: 'switching',
    answer: onceEach('HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
    ends: badHttp,
  },
  { id: 'cut-in-headers', answer: onceEach(`${ok}content-ty`), ends: cutShort },
  {
    id: 'cut-in-body',
    answer: onceEach(`${ok}${asJson}\r\ncontent-length: 500\r\n\r\n${banner.slice(0, 99)}`),
    ends: cutShort,
  },
  { id: 'cut-in-chunk', answer: onceEach(`${chunked}fff\r\n${banner.slice(0, 99)}`), ends: cutShort },
  {
    id: 'reset-in-body',
    answer: (socket) => {
      socket.write(`${ok}content-length: 500\r\n\r\n{`);
      setTimeout(() => socket.resetAndDestroy(), 30);
    },
    ends: cutShort,
  },
  {
    id: 'length-too-long',
    answer: onceEach(`${ok}${asJson}\r\ncontent-length: 99999999\r\n\r\n${banner}`),
    ends: cutShort,
  },
  {
    id: 'length-too-short',
    answer: always(`${ok}${asJson}\r\ncontent-length: 5\r\n\r\n${banner}`),
    ends: site,
  },
  {
    id: 'length-too-short-then-answer',
    answer: always(`${ok}${asJson}\r\ncontent-length: 2\r\n\r\n{}${http('200 OK', [asJson], banner).toString()}`),
    ends: site,
  },
  {
    id: 'two-lengths',
    answer: onceEach(`${ok}content-length: 2\r\ncontent-length: 300\r\n\r\n${banner}`),
    ends: cutShort,
  },
  { id: 'length-negative', answer: onceEach(`${ok}content-length: -1\r\n\r\n${banner}`), ends: badHttp },
  { id: 'length-infinite', answer: onceEach(`${ok}content-length: 1e999\r\n\r\n${banner}`), ends: cutShort },
  {
    id: 'length-enormous',
    answer: onceEach(`${ok}content-length: 99999999999999999999999\r\n\r\n${banner}`),
    ends: cutShort,
  },
  {
    id: 'length-and-chunks',
    answer: onceEach(`${ok}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{"a":\r\n0\r\n\r\n`),
    ends: undetermined,
  },
  { id: 'chunk-no-length', answer: onceEach(`${chunked}not a length\r\n`), ends: badEncoding },
  { id: 'chunk-negative', answer: onceEach(`${chunked}-5\r\nhello\r\n0\r\n\r\n`), ends: badEncoding },
  { id: 'chunk-enormous', answer: onceEach(`${chunked}FFFFFFFFFFFFFFFFFF\r\n${banner}`), ends: badEncoding },
  { id: 'chunk-overlong', answer: onceEach(`${chunked}2\r\n${banner}\r\n0\r\n\r\n`), ends: badEncoding },
  {
    id: 'chunked-twice',
    answer: onceEach(`${ok}transfer-encoding: chunked, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`),
    ends: site,
  },
  {
    id: 'coding-unknown',
    answer: onceEach(`${ok}transfer-encoding: x-secret\r\n\r\n${banner}`),
    ends: [undetermined, ...decoy],
  },
  {
    id: 'no-gzip',
    answer: always(http('200 OK', ['content-encoding: gzip'], banner)),
    ends: [badEncoding, undetermined],
  },
  {
    id: 'half-gzip',
    answer: always(http('200 OK', ['content-encoding: gzip'], gzipSync(banner).subarray(0, 40))),
    ends: badEncoding,
  },
  {
    id: 'gzip-with-tail',
    answer: always(http('200 OK', ['content-encoding: gzip'], Buffer.concat([gzipSync('{}'), Buffer.from('tail')]))),
    ends: [badEncoding, undetermined],
  },
  {
    id: 'coding-with-escapes',
    answer: always(http('200 OK', ['content-encoding: \x9b31m<x-mark>'], 'x')),
    // Text is read as it is, whatever coding was named: a word that says nothing of our products.
    ends: [badEncoding, { state: 'other-product' }],
  },
  { id: 'null-in-header', answer: onceEach(`${ok}a: b\0c\r\n\r\n${banner}`), ends: badHttp },
  {
    id: 'folded-header',
    answer: onceEach(`${ok}a: b\r\n c\r\ncontent-length: 0\r\n\r\n`),
    ends: badHttp,
  },
  { id: 'no-header-at-all', answer: onceEach(`${ok}no header at all\r\n\r\n`), ends: badHttp },
  {
    id: 'only-line-feeds',
    answer: onceEach('HTTP/1.1 200 OK\ncontent-length: 2\n\n{}'),
    ends: badHttp,
  },
  {
    id: 'headers-of-prototypes',
    answer: always(
      http('200 OK', ['__proto__: x', 'constructor: y', 'toString: z', 'hasOwnProperty: w', '__proto__: v'], '{}'),
    ),
    ends: site,
  },
  {
    id: 'headers-again-and-again',
    answer: always(
      http('401 Unauthorized', [
        ...Array.from({ length: 200 }, (_, i) => `www-authenticate: Basic realm="r${i}"`),
        'content-type: application/json',
        'content-type: text/html',
        'content-type: \x1b[31m',
      ]),
    ),
    ends: badHttp,
  },
  {
    id: 'two-codings',
    answer: always(http('200 OK', ['content-encoding: gzip', 'content-encoding: br'], 'x')),
    ends: [badEncoding, { state: 'other-product' }],
  },
  { id: 'closes', answer: (socket) => socket.end(), ends: { state: 'undetermined', reason: 'closed-without-answer' } },
  { id: 'resets', answer: (socket) => socket.resetAndDestroy(), ends: undetermined },
  {
    id: 'transport-to-5',
    answer: onceEach('This is not a HTTP port'),
    ends: { state: 'undetermined', reason: 'transport-port' },
  },
  {
    id: 'transport-from-6',
    answer: onceEach('This is not an HTTP port'),
    ends: { state: 'undetermined', reason: 'transport-port' },
  },
  { id: 'ssh', greet: (socket) => socket.write('SSH-2.0-OpenSSH_9.2p1\r\n'), ends: notHttp },
  {
    id: 'secrets',
    answer: onceEach(`* ${' '.repeat(90)}https://admin:CANARY7${'far'.repeat(99)}@h/ password=CANARY7plain`),
    ends: notHttp,
  },
  { id: 'redis', answer: always("-ERR unknown command 'GET'\r\n"), ends: notHttp },
  {
    id: 'mysql',
    greet: (socket) => socket.write(Buffer.from('5a0000000a382e302e3333000b0000001a2f3c1e\x00', 'latin1')),
    ends: notHttp,
  },
  { id: 'escapes', answer: onceEach('\x1b]0;owned\x07\x1b[2J\x9b31m<x-mark>[x](javascript:alert(1))'), ends: notHttp },
  {
    id: 'random-bytes',
    answer: onceEach(Buffer.from(Array.from({ length: 999 }, (_, i) => (i * 7919) % 251))),
    ends: notHttp,
  },
  { id: 'echo', answer: (socket, { head }) => void socket.end(`${head}\r\n\r\n`), ends: notHttp },
  {
    id: 'two-answers-at-once',
    answer: onceEach(
      Buffer.concat([http('200 OK', [asJson], banner), http('200 OK', [asJson], '[{"index":"a","docs.count":"1"}]')]),
    ),
    ends: [undetermined, ...decoy],
  },
];

/** Redirects that lead away, in circles or into danger; `{trap}` is the port of the trap, `{own}` the server's. */
const locations: Readonly<Record<string, string>> = {
  elsewhere: 'http://127.0.0.1:{trap}/',
  'elsewhere-without-scheme': '//127.0.0.1:{trap}/kibana',
  'elsewhere-by-backslash': '/\\127.0.0.1:{trap}/kibana',
  'elsewhere-by-userinfo': 'http://127.0.0.1:{own}@127.0.0.2:{trap}/kibana',
  'elsewhere-by-name': 'http://localhost:{trap}/kibana',
  'elsewhere-by-number': 'http://2130706433:{trap}/',
  'elsewhere-by-mapping': 'http://[::ffff:127.0.0.1]:{trap}/',
  'over-tls-elsewhere': 'https://127.0.0.1:{trap}/',
  itself: '/',
  'itself-by-userinfo': 'http://admin:CANARY7self@127.0.0.1:{own}/kibana/',
  'itself-with-secrets': '/kibana/?token=CANARY7query#access_token=CANARY7fragment',
  'by-script': 'javascript:alert(document.domain)',
  'by-data': 'data:text/html,<script>alert(1)</script>',
  'by-file': 'file:///etc/passwd',
  'to-shutdown': '/_shutdown',
  'to-node-shutdown': '/kibana/_cluster/nodes/_local/_shutdown',
  'to-token': '/_security/oauth2/token',
  'to-enrollment': '/_security/enroll/kibana/',
  'to-logout': '/logout',
  'to-document': '/customers/_doc/1',
  'by-dots': '/kibana/../_shutdown/',
  'by-escaped-dots': '/kibana/%2e%2e/_shutdown/',
  'by-escaped-slash': '/kibana%2f_shutdown/',
  'with-line-ends': '/kibana%0d%0aX-Injected:%201/',
  'with-escapes': '/\x1b[31mkibana\x07/',
  'very-long': `/${'a'.repeat(20_000)}`,
  'very-deep': `/${'a/'.repeat(5_000)}`,
  empty: '',
  nonsense: 'http://[::::]:99999999/%zz',
};

const redirects: readonly Hostile[] = Object.entries(locations).map(([name, location]) => ({
  id: `redirect-${name}`,
  answer: (socket, _, { own, trap }) => {
    const to = location.replace('{trap}', String(trap)).replace('{own}', String(own));
    socket.write(http('302 Found', [`location: ${to}`, `refresh: 0;url=${to}`]));
  },
  // A header with a control character is not HTTP; the address of a token looks like a single sign-on's.
  ends: name === 'with-escapes' ? badHttp : name === 'to-token' ? { state: 'guarded' } : undetermined,
}));

/** Silence and drops: waited out with little patience. */
const slow: readonly Hostile[] = [
  {
    id: 'says-nothing',
    deaf: true,
    ends: { state: 'unreachable', reason: 'response-timeout' },
  },
  { id: 'says-nothing-over-tls', deaf: true, declaredTls: true, ends: unreachable },
  { id: 'headers-drip', answer: drip(ok, 'a: b\r\n'), ends: cutOff },
  { id: 'status-drips', answer: drip('', 'H'), ends: [cutOff, notHttp] },
  { id: 'interim-drips', answer: drip('', 'HTTP/1.1 103 Early Hints\r\n\r\n'), ends: cutOff },
  {
    id: 'body-drips',
    answer: drip(`${ok}content-length: 9999\r\n\r\n`, ' '),
    ends: { state: 'undetermined', reason: 'body-timeout' },
  },
  { id: 'chunks-drip', answer: drip(chunked, '1\r\n \r\n'), ends: { state: 'undetermined', reason: 'body-timeout' } },
  {
    id: 'no-end',
    answer: (socket) => void socket.write(`${ok}${asJson}\r\ncontent-length: 999\r\n\r\n${banner}`),
    ends: { state: 'undetermined', reason: 'body-timeout' },
  },
  {
    id: 'no-end-of-chunks',
    answer: (socket) => void socket.write(`${chunked}5\r\n{"a":\r\n`),
    ends: { state: 'undetermined', reason: 'body-timeout' },
  },
  { id: 'greets-and-drips', greet: drip('', '\0'), ends: undetermined },
  {
    id: 'stalls-after-the-banner',
    answer: (socket, { path }) => {
      if (path === '/') socket.write(http('200 OK', [asJson], banner));
    },
    ends: undetermined,
  },
  {
    id: 'wants-peace',
    answer: always(http('429 Too Many Requests', ['retry-after: 99999999999'])),
    ends: { state: 'undetermined', reason: 'left-in-peace' },
  },
  {
    id: 'wants-peace-for-nonsense',
    answer: always(http('503 Service Unavailable', ['retry-after: Infinity'])),
    ends: undetermined,
  },
  {
    id: 'wants-peace-in-the-past',
    answer: always(http('429 Too Many Requests', ['retry-after: Thu, 01 Jan 1970 00:00:00 GMT'])),
    ends: undetermined,
  },
];

export const wireGroups: readonly Group[] = [
  { name: 'endless and packed', hostiles: floods, patienceMs: 20_000 },
  { name: 'bytes and ends', hostiles: broken, patienceMs: 20_000 },
  { name: 'redirects', hostiles: redirects, patienceMs: 20_000 },
  { name: 'slow', hostiles: slow, patienceMs: 1_000 },
];
