import { checkCases, type Case } from '../support/expect.js';
import {
  elasticBanner,
  failure,
  html,
  inFront,
  json,
  nginxDenied,
  nginxPassword,
  noHandler,
  noSuchIndex,
  openElasticsearch,
  openOpenSearch,
  realmRefusal,
  unknownParameter,
  wall,
  wrongMethod,
  xpackRefusal,
} from '../support/clusters.js';
import { serve } from '../support/survey.js';
import type { Reply, Responder } from '../support/survey.js';

const guarded = { state: 'guarded', rung: 'guarded' } as const;
const byProduct = { ...guarded, guardedBy: 'product', asks: 3, login: 'required' } as const;
const elastic = { ...byProduct, product: 'elasticsearch', version: null } as const;

const comma = ['Basic realm="security", charset="UTF-8"', 'Bearer realm="security"', 'ApiKey'];
const opensearchHealth = json(200, { message: null, mode: 'strict', status: 'UP' });

// Section B.1: what stacks say to a caller without credentials that no recording and no written answer has
checkCases([
  ['Elastic 8.0 to 8.8, no TLS', wall(xpackRefusal()), { ...elastic, schemes: ['api-key', 'basic'] }],
  [
    'Elastic 8.15 and 9 over TLS',
    wall(xpackRefusal(comma), {}, 'https'),
    { ...elastic, schemes: ['api-key', 'basic', 'bearer'] },
  ],
  [
    'x-pack 7.17: unknown pages get a response before the login (R.1.1)',
    wall(xpackRefusal(), { '/_x/y': wrongMethod }),
    { ...elastic },
  ],
  [
    'OpenSearch Security',
    wall(
      realmRefusal('OpenSearch Security'),
      { '/_security/_authenticate': noHandler, '/_plugins/_security/health': opensearchHealth },
      'https',
    ),
    { ...byProduct, product: 'opensearch', version: null, schemes: ['basic'] },
  ],
  [
    'OpenSearch Security, JWT',
    wall(realmRefusal('OpenSearch Security', '', 'Bearer')),
    { ...byProduct, product: 'opensearch', schemes: ['bearer'] },
  ],
  [
    'OpenSearch Security, SAML',
    wall(realmRefusal('OpenSearch Security', '', 'X-Security-IdP')),
    { ...byProduct, product: 'opensearch', schemes: ['saml'] },
  ],
  [
    'OpenSearch 3.4 names its version on the refusal',
    wall({
      status: 401,
      headers: {
        'X-OpenSearch-Version': 'OpenSearch/3.4.0 (opensearch)',
        'WWW-Authenticate': 'Basic realm="OpenSearch Security"',
      },
      body: 'Unauthorized',
    }),
    { ...byProduct, product: 'opensearch', version: '3.4.0', distribution: 'opensearch' },
  ],
  [
    'OpenSearch Security without a challenge, or that has blocked us',
    wall({ status: 401, body: 'Authentication finally failed' }),
    { ...byProduct, product: 'opensearch', schemes: ['unknown'] },
  ],
  [
    'OpenSearch Security not initialised',
    wall({ status: 503, body: 'OpenSearch Security not initialized.' }),
    { ...byProduct, product: 'opensearch', version: null },
  ],
  [
    'Search Guard: 405 before the login (R.1.1)',
    wall(realmRefusal('Search Guard'), { '/_security/_authenticate': wrongMethod }),
    { ...elastic, distribution: 'search-guard' },
  ],
  [
    'Search Guard FLX that is set not to challenge',
    wall(json(401, { status: 401, error: { reason: 'Unauthorized', type: 'authentication_exception' } })),
    { ...elastic, distribution: 'search-guard' },
  ],
  [
    'Search Guard not initialised',
    wall({
      status: 503,
      body: 'Search Guard not initialized (SG11). See https://docs.search-guard.com/latest/sgadmin',
    }),
    { ...elastic, distribution: 'search-guard' },
  ],
]);

checkCases([
  [
    'OpenSearch Security behind something that takes the challenge away: the page before the login names it',
    wall({ status: 401, body: 'Unauthorized' }, { '/_plugins/_security/health': opensearchHealth }),
    { ...guarded, guardedBy: 'product', product: 'opensearch', asks: 10 },
  ],
]);

// Something in front denies: another path may pass, so more is asked
const unknown = { ...guarded, product: null, asks: 11 } as const;
checkCases([
  ['nginx wants a password on everything', wall(nginxPassword), { ...unknown, guardedBy: 'proxy', schemes: ['basic'] }],
  [
    'nginx wants a password on everything, names not allowed',
    wall(nginxPassword),
    { ...unknown, guardedBy: 'proxy' },
    { techniques: { names: false } },
  ],
  [
    'the page of oauth2-proxy, with 403',
    wall(
      html(
        403,
        '<!doctype html><html><head><title>Sign In</title></head><body><form method="GET" action="/oauth2/start"></form></body></html>',
      ),
    ),
    { ...unknown, guardedBy: 'proxy', schemes: ['proxy-login'] },
  ],
  [
    'the same in a design of its own: it takes its cookie away',
    wall(html(403, '<html><title>Acme</title></html>', { 'set-cookie': '_oauth2_proxy=; Path=/; Max-Age=0' })),
    { ...unknown, guardedBy: 'proxy', schemes: ['proxy-login'] },
  ],
  ['nginx denies everything', wall(nginxDenied), { ...unknown, guardedBy: 'proxy', login: 'unknown' }],
  [
    'something that wants a token, which may be the server itself',
    wall({ status: 401, headers: { 'WWW-Authenticate': 'Bearer realm="api"' } }),
    { ...unknown, guardedBy: 'unknown', schemes: ['bearer'] },
  ],
  [
    'Windows logins in front',
    wall({ status: 401, headers: { 'WWW-Authenticate': ['Negotiate', 'NTLM'], Server: 'Microsoft-IIS/10.0' } }),
    { ...unknown, guardedBy: 'proxy', schemes: ['proxy-login'] },
  ],
  [
    '401 that names no scheme',
    wall({ status: 401, body: 'no' }),
    { ...unknown, guardedBy: 'unknown', schemes: ['unknown'] },
  ],
  [
    'single sign-on elsewhere',
    wall({
      status: 302,
      headers: {
        Location: 'https://sso.acme.example/oauth2/authorize?response_type=code&client_id=x&state=SECRETSTATE',
      },
    }),
    { ...unknown, guardedBy: 'proxy', schemes: ['oidc'] },
  ],
  [
    'SAML elsewhere',
    wall({ status: 302, headers: { Location: 'https://idp.acme.example/saml?SAMLRequest=AAAA' } }),
    { ...unknown, guardedBy: 'proxy', schemes: ['saml'] },
  ],
  [
    'a client certificate is wanted in the handshake',
    wall('tls-client-certificate'),
    { ...guarded, guardedBy: 'client-certificate', schemes: ['client-certificate'] },
    { endpoint: { scheme: 'https' } },
  ],
  [
    'a client certificate is wanted by nginx',
    wall(
      html(400, '<html><head><title>400 No required SSL certificate was sent</title></head></html>', {
        Server: 'nginx',
      }),
    ),
    { ...guarded, guardedBy: 'client-certificate', schemes: ['client-certificate'], product: null },
  ],
  [
    '403 of unknown origin',
    wall(html(403, '<html><title>Forbidden</title>no</html>')),
    { state: 'guarded', reason: 'denied-without-login', guardedBy: 'unknown', login: 'unknown', asks: 11 },
  ],
  [
    'the same on some paths only: not a guard, and of unknown origin',
    serve({ '/': { status: 404 } }, html(403, '<html><title>Forbidden</title>no</html>')),
    { state: 'undetermined', reason: 'unknown-wall', asks: 11 },
  ],
]);

// Pages that say nothing about what is behind them
const nothing = { state: 'undetermined', product: null, asks: 11 } as const;
checkCases([
  [
    'Cloudflare refuses',
    wall(
      html(403, '<html><head><title>Attention Required! | Cloudflare</title></head></html>', {
        Server: 'cloudflare',
        'CF-RAY': 'x',
      }),
    ),
    { ...nothing, reason: 'challenged' },
  ],
  [
    'CloudFront refuses',
    wall(
      html(403, '<html><head><title>ERROR: The request could not be satisfied</title></head></html>', {
        'X-Amz-Cf-Id': 'x',
        Server: 'CloudFront',
      }),
    ),
    { ...nothing, reason: 'challenged' },
  ],
  [
    '502: nothing behind the proxy',
    wall(html(502, '<html><head><title>502 Bad Gateway</title></head></html>', { Server: 'nginx' })),
    { ...nothing, reason: 'generic-error' },
  ],
  [
    '503: maintenance',
    wall(html(503, '<html><head><title>We will be back soon</title></head></html>')),
    { ...nothing, reason: 'generic-error' },
  ],
  ['500', wall({ status: 500, body: 'Internal Server Error' }), { ...nothing, reason: 'generic-error' }],
  [
    '404 on everything',
    wall(html(404, '<html><head><title>404 Not Found</title></head></html>', { Server: 'nginx' })),
    { ...nothing, reason: 'no-such-path' },
  ],
  [
    'another host',
    wall({ status: 301, headers: { Location: 'https://www.acme.example/' } }),
    { ...nothing, reason: 'redirect-elsewhere' },
  ],
  [
    'another path of the same endpoint',
    wall({ status: 302, headers: { Location: '/start' } }),
    { ...nothing, reason: 'redirect-within' },
  ],
  [
    'a login page with success',
    wall(html(200, '<html><head><title>Acme</title></head><input type="password"></html>')),
    { ...nothing, reason: 'login-page' },
  ],
]);

// A banner and nothing more (E.1)
const banner = { state: 'guarded', rung: 'banner' } as const;
const rest = (path: string): boolean => path !== '/';
checkCases([
  [
    'a password on everything but `/`',
    inFront(openElasticsearch('7.17.9'), (path) => (rest(path) ? nginxPassword : null)),
    { ...banner, guardedBy: 'proxy', product: 'elasticsearch', version: '7.17.9', asks: 11 },
  ],
  [
    '`/` alone is passed on, the rest is not there',
    inFront(openElasticsearch('8.15.0'), (path) =>
      rest(path) ? html(404, '<title>404 Not Found</title>', { Server: 'nginx' }) : null,
    ),
    { ...banner, guardedBy: 'proxy', product: 'elasticsearch', asks: 11 },
  ],
  [
    'x-pack behind a proxy that logs a health check of `/` in',
    inFront(openElasticsearch('8.15.0'), (path) => (rest(path) ? xpackRefusal() : null)),
    { ...banner, guardedBy: 'product', product: 'elasticsearch', mixed: false, login: 'required' },
  ],
  [
    'OpenSearch, banner only',
    inFront(openOpenSearch('2.19.4'), (path) => (rest(path) ? nginxPassword : null)),
    { ...banner, guardedBy: 'proxy', product: 'opensearch', version: '2.19.4', asks: 11 },
  ],
]);

// An anonymous user with a role (B.2, R.1.3, R.1.4)
const visitor = json(200, {
  username: 'visitor',
  roles: ['visitor_read'],
  full_name: null,
  email: null,
  metadata: { _reserved: true },
  enabled: true,
  authentication_realm: { name: '__anonymous', type: '__anonymous' },
  lookup_realm: { name: '__anonymous', type: '__anonymous' },
  authentication_type: 'anonymous',
});
const requires = (action: string) =>
  failure(401, 'security_exception', `action [${action}] requires authentication`, { 'WWW-Authenticate': comma });
const denied = (action: string) =>
  failure(
    403,
    'security_exception',
    `action [${action}] is unauthorized for user [visitor] with effective roles [visitor_read], this action is granted by the cluster privileges [monitor,manage,all]`,
  );
const osAnonymous =
  'User [name=opendistro_security_anonymous, backend_roles=[opendistro_security_anonymous_backendrole], requestedTenant=null]';
const osDenied = failure(
  403,
  'security_exception',
  `no permissions for [indices:monitor/settings/get] and ${osAnonymous}`,
);
const authinfo = json(200, {
  user: osAnonymous,
  user_name: 'opendistro_security_anonymous',
  backend_roles: ['opendistro_security_anonymous_backendrole'],
  roles: ['own_index', 'visitor_read'],
  tenants: {},
  principal: null,
});
const nobodysRole = json(200, {
  user_name: 'opendistro_security_anonymous',
  backend_roles: ['opendistro_security_anonymous_backendrole'],
  roles: ['own_index'],
});
const anonymous = { state: 'open', login: 'anonymous', asks: 20 } as const;
const reachUnknown = {
  state: 'undetermined',
  rung: 'silent',
  login: 'anonymous',
  reason: 'anonymous-reach-unknown',
} as const;
/** x-pack that shows an anonymous user its rights, as 8.16.3 does, where its role lists nothing. */
const readsOnly =
  (patterns: readonly string[], refusal: Reply = denied('cluster:monitor/main')): Responder =>
  (ask, path, number) => {
    const [plain = ''] = path.split('?', 1);
    if (/[?&]leftopen_/.test(path)) return unknownParameter(plain);
    if (plain === '/_security/_authenticate') return visitor;
    if (plain === '/_security/user/_privileges')
      return json(200, { cluster: [], indices: [{ names: patterns, privileges: ['read'] }] });
    if (plain === '/customers/_count') return openElasticsearch('8.16.3')(ask, path, number);
    return plain.endsWith('/_count') ? noSuchIndex() : refusal;
  };

checkCases([
  [
    'x-pack anonymous: the listing is filtered, all is 200',
    openElasticsearch('9.4.3', { paths: { '/_security/_authenticate': visitor } }),
    { ...anonymous, rung: 'documents', product: 'elasticsearch', version: '9.4.3' },
  ],
  [
    'x-pack anonymous with authz_exception false and no cluster right: 401 nearly everywhere (R.1.4)',
    (ask, path, number) => {
      const [plain = ''] = path.split('?', 1);
      if (/[?&]leftopen_/.test(path)) return unknownParameter(plain);
      if (plain === '/_security/_authenticate') return visitor;
      if (/^\/(?:_aliases|_stats\/.*|orders-2026\.10\/_count)$/.test(plain)) {
        return openElasticsearch('8.16.3')(ask, path, number);
      }
      return requires('cluster:monitor/main');
    },
    { ...anonymous, rung: 'documents', product: 'elasticsearch', version: null },
  ],
  [
    'x-pack anonymous with authz_exception true and no cluster right: 403 nearly everywhere (B.2, R.1.4)',
    (ask, path, number) => {
      const [plain = ''] = path.split('?', 1);
      if (/[?&]leftopen_/.test(path)) return unknownParameter(plain);
      if (plain === '/_security/_authenticate') return visitor;
      if (/^\/(?:_aliases|_stats\/.*|orders-2026\.10\/_count)$/.test(plain)) {
        return openElasticsearch('8.16.3')(ask, path, number);
      }
      return denied('cluster:monitor/main');
    },
    { ...anonymous, rung: 'documents', product: 'elasticsearch', version: null },
  ],
  [
    'x-pack anonymous whose role reads names and no document',
    inFront(openElasticsearch('8.16.3', { paths: { '/_security/_authenticate': visitor } }), (path) =>
      path.endsWith('/_count') ? denied('indices:data/read/search') : null,
    ),
    { ...anonymous, rung: 'metadata', product: 'elasticsearch' },
  ],
  [
    'x-pack anonymous whose role allows nothing',
    // as 8.16.3 answers it: no index is `indices` left out
    wall(denied('cluster:monitor/main'), {
      '/_security/_authenticate': visitor,
      '/_security/user/_privileges': json(200, { cluster: [] }),
    }),
    { state: 'guarded', rung: 'guarded', login: 'anonymous', guardedBy: 'product', product: 'elasticsearch', asks: 8 },
  ],
  ...[
    { cluster: [], indicez: [{ names: ['orders-*'], privileges: ['read'] }] },
    { cluster: [], indices: [{ names: ['orders-*'], rights: ['read'] }] },
  ].map((told): Case => [
    `x-pack anonymous whose privileges cannot be read: ${JSON.stringify(told)}`,
    wall(denied('cluster:monitor/main'), {
      '/_security/_authenticate': visitor,
      '/_security/user/_privileges': json(200, told),
    }),
    { ...reachUnknown, product: 'elasticsearch' },
  ]),
  [
    'x-pack anonymous whose privileges are not shown',
    wall(denied('cluster:monitor/main'), { '/_security/_authenticate': visitor }),
    { ...reachUnknown, product: 'elasticsearch', asks: 10 },
  ],
  [
    'x-pack anonymous whose privileges may not be asked, since they name indices',
    readsOnly(['orders-*']),
    { ...reachUnknown, product: 'elasticsearch' },
    { techniques: { names: false } },
  ],
  [
    'x-pack anonymous whose role searches a pattern and lists nothing: the server says it, and no pattern is searched',
    readsOnly(['orders-*']),
    { ...anonymous, rung: 'documents', product: 'elasticsearch', asks: 10 },
  ],
  [
    'the same with authz_exception false (R.1.4)',
    readsOnly(['orders-*'], requires('cluster:monitor/main')),
    { ...anonymous, rung: 'documents', product: 'elasticsearch', asks: 10 },
  ],
  [
    'x-pack anonymous whose role searches one index by its name: a search shows it',
    readsOnly(['customers']),
    { ...anonymous, rung: 'documents', product: 'elasticsearch', asks: 20 },
  ],
  [
    'x-pack anonymous whose role names an index that is not there',
    readsOnly(['gone']),
    { ...reachUnknown, product: 'elasticsearch' },
  ],
  [
    'x-pack anonymous whose role reads the saved objects of a Kibana only: they are content',
    readsOnly(['.kibana*']),
    { ...anonymous, rung: 'documents', product: 'elasticsearch' },
  ],
  [
    'x-pack anonymous whose role reads other system indices only',
    readsOnly(['.monitoring*']),
    { ...reachUnknown, product: 'elasticsearch' },
  ],
  [
    'x-pack anonymous whose listing is empty though the cluster is not',
    openElasticsearch('8.16.3', {
      paths: {
        '/_security/_authenticate': visitor,
        '/_security/user/_privileges': json(200, { cluster: ['monitor'] }),
        '/_cat/indices': json(200, []),
        '/_aliases': json(200, {}),
        '/_cluster/health': json(200, { cluster_name: 'shop', status: 'green', number_of_nodes: 1 }),
      },
    }),
    { state: 'guarded', rung: 'banner', login: 'anonymous', guardedBy: 'product' },
  ],
  [
    'OpenSearch anonymous: the listing is refused though data is readable (R.1.3)',
    openOpenSearch('2.19.4', {
      paths: {
        '/_cat/indices': osDenied,
        '/_aliases': osDenied,
        '/_stats/docs,store': osDenied,
        '/_plugins/_security/authinfo': authinfo,
        '/customers/_count': osDenied,
      },
      otherwise: osDenied,
    }),
    { ...anonymous, rung: 'documents', product: 'opensearch', version: '2.19.4' },
  ],
  [
    'OpenSearch anonymous with a role whose reach no answer shows',
    wall(osDenied, { '/_plugins/_security/authinfo': authinfo }),
    { ...reachUnknown, product: 'opensearch', asks: 9 },
  ],
  [
    'the same, and the cluster shows its health',
    openOpenSearch('2.19.4', {
      paths: {
        '/_cat/indices': osDenied,
        '/_aliases': osDenied,
        '/_stats/docs,store': osDenied,
        '/_cluster/health': osDenied,
        '/_plugins/_security/authinfo': authinfo,
      },
      otherwise: osDenied,
    }),
    { ...reachUnknown, rung: 'banner', product: 'opensearch', version: '2.19.4' },
  ],
  [
    'OpenSearch anonymous with the role that every user has',
    wall(osDenied, { '/_plugins/_security/authinfo': nobodysRole }),
    { state: 'guarded', rung: 'guarded', login: 'anonymous', guardedBy: 'product', product: 'opensearch', asks: 9 },
  ],
  [
    'OpenSearch anonymous with all rights: still no control is inferred',
    openOpenSearch('2.19.4', { paths: { '/_plugins/_security/authinfo': authinfo }, plugins: ['opensearch-security'] }),
    { ...anonymous, rung: 'documents', product: 'opensearch' },
  ],
]);

// A list of paths in front of a server that says by itself that it knows no login (A.3): no way to delete
const unsecured: Responder = (ask, path, number) => {
  const reply = openElasticsearch('7.17.9')(ask, path, number);
  const Warning =
    '299 Elasticsearch-7.17.9-ef48222227ee6b9e70e502f0f0daa52435ee634d "Elasticsearch built-in security features are not enabled. Without authentication, your cluster could be accessible to anyone."';
  return typeof reply === 'string' ? reply : { ...reply, headers: { ...reply.headers, Warning } };
};
const listedOnly = (passed: RegExp, otherwise: Reply): Responder =>
  inFront(unsecured, (path) => (passed.test(path) ? null : otherwise));
checkCases([
  ['nothing in front: it is inferred', unsecured, { state: 'open', rung: 'control', login: 'absent' }],
  ...(
    [
      ['404', html(404, '<title>404 Not Found</title>', { Server: 'nginx' })],
      ['405', html(405, '<title>405 Not Allowed</title>', { Server: 'nginx' })],
      ['502', html(502, '<title>502 Bad Gateway</title>', { Server: 'nginx' })],
      ['its page', html(200, '<!doctype html><title>Shop</title><p>Shop')],
      ['a redirect', { status: 302, headers: { Location: '/' } }],
      ['Cloudflare', html(403, '<title>Attention Required! | Cloudflare</title>', { 'CF-RAY': 'x' })],
    ] as const
  ).flatMap(([name, reply]) => [
    [
      `only the health check is passed on, the rest gets ${name}`,
      listedOnly(/^\/(?:_cluster\/health)?$/, reply),
      { state: 'open', rung: 'metadata', product: 'elasticsearch', version: '7.17.9' },
    ] as const,
    [
      `only /_cat and the root page are passed on, the rest gets ${name}`,
      listedOnly(/^\/(?:_cat\/.*)?$/, reply),
      { state: 'open', rung: 'metadata', product: 'elasticsearch', version: '7.17.9' },
    ] as const,
  ]),
  [
    'the cluster itself could not search: no sign of something in front',
    inFront(unsecured, (path) =>
      path.endsWith('/_count') ? failure(503, 'search_phase_execution_exception', 'all shards failed') : null,
    ),
    { state: 'open', rung: 'control', product: 'elasticsearch' },
  ],
]);

// Not formed, not ready
const unformed = failure(503, 'master_not_discovered_exception', 'no master');
checkCases([
  [
    'a node without a cluster: open banner, state unknown (A.1)',
    openElasticsearch('7.17.9', {
      paths: {
        '/': json(200, { ...elasticBanner('7.17.9'), cluster_uuid: '_na_' }),
        '/_cat/indices': unformed,
        '/_cluster/health': unformed,
        '/_cluster/stats': unformed,
        '/_aliases': unformed,
        '/_stats/docs,store': unformed,
        '/*/_alias': unformed,
        '/*/_stats/docs,store': unformed,
      },
      otherwise: unformed,
    }),
    {
      state: 'undetermined',
      rung: 'banner',
      reason: 'cluster-not-formed',
      product: 'elasticsearch',
      version: '7.17.9',
      asks: 3,
    },
  ],
  [
    'a cluster that lost its masters still says whose node it is',
    openElasticsearch('7.17.9', { paths: { '/_cat/indices': unformed }, otherwise: unformed }),
    { state: 'undetermined', rung: 'banner', reason: 'cluster-not-formed', asks: 3 },
  ],
  [
    'a cluster that is starting',
    openElasticsearch('8.15.0', {
      paths: { '/_cat/indices': failure(503, 'cluster_block_exception', 'blocked by: [state not recovered]') },
    }),
    { state: 'undetermined', rung: 'banner', reason: 'cluster-not-formed', asks: 3 },
  ],
  [
    'a node that never gives up waiting',
    openElasticsearch('7.17.9', {
      paths: {
        '/': json(200, { ...elasticBanner('7.17.9'), cluster_uuid: '_na_' }),
        '/_cat/indices': 'response-timeout',
      },
    }),
    { state: 'undetermined', rung: 'banner', reason: 'cluster-not-formed', asks: 3 },
  ],
  [
    'a node of no cluster yet that lists is judged by that',
    openElasticsearch('7.17.9', {
      paths: { '/': json(200, { ...elasticBanner('7.17.9'), cluster_uuid: '_na_' }) },
    }),
    { state: 'open' },
  ],
  [
    'an OpenSearch node without a cluster',
    serve(
      { '/_plugins/_security/authinfo': noSuchIndex() },
      failure(503, 'cluster_manager_not_discovered_exception', 'none'),
    ),
    { state: 'undetermined', reason: 'cluster-not-formed' },
  ],
]);
