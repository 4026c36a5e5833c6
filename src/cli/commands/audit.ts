import { join } from 'node:path';
import type { Severity } from '../../model/finding.js';
import type { RunEvent } from '../../model/event.js';
import { audit as runAudit, type AuditResult } from '../../run/index.js';
import { declare, type DeclareOptions } from '../declare.js';
import { stopSignal } from '../signals.js';
import { ranking, watcher } from '../terminal.js';

interface AuditCommandOptions extends DeclareOptions {
  readonly out: string;
  readonly check?: string[];
  readonly failOn: Severity;
  readonly format?: string[];
  readonly resume: boolean;
  readonly plan?: string;
  readonly onCritical?: string;
  readonly quiet: boolean;
  readonly json: boolean;
}

/** The reports of a run that a person opens. */
export function readable(result: AuditResult): string[] {
  return result.files.filter((file) => /\.(html|md)$/.test(file)).map((file) => join(result.folder, file));
}

/** `leftopen audit`: one run, its progress on stderr, its ranking (or its findings as JSON lines) on stdout. */
export async function audit(targets: string[], options: AuditCommandOptions): Promise<number> {
  const declaration = await declare(targets, options);
  const watch = watcher(options);
  const signal = stopSignal(() => {
    watch.onEvent({ kind: 'notice', text: 'Stopping; the report of what is known follows. Once more to end at once.' });
  });
  const onEvent = (event: RunEvent) => {
    watch.onEvent(event);
    if (options.json && event.kind === 'finding') process.stdout.write(`${JSON.stringify(event.finding)}\n`);
  };
  const result = await watch.during(
    runAudit(declaration, {
      out: options.out,
      failOn: options.failOn,
      formats: options.format ?? ['html', 'md', 'json'],
      ...(options.check && { checks: options.check }),
      resume: options.resume,
      ...(options.plan !== undefined && { planLock: options.plan }),
      ...(options.onCritical !== undefined && { onCritical: options.onCritical }),
      signal,
      onEvent,
    }),
  );
  if (!options.json) process.stdout.write(await ranking(result.head, result.findings(), readable(result)));
  return result.exitCode;
}
