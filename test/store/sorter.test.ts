import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { firstInMemory, sortersIn } from '../../src/store/sorter.js';
import { all } from '../support/judged.js';

/** Deterministic, and far from sorted. */
function shuffled(n: number): number[] {
  return Array.from({ length: n }, (_, i) => (i * 7919 + 13) % n);
}

t.test('sorts, in memory and through the disk alike', async (t) => {
  const numbers = shuffled(2_000);
  const key = (n: number) => String(n).padStart(6, '0');
  for (const budget of [10_000_000, 60_000, 2_000]) {
    const sorter = sortersIn(t.testdir(), budget)<{ n: number; text: string }>('numbers');
    for (const n of numbers) sorter.add(key(n), { n, text: 'é\n\t"\u2028' });
    const sorted = await all(sorter.sorted());
    t.same(
      sorted.map((entry) => entry.item.n),
      Array.from({ length: 2_000 }, (_, i) => i),
      `budget ${budget}`,
    );
    t.equal(sorted[17]?.item.text, 'é\n\t"\u2028', 'an item comes back as it was');
    t.equal(sorted[17]?.key, key(17));
    t.same(await all(sorter.sorted()), sorted, 'and again');
    sorter.close();
  }
});

t.test('equal keys keep the order they were added in, over more runs than are merged at once', async (t) => {
  const folder = t.testdir();
  const sorter = sortersIn(folder, 200)<number>('equal');
  for (let i = 0; i < 1_000; i += 1) sorter.add(i % 2 === 0 ? 'even' : 'odd', i);
  t.ok(readdirSync(join(folder, '1-equal')).length > 200, 'many runs');
  const sorted = (await all(sorter.sorted())).map((entry) => entry.item);
  t.same(sorted, [
    ...Array.from({ length: 500 }, (_, i) => 2 * i),
    ...Array.from({ length: 500 }, (_, i) => 2 * i + 1),
  ]);
  t.ok(readdirSync(join(folder, '1-equal')).length <= 96, 'few are left');
  sorter.close();
});

t.test('items larger than its buffers, keys of any characters', async (t) => {
  const sorter = sortersIn(t.testdir(), 1_000)<string>('large');
  const large = 'x'.repeat(300_000);
  for (const key of ['b', '\uD83D\uDE00', 'a\tb\nc', 'a', 'é', '']) sorter.add(key, large + key);
  const sorted = await all(sorter.sorted());
  t.same(
    sorted.map((entry) => entry.key),
    ['', 'a', 'a b c', 'b', 'é', '\uD83D\uDE00'],
  );
  t.ok(sorted.every((entry) => entry.item.startsWith(large)));
  sorter.close();
});

t.test('only the owner can read its files, and they are removed with it', async (t) => {
  const folder = join(t.testdir(), 'spill');
  const sorters = sortersIn(folder, 100);
  const [one, two] = [sorters<string>('same'), sorters<string>('same')];
  one.add('k', 'one '.repeat(50));
  two.add('k', 'two '.repeat(50));
  const [file] = readdirSync(join(folder, '1-same'));
  t.equal(statSync(join(folder, '1-same')).mode & 0o777, 0o700);
  t.equal(statSync(join(folder, '1-same', file ?? '')).mode & 0o777, 0o600);
  t.match((await all(two.sorted()))[0]?.item, /^two/, 'two of one name do not meet');
  one.close();
  two.close();
  t.same(readdirSync(folder), []);
});

t.test('nothing is added once it was read', async (t) => {
  const sorter = sortersIn(t.testdir())<number>('late');
  sorter.add('a', 1);
  await all(sorter.sorted());
  t.throws(() => sorter.add('b', 2), /takes no more/);
});

t.test('a folder that cannot be written throws the system’s error', (t) => {
  const folder = join(t.testdir({ file: 'not a folder' }), 'file');
  const sorter = sortersIn(folder, 10)<string>('x');
  t.throws(() => sorter.add('a', 'long enough to spill'), { code: /^(ENOTDIR|EEXIST)$/ });
  t.end();
});

t.test('an item comes back as the text that it was added with', async (t) => {
  for (const budget of [10_000_000, 100]) {
    const sorter = sortersIn(t.testdir(), budget)<{ text: string }>('texts');
    for (const key of ['b', 'a', 'c']) sorter.add(key, { text: '\u202e' }, '{"text":"\\u202e"}');
    for (const { json, item } of await all(sorter.sorted())) {
      t.equal(json, '{"text":"\\u202e"}');
      t.same(item, { text: '\u202e' });
    }
    sorter.close();
  }
});

t.test('reading may stop early', async (t) => {
  const sorter = sortersIn(t.testdir(), 200)<number>('early');
  for (let i = 0; i < 100; i += 1) sorter.add(String(i).padStart(3, '0'), i);
  for await (const { item } of sorter.sorted()) if (item === 3) break;
  t.equal((await all(sorter.sorted())).length, 100);
  sorter.close();
});

t.test('in memory it holds the first in order, and forgets the others', async (t) => {
  const sorter = firstInMemory((name) => (name === 'few' ? 5 : 1_000));
  const few = sorter<number>('few');
  const many = sorter<number>('many');
  for (const value of shuffled(500)) {
    few.add(String(value).padStart(3, '0'), value);
    many.add(String(value).padStart(3, '0'), value);
  }
  t.same(
    await all(few.sorted()),
    [0, 1, 2, 3, 4].map((item) => ({ key: `00${item}`, item, json: String(item) })),
  );
  t.equal((await all(many.sorted())).length, 500);
  few.close();
  many.close();
});
