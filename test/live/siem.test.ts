// Sending to a complete Elasticsearch of one's own, by the program itself: what `--setup` installs, which privileges are enough, each document
// once whatever happens, and what can be read back. LEFTOPEN_LIVE_SIEM names the cluster (test/live/README.md).
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { format as json } from '../../src/report/formats/json.js';
import { formatDefaults, type Out } from '../../src/report/index.js';
import { objects, searchOf } from '../sink/dashboard.js';
import { rowsAbout } from '../sink/documented-fields.js';
import { endpoint, finding, full, run, stream, summarise } from '../support/report-sample.js';
import { sourcesOf } from '../support/write.js';

const siem = process.env['LEFTOPEN_LIVE_SIEM'];
const ca = process.env['LEFTOPEN_LIVE_SIEM_CA'];
/** A superuser, whose password is in LEFTOPEN_SEND_PASSWORD; none where the cluster has no security. */
const user = process.env['LEFTOPEN_LIVE_SIEM_USER'];
const password = process.env['LEFTOPEN_SEND_PASSWORD'];
/** A shell command that restarts it, and returns once it responds. */
const restartCommand = process.env['LEFTOPEN_LIVE_SIEM_RESTART'];

const skip = siem === undefined ? 'LEFTOPEN_LIVE_SIEM names no Elasticsearch' : false;
const noSecurity = user === undefined ? 'LEFTOPEN_LIVE_SIEM_USER names no user' : false;
const noRestart = restartCommand === undefined ? 'LEFTOPEN_LIVE_SIEM_RESTART names no command' : false;

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
const namespace = 'live';
const streams = `logs-leftopen.*-${namespace}`;
const found = `logs-leftopen.finding-${namespace}`;
const openNow = `leftopen-open-now-${namespace}`;
const severities = ['critical', 'high', 'medium', 'low', 'info'] as const;
const endpoints = 50;
const hour = 3_600_000;
const runs = t.testdir();

/** Writes the folder of a finished run, of an id of its own. It ended an hour ago: long before the transform looked. */
async function runFolder(id: string, findings: number, clusterUuid: string | null = null): Promise<string> {
  const folder = join(runs, id);
  mkdirSync(folder);
  const several = Array.from({ length: findings }, (_, i) =>
    finding({
      fingerprint: `${id}-${i}`,
      severity: severities[i % severities.length] ?? 'info',
      accepted: null,
      // A field that not every document has: each new backing index learns it again.
      owner: i % 2 === 0 ? 'Shop platform' : 'Data',
    }),
  );
  const places = Array.from({ length: endpoints }, (_, i) =>
    endpoint({ endpoint: `https://es-${i}.acme.example:9200`, host: `es-${i}.acme.example`, state: 'guarded' }),
  );
  if (clusterUuid !== null)
    places.push(
      endpoint({ endpoint: 'https://siem.acme.example:9200', host: 'siem.acme.example', state: 'open', clusterUuid }),
    );
  const [startedAt, endedAt] = [2 * hour, hour].map((ago) => new Date(Date.now() - ago).toISOString());
  const head = {
    ...full.head,
    run: run({ id, ...(startedAt !== undefined && { startedAt }), ...(endedAt !== undefined && { endedAt }) }),
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
  const sums = ['run.json', 'findings.jsonl', 'endpoints.jsonl', 'findings.json'].map(
    (name) =>
      `${createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex')}  ${name}\n`,
  );
  writeFileSync(join(folder, 'SHA256SUMS'), sums.join(''));
  return folder;
}

/** How `leftopen send` is let in: by a key in the environment, or by user and password. */
type As = { readonly key: string } | 'user';

/** Runs `leftopen send`; `onSaid` sees all that it said so far, and may end it. */
async function leftopenSend(
  folder: string,
  args: readonly string[] = [],
  as: As = 'user',
  onSaid: (said: string, kill: () => void) => void = () => undefined,
): Promise<{ readonly code: number | null; readonly out: string; readonly said: string }> {
  const environment = { ...process.env };
  delete environment['LEFTOPEN_SEND_API_KEY'];
  if (as !== 'user') {
    delete environment['LEFTOPEN_SEND_PASSWORD'];
    environment['LEFTOPEN_SEND_API_KEY'] = as.key;
  }
  const child = spawn(
    process.execPath,
    [
      '--import=tsx',
      ...[main, 'send', '--to', siem ?? '', '--run', folder, '--namespace', namespace],
      ...(as === 'user' && user !== undefined ? ['--user', user] : []),
      ...(ca === undefined || args.includes('--no-ca') ? [] : ['--ca', ca]),
      ...args.filter((each) => each !== '--no-ca'),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: environment },
  );
  let out = '';
  let said = '';
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr.on('data', (part: Buffer) => {
    said += part.toString();
    onSaid(said, () => child.kill('SIGKILL'));
  });
  await once(child, 'close');
  const secret = as === 'user' ? (password ?? '') : as.key;
  if (secret !== '' && `${out}${said}`.includes(secret)) throw new Error('the output holds the secret');
  return { code: child.exitCode, out, said };
}

const dispatcher = new Agent(ca === undefined ? {} : { connect: { ca: readFileSync(ca) } });
t.teardown(() => dispatcher.close());

/** Asks the cluster itself, without the client that sends. */
async function ask(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<unknown> {
  const login = Buffer.from(`${user ?? ''}:${password ?? ''}`).toString('base64');
  const response = await request(`${siem ?? ''}/${path}`, {
    method,
    dispatcher,
    headers: { 'content-type': 'application/json', ...(user !== undefined && { authorization: `Basic ${login}` }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return response.body.json();
}

/** Removes what leftopen made there, in every namespace: a policy that is in use cannot be removed. */
async function empty(): Promise<void> {
  const { transforms } = z
    .looseObject({ transforms: z.array(z.looseObject({ id: z.string() })).default([]) })
    .parse(await ask('GET', '_transform/leftopen-open-now-*?allow_no_match=true'));
  for (const { id } of transforms) {
    await ask('POST', `_transform/${id}/_stop?force=true&wait_for_completion=true`);
    await ask('DELETE', `_transform/${id}?force=true`);
    await ask('DELETE', id);
  }
  for (const path of [
    '_data_stream/logs-leftopen.*',
    '_index_template/logs-leftopen',
    '_index_template/leftopen-open-now',
    '_component_template/leftopen@settings',
    '_component_template/leftopen@mappings',
    '_ingest/pipeline/leftopen-arrival',
    '_ingest/pipeline/leftopen-findings-only',
    '_ilm/policy/leftopen',
  ])
    await ask('DELETE', path);
}

const counted = z.looseObject({ count: z.number() });

/** How many documents of a run there are, in whatever data stream. */
async function held(id: string): Promise<number> {
  await ask('POST', `${streams}/_refresh`);
  return counted.parse(await ask('POST', `${streams}/_count`, { query: { term: { 'leftopen.run.id': id } } })).count;
}

/** The role descriptors of docs/siem/README.md: what it says is enough. */
const documented = [...readFileSync('docs/siem/README.md', 'utf8').matchAll(/```json\n([^`]*)```/g)].map(
  ([, text = '']): unknown => JSON.parse(text),
);

/** Makes an API key that has the privileges of these descriptors and no others. */
async function keyWith(descriptors: unknown): Promise<As> {
  const body = { name: 'leftopen-live', role_descriptors: descriptors, expiration: '1h' };
  const { encoded } = z.looseObject({ encoded: z.string() }).parse(await ask('POST', '_security/api_key', body));
  return { key: encoded };
}

const hits = z.looseObject({ total: z.looseObject({ value: z.number() }), hits: z.array(z.looseObject({})) });
const searched = z.looseObject({
  _shards: z.looseObject({ failed: z.literal(0), successful: z.number().min(1) }),
  hits,
  aggregations: z.record(z.string(), z.unknown()).optional(),
});

/** Why a test that needs a part of Elasticsearch is left out: some builds come without it. */
async function without(part: string, path: string, body?: unknown): Promise<string | false> {
  // No module serves the path: the error is a text, and has no type.
  const unserved = z.looseObject({ error: z.string() });
  const answer = await ask(body === undefined ? 'GET' : 'POST', path, body);
  return unserved.safeParse(answer).success ? `this server has no ${part}` : false;
}

/** Deepest documents that an aggregation counted, and the values of its metrics. */
function leaves(value: unknown): readonly number[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    (key === 'doc_count' || key === 'value') && typeof inner === 'number' ? [inner] : leaves(inner),
  );
}

void t.test('a complete Elasticsearch', { skip }, async (t) => {
  await empty();
  t.teardown(empty);
  const noLifecycle = await without('index lifecycle management', '_ilm/policy/none');
  const noTransform = await without('transforms', '_transform/none');
  const noEsql = await without('ES|QL', '_query', { query: 'ROW one = 1' });
  const setupRun = `setup-${Date.now()}`;
  const sendRun = `send-${Date.now()}`;
  const each = 1000;
  const [first, second] = [await runFolder(setupRun, each), await runFolder(sendRun, each)];
  const all = each + endpoints + 1;

  await t.test(
    'without a privilege: what is denied is named, and nothing is left behind',
    { skip: noSecurity },
    async (t) => {
      const [forSending] = documented;
      const without = await leftopenSend(first, [], await keyWith({ none: { cluster: [], indices: [] } }));
      t.equal(without.code, 3);
      t.match(without.said, /denied cluster:monitor\/main \(403\).*monitor/);
      const key = await keyWith(forSending);
      t.match((await leftopenSend(first, [], key)).said, /has no data stream .*--setup/);
      const early = await leftopenSend(first, ['--setup'], key);
      t.equal(early.code, 3);
      t.match(early.said, /denied .* \(403\)\. Any of these cluster privileges allows it: /);
      t.match(await ask('GET', '_index_template/logs-leftopen'), { status: 404 });
      const readOnly = { cluster: ['monitor'], indices: [{ names: ['logs-leftopen.*'], privileges: ['read'] }] };
      t.match((await leftopenSend(first, [], await keyWith({ readOnly }))).said, /403/);
    },
  );

  await t.test('wrong credentials, an authority that is not known: one line each', { skip: noSecurity }, async (t) => {
    const unknown = Buffer.from('aWQtb2Yta2V5:bm8tc3VjaC1rZXk').toString('base64');
    t.match((await leftopenSend(first, [], { key: unknown })).said, /\(401\): it knows no API key with this id/);
    t.match((await leftopenSend(first, [], { key: 'nonsense' })).said, /\(401\): .*`encoded`/);
    if (ca !== undefined) t.match((await leftopenSend(first, ['--no-ca'])).said, /not trusted here .*--ca/);
  });

  await t.test('set up and sent with the privileges that docs/siem lists', async (t) => {
    const [forSending, forSetup] = documented;
    const as = async (descriptors: unknown): Promise<As> => (user === undefined ? 'user' : keyWith(descriptors));
    const setup = await leftopenSend(first, ['--setup'], await as(forSetup));
    t.equal(setup.code, 0, setup.said);
    for (const what of [
      ...['component template', 'index template', 'data stream'],
      ...(noLifecycle === false ? ['lifecycle policy'] : []),
      ...(noTransform === false ? ['ingest pipeline', 'transform'] : []),
    ])
      t.match(setup.said, `leftopen: set up: ${what}`);
    t.equal(await held(setupRun), all);
    // A new backing index learns its fields anew, which a key must be allowed.
    await ask('POST', `${found}/_rollover`);
    const sent = await leftopenSend(second, [], await as(forSending));
    t.equal(sent.code, 0, sent.out + sent.said);
    t.equal(await held(sendRun), all);
    const again = await leftopenSend(second, ['--setup']);
    t.match(again.out, /: 0 documents sent .*, 1,051 documents there already/, 'by user and password too');
    t.equal(await held(sendRun), all);
  });

  await t.test('each backing index has the lifecycle', { skip: noLifecycle }, async (t) => {
    const explained = z
      .looseObject({
        indices: z.record(z.string(), z.looseObject({ managed: z.boolean(), policy: z.string().optional() })),
      })
      .parse(await ask('GET', `${streams}/_ilm/explain`));
    const indices = Object.values(explained.indices);
    t.equal(indices.length, 4);
    for (const { managed, policy } of indices) t.strictSame([managed, policy], [true, 'leftopen']);
  });

  /** Has the transform look until it holds as many findings, for five minutes at most. */
  const openNowHolds = async (wanted: number): Promise<number> => {
    const until = Date.now() + 5 * 60_000;
    for (;;) {
      await ask('POST', `_transform/${openNow}/_schedule_now`);
      await sleep(5000);
      await ask('POST', `${openNow}/_refresh`);
      const { count } = counted.parse(await ask('GET', `${openNow}/_count`));
      if (count === wanted || Date.now() > until) return count;
    }
  };

  await t.test(
    'the transform has all findings of both runs, sent after they ended',
    { skip: noTransform },
    async (t) => {
      t.equal(await openNowHolds(2 * each), 2 * each);
      t.match(await ask('GET', `_transform/${openNow}/_stats`), {
        transforms: [{ state: 'started', health: { status: 'green' } }],
      });
    },
  );

  await t.test('ES|QL reads back what was sent', { skip: noEsql }, async (t) => {
    const esql = z.looseObject({ values: z.array(z.tuple([z.number(), z.number(), z.string()])) });
    const query =
      `FROM ${found} | WHERE leftopen.run.id == "${sendRun}" | STATS n = COUNT(*), late = SUM(CASE(event.ingested > @timestamp, 1, 0)) ` +
      'BY leftopen.severity';
    const { values } = esql.parse(await ask('POST', '_query', { query }));
    const share = each / severities.length;
    t.strictSame(
      Object.fromEntries(values.map(([n, late, severity]) => [severity, [n, late]])),
      Object.fromEntries(severities.map((severity) => [severity, [share, share]])),
    );
    const documentedQueries = /```esql\n([^`]*)```/
      .exec(readFileSync('docs/siem/README.md', 'utf8'))?.[1]
      ?.split('\n\n');
    t.equal(documentedQueries?.length, 2);
    for (const each of documentedQueries ?? []) {
      const rows = z.looseObject({ values: z.array(z.unknown()).min(1) });
      rows.parse(await ask('POST', '_query', { query: each.trim().replaceAll('-default', `-${namespace}`) }));
    }
  });

  await t.test('each field has the type that docs/siem/fields.md says', { skip: noTransform }, async (t) => {
    const { fields } = z
      .looseObject({ fields: z.record(z.string(), z.record(z.string(), z.unknown())) })
      .parse(await ask('GET', `${streams}/_field_caps?fields=*&filters=-metadata,-parent`));
    // Elasticsearch names the family of these two.
    const family: Readonly<Record<string, string>> = { match_only_text: 'text', wildcard: 'keyword' };
    const written = Object.entries(fields).filter(([name]) => !name.startsWith('_'));
    t.ok(written.length > 100);
    for (const [name, types] of written) {
      const [type = 'undocumented'] = rowsAbout(name).map((row) => family[row.type] ?? row.type);
      t.strictSame(Object.keys(types), [type], name);
    }
  });

  await t.test('each panel of the dashboard finds its fields and counts', { skip: noTransform }, async (t) => {
    for (const object of objects) {
      const search = searchOf(object);
      if (search === null) continue;
      const indices = search.indices.replace(/\*$/, namespace);
      const { hits, aggregations } = searched.parse(await ask('POST', `${indices}/_search`, search.body));
      t.ok(hits.total.value > 0, object.id);
      if (aggregations === undefined) t.ok(hits.hits.length > 0, object.id);
      else
        t.ok(
          leaves(aggregations).some((count) => count > 0),
          object.id,
        );
    }
  });

  await t.test('a run without findings clears what is open now of older ones', { skip: noTransform }, async (t) => {
    const retention_policy = { time: { field: '@timestamp', max_age: '1m' } };
    await ask('POST', `_transform/${openNow}/_update`, { retention_policy });
    t.equal((await leftopenSend(await runFolder(`none-${Date.now()}`, 0))).code, 0);
    t.equal(await openNowHolds(0), 0);
  });

  await t.test('a cluster that the run found open gets nothing, unless it is insisted on', async (t) => {
    const { cluster_uuid } = z.looseObject({ cluster_uuid: z.string() }).parse(await ask('GET', ''));
    const id = `open-${Date.now()}`;
    const folder = await runFolder(id, 5, cluster_uuid);
    const refused = await leftopenSend(folder);
    t.equal(refused.code, 2);
    t.match(refused.said, /was found open by this run .*--even-if-open/);
    t.equal(await held(id), 0);
    t.equal((await leftopenSend(folder, ['--even-if-open'])).code, 0);
    t.equal(await held(id), 5 + endpoints + 2);
  });

  const many = 10_000;
  const total = many + endpoints + 1;
  await t.test('an aggregation reads back what was sent', async (t) => {
    const { by } = z
      .looseObject({
        aggregations: z.looseObject({
          by: z.looseObject({ buckets: z.array(z.looseObject({ key: z.string(), doc_count: z.number() })) }),
        }),
      })
      .parse(
        await ask('POST', `${found}/_search`, {
          size: 0,
          query: { term: { 'leftopen.run.id': sendRun } },
          aggs: { by: { terms: { field: 'leftopen.severity' } } },
        }),
      ).aggregations;
    t.strictSame(
      Object.fromEntries(by.buckets.map(({ key, doc_count }) => [key, doc_count])),
      Object.fromEntries(severities.map((severity) => [severity, each / severities.length])),
    );
  });

  await t.test('killed half-way, rolled over, and sent again', async (t) => {
    const id = `killed-${Date.now()}`;
    const folder = await runFolder(id, many);
    const cut = await leftopenSend(folder, [], 'user', (said, kill) => {
      if (/[45],\d{3} of/.test(said)) kill();
    });
    t.not(cut.code, 0, cut.said);
    const before = await held(id);
    t.ok(before > 0 && before < total, `${before} documents had arrived`);
    await ask('POST', `${found}/_rollover`);
    const rest = await leftopenSend(folder);
    t.equal(rest.code, 0, rest.said);
    t.match(rest.out, `${(total - before).toLocaleString('en')} documents sent`);
    t.equal(await held(id), total);
    t.match((await leftopenSend(folder)).out, /: 0 documents sent/);
    t.equal(await held(id), total);
  });

  await t.test('a full disk there: named, and resumable', async (t) => {
    const id = `blocked-${Date.now()}`;
    const folder = await runFolder(id, many);
    const block = (value: true | null): Promise<unknown> =>
      ask('PUT', `${streams}/_settings`, { 'index.blocks.read_only_allow_delete': value });
    t.teardown(() => block(null));
    let blocking = Promise.resolve<unknown>(null);
    const cut = await leftopenSend(folder, [], 'user', (said) => {
      if (/2,\d{3} of/.test(said)) blocking = block(true);
    });
    await blocking;
    t.equal(cut.code, 3, cut.said);
    t.match(cut.said, /cluster_block_exception.*read_only_allow_delete/);
    await block(null);
    const rest = await leftopenSend(folder);
    t.equal(rest.code, 0, rest.said);
    t.equal(await held(id), total);
  });

  await t.test('restarted in the middle: waited for', { skip: noRestart }, async (t) => {
    const id = `restarted-${Date.now()}`;
    const folder = await runFolder(id, many);
    let restarted = false;
    const sent = await leftopenSend(folder, [], 'user', (said) => {
      if (restarted || !/2,\d{3} of/.test(said)) return;
      restarted = true;
      execFileSync('sh', ['-c', restartCommand ?? ''], { stdio: 'ignore' });
    });
    t.equal(sent.code, 0, sent.said);
    t.equal(await held(id), total);
  });
});
