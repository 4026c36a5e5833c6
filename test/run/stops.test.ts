// A run that stops at any of its writes: findings so far are shown, and the resumed run has the record of an undisturbed one.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { Declaration } from '../../src/engagement/index.js';
import { UserMistake } from '../../src/store/mistake.js';
import { failingDisk } from '../support/failing-disk.js';
import { sample, seed } from '../support/sample.js';
import { comparable, firstDifference } from './fleet/index.js';
import { audited, deadPort, declared, engagement, recorded, serve, wall, type Audited } from './support.js';

async function estate(t: Test, folder: string): Promise<{ readonly declaration: Declaration; asked: () => number }> {
  const open = await recorded(t, 'elasticsearch/7.17.9-open');
  let requests = 0;
  const { port } = await serve(t, (request, response) => {
    requests += 1;
    wall(request, response);
  });
  const text = `${engagement.trimEnd()}
  limits: { concurrency: 2 }
targets:
  - { id: open, url: "${open}" }
  - { id: wall, hosts: [127.63.1.1, 127.63.1.2, 127.63.1.3], ports: [${port}] }
  - { id: dead, hosts: [127.63.2.1, 127.63.2.2], ports: [${await deadPort(t)}] }
`;
  return { declaration: await declared(t, text, folder), asked: () => requests };
}

/** The file that a killed process leaves behind: here its process lives on. */
function removeLock(out: string): void {
  const folder = join(out, 'ACME-1');
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (name.includes('.lock')) rmSync(join(folder, name));
}

function sameRecord(t: Test, one: Audited, other: Audited, what: string): void {
  for (const name of ['endpoints.jsonl', 'findings.jsonl'] as const) {
    const difference = firstDifference(comparable(one.result.folder, name), comparable(other.result.folder, name));
    t.equal(difference, null, `${what}: ${name}`);
  }
}

t.test('at whatever write the disk fails or the process ends', async (t) => {
  const folder = t.testdir({});
  const { declaration, asked } = await estate(t, folder);
  // The first one loads what is loaded late; the second one is counted.
  await audited(declaration, join(folder, 'first'));
  const counting = failingDisk();
  const whole = await audited(declaration, join(folder, 'whole')).finally(() => counting.restore());
  t.match(whole.result.head.run, { finished: true, gaps: [] });
  t.ok(counting.changes > 30, `${counting.changes} changes on the disk`);

  t.comment(`SEED=${seed}, of ${counting.changes} changes`);
  for (const most of sample([...Array(counting.changes).keys()], 8)) {
    const what = `after ${most} changes`;
    const out = join(folder, `out-${most}`);
    const before = asked();
    const disk = failingDisk(most);
    const stopped = await audited(declaration, out)
      .catch((error: unknown) => {
        if (error instanceof UserMistake) return error;
        throw error;
      })
      .finally(() => disk.restore());
    // If only the clean-up failed, or nothing did, the run is complete, whatever was reported at the end.
    const written = infoIn(out);
    if (
      !(stopped instanceof UserMistake) &&
      written !== null &&
      /"finished": true/.test(readFileSync(written, 'utf8'))
    ) {
      sameRecord(t, stopped, whole, `${what}: finished`);
      continue;
    }
    if (stopped instanceof UserMistake) {
      t.equal(asked(), before, `${what}: exit code 2, and nothing was sent`);
    } else {
      const { head, exitCode } = stopped.result;
      const told = stopped.events.flatMap((event) => (event.kind === 'finding' ? [event.finding.fingerprint] : []));
      const found = new Set(stopped.findings.map(({ fingerprint }) => fingerprint));
      t.ok(
        told.every((fingerprint) => found.has(fingerprint)),
        `${what}: every finding that was reported is in the result`,
      );
      t.equal(exitCode, head.summary.states.open > 0 ? 1 : 3, `${what}: findings decide the exit code`);
      t.equal(head.run.finished, false, `${what}: not finished`);
    }
    const info = infoIn(out);
    if (info !== null) t.match(readFileSync(info, 'utf8'), /"finished": false/, `${what}: nor on the disk`);

    removeLock(out);
    const resumed = await audited(declaration, out, { resume: info !== null });
    t.match(resumed.result.head.run, { finished: true, gaps: [] }, `${what}: the resumed run is complete`);
    sameRecord(t, resumed, whole, what);
    rmSync(out, { recursive: true });
  }
});

/** The newest run.json, or null where a run ended before it had one. */
function infoIn(out: string): string | null {
  const folder = join(out, 'ACME-1');
  const runs = existsSync(folder) ? readdirSync(folder).filter((name) => /^\d{4}-/.test(name)) : [];
  const files = runs.map((name) => join(folder, name, 'run.json')).filter((file) => existsSync(file));
  return files.at(-1) ?? null;
}

for (const what of ['the journal', 'the ledger', 'the run folder'] as const) {
  t.test(`${what} is deleted while the run goes on`, async (t) => {
    const folder = t.testdir({});
    const { declaration } = await estate(t, folder);
    let runFolder = '';
    let deleted = false;
    const run = await audited(declaration, join(folder, 'out'), {
      onEvent(event) {
        if (event.kind === 'started') ({ runFolder } = event);
        if (event.kind !== 'endpoint' || deleted) return;
        deleted = true;
        const part = { 'the journal': 'journal', 'the ledger': 'ledger.jsonl', 'the run folder': '.' }[what];
        rmSync(join(runFolder, part), { recursive: true });
      },
    });
    t.ok(deleted);
    t.equal(run.result.exitCode, 1, 'the open cluster is still found');
    t.match(run.result.head.summary, { endpoints: 6, states: { open: 1, guarded: 3 } }, 'no endpoint is missing');
    t.ok(run.findings.some(({ check }) => check === 'cluster-open'));
    t.equal(run.result.head.run.finished, false);
    t.match(run.result.head.run.gaps.join('\n'), /was deleted while the run went on/);
    t.match(run.notices, what === 'the run folder' ? /report could not be written/ : /^/);
    t.equal(existsSync(join(runFolder, 'run.json')), what !== 'the run folder', 'a deleted folder is not made again');
    t.ok(run.result.head.run.requests > 0);
  });
}
