import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import t from 'tap';
import { z } from 'zod';
import type { Recording } from '../../src/demo/replay.js';
import { recordingNamed, serveRecording } from '../replay.js';
import { writtenNamed } from '../support/written.js';
import { commandLine, leftopen, listening, main, shell, type Ended } from './program.js';

/** The fields of a finding on standard output that are compared. */
const lineSchema = z.object({
  check: z.string(),
  fingerprint: z.string(),
  replaces: z.array(z.string()),
  preview: z.literal(true).optional(),
});

t.test('init writes a starter file and never overwrites one', async (t) => {
  const folder = t.testdir();
  const first = await commandLine(['init'], folder);
  t.equal(first.code, 0);
  const written = readFileSync(join(folder, 'targets.yaml'), 'utf8');
  t.match(written, /^# yaml-language-server: \$schema=\.\/targets\.schema\.json$/m, 'no path of this machine');
  t.match(first.stderr, 'leftopen schema targets > targets.schema.json');
  writeFileSync(join(folder, 'targets.yaml'), 'mine\n');
  const second = await commandLine(['init'], folder);
  t.equal(second.code, 2);
  t.match(second.stderr, /targets\.yaml is there already and was left as it is/);
  t.equal(readFileSync(join(folder, 'targets.yaml'), 'utf8'), 'mine\n');
});

t.test('schemas, checks and their pages are printed', async (t) => {
  const folder = t.testdir();
  const schema = await commandLine(['schema', 'targets'], folder);
  t.equal(schema.code, 0);
  t.match(JSON.parse(schema.stdout), { type: 'object' });
  const none = await commandLine(['schema', 'nothing'], folder);
  t.equal(none.code, 2);
  t.match(none.stderr, /there is no schema "nothing"; write one of .*findings/);
  const checks = await commandLine(['checks'], folder);
  t.match(checks.stdout, /^cluster-open {2}/m);
  t.match(checks.stdout, /^dashboard-gateway {2}/m);
  t.ok(checks.stdout.split('\n').every((line) => line.length <= 80));
  const page = await commandLine(['explain', 'dashboard-gateway'], folder);
  t.match(page.stdout, /What it means[^]*How to fix[^]*How it is tested/);
  t.notMatch(page.stdout, 'GET /', 'questions only where they are asked for');
  t.match((await commandLine(['explain', 'dashboard-gateway', '--sent'], folder)).stdout, /`GET\s+\/api\/status`/);
  const unknown = await commandLine(['explain', 'cluster-opne'], folder);
  t.equal(unknown.code, 2);
  t.match(unknown.stderr, 'did you mean `cluster-open`?');
});

t.test('a mistyped name gets the existing one as a suggestion', async (t) => {
  const folder = t.testdir();
  for (const [args, meant] of [
    [['audti'], /did you mean audit\?/],
    [['explain', 'gateway'], /did you mean `cluster-gateway` or `dashboard-gateway`\?/],
    [['explain', 'gatewy'], /did you mean `cluster-gateway` or `dashboard-gateway`\?/],
    [['explain', 'dashbord'], /did you mean `dashboard-/],
    [['audit', 'http://127.0.0.1:1', '--check', 'cluster-opn'], /did you mean `cluster-open`\?/],
    [['audit', 'http://127.0.0.1:1', '--format', 'htm'], /did you mean `html`\?/],
    [['audit', 'http://127.0.0.1:1', '--fali-on', 'high'], /did you mean --fail-on/],
    [['schema', 'target'], /did you mean `targets`\?/],
    [['completion', 'tcsh'], /bash, zsh, fish/],
  ] as const) {
    const { code, stderr } = await commandLine([...args], folder);
    t.equal(code, 2, args.join(' '));
    t.match(stderr, meant, args.join(' '));
  }
});

t.test('the knowledge command prints its dates and counts', async (t) => {
  const folder = t.testdir();
  const told = await commandLine(['knowledge'], folder);
  t.equal(told.code, 0);
  t.match(told.stdout, /^Knowledge \S+, as leftopen ships it$/m);
  t.match(told.stdout, /^releases +\d{4}-\d\d-\d\d {2}\d+ lines: elasticsearch \d+/m);
  t.match(told.stdout, /^vulnerabilities +\d{4}-\d\d-\d\d {2}\d+ records: elasticsearch \d+/m);
  const json = await commandLine(['knowledge', '--json'], folder);
  t.match(JSON.parse(json.stdout), {
    sha256: /^[0-9a-f]{64}$/,
    parts: { releases: { lines: { total: Number } }, vulnerabilities: { list: { total: Number }, exploited: Number } },
  });
  t.match(JSON.parse((await commandLine(['schema', 'knowledge'], folder)).stdout), { type: 'object' });
});

t.test('a plain list of hosts, from a file and from standard input', async (t) => {
  const folder = t.testdir({ 'hosts.txt': '127.31.0.1-2\n' });
  const wanted = ['127.31.0.1:443', '127.31.0.2:443', '127.31.0.1:5601', '127.31.0.2:5601'];
  const program = `${process.execPath} ${main} plan --endpoints`;
  for (const line of [
    `${program} -l hosts.txt`,
    `${program} -l - < hosts.txt`,
    `cat hosts.txt | ${program} --list -`,
  ]) {
    const { code, stdout } = await shell(line, folder);
    t.equal(code, 0, line);
    t.same(
      stdout
        .trimEnd()
        .split('\n')
        .slice(0, 4)
        .map((listed) => listed.split(' ')[0]),
      wanted,
      line,
    );
  }
});

t.test('plan sends nothing, and a lock binds an audit to it', async (t) => {
  const { url, arrived } = await listening(t);
  const file = `targets:\n  - id: one\n    url: ${url}\n`;
  const folder = t.testdir({ 'targets.yaml': file });
  const plan = await commandLine(['plan', 'targets.yaml', '--lock', 'plan.lock'], folder);
  t.equal(plan.code, 0);
  t.match(plan.stdout, url);
  t.match(plan.stdout, /User-Agent/);
  t.match(plan.stdout, /_cat\/indices/);
  const listed = await commandLine(['plan', 'targets.yaml', '--endpoints'], folder);
  t.equal(listed.code, 0);
  t.equal(listed.stdout.trim().split('\n').length, 1);
  t.match(listed.stdout, url);
  const lines = await commandLine(['plan', 'targets.yaml', '--endpoints', '--json'], folder);
  t.match(JSON.parse(lines.stdout), { transport: false, refused: null });
  const json = await commandLine(['plan', 'targets.yaml', '--json'], folder);
  t.match(JSON.parse(json.stdout), { endpoints: { total: 1 } });
  t.strictSame(arrived, []);
  writeFileSync(join(folder, 'targets.yaml'), `${file}  - id: two\n    url: http://127.0.0.2:9200\n`);
  const refused = await commandLine(['audit', 'targets.yaml', '--plan', 'plan.lock'], folder);
  t.equal(refused.code, 2);
  t.match(refused.stderr, /targets/);
  t.strictSame(arrived, []);
  writeFileSync(join(folder, 'targets.yaml'), file);
  const allowed = await commandLine(['audit', 'targets.yaml', '--plan', 'plan.lock', '-q'], folder);
  t.not(allowed.code, 2);
  t.ok(arrived.length > 0);
  t.ok(arrived.every((line) => /^(GET|HEAD) /.test(line)));
});

t.test('results go to stdout, everything else to stderr', async (t) => {
  const { url } = await listening(t);
  const folder = t.testdir();
  const quiet = await leftopen(['audit', url, '-q'], folder);
  t.equal(quiet.stderr, '');
  t.match(quiet.stdout, /1 endpoint: 1 /);
  const owners = await leftopen(['report', '--by-owner'], folder);
  t.match(owners, { code: 0, stdout: '', stderr: /No owner is declared/ });
  const json = await leftopen(['audit', url, '--json', '--out', 'other'], folder);
  for (const line of json.stdout.split('\n').filter((line) => line !== '')) t.type(JSON.parse(line), 'object');
});

t.test('JSON lines: previews during the run, then the record, and what replaces a preview says so', async (t) => {
  const folder = t.testdir();
  const at = async (recording: Recording, address: string) => {
    const server = await serveRecording(recording, { address, port: 0 });
    t.teardown(server.close);
    return `http://${server.address}:${server.port}/`;
  };
  const wall = await at(writtenNamed('kibana/7.17.9-open-before-closed').recording, '127.0.0.7');
  const core = await at(recordingNamed('elasticsearch/7.17.9-closed'), '127.0.0.8');
  const targets = `targets:\n  - { id: wall, url: '${wall}', fronts: core }\n  - { id: core, url: '${core}' }\n`;
  writeFileSync(join(folder, 'targets.yaml'), targets);
  const { stdout } = await leftopen(['audit', 'targets.yaml', '--json', '-q'], folder);
  const lines = stdout.split('\n').filter((line) => line !== '');
  const told = lines.map((line) => lineSchema.parse(JSON.parse(line)));
  const final = told.findIndex(({ preview }) => preview !== true);
  t.ok(
    told.every(({ preview }, i) => (preview === true) === i < final),
    'previews first',
  );
  const [run = ''] = readdirSync(join(folder, 'reports', 'loopback'));
  const record = readFileSync(join(folder, 'reports', 'loopback', run, 'findings.jsonl'), 'utf8');
  t.equal(`${lines.slice(final).join('\n')}\n`, record, 'then exactly the record');
  const open = told.find(({ check }) => check === 'dashboard-open');
  const gateway = told.find(({ check }) => check === 'dashboard-gateway');
  t.equal(open?.preview, true);
  t.same(gateway, { check: 'dashboard-gateway', fingerprint: gateway?.fingerprint, replaces: [open?.fingerprint] });
});

for (const more of [[], ['--json']])
  t.test(`closing the pipe does not stop a run ${more.join(' ')}`, async (t) => {
    const { url } = await listening(t);
    const folder = t.testdir();
    const child = spawn(process.execPath, [main, 'audit', url, ...more], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (part: Buffer) => (stderr += part.toString()));
    const ended: readonly unknown[] = await once(child, 'close');
    t.not(ended[0], 2);
    t.notMatch(stderr, /EPIPE|bug/);
    const [engagement = ''] = readdirSync(join(folder, 'reports'));
    const [run = ''] = readdirSync(join(folder, 'reports', engagement));
    t.match(JSON.parse(readFileSync(join(folder, 'reports', engagement, run, 'run.json'), 'utf8')), { finished: true });
  });

t.test('a reports folder that cannot be written is reported before anything is sent', async (t) => {
  const { url, arrived } = await listening(t);
  const folder = t.testdir({ occupied: 'a file' });
  const ended = await commandLine(['audit', url, '--out', 'occupied'], folder);
  t.equal(ended.code, 2);
  t.match(ended.stderr, /occupied/);
  t.strictSame(arrived, []);
});

t.test('the demo audits its estate and says where the report is', async (t) => {
  const folder = t.testdir();
  mkdirSync(join(folder, 'reports'));
  const ended = await leftopen(['demo'], folder);
  t.equal(ended.code, 0, ended.stderr);
  const report = /^Report: (.*report\.html)$/m.exec(ended.stdout)?.[1] ?? '';
  t.match(readFileSync(resolve(folder, report), 'utf8'), /<html/);
  const [, shown = ''] = /^```\n(# {4}SEVERITY[^]*?)^Report: /m.exec(readFileSync('README.md', 'utf8')) ?? [];
  const parts = shown.split('…\n');
  t.equal(parts.length, 2);
  for (const part of parts) t.ok(ended.stdout.includes(part), `README shows what is printed: ${part}`);
  t.ok(ended.stdout.split('\n').every((line) => line.startsWith('Report: ') || line.length <= 80));
  t.strictSame(readdirSync(join(folder, 'reports')), ['demo']);
});

t.test('a result that cannot be written is reported as lost', { skip: !existsSync('/dev/full') }, async (t) => {
  const folder = t.testdir({ 'targets.yaml': 'targets: [{ id: a, hosts: 127.0.0.1, ports: 9200 }]\n' });
  for (const command of ['plan targets.yaml', 'plan targets.yaml --json', 'checks', 'schema targets', '--help']) {
    const { code, stderr } = await shell(`'${process.execPath}' '${main}' ${command} > /dev/full`, folder);
    t.equal(code, 3, command);
    t.equal(stderr, 'leftopen: standard output could not be written: ENOSPC\n', command);
  }
});

t.test('a file that cannot be read is named, and is not our bug', async (t) => {
  const folder = t.testdir({ reports: { loopback: { '2026-11-30T00-00-00Z': { 'run.json': {} } } } });
  const ended = await commandLine(['verify', '--run', 'reports/loopback/2026-11-30T00-00-00Z'], folder);
  t.match(ended, { code: 2, stderr: /^leftopen: .*run\.json cannot be read: the path is a folder\n$/ });
});

t.test('a reader may close the pipe early', async (t) => {
  const folder = t.testdir();
  for (const command of ['--help', 'audit --help', 'schema targets', 'explain cluster-open']) {
    // The reader is gone before the first byte is written.
    const { stdout, stderr } = await shell(
      `{ sleep 0.2; '${process.execPath}' '${main}' ${command}; echo $? >&2; } | true`,
      folder,
    );
    t.strictSame({ stdout, stderr }, { stdout: '', stderr: '0\n' }, command);
  }
});

t.test('running out of file descriptors is named', async (t) => {
  const folder = t.testdir({ 'targets.yaml': 'targets: [{ id: a, hosts: 127.0.0.1, ports: 9200 }]\n' });
  let named = 0;
  // Versions of Node need more or fewer to start, and to load the command.
  for (let most = 30; most >= 20; most -= 1) {
    const { code, stderr } = await shell(
      `ulimit -n ${most}; NODE_OPTIONS= '${process.execPath}' '${main}' plan targets.yaml`,
      folder,
    );
    if (code === 0) continue;
    // Below that, Node itself does not start.
    if (!stderr.startsWith('leftopen: ')) break;
    t.equal(code, 3, `${most}`);
    t.match(stderr, /^leftopen: a file could not be opened: this machine gives too few file descriptors/, `${most}`);
    named += 1;
  }
  t.ok(named > 0);
});

t.test('plan and audit name what the scope excludes and nothing declares', async (t) => {
  const folder = t.testdir({
    'targets.yaml': [
      'engagement:',
      '  id: ACME-1',
      '  scope: { exclude: [127.99.7.9] }',
      'targets: [{ id: one, hosts: 127.99.7.1, ports: 9 }]',
      '',
    ].join('\n'),
  });
  for (const command of [['plan'], ['plan', '--json'], ['audit', '--no-notify']]) {
    const { stderr } = await commandLine([...command, 'targets.yaml'], folder);
    t.match(stderr, /targets\.yaml:3: `127\.99\.7\.9`/, command.join(' '));
  }
});

t.test('the command lines of pages have commands and options that exist', async (t) => {
  const folder = t.testdir();
  const options = new Map<string, Promise<Ended>>();
  const helpOf = (command: string): Promise<Ended> => {
    const help = options.get(command) ?? commandLine([command, '--help'], folder);
    options.set(command, help);
    return help;
  };
  const pages = readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file));
  let checked = 0;
  for (const page of ['README.md', 'CONTRIBUTING.md', ...pages]) {
    const text = readFileSync(page, 'utf8');
    // What a shell would run of a code span, and of a line of a code block.
    for (const [, command = '', rest = ''] of text.matchAll(/(?:`|^)leftopen ([a-z]+)\b([^`\n|;#]*)(?=`| {2,}#|$)/gm)) {
      const { code, stdout } = await helpOf(command);
      // A sentence may begin a line with the name.
      if (code !== 0 && !/ -/.test(rest)) continue;
      for (const [, option = ''] of rest.matchAll(/(?<= )(--?[a-z][a-z-]*)/g)) {
        t.match(stdout, new RegExp(`^ +(?:-\\w, )?${option}\\b|^ +${option}, `, 'm'), `${page}: ${command} ${option}`);
        checked += 1;
      }
    }
  }
  t.ok(checked > 40, `${checked} options`);
});
