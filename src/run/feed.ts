import pLimit from 'p-limit';

/** Jobs that may only run a few at a time beside the overall limit, such as the endpoints of one owner. */
export interface Lane<Item> {
  readonly limit: number;
  running: number;
  readonly waiting: Item[];
}

/** Starts a job for each item it is given, a bounded number at a time. */
export interface Feed<Item> {
  /** Returns when the item's job has started or waits in its lane: only then should the next item be pulled. */
  push(item: Item, lane?: Lane<Item> | null): Promise<void>;
  /** Returns when every job has ended. Throws what a job threw. */
  drain(): Promise<void>;
}

/** Items that may wait for a place in their lane, over all lanes, before the source is held back. */
const maxParked = 2_000;

/**
 * p-limit, fed only when a place is free: a promise queued per host would cost 800 MB at 200,000 hosts.
 *
 * @param stopped once true, items that wait are dropped and nothing new starts
 */
export function createFeed<Item>(
  concurrency: number,
  work: (item: Item) => Promise<void>,
  stopped: () => boolean,
): Feed<Item> {
  const limit = pLimit(concurrency);
  let running = 0;
  let parked = 0;
  let failure: { readonly error: unknown } | null = null;
  let wake = (): void => undefined;

  function change(): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve;
    });
  }

  function start(item: Item, lane: Lane<Item> | null): void {
    running += 1;
    if (lane !== null) lane.running += 1;
    void limit(() => work(item))
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => {
        running -= 1;
        if (lane !== null) {
          lane.running -= 1;
          if (stopped()) parked -= lane.waiting.splice(0).length;
          const next = lane.waiting.shift();
          if (next !== undefined) {
            parked -= 1;
            start(next, lane);
          }
        }
        wake();
      });
  }

  function check(): void {
    if (failure !== null) throw failure.error;
  }

  return {
    async push(item, lane = null) {
      const full = (): boolean =>
        lane !== null && lane.running >= lane.limit ? parked >= maxParked : running >= concurrency;
      while (full() && !stopped() && failure === null) await change();
      check();
      if (stopped()) return;
      if (lane !== null && lane.running >= lane.limit) {
        lane.waiting.push(item);
        parked += 1;
      } else {
        start(item, lane);
      }
    },
    async drain() {
      while (running > 0) await change();
      check();
    },
  };
}
