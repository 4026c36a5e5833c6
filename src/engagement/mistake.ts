// Mistakes in what the user wrote: collected, masked and printed with line and column.
import { messages } from '../messages/index.js';

/** Where something is that the user wrote. */
export interface Spot {
  /** The file as the user named it, or the name of an argument such as `--vantage`. */
  readonly file: string;
  /** From 1; 0 where it is in an argument, or the file as such, and not in a line. */
  readonly line: number;
  readonly column: number;
  /** The text there. */
  readonly at: string;
}

/** What is said of a mistake, as the catalogue of messages has it. */
export interface MistakeText {
  /** What is wrong, without a full stop. */
  readonly message: string;
  /** What to write instead. */
  readonly instead: string;
}

/** One mistake of the user's, with where it is and what to write instead. Texts carry no secrets and no control characters. */
export type Mistake = Spot & MistakeText;

/** File and line of something, for another mistake. */
export function lineOf({ file, line }: Spot): string {
  return `${file}:${line}`;
}

/** An argument of the command line, or a file as such. */
export function argument(file: string, at = ''): Spot {
  return { file, line: 0, column: 0, at };
}

/** A value, or what is wrong with the text and what to write instead. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | Wrong;

/** What is wrong with a text. */
export interface Wrong extends MistakeText {
  readonly ok: false;
  /** The text that was probably meant, where what to write instead is that alone. */
  readonly meant?: string;
}

/** A text that could be read. */
export function right<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

/** A text that could not be read: what is wrong, and what to write instead. */
export function wrong({ message, instead }: MistakeText, meant?: string): Wrong {
  return { ok: false, message, instead, ...(meant !== undefined && { meant }) };
}

/** More mistakes than this are not collected: no one reads them, and a hostile file could have millions. */
export const mostMistakes = 1000;

/** Collects mistakes up to {@link mostMistakes}. */
export interface MistakeList {
  readonly found: readonly Mistake[];
  /** True when no more are collected: the search for them may stop. */
  isFull(): boolean;
  add(spot: Spot, said: MistakeText): void;
}

/** An empty {@link MistakeList}. Every text is masked and cleaned on its way in, so that no caller can forget it. */
export function mistakeList(): MistakeList {
  const found: Mistake[] = [];
  return {
    found,
    isFull: () => found.length >= mostMistakes,
    add: ({ file, line, column, at }, { message, instead }) => {
      if (found.length >= mostMistakes) return;
      found.push({
        ...{ line, column },
        file: printable(mask(file), 300),
        at: printable(withoutCredential(mask(at)), 120),
        message: printable(mask(message), 400),
        instead: printable(mask(instead), 400),
      });
    },
  };
}

/**
 * The text with whatever a URL may carry in secret replaced by `[REDACTED]`: its userinfo (up to the last `@`, since a
 * password may hold `/`, `?` and `@`; without a scheme too, where a colon precedes the `@`), and the values of its
 * query.
 */
export function mask(text: string): string {
  return (
    text
      .replace(/:\/\/\S*@/g, '://[REDACTED]@')
      .replace(/[^\s"'`/,[{(]+:(?!\/\/)\S*@/g, '[REDACTED]@')
      // white space or a quote between the user and its password
      .replace(/:(?!\/\/)[^\s:]+@/g, ':[REDACTED]@')
      .replace(/([?&][^=&\s]*=)[^&\s`'"]+/g, '$1[REDACTED]')
  );
}

/** Names under which credentials are written, as a key of a mapping or the name of a header; `authorisation` is a key here. */
const credentialName =
  '[\\w.-]*(?:authorization|authentication|pass(?:word|wd|phrase|code)?|pwd|token|cookie|session|api[_-]?key|access[_-]?key|private[_-]?key|secret|credential)s?(?:[_-]\\w*)?|auth';
const credentialKey = new RegExp(`^(?:${credentialName})$`, 'i');
/** A name, its value and all that follows: where such a value ends is not known in a text that is wrong. */
const credentialEntry = new RegExp(
  `((?:^|[^\\w.-])(?:${credentialName})["']?\\s*[:=]\\s*)(?!(?:true|false|yes|no|on|off)\\b)\\S.*$`,
  'is',
);
const loginValue = /\b(basic|bearer|apikey|digest|negotiate|ntlm)\s+(?=\S{6})[^\s"'`]+/gi;

/** An excerpt of a file without the values under a credential's name or after the name of a login scheme. */
function withoutCredential(text: string): string {
  return text.replace(credentialEntry, '$1[REDACTED]').replace(loginValue, '$1 [REDACTED]');
}

/**
 * What may be shown of a text that follows `before` on its line, or is under `keys`: nothing, where these say that it is
 * a credential.
 */
export function shown(text: string, before: string, keys: readonly PropertyKey[] = []): string {
  const named = keys.some((key) => typeof key === 'string' && credentialKey.test(key));
  const [, value] = withoutCredential(`${named ? 'password: ' : before}\n${text}`).split('\n', 2);
  return value ?? '[REDACTED]';
}

// Control characters, bidi overrides and other invisible formatting, lone surrogates: what could change how a terminal shows a
// line.
const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The text on one line and at most `most` characters long, with control characters and bidi overrides written as escapes. */
export function printable(text: string, most: number): string {
  const cut = text.length > most ? `${text.slice(0, most)}…` : text;
  return cut.replace(unprintable, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\t') return '\\t';
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

/** True when the text holds a control character, a bidi override or another invisible character; line ends count too. */
export function hasUnprintable(text: string): boolean {
  return text.search(unprintable) >= 0;
}

/**
 * The mistakes for stderr, one line each, in the order of the files: `file:line:column: \`text at fault\`: what is wrong;
 * what to write instead`. Ends with a line end.
 */
export function formatMistakes(mistakes: readonly Mistake[]): string {
  const lines = mistakes.map(({ file, line, column, at, message, instead }) => {
    const where = line > 0 ? `${file}:${line}:${column}` : file;
    return `${where}: ${at === '' || message.includes(`\`${at}\``) ? '' : `\`${at}\`: `}${message}; ${instead}`;
  });
  if (mistakes.length >= mostMistakes) lines.push(messages().targets.onlyTheFirst(mostMistakes));
  return `${lines.join('\n')}\n`;
}
