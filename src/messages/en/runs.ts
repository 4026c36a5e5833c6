// What audits, comparisons and merges say in English while they work, and what is wrong with the runs that they are given.
import type { Exposure } from '../../model/engagement.js';
import { failures, type FailureName } from '../../model/exchange.js';
import { seriesName } from '../../model/series.js';
import { meantBy, nothingSent, type Series } from './words.js';

/** `exposure`: one of {@link Exposure}, or what a record of another version has. */
export interface Vantage {
  readonly name: string;
  readonly exposure: string;
}

function from({ name, exposure }: Vantage): string {
  return `${name} (${exposure})`;
}

/** The parts of a plan that a lock holds. */
const planParts = {
  targets: 'the targets',
  scope: 'the scope',
  window: 'the window',
  techniques: 'the techniques',
  limits: 'the limits',
  client: 'the client',
  authorisedBy: 'who authorised it',
  authorisation: 'the authorisation',
  contacts: 'the contacts',
  vantage: 'the vantage or its egress address',
  tls: 'the authorities or the client certificate',
  declaration: 'hosts, ports, paths, lists, owners or the selection of targets',
  catalogue: "leftopen's catalogue of questions",
};

type PlanPart = keyof typeof planParts;

function partsNamed(parts: readonly PlanPart[], between: string): string {
  return parts.map((part) => planParts[part]).join(between);
}

function amongKnown(meant: readonly string[], known: readonly string[]): string {
  const all = `there are ${known.join(', ')}`;
  return meant.length === 0 ? all : `${meantBy(meant)} (${all})`;
}

function shardOf(shard: string | null): string {
  return shard === null ? 'all hosts' : `shard ${shard}`;
}

/** Not as the literal texts: another language has its own. */
const failureWords: Readonly<Record<FailureName, string>> = failures;

export const runs = {
  /** Why an exchange failed. */
  failures: failureWords,
  /** Plans and their locks. */
  plan: {
    /** `X-Opaque-Id`, before there is a run. */
    opaqueId: 'leftopen-<UTC time>-<random>, the id of the run',
    /** `why`: what the system says. */
    lockNotWritten: (file: string, why: string): string => `cannot write the plan lock ${file}: ${why}`,
    lockExists: (file: string): string =>
      `${file} exists already, and a lock that was agreed is not written over; name another file, or remove it first`,
    lockNotRead: (file: string, why: string): string => `cannot read the plan lock ${file}: ${why}. ${nothingSent}`,
    notALock: (file: string): string =>
      `${file} is not a plan lock; make one with "leftopen plan TARGETS --lock ${file}". ${nothingSent}`,
    lockChanged: (file: string): string =>
      `${file} was changed after it was written: its digest is not that of its parts; lock the plan again. ${nothingSent}`,
    differs: (file: string, lockedOn: string, parts: readonly PlanPart[]): string =>
      `the plan differs from ${file}, locked on ${lockedOn}: ${partsNamed(parts, ', ')} changed since; undo the change, or have the new plan signed and lock it again. ${nothingSent}`,
  },
  /** Before anything is sent. */
  start: {
    /** `opensAt`: null where it does not open again. */
    windowClosed: (opensAt: string | null): string =>
      `the engagement's window is closed; ${opensAt === null ? 'it does not open again' : `it opens at ${opensAt}`}. ${nothingSent}`,
    otherPlan: (folder: string, parts: readonly PlanPart[]): string =>
      `${folder} cannot be resumed: its plan was another one (${partsNamed(parts, '; ')}); start a new run without --resume, or restore what was changed`,
    /** `other`: an unfinished run of the same vantage, and its shard. */
    nothingToResume: (
      engagement: string,
      run: Series,
      parent: string,
      other: { readonly folder: string; readonly shard: string | null } | null,
    ): string => {
      const none = `there is no unfinished run of ${engagement} from ${seriesName(run)} in ${parent}`;
      if (other === null) return `${none}; run it without --resume`;
      const { folder, shard } = other;
      return `${none}: ${folder} is ${shard === null ? 'of all shards; resume it without --shard' : `shard ${shard}; resume it with --shard ${shard}`}`;
    },
    noThreads: (workers: number): string =>
      `${workers} workers: Node's permission model forbids threads here; add --allow-worker to Node's options, or use --workers 1. ${nothingSent}`,
    excludedNotFound: (name: string): string =>
      `the excluded name ${name} cannot be looked up, so its addresses cannot be left out; exclude its addresses instead, or look to your resolver. ${nothingSent}`,
    /** `why` and `advice`: why a run stopped, in the words of its record. */
    stopped: (why: string, advice: string | null): string =>
      `${why}${advice === null ? '' : `; ${advice}`}. ${nothingSent}`,
    unknownFormat: (name: string, meant: readonly string[], known: readonly string[]): string =>
      `there is no format "${name}"; ${amongKnown(meant, known)}`,
    unknownCheck: (id: string, meant: readonly string[], known: readonly string[]): string =>
      `there is no check "${id}"; ${amongKnown(meant, known)}`,
  },
  /** While it goes on. */
  notices: {
    leftBehind: (folder: string): string =>
      `an unfinished run of the same plan is in ${folder}: --resume would continue it; this is a new run`,
    /** `where`: the damaged place of the journal. */
    damaged: (where: string): string => `the journal is damaged: ${where}; what it held is asked again`,
    loopbackFromOutside: (vantage: string, exposure: Exposure): string =>
      `the vantage ${vantage} is declared as ${exposure}, but only loopback addresses are declared: no one can reach those from elsewhere, so no report may say so`,
    noIndexPage: (path: string, why: string): string => `the index page ${path} could not be written: ${why}`,
    /** `why`: why nothing is concluded from responses. */
    waiting: (why: string): string => `${why}; waiting for it`,
    blind: (why: string, since: string): string =>
      `${why}; nothing more is asked, and answers since ${since} prove nothing`,
    regained: (since: string): string =>
      `answers can be trusted again; what was asked since ${since} is asked once more`,
  },
  /** Why a call of `--on-critical` failed. */
  onCritical: {
    tookTooLong: 'it took too long',
    /** `code`: null where the system gives none. */
    exitCode: (code: number | null): string => `exit code ${code ?? '?'}`,
  },
  /** Which run is meant. */
  find: {
    noFinished: (engagement: string | null, out: string): string =>
      `there is no finished run${engagement === null ? '' : ` of ${engagement}`} in ${out}; name its folder with --run, or where runs are with --out`,
    noSuch: (given: string, out: string): string =>
      `${given} is not a run folder, and no run in ${out} has this name or id; name one such as reports/ID/TIME`,
    several: (given: string, folders: readonly string[]): string =>
      `${given} names ${folders.length} runs: ${folders.join(', ')}; name the folder`,
    /** `file`: the one that it would have. */
    notARunFolder: (folder: string, file: string): string =>
      `${folder} is not a run folder: it has no ${file}; name one such as reports/ID/TIME`,
    noRecordFolder: (folder: string): string =>
      `${folder} is not a run folder; name one, such as reports/ACME-2026/2026-11-23T02-05-30Z`,
    noRecord: (folder: string): string =>
      `${folder} holds no record: the run was killed before it was written; finish it with leftopen audit --resume, or judge what it has with leftopen rejudge`,
    noneIn: (out: string): string => `there is no run in ${out}; name the folder of reports with --out`,
    unfinished: (folder: string): string =>
      `${folder} is not finished; finish it with --resume, or name a finished run with --run`,
    mergedWithoutJournal: (folder: string): string =>
      `${folder} is a merged run, without a journal of its own; merge its sources again with leftopen merge`,
  },
  /** Findings named by the beginning of their fingerprint or id. */
  finding: {
    notAFingerprint: (text: string, least: number): string =>
      `"${text}" is not a fingerprint: write at least its first ${least} hexadecimal digits, as findings.json and the report show them`,
    none: (folder: string, prefix: string): string =>
      `no finding of ${folder} begins with ${prefix}; findings.json and the report show them`,
    several: (prefix: string, total: number, first: readonly string[]): string =>
      `${prefix} begins ${total} fingerprints: ${first.join(', ')}; write more digits`,
  },
  /** The run that another one is compared with. `given`: what `--baseline` names. */
  baseline: {
    noSuch: (given: string): string =>
      `--baseline ${given}: there is no such file or run; name a run folder, its history.jsonl or findings.json, or none`,
    tooOld: (given: string): string =>
      `--baseline ${given} was written by an earlier leftopen whose journal this version cannot read; name a newer run, or none`,
    otherEngagement: (given: string, its: string, ours: string): string =>
      `--baseline ${given} belongs to the engagement ${its}, and this run to ${ours}; name a run of the same engagement, and keep the id of one that is renewed`,
    otherVantage: (given: string, its: Vantage, ours: Vantage): string =>
      `--baseline ${given} was made from ${from(its)}, and this run is made from ${from(ours)}; what two vantages see cannot be compared`,
    /** Shards: null for all hosts. */
    otherShard: (given: string, its: string | null, ours: string | null): string =>
      `--baseline ${given} covers ${shardOf(its)}, and this run ${shardOf(ours)}; name a run of the same shard`,
    /** One of the two was merged. */
    onlyOneMerged: (given: string, itIs: boolean): string =>
      `--baseline ${given} ${itIs ? 'was merged from several runs, and this one was not' : 'asked its endpoints itself, and this run was merged from others'}; merged runs are compared with merged runs`,
    notOlder: (given: string): string =>
      `--baseline ${given} is not older than the run it is compared with; name an earlier run`,
    unfinished: (name: string): string =>
      `${name} is not finished, so what it lacks shows nothing; finish it with --resume, or name a finished run with --baseline`,
    cut: (path: string): string =>
      `${path} was cut: its end is missing; copy it again, or name another run with --baseline`,
    /** `altered`: what is wrong with the last run; `intact`: the folder of an earlier one, null for none. */
    altered: (altered: string, intact: string | null): string =>
      `${altered}${intact === null ? '' : `. ${intact} is as it was written: --baseline ${intact}`}`,
    /** The run is compared with an earlier one instead; `startedAt`: null for none. */
    passedOver: (altered: string, startedAt: string | null): string =>
      `${altered}; ${startedAt === null ? 'no earlier run is as it was written, so every finding counts as new' : `this run is compared with the one of ${startedAt} instead`}`,
    /** A run that was made before seems to have begun later: `of`. `startedAt`: of this run; `than`: of its baseline, null for none. */
    later: (of: string, startedAt: string, than: string | null): string =>
      `a finished run in this folder began at ${of}, and this one at ${startedAt}: one of the clocks is or was wrong, so ${than === null ? 'this run is compared with none' : `this run is compared with the one of ${than}`}, and the times in it may be wrong; set the clock, or move away the run that is in the future`,
    /** It was needed for a report of `runFolder` with pseudonyms. */
    alteredUnder: (altered: string, runFolder: string): string =>
      `${altered}; restore it from a copy: ${runFolder} was compared with it`,
    none: '--baseline none leaves nothing to compare with; name an earlier run',
    noEarlier: (engagement: string, run: Series, folder: string): string =>
      `there is no earlier finished run of ${engagement} from ${seriesName(run)} to compare ${folder} with; name one with --baseline`,
  },
  /** Runs that are merged. `other` and `folder`: two of those named. */
  merge: {
    nothing: 'name the runs to merge',
    merged: (folder: string): string =>
      `${folder} is itself a merged run; name the runs that it was made from, and the others`,
    part: (folder: string): string =>
      `${folder} is a part of a run, without its responses; name the run folder above it`,
    retest: (folder: string): string => `${folder} is a retest, which asks a part of the endpoints; name complete runs`,
    unfinished: (folder: string): string =>
      `${folder} is not finished; finish it with --resume, or name a finished run`,
    onlyOne: (folder: string): string =>
      `${folder} is the only run named; name runs from other vantages to merge it with`,
    twice: (folder: string): string => `${folder} is named twice; name each run once`,
    same: (other: string, folder: string): string => `${other} and ${folder} are the same run; name it once`,
    otherEngagement: (other: string, itsEngagement: string, folder: string, engagement: string): string =>
      `${other} belongs to the engagement ${itsEngagement}, and ${folder} to ${engagement}; name runs of one engagement`,
    otherChecks: (other: string, folder: string): string =>
      `${other} and ${folder} were judged with other checks (--check); judge one of them again with leftopen rejudge, or name runs with the same checks`,
    otherExposure: (
      vantage: string,
      other: { readonly exposure: Exposure; readonly folder: string },
      { exposure, folder }: { readonly exposure: Exposure; readonly folder: string },
    ): string =>
      `${vantage} is ${other.exposure} in ${other.folder}, and ${exposure} in ${folder}; give each vantage a name of its own`,
    sameHosts: (other: string, itsRun: Series, folder: string, run: Series): string =>
      `${other} (${seriesName(itsRun)}) and ${folder} (${seriesName(run)}) cover the same hosts from one vantage; name one of them`,
    otherDivision: (other: string, itsShard: string, folder: string, shard: string): string =>
      `${other} is shard ${itsShard}, and ${folder} is shard ${shard}; name shards of one division`,
    sourceGone: (run: string, parent: string): string =>
      `the run ${run} that this one was merged from is not in ${parent}; its responses are needed: restore it from a copy`,
    sourceChanged: (run: string): string =>
      `the run ${run} that this one was merged from is not as it was then; its responses are needed: restore it from a copy`,
  },
  /** Retests. */
  retest: {
    noFindings: (folder: string): string => `${folder} has no findings to look at again`,
    notDeclared: (file: string): string =>
      `${file} declares none of the endpoints that these findings are about; name the file that does. ${nothingSent}`,
    merged: (folder: string, sources: readonly string[]): string =>
      `${folder} is a merged run; retest one of the runs that it was made from: ${sources.join(', ')}`,
    otherEngagement: (folder: string, its: string, file: string, ours: string): string =>
      `${folder} belongs to the engagement ${its}, and ${file} to ${ours}; name a run of the same engagement`,
    otherVantage: (folder: string, its: Vantage, ours: Vantage): string =>
      `${folder} was made from ${from(its)}, and this would be made from ${from(ours)}; what two vantages see cannot be compared: choose one with --vantage`,
  },
  /** Reports of a run that was made. */
  report: {
    noJournal: (folder: string): string =>
      `${folder} has no journal: a redacted report is made from the responses of a run, so name its run folder`,
    noOwners: 'no endpoint of this run has an owner: declare owners in the targets file',
    /** `more`: how many owners there are besides the first. */
    otherOwners: (given: string, first: readonly string[], more: number): string =>
      `no endpoint of this run has the owner "${given}"; its owners: ${first.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
  },
  /** `prune`: what is wrong with `--keep`, and why a run folder is kept. */
  prune: {
    noRule: (text: string, part: string): string =>
      `--keep ${text}: "${part}" is not a number of days, weeks, months or years; write one such as 30d,12w,12m`,
    begun: 'a run has begun to write it',
    noInfo: 'it has no run.json that can be read',
    underWay: 'a run from this vantage is under way',
    newest: 'the newest finished run: the next one is compared with it',
    before: 'the newest finished run was compared with it',
    only: 'the only run',
    unfinished: 'unfinished: it can be resumed',
    newestOf: (unit: 'day' | 'week' | 'month' | 'year'): string => `the newest of its ${unit}`,
  },
};
