import { createHash } from 'node:crypto';
import t from 'tap';
import { size } from '../../src/text/words.js';
import { dataThere } from '../../src/judge/access.js';
import { evidenceFrom } from '../../src/judge/evidence.js';
import { fingerprintOf, problemKey, type JudgedFinding } from '../../src/judge/finding.js';
import { check } from '../../src/judge/checks/cluster-open.js';
import { check as endOfLife } from '../../src/judge/checks/end-of-life.js';
import { english } from '../../src/judge/registry.generated.js';
import { sortersIn } from '../../src/store/sorter.js';
import { all, allChecks } from '../support/judged.js';
import { inOtherWords } from '../support/second-language.js';
import { judgeObservations } from '../../src/judge/record.js';
import { contentsPhrase, count, holds, names } from '../../src/judge/words.js';
import type { JudgeContext } from '../../src/model/check.js';
import type { EndpointRecord, KeptBody } from '../../src/model/exchange.js';
import {
  contextFrom,
  exchange,
  index,
  listing,
  observed,
  openCluster,
  openKibana,
  recordOf,
  tls,
} from '../support/observations.js';

const context = contextFrom('internet');

t.test('findings are worded in the language that the run is judged in', (t) => {
  const texts = inOtherWords(english);
  const observations = openCluster();
  const titles = (of: JudgeContext) =>
    judgeObservations(recordOf(observations), observations, of, allChecks).found.map(({ finding }) => finding.title);
  t.ok(titles(context).every((title) => /[a-z]{4}/.test(title)));
  t.same(
    titles({ ...context, texts }).filter((title) => /[a-z]/i.test(title)),
    [],
  );
  t.end();
});

t.test('two addresses of one name share the fingerprint, and no id', (t) => {
  const found = ['192.0.2.1', '192.0.2.2'].flatMap((address) => {
    const observations = openCluster({ endpoint: { address } });
    return judgeObservations(recordOf(observations), observations, context, allChecks).found.map(
      ({ finding }) => finding,
    );
  });
  const of = (check: string) => found.filter((one) => one.check === check);
  t.equal(new Set(of('cluster-open').map(({ fingerprint }) => fingerprint)).size, 1);
  t.equal(new Set(of('cluster-open').map(({ id }) => id)).size, 2);
  t.equal(new Set(found.map(({ id }) => id)).size, found.length);
  t.end();
});

t.test('fingerprint: check, host as declared, port, base path, and nothing else', (t) => {
  const { endpoint } = openCluster();
  const expected = createHash('sha256')
    .update('leftopen finding v1\ncluster-open\nes.acme.example\n9200\n')
    .digest('hex');
  t.equal(fingerprintOf('cluster-open', endpoint), expected);
  t.equal(
    fingerprintOf('cluster-open', { ...endpoint, address: '203.0.113.1', scheme: 'https' }),
    expected,
    'not the address, not the scheme',
  );
  for (const other of [{ host: 'b' }, { port: 1 }, { basePath: '/es' }])
    t.not(fingerprintOf('cluster-open', { ...endpoint, ...other }), expected, JSON.stringify(other));
  t.not(fingerprintOf('dashboard-open', endpoint), expected);
  t.end();
});

t.test('the uuid that a decoy says joins it to no cluster', (t) => {
  t.match(problemKey(openCluster()), /^uuid:/);
  t.match(problemKey(openCluster({ access: { state: 'decoy' } })), /^endpoint:/);
  t.end();
});

t.test('a finding is the same after it was spilled', async (t) => {
  for (const observations of [openCluster(), openKibana()]) {
    const { found } = judgeObservations(recordOf(observations), observations, context, allChecks);
    t.ok(found.length > 1);
    for (const one of found) {
      const sorter = sortersIn(t.testdir(), 1)<JudgedFinding>('found');
      sorter.add('only', one);
      const [spilled] = await all(sorter.sorted());
      t.strictSame(spilled?.item, one);
      sorter.close();
    }
  }
});

t.test('contents are shown with a finding about them, and with no other', (t) => {
  const observations = openCluster({
    identity: { version: { number: '5.6.16', certainty: 'exact', source: 'banner' } },
  });
  const found = judgeObservations(recordOf(observations), observations, context, {
    endpoint: [check, endOfLife],
    group: [],
  }).found;
  t.same(
    found.map(({ finding }) => [finding.check, finding.contents !== null, finding.copy !== null]),
    [
      ['cluster-open', true, true],
      ['end-of-life', false, false],
    ],
  );
  t.end();
});

t.test('if an index has no count, the total is a lower bound, however many indices there are', (t) => {
  const closed = Array.from({ length: 120 }, (_, i) => index(`closed-${i}`, null));
  const many = Array.from({ length: 40 }, (_, i) => index(`i${i}`, i));
  const told = (indices: ReturnType<typeof listing>) => {
    const observations = openCluster({ cluster: { indices } });
    const [found] = judgeObservations(recordOf(observations), observations, context, {
      endpoint: [check],
      group: [],
    }).found;
    return found?.finding;
  };
  const some = told(listing(...many, ...closed));
  t.match(some?.title, /160 indices with at least 780 documents/);
  t.same(some?.contents?.atLeast, { indices: false, documents: true });
  t.equal(some?.copy?.atLeast, true);
  const all = told(listing(...many));
  t.notMatch(all?.title, /at least/);
  t.same(all?.contents?.atLeast, { indices: false, documents: false });
  const cut = told({ ...listing(...many), complete: false });
  t.match(cut?.title, /at least 40 indices .* with at least 780 documents/);
  t.same(cut?.contents?.atLeast, { indices: true, documents: true });
  const empty = told(listing(...Array.from({ length: 40 }, (_, i) => index(`i${i}`, 0)), ...closed));
  t.equal(empty?.contents?.documents, null, 'a zero count together with unknown counts is not zero');
  t.end();
});

t.test('contents: the ten largest user indices, totals for the rest', (t) => {
  const many = Array.from({ length: 40 }, (_, i) => index(`i${i}`, i)).concat(index('.security', 9_999));
  const observations = openCluster({ cluster: { indices: listing(...many) } });
  const [found] = judgeObservations(recordOf(observations), observations, context, {
    endpoint: [check],
    group: [],
  }).found;
  const contents = found?.finding.contents;
  t.same(
    [contents?.indices, contents?.documents, contents?.largest.map((one) => one.name)],
    [40, 780, Array.from({ length: 10 }, (_, i) => `i${39 - i}`)],
  );
  t.ok(JSON.stringify(found).length < 12_000, 'findings are small');
  t.end();
});

t.test('a login in front that names no product shows the same to be good as one of the product itself', (t) => {
  const good = (mutation: Parameters<typeof observed>[0]) => {
    const observations = observed(mutation);
    return Object.keys(judgeObservations(recordOf(observations), observations, context, allChecks).shown.passed);
  };
  const version = { number: null, certainty: 'unknown', source: '' } as const;
  const inFront = { identity: { product: null, version }, access: { guardedBy: 'proxy' } } as const;
  for (const each of ['cluster-open', 'anyone-can-delete', 'no-way-back']) {
    t.ok(good({}).includes(each), each);
    t.ok(good(inFront).includes(each), `${each}, behind a proxy`);
    t.notOk(good({ ...inFront, access: { state: 'other-product' } }).includes(each), `${each}, another product`);
  }
  t.notOk(good(inFront).includes('end-of-life'));
  t.end();
});

t.test('whether there are documents of the user', (t) => {
  const open = (cluster: Parameters<typeof openCluster>[0]) => dataThere(openCluster(cluster));
  t.equal(open({}), 'yes');
  t.equal(open({ cluster: { indices: listing(), searchPermittedOn: null } }), 'no');
  t.equal(open({ cluster: { indices: listing(index('.kibana', 3)), searchPermittedOn: null } }), 'no');
  t.equal(
    open({ cluster: { indices: { ...listing(), complete: false }, searchPermittedOn: null } }),
    'unknown',
    'a listing cut short proves no emptiness',
  );
  t.equal(open({ cluster: { indices: listing(index('a', null)), searchPermittedOn: null } }), 'unknown', 'not counted');
  t.equal(open({ cluster: { indices: null, searchPermittedOn: null } }), 'unknown');
  t.equal(open({ cluster: { indices: null, searchPermittedOn: { index: 'a', documents: 4, evidence: [] } } }), 'yes');
  t.equal(
    open({ cluster: { indices: null, searchPermittedOn: null, totals: { indices: 0, documents: 0, bytes: 0 } } }),
    'no',
  );
  t.equal(dataThere(observed()), 'unknown');
  t.end();
});

t.test('evidence points to the ledger, and an excerpt is short', (t) => {
  const excerpt = (body: KeptBody) => {
    const observations = openCluster();
    const record: EndpointRecord = {
      ...recordOf(observations),
      exchanges: [
        exchange(0, 'root', '/?a=b', {
          kind: 'answer',
          status: 200,
          headers: {},
          body,
          bytes: 1,
          truncated: false,
          sha256: 'c'.repeat(64),
        }),
      ],
    };
    const [piece] = evidenceFrom(record, observations)([0, 0, 7]);
    t.equal(piece?.url, 'http://es.acme.example:9200/?a=b');
    t.equal(piece?.sha256, 'c'.repeat(64));
    return piece?.excerpt ?? '';
  };
  t.equal(
    excerpt({ kind: 'json', value: { a: [1, 'x', null, true], b: { c: {} } } }),
    '{"a":[1,"x",null,true],"b":{"c":{}}}',
  );
  t.equal(
    excerpt({ kind: 'json', value: Array.from({ length: 50_000 }, (_, i) => ({ index: `logs-${i}` })) }).length,
    240,
  );
  t.equal(excerpt({ kind: 'json', value: 'y'.repeat(1_000) }).length, 240);
  t.equal(excerpt({ kind: 'none' }), '');
  t.equal(excerpt({ kind: 'text', text: 'a page', title: 'Title', html: true }), 'Title');
  t.equal(
    excerpt({
      kind: 'error',
      type: 'security_exception',
      reason: 'missing',
      resource: null,
      status: 401,
      keys: [],
      text: '…',
    }),
    'security_exception: missing',
  );
  t.equal(
    excerpt({ kind: 'error', type: null, reason: null, resource: null, status: null, keys: [], text: 'no envelope' }),
    'no envelope',
  );
  t.notMatch(
    excerpt({ kind: 'text', text: `${'z'.repeat(238)}\u{1F600}tail`, title: null, html: false }),
    /[\uD800-\uDBFF](?![\uDC00-\uDFFF])/,
    'no half of a character',
  );
  const refused = recordOf(openCluster({ access: { state: 'unreachable' } }));
  const [failed] = evidenceFrom(refused, openCluster())([0]);
  t.same([failed?.status, failed?.failure, failed?.excerpt], [null, 'refused', 'ECONNREFUSED']);
  t.end();
});

t.test('words', (t) => {
  t.same(
    [size(0), size(1), size(999), size(1_500), size(123_456_789), size(4.5e15)],
    ['0 bytes', '1 byte', '999 bytes', '1.5 kB', '123 MB', '4.5 PB'],
  );
  t.equal(count(1234567), '1,234,567');
  t.equal(names(['a', 'b', 'c'], 2, 10), '`a`, `b` and 8 more');
  t.equal(names([], 2), null);
  t.equal(names(['x` refused us. `'], 2), "`x' refused us. '`", 'a target cannot end its quotation');
  t.equal(
    contentsPhrase(openCluster({ cluster: { indices: { ...listing(index('a', 1)), complete: false } } }).cluster),
    'at least 1 index (its own included) with at least 1 document (at least 100 bytes)',
  );
  t.equal(contentsPhrase(openCluster({ cluster: { indices: listing() } }).cluster), 'no index');
  const uncounted = openCluster({ cluster: { indices: listing(index('a', null), index('b', null)) } }).cluster;
  t.equal(contentsPhrase(uncounted), '2 indices whose documents were not counted', 'what was not counted is not none');
  t.equal(
    contentsPhrase(openCluster({ cluster: { indices: listing(index('a', 5), index('b', null)) } }).cluster)?.replace(
      / \(.*/,
      '',
    ),
    '2 indices with at least 5 documents',
    'an unknown count is not zero next to a known one either',
  );
  t.equal(holds(uncounted, 'It holds'), 'It holds 2 indices whose documents were not counted; among them: `a`, `b`.');
  t.end();
});

t.test('what a client certificate opens is reported for its holders only', (t) => {
  for (const clientCertificate of [false, true]) {
    const observations = openCluster({ transport: { tls: { ...tls, clientCertificate } } });
    const { found, summary } = judgeObservations(recordOf(observations), observations, context, allChecks);
    t.equal(summary.clientCertificate, clientCertificate);
    const open = found.find(({ finding }) => finding.check === 'cluster-open')?.finding;
    t.match(
      open?.title,
      clientCertificate ? /^A holder of the client certificate on the internet can/ : /^A stranger on the internet can/,
    );
    const texts = found.map(({ finding }) => `${finding.title} ${finding.summary}`).join('\n');
    t.equal(/stranger/.test(texts), !clientCertificate);
    t.equal(/access without one was not tested/.test(open?.summary ?? ''), clientCertificate);
  }
  t.end();
});

t.test('a finding was seen when the first response came that denied nothing, and no earlier', (t) => {
  const observations = openCluster();
  const record = recordOf(observations);
  const minute = (place: number): string => `2026-01-02T03:${10 + place}:00.000Z`;
  const exchanges = record.exchanges.map((one, place) => ({
    ...one,
    at: minute(place),
    outcome: place === 0 && one.outcome.kind === 'answer' ? { ...one.outcome, status: 401 } : one.outcome,
  }));
  const { found } = judgeObservations({ ...record, exchanges }, observations, context, allChecks);
  const reach = found.find(({ finding }) => finding.check === 'cluster-open')?.finding;
  const shown = reach?.evidence.find(({ status }) => (status ?? 500) < 400);
  t.ok(shown !== undefined && shown.at > minute(0));
  t.equal(reach?.since.seenOpenSince, shown?.at);
  t.end();
});
