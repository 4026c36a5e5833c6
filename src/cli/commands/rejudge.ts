// `leftopen rejudge`: judges the journal of an earlier run again.
import { messages } from '../../messages/index.js';
import { findRun, rejudge as judgeAgain, type Thresholds } from '../../run/index.js';
import { formatsOf, type FormatFlags } from '../formats.js';
import { stopSignal } from '../signals.js';
import { ranking, watcher } from '../terminal.js';
import { readable } from './audit.js';
import { runNamed } from './report.js';

interface RejudgeCommandOptions extends Thresholds, FormatFlags {
  readonly run?: string;
  readonly out: string;
  readonly baseline?: string;
  readonly check?: string[];
  readonly knowledge?: string;
  readonly maskNames?: true;
  readonly quiet?: true;
}

/** `leftopen rejudge`: judges an earlier journal again and writes the result next to the original. */
export async function rejudge(named: string | undefined, options: RejudgeCommandOptions): Promise<number> {
  const { folder } = await findRun(options.out, runNamed(named, options));
  const watch = watcher(options);
  const result = await watch.during(
    judgeAgain(folder, {
      ...options,
      ...formatsOf(options),
      ...(options.check && { checks: options.check }),
      signal: stopSignal(() => watch.say(messages().commands.stopping)),
      onEvent: watch.onEvent,
    }),
  );
  process.stdout.write(ranking(result.head, readable(result)));
  return result.exitCode;
}
