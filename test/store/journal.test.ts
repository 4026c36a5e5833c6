import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import t from 'tap';
import { z } from 'zod';
import type { Answer, EndpointRecord, Exchange, KeptBody } from '../../src/model/exchange.js';
import type { Target } from '../../src/model/endpoint.js';
import { endpointLine, journalledOf, lineCap } from '../../src/store/journal-line.js';
import type { Journalled } from '../../src/store/journal-line.js';
import { readRecords, scanJournal } from '../../src/store/journal-state.js';
import { damageText, journalFormat, openSegment, readJournal, segmentPath } from '../../src/store/journal.js';
import type { Segment, SegmentHeader } from '../../src/store/journal.js';
import { checkedLine, segmentLines } from '../support/journal.js';

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

const epoch = Date.parse('2026-11-23T02:00:00.000Z');

const at = (ms: number): string => new Date(epoch + ms).toISOString();

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

function objectOf(json: string): Readonly<Record<string, unknown>> {
  return z.record(z.string(), z.unknown()).parse(JSON.parse(json));
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
    const { kept, json } = endpointLine(of);
    t.equal(kept, of.record, `${name}: nothing is left out`);
    t.strictSame(journalledOf(objectOf(checkedLine(1, objectOf(json)))), of, name);
  }
  t.end();
});

t.test('a huge line loses its largest bodies', (t) => {
  const hostile = answer(200, { kind: 'json', value: 'x'.repeat(lineCap / 2) }, { a: ['y'.repeat(lineCap / 3)] });
  const huge = journalled(
    record({
      exchanges: [exchange({ outcome: hostile }), exchange({ outcome: wall }), exchange({ outcome: hostile })],
    }),
  );
  const { kept, json } = endpointLine(huge);
  t.ok(Buffer.byteLength(json) <= lineCap, `the largest line: ${Buffer.byteLength(json)} bytes`);
  t.strictSame(kept.exchanges[1]?.outcome, wall, 'a small answer is kept next to large ones');
  t.ok(
    kept.exchanges.some(
      ({ outcome }) => outcome.kind === 'answer' && outcome.body.kind === 'none' && outcome.truncated,
    ),
    'an answer that lost its body says so',
  );
  t.strictSame(journalledOf(objectOf(json))?.record, kept);
  t.end();
});

t.test('a huge line keeps what was asked first', (t) => {
  const large = (length: number): Exchange['outcome'] => answer(200, { kind: 'json', value: 'x'.repeat(length) });
  const listing = exchange({ outcome: large(lineCap * 0.6) });
  const fields = exchange({ outcome: large(lineCap * 0.3) });
  const { kept, json } = endpointLine(journalled(record({ exchanges: [listing, fields, fields] })));
  t.ok(Buffer.byteLength(json) <= lineCap);
  t.strictSame(kept.exchanges.slice(0, 2), [listing, fields], 'the largest is the listing, and stays');
  t.match(kept.exchanges[2], { outcome: { body: { kind: 'none' }, truncated: true } });
  t.end();
});

t.test('a line that is not an endpoint line is not taken for one', (t) => {
  const { json } = endpointLine(journalled(record()));
  const good = objectOf(json);
  for (const changes of [
    { ordinal: '1' },
    { endpoint: null },
    { targets: [1] },
    { at: 'yesterday' },
    { exchanges: 'x' },
    { exchanges: [exchange({ at: 'yesterday' })] },
    { exchanges: [{ ...exchange({}), outcome: { kind: 'failure', failure: 'no-such-failure', detail: '' } }] },
    { exchanges: [{ ...exchange({}), outcome: { kind: 'answer', status: '200' } }] },
    { replaces: 7 },
  ]) {
    t.equal(journalledOf({ ...good, ...changes }), null, JSON.stringify(changes));
  }
  t.end();
});

function header(segment: number): SegmentHeader {
  return {
    leftopen: 'journal',
    format: journalFormat,
    run: 'run',
    segment,
    startedAt: at(segment * 1_000_000),
    tool: '0',
    catalogue: 'c',
    knowledge: 'k',
    digest: 'd',
    vantage: { name: 'here', exposure: 'host', egress: null },
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
  appendFileSync(segmentPath(folder, 2), gzipSync(checkedLine(5, record({ ordinal: 4 }))).subarray(0, -8));

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

/** A journal of one segment with so many endpoints, its end, and the writer closed. */
function fullJournal(folder: string, endpoints: number): string {
  const segment = open(folder, 1);
  for (let ordinal = 0; ordinal < endpoints; ordinal += 1) {
    const address = `10.0.${ordinal >> 8}.${ordinal & 255}`;
    const endpoint = { host: address, address, port: 9200, basePath: '', scheme: null };
    segment.write(journalled(record({ ordinal, endpoint, at: at(ordinal * 7) })));
  }
  segment.mark({ mark: 'end', at: at(6_000_000), finished: true, interrupted: false, gaps: [] });
  segment.close();
  return segmentPath(folder, 1);
}

t.test('it is read with zcat, and each line has a number and a checksum', { skip: !hasZcat() }, (t) => {
  const path = fullJournal(t.testdir({}), 600);
  const text = execFileSync('zcat', [path], { encoding: 'utf8' });
  const lines = text.trimEnd().split('\n');
  t.equal(lines.length, 603, 'the header twice, 600 endpoints, the end');
  const numbers = lines.map((line) => z.object({ line: z.number(), crc: z.string() }).parse(JSON.parse(line)).line);
  t.strictSame(numbers, [0, ...Array.from({ length: 602 }, (_, number) => number)]);
  t.strictSame(
    lines.map((line) => {
      const { line: number, ...value } = objectOf(line);
      return checkedLine(Number(number), { ...value, crc: undefined });
    }),
    lines,
    'the checksum is the one that the documentation says',
  );
  t.end();
});

function hasZcat(): boolean {
  try {
    execFileSync('zcat', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

t.test('a dead endpoint takes at most 75 bytes', (t) => {
  const segment = open(t.testdir({}), 1);
  const before = segment.length;
  const count = 20_000;
  // Numbers as different as in a run with many endpoints at once.
  let ms = 0;
  for (let line = 0; line < count; line += 1) {
    ms += (line * 7919) % 11;
    const ordinal = (line * 7919) % count;
    const address = `10.20.${ordinal >> 8}.${ordinal & 255}`;
    const endpoint = { host: address, address, port: 9200, basePath: '', scheme: null };
    const refused = { kind: 'failure', failure: 'refused', detail: 'ECONNREFUSED' } as const;
    const asked = exchange({
      request: 0,
      connection: line + 1,
      at: at(ms + (line % 5)),
      ms: line % 13,
      outcome: refused,
    });
    segment.write(journalled(record({ ordinal, endpoint, at: at(ms), exchanges: [asked] })));
  }
  const each = (segment.length - before) / count;
  segment.close();
  t.comment(`${each.toFixed(1)} bytes for a dead endpoint`);
  t.ok(each <= 75, `${each} bytes`);
  t.end();
});

async function read(folder: string): Promise<{ readonly ordinals: Set<number>; readonly damage: readonly string[] }> {
  const ordinals = new Set<number>();
  const damage: string[] = [];
  for await (const entry of readJournal(folder)) {
    if (entry.kind === 'endpoint') {
      const { ordinal } = entry.journalled.record;
      if (ordinals.has(ordinal)) throw new Error(`${ordinal} was read twice`);
      ordinals.add(ordinal);
    }
    if (entry.kind === 'segment-end') damage.push(...entry.damage.map(damageText));
  }
  return { ordinals, damage };
}

/** Where the blocks of a segment begin. */
function blocks(bytes: Buffer): number[] {
  const head = bytes.subarray(0, 10);
  const found: number[] = [];
  for (let at = bytes.indexOf(head); at !== -1; at = bytes.indexOf(head, at + 1)) found.push(at);
  return found;
}

t.test('a flipped bit is found and named, and costs its own block at most', async (t) => {
  const folder = t.testdir({});
  const path = fullJournal(folder, 1_000);
  const good = readFileSync(path);
  const starts = blocks(good);
  // Two blocks of the header, four of 256 lines.
  t.equal(starts.length, 6);
  const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
  t.comment(`SEED=${seed}`);
  let random = seed;
  const next = (below: number): number => {
    random = (Math.imul(random, 1_103_515_245) + 12_345) & 0x7fffffff;
    return random % below;
  };
  for (let round = 0; round < 60; round += 1) {
    const position = next(good.length);
    const bit = 1 << next(8);
    const bad = Buffer.from(good);
    bad[position] = (bad[position] ?? 0) ^ bit;
    writeFileSync(path, bad);
    const block = starts.findLastIndex((start) => start <= position);
    const where = `byte ${position} of block ${block}, bit ${bit}`;
    const { ordinals, damage } = await read(folder);
    const lost = Array.from({ length: 1_000 }, (_, ordinal) => ordinal).filter((ordinal) => !ordinals.has(ordinal));
    // Line 1 is ordinal 0, and 256 lines are a block.
    t.ok(
      lost.every((ordinal) => Math.floor(ordinal / 256) === block - 2),
      `${where}: only its own lines are lost`,
    );
    const own = position - (starts[block] ?? 0);
    // Bits that fill a byte before a flush, or say when and where it was packed, hold nothing.
    if (lost.length > 0) t.match(damage[0], new RegExp(`^segment 1, lines? ${(lost[0] ?? 0) + 1}\\b`), where);
    else if (own >= 10) t.ok(damage.length <= 1, `${where}: nothing is lost (${damage.join()})`);
  }
  writeFileSync(path, good);
  t.strictSame((await read(folder)).damage, []);
});

t.test('the header is there twice', async (t) => {
  const folder = t.testdir({});
  const path = fullJournal(folder, 3);
  const good = readFileSync(path);
  const [, second = 0, third = 0] = blocks(good);
  for (const position of [second - 20, third - 20]) {
    const bad = Buffer.from(good);
    bad[position] = (bad[position] ?? 0) ^ 64;
    writeFileSync(path, bad);
    const state = await scanJournal(folder);
    t.equal(state.header?.run, 'run', 'the other one is read');
    t.equal(state.done.size, 3);
  }
  writeFileSync(path, good.subarray(third));
  const state = await scanJournal(folder);
  t.equal(state.header, null);
  t.strictSame(state.damage.map(damageText), ['segment 1, line 0']);
  t.equal(state.done.size, 3, 'the lines say all by themselves');
});

t.test('a doubled line counts once, a lost one is named', async (t) => {
  const folder = t.testdir({});
  const path = fullJournal(folder, 300);
  const lines = segmentLines(path);
  const all = (text: readonly string[]): Buffer => gzipSync(`${text.join('\n')}\n`);
  // As another gzip packs it: one member, without flushes.
  for (const [what, text, damage, ordinals] of [
    ['doubled', lines.flatMap((line) => [line, line]), [], 300],
    ['doubled at the end', [...lines, ...lines.slice(5, 9)], [], 300],
    ['swapped', lines.toReversed(), [], 300],
    ['without line 12', lines.filter((line) => !line.startsWith('{"line":12,')), ['segment 1, line 12'], 299],
    [
      'without lines 12 to 14',
      lines.filter((line) => !/^\{"line":1[234],/.test(line)),
      ['segment 1, lines 12 to 14'],
      297,
    ],
    ['another digit', lines.map((line) => line.replace('"ordinal":77,', '"ordinal":78,')), ['segment 1, line 78'], 299],
    [
      'a foreign line',
      [...lines, '{"line":9999,"x":1,"crc":"00000000"}'],
      ['segment 1, line 302 and all after it'],
      300,
    ],
  ] as const) {
    writeFileSync(path, all(text));
    const found = await read(folder);
    t.strictSame(found.damage, damage, what);
    t.equal(found.ordinals.size, ordinals, what);
  }
});

t.test('a torn end is not damage, at whatever byte the writer was killed', async (t) => {
  const folder = t.testdir({});
  const path = fullJournal(folder, 40);
  const good = readFileSync(path);
  let before = -1;
  for (let end = 0; end <= good.length; end += end < 60 ? 1 : 17) {
    writeFileSync(path, good.subarray(0, end));
    const { ordinals, damage } = await read(folder);
    t.strictSame(damage, [], `${end} bytes`);
    t.ok(ordinals.size >= before);
    before = ordinals.size;
  }
});

t.test('a file that is not a journal, or one of another format, is refused', async (t) => {
  const folder = t.testdir({});
  await t.rejects(scanJournal(`${folder}/gone`), { name: 'UserMistake', message: /the journal is missing/ });
  const newer = { ...header(1), format: journalFormat + 1 };
  writeFileSync(segmentPath(folder, 1), gzipSync(`${checkedLine(0, newer)}\n`));
  await t.rejects(scanJournal(folder), { name: 'UserMistake', message: /format 3, and this version reads 2: another/ });
  const older = t.testdir({ '0001.jsonl': '{"leftopen":"journal","format":1}\n' });
  await t.rejects(scanJournal(older), { name: 'UserMistake', message: /format 1 \(0001\.jsonl\).*earlier leftopen/ });
});

t.test('a segment is never opened over another', (t) => {
  const folder = t.testdir({ '0001.jsonl.gz': 'x' });
  t.throws(() => open(folder, 1), { code: 'EEXIST' });
  t.end();
});

t.test('lines are on their way to the disk when write returns', async (t) => {
  const folder = t.testdir({});
  const segment = open(folder, 1);
  segment.write(journalled(record()));
  t.equal(segmentLines(segmentPath(folder, 1)).length, 3, 'the header twice, and the line');
  t.equal((await read(folder)).ordinals.size, 1);
  segment.close();
});

t.test('what this process wrote is read from its open file, also when its name is gone', async (t) => {
  const folder = t.testdir({ journal: {} });
  const segment = open(`${folder}/journal`, 1);
  segment.write(journalled(record({ ordinal: 4 })));
  t.equal(segment.isInPlace(), true);
  rmSync(`${folder}/journal`, { recursive: true });
  t.equal(segment.isInPlace(), false);
  segment.write(journalled(record({ ordinal: 5 })));
  const state = await scanJournal(`${folder}/journal`, segment);
  t.strictSame([state.done.has(4), state.done.has(5), state.lines.get(1)], [true, true, segment.lines]);
  segment.close();
});
