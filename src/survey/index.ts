// Which question comes next, for one endpoint.
import type { Endpoint, Scheme } from '../model/endpoint.js';
import { unreadableHttp } from '../model/exchange.js';
import type { Answer, EndpointRecord, Exchange, FailureName } from '../model/exchange.js';
import type { Ask } from '../model/question.js';
import { denied } from '../catalogue/index.js';
import { wantsTls } from '../knowledge/page-marks.js';
import { readCluster } from '../reading/cluster.js';
import { readDashboardLogin } from '../reading/dashboard-login.js';
import { readRedirect } from '../reading/dashboard-redirect.js';
import { listedUnderRelayPath, relayListers, settingsLeadHere, turnedAway } from '../reading/dashboard-contents.js';
import { readDashboard } from '../reading/dashboard.js';
import { decoyTells } from '../reading/decoy.js';
import { relayPath } from '../reading/dashboard-identity.js';
import { header, said } from '../catalogue/exchanges.js';
import { readOtherProduct } from '../reading/other-product.js';
import { budgets, isWalled, listingQuestion, surveyCluster } from './cluster.js';
import { surveyDashboard, surveyEntrance } from './dashboard.js';
import { surveyCompanion } from './companion.js';
import { surveyLastQuestions } from './last-questions.js';
import { ask, beginConversation, recordOf } from './conversation.js';
import type { SurveyOptions, Conversation } from './conversation.js';

export { namedClusters } from './dashboard.js';
export type { SurveyOptions } from './conversation.js';
export { budgets } from './cluster.js';

/** Ports on which TLS is tried first where no scheme is declared. */
const tlsPorts = new Set([443, 8443, 9243]);

/** The usual port of dashboards: something unknown there is asked as a dashboard before it is asked as a cluster. */
const dashboardPort = 5601;

/** Redirects of the root page that are followed, each to a base path of the same endpoint. */
const redirectsAtMost = 2;

/** Requests that may show a dashboard behind a wall that hides everything. */
const blindRequests = 4;

/**
 * Surveys one endpoint: yields the next question and is given how it ended, until the answers decide. Pure: the same
 * answers give the same questions. It decides with the readings that judge later, asks as little as it can, and asks what
 * decides a verdict before what adds to it. Random names come from the options; nothing else does.
 */
export function* survey(endpoint: Endpoint, options: SurveyOptions): Generator<Ask, void, Exchange> {
  const conversation = beginConversation(
    endpoint,
    options,
    endpoint.scheme ?? (tlsPorts.has(endpoint.port) ? 'https' : 'http'),
  );
  if (endpoint.transport === true) {
    yield* ask(conversation, 'root');
    return;
  }
  yield* surveyAccess(conversation);
  if (readCluster(recordOf(conversation)).access.state !== 'open') yield* surveyEntrance(conversation);
  yield* surveyLastQuestions(conversation);
}

/** Asks what decides who answers and how far a caller gets. */
function* surveyAccess(conversation: Conversation): Generator<Ask, void, Exchange> {
  const { endpoint } = conversation;
  if (!(yield* surveyRoot(conversation))) return;
  const learnt = yield* followRedirects(conversation);
  if (readDashboard(recordOf(conversation)) !== null) {
    yield* surveyKnownDashboard(conversation);
    return;
  }
  if (settled(conversation)) {
    if (mayStandBeside(conversation) && (yield* surveyBeside(conversation))) return;
    yield* surveyCompanion(conversation);
    return;
  }
  const declared = conversation.basePath;
  const dashboardFirst =
    endpoint.port === dashboardPort && readCluster(recordOf(conversation)).identity.product === null;
  if (dashboardFirst) {
    conversation.basePath = learnt;
    yield* surveyDashboard(conversation, { kind: 'blind', most: blindRequests });
    if (readDashboard(recordOf(conversation)) !== null) return;
    if (listedUnderRelayPath(recordOf(conversation)) && (yield* surveyRelayed(conversation))) return;
    conversation.basePath = declared;
  }
  yield* surveyCluster(conversation, dashboardFirst ? 0 : blindRequests);
  if (settled(conversation) || isAnother(conversation)) {
    yield* surveyCompanion(conversation);
    return;
  }
  if (dashboardFirst || isWalled(conversation)) return;
  const record = recordOf(conversation);
  if (readDashboard(record) !== null) {
    yield* surveyDashboard(conversation, { kind: 'known' });
    return;
  }
  const { identity, access } = readCluster(record);
  const most = Math.min(blindRequests, budgets.unknownWall - conversation.exchanges.length);
  if (identity.product !== null || access.state === 'open' || most <= 0) return;
  conversation.basePath = learnt;
  yield* surveyDashboard(conversation, { kind: 'blind', most });
  if (listedUnderRelayPath(recordOf(conversation))) yield* surveyRelayed(conversation);
  else if (isAnother(conversation)) yield* surveyCompanion(conversation);
}

/**
 * Asks a dashboard that has shown itself. Where it was found below the declared path, the declared path is asked for a
 * cluster before; where it is a Kibana 3 whose settings lead back to this endpoint, the cluster is here too (wire guide D.1).
 */
function* surveyKnownDashboard(conversation: Conversation): Generator<Ask, void, Exchange> {
  if (conversation.basePath !== clusterPath(conversation) && (yield* surveyBeside(conversation))) return;
  yield* surveyDashboard(conversation, { kind: 'known' });
  const { basePath } = conversation;
  const state = readDashboard(recordOf(conversation))?.access.state;
  // Also where its own login does not decide: a page that is asked for as by a browser shows whether an anonymous user is let in.
  const undecided = state === 'undetermined' && readDashboardLogin(recordOf(conversation)).byProduct.length > 0;
  if ((state === 'guarded' || undecided) && !relayAsked(conversation)) {
    if (yield* surveyRelayed(conversation)) return;
    conversation.basePath = basePath;
  }
  // a cluster may answer on paths next to a login at the same address, of the dashboard or of something that looks like one
  if ((state === 'guarded' || undecided) && times(conversation) === 0 && (yield* surveyBeside(conversation))) return;
  if (!settingsLeadHere(recordOf(conversation))) return;
  conversation.basePath = clusterPath(conversation);
  yield* surveyCluster(conversation, 0);
}

/**
 * Asks for a cluster next to what has shown itself, at the declared path: a proxy may serve both (wire guide R.6), and may
 * pass one kind of listers only. The second kind is asked where something denied the first; the third where that was neither
 * the product itself nor its login. True when the cluster is open, and everything that follows from that was asked.
 */
function* surveyBeside(conversation: Conversation): Generator<Ask, boolean, Exchange> {
  const { basePath } = conversation;
  conversation.basePath = clusterPath(conversation);
  const open = (): boolean => readCluster(recordOf(conversation)).access.state === 'open';
  const listed = (): boolean => readCluster(recordOf(conversation)).answers.listing !== null;
  const first = yield* ask(conversation, listingQuestion(conversation));
  if (!listed() && isDenied(first)) yield* ask(conversation, 'index-aliases');
  if (!listed() && isDenied(first) && readDashboard(recordOf(conversation)) === null)
    yield* ask(conversation, 'aliases');
  if (listed()) yield* surveyCluster(conversation, 0);
  if (open()) return true;
  conversation.basePath = basePath;
  return false;
}

/** The caller was turned away: another path may pass. */
function isDenied(exchange: Exchange | null): boolean {
  return exchange?.outcome.kind === 'answer' && turnedAway({ at: 0, exchange, answer: exchange.outcome });
}

/** How often the listing was asked for at the path of a cluster. */
function times(conversation: Conversation): number {
  const question = listingQuestion(conversation);
  return conversation.exchanges.filter(
    (each) => each.question === question && each.basePath === clusterPath(conversation),
  ).length;
}

function relayAsked({ exchanges }: Conversation): boolean {
  return exchanges.some(({ question }) => relayListers.includes(question));
}

/**
 * Asks for a cluster where Kibana 4 and 5 relay to theirs: a proxy may leave that path open under a wall before all others,
 * a dashboard's own login among them (wire guide R.6). True when it is open there.
 */
function* surveyRelayed(conversation: Conversation): Generator<Ask, boolean, Exchange> {
  conversation.basePath = `${conversation.basePath}${relayPath}`;
  yield* ask(conversation, listingQuestion(conversation));
  if (readCluster(recordOf(conversation)).answers.listing === null) return false;
  yield* surveyCluster(conversation, 0);
  return readCluster(recordOf(conversation)).access.state === 'open';
}

/** The declared path, without the page of a plugin: the cluster whose page it is answers above it (wire guide F). */
function clusterPath({ endpoint }: Conversation): string {
  return endpoint.basePath.replace(/\/_plugin(?:\/.*)?$/, '');
}

/** True when the last answer is a cluster's banner or its own refusal: an error for a path is not a sign of a folder. */
function showsCluster(record: EndpointRecord): boolean {
  const { banners, refusals } = readCluster(record).answers;
  const last = record.exchanges.length - 1;
  return (
    banners.some(({ answered }) => answered.at === last) ||
    refusals.some(({ answered, value }) => answered.at === last && value.by === 'product')
  );
}

/**
 * True when another product or a decoy has shown itself and none of our products with it: what else it would answer changes
 * nothing. A mark that something in front leaves on every answer must not hide the cluster behind it.
 */
function settled(conversation: Conversation): boolean {
  const record = recordOf(conversation);
  // weak signs are weighed against a test that may yet be passed
  if (conversation.over || decoyTells(record, { genuine: 'yes' }).tells.length > 0) return true;
  return readOtherProduct(record)?.named === true && readCluster(record).identity.product === null;
}

/** True when what has shown itself may share the endpoint with a cluster: no decoy, and nothing that poses as one. */
function mayStandBeside(conversation: Conversation): boolean {
  const record = recordOf(conversation);
  return decoyTells(record, { genuine: 'yes' }).tells.length === 0 && readOtherProduct(record)?.imitates === false;
}

/**
 * True when another product has named itself and neither a cluster nor a dashboard was entered: some carry marks of ours
 * (ZincSearch sends Elasticsearch's header, wire guide E.4).
 */
function isAnother(conversation: Conversation): boolean {
  const record = recordOf(conversation);
  return (
    readOtherProduct(record)?.named === true &&
    readCluster(record).access.state !== 'open' &&
    readDashboard(record) === null
  );
}

/** Failures that suggest the other scheme. A port that refuses or stays silent does not speak it either. */
const otherScheme: Readonly<Record<Scheme, ReadonlySet<FailureName>>> = {
  http: new Set<FailureName>(['closed-without-answer', 'reset', 'not-http', 'bad-http', 'cut-short']),
  https: new Set<FailureName>(['tls-not-spoken', 'closed-without-answer', 'reset', 'tls-failed', 'tls-timeout']),
};

/** Asks the root page, and where that fails alone, one path more. False when nothing more can be asked. */
function* surveyRoot(conversation: Conversation): Generator<Ask, boolean, Exchange> {
  if (yield* surveyRootPage(conversation)) return true;
  const accepted = conversation.exchanges.find(
    ({ request, outcome }) => request > 0 && outcome.kind === 'failure' && rootAlone.has(outcome.failure),
  );
  if (accepted === undefined) return false;
  conversation.scheme = accepted.scheme;
  return (yield* ask(conversation, listingQuestion(conversation)))?.outcome.kind === 'answer';
}

/** Failures of a request on an open connection that may be those of one path: something in front may lead it to nowhere. */
const rootAlone: ReadonlySet<FailureName> = new Set(['closed-without-answer', 'reset', 'response-timeout']);

/** Asks the root page, over the other scheme too where the first one asks for that. False when neither began to answer. */
function* surveyRootPage(conversation: Conversation): Generator<Ask, boolean, Exchange> {
  const first = yield* ask(conversation, 'root');
  if (first === null) return false;
  const swap = wantsOther(conversation, first);
  // What began to answer here may answer other paths in full.
  const began = first.outcome.kind === 'answer' || unreadableHttp.has(first.outcome.failure);
  if (!swap) return began;
  const declared = conversation.scheme;
  conversation.scheme = declared === 'http' ? 'https' : 'http';
  const second = yield* ask(conversation, 'root');
  if (second?.outcome.kind === 'answer') return true;
  // The answer over the first scheme, if there was one, is all there is.
  conversation.scheme = declared;
  return began && !conversation.over;
}

function wantsOther(conversation: Conversation, { outcome, scheme }: Exchange): boolean {
  if (outcome.kind === 'failure') return otherScheme[scheme].has(outcome.failure);
  if (scheme === 'https') return false;
  if (outcome.status === 400 && wantsTls.test(`${said(outcome)} ${titleOf(outcome)}`)) return true;
  return outcome.status >= 300 && outcome.status < 400 && leadsToTls(conversation, header(outcome, 'location') ?? '');
}

function titleOf({ body }: Answer): string {
  return body.kind === 'text' ? (body.title ?? '') : '';
}

/**
 * A redirect to the same port over TLS (Kibana 4 and 5 on a TLS port, wire guide A.4, R.3). Servers name the host they know
 * themselves by: `0.0.0.0`, `localhost`, a name of their certificate. Only this endpoint is asked, whatever it is.
 */
function leadsToTls({ endpoint }: Conversation, location: string): boolean {
  if (!URL.canParse(location)) return false;
  const url = new URL(location);
  return url.protocol === 'https:' && (url.port === '' ? 443 : Number(url.port)) === endpoint.port;
}

/** A folder that a product may be under: no API path of a cluster, nothing hidden. */
const baseSegment = /^(?:[A-Za-z0-9][A-Za-z0-9.~-]*|_dashboards|_plugin)$/;

/**
 * Looks where redirects of the root page lead within the same endpoint. The base path learnt so is kept where a dashboard or
 * a cluster showed itself; otherwise the declared one stays, for `/` alone was asked there.
 *
 * @returns the path under which a dashboard may hide that has not shown itself yet
 */
function* followRedirects(conversation: Conversation): Generator<Ask, string, Exchange> {
  const declared = conversation.basePath;
  yield* follow(conversation);
  const learnt = conversation.basePath;
  const record = recordOf(conversation);
  if (readDashboard(record) === null && !showsCluster(record)) conversation.basePath = declared;
  return learnt;
}

/** Learns the base path from a redirect of the root page within the same endpoint, and asks the root page under it. */
function* follow(conversation: Conversation): Generator<Ask, void, Exchange> {
  for (let followed = 0; followed < redirectsAtMost; followed++) {
    const last = conversation.exchanges.at(-1)?.outcome;
    if (last?.kind !== 'answer' || last.status < 300 || last.status >= 400) return;
    const location = header(last, 'location');
    if (location === null) return;
    const { kind, basePath } = readRedirect(location, conversation.endpoint, conversation.scheme);
    if (kind === 'elsewhere' || !isBasePath(conversation, basePath)) return;
    // A redirect that names a dashboard gives the base path by itself; any other place has to be looked at.
    const before = conversation.basePath;
    conversation.basePath = basePath;
    if (kind !== 'same-endpoint') return;
    yield* ask(conversation, 'root');
    const record = recordOf(conversation);
    if (readDashboard(record) !== null || showsCluster(record)) continue;
    const now = conversation.exchanges.at(-1)?.outcome;
    if (now?.kind === 'answer' && now.status >= 300 && now.status < 400) continue;
    conversation.basePath = before;
    return;
  }
}

function isBasePath(conversation: Conversation, basePath: string): boolean {
  if (basePath === conversation.basePath || basePath === '') return false;
  // Behind one proxy, what is next to the declared path may belong to someone else.
  if (!basePath.startsWith(`${conversation.endpoint.basePath}/`)) return false;
  const segments = basePath.slice(1).split('/');
  return (
    segments.length <= 4 && segments.every((segment) => baseSegment.test(segment)) && denied(`${basePath}/`) === null
  );
}
