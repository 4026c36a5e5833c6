// Judges a run again with pseudonyms in place of names, for reports that leave the house.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { messages } from '../messages/index.js';
import { idMask, nameMask } from '../judge/index.js';
import type { RedactionLevel, RunInfo } from '../model/finding.js';
import type { BaselineInfo } from '../model/history.js';
import { toolVersion } from '../plan/tool.js';
import { formatDefaults, linesOf } from '../report/index.js';
import { redactor } from '../report/redact.js';
import { listRuns, readRunInfo, runFiles } from '../store/folder.js';
import { maskKey } from '../store/mask-key.js';
import { AlteredRecord, UserMistake } from '../store/mistake.js';
import { matchSums } from '../store/verify.js';
import { sortersIn, type SorterFactory } from '../store/sorter.js';
import { findBaseline, withdrawnIn, type Baseline } from './baseline.js';
import { knowledgeName, loadKnowledge } from './knowledge.js';
import { absentFrom, sourcesOf, withMerged } from './merge.js';
import { withJudgement, type Judged } from './record.js';
import { openRecord } from './open-record.js';
import { sha256 } from '../text/digest.js';

/** How a record is redacted. */
interface RedactOptions {
  readonly level: RedactionLevel;
  readonly sorter: SorterFactory;
  /** True ends the judging with {@link PassStopped}. */
  readonly stop?: () => boolean;
}

/** {@link withRedacted} where there is no folder to write into: what does not fit into memory goes into a temporary one. */
export async function withRedactedRecord<T>(
  runFolder: string,
  options: Omit<RedactOptions, 'sorter'>,
  use: (record: Judged) => Promise<T>,
): Promise<T> {
  const sorting = await mkdtemp(join(tmpdir(), 'leftopen-redact-'));
  try {
    return await withRedacted(runFolder, { ...options, sorter: sortersIn(sorting) }, use);
  } finally {
    await rm(sorting, { recursive: true, force: true });
  }
}

/**
 * Hands a run's record to `use` with names replaced, the same by the same in every run and format of the engagement. The run's responses
 * are judged again for it, because excerpts and titles are made of them; nothing in the run folder changes.
 *
 * @param named a run folder, or a folder in its `rejudged/`
 * @param use gets the record, and what an owner is called in it
 * @throws UserMistake when the folder has no responses, or the key of the engagement cannot be used
 */
export async function withRedacted<T>(
  named: string,
  { level, sorter, stop }: RedactOptions,
  use: (judged: Judged, owner: (name: string) => string) => Promise<T>,
): Promise<T> {
  const { head } = await openRecord(named);
  const { runFolder, info } = await responsesOf(named);
  const secret = sha256(`leftopen pseudonyms v1\n${await maskKey(info.engagement.id)}`);
  const knowledge = await loadKnowledge(undefined);
  const parent = dirname(resolve(runFolder));
  const mask = nameMask(secret);
  const common = { knowledge, mask, ...(stop !== undefined && { stop }) };
  const current: RunInfo = {
    ...info,
    tool: { name: 'leftopen', version: toolVersion },
    knowledge: knowledgeName(knowledge),
    redacted: level,
  };
  const baseline = await sameBaseline(head.changes.baseline, parent, info, runFolder);
  const finish = (judged: Judged): Promise<T> => {
    if (level === 'names') return use(judged, (name) => name);
    const to = redactor(judged.head.run, { name: mask, id: idMask(secret) });
    const findings = () => mapped(judged.findings(), to.finding);
    const endpoints = () => mapped(judged.endpoints(), to.endpoint);
    const redacted: Judged = {
      ...judged,
      head: to.head(judged.head),
      ...{ findings, endpoints, lines: linesOf(findings, endpoints) },
      places: () => mapped(judged.places(), to.place),
    };
    return use(redacted, to.owner);
  };
  if (info.sources !== undefined) {
    const sources = await sourcesOf(parent, info.sources);
    const history = { baseline, absent: await absentFrom(sources) };
    return withMerged(sources, current, { ...common, sorter, history }, finish);
  }
  const withdrawn = await withdrawnIn(join(runFolder, runFiles.history));
  return withJudgement(
    {
      ...{ runFolder, folder: runFolder, info: current, formats: [], formatOptions: formatDefaults },
      ...common,
      ...(info.checks === undefined || info.checks === null ? {} : { checks: info.checks }),
      history: { baseline, absent: (place) => (withdrawn.has(place) ? 'withdrawn' : 'not-asked') },
    },
    sorter,
    finish,
  );
}

/** The run folder with the responses that a record was made of. */
async function responsesOf(named: string): Promise<{ readonly runFolder: string; readonly info: RunInfo }> {
  const above = dirname(resolve(named));
  const runFolder = basename(above) === runFiles.rejudged ? dirname(above) : named;
  const info = await readRunInfo(runFolder);
  if (info === null || (info.sources === undefined && !existsSync(join(runFolder, runFiles.journal))))
    throw new UserMistake(messages().runs.report.noJournal(named));
  const ofJournal = (name: string): boolean => name.startsWith(`${runFiles.journal}/`);
  await matchSums(runFolder, (names) => names.filter(ofJournal), 'copy');
  return { runFolder, info };
}

/** The run that the original was compared with; the last one before it, where that is gone. */
async function sameBaseline(
  compared: BaselineInfo | null,
  parent: string,
  info: RunInfo,
  runFolder: string,
): Promise<Baseline | null> {
  if (compared === null) return null;
  for (const folder of await listRuns(parent)) {
    const found = await readRunInfo(folder).catch(() => null);
    if (found?.id === compared.run)
      return findBaseline(folder, parent, info, runFolder).catch((error: unknown) => {
        if (!(error instanceof AlteredRecord)) throw error;
        throw new UserMistake(messages().runs.baseline.alteredUnder(error.what, runFolder));
      });
  }
  // Records that were changed are named in the run's own gaps.
  return findBaseline(undefined, parent, info, runFolder, () => undefined);
}

async function* mapped<T>(items: AsyncIterable<T>, change: (item: T) => T): AsyncGenerator<T, void, void> {
  for await (const item of items) yield change(item);
}
