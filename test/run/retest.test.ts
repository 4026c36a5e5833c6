// A retest of findings: what became of each, what is asked for it, and what is rejected before anything is sent.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { retest, type RetestOptions } from '../../src/run/index.js';
import { UserMistake } from '../../src/store/mistake.js';
import { verifyFolder } from '../../src/store/verify.js';
import { recordingNamed, serveRecording } from '../replay.js';
import { audited, declared, jsonLines } from './support.js';

t.test('fixed, partly, still open, or could not be verified, with the requests that show it', async (t) => {
  const folder = t.testdir({});
  const out = join(folder, 'out');
  const hosts = {
    fixed: '127.22.1.1',
    partly: '127.22.1.2',
    open: '127.22.1.3',
    silent: '127.22.1.4',
    other: '127.22.1.5',
  };
  const first = await serveRecording(recordingNamed('elasticsearch/7.17.9-open'), { address: hosts.open, port: 0 });
  const { port } = first;
  const serving = new Map([[hosts.open, first]]);
  const serve = async (host: string, recording: string | null): Promise<void> => {
    await serving.get(host)?.close();
    serving.delete(host);
    if (recording !== null) serving.set(host, await serveRecording(recordingNamed(recording), { address: host, port }));
  };
  t.teardown(async () => {
    for (const { close } of serving.values()) await close();
  });
  for (const host of Object.values(hosts)) if (host !== hosts.open) await serve(host, 'elasticsearch/7.17.9-open');
  const targets = (names: readonly string[], more = '') =>
    `engagement: { id: RETEST }\n${more}targets:\n${names.map((name) => `  - { id: ${name}, hosts: ${Object.entries(hosts).find(([id]) => id === name)?.[1] ?? ''}, ports: ${port} }\n`).join('')}`;
  const all = Object.keys(hosts);
  const night = (days: number) => {
    const offset = Date.parse('2026-11-01T02:00:00Z') + days * 86_400_000 - Date.now();
    return () => new Date(Date.now() + offset);
  };
  const run = await audited(await declared(t, targets(all), folder), out, { now: night(0) });
  const idOf = (host: string, check: string): string =>
    run.findings.find((one) => one.address === host && one.check === check)?.fingerprint ?? '';
  await serve(hosts.fixed, 'elasticsearch/7.17.9-closed');
  await serve(hosts.partly, 'elasticsearch/7.17.9-empty');
  await serve(hosts.silent, null);

  const again = async (names: readonly string[], options: Partial<RetestOptions> = {}, more = '') =>
    retest(await declared(t, targets(names, more), folder), {
      out,
      findings: [],
      signal: new AbortController().signal,
      pacing: { controlsEvery: 50, patience: [20], peaceAtLeast: 20 },
      now: night(1),
      ...options,
    });
  const chosen = [hosts.fixed, hosts.partly, hosts.open, hosts.silent].map((host) => idOf(host, 'cluster-open'));
  const {
    retest: made,
    folder: written,
    files,
    exitCode,
    audit,
  } = await again(all, {
    findings: chosen.map((fingerprint) => fingerprint.slice(0, 12)),
  });
  const outcome = (host: string) => made.findings.find(({ address }) => address === host);
  t.strictSame(
    Object.entries(hosts).map(([name, host]) => [name, outcome(host)?.outcome]),
    [
      ['fixed', 'fixed'],
      ['partly', 'partly'],
      ['open', 'still-open'],
      ['silent', 'unverified'],
      ['other', undefined],
    ],
  );
  t.equal(exitCode, 1, 'what is still open counts');
  const ledger = jsonLines(join(written, 'ledger.jsonl'));
  for (const { outcome, before, now } of made.findings) {
    t.ok(before.requests.length > 0 && before.at.startsWith('2026-11-01'), 'then');
    t.equal(before.version, '7.17.9');
    if (outcome === 'unverified') continue;
    t.ok(now.requests.length > 0 && now.at?.startsWith('2026-11-02'), 'now');
    for (const { request, url, status } of now.requests)
      t.match(
        ledger.find((line) => isRequest(line, request)),
        { url, status },
      );
  }
  t.match(outcome(hosts.fixed)?.now.requests, [{ status: 401 }]);
  t.notOk(JSON.stringify(ledger).includes(hosts.other), 'nothing else is asked');
  const asked = ledger.filter(
    (line) => JSON.stringify(line).includes(hosts.open) && JSON.stringify(line).includes('_snapshot'),
  );
  t.strictSame(asked, [], 'nor what only other findings need');
  t.strictSame(files, ['retest.html', 'retest.md', 'retest.json']);
  t.match(
    readFileSync(join(written, 'retest.md'), 'utf8'),
    /1 fixed, 1 could not be verified, 1 partly fixed and 1 still open/,
  );
  t.match(await verifyFolder(written), { changed: [], missing: [], added: [] });
  t.match(await verifyFolder(run.result.folder), { changed: [], missing: [], added: [] }, 'the run is as it was');
  t.ok(audit.head.run.checks?.includes('cluster-banner-exposed'), 'what is left of an open cluster is looked for');

  const fine = await again(all, { findings: [idOf(hosts.fixed, 'cluster-open')] });
  t.strictSame([fine.exitCode, fine.retest.findings.map((one) => one.outcome)], [0, ['fixed']]);
  const unknown = await again(all, { findings: [idOf(hosts.silent, 'cluster-open')] });
  t.equal(unknown.exitCode, 3, 'what could not be verified leaves it incomplete');
  const undeclared = await again(['open', 'fixed'], {
    findings: [idOf(hosts.partly, 'cluster-open'), idOf(hosts.fixed, 'cluster-open')],
  });
  t.strictSame(
    undeclared.retest.findings.map(({ address, outcome }) => [address, outcome]),
    [
      [hosts.partly, 'unverified'],
      [hosts.fixed, 'fixed'],
    ],
  );
  const every = await again(all);
  t.equal(every.retest.findings.length, run.findings.length, 'all findings by default');

  const next = await audited(await declared(t, targets(all), folder), out, { now: night(2) });
  t.equal(next.result.head.changes.baseline?.run, run.result.head.run.id, 'a night is compared with the last night');
  const before = readdirSync(join(out, 'RETEST'));
  const refused: readonly (readonly [Partial<RetestOptions>, string, RegExp])[] = [
    [{ findings: ['abc'] }, '', /not a fingerprint/],
    [{ findings: ['0'.repeat(16)] }, '', /no finding of/],
    [{ run: 'none' }, '', /not a run folder/],
    [{ run: run.result.folder, findings: [idOf(hosts.open, 'cluster-open')] }, 'x', /belongs to the engagement/],
  ];
  for (const [options, other, message] of refused) {
    const text = other === '' ? targets(all) : targets(all).replace('RETEST', 'OTHER');
    const declaration = await declared(t, text, folder);
    await t.rejects(
      retest(declaration, { out, findings: [], signal: new AbortController().signal, now: night(3), ...options }),
      { message },
    );
  }
  await t.rejects(again(['other'], { findings: [idOf(hosts.open, 'cluster-open')] }), UserMistake, 'none is declared');
  writeFileSync(join(run.result.folder, 'findings.jsonl'), '');
  await t.rejects(again(all, { run: run.result.folder }), { message: /was changed/ });
  t.strictSame(readdirSync(join(out, 'RETEST')), before, 'and nothing is left behind');
});

function isRequest(line: unknown, request: number): boolean {
  const isOne = typeof line === 'object' && line !== null && 'kind' in line && line.kind === 'request';
  return isOne && 'request' in line && line.request === request;
}

t.test('what did not change is still open, each finding by itself and all together', async (t) => {
  const folder = t.testdir({});
  const out = join(folder, 'out');
  const recordings = [
    'elasticsearch/7.17.9-open',
    'elasticsearch/7.17.9-cors',
    'elasticsearch/7.17.9-backups',
    'elasticsearch/9.4.3-anonymous',
    'elasticsearch/7.17.9-meow',
    'opensearch/2.19.4-anonymous',
    'kibana/7.10.2-oss-open',
    'kibana/7.10.2-oss-cluster-refuses',
    'opensearch-dashboards/2.8.0-guest',
  ];
  const places: string[] = [];
  for (const [number, name] of recordings.entries()) {
    const { port, close } = await serveRecording(recordingNamed(name), { address: `127.22.2.${number + 1}`, port: 0 });
    t.teardown(close);
    places.push(`  - { id: t${number}, hosts: 127.22.2.${number + 1}, ports: ${port} }`);
  }
  const declaration = await declared(t, `engagement: { id: SAME }\ntargets:\n${places.join('\n')}\n`, folder);
  const { findings } = await audited(declaration, out, {});
  const again = (ids: readonly string[]) =>
    retest(declaration, { out, findings: ids, signal: new AbortController().signal });
  const together = await again([]);
  t.strictSame(
    together.retest.findings.filter(({ outcome }) => outcome !== 'still-open').map(({ check, why }) => [check, why]),
    [],
  );
  t.equal(together.retest.findings.length, findings.length);
  const byCheck = new Map(findings.map(({ check, fingerprint }) => [check, fingerprint]));
  t.ok(byCheck.size > 8, [...byCheck.keys()].join(', '));
  for (const [check, fingerprint] of byCheck) {
    const { retest: made } = await again([fingerprint]);
    t.strictSame(
      made.findings.map(({ outcome, why }) => [outcome, why]),
      [['still-open', made.findings[0]?.why]],
      check,
    );
  }
});
