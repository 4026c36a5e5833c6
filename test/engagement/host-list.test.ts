// Long lists of hosts: how far they are read.
import t from 'tap';
import { bytesSource, readHostList } from '../../src/engagement/host-list.js';
import { mistakeList } from '../../src/engagement/mistake.js';
import { messages } from '../../src/messages/index.js';

t.test('a list that is wrong throughout is not read to its end', async (t) => {
  const mistakes = mistakeList();
  // It has no end.
  const source = {
    chunks: async function* () {
      for (;;) yield await Promise.resolve(Buffer.from('not a host\n'.repeat(10)));
    },
    stamp: () => Promise.resolve(''),
  };
  await readHostList(source, 'hosts.txt', mistakes, () => null);
  t.ok(mistakes.isFull());
});

t.test('a list in another encoding is said to be that, once', async (t) => {
  for (const encoding of ['latin1', 'utf16le'] as const) {
    const mistakes = mistakeList();
    const bytes = Buffer.from('bücher.example\nmüller.example\n', encoding);
    await readHostList(bytesSource(bytes), 'hosts.txt', mistakes, () => null);
    t.match(mistakes.found, [{ line: 1, instead: /save it as UTF-8/ }], encoding);
    t.equal(mistakes.found.length, 1, encoding);
  }
});

t.test('what is more than a host is advised as a list has it', async (t) => {
  const { hostAlone, oneOnALine } = messages().targets.lists;
  const advice = async (line: string) => {
    const mistakes = mistakeList();
    await readHostList(bytesSource(Buffer.from(`${line}\n`)), 'hosts.txt', mistakes, () => null);
    return mistakes.found.map(({ instead }) => instead);
  };
  for (const line of [
    'localhost:9200',
    'http://localhost:9200',
    '127.0.0.1:9200',
    '[::1]:9200',
    'es.acme.example:9200-9205',
    '127.0.0.1:9200/es',
    '127.0.0.1/es',
    'es.acme.example/_dashboards/',
  ])
    t.same(await advice(line), [hostAlone], line);
  t.same(await advice('127.0.0.1 9200'), [oneOnALine]);
  for (const line of ['10.0.0.0/33', '10.0.0.0/255.255.0.0', 'fe80::1%eth0'])
    t.notMatch(await advice(line), [hostAlone], line);
});

t.test('lines end in LF, CRLF or a bare CR, wherever a chunk ends', async (t) => {
  for (const end of ['\n', '\r\n', '\r'])
    for (let size = 1; size < 40; size += 1) {
      const mistakes = mistakeList();
      const bytes = Buffer.from(['a.example', '', 'b.example', 'not a host', 'c.example', ''].join(end));
      const source = {
        chunks: async function* () {
          for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
        },
        stamp: () => Promise.resolve(''),
      };
      const list = await readHostList(source, 'hosts.txt', mistakes, () => null);
      const what = `${JSON.stringify(end)} in chunks of ${size}`;
      t.match(mistakes.found, [{ line: 4, column: 1, at: 'not a host' }], what);
      t.match(list, { singles: 3 }, what);
    }
});
