// Checks a run folder against its SHA256SUMS: every changed, missing or added byte is named.
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { hashFile } from './files.js';
import { filesUnder, runFiles } from './folder.js';
import { errorCode, UserMistake } from './mistake.js';

/** What a check of a run folder shows. */
export interface Verified {
  /** SHA-256 (hex) of `SHA256SUMS`: one number for the whole folder. */
  readonly digest: string;
  readonly files: number;
  readonly changed: readonly string[];
  readonly missing: readonly string[];
  /** Files that no sum is known of. */
  readonly added: readonly string[];
}

/** Folders in a run folder whose records have sums of their own. */
const apart: readonly string[] = [`${runFiles.rejudged}/`];

/**
 * Reads every file of the folder once.
 *
 * @param folder a run folder, or a folder in its `rejudged/`
 * @throws UserMistake when it has no `SHA256SUMS`, or one that is damaged
 */
export async function verifyFolder(folder: string): Promise<Verified> {
  const path = join(folder, runFiles.sums);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR') throw error;
    throw new UserMistake(`${folder} has no ${runFiles.sums}: it is not a run folder, or the run is not finished`);
  });
  const sums = new Map<string, string>();
  for (const [index, line] of text.split('\n').entries()) {
    if (line === '') continue;
    const [, sum, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? [];
    if (sum === undefined || name === undefined) {
      throw new UserMistake(`${path}:${index + 1}: not a line of coreutils' sha256sum: the file was changed`);
    }
    sums.set(name, sum);
  }
  const changed: string[] = [];
  const added: string[] = [];
  const present = new Set<string>();
  for await (const file of filesUnder(folder)) {
    const name = relative(folder, file).replaceAll('\\', '/');
    if (name === runFiles.sums || apart.some((start) => name.startsWith(start))) continue;
    present.add(name);
    const sum = sums.get(name);
    if (sum === undefined) added.push(name);
    else if ((await hashFile(file)) !== sum) changed.push(name);
  }
  const missing = [...sums.keys()].filter((name) => !present.has(name));
  return {
    digest: await hashFile(path),
    files: sums.size,
    changed: changed.sort(),
    missing: missing.sort(),
    added: added.sort(),
  };
}
