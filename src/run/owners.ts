// The limits and hours that owners set for their endpoints, besides the run's own.
import pLimit, { type LimitFunction } from 'p-limit';
import type { Place } from '../model/endpoint.js';
import type { Blackout, Declaration } from '../engagement/index.js';
import { pacesOf } from '../net/index.js';
import { keyedSlots, pace } from '../net/limits.js';
import type { OpenAt, EndpointClientOptions, Paces } from '../net/index.js';

/** What the owner of an endpoint allows besides the run's own limits. */
export interface OwnerRoom {
  /** Where its jobs wait for each other; null where the owner sets no limit. */
  readonly lane: LimitFunction | null;
  /** The owner's hours, and the pace at which requests leave, for the client. */
  readonly clientOptions: Pick<EndpointClientOptions, 'openAt' | 'departures'>;
  /** Holds a place at the address; false when the run stopped meanwhile. */
  take(address: string): true | Promise<boolean>;
  give(address: string): void;
  /** The owner's pace, before a question is begun; false when the run stopped meanwhile. */
  turn(): true | Promise<boolean>;
  /** The owner's name, where the owner sets a pace: it leads to {@link Owners.paces}. */
  readonly paced: string | null;
  /** Hours in which the endpoint must not be asked, of all its owners. */
  readonly blackouts: readonly Blackout[];
}

/** The owners' own limits and hours over one run. */
export interface Owners {
  /** By name, the paces of the owners that set one: for other threads. */
  readonly paces: ReadonlyMap<string, Paces>;
  of(place: Pick<Place, 'targets'>): OwnerRoom;
  /** Calls off all waiting. */
  stop(): void;
}

const noLimits = {
  lane: null,
  clientOptions: {},
  take: (): true => true,
  give: (): void => undefined,
  turn: (): true => true,
  paced: null,
  blackouts: [],
} as const;

/** Window functions remembered; there are as many as combinations of overlapping targets. */
const maxRemembered = 10_000;

/** Prepares the owners' limits. Ended by the signal. */
export function ownersOf(declaration: Declaration, signal: AbortSignal): Owners {
  const owners = [...declaration.owners.values()];
  const hours = owners.some(({ blackouts }) => blackouts.length > 0);
  const rooms = new Map<string, OwnerRoom>();
  const paces = new Map<string, Paces>();
  const stops: (() => void)[] = [];
  for (const { name, limits } of owners) {
    const slots = limits.perAddress === null ? null : keyedSlots(limits.perAddress);
    const own = pacesOf(limits);
    if (limits.requestsPerSecond !== null) paces.set(name, own);
    const turns = pace(own.turns);
    const departures = pace(own.departures, true);
    stops.push(
      () => turns.stop(),
      () => departures.stop(),
      () => slots?.stop(),
    );
    rooms.set(name, {
      lane: limits.concurrency === null ? null : pLimit(limits.concurrency),
      clientOptions: limits.requestsPerSecond === null ? {} : { departures },
      take: (address) => slots?.take(address) ?? true,
      give: (address) => slots?.give(address),
      turn: () => turns.turn(),
      paced: limits.requestsPerSecond === null ? null : name,
      blackouts: [],
    });
  }
  const stop = (): void => {
    for (const each of stops) each();
  };
  signal.addEventListener('abort', stop, { once: true });

  const windows = new Map<string, OpenAt>();
  function windowOf(targets: readonly string[]): OpenAt {
    const key = targets.join('\n');
    const known = windows.get(key);
    if (known !== undefined) return known;
    const openAt: OpenAt = (instant) => declaration.openFor({ targets }, instant);
    if (windows.size < maxRemembered) windows.set(key, openAt);
    return openAt;
  }

  return {
    paces,
    of(place) {
      const owner = declaration.ownerOf(place);
      const room = (owner === null ? undefined : rooms.get(owner.name)) ?? noLimits;
      if (!hours) return room;
      const blackouts = new Set(
        place.targets.flatMap((target) => declaration.ownerOf({ targets: [target] })?.blackouts ?? []),
      );
      const clientOptions = { ...room.clientOptions, openAt: windowOf(place.targets) };
      return { ...room, clientOptions, blackouts: [...blackouts] };
    },
    stop() {
      signal.removeEventListener('abort', stop);
      stop();
    },
  };
}
