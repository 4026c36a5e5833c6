// The index pages of engagements, and which run folders can be deleted.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import t, { type Test } from 'tap';
import { findRun, indexAll, keepRule, prune, type AuditOptions } from '../../src/run/index.js';
import { takeLock } from '../../src/store/lock.js';
import { UserMistake } from '../../src/store/mistake.js';
import { en } from '../../src/report/texts/en.js';
import { audited, declared, deadPort, jsonLines, recorded, type Audited } from './support.js';

/** Nights of one open server and one silent place. */
async function nights(t: Test) {
  const folder = t.testdir({});
  const url = await recorded(t, 'opensearch/3.6.0-open');
  const dead = await deadPort(t);
  const out = join(folder, 'out');
  return {
    out,
    night: async (
      day: string,
      options: Partial<AuditOptions> = {},
      id = 'ACME',
      vantage = 'office',
    ): Promise<Audited> => {
      const declaration = await declared(
        t,
        `engagement: { id: ${id}, vantage: { name: ${vantage}, exposure: host }, client: { name: "Client ${id} <b>" } }\ntargets:\n  - { id: a, url: "${url}", owner: "Search <i>" }\n  - { id: b, url: "http://127.0.0.1:${dead}" }\n`,
        folder,
      );
      const offset = Date.parse(`${day}T02:00:00Z`) - Date.now();
      return audited(declaration, out, { now: () => new Date(Date.now() + offset), failOn: 'none', ...options });
    },
  };
}

t.test('each run writes the index page of its engagement, which outlives the run folders', async (t) => {
  const { out, night } = await nights(t);
  const first = await night('2026-11-01');
  await night('2026-11-02');
  const other = await night('2026-11-02', {}, 'OTHER');
  const page = () => readFileSync(join(out, 'ACME', 'index.html'), 'utf8');
  t.match(page(), /Client ACME &lt;b&gt;/);
  t.match(page(), /Search &lt;i&gt;/, 'by owner');
  t.match(page(), /<svg/, 'over time');
  t.notMatch(page(), /<script/, 'without a script');
  t.match(page(), 'script-src &#39;none&#39;');
  t.notMatch(page(), 'OTHER', 'one client does not see another');
  t.match(page(), `href="${basename(first.result.folder)}/report.html"`);
  t.notOk(existsSync(join(out, 'index.html')));
  rmSync(first.result.folder, { recursive: true });
  const third = await night('2026-11-03');
  t.match(page(), /2026-11-01 02:00:0\d UTC, deleted/, 'a run that was deleted stays in the list');
  t.match(page(), /2 days|<td[^>]*>2</, 'open since the first of them');
  t.ok(third.findings.length > 0);

  t.strictSame(await indexAll(out, true), [
    join(out, 'ACME', 'index.html'),
    join(out, 'OTHER', 'index.html'),
    join(out, 'index.html'),
  ]);
  const all = readFileSync(join(out, 'index.html'), 'utf8');
  for (const name of ['ACME', 'OTHER']) t.match(all, `href="${name}/index.html"`);
  rmSync(join(out, 'OTHER', 'runs.jsonl'));
  await indexAll(out, false);
  t.match(readFileSync(join(out, 'OTHER', 'runs.jsonl'), 'utf8'), other.result.head.run.id, 'made again from the runs');
  mkdirSync(join(out, 'notes'));
  t.equal((await indexAll(out, false)).length, 2, 'a folder that has no run is left alone');
});

t.test('what several vantages see counts once', async (t) => {
  const { out, night } = await nights(t);
  const { findings } = await night('2026-11-01');
  await night('2026-11-01', {}, 'ACME', 'elsewhere');
  const page = readFileSync(join(out, 'ACME', 'index.html'), 'utf8');
  t.ok(findings.length > 1);
  t.match(page, en.overview.headline(findings.length));
  // A run that looks at less takes nothing away.
  await night('2026-11-02', { checks: ['end-of-life'] }, 'ACME', 'elsewhere');
  await indexAll(out, true);
  t.match(readFileSync(join(out, 'ACME', 'index.html'), 'utf8'), en.overview.headline(findings.length));
  t.match(readFileSync(join(out, 'index.html'), 'utf8'), `>${findings.length}<`);
});

t.test('a cluster and the dashboard that took its place count as two', async (t) => {
  const { out, night } = await nights(t);
  const { findings, result } = await night('2026-11-01');
  const history = join(result.folder, 'history.jsonl');
  const twice = (line: string): string =>
    line.replace(/\{"check":"cluster-open".*?\}(?=,\{"check":|\]\}$)/, (cluster) => {
      const dashboard = cluster.replace('cluster-open', 'dashboard-open');
      return `${cluster},${dashboard.replace(/(?<="fingerprint":")[0-9a-f]{8}/, 'dddddddd')}`;
    });
  writeFileSync(history, readFileSync(history, 'utf8').split('\n').map(twice).join('\n'));
  await indexAll(out, false);
  t.match(readFileSync(join(out, 'ACME', 'index.html'), 'utf8'), en.overview.headline(findings.length + 1));
});

t.test('a run that was narrowed is not called complete', async (t) => {
  const { out, night } = await nights(t);
  await night('2026-11-01');
  await night('2026-11-02', { checks: ['end-of-life'] });
  const lines = jsonLines(join(out, 'ACME', 'runs.jsonl'));
  t.match(lines, [{ narrowed: true }, {}]);
  t.strictSame(
    [en.overview.states.narrowed, en.overview.states.complete].map(
      (state) => readFileSync(join(out, 'ACME', 'index.html'), 'utf8').split(`>${state}</td>`).length - 1,
    ),
    [1, 1],
  );
});

t.test('runs that end at the same time write one index', async (t) => {
  const { out, night } = await nights(t);
  await night('2026-11-01');
  await night('2026-11-02');
  const index = () => ['runs.jsonl', 'index.html'].map((name) => readFileSync(join(out, 'ACME', name), 'utf8'));
  const before = index();
  await Promise.all(Array.from({ length: 12 }, () => indexAll(out, true)));
  t.strictSame(index(), before);
  const files = readdirSync(join(out, 'ACME')).filter((name) => !name.startsWith('2026-'));
  t.strictSame(files.sort(), ['index.html', 'runs.jsonl'], 'nothing is left next to it');
});

t.test('an index page that cannot be written costs the run nothing', async (t) => {
  const { out, night } = await nights(t);
  mkdirSync(join(out, 'ACME', 'index.html'), { recursive: true });
  const { result, notices } = await night('2026-11-01');
  t.ok(result.files.length > 0);
  t.match(notices, /index page .* could not be written/);
});

t.test('of merged runs that share a source, the newest is the one that ends last', async (t) => {
  const { out, night } = await nights(t);
  const { result } = await night('2026-11-01');
  const { run } = result.head;
  const merged = ['02', '03', '04', '05'].map((day) => `2026-11-${day}T03-00-00Z-merged`);
  for (const [index, name] of merged.entries()) {
    cpSync(result.folder, join(out, 'ACME', name), { recursive: true });
    const endedAt = `2026-11-0${index + 2}T02:00:00.000Z`;
    const info = { ...run, id: `merged ${index}`, sources: [], endedAt };
    writeFileSync(join(out, 'ACME', name, 'run.json'), JSON.stringify(info));
  }
  const gone = async (rule: string, day: string) =>
    (await prune(out, keepRule(rule), { remove: false, now: new Date(`${day}T12:00:00Z`) }))
      .filter(({ why }) => why === null)
      .map(({ folder }) => basename(folder));
  t.strictSame(await gone('1d', '2026-11-29'), merged.slice(0, 2), 'the newest and the one before it stay');
  t.strictSame(await gone('30d', '2026-11-29'), [], 'each has a day of its own');
  t.strictSame(await gone('1d', '2026-11-03'), merged.slice(0, 1), 'what is in the future hides no newest run');
  t.equal((await findRun(out, undefined)).info.id, 'merged 3');
  await indexAll(out, false);
  t.match(
    jsonLines(join(out, 'ACME', 'runs.jsonl')),
    [...merged].reverse().map((folder) => ({ folder })),
    'the index page too',
  );
});

t.test('prune keeps what a rule keeps, what is needed and what is in use', async (t) => {
  const { out, night } = await nights(t);
  const days = [
    '2026-06-10',
    '2026-09-01',
    '2026-09-20',
    '2026-11-18',
    '2026-11-19',
    '2026-11-27',
    '2026-11-28',
    '2026-11-29',
  ];
  for (const day of days) await night(day);
  await night('2026-11-20', {}, 'ACME', 'branch');
  await night('2026-01-01', {}, 'LONE');
  const now = new Date('2026-11-29T12:00:00Z');
  const gone = async (rule: string, remove = false) =>
    (await prune(out, keepRule(rule), { remove, now }))
      .filter(({ why }) => why === null)
      .map(({ folder }) => basename(folder).slice(0, 10));
  const before = readdirSync(join(out, 'ACME'));
  t.strictSame(await gone('1d'), days.slice(0, 6), 'the newest and the one before it stay, of every vantage');
  t.strictSame(await gone('30d'), ['2026-06-10', '2026-09-01', '2026-09-20']);
  t.strictSame(await gone('3d,2w'), ['2026-06-10', '2026-09-01', '2026-09-20', '2026-11-18']);
  t.strictSame(await gone('3d,2w,12m'), ['2026-09-01', '2026-11-18']);
  t.strictSame(await gone('9y'), days.slice(0, 6));
  t.strictSame(readdirSync(join(out, 'ACME')), before, 'nothing is deleted unless it is wanted');

  const lock = await takeLock(join(out, 'ACME'), {
    engagement: 'ACME',
    vantage: 'office',
    folder: join(out, 'ACME', 'x'),
    since: now.toISOString(),
  });
  t.strictSame(await gone('1d', true), [], 'nor while a run is under way');
  await lock.release();
  const [oldest = ''] = before;
  writeFileSync(join(out, 'ACME', oldest, 'run.json'), 'x');
  t.strictSame(await gone('1d', true), days.slice(1, 6), 'what is not known to be a run is left alone');
  t.equal(readdirSync(join(out, 'ACME')).filter((name) => name.startsWith('2026')).length, 4);
  t.match(readFileSync(join(out, 'ACME', 'index.html'), 'utf8'), /deleted/);
  const after = await night('2026-11-30');
  t.equal(after.findings[0]?.history?.firstSeen.slice(0, 10), '2026-06-10', 'what the deleted ones knew is known');

  for (const rule of ['', '30', 'd30', '30d,', '30x', '-1d']) t.throws(() => keepRule(rule), UserMistake, rule);
  await t.rejects(prune(join(out, 'none'), keepRule('1d'), { remove: true }), UserMistake);
});
