// Stops runs that are under way.
import { readdir } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { seriesName } from '../model/series.js';
import { isAlive, livingHolders } from '../store/lock.js';
import type { LockHolder } from '../store/lock.js';
import { errorCode } from '../store/mistake.js';

/** A run that was asked to stop. */
export interface StoppedRun {
  readonly engagement: string;
  /** With the shard, where there is one. */
  readonly vantage: string;
  readonly pid: number;
  readonly folder: string;
  /** False when it had not ended when the waiting was over. */
  readonly ended: boolean;
}

/**
 * Ends running audits as SIGTERM does: each writes what it knows within two seconds and can be resumed. Found by their
 * locks, whose owners are checked by pid and start time, so that no other process is ever signalled.
 *
 * @param where the reports folder, the folder of an engagement in it, or one run folder
 * @param options.waitMs how long to wait for their end
 * @returns the runs that were asked to stop; empty when nothing runs there
 */
export async function stopRun(
  where: string,
  options: { readonly waitMs?: number } = {},
): Promise<readonly StoppedRun[]> {
  const holders = await holdersUnder(where);
  const told = holders.filter((holder) => {
    try {
      process.kill(holder.pid, 'SIGTERM');
      return true;
    } catch (error) {
      // It ended by itself just now.
      if (errorCode(error) === 'ESRCH') return false;
      throw error;
    }
  });
  const until = Date.now() + (options.waitMs ?? 5_000);
  while (told.some(isRunning) && Date.now() < until) await sleep(50);
  return told.map((holder) => ({
    engagement: holder.engagement,
    vantage: seriesName({
      vantage: { name: holder.vantage },
      ...(holder.shard !== undefined && { shard: holder.shard }),
    }),
    pid: holder.pid,
    folder: holder.folder,
    ended: !isRunning(holder),
  }));
}

function isRunning(holder: LockHolder): boolean {
  return isAlive(holder) === 'alive';
}

async function holdersUnder(where: string): Promise<readonly LockHolder[]> {
  const entries = await readdir(where, { withFileTypes: true }).catch(() => []);
  const inside = entries.filter((entry) => entry.isDirectory()).map((entry) => join(where, entry.name));
  const above = dirname(resolve(where));
  const found = new Map<string, LockHolder>();
  for (const folder of [where, ...inside, above]) {
    for (const holder of await livingHolders(folder)) {
      // From the folder above only the run that writes exactly here.
      if (folder === above && !`${resolve(holder.folder)}${sep}`.startsWith(`${resolve(where)}${sep}`)) continue;
      found.set(`${holder.pid} ${holder.folder}`, holder);
    }
  }
  return [...found.values()];
}
