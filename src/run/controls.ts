// Endpoints that must respond, so that a dead network is noticed.
import { messages } from '../messages/index.js';
import type { Endpoint, Place } from '../model/endpoint.js';
import { endpointUrl } from '../model/endpoint.js';
import { failures, type FailureName } from '../model/exchange.js';
import type { Resolution } from '../net/index.js';
import { languageInUse } from '../languages/index.js';
import type { LostCut, Mark } from '../store/journal.js';
import type { Witness } from './watch.js';

/** Whether answers can be trusted now. */
export type Standing = { readonly good: true } | { readonly good: false; readonly cut: LostCut; readonly why: string };

/** The endpoints that must answer. */
export interface Controls {
  /** How many there are. */
  readonly count: number;
  /** Asks each control once. With none, the standing is good: nothing says otherwise. */
  ask(): Promise<Standing>;
  /** Asks endpoints that answered before. Bad when all of them end differently from before. */
  askWitnesses(witnesses: readonly Witness[]): Promise<Standing>;
}

interface ControlOptions {
  readonly resolve: (host: string) => Promise<Resolution>;
  /** The status with which an endpoint answers, or why there was none. */
  readonly status: (endpoint: Endpoint) => Promise<number | FailureName>;
  readonly now: () => Date;
  readonly mark: (mark: Mark) => void;
}

/** Prepares the controls of a run. Each is looked up when it is first asked, and stays pinned to that address. */
export function prepareControls(places: readonly Place[], options: ControlOptions): Controls {
  const pinned = new Map<number, Endpoint>();
  const baseline = new Map<number, number>();

  async function pin(place: Place): Promise<Endpoint | FailureName> {
    const known = pinned.get(place.ordinal);
    if (known !== undefined) return known;
    let { address } = place;
    if (address === null) {
      const resolved = await options.resolve(place.host);
      if ('failure' in resolved) return resolved.failure;
      address = resolved.addresses[0] ?? null;
    }
    const { host, port, basePath, scheme } = place;
    const endpoint = { host, address, port, basePath, scheme };
    pinned.set(place.ordinal, endpoint);
    return endpoint;
  }

  async function askControl(place: Place): Promise<Standing> {
    const endpoint = await pin(place);
    const answered = typeof endpoint === 'string' ? endpoint : await options.status(endpoint);
    const url = endpointUrl(place);
    const standing = judgeControl(url, answered, baseline.get(place.ordinal));
    if (standing.good && typeof answered === 'number' && !baseline.has(place.ordinal)) {
      baseline.set(place.ordinal, answered);
    }
    options.mark({
      mark: 'control',
      at: options.now().toISOString(),
      url,
      good: standing.good,
      detail: typeof answered === 'number' ? `status ${answered}` : failures[answered],
    });
    return standing;
  }

  return {
    count: places.length,
    async ask() {
      const standings = await Promise.all(places.map(askControl));
      return standings.find((standing) => !standing.good) ?? { good: true };
    },
    async askWitnesses(witnesses) {
      for (const { endpoint, signature } of witnesses) {
        const answered = await options.status(endpoint);
        const refusesNow =
          typeof answered === 'string' || (answered >= 400 && !signature?.startsWith(`status ${answered}`));
        if (!refusesNow) return { good: true };
      }
      if (witnesses.length === 0) return { good: true };
      return {
        good: false,
        cut: 'source-blocked',
        why: languageInUse().report.runGaps.uniform(witnesses.map(({ endpoint }) => endpointUrl(endpoint))),
      };
    },
  };
}

function judgeControl(url: string, answered: number | FailureName, before: number | undefined): Standing {
  if (typeof answered === 'string') {
    return {
      good: false,
      cut: 'vantage-lost',
      why: languageInUse().report.runGaps.controlSilent(url, messages().runs.failures[answered]),
    };
  }
  // A wall where there was none, or another one than there was.
  if (before !== undefined && answered >= 400 && answered !== before) {
    return {
      good: false,
      cut: 'source-blocked',
      why: languageInUse().report.runGaps.controlChanged(url, answered, before),
    };
  }
  return { good: true };
}
