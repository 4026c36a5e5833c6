// Every spelling of addresses that is accepted, every slip that must not pass for a name, and the names that stay names: in
// hosts, in lists and in CSV.
import t from 'tap';
import { parseHosts, parseScopeEntry, type Hosts } from '../../src/engagement/host.js';
import { slips } from './mistaken.js';
import { engagement, mistakesIn, placesOf, valid } from './support.js';

const accepted: readonly (readonly [text: string, first: string, last: string, size: number])[] = [
  ['10.20.4.1-50', '10.20.4.1', '10.20.4.50', 50],
  ['10.20.4.0-255', '10.20.4.0', '10.20.4.255', 256],
  ['10.20.4.1-10.20.4.50', '10.20.4.1', '10.20.4.50', 50],
  ['10.20.4.1 - 10.20.4.50', '10.20.4.1', '10.20.4.50', 50],
  ['10.20.4.250-10.20.5.5', '10.20.4.250', '10.20.5.5', 12],
  ['10.20.1-3.1-50', '10.20.1.1', '10.20.3.50', 150],
  ['10.20.1-3.5', '10.20.1.5', '10.20.3.5', 3],
  ['10.20.4.1,5,9-12', '10.20.4.1', '10.20.4.12', 6],
  ['10.20.1,7.0-1', '10.20.1.0', '10.20.7.1', 4],
  ['10.20.4.9,1,3-5,4-6', '10.20.4.1', '10.20.4.9', 6],
  ['10.0-255.0-255.1', '10.0.0.1', '10.255.255.1', 65_536],
  ['10.0.0.0-10.255.255.255', '10.0.0.0', '10.255.255.255', 2 ** 24],
  ['2001:db8::1-2001:db8::50', '2001:db8::1', '2001:db8::50', 80],
  ['::ffff:10.0.0.1-::ffff:10.0.0.9', '10.0.0.1', '10.0.0.9', 9],
  ['10.20.4.7-7', '10.20.4.7', '10.20.4.7', 1],
  ['10.20.4.7-10.20.4.7', '10.20.4.7', '10.20.4.7', 1],
  ['10.20.4.0/24', '10.20.4.0', '10.20.4.255', 256],
  ['[2001:DB8::1]', '2001:db8::1', '2001:db8::1', 1],
];

const names = [
  '10-20-4-1.example.com',
  'ip-10-20-4-1.ec2.internal',
  '3com.example',
  '1and1.de',
  '4chan.example',
  '163.com',
  '1.1.1.one',
  '10.20.4.1.example.com',
  '10.20.4.1-50.example.com',
  '1.4.20.10.in-addr.arpa',
  '10.20.4.local',
  '10.20.4.io',
  '0x0a.example',
  '1-800.example',
  'node-7',
  'node.k8s',
  'xxx.example',
  'x1',
  '7a',
];

function read(text: string): Hosts | null {
  const parsed = parseHosts(text);
  return parsed.ok ? parsed.value : null;
}

/** The number of addresses, the first and the last. */
function extent(hosts: Hosts | null): unknown {
  if (hosts?.kind === 'single') return [hosts.address === null ? 'a name' : 1, hosts.text, hosts.text];
  return hosts?.kind === 'range' ? [hosts.size] : null;
}

t.test('ranges in every spelling', async (t) => {
  for (const [text, first, last, size] of accepted) {
    t.same(extent(read(text)), size === 1 ? [1, first, last] : [size], text);
    t.ok(parseScopeEntry(text).ok, `${text} in scope`);
    if (size > 1000) continue;
    const declaration = await valid(t, `${engagement()}targets: [{ id: a, hosts: "${text}", ports: 9200 }]\n`);
    const hosts = (await placesOf(declaration)).map(({ host }) => host);
    t.same([hosts.length, hosts[0], hosts.at(-1), new Set(hosts).size], [size, first, last, size], `${text}, expanded`);
    t.equal(declaration.count(), size, `${text}, counted`);
  }
});

t.test('a range is bounded like a CIDR range, but not in scope', (t) => {
  for (const text of [
    '10.0.0.0-11.0.0.0',
    '10-11.0-255.0-255.0-255',
    '0.0.0.0-255.255.255.255',
    '2001:db8::-2001:db9::',
  ]) {
    t.match(parseHosts(text), { ok: false, message: /wider than \/(8|104)/, instead: /hostsFrom/ }, text);
    t.ok(parseScopeEntry(text).ok, `${text} in scope`);
  }
  t.match(parseHosts('10.0-255.0-255.1,3'), { ok: false, message: /65536 ranges/ });
  t.end();
});

t.test('a malformed address is never a name', async (t) => {
  for (const [text, instead] of slips) {
    t.match(parseHosts(text), { ok: false, instead }, text);
    t.match(parseScopeEntry(text), { ok: false, instead }, `${text} in scope`);
  }
  const written = slips.map(([text]) => text).filter((text) => !/[\s#,;'"()]/u.test(text));
  const found = await mistakesIn(
    t,
    `${engagement()}targets:\n  - { id: a, hostsFrom: list.txt }\ninclude: { csv: hosts.csv, columns: { host: H } }\n`,
    { files: { 'list.txt': written.join('\n'), 'hosts.csv': ['H', ...written].join('\n') } },
  );
  for (const [file, offset] of [
    ['list.txt', 1],
    ['hosts.csv', 2],
  ] as const) {
    t.same(
      found.filter((mistake) => mistake.file.endsWith(file)).map(({ line, column }) => `${line}:${column}`),
      written.map((_, index) => `${index + offset}:1`),
      `${file}: one mistake each, where it is`,
    );
  }
});

t.test('names that begin like addresses stay names', (t) => {
  for (const text of names) t.same(extent(read(text)), ['a name', text, text], text);
  t.end();
});

t.test('ranges in lists, in CSV, in except and in scope', async (t) => {
  const declaration = await valid(
    t,
    `${engagement('scope: { include: [10.20.0-9.0-255], exclude: [10.20.4.3-10.20.4.4] }')}${[
      'targets:',
      '  - { id: list, hostsFrom: list.txt, ports: 9200, except: [10.20.4.9-10] }',
      '  - { id: more, hosts: 10.20.4.10-20, ports: 9200, except: [{ hosts: "10.20.4.11,13", owner: B }] }',
      'include: { csv: hosts.csv, delimiter: ";", columns: { host: H, port: P } }',
      '',
    ].join('\n')}`,
    {
      files: {
        'list.txt': '10.20.4.1-10\n10.20.4.1-2\n10.20.5.1,3 # a comment\n',
        'hosts.csv': 'H;P\n10.20.6.1,5;9201\n',
      },
    },
  );
  t.same(
    (await placesOf(declaration)).map(({ host, targets }) => `${host} ${targets.join(' ')}`).sort(),
    [
      ...[1, 2, 5, 6, 7, 8].map((last) => `10.20.4.${last} list`),
      ...[10, 12, 14, 15, 16, 17, 18, 19, 20].map((last) => `10.20.4.${last} more`),
      ...[11, 13].map((last) => `10.20.4.${last} more/10.20.4.11,13 more`),
      ...[1, 3].map((last) => `10.20.5.${last} list`),
      ...[1, 5].map((last) => `10.20.6.${last} hosts-2`),
    ].sort(),
  );
  for (const [address, allowed] of [
    ['10.20.4.2', true],
    ['10.20.4.3', false],
    ['10.20.5.2', false],
    ['10.20.6.5', true],
  ] as const) {
    t.equal(declaration.scope.mayAsk(address, address).allowed, allowed, address);
  }
  const outside = await mistakesIn(
    t,
    `${engagement('scope: { include: [10.20.4.1-50] }')}targets: [{ id: a, hosts: [10.20.4.1-50, 10.20.4.1-51] }]\n`,
  );
  t.match(outside, [{ at: '10.20.4.1-51', message: /not all of 10\.20\.4\.1-51 is in scope\.include/ }]);
  t.equal(outside.length, 1);
  const never = await mistakesIn(t, `${engagement()}targets: [{ id: a, hosts: 169.254.1.1-9 }]\n`);
  t.match(never, [{ message: /link-local/ }]);
  const alone = await mistakesIn(t, 'targets: [{ id: a, hosts: [127.0.0.1-9, 127.255.255.250-128.0.0.1] }]\n');
  t.match(alone, [{ at: '127.255.255.250-128.0.0.1', message: /without an engagement only loopback/ }]);
  t.equal(alone.length, 1, 'loopback itself may be declared');
});
