import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import t from 'tap';
import { z } from 'zod';
import { DeclarationChanged, readTargets } from '../../src/engagement/index.js';
import { loader, moduleFile } from '../support/module-file.js';
import { engagement, folderOf, mistakesIn, placesOf, short, shortPlace, today, valid } from './support.js';

t.test('the most specific target wins, once, and all are named', async (t) => {
  const declaration = await valid(
    t,
    engagement() +
      [
        'targets:',
        '  - { id: list, hostsFrom: list.txt, ports: 9200 }',
        '  - { id: wide, hosts: 10.0.0.0/29, ports: [9200, 9201] }',
        '  - { id: narrow, hosts: 10.0.0.0/30, ports: 9200, scheme: https }',
        '  - { id: pattern, hosts: "es-[1-3].acme.example", ports: 9200 }',
        '  - { id: small-pattern, hosts: "es-[2-3].acme.example", ports: 9200 }',
        '  - { id: single, hosts: [10.0.0.1, ES-3.acme.example.], ports: 9200 }',
        '  - { id: again, hosts: 10.0.0.1, ports: 9200, scheme: http }',
        '',
      ].join('\n'),
    { files: { 'list.txt': '10.0.0.1\n10.0.0.7\nes-1.acme.example\nother.acme.example\n10.0.0.7\n' } },
  );
  const places = await placesOf(declaration);
  const targetsOf = new Map(places.map((place) => [shortPlace(place), place.targets.join(' ')]));
  t.equal(targetsOf.size, places.length, 'each endpoint once');
  t.same(
    places.map(({ ordinal }) => ordinal),
    places.map((_, index) => index),
    'ordinals count up',
  );
  for (const [endpoint, targets] of [
    ['10.0.0.1:9200', 'single again narrow wide list'],
    ['10.0.0.2:9200', 'narrow wide'],
    ['10.0.0.5:9200', 'wide'],
    ['10.0.0.7:9200', 'wide list'],
    ['10.0.0.1:9201', 'wide'],
    ['es-1.acme.example:9200', 'pattern list'],
    ['es-2.acme.example:9200', 'small-pattern pattern'],
    ['es-3.acme.example:9200', 'single small-pattern pattern'],
    ['other.acme.example:9200', 'list'],
  ] as const) {
    t.equal(targetsOf.get(endpoint), targets, endpoint);
  }
  t.equal(places.length, 8 + 8 + 3 + 1);
  const scheme = (endpoint: string) => places.find((place) => shortPlace(place) === endpoint)?.scheme;
  t.equal(scheme('10.0.0.1:9200'), 'http', 'the scheme of the most specific one that has one');
  t.equal(scheme('10.0.0.2:9200'), 'https');
  t.equal(scheme('10.0.0.5:9200'), null);
  t.same(await placesOf(declaration), places, 'the same again');
});

t.test('exceptions', async (t) => {
  const declaration = await valid(
    t,
    engagement() +
      [
        'owners: { lab: { name: The lab } }',
        'targets:',
        '  - id: net',
        '    hosts: [10.0.0.0/29, 10.0.1.1]',
        '    ports: 9200',
        '    owner: Ops',
        '    labels: { a: "1", b: "1" }',
        '    except:',
        '      - 10.0.0.3',
        '      - 10.0.0.4/31',
        '      - { hosts: [10.0.0.1, 10.0.1.1], owner: lab, labels: { b: "2" } }',
        '      - { hosts: 10.0.0.6, expect: decoy, environment: trap }',
        '  - { id: named, hosts: 10.0.0.3, ports: 9200 }',
        '',
      ].join('\n'),
  );
  const places = await placesOf(declaration);
  t.same(
    places.map((place) => `${shortPlace(place)} ${place.targets.join(' ')}`).sort(),
    [
      '10.0.0.0:9200 net',
      '10.0.0.1:9200 net/10.0.0.1 net',
      '10.0.0.2:9200 net',
      '10.0.0.3:9200 named',
      '10.0.0.6:9200 net/10.0.0.6 net',
      '10.0.0.7:9200 net',
      '10.0.1.1:9200 net/10.0.0.1 net',
    ],
    'left out, or with settings of its own, before the target itself',
  );
  const target = (id: string) => declaration.targets.find((candidate) => candidate.id === id);
  t.match(target('net/10.0.0.1'), { owner: 'The lab', labels: { a: '1', b: '2' }, expect: { kind: 'closed' } });
  t.match(target('net/10.0.0.6'), { owner: 'Ops', expect: { kind: 'decoy' }, environment: 'trap' });
  t.equal(declaration.count(), 7);
});

t.test('an address is not asked twice in a row', async (t) => {
  const declaration = await valid(
    t,
    engagement() +
      [
        'targets:',
        ...['es', 'kb', 'os'].flatMap((name) =>
          [9200, 5601, 443].map((port) => `  - { id: ${name}-${port}, url: "http://${name}.acme.example:${port}" }`),
        ),
        '  - { id: fixed, hosts: { name: fixed.acme.example, address: 10.0.0.1 }, ports: [9200, 9201] }',
        '  - { id: same, hosts: [10.0.0.1, 10.0.0.2], ports: [9200, 9201], paths: [/, /es] }',
        '  - { id: net, hosts: 10.0.0.0/30, ports: [9200, 5601] }',
        '',
      ].join('\n'),
  );
  const keys = (await placesOf(declaration)).map(({ host, address }) => address ?? host);
  t.same(
    keys.filter((key, index) => key === keys[index - 1]),
    [],
  );
  const alone = await valid(t, 'targets: [{ id: a, hosts: 127.0.0.1, ports: [9200-9290] }]\n');
  t.equal((await placesOf(alone)).length, 91, 'but where there is only one, it is');
});

t.test('excluded hosts are not endpoints, nor are hosts that are never asked', async (t) => {
  const declaration = await valid(
    t,
    engagement('scope: { exclude: [10.0.0.1, 10.0.0.4/30, "*.dmz.acme.example", es-2.acme.example] }') +
      [
        'targets:',
        '  - { id: net, hosts: 10.0.0.0/29, ports: 9200 }',
        '  - { id: names, hosts: ["es-[1-3].acme.example", a.dmz.acme.example, { name: x.acme.example, address: 10.0.0.5 }], ports: 9200 }',
        '  - { id: edge, hosts: [169.253.255.254/31, 169.254.0.0/15], ports: 9200, except: [169.255.0.0/16] }',
        '',
      ].join('\n'),
  );
  t.same((await placesOf(declaration)).map(shortPlace).sort(), [
    '10.0.0.0:9200',
    '10.0.0.2:9200',
    '10.0.0.3:9200',
    '169.253.255.254:9200',
    '169.253.255.255:9200',
    'es-1.acme.example:9200',
    'es-3.acme.example:9200',
  ]);
  t.equal(declaration.count(), 7);
  const [none] = await mistakesIn(
    t,
    engagement('scope: { exclude: [10.0.0.0/8] }') + 'targets: [{ id: a, hosts: 10.0.0.0/30 }]\n',
  );
  t.match(none, { message: 'everything that is declared is excluded' });
});

t.test('a name with several fixed addresses is asked at each of them', async (t) => {
  const declaration = await valid(
    t,
    engagement('scope: { exclude: [10.0.0.3] }') +
      [
        'targets:',
        '  - { id: a, hosts: { name: es.acme.example, address: [10.0.0.1, 10.0.0.2, 10.0.0.3] }, ports: [9200, 9201] }',
        '  - { id: b, hosts: { name: ES.acme.example, address: 10.0.0.2 }, ports: 9200 }',
        '  - { id: c, hosts: { name: es.acme.example, address: 10.0.0.4 }, ports: 5601 }',
        '  - { id: d, hostsFrom: list.txt, ports: 443 }',
        '',
      ].join('\n'),
    { files: { 'list.txt': 'es.acme.example\nother.acme.example\n' } },
  );
  const places = await placesOf(declaration);
  t.same(
    places.map((place) => `${place.address ?? '-'}:${place.port} ${place.targets.join(' ')}`).sort(),
    [
      '-:443 d',
      ...[1, 2, 4].flatMap((last) => [
        `10.0.0.${last}:443 d`,
        `10.0.0.${last}:5601 c`,
        `10.0.0.${last}:9200 a b`,
        `10.0.0.${last}:9201 a`,
      ]),
    ].sort(),
  );
  t.ok(declaration.atMost() >= places.length);
  for (const [address, allowed] of [
    ['10.0.0.1', true],
    ['10.0.0.4', true],
    ['10.0.0.3', false],
    ['10.0.0.5', false],
  ] as const)
    t.equal(declaration.scope.mayAsk('es.acme.example', address).allowed, allowed, address);
  const outside = await mistakesIn(
    t,
    engagement('scope: { include: [10.0.0.0/30] }') +
      'targets: [{ id: a, hosts: { name: es.acme.example, address: [10.0.0.1, 10.0.0.9] } }]\n',
  );
  t.match(outside, [{ message: /not in scope\.include/ }]);
  t.match(await mistakesIn(t, 'targets: [{ id: a, hosts: { name: es.test, address: [127.0.0.1, 10.0.0.1] } }]\n'), [
    { message: /without an engagement only loopback/ },
  ]);
  const one = await valid(
    t,
    `${engagement()}targets: [{ id: a, hosts: { name: x, address: [10.0.0.1, 10.0.0.1] } }]\n`,
  );
  t.equal(one.count(), 4, 'the same address twice is one');
});

t.test('only the chosen targets, with all their names', async (t) => {
  const yaml =
    engagement() +
    [
      'targets:',
      '  - { id: net, hosts: 10.0.0.0/30, ports: 9200 }',
      '  - { id: one, hosts: 10.0.0.1, ports: [9200, 9201] }',
      '',
    ].join('\n');
  const net = await valid(t, yaml, { targets: ['net'] });
  t.same(
    (await placesOf(net)).map((place) => `${shortPlace(place)} ${place.targets.join(' ')}`),
    ['10.0.0.0:9200 net', '10.0.0.1:9200 one net', '10.0.0.2:9200 net', '10.0.0.3:9200 net'],
  );
  t.equal(net.count(), 4);
  const one = await valid(t, yaml, { targets: ['one'] });
  t.same((await placesOf(one)).map(shortPlace), ['10.0.0.1:9200', '10.0.0.1:9201']);
  t.equal(
    new Set([net.digest, one.digest, (await valid(t, yaml)).digest]).size,
    3,
    'another selection, another digest',
  );
  const [unknown] = await mistakesIn(t, yaml, { targets: ['nte'] });
  t.match(unknown, { file: '--target', line: 0, at: 'nte', instead: 'did you mean `net`?' });
});

// A simple model of the expansion: sets and loops.
interface Toy {
  readonly id: string;
  readonly hosts: readonly { readonly text: string; readonly has: readonly string[]; readonly rank: number }[];
  readonly fromList: boolean;
  readonly ports: readonly number[];
  readonly except: readonly string[];
}

t.test('random declarations expand as in a simple model', async (t) => {
  let seed = 20261123;
  const random = (below: number) => Math.floor(((seed = (seed * 48271) % 2147483647) / 2147483647) * below);
  const address = (last: number) => `10.0.0.${last}`;
  const span = (first: number, length: number) => Array.from({ length }, (_, index) => first + index);
  const anyHost = () => {
    const kind = random(6);
    if (kind >= 4) {
      const first = random(28);
      const length = 2 + random(4);
      const range = span(first, length);
      if (kind === 4)
        return {
          text: `${address(first)}-${address(first + length - 1)}`,
          rank: 2000 + Math.log2(length),
          span: range.map(address),
        };
      const more = (first + length + 1 + random(8)) % 32;
      const all = [...new Set([...range, more])];
      return {
        text: `10.0.0.${first}-${first + length - 1},${more}`,
        rank: 2000 + Math.log2(all.length),
        span: all.map(address),
      };
    }
    if (kind === 0) return { text: address(random(32)), rank: 0, span: null };
    if (kind === 1) {
      const bits = random(5);
      const first = random(32 >> bits) << bits;
      return {
        text: `${address(first)}/${32 - bits}`,
        rank: bits === 0 ? 0 : 2000 + bits,
        span: span(first, 1 << bits).map(address),
      };
    }
    const from = 1 + random(6);
    const length = 1 + random(4);
    const names = span(from, length).map((number) => `es-${number}.acme.example`);
    return kind === 2
      ? { text: `es-[${from}-${from + length - 1}].acme.example`, rank: 1000 + length, span: names }
      : { text: names[0] ?? '', rank: 0, span: null };
  };
  for (let round = 0; round < 60; round++) {
    const toys: Toy[] = span(0, 1 + random(6)).map((index) => {
      const fromList = random(3) === 0;
      const hosts = span(0, 1 + random(4)).map(() => {
        const { text, rank, span: has } = anyHost();
        return { text, has: has ?? [text], rank: fromList ? 9999 : rank };
      });
      const all = [...new Set(hosts.flatMap(({ has }) => has))];
      const except = random(3) === 0 ? [all[random(all.length)] ?? ''] : [];
      return { id: `t${index}`, hosts, fromList, ports: [9200, 9201, 5601].slice(0, 1 + random(3)), except };
    });
    const excluded = address(random(32));
    const files = Object.fromEntries(
      toys
        .filter(({ fromList }) => fromList)
        .map(({ id, hosts }) => [`${id}.txt`, hosts.map(({ text }) => text).join('\n')]),
    );
    const yaml =
      engagement(`scope: { exclude: [${excluded}] }`) +
      [
        'targets:',
        ...toys.map(
          ({ id, hosts, fromList, ports, except }) =>
            `  - { id: ${id}, ${fromList ? `hostsFrom: ${id}.txt` : `hosts: [${hosts.map(({ text }) => `"${text}"`).join(', ')}]`}, ports: [${ports.join(', ')}]${except.length > 0 ? `, except: [${except.join(', ')}]` : ''} }`,
        ),
        '',
      ].join('\n');

    const wanted = new Map<string, string>();
    for (const toy of toys) {
      for (const host of toy.hosts.flatMap(({ has }) => has)) {
        if (host === excluded) continue;
        for (const port of toy.ports) {
          const holders = toys
            .filter((other) => other.ports.includes(port) && !other.except.includes(host))
            .map((other) => ({
              other,
              rank: Math.min(...other.hosts.filter(({ has }) => has.includes(host)).map(({ rank }) => rank)),
            }))
            .filter(({ rank }) => rank < Infinity)
            .sort((a, b) => a.rank - b.rank || toys.indexOf(a.other) - toys.indexOf(b.other));
          if (holders.length > 0) wanted.set(`${host}:${port}`, holders.map(({ other }) => other.id).join(' '));
        }
      }
    }
    if (wanted.size === 0) continue;
    const declaration = await valid(t, yaml, { files });
    const places = await placesOf(declaration);
    const got = new Map(places.map((place) => [shortPlace(place), place.targets.join(' ')]));
    const differs =
      places.length !== got.size ||
      got.size !== wanted.size ||
      [...wanted].some(([endpoint, targets]) => got.get(endpoint) !== targets);
    if (differs) t.same([...got].sort(), [...wanted].sort(), yaml);
    const counted = declaration.count();
    if (counted !== null && counted !== places.length) t.equal(counted, places.length, `count of ${yaml}`);
    if (declaration.atMost() < places.length) t.fail(`an upper bound below the truth: ${yaml}`);
    const keys = places.map(({ host, address: known }) => known ?? host);
    const portPaths = [...new Set(keys)]
      .map((key) => keys.filter((other) => other === key).length)
      .sort((a, b) => b - a);
    const repeats = keys.filter((key, index) => key === keys[index - 1]).length;
    // When only one host has endpoints left, it has to come again.
    if (repeats > (portPaths[0] ?? 0) - (portPaths[1] ?? 0)) t.fail(`${repeats} repeats in ${keys.join(' ')}: ${yaml}`);
  }
  t.pass('60 declarations');
});

t.test('a gateway of thousands of targets expands in a moment, and lists each once', async (t) => {
  const most = 4000;
  const targets = Array.from(
    { length: most },
    (_, at) => `  - { id: t${at}, url: "https://gateway.acme.example/p${at}" }`,
  );
  const again = '  - { id: again, url: "https://gateway.acme.example/p7" }';
  const places = await placesOf(await valid(t, `${engagement()}targets:\n${[...targets, again].join('\n')}\n`));
  t.equal(new Set(places.map(({ basePath }) => basePath)).size, most);
  t.equal(places.length, most);
  t.strictSame(places.find(({ basePath }) => basePath === '/p7')?.targets, ['t7', 'again']);
});

t.test('large ranges that share no address are counted exactly, others have an upper bound', async (t) => {
  const disjoint = await valid(
    t,
    engagement('scope: { exclude: [10.1.0.0/16, 10.9.9.9, 192.168.0.0/16] }') +
      [
        'targets:',
        '  - { id: most, hosts: 10.0.0.0/9, ports: [9200, 5601] }',
        '  - { id: rest, hosts: 10.128.0.0/9, ports: 9200 }',
        '',
      ].join('\n'),
  );
  t.equal(disjoint.count(), (2 ** 23 - 2 ** 16 - 1) * 2 + 2 ** 23);
  const declaration = await valid(
    t,
    engagement('scope: { exclude: [10.1.0.0/16, 10.9.9.9, 192.168.0.0/16] }') +
      [
        'targets:',
        '  - { id: all, hosts: 10.0.0.0/8, ports: [9200, 5601], except: [10.2.0.0/24] }',
        '  - { id: part, hosts: 10.3.0.0/16, ports: [9200, 443] }',
        '  - { id: few, hosts: [10.3.0.1, 10.4.0.1, es.acme.example], ports: 9200 }',
        '',
      ].join('\n'),
  );
  const all = 2 ** 24 - 2 ** 16 - 1 - 256;
  t.equal(declaration.count(), null, 'ranges that overlap');
  t.ok(declaration.atMost() >= all * 2 + 2 ** 16 + 1);
});

t.test('ranges from one address to another are counted, overlapped and excluded like CIDR ranges', async (t) => {
  const declaration = await valid(
    t,
    engagement(
      'scope: { include: [10.0.0.0-10.255.255.255], exclude: [10.1.0-255.0-255, "10.9.9.9", 10.20.4.10-12] }',
    ) +
      [
        'targets:',
        '  - { id: all, hosts: 10.0.0.0-10.255.255.255, ports: 9200, except: [10.4.7.0-9] }',
        '  - { id: part, hosts: 10.3.0-255.0-255, ports: [9200, 443] }',
        '  - { id: firsts, hosts: 10.0-255.0-255.1, ports: 9201 }',
        '',
      ].join('\n'),
  );
  const excluded = 2 ** 16 + 1 + 3;
  t.equal(declaration.count(), null, 'ranges that overlap');
  t.ok(declaration.atMost() >= 2 ** 24 - excluded - 10 + 2 ** 16 + (2 ** 16 - 256));
  const places = await valid(
    t,
    `${engagement()}targets: [{ id: a, hosts: ["10.20.4.1,5,9-12", 10.20.4.0/30, 10.20.4.11-10.20.4.13], ports: 9200 }]\n`,
  );
  t.same(
    (await placesOf(places)).map(({ host }) => host),
    [
      ...['10.20.4.5', '10.20.4.9', '10.20.4.10'],
      ...['10.20.4.0', '10.20.4.1', '10.20.4.2', '10.20.4.3'],
      ...['10.20.4.11', '10.20.4.12', '10.20.4.13'],
    ],
  );
  t.equal(places.count(), 10);
  const spelled = await Promise.all(
    ['10.20.4.5,1,3-9', '10.20.4.1,3-9', '10.20.4.1,3-5,4-9'].map((hosts) =>
      valid(t, `${engagement()}targets: [{ id: a, hosts: "${hosts}" }]\n`),
    ),
  );
  t.equal(new Set(spelled.map(({ digest }) => digest)).size, 1, 'one set of numbers, one digest');
});

t.test('what is excluded from a large range is skipped', async (t) => {
  const declaration = await valid(
    t,
    engagement('scope: { exclude: [10.0.0.0/9, 10.128.0.1, 10.129.0.0/16] }') +
      'targets: [{ id: all, hosts: 10.0.0.0/8, ports: 9200 }]\n',
  );
  const first: string[] = [];
  for await (const { host } of declaration.places()) if (first.push(host) === 3) break;
  t.same(first, ['10.128.0.0', '10.128.0.2', '10.128.0.3']);
  t.equal(declaration.count(), 2 ** 23 - 2 ** 16 - 1);
});

t.test('a /8 costs no memory', (t) => {
  // In a process of its own with a small heap: its first places.
  const script = `
    import { readTargets } from ${JSON.stringify(moduleFile('src/engagement/index'))};
    const result = await readTargets(process.argv[1]);
    if (!result.ok) throw new Error(JSON.stringify(result.mistakes));
    let places = 0;
    let peak = 0;
    let last = '';
    for await (const place of result.declaration.places()) {
      places++;
      last = place.host;
      if (places % 50000 === 0) { globalThis.gc(); peak = Math.max(peak, process.memoryUsage().heapUsed); }
      if (places === 300000) break;
    }
    console.log(JSON.stringify({ places, last, atMost: result.declaration.atMost(), peak }));
  `;
  const path = folderOf(t, {
    'targets.yaml': `${engagement()}targets: [{ id: all, hosts: 10.0.0.0/8 }, { id: one, hosts: 10.0.0.9 }]\n`,
  });
  const run = spawnSync(
    process.execPath,
    ['--expose-gc', '--max-old-space-size=64', ...loader, '--input-type=module', '-e', script, path('targets.yaml')],
    { encoding: 'utf8' },
  );
  t.equal(run.status, 0, run.stderr);
  const { places, last, atMost, peak } = z
    .object({ places: z.number(), last: z.string(), atMost: z.number(), peak: z.number() })
    .parse(JSON.parse(run.stdout));
  t.equal(places, 300_000);
  t.equal(atMost, 4 * (2 ** 24 + 1), 'ranges that overlap have an upper bound');
  // 10.0.0.9 comes first and is skipped in its range.
  t.equal(last, '10.4.147.223');
  t.ok(peak < 40e6, `${Math.round(peak / 1e6)} MB of heap at most`);
  t.end();
});

t.test('lists are streamed, and a list that changes is noticed', async (t) => {
  const lines = Array.from({ length: 3000 }, (_, index) => `host-${index % 2000}.acme.example`);
  const path = folderOf(t, {
    'targets.yaml': `${engagement()}targets: [{ id: a, hostsFrom: lists/hosts.txt, ports: [9200, 9201] }]\n`,
    'lists/hosts.txt': `# a comment\n\n${lines.join('\r\n')} # with one\n  HOST-0.acme.example.  \n10.0.0.0/30\n10.0.0.1\n`,
  });
  const result = await readTargets(path('targets.yaml'), { now: today });
  if (!result.ok) throw new Error(result.mistakes.map(short).join('\n'));
  const { declaration } = result;
  const places = await placesOf(declaration);
  t.equal(places.length, (2000 + 4) * 2);
  t.equal(new Set(places.map(shortPlace)).size, places.length, 'duplicates are merged');
  t.equal(declaration.count(), null, 'ranges in a list may hold its single hosts');
  t.equal(declaration.atMost(), (2001 + 4) * 2);
  appendFileSync(path('lists/hosts.txt'), 'one-more.acme.example\n');
  await t.rejects(placesOf(declaration), DeclarationChanged);

  const plain = await valid(t, `${engagement()}targets: [{ id: a, hostsFrom: a.txt, ports: [9200, 9201] }]\n`, {
    files: { 'a.txt': lines.join('\n') },
  });
  t.equal(plain.count(), 4000);
});

t.test('mistakes in a list name its line', async (t) => {
  const found = await mistakesIn(
    t,
    `${engagement('scope: { include: ["*.acme.example"] }')}targets: [{ id: a, hostsFrom: a.txt }, { id: b, hostsFrom: empty.txt }]\n`,
    {
      files: {
        'a.txt':
          'ok.acme.example\n  010.0.0.1\nes.acme.example,9200\nes.other.example\nhttp://u:s3cret@h\n' +
          'x'.repeat(5000),
        'empty.txt': '# nothing\n',
      },
    },
  );
  t.same(
    found.map(({ file, line, column }) => `${file.split('/').at(-1) ?? ''}:${line}:${column}`),
    ['targets.yaml:8:60', 'a.txt:2:3', 'a.txt:3:1', 'a.txt:4:1', 'a.txt:5:1', 'a.txt:6:1'],
  );
  t.match(
    found.map(({ message }) => message),
    [/list is empty/, /leading zeros/, /host name|letters/, /not in scope/, /credentials do not belong/, /too long/],
  );
  t.notMatch(JSON.stringify(found), /s3cret/);
  const alone = await mistakesIn(t, 'targets: [{ id: a, hostsFrom: a.txt }]\n', {
    files: { 'a.txt': '127.0.0.1\n10.0.0.1\n' },
  });
  t.match(alone, [{ line: 2, message: /without an engagement/ }]);
});

t.test('the technique transportPort adds port 9300 of each host as an endpoint', async (t) => {
  const targets = [
    'targets:',
    '  - { id: names, hosts: [es.acme.example, "es-[1-2].acme.example"], ports: [9200, 9201], scheme: https, paths: [/, /es] }',
    '  - { id: range, hosts: 10.0.0.0/30, ports: 9200 }',
    '  - { id: declares, hosts: 10.0.0.1, ports: "9300" }',
    '  - { id: url, url: "https://10.0.0.9:9200/es" }',
    '  - { id: list, hostsFrom: list.txt, ports: 9200 }',
    '',
  ].join('\n');
  const options = { files: { 'list.txt': '10.0.0.2\nother.acme.example\n' } };
  const off = await valid(t, engagement() + targets, options);
  const on = await valid(t, engagement('techniques: { transportPort: true }') + targets, options);
  const before = await placesOf(off);
  const places = await placesOf(on);
  const added = places.filter(({ transport }) => transport === true);
  t.same(
    added.map(shortPlace).sort(),
    [
      ...['es', 'es-1', 'es-2', 'other'].map((name) => `${name}.acme.example:9300`),
      ...['0', '2', '3', '9'].map((last) => `10.0.0.${last}:9300`),
    ].sort(),
    'once for each host, and not where it is declared',
  );
  t.ok(added.every(({ scheme, basePath }) => scheme === 'http' && basePath === ''));
  const declared = places.find((place) => shortPlace(place) === '10.0.0.1:9300');
  t.same([declared?.transport, declared?.scheme, declared?.targets], [undefined, null, ['declares', 'range']]);
  t.equal(places.length, before.length + added.length, 'nothing else changes');
  t.same(
    places
      .filter(({ transport }) => transport !== true)
      .map(shortPlace)
      .sort(),
    before.map(shortPlace).sort(),
  );
  t.ok(places.length <= on.atMost());
  t.same(on.declared.ports, [9200, 9201, 9300]);
  t.not(on.digest, off.digest, 'another plan');
  t.equal(on.scope.mayAsk('10.0.0.9', '10.0.0.9').allowed, true);
  t.equal(on.scope.mayAsk('10.0.0.8', '10.0.0.8').allowed, false);
});
