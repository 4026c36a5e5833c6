// Which declared hosts a host and a port match: it decides what a dashboard may be made to connect to.

import t from 'tap';
import { engagement, valid } from './support.js';

const yaml =
  engagement('techniques: { transportPort: true }') +
  [
    'targets:',
    '  - { id: range, hosts: 10.0.0.0/29, ports: [9200, 9201] }',
    '  - { id: named, hosts: ["es-[1-2].acme.example", { name: es.acme.example, address: [10.1.0.1, 10.1.0.2] }], ports: 9200, paths: [/es] }',
    '  - { id: listed, hostsFrom: list.txt, ports: 9243 }',
    '',
  ].join('\n');
const files = { 'list.txt': '10.2.0.1\nlisted.acme.example\n' };

t.test('a host at a port, by name and by address', async (t) => {
  const declaration = await valid(t, yaml, { files });
  for (const [host, port, wanted] of [
    ['10.0.0.3', 9201, [['10.0.0.3', '10.0.0.3']]],
    ['10.0.0.3', 9202, []],
    ['10.0.0.9', 9200, []],
    ['es-2.acme.example', 9200, [['es-2.acme.example', null]]],
    ['es-2.acme.example', 9243, []],
    ['es-3.acme.example', 9200, []],
    [
      'es.acme.example',
      9200,
      [
        ['es.acme.example', '10.1.0.1'],
        ['es.acme.example', '10.1.0.2'],
      ],
    ],
    ['10.1.0.2', 9200, [['es.acme.example', '10.1.0.2']]],
    ['10.1.0.2', 9243, []],
    ['10.2.0.1', 9243, [['10.2.0.1', '10.2.0.1']]],
    ['listed.acme.example', 9243, [['listed.acme.example', null]]],
    ['10.0.0.3', 9300, []],
  ] as const) {
    t.strictSame(
      declaration.declaredAt(host, port).map((each) => [each.host, each.address]),
      wanted,
      `${host}:${port}`,
    );
  }
});

t.test('targets that were not chosen match nothing', async (t) => {
  const declaration = await valid(t, yaml, { files, targets: ['listed'] });
  t.strictSame(declaration.declaredAt('10.0.0.3', 9200), []);
  t.equal(declaration.declaredAt('10.2.0.1', 9243).length, 1);
});
