import { setImmediate as breath, setTimeout as sleep } from 'node:timers/promises';
import { rungs } from '../model/endpoint.js';
import type { Endpoint, Place } from '../model/endpoint.js';
import type { EndpointRecord, NotAsked } from '../model/exchange.js';
import { addressesSaid } from '../catalogue/address.js';
import { DeclarationChanged } from '../engagement/index.js';
import type { Declaration, Scope } from '../engagement/index.js';
import { openDoor, retryAfterMs } from '../net/index.js';
import type { Door, VisitOptions } from '../net/index.js';
import { observe } from '../reading/index.js';
import { bugText, surveyEndpoint, unasked } from './ask.js';
import { createBits } from '../store/bits.js';
import type { Journalled, LineRef } from '../store/compact.js';
import { prepareControls } from './controls.js';
import { createFeed } from './feed.js';
import { journalLengths, lostCut, readJournal, scanJournal } from '../store/journal.js';
import type { Ending, JournalState, Segment } from '../store/journal.js';
import type { LedgerFile, LedgerTotals } from '../store/ledger.js';
import { storageFailure, UserMistake } from '../store/mistake.js';
import { ownersOf } from './owners.js';
import { usualPacing, type Pacing } from './pacing.js';
import { watchVantage } from './vantage.js';

/** What asking is made of. */
export interface AskingOptions {
  readonly declaration: Declaration;
  readonly journalFolder: string;
  readonly segment: Segment;
  readonly ledger: LedgerFile;
  /** What the ledger held before: numbers go on from there. */
  readonly ledgerBefore: LedgerTotals;
  /** What the journal held before; null for a new run. */
  readonly before: JournalState | null;
  readonly userAgent: string;
  readonly opaqueId: string;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Other waits than the usual ones. */
  readonly pacing: Partial<Pacing>;
  /** An endpoint is finished and journalled; `replaced` is what was known of it before. */
  readonly onRecord: (record: EndpointRecord, replaced: EndpointRecord | null) => void;
  /** An endpoint was asked, but the journal could not take it: a handful at most, since the run then stops. */
  readonly onUnwritten: (record: EndpointRecord) => void;
  readonly onNotice: (text: string) => void;
}

/** Why nothing more is asked. */
interface Stop {
  readonly kind: 'window' | 'storage' | 'changed';
  /** One sentence for the report. */
  readonly why: string;
  /** What the user can do about it. */
  readonly advice: string;
}

/** What is put to the feed: a place, or an endpoint of the journal that is asked again. */
type Job =
  | { readonly kind: 'place'; readonly place: Place }
  | { readonly kind: 'again'; readonly at: LineRef; readonly journalled: Journalled; readonly lost: boolean };

/** Places passed over before signals and timers have their turn. */
const placesAtOnce = 1_000;

/** Lines for places that were not asked, of one run: of a whole /8 they would fill the disk. */
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
  const { declaration, segment, ledger, signal, now, before } = options;
  const pacing = { ...usualPacing, ...options.pacing };
  const { limits, techniques, window } = declaration.engagement;
  const askedNow = createBits();
  // Places that have a line, or of which a bug of ours says why not.
  const settled = createBits();
  const state: {
    stop: Stop | null;
    scope: Scope;
    putOff: number;
    leftOut: number;
    refused: boolean;
    unasked: number;
    unnoted: boolean;
    readonly shut: Set<string>;
    again: boolean;
  } = {
    stop: null,
    scope: declaration.scope,
    putOff: 0,
    leftOut: 0,
    // Whether a closed window kept a place from being asked that had been begun.
    refused: false,
    unasked: 0,
    unnoted: false,
    // Owners in whose hours these lie.
    shut: new Set(),
    // A journal from before may hold endpoints that an interruption cut short.
    again: before !== null,
  };
  let numbers = { request: options.ledgerBefore.lastRequest, connection: options.ledgerBefore.lastConnection };

  // A disk that refuses ends the run as an interruption does: nothing goes out that is not in the ledger.
  const halt = new AbortController();
  const ends = AbortSignal.any([signal, halt.signal]);
  function haltFor(error: unknown): void {
    const why = storageFailure(error);
    if (why === null) throw error;
    state.stop ??= {
      kind: 'storage',
      why: `the run could not be written on: ${why}`,
      advice: 'make room, and --resume goes on with the run',
    };
    halt.abort();
  }
  ledger.onFailure(haltFor);
  const owners = ownersOf<Job>(declaration, ends);

  function stopped(): boolean {
    return state.stop !== null || signal.aborted;
  }

  function openTheDoor(): Door {
    return openDoor({
      scope: { mayAsk: (host, address) => state.scope.mayAsk(host, address) },
      limits,
      openAt: (instant) => declaration.openFor({ targets: [] }, instant),
      userAgent: options.userAgent,
      opaqueId: options.opaqueId,
      ledger,
      certificateAuthorities: declaration.certificateAuthorities,
      clientCertificate: declaration.clientCertificate,
      signal: ends,
      now,
      peace: { atLeastMs: pacing.peaceAtLeast, atMostMs: pacing.peaceInSurvey },
      numberedFrom: numbers,
    });
  }
  let door = openTheDoor();

  async function closeTheDoor(): Promise<void> {
    await door.close();
    const { requests, connections } = door.totals();
    numbers = { request: numbers.request + requests, connection: numbers.connection + connections };
  }

  /** Writes to the journal; a disk that refuses stops the run and keeps what is known. */
  function written(write: () => void): void {
    try {
      ledger.flush();
      write();
    } catch (error) {
      haltFor(error);
    }
  }

  function keep(journalled: Journalled, replaced: EndpointRecord | null): void {
    const lines: EndpointRecord[] = [];
    written(() => lines.push(segment.write(journalled)));
    const stored = lines[0] ?? null;
    settled.add(journalled.record.ordinal);
    // What a full disk refuses is known all the same; of an endpoint asked twice, the line that is there stands.
    if (stored === null && journalled.replaces !== null) return;
    const record = stored ?? journalled.record;
    if (record.exchanges.length > 0 && before?.done.has(record.ordinal) !== true) askedNow.add(record.ordinal);
    if (stored === null) options.onUnwritten(record);
    // Transport ports are mostly closed: that tells nothing of a network that fails on the way.
    if (record.exchanges.length > 0 && record.endpoint.transport !== true) vantage.note(record);
    if (wantsAgain(journalled.tries, record)) state.again = true;
    try {
      options.onRecord(record, replaced);
    } catch (error) {
      haltFor(error);
    }
  }

  /** A bug of ours is said to be one; the other endpoints go on. */
  function noteBug(ordinal: number, text: string): void {
    options.onNotice(text);
    if (ordinal >= 0) settled.add(ordinal);
    written(() => segment.mark({ mark: 'bug', ordinal, text }));
  }

  function windowIsOpen(): boolean {
    const opening = declaration.openFor({ targets: [] }, now());
    if (opening.open) return true;
    const [again, advice] =
      opening.opensAt === null
        ? ['it does not open again', 'once it is extended, --resume goes on with the run']
        : [`it opens again at ${opening.opensAt.toISOString()}`, '--resume then goes on with the run'];
    const why = `the engagement's window (${window?.timeZone ?? 'UTC'}) closed; ${again}`;
    state.stop ??= { kind: 'window', why, advice };
    return false;
  }

  const vantage = watchVantage({
    controls: prepareControls(declaration.controls, {
      door: () => door,
      techniques,
      now,
      mark: (mark) => written(() => segment.mark(mark)),
    }),
    lastGood: before?.lastGoodControl ?? null,
    every: pacing.controlsEvery,
    patience: pacing.patience,
    signal: ends,
    now,
    stopped: () => stopped() || !windowIsOpen(),
    mark: (mark) => written(() => segment.mark(mark)),
    onNotice: options.onNotice,
  });

  /** Given up: nothing that is answered could be trusted. */
  function blind(): boolean {
    return vantage.blind !== null;
  }

  async function verify(): Promise<void> {
    if ((await vantage.verify()) === 'regained') state.again = true;
  }

  /** Asks what is left of a place: each of its addresses. */
  async function askPlace(place: Place, replaces: LineRef | null, tries: number): Promise<void> {
    const known = before?.partial.get(place.ordinal);
    let addresses = known?.addresses ?? (place.address === null ? null : [place.address]);
    if (addresses === null) {
      const resolved = await door.resolve(place.host);
      if (stopped()) return;
      if ('failure' in resolved) {
        const cut = resolved.failure === 'local-failure' ? 'local-failure' : null;
        const record = unasked(place, { kind: 'failure', ...resolved }, cut, { techniques, now });
        keep({ record, addresses: null, replaces, tries }, null);
        return;
      }
      ({ addresses } = resolved);
    }
    let refused = false;
    for (const address of addresses) {
      if (known?.done.has(address) === true) continue;
      if (stopped()) return;
      const record = await askEndpoint(place, address, null);
      refused ||= record === null;
      if (record === null) continue;
      keep({ record, addresses: addresses.length > 1 ? addresses : null, replaces, tries }, null);
    }
    // Of a name only some addresses were asked: it has a line, and is not whole.
    if (refused && settled.has(place.ordinal) && !stopped()) noteShut(place);
  }

  /** An endpoint that its owners' hours kept from being asked. */
  function noteShut(place: Pick<Place, 'targets'>): void {
    state.unasked += 1;
    for (const name of shutOwners(place, declaration, now())) state.shut.add(name);
  }

  /**
   * Whether a dashboard may be made to connect to that `host:port`: only where a target declares that host at that port, and
   * every address of it is in scope. A name that is not declared is not looked up: only the dashboard's resolver could tell
   * where it leads. A loopback address is the dashboard's own machine.
   */
  async function mayReach(address: string, dashboard: Endpoint): Promise<boolean> {
    for (const said of addressesSaid(address, dashboard)) {
      const [, host = '', port] = /^(.+):(\d+)$/.exec(said) ?? [];
      for (const declared of declaration.declaredAt(host.replace(/\.$/, ''), Number(port))) {
        const resolved =
          declared.address === null ? await door.resolve(declared.host) : { addresses: [declared.address] };
        const addresses = 'failure' in resolved ? [] : resolved.addresses;
        if (addresses.length > 0 && addresses.every((one) => state.scope.mayAsk(declared.host, one).allowed))
          return true;
      }
    }
    return false;
  }

  /** null when the run stopped before anything of it was sent: then it counts as not asked. */
  async function askEndpoint(
    place: Omit<Place, 'address'>,
    address: string,
    before: EndpointRecord | null,
  ): Promise<EndpointRecord | null> {
    const { host, port, basePath, scheme, transport } = place;
    const endpoint = { host, address, port, basePath, scheme, ...(transport === true && { transport }) };
    const owner = owners.of(place);
    if (!(await owner.take(address))) return null;
    try {
      const { record, bug } = await surveyEndpoint(endpoint, place, {
        door,
        techniques,
        mayReach: (reached) => mayReach(reached, endpoint),
        now,
        turn: () => owner.turn(),
        visit: { ...owner.visit, ...(before !== null && learnedFrom(before)) },
      });
      if (bug !== null) noteBug(place.ordinal, bug);
      const sent = record.exchanges.some((exchange) => exchange.connection > 0);
      if (sent || (record.cut !== 'interrupted' && record.cut !== 'window-closed')) return record;
      state.refused ||= record.cut === 'window-closed';
      return null;
    } finally {
      owner.give(address);
    }
  }

  async function askAgain({ at, journalled, lost }: Extract<Job, { kind: 'again' }>): Promise<void> {
    const { record, tries } = journalled;
    const { ordinal, targets } = record;
    const { address } = record.endpoint;
    if (address === null) {
      await askPlace({ ...record.endpoint, ordinal, targets }, at, tries + 1);
      return;
    }
    const wait = peaceUntil(record, pacing.peaceAtLeast) - now().getTime();
    if (wait > pacing.peaceAtMost) return;
    if (wait > 0) await sleep(wait, undefined, { signal: ends }).catch(() => undefined);
    if (stopped()) return;
    const second = await askEndpoint({ ...record.endpoint, ordinal, targets }, address, record);
    if (second === null) return;
    // Both are surveys of their own: their answers are never joined.
    const better = lost || provesMore(second, record) ? second : record;
    const otherRequests = requestsOf(record) + requestsOf(second) - sentIn(better);
    keep({ record: { ...better, otherRequests }, addresses: null, replaces: at, tries: tries + 1 }, record);
  }

  async function work(job: Job): Promise<void> {
    try {
      await (job.kind === 'place' ? askPlace(job.place, null, 1) : askAgain(job));
    } catch (error) {
      const { ordinal, endpoint } =
        job.kind === 'place' ? { ...job.place, endpoint: job.place } : job.journalled.record;
      noteBug(ordinal, bugText(endpoint, error));
    }
  }
  const feed = createFeed<Job>(limits.concurrency, work, stopped);
  // What failed for want of descriptors, or wanted peace, is not helped by the same crowd.
  const gentleFeed = createFeed<Job>(Math.ceil(limits.concurrency / 4), work, stopped);

  /** Between two jobs: is the window open, and are answers to be trusted? */
  async function mayGoOn(): Promise<boolean> {
    if (stopped() || !windowIsOpen()) return false;
    if (vantage.due()) await verify();
    return !stopped();
  }

  /**
   * The declared places, without those whose known address belongs to an excluded name: they are left out as an excluded
   * address is. Which addresses those are is known only since the names were looked up.
   */
  async function* places(): AsyncGenerator<Place, void, void> {
    const named = declaration.scope.excludedNames.length > 0;
    let passed = 0;
    state.leftOut = 0;
    for await (const place of declaration.places()) {
      passed += 1;
      // A million places that are not asked must not keep a Ctrl-C from being heard.
      if (passed % placesAtOnce === 0) await breath();
      const { host, address } = place;
      const excluded =
        named &&
        address !== null &&
        declaration.scope.mayAsk(host, address).allowed &&
        !state.scope.mayAsk(host, address).allowed;
      if (excluded) state.leftOut += 1;
      else yield place;
    }
  }

  async function overPlaces(): Promise<void> {
    state.putOff = 0;
    for await (const place of places()) {
      if (settled.has(place.ordinal)) continue;
      if (before?.done.has(place.ordinal) === true && !before.partial.has(place.ordinal)) continue;
      if (!(await mayGoOn())) return;
      if (vantage.blind !== null) {
        const record = unasked(place, null, vantage.blind, { techniques, now });
        keep({ record, addresses: null, replaces: null, tries: 1 }, null);
      } else if (declaration.openFor(place, now()).open) {
        await feed.push({ kind: 'place', place }, owners.of(place).lane);
      } else {
        state.putOff += 1;
      }
    }
  }

  /**
   * A line for each place that was not asked, with its cause. It has no exchange, so a resumed run asks the place, and what it
   * answers counts then.
   */
  async function noteUnasked(cut: NotAsked): Promise<void> {
    let noted = 0;
    for await (const place of places()) {
      if (ends.aborted) return;
      if (settled.has(place.ordinal) || before?.done.has(place.ordinal) === true) continue;
      if (noted === mostNoted) {
        state.unnoted = true;
        return;
      }
      noted += 1;
      const record = unasked(place, null, cut, { techniques, now });
      written(() => segment.write({ record, addresses: null, replaces: null, tries: 1 }));
      if (cut === 'not-asked-blackout') noteShut(place);
    }
  }

  async function overJournal(): Promise<void> {
    state.again = false;
    // A new door has forgotten which names could not be looked up.
    await closeTheDoor();
    door = openTheDoor();
    const lengths = await journalLengths(options.journalFolder);
    const journal = await scanJournal(options.journalFolder);
    for await (const entry of readJournal(options.journalFolder, lengths)) {
      if (entry.kind !== 'endpoint' || journal.replaced(entry.at)) continue;
      const { record, tries } = entry.journalled;
      if (record.exchanges.length === 0) continue;
      const lost = lostCut(record, journal.lost) !== null;
      const cutBefore = entry.at.segment < segment.number && wasCutByUs(record);
      if (!lost && !cutBefore && !wantsAgain(tries, record)) continue;
      if (!(await mayGoOn()) || blind()) return;
      if (!declaration.openFor(record, now()).open) continue;
      await gentleFeed.push(
        { kind: 'again', at: entry.at, journalled: entry.journalled, lost },
        owners.of(record).lane,
      );
    }
  }

  async function allPasses(): Promise<void> {
    state.scope = await withoutExcluded(declaration, door);
    if (!(await mayGoOn())) return;
    await verify();
    await overPlaces();
    await feed.drain();
    if ((state.putOff > 0 || state.refused) && !stopped() && !blind()) {
      // The owners' blackout hours may have ended meanwhile.
      await overPlaces();
      await feed.drain();
    }
    for (let round = 0; round <= rounds && !blind() && !stopped() && windowIsOpen(); round += 1) {
      await verify();
      if (!state.again || round === rounds || blind()) break;
      await overJournal();
      await gentleFeed.drain();
    }
  }

  try {
    await allPasses();
    if (state.stop?.kind === 'window') await noteUnasked('not-asked-window');
    else if (state.putOff > 0 || state.refused) await noteUnasked('not-asked-blackout');
  } catch (error) {
    // Of all that is read while it runs, only the lists of hosts are the user's.
    const why = error instanceof DeclarationChanged ? error.what : storageFailure(error);
    if (why === null) throw error;
    // A list that is another one now makes another plan, which no run goes on with.
    state.stop ??=
      error instanceof DeclarationChanged
        ? { kind: 'changed', why, advice: error.advice }
        : { kind: 'changed', why: `a list of hosts: ${why}`, advice: '--resume goes on once it can be read' };
    await Promise.all([feed.drain(), gentleFeed.drain()]);
  } finally {
    await closeTheDoor();
    owners.stop();
  }
  if (blind()) vantage.end();
  const { stop } = state;
  if (stop !== null && stop.kind !== 'window' && numbers.connection === 0) {
    const advice = stop.kind === 'changed' ? `; ${stop.advice}` : '';
    throw new UserMistake(`${stop.why}${advice}. Nothing was sent.`);
  }
  const gaps: string[] = [];
  const declaredInAll = declaration.count();
  const total = declaredInAll === null ? null : declaredInAll - state.leftOut;
  const asked = (before?.done.size ?? 0) + askedNow.size;
  const soFar = total === null ? `${asked} endpoints were asked` : `${asked} of ${total} endpoints were asked`;
  if (signal.aborted) gaps.push(`the run was interrupted: ${soFar}; --resume goes on with it`);
  if (stop !== null) gaps.push(`${stop.why}; ${soFar}; ${stop.advice}`);
  if (state.unasked > 0) gaps.push(blackoutGap(state.unasked, [...state.shut]));
  if (state.unnoted)
    gaps.push(`of more endpoints that were not asked only ${mostNoted.toLocaleString('en-GB')} have a line each`);
  const ending: Ending = {
    finished: !stopped() && !blind() && state.unasked === 0,
    interrupted: signal.aborted,
    gaps,
  };
  written(() => segment.mark({ mark: 'end', at: now().toISOString(), ...ending }));
  return ending;
}

/** The owners of a place who are in their blackout hours. */
function shutOwners({ targets }: Pick<Place, 'targets'>, declaration: Declaration, instant: Date): readonly string[] {
  return targets.flatMap((target) => {
    const owner = declaration.ownerOf({ targets: [target] });
    return owner === null || declaration.openFor({ targets: [target] }, instant).open ? [] : [owner.name];
  });
}

/** Owners that a gap names. */
const ownersNamed = 20;

function blackoutGap(endpoints: number, owners: readonly string[]): string {
  const more = owners.length > ownersNamed ? ` and ${owners.length - ownersNamed} more` : '';
  const whose = owners.length === 0 ? '' : ` (${owners.slice(0, ownersNamed).join(', ')}${more})`;
  const [what, it] = endpoints === 1 ? ['1 endpoint', 'it'] : [`${endpoints} endpoints`, 'them'];
  return `not asked, because of their owners' blackout hours${whose}: ${what}; --resume asks ${it}`;
}

/** The scope less the addresses of the excluded names. */
async function withoutExcluded(declaration: Declaration, door: Door): Promise<Scope> {
  const { scope } = declaration;
  const addresses: string[] = [];
  for (const name of scope.excludedNames) {
    const resolved = await door.resolve(name);
    if ('addresses' in resolved) addresses.push(...resolved.addresses);
    else if (resolved.failure !== 'no-such-name' && resolved.failure !== 'interrupted') {
      throw new UserMistake(
        `the excluded name ${name} cannot be looked up, so its addresses cannot be left out; ` +
          `exclude its addresses instead, or look to your resolver. Nothing was sent.`,
      );
    }
  }
  return scope.excluding(addresses);
}

/**
 * Worth one more try at the end: our own machine failed, or the endpoint named a time that was too long to wait for in the middle.
 * One that showed strain again after a pause is left in peace for good.
 */
function wantsAgain(tries: number, record: EndpointRecord): boolean {
  if (tries >= 2) return false;
  if (record.cut === 'local-failure') return true;
  return record.cut === 'left-in-peace' && record.otherRequests === undefined && peaceWanted(record) !== null;
}

/** Milliseconds that the last answer asked to be left in peace, or null. */
function peaceWanted({ exchanges }: EndpointRecord): number | null {
  const last = exchanges.at(-1);
  if (last?.outcome.kind !== 'answer') return null;
  return retryAfterMs(last.outcome.headers['retry-after'], new Date(Date.parse(last.at) + last.ms));
}

/** Ended by us and not by the endpoint: a resumed run asks it again. */
function wasCutByUs({ cut }: EndpointRecord): boolean {
  return cut === 'interrupted' || cut === 'window-closed' || cut === 'local-failure';
}

/** Requests of the survey itself. */
function sentIn({ exchanges }: EndpointRecord): number {
  return exchanges.filter(({ request }) => request > 0).length;
}

/** Requests the endpoint got, those of earlier surveys among them. */
function requestsOf(record: EndpointRecord): number {
  return sentIn(record) + (record.otherRequests ?? 0);
}

/** What a second visit knows of the first. */
function learnedFrom(record: EndpointRecord): Pick<VisitOptions, 'requestsSpent' | 'learned'> {
  const answered = record.exchanges.filter(({ outcome }) => outcome.kind === 'answer');
  const learned = { answerTimes: answered.map(({ ms }) => ms), strained: record.cut === 'left-in-peace' };
  return { requestsSpent: requestsOf(record), learned };
}

/** When an endpoint that was left in peace may be asked again, milliseconds since the epoch. */
function peaceUntil(record: EndpointRecord, atLeast: number): number {
  const last = record.exchanges.at(-1);
  if (record.cut !== 'left-in-peace' || last === undefined) return 0;
  return Date.parse(last.at) + last.ms + Math.max(atLeast, peaceWanted(record) ?? 0);
}

/**
 * Whether a second survey takes the place of the first. What was proved stands: an open endpoint stays open, one that answered
 * is not lost where nothing answers a second time, and a survey that was cut as well counts only if it shows as much.
 */
function provesMore(second: EndpointRecord, first: EndpointRecord): boolean {
  const [was, is] = [observe(first).access, observe(second).access];
  const asMuch = rungs.indexOf(is.rung) >= rungs.indexOf(was.rung);
  if (was.state === 'open') return is.state === 'open' && asMuch;
  if (hasAnswer(first) && !hasAnswer(second)) return false;
  return second.cut === null || asMuch;
}

function hasAnswer({ exchanges }: EndpointRecord): boolean {
  return exchanges.some(({ outcome }) => outcome.kind === 'answer');
}
