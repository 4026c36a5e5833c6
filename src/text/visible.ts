// Makes texts from targets fit for one line or a block of a report.
import { count } from './words.js';

/**
 * Makes characters that show nothing or rearrange what surrounds them visible, as `[U+202E]`; line ends and tabs stay.
 * Capture removes them already; a report does not rely on that.
 */
export function visible(text: string): string {
  return text.replace(
    /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu,
    (character) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
  );
}

/** Cuts a text to `max` UTF-16 units, not inside a character, and says how long it was. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const high = text.charCodeAt(max - 1);
  const end = high >= 0xd800 && high <= 0xdbff ? max - 1 : max;
  return `${text.slice(0, end)}… (${count(text.length)} characters)`;
}

/**
 * A text for one line: white space folded, invisible characters made visible, cut at `max` UTF-16 units. Not escaped for
 * any format.
 */
export function oneLine(text: string, max = 400): string {
  return visible(cut(text.replace(/\s+/g, ' ').trim(), max));
}

/** Like {@link oneLine}, with the spaces at its ends, for a piece of a longer text. */
export function piece(text: string, max = 2000): string {
  return visible(cut(text.replace(/\s+/g, ' '), max));
}

/** A text for a block: keeps its line ends and tabs (as two spaces), else like {@link oneLine}. */
export function block(text: string, max = 4000): string {
  return cut(text, max).replace(/\r\n?/g, '\n').replace(/\t/g, '  ').split('\n').map(visible).join('\n');
}

/**
 * A text on one line as alternating plain parts and parts that are set as code (even and odd): what is between backticks, and
 * addresses, so that they can be copied as they are.
 */
export function proseParts(text: string, max = 400): string[] {
  const parts = oneLine(text, max).split(/`([^`]+)`/);
  return parts.flatMap((part, i) =>
    i % 2 === 0 ? part.split(/(\bhttps?:\/\/[^\s"'<>(),;]*[^\s"'<>(),;.:!?])/i) : [part],
  );
}
