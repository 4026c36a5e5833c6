// The rules of docs/verdicts.md, each on both sides: what is open stays open, and what is closed never becomes open.
import t from 'tap';
import { randomId, randomOf } from '../damage/random.js';
import { checkCases } from '../support/expect.js';
import {
  failure,
  html,
  inFront,
  json,
  nginxDenied,
  nginxPassword,
  openElasticsearch,
  openOpenSearch,
  unknownParameter,
  wall,
  xpackRefusal,
} from '../support/clusters.js';
import { seed } from '../support/sample.js';
import { surveyed, type Reply, type Responder } from '../support/survey.js';

const open = openElasticsearch('8.15.0');
const closed = wall(xpackRefusal());

/** Loses the query of every request, as `proxy_pass http://es$uri` does. Without `h=` all columns are listed. */
function losesQuery(server: Responder): Responder {
  return (ask, path, number) => {
    const [plain = ''] = path.split('?', 1);
    const reply = server(ask, plain, number);
    if (plain !== '/_cat/indices' || typeof reply === 'string' || reply.status !== 200) return reply;
    return json(200, [
      {
        health: 'green',
        status: 'open',
        index: 'orders',
        uuid: 'Qm0vYkT2R5uX9cWbL3hZ1A',
        pri: '1',
        'docs.count': '12',
      },
    ]);
  };
}

/** Replaces every error: under its own status, or with success. */
function replacesErrors(server: Responder, by: (status: number) => Reply): Responder {
  return (ask, path, number) => {
    const reply = server(ask, path, number);
    return typeof reply === 'string' || reply.status < 400 ? reply : by(reply.status);
  };
}

/** Obeys `h=` and `filter_path=`, as a genuine server does. */
const obedient: Responder = (ask, path, number) => {
  const url = new URL(path, 'http://x');
  const columns = url.searchParams.get('h')?.split(',') ?? [];
  if (/[?&]leftopen_/.test(path)) return unknownParameter();
  if (url.pathname === '/_cat/indices' && !columns.includes('index'))
    return json(200, [Object.fromEntries(columns.map((column) => [column, '1']))]);
  return open(ask, path, number);
};

const page = (status: number): Reply => html(status, '<html><title>Something went wrong</title></html>');
const terse = (status: number, error: string): Reply => json(status, { error, status });

/** `http.detailed_errors.enabled: false` on 5.x and 6.x. */
const terseServer: Responder = (ask, path, number) => {
  if (/[?&]leftopen_/.test(path)) return terse(400, 'No ElasticsearchException found');
  if (path.includes('leftopen-')) return terse(404, 'IndexNotFoundException[no such index]');
  return openElasticsearch('6.8.23')(ask, path, number);
};

// open: what something in front does to it changes nothing
checkCases([
  ['the query is lost', losesQuery(open), { state: 'open', rung: 'control', inFront: ['query-lost'] }],
  ['errors are replaced by pages', replacesErrors(obedient, page), { state: 'open', inFront: ['errors-replaced'] }],
  [
    'errors become success, with a page',
    replacesErrors(obedient, () => page(200)),
    { state: 'open', inFront: ['errors-as-success'] },
  ],
  [
    'errors become success, with an empty object',
    replacesErrors(obedient, () => json(200, {})),
    { state: 'open', inFront: ['errors-as-success'] },
  ],
  ['errors say little, up to 6.x', terseServer, { state: 'open', rung: 'control' }],
  [
    'a password on paths that begin with an underscore',
    inFront(open, (path) => (path.startsWith('/_') ? nginxPassword : null)),
    { state: 'open', rung: 'documents' },
  ],
  [
    'a denial on paths that begin with an underscore',
    inFront(open, (path) => (path.startsWith('/_') ? nginxDenied : null)),
    { state: 'open', rung: 'documents' },
  ],
  [
    'a challenge on the listing only',
    inFront(open, (path) =>
      path.startsWith('/_cat') ? html(403, '<title>Just a moment...</title>', { server: 'cloudflare' }) : null,
    ),
    { state: 'open' },
  ],
]);

// what cannot be proved genuine is not open, and nothing says that it is safe
checkCases([
  [
    'the query is lost and errors are replaced',
    replacesErrors(losesQuery(open), page),
    { state: 'undetermined', reason: 'not-authenticated-as-genuine', inFront: ['query-lost', 'errors-replaced'] },
  ],
  [
    'a challenge on every path',
    wall(html(200, '<html><script>document.cookie="x=1";location.reload()</script></html>')),
    { state: 'undetermined' },
  ],
  ['a maintenance page', wall(html(503, '<title>Scheduled maintenance</title>')), { state: 'undetermined' }],
  ['a rate limit from the first request on', wall({ status: 429 }), { state: 'undetermined' }],
  [
    'the root page passes, the rest is a challenge',
    inFront(open, (path) =>
      path === '/' || path.startsWith('/?') ? null : html(403, '<title>Attention Required! | Cloudflare</title>'),
    ),
    { state: 'undetermined', reason: 'challenged' },
  ],
  [
    'an address that is banned in the middle of the survey',
    (ask, path, number) => (number <= 1 ? open(ask, path, number) : nginxDenied),
    { state: 'undetermined' },
  ],
  [
    'a lister that failed among denied ones',
    inFront(open, (path) =>
      path.startsWith('/_aliases') ? 'response-timeout' : path === '/' || path.startsWith('/?') ? null : nginxDenied,
    ),
    { state: 'undetermined' },
  ],
]);

const words = 'missing authentication credentials for REST request [{path}]';
const cause = { type: 'security_exception', reason: words };
const turnedIntoSuccess = json(200, { error: { root_cause: [cause], ...cause }, status: 401 });

// guarded: what is closed stays closed behind the same
for (const [name, front] of Object.entries({
  'the query is lost': losesQuery,
  'errors are replaced by pages': (server: Responder) => replacesErrors(server, page),
  'errors become success': (server: Responder) => replacesErrors(server, () => json(200, {})),
  'a cluster says little': (server: Responder): Responder =>
    replacesErrors(server, (status) => terse(status, 'ElasticsearchSecurityException[missing]')),
})) {
  t.test(`a closed cluster is not open where ${name}`, (t) => {
    t.not(surveyed(front(closed)).access.state, 'open');
    t.end();
  });
}

checkCases([
  [
    'the root page passes, a password on the rest: both kinds of listers were denied',
    inFront(open, (path) => (path === '/' || path.startsWith('/?') ? null : nginxPassword)),
    { state: 'guarded', rung: 'banner', guardedBy: 'proxy' },
  ],
  [
    'a refusal that something in front turned into success',
    wall(turnedIntoSuccess),
    { state: 'guarded', guardedBy: 'product' },
  ],
  [
    '403 that is a rate limit',
    wall({ status: 403, body: { message: 'API rate limit exceeded' } }),
    { state: 'undetermined' },
  ],
  [
    '401 that is a rate limit',
    wall({ status: 401, body: { message: 'Too many attempts' } }),
    { state: 'undetermined' },
  ],
  ['403 on every path', wall(nginxDenied), { state: 'guarded', reason: 'denied-without-login' }],
]);

t.test('a page that denies access replaces no error', (t) => {
  for (const denial of [nginxPassword, nginxDenied]) {
    const banner = surveyed(inFront(open, (path) => (path === '/' ? null : denial)));
    t.match(banner.access, { state: 'guarded', rung: 'banner' });
    t.same(banner.authenticity.inFront, []);
    const named = surveyed(inFront(open, (path) => (path.includes('leftopen') ? denial : null)));
    t.match(named.access, { state: 'open' });
    t.same(named.authenticity.inFront, []);
  }
  t.end();
});

t.test('two listers that agree on random ids prove a server whose queries and errors are lost', (t) => {
  const ids = (uuid: string): Responder =>
    inFront(replacesErrors(losesQuery(open), page), (path) =>
      path.startsWith('/*/_settings') ? json(200, { orders: { settings: { index: { uuid } } } }) : null,
    );
  const genuine = surveyed(ids('Qm0vYkT2R5uX9cWbL3hZ1A'));
  t.match(genuine, {
    access: { state: 'open' },
    authenticity: { genuine: 'yes', inFront: ['query-lost', 'errors-replaced'] },
  });
  for (const uuid of ['Zm0vYkT2R5uX9cWbL3hZ1A', 'abc', ''])
    t.match(surveyed(ids(uuid)).access, { state: 'undetermined', reason: 'not-authenticated-as-genuine' }, uuid);
  t.end();
});

t.test('of ids drawn at random, some have no digit or letters of one case only', (t) => {
  const withIds = (ids: readonly string[], later = ids): Responder => {
    const rows = ids.map((uuid, i) => ({ health: 'green', status: 'open', index: `orders-${i}`, uuid, pri: '1' }));
    const settings = Object.fromEntries(
      rows.map(({ index }, i) => [index, { settings: { index: { uuid: later[i] ?? '' } } }]),
    );
    return inFront(replacesErrors(losesQuery(open), page), (path) => {
      if (path.startsWith('/*/_settings')) return json(200, settings);
      return /^\/_cat\/indices(?:\?|$)/.test(path) ? json(200, rows) : null;
    });
  };
  const random = randomOf(seed);
  const drawn = () => randomId(random);
  for (const count of [1, 10, 100, 400])
    t.match(surveyed(withIds(Array.from({ length: count }, drawn))).access, { state: 'open' }, `${count} ids`);
  t.match(surveyed(withIds(['kXvQmRtYbNwZpLsJdFhGcA'])).access, { state: 'open' }, 'no digit');
  const ids = Array.from({ length: 10 }, drawn);
  t.match(surveyed(withIds(ids, ids.with(3, drawn()))).access, { state: 'open' }, 'one index was made anew');
  t.match(surveyed(withIds(ids, ids.map(drawn))).access, { state: 'undetermined' }, 'other ids each time');
  for (const id of ['orders', 'AaAaAaAaAaAaAaAaAaAaAa', 'a_name_of_22_characters'])
    t.match(surveyed(withIds([id])).access, { state: 'undetermined', reason: 'not-authenticated-as-genuine' }, id);
  t.end();
});

t.test('one denied kind of listing is not a guard where the cluster responded to another', (t) => {
  const denies = (paths: RegExp, reply: Reply): Responder => inFront(open, (path) => (paths.test(path) ? reply : null));
  const bannerOnly = surveyed(denies(/^\/(?:[_*]|leftopen-)/, nginxPassword));
  t.match(bannerOnly.access, { state: 'guarded', rung: 'banner' }, 'both kinds were denied, and names too');
  const refusesWildcards = inFront(denies(/^\/(?:_|leftopen-)/, xpackRefusal()), (path) =>
    path.startsWith('/*') ? failure(400, 'illegal_argument_exception', 'no wildcards') : null,
  );
  t.match(surveyed(refusesWildcards).access, { state: 'undetermined' }, 'the cluster itself answered the other kind');
  for (const denial of [nginxPassword, nginxDenied])
    t.match(
      surveyed(denies(/^\/[_*]/, denial)).access,
      { state: 'undetermined', reason: 'named-indices-pass' },
      'a request that names an index passes',
    );
  t.match(
    surveyed(
      inFront(denies(/^\/[_*]/, nginxDenied), (path) =>
        path === '/_security/_authenticate' ? failure(500, 'security_exception', 'not enabled') : null,
      ),
    ).access,
    { state: 'undetermined', reason: 'named-indices-pass' },
    'whatever the cluster says on another path',
  );
  for (const denial of [nginxPassword, nginxDenied])
    t.match(
      surveyed(
        inFront(denies(/^\/[_*]/, denial), (path) =>
          path === '/' ? nginxDenied : path.startsWith('/leftopen-') ? page(404) : null,
        ),
      ).access,
      { state: 'undetermined' },
      'the same behind pages in the place of errors',
    );
  const plainOnly = surveyed(
    inFront(open, (path) => (path.startsWith('/_') ? nginxPassword : path.startsWith('/*') ? page(500) : null)),
  );
  t.equal(plainOnly.access.state, 'undetermined', 'the other kind broke down');
  t.end();
});

t.test(
  'the health without its query is let through: by a proxy that denies the rest, or past rules of the product',
  (t) => {
    const health = json(200, { cluster_name: 'shop', status: 'green', number_of_nodes: 1, number_of_data_nodes: 1 });
    const byRule = failure(403, 'forbidden_response', 'Forbidden by ReadonlyREST');
    const only = (denial: Reply): Responder =>
      inFront(open, (path) => (path.startsWith('/_cluster/health') ? health : path === '/' ? null : denial));
    t.match(surveyed(only(nginxDenied)).access, { state: 'guarded', rung: 'banner' });
    const rules = (root: boolean): Responder =>
      inFront(only(byRule), (path) => (path === '/' && !root ? byRule : null));
    t.match(surveyed(rules(false)).access, { state: 'undetermined' });
    t.end();
  },
);

t.test('a bare 403 on one listing is not a guard, though the product denied the others', (t) => {
  const byRule = failure(403, 'forbidden_response', 'Forbidden by ReadonlyREST');
  const rules = (bare: RegExp): Responder =>
    inFront(open, (path) => (bare.test(path) ? json(403, { message: 'Forbidden' }) : path === '/' ? null : byRule));
  t.equal(surveyed(rules(/^\/_cluster\/health/)).access.state, 'undetermined');
  t.equal(surveyed(rules(/^$/)).access.state, 'guarded');
  t.end();
});

t.test('only a User-Agent is denied: found where the engagement allows to ask under another one', (t) => {
  const filter: Responder = (ask, path, number) => {
    if (!(ask.question.headers['user-agent'] ?? '').startsWith('Mozilla')) return nginxDenied;
    return path.includes('leftopen_') ? unknownParameter() : open(ask, path, number);
  };
  const usual = surveyed(filter);
  t.match(usual.access, { state: 'guarded', reason: 'denied-without-login' });
  t.notOk(usual.record.exchanges.some(({ question }) => question.endsWith('-as-browser')));
  const allowed = surveyed(filter, { techniques: { otherUserAgent: true } });
  t.match(allowed, { access: { state: 'open' }, authenticity: { genuine: 'yes', inFront: ['agent-denied'] } });
  const denied = surveyed(wall(nginxDenied), { techniques: { otherUserAgent: true } });
  t.match(denied.access, { state: 'guarded' });
  t.equal(denied.record.exchanges.filter(({ question }) => question.endsWith('-as-browser')).length, 1);
  t.end();
});

t.test('several backends without a hint are looked for where the engagement allows it', (t) => {
  const fifth: Responder = (ask, path, number) => (number === 5 ? open : closed)(ask, path, number);
  t.equal(surveyed(fifth).access.state, 'guarded');
  const thorough = surveyed(fifth, { techniques: { thoroughBackends: true } });
  t.not(thorough.access.state, 'guarded', 'a backend that answers was met');
  const held = surveyed(closed, { techniques: { thoroughBackends: true } });
  t.equal(held.access.state, 'guarded');
  t.ok(held.record.exchanges.length <= 12, `${held.record.exchanges.length} requests`);
  t.end();
});

t.test('a role that may read some indices lists them where all else is denied', (t) => {
  const denied = failure(
    403,
    'security_exception',
    'no permissions for [indices:monitor/settings/get] and User [name=opendistro_security_anonymous, backend_roles=[]]',
  );
  const names: Responder = (ask, path, number) => {
    if (/[?&]leftopen_/.test(path)) return unknownParameter();
    if (path.startsWith('/_resolve/index/*'))
      return json(200, { indices: [{ name: 'orders-2026.10', attributes: ['open'] }], aliases: [], data_streams: [] });
    if (path.endsWith('/_count')) return openOpenSearch('2.19.4')(ask, path, number);
    return denied;
  };
  t.match(surveyed(names).access, { state: 'open', rung: 'documents', caller: { login: 'anonymous' } });
  t.match(surveyed(wall(denied)).access, { state: 'undetermined', reason: 'anonymous-reach-unknown' });
  t.end();
});
