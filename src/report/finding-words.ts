// The sentences of a report about one finding: since when, what it contains, what field names suggest.

import type { Finding, ReportHead, Since } from '../model/finding.js';
import { dataClassLabels, type DataClass, type IndexFacts } from '../model/observation.js';
import { bytes, capital, counted, day, elapsed, number, sentence, utc } from './words.js';

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
    : `Probably ${settingWords[since.setting].toLowerCase()} for ${elapsed(from, now)}.`;
}

/** The reasoning behind the clock, and the ages of data, cluster and certificate, which are called what they are. */
export function sinceDetails(since: Since, head: ReportHead): string {
  const earlier = Date.parse(since.seenOpenSince) < Date.parse(head.run.startedAt);
  const parts = [
    capital(sentence(since.reasoning)),
    earlier && since.headline === 'configured' ? `First seen from this vantage on ${utc(since.seenOpenSince)}.` : null,
    since.oldestDataAt === null
      ? null
      : `The oldest index was created on ${day(since.oldestDataAt)}, which is the age of the data, not of the exposure.`,
    since.clusterBornBy === null
      ? null
      : `The cluster has existed since ${day(since.clusterBornBy)} at least, when it issued its licence.`,
    since.certificateNotBefore === null ? null : `Its certificate is valid from ${day(since.certificateNotBefore)}.`,
  ];
  return parts.filter((part) => part !== null).join(' ');
}

/** The time a report speaks from: the end of its run, or its beginning while it has no end; never the clock of this machine. */
export function reportTime(head: ReportHead): string {
  return head.run.endedAt ?? head.run.startedAt;
}

/** For a cell whose value the server did not show. */
export const notShown = 'not shown';

/** The contents in one phrase: `14 indices, 1,021,553,204 documents, 22.1 TiB`; null where no total was shown. */
export function contentsPhrase(finding: Finding): string | null {
  const { contents } = finding;
  if (contents === null) return null;
  const atLeast = (lower: boolean) => (lower ? 'at least ' : '');
  if (ofCluster(contents)) {
    const listed = contents.indices === null ? null : `${counted(contents.indices, 'index', 'indices')} listed`;
    const total = `the cluster reports ${counted(contents.documents ?? 0, 'document')} in total, its own included`;
    return [listed, total].filter((part) => part !== null).join('; ');
  }
  const parts = [
    contents.indices === null
      ? []
      : [`${atLeast(contents.atLeast.indices)}${counted(contents.indices, 'index', 'indices')}`],
    contents.documents === null
      ? []
      : [`${atLeast(contents.atLeast.documents)}${counted(contents.documents, 'document')}`],
    contents.bytes === null ? [] : [`${atLeast(sizesMissing(contents))}${bytes(contents.bytes)}`],
  ].flat();
  return parts.length === 0 ? null : parts.join(', ');
}

type Contents = NonNullable<Finding['contents']>;

/** Whether the number of documents is a total that the cluster gives itself, not the sum of what was listed. */
function ofCluster({ documents, largest }: Contents): boolean {
  return (documents ?? 0) > 0 && largest.every((index) => index.documents === null);
}

/** Whether the size is a lower bound: the listing was cut, or an index with documents has no size. */
function sizesMissing({ atLeast, largest }: Contents): boolean {
  return atLeast.documents || largest.some((index) => index.bytes === null && (index.documents ?? 0) > 0);
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

/** How fast it could be copied, as a sentence with what it assumes; null where that was not estimated. */
export function copyPhrase({ copy, contents }: Finding): string | null {
  if (copy === null) return null;
  const { seconds, documents, atLeast, bytesPerSecond } = copy;
  const time = seconds < 60 ? 'under a minute' : `about ${lasting(seconds)}`;
  const line = `${number(Math.round((bytesPerSecond * 8) / 1_000_000))} Mbit/s`;
  const part = contents !== null && documents < (contents.documents ?? 0);
  const what = part
    ? `We were shown that ${counted(documents, 'document')} can be searched. Copying ${documents === 1 ? 'it' : 'them'}`
    : 'Copying all of it';
  return `${what} would take ${atLeast && seconds >= 60 ? 'at least ' : ''}${time} at ${line} (an estimate).`;
}

function lasting(seconds: number): string {
  if (seconds < 7200) return counted(Math.round(seconds / 60), 'minute');
  if (seconds < 172_800) return counted(Math.round(seconds / 3600), 'hour');
  return counted(Math.round(seconds / 86_400), 'day');
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
    // The same name in several indices is shown once, and does not count as left out.
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

/** The records of such a row: `at least 1,234`. */
export function stakeRecords({ documents, atLeast }: StakeRow): string {
  return documents === null ? notShown : `${atLeast ? 'at least ' : ''}${number(documents)}`;
}

/** What follows such a table. */
export const stakeNote = 'Judged from field names only; no document was read. Other kinds of data may be present too.';

/** A step of a remedy: when to do it, where its text begins with a time, and what. */
export function timed(text: string): { readonly when: string | null; readonly text: string } {
  const [, when, versions, rest] =
    /^(This hour|Today|This week|This month|Until then)(?: (\([^)]*\)))?: (.*)$/s.exec(text) ?? [];
  if (when === undefined || rest === undefined) return { when: null, text };
  return { when, text: versions === undefined ? capital(rest) : `${versions} ${capital(rest)}` };
}
