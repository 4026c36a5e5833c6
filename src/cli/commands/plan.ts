// `leftopen plan`: what an audit would send, before anything is sent.
import { messages } from '../../messages/index.js';
import { plannedEndpoints, planOf, writePlanLock } from '../../plan/index.js';
import { declare, type DeclareOptions } from '../declare.js';
import { printEach } from '../lines.js';
import { renderHtml } from '../../report/html/render.js';
import { renderMarkdown } from '../../report/markdown/render.js';
import { formatPlan, formatPlanned, planBlocks, planInfo } from '../plan-page.js';

interface PlanCommandOptions extends DeclareOptions {
  readonly resolve?: true;
  readonly json?: true;
  readonly md?: true;
  readonly html?: true;
  readonly endpoints?: true;
  readonly lock?: string;
}

/** `leftopen plan`: what would be asked of whom, and why; sends nothing. */
export async function plan(targets: readonly string[], options: PlanCommandOptions): Promise<number> {
  const declaration = await declare(targets, options);
  for (const text of declaration.notices) process.stderr.write(`${text}\n`);
  const resolve = options.resolve === true;
  if (options.endpoints === true) {
    const format = options.json === true ? JSON.stringify : formatPlanned;
    // Where names are looked up each line is shown as soon as it is known.
    await printEach(plannedEndpoints(declaration, { resolve }), format, resolve ? 1 : undefined);
  } else {
    const page = await planOf(declaration, { resolve });
    if (options.json === true) process.stdout.write(`${JSON.stringify(page, null, 2)}\n`);
    else if (options.md === true) await renderMarkdown(planInfo(page), planBlocks(page), standardOutput);
    else if (options.html === true) await renderHtml(planInfo(page), planBlocks(page), standardOutput);
    else process.stdout.write(formatPlan(page, process.stdout));
  }
  if (options.lock !== undefined) {
    await writePlanLock(declaration, options.lock);
    const given = [
      ...targets,
      ...(options.list === undefined ? [] : ['-l', options.list]),
      ...(options.engagement === undefined ? [] : ['--engagement', options.engagement]),
    ];
    process.stderr.write(`${messages().commands.plan.locked(options.lock, given.join(' '))}\n`);
  }
  return 0;
}

const standardOutput = {
  write: (text: string): Promise<void> => {
    process.stdout.write(text);
    return Promise.resolve();
  },
};
