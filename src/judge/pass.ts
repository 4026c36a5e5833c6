// The streaming pass over a journal: judges endpoints, joins groups, ranks findings.
import { noFindings } from '../model/severity.js';
import type {
  Behind,
  BehindDoor,
  AnyGroupCheck,
  GroupKey,
  GroupVerdict,
  JudgeContext,
  VerdictName,
} from '../model/check.js';
import { noRungs, noStates, placeKey, rungs, states, type Endpoint } from '../model/endpoint.js';
import type { EndpointSummary, Evidence, Finding, Problem, RecordLines, Summary } from '../model/finding.js';
import type { EndpointNow, PlaceNow } from '../model/history.js';
import type { Json } from '../model/json.js';
import { endings, type Cut } from '../model/exchange.js';
import type { AccessReason, Observations } from '../model/observation.js';
import type { Reception } from './expectation.js';
import {
  clusterUuid,
  endpointKey,
  findingRank,
  foundBy,
  trimmed,
  withProblem,
  withRemark,
  type JudgedFinding,
} from './finding.js';
import {
  lineWithProblem,
  partKey,
  problemsOf,
  regroup,
  remedyKey,
  withMoved,
  type ProblemPart,
  type Regrouped,
} from './problems.js';
import {
  contextAt,
  errorText,
  judgeObservations,
  ourBug,
  type Bug,
  type Checks,
  type Judged,
  type Read,
  type Shown,
} from './record.js';
import { groupTextsOf, reasonText, sharedTexts } from './language.js';
import type { SorterFactory } from '../store/sorter.js';
import { endpointRank } from './summary.js';
import { jsonLine } from '../text/json-line.js';

/** The outcome of the pass over a journal. Streams may be read several times until it is closed. */
export interface Judgement {
  readonly summary: Summary;
  /** The worst 1,000, worst first. */
  readonly problems: readonly Problem[];
  readonly problemsTotal: number;
  /** The first hundred checks that threw; `summary.bugs` counts all. */
  readonly bugs: readonly Bug[];
  /** Endpoints that leave the audit incomplete. */
  readonly gaps: Gaps;
  /** In rank order: see findingRank. */
  findings(): AsyncIterable<Finding>;
  /** Worst first. */
  endpoints(): AsyncIterable<EndpointSummary>;
  /** The same as lines of JSON: what was sorted as text is not parsed and written again. */
  readonly lines: RecordLines;
  /** Removes the spilled files. */
  close(): void;
}

/** Endpoints that leave the audit incomplete, apart from those that were not asked. */
export interface Gaps {
  /**
   * They could not be judged. What is known to be a port of the nodes' own protocol, or was asked only for that, has no access
   * to judge.
   */
  readonly unjudged: number;
  /** They were judged by what was proved before their survey was cut short, by strain that they showed or by us. */
  readonly cutShort: number;
  /** Nothing spoke there, or nothing was sent. */
  readonly silent: number;
}

/** An endpoint that is judged, on its way through the comparison with earlier runs. */
export interface Settled extends EndpointNow<JudgedFinding> {
  readonly summary: EndpointSummary;
  /** Which of the judged runs saw it: the position of its context. */
  readonly run: number;
  /** As endpointKey. */
  readonly key: string;
}

/** Compares what was judged with earlier runs, and gives it back with its findings changed. */
export interface Historian {
  /** What was judged, where it is compared with nothing that is still to come; null where it has to wait. */
  atOnce(settled: Settled, endpoint: Endpoint): Settled | null;
  /** Gets the places that had to wait, in the order of placeKey. `alive`: something answered in this run. */
  compare(places: AsyncIterable<PlaceNow<Settled>>, alive: boolean): AsyncIterable<readonly Settled[]>;
}

/** An endpoint that may be a way into a group check's cluster: held back until it is known what is behind it. */
interface HeldDoor {
  readonly run: number;
  readonly observations: Observations;
  readonly summary: EndpointSummary;
  readonly found: readonly JudgedFinding[];
  readonly shown: Shown;
  readonly masked: Judged['masked'];
  readonly parts: readonly {
    readonly check: string;
    readonly evidence: readonly Evidence[];
    readonly reception: Reception;
  }[];
}

type MemberLine =
  | {
      readonly role: 'behind';
      readonly by: GroupKey['by'];
      readonly note: Omit<Behind, 'by'>;
      /** Of an endpoint that several runs may have seen. */
      readonly seen?: { readonly key: string; readonly run: number };
    }
  | { readonly role: 'door'; readonly by: GroupKey['by']; readonly endpoint: string; readonly run: number };

interface Met {
  readonly endpoint: string;
  readonly check: string;
  readonly behind: BehindDoor;
}

/** Endpoints behind a dashboard that are named; all are counted. */
const behindNamed = 5;

/** Bugs that are kept to be shown. */
const bugsKept = 100;

/** Separates the parts of a sort key; lower than any character of a part. */
const separator = '\u0001';

/** Judges a stream of observed endpoints in one pass. Memory does not grow with their number. */
export async function judgeAll(
  items: AsyncIterable<Pick<Read, 'record' | 'observations'> & Partial<Pick<Read, 'bug'>>>,
  context: JudgeContext,
  checks: Checks,
  sorter: SorterFactory,
  historian: Historian | null = null,
): Promise<Judgement> {
  return judgeRuns([{ items, context }], checks, sorter, historian);
}

/** A run whose endpoints are judged, under its own time and vantage. */
export interface JudgedRun {
  readonly items: AsyncIterable<Pick<Read, 'record' | 'observations'> & Partial<Pick<Read, 'bug'>>>;
  readonly context: JudgeContext;
}

/**
 * Judges several runs of one engagement in one pass, so that group checks see what all of them saw together. An endpoint that several
 * of them saw is handed to the historian as often.
 */
export async function judgeRuns(
  runs: readonly JudgedRun[],
  checks: Checks,
  sorter: SorterFactory,
  historian: Historian | null,
): Promise<Judgement> {
  const pass = openPass(
    runs.map(({ context }) => context),
    checks,
    sorter,
    historian,
  );
  try {
    for (const [run, { items, context }] of runs.entries())
      for await (const { record, observations, bug } of items)
        pass.add(judgeObservations(record, observations, context, checks, bug), run);
    return await pass.finish();
  } catch (error) {
    pass.close();
    throw error;
  }
}

/** A pass that takes endpoints one by one, each judged by itself. */
export interface Pass {
  /**
   * Takes one more endpoint. A full disk throws the system's error.
   *
   * @param run position of the context that it was judged with; the first when absent
   */
  add(judged: Judged, run?: number): void;
  /** Judges what several endpoints show together, and puts all in order. Nothing may be added from then on. */
  finish(): Promise<Judgement>;
  /** Removes the spilled files. */
  close(): void;
}

/**
 * Begins a pass; see {@link Pass}. Memory does not grow with the number of endpoints.
 *
 * @param contexts one for each run whose endpoints are judged
 * @param historian compares them with earlier runs
 */
export function openPass(
  contexts: readonly JudgeContext[],
  checks: Pick<Checks, 'group'>,
  sorter: SorterFactory,
  historian: Historian | null,
): Pass {
  const findings = sorter<Finding>('findings');
  const parts = sorter<ProblemPart>('parts');
  const endpoints = sorter<EndpointSummary>('endpoints');
  const members = sorter<MemberLine>('groups');
  const doors = sorter<HeldDoor>('doors');
  const met = sorter<Met>('met');
  const places = sorter<Settled>('places');
  const grouped: Regrouped = {
    decisions: sorter('decisions'),
    problems: sorter('problems'),
    moved: sorter('moved'),
  };
  const spilled = [grouped.decisions, grouped.problems, grouped.moved];
  const close = () => {
    for (const each of [findings, parts, endpoints, members, doors, met, places, ...spilled]) each.close();
  };

  const tally = newTally();
  const gaps = { unjudged: 0, cutShort: 0, silent: 0 };
  const bugs: Bug[] = [];
  let bugsTotal = 0;
  let settledTotal = 0;
  const lenses = lensesOf(contexts);
  const noteBugs = (found: readonly Bug[]) => {
    bugsTotal += found.length;
    bugs.push(...found.slice(0, bugsKept - bugs.length));
  };

  const settle = (
    observations: Observations,
    summary: EndpointSummary,
    found: readonly JudgedFinding[],
    { passed, denied, contents }: Shown,
    run: number,
  ) => {
    settledTotal += 1;
    if (isUnjudged(observations)) gaps.unjudged += 1;
    if (isCutShort(observations)) gaps.cutShort += 1;
    if (isSilent(observations)) gaps.silent += 1;
    const { endpoint, cut } = observations;
    const settled: Settled = {
      summary,
      run,
      key: endpointKey(endpoint),
      address: summary.address,
      state: summary.state,
      product: summary.product,
      asked: summary.reason !== 'not-asked-window' && summary.reason !== 'not-asked-blackout',
      cut: cut !== null,
      why: summary.reasonText,
      passed,
      undetermined: Object.fromEntries(summary.undetermined.map(({ check, reason }) => [check, reason])),
      denied,
      found,
      ...(contents && { contents }),
    };
    const compared = historian === null ? settled : historian.atOnce(settled, endpoint);
    if (compared === null) places.add(placeKey(endpoint), settled);
    else count(compared);
  };

  const count = ({ summary, found, key }: Settled) => {
    tally.endpoints += 1;
    tally.states[summary.state] += 1;
    tally.rungs[summary.access] += 1;
    tally.notAsked = withNotAsked(tally.notAsked, summary);
    endpoints.add(endpointRank(summary, found), summary, jsonLine(summary));
    for (const { finding, problem } of found) {
      const rank = findingRank(finding);
      findings.add(rank, finding, jsonLine(finding));
      if (finding.accepted !== null) {
        tally.accepted += 1;
        continue;
      }
      tally.findings[finding.severity] += 1;
      const part: ProblemPart = {
        problem,
        rank,
        endpoint: key,
        url: summary.endpoint,
        owners: finding.owners,
        open: summary.state === 'open',
        check: finding.check,
        severity: finding.severity,
        fingerprint: finding.fingerprint,
        title: finding.title,
        remedy: remedyKey(finding, summary.host),
      };
      parts.add(partKey(part), part);
    }
  };

  return {
    add(judged, run = 0) {
      const { observations } = judged;
      noteBugs(judged.bugs);
      addVerdicts(tally.verdicts, judged.verdicts);
      const endpoint = endpointKey(observations.endpoint);
      const key = lenses === null ? endpoint : `${String(run).padStart(5, '0')}|${endpoint}`;
      for (const member of judged.members) {
        for (const { key: meeting, by } of member.keys) {
          const place = [member.check, meeting].join(separator);
          // What is behind comes before the ways in, and what could be a cluster before what could not: the first are named.
          if (member.note !== null)
            members.add([place, lenses === null && isNone(member.note) ? '1' : '0', endpoint, key].join(separator), {
              role: 'behind',
              by,
              note: member.note,
              ...(lenses !== null && { seen: { key: endpoint, run } }),
            });
          if (member.role !== 'behind')
            members.add([place, '2', key].join(separator), { role: 'door', by, endpoint: key, run });
        }
      }
      const doorParts = judged.members.filter((member) => member.role !== 'behind');
      if (doorParts.length === 0) settle(observations, judged.summary, judged.found, judged.shown, run);
      else
        doors.add(key, {
          run,
          observations: trimmed(observations),
          summary: judged.summary,
          found: judged.found,
          shown: judged.shown,
          masked: judged.masked,
          parts: doorParts.map(({ check, evidence, reception }) => ({ check, evidence, reception })),
        });
    },
    finish,
    close,
  };

  async function finish(): Promise<Judgement> {
    // Each group in turn: what is behind comes first, then the ways in.
    let meeting: string | null = null;
    let group = metBehind(lenses);
    for await (const { key, item } of members.sorted()) {
      const [check = '', ...rest] = key.split(separator);
      const place = [check, rest[0]].join(separator);
      if (place !== meeting) {
        meeting = place;
        group = metBehind(lenses);
      }
      if (item.role === 'behind') {
        group.add(item);
        continue;
      }
      const behind = group.of(item.run);
      if (behind.total > 0)
        met.add([item.endpoint, check].join(separator), {
          endpoint: item.endpoint,
          check,
          behind: seenBy(item.by, behind),
        });
    }
    members.close();

    const meetings = met.sorted()[Symbol.asyncIterator]();
    let next = await meetings.next();
    for await (const { key, item: door } of doors.sorted()) {
      const found = new Map<string, BehindDoor>();
      while (next.done !== true && next.value.item.endpoint < key) next = await meetings.next();
      while (next.done !== true && next.value.item.endpoint === key) {
        const { check, behind: more } = next.value.item;
        found.set(check, joined(found.get(check) ?? nothingBehind(), more));
        next = await meetings.next();
      }
      const judged = judgeDoor(door, found, contexts[door.run] ?? firstOf(contexts), checks.group);
      noteBugs(judged.bugs);
      addVerdicts(tally.verdicts, judged.verdicts);
      settle(door.observations, judged.summary, judged.found, judged.shown, door.run);
    }
    doors.close();
    met.close();

    if (historian !== null) {
      const compared = historian.compare(byPlace(places.sorted()), gaps.silent < settledTotal);
      for await (const place of compared) for (const settled of place) count(settled);
    }
    places.close();

    await regroup(parts, grouped);
    parts.close();
    grouped.decisions.close();
    const { problems, total } = await problemsOf(grouped.problems, sharedTexts(firstOf(contexts)));
    grouped.problems.close();

    return {
      summary: { ...tally, problems: total, bugs: bugsTotal },
      problems,
      problemsTotal: total,
      bugs,
      gaps,
      async *findings() {
        for await (const { finding, problem } of withMoved(findings.sorted(), grouped.moved))
          yield problem === null ? finding.item : { ...finding.item, problem };
      },
      async *endpoints() {
        for await (const { item } of endpoints.sorted()) yield item;
      },
      lines: {
        async *findings() {
          for await (const { finding, problem } of withMoved(findings.sorted(), grouped.moved))
            yield problem === null ? finding.json : lineWithProblem(finding.json, problem);
        },
        async *endpoints() {
          for await (const { json } of endpoints.sorted()) yield json;
        },
      },
      close,
    };
  }
}

function firstOf(contexts: readonly JudgeContext[]): JudgeContext {
  const [first] = contexts;
  if (first === undefined) throw new Error('a pass without a run');
  return first;
}

/** For each run the vantage that it was made from, by number; null where there is one run. */
type Lenses = readonly number[] | null;

function lensesOf(contexts: readonly JudgeContext[]): Lenses {
  if (contexts.length < 2) return null;
  const names = [...new Set(contexts.map(({ vantage }) => vantage.name))];
  return contexts.map(({ vantage }) => names.indexOf(vantage.name));
}

/**
 * What is behind the ways in of one group. A way in is judged with what its own vantage saw; what that did not see (another shard, a
 * host that it could not ask), with what another one did. So an endpoint counts once, however many saw it.
 */
function metBehind(lenses: Lenses): {
  readonly add: (line: Extract<MemberLine, { role: 'behind' }>) => void;
  readonly of: (run: number) => BehindDoor;
} {
  if (lenses === null) {
    let all = nothingBehind();
    return { add: ({ note, by }) => (all = withBehind(all, { ...note, by })), of: () => all };
  }
  const views = Array.from({ length: Math.max(...lenses) + 1 }, nothingBehind);
  let seen = new Map<number, Behind>();
  let key: string | null = null;
  const close = (): void => {
    const best = [...seen.values()].sort((a, b) => rungs.indexOf(b.rung) - rungs.indexOf(a.rung))[0];
    if (best === undefined) return;
    for (const [lens, view] of views.entries()) views[lens] = withBehind(view, seen.get(lens) ?? best);
    seen = new Map();
  };
  return {
    add({ note, by, seen: at }) {
      if (at?.key !== key) close();
      key = at?.key ?? null;
      seen.set(lenses[at?.run ?? 0] ?? 0, { ...note, by });
    },
    of(run) {
      close();
      return views[lenses[run] ?? 0] ?? nothingBehind();
    },
  };
}

/** The endpoints of each place together. */
async function* byPlace(
  endpoints: AsyncIterable<{ readonly key: string; readonly item: Settled }>,
): AsyncGenerator<PlaceNow<Settled>, void, void> {
  let place: string | null = null;
  let held: Settled[] = [];
  for await (const { key, item } of endpoints) {
    if (place !== null && key !== place) {
      yield { place, endpoints: held };
      held = [];
    }
    place = key;
    held.push(item);
  }
  if (place !== null) yield { place, endpoints: held };
}

function isUnjudged({ access: { state, reason }, endpoint }: Observations): boolean {
  if (state !== 'undetermined' || reason === 'not-asked-window' || reason === 'not-asked-blackout') return false;
  return reason !== 'transport-port' && endpoint.transport !== true;
}

/** Cuts that the user did not choose: a budget of requests is their own. */
const shortCuts: ReadonlySet<Cut> = new Set<Cut>(['left-in-peace', 'local-failure', 'interrupted', 'window-closed']);

function isCutShort({ access: { state, reason }, cut }: Observations): boolean {
  if (state === 'undetermined') return false;
  // Something that was entered, and then stopped answering.
  const ended = state === 'open' && [...endings].some((ending) => ending === reason);
  return ended || (cut !== null && shortCuts.has(cut));
}

/** Why an endpoint could not be judged though nothing was heard of it. */
const unheard: ReadonlySet<AccessReason | null> = new Set<AccessReason>([
  'name-lookup-failed',
  'out-of-scope',
  'denied',
  'budget-spent',
  'window-closed',
  'interrupted',
  'local-failure',
  'vantage-lost',
  'source-blocked',
  'not-asked-window',
  'not-asked-blackout',
]);

function isSilent({ access: { state, rung, reason } }: Observations): boolean {
  return state === 'unreachable' || (state === 'undetermined' && rung === 'silent' && unheard.has(reason));
}

/** An endpoint that met a dashboard by one of its data sources is behind it, whatever other key brought it there. */
function seenBy(by: GroupKey['by'], behind: BehindDoor): BehindDoor {
  return by === 'data source' ? { ...behind, first: behind.first.map((one) => ({ ...one, by })) } : behind;
}

function newTally() {
  return {
    endpoints: 0,
    states: noStates(),
    rungs: noRungs(),
    findings: noFindings(),
    accepted: 0,
    notAsked: { window: 0, blackout: 0, blackoutOwners: noNames },
    verdicts: noVerdicts(),
  };
}

const noNames: readonly string[] = [];

function withNotAsked(
  { window, blackout, blackoutOwners }: Summary['notAsked'],
  { reason, owner }: EndpointSummary,
): Summary['notAsked'] {
  return {
    window: window + (reason === 'not-asked-window' ? 1 : 0),
    blackout: blackout + (reason === 'not-asked-blackout' ? 1 : 0),
    blackoutOwners: reason === 'not-asked-blackout' ? withName(blackoutOwners, owner) : blackoutOwners,
  };
}

function noVerdicts(): Record<VerdictName, number> {
  return { fail: 0, pass: 0, 'not-applicable': 0, undetermined: 0 };
}

function addVerdicts(to: Record<VerdictName, number>, more: Readonly<Record<VerdictName, number>>): void {
  to.fail += more.fail;
  to.pass += more.pass;
  to['not-applicable'] += more['not-applicable'];
  to.undetermined += more.undetermined;
}

function nothingBehind(): BehindDoor {
  return { total: 0, states: noStates(), first: [], owners: [], environments: [] };
}

function withBehind(behind: BehindDoor, one: Behind): BehindDoor {
  return {
    total: behind.total + 1,
    states: { ...behind.states, [one.state]: behind.states[one.state] + 1 },
    first: behind.first.length < behindNamed ? [...behind.first, one] : behind.first,
    owners: withName(behind.owners, one.owner),
    environments: withName(behind.environments, one.environment),
  };
}

/** What is behind is declared to be a cluster, but is another product or a decoy. */
function isNone({ state }: Pick<Behind, 'state'>): boolean {
  return state === 'other-product' || state === 'decoy';
}

/** Owners and environments that are kept apart. */
const namesKept = 20;

function withName(names: readonly string[], name: string | null): readonly string[] {
  return name === null || names.length === namesKept || names.includes(name) ? names : [...names, name];
}

/**
 * What a dashboard met by two keys, together. A few are distinguished by their address; of many only the larger count is sure.
 */
function joined(a: BehindDoor, b: BehindDoor): BehindDoor {
  const first = [...a.first, ...b.first.filter((one) => a.first.every((other) => other.url !== one.url))];
  const allNamed = a.total <= behindNamed && b.total <= behindNamed;
  if (allNamed) return first.reduce(withBehind, nothingBehind());
  const counts = noStates();
  for (const state of states) counts[state] = Math.max(a.states[state], b.states[state]);
  return {
    total: Math.max(a.total, b.total),
    states: counts,
    first: first.slice(0, behindNamed),
    owners: b.owners.reduce(withName, a.owners),
    environments: b.environments.reduce(withName, a.environments),
  };
}

function judgeDoor(
  door: HeldDoor,
  met: ReadonlyMap<string, BehindDoor>,
  runContext: JudgeContext,
  groupChecks: readonly AnyGroupCheck[],
): {
  summary: EndpointSummary;
  found: readonly JudgedFinding[];
  verdicts: Record<VerdictName, number>;
  shown: Shown;
  bugs: readonly Bug[];
} {
  const context = contextAt(door.observations, runContext);
  const verdicts = noVerdicts();
  const bugs: Bug[] = [];
  const undetermined = [...door.summary.undetermined];
  const passed = { ...door.shown.passed };
  let { found } = door;
  for (const part of door.parts) {
    const check = groupChecks.find((candidate) => candidate.id === part.check);
    if (check === undefined) continue;
    const isReplaced = ({ finding }: JudgedFinding): boolean => check.replaces.includes(finding.check);
    const behind = met.get(check.id) ?? nothingBehind();
    let verdict: GroupVerdict<Json, string>;
    try {
      verdict = behind.total === 0 ? { verdict: 'not-applicable' } : check.judge(door.observations, behind, context);
      if (verdict.verdict === 'fail') {
        const replaced = found.filter(isReplaced);
        const news = foundBehind(check, verdict, replaced, door, part, context);
        verdicts.fail -= replaced.length;
        verdicts['not-applicable'] += replaced.length;
        // Other findings on this endpoint belong to the same problem, unless either is a problem by itself.
        const others = found
          .filter((other) => !isReplaced(other))
          .map((other) => (isOwnThing(news) || isOwnThing(other) ? other : withProblem(other, news.problem)));
        found = [news, ...others];
      }
    } catch (error) {
      bugs.push({
        check: check.id,
        endpoint: door.summary.endpoint,
        message: errorText(error),
      });
      verdict = { verdict: 'undetermined', reason: ourBug };
    }
    if (verdict.verdict !== 'fail') {
      const remark = groupTextsOf(check, context).remark(behind, door.observations, context);
      if (remark !== null) found = found.map((other) => (isReplaced(other) ? withRemark(other, remark) : other));
    }
    verdicts[verdict.verdict] += 1;
    if (verdict.verdict === 'pass') passed[check.id] = part.evidence.map(({ request }) => request).slice(0, 2);
    if (verdict.verdict === 'undetermined')
      undetermined.push({ check: check.id, reason: reasonText(verdict.reason, check, door.observations, context) });
  }
  return {
    summary: { ...door.summary, undetermined, findings: found.map(({ finding }) => finding.fingerprint) },
    found,
    verdicts,
    shown: { ...door.shown, passed },
    bugs,
  };
}

/** A certificate or a key is fixed apart from the endpoints that show it. */
function isOwnThing({ problem }: JudgedFinding): boolean {
  return problem.startsWith('certificate:') || problem.startsWith('key:');
}

function foundBehind(
  check: AnyGroupCheck,
  { facts, behind }: Extract<GroupVerdict<Json, string>, { verdict: 'fail' }>,
  replaced: readonly JudgedFinding[],
  { observations: door, masked }: HeldDoor,
  { evidence, reception }: HeldDoor['parts'][number],
  context: JudgeContext,
): JudgedFinding {
  const uuid = clusterUuid(door);
  const shown = [...evidence, ...behind.flatMap((one) => (one.evidence === null ? [] : [one.evidence]))];
  return foundBy(
    check,
    facts,
    door,
    {
      evidence: shown.map((piece, i) => ({ ...piece, id: `E${i + 1}` })),
      reception,
      also: [...new Set(behind.map((one) => one.url))],
      alsoOwners: behind.flatMap((one) => one.owner ?? []),
      replaces: replaced.map(({ finding }) => finding.fingerprint),
      problem: check.problem?.(door) ?? (uuid === null ? `behind:${behind[0]?.url ?? door.url}` : `uuid:${uuid}`),
      masked: masked === null ? null : new Map(masked),
    },
    context,
  );
}
