// Accepted risks from the targets file to the exit code and every format, over several nights.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { Finding } from '../../src/model/finding.js';
import { formats } from '../../src/report/index.js';
import { diff, rejudge, type AuditOptions } from '../../src/run/index.js';
import { recordingNamed, serveRecording } from '../replay.js';
import { audited, declared, engagement, jsonLines, recorded } from './support.js';

t.test('a risk is accepted, shown everywhere, and counts again after its last day', async (t) => {
  const folder = t.testdir({});
  const url = await recorded(t, 'opensearch/3.6.0-open');
  const out = join(folder, 'out');
  const night = async (number: number, accepted: readonly string[], options: Partial<AuditOptions> = {}) => {
    const entries = accepted.map((entry) => `  - { ${entry} }\n`).join('');
    const yaml = `${entries === '' ? '' : `accepted:\n${entries}`}targets: [{ id: a, url: "${url}" }]\n`;
    const offset = Date.parse('2026-11-01T02:00:00Z') + number * 86_400_000 - Date.now();
    const now = () => new Date(Date.now() + offset);
    const declaration = await declared(t, yaml, folder, now());
    return audited(declaration, out, { now, failOn: 'high', ...options });
  };
  const until = '2026-11-03';
  const said = `reason: 'a lab, until it moves', owner: Lab, approvedBy: Ines Brandt, until: ${until}`;
  const first = await night(0, []);
  t.equal(first.result.exitCode, 1);
  const fatal = first.findings.filter(({ severity }) => severity === 'critical' || severity === 'high');
  t.ok(fatal.length > 0);
  const entries = fatal.map(({ fingerprint }) => `finding: "${fingerprint}", ${said}`);
  const stale = `target: a, check: dashboard-open, ${said}`;

  const second = await night(1, [...entries, stale], { formats: formats.map(({ name }) => name) });
  t.equal(second.result.exitCode, 0, 'an accepted finding reaches no threshold');
  const { head } = second.result;
  t.equal(head.summary.accepted, fatal.length);
  t.match(
    head.acceptances?.map(({ term, use }) => `${term} ${use}`),
    [...entries.map(() => 'ends-soon in-use'), 'ends-soon stale'],
  );
  for (const file of second.result.files.filter((name) => name !== 'endpoints.jsonl')) {
    const text = readFileSync(join(second.result.folder, file), 'utf8');
    if (file === 'leftopen.prom') {
      t.match(text, 'leftopen_accepted_risks{term="ends-soon"}');
      t.match(text, `next_end_timestamp_seconds ${Date.parse(`${until}T23:59:59Z`) / 1000}`);
    } else t.match(text, until, `${file} says until when`);
    // A job summary and a textfile of metrics may be public.
    if (file !== 'github-summary.md' && file !== 'leftopen.prom') t.match(text, 'Ines Brandt', `${file} says who`);
  }
  t.match(second.result.head.changes.findings.unchanged, { critical: 0, high: 0 });

  const rejudged = await rejudge(second.result.folder, { formats: [] });
  t.equal(rejudged.head.summary.accepted, fatal.length, 'as accepted when it was made');
  const plain = await night(2, []);
  t.equal(plain.result.exitCode, 1, 'without its entry a finding counts');
  t.match(plain.result.head.changes.noLongerAccepted, {
    critical: fatal.filter((one) => one.severity === 'critical').length,
  });

  await night(2.5, entries);
  const after = await night(3, entries, { failOn: 'none', failOnNew: 'high' });
  t.equal(after.result.exitCode, 1, 'its end is news');
  t.ok(after.findings.some(({ lapsed }) => lapsed?.because === 'expired'));
  const later = await night(4, entries, { failOn: 'none', failOnNew: 'high' });
  t.equal(later.result.exitCode, 0, 'once');
  t.match(later.result.head.acceptances?.[0], { term: 'expired', use: 'in-use' });
  t.equal(
    await diff({ out, run: after.result.folder, baseline: second.result.folder }, ({ exitCode }) =>
      Promise.resolve(exitCode),
    ),
    1,
  );
});

t.test('an accepted finding is not reported during the run, and raises no alarm', async (t) => {
  const folder = t.testdir({});
  const out = join(folder, 'out');
  const alarms = join(folder, 'alarms.jsonl');
  const server = await serveRecording(recordingNamed('elasticsearch/7.17.9-empty'), { address: '127.0.0.1', port: 0 });
  const { port } = server;
  const night = async (number: number, accepted: readonly string[]) => {
    rmSync(alarms, { force: true });
    const entries = accepted.map((entry) => `  - { ${entry} }\n`).join('');
    const yaml = `${engagement}\n${entries === '' ? '' : `accepted:\n${entries}`}targets: [{ id: a, url: "http://127.0.0.1:${port}" }]\n`;
    const offset = Date.parse('2026-11-01T02:00:00Z') + number * 86_400_000 - Date.now();
    const now = () => new Date(Date.now() + offset);
    const declaration = await declared(t, yaml, folder, now());
    const done = await audited(declaration, out, { now, onCritical: `cat >> '${alarms}'` });
    const previewed = done.events.flatMap((event) => (event.kind === 'finding' ? [event.finding] : []));
    return { ...done, previewed, alarms: existsSync(alarms) ? jsonLines(alarms).length : 0 };
  };
  const said = `reason: 'a lab, until it moves', approvedBy: Ines Brandt, until: 2026-11-10`;
  const entries = (findings: readonly Finding[]) =>
    findings.map(({ fingerprint }) => `finding: "${fingerprint}", ${said}`);
  const counted = (findings: readonly Finding[]) =>
    findings.filter(({ accepted }) => accepted === null).map(({ check }) => check);

  const empty = await night(0, []);
  t.equal(empty.alarms, 0);
  const known = entries(empty.findings);
  const quiet = await night(1, known);
  t.strictSame(quiet.previewed, []);
  t.strictSame(counted(quiet.findings), []);

  await server.close();
  const filled = await serveRecording(recordingNamed('elasticsearch/7.17.9-open'), { address: '127.0.0.1', port });
  t.teardown(filled.close);
  const worse = await night(2, known);
  t.equal(worse.alarms, 1, 'what got worse than what was accepted raises the alarm');
  t.ok(worse.previewed.some(({ lapsed, severity }) => lapsed?.because === 'worse' && severity === 'critical'));

  const again = entries(worse.findings).map((entry) => entry.replace('a lab', 'the lab'));
  const accepted = await night(3, again);
  t.strictSame([accepted.alarms, accepted.previewed.map(({ check }) => check)], [0, counted(accepted.findings)]);
  const byTarget = worse.findings
    .filter(({ severity }) => severity === 'critical')
    .map(({ check }) => `target: a, check: ${check}, ${said}`);
  t.equal((await night(4, byTarget)).alarms, 0, 'by target and check too');
  t.equal((await night(20, again)).alarms, 1, 'after its last day');
});

t.test('the alarm of a finding that was accepted and got worse on the same night is raised', async (t) => {
  const folder = t.testdir({});
  const alarms = join(folder, 'alarms.jsonl');
  const out = join(folder, 'out');
  const empty = await serveRecording(recordingNamed('elasticsearch/7.17.9-empty'), { address: '127.0.0.1', port: 0 });
  const targets = `${engagement}\ntargets: [{ id: a, url: "http://127.0.0.1:${empty.port}" }]\n`;
  const first = await audited(await declared(t, targets, folder), out);
  await empty.close();
  const filled = await serveRecording(recordingNamed('elasticsearch/7.17.9-open'), {
    address: '127.0.0.1',
    port: empty.port,
  });
  t.teardown(filled.close);
  const until = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  // By id, which says the address too: nothing in the history is marked as accepted yet.
  const accepted = first.findings.map(
    ({ id }) => `  - { finding: "${id}", reason: 'a lab, until it moves', approvedBy: Ines Brandt, until: ${until} }\n`,
  );
  const yaml = `${targets}accepted:\n${accepted.join('')}`;
  const second = await audited(await declared(t, yaml, folder), out, { onCritical: `cat >> '${alarms}'` });
  t.ok(second.findings.some(({ lapsed }) => lapsed?.because === 'worse'));
  t.equal(jsonLines(alarms).length, 1);
});

t.test('what is accepted under the check that takes its place at the end raises no alarm either', async (t) => {
  const folder = t.testdir({});
  const out = join(folder, 'out');
  const alarms = join(folder, 'alarms.jsonl');
  const cluster = await recorded(t, 'elasticsearch/7.17.9-closed');
  const dashboard = await recorded(t, 'kibana/7.17.5-open');
  const targets = `${engagement}
targets:
  - { id: cluster, url: "${cluster}" }
  - { id: dashboard, url: "${dashboard}", fronts: cluster }
`;
  const first = await audited(await declared(t, targets, folder), out, { onCritical: `cat >> '${alarms}'` });
  const gateway = first.findings.filter(({ check }) => check === 'dashboard-gateway');
  t.strictSame([gateway.length, gateway[0]?.severity], [1, 'critical']);
  t.match(jsonLines(alarms), [{ check: 'dashboard-open' }], 'before it is known that the cluster is locked');
  rmSync(alarms);
  const until = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
  const said = `reason: 'a lab, until it moves', approvedBy: Ines Brandt, until: ${until}`;
  for (const entry of [
    `finding: "${gateway[0]?.fingerprint ?? ''}"`,
    `finding: "${gateway[0]?.id ?? ''}"`,
    'target: dashboard, check: dashboard-gateway',
  ]) {
    const declaration = await declared(t, `${targets}accepted: [{ ${entry}, ${said} }]\n`, folder);
    const night = await audited(declaration, out, { onCritical: `cat >> '${alarms}'` });
    t.ok(night.findings.find(({ check }) => check === 'dashboard-gateway')?.accepted, entry);
    t.notOk(existsSync(alarms), entry);
  }
});
