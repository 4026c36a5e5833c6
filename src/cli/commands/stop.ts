// `leftopen stop`: ends runs that are under way.
import { messages } from '../../messages/index.js';
import { stopRun } from '../../run/index.js';
import { Refusal } from '../exit.js';

/** `leftopen stop`: ends the runs that write under a folder; exit 3 when one did not end in time. */
export async function stop(folder: string): Promise<number> {
  const runs = await stopRun(folder);
  if (runs.length === 0) throw new Refusal(messages().commands.stop.none(folder));
  for (const run of runs) process.stdout.write(`${messages().commands.stop.run(run, run.ended)}\n`);
  return runs.every((run) => run.ended) ? 0 : 3;
}
