// When the version of a dashboard is known exactly: what a page or a header says counts only of something that answers as one.
import t from 'tap';
import { contextAt } from '../accuracy/score.js';
import { judgeRecord } from '../../src/judge/index.js';
import { runSurvey, surveyed, type Reply, type Responder, type SurveyRun } from '../support/survey.js';

const at: SurveyRun = { endpoint: { port: 5601, scheme: 'http' } };
const injected = (version: string): string =>
  `<!DOCTYPE html><html><head><title>Elastic</title></head><body><kbn-injected-metadata data="{&quot;version&quot;:&quot;${version}&quot;,&quot;buildNumber&quot;:1}"></kbn-injected-metadata></body></html>`;
const html = (body: string, more: Record<string, string> = {}): Reply => ({
  status: 200,
  headers: { 'content-type': 'text/html', ...more },
  body,
});
const boom = (status: number, headers: Record<string, string>): Reply => ({
  status,
  headers,
  body: { statusCode: status, error: status === 404 ? 'Not Found' : 'Unauthorized', message: 'x' },
});

t.test('a page with only the headers or the words of Kibana has no exact version, and no finding on it', (t) => {
  const version = { 'kbn-version': '5.6.16', 'kbn-name': 'kibana' };
  for (const [name, responder] of [
    ['a page with kbn-version for every path', () => html('<html><title>Welcome</title></html>', version)],
    ['a copy of the login page for every path', () => html(injected('7.6.2'), { 'kbn-name': 'kibana' })],
    [
      'a page at the root, 404 of a web server elsewhere',
      (_, path) =>
        path === '/'
          ? html('<html><title>Kibana</title></html>', version)
          : { status: 404, headers: { server: 'nginx', 'content-type': 'text/html' }, body: '<html>404</html>' },
    ],
    [
      'the headers on plain text',
      () => ({ status: 200, headers: { ...version, 'content-type': 'text/plain' }, body: 'ok' }),
    ],
  ] as const satisfies readonly (readonly [string, Responder])[]) {
    const seen = surveyed(responder, at);
    t.not(seen.identity.version.certainty, 'exact', `${name}: ${seen.identity.version.source}`);
    t.not(seen.access.state, 'open', name);
    const found = judgeRecord(seen.record, contextAt(seen.record.at)).found.map(({ finding }) => finding.check);
    t.notOk(found.includes('end-of-life') || found.includes('known-vulnerability'), `${name}: ${found.join()}`);
  }
  t.end();
});

t.test('what responds like a dashboard is believed', (t) => {
  const kbn = { 'kbn-name': 'kibana', 'kbn-version': '5.6.16' };
  const old = surveyed((_, path) => (path === '/' ? html('<script>x</script>', kbn) : boom(404, kbn)), at);
  t.match(old.identity.version, { number: '5.6.16', certainty: 'exact' }, 'its own 404');
  const eight = { 'kbn-name': 'kb', 'kbn-license-sig': 'c0ffee' };
  const starting = surveyed(
    (_, path) =>
      path === '/'
        ? html(injected('8.12.2'), eight)
        : { status: 503, headers: eight, body: { status: { overall: { level: 'unavailable' } } } },
    at,
  );
  t.match(starting.identity.version, { number: '8.12.2', certainty: 'exact', source: 'page' }, 'while it starts');
  t.match(starting.access, { state: 'undetermined', reason: 'not-ready' });
  t.end();
});

t.test('a login page is asked for after a redirect to it, and never without one', (t) => {
  const kbn = { 'kbn-name': 'kb', 'kbn-license-sig': 'c0ffee' };
  const asks = (responder: Responder): number =>
    runSurvey(responder, at).exchanges.filter(({ question }) => question === 'kibana-login-page').length;
  const login: Responder = (_, path) =>
    path.startsWith('/elasticsearch/')
      ? { status: 302, headers: { ...kbn, location: `/login?next=${encodeURIComponent(path)}` } }
      : path === '/login'
        ? html(injected('8.12.2'), kbn)
        : boom(401, kbn);
  t.equal(asks(login), 1);
  t.equal(surveyed(login, at).identity.version.number, '8.12.2');
  t.equal(
    asks((ask, path, n) => (path.startsWith('/elasticsearch/') ? boom(401, kbn) : login(ask, path, n))),
    0,
    'no redirect',
  );
  for (const location of [
    'https://sso.acme.example/login?x=1',
    '/oauth2/start?rd=x',
    '/kibana/login?next=x',
    '/login/other',
  ])
    t.equal(
      asks((ask, path, n) =>
        path.startsWith('/elasticsearch/') ? { status: 302, headers: { ...kbn, location } } : login(ask, path, n),
      ),
      0,
      `a redirect to ${location}`,
    );
  t.end();
});
