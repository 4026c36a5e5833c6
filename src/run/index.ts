// Runs as the command line and the library use them.
export { audit, rejudge } from './audit.js';
export type { AuditOptions, AuditResult } from './audit.js';
export type { Threshold, Thresholds } from './record.js';
export { diff } from './diff.js';
export type { Difference, DiffOptions } from './diff.js';
export type { Pacing } from './pacing.js';
export { knowledgeName, loadKnowledge } from './knowledge.js';
export { stopRun } from './stop.js';
export type { StoppedRun } from './stop.js';
export { findRun } from './find-run.js';
export { findingsMeant, fingerprintPrefix } from './find-finding.js';
export { openRecord } from './written.js';
export { render } from './render.js';
export { retest } from './retest.js';
export type { RetestOptions, RetestResult } from './retest.js';
export type { Rendered } from './render.js';
export type { ReadRecord } from './written.js';
