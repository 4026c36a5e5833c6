// Finds the values of things that are named like secrets, in settings, JSON, headers, URLs, tags and running text.
import { secretNames, secretParameters, secretSettings } from '../knowledge/secrets.js';

/** The ways a word is written: composed, decomposed, and in Latin scripts without its accents. */
function spellingsOf(word: string): string[] {
  const composed = word.normalize('NFC');
  const decomposed = word.normalize('NFD');
  const bare = decomposed.replace(/[\u0300-\u036f]/g, '');
  return [composed, decomposed, ...(/^[ -\u024f]*$/.test(bare) ? [bare] : [])];
}

/** A word as an expression: one space may be another separator or none, and an apostrophe may be missing. */
function patternOf(word: string): string {
  return word
    .replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(' ', String.raw`(?:[\s_.+-]|%20){0,2}`)
    .replaceAll("'", "['’]?");
}

function alternation(words: ReadonlySet<string>): string {
  return [...words]
    .sort((a, b) => b.length - a.length)
    .map(patternOf)
    .join('|');
}

/** What a text has in common with all other ways to write it. */
function lettersOf(text: string): string {
  return text
    .replace(/[\s_.+'’-]|%20/g, '')
    .toUpperCase()
    .toLowerCase();
}

/**
 * Whether a text is one of some words and nothing else. One expression over hundreds of words takes V8 0.1 s and 12 MB to compile, in
 * each thread; here only those with the same letters are compared.
 */
function isOneOf(words: Iterable<string>): (text: string) => boolean {
  const alike = new Map<string, string[]>();
  for (const word of words) alike.set(lettersOf(word), [...(alike.get(lettersOf(word)) ?? []), word]);
  return (text) =>
    alike.get(lettersOf(text))?.some((word) => new RegExp(`^(?:${patternOf(word)})$`, 'iu').test(text)) ?? false;
}

/** What names are looked up by. */
interface Names {
  /** Finds names in ASCII within a text, and all others. */
  readonly ascii: RegExp;
  readonly other: RegExp;
  /** Whether a text is a word that people use for a secret; and whether it is one, or a setting. */
  readonly isWord: (text: string) => boolean;
  readonly isName: (text: string) => boolean;
}

function makeNames(): Names {
  const words = new Set(secretNames.flatMap((language) => language.words).flatMap(spellingsOf));
  const settings = new Set(secretSettings.flatMap(spellingsOf));
  const isAscii = (word: string): boolean => /^[ -~]+$/.test(word);
  const other = new Set([...words].filter((word) => !isAscii(word)));
  return {
    ascii: new RegExp(alternation(new Set([...settings, ...[...words].filter(isAscii)])), 'gi'),
    other: new RegExp(alternation(other), 'giu'),
    isWord: isOneOf(words),
    isName: isOneOf(new Set([...words, ...settings])),
  };
}

let made: Names | null = null;

/** Made when it is needed first: each start of the program loads this file. */
function names(): Names {
  return (made ??= makeNames());
}

/** The longest Latin name that is taken for one only where a word begins: `sid`, `pin`. */
const shortName = 4;

/** What may follow a name within one identifier: `passwords`, `password_hash`, `tokenSecret2`; `tokenizer` is another word. */
const suffix =
  /(?:(?:s(?!\p{L})|[_.-]+(?=[A-Za-z0-9])|(?<=[a-z0-9])(?=[A-Z0-9])|S(?!\p{L}))[A-Za-z0-9_.-]{0,30}(?<![.-]))?(?!\p{L})/uy;

/** What closes the quotes around a name: JSON's, escaped ones, those of URLs and of HTML. */
const quote = String.raw`(?:\\{0,6}["'\`]|%22|%27|&quot;|&#3[49];|\\u0022)`;
const sign = String.raw`(?:=>|:=|==|[=:：＝﹕]|%3[aAdD]|%253[aAdD]|&#6[01];)`;

/** From the end of a name to its value. */
const toValue = new RegExp(
  // name=value, "name": "value", name: value
  String.raw`(?:${quote}?\s{0,8}${sign}\s{0,8}` +
    // {"name":"password","value":"…"}, <add key="password" value="…">
    String.raw`|${quote}\s{0,4}(?:,\s{0,4}${quote}value${quote}\s{0,4}:|value\s{0,4}=)\s{0,4}` +
    // <password>…, <entry key="password">…, <key>password</key><string>…
    String.raw`|${quote}?\s{0,4}>\s{0,4}(?=[^\s<])|</key>\s{0,8}<string>)`,
  'iy',
);

/** Words between a password and the sign of its value in running text: `password for user x: …`, `密码是：…`. */
const wordsBetween = /[\p{L}\p{M}]{0,8}(?:\s{1,3}[\p{L}\p{M}_.-]{1,20}){0,3}/uy;

const inBrackets = /\s{0,8}(?:is|was|:|=)?\s{0,8}(?=\[)/iy;

/** A word that could be a password and nothing else, after the name and a space. */
const spaced =
  /(?:\s{1,3}(?:is|was|lautet|ist|est|es|é|è|jest|je|är|er|on|это))?\s{1,8}(?=[^\s"'<>]{0,200}[0-9!#$%^&*])(?=[^\s"'<>]{4})/iuy;
/** The same in quotes, as in SQL: `CREATE USER x WITH PASSWORD '…'`. */
const spacedQuoted = /\s{1,3}(?=(["'`])[^\s"'`]{3,200}\1)/y;
const afterSetting = /\s{1,8}(?!(?:is|was)\b|[=:[])(?=[^\s"'<>])/iy;

const unquoted = /(?:[^\s&;,"'<>)\]}`]|[,;)\]}](?![\s,;)\]}"'`]|$|[\w.-]{1,40}\s?[=:"']))+/y;
const cookies = /[^\s"'<>;]+(?:;\s{0,3}[^\s"'<>;=]{1,100}=[^\s"'<>;]*)*/y;
const schemeAndValue = /[A-Za-z][\w-]{1,30}\s{1,3}(?!realm\b)(?=[^\s"'<>]{0,200}[0-9=+/])[^\s"'<>,]+/y;
const literal = /^(?:null|true|false|none|undefined)$/i;

/** Where the values of secrets lie in URLs under names that mean nothing elsewhere. */
const parameter = new RegExp(
  String.raw`([?&](?:amp;)?(?:${secretParameters.join('|')})=)(?!\[redacted\])(?=[^\s&]{0,200}[0-9A-Z%])[^\s&;,"'<>)\]}]{8,}`,
  'g',
);

/** True where a key is named like a secret and like nothing more: `password`, `x-api-key`, `пароль`. */
export function isSecretName(key: string): boolean {
  return key.length <= 60 && names().isName(key.trim());
}

/** The name of a URL's parameter with escapes, and its value. */
const escapedParameter = /(?<![\w.+'%-])((?:%[0-9A-F]{2}|[\w.+'-]){2,200}=)(?!\[redacted\])[^\s&;,"'<>)\]}]+/gi;

/** A text without the values of what is named like a secret; `mark` in their place. Idempotent. */
export function withoutNamed(text: string, mark: string): string {
  let result = text.includes('=') ? text.replace(parameter, `$1${mark}`) : text;
  if (result.includes('%') && result.includes('='))
    result = result.replace(escapedParameter, (all: string, name: string) =>
      name.includes('%') && isAfterSecretName(name) ? name + mark : all,
    );
  result = withoutValues(result, names().ascii, mark);
  return /[^\0-\x7f]/.test(result) ? withoutValues(result, names().other, mark) : result;
}

/** Whether the name of a parameter, its escapes undone, is or ends in that of a secret. */
function isAfterSecretName(name: string): boolean {
  let text;
  try {
    text = `${decodeURIComponent(name)}x1`;
  } catch {
    return false;
  }
  return withoutValues(text, names().ascii, '\0') !== text || withoutValues(text, names().other, '\0') !== text;
}

function withoutValues(text: string, named: RegExp, mark: string): string {
  let result = '';
  let from = 0;
  named.lastIndex = 0;
  for (let found = named.exec(text); found !== null; found = named.exec(text)) {
    const value = valueAfter(text, found.index, found[0], mark);
    if (value === null) continue;
    result += text.slice(from, value.start) + mark;
    from = value.end;
    named.lastIndex = Math.max(value.end, found.index + found[0].length);
  }
  return from === 0 ? text : result + text.slice(from);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function valueAfter(text: string, start: number, name: string, mark: string): Span | null {
  const latin = /^[\0-\u024f]*$/.test(name);
  const short = latin && name.length <= shortName;
  if (short && !beginsWord(text, start)) return null;
  const nameEnd = start + name.length;
  const end = latin ? endOf(suffix, text, nameEnd) : nameEnd;
  // `passwordFrom: SMTP_PASSWORD` says where a password is
  if (end === null || /^[_.-]?from$/i.test(text.slice(nameEnd, end))) return null;
  const phrase = names().isWord(name);
  const ends = phrase && !short ? [end, endOf(wordsBetween, text, end) ?? end] : [end];
  for (const sign of [toValue, inBrackets])
    for (const at of ends) {
      const value = endOf(sign, text, at);
      if (value !== null) return spanAt(text, value, name, mark);
    }
  const setting = /(?:[A-Za-z0-9-][._]|(?:^|\s)--?)$/.test(text.slice(Math.max(0, start - 3), start));
  const after =
    (setting ? endOf(afterSetting, text, end) : null) ??
    (phrase ? (endOf(spaced, text, end) ?? endOf(spacedQuoted, text, end)) : null);
  return after === null ? null : spanAt(text, after, name, mark);
}

/** Whether a word, or a part of one in camel case, begins there. */
function beginsWord(text: string, start: number): boolean {
  const before = text.charAt(start - 1);
  return !/[\p{L}\p{M}]/u.test(before) || (/[a-z]/.test(before) && /[A-Z]/.test(text.charAt(start)));
}

function endOf(sticky: RegExp, text: string, from: number): number | null {
  sticky.lastIndex = from;
  return sticky.test(text) ? sticky.lastIndex : null;
}

const opening = new RegExp(quote, 'y');

/** The value that begins there; null where there is none, or only one that says nothing. */
function spanAt(text: string, start: number, name: string, mark: string): Span | null {
  const opened = endOf(opening, text, start);
  if (opened !== null) {
    const end = endOfQuoted(text, opened, text.slice(start, opened));
    return end === opened || text.startsWith(mark, opened) ? null : { start: opened, end };
  }
  if (text.startsWith(mark, start)) return null;
  if (text.startsWith('[', start)) {
    const close = text.indexOf(']', start);
    return { start, end: close < 0 ? text.length : close + 1 };
  }
  if (text.startsWith('{', start)) return null;
  const rule = /cookie/i.test(name) ? cookies : unquoted;
  const end =
    (/^(?:proxy.?)?authori[sz]ation/i.test(name) ? endOf(schemeAndValue, text, start) : null) ??
    endOf(rule, text, start);
  return end === null || literal.test(text.slice(start, end)) ? null : { start, end };
}

/** Where a quoted value ends: at its own kind of quote with no more backslashes before it than the opening one has. */
function endOfQuoted(text: string, from: number, open: string): number {
  const own = open.replace(/^\\+(?=["'`])/, '');
  const backslashes = open.length - own.length;
  for (let at = text.indexOf(own, from); at >= 0; at = text.indexOf(own, at + own.length)) {
    let before = at;
    while (before > from && text.charAt(before - 1) === '\\') before -= 1;
    if (at - before <= backslashes) return before;
  }
  return text.length;
}
