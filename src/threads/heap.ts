// Keeps the heap of the process small.
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** By how much the heap may grow, in percent of what is alive, before V8 collects. By itself it lets 50 MB grow to 200. */
const growth = 40;

/** Bytes of the young generation. By itself V8 lets it grow to 32 MiB, for no less work here. */
const young = 8 * 1024 * 1024;

/** Milliseconds between two looks at the young generation. */
const lookEvery = 20;

/** Keeps the heap from growing. To be called early, since it makes nothing smaller. */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${growth}`);
  const watch = setInterval(() => {
    const space = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
    if (space !== undefined && space.space_size < young) return;
    holdYoungGeneration();
    clearInterval(watch);
  }, lookEvery).unref();
}

/**
 * Keeps the young generations of all threads at their size. To be called whenever a thread has started: when V8 makes its heap, it
 * takes the factor back to 2 for all threads (`Heap::ConfigureHeap`).
 */
export function holdYoungGeneration(): void {
  // V8 multiplies its size by this when too much of it is alive.
  setFlagsFromString('--semi-space-growth-factor=1');
}
