// Makes an audit: asks, judges and writes the record.
import { messages } from '../messages/index.js';
import { noFindings } from '../model/severity.js';
import { rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { dirname, join, resolve } from 'node:path';
import type { Declaration } from '../engagement/index.js';
import { tallyChanges } from '../history/changes.js';
import { readHistory } from '../history/file.js';
import type { PastPlace } from '../model/history.js';
import { severityTable, nameMask } from '../judge/index.js';
import type { RunEvent } from '../model/event.js';
import { noRungs, noStates } from '../model/endpoint.js';
import type { EndpointRecord } from '../model/exchange.js';
import type { QuestionId } from '../model/question.js';
import type { EndpointSummary, Finding, ReportHead, RunInfo, Summary } from '../model/finding.js';
import { formatDefaults } from '../report/index.js';
import type { FormatOptions } from '../report/index.js';
import { languageInUse, languageId } from '../languages/index.js';
import type { Pacing } from './pacing.js';
import { criticalHook } from './critical.js';
import { engagementFolder, makeTimedFolder, readRunInfo, runFiles } from '../store/folder.js';
import { readRecords } from '../store/journal-state.js';
import { damageText } from '../store/journal.js';
import type { Ending } from '../store/journal.js';
import { knowledgeName, loadKnowledge } from './knowledge.js';
import { errorText, storageFailure, UserMistake } from '../store/mistake.js';
import { checkPlanLock } from '../plan/lock.js';
import { acceptEarly } from './accept-early.js';
import { previewRun, findingsNotAlerted } from './preview.js';
import { chosenFormats, livePassIn, exitCodeOf, judgeOnly, knownChecks, PassStopped, writeRecord } from './record.js';
import { isEndpointSummary, isFinding, readJsonLines } from './record-files.js';
import type { RecordOptions, Thresholds } from './record.js';
import { contentsBefore, findBaseline, withdrawnIn } from './baseline.js';
import { contextOf } from './judging.js';
import { indexEngagement } from './overview.js';
import type { History } from './historian.js';
import { shardOf, startRun, unfinishedRun } from './start.js';
import { workerFile, workersOf } from './workers.js';
import { withoutSecrets } from '../plan/targets.js';
import { toolVersion } from '../plan/tool.js';

/** How an audit is made. */
export interface AuditOptions extends Thresholds {
  /** The folder that holds runs; made when it is missing. */
  readonly out: string;
  /** Names of formats besides the record, which is always written. */
  readonly formats: readonly string[];
  /** What the user chose about formats; {@link formatDefaults} otherwise. */
  readonly formatOptions?: Partial<FormatOptions>;
  /** Ids of the checks to run; all when absent. */
  readonly checks?: readonly string[];
  /** A file with the bundle of knowledge to judge with; the one that the package ships when absent. */
  readonly knowledge?: string;
  /** Replace names of indices, patterns and clusters by pseudonyms in the record and its reports; the journal keeps them. */
  readonly maskNames?: boolean;
  /**
   * What the run is compared with: a run folder or its name, a `history.jsonl`, or `none`. When absent, the last finished run of
   * the same engagement, vantage and shard in `out`.
   */
  readonly baseline?: string;
  /** Go on with the last unfinished run of this engagement, vantage and shard. */
  readonly resume?: boolean;
  /** A file of `leftopen plan --lock`; any difference is refused. */
  readonly planLock?: string;
  /** A command line that gets each endpoint's first critical finding, as JSON on its standard input, at once. */
  readonly onCritical?: string;
  /** Ends the run within two seconds: it writes what is known and can be resumed. */
  readonly signal: AbortSignal;
  /** Called while the run goes on; must not throw. */
  readonly onEvent?: (event: RunEvent) => void;
  /** The clock: for tests. */
  readonly now?: () => Date;
  /** Other waits than usual: for tests and the embedded estate. */
  readonly pacing?: Partial<Pacing>;
  /**
   * Threads in which endpoints are asked and judged, this one among them. When absent, as many as pay on this machine
   * (see workersThatPay), and 1 with a clock of one's own, which other threads could not see.
   */
  readonly workers?: number;
  /** Another file for a worker: for tests. */
  readonly workerFile?: URL;
}

/** How an audit ended. */
export interface AuditResult {
  /** The run folder, or the folder in its `rejudged/`. */
  readonly folder: string;
  /** Names of the reports in it; empty when none could be written. */
  readonly files: readonly string[];
  readonly head: ReportHead;
  readonly exitCode: 0 | 1 | 3 | 130;
  /** In rank order, read from the record. */
  findings(): AsyncIterable<Finding>;
  /** Worst first, read from the record. */
  endpoints(): AsyncIterable<EndpointSummary>;
  /** What it carries forward, read from the record; the findings that it does not have among them. */
  history(): AsyncIterable<PastPlace>;
}

/** An interrupted run's report must be written within this many milliseconds; else the journal alone is kept. */
const reportWithin = 1_200;

/** A command of --on-critical that still runs at the end is waited for so many milliseconds. */
const hookWait = 10_000;

/**
 * Makes an audit: asks what is declared, journals the answers, judges the journal, writes the record and the
 * reports into a new run folder.
 *
 * @throws UserMistake for what the user must put right first; nothing was sent then
 */
export function audit(declaration: Declaration, options: AuditOptions): Promise<AuditResult> {
  return auditNarrowed(declaration, options, null);
}

/** What narrows an audit to a part of what is declared. */
export interface Narrowing {
  /** The folder to make the run folder in: the run does not count as a night of the engagement. */
  readonly within: string;
  /** Whether a question besides the verdict is wanted. */
  readonly wanted: (question: QuestionId) => boolean;
}

/** {@link audit}, or a part of it. */
export async function auditNarrowed(
  declared: Declaration,
  options: AuditOptions,
  narrowing: Narrowing | null,
): Promise<AuditResult> {
  chosenFormats(options.formats);
  if (options.checks !== undefined) knownChecks(options.checks);
  // A part of a plan is not the plan: the caller that narrows it holds the declaration against the lock.
  if (options.planLock !== undefined && narrowing === null) await checkPlanLock(declared, options.planLock);
  const declaration = withoutSecrets(declared);
  const knowledge = await loadKnowledge(options.knowledge);
  const maskSecret = options.maskNames === true ? newMaskSecret() : null;
  const mask = maskSecret === null ? {} : { mask: nameMask(maskSecret) };
  const now = options.now ?? (() => new Date());
  const workers = options.now === undefined && narrowing === null ? workersOf(options.workers ?? null, declaration) : 1;
  const opening = declaration.openFor({ targets: [] }, now());
  if (!opening.open) {
    throw new UserMistake(messages().runs.start.windowClosed(opening.opensAt?.toISOString() ?? null));
  }
  const parent = engagementFolder(resolve(options.out), declaration.engagement.id);
  const { engagement } = declaration;
  const emit = options.onEvent ?? ((): void => undefined);
  const altered: string[] = [];
  // A run that goes on is not compared with itself.
  const itself = options.resume === true ? await unfinishedRun(declaration, parent) : null;
  const comparing = {
    engagement,
    vantage: engagement.vantage,
    ...shardOf(declaration),
    // It is still the run of that day, and has the baseline that it would have had then.
    startedAt: itself?.info.startedAt ?? now().toISOString(),
  };
  const baseline = await findBaseline(options.baseline, parent, comparing, itself?.folder ?? null, (text) =>
    altered.push(text),
  );
  const notice = (text: string): void => emit({ kind: 'notice', text });
  const run = await startRun(declaration, {
    out: options.out,
    resume: options.resume ?? false,
    ...(narrowing !== null && { within: narrowing.within }),
    knowledge: knowledgeName(knowledge),
    now: now(),
  });
  try {
    emit({ kind: 'started', runFolder: run.folder, total: declaration.count() });
    const words = messages().runs.notices;
    if (run.leftBehind !== null) {
      notice(words.leftBehind(run.leftBehind));
    }
    for (const damage of run.before?.damage ?? []) notice(words.damaged(damageText(damage)));
    if (run.ledgerDamage !== null) notice(run.ledgerDamage);
    for (const text of declaration.notices) notice(text);
    if (isOdd(declaration)) {
      const { name, exposure } = declaration.engagement.vantage;
      notice(words.loopbackFromOutside(name, exposure));
    }
    for (const text of altered) emit({ kind: 'notice', text, urgent: true });
    const failed: string[] = [];
    let unfinishedCalls = 0;
    let segmentEnded = false;
    const hook =
      options.onCritical === undefined
        ? null
        : criticalHook(options.onCritical, (text) => {
            failed.push(text);
            emit({ kind: 'notice', text, urgent: true });
          });
    const checks = options.checks === undefined ? {} : { checks: options.checks };
    const before = await contentsBefore(baseline);
    const context = contextOf(run.info, declaration.targets, knowledge, mask.mask, before);
    // The lines of an earlier part are in the journal only.
    const history = { baseline, absent: absentFrom(declaration) };
    const judging = { info: run.info, knowledge, history, ...checks, ...mask };
    const pass = run.before === null ? livePassIn(run.folder, context, judging) : null;
    const accept = await acceptEarly(run.info.accepted ?? [], baseline, run.info, options.checks ?? null);
    const preview = previewRun({
      context,
      accept,
      total: declaration.count(),
      doneBefore: run.before?.done.size ?? 0,
      ...checks,
      emit,
      pass,
      onCritical: raise,
    });
    function raise(finding: Finding, { ordinal, endpoint: { address } }: EndpointRecord): void {
      if (hook === null) return;
      // A disk that refuses the mark must not keep the alarm from being raised.
      hook.call(finding, () => noteRaised(ordinal, address));
      run.segment.mark({ mark: 'critical', ordinal, address, check: finding.check });
    }
    /** Without this mark a resumed run raises the alarm once more, which harms less than raising it never. */
    function noteRaised(ordinal: number, address: string | null): void {
      if (segmentEnded) return;
      try {
        run.segment.mark({ mark: 'raised', ordinal, address });
      } catch (error) {
        if (storageFailure(error) === null) throw error;
      }
    }
    if (hook !== null && run.before !== null) {
      const earlier = readRecords(join(run.folder, runFiles.journal), run.before);
      for await (const { finding, record } of findingsNotAlerted(earlier, run.before.raised, context, checks, accept))
        raise(finding, record);
    }
    const unwritten: EndpointRecord[] = [];
    let ending: Ending;
    try {
      // Loaded late: judging an old journal needs no client.
      const { askEverything } = await import('./asking.js');
      ending = await askEverything({
        declaration,
        journalFolder: join(run.folder, runFiles.journal),
        segment: run.segment,
        ledger: run.ledger,
        lastNumbers: run.lastNumbers,
        killedRequests: run.killedRequests,
        before: run.before,
        userAgent: run.info.userAgent,
        opaqueId: run.info.id,
        signal: options.signal,
        now,
        pacing: options.pacing ?? {},
        ...(narrowing !== null && { wanted: narrowing.wanted }),
        workers:
          workers === 1
            ? null
            : {
                count: workers,
                file: options.workerFile ?? workerFile,
                judging: {
                  info: run.info,
                  targets: declaration.targets,
                  knowledge,
                  maskSecret,
                  checks: options.checks ?? null,
                },
                before,
              },
        onRecord: (record, replaced, judged) => preview.onRecord(record, replaced, judged),
        onUnwritten: (record) => unwritten.push(record),
        onNotice: notice,
      });
    } finally {
      run.ledger.close();
      preview.end();
      // Before the record is written, so that it can say which alarm was not raised.
      unfinishedCalls = (await hook?.settle(options.signal.aborted ? 100 : hookWait)) ?? 0;
      segmentEnded = true;
      run.segment.end();
    }
    const told = [...altered, ...failed];
    if (unfinishedCalls > 0) failed.push(languageInUse().report.runGaps.onCritical.notEnded(unfinishedCalls));
    ending = { ...ending, gaps: [...ending.gaps, ...altered, ...alarmGaps(failed)] };
    for (const gap of ending.gaps) if (!told.includes(gap)) emit({ kind: 'notice', text: gap, gap: true });
    const result = await reportRun({
      runFolder: run.folder,
      folder: run.folder,
      ...judging,
      formats: options.formats,
      formatOptions: { ...formatDefaults, ...options.formatOptions },
      live: { ...run, ending, unwritten },
      ...(pass !== null && { pass }),
      ...thresholdsOf(options),
      signal: options.signal,
      emit,
    });
    if (narrowing === null && result.files.length > 0) await indexed(parent, notice);
    return result;
  } finally {
    run.segment.close();
    await run.lock.release();
  }
}

/** Writes the index page of the engagement anew. What keeps it from being written must not cost the run its result. */
async function indexed(parent: string, notice: (text: string) => void): Promise<void> {
  try {
    await indexEngagement(parent);
  } catch (error) {
    const why = storageFailure(error) ?? errorText(error);
    notice(messages().runs.notices.noIndexPage(join(parent, 'index.html'), why));
  }
}

/** What the targets file says of a place that has no endpoint in the run. */
function absentFrom(declaration: Declaration): History['absent'] {
  return (place) => {
    const [host = '', port, basePath = ''] = place.split('|');
    return declaration.declares({ host, port: Number(port), basePath }) ? 'not-asked' : 'withdrawn';
  };
}

function thresholdsOf({ failOn, failOnNew, newKnowledge }: Thresholds): Thresholds {
  return {
    ...(failOn === undefined ? {} : { failOn }),
    ...(failOnNew === undefined ? {} : { failOnNew }),
    ...(newKnowledge === undefined ? {} : { newKnowledge }),
  };
}

/** Calls of --on-critical that failed and are named in the record. */
const failuresNamed = 3;

function alarmGaps(failed: readonly string[]): readonly string[] {
  const more = failed.length - failuresNamed;
  return [
    ...failed.slice(0, failuresNamed),
    ...(more > 0 ? [languageInUse().report.runGaps.onCritical.failedMore(more)] : []),
  ];
}

/** Is loopback said to be looked at from outside? An engagement with a client knows why (the embedded estate does so). */
function isOdd({ engagement, declared }: Declaration): boolean {
  const { vantage, client } = engagement;
  const outside = vantage.exposure === 'internet' || vantage.exposure === 'partner';
  const local = /^(127\.[\d./-]+|\[?::1\]?(\/128)?|([^/]*\.)?localhost)$/;
  return outside && client === null && declared.names.length > 0 && declared.names.every((name) => local.test(name));
}

/**
 * Judges the journal of an earlier run again: with today's checks and knowledge, under the run's own time and vantage.
 * Written next to the original, into `rejudged/<UTC time>/`; the original is not touched, the network neither.
 *
 * @param runFolder a run folder; its run may be unfinished, but must not be running
 * @throws UserMistake when it is not a run folder
 */
export async function rejudge(
  runFolder: string,
  options: Thresholds &
    Pick<
      AuditOptions,
      'formats' | 'formatOptions' | 'checks' | 'knowledge' | 'maskNames' | 'baseline' | 'onEvent' | 'now'
    > & {
      readonly signal?: AbortSignal;
    },
): Promise<AuditResult> {
  chosenFormats(options.formats);
  if (options.checks !== undefined) knownChecks(options.checks);
  const knowledge = await loadKnowledge(options.knowledge);
  const info = await readRunInfo(runFolder);
  if (info === null) {
    throw new UserMistake(messages().runs.find.notARunFolder(runFolder, runFiles.info));
  }
  if (info.sources !== undefined) throw new UserMistake(messages().runs.find.mergedWithoutJournal(runFolder));
  const baseline = await findBaseline(options.baseline, dirname(resolve(runFolder)), info, runFolder);
  const withdrawn = await withdrawnIn(join(runFolder, runFiles.history));
  const folder = await makeTimedFolder(join(runFolder, runFiles.rejudged), (options.now ?? (() => new Date()))());
  const judged = reportRun({
    runFolder,
    folder,
    info: {
      ...info,
      language: languageId(info.language),
      tool: { name: 'leftopen', version: toolVersion },
      knowledge: knowledgeName(knowledge),
    },
    knowledge,
    formats: options.formats,
    formatOptions: { ...formatDefaults, ...options.formatOptions },
    ...(options.checks === undefined ? {} : { checks: options.checks }),
    ...(options.maskNames === true && { mask: nameMask(newMaskSecret()) }),
    history: { baseline, absent: (place) => (withdrawn.has(place) ? 'withdrawn' : 'not-asked') },
    ...thresholdsOf(options),
    signal: options.signal ?? new AbortController().signal,
    emit: options.onEvent ?? ((): void => undefined),
  });
  return judged.catch(async (error: unknown): Promise<never> => {
    // Of a damaged journal nothing is left behind.
    if (error instanceof UserMistake) await rm(folder, { recursive: true, force: true });
    throw error;
  });
}

/** Each output has a mask of its own: its secret is not written anywhere, so that trying names does not reveal what was masked. */
function newMaskSecret(): string {
  return randomBytes(32).toString('hex');
}

interface ReportRunOptions extends Omit<RecordOptions, 'stop' | 'onBegin'>, Thresholds {
  readonly signal: AbortSignal;
  readonly emit: (event: RunEvent) => void;
}

/** Runs the judging pass; a full disk or a second interruption leaves the journal, from which it can be run again. */
async function reportRun(options: ReportRunOptions): Promise<AuditResult> {
  const { folder, signal, emit } = options;
  let abortedAt = signal.aborted ? performance.now() : Infinity;
  const onAbort = (): void => {
    abortedAt = performance.now();
  };
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    const record = await writeRecord({
      ...options,
      onBegin: (endpoints) => emit({ kind: 'judging', endpoints }),
      stop: () => performance.now() - abortedAt > reportWithin,
    });
    // A rejudged record of an interrupted run was not itself interrupted.
    const interrupted = record.interrupted && options.live !== undefined;
    return resultOf(folder, record.files, record.head, exitCodeOf({ ...record, interrupted }, options));
  } catch (error) {
    if (error instanceof PassStopped) return stoppedEarly(options);
    // A deleted journal is not a mistake in the input: something was sent.
    if (error instanceof UserMistake && options.live === undefined) throw error;
    const why = error instanceof UserMistake ? error.message : storageFailure(error);
    if (why === null) throw error;
    return await unwrittenResult(options, why);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** The result of a run whose report there was no time for. */
function stoppedEarly({ folder, runFolder, info, live, emit }: ReportRunOptions): AuditResult {
  const gap = languageInUse().report.runGaps.reportInterrupted(runFolder);
  emit({ kind: 'notice', text: gap, gap: true });
  const run = { ...info, gaps: [...(live?.ending.gaps ?? []), gap] };
  const changes = tallyChanges().result(null);
  const head = { run, summary: nothingJudged, problems: [], problemsTotal: 0, severityTable: severityTable(), changes };
  return resultOf(folder, [], head, 130);
}

/** The result of a run whose reports the disk refused: what was found is still shown and decides the exit code. */
async function unwrittenResult(options: ReportRunOptions, why: string): Promise<AuditResult> {
  const { folder, runFolder, emit } = options;
  const gap = languageInUse().report.runGaps.reportNotWritten(
    why,
    options.live?.segment.isInPlace() === false ? null : runFolder,
  );
  emit({ kind: 'notice', text: gap, gap: true });
  const judged = await judgeOnly(options);
  const run: RunInfo = { ...judged.head.run, finished: false, gaps: [...judged.head.run.gaps, gap] };
  const record = { ...judged, head: { ...judged.head, run } };
  const interrupted = record.interrupted && options.live !== undefined;
  return {
    ...resultOf(folder, [], record.head, exitCodeOf({ ...record, interrupted }, options)),
    findings: () => streamed(record.findings),
    endpoints: () => streamed(record.endpoints),
  };
}

const nothingJudged: Summary = {
  endpoints: 0,
  states: noStates(),
  rungs: noRungs(),
  findings: noFindings(),
  accepted: 0,
  problems: 0,
  verdicts: { fail: 0, pass: 0, 'not-applicable': 0, undetermined: 0 },
  bugs: 0,
  notAsked: { window: 0, blackout: 0, blackoutOwners: [] },
};

/** A result whose streams read the record that was written; empty where none was. */
export function resultOf(
  folder: string,
  files: readonly string[],
  head: ReportHead,
  exitCode: AuditResult['exitCode'],
): AuditResult {
  return {
    folder,
    files,
    head,
    exitCode,
    findings: () => (files.length === 0 ? streamed([]) : readJsonLines(join(folder, runFiles.findings), isFinding)),
    endpoints: () =>
      files.length === 0 ? streamed([]) : readJsonLines(join(folder, runFiles.endpoints), isEndpointSummary),
    history: () => (files.length === 0 ? streamed([]) : readHistory(join(folder, runFiles.history))),
  };
}

async function* streamed<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
