import t from 'tap';
import type { Observations } from '../../src/model/observation.js';
import { failure, json, openElasticsearch, openOpenSearch } from '../support/clusters.js';
import { surveyed } from '../support/survey.js';
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
