// What other rooms may use of the engagement.
export { latestAcceptance, mostDaysAccepted } from './accepted.js';
export {
  declareList,
  declareUrls,
  readTargets,
  type Declaration,
  type ReadOptions,
  type ReadResult,
} from './declaration.js';
export type { Share } from './expand.js';
export { DeclarationChanged } from './host-list.js';
export { formatMistakes, type Mistake } from './mistake.js';
export type { OwnerRules } from './owner.js';
export { acceptedFile, targetsJsonSchema } from './schema.js';
export type { Permission, Scope } from './scope.js';
export { openAt, parseDay, type Blackout, type Opening } from './window.js';
