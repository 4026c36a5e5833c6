// `leftopen merge`: joins finished runs from several vantages, or of several shards, into one record.
import { join } from 'node:path';
import { messages } from '../../messages/index.js';
import type { RedactionLevel } from '../../model/finding.js';
import { merge as mergeRuns, render, type Thresholds } from '../../run/index.js';
import { complain } from '../exit.js';
import { formatsOf, type FormatFlags } from '../formats.js';
import { stopSignal } from '../signals.js';
import { ranking, watcher } from '../terminal.js';
import { readable } from './audit.js';

interface MergeCommandOptions extends Thresholds, FormatFlags {
  readonly out: string;
  readonly baseline?: string;
  readonly knowledge?: string;
  readonly redact?: RedactionLevel;
  readonly quiet?: true;
}

/** Judges the runs together; asks nothing. Exits like an audit. */
export async function merge(runs: readonly string[], options: MergeCommandOptions): Promise<number> {
  const watch = watcher(options);
  const signal = stopSignal(() => watch.say(messages().commands.stopping));
  const merging = watch.during(
    mergeRuns(runs, {
      ...options,
      ...formatsOf(options),
      signal,
      onEvent: watch.onEvent,
    }),
  );
  const result = await merging.catch((error: unknown) => {
    if (!signal.aborted) throw error;
    complain(messages().commands.merge.stopped);
    return null;
  });
  if (result === null) return 130;
  process.stdout.write(ranking(result.head, readable(result)));
  if (options.redact !== undefined) {
    const { folder, files } = await render(result.folder, {
      ...formatsOf(options),
      redact: options.redact,
    });
    for (const file of files) process.stdout.write(`${messages().commands.merge.redacted(join(folder, file))}\n`);
  }
  return result.exitCode;
}
