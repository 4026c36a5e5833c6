// Numbers rows that share a key, as those of a name with several addresses do: trackers then keep each when an address changes.
import type { FormatSources } from './format.js';

/**
 * Numbers rows by their key: the function that it returns gives 1 for the first row of a key, 2 for the second. Call it once for
 * each row, in their order. Memory grows only with the keys that several rows share.
 *
 * @param rows all rows, read once before any is numbered
 */
export async function rowNumbers<Row>(
  rows: AsyncIterable<Row>,
  keyOf: (row: Row) => string,
  { sorter }: Pick<FormatSources, 'sorter'>,
): Promise<(row: Row) => number> {
  const sorting = sorter<null>('rows');
  for await (const row of rows) sorting.add(keyOf(row), null);
  const repeated = new Map<string, number>();
  let before: string | null = null;
  for await (const { key } of sorting.sorted()) {
    if (key === before) repeated.set(key, 0);
    before = key;
  }
  sorting.close();
  return (row) => {
    const key = keyOf(row);
    const seen = repeated.get(key);
    if (seen === undefined) return 1;
    repeated.set(key, seen + 1);
    return seen + 1;
  };
}
