// Which login a dashboard asks for.
import type { EndpointRecord } from '../model/exchange.js';
import type { EvidenceRefs, LoginAsker, LoginScheme } from '../model/observation.js';
import { keptLoginState, keptStateManagement } from '../catalogue/dashboard.js';
import { anonymousButton } from '../knowledge/page-marks.js';
import { clusterQuestions } from './cluster-answers.js';
import { fromDashboard, optional } from './dashboard-identity.js';
import { readOwnRedirect, readRedirect, type RedirectKind } from './dashboard-redirect.js';
import { answersTo, answerTo, header, headerLines, kept, refs, said, type Answered } from '../catalogue/exchanges.js';
import { isRateLimit } from '../catalogue/rate-limit.js';
import { isChallenge, readRefusal } from './refusal.js';
import { reading } from '../catalogue/readings.js';

/** What denied access, answer by answer. */
export interface DashboardLogin {
  /** The dashboard's own login turned us away. */
  readonly byProduct: EvidenceRefs;
  /** Something in front of it did. */
  readonly byProxy: EvidenceRefs;
  /** Those among them that name neither a login nor what denies: a 403 on some paths only, which is not a guard. */
  readonly bare: EvidenceRefs;
  /** This caller or address was refused without a login being seen (IAM, traffic filter; wire guide S). */
  readonly byPolicy: EvidenceRefs;
  /** The dashboard let us in, the cluster behind it did not. */
  readonly byCluster: EvidenceRefs;
  /** A guest login is offered. */
  readonly guest: EvidenceRefs;
  /**
   * `login_state` is not served although the dashboard answers (no security, or older than 7.0), or says that no login is
   * allowed.
   */
  readonly securityAbsent: EvidenceRefs;
  /** Its own login is on, by what it offers: a caller who is inside anyway was logged in by something. */
  readonly on: EvidenceRefs;
  /** The answers that showed a login, or passed a refusal of the cluster's on: of which kind, where it shows that itself. */
  readonly shown: readonly LoginShown[];
  /** The root page let us in, or security is absent, and the dashboard's own login turned us away anyway. */
  readonly contradicted: EvidenceRefs;
  readonly schemes: readonly LoginScheme[];
  readonly realm: string | null;
}

/** An answer in which a login showed itself, and whose it is. */
export interface LoginShown {
  readonly at: number;
  readonly by: LoginAsker;
  readonly scheme: LoginScheme | null;
}

type Refuser = 'product' | 'proxy' | 'policy' | 'cluster' | 'guest';

const schemeOfRedirect: Partial<Record<RedirectKind, LoginScheme>> = {
  login: 'login-page',
  saml: 'saml',
  oidc: 'oidc',
  'proxy-login': 'proxy-login',
};

/** The kinds of login that Kibana offers, but for its guest login (`anonymous`, from 7.11 on). */
export const schemeOfProvider: Readonly<Record<string, LoginScheme>> = {
  basic: 'login-page',
  token: 'login-page',
  saml: 'saml',
  'cloud-saml-kibana': 'saml',
  oidc: 'oidc',
  pki: 'client-certificate',
  kerberos: 'unknown',
};

/** A refusal of Elasticsearch that a Kibana passed on, but for the question by which Kibana's own login asks who one is. */
const passedOn =
  /missing authentication (?:token|credentials) for REST request \[(?!\/_(?:xpack\/)?security\/_authenticate)|^Response Error$|Authentication Exception/;

/**
 * Realms in which a cluster asks for a login: a dashboard without one of its own passes the challenge on (recorded: k710,
 * osd219).
 */
const clusterRealm =
  /realm="(?:security|OpenSearch Security|Open ?Distro Security|Search ?Guard|Authorization Required)"/i;

/** What the login of Kibana and of OpenSearch Dashboards says itself; other words may be a cluster's, passed on. */
const ownWords: ReadonlySet<string> = new Set(['Unauthorized', 'Authentication required', '']);

/** What denied access in this answer, or null where nothing did. Sources: wire guide D.2, D.3, R.3, S. */
export function refuser(
  answered: Answered,
  record: EndpointRecord,
): { by: Refuser; scheme: LoginScheme | null } | null {
  const { answer, exchange } = answered;
  const own = fromDashboard(answered);
  if (exchange.question === 'dashboards-index-management') {
    const refused = kept(answered, optional(keptStateManagement));
    if (refused !== null && 'refused' in refused) return { by: 'cluster', scheme: null };
  }
  if (!own && answer.body.kind !== 'error' && isChallenge(answered)) return null;
  if (answer.status >= 300 && answer.status < 400) {
    const location = header(answer, 'location');
    if (location === null) return null;
    const { kind } = (own ? readOwnRedirect : readRedirect)(location, record.endpoint, exchange.scheme);
    if (kind === 'guest') return { by: 'guest', scheme: null };
    const scheme = schemeOfRedirect[kind];
    if (scheme === undefined) return null;
    // a redirect without the headers that the dashboard sends on other paths is not its own
    const byItself = own || (kind === 'login' && !answersTo(record).some(fromDashboard));
    return { by: byItself ? 'product' : 'proxy', scheme };
  }
  if ((answer.status !== 401 && answer.status !== 403) || isRateLimit(answer)) return null;
  const text = said(answer);
  const challenge = headerLines(answer, 'www-authenticate').join(', ');
  const scheme = schemeOfChallenge(challenge);
  const relayed = exchange.question.startsWith('kibana-proxy-');
  if (own && (relayed || passedOn.test(text) || clusterRealm.test(challenge))) return { by: 'cluster', scheme };
  if (/User: (?:anonymous|\S+) is not authorized to perform/.test(text)) return { by: 'policy', scheme: 'iam' };
  if (/traffic filter/i.test(text)) return { by: 'policy', scheme: 'ip-filter' };
  const boom = answer.body.kind === 'error' && answer.body.keys.includes('statusCode');
  if (own || boom) return { by: 'product', scheme: scheme ?? schemeOfRefresh(answered, record) };
  return { by: 'proxy', scheme: scheme ?? 'unknown' };
}

function schemeOfChallenge(challenge: string): LoginScheme | null {
  if (/\bbasic\b/i.test(challenge)) return 'basic';
  if (/\bbearer\b/i.test(challenge)) return 'bearer';
  if (/\bapikey\b/i.test(challenge)) return 'api-key';
  return /X-Security-IdP/i.test(challenge) ? 'saml' : null;
}

/** Kibana 8 answers 401 with a `Refresh` to its login page where it cannot log in by itself (wire guide D.2). */
function schemeOfRefresh({ answer, exchange }: Answered, record: EndpointRecord): LoginScheme | null {
  const url = /url=(.+)$/i.exec(header(answer, 'refresh') ?? '')?.[1];
  if (url === undefined) return null;
  return schemeOfRedirect[readRedirect(url, record.endpoint, exchange.scheme).kind] ?? null;
}

/** The questions by which a guest session is begun (see `techniques.guestSession`). */
const sessionQuestions = ['kibana-guest-session', 'dashboards-guest-session'] as const;

const sealedSession = (cookie: string): boolean => cookie.endsWith('=Fe26.2');

/** The answer that began a guest session at our request: what was asked after it was asked as the guest. Null where none did. */
export function guestSession(record: EndpointRecord): Answered | null {
  return (
    answersTo(record, ...sessionQuestions).find(
      ({ answer }) => answer.status < 400 && headerLines(answer, 'set-cookie').some(sealedSession),
    ) ?? null
  );
}

/**
 * A page that let us in and gave us a session unasked: the only login, or the first, is an anonymous user. A page that does not
 * exist gives one as well (404; recorded on 8.12.2 with an anonymous user alone, whose API and whose answers to a script are
 * 401 anyway).
 */
function givesSession(answered: Answered, record: EndpointRecord): boolean {
  const { answer, exchange } = answered;
  const entered = answer.status < 400 || answer.status === 404;
  if (!fromDashboard(answered) || !entered || !headerLines(answer, 'set-cookie').some(sealedSession)) return false;
  const location = header(answer, 'location');
  return location === null || readOwnRedirect(location, record.endpoint, exchange.scheme).kind === 'inside';
}

/** The dashboard's own front page, or its redirect into itself: where it leads to anything else, that may be a login. */
function letsIn(root: Answered, record: EndpointRecord): boolean {
  const { answer, exchange } = root;
  if (!fromDashboard(root) || answer.status >= 400 || refuser(root, record) !== null) return false;
  const location = header(answer, 'location');
  return location === null || readOwnRedirect(location, record.endpoint, exchange.scheme).kind !== 'elsewhere';
}

/** Questions that are put to a cluster alone. */
const toCluster: ReadonlySet<string> = new Set(clusterQuestions.filter((question) => question !== 'root'));

/** The path under which the dashboard was asked. */
export function dashboardPath({ exchanges, endpoint }: EndpointRecord): string {
  return exchanges.findLast(({ question }) => !toCluster.has(question))?.basePath ?? endpoint.basePath;
}

/** A cluster was asked next to the dashboard: at another path, or next to a static page. A refusal there is not its login. */
function isBeside({ exchange }: Answered, record: EndpointRecord): boolean {
  if (!toCluster.has(exchange.question)) return false;
  return exchange.basePath !== dashboardPath(record) || answerTo(record, 'kibana-config-js') !== null;
}

/** Reads every answer for what denied access and which logins were seen. */
export const readDashboardLogin = reading((record: EndpointRecord): DashboardLogin => {
  const by: Record<Refuser, Answered[]> = { product: [], proxy: [], policy: [], cluster: [], guest: [] };
  const schemes = new Set<LoginScheme>();
  const shown: LoginShown[] = [];
  const guestSince = guestSession(record)?.at ?? Infinity;
  for (const answered of answersTo(record)) {
    // What a guest is refused is the guest's, and says nothing of who is let in without a session.
    if (answered.at >= guestSince) break;
    const found = isBeside(answered, record) ? null : refuser(answered, record);
    if (found === null) {
      if (givesSession(answered, record)) by.guest.push(answered);
      continue;
    }
    by[found.by].push(answered);
    if (found.scheme !== null) schemes.add(found.scheme);
    if (found.by !== 'policy' && found.by !== 'guest')
      shown.push({ at: answered.at, by: found.by, scheme: found.scheme });
  }
  const loginState = answerTo(record, 'kibana-login-state');
  const offered = kept(loginState, optional(keptLoginState));
  const offers = (scheme: LoginScheme): void => {
    schemes.add(scheme);
    if (loginState !== null) shown.push({ at: loginState.at, by: 'product', scheme });
  };
  // Where the login is off, its providers are still listed (recorded: 7.12.1 and 8.12.2 in front of an open cluster).
  for (const { type } of offered?.allowLogin === true ? offered.providers : []) {
    if (type === 'anonymous' && loginState !== null) by.guest.push(loginState);
    else offers(schemeOfProvider[type] ?? 'unknown');
  }
  const button = answerTo(record, 'dashboards-login-page');
  if (button !== null && anonymousButton.exec(said(button.answer))?.[1] === 'true') by.guest.push(button);
  if (offered !== null && offered.allowLogin && offered.providers.length === 0) offers('login-page');
  if (schemes.size > 1) schemes.delete('unknown');
  const realmOf = [...by.proxy, ...by.product]
    .map(({ answer }) => /realm="([^"]*)"/i.exec(header(answer, 'www-authenticate') ?? '')?.[1])
    .find((realm) => realm !== undefined);
  const absent =
    by.guest.length === 0 &&
    loginState !== null &&
    (offered === null ? loginState.answer.status === 404 && fromDashboard(loginState) : !offered.allowLogin);
  const root = answerTo(record, 'root');
  const entered = root !== null && letsIn(root, record) ? root : null;
  const own = by.product.filter(({ answer }) => answer.status === 401 && ownWords.has(said(answer)));
  return {
    byProduct: refs(...by.product),
    byProxy: refs(...by.proxy),
    bare: refs(...by.proxy.filter((each) => readRefusal(each)?.kind === 'unknown-403')),
    byPolicy: refs(...by.policy),
    byCluster: refs(...by.cluster),
    guest: refs(...by.guest),
    securityAbsent: absent ? refs(loginState) : [],
    on:
      loginState !== null && offered?.allowLogin === true && shown.some(({ at }) => at === loginState.at)
        ? refs(loginState)
        : [],
    shown,
    contradicted:
      own.length > 0 && by.guest.length === 0 && (absent || entered !== null)
        ? refs(absent ? loginState : entered, ...own)
        : [],
    schemes: [...schemes],
    realm: realmOf ?? null,
  };
});
