// A check's page for the terminal: what it means and how to fix it first, in lines that fit.

import { messages } from '../messages/index.js';
import { coloursFor, columns, wrap, type Colours, type Screen } from './terminal.js';

/** Sections of a page, as its headings are, in the order in which a reader needs them; the questions come last, and only if asked for. */
const order = ['What it means', 'How to fix', 'How it is tested', 'False positives', 'What is sent'] as const;

/**
 * A page of docs/checks as text for a terminal.
 *
 * @param page Markdown with the headings of {@link order}
 * @param sent whether the list of questions is shown; else only how many there are
 */
export function explainPage(page: string, sent: boolean, stream: Screen = process.stdout): string {
  const c = coloursFor(stream);
  const width = columns(stream);
  const [top = '', ...rest] = page.split(/^## /m);
  const [id = '', ...intro] = top.trim().split('\n');
  const sections = new Map(rest.map((part) => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)]));
  const lines = [c.bold(id.replace(/^# /, '')), ...blocks(intro.join('\n'), width, '', c)];
  for (const name of order) {
    const text = sections.get(name);
    if (text === undefined) continue;
    lines.push('', c.bold(name));
    lines.push(...(name === 'What is sent' && !sent ? sentInShort(text, id, width, c) : blocks(text, width, '  ', c)));
  }
  return `${lines.join('\n')}\n`;
}

function sentInShort(text: string, id: string, width: number, c: Colours): string[] {
  const questions = text.match(/^- `/gm)?.length ?? 0;
  const name = id.replace(/^# /, '');
  return blocks(questions === 0 ? text : messages().commands.explain.sentInShort(questions, name), width, '  ', c);
}

/** Paragraphs, lists and tables; a table becomes a list of its rows. */
function blocks(text: string, width: number, indent: string, c: Colours): string[] {
  const paragraphs = text
    .trim()
    .split(/\n\s*\n/)
    .filter((part) => part !== '');
  return paragraphs.flatMap((part, i) => [
    ...(i > 0 ? [''] : []),
    ...part.split(/\n(?=[-*] |\d+\. |\|)/).flatMap((line) => item(line, width, indent, c)),
  ]);
}

function item(line: string, width: number, indent: string, c: Colours): string[] {
  if (/^\|[\s|:-]+$/.test(line)) return [];
  const row = /^\|(.*)\|$/.exec(line);
  const text =
    row === null
      ? line
      : `- ${(row[1] ?? '')
          .split('|')
          .map((cell) => cell.trim())
          .join(': ')}`;
  const [, mark = '', words = ''] = /^([-*] |\d+\. )?([^]*)$/.exec(text) ?? [];
  return wrap(styled(words, c), width, {
    first: indent + mark,
    rest: indent + ' '.repeat(mark.length),
    longWords: 'whole',
  });
}

type Style = (word: string, c: Colours) => string;

const plain: Style = (word) => word;
const code: Style = (word, c) => (c.isColorSupported ? c.cyan(word) : word);
const bold: Style = (word, c) => c.bold(word);

/** A paragraph of Markdown with its emphasis, word by word. Code keeps its backticks, so that it is recognisable without colours. */
function styled(text: string, c: Colours): string {
  const unlinked = text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  let style = plain;
  return unlinked
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      const ticks = word.split('`').length - 1;
      const own = style === code || ticks > 0 ? code : word.startsWith('**') || style === bold ? bold : plain;
      if (ticks % 2 === 1) style = style === code ? plain : code;
      if (word.startsWith('**')) style = bold;
      if (/\*\*[.,:;]?$/.test(word)) style = plain;
      return own(own === bold ? word.replaceAll('**', '') : word, c);
    })
    .join(' ');
}
