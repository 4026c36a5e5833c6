import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import t from 'tap';
import { parse } from 'yaml';
import { z } from 'zod';
import { readTargets, targetsJsonSchema } from '../../src/engagement/index.js';
import { messages } from '../../src/messages/index.js';
import type { Json } from '../../src/model/json.js';
import { parseCsv } from '../../src/engagement/csv.js';
import { engagement, folderOf, mistakesIn, placesOf, read, short, shortPlace, today, valid } from './support.js';

t.test('further files, with inherited defaults', async (t) => {
  const declaration = await valid(
    t,
    engagement() +
      [
        'owners: { ops: { name: Ops team } }',
        'defaults: { owner: ops, environment: production, ports: 9200, labels: { a: "1" } }',
        'targets: [{ id: one, hosts: a.acme.example }]',
        'include: [teams/search.yaml, more.yaml]',
        '',
      ].join('\n'),
    {
      files: {
        'teams/search.yaml':
          'owners: { search: {} }\ndefaults: { owner: search, labels: { b: "2" } }\ntargets: [{ id: two, hostsFrom: hosts.txt, fronts: three }]\ninclude: ../deeper/x.yaml\n',
        'teams/hosts.txt': 'b.acme.example\n',
        'deeper/x.yaml': 'targets: [{ id: three, hosts: c.acme.example, environment: staging }]\n',
        'more.yaml': 'targets: [{ id: four, hosts: d.acme.example, ports: standard }]\n',
      },
    },
  );
  t.match(declaration.targets, [
    { id: 'one', owner: 'Ops team', environment: 'production', labels: { a: '1' } },
    { id: 'two', owner: 'search', environment: 'production', labels: { a: '1', b: '2' }, fronts: 'three' },
    { id: 'three', owner: 'search', environment: 'staging' },
    { id: 'four', owner: 'Ops team' },
  ]);
  t.same((await placesOf(declaration)).map(shortPlace), [
    'a.acme.example:9200',
    'c.acme.example:9200',
    'd.acme.example:443',
    'b.acme.example:9200',
    'd.acme.example:5601',
    'd.acme.example:9200',
    'd.acme.example:9201',
  ]);
  t.same(declaration.declared.ports, [443, 5601, 9200, 9201]);
});

t.test('mistakes name their file', async (t) => {
  const found = await mistakesIn(
    t,
    `${engagement()}include: [a.yaml, b.yaml, sub/c.yaml, a.yaml]\ntargets: [{ id: x, hosts: a.acme.example }]\n`,
    {
      files: {
        'a.yaml': 'targets: [{ id: x, hosts: b.acme.example }]\n',
        'b.yaml': 'engagement: { id: other }\ntls: {}\ntargets:\n  - id: y\n    hosts: 10.0.0.1/24\n',
        'sub/c.yaml': 'targets:\n  - id: z\n\thosts: a\ninclude: ../targets.yaml\n',
        'sub/unread.yaml': '',
      },
    },
  );
  t.same(
    found.map((mistake) =>
      short(mistake)
        .split(';')[0]
        ?.replace(/\(.*\//, '('),
    ),
    [
      'targets.yaml:7:39 `a.yaml` this file is included twice',
      'a.yaml:1:17 `x` this id is taken (targets.yaml:8)',
      'b.yaml:1:1 `engagement` `engagement` may appear only in the first file',
      'b.yaml:2:1 `tls` `tls` may appear only in the first file',
      'b.yaml:5:12 `10.0.0.1/24` bits of the host part are set',
      'c.yaml:3:1 `hosts: a` tabs are not allowed as indentation',
    ],
  );
  t.match(found.at(-1)?.file, /sub\/c\.yaml$/);
  const circle = await mistakesIn(t, 'include: a.yaml\n', {
    files: {
      'a.yaml': 'include: b.yaml\n',
      'b.yaml': 'include: ./../' + 'x\ntargets: [{ id: b, hosts: 127.0.0.1 }]\n',
    },
  });
  t.match(circle, [{ file: /b\.yaml$/, message: /no such file/ }]);
  const round = await mistakesIn(t, 'include: a.yaml\n', {
    files: { 'a.yaml': 'targets: [{ id: a, hosts: 127.0.0.1 }]\ninclude: b.yaml\n', 'b.yaml': 'include: [a.yaml]\n' },
  });
  t.match(round, [{ file: /b\.yaml$/, line: 1, column: 11, message: /includes itself/ }]);
});

t.test('an inventory in CSV', async (t) => {
  const columns =
    'columns: { target: Group, host: Hostname, address: IP, port: Port, path: Path, scheme: Proto, owner: Team, environment: Stage, notes: Remark }';
  const csv = [
    '\uFEFFHostname,IP,Port,Path,Proto,Team,Stage,Remark,Group,Unused',
    'es-1.acme.example,10.0.0.1,9200,,https,search,prod,"one, two",es,x',
    'ES-2.acme.example.,,9200 9201,/es,HTTP,search,prod,"one, two",es,',
    '',
    '10.0.0.5,,,,,,,"say ""hi""",,',
  ].join('\r\n');
  const declaration = await valid(
    t,
    `${engagement()}owners: { search: { name: Search team } }\ndefaults: { ports: 5601 }\ninclude: { csv: inv/cmdb.csv, ${columns} }\n`,
    { files: { 'inv/cmdb.csv': csv } },
  );
  t.match(declaration.targets, [
    { id: 'es', owner: 'Search team', environment: 'prod', notes: 'one, two' },
    { id: 'cmdb-5', owner: null, environment: null, notes: 'say "hi"' },
  ]);
  t.same(
    (await placesOf(declaration)).map(
      (place) => `${place.scheme ?? '?'} ${shortPlace(place)} ${place.address ?? '-'} ${place.targets.join()}`,
    ),
    [
      'https es-1.acme.example:9200 10.0.0.1 es',
      'http es-2.acme.example:9200/es - es',
      '? 10.0.0.5:5601 10.0.0.5 cmdb-5',
      'http es-2.acme.example:9201/es - es',
    ],
  );
});

t.test('mistakes in a CSV file', async (t) => {
  const found = await mistakesIn(
    t,
    `${engagement()}owners: { search: {} }\ninclude:\n  - { csv: a.csv, columns: { host: Hostnam, port: Port } }\n  - { csv: b.csv, delimiter: ";", columns: { target: T, host: H, port: P, owner: O, path: X } }\n  - { csv: c.csv, columns: { port: P } }\n  - { csv: d.csv, columns: { hots: H } }\n  - { csv: e.csv, columns: { host: H } }\n`,
    {
      files: {
        'a.csv': 'Hostname,Port\na,1\n',
        'b.csv':
          'T;H;P;O;X\nx;10.0.0.1;70000;search;\nx;010.0.0.1;9200;;\n;10.0.0.2;9200;serach;/_search\ny;10.0.0.3;9200;search;\ny;10.0.0.4;9200;other;\n',
        'c.csv': 'P\n1\n',
        'd.csv': '',
        'e.csv': 'H\n"10.0.0.1\n',
      },
    },
  );
  t.same(
    found.map((mistake) => short(mistake).split(';')[0]),
    [
      'targets.yaml:9:36 `Hostnam` a.csv has no column of this name'.replace(
        'a.csv',
        found[0]?.message.split(' ')[0] ?? '',
      ),
      'targets.yaml:11:28 `{ port: P }` neither host nor url is among the columns',
      'targets.yaml:12:30 `hots` this key is not known',
      'b.csv:2:12 `70000` `70000` is not a port',
      'b.csv:3:3 `010.0.0.1` octets with leading zeros are read as octal by some programs and as decimal by others',
      "b.csv:4:23 `/_search` `_search` is a path of the product's API, which leftopen chooses itself",
      'b.csv:6:1 `y` rows of one target differ in owner, environment or notes',
      'e.csv:2:1 `"10.0.0.1` the closing quote is missing',
    ],
  );
});

t.test('what real inventories look like', async (t) => {
  const csv = [
    'Hostname;IP;Port',
    'es-1.acme.example, es-2.acme.example;;9200,5601',
    '10.20.4.1 10.20.4.2;;9200',
    '10.20.4.10-12;;9200-9201',
    '"10.20.5.1,5,9";;9200',
    ';10.20.6.1;9200',
    ';10.20.6.2, 10.20.6.3-4;standard',
    '10.20.7.1;10.20.7.1;9200',
    'vip.acme.example;10.20.8.1 10.20.8.2;9200',
    'one.acme.example;10.20.9.1;9200',
    'one.acme.example;10.20.9.2;9200',
    ';;',
    '3com.example; ;9200 - 9201;',
  ].join('\r\n');
  const declaration = await valid(
    t,
    `${engagement()}include: { csv: cmdb.csv, delimiter: semicolon, columns: { host: Hostname, address: IP, port: Port } }\n`,
    { files: { 'cmdb.csv': csv } },
  );
  const places = (await placesOf(declaration)).map(
    (place) => `${shortPlace(place)} ${place.address ?? '-'} ${place.targets.join()}`,
  );
  t.same(
    places.sort(),
    [
      ...['es-1', 'es-2'].flatMap((name) => [9200, 5601].map((port) => `${name}.acme.example:${port} - cmdb-2`)),
      ...['10.20.4.1', '10.20.4.2'].map((address) => `${address}:9200 ${address} cmdb-3`),
      ...['10.20.4.10', '10.20.4.11', '10.20.4.12'].flatMap((address) =>
        [9200, 9201].map((port) => `${address}:${port} ${address} cmdb-4`),
      ),
      ...[1, 5, 9].map((last) => `10.20.5.${last}:9200 10.20.5.${last} cmdb-5`),
      '10.20.6.1:9200 10.20.6.1 cmdb-6',
      ...[2, 3, 4].flatMap((last) =>
        [443, 5601, 9200, 9201].map((port) => `10.20.6.${last}:${port} 10.20.6.${last} cmdb-7`),
      ),
      '10.20.7.1:9200 10.20.7.1 cmdb-8',
      ...[1, 2].map((last) => `vip.acme.example:9200 10.20.8.${last} cmdb-9`),
      ...[1, 2].map((last) => `one.acme.example:9200 10.20.9.${last} cmdb-10,cmdb-11`),
      ...[9200, 9201].map((port) => `3com.example:${port} - cmdb-13`),
    ].sort(),
  );
  t.equal(declaration.count(), places.length);
  const addresses = await valid(t, `${engagement()}include: { csv: a.csv, columns: { address: IP } }\n`, {
    files: { 'a.csv': 'IP\n10.0.0.1\n10.0.0.2-3\n' },
  });
  t.equal(addresses.count(), 12, 'addresses alone');
});

t.test('a wrong row is reported once, where it is', async (t) => {
  const files = {
    'a.csv': [
      'H,A,P',
      'es-1.acme.example 10.0.0.256,,9200',
      ',es.acme.example,9200',
      ',,9200',
      'es-1 es-2,10.0.0.1 10.0.0.2,9200',
      'es-1,es-2,9200,9200',
      '10.0.0.1,10.0.0.2,9200',
      'es-1,10.0.0.1/24,9200',
      'es-1,,9200 standart',
    ].join('\n'),
  };
  const found = await mistakesIn(
    t,
    `${engagement()}include: { csv: a.csv, columns: { host: H, address: A, port: P } }\n`,
    { files },
  );
  t.same(
    found.map(({ line, column, at }) => [line, column, at]),
    [
      [2, 1, '10.0.0.256'],
      [3, 2, 'es.acme.example'],
      [4, 1, ''],
      [5, 11, '10.0.0.1 10.0.0.2'],
      [6, 16, '9200'],
      [7, 1, '10.0.0.1'],
      [8, 6, '10.0.0.1/24'],
      [9, 7, '9200 standart'],
    ],
  );
});

t.test('an inventory of which only the header is left is a mistake, not an estate without hosts', async (t) => {
  for (const rows of ['', ',\n,\n']) {
    const [empty] = await mistakesIn(t, 'include: { csv: a.csv, columns: { host: H, port: P } }\n', {
      files: { 'a.csv': `H,P\n${rows}` },
    });
    t.match(empty, { file: /a\.csv$/, line: 1, message: /no rows/ });
  }
});

t.test('a wrong delimiter is one mistake, however many rows there are', async (t) => {
  for (const [text, delimiter, meant] of [
    ['Host;Port\n', undefined, '";"'],
    ['Host\tPort\n', undefined, '"\\t"'],
    ['Host|Port\n', ',', '"|"'],
    ['Host,Port\n', ';', '","'],
    ['\uFEFF"Host";"Port"\r\n', undefined, '";"'],
    ['Name;Port\n', undefined, '";"'],
  ] as const) {
    const rows = Array.from({ length: 50 }, (_, index) =>
      text.replace(/Host|Name/, `es-${index}`).replace('Port', '9200'),
    );
    const found = await mistakesIn(
      t,
      `include: { csv: a.csv, columns: { host: Host, port: Port }${delimiter === undefined ? '' : `, delimiter: "${delimiter}"`} }\n`,
      { files: { 'a.csv': text + rows.join('') } },
    );
    t.match(
      found,
      [{ file: /targets\.yaml$/, line: 1, at: delimiter === undefined ? 'a.csv' : `"${delimiter}"` }],
      text,
    );
    t.equal(found.length, 1, text);
    t.match(found[0]?.instead, `write delimiter: ${meant}`, text);
  }
  const [word] = await mistakesIn(t, 'include: { csv: a.csv, delimiter: tabs, columns: { host: H } }\n', {
    files: { 'a.csv': 'H\n127.0.0.1\n' },
  });
  t.match(word, { at: 'tabs', instead: /comma, semicolon, tab or pipe/ });
  for (const written of ['"\\t"', "'\\t'", '\\t', 'tab'])
    t.equal(
      (
        await valid(t, `include: { csv: a.csv, delimiter: ${written}, columns: { host: H, port: P } }\n`, {
          files: { 'a.csv': 'H\tP\n127.0.0.1\t9200\n' },
        })
      ).count(),
      1,
      written,
    );
});

t.test('CSV as RFC 4180 defines it', (t) => {
  const texts = (text: string, delimiter = ',') =>
    parseCsv(text, delimiter).rows.map(({ cells }) => cells.map((cell) => cell.text));
  t.same(texts('a,b\nc,d'), [
    ['a', 'b'],
    ['c', 'd'],
  ]);
  t.same(texts('a,\n,b\n'), [
    ['a', ''],
    ['', 'b'],
  ]);
  t.same(texts('"a\n""x""",b\r\nc,"d"'), [
    ['a\n"x"', 'b'],
    ['c', 'd'],
  ]);
  t.same(texts('a;b,c', ';'), [['a', 'b,c']]);
  t.same(texts('\n\n'), []);
  const { rows } = parseCsv('"a\nb",c\nd,e\n', ',');
  t.match(rows, [
    {
      line: 1,
      cells: [
        { line: 1, column: 1 },
        { line: 2, column: 4 },
      ],
    },
    { line: 3, cells: [{ line: 3, column: 1 }, { column: 3 }] },
  ]);
  t.match(parseCsv('a,"b', ','), { open: { line: 1, column: 3 } });
  t.end();
});

t.test('a technique is read under its old name too, and forbidden under either', async (t) => {
  for (const [techniques, allowed] of [
    ['{ sizeZeroSearch: false }', false],
    ['{ sizeZeroSearch: true }', true],
    ['{ documentCounts: false, sizeZeroSearch: true }', false],
    ['{ documentCounts: true, sizeZeroSearch: false }', false],
  ] as const) {
    const { engagement: read } = await valid(
      t,
      `${engagement(`techniques: ${techniques}`)}targets: [{ id: a, hosts: 10.0.0.1 }]\n`,
    );
    t.equal(read.techniques.documentCounts, allowed, techniques);
  }
});

t.test('the engagement as the run receives it', async (t) => {
  const declaration = await valid(
    t,
    engagement(
      'client: { name: Acme }',
      'window: { from: 2026-11-01, to: 2026-11-30, timeZone: Europe/Paris, weekly: "Sat" }',
      'techniques: { guestSession: true, names: false }',
      'limits: { concurrency: 8, requestsPerSecond: 0.5 }',
      'controls: ["https://status.acme.example:8443/ok", "http://192.0.2.1"]',
    ) + 'targets: [{ id: a, hosts: es.acme.example, operator: { name: H, permission: P }, notes: "two\\nlines" }]\n',
  );
  t.match(declaration.engagement, {
    id: 'ACME-1',
    client: { name: 'Acme', legalEntity: null },
    authorisedBy: { name: 'Jane', capacity: 'owner' },
    authorisation: { reference: 'LOA-1', signedOn: '2026-10-20', documentSha256: null },
    window: {
      from: '2026-10-31T23:00:00.000Z',
      to: '2026-11-30T23:00:00.000Z',
      weekly: [{ fromMinute: 7200, toMinute: 8640 }],
    },
    contacts: [{ name: 'SOC', email: 'soc@acme.example', phone: null }],
    vantage: { name: 'office', exposure: 'internal', egress: '192.0.2.7' },
    techniques: {
      guestSession: true,
      dataSourceListing: false,
      names: false,
      documentCounts: true,
      savedObjectTitles: true,
      internalApi: false,
      outsideReaders: false,
      fullAddresses: false,
      thoroughBackends: false,
      otherUserAgent: false,
      transportPort: false,
      credentials: false,
    },
    limits: { concurrency: 8, perAddress: 2, requestsPerSecond: 0.5, requestsPerEndpoint: 40 },
    loopbackOnly: false,
  });
  t.match(declaration.controls, [
    {
      ordinal: -1,
      host: 'status.acme.example',
      address: null,
      port: 8443,
      basePath: '/ok',
      scheme: 'https',
      targets: [],
    },
    { ordinal: -2, host: '192.0.2.1', address: '192.0.2.1', port: 80 },
  ]);
  t.match(declaration.targets, [
    { operator: { name: 'H', permission: 'P' }, notes: 'two\nlines', expect: { kind: 'closed' } },
  ]);
});

t.test('ceilings', async (t) => {
  const declaration = await valid(
    t,
    'targets: [{ id: a, hosts: 127.0.0.1, expect: { upTo: metadata, via: kibana, indices: "wall-*", reason: R, approvedBy: J, until: 2020-01-01 } }]\n',
  );
  t.match(
    declaration.targets,
    [
      {
        expect: {
          kind: 'up-to',
          rung: 'metadata',
          via: 'kibana',
          indices: ['wall-*'],
          reason: 'R',
          approvedBy: 'J',
          until: '2020-01-01',
        },
      },
    ],
    'a day that is past is a finding later, no mistake',
  );
});

t.test('--vantage', async (t) => {
  const yaml =
    engagement().replace(
      /vantage: .*/,
      'vantage: [{ name: a, exposure: internal, egress: 192.0.2.7 }, { name: b, exposure: internet }]',
    ) + 'targets: [{ id: a, hosts: 10.0.0.1 }]\n';
  for (const [option, vantage] of [
    ['a', { name: 'a', exposure: 'internal', egress: '192.0.2.7' }],
    ['b', { name: 'b', exposure: 'internet', egress: null }],
    ['a:host', { name: 'a', exposure: 'host', egress: '192.0.2.7' }],
    ['c:partner', { name: 'c', exposure: 'partner', egress: null }],
    ['c:internet:203.0.113.1', { name: 'c', exposure: 'internet', egress: '203.0.113.1' }],
    ['c:internet:2001:DB8::1', { name: 'c', exposure: 'internet', egress: '2001:db8::1' }],
    ['c:internet:[2001:db8::1]', { name: 'c', exposure: 'internet', egress: '2001:db8::1' }],
  ] as const) {
    t.match((await valid(t, yaml, { vantage: option })).engagement.vantage, vantage, option);
  }
  for (const option of ['c', 'c:moon', ':internet', '../x:internet', 'c:internet:proxy', 'c:']) {
    t.match(await mistakesIn(t, yaml, { vantage: option }), [{ file: '--vantage', line: 0, at: option }], option);
  }
  const digests = await Promise.all(
    ['a', 'b', 'c:host'].map(async (option) => (await valid(t, yaml, { vantage: option })).digest),
  );
  t.equal(new Set(digests).size, 1, 'one file, one digest, from several places');
});

t.test('the digest covers what may be asked, not how it is written', async (t) => {
  const base = (
    await valid(t, `${engagement()}targets:\n  - { id: a, hosts: [10.0.0.1, ES.acme.example], ports: 9200 }\n`)
  ).digest;
  t.equal(
    (
      await valid(
        t,
        `${engagement()}# a comment\ntargets: [{ ports: [9200], hosts: [10.0.0.1, es.acme.example.], id: "a" }]\n`,
      )
    ).digest,
    base,
  );
  for (const other of [
    `${engagement()}targets: [{ id: a, hosts: [10.0.0.1, es.acme.example], ports: 9201 }]\n`,
    `${engagement()}targets: [{ id: a, hosts: [10.0.0.2, es.acme.example], ports: 9200 }]\n`,
    `${engagement()}targets: [{ id: a, hosts: [10.0.0.1, { name: es.acme.example, address: 10.0.0.3 }], ports: 9200 }]\n`,
    `${engagement()}targets: [{ id: a, hosts: [10.0.0.1, es.acme.example], ports: 9200, expect: absent }]\n`,
    `${engagement('scope: { exclude: [10.0.0.9] }')}targets: [{ id: a, hosts: [10.0.0.1, es.acme.example], ports: 9200 }]\n`,
    `${engagement('limits: { perAddress: 1 }')}targets: [{ id: a, hosts: [10.0.0.1, es.acme.example], ports: 9200 }]\n`,
    `${engagement('techniques: { names: false }')}targets: [{ id: a, hosts: [10.0.0.1, es.acme.example], ports: 9200 }]\n`,
  ]) {
    t.not((await valid(t, other)).digest, base);
  }
  const listed = (text: string) =>
    valid(t, `${engagement()}targets: [{ id: a, hostsFrom: a.txt }]\n`, { files: { 'a.txt': text } });
  t.not(
    (await listed('a.acme.example\n')).digest,
    (await listed('b.acme.example\n')).digest,
    'the content of lists too',
  );
});

const openssl = spawnSync('openssl', ['version']).status === 0;

t.test("the user's certificates", { skip: openssl ? false : 'openssl is not here' }, async (t) => {
  const path = folderOf(t, {});
  const made = spawnSync('openssl', [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-subj',
    '/CN=audit',
    '-keyout',
    path('key.pem'),
    '-out',
    path('cert.pem'),
  ]);
  t.equal(made.status, 0);
  const cert = readFileSync(path('cert.pem'));
  const key = readFileSync(path('key.pem'));
  const other = spawnSync('openssl', ['ecparam', '-name', 'prime256v1', '-genkey', '-noout']).stdout;
  const yaml =
    'tls: { authorities: pki/ca.pem, clientCertificate: { certificate: pki/cert.pem, key: pki/key.pem } }\nengagement: { id: a, techniques: { credentials: true } }\ntargets: [{ id: a, hosts: 127.0.0.1 }]\n';
  const declaration = await valid(t, yaml, { files: { 'pki/ca.pem': cert, 'pki/cert.pem': cert, 'pki/key.pem': key } });
  t.match(declaration.certificateAuthorities, [/BEGIN CERTIFICATE/]);
  t.match(declaration.clientCertificate, { cert: /BEGIN CERTIFICATE/, key: /PRIVATE KEY/ });
  const sha256 = createHash('sha256').update(cert).digest('hex');
  t.match(declaration.declared, { authorities: [sha256], clientCertificate: { subject: 'CN=audit', sha256 } });
  const forbidden = await mistakesIn(t, yaml.replace(/^engagement.*\n/m, ''), {
    files: { 'pki/ca.pem': cert, 'pki/cert.pem': cert, 'pki/key.pem': key },
  });
  t.match(forbidden, [{ line: 1, column: 52, message: /is a credential/, instead: /credentials: true/ }]);
  const wrong = await mistakesIn(t, yaml, { files: { 'pki/ca.pem': key, 'pki/cert.pem': cert, 'pki/key.pem': other } });
  t.match(wrong, [
    { line: 1, column: 21, message: /no certificate/ },
    { line: 1, column: 86, message: /does not belong/ },
  ]);
  t.notMatch(JSON.stringify(wrong), /MH|MIG|PRIVATE/, 'nothing of a key');
  t.match(await mistakesIn(t, yaml, { files: { 'pki/ca.pem': cert, 'pki/cert.pem': cert, 'pki/key.pem': cert } }), [
    { message: /no private key/ },
  ]);
});

t.test('the starter and the example are valid, for us and for the schema', async (t) => {
  const schema = z.record(z.string(), z.unknown()).parse(targetsJsonSchema());
  const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(schema);
  const starter = messages().targets.starterFile('./schema/targets.schema.json');
  const uncommented = starter
    .replace(/^# (?=engagement:|defaults:|  |- )/gm, '')
    .replace(/^ {2}leftopen .*\n/gm, '')
    .replace(/^(targets:\n) {2}(- id: this-host\n) {4}(hosts: .*\n) {4}(ports: .*)$/m, '$1$2  $3  $4');
  t.match(uncommented, /^engagement:\n {2}id:/m);
  for (const [name, text] of [
    ['starter', starter],
    ['example', readFileSync('targets.example.yaml', 'utf8')],
    // The commented-out parts of the starter must be valid too.
    ['starter, all of it', uncommented],
  ] as const) {
    t.match(
      text.split('\n')[0],
      /^# yaml-language-server: \$schema=\.\/.*schema\/targets\.schema\.json$/,
      `${name}: the first line is for editors`,
    );
    const result = await read(t, text);
    t.same(result.ok ? [] : result.mistakes.map(short), [], name);
    t.ok(validate(parse(text)), `${name}: ${JSON.stringify(validate.errors)}`);
  }
  t.notOk(validate({ targets: [{ id: 'a', hosts: 'b', prots: 1 }] }), 'an unknown key');
  t.notOk(validate({ targets: [{ hosts: 'b' }] }), 'no id');
  t.notOk(validate({ targets: [{ id: 'a', hosts: 'b', ports: 70000 }] }), 'a port too large');
  t.ok(
    validate({
      targets: [{ id: 'a', hosts: ['b', { name: 'c', address: '10.0.0.1' }], ports: 'standard', expect: 'absent' }],
    }),
  );
});

t.test('the shipped schema matches the code', (t) => {
  const shipped = z.json().parse(JSON.parse(readFileSync('schema/targets.schema.json', 'utf8')));
  t.strictSame(shipped, targetsJsonSchema(), 'npx tsx scripts/targets-schema.ts writes it');
  t.end();
});

t.test('every key of the file is in its documentation', (t) => {
  const keys = new Set<string>();
  const walk = (value: Json): void => {
    if (typeof value !== 'object' || value === null) return;
    const entries: [string, Json][] = Object.entries(value);
    for (const [key, part] of entries) {
      if (key === 'properties' && part !== null) for (const name of Object.keys(part)) keys.add(name);
      walk(part);
    }
  };
  walk(targetsJsonSchema());
  const documentation = readFileSync('docs/targets.md', 'utf8');
  t.same(
    [...keys].filter((key) => !documentation.includes(`\`${key}\``)),
    [],
  );
  t.ok(keys.size > 60);
  t.end();
});

t.test('a file that cannot be read', async (t) => {
  const path = folderOf(t, { 'a.yaml': '' });
  t.match(await readTargets(path('none.yaml'), { now: today }), {
    ok: false,
    mistakes: [{ line: 0, message: /no such file/ }],
  });
  t.match(await readTargets(path('.'), { now: today }), { ok: false, mistakes: [{ message: /folder/ }] });
  t.match(await readTargets(path('a.yaml'), { now: today }), { ok: false, mistakes: [{ line: 1, message: /empty/ }] });
});

t.test('files may end their lines in a bare CR', async (t) => {
  const cr = (text: string) => text.replaceAll('\n', '\r');
  const declaration = await valid(
    t,
    cr(
      `${engagement()}targets: [{ id: one, hosts: a.acme.example, ports: 9200 }]\ninclude:\n  - csv: more.csv\n    columns: { host: Name, port: Port }\n`,
    ),
    { files: { 'more.csv': cr('Name,Port\nb.acme.example,9201\n') } },
  );
  t.same((await placesOf(declaration)).map(shortPlace), ['a.acme.example:9200', 'b.acme.example:9201']);
});
