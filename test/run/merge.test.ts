// Runs merged: from several vantages a matrix, from several shards the estate, and what does not go together is refused.
import { appendFileSync, cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import t, { type Test } from 'tap';
import { readTargets } from '../../src/engagement/index.js';
import type { EndpointSummary, Finding } from '../../src/model/finding.js';
import type { Shard } from '../../src/model/series.js';
import { diff, findRun, indexAll, merge, rejudge, render, retest } from '../../src/run/index.js';
import { formats } from '../../src/report/index.js';
import { runFiles } from '../../src/store/folder.js';

import { verifyFolder } from '../../src/store/verify.js';
import { endpointSchema, findingSchema, runSchema } from '../support/record-schemas.js';
import { recordingNamed, serveRecording } from '../replay.js';
import { audited, type Audited } from './support.js';

type Served = Readonly<Record<string, string | null>>;

/** Hosts on one port that respond as each audit wants; `null` refuses the connection. */
async function estate(t: Test, name: string, hosts: Readonly<Record<string, string>>) {
  const folder = t.testdir({});
  const out = join(folder, 'out');
  const up = new Map<string, { readonly name: string; readonly close: () => Promise<unknown> }>();
  let port = 0;
  t.teardown(async () => {
    for (const { close } of up.values()) await close();
  });
  const serve = async (served: Served): Promise<void> => {
    for (const [host, recording] of Object.entries(served)) {
      const address = hosts[host] ?? '';
      const present = up.get(host);
      if (present?.name === recording) continue;
      await present?.close();
      up.delete(host);
      if (recording === null) continue;
      const server = await serveRecording(recordingNamed(recording), { address, port });
      port = server.port;
      up.set(host, { name: recording, close: server.close });
    }
  };
  return {
    out,
    folder,
    audit: async (night: number, vantage: string, served: Served, shard?: Shard, head = ''): Promise<Audited> => {
      await serve(served);
      const file = join(folder, 'targets.yaml');
      const targets = Object.entries(hosts).map(
        ([id, address]) => `  - { id: ${id}, hosts: ${address}, ports: ${port}, owner: "Team ${id}" }`,
      );
      writeFileSync(file, `engagement: { id: ${name}${head} }\ntargets:\n${targets.join('\n')}\n`);
      const read = await readTargets(file, { vantage, shard });
      if (!read.ok) throw new Error(read.mistakes.map(({ message }) => message).join('; '));
      return audited(read.declaration, out, { now: nightly(night) });
    },
  };
}

function nightly(night: number): () => Date {
  const offset = Date.parse('2026-11-01T02:00:00Z') + night * 86_400_000 - Date.now();
  return () => new Date(Date.now() + offset);
}

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const open = 'elasticsearch/7.17.9-open';
const closed = 'elasticsearch/7.17.9-closed';
const other = 'opensearch/3.6.0-open';
const hosts = {
  both: '127.63.2.1',
  inner: '127.63.2.2',
  split: '127.63.2.3',
  twofold: '127.63.2.4',
  shut: '127.63.2.5',
};

t.test('several vantages: a matrix, what disagrees, and each finding once', async (t) => {
  const { out, folder, audit } = await estate(t, 'VANTAGES', hosts);
  const internet = 'internet:internet:203.0.113.7';
  const office = 'office:internal';
  const outside = await audit(0, internet, { both: open, inner: null, split: closed, twofold: open, shut: closed });
  const inside = await audit(0, office, { both: open, inner: open, split: open, twofold: other, shut: closed });
  const merged = await merge([inside.result.folder, basename(outside.result.folder)], {
    out,
    formats: [],
    now: nightly(0),
  });
  const endpoints = await all(merged.endpoints());
  const findings = await all(merged.findings());
  const at = (host: keyof typeof hosts): EndpointSummary | undefined =>
    endpoints.find(({ address }) => address === hosts[host]);
  t.equal(endpoints.length, 5, 'an endpoint once');
  t.equal(merged.head.summary.endpoints, 5);
  t.equal(merged.head.summary.states.open, 4);
  t.strictSame(
    Object.fromEntries(
      Object.keys(hosts).map((host) => [
        host,
        endpoints.find(({ target }) => target === host)?.vantages?.map(({ vantage, state }) => `${vantage} ${state}`),
      ]),
    ),
    {
      both: ['internet open', 'office open'],
      inner: ['internet unreachable', 'office open'],
      split: ['internet guarded', 'office open'],
      twofold: ['internet open', 'office open'],
      shut: ['internet guarded', 'office guarded'],
    },
  );
  t.strictSame(at('split')?.contradictions, ['open-and-guarded']);
  t.strictSame(at('twofold')?.contradictions, ['other-cluster', 'other-product']);
  t.strictSame(
    [at('both')?.contradictions, at('inner')?.contradictions, at('shut')?.contradictions],
    [undefined, undefined, undefined],
    'a firewall is not a contradiction',
  );

  t.equal(new Set(findings.map(({ id }) => id)).size, findings.length, 'a finding once');
  const reach = findings.filter(({ check }) => check === 'cluster-open');
  const from = ({ seenFrom = [] }: Finding) => seenFrom.map(({ vantage }) => vantage).join(' ');
  const byTarget = new Map(reach.map((finding) => [finding.target, finding]));
  t.strictSame(
    ['both', 'inner', 'split', 'twofold'].map((target) => from(byTarget.get(target) ?? first(reach))),
    ['internet office', 'office', 'office', 'internet office'],
  );
  const ranks = reach.map(({ target }) => target);
  t.ok(
    Math.max(ranks.indexOf('both'), ranks.indexOf('twofold')) <
      Math.min(ranks.indexOf('inner'), ranks.indexOf('split')),
    'what the internet sees comes first',
  );
  for (const { seenFrom, evidence } of findings)
    for (const { run } of evidence)
      t.ok(
        seenFrom?.some((one) => one.run === run),
        'evidence names its run',
      );
  t.notMatch(JSON.stringify(findings), /internet was not tested/, 'it was');
  const both = byTarget.get('both');
  t.match(both, { severity: 'critical', seenFrom: [{ exposure: 'internet' }, { exposure: 'internal' }] });

  for (const finding of findings) findingSchema.strict().parse(finding);
  for (const endpoint of endpoints) endpointSchema.strict().parse(endpoint);
  runSchema.parse(merged.head.run);
  const { run } = merged.head;
  t.match(run, {
    vantage: { name: 'internet and office', exposure: 'internet' },
    finished: true,
    ledgerSha256: null,
    sources: [
      { run: outside.result.head.run.id, vantage: { name: 'internet' } },
      { run: inside.result.head.run.id, vantage: { name: 'office' } },
    ],
  });
  t.equal(run.language, 'en', 'its findings are judged in one language');
  t.equal(run.sources?.[0]?.digest, (await verifyFolder(outside.result.folder)).digest, 'sources are named by hash');
  t.equal(run.requests, outside.result.head.run.requests + inside.result.head.run.requests);
  t.match(await verifyFolder(merged.folder), { changed: [], missing: [], added: [] });
  t.match(basename(merged.folder), /Z-merged$/);
  t.equal(merged.exitCode, 1);
  t.equal((await findRun(out, undefined)).folder, merged.folder, 'the merged run is the newest');

  // Every format renders it, and none calls it another run's.
  const rendered = await render(merged.folder, { formats: formats.map(({ name }) => name) });
  t.equal(rendered.files.length, formats.length);
  for (const name of ['report.html', 'report.md', 'findings.csv', 'leftopen.sarif', 'junit.xml', 'tickets.ndjson'])
    t.match(readFileSync(join(rendered.folder, name), 'utf8'), /internet(, | and )office/, name);
  const page = readFileSync(join(rendered.folder, 'report.md'), 'utf8');
  t.match(page, /Findings by vantage/);
  t.match(page, /Endpoints by vantage/);
  t.match(page, /Callers from office are let in, and those from internet are denied access/);
  t.match(page, /One address, several clusters/);
  t.match(page, new RegExp(run.sources?.[0]?.digest ?? 'none'));

  // The next night: merged runs are compared with merged ones, each vantage by itself.
  const outside2 = await audit(1, internet, { both: closed, inner: null, split: closed, twofold: null, shut: closed });
  const inside2 = await audit(1, office, { both: open, inner: closed, split: closed, twofold: open, shut: open });
  const again = await merge([outside2.result.folder, inside2.result.folder], { out, formats: [], now: nightly(1) });
  t.equal(again.head.changes.baseline?.run, run.id);
  const status = new Map(
    (await all(again.findings()))
      .filter(({ check }) => check === 'cluster-open')
      .map(({ target, history }) => [target, history?.status]),
  );
  t.equal(status.get('both'), 'better', 'the internet is denied access now, the office is not');
  t.equal(status.get('shut'), 'new');
  t.equal(status.get('twofold'), 'unchanged', 'silence towards the internet shows nothing');
  const gone = again.head.changes.goneFindings.filter(({ check }) => check === 'cluster-open');
  t.strictSame(
    gone.map(({ target, status: what }) => [target, what]).sort(),
    [
      ['inner', 'fixed'],
      ['split', 'fixed'],
    ],
    'shown to the vantage that had found it',
  );
  await diff({ out, run: again.folder }, async ({ head, gone: ended }) => {
    t.equal(head.changes.baseline?.run, run.id);
    t.ok((await all(ended())).length >= 2);
  });
  t.equal(outside2.result.head.changes.baseline?.run, outside.result.head.run.id, 'a single run with its like');
  await t.rejects(
    merge([outside.result.folder, inside.result.folder], { out, formats: [], baseline: outside.result.folder }),
    {
      message: /was made from internet .* and this run is made from internet and office/,
    },
  );
  const outside3 = await audit(2, internet, { both: open, inner: null, split: closed, twofold: null, shut: open });
  const third = await merge([outside3.result.folder, inside2.result.folder], { out, formats: [], now: nightly(2) });
  t.equal(third.head.changes.baseline?.run, again.head.run.id, 'one source may be older');
  const worse = (await all(third.findings())).filter(({ check }) => check === 'cluster-open');
  t.strictSame(
    ['both', 'shut'].map((target) => worse.find((one) => one.target === target)?.history?.status),
    ['worse', 'worse'],
  );
  t.match(worse.find(({ target }) => target === 'shut')?.history?.why, /now seen from the internet/);
  t.match(worse.find(({ target }) => target === 'shut')?.history, { firstSeen: inside2.result.head.run.startedAt });
  rmSync(third.folder, { recursive: true });
  const twice = await merge([outside2.result.folder, inside2.result.folder], { out, formats: [], now: nightly(2) });
  t.equal(twice.head.changes.baseline?.run, run.id, 'the same sources again are no news');

  // What needs responses, or a vantage to ask from, says where they are.
  await t.rejects(rejudge(merged.folder, { formats: [] }), {
    name: 'UserMistake',
    message: /is a merged run, without a journal of its own; merge its sources again/,
  });
  const read = await readTargets(join(folder, 'targets.yaml'), { vantage: office });
  if (!read.ok) throw new Error('the file is good');
  await t.rejects(
    retest(read.declaration, { out, run: merged.folder, findings: [], signal: new AbortController().signal }),
    { name: 'UserMistake', message: /is a merged run; retest one of the runs that it was made from/ },
  );
  await indexAll(out, false);
  t.match(readFileSync(join(out, 'VANTAGES', 'index.html'), 'utf8'), /internet and office, merged/);
});

function first<T>(items: readonly T[]): T {
  const [item] = items;
  if (item === undefined) throw new Error('none');
  return item;
}

const fleet = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`n${i}`, `127.63.3.${i + 1}`]));
const allOpen = Object.fromEntries(Object.keys(fleet).map((host) => [host, open]));

t.test('shards: the estate, one cluster in several of them as one problem, and what is missing', async (t) => {
  const { out, audit } = await estate(t, 'SHARDED', fleet);
  const runs: Audited[] = [];
  for (const shard of ['1/3', '2/3', '3/3'] as const) runs.push(await audit(0, 'office:internal', allOpen, shard));
  t.ok(runs.filter(({ endpoints }) => endpoints.length > 0).length > 1, 'the hosts are in several shards');
  const folders = runs.map(({ result }) => result.folder);
  const whole = await merge(folders, { out, formats: ['md'], now: nightly(0) });
  t.strictSame((await all(whole.endpoints())).map(({ address }) => address).sort(), Object.values(fleet).sort());
  t.match(whole.head.run, { vantage: { name: 'office' }, gaps: [], finished: true });
  t.notOk('shard' in whole.head.run);
  const clusters = whole.head.problems.filter(({ checks }) => checks.includes('cluster-open'));
  t.match(clusters, [{ doorsTotal: 6, because: 'one cluster' }], 'one cluster');
  t.equal(clusters.length, 1);
  t.notMatch(readFileSync(join(whole.folder, 'report.md'), 'utf8'), /by vantage/, 'there is only one');
  const straight = await audit(1, 'office:internal', allOpen);
  t.equal(straight.result.head.changes.baseline, null, 'a run that asked all hosts itself is another series');
  t.strictSame(
    (await all(whole.findings())).map(({ fingerprint }) => fingerprint).sort(),
    straight.findings.map(({ fingerprint }) => fingerprint).sort(),
    'the same findings as of one run',
  );

  const next: string[] = [];
  for (const shard of ['2/3', '3/3'] as const)
    next.push((await audit(1, 'office:internal', allOpen, shard)).result.folder);
  const part = await merge(next, {
    out,
    formats: ['md'],
    failOn: 'none',
    failOnNew: 'none',
    now: nightly(1),
  });
  t.strictSame(part.head.run.gaps, ['shard 1/3 from office is missing: nothing is known of its hosts from there']);
  t.equal(part.exitCode, 3);
  t.match(readFileSync(join(part.folder, 'report.md'), 'utf8'), /This audit is incomplete/);
  t.equal(part.head.changes.baseline?.run, whole.head.run.id);
  t.equal(part.head.changes.gone.fixed, 0, 'what is missing is not fixed');
  t.ok(part.head.changes.gone['not-asked'] > 0);
  const only = await merge(folders.slice(0, 1), { out, formats: [], baseline: 'none', now: nightly(2) });
  t.match(only.head.run.gaps, [/^shards 2\/3 and 3\/3 from office are missing/]);
});

t.test('what cannot be merged gets one clear line, and leaves nothing behind', async (t) => {
  const { out, folder, audit } = await estate(t, 'BAD', { one: '127.63.4.1', two: '127.63.4.2' });
  const served = { one: closed, two: closed };
  const run = async (vantage: string, shard?: Shard, head = '') =>
    (await audit(0, vantage, served, shard, head)).result.folder;
  const office = await run('office:internal');
  const again = await run('office:internal');
  const internet = await run('internet:internet');
  const elsewhere = await run('office:internet');
  const quarter = await run('office:internal', '1/4');
  const eighth = await run('office:internal', '2/8');
  const merged = (await merge([office, internet], { out, formats: [], now: nightly(0) })).folder;
  const copy = join(folder, 'copy');
  cpSync(office, copy, { recursive: true });
  const changed = async (name: string, file: string, change: (text: string) => string, sums = false) => {
    const to = join(folder, name);
    cpSync(internet, to, { recursive: true });
    const path = join(to, file);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
    if (sums) rmSync(join(to, runFiles.sums));
    return Promise.resolve(to);
  };
  const unfinished = await changed('unfinished', runFiles.info, (text) =>
    text.replace('"finished": true', '"finished": false'),
  );
  const tampered = await changed('tampered', runFiles.findings, (text) => `${text}\n`);
  const ledger = await changed('ledger', runFiles.ledger, (text) => text.replace('GET', 'PUT'));
  const unsummed = await changed('unsummed', runFiles.findings, (text) => text, true);
  const newer = await changed('newer', 'findings.json', (text) =>
    text.replace('leftopen/findings/1', 'leftopen/findings/2'),
  );
  const foreign = await changed('foreign', runFiles.info, (text) => text.replaceAll('"BAD"', '"OTHER"'));
  const narrowed = await changed('narrowed', runFiles.info, (text) =>
    text.replace('"checks": null', '"checks": ["cluster-open"]'),
  );
  const damaged = join(folder, 'damaged');
  cpSync(internet, damaged, { recursive: true });
  appendFileSync(join(damaged, runFiles.journal, '0001.jsonl.gz'), 'x');
  const judged = (await rejudge(office, { formats: [] })).folder;
  const before = readdirSync(join(out, 'BAD'));
  for (const [what, runs, message] of [
    ['unfinished', [office, unfinished], /unfinished is not finished; finish it with --resume/],
    ['tampered', [office, tampered], /findings\.jsonl was changed after it was written/],
    ['ledger', [office, ledger], /ledger\.jsonl was changed after it was written/],
    ['journal', [office, damaged], /0001\.jsonl\.gz was changed after it was written/],
    ['no sums', [office, unsummed], /has no SHA256SUMS/],
    ['newer', [office, newer], /has format 2, and this version reads 1: a newer leftopen/],
    ['engagements', [office, foreign], /belongs to the engagement BAD, and .* to OTHER/],
    ['checks', [office, narrowed], /judged with other checks/],
    ['twice', [office, office], /is named twice/],
    ['a copy', [office, copy], /are the same run/],
    ['one vantage twice', [office, again], /cover the same hosts from one vantage/],
    ['shard and all', [office, quarter], /cover the same hosts from one vantage/],
    ['other divisions', [quarter, eighth], /is shard 1\/4, and .* is shard 2\/8/],
    ['two exposures', [office, elsewhere], /give each vantage a name of its own/],
    ['one run', [office], /is the only run named/],
    ['a merged one', [merged, internet], /is itself a merged run/],
    ['a judgement', [judged, internet], /is a part of a run/],
    ['nothing there', [office, 'nothing'], /nothing is not a run folder/],
  ] as const) {
    const refused = merge(runs, { out, formats: [] });
    await t.rejects(refused, { name: 'UserMistake', message }, what);
    await refused.catch((error: unknown) => t.notMatch(String(error), '\n', `${what}: one line`));
  }
  t.strictSame(readdirSync(join(out, 'BAD')), before);
});
