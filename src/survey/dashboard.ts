// Asks a dashboard, or something that may be one.
import type { Exchange } from '../model/exchange.js';
import type { Ask, QuestionId } from '../model/question.js';
import { keptDataSources, keptLoginState, keptTitles } from '../catalogue/dashboard.js';
import { largestIndices } from '../catalogue/fields.js';
import { parseListing } from '../catalogue/listing.js';
import { isFrom } from '../knowledge/version.js';
import { readDashboard, type DashboardReading } from '../reading/dashboard.js';
import { hintsOfBackends } from '../reading/backends.js';
import { clusterBehind, insideAnswers, listedUnderRelayPath, turnedAway } from '../reading/dashboard-contents.js';
import {
  beforeStart,
  isStarting,
  loginPages,
  optional,
  redirectsToLoginPage,
  statusOf,
} from '../reading/dashboard-identity.js';
import { dashboardPath, guestSession, readDashboardLogin, refuser } from '../reading/dashboard-login.js';
import {
  asksInEnvelope,
  deniesApiOnly,
  knowsItsPaths,
  mayHaveSpaces,
  spaceFolder,
} from '../reading/dashboard-verdict.js';
import { fabrications } from '../reading/authenticity.js';
import { answersTo, answerTo, kept } from '../catalogue/exchanges.js';
import { fieldsOf } from '../reading/fields.js';
import { ask, recordOf, type Conversation } from './conversation.js';

/**
 * Asks a dashboard. `known`: a dashboard has shown itself, asked is what its verdict needs. `blind`: something unknown
 * answered; at most `most` requests are put that could show a dashboard or an open relay of one, and where one does it goes
 * on as known. A login that is recognised ends it at once, at most three requests into the conversation.
 */
export function* surveyDashboard(
  conversation: Conversation,
  mode: { readonly kind: 'known' } | { readonly kind: 'blind'; readonly most: number },
): Generator<Ask, void, Exchange> {
  if (mode.kind === 'blind') {
    const [likeliest, ...others] = blind;
    const ids: readonly QuestionId[] = asksInEnvelope(recordOf(conversation))
      ? [likeliest, 'kibana-login-state', ...others]
      : blind;
    for (const id of ids.slice(0, mode.most)) {
      yield* ask(conversation, asFarAsAllowed(conversation, id));
      if (read(conversation) !== null || listedUnderRelayPath(recordOf(conversation))) break;
    }
  }
  const first = read(conversation);
  if (first === null) return;
  if (isStatic(first)) {
    yield* askOnce(conversation, 'kibana-config-js');
    return;
  }
  yield* askOnce(conversation, 'dashboard-status');
  yield* tryDeclaredPath(conversation);
  if (beforeStart(recordOf(conversation)) !== null) yield* askOnce(conversation, 'kibana-setup-status');
  const seen = read(conversation) ?? first;
  if (isStarting(recordOf(conversation)) && !seen.facts.setupOpen) return;
  if (seen.facts.setupOpen) {
    yield* askUnknownPath(conversation);
    return;
  }
  yield* surveyInside(conversation, seen);
}

/**
 * What is asked of a dashboard that kept us out, once everything else was asked: its login page and its guest login. The
 * redirect to the login page may be the answer to any path that was asked without the header of a script.
 */
export function* surveyEntrance(conversation: Conversation): Generator<Ask, void, Exchange> {
  if (read(conversation) === null || insideAnswers(recordOf(conversation)).length > 0) return;
  conversation.basePath = dashboardPath(recordOf(conversation));
  yield* surveyLoginPage(conversation);
  yield* surveyAsGuest(conversation);
}

/** Asks what is inside, in the way of its product and line. */
function* surveyInside(conversation: Conversation, seen: DashboardReading): Generator<Ask, void, Exchange> {
  if (seen.identity.product === 'opensearch-dashboards' || seen.identity.distribution === 'open-distro') {
    yield* surveySavedObjects(conversation);
  } else if (line(seen) <= 5) {
    yield* surveyRelay(conversation);
  } else {
    yield* surveyKibana(conversation, seen);
  }
}

/**
 * The login page of a dashboard that sent us there: it shows the exact version, and whether OpenSearch Dashboards has a button
 * for guests on it (2.14 and later). Asked only after that very redirect: without a login such a page may create the
 * configuration document (see the deny-list).
 */
function* surveyLoginPage(conversation: Conversation): Generator<Ask, void, Exchange> {
  const seen = read(conversation);
  if (seen === null || insideAnswers(recordOf(conversation)).length > 0) return;
  const page = loginPages.find(({ product }) => product === seen.identity.product);
  if (page === undefined || !redirectsToLoginPage(recordOf(conversation), page.path, conversation.basePath)) return;
  const { number, certainty } = seen.identity.version;
  const button = page.product === 'opensearch-dashboards' && (certainty !== 'exact' || isFrom(number, 2, 14));
  if (certainty === 'exact' && !button) return;
  yield* askOnce(conversation, page.question);
}

/** Whether a version is known and lower than that. */
function isBefore(number: string | null, major: number, minor: number): boolean {
  return number !== null && /^\d+\.\d+/.test(number) && !isFrom(number, major, minor);
}

/**
 * Where a guest login is offered and the engagement allows to use it: begins the session by a GET, reads what the guest
 * reaches, and ends the session where a GET does that. A Kibana on whose login page a caller chooses begins one by POST only.
 */
function* surveyAsGuest(conversation: Conversation): Generator<Ask, void, Exchange> {
  const seen = read(conversation);
  if (seen === null || readDashboardLogin(recordOf(conversation)).guest.length === 0) return;
  if (insideAnswers(recordOf(conversation)).length > 0) return;
  const kibana = seen.identity.product === 'kibana';
  if (kibana) {
    const told = kept(answerTo(recordOf(conversation), 'kibana-login-state'), optional(keptLoginState));
    if (told?.selector === true) return;
    const provider = told?.providers.find(({ type }) => type === 'anonymous')?.name ?? '';
    yield* ask(conversation, 'kibana-guest-session', { provider: provider === '' ? 'anonymous1' : provider });
  } else {
    yield* ask(conversation, 'dashboards-guest-session');
  }
  if (guestSession(recordOf(conversation)) === null) return;
  conversation.session = true;
  yield* ask(conversation, kibana ? 'kibana-guest' : 'dashboards-guest');
  // To callers inside it shows the version and where the cluster is.
  yield* ask(conversation, 'dashboard-status');
  if (kibana) yield* surveyContents(conversation, read(conversation) ?? seen, true);
  else yield* surveySavedObjects(conversation, true);
  if (kibana) yield* ask(conversation, 'kibana-guest-logout');
  conversation.session = false;
}

/**
 * A dashboard may put a base path into its redirects that something in front of it takes away again: where the path learnt
 * from a redirect leads nowhere, the declared one counts (wire guide R.3, `server.basePath` without `rewriteBasePath`).
 */
function* tryDeclaredPath(conversation: Conversation): Generator<Ask, void, Exchange> {
  if (conversation.basePath === conversation.endpoint.basePath) return;
  if (answerTo(recordOf(conversation), 'dashboard-status')?.answer.status !== 404) return;
  conversation.basePath = conversation.endpoint.basePath;
  yield* ask(conversation, 'dashboard-status');
}

/**
 * What could show a dashboard behind a wall: the likeliest first (wire guide R.6, "an open /elasticsearch/* under a guarded
 * dashboard"). Saved objects come before spaces: every line has them, and rules that let a page be embedded pass them.
 */
const blind = ['dashboard-status', 'kibana-proxy-cat-indices', 'dashboard-saved-objects', 'kibana-spaces'] as const;

/** The question, or the one in its place that reads no names where the engagement allows none. */
function asFarAsAllowed(conversation: Conversation, id: QuestionId): QuestionId {
  if (id === 'kibana-proxy-cat-indices') return relayListing(conversation);
  return id === 'dashboard-saved-objects' ? savedObjects(conversation) : id;
}

function savedObjects(conversation: Conversation): QuestionId {
  return conversation.options.techniques.savedObjectTitles
    ? 'dashboard-saved-objects'
    : 'dashboard-saved-objects-total';
}

function relayListing(conversation: Conversation): QuestionId {
  return conversation.options.techniques.names ? 'kibana-proxy-cat-indices' : 'kibana-proxy-cat-index-counts';
}

function read(conversation: Conversation): DashboardReading | null {
  return readDashboard(recordOf(conversation));
}

/** Major version, 99 where it is not known: an unknown Kibana is asked as a new one. */
function line({ identity }: DashboardReading): number {
  const major = Number.parseInt(identity.version.number ?? '', 10);
  return Number.isNaN(major) ? 99 : major;
}

function isStatic({ identity }: DashboardReading): boolean {
  return identity.product === 'kibana' && identity.version.number === '3';
}

function* askOnce(
  conversation: Conversation,
  id: QuestionId,
  blanks: Readonly<Record<string, string>> = {},
): Generator<Ask, void, Exchange> {
  if (!conversation.exchanges.some((exchange) => exchange.question === id)) yield* ask(conversation, id, blanks);
}

/** True once the dashboard's own login, a guest login or a refusal without login has been seen, and nothing from inside. */
function walled(conversation: Conversation): boolean {
  const record = recordOf(conversation);
  if (insideAnswers(record).length > 0) return false;
  const login = readDashboardLogin(record);
  return login.byProduct.length > 0 || login.guest.length > 0;
}

/** True where a guest login has been seen, which was not used. */
function guestOffered(conversation: Conversation): boolean {
  return !conversation.session && readDashboardLogin(recordOf(conversation)).guest.length > 0;
}

/** True once a path that cannot exist got an answer like any other: what more it shows proves nothing. */
function answersEverything(conversation: Conversation): boolean {
  return read(conversation)?.access.reason === 'not-authenticated-as-genuine';
}

/** Puts a question that was put before the guest session once more in it. */
function* askInside(
  conversation: Conversation,
  id: QuestionId,
  blanks: Readonly<Record<string, string>> = {},
): Generator<Ask, void, Exchange> {
  if (conversation.session) yield* ask(conversation, id, blanks);
  else yield* askOnce(conversation, id, blanks);
}

/** Times a denied read is put again where several dashboards may answer. */
const repeatsAtMost = 2;

/** Several dashboards may answer: their answers contradict each other, a hint says so, or the engagement wants to know. */
function severalBackends(conversation: Conversation): boolean {
  const record = recordOf(conversation);
  return (
    readDashboardLogin(record).contradicted.length > 0 ||
    hintsOfBackends(record).length > 0 ||
    conversation.options.techniques.thoroughBackends
  );
}

/** The last answer to this question turned the caller away. */
function deniedLast(conversation: Conversation, id: QuestionId): boolean {
  const last = answerTo(recordOf(conversation), id);
  return last !== null && turnedAway(last);
}

/** The last answer to this question wanted a login. A 403 of the dashboard's own knows the caller, and denies it this read alone. */
function loginRequired(conversation: Conversation, id: QuestionId): boolean {
  return deniedLast(conversation, id) && answerTo(recordOf(conversation), id)?.answer.status !== 403;
}

/** One address of several dashboards, some open and some not: what one denied another may answer, over another connection. */
function* repeatWhereDenied(conversation: Conversation, id: QuestionId): Generator<Ask, void, Exchange> {
  for (
    let repeats = 0;
    repeats < repeatsAtMost && deniedLast(conversation, id) && severalBackends(conversation);
    repeats++
  )
    yield* ask(conversation, id, {}, true);
}

/** Kibana 6 to 9: who one is, then the proof of a read, then what is there. */
function* surveyKibana(conversation: Conversation, seen: DashboardReading): Generator<Ask, void, Exchange> {
  // 6.x has no login_state: where its login was seen, the next question is the proof that it holds.
  if (line(seen) >= 7) yield* askOnce(conversation, 'kibana-login-state');
  if (guestOffered(conversation) && walled(conversation)) return;
  yield* surveyContents(conversation, seen, false);
}

/** The proof of a read on Kibana 6 to 9, then what is there. `asGuest`: in a guest session, where each is asked anew. */
function* surveyContents(
  conversation: Conversation,
  seen: DashboardReading,
  asGuest: boolean,
): Generator<Ask, void, Exchange> {
  yield* askInside(conversation, 'kibana-spaces');
  if (!asGuest) yield* repeatWhereDenied(conversation, 'kibana-spaces');
  if (insideAnswers(recordOf(conversation)).length === 0) {
    if (!asGuest && walled(conversation) && loginRequired(conversation, 'kibana-spaces')) return;
    yield* surveyTitles(conversation);
    yield* surveyWhereItLeads(conversation, seen);
    yield* surveyBesideApi(conversation);
    if (insideAnswers(recordOf(conversation)).length === 0) return;
  }
  yield* askUnknownPath(conversation);
  if (answersEverything(conversation)) return;
  yield* surveyTitles(conversation);
  yield* askOnce(conversation, 'kibana-index-management');
  if (!listed(conversation, 'kibana-index-management')) {
    yield* askOnce(conversation, 'dashboard-resolve-index');
    if (!listed(conversation, 'dashboard-resolve-index')) yield* askOnce(conversation, 'kibana-resolve-index-internal');
  }
  yield* askOnce(conversation, 'dashboard-stats');
  yield* surveyWhereItLeads(conversation, seen);
  yield* surveyFields(conversation, line(seen));
  if (listed(conversation, 'kibana-index-management') && !isBefore(seen.identity.version.number, 7, 4)) {
    // Whether what could be deleted could be restored.
    yield* askOnce(conversation, 'kibana-snapshot-repositories');
  }
}

/**
 * Which clusters the dashboard leads to: asked where it let us in, or where only its cluster turned us away. A locked cluster
 * behind it shows no uuid, but its address.
 */
function* surveyWhereItLeads(conversation: Conversation, seen: DashboardReading): Generator<Ask, void, Exchange> {
  const record = recordOf(conversation);
  const login = readDashboardLogin(record);
  const inside = insideAnswers(record).length > 0;
  if (!inside && (login.byCluster.length === 0 || login.byProduct.length > 0)) return;
  const { product, version } = seen.identity;
  if (product === 'kibana') {
    if (!isBefore(version.number, 7, 10)) yield* askOnce(conversation, 'kibana-console-config');
    return;
  }
  yield* askOnce(conversation, 'dashboards-console-config');
  // Without saved objects there are no data sources to read: the list is empty then, whatever there is.
  if (!inside || isBefore(version.number, 2, 4)) return;
  const plugins = statusOf(recordOf(conversation))?.status.plugins ?? null;
  if (plugins !== null && !plugins.includes('dataSource')) return;
  yield* askOnce(conversation, 'dashboards-data-sources');
  yield* surveyDataSources(conversation);
}

/** Where the data sources lie that an answer of a dashboard names, `host:port`, each once; none for any other answer. */
export function namedClusters(exchange: Exchange): readonly string[] {
  const { question, outcome } = exchange;
  if (question !== 'dashboards-data-sources' || outcome.kind !== 'answer') return [];
  const found = kept({ at: 0, exchange, answer: outcome }, optional(keptDataSources));
  return [...new Set((found?.list ?? []).flatMap(({ address }) => address ?? []))];
}

/** Data sources whose clusters are listed at most. */
const dataSourcesAtMost = 5;

/**
 * Lists further clusters through the dashboard: only those that are declared and in scope, and where the engagement allows it.
 */
function* surveyDataSources(conversation: Conversation): Generator<Ask, void, Exchange> {
  const { mayReach } = conversation.options;
  if (mayReach === undefined) return;
  const found = kept(answerTo(recordOf(conversation), 'dashboards-data-sources'), optional(keptDataSources));
  const declared = (found?.list ?? []).filter(({ address }) => address !== null && mayReach(address));
  for (const { id } of declared.slice(0, dataSourcesAtMost)) {
    yield* ask(conversation, 'dashboards-data-source-indices', { source: id });
  }
}

/**
 * Views, and indices of different kinds, whose fields are asked for one by one, at most: the table of people is rarely the
 * largest.
 */
const viewsAtMost = 2;
const fieldsAtMost = 3;

/**
 * What is behind, by the names of fields: of data views by the public way of Kibana 8 and 9; of the largest indices that no
 * view shows; of all indices at once where none is listed or none with a count. A way that is not there is not tried again.
 */
function* surveyFields(conversation: Conversation, major: number | null): Generator<Ask, void, Exchange> {
  if (read(conversation)?.access.state !== 'open') return;
  const views = major === null || major < 8 ? [] : viewsOf(conversation).slice(0, viewsAtMost);
  for (const view of views) {
    yield* ask(conversation, 'kibana-data-view', { view: view.id });
    if (!fieldsShown(conversation, 'kibana-data-view')) break;
  }
  const shownViews = anyFieldsShown(conversation, 'kibana-data-view') ? views.map(({ title }) => title) : [];
  const listing = clusterBehind(recordOf(conversation))?.indices ?? null;
  const counted = listing?.list.some(({ system, documents }) => !system && documents !== null) === true;
  const full = (listing?.list ?? []).filter(({ documents }) => documents !== 0);
  const unseen = full.filter(({ name }) => !shownViews.some((title) => covers(title, name)));
  const list = { list: unseen };
  if (listed(conversation, 'dashboards-cat-indices')) {
    yield* surveyMappings(conversation, list);
    return;
  }
  if (listed(conversation, 'kibana-index-management')) {
    yield* surveyLargest(conversation, list, shownViews.length === 0);
    return;
  }
  if (shownViews.length > 0) return;
  if (!counted && (major ?? 7) <= 8) {
    yield* ask(conversation, 'dashboard-all-fields');
    if (fieldsShown(conversation, 'dashboard-all-fields')) return;
  }
  for (const index of names(list, fieldsAtMost)) {
    yield* ask(conversation, 'dashboard-fields', { index });
    // A route that is not there, or refused, is so for the next index too.
    if (!fieldsShown(conversation, 'dashboard-fields')) return;
  }
}

/** OpenSearch Dashboards 2.19: mappings and ages of the largest indices, all in one request each. */
function* surveyMappings(
  conversation: Conversation,
  list: Parameters<typeof largestIndices>[0],
): Generator<Ask, void, Exchange> {
  const all = largestIndices(list);
  if (all === null) return;
  yield* ask(conversation, 'dashboards-mapping', { index: all });
  const [first] = names(list, 1);
  // One name at a time where several are refused.
  if (!fieldsShown(conversation, 'dashboards-mapping') && first !== undefined && first !== all)
    yield* ask(conversation, 'dashboards-mapping', { index: first });
  if (fieldsShown(conversation, 'dashboards-mapping'))
    yield* askOnce(conversation, 'dashboards-index-settings', answerBlanks(conversation, 'dashboards-mapping'));
}

/** Kibana with index management: mappings of the largest indices one by one, and how old the largest is. */
function* surveyLargest(
  conversation: Conversation,
  list: Parameters<typeof largestIndices>[0],
  needed: boolean,
): Generator<Ask, void, Exchange> {
  const picked = names(list, needed ? fieldsAtMost : viewsAtMost);
  const [first] = picked;
  for (const index of picked) {
    yield* ask(conversation, 'kibana-index-mapping', { index });
    if (!fieldsShown(conversation, 'kibana-index-mapping')) break;
  }
  if (first === undefined) return;
  if (anyFieldsShown(conversation, 'kibana-index-mapping')) {
    yield* askOnce(conversation, 'kibana-index-settings', { index: first });
  } else if (needed) {
    yield* ask(conversation, 'dashboard-fields', { index: first });
  }
  const counted = clusterBehind(recordOf(conversation))?.indices?.list.some(
    ({ name, documents }) => name === first && documents !== null,
  );
  if (counted !== true) yield* askOnce(conversation, 'kibana-index-stats', { index: first });
}

function names(list: Parameters<typeof largestIndices>[0], most: number): readonly string[] {
  return largestIndices(list, most)?.split(',') ?? [];
}

function answerBlanks(conversation: Conversation, id: QuestionId): Readonly<Record<string, string>> {
  return answerTo(recordOf(conversation), id)?.exchange.blanks ?? {};
}

/** Whether an index is among those that the title of a view names: names and patterns with `*`, `-` before those left out. */
function covers(title: string, index: string): boolean {
  return title.split(',').some((part) => {
    const pattern = part.trim().replace(/[\\^$.+?()[\]{}|]/g, '\\$&');
    return new RegExp(`^${pattern.replace(/\*+/g, '.*')}$`).test(index);
  });
}

/** Ids and titles of the data views or index patterns that were listed. */
function viewsOf(conversation: Conversation): readonly { readonly id: string; readonly title: string }[] {
  const lists = answersTo(recordOf(conversation), 'dashboard-saved-objects', 'kibana-data-views');
  return lists.flatMap((answered) => kept(answered, optional(keptTitles))?.views ?? []);
}

/** Whether the question got an answer with fields at least once. */
function anyFieldsShown(conversation: Conversation, id: QuestionId): boolean {
  return answersTo(recordOf(conversation), id).some((answered) => fieldsOf(answered) !== null);
}

/** Whether the question got an answer with fields, the last time that it was put. */
function fieldsShown(conversation: Conversation, id: QuestionId): boolean {
  const last = answerTo(recordOf(conversation), id);
  return last !== null && fieldsOf(last) !== null;
}

/**
 * Where something in front denies the API and lets other paths of the dashboard pass, one of those may list indices, or be
 * the API of a space. If none does, the front page shows whether what passed at first still passes.
 */
function* surveyBesideApi(conversation: Conversation): Generator<Ask, void, Exchange> {
  const record = recordOf(conversation);
  if (!deniesApiOnly(record, readDashboardLogin(record))) return;
  yield* askOnce(conversation, 'dashboard-resolve-index');
  if (insideAnswers(recordOf(conversation)).length > 0) return;
  const { basePath } = conversation;
  const seen = read(conversation);
  if (seen !== null && mayHaveSpaces(seen.identity)) {
    conversation.basePath = `${basePath}${spaceFolder}`;
    yield* ask(conversation, 'kibana-spaces');
    if (insideAnswers(recordOf(conversation)).length > 0) return;
    conversation.basePath = basePath;
  }
  yield* ask(conversation, 'root');
}

/** Titles of saved objects: by the old way, then by the public one of Kibana 8 and 9. */
function* surveyTitles(conversation: Conversation): Generator<Ask, void, Exchange> {
  if (
    !conversation.session &&
    answersTo(recordOf(conversation), 'dashboard-saved-objects', 'dashboard-saved-objects-total').length > 0
  )
    return;
  const id = savedObjects(conversation);
  if (kept(answerTo(recordOf(conversation), id), optional(keptTitles)) !== null) return;
  yield* askInside(conversation, id);
  const answered = answerTo(recordOf(conversation), id);
  if (answered === null || answered.answer.status === 200) return;
  // its own login denies the one as the other; a rule of something in front knows the one path alone
  const own = answered.answer.status === 401 && refuser(answered, recordOf(conversation))?.by !== 'proxy';
  if (!own) yield* askOnce(conversation, 'kibana-data-views');
}

/** OpenSearch Dashboards and the Kibana of Open Distro: saved objects are the proof, three routes list indices. */
function* surveySavedObjects(conversation: Conversation, asGuest = false): Generator<Ask, void, Exchange> {
  const proof = savedObjects(conversation);
  yield* askInside(conversation, proof);
  if (!asGuest) yield* repeatWhereDenied(conversation, proof);
  const seen = read(conversation);
  if (seen === null) return;
  if (insideAnswers(recordOf(conversation)).length === 0) {
    yield* surveyWhereItLeads(conversation, seen);
    // A guest whose role reads indices and no saved objects is still shown indices.
    if (asGuest) yield* askOnce(conversation, 'dashboard-resolve-index');
    else yield* surveyBesideApi(conversation);
    if (insideAnswers(recordOf(conversation)).length === 0) return;
  }
  yield* askUnknownPath(conversation);
  if (answersEverything(conversation)) return;
  yield* askOnce(conversation, 'dashboards-index-management');
  if (!listed(conversation, 'dashboards-index-management')) {
    // In the core since 2.19: with counts, where the plugin is not there.
    if (seen.identity.product === 'opensearch-dashboards' && !isBefore(seen.identity.version.number, 2, 19))
      yield* askOnce(conversation, 'dashboards-cat-indices');
    if (!listed(conversation, 'dashboards-cat-indices')) yield* askOnce(conversation, 'dashboard-resolve-index');
  }
  yield* askOnce(conversation, 'dashboard-stats');
  yield* surveyWhereItLeads(conversation, seen);
  yield* surveyFields(conversation, null);
}

/** Kibana 4 and 5: their relay is the only proof (wire guide R.3), also under a guarded page. */
function* surveyRelay(conversation: Conversation): Generator<Ask, void, Exchange> {
  const id = relayListing(conversation);
  yield* askOnce(conversation, id);
  if (!listed(conversation, id)) return;
  yield* askUnknownPath(conversation);
  yield* askOnce(conversation, 'kibana-proxy-unknown-index');
  if (fabrications(recordOf(conversation), ['kibana-proxy-unknown-index']).length === 1)
    yield* ask(conversation, 'kibana-proxy-unknown-index');
  yield* askOnce(conversation, 'kibana-proxy-banner');
  const listing = kept(answerTo(recordOf(conversation), id), parseListing);
  const small = listing?.small[0];
  if (small !== undefined) yield* askOnce(conversation, 'kibana-proxy-count', { index: small });
  const index = listing === null ? null : largestIndices(listing);
  if (index !== null) yield* askOnce(conversation, 'kibana-proxy-mapping', { index });
}

/**
 * A path that cannot exist; where it gives what was read from inside, another one, since one alone proves nothing. Where
 * something in front answers it, one next to the list that was let through, and a parameter that cannot exist.
 */
function* askUnknownPath(conversation: Conversation): Generator<Ask, void, Exchange> {
  yield* askOnce(conversation, 'dashboard-unknown-path');
  yield* repeatWhereDenied(conversation, 'dashboard-unknown-path');
  const record = recordOf(conversation);
  const asked = answersTo(record, 'dashboard-unknown-path');
  const inside = new Set(insideAnswers(record).map(({ answer }) => answer.sha256));
  if (asked.length === 1 && asked.some(({ answer }) => inside.has(answer.sha256)))
    yield* ask(conversation, 'dashboard-unknown-path');
  if (inside.size === 0 || knowsItsPaths(recordOf(conversation))) return;
  // a page that replaces what is not found does so for any path
  const replaced = asked.some(
    ({ answer: { status, body } }) => [200, 404].includes(status) && body.kind === 'text' && body.html,
  );
  if (!replaced && asked.every(({ answer }) => answer.status >= 300)) {
    if (listed(conversation, 'kibana-spaces')) yield* askOnce(conversation, 'kibana-unknown-space');
    else if (listed(conversation, 'dashboard-saved-objects') || listed(conversation, 'dashboard-saved-objects-total'))
      yield* askOnce(conversation, 'dashboard-unknown-object');
  }
  if (!knowsItsPaths(recordOf(conversation)) && (replaced || asked.every(({ answer }) => answer.status >= 300)))
    yield* askOnce(conversation, 'dashboard-unknown-parameter');
}

/** True when the question got an answer from inside. */
function listed(conversation: Conversation, id: QuestionId): boolean {
  return insideAnswers(recordOf(conversation)).some(({ exchange }) => exchange.question === id);
}
