import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { commandLine, leftopen } from '../cli/program.js';
import { declare } from '../../src/cli/declare.js';
import { Refusal } from '../../src/cli/exit.js';
import { openEstate, targetsOf, type Hostile } from './estate.js';
import { holdsNoSecret, isCalm, isPlain, textsOf } from './outputs.js';
import { sample } from '../support/sample.js';
import { anyRecording, answering, poison, secrets, texts } from './poison.js';

const patience = { connectTimeoutMs: 20_000, exchangeTimeoutMs: 20_000 };

/** A few servers that say all of it. */
const hostiles: readonly Hostile[] = ['elasticsearch/7.17.9-open', 'kibana/8.15.0-open'].flatMap((name) =>
  sample([...texts, ...secrets], 40).map(({ id, text }) => ({
    id: `${name.replaceAll('/', '-')}-${id}`,
    answer: answering(poison(anyRecording(name), { id, text }, { all: false, leaks: false })),
    ends: [],
  })),
);

t.test('the program shows what a target says as text, and no secret', async (t) => {
  const folder = t.testdir();
  const estate = await openEstate(hostiles);
  t.teardown(() => estate.close());
  writeFileSync(join(folder, 'targets.yaml'), targetsOf(estate, patience));
  const shown = new Map<string, string>();
  for (const args of [
    ['audit', 'targets.yaml'],
    ['audit', 'targets.yaml', '--json', '--out', 'json'],
    ['audit', 'targets.yaml', '--quiet', '--out', 'quiet', '--on-critical', 'cat >> critical.jsonl'],
  ]) {
    const { code, stdout, stderr } = await leftopen(args, folder, process.env);
    t.equal(code, 1, args.join(' '));
    shown.set(`stdout of ${args.join(' ')}`, stdout);
    shown.set(`stderr of ${args.join(' ')}`, stderr);
  }
  const [run = ''] = readdirSync(join(folder, 'reports', 'hostile'));
  const again = await leftopen(['rejudge', join('reports', 'hostile', run)], folder, process.env);
  t.equal(again.code, 1);
  shown.set('stdout of rejudge', again.stdout);
  shown.set('stderr of rejudge', again.stderr);
  t.equal(shown.get('stderr of audit targets.yaml --quiet --out quiet --on-critical cat >> critical.jsonl'), '');
  for (const [name, text] of shown) {
    isCalm(t, text, name);
    t.notMatch(text, '\u001b', `${name} has no colour in a pipe`);
    t.notMatch(text, /bug of leftopen/);
  }
  const table = shown.get('stdout of audit targets.yaml') ?? '';
  t.ok(
    table.split('\n').every((line) => line.startsWith('Report: ') || line.length <= 80),
    'the table fits 80 columns',
  );
  const files = textsOf(folder);
  t.ok(files.has('critical.jsonl'), 'the command was called');
  for (const [name, text] of files) isPlain(t, text, name);
  holdsNoSecret(t, [...files, ...shown]);
});

t.test('a secret in a targets file or on the command line is not said back', async (t) => {
  const folder = t.testdir({
    'hosts.txt': 'admin:CANARY7list@127.0.0.1\nhttp://admin:CANARY7list@127.0.0.1:9200\n',
    'hosts.csv': 'host,port\nhttps://admin:CANARY7csv@127.0.0.1,9200\n',
    'shared.yaml': 'targets:\n  - id: b\n    url: https://admin:CANARY7/included@127.0.0.1\n',
  });
  const target = (line: string): string => `targets:\n  - id: a\n    ${line}\n`;
  const files = [
    target('url: https://admin:CANARY7url@127.0.0.1:9200'),
    target('url: "https://admin:CANARY7/with?every#thing@127.0.0.1:9200/"'),
    target('url: admin:CANARY7bare@127.0.0.1:9200'),
    target('url: https://CANARY7token@127.0.0.1:9200'),
    target('url: http://127.0.0.1:9200/?api_key=CANARY7query'),
    target('hosts: ["admin:CANARY7host@127.0.0.1"]'),
    target('hosts: ["https://admin:CANARY7hosturl@127.0.0.1:9200"]'),
    target('hosts: [{ name: "admin:CANARY7name@es.test", address: 127.0.0.1 }]'),
    target('hostsFrom: hosts.txt'),
    target('password: CANARY7key'),
    target('url: http://127.0.0.1:9200\n    password: CANARY7key'),
    target('url: https://admin:CANARY7broken@127.0.0.1:9200\n   hosts: ['),
    target('url: [https://admin:CANARY7flow@127.0.0.1:9200'),
    target('url: "https://admin:CANARY7quote@127.0.0.1:9200'),
    `engagement:\n  id: e\n  controls: ["https://admin:CANARY7control@127.0.0.1"]\n${target('url: http://127.0.0.1:9200')}`,
    `engagement:\n  id: e\n  scope: { include: ["https://admin:CANARY7scope@127.0.0.1"] }\n${target('url: http://127.0.0.1:9200')}`,
    `include: [shared.yaml]\n`,
    `include: [{ csv: hosts.csv, columns: { host: host, port: port }, id: c }]\n`,
    `include: ["https://admin:CANARY7include@127.0.0.1/targets.yaml"]\n`,
  ];
  for (const [number, text] of files.entries()) {
    const file = join(folder, `targets-${number}.yaml`);
    writeFileSync(file, text);
    const said = await declare([file], {}).then(
      () => 'it was taken',
      (error: unknown) => (error instanceof Refusal ? error.message : `a bug: ${String(error)}`),
    );
    t.match(said, /^nothing was sent\n/, text);
    holdsNoSecret(t, [[text, said]]);
    isPlain(t, said, text);
  }
  for (const args of [
    ['audit', 'http://admin:CANARY7argument@127.0.0.1:1'],
    ['audit', 'http://admin:CANARY7/argument@127.0.0.1:1', 'http://127.0.0.1:1'],
    ['audit', 'admin:CANARY7file@127.0.0.1:9200'],
    ['plan', 'targets-0.yaml'],
  ]) {
    const { code, stdout, stderr } = await commandLine(args, folder);
    t.equal(code, 2, args.join(' '));
    t.notMatch(stderr, /bug of leftopen/);
    holdsNoSecret(t, [[args.join(' '), stdout + stderr]]);
    isPlain(t, stdout + stderr, args.join(' '));
  }
  t.notOk(existsSync(join(folder, 'reports')), 'and nothing was begun');
});
