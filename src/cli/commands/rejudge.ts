// `leftopen rejudge`: judges the journal of an earlier run again.
import { findRun, rejudge as judgeAgain } from '../../run/index.js';
import { formatOptions, type FormatFlags } from '../formats.js';
import { stopSignal } from '../signals.js';
import { ranking, watcher } from '../terminal.js';
import { comparing, readable, type CompareOptions } from './audit.js';
import { runNamed } from './report.js';

interface RejudgeCommandOptions extends CompareOptions, FormatFlags {
  readonly run?: string;
  readonly out: string;
  readonly format?: string[];
  readonly check?: string[];
  readonly knowledge?: string;
  readonly maskNames?: true;
  readonly quiet?: true;
}

/** `leftopen rejudge`: judges an earlier journal again and writes the result next to the original. */
export async function rejudge(named: string | undefined, options: RejudgeCommandOptions): Promise<number> {
  const { folder } = await findRun(options.out, runNamed(named, options));
  const watch = watcher({ quiet: options.quiet === true, json: false });
  const result = await watch.during(
    judgeAgain(folder, {
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
