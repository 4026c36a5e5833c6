// Tests that an open cluster shows the same however large it is, in the journal's line of it too.
import t from 'tap';
import { observe } from '../../src/reading/index.js';
import { endpointLine } from '../../src/store/journal-line.js';
import { json, openElasticsearch } from '../support/clusters.js';
import { surveyed, type Reply, type Responder } from '../support/survey.js';

interface Size {
  readonly indices: number;
  readonly nameLength: number;
  readonly nodes: number;
  readonly clients: number;
  readonly fields: number;
}

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);
const letters = (i: number) => String(i).replace(/\d/g, (digit) => 'qvwxzkjhbc'.charAt(Number(digit)));
const started = Date.UTC(2026, 4, 1);

/** An open cluster of that size, with the one table of people among its smallest indices. */
function cluster({ indices, nameLength, nodes, clients, fields }: Size): Responder {
  const row = { health: 'green', status: 'open', 'store.size': '123456789', 'creation.date': String(started) };
  const rows = [
    ...numbers(indices).map((i) => ({
      ...row,
      index: `${letters(i)}-`.padEnd(nameLength, 'x'),
      'docs.count': String(1_000_000 - i),
    })),
    { ...row, index: 'customers', 'docs.count': '7' },
  ];
  const log = Object.fromEntries(
    numbers(fields).map((i) => [`counter_${i}_of_user_agents_and_a_long_name`, { type: 'keyword' }]),
  );
  const people = { passport_number: { type: 'keyword' } };
  const nodeName = (i: number) => (i === 0 ? 'node-1' : `data-hot-${i}`.padEnd(150, '.production'));
  const byNode = (each: (i: number) => object) =>
    json(200, {
      cluster_name: 'shop',
      nodes: Object.fromEntries(numbers(nodes).map((i) => [`n${i}`, { name: nodeName(i), ...each(i) }])),
    });
  const paths: Readonly<Record<string, Reply>> = {
    '/_cat/indices': json(200, rows),
    '/_nodes/jvm,http,plugins': byNode((i) => ({
      version: '8.15.0',
      build_hash: 'abcdef0',
      jvm: { start_time_in_millis: started + i },
      http: { publish_address: `10.0.0.${i % 250}:9200` },
    })),
    '/_nodes/stats/http,jvm,indices': byNode((i) => ({
      jvm: { timestamp: started, uptime_in_millis: 1_000_000 },
      http: {
        current_open: 5,
        total_opened: 500,
        clients: numbers(Math.ceil(clients / nodes)).map((at) => ({
          agent: `Mozilla/5.0 (${letters(i * 10 + at)})`.padEnd(200, ' Gecko'),
          remote_address: `198.51.${i % 250}.${at + 1}:5000`,
          opened_time_millis: started,
          last_request_time_millis: started,
          request_count: 100,
        })),
      },
    })),
    '/_remote/info': json(
      200,
      Object.fromEntries(numbers(nodes).map((i) => [`remote-${i}`.padEnd(60, 'x'), { connected: true }])),
    ),
  };
  const server = openElasticsearch('8.15.0', { paths });
  return (ask, path, number) =>
    path.includes('/_mapping?')
      ? json(
          200,
          Object.fromEntries(
            decodeURIComponent(path.split('/')[1] ?? '')
              .split(',')
              .map((name) => [name, { mappings: { properties: name === 'customers' ? people : log } }]),
          ),
        )
      : path.startsWith('/_nodes/stats')
        ? (paths['/_nodes/stats/http,jvm,indices'] ?? 'closed-without-answer')
        : server(ask, path, number);
}

t.test('a cluster of any size is open, with the data that it holds, and its line has room for all of it', (t) => {
  for (const size of [
    { indices: 10, nameLength: 20, nodes: 1, clients: 1, fields: 10 },
    { indices: 2_000, nameLength: 60, nodes: 90, clients: 100, fields: 200 },
    { indices: 20_000, nameLength: 60, nodes: 300, clients: 600, fields: 2_000 },
    { indices: 12_000, nameLength: 199, nodes: 300, clients: 600, fields: 9_000 },
  ] as const) {
    const seen = surveyed(cluster(size), { techniques: { outsideReaders: true, fullAddresses: true } });
    const { kept } = endpointLine({ record: seen.record, addresses: null, replaces: null, tries: 1 });
    t.equal(kept, seen.record, `of ${size.indices} indices no answer is left out`);
    const { access, fields, cluster: facts, time } = observe(kept);
    t.match(access, { state: 'open', rung: 'control' }, `${size.indices} indices`);
    t.strictSame(
      fields?.totals.map((one) => one.class),
      ['national-id'],
    );
    t.match(facts, { nodes: size.nodes, indices: { total: size.indices + 1, complete: true } });
    t.equal(time.processStartedAt?.at, new Date(started).toISOString(), 'since when the node that responded runs');
    t.ok(
      kept.exchanges.some(({ question }) => question === 'http-clients-full'),
      'its clients were asked for',
    );
  }
  t.end();
});
