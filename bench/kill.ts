import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { comparable, firstDifference, fleetTargets, killedRun, runAudit, startFleet } from '../test/run/fleet/index.js';

const hosts = Number(process.env['BENCH_HOSTS'] ?? 5_000);
const kills = Number(process.env['BENCH_KILLS'] ?? 50);

/**
 * Kills a run over 5,000 loopback hosts with SIGKILL at 50 random moments, each time a run of its own, and resumes each:
 * its record must be that of an undisturbed run.
 */
export async function benchKill(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'leftopen-kill-'));
  const fleet = await startFleet();
  try {
    const file = fleetTargets(folder, fleet.port, hosts);
    const whole = await runAudit(file, join(folder, 'whole'));
    if (whole.folder === null || whole.exitCode === null)
      throw new Error(`the undisturbed run ended badly: ${whole.gaps.join('; ')}`);
    console.log(`kill: an undisturbed run over ${hosts} hosts takes ${(whole.ms / 1000).toFixed(1)} s`);
    const names = ['endpoints.jsonl', 'findings.jsonl'] as const;
    const expected = names.map((name) => comparable(whole.folder ?? '', name));
    let same = 0;
    for (let round = 1; round <= kills;) {
      const out = join(folder, String(round));
      // A run that ended first leaves a record, with which the next one would be compared.
      rmSync(out, { recursive: true, force: true });
      const killed = await killedRun(file, out, whole.ms);
      if (killed === null || killed.folder === null || isFinished(killed.folder)) continue;
      const resumed = await runAudit(file, out, { resume: true });
      const differences = names.map((name, at) =>
        firstDifference(comparable(resumed.folder ?? '', name), expected[at] ?? ''),
      );
      const wrong = differences.find((difference) => difference !== null);
      if (wrong === undefined && resumed.folder === killed.folder) same += 1;
      else
        console.log(
          `kill: round ${round}, killed after ${Math.round(killed.ms)} ms, ends otherwise: ${wrong ?? 'in another folder'}`,
        );
      if (round % 10 === 0) console.log(`kill: ${round} of ${kills} kills, ${same} resumed to the same record`);
      round += 1;
    }
    console.log(
      `kill: ${same} of ${kills} killed runs over ${hosts} hosts resumed to the record of an undisturbed one`,
    );
    if (same !== kills) process.exitCode = 1;
  } finally {
    fleet.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whether the record of a run was complete when it was killed: there is nothing to resume. */
function isFinished(folder: string): boolean {
  return z.object({ finished: z.boolean() }).parse(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'))).finished;
}
