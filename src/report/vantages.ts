// The vantages of a run: which they are, and which of them saw something.
import type { Vantage } from '../model/engagement.js';
import { exposures } from '../model/engagement.js';
import type { Finding, RunInfo } from '../model/finding.js';

/** The vantages that a run was made from, the nearest to the public first. */
export function vantagesOf({ vantage, sources = [] }: Pick<RunInfo, 'vantage' | 'sources'>): readonly Vantage[] {
  if (sources.length === 0) return [vantage];
  return [...new Map(sources.map((source) => [source.vantage.name, source.vantage] as const)).values()];
}

/** Whether a run was merged from several vantages: only then it matters from where something was seen. */
export function hasVantages(run: Pick<RunInfo, 'vantage' | 'sources'>): boolean {
  return vantagesOf(run).length > 1;
}

/** Names of the vantages that saw a finding, the nearest to the public first; empty in a run that was not merged. */
export function seenFromNames({ seenFrom = [] }: Pick<Finding, 'seenFrom'>): readonly string[] {
  return [...seenFrom]
    .sort((a, b) => exposures.indexOf(a.exposure) - exposures.indexOf(b.exposure))
    .map(({ vantage }) => vantage);
}
