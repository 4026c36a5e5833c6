import t from 'tap';
import { furtherIndices, largestIndices } from '../../src/catalogue/fields.js';
import { canStandInPath, isViewId, kindOf } from '../../src/catalogue/index-names.js';
import { keepListing, parseListing, type ListedIndex, type Listing } from '../../src/catalogue/listing.js';
import { json, openElasticsearch } from '../support/clusters.js';
import { surveyed } from '../support/survey.js';

/** Names that no index can have: a target that lists them made them up. */
const made = [
  '',
  '.',
  '..',
  '...',
  '../_shutdown',
  '%2e%2e%2f_shutdown',
  'a%2Fb',
  '%252e%252e',
  '_all',
  '_search?scroll=1m',
  '-x',
  '+x',
  'a,b',
  'a*',
  'a#b',
  'a b',
  'a\\b',
  'a/b',
  'a?b',
  'a"b',
  'a<b',
  'a>b',
  'a|b',
  'remote:a',
  'a\nb',
  'a\u202eb',
  'a\ud800',
  'x'.repeat(256),
  '名'.repeat(86),
];

const real = [
  'orders',
  'logs-2026.11.29',
  '.ds-logs-app-default-2026.11.29-000001',
  'users+archive',
  '居民信息',
  'a_b-c.d',
  '名'.repeat(85),
];

t.test('names that nothing can be called by appear in no path', (t) => {
  for (const name of made) t.notOk(canStandInPath(name), JSON.stringify(name).slice(0, 40));
  for (const name of real) t.ok(canStandInPath(name), name);
  for (const id of ['logs-*', '_x', '5c0e2c1e-1d6f', 'a,b']) t.ok(isViewId(id), id);
  for (const id of ['', '..', '../x', 'a/b', 'a?b', 'a#b', '%2e%2e', 'a b']) t.notOk(isViewId(id), id);
  t.end();
});

t.test('from a listing full of them, only the real names are requested', (t) => {
  const rows = [...made.filter((name) => !/[\p{Cf}\p{Cs}\p{Cc}]/u.test(name)), ...real].map((index, i) => ({
    index,
    health: 'green',
    status: 'open',
    'docs.count': String(100 - i),
  }));
  const seen = surveyed(openElasticsearch('8.15.0', { paths: { '/_cat/indices': json(200, rows) } }));
  const asked = seen.record.exchanges.flatMap(({ blanks }) => blanks['index']?.split(',') ?? []);
  t.ok(asked.includes('orders') && asked.includes('居民信息'));
  t.strictSame(
    asked.filter((name) => !real.includes(name)),
    [],
  );
  for (const { path } of seen.record.exchanges) t.notMatch(path.split('?')[0], /%25|%2F|\.\.|_all|%2A/i, path);
  t.end();
});

t.test('kinds of indices', (t) => {
  const cases: [string, string][] = [
    ['logs-2026.11.29', 'logs-#'],
    ['logs-2026.11', 'logs-#'],
    ['.ds-logs-app-2026.11.29-000001', 'logs-app-#'],
    ['partial-.ds-logs-app-2026.11.29-000001', 'logs-app-#'],
    ['tenant_1_orders', 'tenant_#_orders'],
    ['tenant_22_people', 'tenant_#_people'],
    ['users2025', 'users#'],
    ['orders2025', 'orders#'],
    ['orders', 'orders'],
  ];
  for (const [name, kind] of cases) t.equal(kindOf(name), kind, name);
  t.end();
});

function keep(list: readonly ListedIndex[]): Listing {
  const kept = parseListing(keepListing(list, new Set()));
  if (kept === null) throw new Error('not kept');
  return kept;
}

t.test('a listing keeps one of each kind, however many logs there are', (t) => {
  const logs = Array.from({ length: 3000 }, (_, i) => ({ name: `logs-${i}`, documents: 1_000_000 + i }));
  const kept = keep([...logs, { name: 'citizens', documents: 3 }, { name: 'shut' }]);
  t.ok(kept.list.some(({ name }) => name === 'citizens'));
  t.equal(kept.kinds, 3);
  t.equal(kept.uncounted, 1);
  t.equal(kept.total, 3002);
  t.ok(kept.list.length <= 200);
  const [first = ''] = largestIndices(kept)?.split(',') ?? [];
  t.equal(first, 'logs-2999');
  t.ok(largestIndices(kept)?.split(',').includes('citizens'));
  t.strictSame(furtherIndices(kept), []);
  const kinds = Array.from({ length: 500 }, (_, i) => ({
    name: String(i).replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit))),
    documents: 1000 + i,
  }));
  const many = keep([...kinds, { name: 'patient_records', documents: 3 }]);
  t.equal(many.kinds, 501);
  t.ok(
    many.list.some(({ name }) => name === 'patient_records'),
    'a name that suggests personal data is kept among 500 kinds',
  );
  t.equal(largestIndices(many)?.split(',')[0], kinds[499]?.name, 'the largest is asked for first');
  t.ok(largestIndices(many)?.split(',').includes('patient_records'), 'and that one with it');
  const few = { list: ['logs-2', 'logs-1', 'stock', 'patients'].map((name) => ({ name })) };
  t.equal(largestIndices(few), 'logs-2,stock,patients,logs-1', 'where all fit, the largest of each kind come first');
  t.equal(largestIndices(few, 2), 'logs-2,patients');
  t.equal(furtherIndices(many).length, 3);
  t.end();
});

t.test('a listing of the longest names leaves room for other answers, and keeps what matters most', (t) => {
  const long = Array.from({ length: 600 }, (_, i) => ({
    name: `${String.fromCodePoint(0x4e00 + i).repeat(80)}-archive`,
    documents: 1000 + i,
  }));
  const kept = keep([...long, { name: 'read_me', documents: 1 }, { name: 'patient_records', documents: 3 }]);
  t.ok(Buffer.byteLength(JSON.stringify(kept)) < 32 * 1024);
  t.equal(kept.total, 602);
  const names = kept.list.map(({ name }) => name);
  for (const name of ['read_me', 'patient_records', long[599]?.name ?? '']) t.ok(names.includes(name), name);
  t.end();
});
