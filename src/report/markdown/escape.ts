// How texts are escaped in Markdown, so that no text of a target becomes markup.

import { block, oneLine, piece, proseParts } from '../../text/visible.js';

/**
 * A text as literal Markdown (GitHub's flavour) on one line: no emphasis, link, autolink, table cell, heading, HTML or blank of
 * a template comes of it. (GitHub itself makes a link of a mail address however it is escaped; other readers do not.)
 */
export function plain(text: string, max = 400): string {
  return escaped(oneLine(text, max));
}

/** Like {@link plain}, with the spaces at its ends, for a piece of a longer text. `first`: whether a line begins with it. */
export function plainPiece(text: string, max: number, first: boolean): string {
  return escaped(piece(text, max), first);
}

/** A sentence or a paragraph as {@link plain}; text between backticks is code. */
export function prose(text: string, max = 400): string {
  return proseParts(text, max)
    .map((part, i) => (i % 2 === 0 ? escaped(part, i === 0) : codeSpan(part)))
    .join('');
}

function escaped(text: string, first = true): string {
  const line = text
    // An underscore within a word begins no emphasis.
    .replace(/[\\`*[\]<>&|~$@{}]|(?<![a-zA-Z0-9])_|_(?![a-zA-Z0-9])/g, '\\$&')
    // Autolinks begin behind a digit or an underscore too.
    .replace(/((?:https?|ftp)(?=:\/\/)|(?:mailto|xmpp)(?=:)):/gi, '$1\\:')
    .replace(/www\./gi, (www) => `${www.slice(0, 3)}\\.`);
  if (!first) return line;
  return line.replace(/^(?:[#+=-]|\d+(?=[.)](?:\s|$)))/, (start) => (/^\d/.test(start) ? `${start}\\` : `\\${start}`));
}

/** A code span, also inside a table: a text with a `|`, which no code span of a table can hold, becomes literal text. */
export function codeSpan(text: string, max = 400): string {
  const content = oneLine(text, max);
  if (content === '') return '';
  if (content.includes('|')) return plain(text, max);
  const fence = '`'.repeat(longestRun(content) + 1);
  const space = content.startsWith('`') || content.endsWith('`') ? ' ' : '';
  return `${fence}${space}${content}${space}${fence}`;
}

/** A fenced block whose fence is longer than any run of backticks in it. `indent` spaces put it into a list item. */
export function fenced(text: string, indent = 0, max = 4000, language = 'text'): string {
  const content = block(text, max);
  const fence = '`'.repeat(Math.max(3, longestRun(content) + 1));
  return [`${fence}${language}`, ...content.split('\n'), fence].map((line) => ' '.repeat(indent) + line).join('\n');
}

/** A table; cells are Markdown already. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
