// What the clients of one run share, whatever thread they are in: the numbers of the ledger, the pace, and whether the run stopped.
import type { Limits } from '../model/engagement.js';
import { paceMemory, type PaceMemory } from './limits.js';

/** What the clients of a run share, to be handed to other threads. */
export interface RunShare {
  /** See {@link runCounts}. */
  readonly counts: SharedArrayBuffer;
  readonly paces: Paces;
  /** How many clients have an equal share of the bytes in flight. */
  readonly clients: number;
}

/** The pace of a run or an owner: before a question is begun, and before a request leaves. Null for no limit. */
export interface Paces {
  readonly turns: PaceMemory | null;
  readonly departures: PaceMemory | null;
}

/** The numbers of requests and connections of a run, and whether nothing more may be sent. */
export interface RunCounts {
  nextRequest(): number;
  nextConnection(): number;
  /** The last number given to a connection; 0 before the first one. */
  readonly connections: number;
  /** From now on no thread of the run sends anything. */
  stop(): void;
  readonly stopped: boolean;
}

/** Words of the memory of the counts. */
const words = { request: 0, connection: 1, stopped: 2 };

/** Paces that nothing was asked of yet. */
export function pacesOf({ requestsPerSecond }: { readonly requestsPerSecond: number | null }): Paces {
  return { turns: paceMemory(requestsPerSecond), departures: paceMemory(requestsPerSecond) };
}

/**
 * What the clients of a run share before anything was sent.
 *
 * @param last the last numbers used in the ledger, where a run is resumed
 */
export function newRunShare(
  limits: Limits,
  last: { readonly request: number; readonly connection: number },
  clients: number,
): RunShare {
  const counts = new SharedArrayBuffer(4 * Object.keys(words).length);
  const numbers = new Int32Array(counts);
  numbers[words.request] = last.request;
  numbers[words.connection] = last.connection;
  return { counts, paces: pacesOf(limits), clients };
}

/** The counts of a run, in any thread. */
export function runCounts({ counts }: Pick<RunShare, 'counts'>): RunCounts {
  const numbers = new Int32Array(counts);
  return {
    nextRequest: () => Atomics.add(numbers, words.request, 1) + 1,
    nextConnection: () => Atomics.add(numbers, words.connection, 1) + 1,
    get connections() {
      return Atomics.load(numbers, words.connection);
    },
    stop() {
      Atomics.store(numbers, words.stopped, 1);
    },
    get stopped() {
      return Atomics.load(numbers, words.stopped) === 1;
    },
  };
}
