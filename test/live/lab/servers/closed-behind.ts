// Closed servers behind the proxies of open-behind.ts, and proxies that close an open one: none of them may be called open.

import type { ProxyServer, Truth } from '../types.js';
import {
  challenge,
  cacheOf,
  errorPages,
  errorsInEnvelope,
  errorsWrapped,
  proxyOf,
  queryStripped,
  type Declared,
} from './proxy.js';

const openSeven = ['elasticsearch-7.17.9-open'];
const closedSeven = ['elasticsearch-7.17.9-closed'];
const closedEight = ['elasticsearch-8.16.3-closed'];
const closedSearch = ['opensearch-2.19.4-closed-plain'];

/** A login or a denial that is recognised, by something of which no product is shown. */
const wall: Truth = {
  state: 'guarded',
  product: null,
  version: null,
  distribution: null,
  rung: 'guarded',
  findings: [],
};
const wallOverHttp: Truth = { ...wall, findings: ['login-over-plain-http'] };

/** The cluster's own login. */
const elastic: Truth = { ...wallOverHttp, product: 'elasticsearch' };
const openSearch: Truth = { ...wallOverHttp, product: 'opensearch' };

/** Something that fails, or says nothing about itself. */
const unknown: Truth = { ...wall, state: 'undetermined', rung: 'silent' };

/** A banner of the open 7.17, and nothing more. */
const banner: Truth = {
  state: 'guarded',
  product: 'elasticsearch',
  version: '7.17.9',
  distribution: 'oss',
  rung: 'banner',
  findings: ['cluster-banner-exposed', 'end-of-life', 'known-vulnerability'],
};

const proxy = (
  kind: ProxyServer['kind'],
  configuration: string,
  declared: Declared & { readonly truth: Truth },
): ProxyServer => proxyOf(kind, configuration, { behind: openSeven, ...declared });

const apacheBasic = 'AuthType Basic\n  AuthName "staff"\n  AuthUserFile FILES/passwords\n  Require valid-user';

const passOn = 'ProxyPass "/" "http://HOST1/" nocanon';

/** A login page as proxies for single sign-on show it. */
const signIn =
  'location = /oauth2/sign_in { default_type text/html; return 200 "<html><head><title>Sign In</title></head><body><form method=get action=/oauth2/start><button type=submit>Sign in with OpenID Connect</button></form></body></html>"; }';

/** Closed, behind the same proxies. */
export const closedBehind: readonly ProxyServer[] = [
  // The cluster itself is closed; something in front damages what it says.
  proxy('nginx', 'closed', {
    shows: 'a closed cluster behind a proxy that only passes on',
    port: 19600,
    behind: closedSeven,
    truth: elastic,
    config: 'location / { proxy_pass http://HOST1; }',
  }),
  proxy('nginx', 'closed-query-stripped', {
    shows: 'a closed cluster behind a rewrite that drops the query',
    port: 19601,
    behind: closedSeven,
    truth: elastic,
    config: queryStripped,
  }),
  proxy('haproxy', 'closed-query-stripped', {
    shows: 'a closed OpenSearch behind a haproxy that sends the path alone',
    port: 19602,
    behind: closedSearch,
    truth: openSearch,
    config: 'http-request set-uri %[path]',
  }),
  proxy('nginx', 'closed-cached-by-path', {
    shows: 'a closed cluster behind a cache that is keyed on the path',
    port: 19603,
    behind: closedSeven,
    truth: elastic,
    ...cacheOf('$uri'),
  }),
  proxy('apache', 'closed-cache-ignores-query', {
    shows: 'a closed OpenSearch behind a cache of Apache that ignores the query',
    port: 19604,
    behind: closedSearch,
    truth: openSearch,
    config: `CacheRoot FILES/../tmp\nCacheEnable disk "/"\nCacheIgnoreQueryString On\n${passOn}`,
  }),
  proxy('nginx', 'closed-error-pages', {
    shows: 'a closed cluster behind a proxy that replaces errors by a page under their own status',
    port: 19605,
    behind: closedSeven,
    truth: wallOverHttp,
    config: errorPages(''),
  }),
  proxy('nginx', 'closed-error-pages-opensearch', {
    shows: 'a closed OpenSearch behind a proxy that replaces errors by a page under their own status',
    port: 19606,
    behind: closedSearch,
    // The realm of its challenge is left.
    truth: openSearch,
    config: errorPages(''),
  }),
  proxy('nginx', 'closed-errors-as-200', {
    shows: 'a closed cluster behind a proxy that replaces errors by a page with status 200: nothing is said of a login',
    port: 19607,
    behind: closedSeven,
    truth: unknown,
    config: errorPages('=200'),
  }),
  proxy('nginx', 'closed-errors-as-200-json', {
    shows: 'a closed cluster behind a gateway that turns errors into 200 with an envelope of its own',
    port: 19608,
    behind: closedSeven,
    truth: unknown,
    config: errorsInEnvelope,
  }),
  proxy('haproxy', 'closed-errors-as-200', {
    shows: 'a closed cluster behind a haproxy that sets the status of every answer to 200 and keeps its body',
    port: 19609,
    behind: closedSeven,
    truth: elastic,
    config: 'http-response set-status 200 if { status ge 400 }',
  }),
  proxy('haproxy', 'closed-errors-wrapped', {
    shows: 'a closed cluster behind a gateway that wraps errors in an envelope of its own under their status',
    port: 19610,
    behind: closedEight,
    truth: { ...wall },
    config: errorsWrapped,
  }),
  proxy('apache', 'closed-error-pages', {
    shows: 'a closed cluster behind an Apache that replaces errors (ProxyErrorOverride)',
    port: 19611,
    behind: closedEight,
    truth: wallOverHttp,
    config: `ProxyErrorOverride On\n${passOn}`,
  }),
  proxy('nginx', 'closed-underscore-forbidden', {
    shows: 'a closed cluster behind a proxy that answers 403 on every path with an underscore',
    port: 19612,
    behind: closedSeven,
    truth: elastic,
    config: 'location ~ ^/_ { return 403; } location / { proxy_pass http://HOST1; }',
  }),
  proxy('nginx', 'closed-balanced', {
    shows: 'two closed nodes in turn, an Elasticsearch and an OpenSearch',
    port: 19613,
    behind: [...closedSeven, ...closedSearch],
    liveOnly: true,
    truth: { ...wallOverHttp, product: 'elasticsearch' },
    outer: 'upstream shop { server HOST1; server HOST2; }',
    config: 'location / { proxy_pass http://shop; }',
  }),
  proxy('nginx', 'closed-rate-limited-503', {
    shows: 'a closed cluster behind limit_req with one request a second and 503',
    port: 19614,
    behind: closedSeven,
    liveOnly: true,
    truth: elastic,
    outer: 'limit_req_zone $binary_remote_addr zone=shop:1m rate=1r/s;',
    config: 'location / { limit_req zone=shop burst=1 nodelay; proxy_pass http://HOST1; }',
  }),
  proxy('haproxy', 'closed-rate-limited', {
    shows: 'a closed OpenSearch behind a haproxy that answers 429 above three requests in two seconds',
    port: 19615,
    behind: closedSearch,
    liveOnly: true,
    truth: openSearch,
    config: [
      'stick-table type ip size 10k expire 2s store http_req_rate(2s)',
      'http-request track-sc0 src',
      'http-request deny deny_status 429 if { sc_http_req_rate(0) gt 3 }',
    ].join('\n'),
  }),
  proxy('haproxy', 'closed-http2-only', {
    shows: 'a closed cluster behind TLS that speaks HTTP/2 only',
    port: 19616,
    scheme: 'https',
    behind: closedSeven,
    direct: true,
    liveOnly: true,
    listen: 'alpn h2 proto h2',
    truth: { ...wall, product: 'elasticsearch', connection: ['certificate-untrusted'] },
    config: 'http-response set-header Server gateway',
  }),
  // The cluster is open; what is in front lets no one in.
  proxy('apache', 'password-everywhere', {
    shows: 'an Apache that asks for a password on everything',
    port: 19620,
    truth: wallOverHttp,
    config: `<Location "/">\n  ${apacheBasic}\n</Location>\n${passOn}`,
  }),
  proxy('haproxy', 'password-everywhere', {
    shows: 'a haproxy that asks for a password on everything',
    port: 19621,
    truth: wallOverHttp,
    config: 'http-request auth realm staff unless { http_auth(staff) }',
  }),
  proxy('nginx', 'password-to-read', {
    shows: 'a password on GET; HEAD and OPTIONS pass',
    port: 19622,
    truth: wallOverHttp,
    outer: 'map $request_method $realm { GET staff; default off; }',
    config: 'location / { auth_basic $realm; auth_basic_user_file FILES/passwords; proxy_pass http://HOST1; }',
  }),
  proxy('nginx', 'auth-request', {
    shows: 'every request is put to a login service first (auth_request), 401 without a challenge',
    port: 19623,
    truth: wall,
    config: 'location = /auth { internal; return 401; } location / { auth_request /auth; proxy_pass http://HOST1; }',
  }),
  proxy('nginx', 'auth-request-sign-in', {
    shows: 'every request without a session is led to the page of a login service on the same host',
    port: 19624,
    truth: wall,
    config: `location = /auth { internal; return 401; } ${signIn} location / { auth_request /auth; error_page 401 = @signin; proxy_pass http://HOST1; } location @signin { return 302 /oauth2/sign_in?rd=$scheme://$http_host$request_uri; }`,
  }),
  proxy('nginx', 'auth-request-page', {
    shows: 'every request without a session gets a 403 with the page of a login service',
    port: 19625,
    truth: wall,
    config:
      'location / { default_type text/html; return 403 "<!DOCTYPE html><html lang=en charset=utf-8><head><title>Sign In</title></head><body><form method=GET action=/oauth2/start><input type=hidden name=rd value=/><button type=submit>Sign in with OpenID Connect</button></form></body></html>"; }',
  }),
  proxy('nginx', 'address-list', {
    shows: '403 for every address that is not on a list',
    port: 19626,
    truth: wall,
    config: 'location / { allow 192.0.2.0/24; deny all; proxy_pass http://HOST1; }',
  }),
  proxy('apache', 'address-list', {
    shows: 'an Apache that forbids every address that is not on a list',
    port: 19627,
    truth: wall,
    config: `<Location "/">\n  Require ip 192.0.2.0/24\n</Location>\n${passOn}`,
  }),
  proxy('haproxy', 'address-list', {
    shows: 'a haproxy that denies every address that is not on a list',
    port: 19628,
    truth: wall,
    config: 'http-request deny unless { src 192.0.2.0/24 }',
  }),
  proxy('nginx', 'user-agent-list', {
    shows: '403 for every client that does not call itself a browser',
    port: 19629,
    truth: wall,
    config: 'if ($http_user_agent !~ Mozilla) { return 403; } location / { proxy_pass http://HOST1; }',
  }),
  proxy('haproxy', 'client-certificate', {
    shows: 'a haproxy that demands a client certificate',
    port: 19630,
    scheme: 'https',
    direct: true,
    liveOnly: true,
    listen: 'verify required ca-file FILES/certs/ca.pem',
    truth: { ...wall, connection: ['certificate-untrusted'] },
    config: 'http-response set-header Server gateway',
  }),
  proxy('apache', 'client-certificate', {
    shows: 'an Apache that demands a client certificate',
    port: 19631,
    scheme: 'https',
    direct: true,
    liveOnly: true,
    truth: { ...wall, connection: ['certificate-untrusted'] },
    config: `SSLCACertificateFile FILES/certs/ca.pem\nSSLVerifyClient require\n${passOn}`,
  }),
  proxy('nginx', 'banner-and-health', {
    shows: 'the root page and the health of the cluster without its query, 403 on all else',
    port: 19632,
    truth: banner,
    config:
      'location = / { proxy_pass http://HOST1/; } location = /_cluster/health { rewrite ^(.*)$ $1? break; proxy_pass http://HOST1; } location / { return 403; }',
  }),
  proxy('haproxy', 'one-path', {
    shows: 'a haproxy that lets one index be written to and counted by name, and denies all else',
    port: 19633,
    truth: wall,
    config: 'http-request deny unless { path /inbox/_doc }',
  }),
  proxy('nginx', 'underscore-and-wildcard-forbidden', {
    shows: '403 on every path with an underscore or a wildcard in it: the banner and names that one knows are left',
    port: 19634,
    truth: { ...banner, state: 'undetermined' },
    config: 'location ~ [_*] { return 403; } location / { proxy_pass http://HOST1; }',
  }),
  // Nothing shows which it is.
  proxy('nginx', 'maintenance', {
    shows: '503 with a page that says that work is being done, whatever is asked',
    port: 19640,
    truth: unknown,
    config:
      'location / { default_type text/html; add_header Retry-After 3600 always; return 503 "<html><head><title>Maintenance</title></head><body><h1>We will be back soon</h1></body></html>"; }',
  }),
  proxy('haproxy', 'backend-down', {
    shows: 'a haproxy whose only server is down: 503',
    port: 19641,
    truth: unknown,
    config: 'http-response set-header Server gateway',
    outer: 'server one 127.0.0.1:9',
  }),
  proxy('apache', 'backend-down', {
    shows: 'an Apache whose only server is down: 503',
    port: 19642,
    behind: [],
    truth: unknown,
    config: 'ProxyPass "/" "http://127.0.0.1:9/"',
  }),
  proxy('nginx', 'challenge', {
    shows: '403 with a page that wants JavaScript run, as content delivery networks show it',
    port: 19643,
    truth: unknown,
    config: `location / { ${challenge} }`,
  }),
  proxy('nginx', 'not-found', {
    shows: 'a site on which nothing is found',
    port: 19644,
    truth: unknown,
    config: 'location / { return 404; }',
  }),
  proxy('nginx', 'hangs-up', {
    shows: 'a proxy that closes the connection without an answer (444)',
    port: 19645,
    liveOnly: true,
    // It says 400 to a greeting of TLS, and nothing to requests.
    truth: unknown,
    config: 'location / { return 444; }',
  }),
];
