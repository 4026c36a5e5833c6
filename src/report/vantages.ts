// The words of merged runs: from where something was seen, and where the vantages disagree.
import type { Vantage } from '../model/engagement.js';
import { exposures } from '../model/engagement.js';
import type { Contradiction, EndpointSummary, Finding, RunInfo, VantageView } from '../model/finding.js';
import { productNames } from '../model/endpoint.js';
import { listed, rungNames, vantageWords } from './words.js';

/** The vantages that a run was made from, the nearest to the public first. */
export function vantagesOf({ vantage, sources = [] }: Pick<RunInfo, 'vantage' | 'sources'>): readonly Vantage[] {
  if (sources.length === 0) return [vantage];
  return [...new Map(sources.map((source) => [source.vantage.name, source.vantage] as const)).values()];
}

/** Whether a run was merged from several vantages: only then it matters from where something was seen. */
export function hasVantages(run: Pick<RunInfo, 'vantage' | 'sources'>): boolean {
  return vantagesOf(run).length > 1;
}

/** From where a run was made, e.g. `the internet (203.0.113.7) and the internal network (office)`. */
export function fromWords(run: Pick<RunInfo, 'vantage' | 'sources'>): string {
  return listed(vantagesOf(run).map(vantageWords));
}

/** The same by names: `internet (internet) and office (internal)`. */
export function fromNames(run: Pick<RunInfo, 'vantage' | 'sources'>): string {
  return listed(vantagesOf(run).map(({ name, exposure }) => `${name} (${exposure})`));
}

/** Names of the vantages that saw a finding, the nearest to the public first; empty in a run that was not merged. */
export function seenFromNames({ seenFrom = [] }: Pick<Finding, 'seenFrom'>): readonly string[] {
  return [...seenFrom]
    .sort((a, b) => exposures.indexOf(a.exposure) - exposures.indexOf(b.exposure))
    .map(({ vantage }) => vantage);
}

/** `Seen from internet and office.`; '' in a run that was not merged. */
export function seenFromSentence(finding: Pick<Finding, 'seenFrom'>): string {
  const names = seenFromNames(finding);
  return names.length === 0 ? '' : `Seen from ${listed(names)}.`;
}

const stateNames = {
  guarded: 'access denied',
  undetermined: 'not assessed',
  unreachable: 'not reached',
  'other-product': 'another product',
  decoy: 'decoy',
} as const;

/** What one vantage saw, for a cell; '' where it did not ask. */
export function viewWords(view: VantageView | undefined): string {
  if (view === undefined) return 'not tested';
  if (view.state === 'open') return `exposed: ${rungNames[view.access]}`;
  if (view.address === null) return 'the name has no address';
  return view.state === 'guarded' && view.access === 'banner'
    ? 'access denied; shows its banner'
    : stateNames[view.state];
}

/** Where the vantages disagree on an endpoint, one sentence for each way. */
export function contradictionWords({ vantages = [], contradictions = [] }: EndpointSummary): readonly string[] {
  return contradictions.map((kind) => sentenceOf(kind, vantages));
}

function sentenceOf(kind: Contradiction, views: readonly VantageView[]): string {
  const from = (of: (view: VantageView) => boolean): string => listed(views.filter(of).map(({ vantage }) => vantage));
  const each = (of: (view: VantageView) => string | null): string =>
    listed(views.flatMap((view) => (of(view) === null ? [] : [`${of(view) ?? ''} from ${view.vantage}`])));
  switch (kind) {
    case 'open-and-guarded':
      return `Callers from ${from(({ state }) => state === 'open')} are let in, and those from ${from(({ state }) => state === 'guarded')} are denied access. Find out which rule makes the difference.`;
    case 'other-cluster':
      return `One address, several clusters: ${each(({ clusterUuid }) => clusterUuid)}. Something on the way leads to different servers.`;
    case 'other-product':
      return `Several products respond: ${each(({ product, state }) => (product !== null ? productNames[product] : state === 'other-product' ? 'another product' : null))}.`;
    case 'decoy':
      return `Responses to ${from(({ state }) => state === 'decoy')} are fabricated, as those of a honeypot; those to ${from(({ state }) => state === 'open' || state === 'guarded')} are genuine.`;
    case 'other-address':
      return 'The name leads to different addresses from different vantages; each address has a line of its own.';
  }
}
