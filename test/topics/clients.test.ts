import t from 'tap';
import { questionById, keepAnswer } from '../../src/catalogue/index.js';
import { parseClients } from '../../src/topics/clients.js';

const id = 'leftopen-20261123T020000Z-0123abcd';

const client = (more: object) => ({
  agent: 'curl/8.1.0',
  remote_address: '127.0.0.1:41000',
  last_uri: '/people/_search?q=name:secret',
  opened_time_millis: 1_790_000_000_000,
  last_request_time_millis: 1_790_000_001_000,
  request_count: 2,
  ...more,
});

function keep(clients: readonly unknown[], options: { full?: boolean; cutAt?: number } = {}) {
  const text = JSON.stringify({
    nodes: {
      a1: {
        name: 'node-1',
        jvm: { timestamp: 1_790_000_002_000, uptime_in_millis: 60_000 },
        http: { current_open: 2, total_opened: 40, clients },
        indices: { search: { query_total: 9, fetch_total: 8, scroll_total: 7 } },
      },
    },
  });
  const { body } = keepAnswer(questionById(options.full === true ? 'http-clients-full' : 'http-clients'), {
    status: 200,
    headers: {},
    body: Buffer.from(text.slice(0, options.cutAt)),
    truncated: options.cutAt !== undefined,
  });
  return { kept: body.kind === 'json' ? parseClients(body.value) : null, text: JSON.stringify(body), sent: text };
}

t.test('the path names each field, and never what others asked for', (t) => {
  for (const question of ['http-clients', 'http-clients-full'].map(questionById)) {
    t.notMatch(question.path, /last_uri|\*\.http(,|$)|clients(,|$)/);
    t.match(question.path, /^\/_nodes\/stats\/http,jvm,indices\/search\?filter_path=nodes\.\*\.name,/);
  }
  t.end();
});

t.test('networks are kept of outside addresses, nothing of inside ones, nothing of what was asked', (t) => {
  const { kept, text } = keep([
    client({ remote_address: '203.0.113.77:5000', agent: 'Mozilla/5.0 zgrab/0.x' }),
    client({
      remote_address: '203.0.113.99:5001',
      agent: 'Mozilla/5.0 zgrab/0.x',
      opened_time_millis: 1_789_000_000_000,
    }),
    client({ remote_address: '[2001:db8:1:2:3::4]:5000' }),
    client({ remote_address: '10.20.30.40:5000', x_forwarded_for: '198.51.100.9, 203.0.113.5, 10.20.30.41' }),
    client({ remote_address: '::ffff:198.51.100.200' }),
    client({ remote_address: '192.168.7.7:1' }),
    client({ remote_address: '100.64.3.3:1' }),
    client({ remote_address: '[fd00::7]:1' }),
    client({ x_opaque_id: id }),
    client({ x_opaque_id: 'somebody@example.org' }),
    client({ remote_address: '10.1.1.1:9', x_forwarded_for: 'unknown, 0x7f.1, 3405803781, <script>' }),
  ]);
  t.strictSame(
    new Set(
      kept?.list.map(({ address, forwarded, connections, run }) => [address, forwarded, connections, run].join(' ')),
    ),
    new Set([
      '203.0.113.0/24  2 ',
      '198.51.100.0/24  1 ',
      '2001:db8:1::/48  1 ',
      '203.0.113.0/24 true 1 ',
      '  5 ',
      `  1 ${id}`,
    ]),
  );
  t.equal(kept?.list[0]?.first, 1_789_000_000_000, 'the first connection of several');
  t.equal(kept?.connections, 11);
  t.equal(kept?.kinds, 6);
  for (const secret of ['.77', '.99', '10.20', '192.168', '100.64', 'fd00', 'secret', 'example.org', '0x7f', 'script'])
    t.notOk(text.includes(secret), `${secret} is not kept`);
  t.match(kept, { opened: 40, open: 2, searches: 9, fetches: 8, scrolls: 7, listed: true, nodesTotal: 1 });
  t.end();
});

t.test('full addresses only where they may be kept, and those of inside networks never', (t) => {
  const { kept, text } = keep(
    [
      client({ remote_address: '203.0.113.77:5000' }),
      client({ remote_address: '[2001:db8:1:2:3::4]:5000' }),
      client({ remote_address: '10.20.30.40:5000' }),
    ],
    { full: true },
  );
  t.strictSame(
    new Set(kept?.list.map(({ address }) => address)),
    new Set(['203.0.113.77', '2001:db8:1:2:3::4', undefined]),
  );
  t.notMatch(text, /10\.20/);
  t.end();
});

t.test('thousands of clients become the hundred most informative kinds', (t) => {
  const many = Array.from({ length: 5_000 }, (_, i) => client({ agent: `app/${i}`, request_count: i }));
  const { kept, text } = keep([...many, client({ remote_address: '203.0.113.1:1' }), client({ agent: 'masscan/1.3' })]);
  t.equal(kept?.list.length, 100);
  t.strictSame(
    [kept?.list[0]?.address, kept?.list[1]?.agent, kept?.list[2]?.agent],
    ['203.0.113.0/24', 'masscan/1.3', 'app/4999'],
  );
  t.strictSame([kept?.connections, kept?.kinds], [5_002, 5_002]);
  t.ok(text.length < 20_000, `${text.length} characters`);
  t.end();
});

t.test('a list cut off by the cap is repaired at its last complete client', (t) => {
  const { sent } = keep(Array.from({ length: 40 }, () => client({})));
  const start = sent.indexOf('"clients"') + 300;
  for (let cutAt = start; cutAt < sent.indexOf('"indices"'); cutAt += 97)
    t.ok(
      (keep(
        Array.from({ length: 40 }, () => client({})),
        { cutAt },
      ).kept?.connections ?? 0) > 0,
      `cut after ${cutAt}`,
    );
  t.end();
});

t.test('a body that is not statistics is not taken for any', (t) => {
  for (const body of [{}, { nodes: {} }, { nodes: { a: { name: 'x' } } }, [], 'nodes', null, { nodes: [1] }]) {
    const kept = questionById('http-clients').keep.json?.(body);
    t.equal(kept, null, JSON.stringify(body));
  }
  t.match(questionById('http-clients').keep.json?.({ nodes: { a: { http: { total_opened: 3 } } } }), { listed: false });
  t.end();
});
