// The order in which a run asks: controls, every declared place, then what is asked a second time.
import { setImmediate as breath } from 'node:timers/promises';
import { messages } from '../messages/index.js';
import type { Place } from '../model/endpoint.js';
import type { EndpointRecord, NotAsked } from '../model/exchange.js';
import type { QuestionId } from '../model/question.js';
import type { Declaration } from '../engagement/index.js';
import type { Judged } from '../judge/index.js';
import { bugText, unasked } from './ask.js';
import type { Journalled, LineRef } from '../store/journal-line.js';
import { prepareControls } from './controls.js';
import { endpointAsker } from './endpoint-asker.js';
import { watchHalt } from './halt.js';
import { createJobQueue } from './job-queue.js';
import { lostCut, scanJournal } from '../store/journal-state.js';
import type { JournalState } from '../store/journal-state.js';
import { readJournal } from '../store/journal.js';
import type { Ending, Segment } from '../store/journal.js';
import { journaling } from './journaling.js';
import type { LastNumbers, LedgerFile, KilledRequests } from '../store/ledger.js';
import { UserMistake } from '../store/mistake.js';
import { ownersOf } from './owners.js';
import { usualPacing, type Pacing } from './pacing.js';
import { wantsAgain, wasCutByUs } from './second-survey.js';
import { watchVantage } from './vantage.js';
import type { Workers } from './workers.js';
import { languageInUse } from '../languages/index.js';

/** What asking is made of. */
export interface AskingOptions {
  readonly declaration: Declaration;
  readonly journalFolder: string;
  readonly segment: Segment;
  readonly ledger: LedgerFile;
  readonly lastNumbers: LastNumbers;
  /** Requests of visits that a SIGKILL ended; null for a new run. */
  readonly killedRequests: KilledRequests | null;
  /** What the journal held before; null for a new run. */
  readonly before: JournalState | null;
  readonly userAgent: string;
  readonly opaqueId: string;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** See AskOptions.wanted. */
  readonly wanted?: (question: QuestionId) => boolean;
  /** The threads in which endpoints are asked; null for this one. */
  readonly workers: Workers | null;
  /** Other waits than the usual ones. */
  readonly pacing: Partial<Pacing>;
  /** An endpoint is finished and journalled; `replaced` is what was known of it before. */
  readonly onRecord: (record: EndpointRecord, replaced: EndpointRecord | null, judged: Judged | null) => void;
  /** An endpoint was asked, but the journal could not take it: a handful at most, since the run then stops. */
  readonly onUnwritten: (record: EndpointRecord) => void;
  readonly onNotice: (text: string) => void;
}

/** A place, or an endpoint of the journal that is asked again. */
type Job =
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'again'; readonly at: LineRef; readonly journalled: Journalled; readonly lost: boolean };

/** Places passed over before signals and timers have their turn. */
const placesAtOnce = 1_000;

/** Lines for places that were not asked, of one run: those of a /8 would fill the disk. */
const mostNoted = 1_000_000;

/** Rounds of asking again, each before a look at the vantage. */
const rounds = 2;

/**
 * Asks every declared endpoint that has no line in the journal yet, one pass over the places, then those that were left
 * in peace, or whose answers prove nothing, a second time. Controls are asked first, now and then, and last.
 *
 * @returns how it ended; the journal has it too
 * @throws UserMistake when it had to stop before anything was sent
 */
export async function askEverything(options: AskingOptions): Promise<Ending> {
  const { declaration, segment, signal, now, before } = options;
  const { limits, techniques } = declaration.engagement;
  const pacing = { ...usualPacing, ...options.pacing };
  const halt = watchHalt(declaration, signal, now);
  options.ledger.onFailure((error) => halt.refusedByDisk(error));
  const owners = ownersOf(declaration, halt.signal);
  const journal = journaling({
    ...options,
    halt,
    onRecord(record, replaced, judged) {
      // Transport ports are mostly closed: their silence says nothing about a network that fails on the way.
      if (record.exchanges.length > 0 && record.endpoint.transport !== true) vantage.note(record);
      options.onRecord(record, replaced, judged);
    },
  });
  const shut = shutPlaces(declaration, now);
  const asker = endpointAsker({ ...options, halt, pacing, journal, owners, onShut: (place) => shut.note(place) });
  const vantage = watchVantage({
    controls: prepareControls(declaration.controls, {
      resolve: (host) => asker.resolve(host),
      status: (endpoint) => asker.status(endpoint),
      now,
      mark: (mark) => journal.mark(mark),
    }),
    lastGood: before?.lastGoodControl ?? null,
    every: pacing.controlsEvery,
    patience: pacing.patience,
    signal: halt.signal,
    now,
    stopped: () => halt.stopped() || !halt.windowIsOpen(),
    mark: (mark) => journal.mark(mark),
    onNotice: options.onNotice,
  });
  const pass = {
    /** Places whose owners' hours kept them from being asked. */
    putOff: 0,
    /** Declared places that an excluded name leaves out. */
    leftOut: 0,
    /** Whether more places were not asked than have a line each. */
    unnoted: false,
  };

  async function work(job: Job): Promise<void> {
    try {
      await (job.kind === 'place' ? asker.askPlace(job.place) : asker.askAgain(job.at, job.journalled, job.lost));
    } catch (error) {
      const { ordinal, endpoint } =
        job.kind === 'place' ? { ...job.place, endpoint: job.place } : job.journalled.record;
      journal.bug(ordinal, bugText(endpoint, error));
    }
  }
  const jobs = createJobQueue<Job>(limits.concurrency, work, () => halt.stopped());
  // As many jobs at once would not help endpoints that failed because descriptors ran out, or that slowed down.
  const gentleJobs = createJobQueue<Job>(Math.ceil(limits.concurrency / 4), work, () => halt.stopped());

  /** Given up: no response could be trusted. */
  function blind(): boolean {
    return vantage.blind !== null;
  }

  async function verify(): Promise<void> {
    if ((await vantage.verify()) === 'regained') journal.again = true;
  }

  /** Between two jobs: is the window open, and are answers to be trusted? */
  async function mayGoOn(): Promise<boolean> {
    if (halt.stopped() || !halt.windowIsOpen()) return false;
    if (vantage.due()) await verify();
    return !halt.stopped();
  }

  /**
   * The declared places, without those whose known address belongs to an excluded name: they are left out as an excluded
   * address is. Which addresses those are is known only since the names were looked up.
   */
  async function* places(): AsyncGenerator<Place, void, void> {
    const named = declaration.scope.excludedNames.length > 0;
    let passed = 0;
    pass.leftOut = 0;
    for await (const place of declaration.places()) {
      passed += 1;
      // A million places that are not asked must not keep a Ctrl-C from being heard.
      if (passed % placesAtOnce === 0) await breath();
      const { host, address } = place;
      const excluded =
        named &&
        address !== null &&
        declaration.scope.mayAsk(host, address).allowed &&
        !asker.scope.mayAsk(host, address).allowed;
      if (excluded) pass.leftOut += 1;
      else yield place;
    }
  }

  async function overPlaces(): Promise<void> {
    pass.putOff = 0;
    for await (const place of places()) {
      if (journal.has(place.ordinal)) continue;
      if (before?.done.has(place.ordinal) === true && !before.partial.has(place.ordinal)) continue;
      if (!(await mayGoOn())) break;
      if (vantage.blind !== null) {
        const record = unasked(place, null, vantage.blind, { techniques, now });
        journal.save({ record, addresses: null, replaces: null, tries: 1 }, null, null);
      } else if (declaration.openFor(place, now()).open) {
        await jobs.push({ kind: 'place', place }, owners.of(place).lane);
      } else {
        pass.putOff += 1;
      }
    }
    await jobs.drain();
  }

  /** A line for each place that was not asked, with its cause. */
  async function noteUnasked(cut: NotAsked): Promise<void> {
    let noted = 0;
    for await (const place of places()) {
      if (halt.signal.aborted) return;
      if (journal.has(place.ordinal) || before?.done.has(place.ordinal) === true) continue;
      if (noted === mostNoted) {
        pass.unnoted = true;
        return;
      }
      noted += 1;
      journal.saveUnasked(unasked(place, null, cut, { techniques, now }));
      if (cut === 'not-asked-blackout') shut.note(place);
    }
  }

  /** The second round. A journal that cannot be read again stops the run, as one that cannot be written does. */
  async function overJournal(): Promise<void> {
    journal.again = false;
    await asker.reopen();
    await askFromJournal().catch((error: unknown) => halt.refusedByDisk(error));
    await gentleJobs.drain();
  }

  async function askFromJournal(): Promise<void> {
    const state = await scanJournal(options.journalFolder, segment);
    for await (const entry of readJournal(options.journalFolder, segment)) {
      if (entry.kind !== 'endpoint' || state.replaced(entry.at)) continue;
      const { record, tries } = entry.journalled;
      if (record.exchanges.length === 0) continue;
      const lost = lostCut(record, state.lost) !== null;
      const cutBefore = entry.at.segment < segment.number && wasCutByUs(record);
      if (!lost && !cutBefore && !wantsAgain(tries, record)) continue;
      if (!(await mayGoOn()) || blind()) break;
      if (!declaration.openFor(record, now()).open) continue;
      await gentleJobs.push(
        { kind: 'again', at: entry.at, journalled: entry.journalled, lost },
        owners.of(record).lane,
      );
    }
  }

  async function allPasses(): Promise<void> {
    await asker.excludeNames();
    if (!(await mayGoOn())) return;
    await verify();
    await overPlaces();
    // The owners' blackout hours may have ended meanwhile.
    if ((pass.putOff > 0 || asker.refused) && !halt.stopped() && !blind()) await overPlaces();
    for (let round = 0; round <= rounds && !blind() && !halt.stopped() && halt.windowIsOpen(); round += 1) {
      await verify();
      if (!journal.again || round === rounds || blind()) break;
      await overJournal();
    }
  }

  let sent = false;
  try {
    await allPasses();
    if (halt.reason?.kind === 'window') await noteUnasked('not-asked-window');
    else if (pass.putOff > 0 || asker.refused) await noteUnasked('not-asked-blackout');
  } catch (error) {
    halt.declarationFailed(error);
    await Promise.all([jobs.drain(), gentleJobs.drain()]);
  } finally {
    sent = await asker.close();
    owners.stop();
  }
  if (blind()) vantage.end();
  const { reason } = halt;
  if (reason !== null && reason.kind !== 'window' && !sent) {
    const advice = reason.kind === 'changed' ? reason.advice : null;
    throw new UserMistake(messages().runs.start.stopped(reason.why, advice));
  }
  const gaps: string[] = [];
  const declared = declaration.count();
  const asked = (before?.done.size ?? 0) + journal.asked;
  const words = languageInUse().report.runGaps;
  const soFar = words.soFar(asked, declared === null ? null : declared - pass.leftOut);
  if (signal.aborted) gaps.push(words.interrupted(soFar));
  if (reason !== null) gaps.push(words.stopped(reason.why, soFar, reason.advice));
  if (shut.count > 0) gaps.push(shut.gap());
  if (pass.unnoted) gaps.push(words.notNoted(mostNoted));
  const ending: Ending = {
    finished: !halt.stopped() && !blind() && shut.count === 0,
    interrupted: signal.aborted,
    gaps,
  };
  journal.mark({ mark: 'end', at: now().toISOString(), ...ending });
  return ending;
}

/** Owners that a gap names. */
const ownersNamed = 20;

/** Counts the endpoints that their owners' blackout hours kept from being asked. */
function shutPlaces(declaration: Declaration, now: () => Date) {
  const owners = new Set<string>();
  let count = 0;
  return {
    get count() {
      return count;
    },
    note({ targets }: Pick<Place, 'targets'>): void {
      count += 1;
      for (const target of targets) {
        const owner = declaration.ownerOf({ targets: [target] });
        if (owner !== null && !declaration.openFor({ targets: [target] }, now()).open) owners.add(owner.name);
      }
    },
    /** One sentence for the report. */
    gap(): string {
      const named = [...owners].slice(0, ownersNamed);
      return languageInUse().report.runGaps.blackout(count, named, owners.size - named.length);
    },
  };
}
