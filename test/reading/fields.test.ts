import t from 'tap';
import { observe } from '../../src/reading/index.js';
import { survey } from '../../src/survey/index.js';
import { surveyAgainst, techniquesWith } from '../support/answer.js';
import { writtenNamed } from '../support/written.js';
import type { Observations } from '../../src/model/observation.js';
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
  t.ok(order.indexOf('mapping') > order.indexOf('size-zero-search'), 'after the verdict');
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

t.test('nothing is read from what is not open', (t) => {
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
  const table: [string, string, string[]][] = [
    ['kibana/4.6.6-open', 'kibana-proxy-mapping', both],
    ['kibana/5.1.1-open', 'kibana-proxy-mapping', both],
    ['kibana/6.8.23-open', 'dashboard-fields', both],
    ['kibana/7.6.2-open', 'dashboard-fields', both],
    ['kibana/7.17.9-open', 'dashboard-fields', both],
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
    t.ok(asked.length >= 1 && asked.length <= 2, `${name}: ${asked.length} questions for fields`);
    t.ok(record.exchanges.length <= expected.requestsAtMost, name);
  }
  t.end();
});
