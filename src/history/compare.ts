// Compares what a run found with what earlier runs found, place by place: two sorted streams, and nothing kept of them.
import { rungs } from '../model/endpoint.js';
import { exposures } from '../model/engagement.js';
import { severities, type Finding } from '../model/finding.js';
import {
  goneStatuses,
  type AddressResult,
  type EndpointNow,
  type FindingHistory,
  type GoneFinding,
  type GoneStatus,
  type LastResult,
  type Level,
  type PastCheck,
  type PastPlace,
  type PlaceNow,
} from '../model/history.js';
import { en, type HistoryTexts } from './texts/en.js';

/** What the comparison needs of a finding. */
export interface Compared {
  readonly finding: Finding;
  /** Whether it is about how far a caller gets: see CheckBase.primary. */
  readonly primary: boolean;
}

/** What is true of the compared run as such. */
export interface RunNow {
  readonly run: string;
  /** UTC ISO 8601. */
  readonly startedAt: string;
  /** Ids of the checks that were judged; null for all. */
  readonly checks: readonly string[] | null;
  /** Whether silence means something: controls, or something else, answered in this run. */
  readonly alive: boolean;
  /** What this run knows of a place that it has no endpoint of. */
  readonly absent: (place: string) => 'not-asked' | 'withdrawn';
  /** In which language the record says why; English where absent. */
  readonly texts?: HistoryTexts;
}

/** An endpoint whose findings can be compared. */
type Comparable = EndpointNow<Compared>;

/** What came out of the comparison at one place. */
export interface PlaceCompared<One extends Comparable> {
  readonly place: string;
  /** The endpoints of this run, each finding with its history. */
  readonly endpoints: readonly {
    readonly endpoint: One;
    readonly found: readonly {
      readonly item: One['found'][number];
      readonly history: FindingHistory;
      readonly past: PastCheck;
    }[];
  }[];
  /** What is carried forward, the findings of this run with it. */
  readonly past: PastPlace;
  readonly gone: readonly GoneFinding[];
}

/**
 * Days from one UTC date to another, never negative: a run that begins a minute earlier than last night's is still a day later.
 */
export function daysBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / 86_400_000));
}

/** How long what is fixed, closed or withdrawn is remembered, so that it can be called reopened. */
const rememberedDays = 730;

/**
 * Compares a run with the runs before it.
 *
 * @param past what was carried forward, sorted by place
 * @param now what this run found, sorted by place
 * @throws when one of the streams is not sorted
 */
export async function* comparePlaces<One extends Comparable>(
  past: AsyncIterable<PastPlace>,
  now: AsyncIterable<PlaceNow<One>>,
  run: RunNow,
): AsyncGenerator<PlaceCompared<One>, void, void> {
  const before = inOrder(past);
  let earlier = await before.next();
  for await (const place of inOrder(now)) {
    while (earlier.done !== true && earlier.value.place < place.place) {
      yield comparePlace(earlier.value, null, run);
      earlier = await before.next();
    }
    const same = earlier.done !== true && earlier.value.place === place.place ? earlier.value : null;
    yield comparePlace(same, place, run);
    if (same !== null) earlier = await before.next();
  }
  for (; earlier.done !== true; earlier = await before.next()) yield comparePlace(earlier.value, null, run);
}

async function* inOrder<Item extends { readonly place: string }>(
  items: AsyncIterable<Item>,
): AsyncGenerator<Item, void, void> {
  let last: string | null = null;
  for await (const item of items) {
    if (last !== null && item.place <= last) throw new Error(`places out of order: ${item.place} after ${last}`);
    last = item.place;
    yield item;
  }
}

/** A finding of this run at one place: the same check at one or several addresses of a name. */
interface Group<One extends Comparable> {
  readonly check: string;
  readonly primary: boolean;
  readonly rows: { readonly endpoint: One; readonly item: One['found'][number] }[];
}

/** Compares one place. */
export function comparePlace<One extends Comparable>(
  past: PastPlace | null,
  now: PlaceNow<One> | null,
  run: RunNow,
): PlaceCompared<One> {
  const place = now?.place ?? past?.place ?? '';
  const endpoints = now?.endpoints ?? [];
  const groups = groupsOf(endpoints);
  // What leftopen no longer took for a finding was said once: found again, it is a new one.
  const earlier = (past?.checks ?? []).filter(({ last }) => last.cause !== 'knowledge');
  const paired = pair(earlier, groups);
  const carried: PastCheck[] = [];
  const gone: GoneFinding[] = [];
  const outcomes = new Map<string, { readonly history: FindingHistory; readonly past: PastCheck }>();
  for (const group of groups) {
    const outcome = found(paired.get(group.check) ?? null, group, endpoints, run);
    outcomes.set(group.check, outcome);
    carried.push(outcome.past);
  }
  const taken = new Set(paired.values());
  for (const one of earlier) {
    if (taken.has(one) || outcomes.has(one.check)) continue;
    // What only today's knowledge finds in the last run's responses was never in a record: it is not gone, but waits to be seen.
    if (one.byKnowledge === 'new') {
      if (isStillUnknown(one, now, place, run)) carried.push(one);
      continue;
    }
    const outcome = missing(one, now === null ? null : endpoints, place, run);
    if (outcome.report) gone.push(goneFinding(outcome.past));
    if (isOpen(outcome.past) || daysBetween(outcome.past.lastSeen, run.startedAt) <= rememberedDays)
      carried.push(outcome.past);
  }
  return {
    place,
    endpoints: endpoints.map((endpoint) => ({
      endpoint,
      found: endpoint.found.flatMap((item) => {
        const outcome = outcomes.get(item.finding.check);
        return outcome === undefined ? [] : [{ item, ...outcome }];
      }),
    })),
    past: { place, checks: carried, ...contentsNow(past, endpoints) },
    gone,
  };
}

/** Addresses of one place whose contents are kept. */
const contentsKept = 8;

/** What the next run is compared with: what was there before a loss stays until it is back. */
function contentsNow(past: PastPlace | null, endpoints: readonly Comparable[]): Pick<PastPlace, 'contents'> {
  const contents = new Map((past?.contents ?? []).map((one) => [one.address, one]));
  for (const endpoint of endpoints) {
    const isLost = endpoint.found.some(({ finding }) => finding.check === 'data-lost');
    if (endpoint.contents !== undefined && !isLost) contents.set(endpoint.contents.address, endpoint.contents);
  }
  return contents.size === 0 ? {} : { contents: [...contents.values()].slice(-contentsKept) };
}

function groupsOf<One extends Comparable>(endpoints: readonly One[]): readonly Group<One>[] {
  const groups = new Map<string, Group<One>>();
  for (const endpoint of endpoints) {
    for (const item of endpoint.found) {
      const { check } = item.finding;
      const group = groups.get(check) ?? { check, primary: item.primary, rows: [] };
      group.rows.push({ endpoint, item });
      groups.set(check, group);
    }
  }
  return [...groups.values()];
}

/**
 * Which earlier finding each one continues. Of how far a caller gets into a cluster there is one finding at a place, whatever check has
 * it, and so for a dashboard: where an open cluster now shows only the names of its indices, the finding got better, and no new one appeared.
 */
function pair<One extends Comparable>(
  earlier: readonly PastCheck[],
  groups: readonly Group<One>[],
): ReadonlyMap<string, PastCheck> {
  const paired = new Map<string, PastCheck>();
  for (const { check } of groups) {
    const same = earlier.find((one) => one.check === check);
    if (same !== undefined) paired.set(check, same);
  }
  for (const { check, primary } of groups) {
    if (!primary) continue;
    const taken = new Set(paired.values());
    const continued = paired.get(check);
    // What was fixed long ago is not continued where something else was open in the last run.
    if (continued !== undefined && isOpen(continued)) continue;
    const other = earlier.find(
      (one) => one.primary && isOpen(one) && !taken.has(one) && kindOf(one.check) === kindOf(check),
    );
    if (other !== undefined) paired.set(check, other);
  }
  return paired;
}

/** What a check about how far a caller gets is about: `cluster`, `dashboard`. One at the place of the other is another thing. */
export function kindOf(check: string): string {
  return check.split('-', 1)[0] ?? '';
}

/** Whether a product of another kind is known to respond: that it denies access says nothing of what was there. */
function isReplaced({ check }: PastCheck, { product }: Comparable): boolean {
  if (product === 'elasticsearch' || product === 'opensearch') return kindOf(check) === 'dashboard';
  return product !== null && product !== undefined && kindOf(check) === 'cluster';
}

/** Whether it was open when it was last seen, and nothing has shown since that it is not. */
export function isOpen({ last: { status } }: PastCheck): boolean {
  return status !== 'fixed' && status !== 'closed' && status !== 'withdrawn';
}

/** How bad a finding is, as far as that is compared. */
export function levelOf({ severity, access, classes, seenFrom = [] }: Finding): Level {
  const exposure = exposures.find((one) => seenFrom.some((seen) => seen.exposure === one));
  return {
    severity,
    access,
    classes: [...new Set(classes.map((one) => one.class))].sort(),
    ...(exposure !== undefined && { exposure }),
  };
}

function isWorseSeverity(one: Level, than: Level): boolean {
  return severities.indexOf(one.severity) < severities.indexOf(than.severity);
}

/** Whether it is seen from nearer to the public; in runs that were not merged never. */
function isNearer({ exposure: one }: Level, { exposure: than }: Level): boolean {
  return one !== undefined && than !== undefined && exposures.indexOf(one) < exposures.indexOf(than);
}

function isFurther(one: Level, than: Level): boolean {
  return rungs.indexOf(one.access) > rungs.indexOf(than.access);
}

/** The worse of both in each respect. */
export function worst(a: Level, b: Level): Level {
  return {
    severity: isWorseSeverity(a, b) ? a.severity : b.severity,
    access: isFurther(a, b) ? a.access : b.access,
    classes: [...new Set([...a.classes, ...b.classes])].sort(),
    ...((a.exposure ?? b.exposure) !== undefined && { exposure: (isNearer(b, a) ? b : a).exposure ?? b.exposure }),
  };
}

/** What rose from one level to another, as a phrase; null for nothing. Counts are never compared. */
export function risen(before: Level, now: Level, { level: words }: HistoryTexts = en): string | null {
  const classes = now.classes.filter((one) => !before.classes.includes(one));
  const parts = [
    isWorseSeverity(now, before) ? words.severityRose(before.severity, now.severity) : null,
    isFurther(now, before) ? words.accessRose(before.access, now.access) : null,
    isNearer(now, before) ? words.nowSeenFrom(now.exposure ?? 'host') : null,
    classes.length > 0 ? words.newKinds(classes) : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join('; ');
}

/** See FindingHistory.ticket. */
export function ticketOf({ state, check, problem }: Pick<Finding, 'state' | 'check' | 'problem'>): string {
  return state === 'open' ? problem : check;
}

function found<One extends Comparable>(
  past: PastCheck | null,
  group: Group<One>,
  endpoints: readonly One[],
  run: RunNow,
): { readonly history: FindingHistory; readonly past: PastCheck } {
  const levels = group.rows.map(({ item, endpoint: { exposure } }): Level => ({
    ...levelOf(item.finding),
    ...(exposure !== undefined && { exposure }),
  }));
  const now = levels.reduce(worst);
  const addresses = addressesNow(past, group.check, endpoints, run);
  const { status, why, level } = statusOf(past, now, addresses, group, endpoints, run.texts);
  const fresh = past === null || status === 'reopened';
  const known = past?.byKnowledge;
  const knowledge = (known === 'new' || known === 'worse') && (status === 'unchanged' || status === 'better');
  const times = group.rows.map(({ endpoint }) => endpoint.seenAt ?? run.startedAt).sort();
  const at = times.at(-1) ?? run.startedAt;
  const first = times[0] ?? at;
  const openSince = fresh ? first : past.openSince;
  // One row stands for all: the worst of them.
  const row = group.rows[levels.findIndex((one) => one.severity === now.severity)] ?? group.rows[0];
  if (row === undefined) throw new Error(`a finding of ${group.check} without an endpoint`);
  const { finding } = row.item;
  const ticket = past?.ticket ?? ticketOf(finding);
  const ownerBefore = past?.owner ?? null;
  const isMoved = past !== null && ownerBefore !== finding.owner && !finding.owners.includes(ownerBefore ?? '');
  const history: FindingHistory = {
    status: knowledge ? known : status,
    cause: knowledge ? 'knowledge' : 'estate',
    why: knowledge ? (run.texts ?? en).found.byKnowledge : why,
    firstSeen: past?.firstSeen ?? first,
    openSince,
    lastSeen: at,
    daysOpen: daysBetween(openSince, at),
    ticket,
    ...(isMoved && { ownerBefore }),
    before: past === null || known === 'new' ? null : { ...past.level, check: past.check, lastSeen: past.lastSeen },
  };
  return {
    history,
    past: {
      check: group.check,
      primary: group.primary,
      fingerprint: finding.fingerprint,
      endpoint: finding.endpoint,
      target: finding.target,
      owner: finding.owner,
      owners: finding.owners,
      ticket,
      title: finding.title,
      level,
      firstSeen: history.firstSeen,
      openSince,
      lastSeen: at,
      daysOpen: history.daysOpen,
      last: { status: history.status, at: run.startedAt, run: run.run, why, shownBy: [] },
      addresses,
      accepted: past?.accepted ?? null,
    },
  };
}

function statusOf<One extends Comparable>(
  past: PastCheck | null,
  now: Level,
  addresses: readonly AddressResult[],
  group: Group<One>,
  endpoints: readonly One[],
  texts = en,
): Pick<FindingHistory, 'why'> & { readonly status: FindingHistory['status']; readonly level: Level } {
  if (past === null) return { status: 'new', why: null, level: now };
  if (past.last.status === 'fixed' || past.last.status === 'closed') {
    const why = texts.found.wasGone(past.last.status, past.last.at.slice(0, 10));
    return { status: 'reopened', why, level: now };
  }
  const rose = risen(past.level, now, texts);
  const spread = group.rows
    .map(({ endpoint }) => endpoint.address ?? '')
    .filter((address) => past.addresses.some((one) => one.address === address && one.result === 'good'));
  if (rose !== null || spread.length > 0) {
    const also = spread.length === 0 ? null : texts.level.openAgainAt([...new Set(spread)].slice(0, 3));
    return {
      status: 'worse',
      why: [rose, also].filter((part) => part !== null).join('; '),
      level: worst(past.level, now),
    };
  }
  const fell = risen({ ...now, classes: [] }, { ...past.level, classes: [] }, texts);
  // Better, too, must be shown: by a survey that was not cut short, at each address where it was worse.
  const unshown =
    endpoints.some(({ cut, undetermined }) => cut || undetermined[past.check] !== undefined) ||
    // How far a caller gets is not shown by an endpoint that could not be judged, whichever check has the finding now.
    ((group.primary || isFurther(past.level, now)) && endpoints.some(({ state }) => state === 'undetermined')) ||
    addresses.some(({ result }) => result === 'away') ||
    past.addresses.some(
      ({ address, result }) => result === 'fail' && !endpoints.some((endpoint) => endpoint.address === address),
    );
  if (fell !== null && !unshown) return { status: 'better', why: lowered(past.level, now, texts), level: now };
  const why = fell === null ? null : texts.found.notShownBetter(past.level.severity, past.level.access);
  return { status: 'unchanged', why, level: worst(past.level, now) };
}

function lowered(before: Level, now: Level, { level: words }: HistoryTexts): string {
  return [
    isWorseSeverity(before, now) ? words.severityFell(before.severity, now.severity) : null,
    isFurther(before, now) ? words.accessFell(before.access, now.access) : null,
    isNearer(before, now) ? words.noLongerSeenFrom(before.exposure ?? 'host') : null,
  ]
    .filter((part) => part !== null)
    .join('; ');
}

/** What is known of each address after this run: what was not seen now stays as it was. */
function addressesNow(
  past: PastCheck | null,
  check: string,
  endpoints: readonly Comparable[],
  run: RunNow,
): readonly AddressResult[] {
  const results = new Map(past?.addresses.map((one) => [one.address, one]));
  const wanted = new Set([
    ...results.keys(),
    ...endpoints.flatMap(({ address, found }) =>
      found.some(({ finding }) => finding.check === check) ? [address ?? ''] : [],
    ),
    // An address that denies access is remembered next to one that does not: it may be opened later.
    ...endpoints.flatMap(({ address, passed }) => (passed[check] === undefined ? [] : [address ?? ''])),
  ]);
  return [...wanted].slice(0, addressesKept).flatMap((address): AddressResult[] => {
    const before = results.get(address);
    const endpoint = endpoints.find((one) => (one.address ?? '') === address);
    const views = endpoint === undefined ? endpoints.filter((one) => isFrom(one, before)) : [endpoint];
    const verdict =
      endpoint === undefined
        ? views.some(({ asked }) => asked) && run.alive && !views.some(isUnclear)
          ? 'away'
          : 'unknown'
        : verdictAt(endpoint, past, check, run);
    // What was shown to be good does not get worse by silence.
    if (verdict === 'unknown' || (verdict === 'away' && before?.result === 'good'))
      return before === undefined ? [] : [before];
    const at = views
      .flatMap(({ seenAt }) => seenAt ?? [])
      .sort()
      .at(-1);
    const from = endpoint?.from ?? before?.from;
    const seen = { ...(from !== undefined && { from }), ...(at !== undefined && { at }) };
    if (verdict !== 'away') return [{ address, result: verdict, runs: 0, ...seen }];
    if (before?.result !== 'away') return [{ address, result: 'away', runs: 1, ...seen }];
    // The same run may be merged again with others: its silence counts once.
    const isCounted = at !== undefined && at === before.at;
    return [{ address, result: 'away', runs: before.runs + (isCounted ? 0 : 1), ...seen }];
  });
}

/** Whether an endpoint was seen from where an address is known: of several vantages, only that one can miss it. */
function isFrom({ from }: Comparable, known: Pick<AddressResult, 'from'> | undefined): boolean {
  return known?.from === undefined || from === known.from;
}

/** Addresses of one name that are followed. */
const addressesKept = 64;

/** Whether nothing can be concluded of where a name leads: it was not looked up, or not asked. */
function isUnclear({ asked, state }: Comparable): boolean {
  return !asked || state === 'undetermined';
}

/** What one endpoint says now of a check that failed there. */
function verdictAt(
  endpoint: Comparable,
  past: PastCheck | null,
  check: string,
  run: RunNow,
): 'fail' | 'good' | 'away' | 'unknown' {
  if (endpoint.found.some(({ finding }) => finding.check === check)) return 'fail';
  const { state, asked, cut } = endpoint;
  if (!asked || state === 'undetermined') return 'unknown';
  // Silence does not prove a fix, whatever the check makes of it; without a sign of life from elsewhere it proves nothing at all.
  if (state === 'unreachable') return run.alive ? 'away' : 'unknown';
  if (endpoint.undetermined[check] !== undefined) return 'unknown';
  if (endpoint.passed[check] !== undefined) return cut ? 'unknown' : 'good';
  // What denies every caller denies this one, where what is behind it can no longer be named.
  if (past?.primary === true && state === 'guarded' && !isReplaced(past, endpoint)) return cut ? 'unknown' : 'good';
  return cut ? 'unknown' : 'away';
}

/** Whether nothing shows that a finding is not there, which no run reported yet. */
function isStillUnknown(past: PastCheck, now: PlaceNow<Comparable> | null, place: string, run: RunNow): boolean {
  if (now === null) return run.absent(place) === 'not-asked';
  const known = new Set(past.addresses.map(({ address }) => address));
  return addressesNow(past, past.check, now.endpoints, run).some(
    ({ address, result }) => known.has(address) && result !== 'good',
  );
}

/** An earlier finding that this run does not have. `report`: it belongs in this run's changes. */
function missing(
  { byKnowledge, ...past }: PastCheck,
  endpoints: readonly Comparable[] | null,
  place: string,
  run: RunNow,
): { readonly past: PastCheck; readonly report: boolean } {
  const next = (status: GoneStatus, why: string, more: Partial<PastCheck> = {}, shownBy: readonly number[] = []) => {
    const last: LastResult = { status, at: run.startedAt, run: run.run, why, shownBy };
    const daysOpen =
      status === 'not-reached' || status === 'not-asked' ? daysBetween(past.openSince, run.startedAt) : past.daysOpen;
    return { past: { ...past, ...more, last, daysOpen }, report: true };
  };
  const { gone: words } = run.texts ?? en;
  const kept = { past, report: false };
  const wasOpen = isOpen(past);
  if (byKnowledge === 'gone') {
    const last = { status: 'withdrawn', at: run.startedAt, run: run.run, why: words.byKnowledge, shownBy: [] } as const;
    return { past: { ...past, last: { ...last, cause: 'knowledge' } }, report: true };
  }
  if (endpoints === null) {
    const absent = run.absent(place);
    if (absent === 'withdrawn') {
      if (past.last.status === 'withdrawn') return kept;
      return wasOpen ? next('withdrawn', words.notDeclared) : kept;
    }
    return wasOpen ? next('not-asked', words.notAsked(null)) : kept;
  }
  if (run.checks !== null && !run.checks.includes(past.check))
    return wasOpen ? next('not-asked', words.checkLeftOut) : kept;
  // Of several vantages, those count that had found it: what another one sees says nothing of it.
  const known = past.addresses.filter(({ result }) => result !== 'good');
  const concerned = endpoints.filter((endpoint) => known.some((one) => isFrom(endpoint, one)));
  const asked = (known.length === 0 ? endpoints : concerned).filter((endpoint) => endpoint.asked);
  if (asked.length === 0) {
    const [first] = concerned;
    return wasOpen ? next('not-asked', words.notAsked(first === undefined ? null : (first.why ?? words.noTime))) : kept;
  }
  // What was fixed stays fixed until it is seen again.
  if (past.last.status === 'fixed') return kept;
  const addresses = addressesNow(past, past.check, endpoints, run);
  const following = addresses.filter((one) => past.addresses.some(({ address }) => address === one.address));
  if (following.every(({ result }) => result === 'good')) {
    const shownBy = asked.flatMap((endpoint) => endpoint.passed[past.check] ?? endpoint.denied).slice(0, shownByKept);
    const why = asked.every(({ state }) => state === 'guarded') && past.primary ? words.denied : words.good;
    return next('fixed', why, { addresses }, shownBy);
  }
  if (past.last.status === 'closed') return { past: { ...past, addresses }, report: false };
  const away = following.filter(({ result }) => result !== 'good');
  const views = asked.filter((endpoint) => away.some((one) => isFrom(endpoint, one)));
  if (views.length === 0) return wasOpen ? next('not-asked', words.notAsked(null), { addresses }) : kept;
  const why = whyAway(past, away, views, run);
  if (away.every(({ result, runs }) => result === 'away' && runs >= runsUntilClosed))
    return next('closed', words.twice(why), { addresses });
  return next('not-reached', why, { addresses });
}

/** Runs in a row in which something was not reached before it is called closed. */
const runsUntilClosed = 2;

/** Requests that show a fix, at most. */
const shownByKept = 5;

/** Why it is not known whether it is fixed, in one sentence. */
function whyAway(past: PastCheck, away: readonly AddressResult[], asked: readonly Comparable[], run: RunNow): string {
  const { gone: words } = run.texts ?? en;
  // An address that is good now is not the reason.
  const one = asked.find(({ address }) => away.some((known) => known.address === (address ?? '')));
  if (one === undefined) {
    const nowhere = asked.every(({ state }) => state === 'unreachable');
    return nowhere
      ? words.notReached(asked[0]?.why ?? null)
      : words.leadsElsewhere(away.map(({ address }) => address).slice(0, 3));
  }
  const because = one.undetermined[past.check] ?? one.why;
  switch (one.state) {
    case 'unreachable':
      return run.alive ? words.notReached(because) : words.vantageInDoubt;
    case 'undetermined':
      return words.notJudged(because);
    case 'other-product':
      return words.otherProduct;
    case 'decoy':
      return words.decoy;
    case 'guarded':
    case 'open':
      if (past.primary && isReplaced(past, one)) return words.otherProduct;
      if (one.cut) return words.cutShort;
      return because === null || one.undetermined[past.check] === undefined
        ? words.notShown
        : words.notShownBecause(because);
  }
}

function goneFinding(past: PastCheck): GoneFinding {
  const gone = goneOf(past);
  if (gone === null) throw new Error(`a finding that is ${past.last.status} is not gone`);
  return gone;
}

/** Whose a finding is that is carried forward. */
export function ownersOf({ owners, owner }: PastCheck): readonly string[] {
  return owners ?? (owner === null ? [] : [owner]);
}

/** A finding that is carried forward, as gone; null for one that was found in the last run. */
export function goneOf({ last, level, ...past }: PastCheck): GoneFinding | null {
  const status = goneStatuses.find((one) => one === last.status);
  if (status === undefined) return null;
  return {
    status,
    cause: last.cause ?? 'estate',
    why: last.why ?? '',
    check: past.check,
    fingerprint: past.fingerprint,
    endpoint: past.endpoint,
    target: past.target,
    owner: past.owner,
    title: past.title,
    severity: level.severity,
    firstSeen: past.firstSeen,
    lastSeen: past.lastSeen,
    daysOpen: past.daysOpen,
    shownBy: last.shownBy,
  };
}
