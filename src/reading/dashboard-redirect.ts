// Where a dashboard's redirect leads.
import type { Endpoint, Scheme } from '../model/endpoint.js';

/** Where a dashboard's redirect leads, as far as it means something. */
export type RedirectKind =
  /** Into the dashboard itself: nothing asked for a login. */
  | 'inside'
  | 'login'
  | 'saml'
  | 'oidc'
  /** The guest login of OpenSearch Dashboards. */
  | 'guest'
  /** A login of something in front: oauth2-proxy and its kin. */
  | 'proxy-login'
  /** Another place of the same endpoint. */
  | 'same-endpoint'
  /** Another host or port: never followed. */
  | 'elsewhere';

/** A redirect read: `basePath` is what precedes the part that was recognised, '' for none. */
export interface Redirect {
  readonly kind: RedirectKind;
  readonly basePath: string;
}

const places: readonly (readonly [RegExp, RedirectKind])[] = [
  [/^(.*?)\/auth\/anonymous(?:[/?]|$)/, 'guest'],
  [/^(.*?)\/(?:auth\/(?:openid|oidc)|api\/security\/oidc)(?:[/?]|$)/, 'oidc'],
  [/^(.*?)\/(?:auth\/saml|internal\/security\/saml|api\/security\/saml)(?:[/?]|$)/, 'saml'],
  [
    /^(.*?)\/(?:oauth2\/(?:start|sign_in|auth)|outpost\.goauthentik\.io|_oauth|authelia|\.pomerium)(?:[/?]|$)/,
    'proxy-login',
  ],
  // plugins have their login among the applications or in a folder of their own: neither belongs to the base path
  [
    /^(.*?)\/(?:(?:app|auth|searchguard|sso|accounts?|users?)\/(?:[a-z]+-)?login|login|internal\/security\/capture-url|auth\/captureurlfragment)(?:[/?]|$)/i,
    'login',
  ],
  [/^(.*?)\/(?:(?:s\/[a-z0-9_-]+\/)?app(?:\/[a-z_-]+)?|spaces\/(?:enter|space_selector))(?:[/?#]|$)/, 'inside'],
];

/**
 * Reads a `Location` by its address alone, never by following it.
 * Sources: wire guide D.2; security-dashboards-plugin common/index.ts (`/auth/anonymous`, `/auth/openid/login`,
 * `/auth/saml/login`, `/app/login`); elastic/kibana x-pack/plugins/security (`/internal/security/capture-url`);
 * floragunncom/search-guard-kibana-plugin server/applications/searchguard/auth (`/searchguard/login`, `/auth/captureurlfragment`),
 * before 7.11 `/app/searchguard-login`; novomatic-tech/keycloak-kibana index.js (`/sso/login`).
 *
 * @param location as kept: its query values may be gone, their names stay
 */
export function readRedirect(location: string, endpoint: Pick<Endpoint, 'host' | 'port'>, scheme: Scheme): Redirect {
  const url = resolved(location, endpoint, scheme);
  if (url === null || !/^https?:$/.test(url.protocol)) return { kind: 'elsewhere', basePath: '' };
  if (!sameEndpoint(url, endpoint)) return { kind: elsewhere(url), basePath: '' };
  const path = `${url.pathname}${url.search}`;
  for (const [pattern, kind] of places) {
    const match = pattern.exec(path);
    if (match) return { kind, basePath: match[1] ?? '' };
  }
  return { kind: 'same-endpoint', basePath: url.pathname.replace(/\/+$/, '') };
}

/**
 * Reads a `Location` that the dashboard sent itself: it, or something in front, may write another name for the host, by which
 * it still means its own login, its guest login or a place inside.
 */
export function readOwnRedirect(location: string, endpoint: Pick<Endpoint, 'host' | 'port'>, scheme: Scheme): Redirect {
  const direct = readRedirect(location, endpoint, scheme);
  if (direct.kind !== 'elsewhere' || !URL.canParse(location)) return direct;
  const { pathname, search } = new URL(location);
  const named = readRedirect(`${pathname}${search}`, endpoint, scheme);
  return named.kind === 'same-endpoint' ? direct : named;
}

/** Whether a `Location` leads to the endpoint that sent it, over either scheme. */
export function isSameEndpoint(location: string, endpoint: Pick<Endpoint, 'host' | 'port'>, scheme: Scheme): boolean {
  const url = resolved(location, endpoint, scheme);
  return url !== null && sameEndpoint(url, endpoint);
}

function resolved(location: string, { host, port }: Pick<Endpoint, 'host' | 'port'>, scheme: Scheme): URL | null {
  const base = `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}/`;
  return URL.canParse(location, base) ? new URL(location, base) : null;
}

function sameEndpoint(url: URL, endpoint: Pick<Endpoint, 'host' | 'port'>): boolean {
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return url.hostname.replace(/^\[|\]$/g, '') === endpoint.host && port === endpoint.port;
}

function elsewhere(url: URL): RedirectKind {
  if (url.searchParams.has('SAMLRequest')) return 'saml';
  if (/oauth2|\/_oauth|authelia|authentik|pomerium/i.test(`${url.hostname}${url.pathname}`)) return 'proxy-login';
  if (url.searchParams.has('client_id') || url.searchParams.has('response_type')) return 'oidc';
  return 'elsewhere';
}
