// What a document must know of all findings before it begins.
import type { State } from '../model/endpoint.js';
import type { EndpointSummary, Finding } from '../model/finding.js';
import type { AccessReason } from '../model/observation.js';
import { limits } from './limits.js';

/** What a document needs to know of the findings before it begins to write them. */
export interface FindingsOverview {
  /** The worst finding that counts (is not accepted). */
  readonly lead: Finding | null;
  /** Numbers (from 1, rank order) of the findings a document shows in full, by fingerprint. */
  readonly numbers: ReadonlyMap<string, number>;
  /** The worst finding of each of the first few problems, by the problem's id. */
  readonly leads: ReadonlyMap<string, Finding>;
}

/** As many problems as the first page names, and a few more. */
const leadsKept = 10;

/** Reads the findings only as far as a document shows them. */
export async function findingsOverview(findings: AsyncIterable<Finding>): Promise<FindingsOverview> {
  let lead: Finding | null = null;
  const numbers = new Map<string, number>();
  const leads = new Map<string, Finding>();
  for await (const finding of findings) {
    if (finding.accepted !== null) continue;
    lead ??= finding;
    if (leads.size < leadsKept && !leads.has(finding.problem)) leads.set(finding.problem, finding);
    numbers.set(finding.fingerprint, numbers.size + 1);
    if (numbers.size === limits.findings) break;
  }
  return { lead, numbers, leads };
}

/** The endpoints of one state: the first of them, how many there are, and why, where there is a why. */
export interface EndpointGroup {
  readonly rows: EndpointSummary[];
  total: number;
  /** Counts by reason, for states that have one. */
  readonly reasons: Map<AccessReason, number>;
  /** Counts by what refused us. */
  readonly guards: Map<string, number>;
}

/** The endpoints by state. */
export type EndpointGroups = Readonly<Record<State, EndpointGroup>>;

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
  } satisfies EndpointGroups;
  for await (const endpoint of endpoints) {
    const into = groups[endpoint.state];
    into.total += 1;
    if (into.rows.length < limits.rows) into.rows.push(endpoint);
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
