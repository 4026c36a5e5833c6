// Hostile servers by the group, each with its right ending: a sample, always the same one, or all of them with `npm run grids`.
import { readFileSync } from 'node:fs';
import t from 'tap';
import { everything, sample } from '../support/sample.js';
import { bodyGroups } from './bodies.js';
import { corruptedGroups } from './corrupted.js';
import type { Group, Hostile } from './estate.js';
import { withstands } from './outputs.js';
import { heavyGroups } from './heavy.js';
import { wireGroups } from './wire.js';

const groups = [...wireGroups, ...bodyGroups, ...corruptedGroups, ...heavyGroups];

/** How many of each group make the sample. */
const sampled = 5;

/** Bodies of megabytes, which take seconds to read: only with all of them. */
const heavy =
  /million|thousand|megabyte|same-key|endless-(?:json|array|html|chunks)|for-ever|deep-|everything|thousandfold|lines$/;

/** Those of a group that are audited here. */
function chosen({ hostiles }: Group): readonly Hostile[] {
  return everything
    ? hostiles
    : sample(
        hostiles.filter(({ id }) => !heavy.test(id)),
        sampled,
      );
}

t.test('at least 150 behaviours, each with a name of its own', (t) => {
  const ids = groups.flatMap(({ hostiles }) => hostiles.map(({ id }) => id));
  t.ok(ids.length >= 150, `${ids.length} behaviours`);
  t.equal(new Set(ids).size, ids.length);
  t.end();
});

t.test('the page counts them, and names the states in which they may end', (t) => {
  const page = readFileSync('docs/reliability.md', 'utf8').replaceAll(/ {2,}/g, ' ');
  let total = 0;
  for (const name of new Set(groups.map((group) => group.name))) {
    const hostiles = groups.filter((group) => group.name === name).flatMap((group) => group.hostiles);
    const states = new Set(hostiles.flatMap(({ ends }) => [ends].flat().map(({ state }) => state)));
    const row = `| ${name} | ${hostiles.length} | ${[...states].sort().join(', ')} |`;
    t.ok(page.includes(row), row);
    total += hostiles.length;
  }
  t.ok(page.includes(`\n${total} behaviours on real sockets`), `${total} behaviours`);
  t.end();
});

// One run for all that are waited for alike: the estate is audited as one.
for (const patienceMs of new Set(groups.map((group) => group.patienceMs))) {
  const alike = groups.filter((group) => group.patienceMs === patienceMs);
  for (const part of everything ? alike.map((group) => [group]) : [alike]) {
    const name = everything ? (part[0]?.name ?? '') : `a sample of those waited for ${patienceMs} ms`;
    void t.test(`${name}: none stalls the run, each ends as it must`, async (t) => {
      await withstands(t, part.flatMap(chosen), { connectTimeoutMs: patienceMs, exchangeTimeoutMs: patienceMs });
      t.equal(Reflect.get({}, 'polluted'), undefined, 'no prototype was changed');
    });
  }
}
