import t from 'tap';
import { basePathOf } from '../../src/demo/replay.js';
import { questionById, keepAnswer } from '../../src/catalogue/index.js';
import type { Recording } from '../../src/demo/replay.js';
import { isCompanionProduct, type Endpoint } from '../../src/model/endpoint.js';
import type { EndpointRecord, Exchange } from '../../src/model/exchange.js';
import { decoyTells } from '../../src/reading/decoy.js';
import { observe } from '../../src/reading/index.js';
import { readOtherProduct } from '../../src/reading/other-product.js';
import { survey } from '../../src/survey/index.js';
import { recordingNamed, recordingNames } from '../replay.js';
import { surveyAgainst, techniquesWith } from '../support/answer.js';
import { sample } from '../support/sample.js';
import { writtenFiles } from '../support/written.js';
import {
  mediaType,
  otherWords,
  passwordOnRoot,
  unknownHeaders,
  unknownKeys,
  withoutHeaders,
} from '../accuracy/bend.js';

const endpoint: Endpoint = { host: '127.0.0.1', address: '127.0.0.1', port: 9200, basePath: '', scheme: 'http' };

function record(...exchanges: readonly Exchange[]): EndpointRecord {
  return { ordinal: 0, endpoint, targets: [], at: '2026-11-23T02:00:00.000Z', exchanges, tls: null, cut: null };
}

/** An answer kept as the client keeps it. */
function answered(
  question: string,
  body: unknown,
  about: { readonly status?: number; readonly headers?: Record<string, string[]>; readonly nonce?: string } = {},
): Exchange {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    question,
    method: 'GET',
    path: questionById(question).path,
    scheme: 'http',
    basePath: '',
    blanks: about.nonce === undefined ? {} : { nonce: about.nonce },
    request: 1,
    connection: 1,
    at: '2026-11-23T02:00:00.000Z',
    ms: 1,
    outcome: keepAnswer(questionById(question), {
      status: about.status ?? 200,
      headers: { 'content-type': [text.startsWith('<') ? 'text/html' : 'application/json'], ...about.headers },
      body: Buffer.from(text),
      truncated: false,
    }),
  };
}

/** No test of authenticity was passed. */
const untested = { genuine: 'unknown' } as const;

const tagline = 'You Know, for Search';
const uuid = 'kN4vTq2sQZ6m3cYw1xHb8A';

function isCompanion({ head }: Recording): boolean {
  return head.truth.product !== null && isCompanionProduct(head.truth.product);
}

/** The recorded decoys: all other recordings come from real servers. */
const decoys = recordingNames().filter((name) => recordingNamed(name).head.truth.state === 'decoy');

t.test('no recorded server is a decoy, and only companions are another product', (t) => {
  t.ok(recordingNames().length >= 12, 'there are recordings');
  t.strictSame(
    decoys.map((name) => name.split('/')[0]),
    ['qeeqbox-honeypots'],
  );
  for (const name of recordingNames()) {
    if (decoys.includes(name)) continue;
    const recording = recordingNamed(name);
    const at = { ...endpoint, scheme: recording.head.scheme, basePath: basePathOf(recording) };
    const options = { techniques: techniquesWith(), nonce: () => 'q7w8e9r0t1y2' };
    const seen = surveyAgainst(recording, at, survey(at, options));
    t.strictSame(decoyTells(seen, untested).tells, [], `${name}: no tell`);
    const isOther = recording.head.truth.state === 'other-product' || isCompanion(recording);
    t.equal(readOtherProduct(seen) !== null, isOther, `${name}: ${isOther ? 'another' : 'no other'} product`);
    t.not(observe(seen).access.state, 'decoy', name);
  }
  t.end();
});

t.test('a recorded server has no tell, also as plugins, proxies and versions to come may bend it', (t) => {
  const bends = {
    'unknown keys': unknownKeys,
    'unknown headers': unknownHeaders,
    'another media type': mediaType,
    'other words': otherWords,
    'a password on /': passwordOnRoot,
    'no header of its own': withoutHeaders('x-elastic-product', 'x-opensearch-version', 'warning', 'server'),
    'the header of a companion product': (recording: Recording) =>
      withHeader(recording, 'Server: Jetty(9.4.44.v20210927)'),
  };
  const options = { techniques: techniquesWith(), nonce: () => 'q7w8e9r0t1y2' };
  let held = 0;
  const names = sample(recordingNames(), 14);
  for (const name of names) {
    if (decoys.includes(name)) continue;
    const recording = recordingNamed(name);
    const at = { ...endpoint, scheme: recording.head.scheme, basePath: basePathOf(recording) };
    for (const [what, bend] of Object.entries(bends)) {
      const seen = observe(surveyAgainst(bend(recording), at, survey(at, options)));
      t.strictSame([seen.access.state === 'decoy', seen.authenticity.tells], [false, []], `${name}: ${what}`);
      held += 1;
    }
  }
  t.ok(held > 4 * names.length, `${held} held`);
  t.end();
});

/** The same answers with one more header line. */
function withHeader({ head, exchanges }: Recording, line: string): Recording {
  return {
    head,
    exchanges: exchanges.map((exchange) =>
      exchange.wire.kind === 'answer'
        ? { ...exchange, wire: { ...exchange.wire, head: [...exchange.wire.head, line] } }
        : exchange,
    ),
  };
}

t.test('constants and pairs that no server has', (t) => {
  const banner = (number: string, lucene: string, more: object = {}) =>
    answered('root', { cluster_uuid: uuid, version: { number, lucene_version: lucene, ...more }, tagline });
  const table = [
    ['Lucene of another line, and nothing else', banner('8.11.0', '8.7.0'), 0],
    ['Lucene of another line, and an invalid build type', banner('8.11.0', '8.7.0', { build_type: 'en' }), 2],
    ['Lucene of its line', banner('7.10.2', '8.7.0'), 0],
    ['Lucene of its line, 9.x', banner('9.4.3', '10.3.2'), 0],
    ['a fork has numbers of its own', banner('7.10.2', '9.12.3', { distribution: 'opensearch' }), 0],
    ['no Lucene named', banner('8.11.0', 'N/A'), 0],
    [
      'the build hash of elastichoney',
      banner('1.4.2', '4.10.2', { build_hash: '89d3241d670db65f994242c8e838b169779e2d4' }),
      1,
    ],
    [
      'the hash of 1.7.1 in a 1.4.1',
      banner('1.4.1', '4.10.4', { build_hash: 'b88f43fc40b0bcd7f173a1f9ee2e97816de80b19' }),
      1,
    ],
    [
      'the same hash in a 1.7.1',
      banner('1.7.1', '4.10.4', { build_hash: 'b88f43fc40b0bcd7f173a1f9ee2e97816de80b19' }),
      0,
    ],
  ] as const;
  for (const [what, exchange, tells] of table)
    t.equal(decoyTells(record(exchange), untested).tells.length, tells, what);
  t.end();
});

t.test('a chosen name hides nothing', (t) => {
  const planted = 'x1JG6g9PRHy6ClCOO2-C4g 89d3241d670db65f994242c8e838b169779e2d4 "build_type":"en"';
  for (const exchange of [
    answered('cat-indices', [{ index: planted, 'docs.count': '1' }]),
    answered('aliases', { orders: { aliases: { [planted]: {} } } }),
    answered('dashboard-saved-objects', { total: 1, saved_objects: [{ attributes: { title: planted } }] }),
  ]) {
    t.strictSame(decoyTells(record(exchange), untested).tells, [], exchange.question);
  }
  const named = record(answered('nodes', { nodes: { a: { name: 'x1JG6g9PRHy6ClCOO2-C4g' } } }));
  t.equal(decoyTells(named, untested).tells.length, 1);
  t.equal(decoyTells(named, { genuine: 'yes' }).tells.length, 1, 'a constant wins over a passed test');
  t.end();
});

t.test('a relay that makes up answers about two random names is a decoy, and no other is', (t) => {
  const unknown = (status: number, index: string, nonce = 'abcdef') =>
    answered(
      'kibana-proxy-unknown-index',
      { error: { type: 'index_not_found_exception', reason: `no such index [${index}]`, index }, status },
      { status, nonce, headers: { 'kbn-name': ['kibana'] } },
    );
  const tells = (...exchanges: readonly Exchange[]) => decoyTells(record(...exchanges), untested).tells.length;
  t.equal(tells(unknown(404, 'leftopen-abcdef'), unknown(404, 'leftopen-ghijkl', 'ghijkl')), 0, 'echoed');
  t.equal(tells(unknown(404, 'something-else')), 0, 'once');
  t.equal(tells(unknown(404, 'something-else'), unknown(404, 'something-else')), 0, 'twice for one name');
  t.equal(tells(unknown(404, 'something-else'), unknown(404, 'something-else', 'ghijkl')), 1, 'for two names');
  t.equal(
    tells(
      unknown(404, 'something-else'),
      unknown(404, 'something-else', 'ghijkl'),
      unknown(404, 'leftopen-mnopqr', 'mnopqr'),
    ),
    0,
    'one passed test rules it out',
  );
  t.equal(tells(unknown(200, 'leftopen-abcdef'), unknown(200, 'leftopen-ghijkl', 'ghijkl')), 0, 'errors as success');
  const described = (nonce: string) =>
    answered(
      'kibana-proxy-unknown-index',
      { [`leftopen-${nonce}`]: { aliases: {}, mappings: {}, settings: {} } },
      { nonce, headers: { 'kbn-name': ['kibana'] } },
    );
  t.equal(tells(described('abcdef'), described('ghijkl')), 1, 'it describes what cannot exist');
  t.equal(tells(answered('kibana-proxy-cat-indices', [{ index: 'a', 'docs.count': '1', pri: '1' }])), 0, 'columns');
  t.end();
});

t.test('a server that shows contents under two paths that cannot exist is not a dashboard', (t) => {
  const spaces = [{ id: 'default', name: 'Default', disabledFeatures: [] }];
  const headers = { 'kbn-name': ['kibana'] };
  const inside = answered('kibana-spaces', spaces, { headers });
  const path = (body: unknown, nonce: string, status = 200) =>
    answered('dashboard-unknown-path', body, { status, nonce, headers });
  const tells = (...exchanges: readonly Exchange[]) => decoyTells(record(...exchanges), untested).tells.length;
  t.equal(tells(inside, path(spaces, 'abcdef'), path(spaces, 'ghijkl')), 1);
  t.equal(tells(inside, path(spaces, 'abcdef')), 0, 'once');
  t.equal(tells(inside, path({}, 'abcdef'), path({}, 'ghijkl')), 0, 'errors as success');
  t.equal(tells(path(spaces, 'abcdef'), path(spaces, 'ghijkl')), 0, 'nothing was read from inside');
  t.end();
});

t.test('another product is named only by its own signs; a site only when it refused nothing', (t) => {
  const page = (title: string, status = 200) =>
    answered('root', `<html><head><title>${title}</title></head><body>x</body></html>`, { status });
  const gone = answered('cat-indices', '<html><title>404</title></html>', { status: 404 });
  const gone2 = answered('aliases', '<html><title>404</title></html>', { status: 404 });
  const wall = answered('aliases', '<html><title>401</title></html>', { status: 401 });
  const table = [
    ['a site', [page('Acme'), gone, gone2], 'a web site', false],
    ['a site that refuses something', [page('Acme'), gone, wall], null, false],
    ['a front page alone', [page('Acme'), gone], null, false],
    ['a login page', [page('Log in to Acme'), gone, gone2], null, false],
    ['a maintenance page', [page('Scheduled maintenance'), gone, gone2], null, false],
    ['an error page', [page('502 Bad Gateway', 502), gone, gone2], null, false],
    ['the default page of nginx', [page('Welcome to nginx!'), gone], 'nginx (its default page)', false],
    ['Kibana is not elasticvue', [page('Elastic'), gone], null, false],
    ['elasticvue', [page('Elasticvue')], 'elasticvue', true],
    ['a word in a title is not a name', [page('How to monitor Grafana and Solr'), gone], null, false],
  ] as const;
  for (const [what, exchanges, name, named] of table) {
    const found = readOtherProduct(record(...exchanges));
    t.strictSame(found === null ? null : found.name, name, what);
    if (found !== null) t.equal(found.named, named, what);
  }
  t.end();
});

t.test('no written dashboard or decoy is taken for another product', (t) => {
  for (const { name, recording } of writtenFiles()) {
    if (recording.head.truth.product === null || isCompanion(recording)) continue;
    const options = { techniques: techniquesWith(), nonce: () => 'q7w8e9r0t1y2' };
    const at = { ...endpoint, scheme: recording.head.scheme };
    t.strictSame(readOtherProduct(surveyAgainst(recording, at, survey(at, options))), null, name);
  }
  t.end();
});
