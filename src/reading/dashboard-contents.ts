// What a dashboard shows of itself and of the cluster behind it.
import type { EndpointRecord } from '../model/exchange.js';
import type { ClusterFacts, DashboardFacts, EvidenceRefs, IndicesFacts, ProcessStart } from '../model/observation.js';
import { parseBanner } from '../catalogue/banner.js';
import { addressesIn } from '../catalogue/address.js';
import { parseCount } from '../catalogue/cluster.js';
import {
  keptConsoleConfig,
  keptDataSources,
  keptIndexSettings,
  keptIndexStats,
  keptStateManagement,
  keptStats,
  keptTitles,
} from '../catalogue/dashboard.js';
import { parseListing, type Listing } from '../catalogue/listing.js';
import { parseRepositories } from '../catalogue/snapshots.js';
import { indicesFacts } from './cluster-facts.js';
import { kibana3Cluster, kibana3Settings } from '../knowledge/page-marks.js';
import { fromDashboard, optional, statusOf } from './dashboard-identity.js';
import { answersTo, answerTo, kept, refs, said, type Answered } from '../catalogue/exchanges.js';
import { readRefusal } from './refusal.js';

/** The questions whose answer with content proves that the caller is inside the dashboard's API (wire guide D.5, R.3). */
export const contentQuestions: readonly string[] = [
  'kibana-spaces',
  'dashboard-saved-objects',
  'dashboard-saved-objects-total',
  'kibana-data-views',
  'kibana-index-management',
  'dashboards-index-management',
  'dashboards-cat-indices',
  'dashboard-resolve-index',
  'kibana-resolve-index-internal',
  'kibana-proxy-cat-indices',
  'kibana-proxy-cat-index-counts',
];

/** The ones among them that list indices, the one that shows most first. */
const listings = [
  'kibana-proxy-cat-indices',
  'kibana-index-management',
  'dashboards-index-management',
  'dashboards-cat-indices',
  'kibana-proxy-cat-index-counts',
  'dashboard-resolve-index',
  'kibana-resolve-index-internal',
] as const;

/** The questions that a dashboard answers with a list and nothing around it: an empty one is what anything may answer. */
const bareLists: ReadonlySet<string> = new Set([
  'kibana-spaces',
  'kibana-index-management',
  'dashboards-cat-indices',
  'kibana-proxy-cat-indices',
  'kibana-proxy-cat-index-counts',
]);

/** What an answer shows from inside: names or totals. Null where it shows nothing. */
function shows(
  answered: Answered,
): { readonly listing: { readonly of: Listing; readonly total: number } | null } | null {
  const { question } = answered.exchange;
  if (question === 'dashboards-index-management') {
    const found = kept(answered, optional(keptStateManagement));
    const listing = found !== null && 'listing' in found ? parseListing(found.listing) : null;
    return found !== null && 'listing' in found && listing !== null
      ? { listing: { of: listing, total: found.total } }
      : null;
  }
  const listing = kept(answered, parseListing);
  const found = listing ?? kept(answered, optional(keptTitles));
  if (found === null || (found.total === 0 && bareLists.has(question))) return null;
  return { listing: listing === null ? null : { of: listing, total: listing.total } };
}

/** Answers that a caller gets only inside the dashboard's API. */
export function insideAnswers(record: EndpointRecord): readonly Answered[] {
  return answersTo(record, ...contentQuestions).filter((answered) => shows(answered) !== null);
}

/** The questions that list indices over the relay of Kibana 4 and 5. */
export const relayListers: readonly string[] = ['kibana-proxy-cat-indices', 'kibana-proxy-cat-index-counts'];

/**
 * Indices were listed where Kibana 4 and 5 relay, and no Kibana did it: a proxy passes that path to a cluster (wire guide R.6).
 */
export function listedUnderRelayPath(record: EndpointRecord): boolean {
  return answersTo(record, ...relayListers).some(
    (answered) => !fromDashboard(answered) && (kept(answered, parseListing)?.total ?? 0) > 0,
  );
}

/** True where the caller was turned away: 401, 403, or sent to a login. */
export function turnedAway(answered: Answered): boolean {
  const { status } = answered.answer;
  return status === 401 || status === 403 || readRefusal(answered)?.kind === 'login-redirect';
}

/** Answers to the questions that list indices by which the caller was turned away. */
export function refusedListings(record: EndpointRecord): readonly Answered[] {
  return answersTo(record, ...listings).filter(turnedAway);
}

/** The one search that was permitted, through the relay of Kibana 4 and 5: at least one shard answered. */
export function permittedSearch(
  record: EndpointRecord,
): { readonly answered: Answered; readonly documents: number | null } | null {
  for (const answered of answersTo(record, 'kibana-proxy-count')) {
    const found = kept(answered, parseCount);
    if (found !== null && found.successful >= 1) return { answered, documents: found.documents ?? null };
  }
  return null;
}

/** The cluster behind, as far as it was seen through the dashboard; null when nothing of it was. */
export function clusterBehind(record: EndpointRecord): ClusterFacts | null {
  const stats = answerTo(record, 'dashboard-stats');
  const bannerAnswer = answerTo(record, 'kibana-proxy-banner');
  const banner = kept(bannerAnswer, parseBanner);
  const uuid = banner?.cluster_uuid ?? kept(stats, optional(keptStats))?.clusterUuid ?? null;
  const best = listings
    .map((id) => answerTo(record, id))
    .flatMap((answered) => {
      const listing = answered === null ? null : (shows(answered)?.listing ?? null);
      return answered === null || listing === null ? [] : [{ answered, ...listing }];
    })[0];
  const search = permittedSearch(record);
  if (uuid === null && banner === null && best === undefined && search === null) return null;
  const indices =
    best === undefined
      ? null
      : withDetails(record, {
          ...indicesFacts(
            best.of,
            best.total === best.of.total && !best.answered.answer.truncated,
            refs(best.answered),
          ),
          total: best.total,
        });
  return {
    name: banner?.cluster_name ?? null,
    uuid: uuid === '_na_' ? null : uuid,
    nodeName: banner?.name ?? null,
    nodes: null,
    httpAddresses: [],
    totals: { indices: indices?.total ?? null, documents: null, bytes: null },
    indices,
    searchPermittedOn:
      search === null
        ? null
        : {
            index: search.answered.exchange.blanks['index'] ?? '',
            documents: search.documents,
            evidence: refs(search.answered),
          },
    evidence: refs(
      banner === null ? null : bannerAnswer,
      kept(stats, optional(keptStats)) === null ? null : stats,
      best?.answered,
      search?.answered,
    ),
  };
}

/** A listing with what was asked about single indices of it: how much one holds, and when it was created. */
function withDetails(record: EndpointRecord, indices: IndicesFacts): IndicesFacts {
  const asked = (answered: Answered): string => answered.exchange.blanks['index'] ?? '';
  const settings = answersTo(record, 'kibana-index-settings', 'dashboards-index-settings');
  const created = new Map(
    settings.flatMap((answered) =>
      (kept(answered, optional(keptIndexSettings))?.created ?? []).flatMap(({ index, at }) => {
        const date = new Date(at);
        return Number.isNaN(date.getTime())
          ? []
          : [[index === '' ? asked(answered) : index, date.toISOString()] as const];
      }),
    ),
  );
  const stats = answersTo(record, 'kibana-index-stats');
  const counts = new Map(
    stats.flatMap((answered) => {
      const found = kept(answered, optional(keptIndexStats));
      return found === null ? [] : [[asked(answered), found] as const];
    }),
  );
  if (created.size === 0 && counts.size === 0) return indices;
  const list = indices.list.map((index) => ({
    ...index,
    createdAt: index.createdAt ?? created.get(index.name) ?? null,
    documents: index.documents ?? counts.get(index.name)?.documents ?? null,
    bytes: index.bytes ?? counts.get(index.name)?.bytes ?? null,
  }));
  const added = list.filter((index) => !index.system && counts.has(index.name));
  const dates = list.flatMap(({ system, createdAt }) => (system || createdAt === null ? [] : [createdAt])).sort();
  return {
    ...indices,
    list,
    documents: indices.documents + added.reduce((sum, { documents }) => sum + (documents ?? 0), 0),
    bytes: indices.bytes + added.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
    oldestUserIndexAt: indices.oldestUserIndexAt ?? dates[0] ?? null,
    evidence: refs(indices.evidence, ...settings, ...stats),
  };
}

/** Further clusters that the dashboard leads to, and what was listed of them. */
export function readDataSources(
  record: EndpointRecord,
): Pick<DashboardFacts, 'dataSources' | 'dataSourcesTotal' | 'dataSourcesEvidence'> {
  const answered = answerTo(record, 'dashboards-data-sources');
  const found = kept(answered, optional(keptDataSources));
  const listings = answersTo(record, 'dashboards-data-source-indices');
  return {
    dataSources: (found?.list ?? []).map((source) => {
      const listed = listings.findLast(({ exchange }) => exchange.blanks['source'] === source.id) ?? null;
      const listing = kept(listed, parseListing);
      return {
        ...source,
        indices:
          listed === null || listing === null ? null : indicesFacts(listing, !listed.answer.truncated, refs(listed)),
      };
    }),
    dataSourcesTotal: found?.total ?? null,
    dataSourcesEvidence: found === null ? [] : refs(answered, ...listings),
  };
}

/** How many snapshot repositories the cluster behind has, by the word of Kibana's Snapshot and Restore. */
export function readRepositories(record: EndpointRecord): DashboardFacts['repositories'] {
  const answered = answerTo(record, 'kibana-snapshot-repositories');
  const found = kept(answered, parseRepositories);
  return found === null ? null : { total: found.total, evidence: refs(answered) };
}

/** The questions that say where the dashboard's console sends its requests. */
const consoles = ['kibana-console-config', 'dashboards-console-config'] as const;

/** Names of spaces and titles of saved objects. */
export function readTitles(
  record: EndpointRecord,
): Pick<DashboardFacts, 'spaces' | 'spacesTotal' | 'savedObjects' | 'savedObjectsTotal' | 'contentsEvidence'> {
  const read = (id: string) => {
    const answered = answerTo(record, id);
    const found = kept(answered, optional(keptTitles));
    return found === null ? null : { ...found, answered };
  };
  const spaces = read('kibana-spaces');
  const objects = read('dashboard-saved-objects') ?? read('kibana-data-views') ?? read('dashboard-saved-objects-total');
  return {
    spaces: spaces?.titles ?? [],
    spacesTotal: spaces === null ? null : { number: spaces.total, atLeast: spaces.answered?.answer.truncated === true },
    savedObjects: objects?.titles ?? [],
    savedObjectsTotal: objects?.total ?? null,
    contentsEvidence: refs(spaces?.answered, objects?.answered),
  };
}

const unreachable =
  /Unable to connect|No Living connections|ECONNREFUSED|ENOTFOUND|ETIMEDOUT|Unable to retrieve version|Waiting for Elasticsearch|Unable to revive|Request Timeout|ConnectionError/i;
const refuses = /Authentication Exception|security_exception|Unauthorized|missing authentication/i;

/** What the dashboard says of the cluster behind it (wire guide D.3, R.3). */
export function readBackend(record: EndpointRecord, refusedByCluster: EvidenceRefs): DashboardFacts['backend'] {
  const shown = statusOf(record);
  const message = shown?.status.backend?.message ?? '';
  const console = answersTo(record, ...consoles).filter((answered) => kept(answered, optional(keptConsoleConfig)));
  const failed = answersTo(record).filter(
    (answered) => fromDashboard(answered) && answered.answer.status === 502 && unreachable.test(said(answered.answer)),
  );
  const settings = answersTo(record, 'kibana-config-js').filter(({ answer }) => kibana3Settings.test(said(answer)));
  const addresses = [
    ...new Set([
      ...console.flatMap((answered) => kept(answered, optional(keptConsoleConfig))?.addresses ?? []),
      ...(shown?.status.backend?.addresses ?? []),
      ...failed.flatMap(({ answer }) => addressesIn(said(answer))),
      ...settings.flatMap(({ answer }) => addressesIn(kibana3Address(answer, record.endpoint))),
    ]),
  ];
  const told = refs(shown !== null && shown.status.backend !== null ? shown.answered : null, ...console);
  const seen = listings
    .map((id) => answerTo(record, id))
    .find((answered) => answered !== null && shows(answered) !== null);
  if (refusedByCluster.length > 0) return { state: 'refuses', addresses, evidence: refs(refusedByCluster, told) };
  if (seen !== undefined) return { state: 'reached', addresses, evidence: refs(seen, told) };
  if (refuses.test(message)) return { state: 'refuses', addresses, evidence: told };
  if (failed.length > 0 || unreachable.test(message))
    return { state: 'unreachable', addresses, evidence: refs(told, ...failed) };
  if (/^(?:green|available)$/.test(shown?.status.backend?.state ?? '')) {
    return { state: 'reached', addresses, evidence: told };
  }
  return { state: 'unknown', addresses, evidence: refs(told, ...settings) };
}

/** True where the settings of a Kibana 3 name the very endpoint that serves its page: the cluster answers there as well. */
export function settingsLeadHere(record: EndpointRecord): boolean {
  const { host, port } = record.endpoint;
  const [here = ''] = addressesIn(`http://${host.includes(':') ? `[${host}]` : host}:${port}`);
  return answersTo(record, 'kibana-config-js').some(
    ({ answer }) =>
      kibana3Settings.test(said(answer)) && addressesIn(kibana3Address(answer, record.endpoint)).includes(here),
  );
}

/**
 * The address of the cluster in the settings of Kibana 3: written out, or the page's own host with another port, or the
 * page's own origin (wire guide D.1).
 */
function kibana3Address(answer: Answered['answer'], { host, port }: EndpointRecord['endpoint']): string {
  const setting = kibana3Cluster.exec(said(answer))?.[1] ?? '';
  const name = host.includes(':') ? `[${host}]` : host;
  const other = /window\.location\.hostname\s*\+\s*["']:(\d{1,5})/.exec(setting)?.[1];
  if (other !== undefined) return `http://${name}:${other}`;
  if (/window\.location\.host\b/.test(setting)) return `http://${name}:${port}`;
  return /^["']([^"']+)["']$/.exec(setting)?.[1] ?? '';
}

/**
 * When this process started: since then it has run with its present settings (wire guide G). Uptime is counted back from
 * the end of the exchange.
 */
export function processStart(record: EndpointRecord): ProcessStart | null {
  const shown = statusOf(record);
  if (shown === null || shown.status.uptimeMs === null) return null;
  const { exchange } = shown.answered;
  const started = Date.parse(exchange.at) + exchange.ms - shown.status.uptimeMs;
  if (!Number.isFinite(started) || started < 0) return null;
  return {
    at: new Date(started).toISOString(),
    of: 'dashboard',
    evidence: refs(shown.answered),
  };
}
