export { audit, rejudge } from './audit.js';
export type { AuditOptions, AuditResult } from './audit.js';
export type { Pacing } from './pacing.js';
export { knowledgeName, loadKnowledge } from './knowledge.js';
export { stopRun } from './stop.js';
export type { StoppedRun } from './stop.js';
