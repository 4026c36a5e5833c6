// `leftopen merge`: joins finished runs from several vantages, or of several shards, into one record.
import { merge as mergeRuns } from '../../run/index.js';
import { formatOptions, type FormatFlags } from '../formats.js';
import { stopSignal } from '../signals.js';
import { ranking, watcher } from '../terminal.js';
import { comparing, readable, type CompareOptions } from './audit.js';

interface MergeCommandOptions extends CompareOptions, FormatFlags {
  readonly out: string;
  readonly format?: string[];
  readonly knowledge?: string;
  readonly quiet?: true;
}

/** Judges the runs together; asks nothing. Exits like an audit. */
export async function merge(runs: readonly string[], options: MergeCommandOptions): Promise<number> {
  const watch = watcher({ quiet: options.quiet === true, json: false });
  const result = await watch.during(
    mergeRuns(runs, {
      out: options.out,
      ...comparing(options),
      formats: options.format ?? ['html', 'md', 'json'],
      formatOptions: formatOptions(options),
      ...(options.knowledge !== undefined && { knowledge: options.knowledge }),
      signal: stopSignal(() => watch.onEvent({ kind: 'notice', text: 'Stopping.' })),
      onEvent: watch.onEvent,
    }),
  );
  process.stdout.write(ranking(result.head, readable(result)));
  return result.exitCode;
}
