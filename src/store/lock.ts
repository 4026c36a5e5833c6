// Locks an engagement, vantage and shard for one run.
import { readFileSync } from 'node:fs';
import { readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { messages } from '../messages/index.js';
import { linkNew, ownName } from './files.js';
import { errorCode, storageFailure, UserMistake } from './mistake.js';
import { sha256 } from '../text/digest.js';

const holderSchema = z.object({
  /** Process that holds the lock. */
  pid: z.number().int().positive(),
  /** When that process started, as its system counts: a pid that is used again is not its owner. '' where it cannot be known. */
  processStart: z.string(),
  /** Machine and its present boot: a pid means something there only. */
  machine: z.string(),
  engagement: z.string(),
  vantage: z.string(),
  /** Absent for a run of the complete estate. */
  shard: z.exactOptional(z.string()),
  /** Run folder it writes. */
  folder: z.string(),
  /** UTC ISO 8601. */
  since: z.string(),
});

/** Who holds the lock of an engagement, vantage and shard. */
export type LockHolder = z.infer<typeof holderSchema>;

/** A lock that is held; `release` may be called twice. */
export interface Lock {
  readonly holder: LockHolder;
  release(): Promise<void>;
}

/** A name made safe as one part of a path: letters, digits, `.`, `_` and `-`; others as `%XX`. */
export function pathPart(name: string): string {
  const safe = name.replace(/[^A-Za-z0-9._-]/gu, (character) =>
    encodeURIComponent(character).replace(/[*'()!~]/g, '_'),
  );
  return safe.replace(/^\.+/, '_').slice(0, 120) || '_';
}

/** The lock file of a vantage, or of a shard of it, within the folder of an engagement. */
export function lockFile(engagementFolder: string, vantage: string, shard?: string): string {
  return join(
    engagementFolder,
    `${pathPart(vantage)}${shard === undefined ? '' : `~${shard.replace('/', '-of-')}`}.lock`,
  );
}

/**
 * Takes the lock of an engagement, vantage and shard, so that no second run of the same sends its requests at the same time. The
 * lock of an owner that is dead is taken over.
 *
 * @throws UserMistake when a living run holds it, or one on another machine that cannot be asked
 */
export async function takeLock(
  engagementFolder: string,
  claim: Pick<LockHolder, 'engagement' | 'vantage' | 'shard' | 'folder' | 'since'>,
): Promise<Lock> {
  const path = lockFile(engagementFolder, claim.vantage, claim.shard);
  const holder: LockHolder = {
    pid: process.pid,
    processStart: processStart(process.pid),
    machine: machine(),
    ...claim,
  };
  // Written next to it and linked under its name: the lock never exists without its content, and only one process gets the name.
  const own = ownName(path);
  try {
    await writeFile(own, `${JSON.stringify(holder)}\n`, { mode: 0o600, flag: 'wx' });
    for (let attempt = 0; attempt < 50; attempt += 1) {
      if (await linkNew(own, path)) {
        await removeLeftovers(path);
        return heldLock(path, holder);
      }
      const text = await readText(path);
      if (text === null) continue;
      const present = parseHolder(text);
      if (present !== null && isAlive(present) !== 'dead') throw new UserMistake(refusal(present, path));
      await removeDead(path, text, own);
    }
  } finally {
    await unlink(own).catch(() => undefined);
  }
  throw new UserMistake(messages().files.lock.contested(path));
}

/** Holders of the locks in the folder of an engagement that are not known to be dead: those of other machines among them. */
export async function heldLocks(engagementFolder: string): Promise<readonly LockHolder[]> {
  const names = await readdir(engagementFolder).catch(() => []);
  const holders: LockHolder[] = [];
  for (const name of names.filter((candidate) => candidate.endsWith('.lock')).sort()) {
    const text = await readText(join(engagementFolder, name));
    const holder = text === null ? null : parseHolder(text);
    if (holder !== null && isAlive(holder) !== 'dead') holders.push(holder);
  }
  return holders;
}

/** Holders of the locks in the folder of an engagement whose process is alive on this machine. */
export async function livingHolders(engagementFolder: string): Promise<readonly LockHolder[]> {
  return (await heldLocks(engagementFolder)).filter((holder) => isAlive(holder) === 'alive');
}

/** Is the process that took the lock still running? `elsewhere`: another machine's processes cannot be asked. */
export function isAlive(holder: LockHolder): 'alive' | 'dead' | 'elsewhere' {
  const [host] = holder.machine.split(' ');
  if (host !== hostname()) return 'elsewhere';
  if (holder.machine !== machine()) return 'dead';
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    // EPERM: it runs, under another user.
    if (errorCode(error) !== 'EPERM') return 'dead';
  }
  // Killed, but not yet collected by its parent: still has a pid.
  if (processStat(holder.pid)[0] === 'Z') return 'dead';
  const started = processStart(holder.pid);
  return started === '' || holder.processStart === '' || started === holder.processStart ? 'alive' : 'dead';
}

function heldLock(path: string, holder: LockHolder): Lock {
  let held = true;
  return {
    holder,
    async release() {
      if (!held) return;
      held = false;
      try {
        const text = await readText(path);
        // Someone else's lock is left alone, should ours have been removed by hand meanwhile.
        if (text !== null && JSON.stringify(parseHolder(text)) === JSON.stringify(holder)) await unlink(path);
      } catch (error) {
        // A disk that became read-only must not cost the result. Once we have ended, the lock is that of a dead process.
        if (storageFailure(error) === null) throw error;
      }
    },
  };
}

/**
 * Removes a dead owner's lock. Only the holder of this very lock's mark may remove it, so that no process takes away the lock
 * of one who was quicker. The mark of one who died meanwhile is removed in turn.
 *
 * @param own a file that says who we are
 */
async function removeDead(path: string, expected: string, own: string): Promise<void> {
  const mark = `${path}.${sha256(expected).slice(0, 16)}.dead`;
  if (!(await linkNew(own, mark))) {
    const text = await readText(mark);
    const remover = text === null ? null : parseHolder(text);
    if (text !== null && (remover === null || isAlive(remover) === 'dead')) await unlinkIfThere(mark);
    else await sleep(5);
    return;
  }
  try {
    if ((await readText(path)) === expected) await unlinkIfThere(path);
  } finally {
    await unlinkIfThere(mark);
  }
}

/** Removes what others wrote next to the lock on their way to it, and died. The present holder alone does this. */
async function removeLeftovers(path: string): Promise<void> {
  const names = await readdir(dirname(path));
  for (const name of names.filter((candidate) => candidate.startsWith(`${basename(path)}.`))) {
    const file = join(dirname(path), name);
    const holder = parseHolder((await readText(file)) ?? '');
    // What cannot be read may be in the making.
    if (holder !== null && isAlive(holder) === 'dead') await unlinkIfThere(file);
  }
}

async function unlinkIfThere(path: string): Promise<void> {
  await unlink(path).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error;
  });
}

async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** null for a file that is not a lock of ours, such as a torn one: its owner is counted as dead. */
function parseHolder(text: string): LockHolder | null {
  try {
    return holderSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function refusal(holder: LockHolder, path: string): string {
  const { engagement, vantage, shard, folder, since, pid } = holder;
  const run = { vantage: { name: vantage }, ...(shard !== undefined && { shard }) };
  const by =
    isAlive(holder) === 'elsewhere' ? { machine: holder.machine.split(' ')[0] ?? '', lock: path } : { process: pid };
  return messages().files.lock.held(run, engagement, folder, since, by);
}

/** The machine's name and the id of its present boot, which makes pids of an earlier boot dead. */
function machine(): string {
  return `${hostname()} ${readOr('/proc/sys/kernel/random/boot_id')}`.trim();
}

/** When the process started, in the kernel's ticks since the boot (field 22 of /proc/PID/stat); '' without /proc. */
function processStart(pid: number): string {
  return processStat(pid)[19] ?? '';
}

/** The fields of /proc/PID/stat from the third (state) on; the second is the program's name and may hold spaces and brackets. */
function processStat(pid: number): readonly string[] {
  const stat = readOr(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

function readOr(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
