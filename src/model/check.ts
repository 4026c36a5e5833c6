import type { Product, Target } from './endpoint.js';
import type { Vantage } from './engagement.js';
import type { EvidenceRefs, Observations } from './observation.js';
import type { Remedy } from './finding.js';

/** How a check ended on one endpoint. */
export type VerdictName = 'fail' | 'pass' | 'not-applicable' | 'undetermined';

/** A verdict with the facts and the evidence behind it. */
export type Verdict<Facts> =
  | { readonly verdict: 'fail'; readonly facts: Facts; readonly evidence: EvidenceRefs }
  | { readonly verdict: 'pass'; readonly evidence: EvidenceRefs }
  | { readonly verdict: 'not-applicable' }
  | { readonly verdict: 'undetermined'; readonly reason: string };

/** What a check may know beside the observations. */
export interface JudgeContext {
  /** The run's vantage: decides what "a stranger" is called. */
  readonly vantage: Vantage;
  /** The run's own time, UTC ISO 8601: never the clock of the machine that judges. */
  readonly now: string;
  /** The targets by id. */
  readonly targets: ReadonlyMap<string, Target>;
}

/** The texts of a check in one language: functions of its facts. Every target-said string in them is escaped by the format, not here. */
export interface CheckTexts<Facts> {
  /** One line for a check that passed. */
  readonly pass: string;
  /** The finding's title, one line, what stands open and to whom. */
  readonly title: (facts: Facts, observations: Observations, context: JudgeContext) => string;
  /** What was seen and what it means, a short paragraph. */
  readonly summary: (facts: Facts, observations: Observations, context: JudgeContext) => string;
  /** How to close it, by product and version family. */
  readonly remedy: (facts: Facts, observations: Observations, context: JudgeContext) => Remedy;
}

/** A check of one endpoint: a pure function from observations to a verdict. */
export interface Check<Facts> {
  /** Kebab-case; names the file, its test and its page. */
  readonly id: string;
  readonly scope: 'endpoint';
  /** Where it applies; elsewhere the runner says `not-applicable`. */
  readonly products: readonly Product[];
  /** Ids of the questions whose answers decide it. */
  readonly questions: readonly string[];
  /** e.g. `CWE-306`. */
  readonly cwe: string;
  /** Public pages. */
  readonly references: readonly string[];
  readonly judge: (observations: Observations, context: JudgeContext) => Verdict<Facts>;
  readonly texts: { readonly en: CheckTexts<Facts> };
}
