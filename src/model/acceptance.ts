// Risks that were accepted until a day: what an entry of a targets file says, and what became of it in a run.
import type { SourceLine } from './endpoint.js';

/** Who accepted something, why, and until when. */
export interface Acceptance {
  readonly reason: string;
  /** Who owns the risk; null or absent where the file does not say. */
  readonly owner?: string | null;
  readonly approvedBy: string;
  /** The last day on which it is accepted: ISO date, UTC. */
  readonly until: string;
}

/** An entry of `accepted:`. It names a finding, or a target and a check. */
export interface AcceptedRisk extends Acceptance {
  /** Sixteen hex digits over all that the entry says: an entry that was changed is another acceptance. */
  readonly entry: string;
  readonly declaredIn: SourceLine | null;
  /** `id` or `fingerprint` of a finding, or how it begins; null for an entry by target and check. */
  readonly finding: string | null;
  readonly target: string | null;
  readonly check: string | null;
  /** Ids of single vulnerabilities, such as CVE-2015-1427; empty for all of the finding. */
  readonly vulnerabilities: readonly string[];
}

/** Whether an entry names a finding: by its id or fingerprint, or by target and check. */
export function covers(
  risk: Pick<AcceptedRisk, 'finding' | 'target' | 'check'>,
  finding: { readonly fingerprint: string; readonly id: string; readonly target: string; readonly check: string },
): boolean {
  if (risk.finding !== null) return finding.fingerprint.startsWith(risk.finding) || finding.id.startsWith(risk.finding);
  return risk.target === finding.target && risk.check === finding.check;
}

/** Whether an entry holds on the day of a run; `ends-soon` within 30 days of its last day. */
export type AcceptanceTerm = 'in-force' | 'ends-soon' | 'expired';

/**
 * What an entry did in a run. `in-use`: it covers a finding. `stale`: what it covers was shown to be fixed, or is no longer
 * declared. `not-reached`: what it covers was not asked, or could not be judged. `unmatched`: no finding that is known has this
 * id.
 */
export type AcceptanceUse = 'in-use' | 'stale' | 'not-reached' | 'unmatched';

/** An entry with what became of it in a run. */
export interface AcceptanceState extends AcceptedRisk {
  readonly term: AcceptanceTerm;
  readonly use: AcceptanceUse;
  /** Findings that it covers and that count nowhere else. */
  readonly findings: number;
  /** Findings that it no longer covers because they got worse since. */
  readonly worse: number;
  /** Why it is stale or not reached, as a phrase; null elsewhere. */
  readonly why: string | null;
}

/** Why a finding that was accepted counts again. */
export interface LapsedAcceptance extends Acceptance {
  readonly because: 'expired' | 'worse';
  /** What got worse, as a phrase; null for `expired`. */
  readonly what: string | null;
}
