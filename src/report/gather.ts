// What a report must know of all findings before it begins to write: one pass, and nothing kept that grows with them.

import { noFindings } from '../model/severity.js';
import type { Rung, State } from '../model/endpoint.js';
import {
  severities,
  type EndpointSummary,
  type Finding,
  type Problem,
  type RemedyStep,
  type ReportHead,
  type Severity,
} from '../model/finding.js';
import type { AccessReason } from '../model/observation.js';
import { limits } from './limits.js';

/** Counts by severity. */
export type BySeverity = Readonly<Record<Severity, number>>;

/** A problem with its findings, the worst first. */
export interface ProblemDetails {
  readonly problem: Problem;
  /** The first {@link limits.findings}. */
  readonly findings: readonly Finding[];
}

/** One row of the table by owner. */
export interface OwnerRow {
  /** null for what has no owner. */
  readonly owner: string | null;
  readonly counts: BySeverity;
}

/** A step that several problems have, given once under a letter. */
export interface CommonStep {
  readonly letter: string;
  readonly step: RemedyStep;
  /** How many problems with a section of their own have it. */
  readonly problems: number;
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
  /** Of a merged run: what each vantage saw, at the severity that it gives it, and how many findings no other one saw. */
  readonly byVantage: ReadonlyMap<string, { readonly counts: BySeverity; readonly only: number }>;
}

/** Reads all findings once. */
export async function gather(head: ReportHead, findings: AsyncIterable<Finding>): Promise<Gathered> {
  const shown = new Map<string, Finding[]>();
  for (const { id } of head.problems.slice(0, limits.sections)) shown.set(id, []);
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
  const byVantage = new Map<string, { readonly counts: Record<Severity, number>; only: number }>();
  for await (const finding of findings) {
    if (finding.accepted !== null) {
      acceptedTotal += 1;
      if (accepted.length < limits.rows) accepted.push(finding);
      continue;
    }
    const kept = shown.get(finding.problem);
    if (kept !== undefined && kept.length < limits.findings) kept.push(finding);
    if (ownersOf === 'findings') count(finding.owners, finding.severity);
    const kind = personalData(finding);
    if (kind !== null) personal[kind] += 1;
    const { seenFrom = [] } = finding;
    for (const { vantage, severity } of seenFrom) {
      const row = byVantage.get(vantage) ?? { counts: noFindings(), only: 0 };
      row.counts[severity] += 1;
      if (seenFrom.length === 1) row.only += 1;
      byVantage.set(vantage, row);
    }
  }
  if (ownersOf === 'problems') for (const { owners, severity } of head.problems) count(owners, severity);
  const details = head.problems.slice(0, limits.sections).flatMap((problem): ProblemDetails[] => {
    const kept = shown.get(problem.id) ?? [];
    return kept.length === 0 ? [] : [{ problem, findings: kept }];
  });
  const owners = [...byOwner].map(([owner, counts]): OwnerRow => ({ owner, counts })).sort(worstOwner);
  return { details, owners, ownersOf, common: commonSteps(details), accepted, acceptedTotal, personal, byVantage };
}

function worstOwner(a: OwnerRow, b: OwnerRow): number {
  for (const severity of severities) {
    const difference = b.counts[severity] - a.counts[severity];
    if (difference !== 0) return difference;
  }
  return (a.owner ?? '') < (b.owner ?? '') ? -1 : 1;
}

/** Whether what a finding exposes may be personal data; null where nothing lies open there. */
function personalData({ state, access, classes, contents, looked }: Finding): 'certain' | 'possible' | null {
  if (state !== 'open' || (access !== 'documents' && access !== 'control')) return null;
  if (classes.some(({ certainty }) => certainty === 'strong')) return 'certain';
  if (contents?.documents === 0) return null;
  return looked === null || classes.length > 0 ? 'possible' : null;
}

/** The same words and the same block are the same step. */
export function stepKey({ text, code }: RemedyStep): string {
  return `${text}\n${code ?? ''}`;
}

/** Steps that at least this many problems have are given once. */
const often = 3;

function commonSteps(details: readonly ProblemDetails[]): readonly CommonStep[] {
  const counts = new Map<string, { readonly step: RemedyStep; problems: number }>();
  for (const { findings } of details) {
    const own = new Map(findings.flatMap(({ remedy }) => remedy.steps.map((step) => [stepKey(step), step] as const)));
    for (const [key, step] of own) {
      if (step.goal === 'close-first') continue;
      const counted = counts.get(key) ?? { step, problems: 0 };
      counted.problems += 1;
      counts.set(key, counted);
    }
  }
  return [...counts.values()]
    .filter(({ problems }) => problems >= often)
    .slice(0, 26)
    .map(({ step, problems }, i) => ({ letter: String.fromCharCode(65 + i), step, problems }));
}

/** The endpoints of one state: the first of them, how many there are, and why, where there is a why. */
export interface EndpointGroup {
  readonly rows: EndpointSummary[];
  total: number;
  /** Counts by reason, for states that have one. */
  readonly reasons: Map<AccessReason, number>;
  /** Counts by what denied access. */
  readonly guards: Map<string, number>;
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
  const group = (): EndpointGroup => ({ rows: [], total: 0, reasons: new Map(), guards: new Map() });
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
