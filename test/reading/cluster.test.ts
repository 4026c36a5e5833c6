import t from 'tap';
import { observe } from '../../src/reading/index.js';
import { readRefusal } from '../../src/reading/refusal.js';
import { answersTo } from '../../src/catalogue/exchanges.js';
import {
  elasticBanner,
  failure,
  inFront,
  json,
  nginxDenied,
  nginxPassword,
  openElasticsearch,
  openOpenSearch,
  realmRefusal,
  wall,
  xpackRefusal,
} from '../support/clusters.js';
import { runSurvey, surveyed } from '../support/survey.js';
import type { Reply, Responder } from '../support/survey.js';

function withHeader(server: Responder, name: string, value: string): Responder {
  return (ask, path, number) => {
    const reply = server(ask, path, number);
    return typeof reply === 'string' ? reply : { ...reply, headers: { ...reply.headers, [name]: value } };
  };
}

function refusalOf(reply: Reply) {
  const [answered] = answersTo(runSurvey(wall(reply)));
  return answered === undefined ? null : readRefusal(answered);
}

t.test('a version is what the server says, and how sure that is', (t) => {
  const version = (server: Responder) => {
    const { number, certainty, source } = surveyed(server).identity.version;
    return [number, certainty, source];
  };
  t.strictSame(version(openElasticsearch('8.15.0')), ['8.15.0', 'exact', 'banner']);
  t.strictSame(version(openElasticsearch('9.5.0-SNAPSHOT')), ['9.5.0-SNAPSHOT', 'exact', 'banner']);
  t.strictSame(version(openOpenSearch('2.19.4', { overridden: true })), ['2.19.4', 'exact', 'nodes']);
  t.strictSame(
    version(
      openOpenSearch('2.19.4', {
        overridden: true,
        paths: { '/_nodes/jvm,http,plugins': nginxDenied, '/_cluster/stats': nginxDenied },
      }),
    ),
    [null, 'placeholder', 'banner'],
  );
  t.strictSame(
    version(openElasticsearch('8.11.0', { paths: { '/': json(200, elasticBanner('8.11.0', 'serverless')) } })),
    [null, 'placeholder', 'banner'],
  );
  t.strictSame(version(wall(xpackRefusal())), [null, 'unknown', '']);
  t.strictSame(
    version(
      withHeader(wall(realmRefusal('OpenSearch Security')), 'X-OpenSearch-Version', 'OpenSearch/3.6.0 (opensearch)'),
    ),
    ['3.6.0', 'exact', 'X-OpenSearch-Version header'],
  );
  t.strictSame(
    version(withHeader(wall(realmRefusal('OpenSearch Security')), 'X-OpenSearch-Version', 'OpenSearch/<script> (x)')),
    [null, 'unknown', ''],
  );
  const warned = withHeader(
    openElasticsearch('7.17.9', { paths: { '/_nodes/jvm,http,plugins': nginxDenied } }),
    'Warning',
    '299 Elasticsearch-7.17.9-ef48222227ee6b9e70e502f0f0daa52435ee634d "Elasticsearch built-in security features are not enabled. Without authentication, your cluster could be accessible to anyone."',
  );
  t.strictSame(
    version(inFront(warned, (path) => (path === '/' ? nginxPassword : null))),
    ['7.17.9', 'exact', 'Warning header'],
    'behind a guarded root page',
  );
  for (const odd of ['latest', '8', '', 'x'.repeat(50), '8.1.0 <b>', '١.٢.٣']) {
    const { identity, access } = surveyed(
      openElasticsearch('8.15.0', {
        paths: {
          '/': json(200, { ...elasticBanner('8.15.0'), version: { number: odd } }),
          '/_nodes/jvm,http,plugins': nginxDenied,
          '/_cluster/stats': nginxDenied,
        },
      }),
    );
    t.strictSame([identity.product, identity.version.number, access.state], ['elasticsearch', null, 'open'], odd);
  }
  t.end();
});

t.test('only the words of the warning say that there is no login (other warnings have the same code)', (t) => {
  const other =
    '299 Elasticsearch-7.17.9-ef48222227ee6b9e70e502f0f0daa52435ee634d "[types removal] Specifying types is deprecated."';
  const anonymous = json(200, { username: '_anonymous', roles: ['superuser'], authentication_type: 'anonymous' });
  const { access } = surveyed(
    withHeader(openElasticsearch('7.17.9', { paths: { '/_security/_authenticate': anonymous } }), 'Warning', other),
  );
  t.strictSame([access.caller.login, access.rung], ['anonymous', 'documents']);
  t.end();
});

t.test('denials name the user, its roles and the guard', (t) => {
  t.match(
    refusalOf(
      failure(
        403,
        'security_exception',
        'action [cluster:monitor/main] is unauthorized for user [_anonymous] with effective roles [a,b], this action is granted by the cluster privileges [monitor,manage,all]',
      ),
    ),
    { kind: 'x-pack-denied', login: 'anonymous', user: '_anonymous', roles: ['a', 'b'] },
  );
  t.match(
    refusalOf(
      failure(
        403,
        'security_exception',
        'action [indices:data/read/search] is unauthorized for user [_es_anonymous_user] with assigned roles [r]',
      ),
    ),
    { user: '_es_anonymous_user', roles: ['r'] },
  );
  t.match(refusalOf(failure(403, 'security_exception', 'action [x] is unauthorized for user [_anonymous]')), {
    user: '_anonymous',
    roles: [],
  });
  t.match(
    refusalOf({
      status: 401,
      body: 'no permissions for [x] and User [name=opendistro_security_anonymous, backend_roles=[p, q], requestedTenant=null]',
    }),
    { kind: 'security-anonymous-denied', backendRoles: ['p', 'q'] },
  );
  t.match(refusalOf({ status: 401, headers: { 'WWW-Authenticate': 'Digest realm="x", nonce="y"' } }), {
    by: 'proxy',
    schemes: ['proxy-login'],
    realm: 'x',
  });
  t.equal(refusalOf({ status: 302, headers: { Location: '/folder/' } }), null, 'a folder is not a login');
  t.match(refusalOf({ status: 302, headers: { Location: '/signin?next=/' } }), { schemes: ['login-page'] });
  t.match(
    refusalOf({ status: 303, headers: { Location: 'https://acme.cloudflareaccess.com/cdn-cgi/access/login/x' } }),
    { schemes: ['proxy-login'] },
  );
  t.equal(
    refusalOf({ status: 200, body: 'missing authentication credentials for REST request [/]' }),
    null,
    'words alone refuse nothing',
  );
  t.end();
});

t.test('facts of a cluster', (t) => {
  const { cluster, time, identity, authenticity, access, transport, url } = surveyed(openElasticsearch('8.15.0'));
  t.match(cluster, {
    name: 'shop',
    uuid: 'uWs6Do3ERJGJRHLHHG6qGw',
    nodeName: 'node-1',
    nodes: 1,
    httpAddresses: ['10.0.0.5:9200'],
    indices: {
      total: 3,
      system: 1,
      documents: 312,
      bytes: 99_000,
      complete: true,
      oldestUserIndexAt: '2025-01-01T00:00:00.000Z',
      newestUserIndexAt: '2026-01-01T00:00:00.000Z',
    },
    searchPermittedOn: { index: 'orders-2026.10', documents: 12 },
  });
  t.strictSame(cluster?.indices?.list[0], {
    name: 'customers',
    documents: 300,
    bytes: 90_000,
    createdAt: '2025-01-01T00:00:00.000Z',
    system: false,
  });
  t.equal(time.processStartedAt?.at, '2026-05-01T06:30:00.000Z');
  t.strictSame(access.reaches, { banner: 'yes', metadata: 'yes', documents: 'yes', control: 'yes' });
  t.equal(access.proof, 'inferred', 'control is always inferred');
  t.ok(identity.evidence.length > 0 && authenticity.evidence.length > 0 && access.caller.evidence.length > 1);
  t.strictSame([transport.scheme, transport.plainLogin, url], ['http', null, 'http://127.0.0.1:9200']);
  t.end();
});

t.test('publish addresses of every line', (t) => {
  const address = (said: string) =>
    surveyed(
      openElasticsearch('8.15.0', {
        paths: {
          '/_nodes/jvm,http,plugins': json(200, {
            nodes: { a: { name: 'node-1', version: '8.15.0', http: { publish_address: said } } },
          }),
        },
      }),
    ).cluster?.httpAddresses;
  t.strictSame(address('inet[/10.0.0.1:9200]'), ['10.0.0.1:9200']);
  t.strictSame(address('es1.acme.example/10.0.0.1:9200'), ['10.0.0.1:9200']);
  t.strictSame(address('[::1]:9200'), ['[::1]:9200']);
  t.strictSame(address('es1/[fd00::1]:9200'), ['[fd00::1]:9200']);
  t.strictSame(address('nonsense'), []);
  t.end();
});

t.test('a count on an index that is denied or failed proves nothing', (t) => {
  const documents = (reply: Reply) =>
    surveyed(openElasticsearch('8.15.0', { paths: { '/orders-2026.10/_count': reply } })).access.reaches.documents;
  t.equal(documents(nginxDenied), 'no');
  const shards = failure(503, 'search_phase_execution_exception', 'all shards failed');
  t.equal(documents(shards), 'yes', 'another index is searched');
  t.equal(
    surveyed(openElasticsearch('8.15.0', { paths: { '/orders-2026.10/_count': shards, '/customers/_count': shards } }))
      .access.reaches.documents,
    'unknown',
  );
  t.equal(
    documents(json(200, { count: 0, _shards: { total: 5, successful: 0, failed: 5 } })),
    'unknown',
    'no shard answered',
  );
  t.equal(documents(json(200, { count: 5 })), 'unknown', 'no shards said');
  t.equal(documents('response-timeout'), 'unknown');
  t.equal(documents(json(200, { count: '40', _shards: { total: '1', successful: 1.0 } })), 'yes', 'numbers as texts');
  t.end();
});

t.test('reading is pure: the record does not change, and a copy gives the same result', (t) => {
  const servers = [
    openElasticsearch('8.15.0'),
    openOpenSearch('1.3.20'),
    wall(xpackRefusal()),
    wall(nginxPassword),
    wall({ status: 200 }),
    () => 'refused' as const,
  ];
  for (const server of servers) {
    const record = runSurvey(server);
    const before = JSON.stringify(record);
    const first = observe(record);
    t.equal(JSON.stringify(record), before);
    t.strictSame(observe(record), first);
    t.strictSame(observe({ ...record, exchanges: structuredClone(record.exchanges) }), first);
  }
  t.end();
});
