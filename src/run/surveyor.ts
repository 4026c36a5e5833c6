// Surveys endpoints in the thread that has the client; `worker-pool.ts` does the same in other threads.
import type { Endpoint } from '../model/endpoint.js';
import type { FailureName } from '../model/exchange.js';
import type { Permission } from '../engagement/index.js';
import type { HttpClient } from '../net/index.js';
import { statusOf, surveyEndpoint, type AskOptions, type Surveyed, type Visit } from './ask.js';
import type { OwnerRoom } from './owners.js';

/** Surveys endpoints one by one, several at once. */
export interface Surveyor {
  /** @param permission what the run's scope says of the endpoint's address */
  survey(visit: Visit, permission: Permission): Promise<Surveyed>;
  /** See {@link statusOf}. */
  status(endpoint: Endpoint, permission: Permission): Promise<number | FailureName>;
  /** Called when nothing is under way any more. */
  close(): Promise<void>;
}

interface SurveyorOptions extends Pick<AskOptions, 'techniques' | 'wanted' | 'now'> {
  /** The client in use: it may change during a run. */
  readonly httpClient: () => HttpClient;
  readonly mayReach: (address: string, dashboard: Endpoint) => Promise<boolean>;
  /** What the owner of an endpoint allows besides the run's own limits. */
  readonly roomOf: (visit: Visit) => Pick<OwnerRoom, 'turn' | 'clientOptions'>;
}

/** Surveys endpoints in this thread. */
export function surveyor({ httpClient, mayReach, roomOf, ...options }: SurveyorOptions): Surveyor {
  return {
    survey(visit) {
      const { turn, clientOptions } = roomOf(visit);
      return surveyEndpoint(visit, {
        ...options,
        httpClient: httpClient(),
        mayReach: (address) => mayReach(address, visit.endpoint),
        turn,
        clientOptions,
      });
    },
    status: (endpoint) => statusOf(endpoint, httpClient(), options.techniques),
    close: () => Promise.resolve(),
  };
}
