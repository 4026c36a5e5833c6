// Which run another one is compared with, what is refused as one, and what newer knowledge makes of it.
import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import t, { type Test } from 'tap';
import { z } from 'zod';
import { readHistory, writeHistory } from '../../src/history/file.js';
import type { PastCheck } from '../../src/model/history.js';
import { historyHeadOf, withdrawnIn } from '../../src/run/baseline.js';
import { diff, type AuditOptions } from '../../src/run/index.js';
import { hashFile } from '../../src/store/files.js';
import { shipped, shippedText, summed } from '../support/knowledge.js';
import { all } from '../support/judged.js';
import { stream } from '../support/report-sample.js';
import { audited, declared, recorded, type Audited } from './support.js';

/** Audits one server, each time in a night of its own. */
async function nights(
  t: Test,
  engagement = '',
): Promise<{
  readonly folder: string;
  readonly out: string;
  readonly night: (number: number, options?: Partial<AuditOptions>, head?: string) => Promise<Audited>;
}> {
  const folder = t.testdir({});
  const url = await recorded(t, 'opensearch/3.6.0-open');
  const out = join(folder, 'out');
  return {
    folder,
    out,
    async night(number, options = {}, head = engagement) {
      const declaration = await declared(t, `${head}\ntargets: [{ id: a, url: "${url}" }]`, folder);
      const offset = Date.parse('2026-11-01T02:00:00Z') + number * 86_400_000 - Date.now();
      return audited(declaration, out, { now: () => new Date(Date.now() + offset), ...options });
    },
  };
}

const statuses = ({ findings }: Audited): readonly string[] => [
  ...new Set(findings.map(({ history }) => history?.status ?? 'none')),
];

t.test('the last finished run is the default, a run or its history can be given, or none', async (t) => {
  const { night, folder } = await nights(t);
  const first = await night(0);
  t.strictSame([first.result.head.changes.baseline, statuses(first)], [null, ['new']]);
  const second = await night(1);
  t.strictSame([second.result.head.changes.baseline?.run, statuses(second)], [first.result.head.run.id, ['unchanged']]);
  const elsewhere = join(folder, 'history.jsonl');
  cpSync(join(first.result.folder, 'history.jsonl'), elsewhere);
  for (const baseline of [first.result.folder, basename(first.result.folder), elsewhere]) {
    const { result } = await night(2, { baseline });
    t.equal(result.head.changes.baseline?.run, first.result.head.run.id, baseline);
  }
  t.strictSame(statuses(await night(3, { baseline: 'none' })), ['new']);
});

t.test('a run whose history was deleted is not passed over in silence', async (t) => {
  const { night } = await nights(t);
  const first = await night(0);
  for (const [number, lost] of [['history.jsonl'], ['history.jsonl', 'journal']].entries()) {
    const next = await night(number * 2 + 1);
    for (const name of lost) rmSync(join(next.result.folder, name), { recursive: true });
    const after = await night(number * 2 + 2, { failOn: 'none' });
    t.match(after.result.head.run.gaps, [/history\.jsonl is missing/]);
    t.equal(after.result.exitCode, 3);
    for (const { history } of after.findings) t.ok((history?.firstSeen ?? '') < '2026-11-02', 'since the first night');
  }
  t.equal(first.result.exitCode, 1);
});

t.test('a clock that went back is said, since the run before is passed over', async (t) => {
  const { night } = await nights(t);
  const first = await night(0);
  await night(9);
  const third = await night(2, { failOn: 'none' });
  t.equal(third.result.head.changes.baseline?.run, first.result.head.run.id);
  t.equal(third.result.exitCode, 3);
  t.equal(third.result.head.run.gaps.length, 1);
  t.match(third.result.head.run.gaps[0], /2026-11-10T02.*2026-11-03T02.*clock/);
  t.ok(
    third.events.some((event) => event.kind === 'notice' && event.urgent === true),
    'even with --quiet',
  );
});

t.test('a run that goes on later is compared as on its own day', async (t) => {
  const { night } = await nights(t);
  const first = await night(0);
  const stopped = await night(1, { signal: AbortSignal.abort() });
  t.equal(stopped.result.exitCode, 130);
  const third = await night(2);
  const resumed = await night(3, { resume: true, failOn: 'none' });
  t.equal(resumed.result.folder, stopped.result.folder);
  t.equal(resumed.result.head.changes.baseline?.run, first.result.head.run.id);
  t.strictSame(resumed.result.head.run.gaps, [], 'a run that was made meanwhile does not mean a wrong clock');
  for (const { history } of resumed.findings) t.ok((history?.firstSeen ?? '') <= (history?.lastSeen ?? ''));
  t.equal((await night(4)).result.head.changes.baseline?.run, third.result.head.run.id);
});

t.test('a place that an earlier run withdrew is withdrawn for a merge of later runs too', async (t) => {
  const { night, folder } = await nights(t);
  const first = await night(0);
  const [place] = await all(first.result.history());
  const [check] = place?.checks ?? [];
  if (place === undefined || check === undefined) throw new Error('an open cluster has findings');
  const gone = { ...check, last: { ...check.last, status: 'withdrawn', run: 'an earlier run' } } as const;
  const file = join(folder, 'history.jsonl');
  const withdrawn = async (...checks: readonly PastCheck[]): Promise<readonly string[]> => {
    await writeHistory(file, historyHeadOf(first.result.head.run), stream([{ ...place, checks }])());
    return [...(await withdrawnIn(file))];
  };
  t.strictSame(await withdrawn(gone), [place.place]);
  t.strictSame(await withdrawn(gone, check), [], 'declared again');
  t.strictSame(await withdrawn({ ...gone, last: { ...gone.last, cause: 'knowledge' } }), [], 'leftopen knows more');
  t.strictSame(await withdrawn(check), []);
  await writeHistory(
    file,
    historyHeadOf(first.result.head.run),
    stream([{ ...place, checks: [{ ...check, byKnowledge: 'new' as const }] }])(),
  );
  t.match(
    await all(readHistory(file)),
    [{ checks: [{ byKnowledge: 'new' }] }],
    'what waits to be seen is kept in the file',
  );
});

t.test('the newest run knows what deleted runs knew', async (t) => {
  const { night } = await nights(t);
  const first = await night(0);
  const second = await night(1);
  rmSync(first.result.folder, { recursive: true });
  const third = await night(9);
  t.equal(third.result.head.changes.baseline?.run, second.result.head.run.id);
  t.match(third.findings[0]?.history, { firstSeen: first.result.head.run.startedAt, daysOpen: 9 });
});

t.test('a findings.json alone is a baseline, as on a CI runner that starts empty', async (t) => {
  const { night, folder } = await nights(t);
  const first = await night(0);
  const copy = join(folder, 'findings.json');
  cpSync(join(first.result.folder, 'findings.json'), copy);
  rmSync(join(folder, 'out'), { recursive: true });
  const second = await night(4, { baseline: copy, failOn: 'none', failOnNew: 'info' });
  t.strictSame(statuses(second), ['unchanged']);
  t.equal(second.result.exitCode, 0);
  t.match(second.findings[0]?.history, { firstSeen: first.result.head.run.startedAt, daysOpen: 4 });
  t.equal(second.result.head.changes.baseline?.run, first.result.head.run.id);
  const text = readFileSync(copy, 'utf8');
  writeFileSync(copy, text.replace('leftopen/findings/1', 'leftopen/findings/2'));
  await t.rejects(night(5, { baseline: copy }), { name: 'UserMistake', message: /a newer leftopen/ });
  writeFileSync(copy, text.slice(0, -20));
  await t.rejects(night(5, { baseline: copy }), { name: 'UserMistake', message: /was cut/ });
  writeFileSync(copy, text);
  await t.rejects(night(5, { baseline: copy }, 'engagement: { id: B }'), { message: /belongs to the engagement/ });
});

t.test('after a change in the last run, the last unchanged one is the baseline, with a loud warning', async (t) => {
  const edit = (file: string, from: RegExp, to: string) => (folder: string) => {
    const path = join(folder, file);
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  };
  const asFolder = (file: string) => (folder: string) => {
    rmSync(join(folder, file));
    mkdirSync(join(folder, file));
  };
  const cases: Readonly<Record<string, readonly [(folder: string) => void, RegExp]>> = {
    'its history': [edit('history.jsonl', /"severity":"[a-z]+"/, '"severity":"info"'), /history\.jsonl was changed/],
    'its description': [edit('run.json', /"requests": \d+/, '"requests": 1'), /run\.json was changed/],
    'called unfinished': [edit('run.json', /"finished": true/, '"finished": false'), /run\.json was changed/],
    'no description': [(folder) => writeFileSync(join(folder, 'run.json'), 'x'), /run\.json is not the description/],
    'its sums': [edit('SHA256SUMS', /^[0-9a-f]{8}/, 'zzzzzzzz'), /SHA256SUMS:1: .*was changed/],
    'no sums': [(folder) => rmSync(join(folder, 'SHA256SUMS')), /no SHA256SUMS/],
    'a description that cannot be read': [asFolder('run.json'), /run\.json cannot be read: the path is a folder/],
    'sums that cannot be read': [asFolder('SHA256SUMS'), /SHA256SUMS cannot be read: the path is a folder/],
  };
  for (const [what, [change, said]] of Object.entries(cases)) {
    await t.test(what, async (t) => {
      const { night, out } = await nights(t);
      const first = await night(0, { failOn: 'none', failOnNew: 'high' });
      t.equal(first.result.exitCode, 1);
      const second = await night(1);
      change(second.result.folder);
      const third = await night(2, { failOn: 'none', failOnNew: 'high' });
      const { run, changes } = third.result.head;
      t.equal(changes.baseline?.run, first.result.head.run.id);
      t.strictSame(statuses(third), ['unchanged']);
      t.match(run.gaps, [said]);
      t.match(run.gaps[0], first.result.head.run.startedAt);
      t.notMatch(run.gaps[0], out, 'a report contains no path of this machine');
      t.match(
        third.events.filter((event) => event.kind === 'notice' && event.urgent === true),
        [{ text: said }],
      );
      t.equal(third.result.exitCode, 3, 'nothing is new, and someone has to look at the record');
      const fourth = await night(3, { failOn: 'none', failOnNew: 'high' });
      t.strictSame([fourth.result.exitCode, fourth.result.head.run.gaps], [0, []], 'said once');
      // A comparison that was asked for is not replaced by another one.
      const asked = { out, run: third.result.folder, baseline: second.result.folder };
      await t.rejects(
        diff(asked, () => Promise.resolve()),
        { name: 'UserMistake' },
      );
    });
  }
});

t.test('without an unchanged earlier run, everything is new, with a loud warning', async (t) => {
  const { night, out } = await nights(t);
  const first = await night(0);
  appendFileSync(join(first.result.folder, 'history.jsonl'), '\n');
  const second = await night(1, { failOn: 'none', failOnNew: 'high' });
  t.strictSame([second.result.head.changes.baseline, statuses(second)], [null, ['new']]);
  t.match(second.result.head.run.gaps, [/history\.jsonl was changed .*every finding counts as new/]);
  t.equal(second.result.exitCode, 1);
  const asked = { out, run: second.result.folder };
  await t.rejects(
    diff(asked, () => Promise.resolve()),
    { name: 'UserMistake', message: /was changed/ },
  );
});

t.test('a baseline that cannot be one is refused before anything is sent', async (t) => {
  const { night, folder: above } = await nights(t, 'engagement: { id: A }');
  const good = await night(0);
  const { folder } = good.result;
  const runs = join(above, 'runs');
  mkdirSync(runs);
  const altered = (name: string, change: (folder: string) => void): string => {
    const copy = join(runs, name);
    cpSync(folder, copy, { recursive: true });
    change(copy);
    return copy;
  };
  const edit = (file: string, from: RegExp, to: string) => (copy: string) => {
    const path = join(copy, file);
    writeFileSync(path, readFileSync(path, 'utf8').replace(from, to));
  };
  const lone = join(runs, 'lone.jsonl');
  cpSync(join(folder, 'history.jsonl'), lone);
  edit('lone.jsonl', /"severity":"[a-z]+"/, '"severity":"info"')(runs);
  const cut = join(runs, 'cut.jsonl');
  writeFileSync(cut, readFileSync(join(folder, 'history.jsonl'), 'utf8').split('\n').slice(0, -2).join('\n') + '\n');
  const newer = join(runs, 'newer.jsonl');
  writeFileSync(newer, readFileSync(join(folder, 'history.jsonl'), 'utf8').replace('"format":1', '"format":2'));
  mkdirSync(join(runs, 'empty'));
  const cases: readonly [string, RegExp][] = [
    [join(runs, 'nowhere'), /there is no such file or run/],
    [join(runs, 'empty'), /not a run folder/],
    [altered('unfinished', edit('run.json', /"finished": true/, '"finished": false')), /not finished/],
    [
      altered('tampered', edit('history.jsonl', /"severity":"[a-z]+"/, '"severity":"info"')),
      /history\.jsonl was changed/,
    ],
    [altered('forgotten', (copy) => rmSync(join(copy, 'history.jsonl'))), /history\.jsonl is missing/],
    [altered('described', edit('run.json', /"requests": \d+/, '"requests": 1')), /run\.json was changed/],
    [altered('unsummed', (copy) => rmSync(join(copy, 'SHA256SUMS'))), /no SHA256SUMS/],
    [lone, /was changed or cut/],
    [cut, /was changed or cut/],
    [newer, /format 2.*a newer leftopen/],
    [join(folder, 'findings.jsonl'), /not a history/],
  ];
  for (const [baseline, message] of cases)
    await t.rejects(night(1, { baseline }), { name: 'UserMistake', message }, baseline);
  await t.rejects(night(1, { baseline: folder }, 'engagement: { id: B }'), { message: /belongs to the engagement A/ });
  const vantage = 'engagement: { id: A, vantage: { name: elsewhere, exposure: host } }';
  await t.rejects(night(1, { baseline: folder }, vantage), { message: /two vantages see cannot be compared/ });
  await t.rejects(night(0, { baseline: folder, now: () => new Date('2026-10-01T00:00:00Z') }), {
    message: /not older/,
  });
  t.equal((await night(1, {}, vantage)).result.head.changes.baseline, null, 'another vantage is not compared');
  appendFileSync(join(folder, 'history.jsonl'), '\n');
  t.equal((await night(2, { baseline: 'none' })).result.head.changes.baseline, null);
});

t.test('what newer knowledge finds in the responses of the last run is not news', async (t) => {
  const { night, folder } = await nights(t);
  const { result } = await night(0);
  // The language of the last run makes no difference, whether it is known here or not.
  const [info, sums] = [join(result.folder, 'run.json'), join(result.folder, 'SHA256SUMS')];
  const before = await hashFile(info);
  writeFileSync(info, readFileSync(info, 'utf8').replace('"language": "en"', '"language": "xx"'));
  writeFileSync(sums, readFileSync(sums, 'utf8').replace(before, await hashFile(info)));
  t.match(readFileSync(info, 'utf8'), '"xx"');
  const bundle = z.looseObject({ parts: z.record(z.string(), z.json()) }).parse(JSON.parse(shippedText));
  const list = shipped.parts.vulnerabilities.list.slice(0, 1).map((one) => ({
    ...one,
    id: 'CVE-2030-0001',
    product: 'opensearch',
    ranges: [{ from: '3.0.0', before: '3.7.0', fix: '3.7.0' }],
  }));
  const parts = { ...bundle.parts, vulnerabilities: z.json().parse({ date: '2030-01-01', list }) };
  const knowledge = join(folder, 'newer.json');
  writeFileSync(knowledge, summed({ ...z.record(z.string(), z.json()).parse(bundle), version: '2030.1', parts }));

  const second = await night(1, { knowledge });
  const found = second.findings.find(({ check }) => check === 'known-vulnerability');
  t.match(found?.history, { status: 'new', cause: 'knowledge' });
  t.equal(second.result.head.changes.baseline?.rejudged, true);
  const { byKnowledge, findings } = second.result.head.changes;
  t.equal(
    Object.values(byKnowledge).reduce((sum, count) => sum + count, 0),
    1,
  );
  t.equal(
    Object.values(findings.new).reduce((sum, count) => sum + count, 0),
    0,
  );
  const third = await night(2, { knowledge });
  t.match(third.findings.find(({ check }) => check === 'known-vulnerability')?.history, { status: 'unchanged' });
  const back = await night(3);
  t.match(back.result.head.changes.goneFindings, [
    { check: 'known-vulnerability', status: 'withdrawn', cause: 'knowledge' },
  ]);
});

t.test('two finished runs are compared, and judged again only where needed', async (t) => {
  const { night, out } = await nights(t);
  const first = await night(0);
  const second = await night(1);
  const third = await night(2, { baseline: first.result.folder });
  const of = (run?: string, baseline?: string) =>
    diff(
      { out, ...(run !== undefined && { run }), ...(baseline !== undefined && { baseline }) },
      async (difference) => ({
        run: difference.head.run.id,
        baseline: difference.head.changes.baseline?.run,
        exitCode: difference.exitCode,
        statuses: (await all(difference.findings())).map(({ history }) => history?.status),
        gone: await all(difference.gone()),
      }),
    );
  const same = third.findings.map(() => 'unchanged');
  const ids = [first, second, third].map(({ result }) => result.head.run.id);
  t.match(await of(), { run: ids[2], baseline: ids[1], exitCode: 0, statuses: same, gone: [] }, 'the newest two');
  t.match(await of(third.result.folder, basename(first.result.folder)), {
    run: ids[2],
    baseline: ids[0],
    statuses: same,
  });
  t.match(await of(ids[1]), { run: ids[1], baseline: ids[0] });
  await t.rejects(of(ids[0]), { name: 'UserMistake', message: /no earlier finished run/ });
  await t.rejects(of('nothing'), { name: 'UserMistake', message: /no run in/ });
});
