// What a run says on the terminal, in English.

import type { Severity } from '../../../model/finding.js';
import { count as number, counted } from '../../../text/words.js';
import { severityCounts } from './words.js';

function timeLeft(seconds: number): string {
  if (seconds < 90) return `${number(Math.ceil(seconds))} s`;
  if (seconds < 5400) return `${number(Math.round(seconds / 60))} min`;
  return `${number(Math.round(seconds / 360) / 10)} h`;
}

export const terminal = {
  writingTo: (folder: string): string => `writing to ${folder}`,
  /** `total`: null where it is not known beforehand. */
  asking: (total: number | null): string => (total === null ? 'asking …' : `asking ${counted(total, 'endpoint')} …`),
  preview: 'Preview while the audit runs; the final findings follow at its end.',
  /** The live line. `left`: seconds that the rest takes; null where that is not known. */
  progress: (
    done: number,
    total: number | null,
    perSecond: number,
    left: number | null,
    findings: Readonly<Record<Severity, number>>,
  ): string =>
    [
      `${number(done)}${total === null ? '' : `/${number(total)}`} endpoints`,
      `${number(Math.round(perSecond))}/s${left === null ? '' : `  ${timeLeft(left)} left`}`,
      severityCounts(findings, 'no findings'),
    ].join('  '),
  judging: (endpoints: number): string => `judging ${counted(endpoints, 'endpoint')} …`,
  incomplete: (gap: string): string => `Incomplete: ${gap}`,
  bugs: (checks: number): string =>
    `${counted(checks, 'check')} failed by a bug of ours; their verdicts are undetermined. Please report it.`,
  columns: ['#', 'SEVERITY', 'ENDPOINTS', 'WORST ENDPOINT'],
  moreProblems: (problems: number): string =>
    `and ${number(problems)} more ${problems === 1 ? 'problem' : 'problems'} in the report`,
  noFindings: 'No findings',
  /** `unassessed`: what could not be assessed, as the start of a sentence. */
  noFindingsBut: (unassessed: string): string => `No findings, but ${unassessed}`,
  findings: (total: number, counts: Readonly<Record<Severity, number>>): string =>
    `${counted(total, 'finding')} (${severityCounts(counts)})`,
  /** What was found, and from where: the first of the last lines. */
  found: (findings: string, accepted: number, problems: number, from: string): string =>
    `${findings}${problems > 0 ? ` in ${counted(problems, 'problem')}` : ''}${accepted > 0 ? `, ${number(accepted)} more accepted` : ''}, tested from ${from}.`,
  endpoints: (endpoints: number, states: string): string =>
    `${counted(endpoints, 'endpoint')}: ${states === '' ? 'none asked' : states}.`,
  requests: (requests: number): string => `${counted(requests, 'request')}, GET and HEAD only; each is in the ledger.`,
  deadlines:
    'If personal data is exposed, notification deadlines may be running. Set `awareAt` in the engagement, and the report calculates them.',
  report: (path: string): string => `Report: ${path}`,
  row: (check: string, since: string, fingerprint: string): string => `${check}, since ${since}, ${fingerprint}`,
  moreRows: (rows: number): string => `and ${number(rows)} more (--json lists all)`,
  moreRetested: (findings: number): string => `and ${number(findings)} more in the report`,
  testedAgain: (findings: number, at: string, counts: string): string =>
    `${counted(findings, 'finding')} of ${at} tested again: ${counts}.`,
};
