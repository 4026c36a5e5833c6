import { createHash } from 'node:crypto';
import type { CheckBase, JudgeContext, Stake } from '../model/check.js';
import { rungs, type Endpoint } from '../model/endpoint.js';
import { severities, type Acceptance, type Evidence, type Finding, type Severity } from '../model/finding.js';
import type { Json } from '../model/json.js';
import type { ClusterFacts, IndicesFacts, Observations } from '../model/observation.js';
import { natural } from './natural.js';
import { copyingOf } from './copy-estimate.js';
import { maskFinding, maskProse } from './mask.js';
import { severityOf, severityRow, severityTable } from './severity.js';
import { sinceOf } from './since.js';
import { paragraph, reachedCluster, recordsIn } from './words.js';

/**
 * A finding before it is worded: what is sorted and spilled. `observations` are trimmed, so that texts may name the ten
 * largest indices and no more.
 */
export interface FindingDraft {
  readonly check: string;
  readonly row: string;
  readonly severity: Severity;
  readonly fingerprint: string;
  readonly facts: Json;
  readonly stake: Stake;
  readonly observations: Observations;
  readonly evidence: readonly Evidence[];
  readonly accepted: Acceptance | null;
  /** What the target's expectation adds to the summary. */
  readonly sentence: string | null;
  /** What a group check adds to the summary. */
  readonly remark: string | null;
  readonly also: readonly string[];
  /** Key of the problem it belongs to; {@link problemId} makes the id of it. */
  readonly problem: string;
  /** Names that must not be shown, with their pseudonyms; absent where all may be. */
  readonly masked?: readonly (readonly [name: string, pseudonym: string])[];
}

/** Indices a draft and a finding carry at most. */
const largestKept = 10;

/** SHA-256 (hex) of check id, host as declared, port and base path (docs/design.md, "Fingerprint"). */
export function fingerprintOf(check: string, endpoint: Endpoint): string {
  return sha256(['leftopen finding v1', check, endpoint.host, String(endpoint.port), endpoint.basePath].join('\n'));
}

/** The problem's id: 16 hex digits of its key's SHA-256. */
export function problemId(key: string): string {
  return sha256(key).slice(0, 16);
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
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

/** The observations a draft carries: the same with short lists. */
export function trimmed(observations: Observations): Observations {
  const { cluster, dashboard, clients } = observations;
  return {
    ...observations,
    // What a finding says of clients stands in its facts.
    clients: clients === null ? null : { ...clients, kinds: [] },
    cluster: trimCluster(cluster),
    dashboard:
      dashboard === null
        ? null
        : {
            ...dashboard,
            spaces: dashboard.spaces.slice(0, largestKept),
            savedObjects: dashboard.savedObjects.slice(0, largestKept),
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

/** What a check that failed becomes. `observations` are the trimmed ones. */
export function draftOf(
  check: CheckBase<Json>,
  facts: Json,
  observations: Observations,
  rest: Pick<FindingDraft, 'evidence' | 'accepted' | 'sentence' | 'remark' | 'also' | 'problem' | 'masked'>,
  context: JudgeContext,
): FindingDraft {
  const stake = check.stake(facts, observations);
  const row = severityOf(stake, context.vantage.exposure);
  return {
    check: check.id,
    row: row.id,
    severity: row.severity,
    fingerprint: fingerprintOf(check.id, observations.endpoint),
    facts,
    stake,
    observations,
    ...rest,
  };
}

/** The title of a draft's finding. */
export function titleOf(draft: FindingDraft, check: CheckBase<Json>, context: JudgeContext): string {
  const title = check.texts.en.title(draft.facts, draft.observations, context);
  return draft.masked === undefined ? title : maskProse(title, new Map(draft.masked));
}

/** Words a draft. Pure: the same draft and context give the same finding, before and after it was spilled. */
export function findingOf(draft: FindingDraft, check: CheckBase<Json>, context: JudgeContext): Finding {
  const finding = worded(draft, check, context);
  return draft.masked === undefined ? finding : maskFinding(finding, new Map(draft.masked));
}

function worded(draft: FindingDraft, check: CheckBase<Json>, context: JudgeContext): Finding {
  const { facts, observations } = draft;
  const { endpoint, identity, access, targets } = observations;
  const target = context.targets.get(targets[0] ?? '');
  const row = severityRow(draft.row);
  const texts = check.texts.en;
  const contents = contentsOf(observations, draft.stake);
  return {
    check: draft.check,
    severity: draft.severity,
    severityRow: draft.row,
    target: targets[0] ?? '',
    targets,
    owner: target?.owner ?? null,
    environment: target?.environment ?? null,
    endpoint: observations.url,
    address: endpoint.address ?? '',
    port: endpoint.port,
    product: identity.product,
    version: identity.version.number,
    versionCertainty: identity.version.certainty,
    fingerprint: draft.fingerprint,
    title: texts.title(facts, observations, context),
    summary: paragraph(draft.sentence, texts.summary(facts, observations, context), draft.remark),
    access: access.rung,
    state: access.state,
    proof: check.proof ?? access.proof,
    contents,
    copy: isReached(draft.stake) && access.reaches.documents === 'yes' ? copyingOf(contents) : null,
    stake: isReached(draft.stake) ? (observations.fields?.classes ?? []) : [],
    also: draft.also,
    evidence: draft.evidence,
    since: sinceOf(observations, draft.stake),
    remedy: texts.remedy(facts, observations, context),
    cvss: { v4: row.cvss4, v31: row.cvss31 },
    cwe: check.cwe,
    references: check.references,
    accepted: draft.accepted,
    problem: problemId(draft.problem),
  };
}

/** Whether a finding is the one about what is reached at a door: what lies there is told with it, and once. */
function isReached({ kind }: Stake): boolean {
  return kind === 'reach' || kind === 'gateway';
}

/** The kinds of stake that are about what lies behind a door: who gets in, what he could do there, and who was there. */
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

/** What lies behind a door. A finding that is about no door, as one on its version or its certificate, has none. */
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
      largest: indices.list
        .slice(0, largestKept)
        .map((index) => ({ ...index, bytes: index.bytes === null ? null : told(index.bytes, index.documents ?? 0) })),
    };
  }
  if (totals.indices === null && totals.documents === null) return null;
  return { indices: totals.indices, documents: totals.documents, bytes: totals.bytes, largest: [] };
}

/** A size; null for none where there are records: dashboards round to a tenth of a megabyte. */
function told(bytes: number, documents: number): number | null {
  return bytes === 0 && documents > 0 ? null : bytes;
}

/**
 * Rank order of findings, worst first: accepted ones last, then severity, how much lies behind (many records before few,
 * before those that were not counted, before none), row of the severity table, rung, check, endpoint. Total.
 */
export function compareFindings(a: Finding, b: Finding): number {
  const [left, right] = [rankOf(a), rankOf(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function rankOf(finding: Finding): string {
  return rankKey({
    accepted: finding.accepted !== null,
    severity: finding.severity,
    row: finding.severityRow,
    rung: rungs.indexOf(finding.access),
    documents: finding.contents?.documents ?? null,
    check: finding.check,
    url: finding.endpoint,
    address: finding.address,
    fingerprint: finding.fingerprint,
  });
}

/** {@link compareFindings} as a sort key, from a draft. */
export function draftRank(draft: FindingDraft): string {
  return rankKey({
    accepted: draft.accepted !== null,
    severity: draft.severity,
    row: draft.row,
    rung: rungs.indexOf(draft.observations.access.rung),
    documents: contentsOf(draft.observations, draft.stake)?.documents ?? null,
    check: draft.check,
    url: draft.observations.url,
    address: draft.observations.endpoint.address ?? '',
    fingerprint: draft.fingerprint,
  });
}

function rankKey(of: {
  accepted: boolean;
  severity: Severity;
  row: string;
  rung: number;
  documents: number | null;
  check: string;
  url: string;
  address: string;
  fingerprint: string;
}): string {
  return [
    of.accepted ? '1' : '0',
    severities.indexOf(of.severity),
    // What was not counted comes after every count, and before none.
    of.documents === null ? `${descending(0)}-` : of.documents === 0 ? `${descending(0)}=` : descending(of.documents),
    rowOrder.get(of.row) ?? '999',
    rungs.length - of.rung,
    of.check,
    natural(of.url),
    natural(of.address),
    of.fingerprint,
  ].join(' ');
}

const rowOrder: ReadonlyMap<string, string> = new Map(
  severityTable.map(({ id }, i) => [id, String(i).padStart(3, '0')]),
);

/** A count so written that more comes first in the order of strings. */
function descending(value: number): string {
  return String(Number.MAX_SAFE_INTEGER - Math.min(Math.max(Math.trunc(value), 0), Number.MAX_SAFE_INTEGER)).padStart(
    16,
    '0',
  );
}
