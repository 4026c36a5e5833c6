// `leftopen audit`: asks the declared endpoints and writes the reports.
import { join } from 'node:path';
import type { RunEvent } from '../../model/event.js';
import { previewLine } from '../../report/index.js';
import { jsonLine } from '../../text/json-line.js';
import { keepHeapSmaller } from '../../threads/heap.js';
import { audit as runAudit, type AuditResult, type Thresholds } from '../../run/index.js';
import { declare, type DeclareOptions } from '../declare.js';
import { printEach } from '../lines.js';
import { notifierOf, notifyFailure } from '../notifier.js';
import { runSignal } from '../exit.js';
import { formatsOf, type FormatFlags } from '../formats.js';
import { gapLines, ranking, watcher } from '../terminal.js';

interface AuditCommandOptions extends DeclareOptions, Thresholds, FormatFlags {
  readonly out: string;
  readonly baseline?: string;
  readonly check?: string[];
  readonly knowledge?: string;
  readonly maskNames?: true;
  readonly resume?: true;
  readonly plan?: string;
  readonly onCritical?: string;
  readonly workers?: number;
  readonly notify: boolean;
  readonly quiet?: true;
  readonly json?: true;
}

/** Files that every run has, for programs. */
const inEveryRun: readonly string[] = ['endpoints.jsonl', 'findings.jsonl', 'findings.json'];

/** The files that a run was asked for: the reports for people, and every other format that was named. */
export function readable({ files, folder }: Pick<AuditResult, 'files' | 'folder'>): string[] {
  const wanted = files.filter((file) => !inEveryRun.includes(file));
  return (wanted.length === 0 ? files : wanted).map((file) => join(folder, file));
}

/**
 * `leftopen audit`: one run, its progress on stderr, its ranking on stdout. As JSON lines stdout holds previews while the run
 * goes on, and then the findings of the record, all of them and no other.
 */
export async function audit(targets: string[], options: AuditCommandOptions): Promise<number> {
  const declaration = await declare(targets, options, async ({ notify, engagement }) => {
    if (options.notify) await notifyFailure(notify, engagement.id);
  });
  const json = options.json === true;
  const watch = watcher(options);
  const signal = runSignal(watch.say);
  const onEvent = (event: RunEvent) => {
    watch.onEvent(event);
    if (event.kind === 'judging') keepHeapSmaller();
    if (json && event.kind === 'finding') process.stdout.write(`${previewLine(event.finding)}\n`);
  };
  const notifier = options.notify ? notifierOf(declaration) : null;
  const asked = watch.during(
    runAudit(declaration, {
      ...options,
      ...formatsOf(options),
      ...(options.check && { checks: options.check }),
      ...(options.plan !== undefined && { planLock: options.plan }),
      signal,
      onEvent,
    }),
  );
  const result = await asked.catch(async (error: unknown): Promise<never> => {
    await notifier?.failed();
    throw error;
  });
  await notifier?.ended(result);
  if (!json) {
    process.stdout.write(ranking(result.head, readable(result)));
    return result.exitCode;
  }
  await printEach(result.findings(), jsonLine);
  for (const line of gapLines(result.head, process.stderr)) process.stderr.write(`${line}\n`);
  return result.exitCode;
}
