// The program killed right after each of its changes on the disk, and in the middle of each: the resumed run has the record of an
// undisturbed one, and nothing of the killed one is left behind.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pLimit from 'p-limit';
import t, { type Test } from 'tap';
import { z } from 'zod';
import { main } from '../cli/program.js';
import { randomOf, seedOf } from '../damage/random.js';
import { sample, seed } from '../support/sample.js';
import { comparable, firstDifference, isFinished, runFolders } from './fleet/index.js';
import { deadPort, engagement, recorded, serve, wall } from './support.js';

const preload = resolve('test/support/kill-at-change.js');

/** When the program is killed: after its change of this number, or in the middle of it. */
interface Kill {
  readonly at: number;
  readonly torn: boolean;
}

interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly said: string;
}

/** Audits the targets file into `out`, to its end or until it is killed. */
async function leftopen(out: string, args: readonly string[], kill: Kill | null, changesInto = ''): Promise<Ended> {
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    NO_COLOR: '1',
    CHANGES_INTO: changesInto,
    KILL_AT: String(kill?.at ?? 0),
    KILL_TORN: kill?.torn === true ? '1' : '',
  };
  const file = join(out, '..', 'targets.yaml');
  const child = spawn(
    process.execPath,
    ['--import', preload, main, 'audit', file, '--out', out, '--format', 'json', '--quiet', ...args],
    { env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  child.stdout.on('data', (part: Buffer) => (said += part.toString()));
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  await once(child, 'close');
  return { code: child.exitCode, signal: child.signalCode, said };
}

async function targets(t: Test): Promise<string> {
  const { port } = await serve(t, wall);
  return `${engagement.trimEnd()}
  limits: { concurrency: 2 }
targets:
  - { id: open, url: "${await recorded(t, 'elasticsearch/7.17.9-open')}" }
  - { id: wall, hosts: 127.22.1.1, ports: [${port}] }
  - { id: dead, hosts: [127.22.2.1], ports: [${await deadPort(t)}] }
`;
}

/** What is next to the run folders, and in this one but for segments of the journal. */
function filesIn(run: string): readonly string[] {
  const beside = readdirSync(join(run, '..')).filter((name) => !/^\d{4}-/.test(name));
  const inside = readdirSync(run, { recursive: true, encoding: 'utf8' }).filter((name) => !/journal\/\d/.test(name));
  // A lock of which half was written may be in the making: it stays.
  return [...beside.filter((name) => !/\.lock\.\d/.test(name)), ...inside].sort();
}

t.test('whenever it is killed', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'leftopen-kills-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'targets.yaml'), await targets(t));
  const whole = join(folder, 'whole');
  const undisturbed = await leftopen(whole, [], null, join(folder, 'changes'));
  t.equal(undisturbed.code, 1, undisturbed.said);
  const [wholeRun = ''] = runFolders(whole, 'ACME-1');
  const changes = z
    .array(z.object({ what: z.string(), torn: z.boolean() }))
    .parse(JSON.parse(readFileSync(join(folder, 'changes'), 'utf8')));
  const kills = changes.flatMap(({ what, torn }, index) => {
    const at = index + 1;
    return [{ at, what, torn: false }, ...(torn ? [{ at, what, torn: true }] : [])];
  });
  t.ok(changes.length > 50 && kills.length > changes.length + 20, `${changes.length} changes, ${kills.length} kills`);

  t.comment(`SEED=${seed}, of ${kills.length} kills`);
  const two = pLimit(2);
  await Promise.all(
    sample(kills, 5).map((kill) =>
      two(async () => {
        const what = `killed ${kill.torn ? 'in the middle of' : 'after'} change ${kill.at}, ${kill.what}`;
        const out = join(folder, `out-${kill.at}-${String(kill.torn)}`);
        const killed = await leftopen(out, [], kill);
        // A run may have a few changes less than another: lines of the ledger are written together.
        if (killed.signal === null) t.equal(killed.code, undisturbed.code, `${what}: it had ended before`);
        else t.equal(killed.signal, 'SIGKILL', what);

        // One in three is killed a second time, at a change drawn from the seed, and resumed again.
        const { below } = randomOf(seedOf(seed, what));
        if (below(3) === 0) await leftopen(out, ['--resume'], { at: 1 + below(changes.length), torn: below(2) === 0 });
        const complete = runFolders(out, 'ACME-1').some(isFinished);
        const sent = runFolders(out, 'ACME-1').some(hasAsked);
        const resumed = await leftopen(out, ['--resume'], null);
        if (complete) t.match(resumed, { code: 2, said: /no unfinished run/ }, `${what}: its record was complete`);
        else if (sent) t.equal(resumed.code, undisturbed.code, `${what}: ${resumed.said}`);
        // It was killed before it had a plan that could be resumed.
        if (resumed.code === 2 && !sent) t.equal((await leftopen(out, [], null)).code, undisturbed.code, what);

        const run = runFolders(out, 'ACME-1').at(-1) ?? '';
        for (const name of ['endpoints.jsonl', 'findings.jsonl'] as const)
          t.equal(firstDifference(comparable(run, name), comparable(wholeRun, name)), null, `${what}: ${name}`);
        execFileSync('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: run });
        if (!complete) t.same(filesIn(run), filesIn(wholeRun), `${what}: nothing is left behind`);
        rmSync(out, { recursive: true });
      }),
    ),
  );
});

function hasAsked(run: string): boolean {
  const ledger = join(run, 'ledger.jsonl');
  return existsSync(ledger) && readFileSync(ledger, 'utf8').includes('"kind":"request"');
}
