import { execFile } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The user the servers run as: Elasticsearch does not start as root, so root makes a system user for them. */
export interface LabUser {
  readonly uid: number;
  readonly gid: number;
}

const systemUser = 'leftopen-lab';

/** The folder outside the repository in which the lab keeps packages, unpacked servers and running instances. */
export function cacheFolder(): string {
  const wished = process.env['LEFTOPEN_LAB_CACHE'];
  if (wished !== undefined) return wished;
  // root's home is closed to other users, and the servers run as another user.
  if (userInfo().uid === 0) return '/var/cache/leftopen-lab';
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'leftopen-lab');
}

/** A folder inside the cache, made on demand and readable for the lab's user. */
export function cachePath(...parts: readonly string[]): string {
  const path = join(cacheFolder(), ...parts);
  mkdirSync(path, { recursive: true, mode: 0o755 });
  return path;
}

/** The user the servers run as: a system user made on demand when we are root, ourselves otherwise. */
export async function labUser(): Promise<LabUser> {
  const { uid, gid } = userInfo();
  if (uid !== 0) return { uid, gid };
  const known = passwdEntry();
  if (known) return known;
  await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', systemUser]);
  const made = passwdEntry();
  if (!made) throw new Error(`the system user ${systemUser} could not be made`);
  return made;
}

function passwdEntry(): LabUser | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${systemUser}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

/** Gives a folder and all in it to the lab's user. */
export function giveTo(user: LabUser, folder: string): void {
  chownSync(folder, user.uid, user.gid);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) giveTo(user, path);
    else if (entry.isFile()) chownSync(path, user.uid, user.gid);
  }
}

const fetched = new Map<string, Promise<string>>();

/**
 * Copies a package with Maven (which keeps its own repository) into a folder and returns the file: once, also when several servers ask
 * for it at the same time, and under its name only when it is complete.
 *
 * @param coordinate `group:artifact:version:packaging[:classifier]`
 */
export function fetchArtefact(coordinate: string, folder: string): Promise<string> {
  const [, artefact, version, packaging, classifier] = coordinate.split(':');
  if (!artefact || !version || !packaging) throw new Error(`not a coordinate: ${coordinate}`);
  const name = `${artefact}-${version}${classifier ? `-${classifier}` : ''}.${packaging}`;
  const file = join(folder, name);
  const known = fetched.get(file) ?? fetchInto(coordinate, folder, name);
  fetched.set(file, known);
  return known;
}

async function fetchInto(coordinate: string, folder: string, name: string): Promise<string> {
  const file = join(folder, name);
  if (existsSync(file)) return file;
  process.stderr.write(`fetching ${coordinate}\n`);
  const draft = join(folder, `${name}.draft-${process.pid}`);
  const copy = [
    'dependency:copy',
    `-Dartifact=${coordinate}`,
    `-DoutputDirectory=${draft}`,
    '-Dmdep.useBaseVersion=true',
  ];
  try {
    await run('mvn', ['-q', '-B', ...copy], { maxBuffer: 1 << 24 });
    if (!existsSync(join(draft, name))) throw new Error(`Maven fetched ${coordinate}, but ${name} is not there`);
    renameSync(join(draft, name), file);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return file;
}

/** How a home folder is put together from packages. */
export interface Unpacking {
  readonly coordinate: string;
  /** Only this folder of the archive (e.g. `elasticsearch`), from any depth; its content becomes the home. */
  readonly only?: string;
  /** Where in the home it goes; '' for the home itself. */
  readonly into: string;
}

const homes = new Map<string, Promise<string>>();

/**
 * Unpacks packages into one home folder, once, also when several servers ask for it at the same time.
 *
 * @param id name of the home, unique for its list of packages
 */
export function home(
  id: string,
  parts: readonly Unpacking[],
  mend?: (folder: string) => Promise<void>,
): Promise<string> {
  const known = homes.get(id) ?? makeHome(id, parts, mend);
  homes.set(id, known);
  return known;
}

async function makeHome(
  id: string,
  parts: readonly Unpacking[],
  mend?: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(cachePath('homes'), id);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.draft-${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  try {
    for (const part of parts) {
      const scratch = `${draft}.scratch`;
      mkdirSync(scratch, { recursive: true });
      const archive = await fetchArtefact(part.coordinate, `${draft}.packages`);
      await run('unzip', ['-q', '-o', archive, ...(part.only ? [`*/${part.only}/*`] : []), '-d', scratch], {
        maxBuffer: 1 << 24,
      });
      const target = join(draft, part.into);
      mkdirSync(join(target, '..'), { recursive: true });
      renameSync(contentOf(scratch, part.only), target);
      rmSync(scratch, { recursive: true, force: true });
    }
    // Old lines make this folder themselves, which they cannot do in a home that another user owns.
    mkdirSync(join(draft, 'plugins'), { recursive: true });
    await mend?.(draft);
    await run('chmod', ['-R', 'a+rX', draft]);
    chmodSync(draft, 0o755);
    renameSync(draft, folder);
  } finally {
    for (const left of [draft, `${draft}.scratch`, `${draft}.packages`]) rmSync(left, { recursive: true, force: true });
  }
  return folder;
}

/** The folder that holds the content: archives wrap it in one folder of their own, plugins do not. */
function contentOf(scratch: string, only: string | undefined): string {
  const entries = readdirSync(scratch);
  const [first] = entries;
  const inner = entries.length === 1 && first !== undefined ? join(scratch, first) : scratch;
  return only ? join(inner, only) : inner;
}
