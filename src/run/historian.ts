// Compares a run with its baseline while it is judged, and gathers what it carries forward.
import { comparePlace, comparePlaces, type PlaceCompared } from '../history/compare.js';
import { openBook } from '../history/accepted.js';
import { tallyChanges, withHistory } from '../history/changes.js';
import { languageOf } from '../languages/index.js';
import type { Historian, Settled } from '../judge/index.js';
import type { AcceptanceState } from '../model/acceptance.js';
import { placeKey } from '../model/endpoint.js';
import type { RunInfo } from '../model/finding.js';
import type { BaselineInfo, Changes, PastPlace, PlaceNow } from '../model/history.js';
import { openBaseline, type Baseline, type Today } from './baseline.js';

/** What a run is compared with. */
export interface History {
  readonly baseline: Baseline | null;
  /** What is true of a place that this run has no endpoint of: see RunNow. */
  readonly absent: (place: string) => 'not-asked' | 'withdrawn';
  /** Where several runs saw the same places. */
  readonly sightings?: Sightings;
}

/** Keeps apart what several runs saw of an endpoint while it is compared, and joins it afterwards. */
export interface Sightings {
  apart(place: PlaceNow<Settled>): PlaceNow<Settled>;
  joined(place: PlaceCompared<Settled>): PlaceCompared<Settled>;
}

/** A run's comparison: complete once it has been judged. */
export interface Comparison {
  readonly historian: Historian;
  changes(): Changes;
  /** What became of the accepted risks. */
  acceptances(): readonly AcceptanceState[];
  /** What the run carries forward, sorted by place. */
  places(): AsyncIterable<PastPlace>;
}

/** Prepares the comparison of a run that is about to be judged. */
export function compareRun(
  { baseline, absent, sightings }: History,
  info: Pick<RunInfo, 'id' | 'language' | 'startedAt' | 'accepted'>,
  checks: readonly string[] | null,
  today: Today,
): Comparison {
  const tally = tallyChanges();
  let comparedWith: BaselineInfo | null = null;
  const carried = today.sorter<PastPlace>('history');
  const texts = languageOf(info.language).report.history;
  const run = { run: info.id, startedAt: info.startedAt, checks, absent, texts };
  const book = openBook(info.accepted ?? [], run);
  const comparesAll = baseline !== null || book.needsAll || sightings !== undefined;

  function received(compared: PlaceCompared<Settled>): readonly Settled[] {
    for (const one of compared.gone) tally.gone(one);
    const { endpoints, past } = book.receive(compared);
    if (past.checks.length > 0) carried.add(compared.place, past);
    return endpoints.map(({ endpoint, found }): Settled => ({
      ...endpoint,
      found: found.map(({ item, history, finding }) => {
        const known = withHistory(finding, history, texts);
        tally.found(known);
        return { ...item, finding: known };
      }),
    }));
  }

  return {
    historian: {
      atOnce(settled, endpoint) {
        if (comparesAll) return null;
        if (settled.found.length === 0) return settled;
        // Of a name, further addresses may follow.
        if (endpoint.host !== endpoint.address) return null;
        const place = { place: placeKey(endpoint), endpoints: [settled] };
        return received(comparePlace(null, place, { ...run, alive: true }))[0] ?? null;
      },
      async *compare(places, alive) {
        const opened = baseline === null ? null : await openBaseline(baseline, today);
        comparedWith = opened?.info ?? null;
        const past = opened === null ? none() : opened.places();
        const now = sightings === undefined ? places : apart(places, sightings);
        const compared = comparePlaces(today.mask === undefined ? past : untitled(past), now, { ...run, alive });
        for await (const each of compared) yield received(sightings === undefined ? each : sightings.joined(each));
      },
    },
    changes: () => tally.result(comparedWith),
    acceptances: () => book.states(),
    async *places() {
      for await (const { item } of carried.sorted()) yield item;
    },
  };
}

async function* apart(places: AsyncIterable<PlaceNow<Settled>>, sightings: Sightings) {
  for await (const place of places) yield sightings.apart(place);
}

async function* none(): AsyncGenerator<PastPlace> {
  // Without a baseline everything is new.
}

/** Earlier titles name indices and clusters, which must not be shown here. */
async function* untitled(places: AsyncIterable<PastPlace>): AsyncGenerator<PastPlace> {
  for await (const { place, checks } of places)
    yield { place, checks: checks.map((check) => ({ ...check, title: `${check.check} at ${check.endpoint}` })) };
}
