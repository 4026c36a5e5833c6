// Which dashboard answers, and in which version.
import type { Product } from '../model/endpoint.js';
import type { EndpointRecord } from '../model/exchange.js';
import type { EvidenceRefs, Identity, VersionFact } from '../model/observation.js';
import { keptLoginState, keptStats, keptStatus, keptTitles, type KeptStatus } from '../catalogue/dashboard.js';
import { injectedVersion, kibana3Settings, notReady, rootRedirect } from '../knowledge/page-marks.js';
import { answersTo, answerTo, header, kept, parsedBody, refs, said, type Answered } from '../catalogue/exchanges.js';
import { readOwnRedirect, readRedirect } from './dashboard-redirect.js';
import { readOnce } from '../catalogue/memoise.js';
import { reading } from '../catalogue/readings.js';

type DashboardProduct = Extract<Product, 'kibana' | 'opensearch-dashboards'>;

/** The status page's kept body, also of a 503; null where it was not answered in a dashboard's shape. */
export function statusOf(record: EndpointRecord): { readonly answered: Answered; readonly status: KeptStatus } | null {
  const answered = answerTo(record, 'dashboard-status');
  if (answered?.answer.body.kind !== 'json' || ![200, 503].includes(answered.answer.status)) return null;
  const status = parsedBody(answered.answer.body, optional(keptStatus));
  // the word alone exists only before the start, in a 503 (wire guide D.3)
  if (status === null || (status.reach === 'bare' && answered.answer.status !== 503)) return null;
  return { answered, status };
}

/** True where an answer carries a header that only a dashboard sends (wire guide D.1). */
export function fromDashboard({ answer }: Answered): boolean {
  return ['kbn-name', 'kbn-version', 'kbn-license-sig', 'kbn-xpack-sig', 'osd-name'].some(
    (name) => name in answer.headers,
  );
}

/**
 * Kibana 8 and later before its start: `/` is a page, although a running Kibana always redirects from there, and the status
 * is that of a server not yet started, in one of three shapes. Null where it is anything else. Sources: elastic/kibana
 * registerPrebootDefaultRoutes (packages/core/apps), registerPrebootStatusRoute (packages/core/status, both shapes it had).
 */
export function beforeStart(record: EndpointRecord): { readonly root: Answered; readonly status: Answered } | null {
  const root = answerTo(record, 'root');
  const status = answerTo(record, 'dashboard-status');
  if (root === null || status?.answer.status !== 503) return null;
  const { body } = root.answer;
  const page = root.answer.status === 200 && body.kind === 'text' && body.html && fromDashboard(root);
  const shown = statusOf(record)?.status;
  const waits = shown === undefined ? fromDashboard(status) : shown.reach !== 'full';
  return page && waits ? { root, status } : null;
}

/**
 * True where it has not started, by its own word. A status of 503 alone says less: one part of it that is down sets the status
 * of all (elastic/kibana packages/core/status routes/status.ts), and its API may let callers in as ever.
 */
export function isStarting(record: EndpointRecord): boolean {
  if (answersTo(record).some(({ answer }) => notReady.test(said(answer)))) return true;
  const status = answerTo(record, 'dashboard-status');
  return status?.answer.status === 503 && (beforeStart(record) !== null || statusOf(record)?.status.reach === 'bare');
}

/** The login page of each dashboard: what its own redirect leads to, and the question for it. */
export const loginPages = [
  { question: 'kibana-login-page', path: '/login', product: 'kibana' },
  { question: 'dashboards-login-page', path: '/app/login', product: 'opensearch-dashboards' },
] as const;

/**
 * True where the dashboard itself sent us to its login page: the base path is the one it was asked under. The guest login of
 * OpenSearch Dashboards belongs to the same plugin as its login page: who is sent to the one may ask for the other.
 */
export function redirectsToLoginPage(record: EndpointRecord, path: string, basePath: string): boolean {
  return answersTo(record).some((answered) => {
    const { answer, exchange } = answered;
    const location = header(answer, 'location');
    if (location === null || answer.status < 300 || answer.status > 399) return false;
    // on another host, `/login` may be anyone's, `/app/login` is this plugin's
    const read = fromDashboard(answered) && path === '/app/login' ? readOwnRedirect : readRedirect;
    const to = read(location, record.endpoint, exchange.scheme);
    if (to.basePath !== basePath) return false;
    if (to.kind === 'guest') return path === '/app/login';
    return to.kind === 'login' && pathOf(location) === `${basePath}${path}`;
  });
}

function pathOf(location: string): string {
  return URL.canParse(location, 'http://x/') ? new URL(location, 'http://x/').pathname : '';
}

/**
 * True where something answered as only a running dashboard does, and not with a page, which anyone can copy with its headers:
 * its own errors, redirects of its own, a part of its API. What a page says of its version counts then.
 */
function answersAsDashboard(record: EndpointRecord): boolean {
  if (statusOf(record) !== null || beforeStart(record) !== null) return true;
  return answersTo(record).some((answered) => {
    const { answer, exchange } = answered;
    if (answer.body.kind === 'json') return exchange.question !== 'root';
    if (!fromDashboard(answered)) return false;
    if (notReady.test(said(answer))) return true;
    if (answer.body.kind === 'error') return answer.status >= 400 && answer.body.keys.includes('statusCode');
    const location = header(answer, 'location');
    if (location === null || answer.status < 300 || answer.status > 399) return rootRedirect.test(said(answer));
    return ['inside', 'login', 'saml', 'oidc', 'guest'].includes(
      readRedirect(location, record.endpoint, exchange.scheme).kind,
    );
  });
}

/** The product and the exact version that a page of the dashboard passes to its own script; null where none was read. */
function pageVersion(
  record: EndpointRecord,
): { readonly product: DashboardProduct; readonly number: string; readonly answered: Answered } | null {
  for (const answered of answersTo(record)) {
    const [, mark, number] = injectedVersion.exec(said(answered.answer)) ?? [];
    if (number !== undefined && answered.answer.status === 200)
      return { product: mark === 'kbn' ? 'kibana' : 'opensearch-dashboards', number, answered };
  }
  return null;
}

/** Where Kibana 4 and 5 relay to their cluster, and where proxies still do (wire guide R.3, R.6). */
export const relayPath = '/elasticsearch';

/** What one answer says of the product; null where it says nothing. */
function productOf(answered: Answered, record: EndpointRecord): DashboardProduct | null {
  const { answer, exchange } = answered;
  // the relay of Kibana 4 and 5 was declared: its headers name Kibana, and what answers is the cluster (wire guide R.3)
  if (exchange.basePath.endsWith(relayPath)) return null;
  if ('osd-name' in answer.headers || 'osd-version' in answer.headers) return 'opensearch-dashboards';
  if (fromDashboard(answered)) return 'kibana';
  const text = said(answer);
  const waiting = notReady.exec(text);
  if (waiting) return waiting[1] === 'Kibana' ? 'kibana' : 'opensearch-dashboards';
  if (exchange.question === 'dashboard-status') {
    const status = statusOf(record)?.status;
    // a status of one word under `overall.level` is Kibana's from 8.9 on, and no other known product's; the word alone is
    // what many services answer
    return status?.reach === 'redacted' ? 'kibana' : (status?.product ?? null);
  }
  if (exchange.question === 'kibana-login-state' && kept(answered, optional(keptLoginState))) return 'kibana';
  if (exchange.question === 'kibana-spaces' && (kept(answered, optional(keptTitles))?.total ?? 0) > 0) return 'kibana';
  if (exchange.question === 'dashboard-saved-objects' && kept(answered, optional(keptTitles))) return 'kibana';
  if (exchange.question === 'kibana-config-js' && kibana3Settings.test(text)) return 'kibana';
  if (exchange.question !== 'root') return null;
  if (rootRedirect.test(text) || (answer.body.kind === 'text' && /^\s*Kibana 3\b/.test(answer.body.title ?? '')))
    return 'kibana';
  const location = header(answer, 'location');
  if (location === null || answer.status < 300 || answer.status > 399) return null;
  if (/\/spaces\/(?:enter|space_selector)(?:[/?]|$)|\/app\/kibana(?:[/?#]|$)/.test(location)) return 'kibana';
  const to = readRedirect(location, record.endpoint, exchange.scheme);
  const securityCookie = (answer.headers['set-cookie'] ?? []).some((name) =>
    name.startsWith('security_authentication'),
  );
  if (securityCookie || (to.kind === 'guest' && /nextUrl=/.test(location))) return 'opensearch-dashboards';
  return to.kind === 'login' && /\/app\/login\?/.test(location) ? 'opensearch-dashboards' : null;
}

interface Schema<T> {
  readonly safeParse: (value: unknown) => { success: true; data: T } | { success: false };
}

/** A parser for {@link kept} from a schema, the same one each time, so that what it read is remembered. */
export function optional<T>(schema: Schema<T>): (value: unknown) => T | null {
  return readOnce(parserOf, schema);
}

function parserOf<T>(schema: Schema<T>) {
  return (value: unknown): T | null => {
    const parsed = schema.safeParse(value);
    return parsed.success ? parsed.data : null;
  };
}

/** Which dashboard this is, and its version. Null when nothing says that it is one. */
export const readDashboardIdentity = reading((record: EndpointRecord): Identity | null => {
  const signs = answersTo(record).flatMap((answered) => {
    const product = productOf(answered, record);
    return product === null ? [] : [{ answered, product }];
  });
  const own = signs.find(({ answered }) => fromDashboard(answered));
  const first = own ?? signs[0];
  if (first === undefined) return null;
  const named = signs.map(({ answered }) => answered);
  // without its headers, Kibana of Open Distro sends callers to the same login page as OpenSearch Dashboards
  const product = (own === undefined ? pageVersion(record)?.product : null) ?? first.product;
  const version = readVersion(record, product, named);
  return {
    product,
    distribution: readDistribution(record, product, named),
    version: version.fact,
    otherProduct: null,
    evidence: refs(first.answered, version.evidence),
  };
});

function readVersion(
  record: EndpointRecord,
  product: DashboardProduct,
  signs: readonly Answered[],
): { readonly fact: VersionFact; readonly evidence: EvidenceRefs } {
  const exact = (number: string, source: string, from: Answered) => ({
    fact: { number, certainty: 'exact' as const, source },
    evidence: refs(from),
  });
  const status = statusOf(record);
  if (status?.status.flavor === 'serverless') {
    const fact = { number: status.status.version, certainty: 'placeholder', source: '/api/status' } as const;
    return { fact, evidence: refs(status.answered) };
  }
  if (status !== null && status.status.version !== null)
    return exact(status.status.version, '/api/status', status.answered);
  const stats = answerTo(record, 'dashboard-stats');
  const told = kept(stats, optional(keptStats))?.version ?? null;
  if (stats !== null && told !== null) return exact(told, '/api/stats', stats);
  if (answersAsDashboard(record)) {
    for (const answered of signs) {
      const number = header(answered.answer, 'kbn-version') ?? header(answered.answer, 'osd-version');
      if (number !== null) return exact(number, `${product === 'kibana' ? 'kbn' : 'osd'}-version header`, answered);
    }
    const page = pageVersion(record);
    if (page !== null) return exact(page.number, pageSource(page.answered), page.answered);
  }
  const guess = guessVersion(record, product, signs);
  if (guess === null) return { fact: { number: null, certainty: 'unknown', source: '' }, evidence: [] };
  const { number, source, from } = guess;
  return { fact: { number, certainty: 'approximate', source }, evidence: refs(from) };
}

function pageSource({ exchange }: Answered): string {
  return loginPages.some(({ question }) => question === exchange.question) ? 'login page' : 'page';
}

/** The lowest version that behaves as seen (wire guide D.1 to D.4). */
function guessVersion(
  record: EndpointRecord,
  product: DashboardProduct,
  signs: readonly Answered[],
): { readonly number: string; readonly source: string; readonly from: Answered } | null {
  const status = answerTo(record, 'dashboard-status');
  if (product === 'opensearch-dashboards') {
    if (status?.answer.status !== 401 || said(status.answer) !== 'Authentication required') return null;
    return { number: '2.0', source: '/api/status asks for a login, as from 2.0 on', from: status };
  }
  const old = signs.find(
    ({ answer, exchange }) =>
      exchange.question === 'kibana-config-js' ||
      (answer.body.kind === 'text' && /^\s*Kibana 3\b/.test(answer.body.title ?? '')),
  );
  if (old !== undefined) return { number: '3', source: 'the static page of Kibana 3', from: old };
  const page = signs.find(({ answer }) => rootRedirect.test(said(answer)));
  if (page !== undefined) return { number: '4.0', source: 'the page of Kibana 4 and 5', from: page };
  const shape = statusOf(record);
  if (status !== null && shape !== null && shape.status.reach !== 'full') {
    if (status.answer.status === 200)
      return { number: '8.9', source: '/api/status is redacted, as from 8.9 on', from: status };
    return { number: '8.0', source: '/api/status of a Kibana 8 that is not set up or not ready', from: status };
  }
  const starting = beforeStart(record);
  if (starting !== null)
    return { number: '8.0', source: 'shows a page while it starts, as from 8.0 on', from: starting.root };
  const login = answerTo(record, 'kibana-login-state');
  if (login !== null && kept(login, optional(keptLoginState)) !== null) {
    return { number: '7.0', source: 'login_state is served, as from 7.0 on', from: login };
  }
  const signed = signs.find(({ answer }) => 'kbn-license-sig' in answer.headers);
  if (signed !== undefined) return { number: '7.0', source: 'kbn-license-sig header, as from 7.0 on', from: signed };
  const older = signs.find(({ answer }) => 'kbn-xpack-sig' in answer.headers);
  return older === undefined
    ? null
    : { number: '6.0', source: 'kbn-xpack-sig header without kbn-version, as in 6.x', from: older };
}

function readDistribution(
  record: EndpointRecord,
  product: DashboardProduct,
  signs: readonly Answered[],
): string | null {
  const all = answersTo(record);
  const elastic = signs.some(({ answer }) =>
    ['kbn-version', 'kbn-license-sig', 'kbn-xpack-sig'].some((name) => name in answer.headers),
  );
  const openDistro = all.some(
    ({ answer }) =>
      (answer.headers['set-cookie'] ?? []).some((name) => name.startsWith('security_authentication')) ||
      /\/app\/login\?nextUrl/.test(header(answer, 'location') ?? '') ||
      (answer.status === 401 && said(answer) === 'Authentication required'),
  );
  if (all.some(({ answer }) => 'x-amzn-requestid' in answer.headers)) return 'aws';
  if (product === 'opensearch-dashboards') return null;
  const plugins = statusOf(record)?.status.plugins ?? [];
  if ((openDistro && !elastic) || plugins.some((name) => /^opendistro/i.test(name))) return 'open-distro';
  if (statusOf(record)?.status.flavor === 'serverless') return 'serverless';
  if (all.some(({ answer }) => 'x-found-handling-cluster' in answer.headers)) return 'elastic-cloud';
  if (signs.some(({ answer }) => 'kbn-license-sig' in answer.headers || 'kbn-xpack-sig' in answer.headers))
    return 'default';
  return isOss(record) ? 'oss' : null;
}

/** Plugins that every build of Kibana with x-pack has, in the spelling of 6.x or later. */
const xpackPlugins: ReadonlySet<string> = new Set(['security', 'spaces', 'licensing', 'xpack_main', 'monitoring']);

/**
 * The OSS build of Kibana (6.3 to 7.10): its status lists no plugin of x-pack, or neither a login nor spaces are there (both
 * 404 by its own words; recorded on 7.4.2 and 7.10.2).
 */
function isOss(record: EndpointRecord): boolean {
  const version = /^(\d+)\.(\d+)\./.exec(statusOf(record)?.status.version ?? '');
  if (version === null) return false;
  const [major, minor] = [Number(version[1]), Number(version[2])];
  if (!((major === 6 && minor >= 3) || (major === 7 && minor <= 10))) return false;
  const plugins = statusOf(record)?.status.plugins ?? null;
  if (plugins !== null) return !plugins.some((name) => xpackPlugins.has(name));
  const [login, spaces] = [answerTo(record, 'kibana-login-state'), answerTo(record, 'kibana-spaces')];
  return (
    login !== null &&
    spaces !== null &&
    [login, spaces].every((each) => each.answer.status === 404 && fromDashboard(each))
  );
}
