// An audit of some 1,450 hostile servers at once: how long it takes and how much memory at its highest.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bodyGroups } from '../test/hostile/bodies.js';
import { corruptedGroups } from '../test/hostile/corrupted.js';
import { openEstate, targetsOf } from '../test/hostile/estate.js';
import { wireGroups } from '../test/hostile/wire.js';

const endpoints = Number(process.env['BENCH_HOSTILE'] ?? 1_450);
/** Resident memory that the audit may take. */
const allowedMiB = 200;
/** How long one exchange is waited for: servers that drip or say nothing take all of it. */
const patienceMs = 5_000;
const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));

/** Every behaviour of `test/hostile`, as often as it takes, audited by the built program in one run with the usual limits. */
export async function benchHostile(): Promise<void> {
  const kinds = [...wireGroups, ...bodyGroups, ...corruptedGroups].flatMap(({ hostiles }) => hostiles);
  const hostiles = Array.from({ length: endpoints }, (_, at) => {
    const kind = kinds[at % kinds.length];
    if (kind === undefined) throw new Error('there are no hostile servers');
    return { ...kind, id: `${kind.id}-${Math.floor(at / kinds.length) + 1}` };
  });
  const folder = mkdtempSync(join(tmpdir(), 'leftopen-hostile-'));
  const estate = await openEstate(hostiles);
  try {
    const patience = { connectTimeoutMs: patienceMs, exchangeTimeoutMs: patienceMs };
    writeFileSync(join(folder, 'targets.yaml'), targetsOf(estate, patience));
    const begun = performance.now();
    const child = spawn(process.execPath, [main, 'audit', 'targets.yaml', '--quiet', '--format', 'json'], {
      cwd: folder,
      stdio: 'ignore',
    });
    let peak = 0;
    const watch = setInterval(() => (peak = Math.max(peak, peakOf(child.pid) ?? 0)), 50);
    await once(child, 'exit');
    clearInterval(watch);
    const requests = estate.servers.reduce((sum, server) => sum + server.requests.length, 0);
    const most = Math.max(...estate.servers.map((server) => server.requests.length));
    const mib = Math.round(peak / 1024);
    console.log(
      `hostile: ${hostiles.length} endpoints of ${kinds.length} kinds, exit ${String(child.exitCode)}, ${requests} requests, at most ${most} of one, ` +
        `${((performance.now() - begun) / 1000).toFixed(0)} s, peak ${mib} MiB resident: ${mib <= allowedMiB ? 'within' : 'ABOVE'} the ${allowedMiB} MiB allowed`,
    );
    if (mib > allowedMiB || (child.exitCode ?? 2) === 2) process.exitCode = 1;
  } finally {
    await estate.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The most memory that a process had so far, in KiB (Linux); null once it is gone. */
function peakOf(pid: number | undefined): number | null {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return null;
  }
}
