// Proxies that lose, replace, share out or slow down what an open cluster answers: none of that makes it anything but open.

import type { ProxyServer, Truth } from '../types.js';
import {
  challenge,
  basic,
  cacheOf,
  errorPages,
  errorsInEnvelope,
  errorsWrapped,
  proxyOf,
  queryStripped,
  type Declared,
} from './proxy.js';

const seven = ['elasticsearch-7.17.9-open'];
const eight = ['elasticsearch-8.16.3-open'];
const openSearch = ['opensearch-2.19.4-open'];

/** What is found of an open cluster with data and without a backup, of a version that no one fixes any more. */
const unmended = ['anyone-can-delete', 'cluster-open', 'end-of-life', 'known-vulnerability', 'no-way-back'];

const openSeven: Truth = {
  state: 'open',
  product: 'elasticsearch',
  version: '7.17.9',
  distribution: 'oss',
  rung: 'control',
  findings: unmended,
};
/** Where nothing shows whether there is a snapshot. */
const withoutBackups = unmended.filter((one) => one !== 'no-way-back');

const openEight: Truth = { ...openSeven, version: '8.16.3', distribution: 'default' };
/** Where the pages that would show whether the server itself has a login are hidden. */
const readableEight: Truth = {
  ...openEight,
  rung: 'documents',
  findings: ['cluster-open', 'end-of-life', 'known-vulnerability'],
};
const openTwo: Truth = { ...openSeven, version: '2.4.6', distribution: null };
const openSearchTwo: Truth = {
  ...openSeven,
  product: 'opensearch',
  version: '2.19.4',
  distribution: 'opensearch',
  findings: ['anyone-can-delete', 'cluster-open', 'no-way-back'],
};

/** A proxy in front of the open 7.17, unless it says otherwise. */
const proxy = (kind: ProxyServer['kind'], configuration: string, declared: Declared): ProxyServer =>
  proxyOf(kind, configuration, { behind: seven, truth: openSeven, ...declared });

const mixed = ['elasticsearch-7.17.9-open', 'elasticsearch-7.17.9-closed'];

/**
 * Where the closed one asks for a login over plain HTTP too. Of several backends, what one says of its snapshots may not be true of
 * the open one: none is asked for them.
 */
const openAndClosed: Truth = { ...openSeven, findings: [...withoutBackups, 'login-over-plain-http'] };

/** Open clusters behind proxies that get in the way of the audit. */
export const openBehind: readonly ProxyServer[] = [
  // The query is lost.
  proxy('nginx', 'query-stripped', {
    shows: 'an open cluster behind a rewrite that drops the query',
    port: 19500,
    config: queryStripped,
  }),
  proxy('nginx', 'query-stripped-uri', {
    shows: 'an open cluster behind proxy_pass …$uri, which drops the query',
    port: 19501,
    behind: eight,
    truth: openEight,
    config: 'location / { proxy_pass http://HOST1$uri; }',
  }),
  proxy('haproxy', 'query-stripped', {
    shows: 'an open cluster behind a haproxy that sends the path alone',
    port: 19502,
    behind: openSearch,
    truth: openSearchTwo,
    config: 'http-request set-uri %[path]',
  }),
  proxy('nginx', 'query-stripped-old', {
    shows: 'an open cluster of the line 2 behind a rewrite that drops the query',
    port: 19503,
    behind: ['elasticsearch-2.4.6-open'],
    truth: openTwo,
    config: queryStripped,
  }),
  // Answers are cached by their path.
  proxy('nginx', 'cached-by-path', {
    shows: 'an open cluster behind a cache that is keyed on the path',
    port: 19504,
    ...cacheOf('$uri'),
  }),
  proxy('nginx', 'cached-by-path-opensearch', {
    shows: 'an open OpenSearch behind a cache that is keyed on the path',
    port: 19505,
    behind: openSearch,
    truth: openSearchTwo,
    ...cacheOf('$uri'),
  }),
  proxy('apache', 'cache-ignores-query', {
    shows: 'an open cluster behind Apache’s cache with CacheIgnoreQueryString',
    port: 19506,
    config: [
      'CacheRoot FILES/../tmp',
      'CacheEnable disk "/"',
      'CacheIgnoreQueryString On',
      'CacheIgnoreNoLastMod On',
      'CacheStoreNoStore On',
      'CacheIgnoreCacheControl On',
      'CacheDefaultExpire 600',
      'ProxyPass "/" "http://HOST1/"',
    ].join('\n'),
  }),
  // Errors are replaced.
  proxy('nginx', 'error-pages', {
    shows: 'an open cluster behind a proxy that replaces errors by a page under their own status',
    port: 19507,
    config: errorPages(''),
  }),
  proxy('nginx', 'errors-as-200', {
    shows: 'an open cluster behind a proxy that replaces errors by a page with status 200',
    port: 19508,
    config: errorPages('=200'),
  }),
  proxy('nginx', 'errors-as-200-json', {
    shows: 'an open cluster behind a gateway that turns errors into 200 with an envelope of its own',
    port: 19509,
    config: errorsInEnvelope,
  }),
  proxy('haproxy', 'errors-as-200', {
    shows: 'an open cluster behind a haproxy that sets the status of every answer to 200 and keeps its body',
    port: 19510,
    config: 'http-response set-status 200 if { status ge 400 }',
  }),
  proxy('haproxy', 'errors-wrapped', {
    shows: 'an open OpenSearch behind a gateway that wraps errors in an envelope of its own under their status',
    port: 19511,
    behind: openSearch,
    truth: { ...openSearchTwo, rung: 'documents', findings: ['cluster-open'] },
    config: errorsWrapped,
  }),
  proxy('apache', 'error-pages', {
    shows: 'an open cluster behind an Apache that replaces errors (ProxyErrorOverride)',
    port: 19512,
    behind: eight,
    truth: readableEight,
    config: 'ProxyErrorOverride On\nProxyPass "/" "http://HOST1/" nocanon',
  }),
  proxy('nginx', 'query-stripped-error-pages', {
    shows:
      'an open cluster behind a proxy that drops the query and replaces errors: two listings with the same uuids are left',
    port: 19513,
    config: errorPages('').replace('proxy_pass', 'rewrite ^(.*)$ $1? break; proxy_pass'),
  }),
  // Guards with holes.
  proxy('nginx', 'underscore-password', {
    shows: 'a password on every path that begins with an underscore: /*/_alias lists',
    port: 19514,
    truth: { ...openSeven, findings: [...withoutBackups, 'login-over-plain-http'] },
    config: `location ~ ^/_ { ${basic} proxy_pass http://HOST1; } location / { proxy_pass http://HOST1; }`,
  }),
  proxy('nginx', 'underscore-forbidden', {
    shows: '403 on every path that begins with an underscore: /*/_alias lists',
    port: 19515,
    behind: eight,
    truth: readableEight,
    config: 'location ~ ^/_ { return 403; } location / { proxy_pass http://HOST1; }',
  }),
  proxy('nginx', 'underscore-and-root-password', {
    shows: 'a password on / and on every path that begins with an underscore: /*/_alias lists',
    port: 19516,
    behind: openSearch,
    truth: {
      ...openSearchTwo,
      // Which of the two it is does not show.
      product: null,
      version: null,
      distribution: null,
      rung: 'documents',
      findings: ['cluster-open', 'login-over-plain-http'],
    },
    config: `location = / { ${basic} proxy_pass http://HOST1; } location ~ ^/_ { ${basic} proxy_pass http://HOST1; } location / { proxy_pass http://HOST1; }`,
  }),
  proxy('haproxy', 'denied-paths', {
    shows: 'a haproxy that denies the usual paths: aliases and statistics slip past',
    port: 19517,
    truth: { ...openSeven, findings: withoutBackups },
    config: 'http-request deny if { path_beg /_cat /_cluster /_nodes /_search /_snapshot /_mapping }',
  }),
  proxy('haproxy', 'waf-like', {
    shows: 'a haproxy with rules against searches, scripts and settings in the path or the query',
    port: 19518,
    truth: { ...openSeven, findings: withoutBackups },
    config: [
      'http-request deny if { path_reg -i (_search|_msearch|_scripts|_settings|_cat|_plugins) }',
      'http-request deny if { query -m reg -i (script|source|filter_path|pretty) }',
    ].join('\n'),
  }),
  proxy('apache', 'waf-like', {
    shows: 'an Apache that forbids what begins with /_cat, /_cluster, /_nodes or /_search',
    port: 19519,
    behind: openSearch,
    truth: openSearchTwo,
    config:
      '<LocationMatch "^/_(cat|cluster|nodes|search|msearch)">\n  Require all denied\n</LocationMatch>\nProxyPass "/" "http://HOST1/" nocanon',
  }),
  proxy('apache', 'password-on-cluster', {
    shows: 'an Apache that asks for a password under /_cluster and /_nodes only',
    port: 19520,
    truth: { ...openSeven, findings: [...unmended, 'login-over-plain-http'] },
    config:
      '<LocationMatch "^/_(cluster|nodes)">\n  AuthType Basic\n  AuthName "staff"\n  AuthUserFile FILES/passwords\n  Require valid-user\n</LocationMatch>\nProxyPass "/" "http://HOST1/" nocanon',
  }),
  proxy('nginx', 'password-to-write', {
    shows: 'a password on every method but GET and HEAD',
    port: 19521,
    config: `location / { limit_except GET { ${basic} } proxy_pass http://HOST1; }`,
  }),
  proxy('nginx', 'challenge-on-some-paths', {
    shows: 'a page that wants JavaScript run under /_cat, /_cluster and /_nodes; all else passes',
    port: 19524,
    config: `location ~ ^/_(cat|cluster|nodes) { ${challenge} } location / { proxy_pass http://HOST1; }`,
  }),
  proxy('nginx', 'index-paths-only', {
    shows: 'searches, counts, aliases and statistics of indices pass, 403 on all else, the root page too',
    port: 19525,
    // A warning on every answer shows its version and says whether it has security.
    truth: { ...openSeven, distribution: null, findings: withoutBackups },
    config:
      'location ~ "^/[^/_][^/]*/_(search|count|alias|stats|mapping)" { proxy_pass http://HOST1; } location / { return 403; }',
  }),
  // Other clients than ours.
  proxy('apache', 'plain', {
    shows: 'an open cluster behind an Apache that only passes on',
    port: 19522,
    behind: ['elasticsearch-9.4.3-open'],
    truth: {
      ...openSeven,
      version: '9.4.3',
      distribution: 'default',
      findings: ['anyone-can-delete', 'cluster-open', 'known-vulnerability', 'no-way-back'],
    },
    config: 'ProxyPass "/" "http://HOST1/"',
  }),
  proxy('haproxy', 'plain', {
    shows: 'an open cluster of the line 5 behind a haproxy that only passes on',
    port: 19523,
    behind: ['elasticsearch-5.6.16-open'],
    truth: { ...openSeven, version: '5.6.16', distribution: null },
    config: 'http-response set-header Server gateway',
  }),
  // Several backends.
  proxy('nginx', 'balanced', {
    shows: 'one open and one closed node in turn',
    port: 19530,
    behind: mixed,
    liveOnly: true,
    truth: openAndClosed,
    outer: 'upstream shop { server HOST1; server HOST2; }',
    config: 'location / { proxy_pass http://shop; }',
  }),
  proxy('haproxy', 'balanced-by-cookie', {
    shows: 'one open and one closed node in turn, with a balancer’s cookie',
    port: 19532,
    behind: mixed,
    liveOnly: true,
    truth: openAndClosed,
    config: 'http-response set-header Server gateway',
    outer:
      'balance roundrobin\ncookie SRV insert indirect nocache\nserver one HOST1 cookie one\nserver two HOST2 cookie two',
  }),
  proxy('apache', 'balanced', {
    shows: 'one open 7 and one closed OpenSearch in turn',
    port: 19533,
    behind: ['elasticsearch-7.17.9-open', 'opensearch-2.19.4-closed-plain'],
    liveOnly: true,
    truth: openAndClosed,
    outer: '<Proxy "balancer://shop">\n  BalancerMember "http://HOST1"\n  BalancerMember "http://HOST2"\n</Proxy>',
    config: 'ProxyPass "/" "balancer://shop/"',
  }),
  proxy('nginx', 'balanced-by-address', {
    shows: 'one open and one closed node, a caller always at the same one: the open one',
    port: 19534,
    behind: mixed,
    liveOnly: true,
    outer: 'upstream shop { hash $remote_addr$http_x consistent; server HOST1; server HOST2; }',
    config: 'location / { proxy_pass http://shop; }',
  }),
  // Rate limits.
  proxy('nginx', 'rate-limited-503', {
    shows: 'an open cluster behind limit_req with two requests a second, 503 without Retry-After',
    port: 19540,
    liveOnly: true,
    outer: 'limit_req_zone $binary_remote_addr zone=shop:1m rate=2r/s;',
    config: 'location / { limit_req zone=shop burst=5 nodelay; proxy_pass http://HOST1; }',
  }),
  proxy('nginx', 'rate-limited-429', {
    shows: 'an open cluster behind limit_req with five requests a second and 429',
    port: 19541,
    liveOnly: true,
    outer: 'limit_req_zone $binary_remote_addr zone=shop:1m rate=5r/s;',
    config: 'limit_req_status 429; location / { limit_req zone=shop burst=8 nodelay; proxy_pass http://HOST1; }',
  }),
  proxy('haproxy', 'rate-limited', {
    shows: 'an open cluster behind a haproxy that answers 429 above ten requests in two seconds',
    port: 19542,
    liveOnly: true,
    config: [
      'stick-table type ip size 10k expire 2s store http_req_rate(2s)',
      'http-request track-sc0 src',
      'http-request deny deny_status 429 if { sc_http_req_rate(0) gt 10 }',
    ].join('\n'),
  }),
  // Protocols.
  proxy('haproxy', 'http2-only', {
    shows: 'an open cluster behind TLS that speaks HTTP/2 only',
    port: 19550,
    scheme: 'https',
    direct: true,
    liveOnly: true,
    listen: 'alpn h2 proto h2',
    truth: { ...openSeven, connection: ['certificate-untrusted'] },
    config: 'http-response set-header Server gateway',
  }),
  proxy('nginx', 'http2-clear-text', {
    shows: 'a port that speaks HTTP/2 without TLS only',
    port: 19551,
    direct: true,
    liveOnly: true,
    listen: 'http2',
    truth: {
      ...openSeven,
      state: 'undetermined',
      product: null,
      version: null,
      distribution: null,
      rung: 'silent',
      findings: [],
    },
    config: 'location / { proxy_pass http://HOST1; }',
  }),
  proxy('nginx', 'redirect-to-tls', {
    shows: 'plain requests are led to TLS on the same port, under a name of the certificate',
    port: 19552,
    scheme: 'https',
    direct: true,
    truth: { ...openSeven, connection: ['certificate-untrusted'] },
    config: 'error_page 497 =301 https://localhost:$server_port$request_uri; location / { proxy_pass http://HOST1; }',
  }),
];
