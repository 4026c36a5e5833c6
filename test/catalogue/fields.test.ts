import t from 'tap';
import { keepAnswer, questionById } from '../../src/catalogue/index.js';
import {
  keepDataView,
  keepFieldCaps,
  keepFieldList,
  keepMapping,
  largestIndices,
  parseFields,
} from '../../src/catalogue/fields.js';

/** What is kept, index by index, as `path type`. */
function fields(value: unknown): Record<string, string[]> | null {
  const found = parseFields(value);
  return found === null
    ? null
    : Object.fromEntries(
        found.indices.map((index) => [index.name, index.fields.map(([path, type]) => `${path} ${type}`)]),
      );
}

const properties = {
  email: { type: 'text', fields: { keyword: { type: 'keyword' } } },
  address: { properties: { city: { type: 'text' }, point: { type: 'geo_point' } } },
  parts: { type: 'nested', properties: { sku: { type: 'keyword' } } },
};

t.test('mappings of every line', (t) => {
  const expected = { orders: ['email text', 'address.city text', 'address.point geo_point', 'parts.sku keyword'] };
  t.strictSame(fields(keepMapping({ orders: { mappings: { properties } } })), expected, '7.0 and later');
  t.strictSame(fields(keepMapping({ orders: { mappings: { record: { properties } } } })), expected, '1.x to 6.x');
  t.strictSame(fields(keepMapping({ orders: { record: { properties } } })), expected, '0.90');
  t.strictSame(
    fields(keepMapping({ orders: { mappings: { a: { properties: { x: { type: 'long' } } }, b: { properties } } } })),
    {
      orders: [expected.orders[0], 'address.city text', 'x long', 'address.point geo_point', 'parts.sku keyword'],
    },
    'two types of one index, what speaks of a class first',
  );
  t.strictSame(fields(keepMapping({})), {}, 'no field at all is an answer');
  t.strictSame(fields(keepMapping({ empty: { mappings: {} } })), { empty: [] });
  t.strictSame(
    fields(
      keepMapping({
        odd: {
          mappings: {
            properties: { type: { type: 'keyword' }, properties: { properties: { type: { type: 'long' } } } },
          },
        },
      }),
    ),
    {
      odd: ['type keyword', 'properties.type long'],
    },
    'fields that are called as parts of a mapping are',
  );
  t.end();
});

t.test('names and types only', (t) => {
  const kept = JSON.stringify(
    keepMapping({
      orders: {
        mappings: {
          _meta: { owner: 'CANARY', properties: { type: 'CANARY' } },
          _routing: { required: true, CANARY: 1 },
          properties: {
            a: { type: 'constant_keyword', value: 'CANARY' },
            b: { type: 'date', format: 'CANARY', null_value: 'CANARY' },
            c: { type: 'long', meta: { unit: 'CANARY' } },
            d: { type: 'alias', path: 'CANARY' },
            e: { type: 'text', analyzer: 'CANARY', copy_to: 'CANARY' },
          },
        },
      },
    }),
  );
  t.notMatch(kept, /CANARY/);
  t.match(kept, /"a","constant_keyword"/);
  const view = JSON.stringify(
    keepDataView({
      data_view: {
        id: 'CANARY',
        title: 'orders-*',
        fieldFormats: { x: 'CANARY' },
        fields: {
          email: { name: 'email', type: 'string', esTypes: ['keyword'], count: 3, customLabel: 'CANARY' },
          ratio: { name: 'ratio', type: 'number', runtimeField: { type: 'double', script: { source: 'CANARY' } } },
        },
      },
    }),
  );
  t.notMatch(view, /CANARY/);
  t.strictSame(fields(JSON.parse(view)), { 'orders-*': ['email keyword', 'ratio number'] });
  t.end();
});

t.test('the other lists of fields', (t) => {
  t.strictSame(
    fields(
      keepFieldCaps({
        fields: {
          _id: { _id: { type: '_id' } },
          'address.city.keyword': { keyword: { type: 'keyword' } },
          'address.city': { text: { type: 'text' } },
          address: { object: { type: 'object' } },
          phone: { text: { type: 'text' }, keyword: { type: 'keyword' } },
        },
      }),
    ),
    { '': ['address.city text', 'phone text'] },
  );
  t.strictSame(
    fields(
      keepFieldList({
        fields: [
          { name: '_source', type: '_source' },
          { name: 'phone', type: 'string', esTypes: ['text'], searchable: true },
          { name: 'phone.keyword', type: 'string', esTypes: ['keyword'] },
          { name: 'city', type: 'string' },
        ],
      }),
    ),
    { '': ['phone text', 'city string'] },
  );
  t.end();
});

t.test('a body without fields is not kept', (t) => {
  const error = { error: { root_cause: [], type: 'security_exception', reason: 'no permissions' }, status: 403 };
  for (const body of [
    null,
    1,
    'x',
    [],
    [{}],
    error,
    { a: 1 },
    { a: { b: 1 } },
    { a: { b: { c: 1 } } },
    { statusCode: 404, error: 'Not Found', message: 'x' },
  ])
    t.equal(keepMapping(body), null, JSON.stringify(body));
  for (const body of [null, [], error, {}, { fields: [] }, { fields: 'x' }]) t.equal(keepFieldCaps(body), null);
  for (const body of [null, [], error, {}, { fields: {} }, { fields: [1] }, { fields: [{}] }])
    t.equal(keepFieldList(body), null);
  for (const body of [null, [], error, {}, { data_view: [] }, { data_view: { title: 'x' } }])
    t.equal(keepDataView(body), null);
  t.end();
});

t.test('what is kept stays small, and field names of a data class come first', (t) => {
  const many = Object.fromEntries(
    Array.from({ length: 300 }, (_, i) => [`counter_${i}_of_something_long_enough`, { type: 'long' }]),
  );
  const kept = keepMapping(
    Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [
        `index-${i}`,
        { mappings: { properties: { ...many, date_of_birth: { type: 'date' }, city: { type: 'text' } } } },
      ]),
    ),
  );
  t.ok(JSON.stringify(kept).length < 24_000);
  const found = parseFields(kept)?.indices ?? [];
  t.equal(found.length, 20);
  for (const { name, total, fields: own } of found) {
    t.equal(total, 302, name);
    t.strictSame(
      own.slice(0, 2),
      [
        ['date_of_birth', 'date'],
        ['city', 'text'],
      ],
      name,
    );
  }
  let deep: object = { type: 'long' };
  for (let i = 0; i < 500; i++) deep = { properties: { [`level${i}`]: deep } };
  t.doesNotThrow(() => keepMapping({ deep: { mappings: deep } }));
  const hostile = fields(
    keepMapping(
      JSON.parse(
        '{"__proto__":{"mappings":{"properties":{"__proto__":{"type":"text"},"constructor":{"type":"long"}}}}}',
      ),
    ),
  );
  t.strictSame(
    Object.entries(hostile ?? {}),
    [['__proto__', ['__proto__ text', 'constructor long']]],
    'names like any other',
  );
  t.end();
});

t.test('a truncated answer yields the indices and fields that were read', (t) => {
  const question = questionById('mapping');
  const body = JSON.stringify({
    one: { mappings: { properties } },
    two: {
      mappings: {
        record: {
          properties: { a: { properties: { b: { properties: { phone: { type: 'text' }, x: { type: 'long' } } } } } },
        },
      },
    },
  });
  for (const end of [body.indexOf('"x"') + 2, body.indexOf('"point"') + 3]) {
    const answer = keepAnswer(question, {
      status: 200,
      headers: {},
      body: Buffer.from(body.slice(0, end)),
      truncated: true,
    });
    t.equal(answer.body.kind, 'json');
    if (answer.body.kind === 'json')
      t.ok(parseFields(answer.body.value)?.indices[0]?.fields.some(([path]) => path === 'email'));
  }
  t.end();
});

t.test('which indices are requested', (t) => {
  const of = (...names: string[]) => largestIndices({ list: names.map((name) => ({ name })) });
  t.equal(
    of('logs-2026.01', 'logs-2026.02', 'customers', '.kibana_1'),
    'logs-2026.01,customers,logs-2026.02',
    'kinds first',
  );
  t.equal(of('.kibana_1', '.ds-ilm-history-5-000001'), null);
  t.equal(of('.ds-orders-2026.01.01-000001'), '.ds-orders-2026.01.01-000001', 'a data stream holds data');
  t.equal(of('*', 'a,b', '_all', '-x', 'a/b', 'a b', 'ok?', ''), null, 'nothing that a path reads otherwise');
  t.equal(
    of(...Array.from({ length: 100 }, (_, i) => `kind${String.fromCharCode(97 + (i % 26))}${i}`))?.split(',').length,
    20,
  );
  const long = of(
    ...Array.from({ length: 50 }, (_, i) => `${'顾客'.repeat(40)}${String.fromCharCode(97 + (i % 26)).repeat(3)}`),
  );
  t.ok(encodeURIComponent(long ?? '').length <= 1500, 'a request line has an end');
  t.equal(largestIndices({ list: [{ name: 'a' }, { name: 'b' }] }, 1), 'a');
  t.end();
});
