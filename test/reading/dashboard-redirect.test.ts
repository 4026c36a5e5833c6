import t from 'tap';
import { readOwnRedirect, readRedirect } from '../../src/reading/dashboard-redirect.js';

const endpoint = { host: 'dash.acme.example', port: 5601 };

t.test('a redirect is read by its address', (t) => {
  const table = [
    ['/app/kibana', 'inside', ''],
    ['/app/home#/', 'inside', ''],
    ['/spaces/enter', 'inside', ''],
    ['/kibana/spaces/space_selector', 'inside', '/kibana'],
    ['/s/ops/app/discover', 'inside', ''],
    ['/login?next=%2F', 'login', ''],
    ['/_dashboards/app/login?nextUrl=%2F', 'login', '/_dashboards'],
    ['/internal/security/capture-url?next=%2F', 'login', ''],
    ['/searchguard/login?nextUrl=%2F', 'login', ''],
    ['/kibana/searchguard/login?nextUrl=%2Fkibana%2F', 'login', '/kibana'],
    ['/app/searchguard-login?nextUrl=%2F', 'login', ''],
    ['/auth/captureurlfragment?loginHandler=', 'login', ''],
    ['/sso/login', 'login', ''],
    ['/auth/oidc/login?nextUrl=', 'oidc', ''],
    ['/app/logins', 'inside', ''],
    ['/auth/anonymous?nextUrl=%2F', 'guest', ''],
    ['/_plugin/kibana/auth/saml/captureUrlFragment', 'saml', '/_plugin/kibana'],
    ['/auth/openid/login', 'oidc', ''],
    ['/oauth2/sign_in', 'proxy-login', ''],
    ['/kibana/', 'same-endpoint', '/kibana'],
    ['kibana/', 'same-endpoint', '/kibana'],
    ['http://dash.acme.example:5601/kibana', 'same-endpoint', '/kibana'],
    ['https://dash.acme.example:5601/', 'same-endpoint', ''],
    ['http://dash.acme.example/kibana', 'elsewhere', ''],
    ['http://127.0.0.1:5601/app/kibana', 'elsewhere', ''],
    ['//other.example/app/kibana', 'elsewhere', ''],
    ['https://idp.example/sso?SAMLRequest=', 'saml', ''],
    ['https://idp.example/authorize?client_id=&response_type=', 'oidc', ''],
    ['https://sso.example/oauth2/start?rd=', 'proxy-login', ''],
    ['javascript:alert(1)', 'elsewhere', ''],
    ['http://[', 'elsewhere', ''],
    ['', 'same-endpoint', ''],
  ] as const;
  for (const [location, kind, basePath] of table) {
    t.strictSame(readRedirect(location, endpoint, 'http'), { kind, basePath }, location);
  }
  for (const [location, kind] of [
    ['https://portal.example/', 'elsewhere'],
    ['/login', 'login'],
    ['http://kibana.internal/app/home', 'inside'],
    ['https://dash.internal/auth/anonymous?nextUrl=', 'guest'],
    ['https://idp.example/authorize?client_id=&response_type=', 'oidc'],
  ] as const)
    t.equal(readOwnRedirect(location, endpoint, 'http').kind, kind, location);
  const six = { host: '2001:db8::7', port: 443 };
  t.equal(readRedirect('https://[2001:db8::7]/app/home', six, 'https').kind, 'inside');
  t.equal(readRedirect('/app/home', six, 'https').kind, 'inside');
  t.end();
});
