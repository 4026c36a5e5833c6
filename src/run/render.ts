// Renders the record of a run in other formats, next to it and without judging it again.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readHistory } from '../history/file.js';
import { formatDefaults, type FormatOptions } from '../report/index.js';
import { writeAtomically } from '../store/files.js';
import { makeTimedFolder, runFiles, writeSums } from '../store/folder.js';
import { UserMistake } from '../store/mistake.js';
import { sortersIn } from '../store/sorter.js';
import { matchSums } from '../store/verify.js';
import { formatsNamed } from './record.js';
import { openRecord } from './written.js';

/** What {@link render} wrote. */
export interface Rendered {
  /** The folder in the run's `exports/`. */
  readonly folder: string;
  /** Names of the files in it. */
  readonly files: readonly string[];
}

/**
 * Renders a run into `exports/<UTC time>/` of its folder, with a SHA256SUMS of its own. The record stays as it is.
 *
 * @param runFolder a run folder, or a folder in its `rejudged/`
 * @throws UserMistake when it has no record, the record was changed, or a format does not exist
 */
export async function render(
  runFolder: string,
  options: {
    readonly formats: readonly string[];
    readonly formatOptions?: Partial<FormatOptions>;
    readonly now?: () => Date;
  },
): Promise<Rendered> {
  const chosen = formatsNamed(options.formats);
  const { head, findings, endpoints } = await openRecord(runFolder);
  await matchSums(
    runFolder,
    (names) => names.filter((name) => recordFiles.includes(name)),
    'restore it from a copy, or judge the journal again with leftopen rejudge',
  );
  const folder = await makeTimedFolder(join(runFolder, runFiles.exports), (options.now ?? (() => new Date()))());
  const sorting = join(folder, '.sorting');
  const history = () => readHistory(join(runFolder, runFiles.history));
  try {
    const sums = new Map<string, string>();
    for (const { file, write } of chosen) {
      const sum = await writeAtomically(join(folder, file), (out) =>
        write(
          head,
          findings,
          endpoints,
          out,
          { ...formatDefaults, ...options.formatOptions },
          {
            history,
            sorter: sortersIn(sorting),
          },
        ),
      );
      sums.set(file, sum);
    }
    await rm(sorting, { recursive: true, force: true });
    await writeSums(folder, head.run, sums);
    return { folder, files: chosen.map(({ file }) => file) };
  } catch (error) {
    if (error instanceof UserMistake) await rm(folder, { recursive: true, force: true });
    throw error;
  } finally {
    await rm(sorting, { recursive: true, force: true });
  }
}

/** What formats are made from. */
const recordFiles: readonly string[] = [
  runFiles.info,
  'findings.json',
  runFiles.findings,
  runFiles.endpoints,
  runFiles.history,
];
