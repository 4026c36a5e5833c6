// The plan: what would be asked of whom, and why, before anything is sent.
export { checkPlanLock, writePlanLock } from './lock.js';
export { plannedEndpoints, planOf } from './plan.js';
export type { Plan, PlannedEndpoint, PlannedQuestion } from './plan.js';
export type { PlanTotals } from './totals.js';
