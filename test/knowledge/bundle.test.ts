import { readFileSync } from 'node:fs';
import t from 'tap';
import { z } from 'zod';
import { bundleJsonSchema, checksumOf, readBundle } from '../../src/knowledge/bundle.js';
import { compareVersions, parseVersion } from '../../src/knowledge/version.js';
import { mainProducts } from '../../src/model/endpoint.js';
import type { Json } from '../../src/model/json.js';
import { baseScore, withoutLogin } from '../support/cvss.js';
import { shipped, shippedText, summed } from '../support/knowledge.js';

const { releases, vulnerabilities } = shipped.parts;

function order(a: string, b: string): number {
  const [first, second] = [parseVersion(a), parseVersion(b)];
  if (first === null || second === null) throw new Error(`${a} or ${b} is not a version`);
  return compareVersions(first, second);
}

t.test('every vulnerability', (t) => {
  for (const one of vulnerabilities.list) {
    const name = `${one.id} of ${one.product}`;
    for (const [at, { from, before, fix }] of one.ranges.entries()) {
      t.ok(order(from, before) < 0, `${name}: ${from} to ${before} holds something`);
      const next = one.ranges[at + 1];
      t.ok(next === undefined || order(before, next.from) <= 0, `${name}: sorted, and none into the next`);
      t.ok(fix === null || order(fix, before) >= 0, `${name}: not fixed in a version that has it`);
    }
    t.match(one.source, /^https:\/\/[a-z0-9.-]+\.[a-z]+\/.+/, `${name}: a source`);
    t.match(one.title, /^[A-Z][^\n]*[^.]$/, `${name}: a title`);
    t.ok(one.title.length <= 110, `${name}: a title of one line`);
    if (one.vector === null) {
      t.equal(one.scoreWithoutLogin, null, `${name}: nothing computed from no vector`);
      continue;
    }
    t.equal(baseScore(one.vector), one.score, `${name}: its score`);
    t.equal(baseScore(withoutLogin(one.vector)), one.scoreWithoutLogin, `${name}: its score without a login`);
    const asks = /\/PR:([NLH])/.exec(one.vector)?.[1];
    const said = asks === undefined ? one.login : { N: 'none', L: 'low', H: 'high' }[asks];
    if (one.login !== said)
      t.match(one.note, /login|rights|authenticated/, `${name}: says why it asks for more than its vector`);
    t.equal(one.local, /(?:^|\/)AV:[LP]/.test(one.vector), `${name}: local as its vector says`);
    if (one.vector.includes('/UI:')) t.equal(one.victim, !one.vector.includes('/UI:N'), `${name}: victim as it says`);
  }
  t.end();
});

t.test('an id occurs twice for one product only where the versions differ', (t) => {
  const seen = new Map<string, (typeof vulnerabilities.list)[number]['ranges']>();
  for (const { id, product, ranges } of vulnerabilities.list) {
    const key = `${id} ${product}`;
    const apart = (seen.get(key) ?? []).every((one) =>
      ranges.every((other) => order(one.before, other.from) <= 0 || order(other.before, one.from) <= 0),
    );
    t.ok(apart, `${key}: no version twice`);
    seen.set(key, [...(seen.get(key) ?? []), ...ranges]);
  }
  t.strictSame(
    mainProducts.filter((product) => !vulnerabilities.list.some((one) => one.product === product)),
    [],
  );
  t.end();
});

t.test('products that are not judged here are not in it', (t) => {
  // other products of the same vendors: Elastic Cloud Enterprise, Hadoop connector, Logstash, APM Server, ECK, Data Prepper
  for (const id of [
    'CVE-2021-22146',
    'CVE-2023-46674',
    'CVE-2024-23444',
    'CVE-2021-22138',
    'CVE-2024-23448',
    'CVE-2020-7010',
  ])
    t.notOk(
      vulnerabilities.list.some((one) => one.id === id),
      id,
    );
  t.end();
});

t.test('every line of releases', (t) => {
  const keys = releases.lines.map(({ product, distribution, line }) => `${product} ${distribution ?? ''} ${line}`);
  t.equal(new Set(keys).size, keys.length, 'each once');
  for (const { product, line, released, endOfLife, fixesOnlyFrom, source } of releases.lines) {
    const name = `${product} ${line}`;
    t.ok(endOfLife === null || endOfLife > released, `${name}: ends after it began`);
    for (const { version, since } of fixesOnlyFrom) {
      t.match(version, new RegExp(`^${line}\\.\\d+$`), `${name}: ${version} belongs to it`);
      t.ok(since >= released && (endOfLife === null || since <= endOfLife), `${name}: ${since} is within it`);
    }
    t.match(source, /^https:\/\//, `${name}: a source`);
  }
  for (const product of mainProducts)
    t.ok(
      releases.lines.some(
        (one) => one.product === product && (one.endOfLife === null || one.endOfLife > releases.date),
      ),
      `${product}: a line that is maintained`,
    );
  t.end();
});

t.test('docs/knowledge.md names every record with a decision', (t) => {
  const page = readFileSync('docs/knowledge.md', 'utf8');
  for (const { id, note } of vulnerabilities.list) if (note !== null) t.ok(page.includes(id), id);
  t.end();
});

t.test('the published schema matches the program', (t) => {
  t.strictSame(JSON.parse(readFileSync('schema/knowledge.schema.json', 'utf8')), bundleJsonSchema());
  t.end();
});

function bundle(): { [key: string]: Json } {
  return z.record(z.string(), z.json()).parse(JSON.parse(shippedText));
}

t.test("the user's own bundle", (t) => {
  const parts = z.record(z.string(), z.json()).parse(bundle()['parts']);
  const first = vulnerabilities.list[0];
  if (first === undefined) throw new Error('no vulnerability');
  const listOf = (one: object) => ({ ...parts, vulnerabilities: { date: '2026-01-01', list: [z.json().parse(one)] } });
  const withOne = (one: object) => summed({ ...bundle(), parts: listOf(one) });
  const range = { from: '1.0.0', before: '1.2.0', fix: '1.2.0' };

  t.match(readBundle(shippedText), { ok: true });
  t.match(readBundle(JSON.stringify(bundle())), { ok: true }, 'white space counts for nothing');
  t.match(readBundle(withOne(first)), { ok: true, knowledge: { parts: { vulnerabilities: { list: [first] } } } });
  t.match(
    readBundle(summed({ ...bundle(), parts: { ...parts, 'field-names': { date: '2027-01-01' } } })),
    { ok: true },
    'a part of a later bundle is left alone',
  );

  const wrong: [string, string, RegExp][] = [
    ['no JSON', 'targets: []', /^is not JSON$/],
    ['nothing', '', /^is not JSON$/],
    ['a list', '[]', /^is not of the schema: the bundle: /],
    ['another format', summed({ ...bundle(), format: 'leftopen-knowledge/2' }), /^is not of the schema: format: /],
    ['no part', summed({ ...bundle(), parts: {} }), /parts\.releases/],
    [
      'another content',
      shippedText.replace('"exploited": true', '"exploited": false'),
      /^does not match its checksum: its content has [0-9a-f]{64}, it says/,
    ],
    ['a misspelt key', withOne({ ...first, exploted: true }), /list\.0: .*exploted/],
    ['another product', withOne({ ...first, product: 'logstash' }), /list\.0\.product/],
    ['no version', withOne({ ...first, ranges: [{ ...range, from: '8.x' }] }), /ranges\.0\.from: is not a version/],
    ['an inverted range', withOne({ ...first, ranges: [{ ...range, from: '9.4.0' }] }), /ranges: must be sorted/],
    [
      'overlapping ranges',
      withOne({ ...first, ranges: [range, { ...range, from: '1.1.0', before: '1.3.0', fix: '1.3.0' }] }),
      /must be sorted/,
    ],
    ['fixed in a version of its own', withOne({ ...first, ranges: [{ ...range, fix: '1.1.0' }] }), /must be sorted/],
    [
      'no day',
      summed({ ...bundle(), parts: { ...parts, vulnerabilities: { date: '2026-02-30', list: [] } } }),
      /vulnerabilities\.date/,
    ],
    ['a plugin of the core', withOne({ ...first, plugin: 'x' }), /names a plugin/],
    ['endless', `"${'x'.repeat(20_000_001)}"`, /larger than 20 MB/],
  ];
  for (const [name, text, mistake] of wrong) {
    const read = readBundle(text);
    t.notOk(read.ok, name);
    t.match(read.ok ? '' : read.mistake, mistake, name);
    t.ok((read.ok ? '' : read.mistake).length < 500, `${name}: one line`);
  }
  t.equal(
    checksumOf({ b: 1, a: { d: [2], c: 3 } }),
    checksumOf({ a: { c: 3, d: [2] }, sha256: 'x', b: 1 }),
    'keys in any order',
  );
  t.not(checksumOf({ a: [1, 2] }), checksumOf({ a: [2, 1] }), 'lists in theirs');
  t.end();
});
