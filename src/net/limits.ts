// Limits on connections, rates and bytes in flight.
import { exclusively, releaseLock } from '../threads/lock.js';

/** Places by key, `limit` for each: connections to one address. Waiting is first come, first served. */
export interface Slots {
  /** True once a place is held, false when the waiting was called off. */
  take(key: string): true | Promise<boolean>;
  give(key: string): void;
  /** Calls off all waiting, for good. */
  stop(): void;
}

/** Memory holds only keys in use. */
export function keyedSlots(limit: number): Slots {
  const held = new Map<string, { count: number; waiting: ((got: boolean) => void)[] }>();
  let stopped = false;
  return {
    take(key) {
      if (stopped) return Promise.resolve(false);
      const entry = held.get(key);
      if (entry === undefined) {
        held.set(key, { count: 1, waiting: [] });
        return true;
      }
      if (entry.count < limit) {
        entry.count += 1;
        return true;
      }
      return new Promise((resolve) => entry.waiting.push(resolve));
    },
    give(key) {
      const entry = held.get(key);
      if (entry === undefined) return;
      const next = entry.waiting.shift();
      if (next !== undefined) {
        next(true);
        return;
      }
      entry.count -= 1;
      if (entry.count === 0) held.delete(key);
    },
    stop() {
      stopped = true;
      for (const entry of held.values()) for (const resolve of entry.waiting.splice(0)) resolve(false);
    },
  };
}

/** Spaces the requests of a run out. */
export interface Pace {
  /** True when it is one's turn, false when the waiting was called off. */
  turn(): true | Promise<boolean>;
  /** What a turn was for happens now: seconds are counted from here. Only for a pace of what happens later than its turn. */
  left(): void;
  stop(): void;
}

/** When the turns of one pace were, for all threads that keep it. */
export interface PaceMemory {
  readonly perSecond: number;
  /** Its first word is a lock. */
  readonly memory: SharedArrayBuffer;
}

/**
 * A request may take a few milliseconds more to its first byte, or to the target, than the one before it: seconds are kept so
 * many longer.
 */
const turnMargin = 50;

/** Until a turn's use is known to have happened, it is taken to happen so many milliseconds after the turn. */
const useWithin = 1_000;

/** Bytes of a pace's memory before its instants, and numbers of it besides the last turns. */
const lockBytes = 8;
const paceNumbers = 2;

/** The memory of a pace that nothing was asked of yet; null for no limit. */
export function paceMemory(perSecond: number | null): PaceMemory | null {
  if (perSecond === null) return null;
  const memory = new SharedArrayBuffer(lockBytes + 8 * (paceNumbers + Math.ceil(perSecond)));
  new Float64Array(memory, lockBytes).subarray(paceNumbers).fill(-Infinity);
  return { perSecond, memory };
}

/** Milliseconds on a clock that all threads share. `performance.now()` begins with each thread. */
function monotonic(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/**
 * Turns at even gaps, over all threads that have the memory. A timer that came late is made up for, but no second ever sees
 * more than `perSecond` turns, not even the first one after a pause; of a fraction such as 1.5, no two seconds see more than
 * its double, rounded up.
 *
 * @param of turns per second, or the memory of a pace that others keep too; null for no limit
 * @param later whether what a turn is for happens later, when `left` is called: a thread may be held up in between
 */
export function pace(of: number | PaceMemory | null, later = false): Pace {
  const known = typeof of === 'number' ? paceMemory(of) : of;
  if (known === null) return { turn: () => true, left: () => undefined, stop: () => undefined };
  const { perSecond, memory } = known;
  const gap = 1000 / perSecond;
  const waiting: ((got: boolean) => void)[] = [];
  const lock = new Int32Array(memory, 0, 1);
  // When the next turn is due by the gaps, and where in the ring of the last turns the oldest is.
  const shared = new Float64Array(memory, lockBytes, paceNumbers);
  // The next turn must be a full span later than the oldest.
  const last = new Float64Array(memory, lockBytes).subarray(paceNumbers);
  const span = Math.ceil(perSecond) * gap + turnMargin;
  /** Turns of this thread whose use is still to happen, by their places in the ring. */
  let unused: { readonly place: number; readonly at: number }[] = [];
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;

  /**
   * Takes the next turn where it is due; else says when it is.
   *
   * @param fresh whether no one waits in this thread: a pause is not made up for
   */
  function take(instant: number, fresh: boolean): number | null {
    return exclusively(lock, () => {
      const [next = 0, oldest = 0] = shared;
      const due = Math.max(next, (last[oldest] ?? -Infinity) + span);
      if (due > instant) return due;
      last[oldest] = later ? instant + useWithin : instant;
      if (later) unused = [...unused.filter(({ at }) => at > instant - useWithin), { place: oldest, at: instant }];
      shared[1] = (oldest + 1) % last.length;
      shared[0] = fresh ? instant + gap : Math.max(next + gap, instant - gap);
      return null;
    });
  }

  /** It may be due earlier than it seems, once others have left. */
  function wait(ms: number): void {
    timer = setTimeout(serve, Math.min(ms, gap));
  }

  function serve(): void {
    timer = null;
    while (waiting.length > 0) {
      const instant = monotonic();
      const due = take(instant, false);
      if (due !== null) {
        wait(due - instant);
        return;
      }
      waiting.shift()?.(true);
    }
  }

  return {
    turn() {
      if (stopped) return Promise.resolve(false);
      const instant = monotonic();
      const due = waiting.length > 0 ? instant : take(instant, true);
      if (due === null) return true;
      return new Promise((resolve) => {
        waiting.push(resolve);
        if (timer === null) wait(due - instant);
      });
    },
    left() {
      const first = unused.shift();
      if (first === undefined) return;
      exclusively(lock, () => {
        last[first.place] = monotonic();
      });
    },
    stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      for (const resolve of waiting.splice(0)) resolve(false);
    },
  };
}

/** Lets other threads have turns again, where one ended while it took its own. */
export function releasePace(of: PaceMemory | null, thread: number): void {
  if (of !== null) releaseLock(new Int32Array(of.memory, 0, 1), thread);
}

/** A sum that all bodies in flight share. */
export interface Budget {
  /** True once `bytes` are set aside. First come, first served; no holder asks for more, so none waits in a circle. */
  take(bytes: number): true | Promise<true>;
  give(bytes: number): void;
}

/** @param total bytes; a single wish beyond it is granted when nothing else is held */
export function byteBudget(total: number): Budget {
  const waiting: { bytes: number; resolve: (got: true) => void }[] = [];
  let free = total;
  const fits = (bytes: number): boolean => bytes <= free || free >= total;

  return {
    take(bytes) {
      if (waiting.length > 0 || !fits(bytes)) return new Promise((resolve) => waiting.push({ bytes, resolve }));
      free -= bytes;
      return true;
    },
    give(bytes) {
      free += bytes;
      for (let first = waiting[0]; first !== undefined && fits(first.bytes); first = waiting[0]) {
        free -= first.bytes;
        waiting.shift();
        first.resolve(true);
      }
    },
  };
}

/** Whether the window is open, and until when that is known: the engagement's answer. */
export type OpenAt = (
  instant: Date,
) => { readonly open: true; readonly closesAt: Date | null } | { readonly open: false; readonly opensAt: Date | null };

/** Whether the window is open at an instant. */
export type WindowGate = (instant: Date) => boolean;

/** An open window is asked again after this many milliseconds at the latest. */
const recheckMs = 60_000;

/**
 * `openAt` asked at most once a minute while the window is open: it reckons with time zones, which costs more than a
 * request does.
 */
export function windowGate(openAt: OpenAt): WindowGate {
  let openFrom = 0;
  let openUntil = 0;
  return (instant) => {
    const time = instant.getTime();
    if (time >= openFrom && time < openUntil) return true;
    const answer = openAt(instant);
    if (!answer.open) return false;
    openFrom = time;
    openUntil = Math.min(answer.closesAt?.getTime() ?? Infinity, time + recheckMs);
    return true;
  };
}

/**
 * Calls `act` when `ms` have passed and what had arrived by then has been read: where our own process was too busy to
 * read, that is not the target's silence.
 *
 * @returns what calls it off
 */
export function deadline(ms: number, act: () => void): () => void {
  let last: NodeJS.Immediate | null = null;
  const timer = setTimeout(() => (last = setImmediate(act)), ms);
  return () => {
    clearTimeout(timer);
    if (last !== null) clearImmediate(last);
  };
}
