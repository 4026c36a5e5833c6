/** A seeded sample of `npm run damage`: each kind of damage on some servers, so that losing a rule of the verdict shows. */
import t from 'tap';
import { kinds, written } from './kinds.js';
import { allLines, askedOf, judged, measured, type Line } from './measure.js';
import { randomOf, seedOf } from './random.js';

const seed = Number(process.env['DAMAGE_SEED'] ?? 1);
/** Servers for a kind of damage: more of them where something denies access, which is what the guard rules are about. */
const each = (id: string): number => (/denied|password|login|challenge/.test(id) ? 16 : 2);

const lines = allLines();
const clusters: ReadonlySet<string | null> = new Set(['elasticsearch', 'opensearch']);
const sides: readonly (readonly Line[])[] = [
  lines.filter(({ recording: { head } }) => head.truth.state === 'open' && clusters.has(head.truth.product)),
  lines.filter(({ recording: { head } }) => head.truth.state === 'open' && !clusters.has(head.truth.product)),
  lines.filter(({ recording: { head } }) => head.truth.state !== 'open'),
];

t.comment(`seed ${seed}; the full grid: npm run damage`);

const asked = new Map<string, readonly string[]>();

t.test('a rule that covers only paths with an underscore guards no open cluster', (t) => {
  const kind = kinds.find(({ id }) => id === 'underscore-denied');
  const plain = lines.filter(({ name }) => /^(?:elasticsearch|opensearch)\/[\d.]+-open$/.test(name));
  if (kind === undefined || plain.length < 10) throw new Error('no such kind, or too few open clusters');
  for (const line of plain) {
    const { said, wrong, exchanges } = measured({ line, kind, seed: 1 }, askedOf(line));
    t.equal(wrong, null, `${line.name}, said ${said}: ${exchanges.join(', ')}`);
  }
  t.end();
});

t.test('a site in front whose page also replaces errors does not turn an open cluster into another product', (t) => {
  const page = (status: number) =>
    written('page', status, [], '<!doctype html><title>Acme Parcels</title><script src="/app.js"></script>');
  // 0.90 lists no aliases under a wildcard
  const plain = lines.filter(({ name }) => /^(?:elasticsearch|opensearch)\/[1-9][\d.]+-open$/.test(name));
  for (const line of plain)
    for (const status of [200, 404])
      for (const replaces of [true, false]) {
        const { said, exchanges } = judged(line, (request) => {
          if (/^\/(?:_|\?|$)/.test(request.target)) return page(request.target === '/' ? 200 : status);
          const reply = line.server(request);
          return replaces && reply.kind === 'answer' && reply.status >= 400 ? page(status) : reply;
        });
        t.ok(said === 'open' || said === 'undetermined', `${line.name}, said ${said}: ${exchanges.join(', ')}`);
      }
  t.ok(plain.length >= 10, 'enough of them');
  t.end();
});

t.test('no damage on the way makes an open server look safe, or a closed one open', (t) => {
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
