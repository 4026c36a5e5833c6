// Compares two runs that were made, and renders a run's record again, without asking anything.
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { messages } from '../messages/index.js';
import { readHistory } from '../history/file.js';
import { goneOf } from '../history/compare.js';
import type { Finding, ReportHead } from '../model/finding.js';
import type { GoneFinding, PastPlace } from '../model/history.js';
import { formatDefaults } from '../report/index.js';
import { runFiles } from '../store/folder.js';
import { AlteredRecord, UserMistake } from '../store/mistake.js';
import { sortersIn } from '../store/sorter.js';
import { findBaseline, withdrawnIn } from './baseline.js';
import { findRun } from './find-run.js';
import { knowledgeName, loadKnowledge } from './knowledge.js';
import { exitCodeOf, withJudgement, type Thresholds } from './record.js';
import { openIntactRecord } from './open-record.js';

/** What differs between two runs. The streams may be read while the comparison is used, and no longer. */
export interface Difference {
  readonly head: ReportHead;
  readonly exitCode: 0 | 1 | 3 | 130;
  /** Findings of the later run, each with its history. */
  readonly findings: () => AsyncIterable<Finding>;
  /** Everything that is gone, by place. */
  readonly gone: () => AsyncIterable<GoneFinding>;
}

/** Which runs are compared. */
export interface DiffOptions extends Thresholds {
  readonly out: string;
  /** The later run; the newest finished one when absent. */
  readonly run?: string;
  /** The earlier run: see AuditOptions.baseline. */
  readonly baseline?: string;
  readonly knowledge?: string;
}

/**
 * Compares two runs and hands the difference to `use`. A run that was compared with this baseline when it was made is not judged
 * again.
 *
 * @throws UserMistake when there is no such run, or the two cannot be compared
 */
export async function diff<T>(options: DiffOptions, use: (difference: Difference) => Promise<T>): Promise<T> {
  const { folder, info } = await findRun(options.out, options.run);
  if (!info.finished) throw new UserMistake(messages().runs.find.unfinished(folder));
  const baseline = await findBaseline(options.baseline, dirname(resolve(folder)), info, folder);
  const words = messages().runs.baseline;
  if (baseline === null)
    throw new UserMistake(options.baseline === 'none' ? words.none : words.noEarlier(info.engagement.id, info, folder));
  const written = await openIntactRecord(folder).catch((error: unknown) => {
    const isMissing = error instanceof UserMistake && !(error instanceof AlteredRecord);
    if (isMissing && options.baseline !== undefined) return null;
    throw error;
  });
  if (written?.head.changes.baseline?.run === baseline.head.run) {
    return use({
      ...written,
      exitCode: exitCodeOf({ head: written.head, files: [], interrupted: false }, options),
      gone: () => goneIn(readHistory(join(folder, runFiles.history)), info.id),
    });
  }
  const knowledge = await loadKnowledge(options.knowledge);
  const withdrawn = await withdrawnIn(join(folder, runFiles.history));
  const sorting = join(tmpdir(), `leftopen-diff-${process.pid}-${Date.now()}`);
  try {
    return await withJudgement(
      {
        runFolder: folder,
        folder,
        info: { ...info, knowledge: knowledgeName(knowledge) },
        knowledge,
        formats: [],
        formatOptions: formatDefaults,
        ...(info.checks === undefined || info.checks === null ? {} : { checks: info.checks }),
        history: { baseline, absent: (place) => (withdrawn.has(place) ? 'withdrawn' : 'not-asked') },
      },
      sortersIn(sorting),
      ({ head, findings, places }) =>
        use({
          head,
          exitCode: exitCodeOf({ head, files: [], interrupted: false }, options),
          findings,
          gone: () => goneIn(places(), info.id),
        }),
    );
  } finally {
    await rm(sorting, { recursive: true, force: true });
  }
}

async function* goneIn(places: AsyncIterable<PastPlace>, run: string): AsyncGenerator<GoneFinding, void, void> {
  for await (const { checks } of places) {
    for (const check of checks) {
      const gone = check.last.run === run ? goneOf(check) : null;
      if (gone !== null) yield gone;
    }
  }
}
