// Which findings of a run are accepted, and what became of each entry that accepts some.
import {
  covers,
  type Acceptance,
  type AcceptanceState,
  type AcceptanceUse,
  type AcceptedRisk,
} from '../model/acceptance.js';
import type { Finding } from '../model/finding.js';
import type { AcceptedAt, EndpointNow, FindingHistory, Level, PastCheck, PastPlace } from '../model/history.js';
import type { Severity } from '../model/severity.js';
import { daysBetween, isOpen, levelOf, risen, type Compared, type PlaceCompared, type RunNow } from './compare.js';
import { en, type HistoryTexts } from './texts/en.js';

/** A finding with what is accepted of it alone. */
interface Acceptable extends Compared {
  /** Of single vulnerabilities: the entries that name some, their severity alone, and the finding without them. */
  readonly acceptedPart?: {
    readonly entries: readonly { readonly entry: string; readonly ids: readonly string[] }[];
    readonly severity: Severity;
    readonly rest: Finding | null;
  };
}

type Asked = EndpointNow<Acceptable> & { readonly summary: { readonly target: string } };

/** A finding after acceptance. */
export interface Received<One extends Asked> {
  readonly item: One['found'][number];
  readonly history: FindingHistory;
  /** With `accepted`, or with what is left of it. */
  readonly finding: Finding;
}

/** Applies the accepted risks of a run while its places are compared. */
export interface AcceptanceBook {
  /** Whether endpoints without findings matter: an entry by target and check is stale only where all of them are good. */
  readonly needsAll: boolean;
  receive<One extends Asked>(
    compared: PlaceCompared<One>,
  ): {
    readonly endpoints: readonly { readonly endpoint: One; readonly found: readonly Received<One>[] }[];
    readonly past: PastPlace;
  };
  /** The entries in the order of the file; complete once all places were received. */
  states(): readonly AcceptanceState[];
}

/** Days before its end from which on an entry is said to end soon. */
const soonDays = 30;

/** What was seen of one entry. */
interface Seen {
  /** It names a finding of this run. */
  met: boolean;
  findings: number;
  worse: number;
  /** Why it is not known whether what it covers is fixed. */
  unknown: string | null;
  /** Why it covers nothing any more. */
  stale: string | null;
}

/** Digits of an id by which entries are found. */
const indexed = 8;

/** Opens the book of a run. */
export function openBook(
  risks: readonly AcceptedRisk[],
  run: Pick<RunNow, 'startedAt' | 'checks' | 'texts'>,
): AcceptanceBook {
  const { texts = en } = run;
  const { accepted: words } = texts;
  const today = run.startedAt.slice(0, 10);
  const byEntry = new Map(risks.map((risk) => [risk.entry, risk]));
  const seen = new Map(risks.map(({ entry }) => [entry, newSeen()]));
  const byKey = grouped(risks, ({ finding, target, check }) =>
    finding === null ? `${target ?? ''}|${check ?? ''}` : finding.slice(0, indexed),
  );
  const byTarget = grouped(
    risks.filter(({ finding }) => finding === null),
    ({ target }) => target ?? '',
  );
  const note = (entry: string): Seen => seen.get(entry) ?? newSeen();

  /** Entries for all of a finding, the one to apply first: one that holds, then one that names the finding itself. */
  const wholly = (finding: Finding): AcceptedRisk | null => {
    const keys = [
      finding.fingerprint.slice(0, indexed),
      finding.id.slice(0, indexed),
      `${finding.target}|${finding.check}`,
    ];
    const matching = keys
      .flatMap((key) => byKey.get(key) ?? [])
      .filter((risk) => risk.vulnerabilities.length === 0 && covers(risk, finding));
    return matching.find(({ until }) => until >= today) ?? matching[0] ?? null;
  };

  const receiveOne = (item: Acceptable, history: FindingHistory, kept: AcceptedAt | null): Outcome => {
    const { finding } = item;
    if (finding.accepted !== null)
      return { finding, at: { entry: 'expect', level: levelOf(finding), applied: true, exceeded: null } };
    const risk = wholly(finding);
    const whole = risk === null ? null : asAWhole(finding, history, kept, risk, today, texts);
    if (risk !== null && whole !== null) {
      const one = note(risk.entry);
      one.met = true;
      if (whole.at.applied) one.findings += 1;
      if (whole.at.exceeded !== null) one.worse += 1;
      // An entry that covers nothing more must not take the place of those that cover a part.
      if (whole.at.applied || item.acceptedPart === undefined) return whole;
    }
    if (item.acceptedPart === undefined) return whole ?? { finding, at: null };
    const part = inPart(finding, item.acceptedPart, kept, byEntry, today, texts);
    for (const { entry } of item.acceptedPart.entries) {
      const one = note(entry);
      one.met = true;
      if (part.at !== null && part.at.exceeded !== null) one.worse += 1;
      else if (isHolding(byEntry.get(entry), today)) one.findings += 1;
    }
    return part;
  };

  const noteEndpoint = (endpoint: Asked): void => {
    for (const risk of byTarget.get(endpoint.summary.target) ?? []) {
      const check = risk.check ?? '';
      const one = note(risk.entry);
      const isThere = endpoint.found.some(({ finding }) => finding.check === check);
      const why = isThere ? null : whyUnknown(endpoint, check, run.checks, texts);
      if (why !== null) one.unknown ??= why;
      else if (!isThere || risk.vulnerabilities.length > 0)
        one.stale ??= risk.vulnerabilities.length > 0 && isThere ? words.noneLeft : words.noFinding;
    }
  };

  const notePast = (past: PastCheck): void => {
    const { status, why, at, cause } = past.last;
    const entries = new Set([
      ...(past.accepted?.entry.split('+') ?? []),
      ...(byKey.get(past.fingerprint.slice(0, indexed)) ?? [])
        .filter(({ finding }) => finding !== null && past.fingerprint.startsWith(finding))
        .map(({ entry }) => entry),
    ]);
    for (const entry of entries) {
      const one = note(entry);
      if (status === 'fixed' || status === 'withdrawn')
        one.stale ??= cause === 'knowledge' ? words.noLongerFinding : words.gone(status, at.slice(0, 10));
      else if (status === 'closed' || status === 'not-reached' || status === 'not-asked')
        one.unknown ??= why ?? words.notReached;
      else if (isOpen(past) && past.byKnowledge === undefined && byEntry.get(entry)?.vulnerabilities.length !== 0)
        one.stale ??= words.noneLeft;
    }
  };

  return {
    needsAll: byTarget.size > 0,
    receive({ endpoints, past }) {
      const accepted = new Map<string, AcceptedAt | null>();
      const received = endpoints.map(({ endpoint, found }) => {
        noteEndpoint(endpoint);
        return {
          endpoint,
          found: found.map(({ item, history, past: { check, accepted: kept } }) => {
            const { finding, at } = receiveOne(item, history, kept);
            accepted.set(check, together(accepted.get(check), at));
            const isSame = history.status === 'unchanged' || history.status === 'better';
            const noLongerAccepted = kept?.applied === true && isSame && finding.accepted === null;
            return { item, history: { ...history, ...(noLongerAccepted && { noLongerAccepted }) }, finding };
          }),
        };
      });
      const checks = past.checks.map((check) => {
        if (byEntry.size > 0) notePast(check);
        const at = accepted.get(check.check);
        return at === undefined ? check : { ...check, accepted: at };
      });
      return { endpoints: received, past: { ...past, checks } };
    },
    states: () =>
      risks.map((risk): AcceptanceState => {
        const { findings, worse } = note(risk.entry);
        return { ...risk, term: termOf(risk, run.startedAt), findings, worse, ...useOf(risk, note(risk.entry), texts) };
      }),
  };
}

interface Outcome {
  readonly finding: Finding;
  readonly at: AcceptedAt | null;
}

function newSeen(): Seen {
  return { met: false, findings: 0, worse: 0, unknown: null, stale: null };
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function isHolding(risk: Pick<AcceptedRisk, 'until'> | undefined, today: string): boolean {
  return risk !== undefined && risk.until >= today;
}

function termOf({ until }: AcceptedRisk, startedAt: string): AcceptanceState['term'] {
  if (until < startedAt.slice(0, 10)) return 'expired';
  return daysBetween(startedAt, until) <= soonDays ? 'ends-soon' : 'in-force';
}

function useOf(
  { finding }: AcceptedRisk,
  { met, unknown, stale }: Seen,
  { accepted: words }: HistoryTexts,
): { readonly use: AcceptanceUse; readonly why: string | null } {
  if (met) return { use: 'in-use', why: null };
  if (unknown !== null) return { use: 'not-reached', why: unknown };
  if (stale !== null) return { use: 'stale', why: stale };
  return finding === null
    ? { use: 'not-reached', why: words.noneAsked }
    : { use: 'unmatched', why: words.noSuchFinding };
}

/** Why an endpoint does not show whether a check would still fail there; null where it shows that it would not. */
function whyUnknown(
  endpoint: Asked,
  check: string,
  checks: readonly string[] | null,
  { accepted: words }: HistoryTexts,
): string | null {
  if (checks !== null && !checks.includes(check)) return words.checkLeftOut;
  if (!endpoint.asked) return words.notAsked;
  if (endpoint.state === 'unreachable') return words.targetNotReached;
  if (endpoint.state === 'undetermined' || endpoint.cut || endpoint.undetermined[check] !== undefined)
    return words.notJudged;
  return null;
}

/** The acceptance of all of a finding. What got worse since the entry was first seen is not covered by it. */
function asAWhole(
  finding: Finding,
  history: FindingHistory,
  kept: AcceptedAt | null,
  risk: AcceptedRisk,
  today: string,
  texts: HistoryTexts,
): { readonly finding: Finding; readonly at: AcceptedAt } {
  const words = texts.accepted;
  const same = kept?.entry === risk.entry ? kept : null;
  const now = levelOf(finding);
  // Who accepted it knew what the run before had shown.
  const level = same?.level ?? history.before ?? now;
  const worse = history.status === 'worse' && history.cause === 'estate' ? (history.why ?? words.gotWorse) : null;
  const exceeded = risen(level, now, texts) ?? worse ?? (history.status === 'better' ? null : (same?.exceeded ?? null));
  const applied = exceeded === null && isHolding(risk, today);
  const { severity, access, classes } = level;
  const at: AcceptedAt = { entry: risk.entry, level: { severity, access, classes }, applied, exceeded };
  const acceptance = acceptanceOf(risk);
  if (applied) return { finding: { ...finding, accepted: acceptance }, at };
  const because = isHolding(risk, today) ? 'worse' : 'expired';
  return {
    finding: {
      ...finding,
      lapsed: { ...acceptance, because, what: because === 'worse' ? exceeded : null },
      summary: and(
        finding.summary,
        because === 'worse'
          ? words.worse(risk.approvedBy, risk.until, exceeded ?? '')
          : words.expired(risk.approvedBy, risk.until, null),
      ),
    },
    at,
  };
}

/** The acceptance of single vulnerabilities: the finding stays open for the others. */
function inPart(
  finding: Finding,
  { entries, severity, rest }: NonNullable<Acceptable['acceptedPart']>,
  kept: AcceptedAt | null,
  byEntry: ReadonlyMap<string, AcceptedRisk>,
  today: string,
  texts: HistoryTexts,
): Outcome {
  const words = texts.accepted;
  const parts = entries.flatMap(({ entry, ids }) => {
    const risk = byEntry.get(entry);
    return risk === undefined ? [] : [{ risk, ids, holds: isHolding(risk, today) }];
  });
  const holding = parts.filter(({ holds }) => holds);
  const over = parts
    .filter(({ holds }) => !holds)
    .map(({ risk, ids }) => words.expired(risk.approvedBy, risk.until, ids));
  const [ended] = parts.filter(({ holds }) => !holds);
  const lapsed =
    ended === undefined ? {} : { lapsed: { ...acceptanceOf(ended.risk), because: 'expired', what: null } as const };
  if (holding.length === 0)
    return { finding: { ...finding, ...lapsed, summary: and(finding.summary, ...over) }, at: null };
  const entry = holding
    .map(({ risk }) => risk.entry)
    .sort()
    .join('+');
  const same = kept?.entry === entry ? kept : null;
  const level: Level = same?.level ?? { severity, access: finding.access, classes: [] };
  const exceeded = risen(level, { ...level, severity }, texts);
  const at: AcceptedAt = { entry, level, applied: exceeded === null && rest === null, exceeded };
  const accepted = holding.flatMap(({ risk, ids }) => ids.map((id) => ({ id, ...acceptanceOf(risk) })));
  if (exceeded !== null) {
    const [first] = accepted;
    const said = words.partWorse(
      accepted.map(({ id }) => id),
      exceeded,
    );
    return {
      finding: {
        ...finding,
        ...(first && { lapsed: { ...acceptanceOf(first), because: 'worse', what: exceeded } }),
        summary: and(finding.summary, said, ...over),
      },
      at,
    };
  }
  if (rest === null)
    return { finding: { ...finding, accepted: joined(accepted), acceptedVulnerabilities: accepted }, at };
  return {
    finding: {
      ...rest,
      ...lapsed,
      acceptedVulnerabilities: accepted,
      summary: and(rest.summary, words.part(accepted), ...over),
    },
    at,
  };
}

function acceptanceOf({ reason, owner, approvedBy, until }: Acceptance): Acceptance {
  return { reason, owner: owner ?? null, approvedBy, until };
}

/** One acceptance for what several accept together: it ends with the first of them. */
function joined(accepted: readonly (Acceptance & { readonly id: string })[]): Acceptance {
  const each = (of: (one: Acceptance) => string | null | undefined) =>
    [...new Set(accepted.flatMap((one) => of(one) ?? []))].join('; ');
  const owner = each((one) => one.owner);
  return {
    reason: each(({ reason }) => reason),
    owner: owner === '' ? null : owner,
    approvedBy: each(({ approvedBy }) => approvedBy),
    until: accepted.map(({ until }) => until).sort()[0] ?? '',
  };
}

/** Of several addresses of one name: accepted only where all are. */
function together(before: AcceptedAt | null | undefined, at: AcceptedAt | null): AcceptedAt | null {
  if (before === undefined) return at;
  if (before === null || at === null) {
    const one = before ?? at;
    return one === null ? null : { ...one, applied: false };
  }
  return { ...before, applied: before.applied && at.applied, exceeded: before.exceeded ?? at.exceeded };
}

function and(...sentences: readonly string[]): string {
  return sentences.filter((sentence) => sentence !== '').join(' ');
}
