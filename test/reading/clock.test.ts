import t from 'tap';
import type { Technique } from '../../src/model/engagement.js';
import { json, nodes, openElasticsearch, openOpenSearch } from '../support/clusters.js';
import { surveyed, type Paths } from '../support/survey.js';

const asked = Date.UTC(2026, 10, 23, 2, 0, 0);
const hour = 3_600_000;

/** An open Elasticsearch with these answers, and what was observed of it. */
function seen(paths: Paths = {}, techniques: Partial<Record<Technique, boolean>> = {}, version = '8.15.0') {
  return surveyed(openElasticsearch(version, { paths }), { techniques });
}

function nodeList(...list: readonly { name?: string; started?: number }[]) {
  return json(200, {
    cluster_name: 'shop',
    nodes: Object.fromEntries(
      list.map(({ name, started }, i) => [`n${i}`, { name, jvm: { start_time_in_millis: started } }]),
    ),
  });
}

function statistics(...list: readonly { name: string; now: number }[]) {
  return json(200, {
    nodes: Object.fromEntries(
      list.map(({ name, now }, i) => [
        `n${i}`,
        {
          name,
          jvm: { timestamp: now, uptime_in_millis: 5 * hour },
          http: { current_open: 1, total_opened: 9, clients: [] },
        },
      ]),
    ),
  });
}

t.test('the start of the node that answered, or the latest that may have', (t) => {
  const start = (...list: readonly { name?: string; started?: number }[]) =>
    seen({ '/_nodes/jvm,http,plugins': nodeList(...list) }).time.processStartedAt?.at ?? null;
  const iso = (ms: number) => new Date(ms).toISOString();
  t.equal(
    start({ name: 'node-1', started: 1e12 }, { name: 'node-2', started: 2e12 }),
    iso(1e12),
    'the root page names its node',
  );
  t.equal(
    start({ name: 'node-1', started: 1e12 }, { name: 'node-1', started: 2e12 }),
    iso(2e12),
    'two of one name: the younger',
  );
  t.equal(start({ name: 'node-1', started: 1e12 }, { name: 'node-1' }), null, 'two of one name, one silent');
  t.equal(start({ started: 1e12 }, { started: 2e12 }), iso(2e12), 'no name: the youngest of all');
  t.equal(start({ started: 1e12 }, {}), null, 'no name, and one does not say');
  t.equal(start(), null);
  const many = Array.from({ length: 130 }, (_, i) => ({ started: 1e12 + i }));
  t.equal(start(...many), iso(1e12 + 129), 'the youngest is one that is not kept');
  t.equal(start(...many, {}), null, 'the youngest may be one that is not kept and does not say');
  t.equal(start({ name: 'node-1', started: 1e12 }, ...many), iso(1e12));
  t.end();
});

t.test('the Date header is compared with the middle of the exchange', (t) => {
  const clock = (headers: Readonly<Record<string, string>>) =>
    seen({ '/_nodes/jvm,http,plugins': { ...statusOk(nodes('8.15.0')), headers } }).time.clock;
  const date = (ms: number) => new Date(asked + ms).toUTCString();
  t.equal(clock({}), null, 'Elasticsearch sends none');
  t.match(clock({ date: date(2 * hour) }), { of: 'endpoint', proxy: null, aheadSeconds: 7200, withinSeconds: 1 });
  t.match(clock({ date: date(-3 * hour) }), { of: 'endpoint', aheadSeconds: -10_800 });
  t.match(clock({ date: date(0), server: 'nginx/1.22.1' }), { of: 'proxy', proxy: 'nginx/1.22.1', aheadSeconds: 0 });
  t.match(clock({ date: date(hour), via: '1.1 varnish' }), { of: 'proxy', proxy: '1.1 varnish' });
  t.match(clock({ date: date(hour), 'cf-ray': 'x' }), { of: 'proxy', proxy: null });
  t.equal(clock({ date: date(-hour), age: '3600' }), null, 'what comes out of a cache is dated when it went in');
  t.equal(clock({ date: 'yesterday' }), null);
  t.end();
});

t.test('the time in the statistics of a node takes precedence over a header', (t) => {
  const on = { outsideReaders: true };
  const path = '/_nodes/stats/http,jvm,indices/search';
  const one = seen({ [path]: statistics({ name: 'node-1', now: asked + 2 * hour }) }, on).time.clock;
  t.match(one, { of: 'node', proxy: null, aheadSeconds: 7200 });
  const two = statistics({ name: 'node-2', now: asked }, { name: 'node-1', now: asked - hour });
  t.match(seen({ [path]: two }, on).time.clock, { of: 'node', aheadSeconds: -3600 }, 'the one that answered');
  const other = statistics({ name: 'node-2', now: asked }, { name: 'node-3', now: asked - hour });
  t.equal(seen({ [path]: other }, on).time.clock, null, 'none of these is known to have answered');
  t.end();
});

t.test('a licence that the cluster issued to itself shows that it existed by then', (t) => {
  const born = (path: string, license: object, version = '8.15.0') =>
    seen({ [path]: json(200, { license }) }, {}, version).topics.licence?.at ?? null;
  const own = { type: 'basic', issuer: 'elasticsearch', issue_date_in_millis: 1_600_000_000_000, issued_to: 'SECRET' };
  t.equal(born('/_license', own), '2020-09-13T12:26:40.000Z');
  t.equal(born('/_license', { ...own, issuer: 'API' }), null, 'a bought one says nothing of the cluster');
  t.equal(born('/_license', { ...own, issue_date_in_millis: 'soon' }), null);
  t.equal(seen().topics.licence, null, 'no x-pack');
  const { record } = seen({ '/_license': json(200, { license: own }) });
  t.notMatch(JSON.stringify(record), /SECRET/, 'its holder is not kept');
  t.end();
});

t.test('questions besides the verdict come after it, and only where they apply', (t) => {
  const ids = (observed: ReturnType<typeof surveyed>) => observed.record.exchanges.map(({ question }) => question);
  const plain = ids(seen());
  t.ok(plain.indexOf('license') > plain.indexOf('index-count'));
  t.notOk(
    plain.some((id) => id.startsWith('http-clients')),
    'not without its technique',
  );
  const readers = ids(seen({}, { outsideReaders: true }));
  t.equal(readers[readers.indexOf('http-clients') + 1], 'index-count', 'before our own search');
  t.strictSame(
    ids(seen({}, { outsideReaders: true, fullAddresses: true })).filter((id) => id.startsWith('http-clients')),
    ['http-clients-full'],
  );
  t.notOk(
    ids(seen({}, { fullAddresses: true })).some((id) => id.startsWith('http-clients')),
    'the one does not allow the other',
  );
  t.notOk(ids(seen({}, { outsideReaders: true }, '7.12.1')).includes('http-clients'), 'older lines keep no list');
  t.ok(ids(seen({}, { outsideReaders: true }, '7.13.0')).includes('http-clients'));
  const opensearch = ids(surveyed(openOpenSearch('2.19.4'), { techniques: { outsideReaders: true } }));
  t.notOk(
    opensearch.some((id) => /license|http-clients/.test(id)),
    'OpenSearch has neither',
  );
  t.notOk(
    ids(seen({}, {}, '6.8.23')).some((id) => id.includes('license')),
    'no x-pack on this 6',
  );
  const xpack = { features: { security: { available: true, enabled: false } } };
  t.ok(ids(seen({ '/_xpack': json(200, xpack) }, {}, '6.8.23')).includes('xpack-license'));
  t.end();
});

function statusOk(reply: ReturnType<typeof nodes>) {
  if (typeof reply === 'string') throw new Error(reply);
  return reply;
}
