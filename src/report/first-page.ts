// What a manager reads first.
import { rungs } from '../model/endpoint.js';
import type { Finding, Problem, ReportHead, Severity, Since } from '../model/finding.js';
import { dataClassLabels } from '../model/observation.js';
import type { FindingsOverview } from './overview.js';
import {
  askedTotal,
  authorityWords,
  bytes,
  capital,
  counted,
  credentialWords,
  day,
  elapsed,
  evidenceRange,
  listed,
  notAskedTotal,
  notAskedWords,
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

/** What a manager reads first, as texts that each format cuts, cleans and escapes by its own rules. */
export interface FirstPage {
  /** Of the worst problem; null when no finding counts. */
  readonly severity: Severity | null;
  readonly headline: string;
  /** Who has to act, where known. */
  readonly owners: readonly string[];
  /** Number of the finding that the page is about, and the range of its evidence ids. */
  readonly proof: { readonly fingerprint: string; readonly number: number; readonly evidence: string } | null;
  readonly paragraphs: readonly Paragraph[];
  readonly actions: readonly { readonly when: string; readonly texts: readonly string[] }[];
  /** The next problems, the worst first, at most 5, each with the sentence on its time; `othersTotal` counts all beside the one above. */
  readonly others: readonly { readonly problem: Problem; readonly since: string | null }[];
  readonly othersTotal: number;
}

/**
 * The first page, in the tone of a note to somebody who must decide within the hour: every sentence says what was seen, and
 * what was not seen is called unknown.
 */
export function firstPage(head: ReportHead, overview: FindingsOverview): FirstPage {
  const lead = overview.lead;
  return lead === null ? nothingFound(head) : worstFirst(head, lead, overview.leads);
}

/** The next problems under their headings: called open only where a door of theirs is. An empty heading is left out. */
export function othersByKind({ others }: FirstPage): readonly {
  readonly title: string;
  readonly others: FirstPage['others'];
}[] {
  return [
    { title: 'What else stands open', others: others.filter(({ problem }) => standsOpen(problem)) },
    { title: 'What else to mend', others: others.filter(({ problem }) => !standsOpen(problem)) },
  ].filter((kind) => kind.others.length > 0);
}

/** A certificate is mended apart from the doors that show it, open or not. */
function standsOpen({ doorsOpen, checks }: Problem): boolean {
  return doorsOpen > 0 && checks.some((check) => !check.includes('certificate'));
}

/** Authorisation, vantage, time and the ledger's hash: the line that makes a page checkable. */
export function authorisedLine({ run }: ReportHead): string {
  const reads = `${counted(run.requests, 'read')} (GET and HEAD)`;
  const ledger = run.ledgerSha256 === null ? 'ledger not closed yet' : `ledger SHA-256 ${run.ledgerSha256}`;
  return `${authorityWords(run.engagement)} From ${vantageWords(run.vantage)}, ${period(run.startedAt, run.endedAt)}, ${reads}, ${ledger}, leftopen ${run.tool.version}.`;
}

function worstFirst(head: ReportHead, lead: Finding, leads: ReadonlyMap<string, Finding>): FirstPage {
  const problem = head.problems.find(({ id }) => id === lead.problem) ?? null;
  const others = head.problems.filter(({ id }) => id !== lead.problem);
  const owners = problem?.owners ?? (lead.owner === null ? [] : [lead.owner]);
  return {
    severity: lead.severity,
    headline: sentence(lead.title),
    owners,
    proof: { fingerprint: lead.fingerprint, number: 1, evidence: evidenceRange(lead) },
    paragraphs: [
      { label: null, text: sentence(lead.summary) },
      ...doorsParagraph(problem),
      { label: sinceHeadline(lead, head), text: sinceDetails(lead.since, head) },
      ...cautionParagraph(lead, problem),
    ],
    actions: actionsByTime(lead),
    others: others.slice(0, 5).map((each) => {
      const worst = leads.get(each.id);
      // That it was seen in this run goes without saying.
      const since = worst === undefined ? '' : sinceHeadline(worst, head);
      return { problem: each, since: /\bfor\b/.test(since) ? since : null };
    }),
    othersTotal: Math.max(0, head.problemsTotal - (problem === null ? 0 : 1)),
  };
}

function doorsParagraph(problem: Problem | null): Paragraph[] {
  if (problem === null || problem.doorsTotal < 2) return [];
  return [
    {
      label: `${counted(problem.doorsTotal, 'door')}, one problem`,
      text: `(${problem.because}): ${whatOfDoors(problem)}`,
    },
  ];
}

function whatOfDoors({ doorsOpen, doorsTotal }: Problem): string {
  if (doorsOpen === doorsTotal || doorsOpen === 0) return 'every one of them has to be closed.';
  return `${number(doorsOpen)} of them let us in, and ${doorsOpen === 1 ? 'it has' : 'every one of these has'} to be closed; the ${doorsTotal - doorsOpen === 1 ? 'other refused' : 'others refused'} us.`;
}

/** What a reader is tempted to conclude from counts, and must not. */
function cautionParagraph(lead: Finding, problem: Problem | null): Paragraph[] {
  if (rungs.indexOf(lead.access) < rungs.indexOf('metadata')) return [];
  const unknown =
    problem?.checks.includes('outside-readers') === true
      ? 'Whether others were there: a finding below says what the server told of them.'
      : 'This audit cannot say whether anybody else was there.';
  if (lead.contents?.documents === 0) {
    return [{ label: 'No record lies there now.', text: `It can be filled, or may have been emptied. ${unknown}` }];
  }
  const named = listed(stakeRows(lead).flatMap(({ label, certain }) => (certain ? [label] : [])));
  return [
    ...(named === '' ? [] : [{ label: 'What lies behind it:', text: behindIt(lead, named) }]),
    {
      label: 'Records are not persons.',
      text: `We read none and counted nobody. Treat what lies there as personal data until you know that it is none. ${unknown}`,
    },
  ];
}

function behindIt(lead: Finding, named: string): string {
  const phrase = contentsPhrase(lead);
  return `${phrase === null ? '' : `${phrase}; `}field names of ${named}.`;
}

/** What has let callers in, as the beginning of a sentence on time. */
const settingWords = {
  'no-login': 'Without a login',
  'anonymous-user': 'With an anonymous user',
  'guest-login': 'With a guest login',
} as const satisfies Record<NonNullable<Since['setting']>, string>;

/**
 * The sentence on time that a headline carries, e.g. `Without a login for at least 412 days.` It speaks of the setting, which
 * the server has had since it started; since when it could be reached is another matter. A finding that this run saw first,
 * without a clock of the server's, is only said to have been seen.
 */
export function sinceHeadline(finding: Finding, head: ReportHead): string {
  const { since } = finding;
  const { what } = since;
  const now = reportTime(head);
  const seen = what === 'seen' ? 'Seen' : `Seen ${what}`;
  const onlyNow = `${seen} on ${utc(since.seenOpenSince)}.`;
  if (since.headline === 'seen') {
    const before = Date.parse(since.seenOpenSince) < Date.parse(head.run.startedAt);
    return before ? `${seen} for ${elapsed(since.seenOpenSince, now)}.` : onlyNow;
  }
  const from = since.configuredOpenSince;
  if (from === null || since.setting === null || Date.parse(now) - Date.parse(from) < 3_600_000) return onlyNow;
  return since.strength === 'strong'
    ? `${settingWords[since.setting]} for at least ${elapsed(from, now)}.`
    : `${settingWords[since.setting]} for ${elapsed(from, now)}, probably.`;
}

/** The reasoning behind the clock, and the ages of data, cluster and certificate, which are called what they are. */
export function sinceDetails(since: Since, head: ReportHead): string {
  const earlier = Date.parse(since.seenOpenSince) < Date.parse(head.run.startedAt);
  const parts = [
    capital(sentence(since.reasoning)),
    earlier && since.headline === 'configured' ? `First seen from this vantage on ${utc(since.seenOpenSince)}.` : null,
    since.oldestDataAt === null
      ? null
      : `The oldest index was created on ${day(since.oldestDataAt)}: that is the age of the data, not of the exposure.`,
    since.clusterBornBy === null
      ? null
      : `The cluster has existed since ${day(since.clusterBornBy)} at least: then it issued itself its licence.`,
    since.certificateNotBefore === null
      ? null
      : `The certificate that it shows is valid from ${day(since.certificateNotBefore)}.`,
  ];
  return parts.filter((part) => part !== null).join(' ');
}

/** The time a report speaks from: the end of its run, or its beginning while it has no end; never the clock of this machine. */
export function reportTime(head: ReportHead): string {
  return head.run.endedAt ?? head.run.startedAt;
}

/** What lies behind it, in one phrase: `14 indices, about 1.02 billion records, 22.1 TiB`; null where no total was said. */
export function contentsPhrase(finding: Finding): string | null {
  const { contents } = finding;
  if (contents === null) return null;
  const atLeast = (lower: boolean) => (lower ? 'at least ' : '');
  const parts = [
    contents.indices === null
      ? []
      : [`${atLeast(contents.atLeast.indices)}${counted(contents.indices, 'index', 'indices')}`],
    contents.documents === null
      ? []
      : [`${atLeast(contents.atLeast.documents)}${counted(contents.documents, 'record')}`],
    contents.bytes === null ? [] : [bytes(contents.bytes)],
  ].flat();
  return parts.length === 0 ? null : parts.join(', ');
}

/** How fast it could be copied, as a sentence with what it assumes; null where that was not estimated. */
export function copyPhrase({ copy, contents }: Finding): string | null {
  if (copy === null) return null;
  const { seconds, documents, atLeast, requestsPerDay, recordsPerRequest, bytesPerSecond } = copy;
  const time = seconds < 60 ? 'less than a minute' : `about ${lasting(seconds)}`;
  const line = `${number(Math.round((bytesPerSecond * 8) / 1_000_000))} Mbit/s`;
  const part = contents !== null && documents < (contents.documents ?? 0);
  const what = part
    ? `Of these, ${counted(documents, 'record')} could be searched; a copy of ${documents === 1 ? 'it' : 'them'}`
    : 'A copy of it';
  return `${what} would take ${atLeast && seconds >= 60 ? 'at least ' : ''}${time}. That is an estimate: ${number(requestsPerDay)} requests a day, the pace that a crawler of an online shop kept up in 2020, ${number(recordsPerRequest)} records each, over a line of ${line}.`;
}

function lasting(seconds: number): string {
  if (seconds < 7200) return counted(Math.round(seconds / 60), 'minute');
  if (seconds < 172_800) return counted(Math.round(seconds / 3600), 'hour');
  return counted(Math.round(seconds / 86_400), 'day');
}

/** What a table of a finding's `stake` says of one class: all its indices together, examples of indices and fields. */
export interface StakeRow {
  readonly label: string;
  readonly indices: readonly string[];
  readonly indicesTotal: number;
  readonly fields: readonly string[];
  readonly fieldsTotal: number;
  /** Records in these indices; null where none was counted. */
  readonly documents: number | null;
  /** Whether `documents` is a lower bound. */
  readonly atLeast: boolean;
  readonly certain: boolean;
}

/** The stake of a finding, class by class, the certain ones first: every class, however many there are. */
export function stakeRows({ classes, stake }: Pick<Finding, 'classes' | 'stake'>): StakeRow[] {
  const rows = classes.map((total): StakeRow => {
    const entries = stake.filter((entry) => entry.class === total.class && entry.certainty === total.certainty);
    const fields = [...new Set(entries.flatMap((entry) => entry.fields))];
    // The same name in several indices is shown once, and is none that was left out.
    const left = total.fields - entries.reduce((sum, entry) => sum + entry.fields.length, 0);
    return {
      label: dataClassLabels[total.class],
      indices: entries.map(({ index }) => index),
      indicesTotal: total.indices,
      fields,
      fieldsTotal: fields.length + left,
      documents: total.documents,
      atLeast: total.atLeast,
      certain: total.certainty === 'strong',
    };
  });
  return [...rows.filter(({ certain }) => certain), ...rows.filter(({ certain }) => !certain)];
}

/** The records of such a row: `at least 1,234`; '' where none was counted. */
export function stakeRecords({ documents, atLeast }: StakeRow): string {
  return documents === null ? '' : `${atLeast ? 'at least ' : ''}${number(documents)}`;
}

/** What stands under such a table. */
export const stakeNote =
  'Told by the names of fields alone: no record was read and no person counted. A class that is not listed is not a class that is not there.';

/** A step of a remedy: when to do it, where its text begins with a time, and what. */
export function timed(text: string): { readonly when: string | null; readonly text: string } {
  const [, when, versions, rest] = /^(This hour|Today|This week)(?: (\([^)]*\)))?: (.*)$/s.exec(text) ?? [];
  if (when === undefined || rest === undefined) return { when: null, text };
  return { when, text: versions === undefined ? capital(rest) : `${versions} ${capital(rest)}` };
}

/** The steps of the remedy by their times; a step that names none belongs to the time of the one before it. */
function actionsByTime(lead: Finding): FirstPage['actions'] {
  const byTime = new Map<string, string[]>();
  let time = 'What to do';
  for (const step of lead.remedy.steps) {
    const { when, text } = timed(step.text);
    time = when ?? time;
    byTime.set(time, [...(byTime.get(time) ?? []), text]);
  }
  return [...byTime].map(([when, texts]) => ({ when, texts }));
}

function nothingFound(head: ReportHead): FirstPage {
  const { run, summary } = head;
  const page = { severity: null, owners: [], proof: null, actions: [], others: [], othersTotal: 0 };
  const from = `From ${vantageWords(run.vantage)}, ${period(run.startedAt, run.endedAt)}`;
  if (askedTotal(summary) === 0) {
    return {
      ...page,
      headline: 'Nothing was asked, so nothing was proved.',
      paragraphs: [
        {
          label: null,
          text: `${from}, no declared endpoint was finished. ${notAskedWords(summary)} This report is no all-clear.`,
        },
      ],
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

function seenWords({ run, summary }: ReportHead, from: string): string {
  const { states } = summary;
  const parts = [
    [states.guarded, 'refused us', 'refused us'],
    [states.open, 'let us in', 'let us in'],
    [states.decoy, 'is a decoy', 'are decoys'],
    [states['other-product'], 'is another product', 'are other products'],
    [states.unreachable, 'could not be reached', 'could not be reached'],
    [states.undetermined - notAskedTotal(summary), 'could not be judged', 'could not be judged'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, one, many]) => counted(count, one, many));
  return `${from}, we asked ${counted(askedTotal(summary), 'declared endpoint')} ${credentialWords(run)}: ${listed(said)}.`;
}

function notProved({ run, summary }: ReportHead): Paragraph {
  const { undetermined, unreachable } = summary.states;
  const unjudged = undetermined - notAskedTotal(summary);
  const gaps = [
    notAskedWords(summary),
    unjudged > 0 ? `${counted(unjudged, 'endpoint')} that could not be judged must not be taken for guarded.` : '',
    unreachable > 0 ? `${counted(unreachable, 'endpoint')} did not answer us; somebody elsewhere may be answered.` : '',
    run.vantage.exposure === 'internet' ? '' : 'The internet was not tested.',
    'A refusal holds for its time and for our address. Hosts, ports and paths that were not declared were not looked for, and no credential was tried.',
  ];
  return { label: 'What was not proved:', text: gaps.filter((gap) => gap !== '').join(' ') };
}
