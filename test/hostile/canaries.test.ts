// Credentials of every known format, in every place a server or a targets file can put them: none reaches an output.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import fc from 'fast-check';
import t from 'tap';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { secretFormats } from '../../src/knowledge/secrets.js';
import { formats } from '../../src/report/index.js';
import { commandLine } from '../cli/program.js';
import { fakeElasticsearch } from '../sink/fake-elasticsearch.js';
import { everything, sample } from '../support/sample.js';
import { openEstate, targetsOf, type Hostile } from './estate.js';
import { auditFile, shownBy, textsOf } from './outputs.js';
import { anyRecording, answering, poison } from './poison.js';

const patience = { connectTimeoutMs: 20_000, exchangeTimeoutMs: 20_000 };

/** What is issued is random: somewhere a digit touches a letter, or a small letter a capital. */
const issued = /[A-Za-z]\d|\d[A-Za-z]|[a-z][A-Z]/;

// Made here, so that no scanner of secrets finds one in this repository.
const secrets = secretFormats.flatMap(({ id, pattern }) => {
  const made = fc.stringMatching(new RegExp(`^(?:${pattern})$`)).filter((text) => issued.test(text));
  return fc.sample(made, { numRuns: 1, seed: 20261129 }).map((text) => ({ id, text }));
});

const servers = sample(
  [
    'elasticsearch/7.17.9-open',
    'elasticsearch/7.17.9-closed',
    'kibana/8.15.0-open',
    'opensearch-dashboards/2.19.4-open',
    'nginx/7.17.9-password-everywhere',
  ],
  2,
);

/** How many secrets one server says: its answers must stay below the caps of the questions. */
const together = 4;

const texts = Array.from({ length: Math.ceil(secrets.length / together) }, (_, part) =>
  secrets.slice(part * together, (part + 1) * together).map(({ text }) => text),
);

const hostiles: readonly Hostile[] = servers.flatMap((name) =>
  texts.map((said, number) => ({
    id: `${name.replaceAll('/', '-')}-${number}`,
    answer: answering(
      poison(anyRecording(name), { id: `${number}`, text: ` ${said.join(' ')}` }, { all: false, leaks: false }),
    ),
    ends: [],
  })),
);

t.test('no credential that a server says, or a targets file holds in its notes, is written or shown', async (t) => {
  t.ok(secrets.length >= 120, `${secrets.length} formats`);
  const estate = await openEstate(hostiles);
  t.teardown(() => estate.close());
  const folder = t.testdir();
  const file = join(folder, 'targets.yaml');
  const declared = z.looseObject({ targets: z.array(z.looseObject({})) }).parse(parse(targetsOf(estate, patience)));
  const targets = declared.targets.map((target, number) => ({
    ...target,
    notes: `keys: ${(texts[number % texts.length] ?? []).join(' ')}`,
    labels: { key: (texts[number % texts.length] ?? []).join(' ') },
  }));
  writeFileSync(file, stringify({ ...declared, targets }));
  const audited = await auditFile(
    file,
    folder,
    formats.map(({ name }) => name),
  );
  t.equal(audited.endpoints.size, hostiles.length);
  const shown = [...shownBy(audited)];
  t.ok(shown.length > formats.length, 'journal, ledger, record and every format were looked through');
  const leaked = secrets.flatMap(({ id, text }) =>
    shown.flatMap(([name, output]) => (output.includes(text) ? [`${id} in ${name}`] : [])),
  );
  t.strictSame(leaked, []);
});

t.test('nor by any command of the program, in any file, on a terminal, or in what it sends', async (t) => {
  const said = sample(texts, 3);
  const canaries = secrets.filter(({ text }) => said.flat().includes(text));
  const estate = await openEstate(
    said.flatMap((words, number) => {
      const text = ` ${words.join(' ')}`;
      const recording = poison(
        anyRecording('elasticsearch/7.17.9-open'),
        { id: `${number}`, text },
        { all: false, leaks: false },
      );
      // The second one breaks off: what it says is in failures as well.
      const broken = Buffer.from(`HTTP/1.1 200${text}\r\nx: ${text}\r\ncontent-length: 99\r\n\r\n${text}`);
      return [
        { id: `open-${number}`, answer: answering(recording), ends: [] },
        { id: `broken-${number}`, answer: (socket) => socket.end(broken), ends: [] },
      ] satisfies Hostile[];
    }),
  );
  t.teardown(() => estate.close());
  const folder = t.testdir();

  const sent: string[] = [];
  const listener = createServer((request, response) => {
    request.on('data', (part: Buffer) => sent.push(part.toString()));
    request.on('end', () => response.end());
  }).listen(0, '127.0.0.1');
  t.teardown(() => listener.close());
  await once(listener, 'listening');
  const { port } = z.object({ port: z.number() }).parse(listener.address());
  const own = await fakeElasticsearch(t);

  const declared = z.looseObject({ targets: z.array(z.looseObject({})) }).parse(parse(targetsOf(estate, patience)));
  /** Texts of a targets file are at most 100 characters long. */
  const fitting = canaries.filter(({ text }) => text.length <= 80);
  const words = (number: number): string => `see ${fitting[number % fitting.length]?.text ?? ''}`;
  const until = new Date(Date.now() + 30 * 24 * 3_600_000).toISOString().slice(0, 10);
  writeFileSync(
    join(folder, 'targets.yaml'),
    stringify({
      ...declared,
      notify: [{ webhook: { urlFrom: 'CANARY_HOOK', format: 'generic' }, detail: 'full', when: 'always' }],
      targets: declared.targets.map((target, number) => ({
        ...target,
        notes: words(number),
        labels: { key: words(number) },
        environment: words(number),
        operator: { name: words(number), permission: words(number) },
        expect: { upTo: 'metadata', reason: words(number), approvedBy: words(number), until },
      })),
      accepted: [
        {
          target: 'open-0',
          check: 'end-of-life',
          reason: words(0),
          owner: words(1),
          approvedBy: words(2),
          until,
        },
      ],
    }),
  );
  writeFileSync(
    join(folder, 'mistaken.yaml'),
    stringify({ targets: [{ id: words(0), url: words(1), [words(2)]: 1 }] }),
  );
  const all = formats.map(({ name }) => name).join(',');
  const ownKey = 'kEy-of-the-0wn-cluster';
  const env = {
    ...process.env,
    NO_COLOR: '1',
    CANARY_HOOK: `http://127.0.0.1:${port}/hook`,
    LEFTOPEN_SEND_API_KEY: ownKey,
  };
  const shown = new Map<string, string>();
  /** Commands with the codes that they may end with. */
  type Command = readonly [args: readonly string[], ...codes: readonly number[]];
  const inFull: readonly Command[] = [
    // Some of these servers are undetermined, so a run is incomplete.
    [['audit', 'targets.yaml', '--json'], 0, 3],
    [['diff'], 0, 3],
    [['diff', '--md'], 0, 3],
    [['diff', '--json'], 0, 3],
    [['rejudge'], 0, 1, 3],
    [['verify'], 0],
    [['index', '--all'], 0],
    [['prune', '--keep', '1d'], 0],
  ];
  const commands: readonly Command[] = [
    [['plan', 'mistaken.yaml'], 2],
    [['plan', 'targets.yaml', '--lock', 'plan.lock'], 0],
    [['audit', 'targets.yaml', '--plan', 'plan.lock', '--format', all], 1],
    ...(everything ? inFull : []),
    [['report', '--format', all], 0, 1],
    [['retest', 'targets.yaml'], 1],
    [['send', '--to', own.url], 0],
  ];
  for (const [args, ...codes] of commands) {
    const { code, stdout, stderr } = await commandLine(args, folder, env);
    const name = args.join(' ').slice(0, 40);
    t.ok(
      codes.some((one) => one === code),
      `${name}: exit ${code} ${stderr.slice(0, 300)}`,
    );
    shown.set(`output of ${name}`, stdout + stderr);
  }
  shown.set('the webhook', sent.join('\n'));
  shown.set(
    'what was sent',
    own.requests.join('\n') + JSON.stringify([...own.streams.values()].flat().map((index) => [...index])),
  );
  t.ok(sent.length > 0 && own.requests.length > 0);
  const files = [...textsOf(folder)].filter(([name]) => !/^\w+\.yaml$/.test(name));
  for (const wanted of [
    /^reports\/[^/]+\/index\.html$/,
    /\/exports\//,
    ...(everything ? [/\/rejudged\//] : []),
    /\/retest/,
    /\.sarif$/,
    /^plan\.lock$/,
  ])
    t.ok(
      files.some(([name]) => wanted.test(name)),
      `${wanted.source} is there`,
    );
  const leaked = [...canaries, { id: 'our own key', text: ownKey }].flatMap(({ id, text }) =>
    [...shown, ...files].flatMap(([name, output]) => (output.includes(text) ? [`${id} in ${name}`] : [])),
  );
  t.ok(canaries.length >= 10, `${canaries.length} formats`);
  t.strictSame(leaked, []);
});
