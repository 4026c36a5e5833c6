// Stretches of addresses: what CIDR ranges and ranges from one address to another have in common.
import { numberOf, type Address, type Range } from './address.js';

/** A stretch of addresses of one family, both ends included. */
export interface Stretch {
  readonly first: bigint;
  readonly last: bigint;
}

/** The range as a stretch. */
export function stretchOf(range: Range): Stretch {
  const first = BigInt(range.value);
  return { first, last: first + (1n << BigInt((range.version === 4 ? 32 : 128) - range.prefix)) - 1n };
}

/** The address as a stretch of one. */
export function stretchOfOne(address: Address): Stretch {
  const value = BigInt(address.value);
  return { first: value, last: value };
}

/** How many addresses stretches hold that do not overlap (a float beyond 2^53). */
export function sizeOf(stretches: readonly Stretch[]): number {
  return stretches.reduce((sum, { first, last }) => sum + Number(last - first + 1n), 0);
}

/** Stretches in order, with those that touch or overlap joined. */
export function joinStretches(stretches: readonly Stretch[]): Stretch[] {
  const joined: { first: bigint; last: bigint }[] = [];
  for (const { first, last } of [...stretches].sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0))) {
    const before = joined.at(-1);
    if (before !== undefined && first <= before.last + 1n) {
      if (last > before.last) before.last = last;
    } else joined.push({ first, last });
  }
  return joined;
}

/** The parts of a stretch that lie in joined stretches, in order. */
export function* shared(stretch: Stretch, joined: readonly Stretch[]): Generator<Stretch> {
  let low = 0;
  let high = joined.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((joined[middle]?.last ?? 0n) < stretch.first) low = middle + 1;
    else high = middle;
  }
  for (let at = low; at < joined.length; at++) {
    const part = joined[at];
    if (part === undefined || part.first > stretch.last) return;
    const first = part.first > stretch.first ? part.first : stretch.first;
    yield { first, last: part.last < stretch.last ? part.last : stretch.last };
  }
}

/** How many addresses of stretches that do not overlap lie in joined stretches. */
export function overlap(stretches: readonly Stretch[], joined: readonly Stretch[]): bigint {
  let count = 0n;
  for (const stretch of stretches) for (const { first, last } of shared(stretch, joined)) count += last - first + 1n;
  return count;
}

/** Finds what was filed under the stretches that hold an address, however many there are: a binary search. */
export interface StretchIndex<T> {
  add(stretch: Stretch, item: T): void;
  find(address: Address): T[];
}

/** An empty {@link StretchIndex} for addresses of one family. */
export function stretchIndex<T>(version: 4 | 6): StretchIndex<T> {
  const entries: { readonly first: number | bigint; readonly last: number | bigint; readonly item: T }[] = [];
  // For the middle of each half, quarter, … of the sorted entries: the last address that any entry of that part reaches.
  let reach: (number | bigint)[] = [];
  let sorted = false;

  const sort = () => {
    entries.sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
    reach = new Array<number | bigint>(entries.length);
    const fill = (low: number, high: number): number | bigint => {
      if (low >= high) return -1;
      const middle = (low + high) >>> 1;
      const parts = [fill(low, middle), fill(middle + 1, high), entries[middle]?.last ?? -1];
      const most = parts.reduce((a, b) => (b > a ? b : a));
      reach[middle] = most;
      return most;
    };
    fill(0, entries.length);
    sorted = true;
  };

  const visit = (low: number, high: number, value: number | bigint, found: T[]): void => {
    const middle = (low + high) >>> 1;
    const entry = entries[middle];
    if (low >= high || entry === undefined || (reach[middle] ?? -1) < value) return;
    visit(low, middle, value, found);
    if (entry.first > value) return;
    if (entry.last >= value) found.push(entry.item);
    visit(middle + 1, high, value, found);
  };

  return {
    add: ({ first, last }, item) => {
      sorted = false;
      entries.push({ first: numberOf(version, first), last: numberOf(version, last), item });
    },
    find: ({ value }) => {
      if (!sorted) sort();
      const found: T[] = [];
      visit(0, entries.length, value, found);
      return found;
    },
  };
}
