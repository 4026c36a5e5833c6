// The lint rule of plain words: it finds each listed word in texts for people, Markdown and comments, and nowhere else.
import markdown from '@eslint/markdown';
import { Linter } from 'eslint';
import t from 'tap';
import tseslint from 'typescript-eslint';
import * as yaml from 'yaml-eslint-parser';

import plainWords from '../scripts/words/rule.js';

const house = { rules: { 'plain-words': plainWords } };

function found(text: string, filename: string, mode = 'texts'): string[] {
  const config: Linter.Config[] = [
    { files: ['**/*.ts'], languageOptions: { parser: tseslint.parser } },
    { files: ['**/*.yaml'], languageOptions: { parser: yaml } },
    { files: ['**/*.md'], plugins: { markdown }, language: 'markdown/gfm' },
    { files: ['**/*'], plugins: { house }, rules: { 'house/plain-words': ['error', mode] } },
  ];
  return new Linter()
    .verify(text, config, filename)
    .map(({ line, message }) => `${line} ${message.split(' (house')[0] ?? ''}`);
}

t.test('a listed word fails wherever people read it, and the message says what to write instead', (t) => {
  for (const [text, filename] of [
    ['// Mended in 8.1.', 'a.ts'],
    ['/** It is fixed.\n * Or mended. */', 'a.ts'],
    ["say('the version that was mended');", 'a.ts'],
    ['say(`mended in ${version}`);', 'a.ts'],
    ['Mended in 8.1.', 'a.md'],
    ['| version |\n| - |\n| mended |', 'a.md'],
    ['a: 1 # mended', 'a.yaml'],
  ] as const)
    t.match(found(text, filename), [/^\d "mended": write fix$/i], text);
  t.match(found('// for want\n// of a login', 'a.ts'), [/^1 "for want of": write without/], 'over a line break');
  t.end();
});

t.test('code, names, addresses and other words with the same letters pass', (t) => {
  for (const [text, filename] of [
    ['const door = mended;', 'a.ts'],
    ["role = 'door';", 'a.ts'],
    ['// The role `door` of a check, {@link openDoor}, https://mended.example/door', 'a.ts'],
    ['// a recommended stand-in; there is none, there is no doorway', 'a.ts'],
    ['It stands for a name. It is no longer open. A whole number.', 'a.md'],
    ['Run `mend`.\n\n```sh\nmend the door\n```', 'a.md'],
    ['See [the list](the-door.md).', 'a.md'],
    ['door: mended', 'a.yaml'],
    ['// strafhöhe', 'a.ts'],
  ] as const)
    t.strictSame(found(text, filename), [], text);
  t.end();
});

t.test('in tests, names, messages and comments are checked, and not what a target says', (t) => {
  const lines = [
    "t.test('a door', () => say('the door that mends'));",
    '// nobody',
    "const row = { name: 'a door', says: 'a door' };",
    "t.equal(said, 'a door', 'it mends');",
    't.ok(said, `${number} doors`);',
    "t.match(said, 'a door');",
  ];
  t.match(found(lines.join('\n'), 'a.ts', 'tests'), [
    /^1 "door"/,
    /^2 "nobody"/,
    /^3 "door"/,
    /^4 "mends"/,
    /^5 "doors"/,
  ]);
  t.equal(found(lines.join('\n'), 'a.ts', 'tests').length, 5);
  t.end();
});
