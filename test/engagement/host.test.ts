import t from 'tap';
import {
  carried,
  isLoopback,
  parseRange,
  readAddress,
  writeAddress,
  writeRange,
  type Range,
} from '../../src/engagement/address.js';
import { parseHosts, parseScopeEntry, parseSingle, type Hosts } from '../../src/engagement/host.js';
import { mask } from '../../src/engagement/mistake.js';
import { nearest } from '../../src/text/nearest.js';
import { parseBasePath, parsePorts, parseUrl } from '../../src/engagement/url.js';

function range(text: string): Range {
  const parsed = parseRange(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
}

function hosts(text: string): Hosts {
  const parsed = parseHosts(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
}

t.test('a range that is written as advised is right', (t) => {
  for (const text of [
    '10.0.0.9/33',
    '10.0.0.9/',
    '10.0.0.9/x',
    '10.0.0.9/24',
    '2001:db8::9/129',
    '2001:db8::9/64',
    '[2001:db8::9]/x',
    '::ffff:10.0.0.9/24',
  ]) {
    const parsed = parseRange(text);
    const advised = parsed.ok ? undefined : /\S+\/\d+/.exec(parsed.instead)?.[0];
    t.ok(advised !== undefined && parseRange(advised).ok, `${text}: ${advised}`);
  }
  t.end();
});

t.test('addresses in every spelling, and texts that are not addresses', (t) => {
  for (const [text, canonical] of [
    ['192.0.2.10', '192.0.2.10'],
    ['0.0.0.0', '0.0.0.0'],
    ['255.255.255.255', '255.255.255.255'],
    ['2001:DB8:0:0:0:0:0:10', '2001:db8::10'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['::', '::'],
    ['::1', '::1'],
    ['::ffff:192.0.2.10', '192.0.2.10'],
    ['::FFFF:c000:20a', '192.0.2.10'],
    ['0:0:0:0:0:ffff:192.0.2.10', '192.0.2.10'],
    ['64:ff9b::192.0.2.10', '64:ff9b::c000:20a'],
    ['::192.0.2.10', '::c000:20a'],
  ] as const) {
    const address = readAddress(text);
    t.equal(address === null ? null : writeAddress(address), canonical, text);
  }
  for (const text of [
    '',
    '1',
    '1.2.3',
    '127.1',
    '010.0.0.1',
    '0x7f.1',
    '1.2.3.4.5',
    '1.2.3.256',
    '1.2.3.-4',
    ' 1.2.3.4',
    '1.2.3.4 ',
    '1.2.3.4/32',
    '::g',
    ':::',
    '1::2::3',
    'fe80::1%eth0',
    '::ffff:010.0.0.1',
    '[::1]',
    '2130706433',
    'localhost',
  ]) {
    t.equal(readAddress(text), null, text);
  }
  t.end();
});

t.test('ranges', (t) => {
  t.equal(writeRange(range('::ffff:10.0.0.0/104')), '10.0.0.0/8', 'an IPv4-mapped range is its IPv4 range');
  for (const [text, inner] of [
    ['64:ff9b::127.0.0.1', '127.0.0.1'],
    ['2002:7f00:1::', '127.0.0.1'],
    ['::127.0.0.1', '127.0.0.1'],
    ['2001:db8::1', null],
    ['::1', null],
  ] as const) {
    const address = readAddress(text);
    const found = address === null ? null : carried(address);
    t.equal(found === null ? null : writeAddress(found), inner, `what ${text} carries`);
    t.equal(address !== null && isLoopback(address), text === '::1');
  }
  t.end();
});

t.test('hosts by their canonical text', (t) => {
  for (const [text, canonical] of [
    ['ES.Acme.Example', 'es.acme.example'],
    ['es.acme.example.', 'es.acme.example'],
    ['localhost.', 'localhost'],
    ['LOCALHOST', 'localhost'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['BÜCHER.example.', 'xn--bcher-kva.example'],
    ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
    ['under_score.acme.example', 'under_score.acme.example'],
    ['a', 'a'],
    ['4chan.example', '4chan.example'],
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['[2001:DB8::1]', '2001:db8::1'],
    ['10.0.0.1/32', '10.0.0.1'],
    ['2001:db8::1/128', '2001:db8::1'],
  ] as const) {
    const parsed = parseHosts(text);
    t.equal(parsed.ok && parsed.value.kind === 'single' ? parsed.value.text : null, canonical, text);
  }
  for (const text of [
    '-a.example',
    'a-.example',
    '.a',
    'a..b',
    'xn--a',
    'xn--a-',
    'es.xn--zzzzzz.example',
    'a%2eb',
    'a\u0000b',
    'a:b',
    '1.2.3.4.5',
    'a.1',
    'a/b',
    '*',
    '*.a',
    'a,b',
    'a|b',
    "a'b",
    'a\tb',
    '[::1',
    '１２７.0.0.1',
  ]) {
    t.notOk(parseHosts(text).ok, text);
  }
  t.notOk(parseSingle('10.0.0.0/24').ok, 'a range is not a single host');
  t.end();
});

t.test('numbered patterns', (t) => {
  const padded = hosts('es-[08-11].ACME.example');
  if (padded.kind !== 'numbered') throw new Error('not numbered');
  t.same(
    Array.from({ length: padded.size }, (_, position) => padded.at(position)),
    ['es-08.acme.example', 'es-09.acme.example', 'es-10.acme.example', 'es-11.acme.example'],
  );
  for (const yes of ['es-08.acme.example', 'es-11.acme.example']) t.ok(padded.has(yes), yes);
  for (const no of [
    'es-8.acme.example',
    'es-07.acme.example',
    'es-12.acme.example',
    'es-008.acme.example',
    'es-08xacme.example',
    'xes-08.acme.example',
    'es-08.acme.example.x',
  ]) {
    t.notOk(padded.has(no), no);
  }
  const two = hosts('r[1-2]-n[9-10]');
  if (two.kind !== 'numbered') throw new Error('not numbered');
  const all = Array.from({ length: two.size }, (_, position) => two.at(position));
  t.same(all, ['r1-n9', 'r1-n10', 'r2-n9', 'r2-n10']);
  t.ok(all.every((name) => two.has(name)));
  t.notOk(two.has('r1-n09'));
  t.end();
});

t.test('entries of the scope', (t) => {
  const below = parseScopeEntry('*.Acme.Example.');
  t.equal(below.ok && below.value.text, '*.acme.example');
  t.ok(parseScopeEntry('0.0.0.0/0').ok, 'any width');
  t.ok(parseScopeEntry('::/0').ok);
  for (const text of ['*', 'a.*', '*.*.a', '*a.example', '*.', 'http://a/b', '10.0.0.1/8'])
    t.notOk(parseScopeEntry(text).ok, text);
  t.end();
});

t.test('URLs, ports and base paths', (t) => {
  for (const [text, scheme, host, port, basePath] of [
    ['http://127.0.0.1', 'http', '127.0.0.1', 80, ''],
    ['HTTPS://ES.acme.example/', 'https', 'es.acme.example', 443, ''],
    ['http://[::1]:9200/es/', 'http', '::1', 9200, '/es'],
    ['https://a.example:5601/_dashboards', 'https', 'a.example', 5601, '/_dashboards'],
    ['http://a.example:9200/_plugin/kopf', 'http', 'a.example', 9200, '/_plugin/kopf'],
  ] as const) {
    const parsed = parseUrl(text);
    t.match(parsed, { ok: true, value: { scheme, host: { text: host }, port, basePath } }, text);
  }
  for (const text of [
    'http://',
    'http:///a',
    'http://a:',
    'http://a:+1',
    'http://a:1e3',
    'http://a:9200 ',
    'http://a b',
    'http://a#x',
    'http://[::1',
    'http://::1',
    'http://a,b',
    'http://a\\b',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'http://a/%2e%2e',
    'http://a/_all',
    'http://a/_Dashboards',
  ]) {
    t.notOk(parseUrl(text).ok, text);
  }
  t.match(parsePorts('standard'), { value: [443, 5601, 9200, 9201] });
  t.match(parsePorts('9200-9202'), { value: [9200, 9201, 9202] });
  t.same(parsePorts('9200,5601'), { ok: true, value: [9200, 5601] });
  t.same(parsePorts('9200, 9200-9201; 443 '), { ok: true, value: [9200, 9201, 443] });
  t.same(parsePorts('9200 - 9201'), { ok: true, value: [9200, 9201] });
  t.same(parsePorts('standard,9300'), { ok: true, value: [443, 5601, 9200, 9201, 9300] });
  for (const text of ['', '-1', '1-', '65536', '9200-9100', '1-200', '0x50', '９２００'])
    t.notOk(parsePorts(text).ok, text);
  t.match(parseBasePath('/a.b/c~d-e'), { value: '/a.b/c~d-e' });
  const proxied = '/api/v1/namespaces/logging/services/https:es:9200/proxy';
  t.match(parseBasePath(proxied), { value: proxied });
  t.match(parseUrl(`https://k8s.acme.example:6443${proxied}`), { ok: true, value: { basePath: proxied } });
  for (const text of [
    '/a;b',
    '/a+b',
    '/<a>',
    '/a*',
    '/a\u0000',
    `/${'a'.repeat(201)}`,
    '/.',
    '/a/..',
    '/ä',
    '/_',
    '/__a',
  ])
    t.notOk(parseBasePath(text).ok, text);
  t.end();
});

t.test('no secret and no wrong advice in an error message', (t) => {
  for (const [text, masked] of [
    ['http://u:p@h/x', 'http://[REDACTED]@h/x'],
    ['http://u:p@ss/w?rd#1@h', 'http://[REDACTED]@h'],
    ['u:s3cret@h', '[REDACTED]@h'],
    ['http://u\n:s3cret@h', 'http://u\n:[REDACTED]@h'],
    ['http://u`:s3cret@h', 'http://[REDACTED]@h'],
    ['jane@acme.example', 'jane@acme.example'],
    ['http://h/?a=b&c=d', 'http://h/?a=[REDACTED]&c=[REDACTED]'],
  ] as const) {
    t.equal(mask(text), masked);
  }
  t.equal(nearest('taget', ['targets', 'target', 'owner']), 'target');
  t.equal(nearest('tragets', ['targets']), 'targets', 'a swap is one step');
  t.equal(nearest('ab', ['xy']), null);
  t.equal(nearest('owner', ['notes']), null);
  t.end();
});
