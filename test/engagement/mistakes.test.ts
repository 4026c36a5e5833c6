import t from 'tap';
import { formatMistakes, readTargets } from '../../src/engagement/index.js';
import { argument, mistakeList } from '../../src/engagement/mistake.js';
import { inScope, rows, target, withEngagement, withHosts } from './mistaken.js';
import { engagement, mistakesIn, valid } from './support.js';

t.test('credentials written by mistake appear in no excerpt', async (t) => {
  for (const yaml of [
    'targets: [{ headers: { Authorization: "Basic C4NARYxx" } }]\n',
    'targets: [{ headers: { X-Api-Key: C4NARYxx }, id: [a] }]\n',
    'targets:\n  - "password: C4NARYxx"\n',
    'targets:\n  - password: C4NARYxx\n',
    'targets:\n  - id: a\n    token: [C4NARYxx\n',
    'targets:\n  - id: a\n    password: "C4NARYxx\n',
    'targets:\n  - id: a\n    password: C4NARYxx: y\n',
    'targets:\n  - id: a\n    hosts: [127.0.0.1]\n    ports: { apiKey: C4NARYxx }\n',
    'targets:\n  - id: a\n    hosts: "Bearer C4NARYxx"\n',
    'targets:\n  - id: a\n    hosts: "cookie=sid; C4NARYxx"\n',
    `${withHosts('127.0.0.1')}elasticsearch_password: C4NARYxx\n`,
    `engagement:\n  id: A\n  techniques: { credentials: C4NARYxx }\n${target}`,
  ]) {
    const mistakes = await mistakesIn(t, yaml);
    t.not(mistakes.length, 0, yaml);
    t.notMatch(formatMistakes(mistakes), /C4NARY/, yaml);
  }
  const [list] = await mistakesIn(t, 'targets: [{ id: a, hostsFrom: hosts.txt, ports: 9200 }]\n', {
    files: { 'hosts.txt': 'Authorization: Basic C4NARYxx\n' },
  });
  t.match(list?.at, 'Authorization: [REDACTED]');
  const [word] = await mistakesIn(t, `engagement:\n  id: A\n  techniques: { credentials: yes }\n${target}`);
  t.equal(word?.at, 'yes', 'an invalid keyword is shown');
});

t.test('each mistake is shown where it is, with what to write instead', async (t) => {
  for (const [name, marked, message, instead, shown] of rows) {
    const before = marked.slice(0, marked.indexOf('▶')).split('\n');
    const line = before.length;
    const column = (before.at(-1) ?? '').length + 1;
    const at = shown ?? /▶([^]*)◀/.exec(marked)?.[1];
    const found = await mistakesIn(t, marked.replace(/[▶◀]/g, ''));
    const hit = found.find(
      (mistake) => mistake.line === line && mistake.column === column && message.test(mistake.message),
    );
    t.ok(hit, `${name}: at ${line}:${column}`, { found });
    t.equal(hit?.at, at, `${name}: the text at fault`);
    t.match(hit?.instead, instead, `${name}: what to write instead`);
    t.ok(
      found.every((mistake) => mistake.file.endsWith('targets.yaml')),
      `${name}: the file`,
    );
    t.notMatch(JSON.stringify(found), /s3cr/, `${name}: no secret`);
  }
});

t.test('one mistake is reported once', async (t) => {
  for (const [name, yaml, instead] of [
    [
      'a pattern without quotes',
      inScope('scope: { include: [10.0.0.0/8, *.acme.example] }'),
      /put it in quotes: "\*\.acme/,
    ],
    ['alone', inScope('scope: { include: *.acme.example }'), /put it in quotes: "\*\.acme/],
    ['brackets in a list', withHosts('[es-[01-12].localhost, localhost]'), /in quotes, such as "es-\[01-12\]/],
    ['brackets first', withHosts('\n      - [01-12].localhost'), /in quotes, such as "es-\[01-12\]/],
    ['in a mapping', 'targets:\n  - { id: a, hosts: es-[01-12].localhost }\n', /in quotes, such as "es-\[01-12\]/],
    // what follows from the first mistake
    [
      'lines below a key without its colon',
      'targets\n  - id: a\n    hosts: 127.0.0.1\n    ports: 9200\n',
      /add the colon/,
    ],
    ['behind a bracket too many', `${withHosts('[127.0.0.1]]')}    ports: 9200\n  - id: b\n`, /leave it out/],
    ['behind a closed mapping', '{ targets: [] }\nengagement:\n  id: A\n  client: { name: x }\n', /leave it out/],
    ['below an open list', `${withHosts('[127.0.0.1,')}    ports: 9200\n  - id: b: c\n`, /close it with `\]`/],
  ] as const) {
    const found = await mistakesIn(t, yaml);
    t.equal(found.length, 1, name);
    t.match(found[0]?.instead, instead, name);
  }
  const two = await mistakesIn(t, 'targets:\n  - id: a b: c\n    hosts: 127.0.0.1\n  - id: d e: f\n');
  t.strictSame(
    two.map(({ line }) => line),
    [2, 4],
    'a mistake next to another is one of its own',
  );
});

t.test('arguments', async (t) => {
  const two = 'targets:\n  - { id: foo1, hosts: 127.0.0.1 }\n  - { id: bar, hosts: 127.0.0.1 }\n';
  const [found] = await mistakesIn(t, two, { targets: ['foo'] });
  t.match(found, { file: '--target', at: 'foo', instead: 'did you mean `foo1`?; there are foo1, bar' });
  const read = await readTargets('127.0.0.1:9200');
  t.match(read, { ok: false, mistakes: [{ instead: 'write http://127.0.0.1:9200 to name an endpoint' }] });
});

t.test('all mistakes at once, in the order of the file', async (t) => {
  const found = await mistakesIn(
    t,
    [
      'engagement:',
      '  id: a b',
      '  limits: { concurrency: 0 }',
      'owners: { search: { contact: {} } }',
      'targets:',
      '  - id: x',
      '    hosts: [10.0.0.1/24, 10.0.0.1]',
      '    fronts: zz',
      '  - id: y',
      '    owner: serach',
      '    hosts: 127.0.0.1',
      '    ports: [0, 9200, 70000]',
      '  - id: z',
      '    owner: serach',
      '    fronts: y',
      '    hosts: 127.0.0.1',
      '    expect: wrong',
      '  - id: q',
      '    fronts: nobody',
      '    owner: serach',
      '    hosts: 127.0.0.1',
      '',
    ].join('\n'),
  );
  t.same(
    found.map(({ line, column }) => `${line}:${column}`),
    ['2:7', '3:26', '4:21', '7:13', '12:13', '12:22', '17:13', '19:13', '20:12'],
    'all that the schema says, and what entries without such a mistake refer to',
  );
});

t.test('a mistake in one entry hides none in the others', async (t) => {
  const hosts = await mistakesIn(
    t,
    'targets:\n  - id: a\n    hosts: [bad_host!, "http://x"]\n  - id: b\n    hosts: es.acme.example\n',
  );
  t.same(
    hosts.map(({ line, column, at }) => [line, column, at]),
    [
      [3, 13, 'bad_host!'],
      [3, 24, '"http://x"'],
      [5, 12, 'es.acme.example'],
    ],
  );
  t.match(hosts[2]?.message, /without an engagement/);

  const controls = ['169.254.1.1', '224.0.0.1', '0.0.0.0', '127.83.0.76'];
  const urls = controls.map((address) => `"http://${address.includes(':') ? `[${address}]` : address}:9200"`);
  const found = await mistakesIn(
    t,
    `${engagement('scope: { include: [192.0.2.0/24] }', 'controls:', ...urls.map((url) => `  - ${url}`))}targets: [{ id: a, hosts: 192.0.2.1 }]\n`,
  );
  t.same(
    found.map(({ line }) => line),
    [9, 10, 11, 12],
    'each control on its own line',
  );

  const except = await mistakesIn(
    t,
    [
      'targets:',
      '  - id: a',
      '    hosts: 127.0.0.0/24',
      '    except:',
      '      - bad_host!',
      '      - { hosts: 127.0.0.2, owner: 3 }',
      '      - { hosts: [127.0.0.3, "x y"] }',
      '      - 127.0.0.3',
      '',
    ].join('\n'),
  );
  t.same(
    except.map(({ line, column }) => `${line}:${column}`),
    ['5:9', '6:36', '7:30'],
    'the message is that the owner is not a string, not that the entry has no settings',
  );

  const csv = await mistakesIn(
    t,
    'include:\n  - { csv: gone.csv, columns: { hots: Host } }\n  - { csv: here.csv, columns: { host: Host } }\n',
    { files: { 'here.csv': 'Host,A\nbad_host!,1\nes.acme.example,2\n' } },
  );
  t.same(
    csv.map(({ file, line, message }) => [file.split('/').at(-1), line, message.replace(/ \(.*/, '')]),
    [
      ['targets.yaml', 2, 'this key is not known'],
      ['here.csv', 2, csv[1]?.message ?? ''],
      ['here.csv', 3, 'without an engagement only loopback may be audited'],
    ],
  );

  const scope = await mistakesIn(
    t,
    `${engagement('scope: { include: [bad_host!, 192.0.2.0/24], exclude: ["x y"] }')}targets: [{ id: a, hosts: 198.51.100.1 }]\n`,
  );
  t.same(
    scope.map(({ at }) => at),
    ['bad_host!', '"x y"'],
    'what a wrong entry of the scope may have meant is not said to lie outside',
  );
});

t.test('a line each for the terminal, safe to print', (t) => {
  const list = mistakeList();
  list.add(
    { file: 'a\u001b[2J.yaml', line: 3, column: 5, at: 'x\u202Ey\n' },
    {
      message: 'no http://u:p@h',
      instead: 'write b',
    },
  );
  list.add(argument('--vantage'), { message: 'none', instead: 'write a' });
  t.equal(
    formatMistakes(list.found),
    'a\\u{1b}[2J.yaml:3:5: `x\\u{202e}y\\n`: no http://[REDACTED]@h; write b\n--vantage: none; write a\n',
  );
  for (let count = 0; count < 2000; count++)
    list.add({ file: 'f', line: 1, column: 1, at: '' }, { message: 'm', instead: 'i' });
  t.equal(list.found.length, 1000, 'a file with a million mistakes is not read to its end');
  t.match(formatMistakes(list.found), /only the first 1000 mistakes/);
  t.end();
});

t.test('full addresses need the technique that asks for addresses at all', async (t) => {
  const found = await mistakesIn(t, target, { fullAddresses: true });
  t.same(
    found.map(({ file, message }) => [file, message]),
    [['--full-addresses', 'the engagement allows no addresses of third parties']],
  );
  const allowed = `engagement:\n  id: ACME-1\n  techniques: { outsideReaders: true }\n${target}`;
  const on = await valid(t, allowed, { fullAddresses: true });
  t.match(on.engagement.techniques, { outsideReaders: true, fullAddresses: true });
  const off = await valid(t, allowed);
  t.match(off.engagement.techniques, { outsideReaders: true, fullAddresses: false });
  t.not(on.digest, off.digest, 'a lock holds the one from the other');
});

t.test('everything that is wrong with a window is reported at once', async (t) => {
  const found = await mistakesIn(
    t,
    withEngagement('window: { from: 2026-11-31, to: tomorrow, timeZone: Europe/Pari, weekly: [Mo] }'),
  );
  t.strictSame(
    found.map(({ at }) => at),
    ['2026-11-31', 'tomorrow', 'Europe/Pari', 'Mo'],
  );
});
