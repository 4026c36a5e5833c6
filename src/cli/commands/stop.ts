// `leftopen stop`: ends runs that are under way.
import { stopRun } from '../../run/index.js';
import { Refusal } from '../exit.js';

/** `leftopen stop`: ends the runs that write under a folder; exit 3 when one did not end in time. */
export async function stop(folder: string): Promise<number> {
  const runs = await stopRun(folder);
  if (runs.length === 0) throw new Refusal(`no running audit writes to ${folder}; name its reports folder`);
  for (const run of runs) {
    const ended = run.ended ? 'stopped' : 'was asked to stop, but has not ended yet';
    process.stdout.write(`${run.engagement} from ${run.vantage} (pid ${run.pid}) ${ended}: ${run.folder}\n`);
  }
  return runs.every((run) => run.ended) ? 0 : 3;
}
