// The library: the same audit, from code.
/**
 * The library: the same audit as the command's, from code.
 *
 * ```ts
 * import { audit, formatMistakes, readTargets } from 'leftopen';
 *
 * const read = await readTargets('targets.yaml');
 * if (!read.ok) throw new Error(formatMistakes(read.mistakes));
 * const { signal } = new AbortController();
 * const result = await audit(read.declaration, { out: 'reports', failOn: 'high', formats: ['html'], signal });
 * for await (const finding of result.findings()) console.log(finding.severity, finding.title);
 * ```
 */
// Its types add questions and topics to the model; without it a compiler that checks libraries misses them.
export type {} from './topics/registry.generated.js';
export { planOf } from './plan/index.js';
export type { Plan, PlannedEndpoint, PlannedQuestion, PlanTotals } from './plan/index.js';
export { audit, rejudge } from './run/index.js';
export type { AuditOptions, AuditResult } from './run/index.js';
export { UserMistake } from './store/mistake.js';
export { declareList, declareUrls, formatMistakes, readTargets } from './engagement/index.js';
export type { Declaration, Mistake, ReadOptions, ReadResult } from './engagement/index.js';
export type { Endpoint, Expectation, Place, Product, Rung, Scheme, State, Target } from './model/endpoint.js';
export type { Engagement, Exposure, Limits, Technique, Vantage, Window } from './model/engagement.js';
export type { RunEvent } from './model/event.js';
export type {
  EndpointSummary,
  Evidence,
  Finding,
  Problem,
  Remedy,
  ReportHead,
  RunInfo,
  Severity,
  Since,
  Summary,
} from './model/finding.js';
