/** Seeded randomness for tests: the same seed gives the same choices on every machine. */
export interface Random {
  /** A number from 0 up to, but not including, 1. */
  readonly next: () => number;
  /** A whole number from 0 up to, but not including, `below`. */
  readonly below: (below: number) => number;
  /** One of the items; undefined for an empty list. */
  readonly pick: <Item>(items: readonly Item[]) => Item | undefined;
}

/** A generator of that seed (mulberry32: 32 bits of state, enough to choose test cases). */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return { next, below, pick: (items) => items[below(items.length)] };
}

/** An id of an index, a node or a cluster as Elasticsearch draws it: 128 random bits in URL-safe base64 (common/UUIDs.java). */
export function randomId({ below }: Random): string {
  return Buffer.from(Array.from({ length: 16 }, () => below(256))).toString('base64url');
}

/** A 32-bit number that depends on every part: the seed of one case among many. */
export function seedOf(...parts: readonly (string | number)[]): number {
  let hash = 0x811c9dc5;
  for (const char of parts.join('\n')) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}
