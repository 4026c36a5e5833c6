// What is said of several runs, in English: their list, a retest, what changed, and messages about it.

import type { ReportHead, Severity } from '../../../model/finding.js';
import { severities } from '../../../model/finding.js';
import type { differenceOf, GoneStatus } from '../../../model/history.js';
import { retestOutcomes, type RetestOutcome } from '../../../model/retest.js';
import { count as number, counted, listed } from '../../../text/words.js';
import { link, phrase, type Inline } from '../../document.js';
import { utc } from '../../words.js';
import { fromNames, run, severityWords } from './words.js';

const retestOutcomeWords: Readonly<Record<RetestOutcome, string>> = {
  fixed: 'fixed',
  partly: 'partly fixed',
  'still-open': 'still open',
  unverified: 'could not be verified',
};

/** "3 fixed, 1 partly fixed, 1 still open": what a retest says in a line. */
function retestCounts(findings: readonly RetestOutcome[]): string {
  const parts = [...retestOutcomes].reverse().flatMap((outcome) => {
    const total = findings.filter((one) => one === outcome).length;
    return total === 0 ? [] : [`${number(total)} ${retestOutcomeWords[outcome]}`];
  });
  return parts.length === 0 ? 'nothing was tested' : listed(parts);
}

/** `index.html`: the runs of an engagement, and of all engagements. */
export const overview = {
  documentOf: (name: string): string => `Runs: ${name}`,
  documentOfAll: 'Runs of all engagements',
  kicker: 'Runs of leftopen',
  allEngagements: 'All engagements',
  engagement: 'Engagement',
  engagements: 'Engagements',
  engagementsCounted: (engagements: number): string => counted(engagements, 'engagement'),
  lastRun: 'Last run',
  noneYet: 'none yet',
  headline: (open: number): string =>
    open === 0 ? 'Nothing is known to be open.' : `${counted(open, 'finding is', 'findings are')} open.`,
  counted:
    'Counted are findings that were open when last seen, also where the last run could not reach them. What several vantages or shards show counts once. Accepted ones are left out.',
  severalClients: 'This page names several clients: do not hand it to any of them.',
  runs: 'Runs',
  runsCaption: 'Runs, the newest first',
  run: 'Run',
  deleted: (run: string): string => `${run}, deleted`,
  from: 'From',
  state: 'State',
  states: {
    complete: 'complete',
    narrowed: 'some targets or checks only',
    incomplete: 'incomplete',
    unfinished: 'did not finish',
  },
  endpoints: 'Endpoints',
  exposed: 'Exposed',
  problems: 'Problems',
  open: 'Open',
  changes: 'Changes',
  /** What a run found changed; '' for nothing. */
  changed: (found: number, worse: number, fixed: number): string =>
    [
      found === 0 ? '' : `${number(found)} new`,
      worse === 0 ? '' : `${number(worse)} worse`,
      fixed === 0 ? '' : `${number(fixed)} fixed`,
    ]
      .filter((part) => part !== '')
      .join(', '),
  accepted: 'Accepted',
  olderRuns: (runs: number): string => `And ${counted(runs, 'older run')} in runs.jsonl.`,
  overTime: 'Open over time',
  overTimeCaption: 'Open findings by severity, one bar for each finished run',
  oldest: 'The oldest open ones',
  oldestCaption: 'Open findings, those first seen earliest first',
  byOwner: 'By owner',
  byOwnerCaption: 'Open findings by owner',
  /** Follows a title where there are several vantages. */
  fromVantage: (name: string): string => `, from ${name}`,
  finding: 'What',
  owner: 'Owner',
  firstSeen: 'First seen',
  days: 'Days since',
  lastSeen: 'Last seen',
  fingerprint: 'Fingerprint',
  more: (rest: number, folder: string): Inline[] =>
    phrase`And ${number(rest)} more, in ${link(`${folder}/report.html`, 'the last report')}.`,
  all: 'All',
  client: 'For',
  worst: 'Worst',
  oldestFirstSeen: 'Oldest first seen',
};

/** `retest.html`: what became of the findings of an earlier run. */
export const retest = {
  document: (name: string, on: string): string => `Retest: ${name}, ${on}`,
  kicker: 'Retest of findings on Elasticsearch, OpenSearch and their dashboards',
  firstTested: 'First tested',
  testedAgain: 'Tested again',
  incomplete: 'This retest is incomplete',
  outcomes: retestOutcomeWords,
  /** Why a finding has its outcome. */
  why: {
    better: (why: string | null): string => `It is better than it was: ${why ?? 'less is reached'}.`,
    worse: (why: string | null): string => `It got worse: ${why ?? 'more is reached'}.`,
    differs: (title: string): string => `It is still a finding, and differs: ${title}.`,
    same: 'A response shows the same as before.',
    good: 'A response shows that it is good now.',
    goodHere: 'A response shows that it is good now at this address.',
    unknown: 'Nothing shows whether it is fixed.',
  },
  counts: retestCounts,
  headline: (findings: readonly RetestOutcome[]): string =>
    `${counted(findings.length, 'finding')} tested again: ${retestCounts(findings)}.`,
  whatFixedMeans:
    'Fixed means that a response shows it: the same question was denied, or the version or certificate is good now. Only what these findings need was asked; this is not a new audit.',
  unverified: 'What could not be verified may still be open: nothing that we saw shows otherwise.',
  all: 'All findings',
  result: 'Result',
  finding: 'Finding',
  endpoint: 'Endpoint',
  owner: 'Owner',
  when: (at: string | null, version: string | null): string =>
    at === null ? 'not reached' : `${utc(at)}${version === null ? '' : `, version ${version}`}`,
  accepted: ' The targets file accepts it.',
  then: 'Then',
  now: 'Now',
  nowFound: 'Now found',
  fingerprint: 'Fingerprint',
  shownThen: 'Requests that showed it then',
  shownNow: 'Requests that show it now',
  request: 'Request',
  response: 'Response',
  at: 'When (UTC)',
  line: 'Line of the ledger',
  failed: 'failed',
  runs: 'Runs',
  firstRun: 'First run',
  retest: 'Retest',
  tool: (run: Inline, version: string, knowledge: string): Inline[] =>
    phrase`${run}, leftopen ${version}, knowledge of ${knowledge}`,
  requests: 'Requests',
  requestsOf: (requests: number): string => `${number(requests)}, GET and HEAD only; each is in ledger.jsonl`,
};

/** `leftopen diff`. */
export const difference = {
  /** By what `differenceOf` says, and by what became of the others; in the order in which they are shown. */
  sections: {
    new: 'New',
    worse: 'Worse',
    reopened: 'Open again',
    'no-longer-accepted': 'No longer accepted',
    knowledge: 'Found only because leftopen knows more today',
    fixed: 'Fixed',
    closed: 'No longer seen',
    better: 'Better',
    'not-reached': 'Could not be checked',
    'not-asked': 'Not asked',
    withdrawn: 'No longer declared, or no longer judged a finding',
  } satisfies Record<Exclude<ReturnType<typeof differenceOf>, 'unchanged'> | GoneStatus, string>,
  columns: ['Severity', 'Finding', 'Endpoint', 'Owner', 'Why', 'Since', 'Fingerprint'],
  title: (engagement: string): string => `What changed: ${engagement}`,
  compared: ({ run, summary, changes: { baseline } }: ReportHead): string =>
    `${counted(summary.endpoints, 'endpoint')}, run of ${utc(run.startedAt)} compared with ${baseline === null ? 'no earlier run' : utc(baseline.startedAt)}, from ${fromNames(run)}.`,
  section: (title: string, total: number): string => `${title} (${number(total)})`,
  more: (rest: number): string => `And ${number(rest)} more.`,
};

/** Messages to webhooks and by e-mail. */
export const notice = {
  news: {
    new: 'new',
    worse: 'worse',
    reopened: 'open again',
    'no-longer-accepted': 'no longer accepted',
    knowledge: 'new to leftopen',
  },
  counted: (findings: number, news: string, worst: Severity): string =>
    `${number(findings)} ${news} (up to ${severityWords[worst]})`,
  fixed: (findings: number): string => `${number(findings)} fixed`,
  closed: (findings: number): string => `${number(findings)} no longer seen`,
  headline: (engagement: string, parts: readonly string[], incomplete: boolean): string =>
    `leftopen ${engagement}: ${parts.length === 0 ? 'nothing new' : listed(parts)}${incomplete ? '; the audit is incomplete' : ''}`,
  /** `owners`: the first of those that it concerns. */
  check: (severity: Severity, news: string, title: string, endpoints: number, owners: string): string =>
    `${severityWords[severity]}, ${news}: ${title} (${counted(endpoints, 'endpoint')}${owners === '' ? '' : `; ${owners}`})`,
  others: 'others',
  moreChecks: (rest: number): string => `and ${number(rest)} more kinds of findings`,
  endpoint: (severity: Severity, news: string, endpoint: string, owner: string | null, title: string): string =>
    `${severityWords[severity]}, ${news}: ${endpoint}${owner === null ? '' : ` (${owner})`}: ${title}`,
  openNow: (open: Readonly<Record<Severity, number>>): string => {
    const parts = severities.flatMap((one) => (open[one] === 0 ? [] : `${number(open[one])} ${severityWords[one]}`));
    return parts.length === 0 ? 'Nothing is open now.' : `Open now: ${listed(parts)}.`;
  },
  unsure: (findings: number): string => `${counted(findings, 'earlier finding')} could not be checked.`,
  unfinished: 'The audit did not end: it was interrupted, or could not go on.',
  incomplete: (unassessed: number): string =>
    `The audit is incomplete: ${unassessed === 0 ? 'see its report' : `${counted(unassessed, 'endpoint')} could not be assessed`}.`,
  run,
  failed: (engagement: string): string => `leftopen ${engagement}: the audit failed`,
  failedAt: (at: string): string =>
    `It ended at ${utc(at)} without a result: see its log. Nothing is known of the endpoints.`,
  moreLines: (rest: number): string => `and ${number(rest)} more lines: see the report`,
};
