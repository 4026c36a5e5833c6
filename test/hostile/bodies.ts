// Hostile servers that speak HTTP well: what their answers say, under which name, now and then, and over TLS.
import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { always, asHtml, asJson, drip, endless, http, type Group, type Hostile, type Request } from './estate.js';
import { anyRecording, answering } from './poison.js';

const banner = {
  name: 'node-1',
  cluster_name: 'shop',
  cluster_uuid: 'uWs6Do3ERJGJRHLHHG6qGw',
  version: { number: '7.17.9', build_flavor: 'default', build_hash: 'abcdef0', lucene_version: '8.11.1' },
  tagline: 'You Know, for Search',
};
const row = { index: 'customers', health: 'green', status: 'open', 'docs.count': '12', 'store.size': '900' };
const spaces = [{ id: 'default', name: 'Default', disabledFeatures: [] }];
const titles = {
  page: 1,
  per_page: 10,
  total: 1,
  saved_objects: [{ id: 'a', type: 'dashboard', attributes: { title: 'Sales' } }],
};

/** Every field that is known of any answer, in one. */
const everything = {
  ...banner,
  ...titles,
  status: 'green',
  number_of_nodes: 1,
  indices: { customers: { status: 'green', primaries: { docs: { count: 1 }, store: { size_in_bytes: 2 } } }, count: 1 },
  nodes: { a: { name: 'n', version: '7.17.9', jvm: { start_time_in_millis: 1 } } },
  username: '_anonymous',
  user_name: 'anonymous',
  roles: ['superuser'],
  features: { security: { available: true, enabled: false } },
  _shards: { total: 1, successful: 1, failed: 0 },
  hits: { total: { value: 12, relation: 'eq' }, hits: [{ _source: { ssn: 'x' } }] },
  allowLogin: false,
  metrics: { process: { uptime_in_millis: 1 } },
};

const deep = (open: string, close: string, times: number): string => open.repeat(times) + close.repeat(times);

/** No product of ours is shown, or what is behind a catch-all response cannot be determined. */
const site = [{ state: 'other-product' }, { state: 'undetermined' }] as const;
/** What answers everything alike: a decoy, or something in front that leads every path to one. */
const decoy = [{ state: 'decoy' }, { state: 'undetermined' }] as const;
const guarded = { state: 'guarded' } as const;
const undetermined = { state: 'undetermined' } as const;

/** Servers that answer the same 200 to everything. */
const bodies: Readonly<Record<string, string | Uint8Array>> = {
  nothing: '',
  'empty-object': '{}',
  'empty-array': '[]',
  null: 'null',
  true: 'true',
  'a-string': '"You Know, for Search"',
  infinity: '1e999',
  'minus-infinity': '[-1e999]',
  nan: '{"count":NaN,"x":Infinity}',
  'numbers-too-large': JSON.stringify([{ ...row, 'docs.count': '9'.repeat(400) }])
    .replace('"9', '9')
    .replace('9"', '9'),
  'number-of-a-megabyte': `[${'9'.repeat(1_000_000)}]`,
  'deep-array': deep('[', ']', 200_000),
  'deep-object': `${'{"a":'.repeat(60_000)}1${'}'.repeat(60_000)}`,
  'deep-and-open': '[{"a":'.repeat(100_000),
  prototypes: '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toString":1,"hasOwnProperty":2}',
  'prototype-indices': '{"__proto__":{"aliases":{}},"constructor":{"aliases":{}},"toString":{"aliases":{}}}',
  'prototype-rows': '[{"index":"__proto__","__proto__":{"health":"green"},"constructor":"x"}]',
  'same-key-again': `{${'"cluster_name":"a",'.repeat(50_000)}"cluster_name":"b"}`,
  'a-million-names': `[${Array.from({ length: 1_000_000 }, (_, i) => `{"index":"i${i}"}`).join(',')}]`,
  'a-hundred-thousand-aliases': `{${Array.from({ length: 100_000 }, (_, i) => `"i${i}":{"aliases":{}}`).join(',')}}`,
  'one-name-of-megabytes': JSON.stringify([{ ...row, index: 'x'.repeat(3_000_000) }]),
  'lone-surrogates': '{"cluster_name":"\\ud800","name":"\\udfff\\ud800"}',
  'invalid-utf8': Buffer.concat([
    Buffer.from('{"cluster_name":"'),
    Buffer.from([0xff, 0xc0, 0xaf, 0xed, 0xa0, 0x80]),
    Buffer.from('"}'),
  ]),
  utf16: Buffer.from(`\ufeff${JSON.stringify(banner)}`, 'utf16le'),
  'byte-order-mark': `\ufeff${JSON.stringify(banner)}`,
  'trailing-garbage': `${JSON.stringify(banner)}}}}]]]`,
  lines: `${JSON.stringify(row)}\n`.repeat(2_000),
  script: `callback(${JSON.stringify(banner)})`,
  banner: JSON.stringify(banner),
  listing: JSON.stringify([row]),
  spaces: JSON.stringify(spaces),
  titles: JSON.stringify(titles),
  everything: JSON.stringify(everything),
  ok: 'OK',
  zeros: '\0'.repeat(9000),
};

/** Those that claim an index, a banner, a space or a saved object that no server could answer everything with; the rest claim nothing. */
const claims = new Set([
  'titles',
  'prototype-indices',
  'a-hundred-thousand-aliases',
  'numbers-too-large',
  'prototype-rows',
  'a-million-names',
  'one-name-of-megabytes',
  'byte-order-mark',
  'banner',
  'listing',
  'spaces',
  'everything',
]);

const alike: readonly Hostile[] = Object.entries(bodies).map(([id, body]) => ({
  id: `all-${id}`,
  answer: always(http('200 OK', [asJson], body)),
  // A server that also serves a path that cannot exist is not a cluster, whatever it lists.
  ends: claims.has(id) ? decoy : site,
}));

/** The same, under headers that say who one is. */
const marks: Readonly<Record<string, readonly string[]>> = {
  elastic: ['X-elastic-product: Elasticsearch'],
  opensearch: ['X-OpenSearch-Version: OpenSearch/2.19.4 (opensearch)'],
  kibana: ['kbn-name: kb', 'kbn-version: 8.15.0', 'kbn-license-sig: 1'],
  dashboards: ['osd-name: osd'],
  two: ['X-elastic-product: Elasticsearch', 'kbn-name: kb', 'osd-name: osd', 'X-OpenSearch-Version: x'],
};
const marked: readonly Hostile[] = Object.entries(marks).flatMap(([mark, headers]) =>
  (['empty-array', 'banner', 'spaces', 'titles', 'everything', 'ok'] as const).map((body) => ({
    id: `${mark}-${body}`,
    answer: always(http('200 OK', [asJson, ...headers], bodies[body])),
    ends: [undetermined, ...decoy, ...site, guarded],
  })),
);

const pages: readonly Hostile[] = [
  {
    id: 'html-200',
    answer: always(http('200 OK', [asHtml], '<!doctype html><title>Kibana</title><p>Elasticsearch')),
    ends: site,
  },
  { id: 'html-204', answer: always('HTTP/1.1 204 No Content\r\n\r\n'), ends: undetermined },
  { id: 'html-206', answer: always(http('206 Partial Content', [asJson], JSON.stringify(banner))), ends: undetermined },
  { id: 'html-304', answer: always('HTTP/1.1 304 Not Modified\r\n\r\n'), ends: undetermined },
  { id: 'html-299', answer: always(http('299 Odd', [asJson], JSON.stringify([row]))), ends: undetermined },
  { id: 'html-500', answer: always(http('500 Oops', [asJson], JSON.stringify(everything))), ends: undetermined },
  {
    id: 'html-login',
    answer: always(http('200 OK', [asHtml], '<title>Sign in</title><form><input type=password>')),
    ends: undetermined,
  },
  {
    id: 'echo-path',
    answer: (socket, { path }) => void socket.write(http('200 OK', [asHtml], `<title>${path}</title>`)),
    ends: site,
  },
  {
    id: 'echo-error',
    answer: (socket, { path }) =>
      void socket.write(
        http(
          '404 Not Found',
          [asJson],
          JSON.stringify({
            error: {
              type: 'index_not_found_exception',
              reason: `no such index [${path.slice(1)}]`,
              index: path.slice(1),
            },
          }),
        ),
      ),
    ends: undetermined,
  },
  { id: 'type-says-html', answer: always(http('200 OK', [asHtml], JSON.stringify(banner))), ends: decoy },
  {
    id: 'type-says-nonsense',
    answer: always(http('200 OK', ['content-type: \xff\xfe; charset=x'], JSON.stringify([row]))),
    ends: decoy,
  },
];

type Answers = (request: Request) => Buffer;

const said = (status: string, body: unknown, ...headers: readonly string[]): Buffer =>
  http(status, [asJson, ...headers], JSON.stringify(body));

/** Servers that say one thing now and another then. */
const moods: readonly Buffer[] = [
  said('200 OK', banner),
  said('401 Unauthorized', {}, 'www-authenticate: Basic realm="x"'),
  said('200 OK', [row]),
  http('200 OK', [asHtml], '<title>x</title>'),
  said('503 Service Unavailable', { error: 'x' }),
  said('200 OK', { ...banner, cluster_uuid: 'aaaaaaaaaaaaaaaaaaaaaa', version: { number: '2.4.6' } }),
  said('404 Not Found', { error: { type: 'index_not_found_exception', reason: 'no such index' } }, 'kbn-name: kb'),
  said('200 OK', spaces, 'osd-name: osd'),
];
const changing =
  (answers: Answers): NonNullable<Hostile['answer']> =>
  (socket: Socket, request) =>
    void socket.write(answers(request));

const changeable: readonly Hostile[] = [
  ...[1, 3, 5, 7].map((step): Hostile => ({
    id: `changes-by-${step}`,
    answer: changing(({ number }) => moods[(number * step) % moods.length] ?? Buffer.alloc(0)),
    ends: [undetermined, ...decoy, guarded],
  })),
  {
    id: 'another-cluster-each-time',
    answer: changing(({ number }) =>
      said('200 OK', { ...banner, cluster_uuid: String(number).repeat(22).slice(0, 22), name: `n${number}` }),
    ),
    ends: decoy,
  },
  {
    id: 'another-product-each-time',
    answer: changing(({ number }) =>
      said(
        '200 OK',
        number % 2
          ? banner
          : {
              ...banner,
              version: { distribution: 'opensearch', number: '2.19.4' },
              tagline: 'The OpenSearch Project: https://opensearch.org/',
            },
      ),
    ),
    ends: decoy,
  },
  {
    id: 'open-first-then-refuses',
    answer: changing(({ number }) =>
      number <= 2
        ? said('200 OK', number === 1 ? banner : [row])
        : said('401 Unauthorized', {}, 'www-authenticate: Basic realm="x"'),
    ),
    ends: undetermined,
  },
  {
    id: 'open-first-then-fails',
    answer: (socket, { number }) => {
      if (number <= 2) socket.write(said('200 OK', number === 1 ? banner : [row]));
      else socket.destroy();
    },
    ends: undetermined,
  },
  {
    id: 'open-first-then-floods',
    answer: (socket, { number }) => {
      if (number <= 2) socket.write(said('200 OK', number === 1 ? banner : [row]));
      else endless('HTTP/1.1 200 OK\r\n', 'a: b\r\n')(socket);
    },
    ends: undetermined,
  },
];

function read(name: string): string {
  return readFileSync(`test/hostile/${name}`, 'utf8');
}
const certificate = { cert: read('fixtures/hostile.pem'), key: read('fixtures/hostile.key') };
const wall = http('401 Unauthorized', ['www-authenticate: Basic realm="x"']);

/** Odd TLS, or no TLS. */
const overTls: readonly Hostile[] = [
  { id: 'tls-wall', tls: certificate, answer: always(wall), ends: guarded },
  { id: 'tls-wall-declared', tls: certificate, declaredTls: true, answer: always(wall), ends: guarded },
  { id: 'tls-open', tls: certificate, answer: answering(anyRecording('elasticsearch/7.17.9-closed')), ends: guarded },
  { id: 'tls-all', tls: certificate, answer: always(http('200 OK', [asJson], JSON.stringify(banner))), ends: decoy },
  { id: 'tls-bare-json', tls: certificate, answer: (socket) => socket.end(JSON.stringify(banner)), ends: undetermined },
  { id: 'tls-closes', tls: certificate, answer: (socket) => socket.end(), ends: undetermined },
  {
    id: 'tls-transport',
    tls: certificate,
    answer: (socket) => socket.end('This is not an HTTP port'),
    ends: { state: 'undetermined', reason: 'transport-port' },
  },
  { id: 'tls-greets', tls: certificate, greet: (socket) => socket.write('\x1b]0;x\x07'), ends: undetermined },
  {
    id: 'tls-headers',
    tls: certificate,
    answer: endless('HTTP/1.1 200 OK\r\n', `a: ${'b'.repeat(900)}\r\n`),
    ends: { state: 'undetermined', reason: 'header-too-large' },
  },
  {
    id: 'tls-bomb',
    tls: certificate,
    answer: endless('HTTP/1.1 200 OK\r\n\r\n', '['.repeat(9000)),
    ends: [undetermined, ...site],
  },
  {
    id: 'tls-wants-certificate',
    tls: { ...certificate, requestCert: true, ca: certificate.cert, maxVersion: 'TLSv1.2' },
    declaredTls: true,
    answer: always(wall),
    ends: guarded,
  },
  {
    id: 'tls-declared-http-spoken',
    declaredTls: true,
    greet: (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
    ends: undetermined,
  },
  {
    id: 'tls-alert',
    declaredTls: true,
    greet: (socket) => socket.end(Buffer.from([0x15, 3, 1, 0, 2, 2, 80])),
    ends: undetermined,
  },
  {
    id: 'tls-garbage',
    declaredTls: true,
    greet: (socket) => socket.end(Buffer.alloc(20_000, 0x16)),
    ends: undetermined,
  },
  {
    id: 'tls-claims',
    answer: always(http('400 Bad Request', [asHtml], 'The plain HTTP request was sent to HTTPS port')),
    ends: undetermined,
  },
  {
    id: 'tls-redirects',
    answer: (socket, _, { own }) => void socket.write(http('301 Moved', [`location: https://127.0.0.1:${own}/`])),
    ends: undetermined,
  },
];

const tlsSlow: readonly Hostile[] = [
  { id: 'tls-silent', tls: certificate, ends: undetermined },
  { id: 'tls-drips', tls: certificate, answer: drip('HTTP/1.1 200 OK\r\n', 'a: b\r\n'), ends: undetermined },
  {
    id: 'tls-half-handshake',
    declaredTls: true,
    deaf: true,
    greet: (socket) => socket.write(Buffer.from([0x16, 3, 3, 0, 200, 2])),
    ends: undetermined,
  },
];

export const bodyGroups: readonly Group[] = [
  { name: 'one answer to everything', hostiles: alike, patienceMs: 20_000 },
  { name: 'under the name of a product', hostiles: [...marked, ...pages], patienceMs: 20_000 },
  { name: 'changing', hostiles: changeable, patienceMs: 20_000 },
  { name: 'TLS', hostiles: overTls, patienceMs: 20_000 },
  { name: 'TLS, slowly', hostiles: tlsSlow, patienceMs: 1_000 },
];
