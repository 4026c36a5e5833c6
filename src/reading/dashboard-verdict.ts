// How far a caller gets in a dashboard.
import type { EndpointRecord } from '../model/exchange.js';
import type { EvidenceRefs, Identity } from '../model/observation.js';
import { keptLoginState } from '../catalogue/dashboard.js';
import { parseListing } from '../catalogue/listing.js';
import { anonymousButton, injectedVersion } from '../knowledge/page-marks.js';
import { isFrom } from '../knowledge/version.js';
import { answersOfCluster } from './cluster-answers.js';
import { contentQuestions, turnedAway } from './dashboard-contents.js';
import { fromDashboard, optional } from './dashboard-identity.js';
import { refuser, schemeOfProvider, type DashboardLogin } from './dashboard-login.js';
import { relayKnowsItsIndices } from './decoy.js';
import { answersTo, answerTo, header, kept, refs, said, type Answered } from '../catalogue/exchanges.js';
import { readOwnRedirect } from './dashboard-redirect.js';
import { readRefusal } from './refusal.js';

/** In the dashboard's own envelope, or with its headers. */
function isOwn(answered: Answered): boolean {
  const { body } = answered.answer;
  return fromDashboard(answered) || (body.kind === 'error' && body.keys.includes('statusCode'));
}

/**
 * The dashboard's own word that it knows no such path: with its headers, or in the words of its envelope (hapi), which other
 * services on the same envelope replace by words of their own (`Cannot GET /…`).
 */
export function isOwnNotFound(answered: Answered): boolean {
  if (answered.answer.status !== 404 || !isOwn(answered)) return false;
  return fromDashboard(answered) || !/^Cannot (?:GET|HEAD)\b/.test(said(answered.answer));
}

/** The questions for what cannot exist: one for any dashboard, and one for each list that may be let through alone. */
const pathTests = ['dashboard-unknown-path', 'kibana-unknown-space', 'dashboard-unknown-object'] as const;

/**
 * The dashboard itself refuses a parameter with a random name, by that name: in the words of Kibana's and OpenSearch Dashboards' own
 * schemas (7.0 and later; recorded by others on 8.15: elastic/kibana packages/kbn-config-schema object_type.ts), or of their framework
 * before (recorded on 6.4.2). Other services on the same framework have words of their own.
 */
function refusesParameter({ answer, exchange }: Answered): boolean {
  const name = `leftopen_${exchange.blanks['nonce'] ?? ''}`;
  const words = said(answer);
  return (
    answer.status === 400 &&
    answer.body.kind === 'error' &&
    answer.body.keys.includes('statusCode') &&
    (words === `[request query.${name}]: definition for this key is missing` || words === `"${name}" is not allowed`)
  );
}

/**
 * The test of authenticity: the dashboard itself says that a path that cannot exist is not there, and none of them gets
 * a success. What something in front answers (a login, a redirect, a page, 429, 5xx) tests nothing. Where pages replace
 * what is not found, a parameter that it refuses by its random name tests as well; where a site in front answers all but the relay of
 * Kibana 4 and 5, an index that the cluster behind says is missing (wire guide R.6.1).
 */
export function knowsItsPaths(record: EndpointRecord): boolean {
  const answered = answersTo(record, ...pathTests);
  const invented = answered.some(({ answer }) => answer.status < 300);
  if (!invented && answered.some(isOwnNotFound)) return true;
  const refused = answersTo(record, 'dashboard-unknown-parameter').some(refusesParameter);
  return (refused && !answered.some(showsContent)) || relayKnowsItsIndices(record);
}

/** Success without a page: something answers a path that cannot exist as if it were there. */
function showsContent({ answer }: Answered): boolean {
  return answer.status < 300 && !(answer.body.kind === 'text' && answer.body.html);
}

/** The reads of contents whose path begins with `/api/`; that of `dashboard-resolve-index` begins otherwise. */
const apiReads = ['kibana-spaces', 'dashboard-saved-objects', 'dashboard-saved-objects-total'] as const;

/**
 * Something in front of the dashboard denied reads of its API, and the dashboard itself answered past it without asking for a
 * login: a read on another path may pass as well.
 */
export function deniesApiOnly(record: EndpointRecord, login: DashboardLogin): boolean {
  if (login.byProduct.length + login.byCluster.length + login.guest.length > 0) return false;
  const denied = answersTo(record, ...apiReads).some(({ at }) => login.byProxy.includes(at));
  return denied && answersTo(record).some(fromDashboard);
}

/**
 * The folder of a space: Kibana serves all of its API below it, whether there is such a space or not, and a rule on `/api/` may
 * not cover it. Source: elastic/kibana x-pack/plugins/spaces/server/lib/request_interceptors/on_request_interceptor.ts.
 */
export const spaceFolder = '/s/leftopen';

/** Whether this dashboard may have spaces: Kibana from 6.5 on, but for builds without x-pack. */
export function mayHaveSpaces({ product, distribution, version }: Identity): boolean {
  if (product !== 'kibana' || distribution === 'oss' || distribution === 'open-distro') return false;
  // a version that is not exact is the lowest that it may be
  return version.certainty !== 'exact' || isFrom(version.number, 6, 5);
}

/** The front page of the dashboard passed at first and was denied at last: our address was blocked in between. */
function bannedMeanwhile(record: EndpointRecord): boolean {
  const roots = answersTo(record, 'root');
  const last = roots.at(-1);
  if (last === undefined || !turnedAway(last) || fromDashboard(last)) return false;
  return roots.some((each) => fromDashboard(each) && each.exchange.basePath === last.exchange.basePath);
}

/** What was asked where something in front denies the API alone: other paths, and whether what passed still passes. */
function deniesBesideApi(record: EndpointRecord, identity: Identity): boolean {
  if (answersTo(record, 'dashboard-resolve-index').length === 0 || bannedMeanwhile(record)) return false;
  const inSpace = answersTo(record, 'kibana-spaces').some(({ exchange }) => exchange.basePath.endsWith(spaceFolder));
  return inSpace || !mayHaveSpaces(identity);
}

/** What a guard is judged by. */
interface GuardGrounds {
  readonly record: EndpointRecord;
  readonly identity: Identity;
  readonly login: DashboardLogin;
}

/**
 * Whether what denied us holds: every read of contents was denied by something that names itself or a login, but for those
 * that the dashboard does not know; and where it is the dashboard's own login, it is known to let no guest in. A read that
 * passed and cannot be parsed, that failed, was throttled or challenged, leaves open what there is.
 */
export function guardHolds({ record, identity, login }: GuardGrounds): boolean {
  const bare = new Set(login.bare);
  const denied = new Set(
    refs(login.byProduct, login.byProxy, login.byPolicy, login.byCluster).filter((at) => !bare.has(at)),
  );
  const reads = record.exchanges.flatMap(({ question }, at) => (contentQuestions.includes(question) ? [at] : []));
  const unknown = new Set(refs(...answersTo(record, ...contentQuestions).filter(isOwnNotFound)));
  if (!reads.every((at) => denied.has(at) || unknown.has(at))) return false;
  const refused = reads.filter((at) => denied.has(at));
  if (refused.length === 0) return false;
  // something in front may deny some paths only, and the rest was never asked
  if (record.cut !== null && refused.every((at) => login.byProxy.includes(at))) return false;
  if (deniesApiOnly(record, login) && !deniesBesideApi(record, identity)) return false;
  return !refused.some((at) => login.byProduct.includes(at)) || noGuests({ record, identity, login });
}

/**
 * 7.0 to 7.6: their login also comes before the question who may log in, and before every page. From 7.11 on it does so
 * where an anonymous user is the only login, who is let in on a page and not by a script (recorded on 8.12.2): a path that was
 * asked for as a browser asks is to be denied too.
 */
function deniesLoginState(record: EndpointRecord, byProduct: EvidenceRefs): boolean {
  const state = answerTo(record, 'kibana-login-state');
  if (state?.answer.status !== 401 || !byProduct.includes(state.at)) return false;
  return answersOfCluster(record).some(
    (each) => each.exchange.question !== 'root' && isOwn(each) && refuser(each, record)?.by === 'product',
  );
}

/** Where a guest login would have shown itself, an answer was read that offers none. */
function noGuests({ record, identity, login }: GuardGrounds): boolean {
  if (identity.product === 'kibana' && identity.distribution !== 'open-distro') {
    const { number } = identity.version;
    const state = answerTo(record, 'kibana-login-state');
    if (state === null) return number !== null && !isFrom(number, 7, 0);
    const offered = kept(state, optional(keptLoginState))?.providers ?? [];
    const known = offered.length > 0 && offered.every(({ type }) => type in schemeOfProvider);
    return known || deniesLoginState(record, login.byProduct) || isOwnNotFound(state);
  }
  const root = answerTo(record, 'root');
  const page = answerTo(record, 'dashboards-login-page');
  const sent = root !== null && (refs(login.byProduct, login.byCluster).includes(root.at) || leadsAway(root, record));
  return sent && (page === null || login.byProduct.includes(page.at) || readsAsLoginPage(page));
}

/**
 * The dashboard itself sends callers to another host (`proxycache.login_endpoint`; source: opensearch-project/security-dashboards-plugin
 * server/auth/types/proxy/proxy_auth.ts), and not to its own guest login under another name.
 */
function leadsAway(root: Answered, record: EndpointRecord): boolean {
  const location = header(root.answer, 'location');
  if (location === null || !fromDashboard(root)) return false;
  return readOwnRedirect(location, record.endpoint, root.exchange.scheme).kind === 'elsewhere';
}

/** The page gave its script what it needs: whether there is a button for guests, or a version that has none. */
function readsAsLoginPage({ answer }: Answered): boolean {
  if (anonymousButton.test(said(answer))) return true;
  const number = injectedVersion.exec(said(answer))?.[2];
  return number !== undefined && !isFrom(number, 2, 14);
}

/** Asked for a login in the envelope of a dashboard whose headers something in front may have taken away. */
export function asksInEnvelope(record: EndpointRecord): boolean {
  return answersTo(record).some(
    ({ answer: { body, status } }) =>
      status === 401 &&
      body.kind === 'error' &&
      ['statusCode', 'error', 'message'].every((key) => body.keys.includes(key)),
  );
}

/**
 * Behind a wall that names no product there may be a dashboard whose relay passes (wire guide R.6): where a read of contents was
 * neither denied nor missing nor empty, or none was asked, the wall is not known to hold for it. A login in the envelope of a
 * dashboard that did not show itself may offer a guest login.
 */
export function mayHideDashboard(record: EndpointRecord): boolean {
  const asked = record.exchanges.filter(({ question }) => contentQuestions.includes(question));
  const heard = answersTo(record, ...contentQuestions).filter(
    (each) => each.answer.status === 404 || readRefusal(each) !== null || kept(each, parseListing)?.total === 0,
  );
  return heard.length < asked.length || asked.length === 0 || asksInEnvelope(record);
}
