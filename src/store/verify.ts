// Checks a run folder against its SHA256SUMS: every changed, missing or added byte is named.
import { lstat, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { messages } from '../messages/index.js';
import { hashFile } from './files.js';
import { filesUnder, isSummed, runFiles } from './folder.js';
import type { Restore } from '../messages/en/files.js';
import { AlteredRecord, errorCode, storageFailure, UserMistake } from './mistake.js';

/** What a check of a run folder shows. */
export interface Verified {
  /** SHA-256 (hex) of `SHA256SUMS`: one number for the complete folder. */
  readonly digest: string;
  readonly files: number;
  readonly changed: readonly string[];
  readonly missing: readonly string[];
  /** Files that no sum is known of. */
  readonly added: readonly string[];
}

/**
 * The sums of a folder by file name, as `SHA256SUMS` has them; null for none.
 *
 * @throws AlteredRecord when it cannot be read, or a line of it is not one of coreutils' sha256sum
 */
export async function readSums(folder: string): Promise<ReadonlyMap<string, string> | null> {
  const path = join(folder, runFiles.sums);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return null;
    const why = storageFailure(error);
    if (why === null) throw error;
    throw new AlteredRecord(messages().files.unreadable(path, why));
  });
  if (text === null) return null;
  const sums = new Map<string, string>();
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue;
    const [, sum, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
    if (sum === undefined || name === undefined) {
      throw new AlteredRecord(messages().files.altered.notASum(path, index + 1));
    }
    sums.set(name, sum);
  }
  return sums;
}

/**
 * Holds files of a run folder against its SHA256SUMS.
 *
 * @param choose of the files that have a sum, those to look at
 * @param instead what the user can do where one was changed
 * @throws AlteredRecord naming the file that was changed
 */
export async function matchSums(
  folder: string,
  choose: (names: readonly string[]) => readonly string[],
  instead: Restore,
): Promise<void> {
  const sums = await readSums(folder);
  if (sums === null) throw new AlteredRecord(messages().files.altered.noSums(folder, runFiles.sums, instead));
  for (const file of choose([...sums.keys()])) {
    const path = join(folder, file);
    const sum = await hashFile(path).catch(notThere);
    if (sums.get(file) === sum) continue;
    const { changed, missing } = messages().files.altered;
    throw new AlteredRecord((sum === 'missing' ? missing : changed)(path, runFiles.sums, instead));
  }
}

/** A file that is missing, or has become a folder, was changed; one that the system denies may be as it was. */
function notThere(error: unknown): 'missing' | 'folder' {
  const code = errorCode(error);
  if (code === 'EISDIR') return 'folder';
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'missing';
  throw error;
}

/**
 * Reads every file of the folder once.
 *
 * @param folder a run folder, or a folder in its `rejudged/`
 * @throws UserMistake when it has no `SHA256SUMS`, or one that is damaged
 */
export async function verifyFolder(folder: string): Promise<Verified> {
  const sums = await readSums(folder);
  if (sums === null) {
    throw new UserMistake(messages().files.noSums(folder, runFiles.sums));
  }
  const changed: string[] = [];
  const added: string[] = [];
  const present = new Set<string>();
  for await (const file of filesUnder(folder, 'everything')) {
    const name = relative(folder, file).replaceAll('\\', '/');
    if (!isSummed(name)) continue;
    present.add(name);
    const sum = sums.get(name);
    // A link, a pipe or a folder in place of a file is not what was written.
    if (sum === undefined) added.push(name);
    else if (!(await lstat(file)).isFile() || (await hashFile(file)) !== sum) changed.push(name);
  }
  const missing = [...sums.keys()].filter((name) => !present.has(name));
  return {
    digest: await hashFile(join(folder, runFiles.sums)),
    files: sums.size,
    changed: changed.sort(),
    missing: missing.sort(),
    added: added.sort(),
  };
}
