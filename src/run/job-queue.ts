// Runs a bounded number of jobs at a time, fed only as fast as they end.
import pLimit, { type LimitFunction } from 'p-limit';

/** Starts a job for each item it is given, a bounded number at a time. */
export interface JobQueue<Item> {
  /**
   * Returns when the item's job has started, or waits in its lane: only then should the next item be pulled.
   *
   * @param lane a limiter that its jobs share besides the overall limit, such as that of the endpoints of one owner
   */
  push(item: Item, lane?: LimitFunction | null): Promise<void>;
  /** Returns when every job has ended. Throws what a job threw. */
  drain(): Promise<void>;
}

/** Items that may wait for a place in their lane, over all lanes, before the source is held back. */
const maxWaiting = 2_000;

/**
 * A p-limit that is given a job only when it has a free place: a promise queued for each of 200,000 hosts would cost 800 MB.
 *
 * @param stopped once true, items that wait are dropped and nothing new starts
 */
export function createJobQueue<Item>(
  concurrency: number,
  work: (item: Item) => Promise<void>,
  stopped: () => boolean,
): JobQueue<Item> {
  const limit = pLimit(concurrency);
  /** Jobs that run or wait. */
  let unfinished = 0;
  let failure: { readonly error: unknown } | null = null;
  let wake = (): void => undefined;

  function change(): Promise<void> {
    return new Promise((resolve) => {
      wake = resolve;
    });
  }

  function started(): number {
    return limit.activeCount + limit.pendingCount;
  }

  function isFull(lane: LimitFunction | null): boolean {
    const waits = lane !== null && lane.activeCount >= lane.concurrency;
    return waits ? unfinished - started() >= maxWaiting : started() >= concurrency;
  }

  async function run(item: Item, lane: LimitFunction | null): Promise<void> {
    try {
      if (lane === null) await limit(work, item);
      else await lane(async () => (stopped() ? undefined : limit(work, item)));
    } catch (error) {
      failure ??= { error };
    }
    unfinished -= 1;
    wake();
  }

  function check(): void {
    if (failure !== null) throw failure.error;
  }

  return {
    async push(item, lane = null) {
      while (isFull(lane) && !stopped() && failure === null) await change();
      check();
      if (stopped()) return;
      unfinished += 1;
      void run(item, lane);
    },
    async drain() {
      while (unfinished > 0) await change();
      check();
    },
  };
}
