import { rungs } from '../model/endpoint.js';
import type { Finding, Problem, ReportHead, Severity, Since } from '../model/finding.js';
import type { FindingsOverview } from './overview.js';
import { oneLine } from './text.js';
import {
  bytes,
  callerWords,
  capital,
  counted,
  day,
  elapsed,
  evidenceRange,
  listed,
  number,
  period,
  sentence,
  utc,
  vantageWords,
} from './words.js';

/** A paragraph: `label` is its bold beginning. */
export interface Paragraph {
  readonly label: string | null;
  readonly text: string;
}

/** What a manager reads first, as plain texts that each format escapes by its own rules. */
export interface FirstPage {
  /** Of the worst problem; null when no finding counts. */
  readonly severity: Severity | null;
  readonly headline: string;
  /** Who has to act, where known. */
  readonly owners: readonly string[];
  /** Number of the finding that the page is about, and the range of its evidence ids. */
  readonly proof: { readonly fingerprint: string; readonly number: number; readonly evidence: string } | null;
  readonly paragraphs: readonly Paragraph[];
  readonly actions: readonly { readonly when: string; readonly text: string }[];
  /** The next problems, the worst first, at most 5; `othersTotal` counts all beside the one above. */
  readonly others: readonly Problem[];
  readonly othersTotal: number;
}

/**
 * The first page, in the tone of a note to somebody who must decide within the hour: every sentence says what was seen, and
 * what was not seen is called unknown.
 */
export function firstPage(head: ReportHead, overview: FindingsOverview): FirstPage {
  const lead = overview.lead;
  return lead === null ? nothingFound(head) : worstFirst(head, lead);
}

/** Authorisation, vantage, time and the ledger's hash: the line that makes a page checkable. */
export function authorisedLine(head: ReportHead): string {
  const { engagement } = head.run;
  const by =
    engagement.authorisedBy === null
      ? 'No engagement was declared; only loopback was asked.'
      : `Authorised by ${oneLine(engagement.authorisedBy.name)} (${oneLine(engagement.authorisedBy.role)})${
          engagement.authorisation === null ? '' : `, ${oneLine(engagement.authorisation.reference)}`
        }.`;
  const reads = `${counted(head.run.requests, 'read')} (GET and HEAD)`;
  const ledger = head.run.ledgerSha256 === null ? 'ledger not closed yet' : `ledger SHA-256 ${head.run.ledgerSha256}`;
  return `${by} From ${oneLine(vantageWords(head.run.vantage))}, ${period(head.run.startedAt, head.run.endedAt)}, ${reads}, ${ledger}, leftopen ${head.run.tool.version}.`;
}

function worstFirst(head: ReportHead, lead: Finding): FirstPage {
  const problem = head.problems.find(({ id }) => id === lead.problem) ?? null;
  const others = head.problems.filter(({ id }) => id !== lead.problem);
  const owners = problem?.owners ?? (lead.owner === null ? [] : [lead.owner]);
  return {
    severity: lead.severity,
    headline: sentence(oneLine(lead.title)),
    owners: owners.map((owner) => oneLine(owner, 120)),
    proof: { fingerprint: lead.fingerprint, number: 1, evidence: evidenceRange(lead) },
    paragraphs: [
      { label: null, text: sentence(oneLine(lead.summary, 2000)) },
      ...doorsParagraph(problem),
      sinceParagraph(head, lead),
      ...(reaches(lead, 'metadata') ? [contentsParagraph(lead)] : []),
      reachParagraph(head, lead),
    ],
    actions: actions(head, lead, problem),
    others: others.slice(0, 5),
    othersTotal: Math.max(0, head.problemsTotal - (problem === null ? 0 : 1)),
  };
}

function reaches(finding: Finding, rung: (typeof rungs)[number]): boolean {
  return rungs.indexOf(finding.access) >= rungs.indexOf(rung);
}

function doorsParagraph(problem: Problem | null): Paragraph[] {
  if (problem === null || problem.doorsTotal < 2) return [];
  return [
    {
      label: `${counted(problem.doorsTotal, 'door')}, one problem:`,
      text: `${capital(sentence(oneLine(problem.because)))} All of its doors have to be closed.`,
    },
  ];
}

/**
 * The sentence on time that a headline carries, e.g. `Open for at least 412 days.` A finding that this run saw first, without
 * a clock of the server's, is only said to have been seen.
 */
export function sinceHeadline(finding: Finding, head: ReportHead): string {
  const { since } = finding;
  const what = finding.state === 'open' ? 'open' : 'exposed';
  const now = reportTime(head);
  const onlyNow = `Seen ${what} on ${utc(since.seenOpenSince)}.`;
  if (since.headline === 'seen') {
    const before = Date.parse(since.seenOpenSince) < Date.parse(head.run.startedAt);
    return before ? `Seen ${what} for ${elapsed(since.seenOpenSince, now)}.` : onlyNow;
  }
  const from = since.configuredOpenSince;
  if (from === null || Date.parse(now) - Date.parse(from) < 3_600_000) return onlyNow;
  return since.strength === 'strong'
    ? `${capital(what)} for at least ${elapsed(from, now)}.`
    : `Probably ${what} for ${elapsed(from, now)}.`;
}

/** The clocks that are not in the headline, and the age of the data, each called what it is. */
export function sinceDetails(since: Since): string {
  const age =
    since.oldestDataAt === null
      ? ''
      : ` The oldest index was created on ${day(since.oldestDataAt)}: that is the age of the data, not of the exposure.`;
  const seen = since.headline === 'configured' ? ` First seen from this vantage on ${utc(since.seenOpenSince)}.` : '';
  return `${capital(sentence(oneLine(since.reasoning, 1000)))}${seen}${age}`;
}

function sinceParagraph(head: ReportHead, lead: Finding): Paragraph {
  const between =
    lead.since.headline === 'configured'
      ? ` We reached it from ${oneLine(vantageWords(head.run.vantage))}; your firewall and proxy records decide the time between.`
      : ' Your firewall, proxy and change records can say since when.';
  return { label: sinceHeadline(lead, head), text: sinceDetails(lead.since) + between };
}

/** The time a report speaks from: the end of its run, or its beginning while it has no end; never the clock of this machine. */
export function reportTime(head: ReportHead): string {
  return head.run.endedAt ?? head.run.startedAt;
}

/** What lies behind it, in one phrase: `14 indices, about 1.02 billion records, 22.1 TiB`; null where no total was said. */
export function contentsPhrase(finding: Finding): string | null {
  const { contents } = finding;
  if (contents === null) return null;
  const parts = [
    contents.indices === null ? [] : [counted(contents.indices, 'index', 'indices')],
    contents.documents === null ? [] : [counted(contents.documents, 'record')],
    contents.bytes === null ? [] : [bytes(contents.bytes)],
  ].flat();
  return parts.length === 0 ? null : parts.join(', ');
}

function contentsParagraph(lead: Finding): Paragraph {
  const phrase = contentsPhrase(lead);
  const label = 'What lies behind it:';
  if (phrase === null) return { label, text: 'not known. We were shown no totals, and read no record.' };
  const largest = (lead.contents?.largest ?? [])
    .slice(0, 3)
    .map(({ name, documents }) =>
      documents === null ? oneLine(name, 80) : `${oneLine(name, 80)} (${counted(documents, 'record')})`,
    );
  const names = largest.length === 0 ? '' : ` The largest: ${listed(largest)}.`;
  const empty = lead.contents?.documents === 0;
  const caution = empty
    ? ' An empty cluster can be filled, or may have been emptied.'
    : ' We read no record and counted no person: records are not persons. Treat it as personal data until you know that it is none.';
  return { label, text: `${phrase}.${names}${caution}` };
}

function reachParagraph(head: ReportHead, lead: Finding): Paragraph {
  const caller = callerWords(head.run.vantage);
  const elsewhere = head.run.vantage.exposure === 'internet' ? '' : ' The internet was not tested.';
  const unknown = ' Whether anyone did is unknown.';
  if (reaches(lead, 'control')) {
    return {
      label: null,
      text: `${caller} must be assumed able to search, copy, change and delete: the server itself knows no login and no role. Changing and deleting were not tested, and whether something in front refuses them was not either.${unknown}${elsewhere}`,
    };
  }
  if (reaches(lead, 'documents')) {
    const how = lead.proof === 'inferred' ? ' That documents can be read is inferred from what we were shown.' : '';
    return {
      label: null,
      text: `${caller} must be assumed able to search and copy.${how} Changing and deleting were not tested: assume possible.${unknown}${elsewhere}`,
    };
  }
  if (reaches(lead, 'metadata')) {
    return {
      label: null,
      text: `${caller} can list what is there. Whether documents can be read was not shown: assume possible until it is closed.${unknown}${elsewhere}`,
    };
  }
  return { label: null, text: `No index was named and no record shown to us there.${elsewhere}` };
}

function actions(head: ReportHead, lead: Finding, problem: Problem | null): { when: string; text: string }[] {
  const retest = `run this audit again from ${oneLine(vantageWords(head.run.vantage))} to prove it`;
  if (!reaches(lead, 'metadata')) {
    return [{ when: 'This week', text: `Close it as finding F1 describes, then ${retest}.` }];
  }
  const dashboard = lead.product === 'kibana' || lead.product === 'opensearch-dashboards';
  const more = (problem?.doorsTotal ?? 1) - 1;
  const doors = more > 0 ? ` and ${more === 1 ? 'its other door' : `its ${number(more)} other doors`}` : '';
  const account =
    dashboard && lead.also.length > 0
      ? ' Replace the account with which the dashboard logs in to the cluster behind it.'
      : '';
  const { since } = lead;
  const logs =
    since.headline === 'configured' && since.configuredOpenSince !== null
      ? `${elapsed(since.configuredOpenSince, reportTime(head))} of access logs (since ${day(since.configuredOpenSince)})`
      : 'the access logs, as far back as they go';
  return [
    {
      when: 'This hour',
      text: `Block ${oneLine(lead.endpoint, 200)}${doors} at the firewall. Do not restart, delete or pay; first secure logs, connection lists and disk copies.`,
    },
    {
      when: 'Today',
      text: `Close it as finding F1 describes.${account} If personal data may lie there, call your data-protection officer and counsel: notification clocks may run.`,
    },
    { when: 'This week', text: `Review ${logs}; ${retest}.` },
  ];
}

function nothingFound(head: ReportHead): FirstPage {
  const { run, summary } = head;
  const page = { severity: null, owners: [], proof: null, actions: [], others: [], othersTotal: 0 };
  const from = `From ${oneLine(vantageWords(run.vantage))}, ${period(run.startedAt, run.endedAt)}`;
  if (summary.endpoints === 0) {
    return {
      ...page,
      headline: 'Nothing was asked, so nothing was proved.',
      paragraphs: [{ label: null, text: `${from}, no declared endpoint was finished. This report is no all-clear.` }],
    };
  }
  const accepted =
    summary.accepted === 0
      ? ''
      : ` beside ${summary.accepted === 1 ? 'an accepted one' : `${number(summary.accepted)} accepted ones`}`;
  const unanswered = summary.states.unreachable + summary.states.undetermined === summary.endpoints;
  const headline = unanswered
    ? 'No endpoint gave an answer that could be judged. This is no all-clear.'
    : run.finished
      ? `No finding${accepted}. This is no proof that nothing stands open.`
      : `No finding so far${accepted}, and the run is not finished.`;
  return { ...page, headline, paragraphs: [{ label: 'What was seen:', text: seenWords(head, from) }, notProved(head)] };
}

function seenWords({ summary: { endpoints, states } }: ReportHead, from: string): string {
  const parts = [
    [states.guarded, 'refused us', 'refused us'],
    [states.open, 'let us in', 'let us in'],
    [states.decoy, 'is a decoy', 'are decoys'],
    [states['other-product'], 'is another product', 'are other products'],
    [states.unreachable, 'could not be reached', 'could not be reached'],
    [states.undetermined, 'could not be judged', 'could not be judged'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, one, many]) => counted(count, one, many));
  return `${from}, we asked ${counted(endpoints, 'declared endpoint')} without credentials: ${listed(said)}.`;
}

function notProved({ run, summary }: ReportHead): Paragraph {
  const { undetermined, unreachable } = summary.states;
  const gaps = [
    undetermined > 0
      ? `${counted(undetermined, 'endpoint')} that could not be judged must not be taken for guarded.`
      : '',
    unreachable > 0 ? `${counted(unreachable, 'endpoint')} did not answer us; somebody elsewhere may be answered.` : '',
    run.vantage.exposure === 'internet' ? '' : 'The internet was not tested.',
    'A refusal holds for its time and for our address. Hosts, ports and paths that were not declared were not looked for, and no credential was tried.',
  ];
  return { label: 'What was not proved:', text: gaps.filter((gap) => gap !== '').join(' ') };
}
