// A lock in memory that the threads of a run share.
import { threadId } from 'node:worker_threads';

/** Milliseconds after which a thread that waits looks again, should a wake-up be lost. */
const lookAgain = 1;

/** The number by which a thread holds a lock; 0 means that the lock is free. */
function holder(thread: number): number {
  return thread + 1;
}

/** Runs `work`, which must be short and must not wait, while no other thread holds the same lock: the first word of `memory`. */
export function exclusively<T>(memory: Int32Array, work: () => T): T {
  for (;;) {
    const held = Atomics.compareExchange(memory, 0, 0, holder(threadId));
    if (held === 0) break;
    Atomics.wait(memory, 0, held, lookAgain);
  }
  try {
    return work();
  } finally {
    Atomics.store(memory, 0, 0);
    Atomics.notify(memory, 0, 1);
  }
}

/** Opens a lock that a thread held when it ended. */
export function releaseLock(memory: Int32Array, thread: number): void {
  if (Atomics.compareExchange(memory, 0, holder(thread), 0) === holder(thread)) Atomics.notify(memory, 0, 1);
}
