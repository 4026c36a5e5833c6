import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { livingHolders, lockFile, pathPart, takeLock } from '../../src/store/lock.js';
import { UserMistake } from '../../src/store/mistake.js';
import { stopRun } from '../../src/run/stop.js';

const claim = { engagement: 'acme', vantage: 'office', folder: 'reports/acme/now', since: '2026-11-23T02:00:00.000Z' };

t.test('one lock per engagement and vantage', async (t) => {
  const folder = t.testdir({});
  const lock = await takeLock(folder, claim);
  await t.rejects(takeLock(folder, claim), {
    name: 'UserMistake',
    message: /another run of acme from office .*process \d+/,
  });
  const elsewhere = await takeLock(folder, { ...claim, vantage: 'a b/../c' });
  t.strictSame(readdirSync(folder).sort(), ['a%20b%2F..%2Fc.lock', 'office.lock'], 'nothing else is left behind');
  t.strictSame((await livingHolders(folder)).map(({ vantage }) => vantage).sort(), ['a b/../c', 'office']);
  await lock.release();
  await lock.release();
  const again = await takeLock(folder, claim);
  await again.release();
  await elsewhere.release();
  t.strictSame(readdirSync(folder), []);
});

t.test('a lock whose owner is dead is taken over', async (t) => {
  const folder = t.testdir({});
  const path = lockFile(folder, 'office');
  const lock = await takeLock(folder, claim);
  const own = readFileSync(path, 'utf8');
  const holder = lock.holder;
  await lock.release();

  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  for (const [name, text] of [
    ['its process is gone', JSON.stringify({ ...holder, pid: child.pid, processStart: '1' })],
    ['its pid belongs to another process now', JSON.stringify({ ...holder, processStart: '1' })],
    [
      'the machine was started anew',
      JSON.stringify({ ...holder, machine: `${holder.machine.split(' ')[0] ?? ''} earlier` }),
    ],
    ['it is torn', own.slice(0, 20)],
  ] as const) {
    writeFileSync(path, text);
    const taken = await takeLock(folder, claim);
    t.equal(readFileSync(path, 'utf8'), own, name);
    await taken.release();
  }

  writeFileSync(path, JSON.stringify({ ...holder, machine: 'another-host boot' }));
  await t.rejects(takeLock(folder, claim), { message: /on the machine another-host; if that run is dead, remove/ });
});

t.test('what a killed process left next to the lock is removed', async (t) => {
  const folder = t.testdir({});
  const path = lockFile(folder, 'office');
  const lock = await takeLock(folder, claim);
  const own = readFileSync(path, 'utf8');
  const dead = JSON.stringify({ ...lock.holder, pid: 2 ** 22 + 1 });
  await lock.release();
  writeFileSync(`${path}.4194305.0badcafe`, dead);
  writeFileSync(`${path}.0123456789abcdef.dead`, dead);
  writeFileSync(`${path}.1.0badcafe`, own);
  writeFileSync(`${path}.2.0badcafe`, own.slice(0, 20));
  const taken = await takeLock(folder, claim);
  t.strictSame(
    readdirSync(folder).sort(),
    ['office.lock', 'office.lock.1.0badcafe', 'office.lock.2.0badcafe'],
    'but not what the living wrote, nor what may be in the making',
  );
  await taken.release();
});

t.test('of many that try to take a dead lock at once, one gets it', async (t) => {
  // Often enough to meet every order in which they may look, remove and take.
  for (let round = 0; round < 60; round += 1) {
    const folder = t.testdir({});
    const lock = await takeLock(folder, claim);
    writeFileSync(lockFile(folder, 'office'), JSON.stringify({ ...lock.holder, pid: 2 ** 22 + 1 }));
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => takeLock(folder, claim)));
    t.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    t.ok(outcomes.every((outcome) => outcome.status === 'fulfilled' || outcome.reason instanceof UserMistake));
    t.strictSame(readdirSync(folder), ['office.lock']);
  }
});

t.test('a name becomes one path segment, whatever it contains', (t) => {
  t.strictSame(['acme-2026', '..', '.', '', 'a/b\\c', 'ä\u202e', '../../etc'].map(pathPart), [
    'acme-2026',
    '_',
    '_',
    '_',
    'a%2Fb%5Cc',
    '%C3%A4%E2%80%AE',
    '_%2F..%2Fetc',
  ]);
  t.end();
});

t.test('stop finds a run by its lock and ends it, and no other process', async (t) => {
  const out = t.testdir({ acme: {}, other: {} });
  const run = spawn(process.execPath, [
    '-e',
    'process.on("SIGTERM", () => process.exit(0)); setInterval(() => {}, 1000); console.log(1)',
  ]);
  t.teardown(() => run.kill('SIGKILL'));
  await once(run.stdout, 'data');
  const lock = await takeLock(join(out, 'acme'), { ...claim, folder: join(out, 'acme', 'run') });
  const { holder } = lock;
  await lock.release();
  const stat =
    readFileSync(`/proc/${run.pid ?? 0}/stat`, 'utf8')
      .split(') ')[1]
      ?.split(' ')[19] ?? '';
  writeFileSync(lockFile(join(out, 'acme'), 'office'), JSON.stringify({ ...holder, pid: run.pid, processStart: stat }));
  // A stale lock that names a living process which is not its owner.
  writeFileSync(lockFile(join(out, 'other'), 'office'), JSON.stringify({ ...holder, processStart: '1' }));

  t.strictSame(await stopRun(join(out, 'other')), []);
  t.strictSame(await stopRun(join(out, 'nowhere')), []);
  t.strictSame(await stopRun(join(out, 'acme', 'another-run')), []);
  const exit = once(run, 'exit');
  t.match(await stopRun(out), [{ engagement: 'acme', vantage: 'office', pid: run.pid, ended: true }]);
  await exit;
});
