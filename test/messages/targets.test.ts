// In another language, nothing that is wrong with targets files, lists, inventories and URLs is said in English.
import { Readable } from 'node:stream';
import t, { type Test } from 'tap';
import { declareList, declareUrls, readTargets, type Mistake, type ReadResult } from '../../src/engagement/index.js';
import { largestFile } from '../../src/engagement/document.js';
import { DeclarationChanged } from '../../src/engagement/host-list.js';
import { parseHosts, parseScopeEntry, parseSingle } from '../../src/engagement/host.js';
import { formatMistakes, mistakeList, type Parsed } from '../../src/engagement/mistake.js';
import { parseBasePath, parsePorts, parseUrl } from '../../src/engagement/url.js';
import { parseDay, parseInstant, parseTimeZone, parseWeekly } from '../../src/engagement/window.js';
import { messages } from '../../src/messages/index.js';
import { inScope, rows, slips, target, withHosts } from '../engagement/mistaken.js';
import { engagement, folderOf, read, today } from '../engagement/support.js';
import { englishIn, speakOtherLanguage } from '../support/other-language.js';

/** Facts of two words in a row, which are the same in every language: examples of names and notes, and ids. */
const facts = /Hosting GmbH|Jean Martin|Jeanne Moreau|letter of|public wallboard in the lobby|phone number/g;

/** English in what is said of mistakes, which must be some. */
function englishOf(t: Test, name: string, mistakes: readonly Pick<Mistake, 'message' | 'instead'>[]): void {
  t.not(mistakes.length, 0, `${name}: there is a mistake`);
  const said = mistakes.map(({ message, instead }) => `${message}; ${instead}`.replace(facts, ''));
  t.same(said.flatMap(englishIn), [], name);
}

function mistakesOf(result: ReadResult): readonly Mistake[] {
  return result.ok ? [] : result.mistakes;
}

t.test('a targets file', async (t) => {
  speakOtherLanguage(t);
  const seen = new Set<string>();
  for (const [name, yaml] of rows) {
    const mistakes = mistakesOf(await read(t, yaml.replace(/[▶◀]/g, '')));
    for (const { message } of mistakes) seen.add(message);
    englishOf(t, name, mistakes);
  }
  t.ok(seen.size > 120, 'they say many different things');
});

t.test('files that it names', async (t) => {
  speakOtherLanguage(t);
  const files = {
    'list.txt': '127.0.0.1\nhttp://127.0.0.2\n127.0.0.3 es1\n',
    'table.txt': 'Host,Port\n127.0.0.1,9200\n',
    'binary.txt': 'a\0b\n',
    'long.txt': `${'a'.repeat(2000)}\n`,
    'empty.txt': '',
    'targets.txt': 'targets: []\n',
    'latin.yaml': Buffer.from([0x61, 0xe9, 0x0a]),
    'again.yaml': 'engagement: { id: B }\nowners: { a: {} }\ninclude: targets.yaml\n',
    'empty.csv': '',
    'header.csv': 'H,A\n',
    'wide.csv': 'H,A\n127.0.0.1,127.0.0.1,x\n,,\nx,\n"127.0.0.1 127.0.0.2","127.0.0.1,127.0.0.2,127.0.0.3"\n,es1\n',
    'open.csv': 'H,A\n"127.0.0.1\n',
    'tabs.csv': 'H\tA\n127.0.0.1\t127.0.0.1\n',
    'twice.csv': 'H,H,A\n127.0.0.1,,\n',
  };
  const columns = 'columns: { host: H, address: A }';
  const yaml = (text: string): string => `owners: { a: {} }\n${text}`;
  for (const [name, text] of [
    ...['list.txt', 'table.txt', 'binary.txt', 'long.txt', 'empty.txt', 'targets.txt', 'none.txt', '.'].map(
      (name) => [name, `targets: [{ id: a, hostsFrom: ${name} }]\n`] as const,
    ),
    ...['list.txt', 'latin.yaml', 'again.yaml', 'none.yaml', 'plain.csv', '.'].map(
      (name) => [`include ${name}`, yaml(`include: [${name}, ${name}]\n`)] as const,
    ),
    ...['empty.csv', 'header.csv', 'wide.csv', 'open.csv', 'tabs.csv', 'twice.csv', 'none.csv'].map(
      (name) => [name, `include: { csv: ${name}, ${columns} }\n`] as const,
    ),
    ['other columns', 'include: { csv: header.csv, columns: { host: Hots, notes: zzzzzzz } }\n'],
    ['no columns', 'include: { csv: header.csv, columns: { notes: A } }\n'],
    ['certificates', `tls: { authorities: list.txt, clientCertificate: { certificate: list.txt, key: x } }\n${target}`],
    ['accepted risks', `acceptedFrom: targets.txt\n${target}`],
  ] as const)
    englishOf(t, name, mistakesOf(await read(t, text, { files })));
});

t.test('the command line', async (t) => {
  speakOtherLanguage(t);
  const path = folderOf(t, {
    'far.txt': '10.0.0.1\n',
    'covered.yaml': `${engagement()}targets: [{ id: a, hosts: 192.0.2.1 }]\n`,
    'two.yaml': `${engagement().replace(/ {2}vantage:.*/, '  vantage: [{ name: ab, exposure: host }, { name: cd, exposure: host }]')}${target}`,
    'latin.yaml': Buffer.from([0x61, 0xe9, 0x0a]),
    'large.yaml': Buffer.alloc(largestFile + 1, '#'),
  });
  const now = { now: today };
  const urls = ['es', 'es:9200', 'http://u:p@h', 'ftp://h', 'http://10.0.0.1', 'http://10.20.4', 'http://10.20.4.9-1'];
  const endless = Readable.from([Buffer.alloc(largestFile + 1, '\n')]);
  for (const [name, result] of [
    ...(await Promise.all(urls.map(async (url) => [url, await declareUrls([url], now)] as const))),
    ['no file', await readTargets('none.yaml', now)],
    ['an endpoint', await readTargets('127.0.0.1:9200', now)],
    ['addresses', await readTargets('10.20.4.1-50', now)],
    ['a list', await readTargets(path('far.txt'), now)],
    ['a folder', await readTargets(path('.'), now)],
    ['bytes', await readTargets(path('latin.yaml'), now)],
    ['too much', await readTargets(path('large.yaml'), now)],
    ['a list without an engagement', await declareList(path('far.txt'), now)],
    ['a list that is not covered', await declareList(path('far.txt'), { ...now, engagement: path('covered.yaml') })],
    ['a list with --target', await declareList(path('far.txt'), { ...now, targets: ['a'] })],
    ['a targets file as a list', await declareList(path('covered.yaml'), now)],
    ['an endless list', await declareList('-', { ...now, input: endless })],
    ['--target', await readTargets(path('covered.yaml'), { ...now, targets: ['b'] })],
    ['--full-addresses', await readTargets(path('covered.yaml'), { ...now, fullAddresses: true })],
    ['two vantages', await readTargets(path('two.yaml'), now)],
    ...(await Promise.all(
      ['abc', 'zzzzzz', 'a/b:host', 'ab:hots', 'ab:host:x'].map(
        async (vantage) => [vantage, await readTargets(path('two.yaml'), { ...now, vantage })] as const,
      ),
    )),
  ] as const)
    englishOf(t, name, mistakesOf(result));
});

t.test('single texts', (t) => {
  speakOtherLanguage(t);
  const wrong = <T>(name: string, read: (text: string) => Parsed<T>, texts: readonly string[]): void => {
    for (const text of texts) {
      const result = read(text);
      englishOf(t, `${name} ${text}`, result.ok ? [] : [result]);
    }
  };
  const spelled = slips.map(([text]) => text);
  wrong('host', parseHosts, spelled);
  wrong('host', parseHosts, [
    ...['', 'a'.repeat(501), 'u@h', 'http://h', ' es ', 'e s', '-a', '*.a', '1-255.0-255.0-255.0-255', '::/1'],
    ...['10.0-255.0-255.1,3', '::g', 'es-[2-1]', 'es-[1-012]', 'es-[a-c]', 'es-[1-2', 'es-[1-2][3-4]', 'ä-[1-2]'],
    ...['es-[1-2]*', 'es-[1-200000]', '[1-2].1', '１.[1-2]'],
  ]);
  wrong('single', parseSingle, ['10.0.0.0/24']);
  wrong('scope', parseScopeEntry, ['*', '*.10.0.0.1', 'a.*']);
  wrong('URL', parseUrl, ['a', 'http://a,b', 'http://::1', 'http://es-[1-2]', 'http://10.0.0.1-9', 'http://a:x']);
  wrong('ports', parsePorts, ['x', 'standart', '2-1', '1-200', '0']);
  wrong('path', parseBasePath, [
    'a',
    'http://h/a',
    '/a?b',
    '/%',
    '//a',
    '/..',
    '/_all',
    '/a:1',
    '/ä',
    `/${'a'.repeat(201)}`,
  ]);
  wrong('zone', parseTimeZone, ['Paris', 'Europe/Pari', '+02:00']);
  wrong('day', parseDay, ['x', '2026-02-30']);
  wrong('instant', (text) => parseInstant(text, 'UTC', 'to'), ['x', '2026-11-30T25:00', '2026-11-30T20:00+99:00']);
  wrong('hours', parseWeekly, ['!', 'Mon 25:00-26:00', 'Mon 20:00-20:00', 'Mo']);
  t.end();
});

t.test('around the mistakes', (t) => {
  speakOtherLanguage(t);
  const list = mistakeList();
  for (let count = 0; count < 1000; count++)
    list.add({ file: 'f', line: 1, column: 1, at: '' }, messages().targets.yaml.duplicateKey);
  t.same(englishIn(formatMistakes(list.found)), []);
  t.same(englishIn(new DeclarationChanged('f').message), []);
  t.end();
});

t.test('in English there are sentences', async (t) => {
  const mistakes = [
    ...mistakesOf(await read(t, withHosts('10.0.0.1'))),
    ...mistakesOf(await read(t, inScope('scope: { include: [10.0.0.0/8, *.acme.example] }'))),
  ];
  for (const { message, instead } of mistakes) t.not(englishIn(`${message}; ${instead}`).length, 0, message);
});
