import type { EndpointRecord } from '../model/exchange.js';
import type { ClusterFacts, DashboardFacts, EvidenceRefs, Instant } from '../model/observation.js';
import { parseBanner } from '../catalogue/banner.js';
import { keptSearch, keptStateManagement, keptStats, keptTitles } from '../catalogue/dashboard.js';
import { parseListing, type Listing } from '../catalogue/listing.js';
import { indicesFacts } from './cluster-facts.js';
import { kibana3Cluster, kibana3Settings } from '../knowledge/page-marks.js';
import { fromDashboard, optional, statusOf } from './dashboard-identity.js';
import { answersTo, answerTo, kept, refs, said, type Answered } from './exchanges.js';
import { readRefusal } from './refusal.js';

/** The questions whose answer with content proves that the caller is inside the dashboard's API (wire guide D.5, R.3). */
const proofs = [
  'kibana-spaces',
  'dashboard-saved-objects',
  'dashboard-saved-objects-total',
  'kibana-data-views',
  'kibana-index-management',
  'dashboards-index-management',
  'dashboard-resolve-index',
  'kibana-resolve-index-internal',
  'kibana-proxy-cat-indices',
  'kibana-proxy-cat-index-counts',
] as const;

/** The ones among them that list indices, the one that tells most first. */
const listings = [
  'kibana-proxy-cat-indices',
  'kibana-index-management',
  'dashboards-index-management',
  'kibana-proxy-cat-index-counts',
  'dashboard-resolve-index',
  'kibana-resolve-index-internal',
] as const;

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
  if (listing !== null) return { listing: { of: listing, total: listing.total } };
  return kept(answered, optional(keptTitles)) === null ? null : { listing: null };
}

/** Answers that a caller gets only inside the dashboard's API. */
export function insideAnswers(record: EndpointRecord): readonly Answered[] {
  return answersTo(record, ...proofs).filter((answered) => shows(answered) !== null);
}

/** The questions that list indices over the relay of Kibana 4 and 5. */
export const relayListers: readonly string[] = ['kibana-proxy-cat-indices', 'kibana-proxy-cat-index-counts'];

/** Indices were listed where Kibana 4 and 5 relay, and no Kibana did it: a proxy passes that path to a cluster (wire guide R.6). */
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
  for (const answered of answersTo(record, 'kibana-proxy-search')) {
    const found = kept(answered, optional(keptSearch));
    if (found !== null && found.successful >= 1) return { answered, documents: found.documents };
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
      : {
          ...indicesFacts(
            best.of,
            best.total === best.of.total && !best.answered.answer.truncated,
            refs(best.answered),
          ),
          total: best.total,
        };
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

/** Names of spaces and titles of saved objects. */
export function readTitles(
  record: EndpointRecord,
): Pick<DashboardFacts, 'spaces' | 'savedObjects' | 'savedObjectsTotal' | 'contentsEvidence'> {
  const read = (id: string) => {
    const answered = answerTo(record, id);
    const found = kept(answered, optional(keptTitles));
    return found === null ? null : { ...found, answered };
  };
  const spaces = read('kibana-spaces');
  const objects = read('dashboard-saved-objects') ?? read('kibana-data-views') ?? read('dashboard-saved-objects-total');
  return {
    spaces: spaces?.titles ?? [],
    savedObjects: objects?.titles ?? [],
    savedObjectsTotal: objects?.total ?? null,
    contentsEvidence: refs(spaces?.answered, objects?.answered),
  };
}

const unreachable =
  /Unable to connect|No Living connections|ECONNREFUSED|ENOTFOUND|ETIMEDOUT|Unable to retrieve version|Waiting for Elasticsearch|Unable to revive|Request Timeout|ConnectionError/i;
const refuses = /Authentication Exception|security_exception|Unauthorized|missing authentication/i;

/** `host:port` of the first web address in a text, its userinfo removed; null when there is none. */
export function addressIn(text: string): string | null {
  const url = /\bhttps?:\/\/(?:[^\s/@]*@)?(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?/i.exec(text);
  if (url?.[1] !== undefined) {
    const tls = /^https/i.test(url[0]);
    return `${url[1].toLowerCase()}:${url[2] ?? (tls ? '443' : '80')}`;
  }
  return /\bE(?:CONNREFUSED|HOSTUNREACH|TIMEDOUT|CONNRESET) (\[?[0-9a-f.:]+\]?:\d{1,5})\b/i.exec(text)?.[1] ?? null;
}

/** What the dashboard says of the cluster behind it (wire guide D.3, R.3). */
export function readBackend(record: EndpointRecord, refusedByCluster: EvidenceRefs): DashboardFacts['backend'] {
  const shown = statusOf(record);
  const message = shown?.status.backend?.message ?? '';
  const failed = answersTo(record).filter(
    (answered) => fromDashboard(answered) && answered.answer.status === 502 && unreachable.test(said(answered.answer)),
  );
  const settings = answersTo(record, 'kibana-config-js').filter(({ answer }) => kibana3Settings.test(said(answer)));
  const sources = [
    message,
    ...failed.map(({ answer }) => said(answer)),
    ...settings.map(({ answer }) => kibana3Address(answer, record.endpoint)),
  ];
  const address = sources.map(addressIn).find((found) => found !== null) ?? null;
  const told = shown !== null && shown.status.backend !== null ? shown.answered : null;
  const seen = listings
    .map((id) => answerTo(record, id))
    .find((answered) => answered !== null && shows(answered) !== null);
  if (refusedByCluster.length > 0) return { state: 'refuses', address, evidence: refs(refusedByCluster, told) };
  if (seen !== undefined) return { state: 'reached', address, evidence: refs(seen, told) };
  if (refuses.test(message)) return { state: 'refuses', address, evidence: refs(told) };
  if (failed.length > 0 || unreachable.test(message))
    return { state: 'unreachable', address, evidence: refs(told, ...failed) };
  if (/^(?:green|available)$/.test(shown?.status.backend?.state ?? '')) {
    return { state: 'reached', address, evidence: refs(told) };
  }
  return { state: 'unknown', address, evidence: refs(told, ...settings) };
}

/** True where the settings of a Kibana 3 name the very endpoint that serves its page: the cluster answers there as well. */
export function settingsLeadHere(record: EndpointRecord): boolean {
  const { host, port } = record.endpoint;
  const here = addressIn(`http://${host.includes(':') ? `[${host}]` : host}:${port}`);
  return answersTo(record, 'kibana-config-js').some(
    ({ answer }) => kibana3Settings.test(said(answer)) && addressIn(kibana3Address(answer, record.endpoint)) === here,
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
export function processStart(record: EndpointRecord): Instant | null {
  const shown = statusOf(record);
  if (shown === null || shown.status.uptimeMs === null) return null;
  const { exchange } = shown.answered;
  const started = Date.parse(exchange.at) + exchange.ms - shown.status.uptimeMs;
  if (!Number.isFinite(started) || started < 0) return null;
  return {
    at: new Date(started).toISOString(),
    source: '/api/status: uptime of the process',
    evidence: refs(shown.answered),
  };
}
