// What a notification says of a run: counts, checks and owners; endpoints only where they are asked for.
import { severities, type EndpointSummary, type Finding, type ReportHead, type Severity } from '../model/finding.js';
import type { GoneStatus } from '../model/history.js';
import type { Notify } from '../model/notify.js';
import { noFindings } from '../model/severity.js';
import { oneLine } from '../text/visible.js';
import { counted, listed, utc } from './words.js';
import { fromNames } from './vantages.js';

/** What differs from the last run. `knowledge`: only leftopen knows more, the endpoint is the same. */
const news = ['new', 'worse', 'reopened', 'knowledge'] as const;
type News = (typeof news)[number];

const newsWords = {
  new: 'new',
  worse: 'worse',
  reopened: 'open again',
  knowledge: 'new to leftopen',
} as const satisfies Record<News, string>;

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
  },
  audiences: readonly Audience[],
  titles: ReadonlyMap<string, string>,
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
  for (const gone of head.changes.goneFindings) {
    for (const tally of tallies) {
      if (concerns(tally, gone.owner === null ? [] : [gone.owner]) && isSevere(tally, gone.severity))
        tally.gone[gone.status] += 1;
    }
  }
  if (tallies.some(({ audience }) => audience.owners !== null)) {
    for await (const { owner, state } of record.endpoints()) {
      if (state !== 'undetermined' || owner === null) continue;
      for (const tally of tallies) if (concerns(tally, [owner])) tally.unassessed += 1;
    }
  }
  return tallies.map((tally) => ({ audience: tally.audience, notice: noticeOf(tally, head, titles) }));
}

function isSevere({ audience }: Tally, severity: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(audience.entry.severity);
}

function count(tally: Tally, finding: Finding): void {
  const { check, severity, history, owners, owner, endpoint, title } = finding;
  if (!isSevere(tally, severity)) return;
  tally.open[severity] += 1;
  if (history === null) return;
  const status = history.cause === 'knowledge' ? 'knowledge' : news.find((one) => one === history.status);
  if (status === undefined) return;
  const key = `${check} ${severity} ${status}`;
  let known = tally.checks.get(key);
  if (known === undefined) tally.checks.set(key, (known = { check, status, severity, count: 0, owners: new Set() }));
  known.count += 1;
  // Of a finding that several owners share, an owner's message names that owner alone.
  const mine = tally.audience.owners;
  for (const each of owners) {
    if (known.owners.size <= mostOwners && (mine === null || mine.includes(each))) known.owners.add(each);
  }
  if (tally.audience.entry.detail === 'full' && tally.endpoints.length < mostEndpoints)
    tally.endpoints.push({ endpoint, check, status, severity, title, owner });
}

function noticeOf(tally: Tally, head: ReportHead, titles: ReadonlyMap<string, string>): Notice | null {
  const { run } = head;
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
    return total === 0 ? [] : [`${total} ${newsWords[status]} (up to ${these[0]?.severity ?? 'info'})`];
  });
  const ended = [
    gone.fixed > 0 ? `${gone.fixed} fixed` : null,
    gone.closed > 0 ? `${gone.closed} no longer reachable` : null,
  ].filter((part) => part !== null);
  const said = [...totals, ...ended];
  const headline = headlineOf(head, said.length === 0 ? 'nothing new' : listed(said), incomplete);
  const openNow = severities
    .filter((severity) => open[severity] > 0)
    .map((severity) => `${open[severity]} ${severity}`);
  const unsure = gone['not-reached'] + gone['not-asked'];
  const lines = [
    ...checks.slice(0, mostChecks).map((one) => {
      const title = titles.get(one.check) ?? one.check;
      const whose = [...one.owners].slice(0, mostOwners);
      const more = one.owners.size > mostOwners ? [...whose, 'others'] : whose;
      return `${one.severity}, ${newsWords[one.status]}: ${title} (${counted(one.count, 'endpoint')}${more.length === 0 ? '' : `; ${oneLine(more.join(', '))}`})`;
    }),
    ...(checks.length > mostChecks ? [`and ${checks.length - mostChecks} more kinds of findings`] : []),
    ...tally.endpoints.map(
      ({ endpoint, severity, status, title, owner }) =>
        `${severity}, ${newsWords[status]}: ${oneLine(endpoint, 200)}${owner === null ? '' : ` (${oneLine(owner, 100)})`}: ${oneLine(title, 250)}`,
    ),
    openNow.length === 0 ? 'Nothing is open now.' : `Open now: ${listed(openNow)}.`,
    ...(unsure === 0 ? [] : [`${counted(unsure, 'earlier finding')} could not be checked.`]),
    ...(incomplete ? [incompleteWords(tally, head)] : []),
    `Run ${run.id} of ${utc(run.startedAt)}, from ${fromNames(run)}.`,
  ];
  const kind = changed ? 'change' : incomplete ? 'incomplete' : 'unchanged';
  return {
    kind,
    headline,
    lines,
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

function headlineOf({ run }: Pick<ReportHead, 'run'>, said: string, incomplete: boolean): string {
  return `leftopen ${run.engagement.id}: ${said}${incomplete ? '; the audit is incomplete' : ''}`;
}

function incompleteWords({ audience, unassessed }: Tally, { run, summary }: ReportHead): string {
  const total = audience.owners === null ? summary.states.undetermined : unassessed;
  return run.finished
    ? `The audit is incomplete: ${total === 0 ? 'see its report' : `${counted(total, 'endpoint')} could not be assessed`}.`
    : 'The audit did not end: it was interrupted, or could not go on.';
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
export function failureNotice(engagement: string, at: string): Notice {
  const headline = `leftopen ${engagement}: the audit failed`;
  const line = `It ended at ${utc(at)} without a result: see its log. Nothing is known of the endpoints.`;
  const data = { schema: 'leftopen/notification/1', kind: 'failed', complete: false, text: headline, engagement, at };
  return { kind: 'failed', headline, lines: [line], data };
}
