// Sorts more than memory holds: an external merge sort, and one that keeps only the first.
import { closeSync, mkdirSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

/** One of the sorted items. */
export interface Sorted<Item> {
  readonly key: string;
  /** The item as JSON, as it was added. */
  readonly json: string;
  /** The item, parsed where it is asked for. */
  readonly item: Item;
}

/** Sorts items by a string key (UTF-16 code units), spilling to disk: its memory does not grow with their number. */
export interface Sorter<Item> {
  /**
   * Adds one item. What is added must survive JSON. Not allowed once `sorted` has been called.
   *
   * @param json the item as one line of JSON, where it was made already
   */
  add(key: string, item: Item, json?: string): void;
  /** Every item in the order of its key, equal keys in the order they were added. May be read several times, also at once. */
  sorted(): AsyncIterable<Sorted<Item>>;
  /** Removes its files. */
  close(): void;
}

/** Makes sorters that spill into one folder. */
export type SorterFactory = <Item>(name: string) => Sorter<Item>;

/**
 * Bytes held in memory per sorter before they are spilled, by default. Several sorters are filled at once, and V8 lets a heap grow to
 * a multiple of what is alive before it collects, so every byte held costs more than its size.
 */
const defaultBudget = 512 * 1024;

/** Bytes that a sorter holds at first; doubled as it fills. */
const firstHeld = 16 * 1024;

/** Bytes read at once from each spilled run while merging. */
const readAhead = 32 * 1024;

/** Runs merged at once at most; more are first merged into longer ones. */
const fanIn = 64;

/**
 * Sorters that spill into `folder` (made with mode 0700 when the first one spills; files 0600).
 *
 * @param budget bytes of keys and JSON text one sorter holds in memory before it spills
 */
export function sortersIn(folder: string, budget: number = defaultBudget): SorterFactory {
  let made = 0;
  return <Item>(name: string) => {
    made += 1;
    return fileSorter<Item>(join(folder, `${made}-${name}`), budget);
  };
}

/**
 * Sorters that write nothing: each holds so many items, the first in the order of their keys, and forgets the others.
 *
 * @param most items that the sorter of that name holds
 */
export function firstInMemory(most: (name: string) => number): SorterFactory {
  return <Item>(name: string): Sorter<Item> => {
    const limit = most(name);
    let held: { readonly key: string; readonly item: Item; readonly json: string | null }[] = [];
    const cut = () => {
      held.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
      held.length = Math.min(held.length, limit);
    };
    return {
      add(key, item, json) {
        held.push({ key, item, json: json ?? null });
        if (held.length >= 2 * limit) cut();
      },
      async *sorted() {
        cut();
        for (const { key, item, json } of held)
          yield await Promise.resolve({
            key,
            item,
            get json() {
              return json ?? JSON.stringify(item);
            },
          });
      },
      close() {
        held = [];
      },
    };
  };
}

/** An item as it is held: its JSON as UTF-8 among other bytes, which the garbage collector need not look at. */
interface Line {
  readonly key: string;
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
}

/** A line as it is read back, parsed when its item is asked for. A class gives all of them one shape, which V8 reads fastest. */
class SortedLine<Item> {
  readonly key: string;
  readonly json: string;
  #item: Item | undefined;

  constructor(key: string, json: string) {
    this.key = key;
    this.json = json;
  }

  get item(): Item {
    return (this.#item ??= this.#parsed());
  }

  #parsed(): Item {
    // What a sorter wrote it reads back: the shape is not checked a second time.
    const written = (value: unknown): value is Item => value !== undefined;
    const item: unknown = JSON.parse(this.json);
    if (!written(item)) throw new Error('a sorter read something it did not write');
    return item;
  }
}

function fileSorter<Item>(folder: string, budget: number): Sorter<Item> {
  let held: Line[] = [];
  let bytes = Buffer.allocUnsafe(0);
  let filled = 0;
  let heldBytes = 0;
  let runs: string[] = [];
  let runNumber = 0;
  let finished = false;
  let closed = false;

  const nextRun = () => {
    if (runNumber === 0) mkdirSync(folder, { recursive: true, mode: 0o700 });
    runNumber += 1;
    return join(folder, `${runNumber}.run`);
  };

  const spill = () => {
    held.sort(byKey);
    const file = nextRun();
    writeLines(file, held);
    runs.push(file);
    held = [];
    filled = 0;
    heldBytes = 0;
  };

  /** Takes a text into the bytes held. Lines that are held already keep the bytes that they are in. */
  const hold = (text: string): { readonly from: number; readonly to: number } => {
    // A character takes three bytes of UTF-8 at most.
    if (text.length * 3 > bytes.length - filled) {
      bytes = Buffer.allocUnsafe(Math.max(text.length * 3, Math.min(2 * bytes.length, budget), firstHeld));
      filled = 0;
    }
    const from = filled;
    filled += bytes.write(text, from);
    return { from, to: filled };
  };

  /** Each stretch of neighbouring runs as one longer run: equal keys keep the order they were added in. */
  const mergedRuns = (from: readonly string[]) => {
    const longer: string[] = [];
    for (let at = 0; at < from.length; at += fanIn) {
      const part = from.slice(at, at + fanIn);
      const file = nextRun();
      writeLines(file, merge(part));
      for (const run of part) rmSync(run);
      longer.push(file);
    }
    return longer;
  };

  const finish = () => {
    if (finished) return;
    finished = true;
    if (runs.length > 0 && held.length > 0) spill();
    if (runs.length > 0) bytes = Buffer.allocUnsafe(0);
    held.sort(byKey);
    while (runs.length > fanIn) runs = mergedRuns(runs);
  };

  async function* sorted() {
    finish();
    let sincePause = 0;
    for (const line of runs.length > 0 ? merge(runs) : held) {
      yield new SortedLine<Item>(line.key, line.bytes.toString('utf8', line.from, line.to));
      sincePause += 1;
      // Reading is synchronous: signals and timers get their turn now and then.
      if (sincePause === 512) {
        sincePause = 0;
        await setImmediate();
      }
    }
  }

  return {
    add(key, item, json = JSON.stringify(item)) {
      if (finished || closed) throw new Error('a sorter takes no more items once it was read');
      const { from, to } = hold(json);
      const line = { key: /[\t\n\r]/.test(key) ? key.replace(/[\t\n\r]/g, ' ') : key, bytes, from, to };
      held.push(line);
      // 64: what an entry costs besides its bytes.
      heldBytes += line.key.length + to - from + 64;
      if (heldBytes > budget) spill();
    },
    sorted,
    close() {
      closed = true;
      held = [];
      bytes = Buffer.allocUnsafe(0);
      if (runNumber > 0) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function byKey(a: Line, b: Line): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}

/** One buffer for all writing, which is synchronous: nothing is left to the garbage collector. */
const outgoing = Buffer.allocUnsafe(256 * 1024);

const [tab, newline] = [9, 10];

function writeLines(file: string, lines: Iterable<Line>): void {
  const descriptor = openSync(file, 'wx', 0o600);
  let filled = 0;
  const flush = (bytes: Buffer) => {
    for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
  };
  try {
    for (const { key, bytes, from, to } of lines) {
      // A character takes three bytes of UTF-8 at most.
      const length = key.length * 3 + to - from + 2;
      if (length > outgoing.length - filled) {
        flush(outgoing.subarray(0, filled));
        filled = 0;
      }
      if (length > outgoing.length) {
        flush(Buffer.concat([Buffer.from(`${key}\t`), bytes.subarray(from, to), Buffer.from('\n')]));
        continue;
      }
      filled += outgoing.write(key, filled);
      outgoing[filled++] = tab;
      filled += bytes.copy(outgoing, filled, from, to);
      outgoing[filled++] = newline;
    }
    flush(outgoing.subarray(0, filled));
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Reads the lines of a run; each is valid until the next one is asked for. JSON text holds no raw newline or tab, keys are kept
 * free of them: the split is safe.
 */
function* readLines(file: string): Generator<Line, void> {
  const descriptor = openSync(file, 'r');
  try {
    let buffer = Buffer.allocUnsafe(readAhead);
    let start = 0;
    let end = 0;
    for (;;) {
      for (;;) {
        const at = buffer.indexOf(newline, start);
        if (at < 0 || at >= end) break;
        const middle = buffer.indexOf(tab, start);
        yield { key: buffer.toString('utf8', start, middle), bytes: buffer, from: middle + 1, to: at };
        start = at + 1;
      }
      if (start > 0) buffer.copy(buffer, 0, start, end);
      end -= start;
      start = 0;
      if (end === buffer.length) buffer = Buffer.concat([buffer, Buffer.allocUnsafe(buffer.length)]);
      const read = readSync(descriptor, buffer, end, buffer.length - end, null);
      if (read === 0) return;
      end += read;
    }
  } finally {
    closeSync(descriptor);
  }
}

interface Head {
  line: Line;
  readonly run: number;
  readonly rest: Generator<Line, void>;
}

/** k-way merge over a binary heap of the runs' first lines; ties go to the earlier run. */
function* merge(files: readonly string[]): Generator<Line, void> {
  const opened = files.map((file) => readLines(file));
  try {
    const heap: Head[] = [];
    opened.forEach((rest, run) => {
      const first = rest.next();
      if (first.done !== true) pushHead(heap, { line: first.value, run, rest });
    });
    for (let top = heap[0]; top !== undefined; top = heap[0]) {
      yield top.line;
      const next = top.rest.next();
      if (next.done === true) {
        const last = heap.pop();
        if (last !== undefined && heap.length > 0) heap[0] = last;
      } else {
        top.line = next.value;
      }
      sink(heap);
    }
  } finally {
    for (const rest of opened) rest.return();
  }
}

function before(a: Head, b: Head): boolean {
  return a.line.key < b.line.key || (a.line.key === b.line.key && a.run < b.run);
}

function pushHead(heap: Head[], head: Head): void {
  let at = heap.length;
  heap.push(head);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || !before(head, above)) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = head;
}

function sink(heap: Head[]): void {
  const head = heap[0];
  if (head === undefined) return;
  let at = 0;
  for (;;) {
    const left = heap[2 * at + 1];
    const right = heap[2 * at + 2];
    if (left === undefined) break;
    const [child, next] = right !== undefined && before(right, left) ? [right, 2 * at + 2] : [left, 2 * at + 1];
    if (!before(child, head)) break;
    heap[at] = child;
    at = next;
  }
  heap[at] = head;
}
