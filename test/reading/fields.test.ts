import t from 'tap';
import { observe } from '../../src/reading/index.js';
import { survey } from '../../src/survey/index.js';
import { surveyAgainst, techniquesWith } from '../support/answer.js';
import { writtenNamed } from '../support/written.js';
import { keepMapping, parseFields } from '../../src/catalogue/fields.js';
import { dataClasses, type Observations } from '../../src/model/observation.js';
import { failure, json, openElasticsearch, openOpenSearch } from '../support/clusters.js';
import { fakeEndpoint, surveyed } from '../support/survey.js';
import type { Responder } from '../support/survey.js';

const customers = {
  properties: {
    full_name: { type: 'text' },
    phone: { type: 'text' },
    address: { properties: { city: { type: 'text' } } },
    diagnosis: { type: 'keyword' },
    mobile: { type: 'boolean' },
  },
};

/** Answers `_mapping` and `_field_caps` with these, the rest as `server` does. */
function withFields(
  server: Responder,
  answers: Partial<Record<'_mapping' | '_field_caps', ReturnType<typeof json>>>,
): Responder {
  return (ask, path, number) => {
    const asked = /\/(_mapping|_field_caps)\?/.exec(path)?.[1];
    if (asked === '_mapping' || asked === '_field_caps') {
      const answer = answers[asked];
      if (answer !== undefined) return answer;
    }
    return server(ask, path, number);
  };
}

const told = ({ fields }: Observations) =>
  fields?.classes.map(({ class: of, index, certainty }) => `${of} ${index} ${certainty}`);

t.test('the mapping of the largest indices, in one question', (t) => {
  const server = withFields(openElasticsearch('7.17.9'), {
    _mapping: json(200, { orders: { mappings: customers }, nothing: { mappings: {} } }),
  });
  const seen = surveyed(server);
  t.strictSame(told(seen), [
    'person-name orders strong',
    'phone orders strong',
    'postal-address orders strong',
    'health orders strong',
  ]);
  t.strictSame(seen.fields?.indices, ['orders']);
  t.equal(seen.fields?.total, 5);
  t.equal(seen.fields?.complete, false, 'one index of several');
  const asked = seen.record.exchanges.filter(({ question }) => question === 'mapping');
  t.equal(asked.length, 1);
  const order = seen.record.exchanges.map(({ question }) => question);
  t.ok(order.indexOf('mapping') > order.indexOf('index-count'), 'after the verdict');
  t.notOk(order.includes('field-caps'), 'no second way where the first answered');
  t.ok(seen.record.exchanges.length <= 20);
  const entry = seen.fields?.classes[0];
  t.strictSame(entry?.fields, ['full_name']);
  t.ok((seen.fields?.evidence ?? []).every((at) => seen.record.exchanges[at]?.question === 'mapping'));
  t.notOk(
    surveyed(server, { techniques: { names: false } }).record.exchanges.some(({ question }) => question === 'mapping'),
    'no name where names are not allowed',
  );
  t.end();
});

t.test('where mappings are refused, the capabilities of the one index that could be searched', (t) => {
  const refused = failure(403, 'security_exception', 'no permissions for [indices:admin/mappings/get]');
  const caps = json(200, {
    fields: { iban: { keyword: { type: 'keyword' } }, 'iban.raw': { keyword: { type: 'keyword' } } },
  });
  const seen = surveyed(withFields(openOpenSearch('2.19.4'), { _mapping: refused, _field_caps: caps }));
  t.equal(seen.fields?.classes[0]?.class, 'bank-account');
  t.equal(seen.fields?.classes[0]?.index, seen.cluster?.searchPermittedOn?.index, 'under the name that was asked for');
  t.equal(seen.fields?.classes[0]?.documents, seen.cluster?.searchPermittedOn?.documents);
  const nothing = surveyed(withFields(openOpenSearch('2.19.4'), { _mapping: refused, _field_caps: refused }));
  t.equal(nothing.fields, null);
  t.equal(nothing.access.state, 'open', 'what refuses its names is as open as before');
  const old = surveyed(withFields(openElasticsearch('2.4.6'), { _mapping: json(500, { error: 'x', status: 500 }) }));
  t.notOk(
    old.record.exchanges.some(({ question }) => question === 'field-caps'),
    '2.x does not know them',
  );
  t.end();
});

t.test('no fields are read from what is not open', (t) => {
  const wall = json(401, {
    error: { type: 'security_exception', reason: 'missing authentication credentials' },
    status: 401,
  });
  const seen = surveyed(() => wall);
  t.equal(seen.fields, null);
  t.notOk(seen.record.exchanges.some(({ question }) => question === 'mapping' || question === 'field-caps'));
  t.end();
});

t.test('through a dashboard, line by line', (t) => {
  const person = ['person-name', 'phone', 'postal-address'];
  const customer = ['bank-account', 'credential', 'email', 'person-name'];
  const both = [...new Set([...person, ...customer])].sort();
  // what their written answers show of the two largest indices
  const mapped = ['email', 'person-name'];
  const table: [string, string, string[]][] = [
    ['kibana/4.6.6-open', 'kibana-proxy-mapping', both],
    ['kibana/5.1.1-open', 'kibana-proxy-mapping', both],
    ['kibana/6.8.23-open', 'kibana-index-mapping', mapped],
    ['kibana/7.6.2-open', 'kibana-index-mapping', mapped],
    ['kibana/7.17.9-open', 'kibana-index-mapping', mapped],
    ['kibana/8.5.3-open', 'kibana-data-view', both],
    ['kibana/8.15.0-open', 'kibana-data-view', both],
    ['kibana/9.2.0-open', 'kibana-data-view', both],
    ['open-distro-kibana/7.10.2-open', 'dashboard-fields', customer],
    ['opensearch-dashboards/1.3.20-open', 'dashboard-fields', customer],
    ['opensearch-dashboards/2.19.4-open', 'dashboard-fields', both],
    ['opensearch-dashboards/3.4.0-open', 'dashboard-fields', both],
  ];
  for (const [name, question, classes] of table) {
    const { recording, expected } = writtenNamed(name);
    const endpoint = { ...fakeEndpoint, port: 5601, scheme: recording.head.scheme };
    const record = surveyAgainst(
      recording,
      endpoint,
      survey(endpoint, { techniques: techniquesWith(), nonce: () => 'x1y2z3a4b5c6' }),
    );
    const { fields } = observe(record);
    const certain = fields?.classes.filter(({ certainty }) => certainty === 'strong').map((found) => found.class);
    t.strictSame([...new Set(certain)].sort(), classes, name);
    const asked = record.exchanges.filter((exchange) => exchange.question === question);
    t.ok(asked.length >= 1 && asked.length <= 3, `${name}: ${asked.length} questions for fields`);
    t.ok(record.exchanges.length <= expected.requestsAtMost, name);
  }
  t.end();
});

t.test('every class is named, however many indices have how many classes', (t) => {
  const properties = Object.fromEntries(
    [
      'full_name ssn birth_date phone email street_address diagnosis latitude passport_number itinerary credit_card_number',
      'iban password criminal_record religion ethnicity political_party fingerprint_template guardian_name imei',
    ]
      .join(' ')
      .split(' ')
      .map((name) => [name, { type: 'keyword' }]),
  );
  const names = Array.from({ length: 20 }, (_, i) => `people-${String.fromCharCode(97 + i)}`);
  const server = withFields(
    openElasticsearch('7.17.9', {
      paths: {
        '/_cat/indices': json(
          200,
          names.map((index, i) => ({ index, health: 'green', status: 'open', 'docs.count': String(i + 1) })),
        ),
      },
    }),
    { _mapping: json(200, Object.fromEntries(names.map((name) => [name, { mappings: { properties } }]))) },
  );
  const { fields } = surveyed(server);
  t.strictSame(
    fields?.totals.map(({ class: of }) => of),
    [...dataClasses],
    'none is dropped',
  );
  for (const total of fields?.totals ?? []) {
    t.equal(total.certainty, 'strong', total.class);
    t.equal(total.indices, 20, total.class);
    t.equal(total.documents, 210, total.class);
    const examples = fields?.classes.filter(({ class: of }) => of === total.class) ?? [];
    t.equal(examples.length, 8, 'only examples are cut');
    t.equal(examples[0]?.index, 'people-t', 'the largest first');
  }
  t.end();
});

t.test('a class is kept from an answer that is too large to keep', (t) => {
  const long = (name: string, i: number) => `${'deep_object.'.repeat(12)}${name}${i}`;
  const phones = Array.from({ length: 3000 }, (_, i) => [long('phone_number_', i), { type: 'keyword' }] as const);
  const big = { mappings: { properties: Object.fromEntries(phones) } };
  const small = {
    mappings: { properties: { religion: { type: 'keyword' }, [long('hiv_status', 1)]: { type: 'text' } } },
  };
  const kept = parseFields(keepMapping({ big, small }));
  const seen = kept?.indices.flatMap(({ fields }) => fields.map(([path]) => path)) ?? [];
  t.ok(seen.includes('religion'));
  t.ok(seen.some((path) => path.includes('hiv_status')));
  t.ok(seen.some((path) => path.includes('phone_number')));
  t.strictSame(
    kept?.indices.map(({ total }) => total),
    [3000, 2],
    'all are counted',
  );
  t.ok(JSON.stringify(kept).length < 30_000);
  const many = Array.from({ length: 30 }, (_, i) => [
    `log-${i}`,
    { mappings: { properties: { level: { type: 'keyword' } } } },
  ]);
  const last = parseFields(keepMapping({ ...Object.fromEntries(many), small }));
  t.ok(
    last?.indices.some(({ name }) => name === 'small'),
    'more indices than were asked for: those with a class stay',
  );
  t.end();
});

/** A cluster with 70 kinds of logs, each larger than the one table of people. */
function manyKinds(mapping: (names: readonly string[]) => ReturnType<typeof json>): Responder {
  const kinds = Array.from(
    { length: 70 },
    (_, i) => `app${String.fromCharCode(97 + (i % 26))}${'x'.repeat(Math.floor(i / 26))}`,
  );
  const rows = [...kinds.flatMap((kind) => [`${kind}-2026.11.28`, `${kind}-2026.11.29`]), 'bewohner'].map(
    (index, i) => ({
      index,
      health: 'green',
      status: 'open',
      'docs.count': String(index === 'bewohner' ? 7 : 100_000 - i),
    }),
  );
  const server = openElasticsearch('8.15.0', { paths: { '/_cat/indices': json(200, rows) } });
  return (ask, path, number) =>
    path.includes('/_mapping?')
      ? mapping(decodeURIComponent(path.split('/')[1] ?? '').split(','))
      : server(ask, path, number);
}

/** Mappings of which one has a field that shows persons, and all others are alike. */
function mappingsWithPeople(others: object): (names: readonly string[]) => ReturnType<typeof json> {
  const people = { mappings: { properties: { sozialversicherungsnummer: { type: 'keyword' } } } };
  return (names) => json(200, Object.fromEntries(names.map((name) => [name, name === 'bewohner' ? people : others])));
}

t.test('the one table of people is found though 70 kinds of indices are larger', (t) => {
  const logs = { mappings: { properties: { level: { type: 'keyword' } } } };
  const seen = surveyed(manyKinds(mappingsWithPeople(logs)));
  const asked = seen.record.exchanges.filter(({ question }) => /^mapping/.test(question));
  t.equal(asked.length, 4, 'four requests at most');
  const names = asked.flatMap(({ blanks }) => blanks['index']?.split(',') ?? []);
  t.equal(new Set(names).size, names.length, 'no index twice');
  t.ok(asked.every(({ blanks }) => (blanks['index']?.split(',').length ?? 0) <= 20));
  t.strictSame(told(seen), ['national-id bewohner strong']);
  t.strictSame(seen.fields?.looked, { indices: 71, indicesTotal: 141, kinds: 71, kindsTotal: 71 });
  t.ok(JSON.stringify(seen.record).length < 64 * 1024, 'a journal line stays within its size');

  const refused = surveyed(
    manyKinds((list) =>
      list.some((name) => name.startsWith('appa-'))
        ? json(200, Object.fromEntries(list.map((name) => [name, logs])))
        : failure(429, 'circuit_breaking_exception', 'Data too large'),
    ),
  );
  t.equal(
    refused.record.exchanges.filter(({ question }) => question === 'mapping-more').length,
    1,
    'no further request after one that was not answered with fields',
  );
  t.equal(refused.access.state, 'open');
  t.equal(refused.fields?.looked.kinds, 20);
  t.equal(refused.fields?.looked.kindsTotal, 71, 'and it is said of how many');
  t.end();
});

t.test('the table of people is found though the mappings of the largest indices are longer than what is read', (t) => {
  const beat = Object.fromEntries(
    Array.from({ length: 9000 }, (_, i) => [`metric_${i}_of_a_beat`, { type: 'keyword' }]),
  );
  const logs = { mappings: { properties: beat } };
  const seen = surveyed(manyKinds(mappingsWithPeople(logs)));
  const asked = seen.record.exchanges.filter(({ question }) => /^mapping/.test(question));
  t.equal(asked.length, 4, 'four requests at most');
  t.match(asked[0]?.outcome, { truncated: true });
  t.strictSame(told(seen), ['national-id bewohner strong']);
  t.equal(seen.fields?.complete, false);
  t.end();
});
