// Joins finished runs of one engagement, from several vantages or of several shards, into one record.
import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { messages } from '../messages/index.js';
import { catalogueVersion } from '../catalogue/index.js';
import { checkHistory } from '../history/file.js';
import { judgeSeveral, severityTable } from '../judge/index.js';
import type { JudgeContext, NameMask } from '../model/check.js';
import { exposures, type Vantage } from '../model/engagement.js';
import type { RunEvent } from '../model/event.js';
import type { RunInfo, RunSource } from '../model/finding.js';
import type { Knowledge } from '../model/knowledge.js';
import { seriesName, shardParts } from '../model/series.js';
import { toolVersion } from '../plan/tool.js';
import { formatDefaults, type FormatOptions } from '../report/index.js';
import { languageId, languageOf } from '../languages/index.js';
import { hashFile } from '../store/files.js';
import { engagementFolder, listRuns, makeTimedFolder, readRunInfo, runFiles } from '../store/folder.js';
import { readRecords, scanJournal, type JournalState } from '../store/journal-state.js';
import { UserMistake } from '../store/mistake.js';
import { sortersIn, type SorterFactory } from '../store/sorter.js';
import { matchSums } from '../store/verify.js';
import { listed } from '../report/words.js';
import { resultOf, type AuditResult } from './audit.js';
import { contentsBefore, findBaseline, withdrawnIn } from './baseline.js';
import { findingsRun } from './findings-baseline.js';
import { findRun } from './find-run.js';
import { compareRun, type History } from './historian.js';
import { contextOf, provable } from './judging.js';
import { knowledgeName, loadKnowledge } from './knowledge.js';
import { indexEngagement } from './overview.js';
import {
  acceptancesOf,
  chosenFormats,
  exitCodeOf,
  stoppableBy,
  writeJudged,
  type Judged,
  type Thresholds,
} from './record.js';
import { addressFrom, sightingsOf } from './sightings.js';
import { sha256 } from '../text/digest.js';

/** How runs are merged. */
export interface MergeOptions extends Thresholds {
  /** The folder that holds runs; the merged one is made in it, and names of runs are looked up in it. */
  readonly out: string;
  /** Names of formats besides the record, which is always written. */
  readonly formats: readonly string[];
  readonly formatOptions?: Partial<FormatOptions>;
  readonly knowledge?: string;
  /** A merged run, or `none`; the last merged run of the same vantages when absent. */
  readonly baseline?: string;
  /** Ends the merge: nothing is left behind. */
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
  readonly now?: () => Date;
}

/** A finished run that is merged with others. */
export interface Source {
  readonly folder: string;
  readonly info: RunInfo;
  readonly state: JournalState;
  /** SHA-256 (hex) of its `SHA256SUMS`. */
  readonly digest: string;
}

/**
 * Judges the journals of finished runs together and writes one record into a run folder of its own. The sources stay as they are.
 *
 * @param runs run folders, or names or ids of runs in `out`
 * @throws UserMistake when one is unfinished, was changed, comes from a newer leftopen, or does not go with the others
 */
export async function merge(runs: readonly string[], options: MergeOptions): Promise<AuditResult> {
  const chosen = chosenFormats(options.formats);
  const knowledge = await loadKnowledge(options.knowledge);
  const now = (options.now ?? (() => new Date()))();
  const sources = await sourcesNamed(runs, options.out);
  const [first] = sources;
  if (first === undefined) throw new UserMistake(messages().runs.merge.nothing);
  const info = mergedInfo(sources, knowledge, now);
  const parent = engagementFolder(resolve(options.out), info.engagement.id);
  const baseline = await findBaseline(options.baseline, parent, info, null);
  const folder = await makeTimedFolder(parent, now, '-merged');
  const sorting = join(folder, '.sorting');
  options.onEvent?.({
    kind: 'judging',
    endpoints: sources.reduce((sum, { state }) => sum + state.endpointLines, 0),
  });
  try {
    await mkdir(sorting, { mode: 0o700 });
    const sorter = sortersIn(sorting);
    const history = { baseline, absent: await absentFrom(sources) };
    const stop = (): boolean => options.signal?.aborted === true;
    const record = await withMerged(sources, info, { knowledge, history, sorter, stop }, (judged) =>
      writeJudged(judged, {
        ...{ folder, chosen, sorter, sorting, known: [] },
        formatOptions: { ...formatDefaults, ...options.formatOptions },
      }),
    );
    await indexEngagement(parent);
    return resultOf(folder, record.files, record.head, exitCodeOf(record, options));
  } catch (error) {
    // Half a merge is of no use: the sources are still there.
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

async function sourcesNamed(runs: readonly string[], out: string): Promise<readonly Source[]> {
  const found: { readonly folder: string; readonly info: RunInfo }[] = [];
  for (const run of runs) found.push(await findRun(out, run));
  mustGoTogether(found);
  const sources: Source[] = [];
  for (const one of found) sources.push(await openSource(one));
  return sources.sort(
    (a, b) =>
      exposures.indexOf(a.info.vantage.exposure) - exposures.indexOf(b.info.vantage.exposure) ||
      compare(a.info.vantage.name, b.info.vantage.name) ||
      partOf(a.info) - partOf(b.info),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function partOf({ shard }: RunInfo): number {
  return shard === undefined ? 0 : shardParts(shard).number;
}

/** Holds each run against those named before it. */
function mustGoTogether(found: readonly { readonly folder: string; readonly info: RunInfo }[]): void {
  const words = messages().runs.merge;
  for (const [index, { folder, info }] of found.entries()) {
    if (info.sources !== undefined) throw new UserMistake(words.merged(folder));
    if (info.onlyOwner !== undefined || basename(dirname(resolve(folder))) === runFiles.rejudged)
      throw new UserMistake(words.part(folder));
    if (basename(dirname(resolve(folder))) === runFiles.retests) throw new UserMistake(words.retest(folder));
    if (!info.finished) throw new UserMistake(words.unfinished(folder));
    for (const other of found.slice(0, index)) mustGoWith({ folder, info }, other);
  }
  const [only] = found;
  if (found.length === 1 && only?.info.shard === undefined) throw new UserMistake(words.onlyOne(only?.folder ?? ''));
}

function mustGoWith(
  { folder, info }: { readonly folder: string; readonly info: RunInfo },
  other: { readonly folder: string; readonly info: RunInfo },
): void {
  const words = messages().runs.merge;
  if (info.id === other.info.id)
    throw new UserMistake(folder === other.folder ? words.twice(folder) : words.same(other.folder, folder));
  if (info.engagement.id !== other.info.engagement.id)
    throw new UserMistake(words.otherEngagement(other.folder, other.info.engagement.id, folder, info.engagement.id));
  if (JSON.stringify(info.checks ?? null) !== JSON.stringify(other.info.checks ?? null))
    throw new UserMistake(words.otherChecks(other.folder, folder));
  if (info.vantage.name !== other.info.vantage.name) return;
  if (info.vantage.exposure !== other.info.vantage.exposure)
    throw new UserMistake(
      words.otherExposure(
        info.vantage.name,
        { exposure: other.info.vantage.exposure, folder: other.folder },
        { exposure: info.vantage.exposure, folder },
      ),
    );
  if (info.shard === undefined || other.info.shard === undefined || info.shard === other.info.shard)
    throw new UserMistake(words.sameHosts(other.folder, other.info, folder, info));
  if (shardParts(info.shard).of !== shardParts(other.info.shard).of)
    throw new UserMistake(words.otherDivision(other.folder, other.info.shard, folder, info.shard));
}

/**
 * The runs that a merged one was made from, where they still are next to it.
 *
 * @throws UserMistake naming one that is missing, or is not as it was
 */
export async function sourcesOf(parent: string, named: readonly RunSource[]): Promise<readonly Source[]> {
  const found = new Map<string, { readonly folder: string; readonly info: RunInfo }>();
  for (const folder of await listRuns(parent)) {
    const info = await readRunInfo(folder).catch(() => null);
    if (info !== null) found.set(info.id, { folder, info });
  }
  const sources: Source[] = [];
  const words = messages().runs.merge;
  for (const { run, digest } of named) {
    const one = found.get(run);
    const source = one === undefined ? null : await openSource(one);
    if (source === null || source.digest !== digest)
      throw new UserMistake(source === null ? words.sourceGone(run, parent) : words.sourceChanged(run));
    sources.push(source);
  }
  return sources;
}

/** Makes sure that the run is as it was written, and can be read. */
async function openSource({ folder, info }: { readonly folder: string; readonly info: RunInfo }): Promise<Source> {
  await findingsRun(join(folder, 'findings.json')).catch((error: unknown) => {
    if (error instanceof UserMistake) throw error;
  });
  const state = await scanJournal(join(folder, runFiles.journal));
  if (state.header === null) throw new UserMistake(messages().files.journal.unreadable(folder));
  await matchSums(folder, (names) => names, 'otherSource');
  await checkHistory(join(folder, runFiles.history));
  return { folder, info, state, digest: await hashFile(join(folder, runFiles.sums)) };
}

/** The merged vantage: its sources' names, and how near to the public the nearest of them is. */
function mergedVantage(sources: readonly Source[]): Vantage {
  const [first] = sources;
  if (first === undefined) throw new Error('a merge of nothing');
  const names = [...new Set(sources.map(({ info }) => info.vantage.name))];
  const { exposure, egress } = first.info.vantage;
  return { name: listed(names), exposure, egress: names.length === 1 ? egress : null };
}

function mergedInfo(sources: readonly Source[], knowledge: Knowledge, now: Date): RunInfo {
  const infos = sources.map(({ info }) => info);
  const newest = infos.reduce((a, b) => (b.startedAt > a.startedAt ? b : a));
  const vantage = mergedVantage(sources);
  const plans = [...new Set(infos.map(({ planDigest }) => planDigest))].sort();
  const sum = (of: (info: RunInfo) => number): number => infos.reduce((total, info) => total + of(info), 0);
  const all = <Item>(of: (info: RunInfo) => readonly Item[]): readonly Item[] => [...new Set(infos.flatMap(of))];
  const names = all(({ declared }) => declared.names);
  const namesTotal = Math.max(names.length, ...infos.map(({ declared }) => declared.namesTotal ?? 0));
  const language = languageId(newest.language);
  return {
    id: `leftopen-${now.toISOString().replace(/[-:]|\.\d+/g, '')}-${randomBytes(4).toString('hex')}`,
    tool: { name: 'leftopen', version: toolVersion },
    language,
    catalogue: catalogueVersion,
    knowledge: knowledgeName(knowledge),
    engagement: { ...newest.engagement, vantage },
    vantage,
    sources: sources.map(sourceOf),
    startedAt: infos.map(({ startedAt }) => startedAt).reduce((a, b) => (b < a ? b : a)),
    endedAt: infos.map(({ endedAt, startedAt }) => endedAt ?? startedAt).reduce((a, b) => (b > a ? b : a)),
    finished: true,
    gaps: gapsOf(sources, language),
    ...(infos.every(({ onlyTargets }) => onlyTargets !== undefined) && {
      onlyTargets: all(({ onlyTargets = [] }) => onlyTargets),
    }),
    checks: newest.checks ?? null,
    controls: infos.flatMap(({ controls = [] }) => controls),
    ...(newest.accepted !== undefined && { accepted: newest.accepted }),
    planDigest: plans.length === 1 ? (plans[0] ?? '') : sha256(plans.join('\n')),
    ledgerSha256: null,
    userAgent: [...new Set(infos.map(({ userAgent }) => userAgent))].join('; '),
    requests: sum(({ requests }) => requests),
    connections: sum(({ connections }) => connections),
    bytes: sum(({ bytes }) => bytes),
    declared: {
      ...newest.declared,
      scopeInclude: all(({ declared }) => declared.scopeInclude),
      scopeExclude: all(({ declared }) => declared.scopeExclude),
      targets: Math.max(...infos.map(({ declared }) => declared.targets)),
      names: names.slice(0, 1_000),
      ...(namesTotal > 1_000 && { namesTotal }),
      ports: all(({ declared }) => declared.ports),
      paths: all(({ declared }) => declared.paths),
    },
  };
}

function sourceOf({ info, digest }: Source): RunSource {
  const { id, vantage, shard, startedAt, endedAt, tool, requests, ledgerSha256 } = info;
  return {
    ...{ run: id, vantage, ...(shard !== undefined && { shard }), startedAt, endedAt, tool: tool.version, requests },
    ...{ digest, ledgerSha256 },
  };
}

/** What is missing: what each source lacks, shards that are not among them, and shards of different plans. */
function gapsOf(sources: readonly Source[], language: string): readonly string[] {
  const words = languageOf(language).report.runGaps;
  const gaps = sources.flatMap(({ info }) => info.gaps.map((gap) => words.ofSource(seriesName(info), gap)));
  const vantages = new Map<string, RunInfo[]>();
  for (const { info } of sources) vantages.set(info.vantage.name, [...(vantages.get(info.vantage.name) ?? []), info]);
  for (const [vantage, infos] of vantages) {
    const shards = infos.flatMap(({ shard }) => (shard === undefined ? [] : [shardParts(shard)]));
    const { of = 0 } = shards[0] ?? {};
    const missing = Array.from({ length: of }, (_, i) => i + 1).filter((one) =>
      shards.every(({ number }) => number !== one),
    );
    if (missing.length > 0)
      gaps.push(
        words.shardsMissing(
          missing.map((one) => `${one}/${of}`),
          vantage,
        ),
      );
    if (new Set(infos.map(({ planDigest }) => planDigest)).size > 1) gaps.push(words.differentPlans(vantage));
  }
  return gaps;
}

/** Places that a source no longer had declared are withdrawn. */
export async function absentFrom(sources: readonly Source[]): Promise<History['absent']> {
  const withdrawn = new Set<string>();
  for (const { folder } of sources)
    for (const place of await withdrawnIn(join(folder, runFiles.history))) withdrawn.add(place);
  return (place) => (withdrawn.has(place) ? 'withdrawn' : 'not-asked');
}

interface MergedOptions {
  readonly knowledge: Knowledge;
  readonly mask?: NameMask;
  readonly history: Omit<History, 'sightings'>;
  readonly sorter: SorterFactory;
  readonly stop?: () => boolean;
}

/** Judges the sources together, and hands the judgement to `use` for as long as that takes. */
export async function withMerged<T>(
  sources: readonly Source[],
  info: RunInfo,
  { knowledge, mask, history, sorter, stop }: MergedOptions,
  use: (judged: Judged) => Promise<T>,
): Promise<T> {
  const checks = info.checks ?? null;
  const stoppable = stoppableBy(stop);
  const sightings = sightingsOf(sources.map((source) => source.info));
  const comparison = compareRun({ ...history, sightings }, info, checks, {
    knowledge,
    sorter,
    ...(mask !== undefined && { mask }),
  });
  const before = await contentsBefore(history.baseline);
  const judgement = await judgeSeveral(
    sources.map((source) => ({
      records: stoppable(provable(readRecords(join(source.folder, runFiles.journal), source.state))),
      context: contextIn(source, sources, info, knowledge, { before, mask }),
    })),
    { sorter, historian: comparison.historian, ...(checks !== null && { checks }) },
  );
  try {
    const { summary, problems, problemsTotal } = judgement;
    const bugs = summary.bugs > 0 ? [languageOf(info.language).report.runGaps.bugs(summary.bugs)] : [];
    return await use({
      head: {
        run: { ...info, gaps: [...info.gaps, ...bugs], namesMasked: mask !== undefined },
        ...{ summary, problems, problemsTotal },
        severityTable: severityTable(undefined, seenFromSeveral(info)),
        changes: comparison.changes(),
        ...acceptancesOf(comparison),
      },
      interrupted: false,
      findings: () => stoppable(judgement.findings()),
      endpoints: () => stoppable(judgement.endpoints()),
      lines: {
        findings: () => stoppable(judgement.lines.findings()),
        endpoints: () => stoppable(judgement.lines.endpoints()),
      },
      places: () => stoppable(comparison.places()),
      close: () => judgement.close(),
    });
  } finally {
    judgement.close();
  }
}

/** Each source is judged under its own time, vantage and targets; what is accepted is what the newest one accepts. */
function contextIn(
  { info, state }: Source,
  sources: readonly Source[],
  merged: RunInfo,
  knowledge: Knowledge,
  { before, mask }: { readonly before: JudgeContext['before']; readonly mask: NameMask | undefined },
): JudgeContext {
  const { exposure, name } = info.vantage;
  const severalVantages = new Set(sources.map((source) => source.info.vantage.name)).size > 1;
  const context = contextOf(
    { ...info, accepted: merged.accepted ?? [], language: merged.language ?? 'en' },
    state.header?.targets ?? [],
    knowledge,
    mask,
    before === undefined || !severalVantages
      ? before
      : (endpoint) => before({ ...endpoint, address: addressFrom(endpoint.address, name) }),
  );
  const isOutermost = exposures.indexOf(merged.vantage.exposure) === exposures.indexOf(exposure);
  return { ...context, isMerged: true, ...(!isOutermost && { alsoFromOutside: true }) };
}

/** Whether its sources tested from several places: its severity table then does not say what one of them did not test. */
function seenFromSeveral({ sources = [] }: RunInfo): boolean {
  return new Set(sources.map(({ vantage }) => vantage.exposure)).size > 1;
}
