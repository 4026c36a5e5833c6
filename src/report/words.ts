// Numbers, instants and ends of sentences that all formats share, in no language but that of numbers.
import type { RunInfo, Severity, Summary } from '../model/finding.js';

export { count as number, counted, listed, size as bytes } from '../text/words.js';

/** An instant (ISO 8601) as `2026-11-22 21:04:07 UTC`; any other text stays as it is. */
export function utc(instant: string): string {
  const time = Date.parse(instant);
  return Number.isNaN(time) ? instant : `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** The day of an instant, `2026-11-22` (UTC). */
export function day(instant: string): string {
  const time = Date.parse(instant);
  return Number.isNaN(time) ? instant : new Date(time).toISOString().slice(0, 10);
}

/** With a capital first letter, unless it begins with an address. */
export function capital(text: string): string {
  if (/^\w+:/.test(text)) return text;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** With a full stop, unless it ends in a mark. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === '' || /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** Endpoints that were not asked; they count as undetermined. */
export function notAskedTotal({ notAsked }: Summary): number {
  return notAsked.window + notAsked.blackout;
}

/** Endpoints that gave a response from which a verdict follows. */
export function assessedTotal({ endpoints, states }: Pick<Summary, 'endpoints' | 'states'>): number {
  return endpoints - states.undetermined - states.unreachable;
}

/** Whether a run covers less than what is declared: one shard or owner, some targets or checks. */
export function isNarrowed({ shard, onlyTargets, onlyOwner, checks = null }: RunInfo): boolean {
  return shard !== undefined || onlyTargets !== undefined || onlyOwner !== undefined || checks !== null;
}

/** Endpoints that were asked. */
export function askedTotal(summary: Summary): number {
  return summary.endpoints - notAskedTotal(summary);
}

/** A CVSS base score, `7.5`; a dash where the score rates nothing: missing fixes are not a weakness by themselves. */
export function scoreWords(score: number): string {
  return score === 0 ? '–' : score.toFixed(1);
}

/** The rating that CVSS gives a score in words, as a severity. */
export function cvssBand(score: number): Severity {
  if (score >= 9) return 'critical';
  if (score >= 7) return 'high';
  if (score >= 4) return 'medium';
  return score > 0 ? 'low' : 'info';
}
