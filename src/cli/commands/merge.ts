// `leftopen merge`: joins finished runs from several vantages, or of several shards, into one record.
import { join } from 'node:path';
import type { RedactionLevel } from '../../model/finding.js';
import { merge as mergeRuns, render } from '../../run/index.js';
import { formatOptions, type FormatFlags } from '../formats.js';
import { stopSignal } from '../signals.js';
import { ranking, watcher } from '../terminal.js';
import { comparing, readable, type CompareOptions } from './audit.js';

interface MergeCommandOptions extends CompareOptions, FormatFlags {
  readonly out: string;
  readonly format?: string[];
  readonly knowledge?: string;
  readonly redact?: RedactionLevel;
  readonly quiet?: true;
}

/** Judges the runs together; asks nothing. Exits like an audit. */
export async function merge(runs: readonly string[], options: MergeCommandOptions): Promise<number> {
  const watch = watcher({ quiet: options.quiet === true, json: false });
  const signal = stopSignal(() => watch.onEvent({ kind: 'notice', text: 'Stopping.' }));
  const merging = watch.during(
    mergeRuns(runs, {
      out: options.out,
      ...comparing(options),
      formats: options.format ?? ['html', 'md', 'json'],
      formatOptions: formatOptions(options),
      ...(options.knowledge !== undefined && { knowledge: options.knowledge }),
      signal,
      onEvent: watch.onEvent,
    }),
  );
  const result = await merging.catch((error: unknown) => {
    if (!signal.aborted) throw error;
    process.stderr.write('leftopen: stopped: nothing was written, and the runs are as they were\n');
    return null;
  });
  if (result === null) return 130;
  process.stdout.write(ranking(result.head, readable(result)));
  if (options.redact !== undefined) {
    const { folder, files } = await render(result.folder, {
      formats: options.format ?? ['html', 'md', 'json'],
      formatOptions: formatOptions(options),
      redact: options.redact,
    });
    for (const file of files) process.stdout.write(`Redacted: ${join(folder, file)}\n`);
  }
  return result.exitCode;
}
