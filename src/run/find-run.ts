// Finds a run in the reports folder: by its path, its name, its id, or as the newest one.
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { messages } from '../messages/index.js';
import type { RunInfo } from '../model/finding.js';
import { madeAt, newestFirst } from '../model/series.js';
import { entriesOf, listRuns, readRunInfo, runFiles } from '../store/folder.js';
import { UserMistake } from '../store/mistake.js';
import { matchSums } from '../store/verify.js';

/** A run's folder with its description. */
export interface FoundRun {
  readonly folder: string;
  readonly info: RunInfo;
}

/**
 * The run that the user means.
 *
 * @param given a run folder, the name of one below `out`, or a run's id; undefined for the newest finished run
 * @param engagement id of the engagement whose newest run is meant; of all of them when absent
 * @throws UserMistake when no run is meant
 */
export async function findRun(out: string, given: string | undefined, engagement?: string): Promise<FoundRun> {
  if (given !== undefined) {
    const info = await readRunInfo(given);
    if (info !== null) return { folder: given, info };
  }
  const found: FoundRun[] = [];
  const failures: { readonly name: string; readonly error: unknown }[] = [];
  for await (const folder of runFolders(out)) {
    const name = basename(folder);
    // A run that is just being started has no description yet.
    const info = await readRunInfo(folder).catch((error: unknown) => {
      if (given === undefined || given === name) failures.push({ name, error });
      return null;
    });
    if (info === null) continue;
    const isMeant = engagement === undefined || info.engagement.id === engagement;
    if (given === undefined && isMeant && !info.finished) {
      const error = await changedInfo(folder);
      if (error !== null) failures.push({ name, error });
    }
    const isNewest = info.finished && isMeant;
    if (given === undefined ? isNewest : name === given || info.id === given) found.push({ folder, info });
  }
  const [newest] = found.sort((a, b) =>
    newestFirst({ at: madeAt(a.info), folder: basename(a.folder) }, { at: madeAt(b.info), folder: basename(b.folder) }),
  );
  // An older run is not passed off as the newest.
  const failure = failures.find(({ name }) => newest === undefined || name > basename(newest.folder));
  if (failure !== undefined) throw failure.error;
  const words = messages().runs.find;
  if (newest === undefined)
    throw new UserMistake(given === undefined ? words.noFinished(engagement ?? null, out) : words.noSuch(given, out));
  if (given !== undefined && found.length > 1)
    throw new UserMistake(
      words.several(
        given,
        found.map(({ folder }) => folder),
      ),
    );
  return newest;
}

/**
 * Why a run that says it is unfinished cannot be believed: it has sums, which are written with the report, and its description
 * does not match its own. Null where it is unfinished.
 */
async function changedInfo(folder: string): Promise<unknown> {
  if (!existsSync(join(folder, runFiles.sums))) return null;
  return matchSums(folder, () => [runFiles.info], 'otherRun').then(
    () => null,
    (error: unknown) => error,
  );
}

/**
 * As {@link findRun}, where the folder is to be checked: one with sums is found by its path or name whatever became of the rest.
 *
 * @throws UserMistake when no run is meant
 */
export async function findRunFolder(out: string, given: string | undefined): Promise<string> {
  if (given !== undefined) {
    const hasSums = (folder: string): boolean => existsSync(join(folder, runFiles.sums));
    if (hasSums(given)) return given;
    for await (const folder of runFolders(out)) if (basename(folder) === given && hasSums(folder)) return folder;
  }
  return (await findRun(out, given)).folder;
}

/** The run folders of every engagement, the newest of each first. */
export async function* runFolders(out: string): AsyncGenerator<string, void, void> {
  for (const folder of await engagementFolders(out)) yield* await listRuns(folder);
}

/**
 * Folders of engagements in a folder of reports, sorted by name.
 *
 * @throws Unreadable where the system denies reading it
 */
export async function engagementFolders(out: string): Promise<readonly string[]> {
  return (await entriesOf(out))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(out, name))
    .sort();
}
