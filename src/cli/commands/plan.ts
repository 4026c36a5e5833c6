import { once } from 'node:events';
import { formatPlan, formatPlanned, plannedEndpoints, planOf, writePlanLock } from '../../run/index.js';
import { declare, type DeclareOptions } from '../declare.js';

interface PlanCommandOptions extends DeclareOptions {
  readonly resolve?: true;
  readonly json?: true;
  readonly endpoints?: true;
  readonly lock?: string;
}

/** `leftopen plan`: what would be asked of whom, and why; sends nothing. */
export async function plan(targets: string, options: PlanCommandOptions): Promise<number> {
  const declaration = await declare([targets], options);
  const resolve = options.resolve === true;
  if (options.endpoints === true) {
    const format = options.json === true ? JSON.stringify : formatPlanned;
    await printEach(plannedEndpoints(declaration, { resolve }), format, resolve ? 1 : batch);
  } else {
    const page = await planOf(declaration, { resolve });
    process.stdout.write(options.json === true ? `${JSON.stringify(page, null, 2)}\n` : formatPlan(page));
  }
  if (options.lock !== undefined) {
    await writePlanLock(declaration, options.lock);
    process.stderr.write(`Locked in ${options.lock}: leftopen audit ${targets} --plan ${options.lock}\n`);
  }
  return 0;
}

/** Lines that are written at once: enough to fill the stream's buffer, so that its end and signals are heard in between. */
const batch = 1000;

/** A list of millions goes out as fast as the reader takes it, and no further than he reads. */
async function printEach<T>(items: AsyncIterable<T>, format: (item: T) => string, atOnce: number): Promise<void> {
  const reader = { gone: false };
  process.stdout.once('error', () => {
    reader.gone = true;
  });
  let lines: string[] = [];
  const flush = async (): Promise<void> => {
    const taken = process.stdout.write(lines.join(''));
    lines = [];
    if (!taken) await once(process.stdout, 'drain').catch(() => undefined);
  };
  for await (const item of items) {
    lines.push(`${format(item)}\n`);
    if (lines.length < atOnce) continue;
    await flush();
    if (reader.gone) return;
  }
  await flush();
}
