// What the last run carries forward, as today's version and knowledge would have judged its responses.
import type { EndpointNow, PastCheck, PastPlace, PlaceNow } from '../model/history.js';
import { comparePlaces, isOpen, type Compared, type RunNow } from './compare.js';

/**
 * Joins what a run carries forward with its own responses as judged today. What differs is marked as a matter of knowledge, so
 * that a new version of leftopen raises no alarm about an estate in which nothing happened.
 *
 * @param past what the run carries forward, sorted by place
 * @param today the same run's responses as judged today, sorted by place
 */
export async function* asJudgedToday<One extends EndpointNow<Compared>>(
  past: AsyncIterable<PastPlace>,
  today: AsyncIterable<PlaceNow<One>>,
  run: Omit<RunNow, 'absent'>,
): AsyncGenerator<PastPlace, void, void> {
  const earlier = new Map<string, PastPlace>();
  const watched = remembering(past, (place) => earlier.set(place.place, place));
  for await (const compared of comparePlaces(watched, today, { ...run, absent: () => 'not-asked' })) {
    const { checks: before = [], contents = compared.past.contents } = earlier.get(compared.place) ?? {};
    earlier.delete(compared.place);
    const checks: PastCheck[] = [];
    const done = new Set<PastCheck>();
    for (const now of compared.past.checks) {
      const found = compared.endpoints.some((endpoint) =>
        endpoint.found.some(({ past: { check } }) => check === now.check),
      );
      if (!found) continue;
      const known = before.find((one) => one.check === now.check && wasFound(one, run.run));
      const other = known ?? before.find((one) => one.primary && now.primary && wasFound(one, run.run));
      if (other === undefined) {
        checks.push({ ...now, byKnowledge: 'new' });
        continue;
      }
      done.add(other);
      const same = { ...other, check: now.check, level: now.level };
      checks.push(now.last.status === 'worse' ? { ...same, byKnowledge: 'worse' } : same);
    }
    for (const one of before) {
      if (done.has(one) || checks.some(({ check }) => check === one.check)) continue;
      // A finding over two runs is not found again in the responses of one.
      const left = one.check === 'data-lost' || (run.checks !== null && !run.checks.includes(one.check));
      checks.push(wasFound(one, run.run) && !left ? { ...one, byKnowledge: 'gone' } : one);
    }
    if (checks.length > 0) yield { place: compared.place, checks, ...(contents && { contents }) };
  }
}

/** Whether the run itself found it, and does not only carry it forward. */
function wasFound(past: PastCheck, run: string): boolean {
  const { status } = past.last;
  return past.last.run === run && isOpen(past) && status !== 'not-reached' && status !== 'not-asked';
}

async function* remembering<Item>(items: AsyncIterable<Item>, note: (item: Item) => void): AsyncGenerator<Item> {
  for await (const item of items) {
    note(item);
    yield item;
  }
}
