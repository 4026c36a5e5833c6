// Long lists of hosts: how far they are read.
import t from 'tap';
import { bytesSource, readHostList } from '../../src/engagement/host-list.js';
import { mistakeList } from '../../src/engagement/mistake.js';

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
