import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { readTargets } from '../../src/engagement/index.js';
import type { AuditResult } from '../../src/run/index.js';
import { audit } from '../../src/run/index.js';
import { comparable, firstDifference, fleetTargets, killedAfter, startFleet } from './fleet/index.js';

// Processes are started and waited for; a busy machine takes its time.

t.test('a killed run, resumed, ends with the record of an undisturbed one', { timeout: 120_000 }, async (t) => {
  const folder = t.testdir({});
  const fleet = await startFleet();
  t.teardown(fleet.close);
  const file = fleetTargets(folder, fleet.port, 200);

  async function audited(out: string, resume: boolean): Promise<AuditResult> {
    const read = await readTargets(file);
    if (!read.ok) throw new Error('the targets file of the test is wrong');
    return audit(read.declaration, {
      out: join(folder, out),
      failOn: 'high',
      formats: [],
      resume,
      signal: new AbortController().signal,
    });
  }

  const whole = await audited('whole', false);
  t.match(whole.head.summary, { endpoints: 200, states: { open: 20, guarded: 60, undetermined: 120 } });

  let runFolder: string | null = null;
  const kills = [20, 90];
  for (const done of kills) {
    const killed = await killedAfter(file, join(folder, 'killed'), done, runFolder !== null);
    t.equal(killed.exitCode, null, 'it was killed while it asked');
    runFolder ??= killed.folder;
  }
  const resumed = await audited('killed', true);
  t.equal(resumed.exitCode, whole.exitCode);
  t.equal(resumed.folder, runFolder, 'it went on in the same folder');
  for (const name of ['endpoints.jsonl', 'findings.jsonl'] as const) {
    t.equal(firstDifference(comparable(resumed.folder, name), comparable(whole.folder, name)), null, name);
  }
  t.equal(readdirSync(join(resumed.folder, 'journal')).length, kills.length + 1, 'one segment per writer');
  execFileSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: resumed.folder });
  const numbers = readFileSync(join(resumed.folder, 'ledger.jsonl'), 'utf8').match(/"request":\d+/g) ?? [];
  t.equal(new Set(numbers).size, numbers.length, 'no number is given twice in the ledger');
  await t.rejects(audited('killed', true), { name: 'UserMistake', message: /no unfinished run/ });
});
