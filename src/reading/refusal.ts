// Who refused a request, and how.
import {
  cdnWords,
  challengeWords,
  proxySignIn,
  proxyWords,
  trafficFilter,
  wantsCertificate,
} from '../knowledge/page-marks.js';
import type { Product } from '../model/endpoint.js';
import type { Answer } from '../model/exchange.js';
import type { Access, LoginScheme } from '../model/observation.js';
import { header, headerLines, said } from '../catalogue/exchanges.js';
import type { Answered } from '../catalogue/exchanges.js';
import { memoised } from '../catalogue/memoise.js';
import { deniesEveryone } from '../catalogue/denials.js';
import { isRateLimit } from '../catalogue/rate-limit.js';

/** How an answer denied access, as far as its own words and headers tell. */
export interface Refusal {
  /** Which refusal it is: the row of the table below. */
  readonly kind: string;
  /** What refused: the product's own security, something in front of it, a policy on addresses, or unknown. */
  readonly by: NonNullable<Access['guardedBy']>;
  readonly product: Product | null;
  readonly distribution: string | null;
  readonly schemes: readonly LoginScheme[];
  readonly realm: string | null;
  /** `required`: it wants a login and knows no anonymous user; `anonymous`: it knows one and denied it this request. */
  readonly login: 'required' | 'anonymous' | 'unknown';
  /** The user that the server says we are, where it names one. */
  readonly user: string | null;
  readonly roles: readonly string[];
  readonly backendRoles: readonly string[];
  /** The path that the server says was asked, where it names one (wire guide R.6.4). */
  readonly namedPath: string | null;
}

/** What the rows of the table look at. */
interface Seen {
  readonly answer: Answer;
  readonly status: number;
  readonly challenges: string;
  readonly realm: string | null;
  readonly words: string;
  readonly type: string;
  readonly server: string;
}

type Row = Pick<Refusal, 'kind' | 'by' | 'product' | 'distribution' | 'login'> & {
  readonly when: (seen: Seen) => boolean;
  /** Schemes where no challenge names any. */
  readonly schemes?: readonly LoginScheme[];
};

const ours = (kind: string, product: Product | null, distribution: string | null): Omit<Row, 'when'> => ({
  kind,
  by: 'product',
  product,
  distribution,
  login: 'required',
});

/** The verbs between the names have changed with versions and will again: what is named, and in which order, decides. */
const deniedToUser =
  /action \[[^\]]*\] [^[\]]{1,60} for (?:user|service account) \[([^\]]*)\](?:.*? with (?:effective|assigned) roles \[([^\]]*)\])?/;
/** A key that something in front adds: the caller has none. */
const deniedToKey = /action \[[^\]]*\] [^[\]]{1,60} for API key id \[[^\]]*\] of user \[([^\]]*)\]/;
const noPermissions = /\bpermissions? for .*?User \[name=([^,\]]*)(?:, (?:backend_)?roles=\[([^\]]*)\])?/;
const namedRequest = /\bREST request \[([^\]]*)\]/;
const anonymousName = /anonymous/i;

/**
 * Refusals by what they say, the surest first (wire guide B.1, B.2, R.1, R.2, S). A row names a product only where its words
 * or its realm are the product's own.
 */
const rows: readonly Row[] = [
  {
    ...ours('x-pack-requires', 'elasticsearch', null),
    login: 'anonymous',
    // it knows the action that was wanted, so a user was let in: the anonymous user
    when: ({ words, status }) => status === 401 && /^action \[[^\]]*\] /.test(words),
  },
  {
    ...ours('x-pack-denied', 'elasticsearch', null),
    login: 'anonymous',
    when: ({ words }) => deniedToUser.test(words),
  },
  {
    ...ours('x-pack-key-denied', 'elasticsearch', null),
    login: 'unknown',
    when: ({ words }) => deniedToKey.test(words),
  },
  {
    ...ours('shield', 'elasticsearch', 'shield'),
    when: ({ realm, status }) => status === 401 && realm === 'shield',
  },
  {
    ...ours('x-pack', 'elasticsearch', null),
    when: ({ words, status, type, realm }) =>
      status === 401 &&
      (/^(?:missing authentication (?:token|credentials)|unable to authenticate) /.test(words) ||
        (type === 'security_exception' && realm === 'security')),
  },
  {
    // its anonymous user differs from OpenSearch's by its name (search-guard AnonymousAuthenticationFrontend)
    ...ours('search-guard-anonymous-denied', 'elasticsearch', 'search-guard'),
    login: 'anonymous',
    when: ({ words }) => /^sg_anonymous$/.test(noPermissions.exec(words)?.[1] ?? ''),
  },
  {
    ...ours('security-anonymous-denied', 'opensearch', null),
    login: 'anonymous',
    when: ({ words }) => noPermissions.test(words) && anonymousName.test(noPermissions.exec(words)?.[1] ?? ''),
  },
  { ...ours('security-denied', 'opensearch', null), login: 'unknown', when: ({ words }) => noPermissions.test(words) },
  {
    ...ours('opensearch-security', 'opensearch', null),
    when: ({ realm, status }) => status === 401 && realm === 'OpenSearch Security',
  },
  {
    ...ours('open-distro-security', 'elasticsearch', 'open-distro'),
    when: ({ realm, status }) => status === 401 && realm === 'Open Distro Security',
  },
  {
    ...ours('search-guard', 'elasticsearch', 'search-guard'),
    when: ({ realm, status, type, words }) =>
      status === 401 && (realm === 'Search Guard' || (type === 'authentication_exception' && words === 'Unauthorized')),
  },
  {
    ...ours('opensearch-security-blocked', 'opensearch', null),
    schemes: ['unknown'],
    when: ({ words, status }) => status === 401 && /Authentication finally failed/.test(words),
  },
  // Security without its configuration denies every caller, until it is given one.
  {
    ...ours('opensearch-security-not-initialised', 'opensearch', null),
    when: ({ words, status }) =>
      status === 503 && /^OpenSearch Security\b.{0,30}\bnot\b.{0,20}\binitiali[sz]ed/.test(words),
  },
  {
    ...ours('open-distro-security-not-initialised', 'elasticsearch', 'open-distro'),
    when: ({ words, status }) =>
      status === 503 && /^Open Distro Security\b.{0,30}\bnot\b.{0,20}\binitiali[sz]ed/.test(words),
  },
  {
    ...ours('search-guard-not-initialised', 'elasticsearch', 'search-guard'),
    when: ({ words, status }) => status === 503 && /^Search Guard\b.{0,30}\bnot\b.{0,20}\binitiali[sz]ed/.test(words),
  },
  {
    ...ours('readonlyrest', 'elasticsearch', 'readonlyrest'),
    login: 'unknown',
    schemes: ['unknown'],
    when: ({ type, words }) => type === 'forbidden_response' || /Forbidden by ReadonlyREST/.test(words),
  },
  {
    kind: 'aws-serverless',
    by: 'network-policy',
    product: 'opensearch',
    distribution: 'aws-serverless',
    login: 'unknown',
    schemes: ['iam'],
    when: ({ answer, status }) => status === 403 && header(answer, 'x-aoss-response-hint') !== null,
  },
  {
    // 401, though no login would help: its network policy does not admit the caller's address (AWS documentation)
    kind: 'aws-serverless-network',
    by: 'network-policy',
    product: 'opensearch',
    distribution: 'aws-serverless',
    login: 'unknown',
    schemes: ['ip-filter'],
    when: ({ answer, status }) => status === 401 && /network-policy/.test(header(answer, 'x-aoss-response-hint') ?? ''),
  },
  {
    kind: 'aws-iam',
    by: 'network-policy',
    product: 'opensearch',
    distribution: 'aws',
    login: 'unknown',
    schemes: ['iam'],
    when: ({ words, status }) => status === 403 && /^User: .* is not authorized to perform: (?:es|aoss):/.test(words),
  },
  {
    kind: 'elastic-cloud-filter',
    by: 'network-policy',
    product: null,
    distribution: 'elastic-cloud',
    login: 'unknown',
    schemes: ['ip-filter'],
    when: ({ words, status, answer }) =>
      status === 403 && (trafficFilter.test(words) || (words === 'Forbidden' && hasKeys(answer, 'message', 'ok'))),
  },
  {
    kind: 'client-certificate',
    by: 'client-certificate',
    product: null,
    distribution: null,
    login: 'required',
    schemes: ['client-certificate'],
    when: ({ status, words, answer }) => status === 400 && wantsCertificate.test(`${words} ${title(answer)}`),
  },
  {
    kind: 'proxy-login',
    by: 'proxy',
    product: null,
    distribution: null,
    login: 'required',
    when: ({ status, challenges }) => status === 401 && challenges !== '',
  },
  {
    kind: 'login-without-challenge',
    by: 'unknown',
    product: null,
    distribution: null,
    login: 'required',
    schemes: ['unknown'],
    when: ({ status }) => status === 401,
  },
  {
    // it takes its own cookie away with the page that asks for a login
    kind: 'proxy-sign-in',
    by: 'proxy',
    product: null,
    distribution: null,
    login: 'required',
    schemes: ['proxy-login'],
    when: ({ status, words, answer }) =>
      status === 403 &&
      (proxySignIn.test(words) ||
        headerLines(answer, 'set-cookie').some((cookie) => cookie.startsWith('_oauth2_proxy'))),
  },
  {
    kind: 'proxy-denied',
    by: 'proxy',
    product: null,
    distribution: null,
    login: 'unknown',
    when: (seen) => seen.status === 403 && !isCdnPage(seen) && isProxyPage(seen),
  },
  {
    kind: 'unknown-403',
    by: 'unknown',
    product: null,
    distribution: null,
    login: 'unknown',
    when: (seen) => seen.status === 403 && !isCdnPage(seen),
  },
];

function title(answer: Answer): string {
  return answer.body.kind === 'text' ? (answer.body.title ?? '') : '';
}

function hasKeys({ body }: Answer, ...keys: readonly string[]): boolean {
  return body.kind === 'error' && keys.every((key) => body.keys.includes(key));
}

/**
 * A page of a content delivery network or of a bot filter, or a challenge (captcha, script) that any browser passes: it says
 * nothing about what is behind, and is not a guard.
 */
export function isChallenge({ answer }: Pick<Answered, 'answer'>): boolean {
  return challengeIn(answer);
}

const challengeIn = memoised((answer: Answer): boolean => {
  if (answer.body.kind === 'json') return false;
  const named = header(answer, 'cf-mitigated') !== null || header(answer, 'x-amzn-waf-action') !== null;
  if (named || challengeWords.test(`${title(answer)} ${said(answer)}`)) return true;
  return [403, 503].includes(answer.status) && isCdnPage(see(answer));
});

/** A page of a content delivery network: it says nothing about what is behind. */
function isCdnPage({ answer, server }: Pick<Seen, 'answer' | 'server'>): boolean {
  return (
    header(answer, 'cf-ray') !== null ||
    header(answer, 'x-amz-cf-id') !== null ||
    /cloudflare|cloudfront|akamai|imperva|incapsula|sucuri|fastly|azure ?front/i.test(`${server} ${title(answer)}`) ||
    cdnWords.test(said(answer))
  );
}

/** The standard refusal of a web server or proxy that names itself. */
function isProxyPage({ answer, server }: Seen): boolean {
  return (
    /nginx|openresty|apache|haproxy|traefik|caddy|envoy|lighttpd|varnish|awselb|tengine|istio|kong|apisix|microsoft-iis/i.test(
      server,
    ) || proxyWords.test(said(answer))
  );
}

/**
 * Whether a refusal shows that something in front of the product wrote it: a server that names itself, or a page for people
 * where every product that is asked here answers a program.
 */
export function showsProxy({ answer }: Answered): boolean {
  return isProxyPage(see(answer)) || (answer.body.kind === 'text' && answer.body.html);
}

/** Login schemes by the first word of a challenge (RFC 7235). */
const challengeSchemes: readonly (readonly [RegExp, LoginScheme])[] = [
  [/(?:^|, ?)Basic\b/i, 'basic'],
  [/(?:^|, ?)ApiKey\b/i, 'api-key'],
  [/(?:^|, ?)Bearer\b/i, 'bearer'],
  [/(?:^|, ?)X-Security-IdP\b/i, 'saml'],
  [/(?:^|, ?)(?:Negotiate|NTLM|Digest)\b/i, 'proxy-login'],
];

/** The status of an answer; the one in a cluster's own envelope where something in front turned it into success. */
function statusOf({ status, body }: Answer): number {
  const said = body.kind === 'error' && body.type !== null ? Number(body.status) : 0;
  return status === 200 && (said === 401 || said === 403) ? said : status;
}

function see(answer: Answer): Seen {
  const challenges = headerLines(answer, 'www-authenticate').join(', ');
  return {
    answer,
    status: statusOf(answer),
    challenges,
    realm: /\brealm\s*=\s*"([^"]*)"/i.exec(challenges)?.[1] ?? null,
    words: said(answer),
    type: answer.body.kind === 'error' ? (answer.body.type ?? '') : '',
    server: `${header(answer, 'server') ?? ''} ${header(answer, 'via') ?? ''}`.trim(),
  };
}

function commaList(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/**
 * How an answer denied access: 401, 403, a redirect to a login page or a single sign-on, a demand for a client certificate, or
 * security that was never given its configuration.
 * Null when it did not, and for pages of content delivery networks, which refuse for reasons of their own.
 */
export function readRefusal({ answer, exchange }: Answered): Refusal | null {
  return answer.status >= 300 && answer.status < 400 ? readLoginRedirect(answer, exchange.path) : refusalIn(answer);
}

const refusalIn = memoised((answer: Answer): Refusal | null => {
  const seen = see(answer);
  if (isRateLimit(answer) || deniesEveryone(answer)) return null;
  if (answer.body.kind === 'text' && isChallenge({ answer })) return null;
  const row = rows.find(({ when }) => when(seen));
  if (row === undefined) return null;
  const challenged = challengeSchemes.filter(([pattern]) => pattern.test(seen.challenges)).map(([, scheme]) => scheme);
  const denied = deniedToUser.exec(seen.words) ?? deniedToKey.exec(seen.words);
  const unpermitted = noPermissions.exec(seen.words);
  const opensearchVersion = header(answer, 'x-opensearch-version') !== null;
  return {
    kind: row.kind,
    by: row.by,
    product: opensearchVersion ? 'opensearch' : row.product,
    distribution: cloudOr(answer, row.distribution),
    schemes: challenged.length > 0 ? challenged : (row.schemes ?? []),
    realm: seen.realm,
    login: row.login,
    user: denied?.[1] ?? unpermitted?.[1] ?? null,
    roles: commaList(denied?.[2]),
    backendRoles: commaList(unpermitted?.[2]),
    namedPath: namedRequest.exec(seen.words)?.[1] ?? null,
  };
});

/** Elastic Cloud passes its clusters' refusals on and adds headers of its own (wire guide B.1). */
function cloudOr(answer: Answer, distribution: string | null): string | null {
  return header(answer, 'x-found-handling-cluster') !== null ? 'elastic-cloud' : distribution;
}

/** Login pages and single sign-on by the words of their address. */
const redirectSchemes: readonly (readonly [RegExp, LoginScheme])[] = [
  [/SAMLRequest=|\/saml2?\b|\/adfs\/ls/i, 'saml'],
  [/response_type=|\/oauth2?\b|\/openid|\/oidc|\/authorize\b|\/protocol\/openid-connect/i, 'oidc'],
  [/\/cas\/login|\/cdn-cgi\/access|\/sso\b|\/outpost\.goauthentik|\/authelia/i, 'proxy-login'],
  [/\/(?:log[-_]?in|sign[-_]?in|signon|logon|account\/login|auth(?!\/anonymous\b))(?:[/?.#]|$)/i, 'login-page'],
];

/** Hosts that are named for a login. */
const loginHost = /^(?:auth|authn|authenticate|idp|log-?in|logon|sign-?in|signon|sso)\b/i;

/**
 * The login that an address leads to, by its path and query. A host's name alone says nothing, for the endpoint itself may be
 * named so and send callers to TLS; with something to come back by it does (Authelia: `https://auth.example/?rd=`).
 */
function loginScheme(location: string, asked: string): LoginScheme | undefined {
  const url = URL.canParse(location) ? new URL(location) : null;
  const place = url === null ? location : `${url.pathname}${url.search}`;
  if (url !== null && url.pathname === asked.split('?', 1)[0] && namesOf(url.search) === namesOf(asked))
    return undefined;
  const found = redirectSchemes.find(([pattern]) => pattern.test(place))?.[1];
  if (found !== undefined || url === null) return found;
  return loginHost.test(url.hostname) && url.search !== '' ? 'proxy-login' : undefined;
}

/** The names of the parameters in an address. Their values may be gone: a redirect is kept without them. */
function namesOf(address: string): string {
  const [, query = ''] = address.split('?', 2);
  return [...new URLSearchParams(query).keys()].join('&');
}

function readLoginRedirect(answer: Answer, path: string): Refusal | null {
  const location = header(answer, 'location') ?? '';
  const scheme = loginScheme(location, path);
  // A page below its own folder, such as `/kibana` to `/kibana/`, is not a login.
  if (scheme === undefined || location === `${path}/`) return null;
  return {
    kind: 'login-redirect',
    by: 'proxy',
    product: null,
    distribution: null,
    schemes: [scheme],
    realm: null,
    login: 'required',
    user: null,
    roles: [],
    backendRoles: [],
    namedPath: null,
  };
}
