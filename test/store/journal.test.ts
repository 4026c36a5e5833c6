import { appendFileSync, readFileSync, statSync } from 'node:fs';
import t from 'tap';
import type { Answer, EndpointRecord, Exchange, KeptBody } from '../../src/model/exchange.js';
import type { Target } from '../../src/model/endpoint.js';
import { decode, encode, fit, isCompactLine, lineCap } from '../../src/store/compact.js';
import type { Journalled, Tables } from '../../src/store/compact.js';
import { openSegment, readJournal, readRecords, scanJournal, segmentPath } from '../../src/store/journal.js';
import type { Segment, SegmentHeader } from '../../src/store/journal.js';

const target = (id: string): Target => ({
  id,
  owner: null,
  ownerContact: null,
  operator: null,
  environment: null,
  labels: {},
  notes: null,
  expect: { kind: 'closed' },
  fronts: null,
  declaredIn: null,
});

const tables: Tables = {
  epoch: Date.parse('2026-11-23T02:00:00.000Z'),
  questions: [
    ['root', 'GET', '/'],
    ['cat-indices', 'GET', '/_cat/indices?format=json'],
    ['unknown-index', 'HEAD', '/{nonce}'],
  ],
  targets: ['search', 'logs'],
};

const at = (ms: number): string => new Date(tables.epoch + ms).toISOString();

function exchange(changes: Partial<Exchange>): Exchange {
  return {
    question: 'root',
    method: 'GET',
    path: '/',
    scheme: 'http',
    basePath: '',
    blanks: {},
    request: 7,
    connection: 5,
    at: at(1000),
    ms: 3,
    outcome: { kind: 'failure', failure: 'refused', detail: '' },
    ...changes,
  };
}

function answer(status: number, body: KeptBody, headers: Record<string, readonly string[]> = {}): Answer {
  return { kind: 'answer', status, headers, body, bytes: 12, truncated: false, sha256: 'ab'.repeat(32) };
}

function record(changes: Partial<EndpointRecord> = {}): EndpointRecord {
  return {
    ordinal: 123_456,
    endpoint: { host: '10.20.30.40', address: '10.20.30.40', port: 9200, basePath: '', scheme: null },
    targets: ['search'],
    at: at(81_234),
    exchanges: [exchange({ at: at(81_240) })],
    tls: null,
    cut: null,
    ...changes,
  };
}

function journalled(of: EndpointRecord, changes: Partial<Journalled> = {}): Journalled {
  return { record: of, addresses: null, replaces: null, tries: 1, ...changes };
}

const wall = answer(
  401,
  {
    kind: 'error',
    type: 'security_exception',
    reason: 'missing authentication credentials for REST request [/]',
    resource: null,
    status: 401,
    keys: ['error', 'status'],
    text: '',
  },
  {
    'www-authenticate': ['Basic realm="security" charset="UTF-8"', 'ApiKey'],
    'content-type': ['application/json;charset=utf-8'],
    'x-elastic-product': ['Elasticsearch'],
  },
);

const records: readonly { readonly name: string; readonly of: Journalled }[] = [
  { name: 'a dead endpoint', of: journalled(record()) },
  {
    name: 'a login wall with the same headers thrice',
    of: journalled(
      record({
        exchanges: [
          exchange({ outcome: wall }),
          exchange({ question: 'cat-indices', path: '/_cat/indices?format=json', outcome: wall }),
          exchange({ outcome: wall }),
        ],
      }),
    ),
  },
  {
    name: 'everything at once',
    of: journalled(
      record({
        endpoint: { host: 'es-01.acme.example', address: '2001:db8::1', port: 443, basePath: '/es', scheme: 'https' },
        targets: ['logs', 'search'],
        cut: 'left-in-peace',
        tls: {
          protocol: 'TLSv1.3',
          cipher: 'TLS_AES_256_GCM_SHA384',
          subject: 'CN=es',
          issuer: 'CN=ca',
          names: ['es'],
          notBefore: at(0),
          notAfter: at(1),
          sha256: 'cd'.repeat(32),
          selfSigned: true,
          untrusted: 'DEPTH_ZERO_SELF_SIGNED_CERT',
          details: {
            serial: '01ab',
            keyType: 'ec',
            keyBits: 256,
            keySha256: 'ef'.repeat(32),
            signature: '1.2.840.10045.4.3.2',
            chain: 1,
            namesHost: true,
          },
          clientCertificate: true,
        },
        exchanges: [
          exchange({
            scheme: 'https',
            basePath: '/es',
            path: '/es/',
            outcome: answer(200, { kind: 'json', value: { name: 'x', __proto__x: [1, null] } }, { a: ['1', '2'] }),
          }),
          exchange({
            question: 'unknown-index',
            method: 'HEAD',
            basePath: '/other',
            path: '/other/abc%20d',
            blanks: { nonce: 'abc d' },
            outcome: answer(200, { kind: 'text', text: '<html>', title: 'T', html: true }),
          }),
          exchange({ basePath: '/es', path: '/es/', outcome: wall }),
          exchange({
            basePath: '/es',
            path: '/es/',
            outcome: { kind: 'failure', failure: 'tls-failed', detail: 'handshake' },
          }),
          exchange({
            basePath: '/es',
            path: '/es/',
            outcome: { ...answer(204, { kind: 'none' }), bytes: 0, sha256: '', truncated: true },
          }),
        ],
      }),
      { addresses: ['2001:db8::1', '2001:db8::2'], replaces: { segment: 1, line: 12 }, tries: 2 },
    ),
  },
  {
    name: 'a transport port',
    of: journalled(record({ endpoint: { ...record().endpoint, scheme: 'http', port: 9300, transport: true } })),
  },
  {
    name: 'a name without an address',
    of: journalled(record({ endpoint: { ...record().endpoint, host: 'x', address: null } })),
  },
];

t.test('a record comes back from its line as it was', (t) => {
  for (const { name, of } of records) {
    const line: unknown = JSON.parse(JSON.stringify(encode(of, tables)));
    if (!isCompactLine(line)) {
      t.fail(`${name}: not recognised`);
      continue;
    }
    t.strictSame(decode(line, tables), of, name);
  }
  t.end();
});

t.test('a line from before a certificate had details is read, without them', (t) => {
  const { of } = records.find(({ name }) => name === 'everything at once') ?? { of: journalled(record()) };
  const before = journalled({
    ...of.record,
    tls: of.record.tls === null ? null : { ...of.record.tls, details: null, clientCertificate: false },
  });
  const line: unknown = JSON.parse(JSON.stringify(encode(before, tables)));
  t.ok(isCompactLine(line) && line[6]?.t?.length === 10, 'ten parts, as ever');
  t.strictSame(isCompactLine(line) && decode(line, tables).record.tls?.details, null);
  t.end();
});

t.test('lines are as small as the design says', (t) => {
  const dead = JSON.stringify(encode(journalled(record()), tables));
  t.ok(dead.length <= 64, `a dead endpoint: ${dead.length} bytes: ${dead}`);
  const walled = JSON.stringify(encode(records[1]?.of ?? journalled(record()), tables));
  t.ok(walled.length < 1024, `a login wall: ${walled.length} bytes`);

  const hostile = answer(200, { kind: 'json', value: 'x'.repeat(50_000) }, { a: ['y'.repeat(30_000)] });
  const huge = journalled(
    record({
      exchanges: [exchange({ outcome: hostile }), exchange({ outcome: wall }), exchange({ outcome: hostile })],
    }),
  );
  const { kept, text } = fit(huge, tables);
  t.ok(Buffer.byteLength(text) < lineCap, `the largest line: ${Buffer.byteLength(text)} bytes`);
  t.strictSame(kept.record.exchanges[1]?.outcome, wall, 'a small answer is kept beside large ones');
  t.ok(
    kept.record.exchanges.some(
      ({ outcome }) => outcome.kind === 'answer' && outcome.body.kind === 'none' && outcome.truncated,
    ),
    'an answer that lost its body says so',
  );
  t.end();
});

t.test('what is no endpoint line is not taken for one', (t) => {
  for (const line of [
    null,
    {},
    [],
    [1, 0, 'a', 1, 2, 'x'],
    [1, 0, 'a', 1, 2, [[0, 0, 'no-such-failure', 1, 1, 1, 1]]],
  ]) {
    t.equal(isCompactLine(line), false, JSON.stringify(line));
  }
  t.end();
});

function header(segment: number): SegmentHeader {
  return {
    leftopen: 'journal',
    format: 1,
    run: 'run',
    segment,
    startedAt: at(segment * 1_000_000),
    tool: '0',
    catalogue: 'c',
    knowledge: 'k',
    digest: 'd',
    vantage: { name: 'here', exposure: 'host', egress: null },
    questions: tables.questions,
    targets: ['search', 'logs'].map(target),
  };
}

function open(folder: string, number: number): Segment {
  return openSegment(segmentPath(folder, number), header(number));
}

async function recordsOf(folder: string): Promise<EndpointRecord[]> {
  const found: EndpointRecord[] = [];
  for await (const each of readRecords(folder, await scanJournal(folder))) found.push(each);
  return found;
}

t.test('a journal of several writers', async (t) => {
  const folder = t.testdir({});
  const one = open(folder, 1);
  const endpoint = (address: string | null) => ({ host: 'db', address, port: 9200, basePath: '', scheme: null });
  one.write(journalled(record({ ordinal: 0, at: at(2_000), cut: 'left-in-peace' })));
  one.write(
    journalled(record({ ordinal: 1, endpoint: endpoint('10.0.0.1') }), { addresses: ['10.0.0.1', '10.0.0.2'] }),
  );
  one.write(journalled(record({ ordinal: 2, exchanges: [], cut: 'vantage-lost' })));
  one.write(journalled(record({ ordinal: 3, exchanges: [], cut: 'vantage-lost' })));
  one.mark({ mark: 'control', at: at(5_000), url: 'http://c', good: true, detail: 'status 200' });
  one.mark({ mark: 'end', at: at(6_000), finished: false, interrupted: true, gaps: ['cut'] });
  one.close();
  t.equal(statSync(segmentPath(folder, 1)).mode & 0o777, 0o600, 'only its owner may read it');

  const before = await scanJournal(folder);
  t.strictSame(
    [0, 1, 2, 3].map((ordinal) => before.done.has(ordinal)),
    [true, false, false, false],
    'places still to ask',
  );
  t.strictSame(before.partial.get(1)?.done, new Set(['10.0.0.1']), 'the address that has a line');
  t.equal(before.lastGoodControl, Date.parse(at(5_000)));
  t.match(before.end, { finished: false, interrupted: true, gaps: ['cut'] });
  t.strictSame(
    (await recordsOf(folder)).map(({ ordinal }) => ordinal),
    [0, 1, 2, 3],
  );

  const two = open(folder, 2);
  two.write(
    journalled(record({ ordinal: 1, endpoint: endpoint('10.0.0.2') }), { addresses: ['10.0.0.1', '10.0.0.2'] }),
  );
  two.write(journalled(record({ ordinal: 2, at: at(9_000_000) })));
  two.write(journalled(record({ ordinal: 3, exchanges: [], cut: 'vantage-lost' })));
  two.write(journalled(record({ ordinal: 0, at: at(9_000_000) }), { replaces: { segment: 1, line: 1 }, tries: 2 }));
  two.close();
  appendFileSync(segmentPath(folder, 2), '[4,0,"10.0.0.4",9200,1,[[0,0,"ref');

  const after = await scanJournal(folder);
  t.strictSame(
    [0, 1, 2, 3, 4].map((ordinal) => after.done.has(ordinal)),
    [true, true, true, false, false],
  );
  t.equal(after.partial.size, 0);
  t.equal(after.end, null, 'its last writer was killed');
  t.equal(after.segments, 2);
  const all = await recordsOf(folder);
  t.strictSame(
    all.map(({ ordinal, exchanges }) => [ordinal, exchanges.length]),
    [
      [1, 1],
      [1, 1],
      [2, 1],
      [3, 0],
      [0, 1],
    ],
  );
});

t.test('nothing is concluded from a stretch in which the vantage was lost', async (t) => {
  const folder = t.testdir({});
  const segment = open(folder, 1);
  const asked = (ordinal: number, from: number, ms: number) =>
    segment.write(journalled(record({ ordinal, at: at(from), exchanges: [exchange({ at: at(from), ms })] })));
  asked(0, 1_000_000, 10);
  asked(1, 1_000_090, 20);
  asked(2, 1_000_150, 10);
  asked(3, 1_000_300, 10);
  segment.mark({ mark: 'lost', from: at(1_000_100), to: at(1_000_200), cut: 'source-blocked', why: 'x' });
  segment.close();
  t.strictSame(
    (await recordsOf(folder)).map(({ cut }) => cut),
    [null, 'source-blocked', 'source-blocked', null],
  );
});

t.test('a damaged journal is said to be damaged, with the place', async (t) => {
  const folder = t.testdir({ '0001.jsonl': `${JSON.stringify(header(1))}\n{"mark"\n` });
  await t.rejects(scanJournal(folder), {
    name: 'UserMistake',
    message: /is damaged: segment 1, line 2; restore/,
  });
  const newer = t.testdir({ '0001.jsonl': `${JSON.stringify({ ...header(1), format: 2 })}\n` });
  await t.rejects(scanJournal(newer), {
    name: 'UserMistake',
    message: /format 2, and this version reads 1: a newer leftopen/,
  });
  await t.rejects(scanJournal(`${folder}/gone`), { name: 'UserMistake', message: /the journal is missing/ });
  const wrong = [
    '[0,9,null,9200,1,[]]',
    '[0,0,null,9200,1,[[99,0,"refused",3,7,5,6]]]',
    '[0,0,null,9200,1e300,[]]',
    '{"mark":"end","at":"yesterday","finished":true,"interrupted":false,"gaps":[]}',
    '{"mark":"lost","from":"x"}',
    '{"mark":"nothing known"}',
    '7',
  ];
  for (const line of wrong) {
    const one = t.testdir({ '0001.jsonl': `${JSON.stringify(header(1))}\n${line}\n` });
    await t.rejects(scanJournal(one), { name: 'UserMistake', message: /segment 1, line 2/ }, line);
  }
});

t.test('a segment is never opened over another', (t) => {
  const folder = t.testdir({ '0001.jsonl': 'x' });
  t.throws(() => open(folder, 1), { code: 'EEXIST' });
  t.end();
});

t.test('lines are on their way to the disk when write returns', async (t) => {
  const folder = t.testdir({});
  const segment = open(folder, 1);
  segment.write(journalled(record()));
  t.equal(readFileSync(segmentPath(folder, 1), 'utf8').split('\n').length, 3);
  let lines = 0;
  for await (const entry of readJournal(folder)) lines += entry.kind === 'endpoint' ? 1 : 0;
  t.equal(lines, 1);
  segment.close();
});
