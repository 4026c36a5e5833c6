import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { readContents } from '../../src/history/file.js';
import type { PastPlace } from '../../src/model/history.js';

t.test('contents beyond what memory holds are said to be too much, and never nothing', async (t) => {
  const file = join(t.testdir({}), 'history.jsonl');
  const place = (name: string): PastPlace => ({
    place: name,
    checks: [],
    contents: [{ address: '192.0.2.1', uuid: name, at: '2026-11-01T02:00:00.000Z', indices: [] }],
  });
  const places: readonly PastPlace[] = [place('a'), { place: 'b', checks: [] }, place('c'), place('d')];
  writeFileSync(file, places.map((one) => `${JSON.stringify(one)}\n`).join(''));
  const held = (most?: number) => readContents(file, most);
  const [all, some, none] = [await held(), await held(2 * JSON.stringify(places[0]?.contents).length), await held(0)];
  t.match(
    ['a', 'c', 'd'].map((name) => all(name)),
    [[{ uuid: 'a' }], [{ uuid: 'c' }], [{ uuid: 'd' }]],
  );
  t.match(['a', 'c'].map(some), [[{ uuid: 'a' }], [{ uuid: 'c' }]]);
  t.equal(some('d'), 'too-much');
  t.strictSame(['a', 'b', 'c', 'd'].map(none), ['too-much', [], 'too-much', 'too-much']);
});
