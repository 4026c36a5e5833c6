// Redirects of a target lead the survey only to listed paths of the same endpoint.
import t from 'tap';
import { denied } from '../../src/catalogue/index.js';
import { fakeEndpoint, runSurvey, serve } from '../support/survey.js';

const page = { status: 404, headers: { 'content-type': 'text/html' }, body: '<title>404 Not Found</title>' };

function pathsAsked(location: string): string[] {
  const record = runSurvey(serve({ '/': { status: 302, headers: { location } } }, page));
  return record.exchanges.map(({ path }) => path);
}

t.test('no base path on the deny-list is taken from a redirect', (t) => {
  for (const location of ['/logout/', '/kibana/logout/', '/api/security/logout/', '/auth/logout', '/app/logout/x']) {
    const asked = pathsAsked(location);
    t.ok(asked.length > 1);
    t.strictSame(
      asked.filter((path) => denied(path) !== null),
      [],
      location,
    );
    t.strictSame(
      asked.filter((path) => path.includes('logout')),
      [],
      location,
    );
  }
  t.end();
});

t.test('a redirect to another host or port is not followed', (t) => {
  const { host, port } = fakeEndpoint;
  for (const location of [
    'http://other.example/quarry/',
    `http://${host}:${port + 1}/quarry/`,
    `//other.example/quarry/`,
    `http://${host}:${port}@other.example/quarry/`,
    'javascript:alert(1)',
  ])
    t.strictSame(
      pathsAsked(location).filter((path) => path.includes('quarry')),
      [],
      location,
    );
  t.ok(
    pathsAsked(`http://${host}:${port}/quarry/`).some((path) => path.startsWith('/quarry')),
    'one to the same endpoint is',
  );
  t.end();
});

t.test('a redirect that leads out of the declared path is not followed', (t) => {
  const askedFrom = (location: string) =>
    runSurvey(serve({ '/': { status: 302, headers: { location } } }, { status: 302, headers: { location } }), {
      endpoint: { basePath: '/ours' },
    }).exchanges.map(({ path }) => path);
  for (const location of [
    '/quarry/',
    '/quarry/app/login',
    '/ours-not/app/home',
    '/quarry/ours/app/home',
    '/ours/../quarry/',
  ])
    t.strictSame(
      askedFrom(location).filter((path) => !path.startsWith('/ours/')),
      [],
      location,
    );
  t.ok(askedFrom('/ours/deeper/app/login').some((path) => path.startsWith('/ours/deeper/')));
  t.end();
});
