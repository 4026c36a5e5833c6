// What the system denies is the user's to put right; a full disk is not, and a file that is missing means something else each time.
import t from 'tap';
import { errorCode, reading, Unreadable } from '../../src/store/mistake.js';

/** An error of the system. */
function failing(code: string): () => Promise<never> {
  return () => Promise.reject(Object.assign(new Error(`${code}: x`), { code }));
}

t.test('a denial names the path and keeps its code', async (t) => {
  for (const [code, words] of [
    ['EACCES', 'permission is denied'],
    ['EPERM', 'permission is denied'],
    ['EISDIR', 'the path is a folder'],
    ['ENOTDIR', 'a part of the path is not a folder'],
  ] as const) {
    await t.rejects(reading('a/run.json', failing(code)), {
      name: 'UserMistake',
      message: `a/run.json cannot be read: ${words}`,
      code,
    });
  }
});

t.test('other errors stay as they are', async (t) => {
  for (const code of ['ENOENT', 'ENOSPC', 'EIO', 'EMFILE']) {
    const error: unknown = await reading('x', failing(code)).catch((one: unknown) => one);
    t.notOk(error instanceof Unreadable, code);
    t.equal(errorCode(error), code);
  }
  const inner = new Unreadable('inner', 'EISDIR');
  await t.rejects(
    reading('outer', () => Promise.reject(inner)),
    { message: /^inner / },
  );
});
