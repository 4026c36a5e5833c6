// The folders of runs and the names in them.
import type { Dirent } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { RunInfo } from '../model/finding.js';
import type { Shard } from '../model/series.js';
import { hashFile, makeFolder, writePending } from './files.js';
import { pathPart } from './lock.js';
import { AlteredRecord, errorCode, reading, storageFailure, UserMistake } from './mistake.js';
import { messages } from '../messages/index.js';
import { parsedJson } from '../text/json-line.js';

/** Names in a run folder (docs/run-folder.md). */
export const runFiles = {
  info: 'run.json',
  journal: 'journal',
  ledger: 'ledger.jsonl',
  endpoints: 'endpoints.jsonl',
  findings: 'findings.jsonl',
  history: 'history.jsonl',
  sums: 'SHA256SUMS',
  rejudged: 'rejudged',
  exports: 'exports',
  retests: 'retests',
} as const;

/** The folder of an engagement's runs. */
export function engagementFolder(out: string, engagement: string): string {
  return join(out, pathPart(engagement));
}

/**
 * Makes a new folder named after an instant, such as `2026-11-23T02-05-30Z`; a second one in the same second gets `-2`.
 * Names sort by time.
 *
 * @param what the folder holds, at the end of its name: see {@link shardFolder}
 * @throws UserMistake when the folder cannot be made
 */
export async function makeTimedFolder(parent: string, at: Date, what: '' | `-${string}` = ''): Promise<string> {
  const name = `${at.toISOString().slice(0, 19).replaceAll(':', '-')}Z${what}`;
  return orMistake('make-folder-in', parent, async () => {
    await makeFolder(parent);
    for (let number = 1; ; number += 1) {
      const folder = join(parent, number === 1 ? name : `${name}-${number}`);
      try {
        await mkdir(folder, { mode: 0o700 });
        return folder;
      } catch (error) {
        if (errorCode(error) !== 'EEXIST') throw error;
      }
    }
  });
}

/** How the name of a shard's run folder ends. */
export function shardFolder(shard: Shard | null): '' | `-${string}` {
  return shard === null ? '' : `-shard-${shard.replace('/', '-of-')}`;
}

/** Turns a failure of storage into the user's mistake: for steps before anything was sent. */
export async function orMistake<T>(
  what: 'make-folder-in' | 'write-to',
  path: string,
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (error) {
    const why = storageFailure(error);
    if (why === null) throw error;
    throw new UserMistake(messages().files.cannotBegin(what, path, why, errorCode(error) === 'EEXIST'));
  }
}

/**
 * What a folder contains; nothing where it does not exist.
 *
 * @throws Unreadable where the system denies reading it
 */
export function entriesOf(folder: string): Promise<readonly Dirent[]> {
  return reading(folder, () => readdir(folder, { withFileTypes: true })).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
}

/**
 * Folders of runs in the folder of an engagement, the newest first.
 *
 * @throws Unreadable where the system denies reading it
 */
export async function listRuns(folder: string): Promise<readonly string[]> {
  const names = await entriesOf(folder);
  return names
    .filter((entry) => entry.isDirectory() && timedName.test(entry.name))
    .map((entry) => entry.name)
    .sort((a, b) => compareTimed(b, a))
    .map((name) => join(folder, name));
}

/** The time, what the folder holds, and which of several of one second. */
const timedName = /^(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ)(-shard-\d+-of-\d+|-merged)?(?:-(\d+))?$/;

function compareTimed(a: string, b: string): number {
  const [, timeA = '', whatA = '', numberA = '1'] = timedName.exec(a) ?? [];
  const [, timeB = '', whatB = '', numberB = '1'] = timedName.exec(b) ?? [];
  if (timeA !== timeB) return timeA < timeB ? -1 : 1;
  return whatA === whatB ? Number(numberA) - Number(numberB) : whatA < whatB ? -1 : 1;
}

/**
 * The run's own description; null for none (yet), as when the run was killed before its first line.
 *
 * @throws UserMistake when the file is damaged, something else, or was deleted
 */
export async function readRunInfo(folder: string): Promise<RunInfo | null> {
  const path = join(folder, runFiles.info);
  let text: string;
  try {
    text = await reading(path, () => readFile(path, 'utf8'));
  } catch (error) {
    if (errorCode(error) === 'ENOENT' && (await hasSumsAlone(folder)))
      throw new AlteredRecord(messages().files.altered.infoDeleted(path, runFiles.sums));
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return null;
    throw error;
  }
  const value = parsedJson(text);
  if (isRunInfo(value)) return value;
  throw new AlteredRecord(messages().files.altered.noInfo(path));
}

/** Whether sums are there without a description, be it one that is still to be renamed into its place. */
async function hasSumsAlone(folder: string): Promise<boolean> {
  const names = (await entriesOf(folder)).map(({ name }) => name);
  return names.includes(runFiles.sums) && !names.some((name) => name.startsWith(runFiles.info));
}

/** Checks what distinguishes a run.json from another file: it is ours, and SHA256SUMS holds it. */
function isRunInfo(value: unknown): value is RunInfo {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    'tool' in value &&
    'engagement' in value &&
    'vantage' in value &&
    'startedAt' in value &&
    'planDigest' in value &&
    'finished' in value &&
    (!('language' in value) || typeof value.language === 'string')
  );
}

/**
 * Writes `run.json` and `SHA256SUMS` over every file of the folder (coreutils' format; check with `sha256sum -c`). The
 * sums come first under their name, then run.json: a run whose run.json says `finished` always has its sums.
 *
 * @param known sums of files just written, by path relative to the folder, so that they are not read again
 */
export async function writeSums(folder: string, info: RunInfo, known: ReadonlyMap<string, string>): Promise<void> {
  const infoFile = await writePending(join(folder, runFiles.info), (out) => out.write(runInfoText(info)));
  const sums = new Map(known).set(runFiles.info, infoFile.sha256);
  for await (const path of filesUnder(folder)) {
    const name = relative(folder, path).replaceAll('\\', '/');
    if (!isSummed(name) || name.endsWith('.unfinished')) continue;
    if (!sums.has(name)) sums.set(name, await hashFile(path));
  }
  const names = [...sums.keys()].sort();
  const sumsFile = await writePending(join(folder, runFiles.sums), (out) =>
    out.write(names.map((name) => `${sums.get(name) ?? ''}  ${name}\n`).join('')),
  );
  await sumsFile.finish();
  await infoFile.finish();
}

/** The text of `run.json`. */
export function runInfoText(info: RunInfo): string {
  return `${JSON.stringify(info, null, 2)}\n`;
}

/** Whether `SHA256SUMS` of a run folder covers a file: itself it does not, nor a record judged again, which has its own. */
export function isSummed(name: string): boolean {
  const [folder, inside] = name.split('/', 2);
  const apart: readonly string[] = [runFiles.rejudged, runFiles.exports, runFiles.retests];
  return name !== runFiles.sums && (inside === undefined || !apart.includes(folder ?? ''));
}

/** Paths of all files in a folder and its folders; with `everything` also of links, pipes and sockets. */
export async function* filesUnder(folder: string, which: 'files' | 'everything' = 'files'): AsyncGenerator<string> {
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesUnder(path, which);
    else if (which === 'everything' || entry.isFile()) yield path;
  }
}
