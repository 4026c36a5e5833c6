// Sending to the user's own Elasticsearch: each document once, whatever happens on the way, and no secret anywhere.
import t from 'tap';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import {
  checkStreams,
  connect,
  destinationUrl,
  openHere,
  readCredentials,
  send,
  SendFailure,
} from '../../src/sink/index.js';
import { endpoint, finding, full, stream, type Sample } from '../support/report-sample.js';
import { fakeElasticsearch, type Fake } from './fake-elasticsearch.js';

const secret = 'c2VjcmV0LWtleTpuZXZlci1zaG93bg==';
const soon = (attempt: number): number | null => (attempt < 5 ? 0 : null);

/** A record of 2,500 findings: several batches. */
const many: Sample = {
  ...full,
  findings: Array.from({ length: 2500 }, (_, i) => finding({ fingerprint: `f${i}` })),
  endpoints: full.endpoints.filter(({ state }) => state !== 'open'),
};
const total = many.findings.length + many.endpoints.length + 1;
const record = (sample: Sample) => ({
  head: sample.head,
  findings: stream(sample.findings),
  endpoints: stream(sample.endpoints),
});

async function sendTo(fake: Fake, sample = many, signal?: AbortSignal) {
  const url = destinationUrl(fake.url);
  const destination = await connect(url, { apiKey: secret }, undefined);
  await checkStreams(destination, url, 'default');
  return send(record(sample), destination, url, { namespace: 'default', retryAfter: soon, ...(signal && { signal }) });
}

const held = (fake: Fake): number => [...fake.streams.values()].flat().reduce((sum, index) => sum + index.size, 0);

t.test('a repeat adds nothing, also after a rollover', async (t) => {
  const fake = await fakeElasticsearch(t);
  const first = await sendTo(fake);
  t.strictSame([first.created, first.already, held(fake)], [total, 0, total]);
  fake.rollOver();
  const second = await sendTo(fake);
  t.strictSame([second.created, second.already, held(fake)], [0, total, total]);
  t.strictSame([...fake.authorizations], [`ApiKey ${secret}`]);
});

t.test('cut short, rolled over, and sent again: each document once', async (t) => {
  const fake = await fakeElasticsearch(t);
  const stop = new AbortController();
  fake.bulk = (number) => {
    if (number === 1) stop.abort();
    return 'take';
  };
  await t.rejects(sendTo(fake, many, stop.signal));
  const before = held(fake);
  t.ok(before > 0 && before < total);
  fake.rollOver();
  const rest = await sendTo(fake);
  t.strictSame([rest.created, rest.already, held(fake)], [total - before, before, total]);
});

for (const trouble of ['busy', 'one-busy', 'hang-up'] as const) {
  t.test(`${trouble}: repeated until it is taken, each document once`, async (t) => {
    const fake = await fakeElasticsearch(t);
    fake.bulk = (number) => (number % 2 === 0 ? trouble : 'take');
    const sent = await sendTo(fake);
    t.equal(held(fake), total);
    t.equal(sent.created + sent.already, total);
    t.equal(sent.refused.size, 0);
  });
  t.test(`${trouble} for good: given up, and said so`, async (t) => {
    const fake = await fakeElasticsearch(t);
    fake.bulk = () => trouble;
    await t.rejects(sendTo(fake, { ...many, findings: many.findings.slice(0, 1), endpoints: [] }), SendFailure);
  });
}

t.test('a full disk there: a clear end that a repeat takes up', async (t) => {
  const fake = await fakeElasticsearch(t);
  fake.bulk = (number) => (number === 1 ? 'blocked' : 'take');
  await t.rejects(sendTo(fake), { name: 'SendFailure', message: /cluster_block_exception.*read_only_allow_delete/ });
  const before = held(fake);
  t.ok(before > 0 && before < total);
  const rest = await sendTo(fake);
  t.strictSame([rest.created, rest.already], [total - before, before]);
});

t.test('speaks the version that it meets', async (t) => {
  for (const [version, spoken] of [
    ['8.11.4', '8'],
    ['9.4.3', '9'],
  ] as const) {
    const fake = await fakeElasticsearch(t, { version });
    await sendTo(fake);
    t.equal(held(fake), total, version);
    const [first, ...rest] = fake.requests;
    t.equal(first, 'GET / 8', version);
    t.ok(
      rest.every((request) => request.endsWith(` ${spoken}`)),
      version,
    );
  }
});

t.test('refusals, each in one line', async (t) => {
  const without = await fakeElasticsearch(t, { streams: false });
  await t.rejects(sendTo(without), { name: 'SendFailure', message: /--setup/ }, 'nothing is created by accident');
  t.ok(without.requests.every((request) => !request.includes('_bulk')));
  const foreign = await fakeElasticsearch(t, { product: false });
  await t.rejects(sendTo(foreign), { name: 'SendFailure', message: /OpenSearch.*ecs\.ndjson/ });
  const old = await fakeElasticsearch(t, { version: '7.17.9' });
  await t.rejects(sendTo(old), { name: 'SendFailure' });
  const locked = await fakeElasticsearch(t);
  await t.rejects(connect(destinationUrl(locked.url), null, undefined), { name: 'SendFailure', message: /401/ });
  const failure: unknown = await connect(new URL('http://127.0.0.1:1'), { apiKey: secret }, undefined).catch(
    (error: unknown) => error,
  );
  t.ok(failure instanceof SendFailure && !`${failure.stack ?? ''}${JSON.stringify(failure)}`.includes(secret));
});

t.test('an address is https, or loopback, and holds no credentials', (t) => {
  for (const bad of [
    'siem.example',
    'ftp://siem.example',
    'http://siem.example:9200',
    'http://10.0.0.1:9200',
    'https://u:hunter2@siem.example',
  ]) {
    t.throws(() => destinationUrl(bad), { name: 'UserMistake', message: /^(?!.*hunter2)/ }, bad);
  }
  for (const good of [
    'https://siem.example:9200',
    'http://127.0.0.1:9200',
    'http://[::1]:9200',
    'http://localhost:9200',
  ]) {
    t.equal(destinationUrl(good).origin, good);
  }
  t.end();
});

t.test('a cluster that the run found open gets nothing', async (t) => {
  const fake = await fakeElasticsearch(t);
  const url = destinationUrl(fake.url);
  const destination = await connect(url, { apiKey: secret }, undefined);
  const ask = (part: Parameters<typeof endpoint>[0]) =>
    openHere(record({ ...full, endpoints: [endpoint(part)] }), destination, url);
  const open = {
    state: 'open',
    endpoint: 'http://es.acme.example:9200',
    host: 'es.acme.example',
    port: 9200,
    clusterUuid: null,
  } as const;
  t.equal(await ask(open), null);
  t.equal(
    await ask({ ...open, clusterUuid: destination.clusterUuid }),
    open.endpoint,
    'the same cluster under another name',
  );
  t.equal(
    await ask({ ...open, host: 'es', address: '127.0.0.1', port: Number(url.port) }),
    open.endpoint,
    'the same address',
  );
  t.equal(await ask({ ...open, state: 'guarded', clusterUuid: destination.clusterUuid }), null);
});

t.test('credentials', async (t) => {
  const folder = t.testdir({ key: `${secret}\n`, empty: '', two: 'a\nb' });
  const file = (name: string, mode: number): string => {
    chmodSync(join(folder, name), mode);
    return join(folder, name);
  };
  const warnings: string[] = [];
  const read = (sources: Parameters<typeof readCredentials>[0]) =>
    readCredentials(sources, (text) => warnings.push(text));
  const environment = {};
  t.strictSame(await read({ environment }), null);
  t.strictSame(await read({ environment: { LEFTOPEN_SEND_API_KEY: secret, LEFTOPEN_SEND_PASSWORD: 'p' } }), {
    apiKey: secret,
  });
  t.strictSame(await read({ environment: { LEFTOPEN_SEND_PASSWORD: 'p' }, username: 'u' }), {
    username: 'u',
    password: 'p',
  });
  t.strictSame(await read({ environment, apiKeyFile: file('key', 0o600) }), { apiKey: secret });
  t.equal(warnings.length, 0);
  t.strictSame(await read({ environment, apiKeyFile: file('key', 0o644) }), { apiKey: secret });
  t.equal(warnings.length, 1);
  for (const sources of [
    { environment, apiKeyFile: file('key', 0o666) },
    { environment, apiKeyFile: file('empty', 0o600) },
    { environment, apiKeyFile: join(folder, 'absent') },
    { environment, apiKeyFile: file('two', 0o600) },
    { environment, username: 'u' },
    { environment: { LEFTOPEN_SEND_PASSWORD: 'hunter2' } },
  ]) {
    await t.rejects(read(sources), { name: 'UserMistake', message: /^(?!.*(hunter2|c2VjcmV0))/ });
  }
});
