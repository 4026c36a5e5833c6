import t from 'tap';
import { checkCases } from '../support/expect.js';
import { surveyed, type Reply, type Responder } from '../support/survey.js';
import {
  elasticBanner,
  failure,
  html,
  inFront,
  json,
  listing,
  nginxDenied,
  nginxPassword,
  nodes,
  noHandler,
  openElasticsearch,
  openOpenSearch,
  wrongMethod,
} from '../support/clusters.js';

const open = { state: 'open', rung: 'control', login: 'absent', asks: 20 } as const;
const elastic = { ...open, product: 'elasticsearch' } as const;
const opensearch = { ...open, product: 'opensearch', distribution: 'opensearch' } as const;

const implicit = {
  Warning:
    '299 Elasticsearch-7.17.9-ef48222227ee6b9e70e502f0f0daa52435ee634d "Elasticsearch built-in security features are not enabled. Without authentication, your cluster could be accessible to anyone."',
};

/** An index that is blocked (seen on 7.17.9): every caller gets it. */
function blocked(index: string, block: number): Reply {
  return failure(403, 'cluster_block_exception', `index [${index}] blocked by: [FORBIDDEN/${block}/index read (api)];`);
}

t.test('where one index is blocked for reads, another one is counted', (t) => {
  const paths = { '/orders-2026.10/_count': blocked('orders-2026.10', 7) };
  const { cluster, refused } = surveyed(openElasticsearch('7.17.9', { paths }));
  t.equal(cluster?.searchPermittedOn?.index, 'customers');
  t.strictSame(refused.paths, []);
  t.end();
});

t.test('an API that a service does not offer is not a login', (t) => {
  const notOffered = json(401, { Message: "Your request: '/_nodes/jvm,http,plugins' is not allowed." });
  const paths = { '/_nodes/jvm,http,plugins': notOffered, '/_remote/info': notOffered };
  const { access, refused } = surveyed(openOpenSearch('2.11.0', { paths }));
  t.match(access, { state: 'open', guardedBy: null, loginSchemes: [] });
  t.strictSame(refused.paths, []);
  t.end();
});

t.test('where there are data streams alone, an index of theirs is counted', (t) => {
  const name = '.ds-logs-app-default-000001';
  const rows = [
    { health: 'green', status: 'open', index: name, 'docs.count': '4' },
    { health: 'green', status: 'open', index: '.kibana_1', 'docs.count': '7' },
  ];
  const count = json(200, { count: 4, _shards: { total: 1, successful: 1, skipped: 0, failed: 0 } });
  const paths = { '/_cat/indices': json(200, rows), [`/${name}/_count`]: count };
  t.match(surveyed(openOpenSearch('2.19.4', { paths })).cluster?.searchPermittedOn, { index: name, documents: 4 });
  t.end();
});

checkCases([
  // Every line of Elasticsearch that knows no login (wire guide A.1, B.4, R.2)
  ...['1.7.6', '2.4.6'].map(
    (version) =>
      [`Elasticsearch ${version}`, openElasticsearch(version), { ...elastic, version, distribution: null }] as const,
  ),
  ...['5.6.16', '6.2.2'].map(
    (version) =>
      [`Elasticsearch ${version}`, openElasticsearch(version), { ...elastic, version, distribution: null }] as const,
  ),
  ...['6.8.23', '7.3.0', '7.10.2', '7.13.4', '7.17.9', '8.0.0', '8.5.0', '8.19.21', '9.4.3'].map(
    (version) =>
      [
        `Elasticsearch ${version}`,
        openElasticsearch(version),
        { ...elastic, version, distribution: 'default' },
      ] as const,
  ),
  [
    'Elasticsearch 7.10.2 oss',
    openElasticsearch('7.10.2', { flavor: 'oss' }),
    { ...elastic, version: '7.10.2', distribution: 'oss' },
  ],
  [
    'Elasticsearch 7.17.9, security never set: 500 on the page that would say who we are',
    openElasticsearch('7.17.9', {
      paths: {
        '/': json(200, elasticBanner('7.17.9'), implicit),
        '/_security/_authenticate': failure(
          500,
          'exception',
          'Security must be explicitly enabled when using a [basic] license. Enable security by setting [xpack.security.enabled] to [true]',
        ),
      },
    }),
    { ...elastic, version: '7.17.9' },
  ],
  // Every line of OpenSearch (wire guide A.2, R.1.5)
  ...['1.3.20', '2.11.1', '2.19.4', '3.6.0'].map(
    (version) => [`OpenSearch ${version}`, openOpenSearch(version), { ...opensearch, version }] as const,
  ),
  [
    'OpenSearch that says it is a 7.10.2: its nodes say the truth',
    openOpenSearch('2.19.4', { overridden: true }),
    { ...opensearch, version: '2.19.4' },
  ],
  [
    'OpenSearch whose security plugin is there and disabled',
    openOpenSearch('2.19.4', { plugins: ['opensearch-security'] }),
    { ...opensearch },
  ],
  // Versions and names to come end as their family
  ['Elasticsearch 12', openElasticsearch('12.0.1'), { ...elastic, version: '12.0.1' }],
  ['OpenSearch 7', openOpenSearch('7.1.0'), { ...opensearch, version: '7.1.0' }],
  [
    'a fork with a name and a tagline of its own',
    openOpenSearch('2.20.0', {
      paths: {
        '/': json(200, {
          name: 'node-1',
          cluster_name: 'shop',
          cluster_uuid: 'uWs6Do3ERJGJRHLHHG6qGw',
          version: { distribution: 'newsearch', number: '2.20.0', lucene_version: '10.1.0' },
          tagline: 'The NewSearch Project',
        }),
      },
    }),
    {
      state: 'open',
      rung: 'documents',
      product: 'elasticsearch',
      other: 'newsearch',
      distribution: 'newsearch',
      version: '2.20.0',
    },
  ],
  [
    'Easysearch',
    openOpenSearch('1.14.0', {
      paths: {
        '/': json(200, {
          name: 'node-1',
          cluster_name: 'shop',
          cluster_uuid: 'uWs6Do3ERJGJRHLHHG6qGw',
          version: { distribution: 'easysearch', number: '1.14.0', lucene_version: '8.11.4' },
          tagline: 'You Know, For Easy Search!',
        }),
      },
    }),
    { state: 'open', rung: 'documents', other: 'INFINI Easysearch', distribution: 'easysearch' },
  ],
  // Banner or no banner, the listing decides
  [
    'no root page (8.15 and later of one artifact), yet open',
    openElasticsearch('8.15.0', { paths: { '/': wrongMethod } }),
    { ...elastic, version: '8.15.0' },
  ],
  [
    'nginx guards `/` only',
    inFront(openElasticsearch('8.15.0'), (path) => (path === '/' ? nginxPassword : null)),
    { ...elastic, version: '8.15.0', schemes: ['basic'], guardedBy: 'proxy' },
  ],
  [
    'nginx guards `/` only, in front of 2.4',
    inFront(openElasticsearch('2.4.6'), (path) => (path === '/' ? nginxPassword : null)),
    { ...elastic, version: '2.4.6' },
  ],
  [
    'nginx guards `/` only, in front of OpenSearch',
    inFront(openOpenSearch('2.19.4'), (path) => (path === '/' ? nginxPassword : null)),
    { state: 'open', product: 'opensearch', version: '2.19.4' },
  ],
  [
    'a list of forbidden paths with a hole: aliases pass',
    inFront(openElasticsearch('8.15.0'), (path) =>
      /^\/_(?:cat|cluster|nodes|security)/.test(path) ? nginxDenied : null,
    ),
    { state: 'open', rung: 'documents', product: 'elasticsearch', version: '8.15.0', asks: 20 },
  ],
  [
    'a list of allowed paths: the listing alone passes, its errors prove it genuine',
    inFront(openElasticsearch('8.15.0'), (path) => (path.startsWith('/_cat/') ? null : nginxDenied)),
    { state: 'open', rung: 'metadata', product: 'elasticsearch', asks: 20 },
  ],
  [
    'a base path',
    (ask, path, number) =>
      path.startsWith('/es/')
        ? openElasticsearch('9.4.3')(ask, path.slice(3), number)
        : { status: 404, body: 'nothing here' },
    { ...elastic, version: '9.4.3' },
    { endpoint: { basePath: '/es' } },
  ],
  [
    'a base path learnt from a redirect of `/`',
    (ask, path, number) =>
      path.startsWith('/es/')
        ? openElasticsearch('9.4.3')(ask, path.slice(3), number)
        : { status: 302, headers: { Location: '/es/' } },
    { ...elastic, version: '9.4.3' },
  ],
  // Who we are decides what is inferred
  [
    'ReadonlyREST lets every caller in: it has logins, nothing is inferred',
    openElasticsearch('7.17.9', { plugins: ['readonlyrest'] }),
    { state: 'open', rung: 'documents', product: 'elasticsearch', login: 'unknown' },
  ],
  [
    'Search Guard with an anonymous user: 405 on the page of x-pack proves nothing',
    openElasticsearch('7.5.1', {
      plugins: ['search-guard-7'],
      paths: {
        '/_searchguard/authinfo': json(200, {
          user: 'User [name=sg_anonymous, backend_roles=[sg_anonymous_backendrole], requestedTenant=null]',
          user_name: 'sg_anonymous',
          backend_roles: ['sg_anonymous_backendrole'],
          sg_roles: ['sg_read'],
        }),
      },
    }),
    { state: 'open', rung: 'documents', login: 'anonymous', product: 'elasticsearch', distribution: 'search-guard' },
  ],
  [
    'Open Distro with its anonymous user',
    openElasticsearch('7.10.2', {
      flavor: 'oss',
      plugins: ['opendistro_security'],
      paths: {
        '/_opendistro/_security/authinfo': json(200, {
          user_name: 'opendistro_security_anonymous',
          roles: ['visitor'],
          backend_roles: ['opendistro_security_anonymous_backendrole'],
        }),
      },
    }),
    { state: 'open', rung: 'documents', login: 'anonymous', distribution: 'open-distro' },
  ],
  [
    'a proxy that logs every caller in under its own name',
    openElasticsearch('8.15.0', {
      paths: {
        '/_security/_authenticate': json(200, {
          username: 'gateway',
          roles: ['superuser'],
          authentication_realm: { name: 'native', type: 'native' },
          authentication_type: 'realm',
        }),
      },
    }),
    { state: 'open', rung: 'documents', login: 'required' },
  ],
  [
    'x-pack 6 with an anonymous user: 405 on the page of 7 proves nothing',
    openElasticsearch('6.8.23', {
      paths: {
        '/_xpack': json(200, { features: { security: { available: true, enabled: true } } }),
        '/_xpack/security/_authenticate': json(200, {
          username: '_es_anonymous_user',
          roles: ['reader'],
          authentication_realm: { name: '__anonymous', type: '__anonymous' },
        }),
      },
    }),
    { state: 'open', rung: 'documents', login: 'anonymous' },
  ],
  [
    'x-pack 6 that says its security is off',
    openElasticsearch('6.8.23', {
      paths: { '/_xpack': json(200, { features: { security: { available: true, enabled: false } } }) },
    }),
    { ...elastic },
  ],
  [
    'x-pack 6 whose licence has no security: it is enabled, and guards nothing',
    openElasticsearch('6.5.4', {
      paths: {
        '/_xpack': json(200, { features: { security: { available: false, enabled: true } } }),
        '/_xpack/security/_authenticate': failure(
          403,
          'security_exception',
          'current license is non-compliant for [security]',
        ),
      },
    }),
    { ...elastic },
  ],
  [
    'x-pack 7.0 whose licence has no security: the page that would say who we are is not in it',
    openElasticsearch('7.0.1', {
      paths: {
        '/_security/_authenticate': failure(
          403,
          'security_exception',
          'current license is non-compliant for [security]',
        ),
      },
    }),
    { ...elastic, guardedBy: null },
  ],
  [
    'x-pack whose security is switched off, and whose pages are there',
    openElasticsearch('7.17.9', {
      paths: {
        '/_security/_authenticate': failure(
          500,
          'illegal_state_exception',
          'Security is not enabled but a security rest handler is registered',
        ),
      },
    }),
    { ...elastic },
  ],
  [
    'indices are blocked for reads: that denies nothing to the caller',
    openElasticsearch('7.17.9', {
      paths: { '/orders-2026.10/_count': blocked('orders-2026.10', 7), '/customers/_count': blocked('customers', 7) },
    }),
    { ...elastic, guardedBy: null },
  ],
  [
    'indices are blocked for metadata: another lister passes',
    openElasticsearch('7.17.9', {
      paths: Object.fromEntries(
        ['/_cat/indices', '/_aliases', '/*/_alias'].map((path) => [path, blocked('customers', 9)]),
      ),
    }),
    { ...elastic, guardedBy: null },
  ],
  [
    'Shield on 2.4 lets an anonymous user in: nothing is inferred',
    openElasticsearch('2.4.6', { plugins: ['license', 'shield'] }),
    { state: 'open', rung: 'documents', login: 'unknown' },
  ],
  [
    'the nodes do not answer: which plugins are there is not known',
    openElasticsearch('8.15.0', { paths: { '/_nodes/jvm,http,plugins': nginxDenied } }),
    { state: 'open', rung: 'documents', login: 'unknown' },
  ],
  // What is there does not change that it is open
  ['an empty cluster', openElasticsearch('8.15.0', { paths: { '/_cat/indices': json(200, []) } }), { ...elastic }],
  [
    'only system indices',
    openElasticsearch('8.15.0', {
      paths: {
        '/_cat/indices': json(200, [{ health: 'green', status: 'open', index: '.kibana_1', 'docs.count': '7' }]),
      },
    }),
    { ...elastic },
  ],
  [
    'the search is refused by something in front',
    inFront(openElasticsearch('8.15.0'), (path) => (path.endsWith('/_count') ? nginxDenied : null)),
    { state: 'open', rung: 'metadata', product: 'elasticsearch', login: 'absent' },
  ],
  // Techniques
  [
    'no names: counts per index prove the same',
    openElasticsearch('8.15.0'),
    { ...elastic },
    { techniques: { names: false } },
  ],
  ['no search', openElasticsearch('8.15.0'), { ...elastic }, { techniques: { documentCounts: false } }],
]);

checkCases([
  [
    'a node whose version only its statistics tell, the rest refused',
    inFront(openElasticsearch('8.15.0', { paths: { '/': wrongMethod } }), (path) =>
      path.startsWith('/_nodes') ? nginxDenied : null,
    ),
    { state: 'open', product: 'elasticsearch', version: '8.15.0' },
  ],
  [
    'OpenSearch 3 over TLS, scheme not declared',
    openOpenSearch('3.6.0', { scheme: 'https' }),
    { ...opensearch, version: '3.6.0' },
  ],
  [
    'all errors in one text: a plain-text listing is not a listing',
    openElasticsearch('2.4.6', {
      paths: {
        '/_cat/indices': {
          status: 200,
          headers: { 'content-type': 'text/plain' },
          body: 'yellow open orders 5 1 12 0 9kb 9kb',
        },
      },
    }),
    { state: 'open', product: 'elasticsearch' },
  ],
  [
    'nodes of an older line',
    openElasticsearch('1.7.6', { paths: { '/_nodes/jvm,http,plugins': nodes('1.7.6') } }),
    { ...elastic },
  ],
  [
    'the page of security says it is unknown',
    openElasticsearch('9.4.3', { paths: { '/_security/_authenticate': noHandler, '/_cat/indices': listing } }),
    { ...elastic },
  ],
]);

// Whatever is on `/`, the rest may be open
const rest = (reply: Reply): Responder => inFront(openElasticsearch('8.15.0'), (path) => (path === '/' ? reply : null));
checkCases([
  [
    'the page that nginx ships',
    rest(
      html(
        200,
        '<!DOCTYPE html><html><head><title>Welcome to nginx!</title></head><body><h1>Welcome to nginx!</h1></body></html>',
        { Server: 'nginx' },
      ),
    ),
    { ...elastic, version: '8.15.0' },
  ],
  [
    'the page that Apache ships',
    rest(html(200, '<html><body><h1>It works!</h1></body></html>', { Server: 'Apache' })),
    { ...elastic },
  ],
  ['a page of its own', rest(html(200, '<!doctype html><title>Acme search</title><p>hello')), { ...elastic }],
  ['nothing', rest({ status: 404, body: 'not found' }), { ...elastic }],
  ['an empty 200', rest({ status: 200 }), { ...elastic }],
  ['a text', rest({ status: 200, body: 'ok' }), { ...elastic }],
  ['a redirect to a page', rest({ status: 302, headers: { Location: '/ui/' } }), { ...elastic }],
  [
    'a redirect to another host',
    rest({ status: 301, headers: { Location: 'https://www.acme.example/' } }),
    { ...elastic },
  ],
  [
    'a redirect to a login',
    rest({ status: 302, headers: { Location: 'https://sso.acme.example/oauth2/authorize?client_id=x' } }),
    { ...elastic },
  ],
  ['403', rest(nginxDenied), { ...elastic }],
  ['502', rest(html(502, '<title>502 Bad Gateway</title>')), { ...elastic }],
  ['a body that breaks off', rest('cut-short'), { ...elastic }],
]);
