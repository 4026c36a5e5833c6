/**
 * Runs every recorded server through every kind of damage with several seeds. Prints what is wrong with what is needed to repeat it.
 *
 * usage: tsx test/damage/main.ts [--seeds N] [--seed S] [--kind ID] [--line NAME]
 */
import { parseArgs } from 'node:util';
import { states } from '../../src/model/endpoint.js';
import { kinds } from './kinds.js';
import { allLines, askedOf, measured, wrongs, type Wrong } from './measure.js';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '3' },
    seed: { type: 'string' },
    kind: { type: 'string' },
    line: { type: 'string' },
  },
});

const seeds =
  values.seed === undefined ? Array.from({ length: Number(values.seeds) }, (_, at) => at + 1) : [Number(values.seed)];
const lines = allLines().filter(({ name }) => values.line === undefined || name === values.line);
const chosen = kinds.filter(({ id }) => values.kind === undefined || id === values.kind);
if (lines.length === 0 || chosen.length === 0) throw new Error('no such line or kind');

const found: { readonly wrong: Wrong; readonly text: string }[] = [];
const tally = new Map<string, Map<string, number>>();
let cases = 0;

for (const line of lines) {
  const asked = askedOf(line);
  const { truth } = line.recording.head;
  for (const kind of chosen) {
    for (const seed of seeds) {
      cases += 1;
      const { said, wrong, exchanges } = measured({ line, kind, seed }, asked);
      const row = tally.get(kind.id) ?? new Map<string, number>();
      const cell = `${truth.state === 'open' ? 'open' : 'closed'} ${said}`;
      tally.set(kind.id, row.set(cell, (row.get(cell) ?? 0) + 1));
      if (wrong !== null)
        found.push({
          wrong,
          text: `--line ${line.name} --kind ${kind.id} --seed ${seed} (${truth.state}, said ${said}): ${exchanges.join(', ')}`,
        });
    }
  }
}

console.log(`${'open servers by what was said'.padEnd(34)}${states.map((state) => state.padStart(15)).join('')}`);
for (const [kind, row] of tally)
  console.log(
    `${kind.padEnd(34)}${states.map((state) => String(row.get(`open ${state}`) ?? '·').padStart(15)).join('')}`,
  );
for (const wrong of wrongs)
  for (const each of found) if (each.wrong === wrong) console.log(`${wrong.toUpperCase()} ${each.text}`);
for (const wrong of wrongs) console.log(`${wrong}: ${found.filter((each) => each.wrong === wrong).length}`);
console.log(`${cases} cases: ${lines.length} servers, ${chosen.length} kinds of damage, ${seeds.length} seeds`);
if (found.length > 0) process.exitCode = 1;
