// Makes a finding of a failed check, and ranks findings.
import type { AnyCheck, AnyGroupCheck, JudgeContext, MaskedNames, Stake } from '../model/check.js';
import { exposures } from '../model/engagement.js';
import { rungs, type Endpoint } from '../model/endpoint.js';
import { severities, type Evidence, type Finding } from '../model/finding.js';
import type { Json } from '../model/json.js';
import type { ClusterFacts, IndicesFacts, Observations } from '../model/observation.js';
import type { AcceptedPart } from './accepted-vulnerabilities.js';
import { natural } from './natural.js';
import { copyingOf, readableOf } from './copy-estimate.js';
import type { Reception } from './expectation.js';
import { maskFinding } from './mask.js';
import { remedyIn, textsOf } from './language.js';
import { closingNotes } from './notes.js';
import { severityOf, severityRows } from './severity.js';
import { sinceOf } from './since.js';
import { lowerBounds, reachedCluster, recordsIn } from './observed.js';
import { paragraph } from './words.js';
import { sha256 } from '../text/digest.js';

/** A finding, and what holds it together with others. */
export interface JudgedFinding {
  readonly finding: Finding;
  /** Key of the problem it belongs to; {@link problemId} makes the id of it. */
  readonly problem: string;
  /** Whether it is about how far a caller gets: of these an endpoint has one, under whichever check. */
  readonly primary: boolean;
  /** Single vulnerabilities of it that are accepted; absent for none. */
  readonly acceptedPart?: AcceptedPart;
}

/** What a finding is made of besides the check that failed and what it saw. */
export interface FindingParts {
  readonly evidence: readonly Evidence[];
  readonly reception: Reception;
  /** Other endpoints that it is about. */
  readonly also: readonly string[];
  /** Their owners. */
  readonly alsoOwners: readonly string[];
  /** Fingerprints of findings that it takes the place of. */
  readonly replaces: readonly string[];
  /** Key of the problem it belongs to. */
  readonly problem: string;
  /** Names that must not be shown, with their pseudonyms; null where all may be. */
  readonly masked: MaskedNames | null;
}

/** Indices a finding, and what is kept of an endpoint to word it, carry at most. */
const largestKept = 10;

/** SHA-256 (hex) of check id, host as declared, port and base path (docs/design.md, "Fingerprint"). */
export function fingerprintOf(check: string, endpoint: Endpoint): string {
  return sha256(['leftopen finding v1', check, endpoint.host, String(endpoint.port), endpoint.basePath].join('\n'));
}

/**
 * SHA-256 (hex) of the fingerprint and the address: distinguishes the addresses of one name, whose findings share a
 * fingerprint.
 */
export function findingId(fingerprint: string, address: string): string {
  return sha256(['leftopen finding at an address v1', fingerprint, address].join('\n'));
}

/** The problem's id: 16 hex digits of its key's SHA-256. */
export function problemId(key: string): string {
  return sha256(key).slice(0, 16);
}

/** The key of the endpoint itself, unique in a run. */
export function endpointKey(endpoint: Endpoint): string {
  return [endpoint.host, endpoint.address ?? '', String(endpoint.port), endpoint.basePath].join('|');
}

/**
 * What holds findings together: one cluster's uuid, else the endpoint. A decoy's uuid joins nothing. Only well-formed
 * uuids count (22 URL-safe characters, wire guide R.2).
 */
export function problemKey(observations: Observations): string {
  const uuid = clusterUuid(observations);
  return uuid === null ? `endpoint:${endpointKey(observations.endpoint)}` : `uuid:${uuid}`;
}

/** The uuid of the cluster that was reached, where it can serve as a key; null otherwise. */
export function clusterUuid(observations: Observations): string | null {
  if (observations.access.state === 'decoy') return null;
  const uuid = reachedCluster(observations)?.uuid ?? null;
  return uuid !== null && /^[\w-]{20,24}$/.test(uuid) ? uuid : null;
}

/**
 * The observations that findings are worded from: the same with short lists, so that texts may name the ten largest indices
 * and no more.
 */
export function trimmed(observations: Observations): Observations {
  const { cluster, dashboard, topics } = observations;
  return {
    ...observations,
    // What a finding says about clients is in its facts.
    topics: { ...topics, clients: topics.clients === null ? null : { ...topics.clients, kinds: [] } },
    cluster: trimCluster(cluster),
    dashboard:
      dashboard === null
        ? null
        : {
            ...dashboard,
            spaces: dashboard.spaces.slice(0, largestKept),
            savedObjects: dashboard.savedObjects.slice(0, largestKept),
            dataSources: dashboard.dataSources.map((source) => ({
              ...source,
              indices: source.indices === null ? null : { ...source.indices, list: [] },
            })),
            cluster: trimCluster(dashboard.cluster),
          },
  };
}

function trimCluster(cluster: ClusterFacts | null): ClusterFacts | null {
  if (cluster === null) return null;
  return {
    ...cluster,
    httpAddresses: cluster.httpAddresses.slice(0, largestKept),
    indices: cluster.indices === null ? null : { ...cluster.indices, list: largestOf(cluster.indices) },
  };
}

function largestOf(indices: IndicesFacts): IndicesFacts['list'] {
  return indices.list
    .filter((index) => !index.system)
    .sort(
      (a, b) =>
        (b.documents ?? 0) - (a.documents ?? 0) || (b.bytes ?? 0) - (a.bytes ?? 0) || (a.name < b.name ? -1 : 1),
    )
    .slice(0, largestKept);
}

/**
 * What a check that failed becomes.
 *
 * @param observations the trimmed ones
 */
export function foundBy(
  check: AnyCheck | AnyGroupCheck,
  facts: Json,
  observations: Observations,
  parts: FindingParts,
  context: JudgeContext,
): JudgedFinding {
  const { endpoint, identity, access, targets } = observations;
  const { reception, masked, problem } = parts;
  const target = context.targets.get(targets[0] ?? '');
  const stake = check.stake(facts, observations);
  const row = severityOf(stake, context.vantage.exposure);
  const texts = textsOf(check, context);
  const contents = contentsOf(observations, stake);
  const fingerprint = fingerprintOf(check.id, endpoint);
  const finding: Finding = {
    check: check.id,
    severity: row.severity,
    severityRow: row.id,
    target: targets[0] ?? '',
    targets,
    declaredIn: target?.declaredIn ?? null,
    owner: target?.owner ?? null,
    owners: [
      ...new Set([...targets.flatMap((id) => context.targets.get(id)?.owner ?? []), ...parts.alsoOwners]),
    ].sort(),
    environment: target?.environment ?? null,
    endpoint: observations.url,
    address: endpoint.address ?? '',
    port: endpoint.port,
    product: identity.orItsFork === true ? null : identity.product,
    version: identity.version.number,
    versionCertainty: identity.version.certainty,
    fingerprint,
    id: findingId(fingerprint, endpoint.address ?? ''),
    history: null,
    title: texts.title(facts, observations, context),
    summary: paragraph(
      reception.accepted === null ? reception.sentence : null,
      texts.summary(facts, observations, context),
      ...closingNotes(observations, context),
    ),
    access: access.rung,
    state: access.state,
    proof: check.proof ?? access.proof,
    contents,
    copy: isReached(stake) ? copyingOf(readableOf(observations, contents)) : null,
    classes: isReached(stake) ? (observations.fields?.totals ?? []) : [],
    stake: isReached(stake) ? (observations.fields?.classes ?? []) : [],
    looked: isReached(stake) ? (observations.fields?.looked ?? null) : null,
    also: parts.also,
    replaces: parts.replaces,
    evidence: parts.evidence,
    since: sinceOf(observations, stake, shownAt(parts.evidence) ?? observations.at, context),
    remedy: remedyIn(check.remedy(facts, observations), texts.remedy, facts, context),
    cvss: { v4: row.cvss4, v31: row.cvss31 },
    cwe: check.cwe,
    references: check.references,
    accepted: reception.accepted,
    problem: problemId(problem),
  };
  return {
    finding: masked === null ? finding : maskFinding(finding, masked),
    problem,
    primary: waysIn.has(stake.kind),
  };
}

/** When the first response that denied nothing came; null for none. */
function shownAt(evidence: readonly Evidence[]): string | null {
  return (evidence.find(({ status }) => status !== null && status < 400) ?? evidence[0])?.at ?? null;
}

/** The kinds of stake that say how far a caller gets. */
const waysIn: ReadonlySet<Stake['kind']> = new Set(['reach', 'gateway', 'published-login', 'setup']);

/** The finding with one more sentence in its summary. */
export function withRemark(found: JudgedFinding, remark: string): JudgedFinding {
  return { ...found, finding: { ...found.finding, summary: paragraph(found.finding.summary, remark) } };
}

/** The finding as part of another problem. */
export function withProblem(found: JudgedFinding, problem: string): JudgedFinding {
  const { acceptedPart: part } = found;
  const rest = part === undefined || part.rest === null ? null : { ...part.rest, problem: problemId(problem) };
  return {
    ...found,
    problem,
    finding: { ...found.finding, problem: problemId(problem) },
    ...(part && { acceptedPart: { ...part, rest } }),
  };
}

/** Whether a finding is the one about what is reached at an endpoint: its contents are reported there, and only there. */
function isReached({ kind }: Stake): boolean {
  return kind === 'reach' || kind === 'gateway';
}

/** The kinds of stake that are about what an endpoint gives access to: who gets in, what they could do, and who was there. */
const aboutContents: ReadonlySet<Stake['kind']> = new Set([
  'reach',
  'gateway',
  'delete',
  'no-backup',
  'backup-in-reach',
  'incident',
  'visited',
  'visited-perhaps',
]);

/** What an endpoint gives access to. A finding on something else, such as its version or its certificate, has none. */
function contentsOf(observations: Observations, { kind }: Stake): Finding['contents'] {
  if (!aboutContents.has(kind)) return null;
  const cluster = reachedCluster(observations);
  if (cluster === null) return null;
  const { indices, totals } = cluster;
  if (indices !== null) {
    const counted = recordsIn(indices);
    return {
      indices: indices.total - indices.system,
      documents: counted ?? totals.documents,
      bytes: counted === null ? totals.bytes : told(indices.bytes, counted),
      // totals that the cluster gives itself are no sum of ours
      atLeast: { ...lowerBounds(indices), ...(counted === null && { documents: false }) },
      largest: indices.list
        .slice(0, largestKept)
        .map((index) => ({ ...index, bytes: index.bytes === null ? null : told(index.bytes, index.documents ?? 0) })),
    };
  }
  if (totals.indices === null && totals.documents === null) return null;
  const atLeast = { indices: false, documents: false };
  return { indices: totals.indices, documents: totals.documents, bytes: totals.bytes, atLeast, largest: [] };
}

/** A size; null for none where there are records: dashboards round to a tenth of a megabyte. */
function told(bytes: number, documents: number): number | null {
  return bytes === 0 && documents > 0 ? null : bytes;
}

/**
 * Sort key of findings, worst first: accepted ones last, then severity, in a merged run how near to the public they were seen, how much is behind (many records before few, before
 * those that were not counted, before none), row of the severity table, rung, check, endpoint. Total.
 */
export function findingRank(finding: Finding): string {
  const documents = finding.contents?.documents ?? null;
  return [
    finding.accepted === null ? '0' : '1',
    severities.indexOf(finding.severity),
    nearest(finding),
    // What was not counted comes after every count, and before none.
    documents === null ? `${descending(0)}-` : documents === 0 ? `${descending(0)}=` : descending(documents),
    rowOrder.get(finding.severityRow) ?? '999',
    rungs.length - rungs.indexOf(finding.access),
    finding.check,
    natural(finding.endpoint),
    natural(finding.address),
    finding.fingerprint,
  ].join(' ');
}

function nearest({ seenFrom = [] }: Finding): number {
  return seenFrom.reduce<number>(
    (least, { exposure }) => Math.min(least, exposures.indexOf(exposure)),
    exposures.length,
  );
}

const rowOrder: ReadonlyMap<string, string> = new Map(severityRows.map((id, i) => [id, String(i).padStart(3, '0')]));

/** A count so written that more comes first in the order of strings. */
function descending(value: number): string {
  return String(Number.MAX_SAFE_INTEGER - Math.min(Math.max(Math.trunc(value), 0), Number.MAX_SAFE_INTEGER)).padStart(
    16,
    '0',
  );
}
