// What a reader must know of accepted risks: which have expired or end soon, which cover nothing, and who accepted what.
import type { Acceptance, AcceptanceState } from '../model/acceptance.js';
import type { ReportHead } from '../model/finding.js';
import { counted, listed, number } from './words.js';

/** `Jeanne Moreau, until 2026-12-31`. */
export function acceptedBy({ approvedBy, until }: Acceptance): string {
  return `${approvedBy}, until ${until}`;
}

/** What an entry accepts: "end-of-life at target search", "finding 3f2a9c04b1d2, only CVE-2015-1427". */
export function acceptedWhat({ finding, target, check, vulnerabilities }: AcceptanceState): string {
  const what = finding === null ? `${check ?? ''} at target ${target ?? ''}` : `finding ${finding.slice(0, 12)}`;
  return vulnerabilities.length === 0 ? what : `${what}, only ${listed(vulnerabilities)}`;
}

/** A sentence on accepted risks; `urgent` where a person has to decide again. */
export interface AcceptanceNote {
  readonly urgent: boolean;
  readonly label: string;
  readonly text: string;
}

/** Entries that a note names. */
const named = 5;

/** The sentences of the first screen: none where no entry needs a look. */
export function acceptanceNotes({ acceptances = [] }: Pick<ReportHead, 'acceptances'>): readonly AcceptanceNote[] {
  const note = (
    urgent: boolean,
    label: string,
    entries: readonly AcceptanceState[],
    more: (entry: AcceptanceState) => string | null,
    end = '',
  ): readonly AcceptanceNote[] => {
    if (entries.length === 0) return [];
    const items = entries.slice(0, named).map((entry) => {
      const why = more(entry);
      return `${acceptedWhat(entry)} (${acceptedBy(entry)}${why === null ? '' : `; ${why}`})`;
    });
    const rest = entries.length - items.length;
    return [{ urgent, label, text: `${items.join('; ')}${rest > 0 ? `; and ${number(rest)} more` : ''}.${end}` }];
  };
  const count = (findings: number) => (findings === 0 ? null : counted(findings, 'finding'));
  const covering = acceptances.filter(({ use }) => use !== 'stale' && use !== 'unmatched');
  return [
    ...note(
      true,
      'Acceptance expired:',
      covering.filter(({ term }) => term === 'expired'),
      ({ use, why }) => (use === 'not-reached' ? (why ?? 'not reached') : null),
      ' What it covered counts again.',
    ),
    ...note(
      true,
      'No longer covered, because it got worse:',
      acceptances.filter(({ worse }) => worse > 0),
      ({ worse }) => count(worse),
    ),
    ...note(
      true,
      'Acceptance ends within 30 days:',
      covering.filter(({ term }) => term === 'ends-soon'),
      ({ findings }) => count(findings),
    ),
    ...note(
      false,
      'Accepted, but nothing is left to accept:',
      acceptances.filter(({ use }) => use === 'stale' || use === 'unmatched'),
      ({ why }) => why,
      ' Remove it from the targets file.',
    ),
  ];
}
