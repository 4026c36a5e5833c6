import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { keysFolder, maskKey } from '../../src/store/mask-key.js';

t.test('reports that are made at the same time have one key', async (t) => {
  const folder = t.testdir({});
  for (let round = 0; round < 20; round += 1) {
    const keys = await Promise.all(Array.from({ length: 12 }, () => maskKey(`E${round}`, join(folder, 'a', 'keys'))));
    t.equal(new Set(keys).size, 1);
    t.match(keys[0], /^[0-9a-f]{64}$/);
  }
  t.equal(readdirSync(join(folder, 'a', 'keys')).length, 20, 'nothing else is left there');
});

t.test('a key that is there is read where nothing can be written', async (t) => {
  const folder = t.testdir({ keys: {} });
  const key = await maskKey('E', join(folder, 'keys'));
  chmodSync(join(folder, 'keys'), 0o500);
  const again = await maskKey('E', join(folder, 'keys')).finally(() => chmodSync(join(folder, 'keys'), 0o700));
  t.equal(again, key);
});

t.test('what is wrong with a key is said with its path', async (t) => {
  const folder = t.testdir({ file: '', 'damaged.key': 'abc\n' });
  chmodSync(join(folder, 'damaged.key'), 0o600);
  await t.rejects(maskKey('damaged', folder), { name: 'UserMistake', message: /damaged\.key is damaged/ });
  await t.rejects(maskKey('E', join(folder, 'file')), { name: 'UserMistake', message: /E\.key: .*LEFTOPEN_KEYS/ });
  await maskKey('open', folder);
  chmodSync(join(folder, 'open.key'), 0o640);
  await t.rejects(maskKey('open', folder), { name: 'UserMistake', message: /chmod 600/ });
  t.match(readFileSync(join(folder, 'damaged.key'), 'utf8'), 'abc', 'it is left as it is');
});

t.test('where keys are', (t) => {
  t.equal(keysFolder({ LEFTOPEN_KEYS: '/keys', XDG_CONFIG_HOME: '/config' }), '/keys');
  t.equal(keysFolder({ XDG_CONFIG_HOME: '/config' }), join('/config', 'leftopen', 'keys'));
  t.match(keysFolder({}), /leftopen/);
  t.end();
});
