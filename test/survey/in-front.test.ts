import { checkCases } from '../support/expect.js';
import {
  failure,
  html,
  inFront,
  json,
  nginxDenied,
  nodes,
  noHandler,
  openElasticsearch,
  openOpenSearch,
  realmRefusal,
  wall,
  xpackRefusal,
} from '../support/clusters.js';
import type { Reply } from '../support/survey.js';

const page = html(200, '<!doctype html><title>Shop</title><div id="app"></div>');

/** What something in front knows of an Elasticsearch: paths of its API and names of indices. */
function isCluster(path: string): boolean {
  return path === '/' || /^\/(?:_|orders|customers)/.test(path);
}

// A page for whatever is not known tests nothing of the cluster behind it (wire guide R.6)
checkCases([
  [
    'a page for every other path, an open Elasticsearch for its own',
    inFront(openElasticsearch('8.15.0'), (path) => (isCluster(path) ? null : page)),
    { state: 'open', product: 'elasticsearch', rung: 'control' },
  ],
  [
    'a page for every other path, an open OpenSearch for its own',
    inFront(openOpenSearch('2.19.4'), (path) => (isCluster(path) ? null : page)),
    { state: 'open', product: 'opensearch', rung: 'control' },
  ],
  [
    'a page for every path but the root',
    inFront(openElasticsearch('8.15.0'), (path) => (path === '/' ? null : page)),
    { state: 'undetermined', product: 'elasticsearch', rung: 'banner' },
  ],
]);

const warning = {
  Warning:
    '299 Elasticsearch-7.17.9-ef48222227ee6b9e70e502f0f0daa52435ee634d "Elasticsearch built-in security features are not enabled. Without authentication, your cluster could be accessible to anyone."',
};
const unsecured = openElasticsearch('7.17.9', { paths: { '/_nodes/jvm,http,plugins': notSet() } });

function notSet(): Exclude<Reply, string> {
  const reply = nodes('7.17.9');
  return typeof reply === 'string' ? { status: 500 } : { ...reply, headers: { ...reply.headers, ...warning } };
}

// A list of paths is no way to change the cluster, whatever the cluster says of its own login
checkCases(
  (
    [
      ['404', html(404, '<html><head><title>404 Not Found</title></head></html>', { Server: 'nginx' })],
      ['405', html(405, '<html><head><title>405 Not Allowed</title></head></html>', { Server: 'nginx' })],
      ['502', html(502, '<html><head><title>502 Bad Gateway</title></head></html>', { Server: 'nginx' })],
      ['a redirect', { status: 302, headers: { Location: '/' } }],
      ['403', nginxDenied],
    ] as const
  ).map(
    ([name, reply]) =>
      [
        `searches end in ${name} of something in front`,
        inFront(unsecured, (path) => (path.endsWith('/_search') ? reply : null)),
        { state: 'open', product: 'elasticsearch', rung: 'metadata' },
      ] as const,
  ),
);

// One open backend of several, met on the page that says who we are: never guarded (wire guide R.1.1)
const tagged = { 'X-elastic-product': 'Elasticsearch' };
checkCases([
  [
    'x-pack wants a login, and its own page is unknown to a product of 7.14 or later',
    wall(xpackRefusal(), {
      '/_security/_authenticate': json(400, { error: 'no handler found for uri [{path}] and method [GET]' }, tagged),
    }),
    { state: 'undetermined', reason: 'answers-contradict' },
  ],
  [
    'x-pack wants a login, and says on its own page that security is off',
    wall(xpackRefusal(), {
      '/_security/_authenticate': failure(
        500,
        'illegal_state_exception',
        'Security must be explicitly enabled when using a [basic] license.',
      ),
    }),
    { state: 'undetermined', reason: 'answers-contradict' },
  ],
  [
    'OpenSearch Security wants a login, and its own page is unknown',
    wall(realmRefusal('OpenSearch Security'), { '/_plugins/_security/authinfo': noHandler }),
    { state: 'undetermined', reason: 'answers-contradict' },
  ],
]);

const anonymous = json(200, {
  username: 'visitor',
  roles: ['visitor_read'],
  authentication_realm: { name: '__anonymous', type: '__anonymous' },
  authentication_type: 'anonymous',
});
const denied = failure(
  403,
  'security_exception',
  'action [indices:monitor/stats] is unauthorized for user [visitor] with effective roles [visitor_read]',
);
const authinfo = (roles: readonly string[]): Reply =>
  json(200, {
    user_name: 'opendistro_security_anonymous',
    backend_roles: ['opendistro_security_anonymous_backendrole'],
    roles,
  });
const noPermissions = json(403, {
  error: {
    type: 'security_exception',
    reason:
      'no permissions for [indices:monitor/settings/get] and User [name=opendistro_security_anonymous, backend_roles=[opendistro_security_anonymous_backendrole], requestedTenant=null]',
  },
  status: 403,
});

// What a role may read it need not list (wire guide B.2, R.1.3)
checkCases([
  [
    'an anonymous user of x-pack who may read a pattern and list nothing',
    wall(denied, {
      '/_security/_authenticate': anonymous,
      '/_security/user/_privileges': json(200, {
        cluster: [],
        indices: [{ names: ['orders-*'], privileges: ['read'] }],
      }),
    }),
    { state: 'undetermined', reason: 'anonymous-reach-unknown', login: 'anonymous' },
  ],
  [
    'an anonymous user of x-pack without a right',
    wall(denied, {
      '/_security/_authenticate': anonymous,
      '/_security/user/_privileges': json(200, { cluster: [] }),
    }),
    { state: 'guarded', guardedBy: 'product', login: 'anonymous' },
  ],
  [
    'an anonymous user of OpenSearch with a role, who is listed nothing',
    wall(noPermissions, { '/_plugins/_security/authinfo': authinfo(['own_index', 'visitor_read']) }),
    { state: 'undetermined', reason: 'anonymous-reach-unknown', login: 'anonymous' },
  ],
  [
    'an anonymous user of OpenSearch without a role of his own',
    wall(noPermissions, { '/_plugins/_security/authinfo': authinfo(['own_index']) }),
    { state: 'guarded', guardedBy: 'product', login: 'anonymous' },
  ],
]);

// A word, or a level that nobody knows, makes no Kibana (wire guide D.3)
checkCases([
  [
    'a status of one word on every path',
    wall(json(200, { status: 'available' })),
    { state: 'other-product', product: null },
  ],
  [
    'a site with a status of its own',
    wall(page, { '/api/status': json(200, { status: { overall: { level: 'ok' } } }) }),
    { state: 'other-product', product: null },
  ],
]);
