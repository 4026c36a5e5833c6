// What the declarations of proxies share: usual values, and configurations that are in front of open and closed servers alike.

import type { ProxyServer, Truth } from '../types.js';

const packages = { nginx: ['nginx-light'], haproxy: ['haproxy'], apache: ['apache2-bin'] } as const;

/** What a proxy says of itself; the rest is the same for all. */
export type Declared = Omit<
  ProxyServer,
  'kind' | 'name' | 'configuration' | 'coordinates' | 'scheme' | 'behind' | 'truth'
> &
  Partial<Pick<ProxyServer, 'scheme' | 'behind' | 'truth'>>;

/** A proxy over plain HTTP, unless it says otherwise. */
export function proxyOf(
  kind: ProxyServer['kind'],
  configuration: string,
  declared: Declared & { readonly behind: readonly string[]; readonly truth: Truth },
): ProxyServer {
  const name = `${kind}-${configuration}`;
  return { kind, name, configuration, coordinates: packages[kind], scheme: 'http', ...declared };
}

/** nginx: a password. */
export const basic = 'auth_basic "Restricted"; auth_basic_user_file FILES/passwords;';

/** nginx: the query is lost on the way. */
export const queryStripped = 'location / { rewrite ^(.*)$ $1? break; proxy_pass http://HOST1; }';

/** nginx: every answer is kept for ten minutes and given to anyone who asks for the same key. */
export const cacheOf = (key: string): Pick<ProxyServer, 'outer' | 'config'> => ({
  outer: 'proxy_cache_path FILES/../tmp/cache keys_zone=shop:1m;',
  config: `location / { proxy_cache shop; proxy_cache_key ${key}; proxy_cache_valid any 10m; proxy_ignore_headers Cache-Control Expires; proxy_cache_lock on; proxy_pass http://HOST1; }`,
});

/** nginx: 403 with a page that wants JavaScript run, as content delivery networks show it. */
export const challenge =
  'default_type text/html; return 403 "<!DOCTYPE html><html lang=en-US><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript and cookies to continue</noscript><script src=/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1></script></body></html>";';

const replaced = 'error_page 400 401 403 404 405 500 502 503 504';

/** nginx: a page of its own in the place of every error, under the error's own status or under another one (`=200`). */
export const errorPages = (status: '' | '=200'): string =>
  `proxy_intercept_errors on; location = /sorry.html { internal; default_type text/html; return 200 "<html><head><title>Sorry</title></head><body><h1>Something went wrong</h1></body></html>"; } location / { ${replaced} ${status} /sorry.html; proxy_pass http://HOST1; }`;

/** nginx: a gateway's own envelope with status 200 in the place of every error. */
export const errorsInEnvelope = `proxy_intercept_errors on; location = /envelope { internal; default_type application/json; return 200 '{"code":40001,"message":"request failed","data":null}'; } location / { ${replaced} =200 /envelope; proxy_pass http://HOST1; }`;

/** haproxy: a gateway's own envelope around every error, under the error's own status. */
export const errorsWrapped = [400, 401, 403, 404, 405, 500]
  .map(
    (status) =>
      `http-response return status ${status} content-type application/json string '{"error_code":"GW-${status}","error_msg":"upstream error"}' if { status ${status} }`,
  )
  .join('\n');
