import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { makeFolder } from '../../src/store/files.js';

t.test('a folder that others make at the same time is made', async (t) => {
  const folder = t.testdir({});
  for (let round = 0; round < 20; round += 1) {
    const deep = join(folder, String(round), 'a', 'b', 'c');
    await Promise.all(Array.from({ length: 12 }, (_, at) => makeFolder(join(deep, String(at % 3)))));
    t.same(readdirSync(deep).sort(), ['0', '1', '2']);
  }
});

t.test('where nothing can be made, it ends with the reason', async (t) => {
  const folder = t.testdir({ file: '' });
  await t.rejects(makeFolder(join(folder, 'file', 'below', 'it')), { code: 'ENOTDIR' });
  // A folder that exists and says of everything in it that it does not.
  if (existsSync('/proc/self')) await t.rejects(makeFolder('/proc/none/below'), { code: 'ENOENT' });
});
