// A second language for tests: every text of the catalogue in letters that no other text has.

import { en, type Texts } from '../../src/report/texts/en.js';

/** ASCII letters as full-width letters. */
function inOtherLetters(words: string): string {
  return words.replace(/[a-z]/gi, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
}

/** The kinds of pieces of a sentence whose text is the catalogue's own, and not a file, a command or an address. */
const ownText: ReadonlySet<unknown> = new Set(['text', 'strong', 'quiet', 'link']);

function translated(value: unknown): unknown {
  if (typeof value === 'string') return inOtherLetters(value);
  if (typeof value === 'function') return inOtherWords(value);
  if (Array.isArray(value)) return value.map(translated);
  if (typeof value !== 'object' || value === null) return value;
  if ('kind' in value && 'text' in value)
    return ownText.has(value.kind) ? { ...value, text: translated(value.text) } : value;
  return inOtherWords(value);
}

/** The same keys and functions with other texts. */
export function inOtherWords<Part extends object>(part: Part): Part {
  return new Proxy(part, {
    get: (target, key): unknown => translated(Reflect.get(target, key)),
    apply: (target, self, given): unknown =>
      typeof target === 'function' ? translated(Reflect.apply(target, self, given)) : undefined,
  });
}

/** The catalogue in the other language. */
export const other: Texts = inOtherWords(en);
