// The runs of an engagement as a list, and what is open at the end of it: what its index page is made from.
import type { GoneStatus, FindingStatus } from './history.js';
import type { Severity } from './severity.js';

/** One run, in a line: it stays when the run folder is deleted. Instants are UTC ISO 8601. */
export interface RunEntry {
  readonly run: string;
  /** Name of its folder. */
  readonly folder: string;
  /** Where it was made from, with the shard where there is one: runs of one vantage and shard are compared with each other. */
  readonly vantage: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly finished: boolean;
  /** Reasons why it is incomplete. */
  readonly gaps: number;
  /** Narrowed by `--target` or `--check`. */
  readonly narrowed?: true;
  readonly endpoints: number;
  readonly exposed: number;
  readonly problems: number;
  readonly accepted: number;
  readonly statuses: Readonly<Record<FindingStatus, number>>;
  readonly gone: Readonly<Record<GoneStatus, number>>;
  /** Open findings, those that this run did not reach included and those that are accepted left out. */
  readonly open: Readonly<Record<Severity, number>>;
}

/** A finding that is open, as the index page lists it. */
export interface OpenFinding {
  readonly severity: Severity;
  readonly check: string;
  readonly title: string;
  readonly endpoint: string;
  readonly owner: string | null;
  readonly fingerprint: string;
  readonly openSince: string;
  readonly lastSeen: string;
  readonly daysOpen: number;
}

/** What the last finished run of a vantage leaves open. */
export interface OpenNow {
  readonly vantage: string;
  /** Name of the run's folder. */
  readonly folder: string;
  readonly total: number;
  /** The oldest, at most 25. */
  readonly oldest: readonly OpenFinding[];
  /** By owner, '' for none; the first 200, the others counted together. */
  readonly owners: readonly (readonly [owner: string, counts: Readonly<Record<Severity, number>>])[];
}

/** The index of one engagement. */
export interface Overview {
  readonly engagement: string;
  /** Name of its folder. */
  readonly folder: string;
  /** The client, or the engagement's id. */
  readonly name: string;
  /** The newest first. `present`: its folder is still there. */
  readonly runs: readonly (RunEntry & { readonly present: boolean })[];
  readonly open: readonly OpenNow[];
  /** Findings that are open from any vantage; what several see counts once. */
  readonly openTotal: number;
}
