// Plain lists of hosts on the command line: the same rule of authorisation as for URLs, and what comes in on a pipe.
import { Readable } from 'node:stream';
import t from 'tap';
import { declareList, readTargets } from '../../src/engagement/index.js';
import { engagement, folderOf, placesOf, shortPlace, today } from './support.js';

async function* input(...parts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield await Promise.resolve(Buffer.from(part));
}

t.test('without an engagement a list may hold loopback only, and that is reported once', async (t) => {
  const path = folderOf(t, {
    'local.txt': '127.31.0.1-3\n# one more\nlocalhost\n',
    'other.txt': '127.0.0.1\n10.0.0.1\n10.0.0.2\n10.20.4.1-\n',
  });
  const local = await declareList(path('local.txt'), { now: today });
  if (!local.ok) throw new Error('not valid');
  t.equal(
    local.declaration.count() ?? (await placesOf(local.declaration)).length,
    16,
    'four hosts at the standard ports',
  );
  t.match(local.declaration, {
    file: '',
    engagement: { id: 'loopback', loopbackOnly: true },
    declared: { targets: 1 },
  });
  const other = await declareList(path('other.txt'), { now: today });
  t.match(other, {
    ok: false,
    mistakes: [
      { file: /other\.txt$/, line: 2, at: '10.0.0.1', message: /without an engagement/, instead: /--engagement/ },
      { line: 4, at: '10.20.4.1-' },
    ],
  });
  t.equal(other.ok || other.mistakes.length, 2);
});

t.test('under an engagement each host of a list must be covered', async (t) => {
  const path = folderOf(t, {
    'listed.yaml': `${engagement()}defaults: { ports: [9200, 9201], scheme: https }\ntargets:\n  - { id: net, hosts: [10.20.4.0/26, "es-[1-3].acme.example"], owner: Ops, ports: 443 }\n  - { id: far, hostsFrom: far.txt }\n`,
    'far.txt': '10.20.9.1-2\n10.20.9.3\n',
    'scoped.yaml': engagement('scope: { include: [10.20.4.0-9, "*.acme.example"], exclude: [10.20.4.3] }'),
    'hosts.txt': '10.20.4.1-3\nes-2.acme.example\nes-[1-3].acme.example\n10.20.9.1-3\n',
    'more.txt': '10.20.4.60-70\nes-4.acme.example\nes-[1-4].acme.example\n10.20.9.1-4\n10.20.4.0-63\n',
  });
  const under = (file: string, list: string) => declareList(path(list), { engagement: path(file), now: today });
  const listed = await under('listed.yaml', 'hosts.txt');
  if (!listed.ok) throw new Error('not valid');
  const places = await placesOf(listed.declaration);
  t.equal(places.length, (3 + 3 + 3) * 2, 'the list alone is asked, at the ports of the defaults');
  t.match(
    places.find((place) => shortPlace(place) === '10.20.4.1:9200'),
    { scheme: 'https', targets: ['list:hosts.txt'] },
  );
  t.equal(listed.declaration.engagement.id, 'ACME-1');
  t.match(listed.declaration.declared, { names: [path('hosts.txt')] });
  t.match(await under('listed.yaml', 'more.txt'), {
    ok: false,
    mistakes: [
      { line: 1, message: /does not cover/ },
      { line: 2, message: /does not cover/ },
      { line: 3, message: /does not cover/ },
      { line: 4, message: /does not cover/ },
    ],
  });
  const scoped = await under('scoped.yaml', 'hosts.txt');
  t.match(scoped, { ok: false, mistakes: [{ line: 4, message: /not all of 10\.20\.9\.1-3 is in scope\.include/ }] });
  t.match(await declareList(path('hosts.txt'), { engagement: path('listed.yaml'), targets: ['net'], now: today }), {
    ok: false,
    mistakes: [{ file: '--target', at: 'net' }],
  });
});

t.test('a list on standard input', async (t) => {
  const options = { now: today };
  const piped = await declareList('-', { ...options, input: input('127.31.0.1\n127.31', '.0.2-3\n') });
  if (!piped.ok) throw new Error('not valid');
  const first = await placesOf(piped.declaration);
  t.equal(first.length, 12);
  t.same(await placesOf(piped.declaration), first, 'it can be gone through again');
  t.same(piped.declaration.declared.names, ['standard input']);
  const again = await declareList('-', { ...options, input: input('127.31.0.1\n127.31.0.2-3\n') });
  t.equal(again.ok && again.declaration.digest, piped.declaration.digest, 'the same hosts, the same digest');
  t.match(await declareList('-', { ...options, input: input('127.0.0.1\n', '10.20.4\n') }), {
    ok: false,
    mistakes: [{ file: 'standard input', line: 2, column: 1, at: '10.20.4' }],
  });
  t.match(await declareList('-', { ...options, input: input('') }), { ok: false, mistakes: [{ message: /empty/ }] });
  const endless = Readable.from(
    (function* () {
      for (;;) yield Buffer.from('127.0.0.1\n'.repeat(10_000));
    })(),
  );
  const long = await declareList('-', { ...options, input: endless });
  t.match(long, { ok: false, mistakes: [{ file: 'standard input', message: /5 MB/, instead: /file/ }] });
  t.equal(long.ok || long.mistakes.length, 1);
});

t.test('a list is not taken for a targets file, nor a targets file for a list', async (t) => {
  const path = folderOf(t, {
    'hosts.txt': '# ours\n127.0.0.1\n127.0.0.2-9\n\nes.acme.example # old\n',
    'urls.txt': 'http://127.0.0.1:9200\n',
    'targets.yaml': 'targets: [{ id: a, hosts: 127.0.0.1 }]\ninclude: hosts.txt\n',
  });
  for (const name of ['hosts.txt', 'urls.txt'])
    t.match(await readTargets(path(name), { now: today }), {
      ok: false,
      mistakes: [{ line: 1, message: /list of hosts/, instead: /-l / }],
    });
  t.match(await readTargets(path('targets.yaml'), { now: today }), {
    ok: false,
    mistakes: [{ line: 2, at: 'hosts.txt', instead: /hostsFrom/ }],
  });
  const turned = await declareList(path('targets.yaml'), { now: today });
  t.match(turned, { ok: false, mistakes: [{ line: 1, message: /targets file/ }] });
  t.equal(turned.ok || turned.mistakes.length, 1);
  const table = await declareList('-', { now: today, input: input('Host,Port\n', '127.0.0.1,9200\n'.repeat(50)) });
  t.match(table, { ok: false, mistakes: [{ line: 1, message: /table/, instead: /include:/ }] });
  t.equal(table.ok || table.mistakes.length, 1);
  t.match(await declareList('-', { now: today, input: input('127.0.0.1 es1\n') }), {
    ok: false,
    mistakes: [{ line: 1, instead: /one host on each line/ }],
  });
  t.match(await declareList(path('none.txt'), { now: today }), {
    ok: false,
    mistakes: [{ file: '-l', message: /no such file/ }],
  });
});
