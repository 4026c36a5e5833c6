import { randomOf } from '../damage/random.js';

/** `LEFTOPEN_TESTS=all` runs grids in full (`npm run grids`); without it, a test takes a sample of its grid. */
export const everything = process.env['LEFTOPEN_TESTS'] === 'all';

/** The same sample every time, so that a failure is not an accident; `SEED` draws another one. */
export const seed = Number(process.env['SEED'] ?? 20261129);

/** All items in the order given where the grids run in full, else `count` of them. */
export function sample<Item>(items: readonly Item[], count: number): readonly Item[] {
  if (everything || items.length <= count) return items;
  const { below } = randomOf(seed);
  const left = [...items.keys()];
  const drawn = Array.from({ length: count }, () => left.splice(below(left.length), 1)[0] ?? 0);
  return drawn.toSorted((a, b) => a - b).flatMap((at) => items.slice(at, at + 1));
}
