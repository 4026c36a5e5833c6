// Words and phrases in English that several parts of the catalogue share.

import type { Rung } from '../../../model/endpoint.js';
import type { Vantage } from '../../../model/engagement.js';
import { severities, type RunInfo, type Severity } from '../../../model/finding.js';
import type { GoneStatus } from '../../../model/history.js';
import { count as number, counted, exposureNames, listed } from '../../../text/words.js';
import { vantagesOf } from '../../vantages.js';
import { day, utc } from '../../words.js';

export const severityWords: Readonly<Record<Severity, string>> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  low: 'low',
  info: 'info',
};

export const rungNames: Readonly<Record<Rung, string>> = {
  silent: 'none',
  guarded: 'denied',
  banner: 'banner',
  metadata: 'names',
  documents: 'documents',
  control: 'full control',
};

export const rungWords: Readonly<Record<Rung, string>> = {
  silent: 'no response',
  guarded: 'access denied',
  banner: 'version, health or totals are shown',
  metadata: 'names or counts of indices are shown',
  documents: 'documents can be searched',
  control: 'everything can be read, changed and deleted',
};

/** A period of time, `2026-11-22 21:04:07 to 23:10:00 UTC`. */
export function period(from: string, to: string | null): string {
  if (to === null) return `from ${utc(from)}, not ended`;
  if (utc(from) === utc(to)) return utc(from);
  const start = utc(from).replace(' UTC', '');
  return day(from) === day(to) ? `${start} to ${utc(to).slice(11)}` : `${start} to ${utc(to)}`;
}

/** Time that has gone by, in whole days from two days up, else in whole hours: `412 days`, `7 hours`. */
export function elapsed(from: string, to: string): string {
  const hours = Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 3_600_000));
  return hours >= 48 ? counted(Math.floor(hours / 24), 'day') : counted(hours, 'hour');
}

/** Bytes in powers of 1,024, never less than they are: what is read at most is set in these. */
export function binarySize(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  const step = bytes < 1024 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  return `${number(Math.ceil(bytes / 1024 ** step))} ${units[step] ?? ''}`;
}

export function duration(seconds: number): string {
  if (seconds < 120) return counted(seconds, 'second');
  if (seconds < 7200) return counted(Math.round(seconds / 60), 'minute');
  if (seconds < 172_800) return counted(Math.round(seconds / 3600), 'hour');
  return counted(Math.round(seconds / 86_400), 'day');
}

/** `2 critical, 1 high`; severities without a finding are left out, and `nothing` says that all are. */
export function severityCounts(counts: Readonly<Record<Severity, number>>, nothing = 'none'): string {
  const parts = severities
    .filter((severity) => counts[severity] > 0)
    .map((severity) => `${number(counts[severity])} ${severityWords[severity]}`);
  return parts.length === 0 ? nothing : parts.join(', ');
}

/** The vantage in words, e.g. `the internet (203.0.113.7)`. */
export function vantage({ exposure, egress, name }: Vantage): string {
  return `${exposureNames[exposure]} (${egress ?? name})`;
}

/** From where a run was made, e.g. `the internet (203.0.113.7) and the internal network (office)`. */
export function from(run: Pick<RunInfo, 'vantage' | 'sources'>): string {
  return listed(vantagesOf(run).map(vantage));
}

/** From where a run was made, by names: `internet (internet) and office (internal)`. */
export function fromNames(run: Pick<RunInfo, 'vantage' | 'sources'>): string {
  return listed(vantagesOf(run).map(({ name, exposure }) => `${name} (${exposure})`));
}

/** Which run says it, in one sentence. */
export function run(of: RunInfo): string {
  return `Run ${of.id} of ${utc(of.startedAt)}, from ${fromNames(of)}.`;
}

export const gone: Readonly<Record<GoneStatus, string>> = {
  fixed: 'fixed',
  closed: 'no longer seen',
  'not-reached': 'could not be checked',
  'not-asked': 'not asked',
  withdrawn: 'no longer declared, or no longer judged a finding',
};
