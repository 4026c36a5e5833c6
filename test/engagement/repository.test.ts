// Where a target is in its repository: the line that code scanning shows a finding at.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { readTargets } from '../../src/engagement/index.js';
import { inRepository } from '../../src/engagement/repository.js';
import { engagement, folderOf, today, valid } from './support.js';

const targets = (...entries: string[]): string => engagement() + ['targets:', ...entries, ''].join('\n');

t.test('a target knows the line of the file that declares it', async (t) => {
  const path = folderOf(t, {
    'audit/targets.yaml': targets(
      '  - { id: a, hosts: 10.0.0.1, ports: 9200 }',
      '  - id: b',
      '    hosts: 10.0.0.2',
      '    ports: 9200',
    ),
  });
  mkdirSync(path('.git'));
  const result = await readTargets(path('audit/targets.yaml'), { now: today });
  t.ok(result.ok);
  if (!result.ok) return;
  const first = engagement().split('\n').length + 1;
  t.strictSame(
    result.declaration.targets.map(({ declaredIn }) => declaredIn),
    [
      { file: 'audit/targets.yaml', line: first },
      { file: 'audit/targets.yaml', line: first + 1 },
    ],
  );
});

t.test('a line that moves does not change the plan', async (t) => {
  const entry = '  - { id: a, hosts: 10.0.0.1, ports: 9200 }';
  const before = await valid(t, targets(entry));
  const after = await valid(t, targets('', '', entry));
  t.not(before.targets[0]?.declaredIn?.line, after.targets[0]?.declaredIn?.line);
  t.equal(before.digest, after.digest);
});

t.test('no path of this machine is disclosed', (t) => {
  const path = folderOf(t, { 'one/targets.yaml': '', 'two/deep/targets.yaml': '' });
  mkdirSync(join(path('two'), '.git'));
  t.equal(inRepository(path('one/targets.yaml')), 'targets.yaml', 'outside of repository and working directory');
  t.equal(inRepository(path('two/deep/targets.yaml')), 'deep/targets.yaml');
  t.end();
});
