// `leftopen report`: renders the record of a run in other formats, without judging it again.
import { join } from 'node:path';
import { messages } from '../../messages/index.js';
import type { RedactionLevel } from '../../model/finding.js';
import { languageInUse } from '../../languages/index.js';
import { findRun, render } from '../../run/index.js';
import { Refusal } from '../exit.js';
import { formatsOf, usualFormats, type FormatFlags } from '../formats.js';

interface ReportCommandOptions extends FormatFlags {
  readonly run?: string;
  readonly out: string;
  readonly owner?: string;
  readonly byOwner?: true;
  readonly redact?: RedactionLevel;
  readonly quiet?: true;
}

/**
 * The run that a command means: named as its argument or with `--run`.
 *
 * @throws Refusal when both name one
 */
export function runNamed(argument: string | undefined, { run }: { readonly run?: string }): string | undefined {
  if (argument !== undefined && run !== undefined && argument !== run)
    throw new Refusal(messages().commands.report.twoRuns(argument, run));
  return argument ?? run;
}

/** A team gets the record too: it has no run folder. */
const ownersFormats = [...usualFormats, 'findings-jsonl', 'endpoints-jsonl'];

/** Writes the formats into `exports/<UTC time>/` of the run folder and prints where they are. Judges nothing, so the exit code is 0. */
export async function report(named: string | undefined, options: ReportCommandOptions): Promise<number> {
  if (options.owner !== undefined && options.byOwner) throw new Refusal(messages().commands.report.ownerTwice);
  const { folder } = await findRun(options.out, runNamed(named, options));
  const rendered = await render(folder, {
    ...options,
    ...formatsOf(options, options.owner !== undefined || options.byOwner ? ownersFormats : usualFormats),
  });
  if (rendered.files.length === 0) process.stderr.write(`${messages().commands.report.noOwners}\n`);
  if (options.quiet === true) return 0;
  for (const file of rendered.files)
    process.stdout.write(`${languageInUse().report.terminal.report(join(rendered.folder, file))}\n`);
  return 0;
}
