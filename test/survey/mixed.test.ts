import t from 'tap';
import { checkCases } from '../support/expect.js';
import {
  elasticBanner,
  failure,
  json,
  nodes,
  nginxPassword,
  noHandler,
  openElasticsearch,
  opensearchBanner,
  openOpenSearch,
  realmRefusal,
  wall,
  wrongMethod,
  xpackRefusal,
} from '../support/clusters.js';
import type { Reply, Responder } from '../support/survey.js';
import { surveyed } from '../support/survey.js';

/** Requests go to one backend and the other in turn, as behind a load balancer. */
function inTurn(...backends: readonly Responder[]): Responder {
  return (ask, path, number) => {
    const backend = backends[(number - 1) % backends.length];
    return backend === undefined ? 'refused' : backend(ask, path, number);
  };
}

const open = openElasticsearch('8.15.0');
const closed = wall(xpackRefusal());
const closedOpenSearch = wall(realmRefusal('OpenSearch Security'));
const otherCluster = openElasticsearch('8.15.0', {
  paths: {
    '/': json(200, { ...elasticBanner('8.15.0'), cluster_name: 'archive', cluster_uuid: 'AAAAAAAAAAAAAAAAAAAAAA' }),
  },
});

checkCases([
  [
    'one backend open, one closed: at least one answers',
    inTurn(open, closed),
    { state: 'open', product: 'elasticsearch', mixed: true, rung: 'documents', asks: 30 },
  ],
  ['the closed one first', inTurn(closed, open), { state: 'open', product: 'elasticsearch', mixed: true, asks: 20 }],
  [
    'two clusters behind one endpoint',
    (ask, path, number) => (path === '/' ? otherCluster : open)(ask, path, number),
    { state: 'open', mixed: true, product: 'elasticsearch', login: 'unknown', rung: 'documents' },
  ],
  [
    'the root page of a node that the cluster does not know',
    openElasticsearch('8.15.0', { paths: { '/': json(200, { ...elasticBanner('8.15.0'), name: 'stranger' }) } }),
    { state: 'open', mixed: true, rung: 'documents' },
  ],
  [
    'one of three backends open, and who we are is asked of it first',
    inTurn(closed, closed, open),
    { state: 'open', product: 'elasticsearch', mixed: true, rung: 'control', asks: 30 },
  ],
  [
    'the same with OpenSearch: its plugin may block who is refused too often, so it is left alone (wire guide 0.6)',
    inTurn(closedOpenSearch, closedOpenSearch, openOpenSearch('2.19.4')),
    { state: 'undetermined', reason: 'answers-contradict', product: 'opensearch', asks: 5 },
  ],
  [
    'a backend that knows no login answered one page alone: never guarded (R.1.1)',
    wall(xpackRefusal(), { '/_security/_authenticate': noHandler }),
    { state: 'undetermined', reason: 'answers-contradict', product: 'elasticsearch', asks: 12 },
  ],
  [
    'the same of OpenSearch',
    wall(realmRefusal('OpenSearch Security'), { '/_plugins/_security/authinfo': noHandler }),
    { state: 'undetermined', reason: 'answers-contradict', product: 'opensearch', asks: 12 },
  ],
  [
    'a backend that says that its security is not enabled answered one page alone (R.2)',
    wall(xpackRefusal(), {
      '/_security/_authenticate': failure(
        500,
        'exception',
        'Security must be explicitly enabled when using a [basic] license. Enable security by setting',
      ),
    }),
    { state: 'undetermined', reason: 'answers-contradict', product: 'elasticsearch' },
  ],
  [
    'X-Pack of 5 and 6 does not know the page of 7, and may say so before it asks for a login',
    wall(failure(401, 'security_exception', 'missing authentication token for REST request [{path}]'), {
      '/_security/_authenticate': wrongMethod,
    }),
    { state: 'guarded', guardedBy: 'product', product: 'elasticsearch', asks: 3 },
  ],
  [
    'Search Guard does not know the page of x-pack, and says so before it asks for a login (R.1.1)',
    wall(realmRefusal('Search Guard'), { '/_security/_authenticate': wrongMethod }),
    { state: 'guarded', guardedBy: 'product', product: 'elasticsearch', asks: 3 },
  ],
  ['two nodes of one cluster are one', openElasticsearch('8.15.0'), { state: 'open', mixed: false, rung: 'control' }],
]);

t.test('answers of two backends are never joined', (t) => {
  const { cluster, time } = surveyed((ask, path, number) => (path === '/' ? otherCluster : open)(ask, path, number));
  t.equal(cluster?.uuid, null);
  t.equal(cluster?.name, null);
  t.strictSame(cluster?.httpAddresses, []);
  t.equal(time.processStartedAt, null);
  t.equal(cluster?.indices?.total, 3, 'the listing is one answer of one backend');
  t.end();
});

t.test('a denial that holds on every try is not a second backend', (t) => {
  const server: Responder = (ask, path, number) => (path === '/' ? open(ask, path, number) : closed(ask, path, number));
  const { access, record } = surveyed(server);
  t.equal(access.mixed, false);
  t.equal(access.state, 'guarded');
  t.equal(
    record.exchanges.filter(({ question }) => question === 'cat-indices').length,
    5,
    'it was asked again, four times',
  );
  t.end();
});

t.test('the process start is that of the node that answered, or of the youngest', (t) => {
  const several = (names: readonly string[]) =>
    json(200, {
      cluster_name: 'shop',
      nodes: Object.fromEntries(
        names.map((name, i) => [
          name,
          { name, version: '8.15.0', plugins: [], jvm: { start_time_in_millis: Date.UTC(2026, i, 1) } },
        ]),
      ),
    });
  const start = (names: readonly string[], banner: object) =>
    surveyed(
      openElasticsearch('8.15.0', { paths: { '/': json(200, banner), '/_nodes/jvm,http,plugins': several(names) } }),
    ).time.processStartedAt?.at;
  const banner = elasticBanner('8.15.0');
  t.equal(start(['node-1', 'node-2'], banner), '2026-01-01T00:00:00.000Z');
  t.equal(start(['node-0', 'node-1'], banner), '2026-02-01T00:00:00.000Z');
  t.equal(start(['a', 'b', 'c'], { ...banner, name: undefined }), '2026-03-01T00:00:00.000Z');
  t.equal(
    surveyed(openElasticsearch('8.15.0', { paths: { '/_nodes/jvm,http,plugins': nodes('8.15.0') } })).time.oldestDataAt
      ?.at,
    '2025-01-01T00:00:00.000Z',
    'system indices are not user data',
  );
  t.end();
});

t.test('a proxy that drops the query of the only path it leaves open does not make it a decoy (R.6)', (t) => {
  const cluster = openElasticsearch('9.4.3');
  const seen = surveyed((ask, path, number) =>
    path.startsWith('/?') || path === '/' ? cluster(ask, '/', number) : nginxPassword,
  );
  t.match(seen.access, { state: 'guarded', rung: 'banner', guardedBy: 'proxy' });
  t.match(seen.identity, { product: 'elasticsearch', version: { number: '9.4.3' } });
  t.end();
});

t.test('nodes of another build than the root page shows are another cluster', (t) => {
  const built = (hash: string) => {
    const one = { name: 'node-1', version: '8.15.0', build_hash: hash };
    const paths = { '/_nodes/jvm,http,plugins': json(200, { cluster_name: 'shop', nodes: { a1: one } }) };
    return surveyed(openElasticsearch('8.15.0', { paths })).access.mixed;
  };
  t.equal(built('e'.repeat(40)), true);
  t.equal(built('abcdef0123456789abcdef0123456789abcdef01'), false);
  t.equal(built('abcdef0'), false, 'old lines shorten it');
  t.end();
});

t.test(
  'what may block a caller is asked until four denials, eight where one backend is open, and no more (wire guide 0.6)',
  (t) => {
    const refusal = realmRefusal('OpenSearch Security');
    const walls: Readonly<Record<string, Responder>> = {
      'all closed': closedOpenSearch,
      'all but the root page': wall(refusal, { '/': json(200, opensearchBanner('2.19.4')) }),
      'an open one next to it': inTurn(closedOpenSearch, openOpenSearch('2.19.4')),
      'Open Distro': inTurn(wall(realmRefusal('Open Distro Security')), openElasticsearch('7.10.2')),
      'Search Guard': inTurn(wall(realmRefusal('Search Guard')), openElasticsearch('7.10.2')),
    };
    for (const [name, responder] of Object.entries(walls)) {
      const { access, record } = surveyed(responder);
      const refused = record.exchanges.filter(({ outcome }) => outcome.kind === 'answer' && outcome.status === 401);
      const most = access.state === 'open' ? 8 : 4;
      t.ok(refused.length > 0 && refused.length <= most, `${name}: ${refused.length} refusals`);
    }
    const beside = surveyed(inTurn(closedOpenSearch, openOpenSearch('2.19.4'))).access;
    t.match(beside, { state: 'open', rung: 'documents', mixed: true }, 'what the open one gives is found');
    t.end();
  },
);

t.test('dashboards that do not agree: asked again, and never guarded because of one denial', (t) => {
  const kbn = { 'kbn-name': 'kb', 'kbn-license-sig': 'ff' };
  const open = (path: string): Reply =>
    path === '/'
      ? { status: 302, headers: { ...kbn, location: '/spaces/enter' } }
      : path.startsWith('/api/spaces/space')
        ? json(200, [{ id: 'default', name: 'Default', disabledFeatures: [] }], kbn)
        : json(404, { statusCode: 404, error: 'Not Found', message: 'Not Found' }, kbn);
  const refused = json(401, { statusCode: 401, error: 'Unauthorized', message: 'Unauthorized' }, kbn);
  const asked = (spaces: readonly boolean[]) => {
    let times = 0;
    return surveyed(
      (_, path) => (path.startsWith('/api/spaces/space') && spaces[times++] !== true ? refused : open(path)),
      { endpoint: { port: 5601 } },
    );
  };
  t.match(asked([false, true]), { access: { state: 'open', mixed: true }, identity: { product: 'kibana' } });
  t.match(asked([false, false, true]), { access: { state: 'open', mixed: true } });
  t.match(asked([]).access, { state: 'undetermined', reason: 'answers-contradict', mixed: true });
  t.end();
});

const kbn = (name: string) => ({ 'kbn-name': name, 'kbn-license-sig': 'x' });
const kibanaSays = (name: string, status: number, body: object): Reply => ({ status, headers: kbn(name), body });
const lockedKibana: Responder = (_, path) => {
  const [plain = ''] = path.split('?', 1);
  if (plain === '/api/status') return kibanaSays('locked', 200, { status: { overall: { level: 'available' } } });
  if (plain === '/internal/security/login_state')
    return kibanaSays('locked', 200, {
      allowLogin: true,
      layout: 'form',
      requiresSecureConnection: false,
      showLoginForm: true,
      selector: { enabled: false, providers: [{ type: 'basic', name: 'basic', usesLoginForm: true }] },
    });
  return kibanaSays('locked', 401, { statusCode: 401, error: 'Unauthorized', message: 'Unauthorized' });
};
const openKibana: Responder = (_, path) => {
  const [plain = ''] = path.split('?', 1);
  if (plain === '/api/spaces/space') return kibanaSays('open', 200, [{ id: 'default', name: 'Default' }]);
  if (plain === '/') return { status: 302, headers: { ...kbn('open'), location: '/app/home' } };
  return kibanaSays('open', 404, { statusCode: 404, error: 'Not Found', message: 'Not Found' });
};

/** Each connection is led to one backend: the first ones to the locked one. */
function byConnection(headers: Readonly<Record<string, string>>): Responder {
  let fresh = 0;
  return (ask, path, number) => {
    if (ask.fresh === true) fresh += 1;
    const reply = (fresh > 0 ? openKibana : lockedKibana)(ask, path, number);
    return typeof reply === 'string' ? reply : { ...reply, headers: { ...reply.headers, ...headers } };
  };
}

checkCases([
  [
    'two Kibanas in turn, the first with a login',
    inTurn(lockedKibana, openKibana),
    { state: 'open', product: 'kibana' },
  ],
  [
    'two Kibanas by connection behind a balancer with a cookie',
    byConnection({ 'set-cookie': 'SERVERID=a; path=/' }),
    { state: 'open', product: 'kibana', mixed: true },
  ],
  [
    'a balancer by path: pages and login of a locked Kibana, the rest of an open one',
    (ask, path, number) =>
      (/^\/(?:$|app|login|internal\/security|api\/status)/.test(path) ? lockedKibana : openKibana)(ask, path, number),
    { state: 'open', product: 'kibana' },
  ],
  ['without a hint nothing is asked twice', byConnection({}), { state: 'guarded', product: 'kibana', asks: 8 }],
  [
    'without a hint, where the engagement wants to know',
    byConnection({}),
    { state: 'open', product: 'kibana' },
    { techniques: { thoroughBackends: true } },
  ],
  [
    'a Kibana with its login alone',
    lockedKibana,
    { state: 'guarded', product: 'kibana', guardedBy: 'product', asks: 7 },
  ],
]);
