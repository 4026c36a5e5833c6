// `leftopen report RUN`: judges the journal of a finished run again.
import { rejudge } from '../../run/index.js';
import { formatOptions, type FormatFlags } from '../formats.js';
import { stopSignal } from '../signals.js';
import { ranking, watcher } from '../terminal.js';
import { comparing, readable, type CompareOptions } from './audit.js';

interface ReportCommandOptions extends CompareOptions, FormatFlags {
  readonly format?: string[];
  readonly check?: string[];
  readonly knowledge?: string;
  readonly maskNames?: true;
  readonly quiet?: true;
}

/** `leftopen report RUN`: judges an earlier journal again and writes the result next to the original. */
export async function report(run: string, options: ReportCommandOptions): Promise<number> {
  const watch = watcher({ quiet: options.quiet === true, json: false });
  const result = await watch.during(
    rejudge(run, {
      ...comparing(options),
      formats: options.format ?? ['html', 'md', 'json'],
      formatOptions: formatOptions(options),
      ...(options.check && { checks: options.check }),
      ...(options.knowledge !== undefined && { knowledge: options.knowledge }),
      maskNames: options.maskNames === true,
      signal: stopSignal(() => {
        watch.onEvent({ kind: 'notice', text: 'Stopping.' });
      }),
      onEvent: watch.onEvent,
    }),
  );
  process.stdout.write(ranking(result.head, readable(result)));
  return result.exitCode;
}
