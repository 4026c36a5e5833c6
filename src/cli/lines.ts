// Writes findings as JSON lines to standard output while a run goes on.
import { once } from 'node:events';

/** Lines that are written at once: enough to fill the stream's buffer, so that its end and signals are heard in between. */
const batch = 1000;

/**
 * Prints a list to standard output, one item a line. A list of millions goes out as fast as the reader takes it, and no
 * further than it reads.
 *
 * @param format gives the line of an item, without its end
 */
export async function printEach<T>(
  items: AsyncIterable<T>,
  format: (item: T) => string,
  atOnce: number = batch,
): Promise<void> {
  const { stdout } = process;
  const reader = { gone: stdout.errored !== null };
  stdout.once('error', () => {
    reader.gone = true;
  });
  let lines: string[] = [];
  const flush = async (): Promise<void> => {
    if (reader.gone) return;
    const taken = stdout.write(lines.join(''));
    lines = [];
    if (!taken) await once(stdout, 'drain').catch(() => undefined);
  };
  for await (const item of items) {
    lines.push(`${format(item)}\n`);
    if (lines.length < atOnce) continue;
    await flush();
    if (reader.gone) return;
  }
  await flush();
}
