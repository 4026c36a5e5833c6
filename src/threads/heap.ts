// Keeps the memory of the process small.
import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread, type Worker } from 'node:worker_threads';

/**
 * By how much the heap may grow, in percent of what is alive, before V8 collects. By itself it lets 50 MB grow to 200. 30 would take 4 MiB
 * more, and less CPU time (docs/performance.md).
 */
const growth = 20;

/** The same while the record is written, which takes more memory and a fifth of the time. */
const growthOfRecord = 10;

/**
 * Bytes of the young generation. By itself V8 lets it grow to 32 MiB, for no less work here than 8 make; 4 take 7 MiB less, and
 * more CPU time (docs/performance.md).
 */
const young = 4 * 1024 * 1024;

/** Milliseconds between two looks at the young generation. */
const lookEvery = 20;

/**
 * Bytes of bytecode that V8's optimising compiler inlines into one function at most. Its own limit is 920: with less, compiling
 * takes less memory, and 3,000 endpoints take some 5 % less CPU time.
 */
const inlined = 100;

/**
 * The one function of WebAssembly that V8 may compile a second time to be faster; no module has a function of this number. undici's
 * parser of HTTP is one function of great length: compiling it again takes 38 MB, which malloc keeps in part, and 0.2 s.
 * Without that a request takes some microseconds more.
 */
const noFunction = 2_000_000_000;

/** Keeps the heap from growing. To be called early, since it makes nothing smaller. */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${growth}`);
  setFlagsFromString(`--max-inlined-bytecode-size-cumulative=${inlined}`);
  setFlagsFromString(`--wasm-tier-up-filter=${noFunction}`);
  holdYoungGeneration();
}

/** Keeps it smaller from now on, for more collections: called once nothing is asked any more. */
export function keepHeapSmaller(): void {
  setFlagsFromString(`--heap-growing-percent=${growthOfRecord}`);
}

/** Keeps the young generations of all threads at their size as soon as the main thread's has reached its own. */
function holdYoungGeneration(): void {
  const watch = setInterval(() => {
    if (hold()) clearInterval(watch);
  }, lookEvery).unref();
}

/**
 * Goes on holding the young generations while a thread starts. When V8 makes its heap, at some moment before the thread is there, it
 * takes the factor back to 2 for all threads (`Heap::ConfigureHeap`): that of the main thread then grew to 32 MiB.
 */
export function holdWhileStarting(thread: Worker): void {
  const holding = setInterval(hold, 5);
  thread.once('online', () => {
    clearInterval(holding);
    holdYoungGeneration();
  });
  thread.once('exit', () => clearInterval(holding));
}

/** Whether the young generations are held now; not before that of the main thread has its size. */
function hold(): boolean {
  const space = getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space');
  if (isMainThread && space !== undefined && space.space_size < young) return false;
  // V8 multiplies its size by this when too much of it is alive.
  setFlagsFromString('--semi-space-growth-factor=1');
  return true;
}

/** Bytes read from sockets after which V8 collects what is dead of the young generation. By itself it waits for 32 MiB. */
const readAtMost = 4 * 1024 * 1024;

let read = 0;
let collectYoung: (() => void) | null = null;

/** Says how many bytes came over a socket: each time some millions did, the buffers that they came in are collected. */
export function noteRead(bytes: number): void {
  read += bytes;
  if (read < readAtMost) return;
  read = 0;
  collectYoung ??= collectorOf("gc({ type: 'minor' })");
  collectYoung?.();
}

/** Bytes that may be added to what this thread uses before all of it is collected: of its heap, or of buffers outside of it. */
const addedAtMost = 2 * 1024 * 1024;

let afterCollection = { heap: 0, buffers: 0 };
let collectAll: (() => void) | null = null;

/**
 * Collects what a long response left in this thread: V8 lets long texts and bodies pile up to several times what one of them
 * needs.
 */
export function collectLongResponse(): void {
  const { heap, buffers } = inUse();
  if (heap < afterCollection.heap + addedAtMost && buffers < afterCollection.buffers + addedAtMost) return;
  collectAll ??= collectorOf('gc()');
  collectAll?.();
  afterCollection = inUse();
}

/** Bytes that this thread uses. */
function inUse(): typeof afterCollection {
  const { used_heap_size: heap, external_memory: buffers } = getHeapStatistics();
  return { heap, buffers };
}

/**
 * What collects a part of the heap: V8 gives `gc` to new contexts while the flag is set. All threads share the flag, so another one may
 * have taken it back meanwhile: then null, and the next call tries again.
 */
function collectorOf(call: string): (() => void) | null {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext(`typeof gc === 'function' ? ((gc) => () => ${call})(gc) : null`);
  setFlagsFromString('--no-expose-gc');
  return isProcedure(collect) ? collect : null;
}

function isProcedure(value: unknown): value is () => void {
  return typeof value === 'function';
}
