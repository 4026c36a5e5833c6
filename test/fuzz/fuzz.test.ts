import t from 'tap';
import { allLines } from '../damage/measure.js';
import { mutation, prepare } from './mutations.js';
import { properties, runsOf } from './properties.js';

// A sample of `npm run fuzz`, always the same one.

const seed = 1;

for (const property of properties) {
  t.test(property.name, async (t) => {
    await property.check({ seed, numRuns: runsOf(property, 150) });
    t.pass();
  });
}

t.test('one damaged answer never makes a closed server look open, and breaks nothing', (t) => {
  const prepared = allLines().map(prepare);
  const harmful: ReadonlySet<string | null> = new Set(['closed called open', 'our bug']);
  for (let number = 0; number < 400; number += 1) {
    const { line, target, damage, truth, outcome } = mutation(prepared, seed, number);
    const where = `${line}, answer to ${target} damaged (${damage})`;
    const repeat = `npm run fuzz -- --seed ${seed} --only ${number}`;
    if (harmful.has(outcome.wrong))
      t.fail(`${where}: ${truth}, said ${outcome.said}: ${outcome.wrong ?? ''}; ${repeat}`);
  }
  t.pass();
  t.end();
});
