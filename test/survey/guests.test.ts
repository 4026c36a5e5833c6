// Guest logins of dashboards: found without being used, used only where the engagement says so, and never where there is none.
import t from 'tap';
import type { Ask } from '../../src/model/question.js';
import { surveyed, type Reply, type Responder, type SurveyRun } from '../support/survey.js';

const sealed = 'sid=Fe26.2**invented**; HttpOnly; Path=/';
const osdSealed = 'security_authentication=Fe26.2**invented**; HttpOnly; Path=/';
const gone = 'security_authentication=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Path=/';
const kbn = { 'kbn-name': 'kb', 'kbn-license-sig': 'c0ffee' };
const osd = { 'osd-name': 'dashboards' };

function boom(status: number, message: string, headers: Record<string, string>): Reply {
  return { status, headers, body: { statusCode: status, error: message, message } };
}
const no401 = boom(401, 'Unauthorized', kbn);
const no404 = (more: Record<string, string> = {}): Reply => boom(404, 'Not Found', { ...kbn, ...more });
const to = (location: string, more: Record<string, string> = {}): Reply => ({
  status: 302,
  headers: { ...kbn, location, ...more },
});
const found = (body: object, headers: Record<string, string>): Reply => ({ status: 200, headers, body });

/** What is inside a Kibana, for a guest. */
function inside(path: string): Reply {
  if (path === '/internal/security/me') return found({ username: 'guests', roles: ['viewer'] }, kbn);
  if (path === '/api/status')
    return found(
      {
        name: 'kb',
        version: { number: '8.12.2' },
        status: { overall: { level: 'available' }, plugins: { spaces: {} } },
      },
      kbn,
    );
  if (path === '/api/spaces/space') return found([{ id: 'default', name: 'Default' }], kbn);
  if (path === '/api/index_management/indices') return found([{ name: 'wards', documents: 12, size: '8kb' }], kbn);
  if (path === '/api/index_management/mapping/wards')
    return found({ mappings: { properties: { birth_date: { type: 'date' } } } }, kbn);
  if (path === '/api/security/logout') return to('/security/logged_out', { 'set-cookie': 'sid=; Max-Age=0; Path=/' });
  return no404();
}

/** A Kibana whose page requests begin a session, as recorded on 8.12.2: a script gets 401, and so is the API. */
function alone(loginState: Reply): Responder {
  return (ask, path) => {
    const [plain = ''] = path.split('?', 1);
    if (ask.session === true) return inside(plain);
    if (plain === '/api/status') return found({ status: { overall: { level: 'available' } } }, kbn);
    if (plain === '/internal/security/login_state') return loginState;
    if (plain.startsWith('/api/') || 'kbn-xsrf' in ask.question.headers) return no401;
    return plain === '/' ? to('/spaces/enter', { 'set-cookie': sealed }) : no404({ 'set-cookie': sealed });
  };
}

/** The same where a script gets the same answer as a browser. */
const aloneForAll: Responder = (ask, path, number) =>
  path === '/' && ask.session !== true
    ? to('/spaces/enter', { 'set-cookie': sealed })
    : alone(no404())(ask, path, number);

const providers = (selector: boolean): Reply =>
  found(
    {
      allowLogin: true,
      layout: 'form',
      selector: {
        enabled: selector,
        providers: [
          { type: 'basic', name: 'basic1', usesLoginForm: true, showInSelector: true },
          { type: 'anonymous', name: 'guests', usesLoginForm: false, showInSelector: true },
        ],
      },
    },
    kbn,
  );

/** Basic first, an anonymous user behind it. */
function second(selector: boolean): Responder {
  return (ask, path) => {
    const [plain = ''] = path.split('?', 1);
    if (ask.session === true) return inside(plain);
    if (path === '/?auth_provider_hint=guests' && !selector) return to('/spaces/enter', { 'set-cookie': sealed });
    if (plain === '/internal/security/login_state') return providers(selector);
    if (plain === '/api/status') return found({ status: { overall: { level: 'available' } } }, kbn);
    if (plain.startsWith('/api/') || 'kbn-xsrf' in ask.question.headers) return no401;
    return to(`/login?next=${encodeURIComponent(path)}`);
  };
}

const page = (button: boolean): string =>
  `<!DOCTYPE html><html><head><title>OpenSearch Dashboards</title></head><body>${'<p>x</p>'.repeat(9000)}<osd-injected-metadata data="${JSON.stringify(
    {
      version: '2.15.0',
      uiPlugins: [{ id: 'securityDashboards', config: { auth: { anonymous_auth_enabled: button } } }],
    },
  ).replaceAll('"', '&quot;')}"></osd-injected-metadata></body></html>`;

/** OpenSearch Dashboards from 2.14 on: a button on the login page. `reads`: what the anonymous user may. */
function button(on: boolean, reads: boolean): Responder {
  return (ask, path) => {
    const [plain = ''] = path.split('?', 1);
    const cleared = { ...osd, 'set-cookie': gone };
    if (plain === '/auth/anonymous')
      return on
        ? { status: 302, headers: { ...osd, location: '/', 'set-cookie': osdSealed } }
        : { status: 302, headers: { ...osd, location: '/app/login' } };
    if (plain === '/app/login')
      return { status: 200, headers: { ...cleared, 'content-type': 'text/html' }, body: page(on) };
    if (ask.session !== true)
      return plain === '/'
        ? { status: 302, headers: { ...cleared, location: '/app/login?' } }
        : boom(401, 'Authentication required', cleared);
    if (plain === '/api/v1/auth/authinfo')
      return found({ user_name: 'opendistro_security_anonymous', roles: ['readers'] }, osd);
    if (plain === '/api/saved_objects/_find' && path.includes('index-pattern') && reads)
      return found({ page: 1, per_page: 50, total: 0, saved_objects: [] }, osd);
    if (plain === '/api/saved_objects/_find') return boom(403, 'Forbidden', osd);
    return boom(404, 'Not Found', osd);
  };
}

const at: SurveyRun = { endpoint: { port: 5601, scheme: 'http' } };
const allowed: SurveyRun = { ...at, techniques: { guestSession: true } };
const asks = (responder: Responder, run: SurveyRun): readonly string[] =>
  surveyed(responder, run).record.exchanges.map(({ question }) => question);

t.test('each way of letting guests in is open as guest, and reads nothing where that is not allowed', (t) => {
  for (const [name, responder] of [
    ['an anonymous user alone, login_state behind it', alone(no401)],
    ['an anonymous user alone, without login_state', alone(no404())],
    ['an anonymous user alone, for scripts too', aloneForAll],
    ['next to basic, without a page to choose on', second(false)],
    ['next to basic, with a page to choose on', second(true)],
    ['a button', button(true, true)],
  ] as const) {
    const sessions: Ask[] = [];
    const seen = surveyed((ask, path, number) => {
      if (ask.session === true) sessions.push(ask);
      return responder(ask, path, number);
    }, at);
    t.match(seen.access, { state: 'open', rung: 'banner', reason: 'guest-login-offered', mixed: false }, name);
    t.equal(seen.access.caller.login, 'anonymous', name);
    t.equal(seen.dashboard?.login, 'guest-offered', name);
    t.equal(sessions.length, 0, `${name}: nothing is asked in a session`);
    t.notOk(
      seen.record.exchanges.some(({ question }) => /guest/.test(question)),
      `${name}: and none is begun for it`,
    );
    t.notMatch(JSON.stringify(seen.record), /invented/, `${name}: no session is kept`);
  }
  t.end();
});

t.test('where it is allowed, the session is begun by GET, used, and ended where a GET does that', (t) => {
  for (const [name, responder] of [
    ['alone', alone(no401)],
    ['second', second(false)],
  ] as const) {
    const seen = surveyed(responder, allowed);
    t.match(seen.access, { state: 'open', rung: 'documents', proof: 'inferred', reason: null, mixed: false }, name);
    t.match(seen.access.caller, { login: 'anonymous', user: 'guests', roles: ['viewer'] }, name);
    t.equal(seen.identity.version.number, '8.12.2', name);
    t.equal(seen.dashboard?.cluster?.indices?.documents, 12, name);
    t.match(seen.fields?.classes[0], { class: 'birth-date' }, name);
    t.equal(seen.record.exchanges.at(-1)?.question, 'kibana-guest-logout', `${name}: ended`);
  }
  t.notOk(
    asks(second(true), allowed).some((id) => /guest/.test(id)),
    'a choice on a page begins by POST only',
  );
  const reads = surveyed(button(true, true), allowed);
  t.match(reads.access, { state: 'open', rung: 'documents' });
  t.match(reads.access.caller, { user: 'opendistro_security_anonymous', roles: ['readers'] });
  t.notOk(asks(button(true, true), allowed).includes('kibana-guest-logout'), 'OpenSearch Dashboards logs out by POST');
  const nothing = surveyed(button(true, false), allowed);
  t.match(nothing.access, { state: 'open', rung: 'banner', reason: 'guest-sees-nothing' });
  t.end();
});

t.test('where there is no guest login, none is found', (t) => {
  const closed: readonly (readonly [string, Responder])[] = [
    ['a login page without the button', button(false, false)],
    [
      'a single sign-on without login_state',
      (ask, path) => {
        if (path.startsWith('/api/') || path.startsWith('/internal/') || 'kbn-xsrf' in ask.question.headers)
          return no401;
        return to(`/internal/security/capture-url?next=${encodeURIComponent(path)}`);
      },
    ],
    [
      'a session that only begins a single sign-on',
      (ask, path) => {
        if (path.startsWith('/api/') || path.startsWith('/internal/') || 'kbn-xsrf' in ask.question.headers)
          return no401;
        return to('https://login.acme.example/auth?client_id=kibana&response_type=code', { 'set-cookie': sealed });
      },
    ],
    [
      'basic, behind a balancer with a cookie of its own',
      (ask, path) => {
        if (path === '/internal/security/login_state')
          return found(
            { allowLogin: true, layout: 'form', selector: { enabled: false, providers: [{ type: 'basic' }] } },
            kbn,
          );
        if (path.startsWith('/api/') || 'kbn-xsrf' in ask.question.headers) return no401;
        return to(`/login?next=${encodeURIComponent(path)}`, { 'set-cookie': 'route=a1; Path=/' });
      },
    ],
  ];
  for (const [name, responder] of closed) {
    for (const run of [at, allowed]) {
      const seen = surveyed(responder, run);
      t.equal(seen.access.state, 'guarded', `${name}: ${seen.access.reason ?? ''}`);
      t.equal(seen.dashboard?.login, 'asked', name);
    }
  }
  t.end();
});
