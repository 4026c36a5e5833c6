import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { instanceFolder, type Launch } from './launch.js';

/** A started server: the leader of its own process group, and when the kernel says it began. */
const pidFileSchema = z.object({ pid: z.number(), began: z.string() });

const pidFile = (name: string): string => join(instanceFolder(name), 'pid.json');

/**
 * Starts a server in a process group of its own and notes it in its pid file. It ends when we end, for whatever reason,
 * until it is {@link release}d.
 */
export function start(name: string, launch: Launch): number {
  const log = openSync(join(launch.folder, 'output.log'), 'w');
  const asRoot = process.getuid?.() === 0;
  const child = spawn(launch.command, launch.args, {
    cwd: launch.cwd,
    env: { ...launch.environment },
    detached: true,
    stdio: ['ignore', log, log],
    ...(asRoot ? { uid: launch.user.uid, gid: launch.user.gid } : {}),
  });
  closeSync(log);
  child.on('error', (error) => process.stderr.write(`${name}: ${error.message}\n`));
  child.unref();
  if (child.pid === undefined) throw new Error(`${name} could not be started: ${launch.command}`);
  writeFileSync(pidFile(name), JSON.stringify({ pid: child.pid, began: beganAt(child.pid) }));
  watch(name, child.pid);
  return child.pid;
}

/** The process id of a running server, or null. A pid that was reused by another process does not count. */
export function runningPid(name: string): number | null {
  if (!existsSync(pidFile(name))) return null;
  const { pid, began } = pidFileSchema.parse(JSON.parse(readFileSync(pidFile(name), 'utf8')));
  return groupAlive(pid) && (beganAt(pid) === began || beganAt(pid) === '') ? pid : null;
}

/** Stops a server: asks its process group to end, and kills what is left after ten seconds. */
export async function stop(name: string): Promise<boolean> {
  const pid = runningPid(name);
  if (pid !== null) {
    signal(pid, 'SIGTERM');
    for (let waited = 0; waited < 10_000 && groupAlive(pid); waited += 100) await sleep(100);
    if (groupAlive(pid)) signal(pid, 'SIGKILL');
    for (let waited = 0; waited < 5_000 && groupAlive(pid); waited += 50) await sleep(50);
  }
  release(name);
  rmSync(pidFile(name), { force: true });
  return pid !== null;
}

/** How the watch over a server is ended. */
const watches = new Map<string, () => void>();

/**
 * Watches over a server while we run: when this process ends abruptly (Ctrl-C, SIGKILL, out of memory), the
 * watcher's standard input ends and it kills the server's group.
 */
function watch(name: string, pid: number): void {
  const script = 'read -r word; [ "$word" = done ] || kill -s KILL -- "$1"';
  const watcher = spawn('sh', ['-c', script, 'watch', `-${pid}`], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.stdin.on('error', () => undefined);
  watcher.unref();
  watches.set(name, () => watcher.stdin.end('done\n'));
}

/** Lets a server keep running after us. */
export function release(name: string): void {
  watches.get(name)?.();
  watches.delete(name);
}

function signal(pid: number, name: 'SIGTERM' | 'SIGKILL' | 0): boolean {
  try {
    process.kill(-pid, name);
    return true;
  } catch {
    return false;
  }
}

/** A group whose members are all zombies (no one reaped them yet) counts as gone. */
function groupAlive(pid: number): boolean {
  if (!signal(pid, 0)) return false;
  if (!existsSync('/proc/self/stat')) return true;
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .some((entry) => statField(Number(entry), 2) === String(pid) && statField(Number(entry), 0) !== 'Z');
}

/** Start time of a process in clock ticks since boot, '' where it cannot be read. */
function beganAt(pid: number): string {
  return statField(pid, 19);
}

/** A field of /proc/PID/stat, counted from the state behind the command's name. */
function statField(pid: number, index: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[index] ?? '';
  } catch {
    return '';
  }
}
