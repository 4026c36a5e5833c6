import t from 'tap';
import { denied } from '../../src/catalogue/index.js';
import { failures, type FailureName } from '../../src/model/exchange.js';
import { observe } from '../../src/reading/index.js';
import { budgets, survey } from '../../src/survey/index.js';
import { techniquesWith } from '../support/answer.js';
import { checkCases } from '../support/expect.js';
import {
  html,
  json,
  listing,
  nginxPassword,
  openElasticsearch,
  openOpenSearch,
  realmRefusal,
  wall,
  xpackRefusal,
} from '../support/clusters.js';
import { fakeEndpoint, runSurvey, serve, surveyed } from '../support/survey.js';
import type { Responder } from '../support/survey.js';

const open = openElasticsearch('8.15.0');
const openTls = openElasticsearch('8.15.0', { scheme: 'https' });

function asked(server: Responder, run: Parameters<typeof runSurvey>[1] = {}): string[] {
  return runSurvey(server, run).exchanges.map(({ question, scheme }) => `${scheme} ${question}`);
}

t.test('what a plain request met is the reason, not that the port speaks no TLS', (t) => {
  for (const failure of ['reset', 'closed-without-answer'] as const) {
    const seen = surveyed(({ scheme }) => (scheme === 'https' ? 'tls-not-spoken' : failure));
    t.match(seen.access, { state: 'undetermined', reason: failure });
  }
  t.end();
});

t.test('the scheme is found with one connection too many at most', (t) => {
  t.strictSame(asked(open).slice(0, 2), ['http root', 'http cat-indices']);
  t.strictSame(asked(openTls).slice(0, 3), ['http root', 'https root', 'https cat-indices']);
  for (const port of [443, 8443, 9243]) {
    t.strictSame(asked(openTls, { endpoint: { port } })[0], 'https root', String(port));
    t.strictSame(asked(open, { endpoint: { port } }).slice(0, 2), ['https root', 'http root'], String(port));
  }
  t.strictSame(asked(openTls, { endpoint: { scheme: 'https' } })[0], 'https root', 'declared');
  t.end();
});

t.test('plain HTTP on a TLS port is recognised by what comes back', (t) => {
  const says: Record<string, Responder> = {
    nginx: (ask, path, n) =>
      ask.scheme === 'http'
        ? html(400, '<title>400 The plain HTTP request was sent to HTTPS port</title>', { Server: 'nginx' })
        : openTls(ask, path, n),
    go: (ask, path, n) =>
      ask.scheme === 'http'
        ? { status: 400, body: 'Client sent an HTTP request to an HTTPS server.' }
        : openTls(ask, path, n),
  };
  // The server names the host that it knows itself by.
  for (const host of ['127.0.0.1', '0.0.0.0', 'localhost', 'es-01.acme.example', '[::1]'])
    says[`redirect to ${host}`] = (ask, path, n) =>
      ask.scheme === 'http'
        ? { status: 302, headers: { Location: `https://${host}:9200${path}` } }
        : openTls(ask, path, n);
  for (const failure of [
    'closed-without-answer',
    'reset',
    'not-http',
    'bad-http',
    'cut-short',
  ] satisfies FailureName[]) {
    says[failure] = (ask, path, n) => (ask.scheme === 'http' ? failure : openTls(ask, path, n));
  }
  for (const [name, server] of Object.entries(says)) {
    const { access, transport } = surveyed(server);
    t.strictSame([access.state, transport.scheme], ['open', 'https'], name);
  }
  t.end();
});

t.test('a redirect to another port, or to a port without TLS, leads nowhere', (t) => {
  for (const location of ['https://127.0.0.1/', 'https://127.0.0.1:9201/', 'http://0.0.0.0:9200/x'])
    t.notOk(
      asked((ask, path, n) =>
        ask.scheme === 'http' ? { status: 302, headers: { Location: location } } : openTls(ask, path, n),
      ).some((each) => each.startsWith('https')),
      location,
    );
  const { access, transport } = surveyed((ask, path, n) =>
    ask.scheme === 'https'
      ? 'tls-not-spoken'
      : path === '/'
        ? { status: 302, headers: { Location: 'https://localhost:9200/' } }
        : open(ask, path, n),
  );
  t.strictSame([access.state, transport.scheme], ['open', 'http'], 'and what does not speak TLS is asked as before');
  t.end();
});

t.test('an endpoint that never responded has the scheme that was declared, or tried first', (t) => {
  const url = (reply: Responder, endpoint: Parameters<typeof runSurvey>[1] = {}): string =>
    surveyed(reply, endpoint).url;
  const closes: Responder = () => 'closed-without-answer';
  t.equal(url(closes, { endpoint: { scheme: 'http' } }), 'http://127.0.0.1:9200');
  t.equal(url(closes, { endpoint: { scheme: 'https' } }), 'https://127.0.0.1:9200');
  t.equal(url(closes), 'http://127.0.0.1:9200');
  t.equal(url(closes, { endpoint: { port: 443 } }), 'https://127.0.0.1:443');
  const overTls =
    (failure: FailureName): Responder =>
    (ask) =>
      ask.scheme === 'http' ? 'reset' : failure;
  for (const failure of ['tls-client-certificate', 'tls-version', 'bad-http', 'cut-short'] satisfies FailureName[]) {
    t.equal(url(overTls(failure), { endpoint: { scheme: 'http' } }), 'https://127.0.0.1:9200', failure);
  }
  t.equal(
    url(overTls('tls-failed'), { endpoint: { scheme: 'http' } }),
    'http://127.0.0.1:9200',
    'perhaps no TLS at all',
  );
  t.end();
});

t.test('an endpoint is unreachable where nothing responded, and is not asked over the other scheme', (t) => {
  for (const failure of ['refused', 'connect-timeout', 'host-unreachable', 'no-such-name'] satisfies FailureName[]) {
    const { access, record } = surveyed(() => failure);
    t.strictSame(
      [access.state, access.rung, access.reason, record.exchanges.length],
      ['unreachable', 'silent', failure, 1],
      failure,
    );
  }
  const { access, record } = surveyed(() => 'response-timeout');
  t.strictSame([access.state, access.reason], ['unreachable', 'response-timeout']);
  t.strictSame(
    record.exchanges.map(({ scheme, question }) => `${scheme} ${question}`),
    ['http root', 'http cat-indices'],
    'what accepted a connection is asked another path',
  );
  const silentTls = surveyed((ask) => (ask.scheme === 'https' ? 'tls-timeout' : 'response-timeout'), {
    endpoint: { scheme: 'https' },
  });
  t.equal(silentTls.access.state, 'unreachable');
  t.end();
});

t.test('anything that responded is undetermined, with what was seen', (t) => {
  const quiet: readonly FailureName[] = ['no-such-name', 'refused', 'host-unreachable', 'connect-timeout'];
  const spoke = Object.keys(failures).filter(
    (name): name is FailureName =>
      name in failures && !quiet.some((each) => each === name) && !/timeout$|client-certificate$/.test(name),
  );
  for (const failure of spoke) {
    for (const other of ['refused', failure] as const) {
      const { access } = surveyed((ask) => (ask.scheme === 'http' ? failure : other));
      t.strictSame([access.state, access.reason], ['undetermined', failure], `${failure}, then ${other}`);
    }
  }
  t.end();
});

t.test('an open endpoint that stops responding stays open, and is marked as not fully audited', (t) => {
  const total = runSurvey(open).exchanges.length;
  for (const failure of ['refused', 'reset', 'response-timeout', 'connect-timeout'] satisfies FailureName[]) {
    const { access } = surveyed((ask, path, number) => (number > total - 4 ? failure : open(ask, path, number)));
    t.strictSame([access.state, access.rung, access.reason], ['open', 'control', failure]);
  }
  t.equal(surveyed(open).access.reason, null);
  const oldTls = surveyed((ask, path, number) =>
    ask.question.tls === undefined ? openTls(ask, path, number) : 'closed-without-answer',
  );
  t.strictSame([oldTls.access.state, oldTls.access.reason], ['open', null], 'old versions of TLS are no part of it');
  t.end();
});

t.test('questions that need a master are waited for after a banner, and no others', (t) => {
  const patient = (server: Responder): readonly string[] => {
    const seen: string[] = [];
    runSurvey((ask, path, number) => {
      if (ask.patient === true) seen.push(ask.question.id);
      return server(ask, path, number);
    });
    return seen;
  };
  t.strictSame(patient(open), ['cat-indices']);
  t.strictSame(patient(wall(xpackRefusal())), []);
  t.strictSame(
    patient(() => 'response-timeout'),
    [],
    'a silent port is not',
  );
  t.end();
});

t.test('a cut does not hide that there is no master', (t) => {
  const server = openElasticsearch('7.17.9', {
    paths: {
      '/_cat/indices': json(503, { error: { type: 'master_not_discovered_exception', reason: null }, status: 503 }),
    },
  });
  const record = { ...runSurvey(server), cut: 'left-in-peace' } as const;
  t.strictSame([observe(record).access.state, observe(record).access.reason], ['undetermined', 'cluster-not-formed']);
  t.end();
});

t.test('where the root page alone is cut off, the rest is asked', (t) => {
  for (const failure of ['closed-without-answer', 'reset', 'response-timeout'] satisfies FailureName[]) {
    const server: Responder = (ask, path, number) =>
      ask.scheme === 'https' ? 'tls-not-spoken' : path === '/' ? failure : open(ask, path, number);
    const { access } = surveyed(server);
    t.strictSame([access.state, access.rung], ['open', 'control'], failure);
    const walled = surveyed((ask, path, number) =>
      ask.scheme === 'https' ? 'tls-not-spoken' : path === '/' ? failure : wall(xpackRefusal())(ask, path, number),
    );
    t.equal(walled.access.state, 'guarded', failure);
    const tls = surveyed((ask, path, number) =>
      path === '/' || ask.scheme === 'http' ? 'closed-without-answer' : openTls(ask, path, number),
    );
    t.equal(tls.access.state, 'undetermined', 'one path more, and no third');
  }
  t.end();
});

t.test('our own failures are never attributed to the endpoint', (t) => {
  for (const failure of [
    'local-failure',
    'out-of-scope',
    'budget-spent',
    'window-closed',
    'interrupted',
    'left-in-peace',
    'name-lookup-failed',
    'denied',
  ] satisfies FailureName[]) {
    const { access } = surveyed(() => failure);
    t.strictSame([access.state, access.reason], ['undetermined', failure], failure);
  }
  t.end();
});

checkCases([
  ['the transport port', () => 'transport-port', { state: 'undetermined', reason: 'transport-port' }],
  ['no HTTP', () => 'not-http', { state: 'undetermined', reason: 'not-http', asks: 2 }],
  ['HTTP that cannot be read', () => 'bad-http', { state: 'undetermined', reason: 'bad-http' }],
  [
    'HTTP that cannot be read, and no TLS',
    (ask) => (ask.scheme === 'http' ? 'bad-http' : 'tls-version'),
    { state: 'undetermined', reason: 'bad-http' },
  ],
  [
    'an answer that breaks off, and no TLS',
    (ask) => (ask.scheme === 'http' ? 'cut-short' : 'tls-failed'),
    { state: 'undetermined', reason: 'cut-short' },
  ],
  [
    'a TLS transport port closes both ways',
    (ask) => (ask.scheme === 'http' ? 'closed-without-answer' : 'tls-failed'),
    { state: 'undetermined', reason: 'tls-failed', asks: 3 },
  ],
  [
    'no TLS version in common',
    (ask) => (ask.scheme === 'http' ? 'reset' : 'tls-version'),
    { state: 'undetermined', reason: 'tls-version' },
  ],
  ['bytes without end in the headers', () => 'header-too-large', { state: 'undetermined', reason: 'header-too-large' }],
  [
    'a root page that cannot be read does not hide the rest',
    (ask, path, number) => (path === '/' ? 'body-too-large' : open(ask, path, number)),
    { state: 'open', rung: 'control', product: 'elasticsearch' },
  ],
  [
    'the listing takes too long: nothing is said of it',
    (ask, path, number) =>
      /_cat|_alias|_stats|_cluster|_resolve|_field_caps/.test(path) ? 'response-timeout' : open(ask, path, number),
    { state: 'undetermined', rung: 'banner', reason: 'response-timeout' },
  ],
]);

t.test('budgets: a login that is recognised, one that is not, an open endpoint', (t) => {
  const walls: Record<string, Responder> = {
    'x-pack': wall(xpackRefusal()),
    OpenSearch: wall(realmRefusal('OpenSearch Security')),
    'Search Guard': wall(realmRefusal('Search Guard')),
  };
  for (const [name, server] of Object.entries(walls)) {
    t.ok(
      runSurvey(server).exchanges.length <= budgets.recognisedWall,
      `${name}: ${runSurvey(server).exchanges.length}`,
    );
  }
  for (const port of [9200, 5601]) {
    const { length } = runSurvey(wall(nginxPassword), { endpoint: { port } }).exchanges;
    t.ok(length <= budgets.unknownWall, `unknown wall on ${port}: ${length}`);
  }
  for (const server of [open, openOpenSearch('1.3.20'), openElasticsearch('1.7.6'), openElasticsearch('0.90.13')]) {
    t.ok(runSurvey(server).exchanges.length <= budgets.whole);
  }
  t.end();
});

t.test('after a refusal by OpenSearch Security at most three more (its IP blocking, wire guide 0.6)', (t) => {
  const { exchanges } = runSurvey(wall(realmRefusal('OpenSearch Security'), {}, 'https'));
  const first = exchanges.findIndex(({ outcome }) => outcome.kind === 'answer' && outcome.status === 401);
  t.ok(exchanges.length - first - 1 <= 3, `${exchanges.length - first - 1} more`);
  t.end();
});

t.test('what was proved before the survey was cut short remains, the rest is undetermined', (t) => {
  const total = runSurvey(open).exchanges.length;
  for (let asks = 0; asks <= total; asks++) {
    const { access } = surveyed(open, { cutAfter: { asks, cut: 'window-closed' } });
    const proved = asks >= 3;
    if (asks < total) t.equal(access.reason, 'window-closed', `${asks}`);
    t.equal(access.state, proved ? 'open' : 'undetermined', `after ${asks} of ${total}`);
    if (!proved) t.notMatch(access.rung, /metadata|documents|control/);
  }
  const { access } = surveyed(wall(xpackRefusal()), { cutAfter: { asks: 1, cut: 'left-in-peace' } });
  t.strictSame([access.state, access.reason], ['undetermined', 'left-in-peace'], 'one refusal of `/` closes nothing');
  t.end();
});

t.test('nothing more is asked once the run must stop, or the endpoint has stopped answering', (t) => {
  for (const failure of [
    'left-in-peace',
    'window-closed',
    'budget-spent',
    'interrupted',
    'local-failure',
  ] satisfies FailureName[]) {
    const server: Responder = (ask, path, number) => (number >= 3 ? failure : open(ask, path, number));
    t.equal(runSurvey(server).exchanges.length, 3, failure);
  }
  const dies: Responder = (ask, path, number) => (number >= 3 ? 'connect-timeout' : open(ask, path, number));
  t.equal(runSurvey(dies).exchanges.length, 4, 'two in a row');
  t.end();
});

t.test('the same answers lead to the same questions, and only the options add randomness', (t) => {
  t.strictSame(runSurvey(open), runSurvey(open));
  const nonces: string[] = [];
  const questions = survey(fakeEndpoint, {
    techniques: techniquesWith(),
    nonce: () => (nonces.push('n'), `nonce${nonces.length}`),
  });
  t.equal(questions.next().value?.question.id, 'root');
  t.strictSame(nonces, [], 'no nonce is taken before one is needed');
  t.end();
});

t.test('techniques that are off are not used', (t) => {
  const record = runSurvey(open, { techniques: { names: false, documentCounts: false } });
  const ids = record.exchanges.map(({ question }) => question);
  t.ok(ids.includes('cat-index-counts'));
  for (const id of ['cat-indices', 'aliases', 'index-health', 'index-stats', 'index-count'])
    t.notOk(ids.includes(id), id);
  t.notMatch(
    JSON.stringify(record.exchanges.map(({ path }) => path)),
    /index[,&]/,
    'the column of names is not asked for',
  );
  const { cluster } = surveyed(open, { techniques: { names: false } });
  t.strictSame(
    cluster?.indices?.list.map(({ name }) => name),
    ['', '', ''],
  );
  t.end();
});

t.test('redirects: within the same endpoint only, to a base path only, never to a path that is denied', (t) => {
  const to = (location: string): Responder =>
    serve({ '/': { status: 302, headers: { Location: location } } }, html(404, '<title>404</title>'));
  const paths = (location: string) => runSurvey(to(location)).exchanges.map(({ path }) => path);
  t.ok(paths('/es/').includes('/es/'), 'a folder is looked at');
  for (const elsewhere of [
    'http://other.example/es/',
    '//other.example/es/',
    'http://127.0.0.1:9201/es/',
    'https://127.0.0.1/es/',
    'javascript:alert(1)',
    'http://127.0.0.1:9200@evil.example/es/',
  ]) {
    t.ok(
      paths(elsewhere).every((path) => !path.startsWith('/es')),
      elsewhere,
    );
  }
  for (const bad of [
    '/_flush/',
    '/logout',
    '/_all/_search?q=*',
    '/a/_cat/indices/',
    '/..%2f_flush/',
    '/a?b=c/_flush',
    '/es/%5fflush/',
    '/app/kibana/../../_flush',
  ]) {
    for (const path of paths(bad)) {
      t.equal(denied(path), null, `${bad}: ${path}`);
      t.notMatch(path, /flush|logout|_all/, bad);
    }
  }
  const loop: Responder = (_, path) => ({ status: 302, headers: { Location: `${path}a/` } });
  t.ok(runSurvey(loop).exchanges.length <= budgets.unknownWall, 'a chain of folders ends');
  t.end();
});

t.test('hostile bodies: nothing throws, nothing is called open', (t) => {
  const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  const bodies: Record<string, string | object> = {
    proto: '{"__proto__":{"x":1},"version":{"__proto__":{},"number":"8.1.0"},"tagline":{"toString":1}}',
    constructor: { constructor: { prototype: { x: 1 } }, version: { number: ['8'] }, tagline: 7 },
    deep,
    'deep object': `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
    huge: 'x'.repeat(300_000),
    'huge JSON': `{"a":"${'x'.repeat(200_000)}`,
    numbers: { version: { number: 8 }, cluster_name: 1e308, tagline: null },
    control:
      '{"name":"\\u001b[31m\\u202e\\u0000","version":{"number":"8.1.0\\u0007"},"tagline":"You Know, for Search"}',
    'lone surrogates': '{"name":"\\ud800","version":{"number":"\\udfff"},"tagline":"\\ud800"}',
    'not UTF-8': Buffer.from([0xff, 0xfe, 0x7b, 0x22]).toString('latin1'),
    null: 'null',
    number: '1e999',
    string: '"You Know, for Search"',
  };
  for (const [name, body] of Object.entries(bodies)) {
    for (const status of [200, 401]) {
      const { access, record } = surveyed(wall({ status, body, headers: { 'content-type': 'application/json' } }));
      t.not(access.state, 'open', `${name} ${status}`);
      t.notMatch(
        JSON.stringify(record),
        /[\u0000-\u001f\u202a-\u202e]|(?<!\\)(?:\\\\)*\\u00[01]/,
        `${name} ${status}: clean`,
      );
      t.ok(JSON.stringify(record).length < 60_000, `${name} ${status}: small`);
    }
  }
  t.end();
});

t.test('hostile rows: a listing keeps its shape whatever its names are', (t) => {
  const names = [
    '__proto__',
    'constructor',
    '\u202egpj.exe',
    '<script>alert(1)</script>',
    '../../_flush',
    '*',
    '_all',
    'a,b',
    '-x',
    '=cmd()',
    'a\u0000b',
    'UPPER',
    '_search?scroll=1m',
    '%2e%2e',
    'x'.repeat(5000),
  ];
  const rows = names.map((index, i) => ({
    health: 'green',
    status: 'open',
    index,
    'docs.count': String(i + 1),
    'store.size': 'NaN',
    'creation.date': '-1',
  }));
  const { access, cluster, record } = surveyed(
    openElasticsearch('8.15.0', { paths: { '/_cat/indices': json(200, rows) } }),
  );
  t.equal(access.state, 'open');
  t.equal(cluster?.indices?.total, names.length);
  for (const { path } of record.exchanges.filter(({ question }) => question === 'index-count')) {
    t.equal(denied(path), null, path);
    t.notMatch(decodeURIComponent(path), /^\/[^/]*[*,<>\s]|_all|flush|\.\./, path);
  }
  t.notMatch(JSON.stringify(record), /\u202e/);
  t.end();
});

t.test('a million indices: totals of what was read, the largest by name, within the size of a journal line', (t) => {
  const rows = Array.from({ length: 30_000 }, (_, i) => ({
    health: 'green',
    status: 'open',
    index: `logs-${i}-${'x'.repeat(40)}`,
    'docs.count': String(i),
    'store.size': '1',
    'creation.date': '1700000000000',
  }));
  const body = JSON.stringify(rows);
  const server: Responder = (ask, path, number) =>
    path.startsWith('/_cat/indices?format=json&bytes') ? { status: 200, body } : open(ask, path, number);
  const { access, cluster, record } = surveyed(server);
  t.equal(access.state, 'open');
  t.equal(cluster?.indices?.complete, false);
  t.ok((cluster?.indices?.total ?? 0) > 20_000);
  t.equal(cluster?.indices?.list.length, 200);
  t.ok(JSON.stringify(record).length < 64 * 1024, `${JSON.stringify(record).length} bytes`);
  t.end();
});

t.test('no secret gets into the record', (t) => {
  const canary = 'CANARY-9f8e7d';
  const server: Responder = (ask, path, number) => {
    const reply = openElasticsearch('8.15.0', { paths: { '/_cat/indices': listing } })(ask, path, number);
    if (typeof reply === 'string') return reply;
    const headers = {
      ...reply.headers,
      'Set-Cookie': `sid=${canary}; Path=/`,
      Location: `https://u:${canary}@h.example/?state=${canary}`,
      'X-Secret': canary,
      Server: `nginx password=${canary}`,
    };
    return { ...reply, headers };
  };
  t.notMatch(JSON.stringify(runSurvey(server)), canary);
  for (const body of [
    `{"error":"connect http://admin:${canary}@10.0.0.1:9200 failed","status":500}`,
    `{"message":"token=${canary}"}`,
    `Authorization: Bearer ${canary}`,
    `<p>api_key: ${canary}</p>`,
  ]) {
    t.notMatch(JSON.stringify(runSurvey(wall({ status: 500, body }))), canary, body);
  }
  t.end();
});
