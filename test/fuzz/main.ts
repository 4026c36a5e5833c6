/**
 * Fuzzes what reads other people's texts, and puts one damaged answer after another through survey and judge. The same seed gives
 * the same run.
 *
 * usage: tsx test/fuzz/main.ts [--seed S] [--mutations N] [--runs N] [--only NUMBER]
 */
import { parseArgs } from 'node:util';
import { allLines, wrongs } from '../damage/measure.js';
import { mutation, prepare, type Mutated } from './mutations.js';
import { properties, runsOf } from './properties.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '20261129' },
    mutations: { type: 'string', default: '100000' },
    runs: { type: 'string', default: '20000' },
    /** One mutation by its number. */
    only: { type: 'string' },
  },
});
const seed = Number(values.seed);
const repeat = `npm run fuzz -- --seed ${seed}`;

if (values.only === undefined) {
  for (const property of properties) {
    const numRuns = runsOf(property, Number(values.runs));
    try {
      await property.check({ seed, numRuns });
      console.log(`holds: ${property.name} (${numRuns} runs)`);
    } catch (error) {
      process.exitCode = 1;
      console.log(`FAILS: ${property.name}: ${error instanceof Error ? error.message : String(error)}\n${repeat}`);
    }
  }
}

const prepared = allLines().map(prepare);
const numbers =
  values.only === undefined
    ? Array.from({ length: Number(values.mutations) }, (_, number) => number)
    : [Number(values.only)];
const failed: (Mutated & { readonly number: number })[] = [];
let different = 0;
for (const number of numbers) {
  const mutated = mutation(prepared, seed, number);
  if (mutated.fresh) different += 1;
  if (mutated.outcome.wrong !== null) failed.push({ ...mutated, number });
  if (values.only !== undefined) console.log(told({ ...mutated, number }));
}
for (const wrong of wrongs) {
  const of = failed.filter(({ outcome }) => outcome.wrong === wrong);
  for (const each of of.filter(({ fresh }) => fresh)) console.log(told(each));
  console.log(`${wrong}: ${of.length}`);
}
console.log(`${numbers.length} mutations of ${prepared.length} servers, ${different} of them different, seed ${seed}`);
if (failed.length > 0) process.exitCode = 1;

function told({ line, truth, target, damage, outcome, number }: Mutated & { readonly number: number }): string {
  const verdict = `${truth}, said ${outcome.said}`;
  const where = `${line}, answer to ${target} damaged (${damage}): ${verdict}`;
  return `${(outcome.wrong ?? 'right').toUpperCase()} ${where}: ${outcome.exchanges.join(', ')}\n  ${repeat} --only ${number}`;
}
