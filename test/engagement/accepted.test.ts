// Accepted risks: where they are declared, and what they must not change.
import { join } from 'node:path';
import t from 'tap';
import { readTargets, type Declaration } from '../../src/engagement/index.js';
import { checkPlanLock, planDigest, writePlanLock } from '../../src/plan/lock.js';
import { folderOf, mistakesIn, today, valid } from './support.js';

const target = 'targets: [{ id: a, url: "http://127.0.0.1:9200" }]\n';
const risk =
  '{ target: a, check: end-of-life, reason: replaced in March, owner: Search, approvedBy: Jane, until: 2026-12-31 }';
const other = `{ finding: "${'0a'.repeat(32)}", cve: [CVE-2015-1427, CVE-2021-44228], reason: r, approvedBy: Jane, until: 2026-10-01 }`;

const accepted = ({ accepted }: Declaration) =>
  accepted.map(({ finding, target, check, until }) => [finding, target, check, until]);

t.test('in the file itself, and in a file of their own, as a list or under their key', async (t) => {
  const expected = [
    [null, 'a', 'end-of-life', '2026-12-31'],
    ['0a'.repeat(32), null, null, '2026-10-01'],
  ];
  const here = await valid(t, `accepted:\n  - ${risk}\n  - ${other}\n${target}`);
  t.strictSame(accepted(here), expected);
  t.match(here.accepted[0], {
    reason: 'replaced in March',
    owner: 'Search',
    approvedBy: 'Jane',
    declaredIn: { line: 2 },
  });
  t.strictSame(here.accepted[1]?.vulnerabilities, ['CVE-2015-1427', 'CVE-2021-44228']);
  for (const text of [`- ${risk}\n- ${other}\n`, `accepted:\n  - ${risk}\n  - ${other}\n`]) {
    const there = await valid(t, `acceptedFrom: risks.yaml\n${target}`, { files: { 'risks.yaml': text } });
    t.strictSame(accepted(there), expected);
    t.equal(there.accepted[0]?.entry, here.accepted[0]?.entry, 'wherever it is written');
    t.match(there.accepted[0]?.declaredIn?.file, /risks\.yaml$/);
  }
  for (const empty of ['', '# none yet\n', '[]\n', 'accepted: []\n'])
    t.strictSame(
      (await valid(t, `acceptedFrom: risks.yaml\n${target}`, { files: { 'risks.yaml': empty } })).accepted,
      [],
    );
});

t.test('mistakes in the other file are reported with their place in it', async (t) => {
  const files = { 'risks.yaml': `- ${risk}\n- { target: a, check: end-of-life, reason: r, approvedBy: b }\n` };
  t.match(await mistakesIn(t, `acceptedFrom: risks.yaml\n${target}`, { files }), [
    { file: /risks\.yaml$/, line: 2, message: /`until` is missing/ },
  ]);
  t.match(await mistakesIn(t, `acceptedFrom: none.yaml\n${target}`), [{ line: 1, message: /no such file/ }]);
  t.match(await mistakesIn(t, `include: team.yaml\n`, { files: { 'team.yaml': `${target}accepted: []\n` } }), [
    { file: /team\.yaml$/, at: 'accepted' },
  ]);
});

t.test('they change neither the plan, nor its lock, nor what --resume continues', async (t) => {
  const file = folderOf(t, {
    'plain.yaml': `engagement: { id: A }\n${target}`,
    'accepting.yaml': `engagement: { id: A }\naccepted:\n  - ${risk}\n${target}`,
  });
  const read = async (name: string): Promise<Declaration> => {
    const result = await readTargets(file(name), { now: today });
    if (!result.ok) throw new Error(result.mistakes.map(({ message }) => message).join());
    return result.declaration;
  };
  const [plain, accepting] = [await read('plain.yaml'), await read('accepting.yaml')];
  t.equal(planDigest(accepting), planDigest(plain));
  const lock = join(file('.'), 'plan.lock');
  await writePlanLock(plain, lock);
  await t.resolves(checkPlanLock(accepting, lock), 'lines that move are no other targets');
});
