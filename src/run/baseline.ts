// Finds the run that another one is compared with, and makes sure that it can be.
import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { messages } from '../messages/index.js';
import { catalogueVersion } from '../catalogue/index.js';
import { asJudgedToday } from '../history/adjust.js';
import { comparePlaces, isOpen } from '../history/compare.js';
import { checkHistory, readContents, readHistory, type HistoryHead } from '../history/file.js';
import { judge, type Historian, type Settled } from '../judge/index.js';
import type { JudgeContext, NameMask } from '../model/check.js';
import { placeKey } from '../model/endpoint.js';
import type { RunInfo } from '../model/finding.js';
import type { BaselineInfo, PastPlace, PlaceNow } from '../model/history.js';
import type { Knowledge } from '../model/knowledge.js';
import { isMerged, isSameSeries } from '../model/series.js';
import { toolVersion } from '../plan/tool.js';
import { listRuns, readRunInfo, runFiles } from '../store/folder.js';
import { readRecords, scanJournal } from '../store/journal-state.js';
import { AlteredRecord, Unreadable, UserMistake } from '../store/mistake.js';
import type { SorterFactory } from '../store/sorter.js';
import { matchSums, readSums } from '../store/verify.js';
import { knowledgeName } from './knowledge.js';
import { findingsRun, placesIn } from './findings-baseline.js';
import { contextOf, provable } from './judging.js';

/** The run that another one is compared with. */
export interface Baseline {
  readonly info: BaselineInfo;
  readonly head: HistoryHead;
  /** Its `history.jsonl`; null for a run of a version that wrote none. */
  readonly history: string | null;
  /** The run folder, with its journal; null where only a file was given. */
  readonly folder: string | null;
  /** A `findings.json`, where that is all that was given. */
  readonly findings?: string;
}

/** Which run is compared. */
export type Comparing = Pick<RunInfo, 'engagement' | 'vantage' | 'shard' | 'sources' | 'startedAt'> &
  Partial<Pick<RunInfo, 'endedAt'>>;

/**
 * The baseline of a run: what was given, or the last finished run of the same engagement, vantage and shard in the folder.
 *
 * @param given a run folder or its name, a `history.jsonl`, or `none`; undefined for the default
 * @param parent the folder of the engagement's runs
 * @param itself the folder of the run that is compared, where it has one
 * @param onAltered called with a sentence for each later record that was changed after it was written, and where a run seems to have
 *   begun after this one; without it, a changed record is a mistake.
 *   It is for the default baseline alone: what was named is never passed over
 * @throws UserMistake when it is unfinished, of something else, of a newer format, or was changed
 */
export async function findBaseline(
  given: string | undefined,
  parent: string,
  run: Comparing,
  itself: string | null,
  onAltered?: (what: string) => void,
): Promise<Baseline | null> {
  if (given === 'none') return null;
  const words = messages().runs.baseline;
  if (given === undefined) {
    const { baseline, altered, later } = await lastFinished(parent, run, itself);
    // A run that goes on began before those that were made meanwhile.
    if (later !== null && itself === null)
      onAltered?.(words.later(later, run.startedAt, baseline?.info.startedAt ?? null));
    if (altered.length === 0) return baseline;
    if (onAltered === undefined) {
      throw new UserMistake(words.altered(altered[0]?.message ?? '', baseline?.folder ?? null));
    }
    for (const { what } of altered)
      onAltered(words.passedOver(what.replaceAll(join(parent, '/'), ''), baseline?.info.startedAt ?? null));
    return baseline;
  }
  const path = (await kindOf(given)) === null ? join(parent, given) : given;
  const kind = await kindOf(path);
  if (kind === null) throw new UserMistake(words.noSuch(given));
  const baseline = kind === 'folder' ? await ofFolder(path) : await ofFile(path);
  mustMatch(baseline, run, given);
  if (baseline.history === null && baseline.folder !== null && !(await isReadable(baseline.folder)))
    throw new UserMistake(words.tooOld(given));
  return baseline;
}

async function kindOf(path: string): Promise<'folder' | 'file' | null> {
  const found = await stat(path).catch(() => null);
  if (found === null) return null;
  return found.isDirectory() ? 'folder' : 'file';
}

/** The newest run that can be compared with. Records that were changed are not passed over in silence: see `altered`. */
async function lastFinished(
  parent: string,
  run: Comparing,
  itself: string | null,
): Promise<{
  readonly baseline: Baseline | null;
  readonly altered: readonly UserMistake[];
  /** Start of the newest finished run that began after this one, by the clocks of both. */
  readonly later: string | null;
}> {
  const altered: UserMistake[] = [];
  let later: string | null = null;
  // A folder that cannot be read is reported where the run's own is made.
  for (const folder of await listRuns(parent).catch(() => [])) {
    if (itself !== null && basename(folder) === basename(itself)) continue;
    try {
      const info = await readRunInfo(folder);
      if (info === null || !isSameSeries(info, run) || info.engagement.id !== run.engagement.id) continue;
      if (!isEarlier(info, run)) {
        if (info.finished && info.startedAt > run.startedAt) later ??= info.startedAt;
        continue;
      }
      if (!info.finished) {
        // It has sums where its report was written: whether it is unfinished is one of the things they hold.
        if ((await kindOf(join(folder, runFiles.sums))) !== null)
          await matchSums(folder, () => [runFiles.info], 'otherBaseline');
        continue;
      }
      // An earlier version wrote no history, and a journal that this one cannot read: nothing to compare with.
      if (!(await hasHistory(folder)) && !(await isReadable(folder))) continue;
      return { baseline: await ofFolder(folder), altered, later };
    } catch (error) {
      // What cannot be read is not known to be as it was written.
      if (!(error instanceof AlteredRecord || error instanceof Unreadable)) throw error;
      altered.push(error);
    }
  }
  return { baseline: null, altered, later };
}

/** Whether a run wrote a history, which may have been deleted since. */
async function hasHistory(folder: string): Promise<boolean> {
  return existsSync(join(folder, runFiles.history)) || (await readSums(folder))?.has(runFiles.history) === true;
}

async function isReadable(folder: string): Promise<boolean> {
  return scanJournal(join(folder, runFiles.journal)).then(
    () => true,
    () => false,
  );
}

/** Whether a run came before another. Merged runs may share their first source: the one that ends earlier came before. */
function isEarlier(
  one: Pick<HistoryHead, 'startedAt' | 'endedAt'>,
  run: Pick<Comparing, 'startedAt' | 'endedAt' | 'sources'>,
): boolean {
  if (one.startedAt !== run.startedAt || !isMerged(run)) return one.startedAt < run.startedAt;
  return (one.endedAt ?? '') < (run.endedAt ?? '');
}

function mustMatch({ head }: Baseline, run: Comparing, given: string): void {
  const words = messages().runs.baseline;
  if (!head.finished) throw unfinished(given);
  if (head.engagement !== run.engagement.id)
    throw new UserMistake(words.otherEngagement(given, head.engagement, run.engagement.id));
  if (head.vantage.name !== run.vantage.name || head.vantage.exposure !== run.vantage.exposure)
    throw new UserMistake(words.otherVantage(given, head.vantage, run.vantage));
  if (head.shard !== run.shard) throw new UserMistake(words.otherShard(given, head.shard ?? null, run.shard ?? null));
  if (isMerged(head) !== isMerged(run)) throw new UserMistake(words.onlyOneMerged(given, isMerged(head)));
  if (!isEarlier(head, run)) throw new UserMistake(words.notOlder(given));
}

function unfinished(name: string): UserMistake {
  return new UserMistake(messages().runs.baseline.unfinished(name));
}

/** The head of a run that wrote no history, from its description. */
function headOf(info: RunInfo): HistoryHead {
  return {
    run: info.id,
    engagement: info.engagement.id,
    vantage: { name: info.vantage.name, exposure: info.vantage.exposure },
    ...(info.shard !== undefined && { shard: info.shard }),
    ...(isMerged(info) && { merged: true }),
    startedAt: info.startedAt,
    endedAt: info.endedAt,
    finished: info.finished,
    tool: info.tool.version,
    catalogue: info.catalogue,
    knowledge: info.knowledge,
    checks: info.checks === undefined || info.checks === null ? null : [...info.checks],
  };
}

/** What a run writes at the head of its own history. */
export { headOf as historyHeadOf };

async function ofFolder(folder: string): Promise<Baseline> {
  const info = await readRunInfo(folder);
  if (info === null) throw new UserMistake(messages().runs.find.notARunFolder(folder, runFiles.info));
  if (!info.finished) throw unfinished(folder);
  const history = join(folder, runFiles.history);
  const isThere = await hasHistory(folder);
  await matchSums(folder, () => (isThere ? [runFiles.info, runFiles.history] : [runFiles.info]), 'otherBaseline');
  const head = isThere ? await checkHistory(history) : headOf(info);
  return { info: infoOf(head), head, history: isThere ? history : null, folder };
}

async function ofFile(path: string): Promise<Baseline> {
  const run = await findingsRun(path);
  const head = run === null ? await checkHistory(path) : headOf(run);
  const folder = dirname(path);
  const info = await readRunInfo(folder).catch(() => null);
  if (run !== null && info?.id !== run.id)
    return { info: infoOf(head), head, history: null, folder: null, findings: path };
  if (info?.id !== head.run) return { info: infoOf(head), head, history: path, folder: null };
  return ofFolder(folder);
}

function infoOf(head: HistoryHead): BaselineInfo {
  const { run, startedAt, endedAt, tool, knowledge } = head;
  return { run, startedAt, endedAt, tool, knowledge, rejudged: false };
}

/** What checks over two runs know of the run before; undefined where there is none. */
export async function contentsBefore(baseline: Baseline | null): Promise<JudgeContext['before']> {
  if (baseline === null || baseline.history === null) return undefined;
  const seenAt = await readContents(baseline.history);
  return (endpoint) => {
    const seen = seenAt(placeKey(endpoint));
    if (seen === 'too-much') return seen;
    const own = seen.filter(({ address }) => address === (endpoint.address ?? ''));
    return own.length > 0 ? own : seen;
  };
}

/** What judging a baseline again needs. */
export interface Today {
  readonly knowledge: Knowledge;
  readonly mask?: NameMask;
  readonly sorter: SorterFactory;
}

/**
 * What a baseline carries forward, and what is to be said of it: judged again with today's version and knowledge where these
 * differ, so that only what changed in the estate is news.
 */
export async function openBaseline(
  baseline: Baseline,
  today: Today,
): Promise<{ readonly info: BaselineInfo; readonly places: () => AsyncIterable<PastPlace> }> {
  const { head, history, folder } = baseline;
  const { findings } = baseline;
  const written = (): AsyncIterable<PastPlace> =>
    findings !== undefined ? placesIn(findings, head, today.sorter) : history === null ? none() : readHistory(history);
  const same =
    head.tool === toolVersion &&
    head.catalogue === catalogueVersion &&
    head.knowledge === knowledgeName(today.knowledge);
  if (folder === null || (same && history !== null)) return { info: baseline.info, places: written };
  const adjusted = today.sorter<PastPlace>('baseline');
  try {
    await matchSums(
      folder,
      (names) => names.filter((name) => name.startsWith(`${runFiles.journal}/`)),
      'otherBaseline',
    );
    await scanJournal(join(folder, runFiles.journal));
  } catch (error) {
    // Found when everything was asked: a journal that cannot be read must not cost this run its report.
    if (!(error instanceof UserMistake)) throw error;
    return { info: baseline.info, places: written };
  }
  await judgeAgain(folder, today, head, async (places, alive) => {
    const run = { run: head.run, startedAt: head.startedAt, checks: head.checks, alive };
    const joined =
      history === null
        ? carried(comparePlaces(none(), places, { ...run, absent: () => 'not-asked' }))
        : asJudgedToday(written(), places, run);
    for await (const place of joined) adjusted.add(place.place, place);
  });
  return {
    info: { ...baseline.info, rejudged: true },
    async *places() {
      for await (const { item } of adjusted.sorted()) yield item;
    },
  };
}

async function* none(): AsyncGenerator<PastPlace> {
  // A run that wrote no history carries nothing forward.
}

async function* carried(places: AsyncIterable<{ readonly past: PastPlace }>): AsyncGenerator<PastPlace> {
  for await (const { past } of places) if (past.checks.length > 0) yield past;
}

/**
 * Places that were no longer declared when the run was made: only the targets file of that day, or of the run that saw it first, could
 * tell.
 */
export async function withdrawnIn(history: string): Promise<ReadonlySet<string>> {
  const places = new Set<string>();
  if (!existsSync(history)) return places;
  for await (const { place, checks } of readHistory(history))
    if (checks.some(({ last }) => last.status === 'withdrawn' && last.cause !== 'knowledge') && !checks.some(isOpen))
      places.add(place);
  return places;
}

/** Judges the journal of a run, only to compare. */
async function judgeAgain(
  folder: string,
  { knowledge, mask, sorter }: Today,
  { checks }: HistoryHead,
  use: (places: AsyncIterable<PlaceNow<Settled>>, alive: boolean) => Promise<void>,
): Promise<void> {
  const info = await readRunInfo(folder);
  if (info === null) return;
  const journal = join(folder, runFiles.journal);
  const state = await scanJournal(journal);
  const historian: Historian = {
    atOnce: () => null,
    async *compare(places, alive) {
      await use(places, alive);
      yield* [];
    },
  };
  const judgement = await judge(
    () => provable(readRecords(journal, state)),
    // Only what was found is compared: a last run in a language that is not known here must not cost this one its report.
    contextOf({ ...info, language: 'en' }, state.header?.targets ?? [], knowledge, mask),
    { sorter, historian, ...(checks === null ? {} : { checks }) },
  );
  judgement.close();
}
