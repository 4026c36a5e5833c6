import t from 'tap';
import { catalogue, keepAnswer, questionById } from '../../src/catalogue/index.js';
import { parseListing } from '../../src/catalogue/listing.js';
import { isSystemIndex } from '../../src/knowledge/system-indices.js';

function keep(
  id: string,
  body: string | Uint8Array,
  options: { status?: number; headers?: Record<string, string[]>; truncated?: boolean } = {},
) {
  return keepAnswer(questionById(id), {
    status: options.status ?? 200,
    headers: options.headers ?? {},
    body: typeof body === 'string' ? Buffer.from(body) : body,
    truncated: options.truncated ?? false,
  });
}

function listing(body: string, truncated = false) {
  const kept = keep('cat-indices', body, { truncated }).body;
  return kept.kind === 'json' ? parseListing(kept.value) : null;
}

const row = (index: string, docs: number | null, more: object = {}) => ({
  health: 'green',
  status: 'open',
  index,
  'docs.count': docs === null ? null : String(docs),
  'store.size': '10',
  'creation.date': '1700000000000',
  ...more,
});

t.test('a listing keeps totals, the largest, and small ones to count on', (t) => {
  const rows = [
    ...Array.from({ length: 500 }, (_, i) => row(`logs-${String(i).padStart(4, '0')}`, 1000 + i)),
    row('.kibana_1', 5),
    row('tiny', 2),
    row('closed', 1, { status: 'close' }),
    row('red', 1, { health: 'red' }),
    row('empty', 0),
    row('unknown', null),
    row('ransom', 1, { 'creation.date': '1790000000000' }),
  ];
  const kept = listing(JSON.stringify(rows));
  t.equal(kept?.total, rows.length);
  t.equal(kept?.system, 1);
  t.equal(kept?.documents, 500 * 1000 + (499 * 500) / 2 + 2 + 1 + 1 + 1);
  t.ok((kept?.list.length ?? 0) <= 200);
  t.equal(kept?.list[0]?.name, 'logs-0499', 'the largest first');
  t.ok(
    kept?.list.some(({ name }) => name === 'ransom'),
    'the newest too, however small',
  );
  t.equal(kept?.newest, 1_790_000_000_000);
  t.strictSame(
    kept?.small,
    ['ransom', 'tiny', 'logs-0000', 'unknown', 'empty'],
    'open, readable, of different kinds, smallest first',
  );
  t.end();
});

t.test('a long listing keeps one index without a count, to show that not all documents were counted', (t) => {
  const rows = Array.from({ length: 500 }, (_, i) => row(`logs-${String(i).padStart(4, '0')}`, 1000 + i));
  const kept = listing(JSON.stringify([...rows, row('aaa', null, { 'creation.date': '1500000000000' })]));
  t.ok(kept?.list.some(({ name, documents }) => name === 'aaa' && documents === undefined));
  t.end();
});

t.test('a listing cut off by the cap is repaired at its last complete row', (t) => {
  const text = JSON.stringify(Array.from({ length: 50 }, (_, i) => row(`i${i}`, 1)));
  for (let end = 1; end < text.length; end += 37) {
    const kept = listing(text.slice(0, end), true);
    const whole = text.slice(0, end).split('}').length - 1;
    if (whole > 0) t.equal(kept?.total, whole, `cut after ${end} characters`);
    else t.equal(kept, null, `cut after ${end} characters`);
    t.equal(listing(text.slice(0, end), false), null, 'what we did not cut off is not repaired');
  }
  t.end();
});

t.test('a body that is not a listing is not read as one', (t) => {
  for (const body of ['[1,2]', '[null]', '["a"]', '[[]]', '[{"x":1}]', '{}', '{"indices":[]}', 'null', '""'])
    t.equal(listing(body), null, body);
  t.equal(listing('[]')?.total, 0, 'an empty cluster');
  t.equal(listing('[{"index":"a","docs.count":{"x":1},"creation.date":"soon"}]')?.list[0]?.documents, undefined);
  t.strictSame(listing('[{"index":"a","evil":1,"__proto__":2}]')?.foreign, ['__proto__', 'evil']);
  t.end();
});

t.test('aliases, health and statistics list indices too', (t) => {
  const of = (id: string, body: object) => {
    const kept = keep(id, JSON.stringify(body)).body;
    return kept.kind === 'json'
      ? parseListing(kept.value)?.list.map(({ name, documents }) => [name, documents])
      : kept.kind;
  };
  t.strictSame(of('aliases', { b: { aliases: {} }, a: { aliases: { x: {} } } }), [
    ['a', undefined],
    ['b', undefined],
  ]);
  t.equal(of('aliases', { error: 'x', status: 404 }), 'error');
  t.strictSame(of('aliases', {}), []);
  t.strictSame(of('index-health', { status: 'green', number_of_nodes: 1, indices: { a: { status: 'green' } } }), [
    ['a', undefined],
  ]);
  t.strictSame(of('index-health', { status: 'green', number_of_nodes: 1 }), [], 'filter_path leaves out what is empty');
  t.strictSame(of('index-stats', { indices: { a: { primaries: { docs: { count: 3 } } } } }), [['a', 3]]);
  t.equal(of('index-stats', { ok: true }), 'error');
  t.end();
});

t.test('errors of every line yield type, reason and the name that was looked up', (t) => {
  const error = (body: string) => {
    const kept = keep('unknown-index', body, { status: 404 }).body;
    return kept.kind === 'error' ? [kept.type, kept.reason, kept.resource, kept.status] : kept.kind;
  };
  t.strictSame(
    error(
      '{"error":{"root_cause":[{"type":"index_not_found_exception","reason":"no such index [x]","resource.id":"x","index":"x"}],"type":"index_not_found_exception","reason":"no such index [x]","index":"x"},"status":404}',
    ),
    ['index_not_found_exception', 'no such index [x]', 'x', 404],
  );
  t.strictSame(error('{"error":"IndexMissingException[[x] missing]","status":404}'), [
    null,
    'IndexMissingException[[x] missing]',
    null,
    404,
  ]);
  t.strictSame(error('{"statusCode":404,"error":"Not Found","message":"gone"}'), ['Not Found', 'gone', null, 404]);
  t.strictSame(error('{"Message":"User: anonymous is not authorized"}'), [
    null,
    'User: anonymous is not authorized',
    null,
    null,
  ]);
  t.strictSame(error('{"message":"Not Found","url":"/","status":"404"}'), [null, 'Not Found', null, '404']);
  t.strictSame(error('{"error":{"root_cause":[{"type":"a_exception","reason":"b"}]},"status":503}'), [
    'a_exception',
    'b',
    null,
    503,
  ]);
  t.strictSame(error('{"error":{"type":{"x":1},"reason":["a"]},"status":{"y":2}}'), [null, null, null, null]);
  t.equal(error('not json'), 'text');
  t.equal(error(''), 'none');
  t.end();
});

t.test('headers: the informative ones, cleaned, without cookies and tokens', (t) => {
  const { headers } = keep('root', '', {
    headers: {
      'Set-Cookie': ['sid=CANARY; Path=/', 'other=CANARY'],
      'WWW-Authenticate': ['Basic realm="a\u202eb"', 'ApiKey'],
      'X-Found-Handling-Cluster': ['CANARY'],
      'X-Unknown': ['CANARY'],
      Authorization: ['Basic CANARY'],
      Server: ['x'.repeat(5000)],
      Warning: Array.from({ length: 50 }, () => 'w'),
    },
  });
  t.strictSame(headers['set-cookie'], ['sid=', 'other=']);
  t.strictSame(headers['www-authenticate'], ['Basic realm="ab"', 'ApiKey']);
  t.strictSame(headers['x-found-handling-cluster'], ['present']);
  t.equal(headers['warning']?.length, 6);
  t.ok((headers['server']?.[0]?.length ?? 0) <= 300);
  t.notMatch(JSON.stringify(headers), /CANARY/);
  t.notOk('x-unknown' in headers);
  t.end();
});

t.test('pages keep their head and title; bytes and hash describe what was read', (t) => {
  const answer = keep('root', '<!doctype html><html><head><title> Acme &amp; Co </title></head><body>hello', {
    headers: { 'content-type': ['text/html'] },
  });
  t.match(answer.body, { kind: 'text', html: true, title: 'Acme &amp; Co' });
  t.equal(answer.bytes, 75);
  t.match(answer.sha256, /^[0-9a-f]{64}$/);
  t.equal(keep('root', '').sha256, '');
  t.end();
});

t.test('of a page, only its title and what readings look for are kept', (t) => {
  const page = (html: string, type = 'text/html') => {
    const { body } = keep('root', html, { headers: { 'content-type': [type] } });
    return body.kind === 'text' ? body.text : body.kind;
  };
  t.equal(
    page('<html><body><p>Our staff: CANARY</p><input name="pw" value="CANARY"><!-- CANARY --></body></html>'),
    '',
  );
  t.equal(page('<html><p>CANARY</p><h1>Please log in</h1> CANARY'), '… log in');
  t.equal(page('<html><script>{"url":"/CANARY","status":404}</script><h1>Please log in</h1> CANARY'), '… log in');
  t.equal(page("<script>var CANARY; var hashRoute = '/app/kibana'; CANARY</script>"), "… hashRoute = '/app/kibana'");
  t.equal(page('<html><body><h1>It works!</h1></body></html>'), '<html><body><h1>It works!</h1>', 'from its beginning');
  t.equal(page('Unauthorized'), 'Unauthorized', 'bare words that are called HTML');
  const settings = keep(
    'kibana-config-js',
    "/** CANARY */ define(['settings'], function (S) { return new S({ elasticsearch: 'http://es:9200', default_route: 'CANARY'",
  );
  t.equal(
    settings.body.kind === 'text' && settings.body.text,
    "… define(['settings'] … elasticsearch: 'http://es:9200', default_route:",
    'settings are kept as far as they say where the cluster is',
  );
  t.end();
});

t.test('a text that is not a page is cut to the length of an error', (t) => {
  for (const body of ['word '.repeat(500), JSON.stringify({ odd: 'word '.repeat(500) })]) {
    const kept = keep('root', body).body;
    t.ok((kept.kind === 'text' || kept.kind === 'error') && kept.text.length <= 300);
  }
  t.end();
});

t.test('no question throws on any body', (t) => {
  const bodies = [
    'null',
    '0',
    '""',
    '[]',
    '{}',
    '[null]',
    '{"nodes":[]}',
    '{"nodes":{"a":null}}',
    '{"indices":7}',
    '{"version":{"number":"1"}}',
    '{"__proto__":null}',
    '{"hits":{"hits":{}},"_shards":{}}',
    '['.repeat(9000),
    '{"a":'.repeat(9000),
    '\u0000',
    '{"username":5}',
    '{"features":{"security":[]}}',
  ];
  for (const question of catalogue) {
    for (const body of bodies) {
      const raw = { status: 200, headers: {}, body: Buffer.from(body), truncated: body.length > 8000 };
      t.doesNotThrow(() => JSON.stringify(keepAnswer(question, raw)), `${question.id}: ${body.slice(0, 30)}`);
    }
    t.doesNotThrow(() =>
      keepAnswer(question, { status: 200, headers: {}, body: Uint8Array.from([0xff, 0x00, 0xc3]), truncated: false }),
    );
  }
  t.end();
});

t.test('system indices', (t) => {
  for (const name of [
    '.kibana_1',
    '.security-7',
    '.geoip_databases',
    '.opendistro_security',
    '.plugins-ml-config',
    '.elastichq',
    '.ent-search-actastic-users',
    'searchguard',
    'kibana-int',
    '.ds-.logs-deprecation.elasticsearch-default-2026.01.01-000001',
    '.ds-ilm-history-5-2026.01.01-000001',
    'top_queries-2026.01.01-12345',
  ])
    t.equal(isSystemIndex(name), true, name);
  for (const name of [
    'orders',
    'security-auditlog-2026.01.01',
    '.ds-logs-app-default-2026.01.01-000001',
    'partial-.ds-logs-x-2026.01.01-000001',
    '.ent-search-engine-documents-customers',
    '.ent-search-engine-5f8a1e0c',
    '.reporting-2026-01-04',
    '.ds-.kibana-reporting-2026.01.04-000001',
    'kibana_sample_data_flights',
    'searchguard-clients',
  ])
    t.equal(isSystemIndex(name), false, name);
  t.end();
});

t.test('of what holds documents, no text is kept, whatever the response', (t) => {
  const found = { took: 1, hits: { total: 1, hits: [{ _index: 'a', _source: { ssn: 'cAnArY' } }] } };
  const one = { _index: 'a', _id: '1', found: true, _source: { ssn: 'cAnArY' } };
  for (const { id } of catalogue)
    for (const body of [
      JSON.stringify(found),
      JSON.stringify(one),
      `x ${JSON.stringify(one)}`,
      `<pre>${JSON.stringify(found)}`,
      `<title>cAnArY</title><pre>${JSON.stringify(found)}`,
    ])
      for (const headers of [{}, { 'content-type': ['text/html'] }])
        t.notMatch(JSON.stringify(keep(id, body, { headers })), /cAnArY/, `${id}: ${body.slice(0, 20)}`);
  t.end();
});

/** A document in all the ways in which a text may quote it. */
const quoted = [
  JSON.stringify({ _index: 'a', _source: { ssn: 'cAnArY' } }),
  JSON.stringify(JSON.stringify({ hits: { total: 1, hits: [{ _source: { ssn: 'cAnArY' } }] } })),
  JSON.stringify(JSON.stringify(JSON.stringify({ _source: { ssn: 'cAnArY' } }))),
  '{&quot;_source&quot;: {&quot;ssn&quot;:&quot;cAnArY&quot;}}',
  '{&#34;_source&#34;:{&#34;ssn&#34;:&#34;cAnArY&#34;}}',
  '/app?q=%7B%22_source%22%3A%7B%22ssn%22%3A%22cAnArY%22%7D%7D',
  String.raw`{"\u005fsource":{"ssn":"cAnArY"}}`,
  "{'_source': {'ssn': 'cAnArY'}}",
  '{"_source"=>{"ssn"=>"cAnArY"}}',
  '- _index: a\n  _source:\n    ssn: cAnArY',
];

t.test('no part of an error, a page or a header that quotes a document is kept', (t) => {
  for (const text of quoted) {
    const bodies = [
      ...[
        { error: { type: text, reason: text, index: text, root_cause: [{ type: text, reason: text }] }, status: text },
        { error: text, status: 400 },
        { statusCode: 400, error: text, message: text },
        { Message: text },
        { cluster_name: text, tagline: text, name: text, version: { number: text } },
        { error: { type: 'cAnArY', reason: 'cAnArY' }, _source: {} },
      ].map((body) => JSON.stringify(body)),
      `<title>cAnArY</title><pre>${text}`,
      `<title>${text}</title>`,
      text,
    ];
    const kept = catalogue.flatMap(({ id }) => bodies.map((body) => ({ id, body, kept: keep(id, body) })));
    t.same(
      kept.filter((one) => JSON.stringify(one.kept).includes('cAnArY')),
      [],
      text,
    );
    for (const name of ['server', 'location', 'www-authenticate', 'refresh', 'kbn-name'])
      t.notMatch(JSON.stringify(keep('root', '{}', { headers: { [name]: [text] } })), /cAnArY/, `${name}: ${text}`);
  }
  t.end();
});

t.test('every kept header is redacted like any other text', (t) => {
  const secret = 'password=cAnArY42';
  for (const name of [
    'refresh',
    'server',
    'via',
    'warning',
    'location',
    'www-authenticate',
    'x-powered-by',
    'set-cookie',
    'retry-after',
  ]) {
    for (const value of [
      `0; ${secret}`,
      `5; url=/a?token=cAnArY42`,
      `x https://a:cAnArY42@h/`,
      `sid=cAnArY42; ${secret}`,
    ])
      t.notMatch(JSON.stringify(keep('root', '', { headers: { [name]: [value] } })), /cAnArY/, `${name}: ${value}`);
  }
  t.end();
});

t.test('what nests deeper than any server does is not parsed, and brackets in a text are no nesting', (t) => {
  const rows = Array.from({ length: 100 }, (_, i) => row(`logs-${i}`, i));
  const lists = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
  const objects = (depth: number): string => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth);
  for (const [last, cut] of [
    [lists(50), false],
    [objects(50), false],
    [lists(300), true],
    [objects(300), true],
    [lists(60_000), true],
    [JSON.stringify('[{'.repeat(5_000)), false],
    [JSON.stringify('"[{\\'.repeat(5_000)), false],
    [JSON.stringify('[{"\\"'.repeat(5_000)), false],
  ] as const) {
    const kept = keep(
      'cat-indices',
      `${JSON.stringify([...rows, { ...row('last', 1), more: 0 }]).slice(0, -3)}${last}}]`,
    );
    t.match(kept, { body: { kind: 'json' }, truncated: cut }, last.slice(0, 20));
    t.equal(kept.body.kind === 'json' && parseListing(kept.body.value)?.total, cut ? 100 : 101);
  }
  t.end();
});

t.test('only part of a body that is all structure is read, and what is kept says so', (t) => {
  // the cap of a listing
  const length = 4 * 1024 * 1024;
  const realRows = `[${Array.from({ length: 20_000 }, (_, i) => JSON.stringify(row(`logs-${i}`, i))).join(',')}]`;
  for (const [name, body, cut] of [
    ['empty objects', `[${'{},'.repeat(1_300_000)}{}]`, true],
    ['empty lists', `[${'[],'.repeat(1_300_000)}[]]`, true],
    ['numbers', `[{"index":"a"},${'1,'.repeat(1_000_000)}1]`, true],
    ['rows of one name', `[${Array.from({ length: 200_000 }, (_, i) => `{"index":"i${i}"}`).join(',')}]`, true],
    ['real rows', realRows, false],
    ['one long name', JSON.stringify([row('x'.repeat(3_000_000), 1)]), false],
  ] as const) {
    t.ok(body.length <= length, name);
    const kept = keep('cat-indices', body);
    if (kept.body.kind === 'json') t.equal(kept.truncated, cut, name);
    const total = kept.body.kind === 'json' ? (parseListing(kept.body.value)?.total ?? 0) : 0;
    t.ok(total <= 80_000, `${name}: ${total} rows`);
    if (name === 'real rows') t.equal(total, 20_000);
    if (name === 'rows of one name') t.ok(total > 50_000, `${total} rows`);
  }
  t.end();
});
