import t from 'tap';
import { checkCases } from '../support/expect.js';
import {
  elasticBanner,
  failure,
  json,
  nodes,
  noHandler,
  openElasticsearch,
  openOpenSearch,
  realmRefusal,
  wall,
  wrongMethod,
  xpackRefusal,
} from '../support/clusters.js';
import type { Responder } from '../support/survey.js';
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
    { state: 'open', product: 'elasticsearch', mixed: true, rung: 'documents', asks: 20 },
  ],
  ['the closed one first', inTurn(closed, open), { state: 'open', product: 'elasticsearch', mixed: true, asks: 20 }],
  [
    'two clusters behind one door',
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
    { state: 'open', product: 'elasticsearch', mixed: true, rung: 'documents', asks: 20 },
  ],
  [
    'the same with OpenSearch',
    inTurn(closedOpenSearch, closedOpenSearch, openOpenSearch('2.19.4')),
    { state: 'open', product: 'opensearch', mixed: true, rung: 'documents', asks: 20 },
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

t.test('a wall that holds at every try is no second backend', (t) => {
  const server: Responder = (ask, path, number) => (path === '/' ? open(ask, path, number) : closed(ask, path, number));
  const { access, record } = surveyed(server);
  t.equal(access.mixed, false);
  t.equal(access.state, 'guarded');
  t.equal(record.exchanges.filter(({ question }) => question === 'cat-indices').length, 3, 'it was asked again, twice');
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
    'system indices are nobody’s data',
  );
  t.end();
});
