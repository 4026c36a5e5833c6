// A ticket is what one owner has to fix at one cluster, or of one check where no caller gets in. leftopen talks to no tracker:
// docs/tickets.md has scripts that do. tickets.ndjson: a line per ticket that says what to do with it.
import type { Evidence, Finding, Remedy, ReportHead, Severity } from '../../model/finding.js';
import { severities } from '../../model/severity.js';
import { ownersOf, ticketOf } from '../../history/compare.js';
import { goneStatuses, type FindingHistory, type PastCheck } from '../../model/history.js';
import { productNames } from '../../model/endpoint.js';
import { oneLine } from '../../text/visible.js';
import type { Format, FormatSources } from '../format.js';
import { idOf } from '../ids.js';
import { jsonLine } from '../../text/json-line.js';
import { codeSpan, fenced, plain, plainPiece, prose, table } from '../markdown/escape.js';
import { stepText } from '../steps.js';
import type { Texts } from '../texts/en.js';
import { day } from '../words.js';

/** What becomes of a ticket. `resolve` only where a response shows that all of it is fixed. */
type Action = 'open' | 'comment' | 'reopen' | 'resolve';

/** A finding as a ticket shows it. */
interface Item extends Pick<
  Finding,
  | 'check'
  | 'severity'
  | 'endpoint'
  | 'product'
  | 'fingerprint'
  | 'owners'
  | 'title'
  | 'proof'
  | 'accepted'
  | 'environment'
  | 'seenFrom'
> {
  readonly history: FindingHistory | null;
  readonly since: string;
  /** What only the worst finding of a ticket shows. */
  readonly summary: string;
  readonly remedy: Remedy;
  readonly evidence: readonly Evidence[];
}

/** One thing of a ticket: a finding of this run, one that this run does not have, or one that has another owner now. */
type Part = { readonly now: Item } | { readonly gone: PastCheck } | { readonly moved: Item };

/** Rows of the table of endpoints; all are counted. */
const mostRows = 30;
/** Remedies given, one for each product and check. */
const mostRemedies = 4;
/** Responses quoted as proof. */
const mostEvidence = 3;
/** Jira takes 32,767 characters in a description, GitHub 65,536. */
const longestBody = 30_000;
/** Jira takes 255 characters in a summary; a cut text says how long it was. */
const longestTitle = 220;

const separator = '\u0001';

/** Only what a ticket shows: all findings are sorted, and may be spilled to the disk. */
function itemOf({ history, since, evidence, ...finding }: Finding): Item {
  const { check, severity, endpoint, product, fingerprint, owners, title, proof, accepted, environment } = finding;
  const { summary, remedy, seenFrom } = finding;
  return {
    ...{ check, severity, endpoint, product, fingerprint, owners, title, proof, accepted, environment },
    ...{ summary, remedy, history },
    ...(seenFrom !== undefined && { seenFrom }),
    since: history?.openSince ?? since.seenOpenSince,
    evidence: evidence.slice(0, mostEvidence),
  };
}

/** Puts every finding and everything that is gone to its ticket. */
async function sortIntoTickets(
  findings: AsyncIterable<Finding>,
  onlyOwner: string | undefined,
  { history, sorter }: FormatSources,
): Promise<ReturnType<typeof sorter<Part>>> {
  const sorting = sorter<Part>('tickets');
  const put = (about: string, owners: readonly string[], rank: string, part: Part): void => {
    for (const owner of owners.length === 0 ? [''] : owners)
      // A record for one owner has findings that others share; their tickets are in their own records.
      if (onlyOwner === undefined || owner === onlyOwner) sorting.add([about, owner, rank].join(separator), part);
  };
  for await (const finding of findings) {
    const { owners, accepted, history: known } = finding;
    const now = itemOf(finding);
    // Findings come in rank order, which equal keys keep.
    const about = known?.ticket ?? ticketOf(finding);
    put(about, owners, accepted === null ? '0' : '1', { now });
    if (known?.ownerBefore !== undefined && accepted === null)
      put(about, known.ownerBefore === null ? [] : [known.ownerBefore], '3', { moved: now });
  }
  for await (const { checks } of history()) {
    for (const gone of checks) {
      const { last, ticket } = gone;
      if (ticket === undefined || !isGone(last.status)) continue;
      put(ticket, ownersOf(gone), `2${rankOfGone(gone)}`, { gone });
    }
  }
  return sorting;
}

/** What a ticket is still open for comes first, and the worst of it: it gives the ticket its title and severity. */
function rankOfGone(gone: PastCheck): string {
  return `${hasEnded(gone) ? '1' : '0'}${severities.indexOf(gone.level.severity)}`;
}

function isGone(status: PastCheck['last']['status']): boolean {
  return goneStatuses.some((one) => one === status);
}

function hasEnded({ last: { status } }: PastCheck): boolean {
  return status === 'fixed' || status === 'closed' || status === 'withdrawn';
}

/** What a ticket is made of, gathered part by part; it keeps no more rows than it shows. */
interface Gathering {
  /** As FindingHistory.ticket. */
  readonly about: string;
  readonly owner: string;
  readonly rows: Item[];
  readonly goneRows: PastCheck[];
  /** What another owner has now. */
  readonly movedRows: Item[];
  worst: Item | null;
  /** The worst of what is not shown to be fixed, or to be better than it was. */
  severity: Severity | null;
  /** The first remedy of each product and check. */
  readonly remedies: Map<string, Item>;
  firstGone: PastCheck | null;
  /** Findings that count, by what they are against the runs before. */
  readonly counts: Record<FindingHistory['status'], number>;
  found: number;
  accepted: number;
  acceptedBefore: boolean;
  noLongerAccepted: boolean;
  fixed: number;
  ended: number;
  unclear: number;
  /** Whether something ended in this very run. */
  endedNow: boolean;
  /** A sum of hashes over everything that is neither time nor chance: the same in any order. */
  facts: bigint;
}

function begin(about: string, owner: string): Gathering {
  return {
    ...{ about, owner, rows: [], goneRows: [], movedRows: [], worst: null, severity: null },
    ...{ remedies: new Map(), firstGone: null },
    counts: { new: 0, unchanged: 0, worse: 0, better: 0, reopened: 0 },
    ...{ found: 0, accepted: 0, acceptedBefore: false, noLongerAccepted: false },
    ...{ fixed: 0, ended: 0, unclear: 0, endedNow: false, facts: 0n },
  };
}

/** The worse of two severities; the second one where there is no first. */
function worseOf(one: Severity | null, other: Severity): Severity {
  return one !== null && severities.indexOf(one) <= severities.indexOf(other) ? one : other;
}

/** Its severity; of an unchanged finding that shows less than before, the one before, since nothing shows a fix. */
function notShownBetter({ severity, history }: Item): Severity {
  return worseOf(history?.status === 'unchanged' ? (history.before?.severity ?? null) : null, severity);
}

function factOf(...lines: readonly string[]): bigint {
  return BigInt(`0x${idOf(lines)}`);
}

function gather(into: Gathering, part: Part, { run }: ReportHead): void {
  if ('now' in part) {
    const { now } = part;
    into.facts += factOf(now.fingerprint, now.severity, now.accepted?.until ?? '');
    into.worst ??= now;
    into.severity = worseOf(into.severity, notShownBetter(now));
    const kind = `${now.product ?? ''} ${now.check}`;
    if (into.remedies.size < mostRemedies && !into.remedies.has(kind)) into.remedies.set(kind, now);
    if (into.rows.length < mostRows) into.rows.push(now);
    const status = now.history?.status ?? 'new';
    if (now.accepted !== null) {
      into.accepted += 1;
      if (status !== 'new') into.acceptedBefore = true;
      return;
    }
    into.found += 1;
    into.counts[status] += 1;
    if (now.history?.noLongerAccepted) into.noLongerAccepted = true;
    return;
  }
  if ('moved' in part) {
    if (into.movedRows.length < mostRows) into.movedRows.push(part.moved);
    return;
  }
  const { gone } = part;
  into.facts += factOf(gone.fingerprint, gone.last.status);
  into.firstGone ??= gone;
  const now = gone.last.run === run.id && gone.last.at === run.startedAt;
  if (!hasEnded(gone)) {
    into.unclear += 1;
    into.severity = worseOf(into.severity, gone.level.severity);
  } else if (gone.last.status === 'fixed') into.fixed += 1;
  if (hasEnded(gone)) {
    into.ended += 1;
    if (now) into.endedNow = true;
  }
  if ((now || !hasEnded(gone)) && into.goneRows.length < mostRows) into.goneRows.push(gone);
}

/** What to do; null for what needs no line: new and accepted, or ended in an earlier run. */
function decide(
  ticket: Gathering,
): { readonly action: Action; readonly changed: boolean; readonly isNews: boolean } | null {
  const { counts, found, acceptedBefore, noLongerAccepted, fixed, ended, unclear, endedNow } = ticket;
  const hasMoved = ticket.movedRows.length > 0;
  if (found > 0) {
    const known = counts.unchanged + counts.worse + counts.better;
    const isNews =
      counts.new + counts.worse + counts.better + counts.reopened > 0 || endedNow || noLongerAccepted || hasMoved;
    const before = known + unclear > 0 || acceptedBefore;
    if (before) return { action: 'comment', changed: isNews || unclear > 0 || ticket.accepted > 0, isNews };
    // Everything that it was about had ended, and something of it is back.
    if (counts.reopened > 0 || ended > 0) return { action: endedNow ? 'comment' : 'reopen', changed: true, isNews };
    return { action: 'open', changed: true, isNews };
  }
  if (ticket.accepted > 0) {
    const before = acceptedBefore || ended > 0 || unclear > 0 || hasMoved;
    return before ? { action: 'comment', changed: true, isNews: endedNow || hasMoved } : null;
  }
  if (unclear > 0) return { action: 'comment', changed: true, isNews: endedNow || hasMoved };
  if (hasMoved) return { action: 'comment', changed: true, isNews: true };
  if (!endedNow) return null;
  return { action: fixed === ended ? 'resolve' : 'comment', changed: true, isNews: true };
}

/** How a line of a comment begins. */
function placed(endpoint: string, check: string): string {
  return `- ${codeSpan(endpoint, 200)}, ${plain(check)}: `;
}

function goneLine({ endpoint, check, last }: PastCheck, { tickets: words }: Texts): string {
  const { status, why, shownBy } = last;
  const what = goneStatuses.find((one) => one === status);
  const outcome = what === undefined ? status : words.gone[what];
  return `${placed(endpoint, check)}${outcome}${why === null ? '' : `. ${prose(why)}`}${words.shownBy(shownBy)}\n`;
}

/** What this run says of the ticket, for a comment. */
function commentOf(ticket: Gathering, action: Action, { run }: ReportHead, t: Texts): string {
  const { tickets: words } = t;
  const { counts, found, accepted, rows } = ticket;
  const changed = rows.flatMap(({ endpoint, check, severity, history, accepted: by }) => {
    if (by !== null || history === null) return [];
    const { status, noLongerAccepted } = history;
    const said = [
      ...(status === 'unchanged' ? [] : [words.statuses[status]]),
      ...(noLongerAccepted ? [words.noLongerAccepted] : []),
    ];
    if (said.length === 0 && history.why === null) return [];
    const why = history.why === null || history.why === '' ? '' : ` (${prose(history.why)})`;
    return `${placed(endpoint, check)}${[severity, ...said].join(', ')}${why}\n`;
  });
  const approved = rows.flatMap(({ endpoint, check, accepted: by }) =>
    by === null
      ? []
      : `${placed(endpoint, check)}${words.acceptedBy(plain(by.approvedBy), plain(by.until))}${prose(by.reason)}\n`,
  );
  return [
    action === 'resolve'
      ? words.fixed
      : found > 0
        ? words.open(
            found,
            openStatuses.flatMap((status) => (counts[status] === 0 ? [] : [[counts[status], words.statuses[status]]])),
          )
        : accepted > 0
          ? words.accepted
          : ticket.unclear === 0 && ticket.movedRows.length > 0
            ? words.moved
            : words.unknown,
    '\n\n',
    ...changed,
    ...approved,
    ...ticket.goneRows.map((gone) => goneLine(gone, t)),
    ...ticket.movedRows.map(
      ({ endpoint, check, owners }) => `${placed(endpoint, check)}${words.movedTo(owners.map((one) => plain(one)))}\n`,
    ),
    run.finished && run.gaps.length === 0 ? '' : `\n${words.incomplete}\n`,
    `\n${plain(words.run(run))}\n`,
  ].join('');
}

/** In the order in which a comment counts them. */
const openStatuses = ['new', 'reopened', 'worse', 'better', 'unchanged'] as const;

function remedyText({ steps, verify }: Remedy, t: Texts): string {
  const { tickets: words } = t;
  const numbered = steps.map(
    (step, i) =>
      `${i + 1}. ${prose(stepText(step, t), 2000)}\n${step.code === null ? '' : `\n${fenced(step.code, 3, 2000, step.language)}\n`}`,
  );
  const check = fenced(verify.command, 0, 1000, 'shell');
  return `${numbered.join('')}\n${words.check}\n\n${check}\n\n${words.expected}${prose(verify.expect)}\n`;
}

/** The full ticket as Markdown, in sections; those that no longer fit are left out, the last first. */
function bodyOf(ticket: Gathering, comment: string, t: Texts): string {
  const { worst, rows, found, accepted } = ticket;
  const { tickets: words } = t;
  if (worst === null) return comment;
  const remedies = [...ticket.remedies.values()].map(({ product, check, remedy }) => {
    const name = product === null ? plain(check) : `${productNames[product]}: ${plain(check)}`;
    return `## ${words.fix}${ticket.remedies.size > 1 ? ` (${name})` : ''}\n\n${remedyText(remedy, t)}`;
  });
  const shown = rows.map(({ severity, endpoint, title, since, accepted: by }) => [
    severity,
    codeSpan(endpoint, 200),
    prose(title, 200),
    day(since),
    by === null ? '' : words.acceptedUntil(plain(by.until)),
  ]);
  const rest = found + accepted - rows.length;
  const proof = worst.evidence.map(
    ({ method, url, status, failure, at, shows, run, request, sha256: sum }) =>
      `- ${codeSpan(`${method} ${url}`, 300)}${words.at(at)}${status ?? plain(failure ?? words.failed)}, ${prose(shows)}${plainPiece(words.request(request, run, sum), 300, false)}\n`,
  );
  const said = [worst.summary, t.vantages.seenFrom(worst)].join(' ').trim();
  const sections = [
    `**${worst.severity}**, ${worst.proof === 'proved' ? words.shown : words.inferred}: ${prose(worst.title)}\n\n${prose(said, 3000)}\n`,
    ...remedies.slice(0, 1),
    `## ${words.endpoints}\n\n${table(words.columns, shown)}${rest > 0 ? `\n\n${words.more(rest)}` : ''}\n`,
    proof.length === 0 ? '' : `## ${words.proof}\n\n${proof.join('')}`,
    ...remedies.slice(1),
    `## ${words.lastRun}\n\n${comment}`,
  ];
  let body = '';
  for (const section of sections) {
    if (section === '' || body.length + section.length > longestBody) continue;
    body += body === '' ? section : `\n${section}`;
  }
  return body;
}

/** The line of a ticket; null where there is nothing to say. */
function lineOf(ticket: Gathering, head: ReportHead, t: Texts): object | null {
  const decision = decide(ticket);
  if (decision === null) return null;
  const { action, changed, isNews } = decision;
  const { run } = head;
  const { about, owner, worst, firstGone, movedRows } = ticket;
  // Each shard knows its own hosts alone: what it calls fixed says nothing of those of another one.
  const series = [run.vantage.name, ...(run.shard === undefined ? [] : [`shard ${run.shard}`])];
  const key = `leftopen-${idOf(['leftopen ticket v1', run.engagement.id, ...series, about, owner]).slice(0, 16)}`;
  const severity: Severity = ticket.severity ?? firstGone?.level.severity ?? movedRows[0]?.severity ?? 'info';
  const comment = commentOf(ticket, action, head, t);
  const checks = [...new Set([...ticket.rows, ...ticket.goneRows, ...movedRows].map(({ check }) => check))];
  const environments = new Set(ticket.rows.flatMap(({ environment }) => environment ?? []));
  return {
    key,
    action,
    changed,
    revision: idOf([key, isNews ? run.id : String(ticket.facts), action]).slice(0, 16),
    title: titleOf(worst?.title ?? firstGone?.title ?? movedRows[0]?.title ?? ''),
    body: bodyOf(ticket, comment, t),
    comment,
    labels: ['leftopen', severity, ...checks, ...[...environments].map(labelOf)].slice(0, 12),
    severity,
    priority: severities.indexOf(severity) + 1,
    owner: owner === '' ? null : owner,
    contact: run.declared.contacts?.find((one) => one.owner === owner)?.contact ?? null,
    findings: ticket.found,
    engagement: run.engagement.id,
    vantage: run.vantage.name,
    run: run.id,
  };
}

/** On one line; invisible characters that are made visible make it longer, so it is cut twice. */
function titleOf(text: string): string {
  return oneLine(oneLine(text, longestTitle), longestTitle);
}

/** A label has no spaces in Jira. */
function labelOf(text: string): string {
  return text
    .trim()
    .replaceAll(/[\s,]+/g, '-')
    .slice(0, 50);
}

/** The line of each ticket, in the language of `t`. */
export async function* ticketLines(
  head: ReportHead,
  findings: AsyncIterable<Finding>,
  sources: FormatSources,
  t: Texts,
): AsyncGenerator<object, void, void> {
  const sorting = await sortIntoTickets(findings, head.run.onlyOwner, sources);
  let ticket: Gathering | null = null;
  for await (const { key, item } of sorting.sorted()) {
    const [about = '', owner = ''] = key.split(separator);
    if (ticket?.about !== about || ticket.owner !== owner) {
      const line = ticket === null ? null : lineOf(ticket, head, t);
      if (line !== null) yield line;
      ticket = begin(about, owner);
    }
    gather(ticket, item, head);
  }
  const last = ticket === null ? null : lineOf(ticket, head, t);
  if (last !== null) yield last;
  sorting.close();
}

export const format = {
  name: 'tickets',
  file: 'tickets.ndjson',
  write: async (head, findings, _endpoints, out, { texts }, sources) => {
    for await (const line of ticketLines(head, findings(), sources, texts)) await out.write(`${jsonLine(line)}\n`);
  },
} satisfies Format;
