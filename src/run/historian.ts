// Compares a run with its baseline while it is judged, and gathers what it carries forward.
import { comparePlaces } from '../history/compare.js';
import { tallyChanges, withHistory } from '../history/changes.js';
import type { Historian, Settled } from '../judge/index.js';
import type { RunInfo } from '../model/finding.js';
import type { Changes, PastPlace } from '../model/history.js';
import { openBaseline, type Baseline, type Today } from './baseline.js';

/** What a run is compared with. */
export interface History {
  readonly baseline: Baseline | null;
  /** What is true of a place that this run has no endpoint of: see RunNow. */
  readonly absent: (place: string) => 'not-asked' | 'withdrawn';
}

/** A run's comparison: complete once it has been judged. */
export interface Comparison {
  readonly historian: Historian;
  changes(): Changes;
  /** What the run carries forward, sorted by place. */
  places(): AsyncIterable<PastPlace>;
}

/** Prepares the comparison of a run that is about to be judged. */
export async function compareRun(
  { baseline, absent }: History,
  info: Pick<RunInfo, 'id' | 'startedAt'>,
  checks: readonly string[] | null,
  today: Today,
): Promise<Comparison> {
  const opened = baseline === null ? null : await openBaseline(baseline, today);
  const tally = tallyChanges(opened?.info ?? null);
  const carried = today.sorter<PastPlace>('history');
  const run = { run: info.id, startedAt: info.startedAt, checks, absent };
  return {
    historian: {
      comparesAll: opened !== null,
      async *compare(places, alive) {
        const past = opened === null ? none() : opened.places();
        const compared = comparePlaces(today.mask === undefined ? past : untitled(past), places, { ...run, alive });
        for await (const { place, endpoints, past: next, gone } of compared) {
          for (const one of gone) tally.gone(one);
          if (next.checks.length > 0) carried.add(place, next);
          const settled = endpoints.map(({ endpoint, found }): Settled => ({
            ...endpoint,
            found: found.map(({ item, history }) => ({ ...item, finding: withHistory(item.finding, history) })),
          }));
          for (const { found } of settled) for (const { finding } of found) tally.found(finding);
          yield settled;
        }
      },
    },
    changes: () => tally.result(),
    async *places() {
      for await (const { item } of carried.sorted()) yield item;
    },
  };
}

async function* none(): AsyncGenerator<PastPlace> {
  // Without a baseline everything is new.
}

/** Earlier titles name indices and clusters, which must not be shown here. */
async function* untitled(places: AsyncIterable<PastPlace>): AsyncGenerator<PastPlace> {
  for await (const { place, checks } of places)
    yield { place, checks: checks.map((check) => ({ ...check, title: `${check.check} at ${check.endpoint}` })) };
}
