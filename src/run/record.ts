// Writes the record of a run from its journal.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { JudgeContext, NameMask } from '../model/check.js';
import type { Knowledge } from '../model/knowledge.js';
import { severities } from '../model/finding.js';
import type { EndpointRecord } from '../model/exchange.js';
import type { EndpointSummary, Finding, RecordLines, ReportHead, RunInfo, Severity } from '../model/finding.js';
import { beginPass, explain, judge, listChecks, severityTable } from '../judge/index.js';
import { messages } from '../messages/index.js';
import type { Judgement } from '../judge/index.js';
import { formats } from '../report/index.js';
import type { Format, FormatOptions } from '../report/index.js';
import { languageOf, type Language } from '../languages/index.js';
import { hashFile, writeAtomically } from '../store/files.js';
import { runFiles, writeSums } from '../store/folder.js';
import { lostCut, readRecords, scanJournal } from '../store/journal-state.js';
import type { JournalState } from '../store/journal-state.js';
import { damageText } from '../store/journal.js';
import type { Ending, Segment } from '../store/journal.js';
import { ledgerDamage, readLedger } from '../store/ledger.js';
import { livePass, type LivePass } from './live-pass.js';
import type { LedgerFile } from '../store/ledger.js';
import { errorCode, storageFailure, UserMistake } from '../store/mistake.js';
import { newsCounts, tallyChanges } from '../history/changes.js';
import { writeHistory } from '../history/file.js';
import type { Changes, PastPlace } from '../model/history.js';
import { contentsBefore, historyHeadOf } from './baseline.js';
import { compareRun, type Comparison, type History } from './historian.js';
import { contextOf, provable } from './judging.js';
import { likelyMeant } from '../text/nearest.js';
import { firstInMemory, sortersIn } from '../store/sorter.js';
import type { SorterFactory } from '../store/sorter.js';
import { totalOf } from '../model/severity.js';

/** What the process that made a run knows of it, whatever became of its folder. */
export interface LiveRun {
  readonly segment: Segment;
  readonly ledger: LedgerFile;
  /** What was wrong with the ledger when the run was resumed, or null. */
  readonly ledgerDamage: string | null;
  /** What the journal held before; null for a new run. */
  readonly before: JournalState | null;
  readonly ending: Ending;
  /** What was asked but did not fit into the journal (a full disk). */
  readonly unwritten: readonly EndpointRecord[];
}

/** What a judging pass is made of. */
export interface RecordOptions {
  /** The run folder: its journal is read. */
  readonly runFolder: string;
  /** Where the record goes: the run folder, or a folder in its `rejudged/`. */
  readonly folder: string;
  /** The run as described when it began. */
  readonly info: RunInfo;
  readonly knowledge: Knowledge;
  readonly formats: readonly string[];
  readonly formatOptions: FormatOptions;
  readonly checks?: readonly string[];
  /** Where names of indices and clusters must not be shown in the record. */
  readonly mask?: NameMask;
  /** What it is compared with. */
  readonly history: History;
  /** The run that this process made; left out where an earlier run is judged. */
  readonly live?: LiveRun;
  /** The endpoints of this very run as they were judged for the preview. */
  readonly pass?: LivePass;
  /** Called with the number of endpoints before the pass. */
  readonly onBegin?: (endpoints: number) => void;
  /** True ends the pass without a record: {@link PassStopped} is thrown. */
  readonly stop?: () => boolean;
}

/** A record of a run: the files, and their head. */
export interface WrittenRecord {
  readonly head: ReportHead;
  readonly files: readonly string[];
  /** How the asking ended, as the journal says. */
  readonly interrupted: boolean;
}

/** Begins to judge a run's endpoints while others are asked; what it spills goes into the run folder. */
export function livePassIn(
  folder: string,
  context: JudgeContext,
  options: Pick<RecordOptions, 'info' | 'knowledge' | 'checks' | 'mask' | 'history'>,
): LivePass {
  const sorter = sortersIn(join(folder, liveSorting));
  const comparison = comparisonIn(options, sorter);
  const { historian } = comparison;
  const { checks } = options;
  return livePass(beginPass(context, { ...(checks && { checks }), historian, sorter }), comparison);
}

function comparisonIn(
  { history, info, checks, knowledge, mask }: Pick<RecordOptions, 'info' | 'knowledge' | 'checks' | 'mask' | 'history'>,
  sorter: SorterFactory,
): Comparison {
  return compareRun(history, info, narrowed(checks), { knowledge, sorter, ...(mask && { mask }) });
}

const liveSorting = '.judging';

/** The judging pass was called off. */
export class PassStopped extends Error {
  override readonly name = 'PassStopped';
}

/** The record itself: always written. */
const always: readonly string[] = ['endpoints-jsonl', 'findings-jsonl', 'json'];

/**
 * Formats by name; the record itself is always among them.
 *
 * @throws UserMistake naming the formats there are
 */
export function chosenFormats(names: readonly string[]): readonly Format[] {
  return formatsNamed([...always, ...names]);
}

/**
 * Formats by name, in their own order.
 *
 * @throws UserMistake naming the formats there are
 */
export function formatsNamed(names: readonly string[]): readonly Format[] {
  const all: readonly Format[] = formats;
  const unknown = names.find((name) => !all.some((format) => format.name === name));
  if (unknown !== undefined) {
    const known = all.map(({ name }) => name);
    throw new UserMistake(messages().runs.start.unknownFormat(unknown, likelyMeant(unknown, known), known));
  }
  return all.filter(({ name }) => names.includes(name));
}

/**
 * Check ids as given by the user.
 *
 * @throws UserMistake naming the checks there are
 */
export function knownChecks(ids: readonly string[]): readonly string[] {
  const unknown = ids.find((id) => explain(id) === null);
  if (unknown === undefined) return ids;
  const known = listChecks().map(({ id }) => id);
  throw new UserMistake(messages().runs.start.unknownCheck(unknown, likelyMeant(unknown, known), known));
}

/**
 * The judging pass: reads the journal as a stream, judges, and writes the record (`endpoints.jsonl`, `findings.jsonl`,
 * `findings.json`, the formats asked for, `run.json`, `SHA256SUMS`). It never touches the network, and knows no time but
 * the run's own.
 *
 * @throws PassStopped when `stop` said so; the system's error when the disk is full
 */
export async function writeRecord(options: RecordOptions): Promise<WrittenRecord> {
  const { runFolder, folder } = options;
  const chosen = chosenFormats(options.formats);
  const sorting = join(folder, '.sorting');
  await rm(sorting, { recursive: true, force: true });
  // Without its parents: a run folder that was deleted meanwhile is not made again, half of what it was.
  await mkdir(sorting, { mode: 0o700 });
  try {
    const sorter = sortersIn(sorting);
    return await withJudgement(options, sorter, async (judged) => {
      const { ledgerSha256 } = judged.head.run;
      const known = folder === runFolder && ledgerSha256 !== null ? [[runFiles.ledger, ledgerSha256] as const] : [];
      return writeJudged(judged, { ...options, chosen, sorter, sorting, known });
    });
  } finally {
    await rm(sorting, { recursive: true, force: true });
    await rm(join(runFolder, liveSorting), { recursive: true, force: true });
  }
}

/** Writes the files of a record into a folder. */
export async function writeJudged(
  { head, interrupted, findings, endpoints, lines, places, close }: Judged,
  {
    folder,
    chosen,
    formatOptions,
    sorter,
    sorting,
    known,
  }: Pick<RecordOptions, 'folder' | 'formatOptions'> & {
    readonly chosen: readonly Format[];
    readonly sorter: SorterFactory;
    /** The folder of the sorter. */
    readonly sorting: string;
    /** Sums of files that are there already. */
    readonly known: readonly (readonly [file: string, sum: string])[];
  },
): Promise<WrittenRecord> {
  const sums = new Map<string, string>(known);
  const texts = languageOf(head.run.language).report;
  for (const { file, write } of chosen) {
    const sum = await writeAtomically(join(folder, file), (out) =>
      write(head, findings, endpoints, out, { ...formatOptions, texts }, { history: places, lines, sorter }),
    );
    sums.set(file, sum);
  }
  sums.set(runFiles.history, await writeHistory(join(folder, runFiles.history), historyHeadOf(head.run), places()));
  close();
  await rm(sorting, { recursive: true, force: true });
  await writeSums(folder, head.run, sums);
  return { head, files: chosen.map(({ file }) => file), interrupted };
}

/** A record that no disk would take: counts cover everything, the rest is the worst of it. */
export interface UnwrittenRecord extends WrittenRecord {
  /** The worst in rank order, a thousand at most. */
  readonly findings: readonly Finding[];
  /** The worst, a thousand at most. */
  readonly endpoints: readonly EndpointSummary[];
}

/** Findings and endpoints that are kept of a record that cannot be written. */
const keptInMemory = 1_000;

/** Lines of all else that the pass sorts: findings to be grouped into problems, and what group checks join. */
const sortedInMemory = 20_000;

/** Endpoints up to which group checks are run in memory: what they hold back of a dashboard takes some 10 kB. */
const mostGrouped = 5_000;

/**
 * The judging pass where the disk takes nothing more: what was found must still be shown. It writes nothing, and its memory is
 * bounded: counts cover everything, and only the worst is kept.
 *
 * @param grouped endpoints up to which group checks are run
 */
export async function judgeOnly({ pass, ...options }: RecordOptions, grouped = mostGrouped): Promise<UnwrittenRecord> {
  try {
    // It sorts on the disk.
    pass?.close();
  } catch (error) {
    if (storageFailure(error) === null) throw error;
  }
  const sorter = firstInMemory((name) => (name === 'findings' || name === 'endpoints' ? keptInMemory : sortedInMemory));
  return withJudgement(
    options,
    sorter,
    async ({ head, interrupted, findings, endpoints }) => ({
      head: withGroupingGap(head),
      files: [],
      interrupted,
      findings: await listOf(findings()),
      endpoints: await listOf(endpoints()),
    }),
    { grouped, compares: false },
  );
}

/** Of more findings than are sorted in memory, not every problem is known. */
function withGroupingGap(head: ReportHead): ReportHead {
  const findings = totalOf(head.summary.findings);
  if (findings <= sortedInMemory) return head;
  const gap = languageOf(head.run.language).report.runGaps.grouped(sortedInMemory, findings);
  return { ...head, run: { ...head.run, gaps: [...head.run.gaps, gap] } };
}

async function listOf<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** What the pass knows when everything is judged. */
export interface Judged {
  readonly head: ReportHead;
  readonly interrupted: boolean;
  readonly findings: () => AsyncIterable<Finding>;
  readonly endpoints: () => AsyncIterable<EndpointSummary>;
  readonly lines: RecordLines;
  /** What the run carries forward. */
  readonly places: () => AsyncIterable<PastPlace>;
  /** Gives up the sorters: the streams end with it. */
  readonly close: () => void;
}

/**
 * Judges the journal, and hands the judgement to `use` for as long as that takes.
 *
 * @param how endpoints up to which group checks are run, and whether earlier runs are compared; without that every finding counts as
 *   new, which raises an alarm too many and never one too few
 */
export async function withJudgement<T>(
  options: RecordOptions,
  sorter: SorterFactory,
  use: (judged: Judged) => Promise<T>,
  { grouped = Infinity, compares = true }: { readonly grouped?: number; readonly compares?: boolean } = {},
): Promise<T> {
  const { runFolder, info, live } = options;
  const journal = join(runFolder, runFiles.journal);
  const state = await scanJournal(journal, live?.segment);
  if (state.header === null && (state.damage.length > 0 || info.finished))
    throw new UserMistake(headerLost(journal, state));
  const ending = live?.ending ?? state.end;
  const ledger = join(runFolder, runFiles.ledger);
  const checks = narrowed(options.checks);
  const withGroups = state.done.size <= grouped;
  options.onBegin?.(state.done.size);
  const stoppable = stoppableBy(options.stop);
  const before = await contentsBefore(options.history.baseline);
  // What was lost on the way, or did not fit into the journal, is judged differently from the preview.
  const asPreviewed = state.lost.length === 0 && (live?.unwritten ?? []).length === 0;
  const previewed = (asPreviewed ? options.pass?.finish(state.endpointLines) : null) ?? null;
  if (previewed === null) options.pass?.close();
  const comparison =
    previewed !== null ? options.pass?.comparison : compares ? comparisonIn(options, sorter) : undefined;
  const historian = comparison?.historian;
  const judgement = await (previewed ??
    judge(
      () => stoppable(provable(allRecords(journal, state, live))),
      contextOf(info, state.header?.targets ?? [], options.knowledge, options.mask, before),
      { sorter, ...(historian && { historian }), ...chosenChecks(options.checks, withGroups) },
    ));
  try {
    const { totals, damage } = await addedUp(ledger, state, live);
    const ledgerSha256 = await hashFile(ledger).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return null;
      throw error;
    });
    const words = languageOf(info.language).report.runGaps;
    const missing = [
      ...missingFrom(state, live, ledgerSha256 !== null, words),
      ...(damage === null ? [] : [{ text: damage, lost: true }]),
    ];
    const run: RunInfo = {
      ...info,
      endedAt: state.end?.at ?? new Date(state.lastAt).toISOString(),
      finished: ending?.finished === true && !missing.some(({ lost }) => lost),
      gaps: [
        ...gapsOf(ending, state, judgement, info, words),
        ...missing.map(({ text }) => text),
        ...(withGroups ? [] : [words.groupsLeftOut(grouped)]),
      ],
      checks,
      namesMasked: options.mask !== undefined,
      controls: [...state.controls.values()],
      ledgerSha256,
      requests: totals.requests,
      connections: totals.connections,
      bytes: totals.bytes,
    };
    const { summary, problems, problemsTotal } = judgement;
    return await use({
      head: {
        run,
        summary,
        problems,
        problemsTotal,
        severityTable: severityTable(),
        changes: comparison?.changes() ?? allNew(summary.findings),
        ...acceptancesOf(comparison),
      },
      interrupted: ending?.interrupted ?? true,
      findings: () => stoppable(judgement.findings()),
      endpoints: () => stoppable(judgement.endpoints()),
      lines: {
        findings: () => stoppable(judgement.lines.findings()),
        endpoints: () => stoppable(judgement.lines.endpoints()),
      },
      places: () => stoppable(comparison?.places() ?? none()),
      close: () => judgement.close(),
    });
  } finally {
    judgement.close();
  }
}

/** What a head says of accepted risks. */
export function acceptancesOf(comparison: Comparison | undefined): Pick<ReportHead, 'acceptances'> {
  const acceptances = comparison?.acceptances() ?? [];
  return acceptances.length === 0 ? {} : { acceptances };
}

function allNew(findings: Changes['findings']['new']): Changes {
  const changes = tallyChanges().result(null);
  return { ...changes, findings: { ...changes.findings, new: findings } };
}

async function* none(): AsyncGenerator<PastPlace> {
  // Nothing was compared.
}

/** The records of the journal, and those that did not fit into it. */
async function* allRecords(
  journal: string,
  state: JournalState,
  live: LiveRun | undefined,
): AsyncGenerator<EndpointRecord, void, void> {
  yield* readRecords(journal, state, live?.segment);
  for (const record of live?.unwritten ?? []) yield { ...record, cut: lostCut(record, state.lost) ?? record.cut };
}

/** What says in the language of a run what is missing from it. */
type GapWords = Language['report']['runGaps'];

/** What is missing and why: what the run said when it ended, and what the judgement shows. */
function gapsOf(
  ending: Ending | null,
  state: JournalState,
  { summary, gaps: { unjudged, cutShort, silent } }: Pick<Judgement, 'summary' | 'gaps'>,
  { shard, engagement }: Pick<RunInfo, 'shard' | 'engagement'>,
  words: GapWords,
): readonly string[] {
  const gaps = [...(ending?.gaps ?? [words.killed])];
  for (const [cause, stretches] of lostByCause(state.lost, words)) {
    const times = stretches
      .slice(0, stretchesNamed)
      .map(({ from, to }) => [new Date(from).toISOString(), new Date(to).toISOString()] as const);
    gaps.push(words.provesNothing(cause, times, stretches.length - times.length));
  }
  const { endpoints, notAsked } = summary;
  const unasked = notAsked.window + notAsked.blackout;
  // Of few hosts, a shard may have none.
  if (endpoints === unasked && (unasked > 0 || shard === undefined)) gaps.push(words.noneAsked);
  else if (ending?.finished === true && endpoints > 0 && silent === endpoints && state.controls.size === 0) {
    gaps.push(engagement.loopbackOnly ? words.silentHere : words.silent);
  }
  if (unjudged > 0) gaps.push(words.unjudged(unjudged, endpoints));
  if (cutShort > 0 && ending?.finished === true) gaps.push(words.cutShort(cutShort, endpoints));
  gaps.push(...state.bugs);
  if (summary.bugs > 0) gaps.push(words.bugs(summary.bugs));
  return gaps;
}

/** What the ledger adds up to, and what is wrong with it. */
async function addedUp(
  path: string,
  { requests }: JournalState,
  live: LiveRun | undefined,
): Promise<{ readonly totals: ReturnType<LedgerFile['totals']>; readonly damage: string | null }> {
  if (live !== undefined) return { totals: live.ledger.totals(), damage: live.ledgerDamage };
  const totals = await readLedger(path);
  return { totals, damage: ledgerDamage(totals, requests) };
}

/** Damaged places that a gap names. */
const damageNamed = 5;

/** What was written and cannot be read again, one sentence each; `lost` where endpoints may be missing. */
function missingFrom(
  state: JournalState,
  live: LiveRun | undefined,
  hasLedger: boolean,
  words: GapWords,
): readonly { readonly text: string; readonly lost: boolean }[] {
  const missing = state.damage.slice(0, damageNamed).map((damage) => {
    const known = !damage.lost || state.askedAnew(damage);
    const rest = !damage.lost ? null : known ? 'asked-again' : 'missing';
    return { text: words.damaged(damageText(damage), rest), lost: !known };
  });
  const more = state.damage.slice(damageNamed);
  if (more.length > 0) {
    const lost = more.some((damage) => damage.lost && !state.askedAnew(damage));
    missing.push({ text: words.moreDamage(more.length), lost });
  }
  if (live === undefined) return missing;
  const { segment, before } = live;
  for (const [number, lines] of [...(before?.lines ?? []), [segment.number, segment.lines] as const]) {
    const gone = lines - (state.lines.get(number) ?? 0);
    if (gone > 0) missing.push({ text: words.linesGone(gone, lines, number), lost: true });
  }
  if (!segment.isInPlace()) missing.push({ text: words.journalDeleted, lost: true });
  if (!hasLedger) missing.push({ text: words.ledgerDeleted, lost: true });
  return missing;
}

function headerLost(journal: string, { damage: [first] }: JournalState): string {
  return messages().files.journal.headerLost(journal, first === undefined ? null : damageText(first));
}

/** Stretches of one cause that a gap names. */
const stretchesNamed = 3;

/**
 * The stretches that prove nothing, by their cause. A loss is marked anew as long as it lasts, and may show in other ways
 * meanwhile (silence, then a refusal): stretches that meet are one, and the last word on it counts.
 */
function lostByCause(lost: JournalState['lost'], words: GapWords): ReadonlyMap<string, readonly Stretch[]> {
  const stretches: (Stretch & { readonly cause: string })[] = [];
  for (const { from, to, cut, why } of [...lost].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const cause = words.lost(cut, why);
    const last = stretches.at(-1);
    if (last === undefined || from > last.to) stretches.push({ from, to, cause });
    else if (to >= last.to) stretches.splice(-1, 1, { from: last.from, to, cause });
  }
  const causes = new Map<string, Stretch[]>();
  for (const { cause, ...stretch } of stretches) causes.set(cause, [...(causes.get(cause) ?? []), stretch]);
  return causes;
}

/** Milliseconds since the epoch. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** The checks that were chosen; null where that leaves none out. */
function narrowed(chosen: readonly string[] | undefined): readonly string[] | null {
  return chosen === undefined || listChecks().every(({ id }) => chosen.includes(id)) ? null : [...new Set(chosen)];
}

/** The checks for the pass: those chosen, less those of groups where these are not run. */
function chosenChecks(chosen: readonly string[] | undefined, withGroups: boolean): { checks?: readonly string[] } {
  if (withGroups) return chosen === undefined ? {} : { checks: chosen };
  const ofEndpoints = listChecks().filter(({ scope }) => scope === 'endpoint');
  return { checks: ofEndpoints.map(({ id }) => id).filter((id) => chosen?.includes(id) ?? true) };
}

/** From which severity on findings make a run fail; `none` for never. */
export type Threshold = Severity | 'none';

/** When a run fails: either may trigger. */
export interface Thresholds {
  /** Exit code 1 for any finding at or above. */
  readonly failOn?: Threshold;
  /** Exit code 1 for a finding at or above that is new, worse, reopened or no longer accepted; `high` where neither is given. */
  readonly failOnNew?: Threshold;
  /** Whether what is new only through newer knowledge counts as new. */
  readonly newKnowledge?: boolean;
}

/** The exit code of the design for a record: 130 interrupted, 1 findings at a threshold, 3 incomplete, 0. */
export function exitCodeOf(record: WrittenRecord, thresholds: Thresholds): 0 | 1 | 3 | 130 {
  const { summary, run, changes } = record.head;
  if (record.interrupted) return 130;
  const { failOn = 'none', failOnNew = thresholds.failOn === undefined ? 'high' : 'none', newKnowledge } = thresholds;
  if (reaches(summary.findings, failOn)) return 1;
  if (failOnNew !== 'none' && reaches(newsCounts(changes, newKnowledge === true), failOnNew)) return 1;
  return run.finished && run.gaps.length === 0 ? 0 : 3;
}

function reaches(counts: Readonly<Record<Severity, number>>, threshold: Threshold): boolean {
  if (threshold === 'none') return false;
  return severities.slice(0, severities.indexOf(threshold) + 1).some((severity) => counts[severity] > 0);
}

/** Makes streams throw {@link PassStopped} when asked to stop. */
export function stoppableBy(stop: RecordOptions['stop']): <T>(items: AsyncIterable<T>) => AsyncIterable<T> {
  if (stop === undefined) return (items) => items;
  return async function* watched(items) {
    let count = 0;
    for await (const item of items) {
      count += 1;
      if (count % 64 === 0 && stop()) throw new PassStopped('the judging pass was stopped');
      yield item;
    }
  };
}
