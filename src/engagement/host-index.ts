import { networkOf, type Address, type Range } from './address.js';
import type { Hosts, NamesBelow } from './host.js';

/**
 * Finds what was filed under the hosts that hold a given host. A look-up costs a few map accesses, however many entries
 * there are: one for the text, one per distinct prefix length, one per distinct length of a pattern's tail.
 */
export interface HostIndex<T> {
  add(hosts: Hosts | NamesBelow, item: T): void;
  /** Everything filed under a single host, a pattern, a domain or a range that holds the host, in no particular order. */
  find(host: string, address: Address | null): T[];
  readonly size: number;
}

/** An empty {@link HostIndex}. */
export function hostIndex<T>(): HostIndex<T> {
  const exact = new Map<string, T[]>();
  const below = new Map<string, T[]>();
  const numbered = new Map<string, { has: (host: string) => boolean; item: T }[]>();
  const tails = new Set<number>();
  const ranges = { 4: new Map<number, Map<number | bigint, T[]>>(), 6: new Map<number, Map<number | bigint, T[]>>() };
  let size = 0;

  const push = <K, V>(map: Map<K, V[]>, key: K, item: V) => {
    const items = map.get(key);
    if (items === undefined) map.set(key, [item]);
    else items.push(item);
  };

  return {
    get size() {
      return size;
    },
    add: (hosts, item) => {
      size++;
      switch (hosts.kind) {
        case 'single':
          push(exact, hosts.text, item);
          break;
        case 'below':
          push(below, hosts.suffix, item);
          break;
        case 'numbered':
          tails.add(hosts.tail.length);
          push(numbered, hosts.tail, { has: hosts.has, item });
          break;
        case 'range': {
          const byPrefix = ranges[hosts.range.version];
          const networks = byPrefix.get(hosts.range.prefix) ?? new Map<number | bigint, T[]>();
          byPrefix.set(hosts.range.prefix, networks);
          push(networks, hosts.range.value, item);
        }
      }
    },
    find: (host, address) => {
      const found = [...(exact.get(host) ?? [])];
      if (address !== null) {
        for (const [prefix, networks] of ranges[address.version]) {
          const items = networks.get(networkOf(address, prefix).value);
          if (items !== undefined) found.push(...items);
        }
        return found;
      }
      for (const length of tails) {
        for (const { has, item } of numbered.get(host.slice(host.length - length)) ?? []) {
          if (has(host)) found.push(item);
        }
      }
      if (below.size > 0) {
        for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
          found.push(...(below.get(host.slice(dot)) ?? []));
        }
      }
      return found;
    },
  };
}

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

/** How many addresses of a stretch lie in joined stretches. */
export function overlap(stretch: Stretch, joined: readonly Stretch[]): bigint {
  let count = 0n;
  for (const { first, last } of shared(stretch, joined)) count += last - first + 1n;
  return count;
}
