/** When a dashboard is guarded and when its contents count as genuine, whatever something in front does to its answers. */
import t from 'tap';
import { html } from '../support/clusters.js';
import { surveyed, type Reply, type Responder } from '../support/survey.js';

const kibana = { 'kbn-name': 'kb', 'kbn-license-sig': 'a' };
const dashboards = { 'osd-name': 'osd' };

/** An error in a dashboard's own envelope. */
function own(status: number, error: string, headers: Readonly<Record<string, string>> = kibana): Reply {
  return { status, headers, body: { statusCode: status, error, message: error } };
}

const ownNotFound = own(404, 'Not Found');
const ownLogin = own(401, 'Unauthorized');
const nginx401 = html(401, '<h1>401 Authorization Required</h1>', {
  server: 'nginx',
  'www-authenticate': 'Basic realm="x"',
});
const ddosGuard = html(403, '<title>DDoS-Guard</title>Checking your browser before accessing', {
  server: 'ddos-guard',
});
const bareDenials: Readonly<Record<string, Reply>> = {
  'a bare 403 without a body': { status: 403 },
  'a bare 403 as text': { status: 403, headers: { 'content-type': 'text/plain' }, body: 'Forbidden' },
  'a bare 403 as JSON': { status: 403, body: { message: 'Forbidden' } },
};

/** Answers that neither show contents nor deny them. */
const unheard: Readonly<Record<string, Reply>> = {
  'an empty body': { status: 200, headers: kibana },
  'a body that is cut': { status: 200, headers: { ...kibana, 'content-type': 'application/json' }, body: '[{"id":"de' },
  'an envelope of a gateway': { status: 200, headers: kibana, body: { code: 0, data: [{ id: 'default' }] } },
  'a page': html(200, '<title>Maintenance</title>'),
  'its own word that the query is wrong': own(400, 'Bad Request'),
  'its own breakdown': own(500, 'Internal Server Error'),
  'a page of the proxy instead of an error': html(404, '<title>404 Not Found</title>', { server: 'nginx' }),
  'a rate limit': { status: 429 },
  'a breakdown': html(502, '<title>502 Bad Gateway</title>'),
  'a challenge with 403': ddosGuard,
  'a challenge with 405': html(405, '<title>Human Verification</title>', { 'x-amzn-waf-action': 'captcha' }),
  'a challenge with 202': { status: 202, headers: { 'x-amzn-waf-action': 'challenge' } },
  'a reset': 'reset',
  ...bareDenials,
};

/** A dashboard that answers these questions so, and the rest in one way. */
function dashboard(answers: Readonly<Record<string, Reply>>, rest: Reply): Responder {
  return ({ question }) => answers[question.id] ?? rest;
}

const status: Reply = { status: 200, headers: kibana, body: { status: { overall: { level: 'available' } } } };
const spaces = { status: 200, headers: kibana, body: [{ id: 'default', name: 'Default' }] } satisfies Reply;
const savedObjects: Reply = { status: 200, headers: kibana, body: { page: 1, total: 0, saved_objects: [] } };

const providers = (...types: readonly string[]): Reply => ({
  status: 200,
  headers: kibana,
  body: {
    allowLogin: true,
    layout: 'form',
    selector: { enabled: false, providers: types.map((type) => ({ type, name: `${type}1`, usesLoginForm: true })) },
  },
});

t.test('all spaces of a list are counted, and a list that was cut says so', (t) => {
  const listed = (count: number) =>
    surveyed(
      dashboard(
        {
          'dashboard-status': status,
          'kibana-spaces': {
            status: 200,
            headers: kibana,
            body: Array.from({ length: count }, (_, i) => ({ id: `s${i}`, name: `Space ${i}`, disabledFeatures: [] })),
          },
        },
        ownNotFound,
      ),
      { endpoint: { port: 5601 } },
    );
  t.match(listed(5000), { access: { state: 'open' }, dashboard: { spacesTotal: { number: 5000, atLeast: false } } });
  const cut = listed(20_000);
  t.match(cut, { access: { state: 'open' }, dashboard: { spacesTotal: { atLeast: true } } });
  t.ok((cut.dashboard?.spacesTotal?.number ?? 0) > 5000);
  t.end();
});

t.test('a read of contents that was not denied: what is in front does not guard', (t) => {
  const reads = ['kibana-spaces', 'dashboard-saved-objects', 'kibana-data-views'];
  const behind = (reply: Reply): Responder =>
    dashboard(
      { root: nginx401, 'dashboard-status': status, ...Object.fromEntries(reads.map((read) => [read, reply])) },
      ownNotFound,
    );
  for (const [name, reply] of Object.entries(unheard))
    t.equal(surveyed(behind(reply)).access.state, 'undetermined', name);
  t.match(surveyed(behind(nginx401)).access, { state: 'guarded', guardedBy: 'proxy' });
  t.equal(surveyed(behind(ownNotFound)).access.state, 'undetermined', 'the front page alone was denied');
  const asked = surveyed(behind(nginx401)).record.exchanges.map(({ question }) => question);
  const cutAfter = { asks: asked.indexOf('kibana-spaces') + 1, cut: 'left-in-peace' } as const;
  t.equal(surveyed(behind(nginx401), { cutAfter }).access.state, 'undetermined', 'cut off before all was denied');
  t.end();
});

t.test('something in front that denies the API alone does not guard what the dashboard shows on other paths', (t) => {
  const resolved: Reply = {
    status: 200,
    headers: kibana,
    body: { indices: [{ name: 'wards', attributes: ['open'] }], aliases: [], data_streams: [] },
  };
  const nginx403 = html(403, '<h1>403 Forbidden</h1>', { server: 'nginx' });
  for (const root of [kibana, dashboards]) {
    const front: Reply = { status: 302, headers: { ...root, location: '/app/home' } };
    const behind =
      (wall: Reply, listing: Reply): Responder =>
      ({ question }, path) => {
        if (question.id === 'dashboard-resolve-index') return listing;
        if (path === '/') return front;
        return path.startsWith('/api/') ? wall : own(404, 'Not Found', root);
      };
    for (const wall of [nginx401, nginx403]) {
      t.equal(surveyed(behind(wall, resolved)).access.state, 'undetermined', 'the listing passes');
      t.equal(surveyed(behind(wall, own(500, 'Error', root))).access.state, 'undetermined', 'the listing failed');
      t.match(surveyed(behind(wall, wall)).access, { state: 'guarded', guardedBy: 'proxy' });
      t.match(surveyed(behind(wall, own(404, 'Not Found', root))).access, { state: 'guarded', guardedBy: 'proxy' });
    }
  }
  t.end();
});

t.test('a Kibana whose API is denied by its path alone is open where the API of a space passes', (t) => {
  const nginx403 = html(403, '<h1>403 Forbidden</h1>', { server: 'nginx' });
  const rules =
    (inSpace: Reply, headers: Readonly<Record<string, string>> = kibana): Responder =>
    (_, path) => {
      if (path === '/') return { status: 302, headers: { ...headers, location: '/app/home' } };
      if (/^\/(?:api|internal)\//.test(path)) return nginx403;
      return /^\/s\/[a-z]+\/api\/spaces\/space$/.test(path) ? inSpace : own(404, 'Not Found', headers);
    };
  const open = surveyed(rules(spaces));
  t.match(open, { access: { state: 'open', guardedBy: 'proxy' }, dashboard: { basePath: '/s/leftopen' } });
  t.match(surveyed(rules(own(404, 'Not Found'))), { access: { state: 'guarded' }, dashboard: { basePath: '' } });
  // a version that is a lower bound does not show that there are no spaces yet
  const six = { 'kbn-name': 'kb', 'kbn-xpack-sig': 'a' };
  const inSix = rules({ ...spaces, headers: six }, six);
  t.match(surveyed(inSix).access, { state: 'open' });
  t.end();
});

t.test('a dashboard that answered and is denied altogether from some request on has not shown a guard', (t) => {
  const nginx403 = html(403, '<h1>403 Forbidden</h1>', { server: 'nginx' });
  for (const headers of [kibana, dashboards]) {
    const front: Reply = { status: 302, headers: { ...headers, location: '/app/home' } };
    const bans: Responder = ({ question }, _, number) => {
      if (number > 2) return nginx403;
      return question.id === 'root' ? front : { ...status, headers };
    };
    t.match(surveyed(bans, { endpoint: { port: 5601 } }).access, { state: 'undetermined' });
  }
  t.end();
});

t.test('a status of 503 does not close a dashboard: a part of it that is down sets it', (t) => {
  const level = { level: 'critical', summary: '1 service is critical: fleet' };
  const full = { name: 'kb', version: { number: '8.12.2' }, status: { overall: level, core: {}, plugins: {} } };
  for (const body of [full, { status: { overall: { level: 'unavailable' } } }]) {
    const down: Reply = { status: 503, headers: kibana, body };
    const front: Reply = { status: 302, headers: { ...kibana, location: '/spaces/enter' } };
    const open = dashboard({ root: front, 'dashboard-status': down, 'kibana-spaces': spaces }, ownNotFound);
    t.match(surveyed(open).access, { state: 'open' });
    const broken = dashboard({ root: front, 'dashboard-status': down }, own(503, 'Service Unavailable'));
    t.match(surveyed(broken).access, { state: 'undetermined', reason: 'not-ready' });
    const toLogin: Reply = { status: 302, headers: { ...kibana, location: '/login?next=%2F' } };
    const login = dashboard(
      { root: toLogin, 'dashboard-status': down, 'kibana-login-state': providers('basic') },
      ownLogin,
    );
    t.match(surveyed(login).access, { state: 'guarded', guardedBy: 'product' });
  }
  t.end();
});

t.test('a password in front of some reads alone does not guard the data views next to them', (t) => {
  const views: Reply = {
    status: 200,
    headers: kibana,
    body: { data_view: [{ id: 'a', title: 'orders*', name: 'Orders' }] },
  };
  const rules = (next: Reply): Responder =>
    dashboard(
      {
        root: { status: 302, headers: { ...kibana, location: '/app/home' } },
        'dashboard-status': status,
        'kibana-spaces': nginx401,
        'dashboard-saved-objects': nginx401,
        'dashboard-resolve-index': nginx401,
        'kibana-data-views': next,
      },
      ownNotFound,
    );
  t.match(surveyed(rules(views)).access, { state: 'open', guardedBy: 'proxy' });
  t.match(surveyed(rules(nginx401)).access, { state: 'guarded', guardedBy: 'proxy' });
  t.end();
});

t.test('the cluster behind guards only what it denies', (t) => {
  const refused: Reply = {
    status: 401,
    headers: { ...kibana, 'www-authenticate': 'Basic realm="security" charset="UTF-8"' },
    body: { statusCode: 401, error: 'Unauthorized', message: 'missing authentication token for REST request [/x]' },
  };
  const behind = (reply: Reply): Responder =>
    dashboard({ 'dashboard-status': status, 'kibana-login-state': ownNotFound, 'kibana-spaces': reply }, refused);
  t.match(surveyed(behind(refused)).access, { state: 'guarded', guardedBy: 'cluster' });
  for (const [name, reply] of Object.entries(unheard))
    t.equal(surveyed(behind(reply)).access.state, 'undetermined', name);
  t.end();
});

t.test('a login of Kibana is a guard once it is known to offer no guest login', (t) => {
  const behind = (state: Reply): Responder =>
    dashboard({ 'dashboard-status': status, 'kibana-login-state': state }, ownLogin);
  t.match(surveyed(behind(providers('basic'))).access, { state: 'guarded', guardedBy: 'product' });
  t.match(surveyed(behind(providers('saml', 'basic'))).access, { state: 'guarded', guardedBy: 'product' });
  t.match(surveyed(behind(ownLogin)).access, { state: 'guarded', guardedBy: 'product' }, '7.0 to 7.6');
  const alone = dashboard({ 'kibana-login-state': ownLogin, 'cat-indices': ownNotFound }, ownLogin);
  t.equal(surveyed(alone).access.state, 'undetermined', 'an anonymous user alone: a script is denied, a page is not');
  t.match(surveyed(behind(providers('anonymous', 'basic'))).access, { state: 'open', reason: 'guest-login-offered' });
  t.equal(surveyed(behind(providers('anonymouz', 'basic'))).access.state, 'undetermined', 'a provider not known');
  t.equal(surveyed(behind(providers())).access.state, 'undetermined', 'no provider');
  t.equal(surveyed(behind(nginx401)).access.state, 'undetermined', 'denied by something in front');
  for (const [name, reply] of Object.entries(unheard))
    t.equal(surveyed(behind(reply)).access.state, 'undetermined', name);
  t.end();
});

t.test('a login of OpenSearch Dashboards is a guard once its front page led to no guest login', (t) => {
  const login = own(401, 'Unauthorized', dashboards);
  const to: Reply = { status: 302, headers: { ...dashboards, location: '/app/login?nextUrl=%2F' } };
  const behind = (root: Reply): Responder => dashboard({ root }, login);
  t.match(surveyed(behind(to)).access, { state: 'guarded', guardedBy: 'product' });
  for (const name of ['a page', 'a rate limit', 'a breakdown', 'a challenge with 403', ...Object.keys(bareDenials)])
    t.equal(surveyed(behind(unheard[name] ?? 'reset')).access.state, 'undetermined', name);
  const button = dashboard({ root: to, 'dashboards-login-page': { status: 503 } }, login);
  t.equal(surveyed(button).access.state, 'undetermined', 'the login page was not read');
  t.end();
});

t.test('contents are genuine where the dashboard itself knows no path that cannot exist', (t) => {
  const inside = { 'dashboard-status': status, 'kibana-login-state': ownNotFound, 'kibana-spaces': spaces };
  const open = (test: Reply): string =>
    surveyed(dashboard({ ...inside, 'dashboard-unknown-path': test, 'kibana-unknown-space': test }, ownNotFound)).access
      .state;
  t.equal(open(ownNotFound), 'open');
  t.equal(open(own(404, 'Not Found', {})), 'open', 'without its headers');
  for (const [name, reply] of Object.entries({ ...unheard, 'a login': nginx401, 'its login': ownLogin }))
    t.equal(open(reply), 'undetermined', name);
  t.equal(open({ status: 302, headers: { location: '/login' } }), 'undetermined', 'a redirect to a login');
  const beside = dashboard({ ...inside, 'dashboard-unknown-path': nginx401 }, ownNotFound);
  t.equal(surveyed(beside).access.state, 'open', 'a space that cannot exist is unknown');
  const objects = dashboard(
    {
      ...inside,
      'kibana-spaces': ownNotFound,
      'dashboard-saved-objects': savedObjects,
      'dashboard-unknown-path': nginx401,
    },
    ownNotFound,
  );
  t.equal(surveyed(objects).access.state, 'open', 'a route next to the saved objects is unknown');
  t.end();
});

t.test('a list with nothing in it and nothing around it shows no contents', (t) => {
  const empty: Reply = { status: 200, headers: kibana, body: [] };
  const inside = { 'dashboard-status': status, 'kibana-login-state': ownNotFound };
  const lists = dashboard({ ...inside, 'kibana-spaces': empty, 'kibana-index-management': empty }, ownNotFound);
  t.equal(surveyed(lists).access.state, 'undetermined');
  const objects = dashboard({ ...inside, 'dashboard-saved-objects': savedObjects }, ownNotFound);
  t.equal(surveyed(objects).access.state, 'open', 'no saved object yet, in the words of the dashboard');
  const texts: Reply = { status: 200, headers: kibana, body: { page: '1', total: '3', saved_objects: [] } };
  t.equal(surveyed(dashboard({ ...inside, 'dashboard-saved-objects': texts }, ownNotFound)).access.state, 'open');
  t.end();
});

t.test('a denial that names no product guards no dashboard whose relay was not denied (R.6)', (t) => {
  const behind = (relay: Reply): Responder => dashboard({ 'kibana-proxy-cat-indices': relay }, nginx401);
  t.match(surveyed(behind(nginx401)).access, { state: 'guarded', guardedBy: 'proxy' });
  for (const name of ['a breakdown', 'a challenge with 403', 'a reset', 'a body that is cut'])
    t.equal(surveyed(behind(unheard[name] ?? 'reset')).access.state, 'undetermined', name);
  t.end();
});

t.test('a dashboard whose headers are taken away is known by its envelope, and asked for its guest login', (t) => {
  const login = own(401, 'Unauthorized', {});
  const bare = (...types: readonly string[]): Reply => {
    const reply = providers(...types);
    return typeof reply === 'string' ? reply : { ...reply, headers: {} };
  };
  const behind = (state: Reply): Responder => dashboard({ 'kibana-login-state': state }, login);
  t.match(surveyed(behind(bare('anonymous'))).access, { state: 'open', reason: 'guest-login-offered' });
  t.match(surveyed(behind(bare('basic'))).access, { state: 'guarded', guardedBy: 'product' });
  for (const name of ['a page', 'a breakdown', 'a reset'])
    t.equal(surveyed(behind(unheard[name] ?? 'reset')).access.state, 'undetermined', name);
  const nowhere = dashboard({ root: { status: 302 } }, login);
  t.equal(surveyed(nowhere).access.state, 'undetermined', 'a front page that led to an unknown place');
  t.end();
});

t.test('pages in the place of what is not found: a parameter refused by its random name proves the dashboard', (t) => {
  const refuses =
    (words: (name: string) => string, more: object = {}): Responder =>
    (ask, path, number) => {
      const name = /[?&](leftopen_\w+)=/.exec(path)?.[1];
      if (name === undefined) return dashboard(inside, notFound)(ask, path, number);
      const body = { statusCode: 400, error: 'Bad Request', message: words(name), ...more };
      return { status: 400, headers: kibana, body };
    };
  const inside = { root: status, 'dashboard-status': status, 'kibana-spaces': spaces };
  let notFound: Reply = ownNotFound;
  const ours = [
    (name: string) => `[request query.${name}]: definition for this key is missing`,
    (name: string) => `"${name}" is not allowed`,
  ];
  for (const pages of [404, 200].map((code) => html(code, '<title>Acme</title><p>Nothing here</p>'))) {
    notFound = pages;
    for (const words of ours) t.match(surveyed(refuses(words)).access, { state: 'open' }, words('x'));
    for (const words of [(name: string) => `property ${name} should not exist`, () => ours[0]?.('other') ?? ''])
      t.match(surveyed(refuses(words)).access, { state: 'undetermined', reason: 'not-authenticated-as-genuine' });
    t.equal(surveyed(dashboard(inside, notFound)).access.state, 'undetermined', 'nothing rejects the parameter');
  }
  notFound = { status: 200, headers: kibana, body: { ok: true } };
  for (const words of ours) t.not(surveyed(refuses(words)).access.state, 'open', 'contents under any path');
  t.end();
});

t.test('whatever was proved before a dashboard was left in peace, it says that it was', (t) => {
  const open = dashboard(
    { 'dashboard-status': status, 'kibana-spaces': spaces, 'dashboard-saved-objects': savedObjects },
    ownNotFound,
  );
  const whole = surveyed(open);
  t.match(whole.access, { state: 'open', reason: null });
  const states = new Set<string>();
  for (let asks = 1; asks < whole.record.exchanges.length; asks += 1) {
    const { access } = surveyed(open, { cutAfter: { asks, cut: 'left-in-peace' } });
    t.equal(access.reason, 'left-in-peace', `${asks} questions: ${access.state}`);
    states.add(access.state);
  }
  t.strictSame([...states], ['undetermined', 'open']);
  t.end();
});

t.test('the login of a plugin guards, in a folder of its own or on another host', (t) => {
  const required = (headers: Readonly<Record<string, string>>): Reply => ({
    status: 401,
    headers,
    body: { statusCode: 401, error: 'Unauthorized', message: 'Authentication required' },
  });
  const front = (location: string, headers: Readonly<Record<string, string>>): Responder =>
    dashboard({ root: { status: 302, headers: { ...headers, location } } }, required(headers));
  const at = { endpoint: { port: 5601 } };
  const plugin = surveyed(front('/app/searchguard-login?nextUrl=%2F', kibana), at);
  t.match(plugin.access, { state: 'guarded', guardedBy: 'product', loginSchemes: ['login-page'] });
  const folder = surveyed(front('/searchguard/login?nextUrl=%2F', kibana), at);
  t.match(folder, { access: { state: 'guarded', guardedBy: 'product' }, dashboard: { basePath: '' } });
  t.match(surveyed(front('https://portal.example/', dashboards), at).access, {
    state: 'guarded',
    guardedBy: 'product',
  });
  for (const within of ['/app/home', 'http://dash.internal/app/home'])
    t.match(surveyed(front(within, dashboards), at).access, { state: 'undetermined' }, within);
  const guest = surveyed(front('http://dash.internal/auth/anonymous?nextUrl=', dashboards), at);
  t.match(guest.access, { state: 'open', reason: 'guest-login-offered' });
  const page: Responder = (ask, path, number) =>
    ask.question.id === 'dashboards-login-page'
      ? html(200, '<osd-injected-metadata data="{&quot;anonymous_auth_enabled&quot;:true}">', dashboards)
      : front('https://dash.internal/app/login?nextUrl=%2F', dashboards)(ask, path, number);
  t.match(
    surveyed(page, at).access,
    { state: 'open', reason: 'guest-login-offered' },
    'under another name for the host',
  );
  t.end();
});

t.test('the page of Open Distro’s Kibana names it where its headers are taken away', (t) => {
  const login: Reply = { status: 302, headers: { location: '/app/login?nextUrl=%2F' } };
  const at = { endpoint: { port: 5601 } };
  for (const [mark, product, distribution] of [
    ['kbn', 'kibana', 'open-distro'],
    ['osd', 'opensearch-dashboards', null],
  ] as const) {
    const page = html(200, `<${mark}-injected-metadata data="{&quot;version&quot;:&quot;7.10.2&quot;}">`);
    const required: Reply = { status: 401, body: { statusCode: 401, error: 'Unauthorized', message: 'Unauthorized' } };
    const behind = dashboard({ root: login, 'dashboards-login-page': page }, required);
    t.match(surveyed(behind, at).identity, { product, distribution }, mark);
  }
  t.end();
});
