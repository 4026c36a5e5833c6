// What a notification says of a run: counts, checks and owners; endpoints only where they are asked for.
import { severities, type EndpointSummary, type Finding, type ReportHead, type Severity } from '../model/finding.js';
import { goneOf, ownersOf } from '../history/compare.js';
import { differenceOf, type GoneStatus, type PastPlace } from '../model/history.js';
import type { Notify } from '../model/notify.js';
import { noFindings } from '../model/severity.js';
import { oneLine } from '../text/visible.js';
import type { Texts } from './texts/en.js';
import { isNarrowed } from './words.js';

/** What differs from the last run, as `differenceOf` says it. */
const news = ['new', 'worse', 'reopened', 'no-longer-accepted', 'knowledge'] as const;
type News = (typeof news)[number];

/** A check with how often it has news. */
interface CheckNews {
  readonly check: string;
  readonly status: News;
  readonly severity: Severity;
  count: number;
  readonly owners: Set<string>;
}

interface EndpointNews {
  readonly endpoint: string;
  readonly check: string;
  readonly status: News;
  readonly severity: Severity;
  readonly title: string;
  readonly owner: string | null;
}

/** Endpoints that a message with `detail: full` names. */
const mostEndpoints = 20;
/** Owners named behind a check. */
const mostOwners = 5;
/** Lines about checks. */
const mostChecks = 30;

/** A message before it takes the shape of its recipient. */
export interface Notice {
  /** Why it is sent. */
  readonly kind: 'change' | 'incomplete' | 'failed' | 'unchanged';
  readonly headline: string;
  readonly lines: readonly string[];
  /** Stands for lines that a recipient does not take. */
  readonly moreLines: (rest: number) => string;
  /** The same as data, for programs. */
  readonly data: object;
}

/** Whom a notice is for: an entry, and for `to: owners` one owner of it. */
export interface Audience {
  readonly entry: Notify;
  /** Names of owners; null for everything. */
  readonly owners: readonly string[] | null;
}

interface Tally {
  readonly audience: Audience;
  readonly checks: Map<string, CheckNews>;
  readonly endpoints: EndpointNews[];
  readonly open: Record<Severity, number>;
  readonly gone: Record<GoneStatus, number>;
  unassessed: number;
}

/** Whom the entries reach: `to: owners` is one audience for each owner that has a contact with an e-mail address. */
export function audiencesOf(entries: readonly Notify[], contacts: ReadonlyMap<string, string>): readonly Audience[] {
  return entries.flatMap((entry) =>
    entry.to.kind === 'email' && entry.to.to === 'owners'
      ? [...contacts.keys()].map((owner) => ({ entry, owners: [owner] }))
      : [{ entry, owners: entry.owners }],
  );
}

/**
 * The notice for each audience; null for those that get none, since nothing changed. An audience with owners hears of
 * nothing else: its counts cover its own endpoints, and so does what could not be assessed.
 *
 * @param titles the sentence of each check
 */
export async function noticesOf(
  record: {
    readonly head: ReportHead;
    readonly findings: () => AsyncIterable<Finding>;
    readonly endpoints: () => AsyncIterable<EndpointSummary>;
    readonly history: () => AsyncIterable<PastPlace>;
  },
  audiences: readonly Audience[],
  titles: ReadonlyMap<string, string>,
  t: Texts,
): Promise<readonly { readonly audience: Audience; readonly notice: Notice | null }[]> {
  const { head } = record;
  const tallies = audiences.map((audience): Tally => ({
    audience,
    checks: new Map(),
    endpoints: [],
    open: noFindings(),
    gone: { fixed: 0, closed: 0, 'not-reached': 0, 'not-asked': 0, withdrawn: 0 },
    unassessed: 0,
  }));
  const concerns = ({ audience: { owners } }: Tally, whose: readonly string[]): boolean =>
    owners === null || owners.some((owner) => whose.includes(owner));
  for await (const finding of record.findings()) {
    if (finding.accepted !== null) continue;
    for (const tally of tallies) if (concerns(tally, finding.owners)) count(tally, finding);
  }
  // The record lists the worst of what is gone, and one owner of each: its history has all.
  for await (const { checks } of record.history()) {
    for (const check of checks) {
      const gone = check.last.run === head.run.id ? goneOf(check) : null;
      if (gone === null) continue;
      for (const tally of tallies)
        if (concerns(tally, ownersOf(check)) && isSevere(tally, gone.severity)) tally.gone[gone.status] += 1;
    }
  }
  if (tallies.some(({ audience }) => audience.owners !== null)) {
    for await (const { owner, state } of record.endpoints()) {
      if (state !== 'undetermined' || owner === null) continue;
      for (const tally of tallies) if (concerns(tally, [owner])) tally.unassessed += 1;
    }
  }
  return tallies.map((tally) => ({ audience: tally.audience, notice: noticeOf(tally, head, titles, t) }));
}

function isSevere({ audience }: Tally, severity: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(audience.entry.severity);
}

function count(tally: Tally, finding: Finding): void {
  const { check, severity, history, owners, owner, endpoint, title } = finding;
  if (!isSevere(tally, severity)) return;
  tally.open[severity] += 1;
  if (history === null) return;
  const difference = differenceOf(history);
  const status = news.find((one) => one === difference);
  if (status === undefined) return;
  const key = `${check} ${severity} ${status}`;
  let known = tally.checks.get(key);
  if (known === undefined) tally.checks.set(key, (known = { check, status, severity, count: 0, owners: new Set() }));
  known.count += 1;
  // Of a finding that several owners share, an owner's message names that owner alone.
  const mine = tally.audience.owners;
  const isNamed = (one: string | null): boolean => mine === null || (one !== null && mine.includes(one));
  for (const each of owners) {
    if (known.owners.size <= mostOwners && isNamed(each)) known.owners.add(each);
  }
  if (tally.audience.entry.detail === 'full' && tally.endpoints.length < mostEndpoints)
    tally.endpoints.push({ endpoint, check, status, severity, title, owner: isNamed(owner) ? owner : null });
}

function noticeOf(
  tally: Tally,
  head: ReportHead,
  titles: ReadonlyMap<string, string>,
  { notice: words, gaps: { narrowed } }: Texts,
): Notice | null {
  const { run, summary } = head;
  const { owners, entry } = tally.audience;
  const { gone, open } = tally;
  const incomplete = !run.finished || (owners === null ? run.gaps.length > 0 : tally.unassessed > 0);
  const checks = [...tally.checks.values()].sort(
    (a, b) =>
      news.indexOf(a.status) - news.indexOf(b.status) ||
      severities.indexOf(a.severity) - severities.indexOf(b.severity),
  );
  const changed = checks.length > 0 || gone.fixed + gone.closed > 0;
  if (!changed && !incomplete && entry.when === 'change') return null;

  const totals = news.flatMap((status) => {
    const these = checks.filter((one) => one.status === status);
    const total = these.reduce((sum, one) => sum + one.count, 0);
    return total === 0 ? [] : [words.counted(total, words.news[status], these[0]?.severity ?? 'info')];
  });
  const ended = [
    gone.fixed > 0 ? [words.fixed(gone.fixed)] : [],
    gone.closed > 0 ? [words.closed(gone.closed)] : [],
  ].flat();
  const headline = words.headline(run.engagement.id, [...totals, ...ended], incomplete);
  const unsure = gone['not-reached'] + gone['not-asked'];
  const lines = [
    ...checks.slice(0, mostChecks).map((one) => {
      const whose = [...one.owners].slice(0, mostOwners);
      const more = one.owners.size > mostOwners ? [...whose, words.others] : whose;
      const title = titles.get(one.check) ?? one.check;
      return words.check(one.severity, words.news[one.status], title, one.count, oneLine(more.join(', ')));
    }),
    ...(checks.length > mostChecks ? [words.moreChecks(checks.length - mostChecks)] : []),
    ...tally.endpoints.map(({ endpoint, severity, status, title, owner }) =>
      words.endpoint(
        severity,
        words.news[status],
        oneLine(endpoint, 200),
        owner === null ? null : oneLine(owner, 100),
        oneLine(title, 250),
      ),
    ),
    words.openNow(open),
    ...(isNarrowed(run) ? [narrowed(run)] : []),
    ...(unsure === 0 ? [] : [words.unsure(unsure)]),
    ...(run.finished ? [] : [words.unfinished]),
    ...(run.finished && incomplete
      ? [words.incomplete(owners === null ? summary.states.undetermined : tally.unassessed)]
      : []),
    words.run(run),
  ];
  const kind = changed ? 'change' : incomplete ? 'incomplete' : 'unchanged';
  return {
    kind,
    headline,
    lines,
    moreLines: words.moreLines,
    data: {
      schema: 'leftopen/notification/1',
      kind,
      complete: !incomplete,
      text: headline,
      ...whoAndWhen(head),
      owners,
      findings: Object.fromEntries(
        news.map((status) => [status, bySeverity(checks.filter((one) => one.status === status))]),
      ),
      open,
      gone,
      checks: checks.map((one) => ({ ...one, title: titles.get(one.check) ?? one.check, owners: [...one.owners] })),
      ...(entry.detail === 'full' && { endpoints: tally.endpoints }),
    },
  };
}

function bySeverity(checks: readonly CheckNews[]): Readonly<Record<Severity, number>> {
  const counts = noFindings();
  for (const one of checks) counts[one.severity] += one.count;
  return counts;
}

function whoAndWhen({ run }: Pick<ReportHead, 'run'>): object {
  const { id, startedAt, endedAt, engagement, vantage } = run;
  const { name, exposure } = vantage;
  return { run: { id, startedAt, endedAt }, engagement: engagement.id, vantage: { name, exposure } };
}

/**
 * The notice for everyone when the audit could not be made at all. Why is in its log: the reason may name hosts.
 *
 * @param at UTC ISO 8601
 */
export function failureNotice(engagement: string, at: string, { notice: words }: Texts): Notice {
  const headline = words.failed(engagement);
  const data = { schema: 'leftopen/notification/1', kind: 'failed', complete: false, text: headline, engagement, at };
  return { kind: 'failed', headline, lines: [words.failedAt(at)], moreLines: words.moreLines, data };
}
