// Sending to real clusters: the version that is met is spoken, a wrong password is named as one, OpenSearch by its name. The builds of
// the lab have no data streams: what needs them is sent to the Elasticsearch on loopback that LEFTOPEN_LIVE_SIEM names.
import { execFileSync, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import t, { type Test } from 'tap';
import { z } from 'zod';
import { format as json } from '../../src/report/formats/json.js';
import { formatDefaults, type Out } from '../../src/report/index.js';
import { sourcesOf } from '../support/write.js';
import { connect, destinationUrl, setUp } from '../../src/sink/index.js';
import { endpoint, finding, full, run, stream, summarise } from '../support/report-sample.js';
import { down, serverNamed, up, urlOf } from './lab/lab.js';
import { runningPid } from './lab/process.js';
import { labLogin } from './lab/types.js';

const wanted = (process.env['LEFTOPEN_LIVE'] ?? '').split(',').filter((part) => part !== '');
const skip = wanted.length > 0 && !wanted.includes('send');
for (const name of ['elasticsearch-8.16.3-closed', 'elasticsearch-9.4.3-closed'] as const) {
  void t.test(name, { skip }, async (t) => {
    const server = serverNamed(name);
    const before = runningPid(name) !== null;
    if (before) await down(server);
    t.teardown(() => down(server));
    await up(server);
    const url = destinationUrl(urlOf(server));
    const credentials = { username: labLogin.user, password: labLogin.password };
    await t.rejects(connect(url, { username: labLogin.user, password: 'wrong' }, undefined), {
      name: 'SendFailure',
      message: /401/,
    });
    const destination = await connect(url, credentials, undefined);
    t.equal(destination.version, name.split('-')[1]);
    await t.rejects(setUp(destination, url, 'default'), { name: 'SendFailure', message: /no data streams/ });
    await destination.client.close();
  });
}

void t.test('OpenSearch is refused by name, with the way that works', { skip }, async (t) => {
  const server = serverNamed('opensearch-2.19.4-open');
  const before = runningPid(server.name) !== null;
  t.teardown(() => (before ? undefined : down(server)));
  await up(server);
  await t.rejects(connect(destinationUrl(urlOf(server)), null, undefined), {
    name: 'SendFailure',
    message: /ecs\.ndjson/,
  });
});

/** An Elasticsearch with data streams that may be filled and emptied; a cluster with security needs LEFTOPEN_SEND_… too. */
const siem = process.env['LEFTOPEN_LIVE_SIEM'];
/** A shell command that restarts it, and returns once its port answers. */
const restartCommand = process.env['LEFTOPEN_LIVE_SIEM_RESTART'];
const noSiem = siem === undefined ? 'LEFTOPEN_LIVE_SIEM names no Elasticsearch with data streams' : false;

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
const findings = 10_000;
const endpoints = 50;
const total = findings + endpoints + 1;

/** Writes the folder of a finished run with ten thousand findings, of an id of its own. */
async function runFolder(t: Test, id: string): Promise<string> {
  const folder = join(t.testdir(), id);
  mkdirSync(folder);
  const several = Array.from({ length: findings }, (_, i) =>
    finding({ fingerprint: `${id}-${i}`, severity: severities[i % severities.length] ?? 'info', accepted: null }),
  );
  const places = Array.from({ length: endpoints }, (_, i) =>
    endpoint({ endpoint: `https://es-${i}.acme.example:9200`, host: `es-${i}.acme.example`, state: 'guarded' }),
  );
  const head = {
    ...full.head,
    run: run({ id, startedAt: new Date().toISOString(), endedAt: new Date().toISOString() }),
    summary: summarise(several, places, 1),
  };
  const lines = (values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('');
  writeFileSync(join(folder, 'run.json'), JSON.stringify(head.run));
  writeFileSync(join(folder, 'findings.jsonl'), lines(several));
  writeFileSync(join(folder, 'endpoints.jsonl'), lines(places));
  const out = createWriteStream(join(folder, 'findings.json'));
  const file: Out = {
    write: (text) => {
      out.write(text);
      return Promise.resolve();
    },
  };
  const sources = sourcesOf({ head, findings: several, endpoints: places });
  await json.write(head, stream(several), stream(places), file, formatDefaults, sources);
  out.end();
  await once(out, 'finish');
  return folder;
}

/** Runs `leftopen send`; `onSaid` sees all that it said so far, and may end it. */
async function leftopenSend(
  folder: string,
  args: readonly string[],
  onSaid: (said: string, kill: () => void) => void = () => undefined,
): Promise<{ readonly code: number | null; readonly out: string; readonly said: string }> {
  const child = spawn(process.execPath, ['--import=tsx', main, 'send', '--to', siem ?? '', '--run', folder, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let said = '';
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr.on('data', (part: Buffer) => {
    said += part.toString();
    onSaid(said, () => child.kill('SIGKILL'));
  });
  await once(child, 'close');
  return { code: child.exitCode, out, said };
}

const login = process.env['LEFTOPEN_SEND_API_KEY'];

/** Asks the cluster itself, without the client that sends. */
async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
  const response = await fetch(`${siem ?? ''}${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...(login !== undefined && { authorization: `ApiKey ${login}` }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return response.json();
}

const streams = '/logs-leftopen.*-default';
const counted = z.looseObject({ count: z.number() });
const buckets = z.looseObject({
  aggregations: z.looseObject({
    by: z.looseObject({ buckets: z.array(z.looseObject({ key: z.string(), doc_count: z.number() })) }),
  }),
});
const esql = z.looseObject({ values: z.array(z.tuple([z.number(), z.string()])) });

/** How many documents of a run there are. */
async function held(id: string): Promise<number> {
  await ask('POST', `${streams}/_refresh`);
  return counted.parse(await ask('POST', `${streams}/_count`, { query: { term: { 'leftopen.run.id': id } } })).count;
}

void t.test('ten thousand findings, once each', { skip: noSiem }, async (t) => {
  await t.test('killed half-way, rolled over, and sent again', async (t) => {
    const id = `killed-${Date.now()}`;
    const folder = await runFolder(t, id);
    const first = await leftopenSend(folder, ['--setup'], (said, kill) => {
      if (/[45],\d{3} of/.test(said)) kill();
    });
    t.not(first.code, 0, first.said);
    const before = await held(id);
    t.ok(before > 0 && before < total, `${before} documents had arrived`);
    await ask('POST', '/logs-leftopen.finding-default/_rollover');
    const second = await leftopenSend(folder, []);
    t.equal(second.code, 0, second.said);
    t.match(second.out, `${(total - before).toLocaleString('en')} documents sent`);
    t.equal(await held(id), total);
    const third = await leftopenSend(folder, ['--setup']);
    t.match(third.out, /: 0 documents sent/);
    t.equal(await held(id), total);

    const query = { term: { 'leftopen.run.id': id } };
    const { by } = buckets.parse(
      await ask('POST', '/logs-leftopen.finding-default/_search', {
        size: 0,
        query,
        aggs: { by: { terms: { field: 'leftopen.severity' } } },
      }),
    ).aggregations;
    t.strictSame(
      Object.fromEntries(by.buckets.map(({ key, doc_count }) => [key, doc_count])),
      Object.fromEntries(severities.map((severity) => [severity, findings / severities.length])),
    );
    const table = esql.safeParse(
      await ask('POST', '/_query', {
        query: `FROM logs-leftopen.finding-default | WHERE leftopen.run.id == "${id}" | STATS n = COUNT(*) BY leftopen.severity`,
      }),
    );
    if (table.success) t.equal(table.data.values.length, severities.length);
    else t.comment('this server has no ES|QL');
  });

  await t.test('a full disk there: named, and resumable', async (t) => {
    const id = `blocked-${Date.now()}`;
    const folder = await runFolder(t, id);
    const block = (value: true | null): Promise<unknown> =>
      ask('PUT', `${streams}/_settings`, { 'index.blocks.read_only_allow_delete': value });
    t.teardown(() => block(null));
    let blocking = Promise.resolve<unknown>(null);
    const first = await leftopenSend(folder, [], (said) => {
      if (/2,\d{3} of/.test(said)) blocking = block(true);
    });
    await blocking;
    t.equal(first.code, 3, first.said);
    t.match(first.said, /cluster_block_exception.*read_only_allow_delete/);
    await block(null);
    const second = await leftopenSend(folder, []);
    t.equal(second.code, 0, second.said);
    t.equal(await held(id), total);
  });

  const noRestart = restartCommand === undefined ? 'LEFTOPEN_LIVE_SIEM_RESTART names no command' : false;
  await t.test('restarted in the middle: waited for', { skip: noRestart }, async (t) => {
    const id = `restarted-${Date.now()}`;
    const folder = await runFolder(t, id);
    let restarted = false;
    const sent = await leftopenSend(folder, [], (said) => {
      if (restarted || !/2,\d{3} of/.test(said)) return;
      restarted = true;
      execFileSync('sh', ['-c', restartCommand ?? ''], { stdio: 'ignore' });
    });
    t.equal(sent.code, 0, sent.said);
    t.equal(await held(id), total);
  });
});
