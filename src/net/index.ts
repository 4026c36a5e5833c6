// What other rooms may use of the network.
import { catalogue, denied, harmless, rememberAnswers, requestPath } from '../catalogue/index.js';
import { openDoorWith, type Door, type DoorOptions } from './door.js';

export type { Door, DoorOptions } from './door.js';
export type { Visit, VisitOptions } from './visit.js';
export type { ScopeGuard } from './connect.js';
export { retryAfterMs } from './retry-after.js';
export type { Learned } from './strain.js';
export type { OpenAt } from './limits.js';
export type { Resolution } from './resolve.js';

const byId = new Map(catalogue.map((question) => [question.id, question]));

/** Opens the one client of a run. It asks nothing that is not in the catalogue; see {@link Door}. */
export function openDoor(options: DoorOptions): Door {
  return openDoorWith(
    { find: (id) => byId.get(id) ?? null, requestPath, denied, keepAnswer: rememberAnswers(), harmless },
    options,
  );
}
