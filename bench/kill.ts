// Audits that are killed at random moments and resumed: each record must be that of an undisturbed audit.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pLimit from 'p-limit';
import {
  comparable,
  firstDifference,
  fleetTargets,
  isFinished,
  runFolders,
  startFleet,
} from '../test/run/fleet/index.js';

const hosts = Number(process.env['BENCH_HOSTS'] ?? 300);
const kills = Number(process.env['BENCH_KILLS'] ?? 200);
const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

/** The engagement of a targets file that names none. */
const engagement = 'loopback';

/** Exit code of an audit that has findings and misses nothing. */
const withFindings = 1;

/** Kills audits of 300 loopback hosts with SIGKILL, 200 of them and as many at once as there are cores, and resumes each. */
export async function benchKill(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'leftopen-kill-'));
  const fleet = await startFleet();
  try {
    const file = fleetTargets(folder, fleet.port, hosts);
    const begun = performance.now();
    const whole = join(folder, 'whole');
    const code = await audited(file, whole);
    const ms = performance.now() - begun;
    if (code !== withFindings) throw new Error(`the undisturbed run ended with exit code ${String(code)}`);
    console.log(`kill: an undisturbed run over ${hosts} hosts takes ${(ms / 1000).toFixed(1)} s`);
    const expected = recordOf(whole);

    let same = 0;
    let done = 0;
    const limit = pLimit(availableParallelism());
    const round = async (number: number): Promise<void> => {
      const out = join(folder, String(number));
      const after = await killedAtRandom(file, out, ms);
      const resumed = await audited(file, out, ['--resume']);
      const wrong =
        resumed === withFindings ? firstDifference(recordOf(out), expected) : `exit code ${String(resumed)}`;
      if (wrong === null) same += 1;
      else console.log(`kill: round ${number}, killed after ${Math.round(after)} ms, ends otherwise: ${wrong}`);
      rmSync(out, { recursive: true });
      done += 1;
      if (done % 20 === 0) console.log(`kill: ${done} of ${kills} kills, ${same} resumed to the same record`);
    };
    await Promise.all(Array.from({ length: kills }, (_, i) => limit(round, i + 1)));
    console.log(
      `kill: ${same} of ${kills} killed runs over ${hosts} hosts resumed to the record of an undisturbed one, ` +
        `${((performance.now() - begun) / 1000).toFixed(0)} s`,
    );
    if (same !== kills) process.exitCode = 1;
  } finally {
    fleet.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Audits the file; the exit code, or null where it was killed.
 *
 * @param killAfter milliseconds after the run has a description, from when on it can be resumed
 */
async function audited(
  file: string,
  out: string,
  more: readonly string[] = [],
  killAfter = Infinity,
): Promise<number | null> {
  const args = [main, 'audit', file, '--out', out, '--quiet', '--format', 'json', ...more];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const ended = once(child, 'exit');
  if (killAfter < Infinity) {
    while (child.exitCode === null && !runFolders(out, engagement).some((run) => isFinished(run) !== null))
      await sleep(5);
    await Promise.race([ended, sleep(killAfter, null, { ref: false })]);
    child.kill('SIGKILL');
  }
  await ended;
  return child.exitCode;
}

/** Kills audits until one leaves something to resume; after how many milliseconds that was. */
async function killedAtRandom(file: string, out: string, within: number): Promise<number> {
  for (;;) {
    rmSync(out, { recursive: true, force: true });
    const after = Math.random() * within;
    if ((await audited(file, out, [], after)) !== null) continue;
    if (runFolders(out, engagement).some((run) => isFinished(run) === false)) return after;
  }
}

/** The record of the run below the output folder, without times. */
function recordOf(out: string): string {
  const run = runFolders(out, engagement).at(-1) ?? '';
  return comparable(run, 'endpoints.jsonl') + comparable(run, 'findings.jsonl');
}
