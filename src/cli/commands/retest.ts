// `leftopen retest`: looks again at the findings of a run, and says what became of each.
import { join } from 'node:path';
import { retest as runRetest, type Thresholds } from '../../run/index.js';
import { declare, type DeclareOptions } from '../declare.js';
import { runSignal } from '../exit.js';
import { retestText, watcher } from '../terminal.js';

interface RetestCommandOptions extends DeclareOptions, Thresholds {
  readonly out: string;
  readonly run?: string;
  readonly finding?: string[];
  readonly knowledge?: string;
  readonly plan?: string;
  readonly quiet?: true;
  readonly json?: true;
}

/** Asks only what the findings need, under the file as it is today; the report goes into `retests/<UTC time>/` of the run. */
export async function retest(targets: string, options: RetestCommandOptions): Promise<number> {
  const declaration = await declare([targets], options);
  const watch = watcher(options);
  const result = await watch.during(
    runRetest(declaration, {
      ...options,
      findings: options.finding ?? [],
      ...(options.plan !== undefined && { planLock: options.plan }),
      signal: runSignal(watch.say),
      onEvent: watch.onEvent,
    }),
  );
  if (options.json === true) process.stdout.write(`${JSON.stringify(result.retest)}\n`);
  else
    process.stdout.write(
      retestText(
        result.retest,
        result.audit.head,
        result.files.map((file) => join(result.folder, file)),
      ),
    );
  return result.exitCode;
}
