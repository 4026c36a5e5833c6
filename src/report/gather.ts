// What a report must know of all findings before it begins to write: one pass, and nothing kept that grows with them.

import { noFindings } from '../model/severity.js';
import type { Rung, State } from '../model/endpoint.js';
import { reachChecks } from '../model/history.js';
import {
  severities,
  type EndpointSummary,
  type Finding,
  type Problem,
  type ReportHead,
  type Severity,
} from '../model/finding.js';
import type { AccessReason, DataClass } from '../model/observation.js';
import { limits } from './limits.js';
import { commonSteps, type CommonStep } from './steps.js';

/** Counts by severity. */
export type BySeverity = Readonly<Record<Severity, number>>;

/** A problem with its findings, the worst first. */
export interface ProblemDetails {
  readonly problem: Problem;
  /** The first of each check and title, {@link limits.findings} at most; of the worst, {@link limits.alike}. */
  readonly findings: readonly Finding[];
  /** How many findings have the check and title of one of these, by {@link sameAs}. */
  readonly counts: ReadonlyMap<string, number>;
}

/** What findings of a problem share that say the same of different endpoints. */
export function sameAs({ check, title }: Finding): string {
  return [check, title].join('\n');
}

/** One row of the table by owner. */
export interface OwnerRow {
  /** null for what has no owner. */
  readonly owner: string | null;
  readonly counts: BySeverity;
}

/** What callers can read and destroy, over all problems that the head lists, by their places in it (from 1). */
export interface AtStake {
  /** Problems whose documents have fields that suggest this class for certain. */
  readonly classes: ReadonlyMap<DataClass, readonly number[]>;
  /** Problems in which a caller can probably delete data, and those of them without a usable snapshot. */
  readonly deletable: readonly number[];
  readonly noBackup: readonly number[];
}

/** What one pass over the findings shows. */
export interface Gathered {
  /** Problems with a section of their own, the worst first. */
  readonly details: readonly ProblemDetails[];
  /** By owner, the worst first; of problems where all of them are known, else of findings. */
  readonly owners: readonly OwnerRow[];
  readonly ownersOf: 'problems' | 'findings';
  readonly common: readonly CommonStep[];
  readonly accepted: readonly Finding[];
  readonly acceptedTotal: number;
  /**
   * Findings whose contents may be personal data, by the names of their fields, or may be because that could not be ruled out.
   */
  readonly personal: { readonly certain: number; readonly possible: number };
  readonly atStake: AtStake;
  /** Of a merged run: what each vantage saw, at the severity that it gives it, and how many findings no other one saw. */
  readonly byVantage: ReadonlyMap<string, { readonly counts: BySeverity; readonly only: number }>;
}

/** Reads all findings once. */
export async function gather(head: ReportHead, findings: AsyncIterable<Finding>): Promise<Gathered> {
  const shown = new Map<string, Described>();
  for (const { id } of head.problems.slice(0, limits.sections)) shown.set(id, { findings: [], counts: new Map() });
  const ownersOf = head.problemsTotal > head.problems.length ? 'findings' : 'problems';
  const byOwner = new Map<string | null, Record<Severity, number>>();
  const count = (owners: readonly string[], severity: Severity): void => {
    for (const owner of owners.length === 0 ? [null] : owners) {
      const counts = byOwner.get(owner) ?? noFindings();
      counts[severity] += 1;
      byOwner.set(owner, counts);
    }
  };
  const accepted: Finding[] = [];
  let acceptedTotal = 0;
  const personal = { certain: 0, possible: 0 };
  const places = new Map(head.problems.map(({ id }, i) => [id, i + 1] as const));
  const classes = new Map<DataClass, Set<number>>();
  const deletable = new Set<number>();
  const noBackup = new Set<number>();
  const byVantage = new Map<string, { readonly counts: Record<Severity, number>; only: number }>();
  for await (const finding of findings) {
    if (finding.accepted !== null) {
      acceptedTotal += 1;
      if (accepted.length < limits.rows) accepted.push(finding);
      continue;
    }
    const described = shown.get(finding.problem);
    if (described !== undefined) describe(finding, described);
    if (ownersOf === 'findings') count(finding.owners, finding.severity);
    const kind = personalData(finding);
    if (kind !== null) personal[kind] += 1;
    const place = places.get(finding.problem);
    if (place !== undefined) {
      if (finding.check === 'anyone-can-delete') deletable.add(place);
      if (finding.check === 'no-way-back') noBackup.add(place);
      for (const one of kind === 'certain' ? finding.classes : [])
        if (one.certainty === 'strong') classes.set(one.class, (classes.get(one.class) ?? new Set()).add(place));
    }
    const { seenFrom = [] } = finding;
    for (const { vantage, severity } of seenFrom) {
      const row = byVantage.get(vantage) ?? { counts: noFindings(), only: 0 };
      row.counts[severity] += 1;
      if (seenFrom.length === 1) row.only += 1;
      byVantage.set(vantage, row);
    }
  }
  if (ownersOf === 'problems') for (const { owners, severity } of head.problems) count(owners, severity);
  // A problem's number is its place, so none is left out.
  const details = head.problems
    .slice(0, limits.sections)
    .map((problem): ProblemDetails => ({ problem, ...(shown.get(problem.id) ?? { findings: [], counts: new Map() }) }));
  const owners = [...byOwner].map(([owner, counts]): OwnerRow => ({ owner, counts })).sort(worstOwner);
  const inOrder = (set: ReadonlySet<number>): readonly number[] => [...set].sort((a, b) => a - b);
  const atStake: AtStake = {
    classes: new Map([...classes].map(([one, set]) => [one, inOrder(set)])),
    deletable: inOrder(deletable),
    noBackup: inOrder(noBackup).filter((place) => deletable.has(place)),
  };
  const common = commonSteps(details);
  return { details, owners, ownersOf, common, accepted, acceptedTotal, personal, atStake, byVantage };
}

/** What is kept of the findings of one problem while they are read. */
interface Described {
  readonly findings: Finding[];
  readonly counts: Map<string, number>;
}

/** Keeps findings to describe: one of many nodes only once, so that others have room, and the worst {@link limits.alike} times. */
function describe(finding: Finding, { findings, counts }: Described): void {
  const key = sameAs(finding);
  const known = counts.get(key);
  const [worst = finding] = findings;
  if (known !== undefined) counts.set(key, known + 1);
  if (findings.length >= limits.findings) return;
  if (known === undefined) counts.set(key, 1);
  if (known === undefined || (key === sameAs(worst) && known < limits.alike)) findings.push(finding);
}

function worstOwner(a: OwnerRow, b: OwnerRow): number {
  for (const severity of severities) {
    const difference = b.counts[severity] - a.counts[severity];
    if (difference !== 0) return difference;
  }
  return (a.owner ?? '') < (b.owner ?? '') ? -1 : 1;
}

/** Checks whose findings expose what an endpoint holds. Others, on its version or its certificate, expose nothing of it. */
const exposing: readonly string[] = [...reachChecks, 'neighbour-open'];

/** Whether what a finding exposes may be personal data; null where nothing lies open there. */
function personalData({ check, state, access, classes, contents, looked }: Finding): 'certain' | 'possible' | null {
  if (!exposing.includes(check)) return null;
  if (state !== 'open' || (access !== 'documents' && access !== 'control')) return null;
  if (classes.some(({ certainty }) => certainty === 'strong')) return 'certain';
  if (contents?.documents === 0) return null;
  return looked === null || classes.length > 0 ? 'possible' : null;
}

/** The endpoints of one state: the first of them, how many there are, and why, where there is a why. */
export interface EndpointGroup {
  readonly rows: EndpointSummary[];
  total: number;
  /** Counts by reason, for states that have one. */
  readonly reasons: Map<AccessReason, number>;
  /** Counts by what denied access. */
  readonly guards: Map<string, number>;
  /** Counts by access level. */
  readonly rungs: Map<Rung, number>;
}

/** The endpoints by state, and the exposed ones by access level. */
export type EndpointGroups = Readonly<Record<State, EndpointGroup>> & {
  /** Of a merged run: all endpoints, and those on which its vantages disagree. */
  readonly matrix: Rows;
  readonly disagreeing: Rows;
};

/** The first of some endpoints, and how many there are. */
interface Rows {
  readonly rows: EndpointSummary[];
  total: number;
}

/** Sorts all endpoints into their states in one pass; keeps {@link limits.rows} of each. */
export async function groupEndpoints(endpoints: AsyncIterable<EndpointSummary>): Promise<EndpointGroups> {
  const group = (): EndpointGroup => ({ rows: [], total: 0, reasons: new Map(), guards: new Map(), rungs: new Map() });
  const groups = {
    open: group(),
    guarded: group(),
    undetermined: group(),
    unreachable: group(),
    'other-product': group(),
    decoy: group(),
    matrix: { rows: [], total: 0 },
    disagreeing: { rows: [], total: 0 },
  } satisfies EndpointGroups;
  const note = (into: Rows, endpoint: EndpointSummary): void => {
    into.total += 1;
    if (into.rows.length < limits.rows) into.rows.push(endpoint);
  };
  for await (const endpoint of endpoints) {
    const into = groups[endpoint.state];
    note(into, endpoint);
    into.rungs.set(endpoint.access, (into.rungs.get(endpoint.access) ?? 0) + 1);
    if (endpoint.vantages !== undefined) note(groups.matrix, endpoint);
    if (endpoint.contradictions !== undefined) note(groups.disagreeing, endpoint);
    if (endpoint.reason !== null) into.reasons.set(endpoint.reason, (into.reasons.get(endpoint.reason) ?? 0) + 1);
    if (endpoint.guardedBy !== null)
      into.guards.set(endpoint.guardedBy, (into.guards.get(endpoint.guardedBy) ?? 0) + 1);
  }
  return groups;
}

/** Counts, the largest first. */
export function mostFirst<Key extends string>(counts: ReadonlyMap<Key, number>): [Key, number][] {
  return [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
}

/** Endpoints at which a caller gets in, by access level. */
export const exposedRungs = ['control', 'documents', 'metadata', 'banner'] as const satisfies readonly Rung[];
