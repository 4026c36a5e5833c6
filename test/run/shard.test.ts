// Runs of shards: each has a lock, a history and a folder of its own, and is resumed as the shard that it was.
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import t from 'tap';
import { readTargets, type Declaration } from '../../src/engagement/index.js';
import type { Shard } from '../../src/model/series.js';
import { planOf } from '../../src/plan/index.js';
import { diff, indexAll, keepRule, prune, rejudge, retest } from '../../src/run/index.js';

import { recordingNamed, serveRecording } from '../replay.js';
import { audited } from './support.js';

const hosts = Array.from({ length: 6 }, (_, i) => `127.63.1.${i + 1}`);

t.test('a shard is a run of its own, from the plan to what deletes it', async (t) => {
  const folder = t.testdir({});
  const out = join(folder, 'out');
  const port = await opened((close) => t.teardown(close));
  const declared = async (shard: Shard | undefined): Promise<Declaration> => {
    const file = join(folder, 'targets.yaml');
    writeFileSync(
      file,
      `engagement: { id: SHARDS, vantage: { name: office, exposure: host }, limits: { concurrency: 1 } }\ntargets: [{ id: a, hosts: [${hosts.join(', ')}], ports: [${port}] }]\n`,
    );
    const read = await readTargets(file, { shard });
    if (!read.ok) throw new Error(read.mistakes.map(({ message }) => message).join('; '));
    return read.declaration;
  };
  const night = (days: number) => {
    const offset = Date.parse('2026-11-01T02:00:00Z') + days * 86_400_000 - Date.now();
    return () => new Date(Date.now() + offset);
  };

  const plans = await Promise.all(
    (['1/2', '2/2', undefined] as const).map(async (shard) => planOf(await declared(shard), { resolve: false })),
  );
  const [first, second, all] = plans.map(({ endpoints }) => endpoints.total ?? 0);
  t.equal((first ?? 0) + (second ?? 0), all);
  t.ok((first ?? 0) > 0 && (second ?? 0) > 0);
  t.strictSame(
    plans.map(({ shard }) => shard),
    ['1/2', '2/2', undefined],
  );
  t.equal(new Set(plans.map(({ digest }) => digest)).size, 1, 'one lock holds for all of them');

  const one = await audited(await declared('1/2'), out, { now: night(0), formats: ['md'] });
  const two = await audited(await declared('2/2'), out, { now: night(0) });
  t.match(
    [one, two].map(({ result }) => result.head.run),
    [{ shard: '1/2' }, { shard: '2/2' }],
  );
  t.match(basename(one.result.folder), /Z-shard-1-of-2$/);
  const addresses = [...one.endpoints, ...two.endpoints].map(({ address }) => address);
  t.strictSame([...addresses].sort(), hosts);
  const again = await audited(await declared('1/2'), out, { now: night(1) });
  t.equal(again.result.head.changes.baseline?.run, one.result.head.run.id, 'compared with the same shard');
  const whole = await audited(await declared(undefined), out, { now: night(2) });
  t.equal(whole.result.head.changes.baseline, null, 'not with a part of it');
  const other = await declared('2/2');
  await t.rejects(audited(other, out, { now: night(3), baseline: again.result.folder }), {
    name: 'UserMistake',
    message: /covers shard 1\/2, and this run shard 2\/2/,
  });
  const judged = await rejudge(again.result.folder, { formats: [], now: night(3) });
  t.equal(judged.head.run.shard, '1/2');
  t.equal(judged.head.changes.baseline?.run, one.result.head.run.id);
  await diff({ out, run: again.result.folder }, ({ head }) => {
    t.equal(head.changes.baseline?.run, one.result.head.run.id);
    return Promise.resolve();
  });

  const retested = await retest(await declared(undefined), {
    out,
    run: again.result.folder,
    findings: [],
    signal: new AbortController().signal,
    now: night(4),
  });
  t.equal(retested.audit.head.run.shard, '1/2');
  t.ok(retested.retest.findings.some(({ outcome }) => outcome === 'still-open'));
  t.notOk(retested.retest.findings.some(({ outcome }) => outcome === 'fixed'));

  const [page] = await indexAll(out, false);
  t.match(page, /index\.html$/);
  const pruned = await prune(out, keepRule('1d'), { remove: false, now: night(400)() });
  t.strictSame(
    pruned.filter(({ why }) => why === null).map((kept) => kept.folder),
    [],
    'of each shard the newest run and the one before it stay',
  );

  const stop = new AbortController();
  await audited(await declared('1/2'), out, {
    now: night(5),
    signal: stop.signal,
    onEvent: (event) => {
      if (event.kind === 'endpoint') stop.abort();
    },
  });
  for (const [shard, pattern] of [
    [
      '2/2',
      /no unfinished run of SHARDS from office, shard 2\/2 in .*-shard-1-of-2 is shard 1\/2; resume it with --shard 1\/2/,
    ],
    [undefined, /no unfinished run of SHARDS from office in .* is shard 1\/2; resume it with --shard 1\/2/],
  ] as const)
    await t.rejects(audited(await declared(shard), out, { resume: true, now: night(6) }), {
      name: 'UserMistake',
      message: pattern,
    });
  const resumed = await audited(await declared('1/2'), out, { resume: true, now: night(6) });
  t.match(resumed.result.head.run, { shard: '1/2', finished: true });
  t.equal(resumed.endpoints.length, one.endpoints.length);
});

/** An open cluster at each address; gives the port. */
async function opened(teardown: (close: () => Promise<unknown>) => void): Promise<number> {
  const recording = recordingNamed('elasticsearch/7.17.9-open');
  const [address = '', ...others] = hosts;
  const first = await serveRecording(recording, { address, port: 0 });
  teardown(first.close);
  for (const other of others) teardown((await serveRecording(recording, { address: other, port: first.port })).close);
  return first.port;
}

t.test('two shards run at the same time, the same shard does not', async (t) => {
  const folder = t.testdir({});
  const declared = async (shard: Shard): Promise<Declaration> => {
    const file = join(folder, 'targets.yaml');
    writeFileSync(file, `engagement: { id: SHARDS }\ntargets: [{ id: a, hosts: [${hosts.join(', ')}], ports: [1] }]\n`);
    const read = await readTargets(file, { shard });
    if (!read.ok) throw new Error('the file is good');
    return read.declaration;
  };
  const run = async (shard: Shard) => audited(await declared(shard), join(folder, 'out'));
  const ended = await Promise.allSettled([run('1/2'), run('2/2'), run('2/2')]);
  const refused = ended.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []));
  t.equal(refused.length, 1);
  t.match(refused[0], /another run of SHARDS from this-host, shard 2\/2 has been writing/);
  const empty = await run('9/900');
  t.match(empty.result.head, { summary: { endpoints: 0 }, run: { finished: true, gaps: [] } });
  t.equal(empty.result.exitCode, 0, 'a shard without a host is complete');
});
