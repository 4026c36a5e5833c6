// What a reader must know of accepted risks: which have expired or end soon, which cover nothing, and who accepted what.
import type { AcceptanceState } from '../model/acceptance.js';
import type { ReportHead } from '../model/finding.js';
import type { Texts } from './texts/en.js';

/** A sentence on accepted risks; `urgent` where a person has to decide again. */
export interface AcceptanceNote {
  readonly urgent: boolean;
  readonly label: string;
  readonly text: string;
}

/** Entries that a note names. */
const named = 5;

/** The sentences of the first screen: none where no entry needs a look. */
export function acceptanceNotes(
  { acceptances = [] }: Pick<ReportHead, 'acceptances'>,
  { accepted: words }: Texts,
): readonly AcceptanceNote[] {
  const note = (
    kind: keyof typeof words.notes,
    entries: readonly AcceptanceState[],
    more: (entry: AcceptanceState) => string | null,
  ): readonly AcceptanceNote[] => {
    if (entries.length === 0) return [];
    const items = entries.slice(0, named).map((entry) => {
      const why = more(entry);
      return `${words.what(entry)} (${words.by(entry)}${why === null ? '' : `; ${why}`})`;
    });
    const rest = entries.length - items.length;
    const { label, end } = words.notes[kind];
    const text = `${items.join('; ')}${rest > 0 ? words.more(rest) : ''}.${end}`;
    return [{ urgent: kind !== 'idle', label, text }];
  };
  const count = (findings: number) => (findings === 0 ? null : words.findings(findings));
  const covering = acceptances.filter(({ use }) => use !== 'stale' && use !== 'unmatched');
  return [
    ...note(
      'expired',
      covering.filter(({ term }) => term === 'expired'),
      ({ use, why }) => (use === 'not-reached' ? (why ?? words.notReached) : null),
    ),
    ...note(
      'worse',
      acceptances.filter(({ worse }) => worse > 0),
      ({ worse }) => count(worse),
    ),
    ...note(
      'endsSoon',
      covering.filter(({ term }) => term === 'ends-soon'),
      ({ findings }) => count(findings),
    ),
    ...note(
      'idle',
      acceptances.filter(({ use }) => use === 'stale' || use === 'unmatched'),
      ({ why }) => why,
    ),
  ];
}
