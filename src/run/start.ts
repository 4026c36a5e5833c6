// Prepares a run: folder, lock, journal and ledger.
import { rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { randomBytes } from 'node:crypto';
import { messages } from '../messages/index.js';
import { catalogueVersion } from '../catalogue/index.js';
import type { Declaration } from '../engagement/index.js';
import type { Engagement } from '../model/engagement.js';
import type { RunInfo } from '../model/finding.js';
import { makeFolder, writeAtomically } from '../store/files.js';
import {
  engagementFolder,
  listRuns,
  makeTimedFolder,
  orMistake,
  readRunInfo,
  runFiles,
  runInfoText,
  shardFolder,
} from '../store/folder.js';
import { scanJournal } from '../store/journal-state.js';
import type { JournalState } from '../store/journal-state.js';
import { journalFormat, listSegments, openSegment, segmentPath } from '../store/journal.js';
import type { Segment } from '../store/journal.js';
import { ledgerDamage, openLedger, readLedger, readKilledRequests } from '../store/ledger.js';
import type { LastNumbers, LedgerFile, KilledRequests } from '../store/ledger.js';
import { takeLock } from '../store/lock.js';
import type { Lock } from '../store/lock.js';
import { languageId, languageOf } from '../languages/index.js';
import { UserMistake } from '../store/mistake.js';
import { differencesFrom, planDigest } from '../plan/lock.js';
import { targetsToKeep } from '../plan/targets.js';
import { toolVersion, userAgentOf } from '../plan/tool.js';

/** A run whose folder, lock, journal and ledger are ready; nothing was sent yet. */
export interface StartedRun {
  readonly folder: string;
  readonly info: RunInfo;
  readonly lock: Lock;
  readonly segment: Segment;
  readonly ledger: LedgerFile;
  readonly lastNumbers: LastNumbers;
  /** Requests of visits that a SIGKILL ended; null for a new run. */
  readonly killedRequests: KilledRequests | null;
  /** What is wrong with the ledger so far; see {@link ledgerDamage}. */
  readonly ledgerDamage: string | null;
  /** What the journal held before; null for a new run. */
  readonly before: JournalState | null;
  /** The folder of an unfinished run of the same plan and vantage, where this is a new one; else null. */
  readonly leftBehind: string | null;
}

interface StartOptions {
  readonly out: string;
  readonly resume: boolean;
  /** The folder to make the run folder in, where that is not the engagement's. */
  readonly within?: string;
  /** See knowledgeName. */
  readonly knowledge: string;
  readonly now: Date;
}

/**
 * Makes ready to write before anything is sent: a new run folder, or the last unfinished one.
 *
 * @throws UserMistake when the folder cannot be written, another run holds the lock, or there is nothing to resume
 */
export async function startRun(declaration: Declaration, options: StartOptions): Promise<StartedRun> {
  const { engagement } = declaration;
  const parent = engagementFolder(resolve(options.out), engagement.id);
  const old = options.resume ? await unfinishedRun(declaration, parent) : null;
  const leftBehind = options.resume ? null : await sameUnfinished(declaration, parent);
  const folder =
    old?.folder ??
    (await (options.within === undefined
      ? makeTimedFolder(parent, options.now, shardFolder(declaration.shard))
      : makeTimedFolder(options.within, options.now)));
  const since = options.now.toISOString();
  let lock: Lock;
  try {
    lock = await orMistake('write-to', parent, () =>
      takeLock(parent, {
        engagement: engagement.id,
        vantage: engagement.vantage.name,
        ...shardOf(declaration),
        folder,
        since,
      }),
    );
  } catch (error) {
    if (old === null) await rmdir(folder).catch(() => undefined);
    throw error;
  }
  try {
    return await orMistake('write-to', folder, async () => {
      const journal = join(folder, runFiles.journal);
      // A run that is resumed has one: without its journal, what was asked already would be asked again.
      if (old === null) await makeFolder(journal);
      const before = old === null ? null : await scanJournal(journal);
      const info = old === null ? newInfo(declaration, options) : resumedInfo(old.info, declaration, options);
      await writeAtomically(join(folder, runFiles.info), (out) => out.write(runInfoText(asRunning(info))));
      const number = ((await listSegments(journal)).at(-1) ?? 0) + 1;
      const segment = openSegment(segmentPath(journal, number), {
        leftopen: 'journal',
        format: journalFormat,
        run: info.id,
        segment: number,
        startedAt: since,
        tool: toolVersion,
        catalogue: catalogueVersion,
        knowledge: options.knowledge,
        digest: info.planDigest,
        vantage: info.vantage,
        targets: targetsToKeep(declaration),
      });
      for (const damage of before?.damage ?? [])
        if (before?.askedAnew(damage) === false) segment.mark({ mark: 'damage', ...damage });
      const ledgerPath = join(folder, runFiles.ledger);
      const read = await readLedger(ledgerPath);
      const ledger = openLedger(ledgerPath, read);
      // Where lines of the ledger are gone, the journal knows which numbers were given.
      const lastNumbers = {
        request: Math.max(read.last.request, before?.last.request ?? 0),
        connection: Math.max(read.last.connection, before?.last.connection ?? 0),
      };
      const damage = before === null ? null : ledgerDamage(read, before.requests);
      const killedRequests = before === null ? null : await readKilledRequests(ledgerPath, before.requests);
      return {
        folder,
        info,
        lock,
        segment,
        ledger,
        lastNumbers,
        killedRequests,
        ledgerDamage: damage,
        before,
        leftBehind,
      };
    });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** As a run describes it. */
export function shardOf({ shard }: Pick<Declaration, 'shard'>): Pick<RunInfo, 'shard'> {
  return shard === null ? {} : { shard };
}

/** The last run of this engagement, vantage and shard that was not finished, made under the same plan. */
export async function unfinishedRun(
  declaration: Declaration,
  parent: string,
): Promise<{ readonly folder: string; readonly info: RunInfo }> {
  const { engagement } = declaration;
  let other: { readonly folder: string; readonly info: RunInfo } | null = null;
  for (const folder of await listRuns(parent)) {
    const info = await readRunInfo(folder);
    if (info === null || info.finished || info.vantage.name !== engagement.vantage.name) continue;
    if ((info.shard ?? null) !== declaration.shard) {
      other ??= { folder, info };
      continue;
    }
    if (info.planDigest !== planDigest(declaration)) {
      throw new UserMistake(messages().runs.start.otherPlan(folder, differencesFrom(declaration, info)));
    }
    // What is asked is judged in the run's language: one that is not known is found before anything is sent.
    languageOf(info.language);
    return { folder, info };
  }
  const run = { vantage: engagement.vantage, ...shardOf(declaration) };
  const near = other === null ? null : { folder: other.folder, shard: other.info.shard ?? null };
  throw new UserMistake(messages().runs.start.nothingToResume(engagement.id, run, parent, near));
}

/** The last run of the vantage and shard, if it lacks its end and was made under the same plan. */
async function sameUnfinished(declaration: Declaration, parent: string): Promise<string | null> {
  // What cannot be read must not keep a new run from beginning.
  for (const folder of await listRuns(parent).catch(() => [])) {
    const info = await readRunInfo(folder).catch(() => null);
    if (info?.vantage.name !== declaration.engagement.vantage.name || (info.shard ?? null) !== declaration.shard)
      continue;
    return info.finished || info.planDigest !== planDigest(declaration) ? null : folder;
  }
  return null;
}

function newInfo(declaration: Declaration, { now, knowledge }: StartOptions): RunInfo {
  const { engagement } = declaration;
  return {
    id: `leftopen-${now.toISOString().replace(/[-:]|\.\d+/g, '')}-${randomBytes(4).toString('hex')}`,
    tool: { name: 'leftopen', version: toolVersion },
    language: languageId(),
    catalogue: catalogueVersion,
    knowledge,
    engagement,
    vantage: engagement.vantage,
    ...shardOf(declaration),
    ...(declaration.onlyTargets !== null && { onlyTargets: declaration.onlyTargets }),
    startedAt: now.toISOString(),
    endedAt: null,
    finished: false,
    gaps: [],
    accepted: declaration.accepted,
    planDigest: planDigest(declaration),
    ledgerSha256: null,
    userAgent: agentOf(engagement),
    requests: 0,
    connections: 0,
    bytes: 0,
    declared: declaration.declared,
  };
}

/**
 * A resumed run goes on under the engagement as it is read now: its window may be extended, by another authorisation. What
 * the plan's digest holds is the same, and so is the vantage, from which the first part was asked.
 */
function resumedInfo(info: RunInfo, declaration: Declaration, { knowledge }: StartOptions): RunInfo {
  const engagement = { ...declaration.engagement, vantage: info.vantage };
  // What the file accepts is taken from it as it is now: the plan does not depend on it.
  return { ...info, accepted: declaration.accepted, knowledge, engagement, userAgent: agentOf(engagement) };
}

function agentOf(engagement: Engagement): string {
  return userAgentOf(engagement.loopbackOnly ? null : engagement);
}

/** While it runs, the ledger has no sum and the run no end. */
function asRunning(info: RunInfo): RunInfo {
  return { ...info, endedAt: null, finished: false, ledgerSha256: null };
}
