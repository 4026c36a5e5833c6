// A second language for tests: every text of the catalogue in letters that no other text has.

import { en, type Texts } from '../../src/report/texts/en.js';
import { inOtherLetters } from './other-language.js';

/** The kinds of pieces of a sentence whose text is the catalogue's own, and not a file, a command or an address. */
const ownText: ReadonlySet<unknown> = new Set(['text', 'strong', 'quiet', 'link']);

function translated(value: unknown, change: (words: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (typeof value === 'function') return inOtherWords(value, change);
  if (Array.isArray(value)) return value.map((one) => translated(one, change));
  if (typeof value !== 'object' || value === null) return value;
  if ('kind' in value && 'text' in value)
    return ownText.has(value.kind) ? { ...value, text: translated(value.text, change) } : value;
  return inOtherWords(value, change);
}

/** The same keys and functions with other texts. */
export function inOtherWords<Part extends object>(
  part: Part,
  change: (words: string) => string = inOtherLetters,
): Part {
  return new Proxy(part, {
    get: (target, key): unknown => translated(Reflect.get(target, key), change),
    apply: (target, self, given): unknown =>
      typeof target === 'function' ? translated(Reflect.apply(target, self, given), change) : undefined,
  });
}

/** The same record with its sentences in other letters: what is English then is not the record's. */
export function withoutSentences<Part extends object>(record: Part): Part {
  return inOtherWords(record, (words) => (/[a-z] +[a-z]/i.test(words) ? inOtherLetters(words) : words));
}

/** The comments of a block to copy: what words are in it. The rest is the same in every language. */
export function commentsIn(block: string): string {
  return block.match(/(?<=^|\s)# .*/gm)?.join('\n') ?? '';
}

/** The catalogue in the other language. */
export const other: Texts = inOtherWords(en);
