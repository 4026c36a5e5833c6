import type { Exchange } from '../model/exchange.js';
import type { Ask } from '../model/question.js';
import { keptTitles } from '../catalogue/dashboard.js';
import { largestIndices } from '../catalogue/fields.js';
import { parseListing } from '../catalogue/listing.js';
import { readDashboard, type DashboardReading } from '../reading/dashboard.js';
import { clusterBehind, insideAnswers, listedUnderRelayPath } from '../reading/dashboard-contents.js';
import { optional } from '../reading/dashboard-identity.js';
import { beforeStart } from '../reading/dashboard-identity.js';
import { readDashboardLogin } from '../reading/dashboard-login.js';
import { answersTo, answerTo, kept } from '../reading/exchanges.js';
import { fieldsOf } from '../reading/fields.js';
import { ask, recordOf, type Talk } from './talk.js';

/**
 * Asks a dashboard. `known`: a dashboard has shown itself, asked is what its verdict needs. `blind`: something unknown
 * answered; at most `most` requests are put that could show a dashboard or an open relay of one, and where one does it goes
 * on as known. A login that is recognised ends it at once, at most three requests into the talk.
 */
export function* surveyDashboard(
  talk: Talk,
  mode: { readonly kind: 'known' } | { readonly kind: 'blind'; readonly most: number },
): Generator<Ask, void, Exchange> {
  if (mode.kind === 'blind') {
    for (const id of blind.slice(0, mode.most)) {
      yield* ask(talk, id === 'kibana-proxy-cat-indices' ? relayListing(talk) : id);
      if (read(talk) !== null || listedUnderRelayPath(recordOf(talk))) break;
    }
  }
  const first = read(talk);
  if (first === null) return;
  if (isStatic(first)) {
    yield* askOnce(talk, 'kibana-config-js');
    return;
  }
  yield* askOnce(talk, 'dashboard-status');
  yield* tryDeclaredPath(talk);
  if (beforeStart(recordOf(talk)) !== null) yield* askOnce(talk, 'kibana-setup-status');
  const seen = read(talk) ?? first;
  if (seen.access.reason === 'not-ready' && !seen.facts.setupOpen) return;
  if (seen.facts.setupOpen) {
    yield* askOnce(talk, 'dashboard-unknown-path');
    return;
  }
  if (seen.identity.product === 'opensearch-dashboards' || seen.identity.distribution === 'open-distro') {
    yield* surveySavedObjects(talk);
  } else if (line(seen) <= 5) {
    yield* surveyRelay(talk);
  } else {
    yield* surveyKibana(talk, seen);
  }
}

/**
 * A dashboard may put a base path into its redirects that something in front of it takes away again: where the path learnt
 * from a redirect leads nowhere, the declared one counts (wire guide R.3, `server.basePath` without `rewriteBasePath`).
 */
function* tryDeclaredPath(talk: Talk): Generator<Ask, void, Exchange> {
  if (talk.basePath === talk.endpoint.basePath) return;
  if (answerTo(recordOf(talk), 'dashboard-status')?.answer.status !== 404) return;
  talk.basePath = talk.endpoint.basePath;
  yield* ask(talk, 'dashboard-status');
}

/** What could show a dashboard behind a wall: the likeliest first (wire guide R.6, "an open /elasticsearch/* under a guarded dashboard"). */
const blind = ['dashboard-status', 'kibana-proxy-cat-indices', 'kibana-spaces', 'dashboard-saved-objects'] as const;

function relayListing(talk: Talk): string {
  return talk.options.techniques.names ? 'kibana-proxy-cat-indices' : 'kibana-proxy-cat-index-counts';
}

function read(talk: Talk): DashboardReading | null {
  return readDashboard(recordOf(talk));
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
  talk: Talk,
  id: string,
  blanks: Readonly<Record<string, string>> = {},
): Generator<Ask, void, Exchange> {
  if (!talk.exchanges.some((exchange) => exchange.question === id)) yield* ask(talk, id, blanks);
}

/** True once the dashboard's own login, a guest login or a refusal without login has been seen, and nothing from inside. */
function walled(talk: Talk): boolean {
  const record = recordOf(talk);
  if (insideAnswers(record).length > 0) return false;
  const login = readDashboardLogin(record);
  return login.byProduct.length > 0 || login.guest.length > 0;
}

/** Times a refused proof is put again where the dashboard's answers contradict each other. */
const repeatsAtMost = 2;

/** One door of several dashboards, some open and some not: what one refused another may answer. */
function* repeatWhereContradicted(talk: Talk, id: string): Generator<Ask, void, Exchange> {
  for (let repeats = 0; repeats < repeatsAtMost; repeats++) {
    if (readDashboardLogin(recordOf(talk)).contradicted.length === 0) return;
    if (answerTo(recordOf(talk), id)?.answer.status !== 401) return;
    yield* ask(talk, id);
  }
}

/** Kibana 6 to 9: who one is, then the proof of a read, then what lies there. */
function* surveyKibana(talk: Talk, seen: DashboardReading): Generator<Ask, void, Exchange> {
  // 6.x has no login_state: where its login was seen, the next question is the proof that it holds.
  if (line(seen) >= 7) yield* askOnce(talk, 'kibana-login-state');
  const record = recordOf(talk);
  const told = answerTo(record, 'kibana-login-state');
  // 7.0 to 7.6 have none either, and their login stands before every path they do not know.
  if ((told?.answer.status === 200 || told?.answer.status === 401) && walled(talk)) return;
  yield* askOnce(talk, 'kibana-spaces');
  yield* repeatWhereContradicted(talk, 'kibana-spaces');
  if (insideAnswers(recordOf(talk)).length === 0) {
    if (walled(talk)) return;
    yield* surveyTitles(talk);
    if (insideAnswers(recordOf(talk)).length === 0) return;
  }
  yield* askOnce(talk, 'dashboard-unknown-path');
  yield* surveyTitles(talk);
  yield* askOnce(talk, 'kibana-index-management');
  if (!listed(talk, 'kibana-index-management')) {
    yield* askOnce(talk, 'dashboard-resolve-index');
    if (!listed(talk, 'dashboard-resolve-index')) yield* askOnce(talk, 'kibana-resolve-index-internal');
  }
  yield* askOnce(talk, 'dashboard-stats');
  yield* surveyFields(talk, line(seen));
}

/** Questions for fields that are put to a dashboard at most. */
const fieldsAtMost = 2;

/**
 * What lies behind, by the names of fields: of data views by the public way of Kibana 8 and 9, else of the largest indices
 * one by one. Where the first view is refused or not known, the other way is tried once.
 */
function* surveyFields(talk: Talk, major: number | null): Generator<Ask, void, Exchange> {
  if (read(talk)?.access.state !== 'open') return;
  const views = major === null || major < 8 ? [] : viewsOf(talk).slice(0, fieldsAtMost);
  for (const view of views) {
    yield* ask(talk, 'kibana-data-view', { view });
    if (!fieldsShown(talk, 'kibana-data-view')) break;
  }
  if (fieldsShown(talk, 'kibana-data-view')) return;
  const listing = clusterBehind(recordOf(talk))?.indices ?? null;
  const indices = listing === null ? null : largestIndices(listing, views.length > 0 ? 1 : fieldsAtMost);
  for (const index of indices?.split(',') ?? []) {
    yield* ask(talk, 'dashboard-fields', { index });
    // A route that is not there, or refused, is so for the next index too.
    if (!fieldsShown(talk, 'dashboard-fields')) return;
  }
}

/** Ids of the data views or index patterns that were listed. */
function viewsOf(talk: Talk): readonly string[] {
  const lists = answersTo(recordOf(talk), 'dashboard-saved-objects', 'kibana-data-views');
  return lists.flatMap((answered) => kept(answered, optional(keptTitles))?.views ?? []).map(({ id }) => id);
}

/** Whether the question was answered with fields, the last time that it was put. */
function fieldsShown(talk: Talk, id: string): boolean {
  const last = answerTo(recordOf(talk), id);
  return last !== null && fieldsOf(last) !== null;
}

/** Titles of saved objects: by the old way, then by the public one of Kibana 8 and 9. */
function* surveyTitles(talk: Talk): Generator<Ask, void, Exchange> {
  if (answersTo(recordOf(talk), 'dashboard-saved-objects', 'dashboard-saved-objects-total').length > 0) return;
  const id = talk.options.techniques.savedObjectTitles ? 'dashboard-saved-objects' : 'dashboard-saved-objects-total';
  yield* askOnce(talk, id);
  const answered = answerTo(recordOf(talk), id);
  if (answered !== null && answered.answer.status !== 200 && answered.answer.status !== 401) {
    yield* askOnce(talk, 'kibana-data-views');
  }
}

/** OpenSearch Dashboards and the Kibana of Open Distro: saved objects are the proof, two routes list indices. */
function* surveySavedObjects(talk: Talk): Generator<Ask, void, Exchange> {
  const titles = talk.options.techniques.savedObjectTitles;
  const proof = titles ? 'dashboard-saved-objects' : 'dashboard-saved-objects-total';
  yield* askOnce(talk, proof);
  yield* repeatWhereContradicted(talk, proof);
  if (insideAnswers(recordOf(talk)).length === 0) return;
  yield* askOnce(talk, 'dashboard-unknown-path');
  yield* askOnce(talk, 'dashboards-index-management');
  if (!listed(talk, 'dashboards-index-management')) yield* askOnce(talk, 'dashboard-resolve-index');
  yield* askOnce(talk, 'dashboard-stats');
  yield* surveyFields(talk, null);
}

/** Kibana 4 and 5: their relay is the only proof (wire guide R.3), also under a guarded page. */
function* surveyRelay(talk: Talk): Generator<Ask, void, Exchange> {
  const id = relayListing(talk);
  yield* askOnce(talk, id);
  if (!listed(talk, id)) return;
  yield* askOnce(talk, 'dashboard-unknown-path');
  yield* askOnce(talk, 'kibana-proxy-unknown-index');
  yield* askOnce(talk, 'kibana-proxy-banner');
  const listing = kept(answerTo(recordOf(talk), id), parseListing);
  const small = listing?.small[0];
  if (small !== undefined) yield* askOnce(talk, 'kibana-proxy-search', { index: small });
  const index = listing === null ? null : largestIndices(listing);
  if (index !== null) yield* askOnce(talk, 'kibana-proxy-mapping', { index });
}

/** True when the question was answered with something from inside. */
function listed(talk: Talk, id: string): boolean {
  return insideAnswers(recordOf(talk)).some(({ exchange }) => exchange.question === id);
}
