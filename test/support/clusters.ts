import type { Paths, Reply, Responder } from './survey.js';
import { serve } from './survey.js';
import type { Scheme } from '../../src/model/endpoint.js';

/** Answers of clusters by the wire guide, as tables of paths. The line of the guide is named where an answer is built. */

const started = Date.UTC(2026, 4, 1, 6, 30);

/** A JSON answer. */
export function json(status: number, body: object, headers: Readonly<Record<string, string | string[]>> = {}): Reply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body };
}

/** An HTML page. */
export function html(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { 'content-type': 'text/html', ...headers }, body };
}

/** An error envelope of Elasticsearch 2 and later, and of OpenSearch. */
export function failure(
  status: number,
  type: string,
  reason: string,
  headers: Readonly<Record<string, string | string[]>> = {},
): Reply {
  const cause = { type, reason };
  return json(status, { error: { root_cause: [cause], ...cause }, status }, headers);
}

/** A 404 for an index that is not there, which echoes its name (wire guide E.3.2). */
export function noSuchIndex(headers: Readonly<Record<string, string>> = {}): Reply {
  const cause = {
    type: 'index_not_found_exception',
    reason: 'no such index [{name}]',
    'resource.type': 'index_or_alias',
    'resource.id': '{name}',
    index_uuid: '_na_',
    index: '{name}',
  };
  return json(404, { error: { root_cause: [cause], ...cause }, status: 404 }, headers);
}

/** A parameter refused by name, from 5.0 on (wire guide E.3.1). */
export function unknownParameter(path = '/'): Reply {
  return failure(400, 'illegal_argument_exception', `request [${path}] contains unrecognized parameter: [{parameter}]`);
}

/** `no handler found`, the string form (wire guide A.3). */
export const noHandler: Reply = json(400, { error: 'no handler found for uri [{path}] and method [GET]' });

/** The wrong method: `_security/_authenticate` where security is absent, 6.x to 8.x (wire guide B.4, R.2). */
export const wrongMethod: Reply = json(405, {
  error: 'Incorrect HTTP method for uri [{path}] and method [GET], allowed: [POST]',
  status: 405,
});

const rows = [
  {
    health: 'yellow',
    status: 'open',
    index: 'orders-2026.10',
    'docs.count': '12',
    'store.size': '9000',
    'creation.date': '1767225600000',
  },
  {
    health: 'yellow',
    status: 'open',
    index: 'customers',
    'docs.count': '300',
    'store.size': '90000',
    'creation.date': '1735689600000',
  },
  {
    health: 'green',
    status: 'open',
    index: '.kibana_1',
    'docs.count': '7',
    'store.size': '700',
    'creation.date': '1704067200000',
  },
];

/** What `_cat/indices` lists: two indices of the user's and a system index. */
export const listing: Reply = json(200, rows);

const countedTwelve: Reply = json(200, { count: 12, _shards: { total: 1, successful: 1, skipped: 0, failed: 0 } });

const counts: Paths = { '/orders-2026.10/_count': countedTwelve, '/customers/_count': countedTwelve };

/** Node information, with plugins. */
export function nodes(version: string, plugins: readonly string[] = []): Reply {
  return json(200, {
    cluster_name: 'shop',
    nodes: {
      a1: {
        name: 'node-1',
        version,
        build_hash: 'abcdef0',
        plugins: plugins.map((name) => ({ name })),
        jvm: { start_time_in_millis: started },
        http: { publish_address: '10.0.0.5:9200' },
      },
    },
  });
}

const stats: Reply = json(200, {
  cluster_name: 'shop',
  cluster_uuid: 'uWs6Do3ERJGJRHLHHG6qGw',
  status: 'yellow',
  indices: { count: 3, docs: { count: 319 }, store: { size_in_bytes: 99700 } },
  nodes: { count: { total: 1 }, versions: ['8.15.0'] },
});

const aliases: Reply = json(200, {
  'orders-2026.10': { aliases: { orders: {} } },
  customers: { aliases: {} },
  '.kibana_1': { aliases: { '.kibana': {} } },
});

const indexHealth: Reply = json(200, {
  cluster_name: 'shop',
  status: 'yellow',
  number_of_nodes: 1,
  indices: {
    'orders-2026.10': { status: 'yellow' },
    customers: { status: 'yellow' },
    '.kibana_1': { status: 'green' },
  },
});

const indexStats: Reply = json(200, {
  indices: {
    'orders-2026.10': { primaries: { docs: { count: 12 }, store: { size_in_bytes: 9000 } } },
    customers: { primaries: { docs: { count: 300 }, store: { size_in_bytes: 90000 } } },
  },
});

/** Reads that every open cluster answers. */
const open: Paths = {
  '/_cat/indices': listing,
  '/_cluster/stats': stats,
  '/_cluster/health': indexHealth,
  '/_aliases': aliases,
  '/_stats/docs,store': indexStats,
  ...counts,
  '/*/_alias': aliases,
  '/*/_stats/docs,store': indexStats,
};

function major(version: string): number {
  return Number(version.split('.')[0]);
}

/** Lucene by major version of Elasticsearch. */
const luceneOf: Readonly<Record<number, string>> = {
  1: '4.10.4',
  2: '5.5.4',
  5: '6.6.1',
  6: '7.7.3',
  7: '8.11.1',
  8: '9.7.0',
  9: '10.3.2',
};

/** The banner of an Elasticsearch by line (wire guide A.1). */
export function elasticBanner(version: string, flavor: string | null = 'default'): object {
  const line = major(version);
  const [, minor = 0] = version.split('.').map(Number);
  const hasUuid = line >= 5 || (line === 2 && minor >= 4);
  if (version.startsWith('0.')) {
    return {
      ok: true,
      status: 200,
      name: 'node-1',
      version: { number: version, lucene_version: '4.6' },
      tagline: 'You Know, for Search',
    };
  }
  return {
    name: 'node-1',
    ...(line === 1 ? { status: 200 } : {}),
    cluster_name: 'shop',
    ...(hasUuid ? { cluster_uuid: 'uWs6Do3ERJGJRHLHHG6qGw' } : {}),
    version: {
      number: version,
      ...(line >= 7 || (line === 6 && minor >= 3) ? { build_flavor: flavor, build_type: 'docker' } : {}),
      build_hash: 'abcdef0123456789abcdef0123456789abcdef01',
      ...(line >= 5 ? { build_date: '2024-01-01T00:00:00Z' } : { build_timestamp: '2015-01-01T00:00:00Z' }),
      lucene_version: luceneOf[line] ?? '11.0.0',
    },
    tagline: 'You Know, for Search',
  };
}

/** The banner of an OpenSearch (wire guide A.2). */
export function opensearchBanner(version: string, overridden = false): object {
  return {
    name: 'node-1',
    cluster_name: 'shop',
    cluster_uuid: 'uWs6Do3ERJGJRHLHHG6qGw',
    version: {
      ...(overridden ? {} : { distribution: 'opensearch' }),
      number: overridden ? '7.10.2' : version,
      build_type: 'tar',
      build_hash: 'abcdef0123456789abcdef0123456789abcdef01',
      lucene_version: '9.12.3',
    },
    tagline: 'The OpenSearch Project: https://opensearch.org/',
  };
}

/** How an open server answers the page of x-pack that would say who we are, by line (wire guide B.4, R.2). */
function authenticateAbsent(version: string): Reply {
  const line = major(version);
  if (line >= 9) return noHandler;
  if (line >= 6) return wrongMethod;
  const reason =
    line === 5 ? 'No endpoint or operation is available at [_authenticate]' : 'No feature for name [_authenticate]';
  return failure(400, 'illegal_argument_exception', reason);
}

/** How a server without x-pack answers `_xpack`, by line (wire guide R.1.11; 6.8 as recorded). */
function xpackAbsent(version: string): Reply {
  if (major(version) <= 5)
    return failure(400, 'illegal_argument_exception', 'No endpoint or operation is available at [_xpack]');
  if (version.startsWith('6.8'))
    return failure(
      400,
      'illegal_argument_exception',
      'request [/_xpack] contains unrecognized parameter: [categories]',
    );
  return failure(400, 'invalid_index_name_exception', "Invalid index name [_xpack], must not start with '_'.");
}

/** An unknown index, by line: 0.90 knows no such route, 1.x says it as a flat string. */
function unknownIndex(version: string): Reply {
  if (version.startsWith('0.')) return { status: 400, body: 'No handler found for uri [{path}] and method [GET]' };
  if (major(version) === 1) return json(404, { error: 'IndexMissingException[[{name}] missing]', status: 404 });
  if (major(version) <= 5) return noSuchIndex({ 'es.index': '{name}', 'es.resource.id': '{name}' });
  return noSuchIndex(isTagged(version) ? { 'X-elastic-product': 'Elasticsearch' } : {});
}

function isTagged(version: string): boolean {
  const [line = 0, minor = 0] = version.split('.').map(Number);
  return line >= 8 || (line === 7 && minor >= 14);
}

/** Paths that a change of the table takes away or puts in the place of others. */
export interface Variant {
  readonly paths?: Paths;
  readonly plugins?: readonly string[];
  readonly flavor?: string;
  readonly scheme?: Scheme;
  readonly otherwise?: Reply;
}

/** An Elasticsearch that knows no login, by line. */
export function openElasticsearch(version: string, variant: Variant = {}): Responder {
  const line = major(version);
  const old: Paths = version.startsWith('0.')
    ? {
        '/_cat/indices': { status: 400, body: 'No handler found for uri [{path}] and method [GET]' },
        '/_nodes/jvm,http,plugins': json(200, { cluster_name: 'shop', nodes: {} }),
      }
    : {};
  const paths: Paths = {
    ...open,
    '/': json(
      200,
      elasticBanner(version, variant.flavor),
      isTagged(version) ? { 'X-elastic-product': 'Elasticsearch' } : {},
    ),
    '/_nodes/jvm,http,plugins': nodes(version, variant.plugins),
    '/_security/_authenticate': authenticateAbsent(version),
    '/_xpack': xpackAbsent(version),
    ...old,
    ...variant.paths,
  };
  return withStrictness(paths, line >= 5, variant.otherwise ?? unknownIndex(version), variant.scheme);
}

/** An OpenSearch without the security plugin, by line. */
export function openOpenSearch(version: string, variant: Variant & { readonly overridden?: boolean } = {}): Responder {
  const first = version.startsWith('1.');
  const paths: Paths = {
    ...open,
    '/': json(200, opensearchBanner(version, variant.overridden)),
    '/_nodes/jvm,http,plugins': nodes(version, variant.plugins),
    '/_security/_authenticate': first ? wrongMethod : noHandler,
    '/_plugins/_security/authinfo': first
      ? json(404, {
          error: {
            root_cause: [{ type: 'index_not_found_exception', reason: 'no such index [_plugins]' }],
            type: 'index_not_found_exception',
            reason: 'no such index [_plugins]',
            'resource.id': '_plugins',
          },
          status: 404,
        })
      : noHandler,
    ...variant.paths,
  };
  return withStrictness(paths, true, variant.otherwise ?? noSuchIndex(), variant.scheme);
}

function withStrictness(paths: Paths, strict: boolean, otherwise: Reply, scheme: Scheme = 'http'): Responder {
  const inner = serve(paths, otherwise, scheme);
  return (ask, path, number) => {
    const plain = path.split('?', 1)[0] ?? '';
    const reply = inner(ask, path, number);
    const served = typeof reply !== 'string' && reply.status === 200;
    if (strict && served && /[?&]leftopen_/.test(path)) return unknownParameter(plain);
    if (served && /\/_cat\/indices\/leftopen-/.test(path)) return noSuchIndex();
    return served && plain === '/_cat/indices' ? withColumns(reply, path) : reply;
  };
}

/** A listing shows the columns that are asked for; one that shows others of its own shows them whatever is asked. */
function withColumns(reply: Reply, path: string): Reply {
  const columns = /[?&]h=([^&]*)/.exec(path)?.[1]?.split(',');
  if (typeof reply === 'string' || !Array.isArray(reply.body) || columns === undefined) return reply;
  const shown = reply.body.map((row: object) =>
    Object.fromEntries(Object.entries(row).filter(([name]) => columns.includes(name) || !(name in known))),
  );
  return { ...reply, body: shown };
}

const known = { health: 1, status: 1, index: 1, 'docs.count': 1, 'store.size': 1, 'creation.date': 1 };

/** A server that denies every request in the same way. */
export function wall(reply: Reply, paths: Paths = {}, scheme: Scheme = 'http'): Responder {
  return serve(paths, reply, scheme);
}

/** x-pack security without an anonymous user, by its words (wire guide B.1). */
export function xpackRefusal(challenges: string[] = ['Basic realm="security" charset="UTF-8"', 'ApiKey']): Reply {
  const reason = 'missing authentication credentials for REST request [{path}]';
  return failure(401, 'security_exception', reason, { 'WWW-Authenticate': challenges });
}

/** OpenSearch Security, Open Distro and Search Guard by their realm. */
export function realmRefusal(realm: string, body = 'Unauthorized', scheme = 'Basic'): Reply {
  return {
    status: 401,
    headers: { 'WWW-Authenticate': `${scheme} realm="${realm}"`, 'content-type': 'text/plain' },
    body,
  };
}

/** nginx that wants a password. */
export const nginxPassword: Reply = html(
  401,
  '<html><head><title>401 Authorization Required</title></head><body><center><h1>401 Authorization Required</h1></center><hr><center>nginx/1.22.1</center></body></html>',
  { Server: 'nginx/1.22.1', 'WWW-Authenticate': 'Basic realm="Restricted"' },
);

/** nginx that denies. */
export const nginxDenied: Reply = html(
  403,
  '<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center><hr><center>nginx/1.22.1</center></body></html>',
  { Server: 'nginx/1.22.1' },
);

/** Puts a guard in front of some paths of a server. */
export function inFront(server: Responder, guards: (path: string) => Reply | null): Responder {
  return (ask, path, number) => guards(path.split('?', 1)[0] ?? '') ?? server(ask, path, number);
}
