import t from 'tap';
import { companionProducts, productNames } from '../../src/model/endpoint.js';
import { companions } from '../../src/topics/registry.generated.js';
import { readOtherProduct } from '../../src/reading/other-product.js';
import { otherProducts } from '../../src/knowledge/products.js';
import { serve, surveyed, type Paths, type Reply } from '../support/survey.js';

const asked = (seen: ReturnType<typeof surveyed>) => seen.record.exchanges.map(({ path }) => path);

const page = (title: string): Reply => ({
  status: 200,
  headers: { 'content-type': 'text/html' },
  body: `<!doctype html><html><head><title>${title}</title></head><body></body></html>`,
});
const missing: Reply = { status: 404, headers: { 'content-type': 'text/plain' }, body: 'not found' };
const basic = { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' }, body: 'Unauthorized' } as const;

const zipkinRoot: Reply = { status: 302, headers: { location: '/zipkin/', server: 'Armeria/1.38.0' } };
const zipkin: Paths = {
  '/': zipkinRoot,
  '/info': { status: 200, body: { zipkin: { version: '3.6.1', commit: 'b2b0c98' } } },
  '/api/v2/services': { status: 200, body: ['checkout', 'stock'] },
  '/health': {
    status: 200,
    body: { status: 'UP', zipkin: { details: { 'InMemoryStorage{}': { status: 'UP' } } } },
  },
};

t.test('every part that knows products knows each companion', (t) => {
  t.same(
    companions.map(({ product }) => product),
    [...companionProducts],
  );
  for (const { product, questions } of companions) {
    t.ok(
      otherProducts.some(({ name }) => name === productNames[product]),
      `${product}: is recognised`,
    );
    for (const { id, askedOf } of questions) t.same(askedOf, [product], id);
  }
  t.end();
});

t.test('Zipkin: open by its API, and no names are kept', (t) => {
  const seen = surveyed(serve(zipkin, missing));
  t.match(seen, {
    identity: { product: 'zipkin', otherProduct: null, version: { number: '3.6.1', certainty: 'exact' } },
    access: { state: 'open', rung: 'metadata', proof: 'proved', reaches: { documents: 'unknown' } },
    companion: { product: 'zipkin', lists: { what: 'services', count: 2 }, data: 'itself', login: 'no' },
  });
  t.same(asked(seen).slice(-3), ['/info', '/api/v2/services', '/health']);
  t.ok(seen.record.exchanges.length <= 6);
  t.notMatch(JSON.stringify(seen.record), /checkout/);
  t.end();
});

t.test('one answer to everything is not an API, whatever product it looks like', (t) => {
  const system = {
    responseHeader: { status: 0, QTime: 1 },
    mode: 'std',
    solr_home: '/solr',
    lucene: { 'solr-spec-version': '4.10.4', 'solr-impl-version': '4.10.4 1662817' },
    status: { parcels: { name: 'parcels', index: { numDocs: 7 } } },
  };
  const seen = surveyed(serve({}, { status: 200, body: system }));
  t.ok(asked(seen).some((path) => path.startsWith('/solr/admin/')));
  t.not(seen.access.state, 'open');
  t.equal(seen.companion, null);
  t.end();
});

t.test('a page for every unknown path hides no API that answers on another one', (t) => {
  const front = page('Prometheus Time Series Collection and Processing Server');
  const jobs: Reply = { status: 200, body: { status: 'success', data: ['node', 'kafka'] } };
  const seen = surveyed(serve({ '/': front, '/api/v1/label/job/values': jobs }, front));
  t.ok(asked(seen).includes('/api/v1/status/buildinfo'), 'which gets the page');
  t.match(seen, { access: { state: 'open' }, companion: { product: 'prometheus', lists: { count: 2 } } });
  t.end();
});

t.test('Zipkin that prints its login while its store is down: yes, and never which', (t) => {
  const details = {
    'ElasticsearchStorage{initialEndpoints=https://writer:pa55-word@es.acme.example:9200,https://es2:9200, index=z}':
      {},
  };
  const seen = surveyed(
    serve(
      {
        ...zipkin,
        '/api/v2/services': { status: 500, body: 'Connection refused' },
        '/health': { status: 503, body: { status: 'DOWN', zipkin: { status: 'DOWN', details } } },
      },
      missing,
    ),
  );
  t.match(seen, {
    access: { state: 'open', rung: 'metadata' },
    companion: { lists: null, data: 'cluster', login: 'yes' },
  });
  t.notMatch(JSON.stringify(seen), /pa55|writer|es\.acme\.example/);
  t.end();
});

t.test('a user without a password is not a login', (t) => {
  const details = { 'ElasticsearchStorage{initialEndpoints=https://es.acme.example:9200, index=a@b}': {} };
  const health: Reply = { status: 200, body: { zipkin: { details } } };
  t.match(surveyed(serve({ ...zipkin, '/health': health }, missing)).companion, { data: 'cluster', login: 'no' });
  t.end();
});

t.test('elasticvue: by its file, never by its title', (t) => {
  const all = page('Elasticvue');
  t.match(surveyed(serve({}, all)), {
    identity: { product: null, otherProduct: 'elasticvue' },
    access: { state: 'other-product' },
    companion: null,
  });
  const table: [string, object | string, object | null][] = [
    ['without a login', [{ name: 'a', uri: 'http://es:9200' }], { count: 1, login: 'no' }],
    ['with a password', [{ name: 'a', uri: 'u', username: 'elastic', password: 's3cret' }], { count: 1, login: 'yes' }],
    ['with an API key alone', [{ name: 'a', uri: 'http://es:9200', password: 's3cret' }], { count: 1, login: 'yes' }],
    ['with a login in the address', [{ name: 'a', uri: 'http://u:s3cret@es:9200' }], { count: 1, login: 'yes' }],
    ['with a key further down', [{ uri: 'u', auth: { data: { apiKey: 's3cret' } } }], { count: 1, login: 'yes' }],
    ['with an empty password', [{ name: 'a', uri: 'u', password: '' }], { count: 1, login: 'no' }],
    ['in an object', { clusters: [{ uri: 'u', S3secretAccessKey: 's3cret' }] }, { count: 1, login: 'yes' }],
    ['an empty list', [], { count: 0, login: 'no' }],
    ['a list of something else', [1, 2], null],
    ['another object', { status: 'ok' }, null],
  ];
  for (const [name, body, expected] of table) {
    const seen = surveyed(serve({ '/api/default_clusters.json': { status: 200, body } }, all));
    if (expected === null)
      t.match(seen, { access: { state: 'undetermined' }, identity: { product: 'elasticvue' } }, name);
    else {
      const { companion } = seen;
      t.same({ count: companion?.lists?.count, login: companion?.login }, expected, name);
    }
    t.notMatch(JSON.stringify(seen), /s3cret/, `${name}: nothing of it is kept`);
  }
  t.end();
});

t.test('Prometheus, Solr, ZincSearch, Jaeger: open', (t) => {
  const table: [string, Paths, Reply, object][] = [
    [
      'prometheus',
      {
        '/': { status: 302, headers: { location: '/graph' } },
        '/api/v1/status/buildinfo': {
          status: 200,
          body: { status: 'success', data: { version: '2.42.0', revision: 'r', goVersion: 'go1.19' } },
        },
        '/api/v1/label/job/values': { status: 200, body: { status: 'success', data: ['node', 'es'] } },
      },
      missing,
      { lists: { what: 'scrape-jobs', count: 2 } },
    ],
    [
      'solr',
      {
        '/': { status: 302, headers: { location: 'http://127.0.0.1:9200/solr/' } },
        '/solr/': page('Solr Admin'),
        '/solr/admin/info/system': {
          status: 200,
          body: { responseHeader: { status: 0 }, lucene: { 'solr-spec-version': '9.4.0' } },
        },
        '/solr/admin/cores': {
          status: 200,
          body: { responseHeader: { status: 0 }, status: { goods: {}, people: {} } },
        },
      },
      missing,
      { lists: { what: 'cores', count: 2 } },
    ],
    [
      'zincsearch',
      {
        '/': { status: 302, headers: { location: '/ui/' } },
        '/ui/': page('ZincSearch'),
        '/version': { status: 200, body: { version: 'v0.4.10', commit_hash: 'x', build_date: 'y' } },
        '/api/index': { status: 200, body: { list: [{ name: 'x' }], page: { total: 9 } } },
      },
      missing,
      { lists: { what: 'indices', count: 9 } },
    ],
    [
      'jaeger',
      { '/api/services': { status: 200, body: { data: null, total: 0, errors: null } } },
      page('Jaeger UI'),
      { lists: { what: 'services', count: 0 } },
    ],
  ];
  for (const [product, paths, otherwise, companion] of table) {
    const seen = surveyed(serve(paths, otherwise));
    t.match(seen, { identity: { product }, access: { state: 'open', rung: 'metadata' }, companion }, product);
    t.ok(seen.record.exchanges.length <= 8, `${product}: ${seen.record.exchanges.length} requests`);
  }
  t.end();
});

t.test('an API that denies every read is guarded; one that denies some of them is not', (t) => {
  const denied: Readonly<Record<string, Reply>> = { '/info': basic, '/api/v2/services': basic, '/health': basic };
  const state = (paths: Paths) => surveyed(serve({ '/': zipkinRoot, ...paths }, missing));
  t.match(state(denied), {
    identity: { product: 'zipkin' },
    access: { state: 'guarded', rung: 'guarded', loginSchemes: ['basic'] },
    companion: null,
  });
  for (const name of Object.keys(denied)) {
    const without = { ...denied, [name]: missing };
    t.match(state(without), { identity: { product: 'zipkin' }, access: { state: 'undetermined' } }, name);
    const bare = { ...denied, [name]: { status: 403, body: 'Forbidden' } };
    t.match(state(bare), { access: { state: 'undetermined' } }, `${name} with a bare 403`);
  }
  t.match(state({ ...denied, '/api/v2/services': { status: 200, body: ['checkout'] } }).access, { state: 'open' });
  const cores: Paths = {
    '/': { status: 302, headers: { location: '/solr/' } },
    '/solr/admin/info/system': basic,
    '/solr/admin/cores': { status: 200, body: { responseHeader: { status: 0 }, status: { goods: {} } } },
  };
  t.match(surveyed(serve(cores, missing)), { access: { state: 'open' }, companion: { lists: { count: 1 } } });
  const zinc = surveyed(
    serve(
      {
        '/': page('ZincSearch'),
        '/version': { status: 200, body: { version: 'v0.4.10', commit_hash: 'x', build_date: 'y' } },
        '/api/index': { status: 401, body: { auth: 'Missing credentials' } },
      },
      missing,
    ),
  );
  t.match(zinc, { identity: { product: 'zincsearch' }, access: { state: 'guarded', guardedBy: 'product' } });
  t.end();
});

t.test('a companion without its API stays what it was recognised as; one that cannot be read is undetermined', (t) => {
  for (const reply of [missing, page('x')])
    t.match(surveyed(serve({ '/': zipkinRoot }, reply)), {
      identity: { product: null, otherProduct: 'Zipkin' },
      access: { state: 'other-product' },
    });
  const challenge: Reply = page('Just a moment...');
  const unheard: readonly Reply[] = [
    { status: 200, body: {} },
    { status: 200, body: '' },
    { status: 500, body: 'x' },
    { status: 429 },
    'reset',
    challenge,
  ];
  for (const reply of unheard)
    t.match(surveyed(serve({ '/': zipkinRoot }, reply)), {
      identity: { product: 'zipkin' },
      access: { state: 'undetermined' },
    });
  t.end();
});

t.test('a product that has its page for every path does not say that its API is not there', (t) => {
  const seen = surveyed(serve({ '/api/services': missing }, page('Jaeger UI')));
  t.match(seen, { identity: { product: 'jaeger' }, access: { state: 'undetermined' } });
  t.end();
});

t.test('a companion that is recognised late is still asked for its API', (t) => {
  const paths: Paths = {
    '/api/status': page('Jaeger UI'),
    '/api/services': { status: 200, body: { data: ['a'], total: 1, errors: null } },
  };
  const seen = surveyed(serve(paths, { status: 403, body: 'Forbidden' }));
  t.match(seen, { identity: { product: 'jaeger' }, access: { state: 'open' } });
  t.end();
});

t.test('a server that is not one of them gets none of their questions', (t) => {
  const own = new Set<string>(companions.flatMap(({ questions }) => questions.map(({ id }) => id)));
  for (const otherwise of [page('Welcome'), page('Grafana'), missing, basic]) {
    const seen = surveyed(serve({}, otherwise));
    t.same(
      seen.record.exchanges.filter(({ question }) => own.has(question)),
      [],
    );
    t.equal(seen.companion, null);
  }
  t.end();
});

t.test('no words on a page make anything open: titles on every path, and JSON of another shape', (t) => {
  for (const title of ['Elasticvue', 'Jaeger UI', 'Zipkin', 'Solr Admin', 'ZincSearch']) {
    const seen = surveyed(serve({}, page(title)));
    t.not(seen.access.state, 'open', title);
    const json = surveyed(serve({ '/': page(title) }, { status: 200, body: { status: 'ok', data: [1] } }));
    t.not(json.access.state, 'open', `${title}: JSON on every path`);
    t.ok(readOtherProduct(seen.record) !== null, title);
  }
  t.end();
});
