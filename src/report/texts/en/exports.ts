// What formats that other programs read say to people, in English.

import type { Finding, Severity } from '../../../model/finding.js';
import type { FindingStatus, GoneStatus } from '../../../model/history.js';
import { count as number, counted, listed } from '../../../text/words.js';
import { utc } from '../../words.js';
import { gone, run, severityWords } from './words.js';

/** The tickets format; its texts are Markdown once they are escaped. */
export const tickets = {
  gone: {
    fixed: 'fixed',
    closed: 'no longer seen, which does not show that it is fixed',
    'not-reached': 'could not be checked',
    'not-asked': 'not asked',
    withdrawn: 'no longer declared, or no longer judged a finding',
  } satisfies Record<GoneStatus, string>,
  /** Requests of the ledger that show it; '' for none. */
  shownBy: (requests: readonly number[]): string =>
    requests.length === 0 ? '' : ` (requests ${requests.join(', ')} of the ledger)`,
  statuses: {
    new: 'new',
    reopened: 'open again',
    worse: 'worse',
    better: 'better',
    unchanged: 'unchanged',
  } satisfies Record<FindingStatus, string>,
  noLongerAccepted: 'no longer accepted',
  fixed: 'Responses of this run show that it is fixed.',
  open: (findings: number, counts: readonly (readonly [findings: number, status: string])[]): string =>
    `${counted(findings, 'finding')} open: ${counts.map(([of, status]) => `${number(of)} ${status}`).join(', ')}.`,
  accepted: 'What remains of this is accepted by the targets file.',
  moved:
    'These findings have another owner now. They are not shown to be fixed: close this ticket once the new owner has one.',
  movedTo: (owners: readonly string[]): string =>
    owners.length === 0 ? 'has no declared owner now' : `is now with ${listed(owners)}`,
  unknown: 'Not found in this run, and not shown to be fixed: leave this open unless you know better.',
  acceptedBy: (by: string, until: string): string => `accepted by ${by} until ${until}: `,
  acceptedUntil: (until: string): string => `accepted until ${until}`,
  incomplete: 'This audit is incomplete: some endpoints could not be assessed.',
  run,
  fix: 'How to fix it',
  check: 'To check the fix:',
  expected: 'Expected: ',
  endpoints: 'Endpoints',
  columns: ['Severity', 'Endpoint', 'Finding', 'Open since', 'Note'],
  more: (rest: number): string => `And ${counted(rest, 'finding')} more; findings.jsonl lists all.`,
  shown: 'shown',
  inferred: 'inferred',
  proof: 'Proof',
  failed: 'failed',
  at: (at: string): string => ` at ${utc(at)}: `,
  request: (request: number, run: string | undefined, sha256: string): string =>
    ` (request ${request} of the ledger${run === undefined ? '' : ` of ${run}`}${sha256 === '' ? '' : `, SHA-256 of the response ${sha256.slice(0, 16)}…`})`,
  lastRun: 'Last run',
};

/** A job summary for GitHub Actions; its texts are Markdown, and what the record says is escaped when it comes here. */
export const github = {
  title: (findings: number): string => `leftopen: ${findings === 0 ? 'no finding' : counted(findings, 'finding')}`,
  counts: (accepted: number): string =>
    accepted === 0 ? '' : ` ${counted(accepted, 'finding is', 'findings are')} accepted.`,
  run: (id: string, startedAt: string): string => `Run ${id} of ${utc(startedAt)}.`,
  seenFrom: (names: string): string => `Tested from ${names}.`,
  acceptedRisks: 'Accepted risks:',
  expired: (risks: number): string => `${number(risks)} ${risks === 1 ? 'has' : 'have'} expired`,
  endsSoon: (risks: number): string => `${number(risks)} ${risks === 1 ? 'ends' : 'end'} within 30 days`,
  worse: (risks: number): string => `${number(risks)} no longer ${risks === 1 ? 'covers' : 'cover'} what got worse`,
  /** `by`: null where names are left out. */
  accepted: (check: string, until: string, by: string | null): string =>
    `${check}: accepted until ${until}${by === null ? '' : ` by ${by}`}`,
  check: 'Check',
  columns: ['Severity', 'Endpoint', 'Owner', 'Finding'],
  more: (findings: number): string => `And ${counted(findings, 'finding')} more.`,
};

export const junit = {
  noOwner: 'no owner',
  undetermined: (why: string | null): string => `undetermined, not safe: ${why ?? 'could not be assessed'}`,
  accepted: (finding: string): string => `accepted: ${finding}`,
  finding: 'finding',
  line: (
    { severity, title, check }: Pick<Finding, 'severity' | 'title' | 'check'>,
    from: readonly string[],
    accepted: string | null,
  ): string =>
    `${severityWords[severity]}: ${title} (${check}${from.length === 0 ? '' : `, seen from ${listed(from)}`})${accepted === null ? '' : ` [${accepted}]`}`,
  acceptedBy: (by: string, reason: string): string => `accepted by ${by}: ${reason}`,
  moreFindings: (findings: number): string => `${counted(findings, 'finding')} more: see findings.jsonl`,
  leftOut: (endpoints: number): string =>
    `${counted(endpoints, 'endpoint')} left out, the least severe: endpoints.jsonl has all`,
};

export const sarif = {
  rule: (check: string, severity: Severity): string => `${check}: ${severityWords[severity]}`,
  howToFix: 'How to fix',
  ofWorst: '(of the worst finding)',
  gone: (status: GoneStatus, why: string): string => `${gone[status]}: ${why}`,
  justification: (reason: string, by: string): string => `${reason} (accepted by ${by})`,
  undetermined: (endpoints: number): string =>
    `${counted(endpoints, 'endpoint')} could not be assessed: undetermined is not safe`,
  accepted: (findings: number, which: readonly string[]): string =>
    `${counted(findings, 'finding is', 'findings are')} accepted and not listed here (--sarif-all lists them as suppressed): ${which.join('; ')}`,
  acceptedCheck: (check: string, by: string): string => `${check}, by ${by}`,
  leftOut: (findings: number, most: number): string =>
    `${counted(findings, 'finding')} left out, the least severe: GitHub takes ${number(most)} results at most. findings.jsonl has all`,
};

/** What each series counts. */
export const prometheus = {
  findings: 'Findings of the last run that are not accepted.',
  findings_accepted: 'Findings of the last run that are accepted.',
  accepted_risks: 'Accepted risks of the targets file by term; expired ones cover nothing.',
  accepted_risks_next_end_timestamp_seconds: 'When the next accepted risk ends.',
  problems: 'Problems of the last run.',
  endpoints: 'Endpoints of the last run by state; undetermined is not safe.',
  last_run_complete: '1 when the last run has no gaps.',
  last_run_timestamp_seconds: 'When the last run began.',
  last_success_timestamp_seconds: 'When the last run without gaps ended.',
};

/** Why an import must not close what it lacks. */
export type DojoGap = keyof typeof dojoGaps;

const dojoGaps = {
  incomplete: 'incomplete',
  part: 'a part of the estate',
  unchecked: 'not all earlier findings could be checked',
};

export const defectdojo = {
  /** `lacks`: why findings that the file does not have may still be open; null where none may be. */
  run: (id: string, vantage: string, lacks: DojoGap | null): string =>
    `Run ${id} from ${vantage}${lacks === null ? '' : ` (${dojoGaps[lacks]}: do not close old findings)`}`,
  accepted: (by: string, reason: string): string => `Accepted by ${by}: ${reason}`,
  owners: (owners: readonly string[]): string => `Owner: ${owners.length === 0 ? 'none declared' : owners.join(', ')}.`,
  target: (target: string): string => `Target: ${target}.`,
  failed: 'failed',
  severity: (rule: string): string => `Rule ${rule} of leftopen's severity table.`,
};

export const sysreptor = {
  accepted: (title: string): string => `Accepted: ${title}`,
  acceptedBy: (by: string, reason: string): string => `Accepted by ${by}: ${reason}`,
  more: (endpoints: number): string => `and ${counted(endpoints, 'endpoint')} more`,
};

/** Messages of documents for Elasticsearch. */
export const ecs = {
  run: (id: string, engagement: string, vantage: string, complete: boolean): string =>
    `Run ${id} of ${engagement} from ${vantage}: ${complete ? 'complete' : 'incomplete'}`,
};
