import t, { type Test } from 'tap';
import { declareUrls } from '../../src/engagement/index.js';
import { engagement, folderOf, today, valid } from './support.js';

type Asked = readonly [host: string, address: string, allowed: true | RegExp];

async function holds(t: Test, yaml: string, rows: readonly Asked[], files: Readonly<Record<string, string>> = {}) {
  const { scope } = await valid(t, yaml, { files });
  for (const [host, address, wanted] of rows) {
    const permission = scope.mayAsk(host, address);
    if (wanted === true) t.same(permission, { allowed: true }, `${host} at ${address}`);
    else t.match(permission, { allowed: false, why: wanted }, `${host} at ${address}`);
  }
}

t.test('without include, exactly what targets declare', async (t) => {
  await holds(
    t,
    engagement(
      'scope: { exclude: [10.0.0.9, 192.0.2.0/24, secret.acme.example, "*.dmz.acme.example"] }',
      'controls: ["https://status.acme.example"]',
    ) +
      [
        'targets:',
        '  - { id: net, hosts: [10.0.0.0/24, "2001:db8::/120"] }',
        '  - { id: names, hosts: [es.acme.example, "n[1-3].acme.example", x.dmz.acme.example, { name: db.acme.example, address: 10.1.1.1 }] }',
        '  - { id: list, hostsFrom: list.txt }',
        '',
      ].join('\n'),
    [
      ['10.0.0.1', '10.0.0.1', true],
      ['10.0.0.1', '::ffff:10.0.0.1', true],
      ['10.0.0.1', '10.0.0.2', /another address/],
      ['10.0.0.9', '10.0.0.9', /excluded/],
      ['10.0.1.1', '10.0.1.1', /not declared/],
      ['2001:db8::1', '2001:db8:0:0:0:0:0:1', true],
      ['2001:db8::100', '2001:db8::100', /not declared/],
      ['es.acme.example', '203.0.113.7', true],
      ['es.acme.example', '10.0.0.9', /excluded/],
      ['es.acme.example', '::ffff:10.0.0.9', /excluded/],
      ['es.acme.example', '64:ff9b::10.0.0.9', /excluded/],
      ['es.acme.example', '2002:a00:9::1', /excluded/],
      ['es.acme.example', '192.0.2.200', /excluded/],
      ['es.acme.example', '169.254.169.254', /link-local/],
      ['es.acme.example', '::ffff:169.254.169.254', /link-local/],
      ['es.acme.example', '64:ff9b::a9fe:a9fe', /link-local/],
      ['es.acme.example', 'fe80::1', /link-local/],
      ['es.acme.example', 'fe80::1%eth0', /not an IP address/],
      ['es.acme.example', '224.0.0.1', /multicast/],
      ['es.acme.example', 'ff02::1', /multicast/],
      ['es.acme.example', '0.0.0.0', /never asked/],
      ['es.acme.example', '255.255.255.255', /broadcast/],
      ['es.acme.example', '::', /unspecified/],
      ['es.acme.example', '127.0.0.1', /loopback/],
      ['es.acme.example', '::1', /loopback/],
      ['es.acme.example', '::ffff:127.0.0.1', /loopback/],
      ['es.acme.example', '64:ff9b::7f00:1', /loopback/],
      ['es.acme.example', '127.1', /not an IP address/],
      ['es.acme.example', '010.0.0.1', /not an IP address/],
      ['es.acme.example', '', /not an IP address/],
      ['n2.acme.example', '203.0.113.8', true],
      ['n4.acme.example', '203.0.113.8', /not declared/],
      ['n02.acme.example', '203.0.113.8', /not declared/],
      ['other.acme.example', '203.0.113.8', /not declared/],
      ['x.dmz.acme.example', '203.0.113.8', /name is excluded/],
      ['db.acme.example', '10.1.1.1', true],
      ['db.acme.example', '10.1.1.2', /fixes another address/],
      ['listed.acme.example', '203.0.113.9', true],
      ['10.2.0.1', '10.2.0.1', true],
      ['status.acme.example', '203.0.113.10', true],
    ],
    { 'list.txt': 'listed.acme.example\n10.2.0.1\n' },
  );
});

t.test('with names in include, what they resolve to', (t) =>
  holds(
    t,
    engagement('scope: { include: ["*.acme.example", 10.0.0.7] }') +
      'targets: [{ id: a, hosts: [es.acme.example, a.b.acme.example, 10.0.0.7] }]\n',
    [
      ['es.acme.example', '203.0.113.7', true],
      ['a.b.acme.example', '203.0.113.7', true],
      ['10.0.0.7', '10.0.0.7', true],
      ['es.acme.example', '127.0.0.1', /loopback/],
    ],
  ),
);

t.test('with ranges in include as well, they must contain the addresses', (t) =>
  holds(
    t,
    engagement('scope: { include: ["*.acme.example", 10.0.0.0/24, "2001:db8::/32"], exclude: [10.0.0.5] }') +
      'targets: [{ id: a, hosts: [es.acme.example, other.example, 10.0.0.0/28] }]\n',
    [
      ['es.acme.example', '10.0.0.200', true],
      ['es.acme.example', '10.0.1.1', /not in scope\.include/],
      ['es.acme.example', '2001:db8::1', true],
      ['es.acme.example', '2001:db9::1', /not in scope\.include/],
      ['es.acme.example', '10.0.0.5', /excluded/],
      ['other.example', '10.0.0.200', true],
      ['other.example', '203.0.113.1', /not in scope\.include/],
      ['10.0.0.1', '10.0.0.1', true],
      ['10.0.0.77', '10.0.0.77', /not declared/],
    ],
  ),
);

t.test('loopback where it is declared, and only there', async (t) => {
  await holds(
    t,
    'targets: [{ id: a, hosts: [localhost, a.localhost, 127.0.0.5, { name: es.test, address: 127.0.0.9 }] }]\n',
    [
      ['localhost', '127.0.0.1', true],
      ['localhost', '::1', true],
      ['localhost', '10.0.0.1', /without an engagement/],
      ['a.localhost', '127.0.0.1', true],
      ['127.0.0.5', '127.0.0.5', true],
      ['127.0.0.6', '127.0.0.6', /not declared/],
      ['es.test', '127.0.0.9', true],
      ['es.test', '127.0.0.1', /fixes another/],
      ['b.localhost', '127.0.0.1', /not declared/],
    ],
  );
  await holds(t, engagement() + 'targets: [{ id: a, hosts: [es.acme.example, 127.0.0.1] }]\n', [
    ['es.acme.example', '127.0.0.1', true],
    ['es.acme.example', '127.0.0.2', /loopback/],
  ]);
  await holds(
    t,
    engagement('scope: { include: [es.acme.example, 127.0.0.0/8] }') + 'targets: [{ id: a, hosts: es.acme.example }]\n',
    [
      ['es.acme.example', '127.0.0.2', true],
      ['es.acme.example', '203.0.113.1', /not in scope/],
    ],
  );
});

t.test('excluded names exclude their addresses too', async (t) => {
  const { scope } = await valid(
    t,
    engagement(
      'scope: { exclude: ["legacy-[1-2].acme.example", old.acme.example, "*.dmz.acme.example", fixed.acme.example] }',
    ) +
      'targets: [{ id: a, hosts: [es.acme.example, 10.0.0.0/24, { name: fixed.acme.example, address: 10.0.0.66 }] }]\n',
  );
  t.same(scope.excludedNames, [
    'legacy-1.acme.example',
    'legacy-2.acme.example',
    'old.acme.example',
    'fixed.acme.example',
  ]);
  t.ok(scope.mayAsk('10.0.0.1', '10.0.0.1').allowed);
  const narrower = scope.excluding(['10.0.0.1', '::ffff:10.0.0.2', 'nonsense']).excluding(['203.0.113.5']);
  for (const address of ['10.0.0.1', '10.0.0.2', '10.0.0.66'])
    t.match(narrower.mayAsk(address, address), { allowed: false, why: /excluded/ }, address);
  t.match(narrower.mayAsk('es.acme.example', '203.0.113.5'), { allowed: false, why: /excluded/ });
  t.ok(narrower.mayAsk('10.0.0.3', '10.0.0.3').allowed);
  t.ok(scope.mayAsk('10.0.0.1', '10.0.0.1').allowed, 'the wider one is as it was');
});

t.test('URLs on the command line', async (t) => {
  const local = await declareUrls(['http://127.0.0.1:9200', 'https://[::1]:5601/kibana', 'http://127.0.0.1:9200/']);
  if (!local.ok) throw new Error('not valid');
  const places = [];
  for await (const place of local.declaration.places()) places.push(place);
  t.match(places, [
    { host: '127.0.0.1', address: '127.0.0.1', port: 9200, basePath: '', scheme: 'http', targets: ['127.0.0.1:9200'] },
    { host: '::1', address: '::1', port: 5601, basePath: '/kibana', scheme: 'https' },
  ]);
  t.equal(places.length, 2, 'the same twice is one');
  t.match(local.declaration, {
    file: '',
    engagement: { loopbackOnly: true, id: 'loopback', vantage: { exposure: 'host' }, window: null },
  });

  const wrong = await declareUrls([
    'http://10.0.0.1:9200',
    'http://u:s3cret@127.0.0.1',
    'nonsense',
    'http://127.0.0.1/_search?q=1',
  ]);
  t.match(wrong, {
    ok: false,
    mistakes: [
      { file: 'URL', line: 0, at: 'http://[REDACTED]@127.0.0.1' },
      { at: 'nonsense' },
      { message: /no query/ },
      { at: 'http://10.0.0.1:9200', message: /without an engagement/ },
    ],
  });
  t.notMatch(JSON.stringify(wrong), /s3cret/);

  const path = folderOf(t, {
    'listed.yaml': engagement() + 'targets: [{ id: net, hosts: 10.0.0.0/24, owner: Ops }]\n',
    'scoped.yaml': engagement('scope: { include: ["*.acme.example"] }'),
    'nothing.yaml': engagement(),
  });
  const under = (file: string, url: string) => declareUrls([url], { engagement: path(file), now: today });
  t.match(await under('listed.yaml', 'http://10.0.0.7:9200'), {
    ok: true,
    declaration: { engagement: { id: 'ACME-1' } },
  });
  t.match(await under('listed.yaml', 'http://10.0.1.7:9200'), { ok: false, mistakes: [{ message: /does not cover/ }] });
  t.match(await under('scoped.yaml', 'http://es.acme.example:9200'), { ok: true });
  t.match(await under('scoped.yaml', 'http://es.other.example:9200'), {
    ok: false,
    mistakes: [{ message: /not in scope/ }],
  });
  t.match(await under('nothing.yaml', 'http://127.0.0.1:9200'), {
    ok: false,
    mistakes: [{ message: /does not cover/ }],
  });
  const one = await under('listed.yaml', 'http://10.0.0.7:9200');
  if (!one.ok) throw new Error('not valid');
  t.equal(one.declaration.count(), 1, 'the URL alone is asked');
  t.match(await declareUrls(['http://127.0.0.1'], { targets: ['a'] }), { ok: false, mistakes: [{ file: '--target' }] });
});

t.test('what the scope excludes and nothing declares is named with its line', async (t) => {
  const files = { 'list.txt': 'es-9.acme.example\n10.3.0.7\n' };
  const targetLines = [
    'targets:',
    '  - { id: net, hosts: [10.0.0.0/24, "2001:db8::/120", "n[1-3].acme.example", es.acme.example] }',
    '  - { id: fixed, hosts: { name: db.dmz.example, address: 10.1.1.1 } }',
    '  - { id: list, hostsFrom: list.txt }',
    '',
  ].join('\n');
  const noticed = async (entries: readonly string[]) => {
    const yaml = `${engagement(`scope: { exclude: ${JSON.stringify(entries)} }`)}${targetLines}`;
    const { notices } = await valid(t, yaml, { files });
    return notices.map((notice) => /`(.*)`/.exec(notice)?.[1]);
  };
  const matching = [
    '10.0.0.9',
    '10.0.0.128/25',
    '10.0.0.0/8',
    '2001:db8::5',
    'n2.acme.example',
    'n[3-9].acme.example',
    '*.acme.example',
    'es.acme.example',
    '*.dmz.example',
    'db.dmz.example',
    '10.1.1.1',
    'es-9.acme.example',
    'es-[1-9].acme.example',
    '10.3.0.0/16',
  ];
  for (const entry of matching) t.same(await noticed([entry]), [], entry);
  const slips = [
    '10.0.1.9',
    '10.2.0.0/16',
    '2001:db9::5',
    'n4.acme.example',
    'n[4-9].acme.example',
    '*.acme.exmaple',
    'acme.example',
    'es-8.acme.example',
    '10.1.1.2',
  ];
  t.same(await noticed(['es.acme.example', ...slips]), slips);
  const { notices } = await valid(
    t,
    engagement('scope:', '  exclude:', '    - 10.0.0.9', '    - 10.0.9.9') + targetLines,
    {
      files,
    },
  );
  t.equal(notices.length, 1);
  t.match(notices[0], /:10: `10\.0\.9\.9`/);
});
