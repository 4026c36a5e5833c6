import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { appendWhole, hashFile, makeFolder, readLines, writeAtomically } from '../../src/store/files.js';
import { jsonLines } from './support.js';
import { joinLedger, openLedger, readLedger } from '../../src/store/ledger.js';
import { loader, moduleFile } from '../support/module-file.js';
import { fleetTargets, startFleet } from './fleet/index.js';

const nothing = { requests: 0, connections: 0, bytes: 0, length: 0 };

// Processes are started and waited for; a busy machine takes its time.

t.test('a file appears complete under its name, or not at all', { timeout: 120_000 }, async (t) => {
  const folder = t.testdir({});
  const path = join(folder, 'a');
  const long = 'ä'.repeat(300_000);
  const sum = await writeAtomically(path, async (out) => {
    await out.write('x\u2028\n');
    t.notOk(existsSync(path));
    await out.write(long);
    await out.write('');
    await out.write('end');
  });
  t.equal(readFileSync(path, 'utf8'), `x\u2028\n${long}end`);
  t.equal(sum, await hashFile(path));
  t.equal(statSync(path).mode & 0o777, 0o600);
  const broken = writeAtomically(path, async (out) => {
    await out.write('half');
    throw new Error('no');
  });
  await t.rejects(broken, { message: 'no' });
  t.equal(await hashFile(path), sum, 'the old one stays');
  t.notOk(existsSync(`${path}.unfinished`));
});

t.test('lines are read in pieces; a torn last line is left out', { timeout: 120_000 }, async (t) => {
  const folder = t.testdir({});
  const path = join(folder, 'a');
  const lines = Array.from({ length: 5000 }, (_, i) => `${i} ${'é'.repeat(i % 200)}`);
  lines[2500] = 'x'.repeat(700_000);
  writeFileSync(path, `${lines.join('\n')}\ntorn`);
  const read: string[] = [];
  let end = 0;
  for await (const piece of readLines(path)) {
    read.push(...piece.lines);
    ({ end } = piece);
  }
  t.strictSame(read, lines);
  t.equal(end, statSync(path).size - 'torn'.length);
  const some: string[] = [];
  for await (const piece of readLines(path, 10)) some.push(...piece.lines);
  t.strictSame(some, ['0 ', '1 é'], 'only so far');
});

t.test('a line that does not fit on the disk leaves no torn half', { skip: !existsSync('/dev/full') }, (t) => {
  const full = openSync('/dev/full', 'a');
  t.throws(() => appendWhole(full, 0, Buffer.from('line\n')), { code: 'ENOSPC' });
  closeSync(full);

  const folder = t.testdir({ ledger: '' });
  const ledger = openLedger('/dev/full', nothing);
  let told = '';
  ledger.onFailure((error) => (told = String(error)));
  ledger.write({ kind: 'lookup', at: '', ms: 0, host: 'x', addresses: [], failure: null });
  t.throws(() => ledger.flush(), { code: 'ENOSPC' });
  t.match(told, /ENOSPC/);
  ledger.close();
  t.ok(folder);
  t.end();
});

t.test('a ledger continues after its last complete line', { timeout: 120_000 }, async (t) => {
  const folder = t.testdir({});
  const path = join(folder, 'ledger.jsonl');
  const request = (number: number) =>
    JSON.stringify({ kind: 'request', request: number, connection: number, bytes: 10 });
  writeFileSync(
    path,
    `${request(1)}\n${JSON.stringify({ kind: 'connection', connection: 7 })}\n${request(2)}\n{"kind":"req`,
  );
  const totals = await readLedger(path);
  t.match(totals, { last: { request: 2, connection: 7 }, requests: 2, connections: 1, bytes: 20, damaged: 0 });
  const ledger = openLedger(path, totals);
  ledger.write({ kind: 'lookup', at: 'x', ms: 0, host: 'x', addresses: [], failure: null });
  ledger.close();
  t.strictSame(
    readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line)).length,
    4,
  );
  t.strictSame(ledger.totals(), { requests: 2, connections: 1, bytes: 20 });
  t.match(await readLedger(join(folder, 'none')), { ...nothing, last: { request: 0, connection: 0 } });
});

t.test('several writers of one ledger: complete lines, in the order of their writes, and one sum', async (t) => {
  const path = join(t.testdir({}), 'ledger.jsonl');
  const ledger = openLedger(path, await readLedger(path));
  const other = joinLedger(ledger.share);
  const line = { kind: 'connection', at: '', ms: 0, host: 'x', address: '127.0.0.1', port: 1, failure: null } as const;
  for (const connection of [1, 2, 3, 4]) {
    const writer = connection % 2 === 0 ? other : ledger;
    writer.write({ ...line, connection, localAddress: null, localPort: null });
    writer.flush();
  }
  ledger.close();
  t.strictSame(ledger.totals(), { requests: 0, connections: 4, bytes: 0 });
  t.match(await readLedger(path), { ...ledger.totals(), last: { connection: 4 }, length: statSync(path).size });
  t.same(
    jsonLines(path),
    [1, 2, 3, 4].map((connection) => ({ ...line, connection, localAddress: null, localPort: null })),
  );
});

t.test('a folder is made with its parents, or reported as an error', { timeout: 120_000 }, async (t) => {
  const folder = t.testdir({ file: '' });
  await makeFolder(join(folder, 'a', 'b'));
  await makeFolder(join(folder, 'a', 'b'));
  t.equal(statSync(join(folder, 'a')).mode & 0o777, 0o700);
  await t.rejects(makeFolder(join(folder, 'file')), { code: 'EEXIST' });
  await t.rejects(makeFolder(join(folder, 'file', 'x')), { code: 'ENOTDIR' });
  if (existsSync('/proc')) await t.rejects(makeFolder('/proc/x/y'), { code: 'ENOENT' });
});

/** Files may grow to so many blocks of 512 bytes: what a full disk is, for one process. */
function limitedAudit(folder: string, blocks: number): { readonly code: number | null; readonly said: string } {
  const run = moduleFile('test/run/fleet/run');
  // What tap preloads listens for SIGXFSZ and dies from it; node itself ignores it.
  const script = `unset NODE_OPTIONS; ulimit -f ${blocks}; exec '${process.execPath}' ${loader.join(' ')} '${run}' '${join(folder, 'targets.yaml')}' '${join(folder, 'out')}' tell`;
  const child = spawnSync('sh', ['-c', script], { encoding: 'utf8', timeout: 60_000 });
  return { code: child.status, said: `${child.stdout}${child.stderr}` };
}

t.test('a disk that fills up during a run', { skip: process.platform !== 'linux', timeout: 120_000 }, (t) => {
  // Not in the tree: tsx keeps its cache where it finds room.
  const folder = mkdtempSync(join(tmpdir(), 'leftopen-full-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const addresses = Array.from({ length: 250 }, (_, i) => `127.6.0.${i + 1}`);
  writeFileSync(
    join(folder, 'targets.yaml'),
    `targets: [{ id: a, hosts: ${JSON.stringify(addresses)}, ports: [1] }]\n`,
  );
  const { said } = limitedAudit(folder, 24);
  t.match(said, /exit 3/, 'incomplete');
  t.match(said, /could not be written on: the file would become larger/);
  const [run = ''] = execFileSync('ls', [join(folder, 'out', 'loopback')], { encoding: 'utf8' })
    .trim()
    .split('\n');
  const ledger = readFileSync(join(folder, 'out', 'loopback', run, 'ledger.jsonl'), 'utf8');
  t.ok(ledger.endsWith('\n'), 'no torn line');
  t.ok(ledger.split('\n').length < 251, 'nothing went out that is not in the ledger');

  const none = limitedAudit(folder, 0);
  t.match(none.said, /UserMistake: .*the file would become larger.*Nothing was sent/s);
  t.end();
});

t.test(
  'what was found before the disk was full is reported',
  { skip: process.platform !== 'linux', timeout: 120_000 },
  async (t) => {
    const fleet = await startFleet();
    t.teardown(fleet.close);
    const folder = mkdtempSync(join(tmpdir(), 'leftopen-full-'));
    t.teardown(() => rmSync(folder, { recursive: true, force: true }));
    const text = readFileSync(fleetTargets(folder, fleet.port, 60), 'utf8');
    const few = 'engagement: { id: E, vantage: { name: here, exposure: internal }, limits: { concurrency: 2 } }\n';
    writeFileSync(join(folder, 'targets.yaml'), few + text);
    // The ledger is refused before every endpoint is asked; then only the report is.
    for (const blocks of [60, 160]) {
      const { said } = limitedAudit(folder, blocks);
      t.match(said, /exit 1: /, said);
      const [, endpoints = 0, open = 0, high = 0, findings = 0] =
        /(\d+) endpoints, (\d+) open, (\d+) high, (\d+) findings/.exec(said)?.map(Number) ?? [];
      t.ok(endpoints > 0 && open > 0, said);
      t.equal(high, open, 'each open endpoint is a finding');
      t.ok(findings >= high);
      t.match(said, /the report could not be written: the file would become larger/);
    }
  },
);
