// The languages: which one is in use, and which one a run keeps.
import t from 'tap';
import { languageId, languageInUse, languageOf, languageVariable } from '../../src/languages/index.js';
import { language as english } from '../../src/languages/en.js';
import { UserMistake } from '../../src/store/mistake.js';

t.beforeEach(() => Reflect.deleteProperty(process.env, languageVariable));
t.after(() => Reflect.deleteProperty(process.env, languageVariable));

t.test('English is in use where no other language is named', async (t) => {
  t.equal(languageInUse(), english);
  t.equal(languageId(), 'en');
  t.equal(languageOf(), english);
  process.env[languageVariable] = '';
  t.equal(languageId('qaa'), 'qaa', 'an empty variable is as none');
});

t.test('a run keeps the language that it was judged in', async (t) => {
  t.equal(languageId('qaa'), 'qaa');
  process.env[languageVariable] = 'en';
  t.equal(languageId('qaa'), 'en', 'unless another one is named');
});

t.test('what a terminal would obey is not shown as it is', async (t) => {
  const id = 'a\n\u001b[31mb\u202e';
  process.env[languageVariable] = id;
  t.throws(() => languageInUse(), { message: /"a \[U\+001B\]\[31mb\[U\+202E\]"/ });
  t.throws(() => languageOf(id), { message: /"a \[U\+001B\]\[31mb\[U\+202E\]"/ });
});

t.test('a language that is not known is a mistake of the user', async (t) => {
  for (const id of ['xx', 'constructor', '__proto__', 'EN']) {
    process.env[languageVariable] = id;
    t.throws(() => languageInUse(), UserMistake, id);
  }
});

t.test('the mistake says what named the language: the variable, or a run of another version', async (t) => {
  process.env[languageVariable] = 'xx';
  t.throws(() => languageInUse(), { message: /^LEFTOPEN_LANGUAGE: there is no language "xx"/ });
  t.throws(() => languageOf('yy'), { message: /^this run is in the language "yy"/ });
});
