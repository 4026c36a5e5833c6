import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import t from 'tap';
import { rejudge } from '../../src/run/index.js';
import { segmentLines } from '../support/journal.js';
import { audited, deadPort, declared, engagement, jsonLines, recorded } from './support.js';

t.test('an audit of an open, a guarded and a dead endpoint', async (t) => {
  const folder = t.testdir({});
  const open = await recorded(t, 'elasticsearch/7.17.9-open');
  const guarded = await recorded(t, 'elasticsearch/7.17.9-closed');
  const dead = `http://127.0.0.1:${await deadPort(t)}`;
  const hookOutput = join(folder, 'hook.json');
  const declaration = await declared(
    t,
    `${engagement}
targets:
  - { id: open, url: "${open}" }
  - { id: guarded, url: "${guarded}" }
  - { id: dead, url: "${dead}" }
`,
    folder,
  );
  const run = await audited(declaration, join(folder, 'out'), {
    formats: ['html', 'md'],
    onCritical: `cat >> '${hookOutput}'; exit 3`,
  });

  t.strictSame(
    run.endpoints.map(({ target, state, product }) => [target, state, product]),
    [
      ['open', 'open', 'elasticsearch'],
      ['guarded', 'guarded', 'elasticsearch'],
      ['dead', 'unreachable', null],
    ],
  );
  t.equal(run.findings[0]?.check, 'cluster-open');
  t.equal(run.result.exitCode, 1, 'seen from the internet it is high or worse');
  t.match(run.result.head.run.gaps, [/^--on-critical: the command failed for .*: exit code 3$/]);
  t.equal(run.result.head.run.gaps.length, 1);
  t.match(run.result.head.run, { finished: true, vantage: { name: 'outside' }, engagement: { id: 'ACME-1' } });
  t.match(run.result.head.run.userAgent, /^leftopen\/\S+ \(.*engagement ACME-1.*jean@acme\.example\)$/);

  t.test('the folder', (t) => {
    const { folder: runFolder } = run.result;
    t.match(basename(runFolder), /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ$/);
    t.strictSame(readdirSync(runFolder).sort(), [
      'SHA256SUMS',
      'endpoints.jsonl',
      'findings.json',
      'findings.jsonl',
      'history.jsonl',
      'journal',
      'ledger.jsonl',
      'report.html',
      'report.md',
      'run.json',
    ]);
    for (const name of readdirSync(runFolder)) {
      const { mode } = statSync(join(runFolder, name));
      t.equal(mode & 0o777, name === 'journal' ? 0o700 : 0o600, name);
    }
    execFileSync('sha256sum', ['--check', '--strict', '--quiet', 'SHA256SUMS'], { cwd: runFolder });
    t.strictSame(
      readdirSync(join(folder, 'out', 'ACME-1')),
      [basename(runFolder), 'index.html', 'runs.jsonl'],
      'the lock is gone',
    );
    t.match(JSON.parse(readFileSync(join(runFolder, 'run.json'), 'utf8')), run.result.head.run);
    t.end();
  });

  t.test('the ledger proves the evidence', (t) => {
    const lines = jsonLines(join(run.result.folder, 'ledger.jsonl'));
    const requests = new Map(lines.flatMap((line) => numbered(line)));
    t.equal(requests.size, run.result.head.run.requests);
    for (const { evidence } of run.findings) {
      for (const { request, url } of evidence) t.equal(requests.get(request), url, `request ${request}`);
    }
    t.end();
  });

  t.test('events during the run', (t) => {
    t.strictSame(run.events[0], { kind: 'started', runFolder: run.result.folder, total: 3 });
    t.equal(run.events.filter(({ kind }) => kind === 'endpoint').length, 3);
    t.ok(run.events.some((event) => event.kind === 'finding' && event.finding.check === 'cluster-open'));
    t.match(
      run.events.findLast(({ kind }) => kind === 'progress'),
      { done: 3, total: 3 },
    );
    t.strictSame(
      run.events.find(({ kind }) => kind === 'judging'),
      { kind: 'judging', endpoints: 3 },
    );
    t.end();
  });

  t.test('a critical finding is handed on at once; the command failing harms nothing', (t) => {
    const handed = jsonLines(hookOutput);
    const critical = run.findings.filter(({ severity }) => severity === 'critical');
    t.equal(handed.length, critical.length > 0 ? 1 : 0);
    t.equal(critical.length > 0, true, 'an open cluster on the internet is critical');
    t.match(handed[0], { check: 'cluster-open', fingerprint: critical[0]?.fingerprint ?? '' });
    t.match(run.notices, /--on-critical: the command failed for .*: exit code 3/);
    const journal = segmentLines(join(run.result.folder, 'journal', '0001.jsonl.gz'));
    t.ok(journal.some((line) => line.includes('"mark":"critical"')));
    t.ok(run.events.some((event) => event.kind === 'notice' && event.urgent === true));
    t.end();
  });

  t.test('judged again, it says the same, next to the original', async (t) => {
    const before = readFileSync(join(run.result.folder, 'SHA256SUMS'), 'utf8');
    const again = await rejudge(run.result.folder, { failOn: 'high', formats: ['md'] });
    t.match(again.folder, /rejudged.\d{4}-/);
    for (const name of ['endpoints.jsonl', 'findings.jsonl']) {
      t.equal(readFileSync(join(again.folder, name), 'utf8'), readFileSync(join(run.result.folder, name), 'utf8'));
    }
    t.equal(again.exitCode, 1);
    t.equal(again.head.run.endedAt, run.result.head.run.endedAt, "under the run's own time");
    t.equal(readFileSync(join(run.result.folder, 'SHA256SUMS'), 'utf8'), before);
    execFileSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: run.result.folder });
    execFileSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: again.folder });
    t.equal(again.head.run.namesMasked, false);
    const masked = await rejudge(run.result.folder, { failOn: 'high', formats: ['md'], maskNames: true });
    t.equal(masked.head.run.namesMasked, true);
    t.same(masked.head.summary, again.head.summary, 'masking changes no count');
    const chosen = await rejudge(run.result.folder, { failOn: 'high', formats: [], checks: ['login-over-plain-http'] });
    t.equal(chosen.exitCode, 0, 'only the checks asked for');
    t.strictSame(chosen.head.run.checks, ['login-over-plain-http']);
    t.strictSame(chosen.head.run.gaps, [], 'what was asked for was judged in full');
    t.equal(again.head.run.checks, null, 'all of them');
    await t.rejects(rejudge(folder, { failOn: 'high', formats: [] }), {
      name: 'UserMistake',
      message: /is not a run folder/,
    });
  });
  t.end();
});

function numbered(line: unknown): [number, string][] {
  if (typeof line !== 'object' || line === null || !('request' in line) || !('url' in line)) return [];
  return typeof line.request === 'number' && typeof line.url === 'string' ? [[line.request, line.url]] : [];
}

t.test('after a mistake of the user nothing is sent', async (t) => {
  const folder = t.testdir({});
  let requests = 0;
  const open = await recorded(t, 'elasticsearch/7.17.9-closed');
  const text = `targets: [{ id: a, url: "${open}" }]`;
  const declaration = await declared(t, text, folder);
  const out = join(folder, 'out');
  const refused = async (
    name: string,
    options: Parameters<typeof audited>[2],
    message: RegExp,
    where = out,
    of = declaration,
  ) => {
    await t.rejects(
      audited(of, where, { ...options, onEvent: () => (requests += 1) }),
      { name: 'UserMistake', message },
      name,
    );
  };
  await refused('an unknown format', { formats: ['pdf'] }, /no format "pdf"; there are .*html/);
  await refused('an unknown check', { checks: ['x'] }, /no check "x"; there are .*cluster-open/);
  await refused('nothing to resume', { resume: true }, /no unfinished run of loopback from this-host/);
  writeFileSync(join(folder, 'file'), '');
  await refused(
    'a file where the folder should be',
    {},
    /cannot make a folder in .*part of the path is not a folder/,
    join(folder, 'file'),
  );
  if (process.getuid?.() !== 0) {
    mkdirSync(join(folder, 'locked'));
    chmodSync(join(folder, 'locked'), 0o500);
    await refused('a read-only folder', {}, /permission is denied; name another folder/, join(folder, 'locked'));
  }
  await refused('a folder that cannot be', {}, /cannot make a folder/, '/proc/leftopen');
  const later = await declared(
    t,
    `${engagement.trimEnd()}\n  window: { from: 2999-01-01, to: 2999-02-01 }\n${text}`,
    folder,
  );
  await refused(
    'before the window',
    {},
    /window is closed; it opens at 2999-01-01T00:00:00\.000Z\. Nothing was sent/,
    out,
    later,
  );
  const ended = new Date('2999-02-02');
  await refused('after the window', { now: () => ended }, /it does not open again/, out, later);
  t.equal(requests, 0, 'no run began');
  t.notOk(existsSync(join(out, 'ACME-1')), 'and no folder was made');
});

t.test('a network in which nothing responds is not an all-clear', async (t) => {
  const folder = t.testdir({});
  const port = await deadPort(t);
  const declaration = await declared(
    t,
    `targets: [{ id: a, hosts: [127.0.0.1, 127.0.0.2], ports: [${port}] }]`,
    folder,
  );
  const run = await audited(declaration, join(folder, 'out'));
  t.strictSame(
    run.endpoints.map(({ state }) => state),
    ['unreachable', 'unreachable'],
  );
  t.equal(run.result.exitCode, 3);
  t.match(run.result.head.run.gaps, [/^nothing responded/]);
  t.equal(run.result.head.run.finished, true);
});

t.test('a name without an address is a result, and each address of a name is audited', async (t) => {
  const folder = t.testdir({});
  const open = new URL(await recorded(t, 'elasticsearch/7.17.9-closed'));
  const declaration = await declared(
    t,
    `targets: [{ id: a, hosts: [localhost, does-not-exist.localhost.invalid], ports: [${open.port}] }]\n${engagement}`,
    folder,
  );
  const run = await audited(declaration, join(folder, 'out'));
  const named = run.endpoints.filter(({ host }) => host === 'localhost');
  t.ok(named.some(({ address, state }) => address === '127.0.0.1' && state === 'guarded'));
  const nowhere = run.endpoints.find(({ host }) => host !== 'localhost');
  t.match(nowhere, { address: null, state: /unreachable|undetermined/, reason: /no-such-name|name-lookup-failed/ });
});

t.test('the addresses of an excluded name are left out as excluded addresses are', async (t) => {
  const folder = t.testdir({});
  const closed = new URL(await recorded(t, 'elasticsearch/7.17.9-closed'));
  const wide = (exclude: string): string => `
targets: [{ id: a, hosts: 127.0.0.0/30, ports: [${closed.port}] }]
${engagement.trimEnd()}
  scope: { include: [127.0.0.0/8], exclude: [${exclude}] }
`;
  const byName = await audited(await declared(t, wide('localhost'), folder), join(folder, 'out'));
  const byAddress = await audited(await declared(t, wide('127.0.0.1'), folder), join(folder, 'out'));
  const seen = ({ endpoints }: typeof byName) => endpoints.map(({ address, state }) => [address, state]).sort();
  t.strictSame(seen(byName), seen(byAddress));
  t.notOk(byName.endpoints.some(({ address }) => address === '127.0.0.1'));
  t.strictSame(
    [byName.result.exitCode, byName.result.head.run.gaps, byName.result.head.run.finished],
    [byAddress.result.exitCode, byAddress.result.head.run.gaps, true],
  );
});
