// Reads the record of a finished run back from its folder, streamed.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { languageOf } from '../languages/index.js';
import { messages } from '../messages/index.js';
import type { EndpointSummary, Finding, ReportHead } from '../model/finding.js';
import { readRunInfo, runFiles } from '../store/folder.js';
import { AlteredRecord, UserMistake } from '../store/mistake.js';
import { matchSums } from '../store/verify.js';
import { isEndpointSummary, isFinding, readHead, readJsonLines } from './record-files.js';

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
  if (info === null) throw new UserMistake(messages().runs.find.noRecordFolder(folder));
  const head = await readHead(join(folder, 'findings.json'));
  if (head === null) {
    if (existsSync(join(folder, 'findings.json')))
      throw new AlteredRecord(messages().files.altered.headCut(join(folder, 'findings.json')));
    throw new UserMistake(messages().runs.find.noRecord(folder));
  }
  return {
    folder,
    head,
    findings: () => readJsonLines(join(folder, runFiles.findings), isFinding),
    endpoints: () => readJsonLines(join(folder, runFiles.endpoints), isEndpointSummary),
  };
}

/** What formats and destinations are made from. */
const recordFiles: readonly string[] = [
  runFiles.info,
  'findings.json',
  runFiles.findings,
  runFiles.endpoints,
  runFiles.history,
];

/**
 * Opens a record that is to be passed on.
 *
 * @throws UserMistake as {@link openRecord}, when a file of it was changed after it was written, and for a language that is not
 * known: before anything of it is sent
 */
export async function openIntactRecord(folder: string): Promise<ReadRecord> {
  const record = await openRecord(folder);
  await matchSums(
    folder,
    // A file without a sum was added later, or its sum was taken out.
    (names) => recordFiles.filter((name) => names.includes(name) || existsSync(join(folder, name))),
    'rejudge',
  );
  languageOf(record.head.run.language);
  return record;
}
