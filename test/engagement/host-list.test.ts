// Long lists of hosts: how far they are read.
import t from 'tap';
import { readHostList } from '../../src/engagement/host-list.js';
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
