// Reads the record of a finished run back from its folder, streamed.
import { join } from 'node:path';
import { tallyChanges } from '../history/changes.js';
import type { EndpointSummary, Finding, ReportHead } from '../model/finding.js';
import { readLines } from '../store/files.js';
import { readRunInfo, runFiles } from '../store/folder.js';
import { errorCode, UserMistake } from '../store/mistake.js';
import { isEndpointSummary, isFinding, readJsonLines } from './record.js';

/** A record as it was written; the streams start again with each call. */
export interface ReadRecord {
  readonly folder: string;
  readonly head: ReportHead;
  readonly findings: () => AsyncIterable<Finding>;
  readonly endpoints: () => AsyncIterable<EndpointSummary>;
}

/**
 * Opens the record of a run folder.
 *
 * @throws UserMistake when it holds no record (yet), or one that this version cannot read
 */
export async function openRecord(folder: string): Promise<ReadRecord> {
  const info = await readRunInfo(folder);
  if (info === null)
    throw new UserMistake(`${folder} is not a run folder; name one, such as reports/ACME-2026/2026-11-23T02-05-30Z`);
  const head = await readHead(join(folder, 'findings.json'));
  if (head === null) {
    throw new UserMistake(
      `${folder} holds no record: the run was killed before it was written; finish it with leftopen audit --resume, or judge what it has with leftopen rejudge`,
    );
  }
  return {
    folder,
    head,
    findings: () => readJsonLines(join(folder, runFiles.findings), isFinding),
    endpoints: () => readJsonLines(join(folder, runFiles.endpoints), isEndpointSummary),
  };
}

/** What comes before the findings in `findings.json`, which is written line by line: the findings themselves may be gigabytes. */
async function readHead(path: string): Promise<ReportHead | null> {
  const text: string[] = [];
  try {
    for await (const { lines } of readLines(path)) {
      const end = lines.findIndex((line) => /^\]?,?"findings":\[/.test(line));
      text.push(...(end === -1 ? lines : lines.slice(0, end)));
      if (end !== -1) {
        const value: unknown = JSON.parse(`${text.join('\n').replace(/[\],\s]*$/, '')}]}`);
        // A run of a version that compared nothing.
        return isHead(value) ? { ...value, changes: value.changes ?? tallyChanges(null).result() } : null;
      }
    }
  } catch (error) {
    if (errorCode(error) !== 'ENOENT' && !(error instanceof SyntaxError)) throw error;
  }
  return null;
}

/** Checks what distinguishes our own head from another file; SHA256SUMS holds the rest. */
function isHead(value: unknown): value is Omit<ReportHead, 'changes'> & Partial<Pick<ReportHead, 'changes'>> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'run' in value &&
    'summary' in value &&
    'severityTable' in value &&
    'problems' in value &&
    Array.isArray(value.problems) &&
    'problemsTotal' in value
  );
}
