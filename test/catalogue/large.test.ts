// Tests that what an answer shows does not become less because there is more of it.
import t from 'tap';
import { keepAnswer, questionById } from '../../src/catalogue/index.js';
import { keepMapping, parseFields } from '../../src/catalogue/fields.js';
import { parseAuthenticate, parseNodes } from '../../src/catalogue/cluster.js';
import { parseListing } from '../../src/catalogue/listing.js';
import { parseOwnPrivileges } from '../../src/catalogue/write-protection.js';
import { classesOfFields } from '../../src/knowledge/field-matcher.js';

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

/** A name of 255 characters, as long as a server allows. */
const longName = (i: number) => `tenant${i}-`.padEnd(255, 'x');

const named = (count: number) => Object.fromEntries(numbers(count).map((i) => [longName(i), i]));
const objects = <T>(count: number, each: (i: number) => T) =>
  Object.fromEntries(Object.entries(named(count)).map(([name, i]) => [name, each(i)]));

/** The answer of a server that has so many of everything, by the question. */
const answers: Readonly<Record<string, (count: number) => unknown>> = {
  'cat-indices': (count) => numbers(count).map((i) => ({ index: longName(i), 'docs.count': '5' })),
  'cat-index-counts': (count) => numbers(count).map(() => ({ health: 'green', 'docs.count': '5' })),
  'cat-columns': (count) => numbers(count).map(() => ({ health: 'green', rep: '1' })),
  'index-health': (count) => ({
    cluster_name: 'c',
    status: 'green',
    number_of_nodes: 3,
    indices: objects(count, () => ({ status: 'green' })),
  }),
  'index-stats': (count) => ({ indices: objects(count, (i) => ({ primaries: { docs: { count: i } } })) }),
  'wildcard-stats': (count) => ({
    _all: { primaries: {} },
    indices: objects(count, (i) => ({ uuid: 'u', primaries: { docs: { count: i } } })),
  }),
  aliases: (count) => objects(count, () => ({ aliases: { one: {}, two: { filter: { term: { a: 1 } } } } })),
  'index-aliases': (count) => objects(count, () => ({ aliases: {} })),
  'resolve-index': (count) => ({
    indices: numbers(count).map((i) => ({ name: longName(i), aliases: ['one', 'two'], attributes: ['open'] })),
    aliases: [],
    data_streams: [],
  }),
  'dashboard-resolve-index': (count) => ({
    indices: numbers(count).map((i) => ({ name: longName(i), aliases: ['one', 'two'], attributes: ['open'] })),
    aliases: [],
    data_streams: [],
  }),
  'field-caps-indices': (count) => ({ indices: numbers(count).map(longName) }),
  'index-uuids': (count) => objects(count, () => ({ settings: { index: { uuid: 'aB3dEfGhIjKlMnOpQrStUv' } } })),
  'field-caps': (count) => ({ fields: objects(count, () => ({ keyword: { type: 'keyword' } })) }),
  mapping: (count) => objects(count, () => ({ mappings: { properties: { email: { type: 'keyword' } } } })),
  nodes: (count) => ({
    cluster_name: 'c',
    nodes: objects(count, (i) => ({ name: `n${i}`, roles: ['data', 'master'], plugins: [{ name: 'a' }] })),
  }),
  'index-blocks': (count) => objects(count, () => ({ settings: { index: { blocks: { write: 'true' } } } })),
  'remote-info': (count) => objects(count, () => ({ connected: true })),
  'snapshot-repositories': (count) => objects(count, () => ({ type: 'fs' })),
  snapshots: (count) => numbers(count).map(() => ({ status: 'SUCCESS', end_epoch: '1700000000' })),
  'kibana-index-management': (count) =>
    numbers(count).map((i) => ({ health: 'green', name: longName(i), documents: 5, aliases: ['a', 'b'], ilm: {} })),
  'dashboards-cat-indices': (count) => numbers(count).map((i) => ({ index: longName(i), 'docs.count': '5' })),
  'kibana-spaces': (count) => numbers(count).map((i) => ({ id: longName(i), disabledFeatures: ['a', 'b'], name: 'n' })),
  'kibana-data-views': (count) => ({
    data_view: numbers(count).map((i) => ({ id: longName(i), namespaces: ['default', 'sales'], title: longName(i) })),
  }),
  'dashboard-status': (count) => ({
    name: 'k',
    version: { number: '8.1.0' },
    status: { overall: { level: 'available' }, core: {}, plugins: objects(count, () => ({ level: 'available' })) },
  }),
  'dashboard-fields': (count) => ({ fields: numbers(count).map((i) => ({ name: longName(i), type: 'string' })) }),
  'kibana-data-view': (count) => ({
    data_view: { title: 't', fields: objects(count, (i) => ({ name: `f${i}`, type: 'string' })) },
  }),
  'jaeger-services': (count) => ({ data: numbers(count).map(longName), total: count, errors: null }),
  'zipkin-services': (count) => numbers(count).map(longName),
  'prometheus-jobs': (count) => ({ status: 'success', data: numbers(count).map(longName) }),
  'solr-cores': (count) => ({ responseHeader: { status: 0 }, status: objects(count, () => ({ index: {} })) }),
};

function kept(id: string, body: unknown) {
  const question = questionById(id);
  const bytes = Buffer.from(JSON.stringify(body));
  const truncated = bytes.length > question.cap;
  return keepAnswer(question, { status: 200, headers: {}, body: bytes.subarray(0, question.cap), truncated });
}

function value(id: string, body: unknown): unknown {
  const { body: found } = kept(id, body);
  return found.kind === 'json' ? found.value : null;
}

t.test('an answer that is longer than what is read of it is read as far as it goes', (t) => {
  for (const [id, answer] of Object.entries(answers)) {
    const { cap } = questionById(id);
    const each = (JSON.stringify(answer(200)).length - JSON.stringify(answer(100)).length) / 100;
    const found = kept(id, answer(Math.ceil((1.1 * cap) / each)));
    t.equal(found.truncated, true, id);
    t.equal(found.body.kind, 'json', id);
  }
  t.end();
});

t.test('wherever it is cut, a list is read to its last complete entry', (t) => {
  const body = JSON.stringify(answers['dashboard-resolve-index']?.(5));
  const texts = JSON.stringify({ indices: ['orders', 'peo,ple', 'a"}b'] });
  for (const [id, text, whole] of [
    ['dashboard-resolve-index', body, 5],
    ['field-caps-indices', texts, 3],
  ] as const)
    for (let end = 1; end < text.length; end++) {
      const cut = { status: 200, headers: {}, body: Buffer.from(text.slice(0, end)), truncated: true };
      const found = keepAnswer(questionById(id), cut).body;
      const entries = found.kind === 'json' ? (parseListing(found.value)?.total ?? 0) : 0;
      const complete = id === 'field-caps-indices' ? text.slice(0, end).split(/",/).length - 1 : 0;
      t.ok(entries >= complete && entries <= whole, `${id} at ${end}`);
    }
  t.end();
});

t.test('what lets a caller do everything is kept among any number of other things', (t) => {
  const roles = [...numbers(200).map((i) => `team_${i}`), 'superuser'];
  t.ok(
    parseAuthenticate(value('security-authenticate', { username: 'a'.repeat(900), roles }))?.roles.includes(
      'superuser',
    ),
  );
  const names = [...numbers(300).map((i) => `.internal-${i}`), ...numbers(300).map((i) => `tenant-${i}`), 'orders-*'];
  const own = {
    cluster: numbers(300)
      .map((i) => `monitor_${i}`)
      .concat('all'),
    indices: [{ names, privileges: ['all'] }],
  };
  const said = parseOwnPrivileges(value('own-privileges', own));
  t.ok(said?.deletes.includes('orders-*'));
  t.ok(said?.reads?.includes('orders-*'));
  t.equal(said?.reconfigures, true);
  t.end();
});

t.test('of any number of nodes the youngest, and the plugin of a login, are kept', (t) => {
  const nodes = Object.fromEntries(
    numbers(300).map((i) => [`n${i}`, { name: `n${i}`, jvm: { start_time_in_millis: 1_700_000_000_000 + i } }]),
  );
  const plugins = [...numbers(200).map((i) => ({ name: `analysis-${i}` })), { name: 'opensearch-security' }];
  const found = parseNodes(
    value('nodes', { nodes: { ...nodes, last: { name: 'last', plugins, jvm: { start_time_in_millis: 1 } } } }),
  );
  t.equal(found?.youngest, 1_700_000_000_299);
  t.ok(found?.plugins.includes('opensearch-security'));
  t.equal(parseNodes(value('nodes', { nodes: { ...nodes, mute: { name: 'mute' } } }))?.youngest, undefined);
  t.end();
});

t.test('a name that suggests persons is kept among twenty thousand larger kinds', (t) => {
  const letters = (i: number) => String(i).replace(/\d/g, (digit) => 'qvwxzkjhbc'.charAt(Number(digit)));
  for (const count of [10, 1000, 19_000]) {
    const rows = numbers(count).map((i) => ({ index: letters(i), 'docs.count': '1000' }));
    const found = parseListing(value('cat-indices', [...rows, { index: 'patient_records', 'docs.count': '3' }]));
    t.ok(
      found?.list.some(({ name }) => name === 'patient_records'),
      String(count),
    );
  }
  t.end();
});

t.test('a class of data is found behind any number of fields', (t) => {
  for (const count of [10, 1000, 5000, 15_000]) {
    const many = Object.fromEntries(
      numbers(count).map((i) => [
        `tenant_${i}`,
        { properties: { counter: { type: 'long' }, state: { type: 'keyword' } } },
      ]),
    );
    const properties = { ...many, person: { properties: { passport_number: { type: 'keyword' } } } };
    const body = Object.fromEntries(
      numbers(3).map((i) => [`logs-${i}`, { mappings: { properties: i === 1 ? properties : many } }]),
    );
    const found = parseFields(keepMapping(body))?.indices ?? [];
    const classes = found.flatMap(({ name, fields }) =>
      classesOfFields(
        fields.map(([path]) => path),
        name,
      ),
    );
    t.ok(
      classes.some(({ matches }) => matches.some((match) => match.class === 'national-id')),
      String(count),
    );
    t.strictSame(
      found.map(({ total }) => total),
      [2 * count, 2 * count + 1, 2 * count],
    );
  }
  t.end();
});

t.test('the cookie of a balancer or a login is seen among thirty others', (t) => {
  const others = numbers(30).map((i) => `visitor_${i}=${i}; Path=/`);
  const same = numbers(200).map(() => 'again=1');
  const lines = [...same, ...others, 'BIGipServerpool=1.2.3', 'sid=Fe26.2**secret'];
  const found = keepAnswer(questionById('root'), {
    status: 200,
    headers: { 'Set-Cookie': lines },
    body: Buffer.from('{}'),
    truncated: false,
  }).headers['set-cookie'];
  t.equal(found?.length, 33);
  t.ok(found?.includes('BIGipServerpool='));
  t.ok(found?.includes('sid=Fe26.2'));
  t.end();
});
