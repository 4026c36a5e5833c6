// A second language of messages for tests: every message in letters that no other text has, the facts in it as they are.
import { en } from '../../src/messages/en/index.js';
import { useMessages, type Messages } from '../../src/messages/index.js';

/** ASCII letters as full-width letters, but for the facts in a text. */
export function inOtherLetters(words: string, facts: readonly string[] = []): string {
  const kept = facts.toSorted((a, b) => b.length - a.length).map((fact) => fact.replace(/[^\w\s]/g, String.raw`\$&`));
  return words
    .split(new RegExp(`(${['(?!)', ...kept].join('|')})`))
    .map((part, i) =>
      i % 2 === 1 ? part : part.replace(/[a-z]/gi, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
    )
    .join('');
}

/** The texts in what a message is given. One letter would be found everywhere. */
function textsIn(given: unknown): readonly string[] {
  if (typeof given === 'string') return given.length > 1 ? [given] : [];
  return typeof given === 'object' && given !== null ? Object.values(given).flatMap(textsIn) : [];
}

function translated(value: unknown, facts: readonly string[]): unknown {
  if (typeof value === 'string') return inOtherLetters(value, facts);
  if (Array.isArray(value)) return value.map((one) => translated(one, facts));
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
    ? inOtherLanguage(value, facts)
    : value;
}

function inOtherLanguage<Part extends object>(part: Part, facts: readonly string[]): Part {
  return new Proxy(part, {
    get: (target, key): unknown => translated(Reflect.get(target, key), facts),
    apply: (target, self, given): unknown =>
      typeof target === 'function' ? translated(Reflect.apply(target, self, given), given.flatMap(textsIn)) : undefined,
  });
}

const other: Messages = inOtherLanguage(en, []);

/** Has these messages in use, of English or of the other language, until something else is said. */
export function speak(language: 'english' | 'other'): void {
  useMessages(language === 'english' ? en : other);
}

/** Has the messages of the other language in use until the test ends. */
export function speakOtherLanguage(t: { after(done: () => void): void }): void {
  speak('other');
  t.after(() => speak('english'));
}

/** English in a text: two words in a row, with what follows them. */
export function englishIn(text: string): readonly string[] {
  return text.match(/[a-z]{2,} [a-z]{2,}[^\n]*/gi) ?? [];
}
