// Sending to the user's own Elasticsearch: each document once, whatever happens on the way, and no secret anywhere.
import t, { type Test } from 'tap';
import { chmodSync, readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import {
  checkStreams,
  connect,
  destinationUrl,
  openHere,
  readCredentials,
  send,
  SendFailure,
  type SendOptions,
  setUp,
} from '../../src/sink/index.js';
import { commandLine } from '../cli/program.js';
import { audited, declared, engagement, recorded } from '../run/support.js';
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

async function sendTo(fake: Fake, sample = many, options: Partial<SendOptions> = {}) {
  const url = destinationUrl(fake.url);
  const destination = await connect(url, { apiKey: secret }, undefined);
  await checkStreams(destination, url, 'default');
  return send(record(sample), destination, url, { namespace: 'default', retryAfter: soon, ...options });
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
  await t.rejects(sendTo(fake, many, { signal: stop.signal }));
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
  t.test(`${trouble} for good: given up, and reported`, async (t) => {
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

t.test('a full disk there is named at once, and not waited for as if the node were busy', async (t) => {
  const fake = await fakeElasticsearch(t);
  fake.bulk = () => 'blocked';
  await t.rejects(sendTo(fake), { name: 'SendFailure', message: /cluster_block_exception/ });
  t.equal(fake.requests.filter((request) => request.includes('/_bulk')).length, 1);
});

t.test('documents that are refused are counted, and the run is not there before they are', async (t) => {
  const fake = await fakeElasticsearch(t);
  fake.bulk = (number) => (number === 2 ? 'unmapped' : 'take');
  const sent = await sendTo(fake);
  t.strictSame([...sent.refused.values()], [500]);
  t.match([...sent.refused.keys()], [/auto_configure/]);
  const runs = (): number => (fake.streams.get('logs-leftopen.run-default') ?? []).reduce((n, { size }) => n + size, 0);
  t.strictSame([sent.created, held(fake), runs()], [total - 501, total - 501, 0]);
  fake.bulk = () => 'take';
  const rest = await sendTo(fake);
  t.strictSame([rest.created, rest.already, held(fake), runs()], [501, total - 501, total, 1]);
});

t.test('after a restart, an older backing index that is not back yet makes no second copies', async (t) => {
  const fake = await fakeElasticsearch(t);
  await sendTo(fake);
  fake.rollOver();
  let searches = 0;
  fake.search = () => (searches++ < 2 ? 'partial' : 'whole');
  const waits: string[] = [];
  const sent = await sendTo(fake, many, { onWait: (why) => waits.push(why) });
  t.strictSame([sent.created, sent.already, held(fake)], [0, total, total]);
  t.match(waits, [/503/, /503/]);
});

t.test('a proxy that takes small requests only: smaller batches', async (t) => {
  const fake = await fakeElasticsearch(t);
  fake.bulk = (_, documents) => (documents > 300 ? 'too-large' : 'take');
  const sent = await sendTo(fake);
  t.strictSame([sent.created, held(fake)], [total, total]);
  fake.bulk = () => 'too-large';
  const none = { ...many, findings: [finding({ fingerprint: 'new' })], endpoints: [] };
  await t.rejects(sendTo(fake, none), { name: 'SendFailure', message: /413/ });
});

t.test('a privilege that is missing, a key that expires on the way: one line, and no bug of ours', async (t) => {
  const fake = await fakeElasticsearch(t);
  fake.bulk = (number) => (number === 1 ? 'denied' : 'take');
  await t.rejects(sendTo(fake), { name: 'SendFailure', message: /401/ });
  fake.search = () => 'denied';
  await t.rejects(sendTo(fake), { name: 'SendFailure', message: /indices:data\/read\/search.*403/ });
});

async function setUpAt(fake: Fake): Promise<{ readonly done: readonly string[]; readonly missing: readonly string[] }> {
  const url = destinationUrl(fake.url);
  const [done, missing]: [string[], string[]] = [[], []];
  const onDone = (what: string) => done.push(what);
  const onMissing = (what: string) => missing.push(what);
  await setUp(await connect(url, { apiKey: secret }, undefined), url, 'default', onDone, onMissing);
  return { done, missing };
}

t.test('sets up everything, and a second time nothing new but pipeline and templates', async (t) => {
  const fake = await fakeElasticsearch(t, { streams: false });
  const first = await setUpAt(fake);
  t.strictSame(first.missing, []);
  t.equal(fake.streams.size, 3);
  t.strictSame([...fake.installed.keys()].map((path) => decodeURIComponent(path)).sort(), [
    '/_component_template/leftopen@mappings',
    '/_component_template/leftopen@settings',
    '/_ilm/policy/leftopen',
    '/_index_template/leftopen-open-now',
    '/_index_template/logs-leftopen',
    '/_ingest/pipeline/leftopen-arrival',
    '/_ingest/pipeline/leftopen-findings-only',
    '/_transform/leftopen-open-now-default',
  ]);
  t.ok(fake.requests.some((request) => request.startsWith('POST /_transform/leftopen-open-now-default/_start')));
  await sendTo(fake);
  t.equal(held(fake), total);
  const again = await setUpAt(fake);
  t.ok(again.done.every((what) => /template|pipeline/.test(what)) && again.missing.length === 0);
});

// 8.15.1 passed over all 10,000 findings of a run that had ended before the transform was created, and that for good.
t.test('what is open now goes by the time of arrival, not by the end of the run', async (t) => {
  const fake = await fakeElasticsearch(t, { streams: false });
  await setUpAt(fake);
  t.match(fake.installed.get('/_transform/leftopen-open-now-default'), {
    sync: { time: { field: 'event.ingested' } },
    latest: { sort: '@timestamp' },
  });
  t.match(fake.installed.get('/_ingest/pipeline/leftopen-arrival'), {
    processors: [{ set: { field: 'event.ingested', value: '{{{_ingest.timestamp}}}' } }],
  });
  t.match(fake.installed.get('/_component_template/leftopen%40settings'), {
    template: { settings: { index: { final_pipeline: 'leftopen-arrival', lifecycle: { name: 'leftopen' } } } },
  });
  t.match(fake.installed.get('/_component_template/leftopen%40mappings'), {
    template: { mappings: { properties: { event: { properties: { ingested: { type: 'date' } } } } } },
  });
});

// On 8.15.1, what was open stayed so for good once all was fixed: without a new document, a transform drops nothing.
t.test('a run without findings reaches what is open now, and puts nothing into it', async (t) => {
  const fake = await fakeElasticsearch(t, { streams: false });
  await setUpAt(fake);
  t.match(fake.installed.get('/_transform/leftopen-open-now-default'), {
    source: { index: ['logs-leftopen.finding-default', 'logs-leftopen.run-default'] },
    dest: { index: 'leftopen-open-now-default', pipeline: 'leftopen-findings-only' },
  });
  t.match(fake.installed.get('/_ingest/pipeline/leftopen-findings-only'), {
    processors: [{ drop: { if: "ctx.event?.dataset != 'leftopen.finding'" } }],
  });
  const installed = [...fake.installed.keys()];
  t.ok(
    installed.indexOf('/_ingest/pipeline/leftopen-findings-only') <
      installed.indexOf('/_transform/leftopen-open-now-default'),
  );
});

t.test('a server without a part: everything else, and one line for what is missing', async (t) => {
  const settings = '/_component_template/leftopen%40settings';
  const without = ['/_ilm/', '/_transform/'];
  const old = await fakeElasticsearch(t, { version: '8.3.3', streams: false, lacks: without });
  t.equal((await setUpAt(old)).missing.length, 2);
  t.strictSame(old.installed.get(settings), { template: { settings: { index: {} } } });
  t.notOk(old.installed.has('/_ingest/pipeline/leftopen-arrival'));
  await sendTo(old);
  t.equal(held(old), total);
  const later = await fakeElasticsearch(t, { version: '9.4.3', streams: false, lacks: without });
  t.equal((await setUpAt(later)).missing.length, 1, 'a data stream has a lifecycle of its own');
  t.match(later.installed.get(settings), { template: { lifecycle: { data_retention: String } } });
  const none = await fakeElasticsearch(t, { streams: false, lacks: [...without, '/_data_stream/'] });
  await t.rejects(setUpAt(none), { name: 'SendFailure', message: /no data streams/ });
  t.equal(none.installed.size, 0);
});

/** An error as Elasticsearch writes it. */
const wrong = (status: number, reason: string, more: object = {}): readonly [number, unknown] => [
  status,
  {
    error: { root_cause: [{ type: 'security_exception', reason }], type: 'security_exception', reason, ...more },
    status,
  },
];
const notWelcome =
  'unable to authenticate with provided credentials and anonymous access is not allowed for this request';

// As 8.15.1 answered.
t.test('a 401 says what is wrong with the credentials', async (t) => {
  const fake = await fakeElasticsearch(t);
  for (const [answer, expected] of [
    [wrong(401, 'missing authentication credentials for REST request [/]'), /401.*LEFTOPEN_SEND_API_KEY/],
    [wrong(401, 'unable to authenticate user [admin] for REST request [/]'), /check the API key or password/],
    [
      wrong(401, notWelcome, { additional_unsuccessful_credentials: 'API key: api key is expired' }),
      /\(401\): the API key has expired/,
    ],
    [
      wrong(401, notWelcome, {
        additional_unsuccessful_credentials: 'API key: api key [7C8qK6IBZIpof3hn5z-A] has been invalidated',
      }),
      /\(401\): the API key was revoked/,
    ],
    [
      wrong(401, notWelcome, {
        additional_unsuccessful_credentials: 'API key: unable to find apikey with id c2VjcmV0LWtleTpuZXZlci1zaG93bg',
      }),
      /^(?!.*c2VjcmV0).*\(401\): it knows no API key with this id/,
    ],
    [
      wrong(401, notWelcome, { additional_unsuccessful_credentials: 'API key: invalid ApiKey value' }),
      /\(401\): .*`encoded`/,
    ],
  ] as const) {
    fake.answers.set('GET /', answer);
    await t.rejects(sendTo(fake), { name: 'SendFailure', message: expected });
  }
});

t.test('a 403 says what is denied, where, and which privileges allow it', async (t) => {
  const fake = await fakeElasticsearch(t);
  fake.answers.set(
    'GET /',
    wrong(
      403,
      'action [cluster:monitor/main] is unauthorized for API key id [0C8oK6IBZIpof3hnfz_p] of user [admin], this action is granted by the cluster privileges [monitor,manage,all]',
    ),
  );
  await t.rejects(sendTo(fake), {
    name: 'SendFailure',
    message: /denied cluster:monitor\/main \(403\)\. Any of these cluster privileges allows it: monitor, manage, all\./,
  });
  fake.answers.delete('GET /');
  fake.answers.set(
    'POST /_bulk',
    wrong(
      403,
      'action [indices:data/write/bulk[s]] is unauthorized for API key id [7i8qK6IBZIpof3hn8D-h] of user [admin] on indices [logs-leftopen.finding-default], this action is granted by the index privileges [create_doc,create,delete,index,write,all]',
    ),
  );
  await t.rejects(sendTo(fake), {
    name: 'SendFailure',
    message: /indices:data\/write\/bulk\[s\] \(403\) on logs-leftopen\.finding-default\. .* create_doc, create,/,
  });
});

t.test('setting up that ends half-way: what was installed is said, and the reason is the server’s', async (t) => {
  const fake = await fakeElasticsearch(t, { streams: false });
  // What 8.15.1 answered to a key without the privilege `delete`, which the retention of the transform needs.
  fake.answers.set(
    'PUT /_transform/leftopen-open-now-default',
    wrong(
      403,
      'Cannot create transform [leftopen-open-now-default] because user admin lacks the required permissions [leftopen-open-now-default:[delete], logs-leftopen.finding-default:[]]',
    ),
  );
  const done: string[] = [];
  const url = destinationUrl(fake.url);
  const destination = await connect(url, { apiKey: secret }, undefined);
  await t.rejects(
    setUp(
      destination,
      url,
      'default',
      (what) => done.push(what),
      () => undefined,
    ),
    { name: 'SendFailure', message: /403.*lacks the required permissions \[leftopen-open-now-default:\[delete\]/ },
  );
  t.equal(done.length, 10);
  fake.answers.clear();
  t.match((await setUpAt(fake)).done.at(-1), /^transform /, 'a repeat with more privileges brings the rest');
});

t.test("the template of one's own fields is taken up, in every version", async (t) => {
  for (const version of ['8.3.3', '8.19.4']) {
    const fake = await fakeElasticsearch(t, { version, streams: false });
    await setUpAt(fake);
    fake.installed.set('/_component_template/leftopen%40custom', {});
    await setUpAt(fake);
    t.match(fake.installed.get('/_index_template/logs-leftopen'), {
      composed_of: ['leftopen@mappings', 'leftopen@settings', 'leftopen@custom'],
    });
  }
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
  for (const pem of ['absent.pem', 'package.json', 'src'])
    await t.rejects(connect(destinationUrl('https://127.0.0.1:1'), null, pem), { name: 'UserMistake', message: pem });
  const odd = await fakeElasticsearch(t, { version: 'nine' });
  await t.rejects(sendTo(odd), { name: 'SendFailure', message: /did not respond as Elasticsearch/ });
  const failure: unknown = await connect(new URL('http://127.0.0.1:1'), { apiKey: secret }, undefined).catch(
    (error: unknown) => error,
  );
  t.ok(failure instanceof SendFailure && !`${failure.stack ?? ''}${JSON.stringify(failure)}`.includes(secret));
});

/** Port of a server on loopback that speaks TLS with a certificate of the fixtures; it ends with the test. */
async function tlsPort(t: Test, certificate: string): Promise<number> {
  const [cert, key] = ['pem', 'key'].map((end) => readFileSync(`test/net/fixtures/${certificate}.${end}`));
  const server = createServer({ cert, key });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

t.test('a certificate that is not accepted: each reason with what helps', async (t) => {
  const authority = 'test/net/fixtures/ca.pem';
  for (const [certificate, host, ca, expected] of [
    ['server', '127.0.0.1', undefined, /not trusted here .*--ca/],
    ['server', 'localhost', authority, /for another host .*--to/],
    ['expired', '127.0.0.1', authority, /has expired: renew it/],
  ] as const) {
    const url = destinationUrl(`https://${host}:${await tlsPort(t, certificate)}`);
    await t.rejects(connect(url, { apiKey: secret }, ca), { name: 'SendFailure', message: expected });
  }
});

t.test('http where https is spoken, and the other way round: the other one is asked about', async (t) => {
  const secured = destinationUrl(`http://127.0.0.1:${await tlsPort(t, 'server')}`);
  await t.rejects(connect(secured, { apiKey: secret }, undefined), { name: 'SendFailure', message: /is it https:/ });
  const plain = destinationUrl((await fakeElasticsearch(t)).url.replace('http:', 'https:'));
  await t.rejects(connect(plain, { apiKey: secret }, undefined), { name: 'SendFailure', message: /is it http:/ });
});

t.test('an address is https, or loopback, and holds no credentials', (t) => {
  for (const bad of [
    'siem.example',
    'ftp://siem.example',
    'http://siem.example:9200',
    'http://10.0.0.1:9200',
    'https://u:hunter2@siem.example',
    'https://siem.example:9200/?pretty',
    'https://siem.example:9200/#top',
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

t.test('the command sends nothing to a cluster that the run found open, unless the user insists', async (t) => {
  const target = await recorded(t, 'elasticsearch/9.4.3-open');
  const folder = t.testdir({});
  const { result } = await audited(
    await declared(t, `${engagement}targets: [{ id: siem, owner: o, environment: test, url: "${target}" }]`, folder),
    join(folder, 'reports'),
  );
  const command = (...more: string[]) =>
    commandLine(['send', '--to', target, '--run', result.folder, '-q', ...more], folder);
  const refused = await command();
  t.equal(refused.code, 2);
  t.match(refused.stderr, /found open by this run .*--even-if-open/);
  // The recording takes no documents: what it says to that comes after the refusal.
  t.notMatch((await command('--even-if-open')).stderr, /found open by this run/);
});

t.test('credentials', async (t) => {
  const folder = t.testdir({
    ...{ key: `${secret}\n`, empty: '', two: 'a\nb', long: 'a'.repeat(5000), foreign: 'schlüssel' },
    ...{ open: { key: secret }, sticky: { key: secret } },
  });
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
  file('sticky/key', 0o600);
  file('open/key', 0o600);
  // As Kubernetes mounts secrets.
  t.strictSame(await read({ environment, apiKeyFile: join(file('sticky', 0o1777), 'key') }), { apiKey: secret });
  for (const sources of [
    { environment, apiKeyFile: join(file('open', 0o777), 'key') },
    { environment, apiKeyFile: file('long', 0o600) },
    { environment, apiKeyFile: file('foreign', 0o600) },
    { environment, apiKeyFile: file('key', 0o600), username: 'u' },
    { environment: { LEFTOPEN_SEND_PASSWORD: 'hunter2' }, username: 'u:v' },
    { environment, apiKeyFile: '' },
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
