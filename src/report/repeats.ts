// Numbers the rows that a name with several addresses has: trackers keep such a row from run to run, also when its address changes.
import type { FormatSources } from './format.js';

/**
 * Counts how often each key came: the function gives 1 for the first row of a key, 2 for the second. It must be called once for each
 * row, in their order. Memory grows with keys that come more than once alone.
 *
 * @param keys the keys of all rows
 */
export async function rowNumbers(
  keys: AsyncIterable<string>,
  { sorter }: Pick<FormatSources, 'sorter'>,
): Promise<(key: string) => number> {
  const sorting = sorter<null>('rows');
  for await (const key of keys) sorting.add(key, null);
  const repeated = new Map<string, number>();
  let before: string | null = null;
  for await (const { key } of sorting.sorted()) {
    if (key === before) repeated.set(key, 0);
    before = key;
  }
  sorting.close();
  return (key) => {
    const seen = repeated.get(key);
    if (seen === undefined) return 1;
    repeated.set(key, seen + 1);
    return seen + 1;
  };
}
