import t from 'tap';
import { checkCases } from '../support/expect.js';
import {
  elasticBanner,
  failure,
  html,
  inFront,
  json,
  listing,
  nginxDenied,
  noSuchIndex,
  openElasticsearch,
  openOpenSearch,
  wall,
  xpackRefusal,
} from '../support/clusters.js';
import { serve, surveyed } from '../support/survey.js';
import type { Responder } from '../support/survey.js';

const decoy = { state: 'decoy', rung: 'silent', product: null } as const;

// Known decoys, by what their own source answers (wire guide E.2)
const elasticpotBanner = {
  status: 200,
  name: 'Green Goblin',
  cluster_name: 'elasticsearch',
  version: {
    number: '1.4.1',
    build_hash: 'b88f43fc40b0bcd7f173a1f9ee2e97816de80b19',
    build_timestamp: '2015-07-29T09:54:16Z',
    build_snapshot: false,
    lucene_version: '4.10.4',
  },
  tagline: 'You Know, for Search',
};
const elastichoneyBanner = {
  status: 200,
  name: 'Flake',
  cluster_name: 'elasticsearch',
  version: { number: '1.4.1', build_hash: '89d3241d670db65f994242c8e838b169779e2d4', lucene_version: '4.10.2' },
  tagline: 'You Know, for Search',
};
const qeeqbox = failure(401, 'security_exception', 'unable to authenticate user [] for REST request [/]', {
  'WWW-Authenticate': 'Basic realm=\\"security\\" charset=\\"UTF-8\\"',
});

checkCases([
  [
    'ElasticPot: 404 in the body, 200 on the wire',
    serve(
      { '/': json(200, elasticpotBanner) },
      json(200, { error: 'IndexMissingException[[{name}] missing]', status: 404 }),
    ),
    { ...decoy, asks: 3 },
  ],
  ['elastichoney: a banner on every path', serve({}, json(200, elastichoneyBanner)), { ...decoy, asks: 3 }],
  ['qeeqbox: 401 for `/` whatever was asked', wall(qeeqbox), { ...decoy, asks: 3 }],
]);

// Decoys without a known constant: the tests of R.6 alone
const banner8 = json(200, elasticBanner('8.15.0'));
const modest = json(200, { ...elasticBanner('1.7.6') });
checkCases([
  // a proxy that leads every path to `/` does the same
  ['a banner on every path, version 8', serve({}, banner8), { state: 'undetermined', rung: 'banner' }],
  ['a banner on every path, version 1', serve({}, modest), { state: 'undetermined', rung: 'banner' }],
  [
    'unknown index is 404 without its name',
    openElasticsearch('1.7.6', {
      otherwise: json(404, { error: 'IndexMissingException[[missing] missing]', status: 404 }),
    }),
    decoy,
  ],
  [
    'unknown index is 404 with its name, of which a bad line changed one character',
    (ask, path, number) => {
      const name = /leftopen-\w+/.exec(path)?.[0];
      if (name === undefined) return openElasticsearch('1.7.6')(ask, path, number);
      return json(404, { error: `IndexMissingException[[${name.slice(0, -1)}!] missing]`, status: 404 });
    },
    { state: 'undetermined' },
  ],
  [
    'unknown index is 404 in an envelope with another name',
    openElasticsearch('8.15.0', {
      otherwise: failure(404, 'index_not_found_exception', 'no such index [logs]'),
    }),
    // its parameters are refused by name, which no constant answer does: one passed test rules a decoy out
    { state: 'open' },
  ],
  [
    'gives one listing with ids of indices to everything but `/`',
    serve(
      { '/': banner8 },
      json(200, [
        { health: 'green', status: 'open', index: 'a', uuid: 'x9cWbL3hZ1AQm0vYkT2R5u', pri: '1', 'docs.count': '12' },
        { health: 'green', status: 'open', index: 'b', uuid: 'Qm0vYkT2R5uX9cWbL3hZ1A', pri: '1', 'docs.count': '7' },
      ]),
    ),
    { state: 'undetermined' },
  ],
  [
    'accepts any parameter, though it claims 8',
    serve({ '/': banner8, '/_cat/indices': listing }, noSuchIndex()),
    { state: 'open', inFront: ['query-lost'] },
  ],
  [
    'accepts any parameter, though it claims OpenSearch',
    serve(
      {
        '/': json(200, {
          name: 'a',
          cluster_name: 'b',
          version: { distribution: 'opensearch', number: '2.1.0' },
          tagline: 'The OpenSearch Project: https://opensearch.org/',
        }),
        '/_cat/indices': listing,
      },
      noSuchIndex(),
    ),
    { state: 'open', inFront: ['query-lost'] },
  ],
  [
    'lists columns that were not requested',
    openElasticsearch('8.15.0', {
      paths: {
        '/_cat/indices': json(200, [
          { health: 'green', status: 'open', index: 'a', pri: '5', rep: '1', 'docs.count': '1' },
        ]),
      },
    }),
    { state: 'open', inFront: ['query-lost'] },
  ],
  [
    'refuses every path as if it were `/`',
    wall(failure(401, 'security_exception', 'missing authentication credentials for REST request [/]')),
    decoy,
  ],
]);

// What looks like a failed test and is not one
checkCases([
  [
    'a proxy answers `/` by itself, the cluster the rest',
    inFront(openElasticsearch('8.15.0'), (path) => (path === '/' ? banner8 : null)),
    { state: 'open', rung: 'control', product: 'elasticsearch' },
  ],
  [
    'a cache answers `/` with and without a parameter',
    inFront(openElasticsearch('8.15.0'), (path) =>
      path === '/' ? json(200, elasticBanner('8.15.0'), { Age: '30', 'X-Cache': 'HIT' }) : null,
    ),
    { state: 'open', product: 'elasticsearch' },
  ],
  [
    'a proxy that adds a folder: x-pack names the path as it got it',
    (_, path) => {
      const seen = path.replace(/^\/es/, '');
      return failure(401, 'security_exception', `missing authentication credentials for REST request [${seen}]`);
    },
    { state: 'guarded', guardedBy: 'product', product: 'elasticsearch' },
    { endpoint: { basePath: '/es' } },
  ],
  [
    'a mark that something in front leaves on every answer',
    (ask, path, number) => {
      const reply = openElasticsearch('8.15.0')(ask, path, number);
      return typeof reply === 'string'
        ? reply
        : { ...reply, headers: { ...reply.headers, traceresponse: '00-0-0-00', Server: 'Jetty(9.4)' } };
    },
    { state: 'open', rung: 'control', product: 'elasticsearch' },
  ],
  [
    'x-pack refuses: no test can be made, none is held against it',
    wall(xpackRefusal()),
    { state: 'guarded', product: 'elasticsearch' },
  ],
  [
    'tests are refused, only the listing and exactly it is let through: not called open',
    (ask, path, number) =>
      path.startsWith('/_cat/indices?format=json&bytes') ? openElasticsearch('8.15.0')(ask, path, number) : nginxDenied,
    { state: 'undetermined', reason: 'not-authenticated-as-genuine' },
  ],
]);

// A site in front that answers what it does not know with its page: nothing of the cluster was tested by that (R.6)
const shop = html(200, '<!doctype html><title>Shop</title><div id="app"></div>');
const siteInFront = (server: Responder, passed: RegExp): Responder =>
  inFront(server, (path) => (passed.test(path) ? null : shop));
checkCases([
  ...(['9.4.3', '7.17.9'] as const).map(
    (version) =>
      [
        `a site answers unknown names in front of ${version}`,
        siteInFront(openElasticsearch(version), /^\/(?!leftopen-)/),
        { state: 'open', rung: 'control', product: 'elasticsearch' },
      ] as const,
  ),
  [
    'a site answers unknown names in front of OpenSearch',
    siteInFront(openOpenSearch('2.19.4'), /^\/(?!leftopen-)/),
    { state: 'open', rung: 'control', product: 'opensearch' },
  ],
  [
    'a site answers unknown names, the API of 1.7.6 is passed on: another test is made there',
    siteInFront(openElasticsearch('1.7.6'), /^\/(?!leftopen-)/),
    { state: 'open', rung: 'control', product: 'elasticsearch' },
  ],
  [
    'a site passes on the root page alone: banner only',
    siteInFront(openElasticsearch('9.4.3'), /^\/$/),
    // a page in the place of an answer denies nothing
    { state: 'undetermined', rung: 'banner', product: 'elasticsearch' },
  ],
  [
    'a banner that accepts any parameter, and a page on every other path',
    serve({ '/': json(200, elasticBanner('8.15.0')) }, shop),
    { state: 'undetermined', rung: 'banner' },
  ],
  [
    'a banner and a listing that cannot be tested, and a page on every other path: not called open',
    serve({ '/': json(200, elasticBanner('1.7.6')), '/_cat/indices': listing }, shop),
    { state: 'undetermined', reason: 'not-authenticated-as-genuine' },
  ],
]);

// Look-alikes and sites (E.4): other products, or nothing that can be named; never open, never a decoy
const openObserve = json(
  200,
  {
    name: 'opensearch',
    cluster_name: 'opensearch-cluster',
    cluster_uuid: 'h3nGzoJ1R12fZz',
    version: {
      number: '7.17.1',
      build_flavor: 'default',
      build_hash: '0',
      lucene_version: '8.9.0',
      minimum_wire_version: '7.10.2',
    },
    tagline: 'You Know, for Search',
  },
  { 'X-Elastic-Product': 'Elasticsearch' },
);
const zinc = json(200, {
  name: 'zinc',
  cluster_name: 'N/A',
  cluster_uuid: 'N/A',
  version: { number: '7.14.0', build_hash: 'x', lucene_version: 'N/A' },
  tagline: 'You Know, for Search',
});
const other = { state: 'other-product', product: null, rung: 'silent', asks: 8 } as const;
checkCases([
  [
    'OpenObserve',
    serve({ '/': openObserve }, json(404, { code: 404, message: 'Not found' })),
    { ...other, other: 'OpenObserve' },
  ],
  ['ZincSearch', serve({ '/': zinc }, json(404, { error: 'not found' })), { ...other, other: 'ZincSearch' }],
  [
    'CouchDB',
    serve(
      { '/': json(200, { couchdb: 'Welcome', version: '3.3.2', vendor: { name: 'x' } }, { Server: 'CouchDB/3.3.2' }) },
      json(404, { error: 'not_found', reason: 'Database does not exist.' }),
    ),
    { ...other, other: 'CouchDB' },
  ],
  [
    'one page for every path, a random one too: a notice, a portal or a filter in front, whatever its language',
    serve({}, html(200, '<!doctype html><title>Site en travaux</title><p>Nous revenons bientôt')),
    { state: 'undetermined', other: null },
  ],
  [
    'a web site',
    serve(
      { '/': html(200, '<!doctype html><title>Acme</title><p>Welcome to Acme') },
      html(404, '<title>Not here</title>'),
    ),
    { ...other, asks: 10 },
  ],
]);
for (const [name, reply] of Object.entries({
  'JSON on every path': json(200, { ok: true }),
  'an empty object on every path': json(200, {}),
  'an empty list on every path': json(200, []),
  'an empty body on every path': { status: 200 },
  'text on every path': { status: 200, body: 'ok' },
  'a banner of another tagline on every path': json(200, {
    name: 'x',
    version: { number: '8.1.0' },
    tagline: 'Something else',
  }),
})) {
  const { access } = surveyed(wall(reply));
  t.not(access.state, 'open', `${name}: not open`);
  t.not(access.state, 'guarded', `${name}: not guarded`);
}

t.test('a decoy gives no keys and no facts', (t) => {
  const { cluster, identity, dashboard, time, authenticity, access } = surveyed(wall(qeeqbox));
  t.strictSame([cluster, dashboard, identity.product, identity.version.number], [null, null, null, null]);
  t.strictSame(time, { processStartedAt: null, clock: null, oldestDataAt: null });
  t.equal(authenticity.genuine, 'no');
  t.ok(authenticity.tells.length > 0);
  t.ok(access.evidence.length > 0);
  t.end();
});

t.test('a document in an answer to a count never gets into the record', (t) => {
  const server = openElasticsearch('8.15.0', {
    paths: {
      '/orders-2026.10/_count': json(200, {
        count: 1,
        _shards: { total: 1, successful: 1 },
        hits: { total: 1, hits: [{ _source: { name: 'CANARY' } }] },
      }),
    },
  });
  t.notMatch(JSON.stringify(surveyed(server)), /CANARY/);
  t.end();
});

t.test('OpenSearch is not taken for a decoy on any line', (t) => {
  for (const version of ['1.0.0', '2.0.0', '2.4.0', '3.6.0']) {
    t.equal(surveyed(openOpenSearch(version)).access.state, 'open', version);
  }
  t.end();
});
