import { execFileSync } from 'node:child_process';
import { existsSync, truncateSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import t from 'tap';
import { formatMistakes, readTargets } from '../../src/engagement/index.js';
import { engagement, folderOf, mistakesIn, placesOf, read, shortPlace, today, valid } from './support.js';

const target = 'targets: [{ id: a, hosts: 127.0.0.1 }]\n';

t.test('malicious files get a clear error line', async (t) => {
  const doubling = Array.from(
    { length: 30 },
    (_, index) => `k${index}: &k${index} [${index === 0 ? 'x, x' : `*k${index - 1}, *k${index - 1}`}]`,
  ).join('\n');
  const merging = [
    'a: &a { x: 1 }',
    ...Array.from({ length: 30 }, (_, index) => `b${index}: &b${index} { <<: [*a, *a] }`),
  ].join('\n');
  for (const [name, text, message] of [
    ['half a million brackets', '['.repeat(500_000), /nested more than 64 levels/],
    ['half a million dashes', '- '.repeat(500_000), /nested more than 64 levels/],
    ['half a million braces', '{a: '.repeat(500_000), /nested more than 64 levels/],
    [
      'stairs',
      Array.from({ length: 500 }, (_, index) => `${' '.repeat(index)}a:`).join('\n'),
      /nested more than 64 levels/,
    ],
    ['a flood of commas', `targets: [${'1,'.repeat(1_300_000)}]`, /too many parts/],
    ['an alias bomb', `${doubling}\n${target}`, /aliases repeat too much/],
    [
      'an alias bomb in labels',
      `defaults:\n  labels:\n${doubling.replace(/^/gm, '    ')}\n${target}`,
      /aliases repeat too much/,
    ],
    [
      'a chain of aliases',
      `x: &a0 [1]\n${Array.from({ length: 5000 }, (_, n) => `x${n}: &a${n + 1} [*a${n}]\n`).join('')}${target}`,
      /aliases repeat too much/,
    ],
    ['a merge bomb', `${merging}\n${target}`, /merge keys are not known/],
    ['a merge bomb of YAML 1.1', `%YAML 1.1\n---\n${merging}\n${target}`, /YAML 1\.1/],
    ['10,000 times the same key', 'targets: 1\n'.repeat(10_000), /duplicate key/],
    ['50,000 unknown keys', Array.from({ length: 50_000 }, (_, index) => `k${index}: 1\n`).join(''), /not known/],
    ['50,000 quotes', '"\n'.repeat(50_000), /follows a text|second document|closing quote/],
    ['NUL bytes', `targets:\n  - id: "a\u0000b"\n    hosts: 127.0.0.1\n`, /not UTF-8 text/],
    [
      'a label as long as the file',
      `targets: [{ id: a, hosts: 127.0.0.1, notes: "${'x'.repeat(4_000_000)}" }]`,
      /longer than 5000/,
    ],
    [
      'a host as long as the file',
      `targets: [{ id: a, hosts: "${'x.'.repeat(2_000_000)}" }]`,
      /longer than 2000|too long/,
    ],
    ['brackets in a host', `targets: [{ id: a, hosts: "a${'[1-9]x'.repeat(300)}" }]`, /at most 100000|too long/],
    ['10,000 wrong hosts', `targets:\n  - id: a\n    hosts:\n${'      - 10.0.0.999\n'.repeat(10_000)}`, /not an IPv4/],
  ] as const) {
    const found = await mistakesIn(t, text);
    t.ok(
      found.some((mistake) => message.test(mistake.message)),
      `${name}: ${found[0]?.message ?? ''}`,
    );
    t.ok(found.length <= 1000, `${name}: at most 1000 mistakes`);
    t.ok(
      found.every(({ at }) => at.length <= 200),
      `${name}: no mistake repeats the file`,
    );
    t.notMatch(
      formatMistakes(found),
      /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/,
      `${name}: safe to print`,
    );
  }
});

t.test('a file of 50 MB is rejected unread, with what to do instead', async (t) => {
  const path = folderOf(t, {
    'big.yaml': '',
    'small.yaml': `${engagement()}include: [big.yaml, { csv: big.yaml, columns: { host: H } }]\n${target}`,
  });
  truncateSync(path('big.yaml'), 50_000_000);
  const before = process.memoryUsage().rss;
  const result = await readTargets(path('big.yaml'), { now: today });
  t.match(result, { ok: false, mistakes: [{ message: /larger than 5 MB/, instead: /hostsFrom/ }] });
  t.ok(process.memoryUsage().rss - before < 30_000_000, 'it was not read into memory');
  t.match(await readTargets(path('small.yaml'), { now: today }), {
    ok: false,
    mistakes: [{ line: 7, column: 11, message: /larger than 5 MB/ }, { message: /larger than 5 MB/ }],
  });
});

t.test('bytes that are not text', async (t) => {
  t.match(await read(t, '', { files: {} }), { ok: false, mistakes: [{ message: /empty/ }] });
  const path = folderOf(t, {
    'latin1.yaml': Buffer.from(`# caf\xe9\n${target}`, 'latin1'),
    'utf16.yaml': Buffer.from(target, 'utf16le'),
    'gzip.yaml': Buffer.from([0x1f, 0x8b, 8, 0, 0xff]),
  });
  for (const name of ['latin1.yaml', 'gzip.yaml'])
    t.match(await readTargets(path(name), { now: today }), { ok: false, mistakes: [{ message: /not UTF-8/ }] }, name);
  t.match(await readTargets(path('utf16.yaml'), { now: today }), {
    ok: false,
    mistakes: [{ line: 1, column: 2, instead: /UTF-8/ }],
  });
  t.match(await readTargets(path('latin1.yaml'), { now: today }), { ok: false, mistakes: [{ line: 1, column: 6 }] });
  const [included] = await mistakesIn(t, `include: late.yaml\n${target}`, {
    files: { 'late.yaml': Buffer.from(`${target}# password: s3cr\xe9t\n`, 'latin1') },
  });
  t.match(included, { line: 1, message: /not UTF-8 text from its line 2, column 17/ });
});

t.test('a file that is not regular is rejected before it is opened', { skip: !existsSync('/dev/zero') }, async (t) => {
  const path = folderOf(t, {});
  execFileSync('mkfifo', [path('pipe')]);
  for (const name of ['/dev/zero', path('pipe')]) {
    const instead = { message: /this is a (?:device|pipe), not a file/, instead: /name a file/ };
    const files = {};
    t.match(await mistakesIn(t, `include: ${name}\n${target}`, { files }), [{ line: 1, column: 10, ...instead }]);
    t.match(await mistakesIn(t, `include: { csv: ${name}, columns: { host: H } }\n${target}`, { files }), [
      { line: 1, column: 17, ...instead },
    ]);
    t.match(await mistakesIn(t, `targets: [{ id: a, ports: 1, hostsFrom: ${name} }]\n`), [
      { line: 1, message: /the list cannot be read \(it is a (?:device|pipe), not a file\)/, instead: /text file/ },
    ]);
  }
  t.match(await readTargets('/dev/zero', { now: today }), { ok: false, mistakes: [{ message: /device, not a file/ }] });
  t.match(await mistakesIn(t, 'targets: [{ id: a, ports: 1, hostsFrom: / }]\n'), [{ message: /it is a folder/ }]);
  const [written] = await Promise.all([readTargets(path('pipe'), { now: today }), writeFile(path('pipe'), target)]);
  t.equal(written.ok, true, 'a targets file may come out of a pipe');
});

t.test('a binary list is reported once as not being text', async (t) => {
  const files = { 'list.txt': Buffer.from('\x7fELF\x02\x01\0\0\n\x03\0>\0\n\0\0\n'.repeat(200), 'latin1') };
  const found = await mistakesIn(t, 'targets: [{ id: a, ports: 1, hostsFrom: list.txt }]\n', { files });
  t.match(found, [{ line: 1, message: /not UTF-8 text/ }]);
  t.equal(found.length, 1);
});

t.test('a list with an endless line is not read to the end', async (t) => {
  const path = folderOf(t, {
    'list.txt': '127.0.0.1\n',
    'a.yaml': 'targets: [{ id: a, ports: 1, hostsFrom: list.txt }]\n',
  });
  truncateSync(path('list.txt'), 40_000_000_000);
  const result = await readTargets(path('a.yaml'), { now: today });
  t.match(result, { ok: false, mistakes: [{ line: 2, message: /this line has no end/, instead: /one host/ }] });
});

t.test('files from editors on other systems are read', async (t) => {
  const windows = await valid(
    t,
    `\uFEFF${engagement()}targets:\n  - id: a\n    hosts: es.acme.example # a comment\n    ports: 9200\n`.replace(
      /\n/g,
      '\r\n',
    ),
  );
  t.same((await placesOf(windows)).map(shortPlace), ['es.acme.example:9200']);
  t.match(await mistakesIn(t, '# a\r\ntargets:\r\n  - id: a\r\n    hosts: 127.1.\r\n'), [
    { line: 4, column: 12, at: '127.1.' },
  ]);
  const json = await valid(t, JSON.stringify({ targets: [{ id: 'a', hosts: ['127.0.0.1', '::1'], ports: [9200] }] }));
  t.equal(json.count(), 2, 'JSON is YAML');
  const anchors = await valid(
    t,
    'targets:\n  - { id: a, hosts: 127.0.0.1, ports: &p [9200, 5601] }\n  - { id: b, hosts: 127.0.0.2, ports: *p }\n',
  );
  t.equal(anchors.count(), 4, 'honest aliases');
  const repeated = `targets:\n  - { id: a, hosts: 127.0.0.1, ports: &p [9200] }\n${Array.from(
    { length: 3000 },
    (_, n) => `  - { id: a${n}, hosts: 127.1.${n >> 8}.${n & 255}, ports: *p }\n`,
  ).join('')}`;
  t.equal((await valid(t, repeated)).count(), 3001, 'in thousands of targets');
  const renamed = await valid(
    t,
    'targets:\n  - { id: a, hosts: 127.0.0.1, ports: &p [9200, 5601] }\n  - { id: b, hosts: 127.0.0.2, ports: *p }\n' +
      '  - { id: c, hosts: 127.0.0.3, ports: &p [9201] }\n  - { id: d, hosts: 127.0.0.4, ports: *p }\n',
  );
  t.equal(renamed.count(), 6, 'an anchor counts from where it is defined to where its name is defined again');
  const lone = await valid(
    t,
    `engagement:
  id: x
  authorisedBy: { name: A, role: CISO, capacity: owner, email: a@acme.example }
  authorisation: { reference: L, signedOn: 2026-01-01 }
  contacts: { name: A, email: a@acme.example }
  vantage: { name: v, exposure: internal, egress: 192.0.2.1 }
  controls: http://127.0.0.9:9200
  scope: { include: 127.0.0.0/8, exclude: 127.0.0.3 }
targets: [{ id: a, hosts: 127.0.0.0/29, ports: 9200, except: 127.0.0.2 }]
`,
  );
  t.equal(lone.count(), 6, 'a single entry is allowed in place of a list');
});

t.test('a list without line ends is not read into memory', async (t) => {
  const path = folderOf(t, {
    'targets.yaml': 'targets: [{ id: a, hostsFrom: list.txt }]\n',
    'list.txt': '127.0.0.1\n',
  });
  truncateSync(path('list.txt'), 100_000_000);
  const before = process.memoryUsage().rss;
  t.match(await readTargets(path('targets.yaml'), { now: today }), {
    ok: false,
    mistakes: [{ line: 2, message: /has no end/ }],
  });
  t.ok(process.memoryUsage().rss - before < 60_000_000);
});
