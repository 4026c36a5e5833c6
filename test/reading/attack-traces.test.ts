import t from 'tap';
import { catColumns, keepAliases, keepCatIndices, parseListing } from '../../src/catalogue/listing.js';
import { attackMark, attackMarks, wordBehindRandom } from '../../src/knowledge/attack-marks.js';
import type { TraceFacts } from '../../src/model/observation.js';
import { indicesFacts } from '../../src/reading/cluster-facts.js';
import { readTraces } from '../../src/reading/attack-traces.js';

/** A row of a listing: name, records, creation in minutes after the first of January 2026. */
type Row = readonly [name: string, documents: number, minute?: number];

const minutes = (minute: number): number => Date.UTC(2026, 0, 1) + minute * 60_000;

function tracesOf(rows: readonly Row[], complete = true): TraceFacts | null {
  const body = rows.map(([name, documents, minute]) => ({
    health: 'green',
    status: 'open',
    index: name,
    'docs.count': String(documents),
    'store.size': '100',
    ...(minute === undefined ? {} : { 'creation.date': String(minutes(minute)) }),
  }));
  const listing = parseListing(keepCatIndices(body, catColumns.named));
  return listing === null ? null : readTraces(indicesFacts(listing, complete, [1]));
}

const shop: readonly Row[] = [
  ['orders-2026.10', 40, 0],
  ['customers', 25, 3],
  ['.kibana_1', 7, 1],
];

t.test('which grade, by names, counts and dates together', (t) => {
  const table: readonly (readonly [string, readonly Row[], TraceFacts['incident'], readonly string[]])[] = [
    ['an ordinary cluster', shop, 'none', []],
    [
      'innocent names',
      [...shop, ['homeowners', 25, 900], ['hello-world', 3, 901], ['readme-templates', 40_000, 902]],
      'none',
      [],
    ],
    ['innocent names alone', [['homeowners', 25, 1]], 'none', []],
    ['one of them is the newest and nearly empty', [...shop, ['hello-world', 1, 9000]], 'none', []],
    [
      'a note, and nothing else',
      [['read_me_to_recover', 1, 500]],
      'strong',
      ['known-name', 'few-documents', 'nothing-else'],
    ],
    [
      'a note, newer than what is left',
      [...shop, ['read_me_to_recover_database', 1, 500]],
      'strong',
      ['known-name', 'few-documents', 'newest'],
    ],
    [
      'a note among indices made since',
      [...shop, ['read_me_to_recover', 1, 500], ['orders-2026.11', 9, 900]],
      'suspected',
      ['known-name', 'few-documents'],
    ],
    [
      'two notes',
      [...shop, ['your_data_is_safe', 1, -5], ['contact_for_your_data_at_x', 1, -4]],
      'strong',
      ['known-name', 'few-documents'],
    ],
    [
      '2020, April',
      [
        ['locations', 93, 9000],
        ['nightlionsecurity.com', 0, 500],
      ],
      'suspected',
      ['known-name', 'no-documents'],
    ],
    [
      '2020, July',
      [
        ...shop,
        ['gk01juo8o3-meow', 0, 700],
        ['4hq9vd0ymt-meow', 0, 701],
        ['z7c2kw1p8e-meow', 0, 702],
        ['orders-2026.11', 9, 900],
      ],
      'strong',
      ['known-name', 'no-documents', 'burst'],
    ],
    [
      'a pet shop',
      [...shop, ['purchases-meow', 0, 700], ['catfood-meow', 0, 701], ['kittens-meow', 0, 702]],
      'none',
      [],
    ],
    // January 2017: one index called warning, and nothing else
    [
      'an index with a common name, alone in a new cluster',
      [['warning', 1, 500]],
      'suspected',
      ['weak-name', 'few-documents', 'nothing-else'],
    ],
    [
      'the same in a cluster that held something before',
      [
        ['warning', 1, 500],
        ['.kibana', 3, 0],
      ],
      'strong',
      ['weak-name', 'few-documents', 'nothing-else'],
    ],
    [
      'the same, newer than the rest',
      [...shop, ['warning', 1, 500]],
      'suspected',
      ['weak-name', 'few-documents', 'newest'],
    ],
    ['the same, older than the rest', [...shop, ['warning', 1, -500]], 'none', []],
    ['the same with many records', [['warning', 4000, 500]], 'none', []],
    ['the same without a record', [['warning', 0, 500]], 'none', []],
    ['a readme with 40,000 records, and nothing else', [['readme', 40_000, 500]], 'none', []],
    [
      'empty indices of random names made in a burst, and newer than all else',
      [...shop, ['gk01juo8o3-xyz', 0, 700], ['4hq9vd0ymt-xyz', 0, 701], ['z7c2kw1p8e-xyz', 0, 702]],
      'suspected',
      ['random-prefix', 'no-documents', 'newest', 'burst'],
    ],
    [
      'tenants of random names, made as they came',
      [...shop, ['gk01juo8o3-events', 0, 700], ['4hq9vd0ymt-events', 0, 7000], ['z7c2kw1p8e-events', 0, 70_000]],
      'none',
      [],
    ],
    [
      'tenants of random names that hold something',
      [...shop, ['gk01juo8o3-events', 10, 700], ['4hq9vd0ymt-events', 12, 701], ['z7c2kw1p8e-events', 13, 702]],
      'none',
      [],
    ],
    [
      'tenants by hexadecimal ids',
      [...shop, ['3f2a91bc-events', 0, 700], ['9d8c7b6a-events', 0, 701], ['ab12cd34-events', 0, 702]],
      'none',
      [],
    ],
    ['system indices only: as after an installation', [['.kibana_1', 7, 1]], 'none', []],
    ['an empty cluster', [], 'none', []],
  ];
  for (const [name, rows, incident, signs] of table) {
    const traces = tracesOf(rows);
    t.equal(traces?.incident, incident, name);
    t.same(traces?.signs, signs, `${name}: signs`);
    t.same(traces?.evidence, [1]);
  }
  t.end();
});

t.test('an absence of facts is not called quiet', (t) => {
  t.equal(tracesOf(shop, false), null, 'a listing cut short, without a mark');
  const cut = tracesOf([...shop, ['read_me_to_recover', 1, -500]], false);
  t.equal(cut?.incident, 'suspected', 'a mark in a listing that was cut short counts');
  t.notOk(cut?.signs.includes('nothing-else'));

  const unnamed = parseListing(
    keepCatIndices([{ health: 'green', status: 'open', 'docs.count': '1' }], catColumns.unnamed),
  );
  t.equal(unnamed === null ? undefined : readTraces(indicesFacts(unnamed, true, [1])), null, 'no name was shown');

  const names = parseListing(keepAliases({ warning: { aliases: {} }, orders: { aliases: {} } }));
  const without = names === null ? null : readTraces(indicesFacts(names, true, [1]));
  t.equal(without?.incident, 'none');
  t.same(
    without?.indices.map(({ name }) => name),
    ['warning'],
    'a name without counts and dates is named, and not called quiet',
  );

  const old = parseListing({ total: 1, system: 0, documents: 1, bytes: 1, foreign: [], small: [], list: [] });
  t.equal(
    old === null ? undefined : readTraces(indicesFacts(old, true, [1])),
    null,
    'kept before marks were looked for',
  );
  t.equal(readTraces(null), null);
  t.end();
});

t.test('marked indices are kept, however many others there are', (t) => {
  const many: Row[] = Array.from({ length: 5000 }, (_, n) => [`tenant-${String(n).padStart(4, '0')}-events`, 10, n]);
  t.equal(tracesOf(many)?.incident, 'none');
  const traces = tracesOf([...many, ['read_me_to_recover', 1, 200]]);
  t.equal(traces?.incident, 'suspected');
  t.same(
    traces?.indices.map(({ name }) => name),
    ['read_me_to_recover'],
  );
  const bots: Row[] = Array.from({ length: 400 }, (_, n) => [`a${String(n).padStart(3, '0')}bcdxyz-meow`, 0, 9000]);
  const bot = tracesOf([...many, ...bots]);
  t.equal(bot?.incident, 'strong');
  t.equal(bot?.total, 400, 'all are counted');
  t.equal(bot?.indices.length, 10, 'few are named');
  t.end();
});

t.test('marks are complete names', (t) => {
  for (const mark of attackMarks) {
    t.match(mark.pattern.source, /^\^.*\$$/, `${mark.id}: anchored at both ends`);
    t.ok(mark.source.length > 20 && mark.campaign.length > 10, `${mark.id}: its source`);
  }
  for (const name of [
    'homeowners',
    'hello-world',
    'readme-templates',
    'readme_v2',
    'warnings',
    'weather-warning',
    'please_readings',
    'meow',
    'cat-meow',
    'read_metrics',
    'contact',
    'contact_for_sales',
    'your_data',
  ])
    t.equal(attackMark(name, 1), null, name);
  t.equal(attackMark('readme', 40_000), null, 'a name with more records than a note has');
  t.equal(wordBehindRandom('gk01juo8o3-events'), 'events');
  for (const name of ['orders-2026', 'deadbeef01-events', 'customers-archive', 'logs2026-events1'])
    t.equal(wordBehindRandom(name), null, name);
  t.end();
});
