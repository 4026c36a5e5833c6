/** A seeded sample of `npm run damage`: each kind of damage on some servers, so that a rule of the verdict that is lost shows. */
import t from 'tap';
import { kinds } from './kinds.js';
import { allLines, askedOf, measured, type Line } from './measure.js';
import { randomOf, seedOf } from './random.js';

const seed = Number(process.env['DAMAGE_SEED'] ?? 1);
/** Servers for a kind of damage: more of them where something denies, which is what the rules of a guard are about. */
const each = (id: string): number => (/denied|password|login|challenge/.test(id) ? 16 : 2);

const lines = allLines();
const clusters: ReadonlySet<string | null> = new Set(['elasticsearch', 'opensearch']);
const sides: readonly (readonly Line[])[] = [
  lines.filter(({ recording: { head } }) => head.truth.state === 'open' && clusters.has(head.truth.product)),
  lines.filter(({ recording: { head } }) => head.truth.state === 'open' && !clusters.has(head.truth.product)),
  lines.filter(({ recording: { head } }) => head.truth.state !== 'open'),
];

t.comment(`seed ${seed}; the whole grid: npm run damage`);

const asked = new Map<string, readonly string[]>();

t.test('a rule that covers paths with an underscore only is no guard of any open cluster', (t) => {
  const kind = kinds.find(({ id }) => id === 'underscore-denied');
  const plain = lines.filter(({ name }) => /^(?:elasticsearch|opensearch)\/[\d.]+-open$/.test(name));
  if (kind === undefined || plain.length < 10) throw new Error('no such kind, or too few open clusters');
  for (const line of plain) {
    const { said, wrong, exchanges } = measured({ line, kind, seed: 1 }, askedOf(line));
    t.equal(wrong, null, `${line.name}, said ${said}: ${exchanges.join(', ')}`);
  }
  t.end();
});

t.test('no damage on the way makes an open server safe, or a closed one open', (t) => {
  let cases = 0;
  for (const kind of kinds) {
    const random = randomOf(seedOf(seed, kind.id));
    for (let number = 0; number < each(kind.id); number += 1) {
      const line = random.pick(sides[[0, 2, 0, 1][number % 4] ?? 0] ?? []);
      if (line === undefined) throw new Error('no server to damage');
      const targets = asked.get(line.name) ?? askedOf(line);
      asked.set(line.name, targets);
      const { said, wrong, exchanges } = measured({ line, kind, seed }, targets);
      cases += 1;
      if (wrong !== null)
        t.fail(
          `${wrong}, said ${said}: npm run damage -- --line ${line.name} --kind ${kind.id} --seed ${seed}: ${exchanges.join(', ')}`,
        );
    }
  }
  t.equal(
    cases,
    kinds.reduce((sum, { id }) => sum + each(id), 0),
  );
  t.end();
});
