// Judges one endpoint: runs the checks, and catches those that fail by a bug of ours.
import type {
  Behind,
  AnyCheck,
  CheckBase,
  AnyGroupCheck,
  GroupKey,
  GroupPart,
  JudgeContext,
  MaskedNames,
  SharedReason,
  Verdict,
  VerdictName,
} from '../model/check.js';
import type { EndpointRecord } from '../model/exchange.js';
import type { EndpointSummary, Evidence } from '../model/finding.js';
import type { EndpointNow } from '../model/history.js';
import type { Json } from '../model/json.js';
import type { EvidenceRefs, Observations } from '../model/observation.js';
import { observe, unread } from '../reading/index.js';
import { acceptedPart } from './accepted-vulnerabilities.js';
import { contentsSeen } from './contents-seen.js';
import { evidenceFrom, type EvidenceOf } from './evidence.js';
import { expectationOf, receive, type Reception } from './expectation.js';
import { foundBy, problemKey, trimmed, type JudgedFinding } from './finding.js';
import { lacking } from './needs.js';
import { reasonText } from './language.js';
import { maskProse, maskRecord, maskSummary, namesToMask, occurring } from './mask.js';
import { summaryOf } from './summary.js';

/** A check or a reading that threw: our bug, said so wherever its verdict is shown. */
export interface Bug {
  /** Id of the check; `reading` where the record could not be read at all. */
  readonly check: string;
  readonly endpoint: string;
  /** The error's message, for our own log: never a target's text shown as ours. */
  readonly message: string;
}

/** How an endpoint takes part in one group check. */
export interface GroupMember {
  readonly check: string;
  readonly role: GroupPart['role'];
  readonly keys: readonly GroupKey[];
  /** For `behind` and `peer`: what the dashboards get to know of it. */
  readonly note: Omit<Behind, 'by'> | null;
  /** For `door` and `peer`: what its own answers show. */
  readonly evidence: readonly Evidence[];
  /** For `door` and `peer`: what the target's expectation makes of what was reached. */
  readonly reception: Reception;
}

/** Verdicts by name. */
export type VerdictCounts = Readonly<Record<VerdictName, number>>;

/** One endpoint judged by itself: the first stage of the pass, and the preview shown live. */
export interface Judged {
  readonly observations: Observations;
  readonly summary: EndpointSummary;
  readonly found: readonly JudgedFinding[];
  readonly verdicts: VerdictCounts;
  /** For the comparison with earlier runs. */
  readonly shown: Shown;
  readonly bugs: readonly Bug[];
  readonly members: readonly GroupMember[];
  /** Names that must not be shown, with their pseudonyms, of what a group check words; null where all may be. */
  readonly masked: readonly (readonly [name: string, pseudonym: string])[] | null;
}

/** What an endpoint's answers show that is good: requests by which access was denied, and by which checks passed. */
export type Shown = Pick<EndpointNow<JudgedFinding>, 'passed' | 'denied' | 'contents'>;

/** Requests that are named for one check, at most. */
const requestsNamed = 2;

/** The requests behind these positions in the record. */
function requestsOf({ exchanges }: EndpointRecord, refs: EvidenceRefs): readonly number[] {
  const requests = refs.flatMap((ref) => exchanges[ref]?.request ?? []).filter((request) => request > 0);
  return [...new Set(requests)].slice(0, requestsNamed);
}

/** The checks a pass runs. */
export interface Checks {
  readonly endpoint: readonly AnyCheck[];
  readonly group: readonly AnyGroupCheck[];
}

/** A record with what was read of it, and the bug of ours that kept it from being read, where there was one. */
export interface Read {
  readonly record: EndpointRecord;
  readonly observations: Observations;
  readonly bug: Bug | null;
}

/** Reads a record. A reading that throws is a bug of ours that costs this one endpoint: it is undetermined then. */
export function read(record: EndpointRecord): Read {
  try {
    return { record, observations: observe(record), bug: null };
  } catch (error) {
    const observations = unread(record);
    return { record, observations, bug: { check: 'reading', endpoint: observations.url, message: errorText(error) } };
  }
}

/** What a thrown value says. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/**
 * Judges one endpoint's observations. Pure; a check that throws becomes a bug and an undetermined verdict.
 *
 * @param misread the bug that kept the record from being read, where there was one
 */
export function judgeObservations(
  record: EndpointRecord,
  observations: Observations,
  runContext: JudgeContext,
  checks: Checks,
  misread: Bug | null = null,
): Judged {
  if (misread === null && wasNotAsked(record)) return notJudged(record, observations, runContext);
  const context = contextAt(observations, runContext);
  const verdicts = { fail: 0, pass: 0, 'not-applicable': 0, undetermined: 0 };
  const bugs: Bug[] = misread === null ? [] : [misread];
  const found: JudgedFinding[] = [];
  const passed: Record<string, readonly number[]> = {};
  const undetermined: { check: string; reason: string }[] = [];
  let short: Observations | null = null;
  const names = context.mask === undefined ? null : namesToMask(record, observations, context.mask);
  // Checks judge what was read; evidence shows the record without its names.
  const shown = evidenceIn(
    context,
    evidenceFrom(names === null ? record : maskRecord(record, names), observations, context),
  );

  const notDetermined = (check: AnyCheck | AnyGroupCheck, reason: string) =>
    undetermined.push({ check: check.id, reason: reasonText(reason, check, observations, context) });
  const caught = (check: AnyCheck | AnyGroupCheck, error: unknown) => {
    bugs.push({ check: check.id, endpoint: observations.url, message: errorText(error) });
    verdicts.undetermined += 1;
    notDetermined(check, ourBug);
  };

  for (const check of checks.endpoint) {
    try {
      const verdict = verdictOf(check, observations, context);
      if (verdict.verdict === 'fail') {
        const trim = (short ??= trimmed(observations));
        // Worded here, so that a text that throws is this check's bug and never stops a report.
        const one = foundAt(check, verdict, shown, observations, trim, context, names);
        const part =
          check.id === 'known-vulnerability'
            ? acceptedPart(one.finding, observations, context, (knowledge) => {
                const other = { ...context, knowledge };
                const rest = verdictOf(check, observations, other);
                if (rest.verdict !== 'fail') return null;
                return foundAt(check, rest, shown, observations, trim, other, names).finding;
              })
            : null;
        found.push(part === null ? one : { ...one, acceptedPart: part });
      }
      verdicts[verdict.verdict] += 1;
      if (verdict.verdict === 'pass') passed[check.id] = requestsOf(record, verdict.evidence);
      // What denies every caller denies this one, where what is behind it can no longer be named; another product's login does not.
      const isGuarded = observations.access.state === 'guarded' && applies(check, observations);
      if (verdict.verdict === 'not-applicable' && check.guarded === 'pass' && isGuarded)
        passed[check.id] = requestsOf(record, observations.access.evidence);
      if (verdict.verdict === 'undetermined') notDetermined(check, verdict.reason);
    } catch (error) {
      caught(check, error);
    }
  }

  const members: GroupMember[] = [];
  for (const check of checks.group) {
    try {
      const part = applies(check, observations) ? check.part(observations, context) : null;
      // A dashboard's verdict waits for what is behind it.
      if (part === null || part.role === 'behind') verdicts['not-applicable'] += 1;
      if (part !== null) members.push(memberOf(check, part, shown, observations, context, names));
    } catch (error) {
      caught(check, error);
    }
  }

  const summary = summaryOf(record, observations, found, undetermined, context);
  return {
    observations,
    summary: names === null ? summary : maskSummary(summary, names),
    found,
    verdicts,
    shown: {
      passed,
      denied: observations.access.state === 'guarded' ? requestsOf(record, observations.access.evidence) : [],
      ...contentsOf(observations, names),
    },
    bugs,
    members,
    masked: names === null ? null : [...occurring(names, trimmed(observations))],
  };
}

/** With the run, where it is one of several. */
function evidenceIn({ isMerged, run }: JudgeContext, evidenceOf: EvidenceOf): EvidenceOf {
  return isMerged === true ? (refs) => evidenceOf(refs).map((piece) => ({ ...piece, run })) : evidenceOf;
}

/** Kept for the next run where names may be shown. */
function contentsOf(observations: Observations, names: MaskedNames | null): Pick<Shown, 'contents'> {
  const contents = names === null ? contentsSeen(observations) : null;
  return contents === null ? {} : { contents };
}

function wasNotAsked({ cut, exchanges }: EndpointRecord): boolean {
  return exchanges.length === 0 && (cut === 'not-asked-window' || cut === 'not-asked-blackout');
}

/** Nothing to judge by: a line for each check would say the same, and most of an estate may be in its hours. */
function notJudged(record: EndpointRecord, observations: Observations, context: JudgeContext): Judged {
  return {
    observations,
    summary: summaryOf(record, observations, [], [], context),
    found: [],
    verdicts: { fail: 0, pass: 0, 'not-applicable': 0, undetermined: 0 },
    shown: { passed: {}, denied: [] },
    bugs: [],
    members: [],
    masked: null,
  };
}

/** What is known when one endpoint is judged: who it took the caller for, besides what holds for the run. */
export function contextAt({ transport }: Observations, context: JudgeContext): JudgeContext {
  return transport.tls?.clientCertificate === true ? { ...context, asHolder: true } : context;
}

function foundAt(
  check: AnyCheck,
  { facts, evidence }: Extract<Verdict<Json>, { verdict: 'fail' }>,
  evidenceOf: EvidenceOf,
  observations: Observations,
  short: Observations,
  context: JudgeContext,
  names: MaskedNames | null,
): JudgedFinding {
  const { kind } = check.stake(facts, short);
  const clocks = kind === 'reach' || kind === 'gateway' ? clockEvidence(observations) : [];
  return foundBy(
    check,
    facts,
    short,
    {
      evidence: evidenceOf([...evidence, ...clocks]),
      reception: received(check, observations, context, names),
      also: [],
      alsoOwners: [],
      replaces: [],
      problem: check.problem?.(observations) ?? problemKey(observations),
      masked: names,
    },
    context,
  );
}

const unasked: Reception = { accepted: null, sentence: null };

/** What the target's expectation makes of it, in words that show no name that must not be shown. */
function received(
  check: Pick<CheckBase<Json>, 'acceptable'>,
  observations: Observations,
  context: JudgeContext,
  names: MaskedNames | null,
): Reception {
  const reception = check.acceptable ? receive(observations, context) : unasked;
  if (names === null || reception.accepted !== null || reception.sentence === null) return reception;
  return { accepted: null, sentence: maskPatterns(maskProse(reception.sentence, names), observations, context) };
}

/** The patterns of the targets file that the sentence repeats name indices as well. */
function maskPatterns(sentence: string, observations: Observations, context: JudgeContext): string {
  const expect = expectationOf(observations, context);
  const patterns = expect.kind === 'up-to' ? expect.indices.filter((pattern) => pattern !== '*') : [];
  return patterns.reduce(
    (text, pattern) => text.replaceAll(pattern, context.mask?.('pattern', pattern) ?? ''),
    sentence,
  );
}

function memberOf(
  check: AnyGroupCheck,
  part: GroupPart,
  evidenceOf: EvidenceOf,
  observations: Observations,
  context: JudgeContext,
  names: MaskedNames | null,
): GroupMember {
  const { role, keys } = part;
  if (role === 'behind')
    return {
      check: check.id,
      role,
      keys,
      note: noteOf(evidenceOf, observations, part.evidence, context),
      evidence: [],
      reception: unasked,
    };
  return {
    check: check.id,
    role,
    keys,
    note: role === 'peer' ? noteOf(evidenceOf, observations, part.evidence, context) : null,
    evidence: evidenceOf([...part.evidence, ...(role === 'peer' ? [] : clockEvidence(observations))]),
    reception: received(check, observations, context, names),
  };
}

/** The reason of a verdict that a bug of ours swallowed. */
export const ourBug: SharedReason = 'check-failed';

function applies(check: { readonly products: AnyCheck['products'] }, observations: Observations): boolean {
  const { product } = observations.identity;
  return check.products === 'any' || product === null || check.products.includes(product);
}

/**
 * The verdict after the runner's own rules: a wrong product is `not-applicable`, what could not be identified or judged is
 * `undetermined` with its reason, and nothing passes once the vantage was lost or our address blocked.
 */
function verdictOf(check: AnyCheck, observations: Observations, context: JudgeContext): Verdict<Json, string> {
  const { identity, access, cut } = observations;
  if (!applies(check, observations)) return { verdict: 'not-applicable' };
  const lost = cut === 'vantage-lost' || cut === 'source-blocked';
  if (check.products !== 'any' && identity.product === null) {
    if (lost) return { verdict: 'undetermined', reason: cut };
    if (access.state !== 'undetermined') return { verdict: 'not-applicable' };
    return { verdict: 'undetermined', reason: access.reason ?? cut ?? 'not-identified' };
  }
  const verdict = lacking(check, observations) ?? check.judge(observations, context);
  return verdict.verdict === 'pass' && lost ? { verdict: 'undetermined', reason: cut } : verdict;
}

function clockEvidence({ time, topics }: Observations): readonly number[] {
  return [time.processStartedAt, time.clock, time.oldestDataAt, topics.licence].flatMap(
    (clock) => clock?.evidence ?? [],
  );
}

function noteOf(
  evidenceOf: EvidenceOf,
  observations: Observations,
  refs: EvidenceRefs,
  context: JudgeContext,
): Omit<Behind, 'by'> {
  const { access, endpoint, targets, url } = observations;
  const target = context.targets.get(targets[0] ?? '');
  return {
    url,
    address: endpoint.address === null ? null : `${endpoint.address}:${endpoint.port}`,
    target: targets[0] ?? '',
    owner: target?.owner ?? null,
    environment: target?.environment ?? null,
    state: access.state,
    rung: access.rung,
    reason: access.reason,
    otherProduct: observations.identity.otherProduct,
    evidence: evidenceOf(refs.slice(0, 1))[0] ?? null,
  };
}
