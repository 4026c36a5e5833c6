// What a retest says of each finding that it looked at again.
import type { Finding, RunInfo } from './finding.js';

/**
 * What became of a finding. `fixed`: a response shows it. `partly`: it is better than it was, and still a finding.
 * `unverified`: nothing shows whether it is fixed.
 */
export const retestOutcomes = ['still-open', 'partly', 'unverified', 'fixed'] as const;

/** One of {@link retestOutcomes}. */
export type RetestOutcome = (typeof retestOutcomes)[number];

/** A request that shows something, as the ledger of its run has it. */
export interface ShownBy {
  readonly request: number;
  readonly method: string;
  readonly url: string;
  /** UTC ISO 8601. */
  readonly at: string;
  /** HTTP status; null when the exchange failed. */
  readonly status: number | null;
}

/** A finding at one address, then and now. Instants are UTC ISO 8601. */
export interface Retested {
  readonly outcome: RetestOutcome;
  /** Why, in one sentence. */
  readonly why: string;
  readonly check: string;
  readonly fingerprint: string;
  readonly id: string;
  readonly endpoint: string;
  readonly address: string;
  readonly target: string;
  readonly owner: string | null;
  readonly before: Pick<Finding, 'title' | 'severity' | 'version'> & {
    readonly at: string;
    readonly requests: readonly ShownBy[];
  };
  /** `title` and `severity` are null where it is not a finding now; `at` and `version` where it was not reached. */
  readonly now: {
    readonly at: string | null;
    readonly title: string | null;
    readonly severity: Finding['severity'] | null;
    readonly version: string | null;
    /** Whether the targets file accepts it: then it counts for no threshold. */
    readonly accepted: boolean;
    readonly requests: readonly ShownBy[];
  };
}

/** What a retest report is made from (`retest.json`). */
export interface Retest {
  /** The run whose findings were looked at again. */
  readonly of: Pick<RunInfo, 'id' | 'startedAt' | 'tool' | 'knowledge'>;
  readonly run: RunInfo;
  /** The worst first. */
  readonly findings: readonly Retested[];
}
