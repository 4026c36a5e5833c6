/** What must hold of parsers, targets files, the journal and the report, whatever they are given. */
import { strict as assert } from 'node:assert';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { z } from 'zod';
import { parseBanner } from '../../src/catalogue/banner.js';
import * as cluster from '../../src/catalogue/cluster.js';
import { parseFields } from '../../src/catalogue/fields.js';
import { parseClients } from '../../src/topics/clients.js';
import { catalogue, clean, denied, harmless, keepAnswer, redact, requestPath } from '../../src/catalogue/index.js';
import { parseLicense } from '../../src/topics/licence.js';
import { parseListing } from '../../src/catalogue/listing.js';
import { redactLocation } from '../../src/catalogue/redact.js';
import { parseRemotes } from '../../src/topics/remotes.js';
import { parseSitePlugins } from '../../src/topics/site-plugins.js';
import { parseRepositories } from '../../src/catalogue/snapshots.js';
import { parseSnapshots } from '../../src/topics/backups.js';
import { parseClusterSettings, parseIndexBlocks, parseOwnPrivileges } from '../../src/catalogue/write-protection.js';
import { declareUrls, formatMistakes, readTargets, type ReadResult } from '../../src/engagement/index.js';
import { judgeRecord } from '../../src/judge/index.js';
import { states } from '../../src/model/endpoint.js';
import type { EndpointRecord, Exchange } from '../../src/model/exchange.js';
import { observe } from '../../src/reading/index.js';
import { formatDefaults, formats } from '../../src/report/index.js';
import { plain, prose } from '../../src/report/markdown/escape.js';
import { block, oneLine } from '../../src/text/visible.js';
import { endpointLine, journalledOf, type Journalled } from '../../src/store/journal-line.js';
import { openSegment, readJournal, segmentPath, type SegmentHeader } from '../../src/store/journal.js';
import { survey } from '../../src/survey/index.js';
import { contextAt } from '../accuracy/score.js';
import { allLines, outcomeOf, surveyOf } from '../damage/measure.js';
import { techniquesWith } from '../support/answer.js';
import { endpoint, finding, run, samples, stream, type Sample } from '../support/report-sample.js';
import { sourcesOf } from '../support/write.js';
import { changedOften, jsonText, shuffledLines, text, value } from './texts.js';

/** A property, and how many runs of it are worth one of the cheapest. */
export interface Property {
  readonly name: string;
  /** Runs of this property for a thousand of the cheapest one. */
  readonly perThousand: number;
  /** Rejects, with what repeats it, where the property does not hold. */
  readonly check: (parameters: fc.Parameters<unknown>) => Promise<void>;
}

function property<Given extends [unknown, ...unknown[]]>(
  name: string,
  perThousand: number,
  given: { [At in keyof Given]: fc.Arbitrary<Given[At]> },
  holds: (...values: Given) => void | Promise<void>,
): Property {
  return {
    name,
    perThousand,
    check: async ({ seed, path, numRuns }) => {
      const parameters = {
        ...(seed === undefined ? {} : { seed }),
        ...(path === undefined ? {} : { path }),
        ...(numRuns === undefined ? {} : { numRuns }),
      };
      await fc.assert(
        fc.asyncProperty<Given>(...given, async (...values) => {
          await holds(...values);
        }),
        parameters,
      );
    },
  };
}

const question = fc.constantFrom(...catalogue);

/** What no output may hold: control characters, marks that rearrange text, halves of characters. */
const unseen = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

function stringsIn(part: unknown): string[] {
  if (typeof part === 'string') return [part];
  if (Array.isArray(part)) return part.flatMap(stringsIn);
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, item]) => [key, ...stringsIn(item)]);
}

function nothingUnseen(part: unknown): void {
  const found = stringsIn(part).find((string) => unseen.test(string));
  assert.equal(found, undefined, `holds characters that are not seen: ${JSON.stringify(found)}`);
}

const header = fc.tuple(
  fc.oneof(
    fc.constantFrom(
      'content-type',
      'location',
      'set-cookie',
      'www-authenticate',
      'refresh',
      'server',
      'retry-after',
      'warning',
    ),
    text,
  ),
  fc.array(text, { minLength: 1, maxLength: 3 }),
);

const rawBody: fc.Arbitrary<Buffer> = fc.oneof(
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  value.map((body) => Buffer.from(jsonText(body))),
  text.map((body) => Buffer.from(body)),
  fc.tuple(value, text).map(([body, more]) => Buffer.from(`${jsonText(body)}${more}`)),
);

/** Answers that were recorded, to be changed. */
const recorded: readonly { readonly question: (typeof catalogue)[number]; readonly text: string }[] = allLines()
  .filter((_, at) => at % 5 === 0)
  .flatMap((line) => {
    const { record, passed } = surveyOf(line, line.server);
    return record.exchanges.flatMap((exchange, at) => {
      const asked = catalogue.find(({ id }) => id === exchange.question);
      const reply = passed.find((each) => each.exchange === at)?.reply;
      return asked === undefined || reply?.kind !== 'answer' || reply.body.length > 20_000
        ? []
        : [{ question: asked, text: reply.body.toString('utf8') }];
    });
  });

const parsers: Readonly<Record<string, (body: unknown) => unknown>> = {
  parseBanner,
  parseFields,
  parseClients,
  parseLicense,
  parseListing,
  parseRemotes,
  parseSitePlugins,
  parseRepositories,
  parseSnapshots,
  parseClusterSettings,
  parseIndexBlocks,
  parseOwnPrivileges,
  parseHealth: cluster.parseHealth,
  parseStats: cluster.parseStats,
  parseNodes: cluster.parseNodes,
  parseAuthenticate: cluster.parseAuthenticate,
  parseAuthinfo: cluster.parseAuthinfo,
  parseXpack: cluster.parseXpack,
  parseCount: cluster.parseCount,
};

/** The placeholders that questions fill in. */
const blankNames = [
  ...new Set(catalogue.flatMap(({ path }) => [...path.matchAll(/\{([a-z]+)\}/g)].map(([, name = '']) => name))),
];

const catalogueProperties: readonly Property[] = [
  property(
    'keepAnswer keeps something small and clean of any answer',
    1000,
    [question, fc.integer({ min: 100, max: 599 }), fc.array(header, { maxLength: 5 }), rawBody, fc.boolean()],
    (asked, status, headers, body, truncated) => {
      const kept = keepAnswer(asked, { status, headers: Object.fromEntries(headers), body, truncated });
      nothingUnseen(kept);
      assert.deepEqual(JSON.parse(JSON.stringify(kept)), kept, 'is the same after it was written and read');
      assert.ok(JSON.stringify(kept).length < 300_000);
    },
  ),
  property(
    'keepAnswer keeps something clean of a recorded answer that was changed',
    1000,
    [fc.constantFrom(...recorded).chain((answer) => fc.tuple(fc.constant(answer.question), changedOften(answer.text)))],
    ([asked, body]) => {
      const kept = keepAnswer(asked, { status: 200, headers: {}, body: Buffer.from(body), truncated: false });
      nothingUnseen(kept);
      assert.deepEqual(JSON.parse(JSON.stringify(kept)), kept);
    },
  ),
  property('what a question keeps of any JSON is JSON, or nothing', 1000, [question, value], (asked, body) => {
    const kept = asked.keep.json?.(body) ?? null;
    assert.deepEqual(JSON.parse(JSON.stringify(kept)), kept);
  }),
  property(
    'parsers give what they read, or null',
    1000,
    [fc.constantFrom(...Object.entries(parsers)), value],
    ([, parse], body) => {
      const parsed = parse(body);
      assert.ok(parsed === null || typeof parsed === 'object');
    },
  ),
  property(
    'cleaned texts are clean, and stay as they are',
    1000,
    [text, fc.integer({ min: 1, max: 200 })],
    (given, max) => {
      for (const tidy of [clean, harmless]) {
        const once = tidy(given, max);
        assert.ok(once.length <= max);
        nothingUnseen(once);
        assert.equal(clean(once, max), once);
      }
      assert.equal(redact(redact(given)), redact(given));
      assert.equal(typeof redactLocation(given), 'string');
    },
  ),
  property(
    'blanks stay in the segment of the path that they fill',
    1000,
    [
      question,
      fc
        .record(Object.fromEntries(blankNames.map((name) => [name, text])))
        .filter((blanks) => Object.values(blanks).every((blank) => blank !== '' && !/[\ud800-\udfff]/u.test(blank))),
    ],
    (asked, blanks) => {
      const path = requestPath({ question: asked, basePath: '', blanks });
      assert.match(path, /^\/[\x21-\x7e]*$/);
      for (const mark of ['/', '?', '&', '#', '='])
        assert.equal(path.split(mark).length, asked.path.split(mark).length, `as many ${mark} as the question has`);
      denied(path);
    },
  ),
];

/** An outcome that a survey may be given. */
const outcome: fc.Arbitrary<(asked: (typeof catalogue)[number]) => Exchange['outcome']> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.constantFrom(200, 200, 200, 301, 302, 400, 401, 403, 404, 405, 429, 500, 503),
        fc.array(header, { maxLength: 4 }),
        rawBody,
      )
      .map(
        ([status, headers, body]) =>
          (asked: (typeof catalogue)[number]) =>
            keepAnswer(asked, { status, headers: Object.fromEntries(headers), body, truncated: false }),
      ),
  },
  {
    weight: 6,
    arbitrary: fc.tuple(fc.constantFrom(...recorded), fc.constantFrom(200, 401, 403, 404)).map(
      ([answer, status]) =>
        (asked: (typeof catalogue)[number]) =>
          keepAnswer(asked, { status, headers: {}, body: Buffer.from(answer.text), truncated: false }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('reset', 'response-timeout', 'tls-failed', 'closed-without-answer', 'budget-spent')
      .map((failure) => () => ({ kind: 'failure', failure, detail: '' }) as const),
  },
);

const answering = fc.record({
  outcomes: fc.array(outcome, { minLength: 1, maxLength: 24 }),
  port: fc.constantFrom(9200, 5601, 443),
  basePath: fc.constantFrom('', '/es', '/a/b'),
});

const surveyProperties: readonly Property[] = [
  property(
    'a survey ends, sends only reads and is judged, whatever the answers',
    150,
    [answering],
    ({ outcomes, port, basePath }) => {
      const place = { host: '127.0.0.1', address: '127.0.0.1', port, basePath, scheme: null };
      const exchanges: Exchange[] = [];
      let made = 0;
      const questions = survey(place, { techniques: techniquesWith(), nonce: () => `q7w8e9r0t1y${++made}` });
      for (let step = questions.next(); step.done !== true;) {
        const { question: asked, scheme, basePath: under, blanks } = step.value;
        const path = requestPath(step.value);
        assert.match(asked.method, /^(?:GET|HEAD)$/);
        assert.equal(denied(path), null, path);
        assert.ok(exchanges.length < 60, 'it ends');
        const give = outcomes[exchanges.length % outcomes.length];
        const number = exchanges.length + 1;
        const exchange: Exchange = {
          question: asked.id,
          method: asked.method,
          path,
          scheme,
          basePath: under,
          blanks,
          request: number,
          connection: 1,
          at: new Date(Date.UTC(2026, 10, 23, 2, 0, 0, number * 10)).toISOString(),
          ms: 2,
          outcome: give?.(asked) ?? outcomeOf(asked, { kind: 'failure', failure: 'reset' }),
        };
        exchanges.push(exchange);
        step = questions.next(exchange);
      }
      const record: EndpointRecord = {
        ordinal: 0,
        endpoint: place,
        targets: ['t'],
        at: '2026-11-23T02:00:00.000Z',
        exchanges,
        tls: null,
        cut: null,
      };
      const seen = observe(record);
      assert.ok(states.includes(seen.access.state));
      assert.ok(seen.access.evidence.every((at) => at >= 0 && at < exchanges.length));
      assert.deepEqual(judgeRecord(record, contextAt(record.at)).bugs, []);
    },
  ),
];

function inFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'leftopen-fuzz-'));
  return use(folder).finally(() => {
    rmSync(folder, { recursive: true });
  });
}

const today = new Date('2026-11-23T12:00:00Z');

/** A declaration that names its places, or mistakes that can be read. */
async function isAnswered(result: ReadResult): Promise<void> {
  if (!result.ok) {
    assert.ok(result.mistakes.length > 0);
    const told = formatMistakes(result.mistakes);
    nothingUnseen(told);
    assert.ok(!told.includes(':hunter2@'), 'no password of a URL is shown');
    return;
  }
  const { declaration } = result;
  const places = [];
  for await (const place of declaration.places()) {
    places.push(place);
    if (places.length === 50) break;
  }
  assert.ok(declaration.atMost() >= places.length);
  for (const { host, address, port } of places) {
    assert.ok(Number.isInteger(port) && port > 0 && port < 65_536);
    if (address !== null)
      assert.ok(declaration.scope.mayAsk(host, address).allowed, `${host} ${address} is in the scope`);
  }
}

async function readText(name: string, content: string, files: Readonly<Record<string, string>> = {}): Promise<void> {
  await inFolder(async (folder) => {
    for (const [file, body] of Object.entries({ ...files, [name]: content })) writeFileSync(join(folder, file), body);
    await isAnswered(await readTargets(join(folder, name), { now: today }));
  });
}

const exampleFile = readFileSync('targets.example.yaml', 'utf8');

const smallFile = [
  'engagement:',
  '  id: ACME-1',
  '  authorisedBy: { name: Jane, role: CISO, capacity: owner, email: jane@acme.example }',
  '  authorisation: { reference: LOA-1, signedOn: 2026-10-20 }',
  '  contacts: [{ name: SOC, email: soc@acme.example }]',
  '  vantage: { name: office, exposure: internal, egress: 192.0.2.7 }',
  'targets:',
  '  - { id: a, hosts: [198.51.100.0/30, "es-[1-3].acme.example"], ports: [9200, 5601] }',
  '  - { id: b, url: "https://kibana.acme.example/kibana", labels: { tier: "1" } }',
  '  - { id: c, hosts: "::1", except: ["::1"] }',
  '',
].join('\n');

const csvFile = 'id,host,port,path,owner\na,10.0.0.1,9200,/es,x\nb,es.acme.example,,,\n"c ""d""",::1,5601,/,\n';

const hostText = fc.oneof(
  text,
  fc.ipV4(),
  fc.ipV6(),
  fc.domain(),
  fc.tuple(fc.ipV4(), fc.integer({ min: -1, max: 40 })).map(([address, bits]) => `${address}/${bits}`),
  fc.tuple(fc.ipV4(), fc.integer({ min: -1, max: 300 })).map(([address, last]) => `${address}-${last}`),
  fc.tuple(fc.domain(), fc.nat({ max: 70_000 })).map(([name, port]) => `${name}:${port}`),
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
);

const engagementProperties: readonly Property[] = [
  property(
    'a targets file that was changed is read or refused',
    100,
    [fc.oneof(changedOften(exampleFile), changedOften(smallFile), shuffledLines(smallFile))],
    (content) => readText('targets.yaml', content),
  ),
  property('a targets file of any values is read or refused', 60, [value], (content) =>
    readText('targets.json', jsonText(content)),
  ),
  property('any hosts are read or refused', 100, [fc.array(hostText, { minLength: 1, maxLength: 4 })], (hosts) =>
    readText('targets.json', JSON.stringify({ targets: [{ id: 'a', hosts }] })),
  ),
  property('a list of hosts is read or refused', 60, [fc.array(hostText, { maxLength: 8 })], (hosts) =>
    readText('targets.yaml', `${smallFile}  - { id: d, hostsFrom: hosts.txt }\n`, { 'hosts.txt': hosts.join('\n') }),
  ),
  property(
    'a CSV file is read or refused',
    60,
    [fc.oneof(changedOften(csvFile), shuffledLines(csvFile), text)],
    (content) => readText('targets.csv', content),
  ),
  property(
    'any URL is declared or refused',
    300,
    [fc.oneof(hostText, changedOften('https://user:hunter2@kibana.acme.example:5601/a/b?c=d#e'))],
    async (url) => {
      await isAnswered(await declareUrls([url], { now: today }));
    },
  ),
];

const segmentHeader: SegmentHeader = {
  leftopen: 'journal',
  format: 2,
  run: 'leftopen-20261123T020000Z-00000000',
  segment: 1,
  startedAt: '2026-11-23T02:00:00.000Z',
  tool: 'test',
  catalogue: 'test',
  knowledge: 'test',
  digest: 'test',
  vantage: { name: 'office', exposure: 'internal', egress: null },
  targets: [contextAt('').targets.get('t')].filter((target) => target !== undefined),
};

/** What the journal of a small run holds. */
const journalled: readonly Journalled[] = allLines()
  .filter((_, at) => at % 40 === 0)
  .map((line, ordinal) => ({
    record: { ...surveyOf(line, line.server).record, ordinal },
    addresses: null,
    replaces: null,
    tries: 1,
  }));

const journalBytes = await inFolder(async (folder) => {
  const path = segmentPath(folder, 1);
  const segment = openSegment(path, segmentHeader);
  for (const each of journalled) segment.write(each);
  segment.mark({ mark: 'control', at: '2026-11-23T02:10:00.000Z', url: 'http://127.0.0.1/', good: true, detail: '' });
  segment.mark({ mark: 'end', at: '2026-11-23T02:10:00.000Z', finished: true, interrupted: false, gaps: [] });
  segment.close();
  return Promise.resolve(readFileSync(path));
});
const journalText = gunzipSync(journalBytes).toString('utf8');

/** What was written, by its line: the header is line 0. */
const writtenLines = new Map(journalled.map((each, at) => [at + 1, JSON.stringify(each)]));

/** The journal with some bytes changed, left out or put in. */
const damagedBytes = fc
  .array(fc.tuple(fc.nat(journalBytes.length - 1), fc.nat(3), fc.uint8Array({ minLength: 1, maxLength: 20 })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((changes) =>
    changes.reduce(
      (bytes, [at, leftOut, put]) => Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + leftOut)]),
      journalBytes,
    ),
  );

const journalProperties: readonly Property[] = [
  property(
    'a line of the journal says what was written',
    300,
    [
      fc.constantFrom(...journalled),
      fc.constantFrom(null, 'interrupted', 'left-in-peace'),
      fc.nat(),
      fc.integer({ min: 1, max: 9 }),
    ],
    (each, cut, otherRequests, tries) => {
      const written = { ...each, record: { ...each.record, cut, otherRequests }, tries };
      const { kept, json } = endpointLine(written);
      assert.deepEqual(
        journalledOf(z.record(z.string(), z.unknown()).parse(JSON.parse(json))),
        JSON.parse(JSON.stringify({ ...written, record: kept })),
      );
    },
  ),
  property(
    'of a damaged journal only what was written is read',
    100,
    [
      fc.oneof(
        damagedBytes,
        changedOften(journalText).map((damaged) => gzipSync(damaged)),
        shuffledLines(journalText).map((damaged) => gzipSync(damaged)),
      ),
    ],
    async (damaged) => {
      await inFolder(async (folder) => {
        writeFileSync(segmentPath(folder, 1), damaged);
        for await (const entry of readJournal(folder)) {
          if (entry.kind === 'endpoint')
            assert.equal(JSON.stringify(entry.journalled), writtenLines.get(entry.at.line), `line ${entry.at.line}`);
        }
      });
    },
  ),
];

async function everyFormat(sample: Sample): Promise<void> {
  for (const format of formats) {
    const pieces: string[] = [];
    const out = {
      write: async (piece: string): Promise<void> => {
        pieces.push(piece);
        await Promise.resolve();
      },
    };
    const sources = sourcesOf(sample);
    await format.write(sample.head, stream(sample.findings), stream(sample.endpoints), out, formatDefaults, sources);
    const written = pieces.join('');
    // a spreadsheet needs the byte order mark and the line ends of RFC 4180
    nothingUnseen(format.name === 'csv' ? written.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n') : written);
    if (format.file.endsWith('.html'))
      assert.equal(written.split('<script').length, 2, 'the page has no script but its own');
    if (format.name === 'json') JSON.parse(written);
  }
}

const reportProperties: readonly Property[] = [
  property('texts of a report show nothing unseen', 1000, [text, fc.integer({ min: 1, max: 400 })], (given, max) => {
    for (const tidy of [oneLine, block, plain, prose]) nothingUnseen(tidy(given, max));
    assert.ok(!plain(given).includes('<script>'));
  }),
  property('every format writes whatever a target said', 40, [text, text, text], async (name, host, reason) => {
    const base = samples['full'];
    if (base === undefined) throw new Error('there is no full sample');
    const one = finding({ title: name, endpoint: `http://${host}/` });
    const other = endpoint({ endpoint: `http://${host}/`, otherProduct: reason });
    await everyFormat({
      head: { ...base.head, run: run({ gaps: [reason] }) },
      findings: [one, ...base.findings],
      endpoints: [other, ...base.endpoints],
    });
  }),
];

/** Every property. */
export const properties: readonly Property[] = [
  ...catalogueProperties,
  ...surveyProperties,
  ...engagementProperties,
  ...journalProperties,
  ...reportProperties,
];

/** Runs of a property where the cheapest has so many. */
export function runsOf({ perThousand }: Property, ofTheCheapest: number): number {
  return Math.max(1, Math.ceil((ofTheCheapest * perThousand) / 1000));
}
