import { formatPlan, planOf, writePlanLock } from '../../run/index.js';
import { declare, type DeclareOptions } from '../declare.js';

interface PlanCommandOptions extends DeclareOptions {
  readonly resolve?: true;
  readonly json?: true;
  readonly lock?: string;
}

/** `leftopen plan`: what would be asked of whom, and why; sends nothing. */
export async function plan(targets: string, options: PlanCommandOptions): Promise<number> {
  const declaration = await declare([targets], options);
  const page = await planOf(declaration, { resolve: options.resolve === true });
  process.stdout.write(options.json === true ? `${JSON.stringify(page, null, 2)}\n` : formatPlan(page));
  if (options.lock !== undefined) {
    await writePlanLock(declaration, options.lock);
    process.stderr.write(`Locked in ${options.lock}: leftopen audit ${targets} --plan ${options.lock}\n`);
  }
  return 0;
}
