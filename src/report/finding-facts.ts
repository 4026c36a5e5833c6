// What the sentences about one finding rest on, in no language: since when, which indices first, which kinds of data.

import type { Finding, ReportHead, Since } from '../model/finding.js';
import type { DataClass, IndexFacts } from '../model/observation.js';

/** What a headline says of time: seen at a moment, seen for some time, or set up for some time, by the server's own clock. */
export type Lasting =
  | { readonly kind: 'seen-on'; readonly what: Since['what']; readonly at: string }
  | { readonly kind: 'seen-for'; readonly what: Since['what']; readonly from: string; readonly to: string }
  | {
      readonly kind: 'set-for';
      readonly setting: NonNullable<Since['setting']>;
      readonly from: string;
      readonly to: string;
      readonly certain: boolean;
    };

/**
 * How long a finding has lasted. It speaks of the setting, which the server has had since it started; since when it could be
 * reached is another matter. A finding that this run saw first, without a clock of the server's, is only said to have been seen.
 */
export function lastingOf({ since }: Finding, head: ReportHead): Lasting {
  const { what, seenOpenSince: seen, configuredOpenSince: from, setting } = since;
  const to = reportTime(head);
  const onlyNow = { kind: 'seen-on', what, at: seen } as const;
  // Hours are the smallest unit of a headline.
  const lasts = (start: string): boolean => Date.parse(to) - Date.parse(start) >= 3_600_000;
  if (since.headline === 'seen')
    return isEarlier(since, head) && lasts(seen) ? { kind: 'seen-for', what, from: seen, to } : onlyNow;
  if (from === null || setting === null || !lasts(from)) return onlyNow;
  return { kind: 'set-for', setting, from, to, certain: since.strength === 'strong' };
}

/** Whether an earlier run saw it too. */
export function isEarlier({ seenOpenSince }: Since, { run }: ReportHead): boolean {
  return Date.parse(seenOpenSince) < Date.parse(run.startedAt);
}

/** The time a report speaks from: the end of its run, or its beginning while it has no end; never the clock of this machine. */
export function reportTime(head: ReportHead): string {
  return head.run.endedAt ?? head.run.startedAt;
}

/** The indices that are named, those first whose fields suggest the gravest data, then the largest. */
export function indicesByGravity({ contents, stake }: Pick<Finding, 'contents' | 'stake'>): readonly IndexFacts[] {
  const gravity = new Map<string, number>();
  for (const { index, class: one, certainty } of stake) {
    if (certainty !== 'strong') continue;
    gravity.set(index, Math.min(gravity.get(index) ?? gravestFirst.length, gravestFirst.indexOf(one)));
  }
  const of = ({ name }: IndexFacts): number => gravity.get(name) ?? gravestFirst.length;
  return (contents?.largest ?? []).toSorted((a, b) => of(a) - of(b) || (b.documents ?? 0) - (a.documents ?? 0));
}

/** The classes of data, those first whose exposure harms people most: what law protects specially, secrets, then contacts. */
export const gravestFirst: readonly DataClass[] = [
  'health',
  'biometric',
  'minor',
  'police-court',
  'religion',
  'ethnicity',
  'politics',
  'credential',
  'payment-card',
  'bank-account',
  'national-id',
  'location',
  'travel',
  'birth-date',
  'postal-address',
  'phone',
  'email',
  'person-name',
  'device',
];

/** What a table of a finding's `stake` says of one class: all its indices together, examples of indices and fields. */
export interface StakeRow {
  readonly class: DataClass;
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
    // The same name in several indices is shown once, and does not count as left out.
    const left = total.fields - entries.reduce((sum, entry) => sum + entry.fields.length, 0);
    return {
      class: total.class,
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
