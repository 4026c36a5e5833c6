// Finds endpoints that are declared twice.
import type { Address } from './address.js';
import type { Hosts, NamesBelow } from './host.js';
import { stretchIndex } from './stretch.js';

/**
 * Finds what was filed under the hosts that hold a given host. A look-up costs a few steps, however many entries there are:
 * one map access for the text and one per distinct length of a pattern's tail, and a binary search in the ranges.
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
  const ranges = { 4: stretchIndex<T>(4), 6: stretchIndex<T>(6) };
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
        case 'range':
          for (const stretch of hosts.stretches) ranges[hosts.version].add(stretch, item);
      }
    },
    find: (host, address) => {
      const found = [...(exact.get(host) ?? [])];
      if (address !== null) {
        found.push(...ranges[address.version].find(address));
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
