// Writes a document as plain text for a terminal or a mail: headings in capitals, terms in two columns, nothing to click.

import type { Block, Inline, ListItem, PageTexts, Part, Row, Term, Text } from '../report/document.js';
import { isEmpty } from '../report/document.js';
import { block, oneLine, piece } from '../text/visible.js';
import { wrap } from './terminal.js';

/** Columns of a text that goes to no terminal. */
const paperWidth = 100;

/** The document as text, ending in a line end. `width`: columns of a line, unless one word is longer. */
export function documentText(blocks: Iterable<Block>, page: PageTexts, width = paperWidth): string {
  const lines: string[] = [];
  for (const one of blocks) {
    const written =
      one.kind === 'open' ? opened(one.part, width) : one.kind === 'close' ? [] : linesOf(one, page, width);
    if (written.length > 0 && lines.length > 0 && startsAnew(one)) lines.push('');
    lines.push(...written.map((line) => line.trimEnd()));
  }
  return `${lines.join('\n')}\n`;
}

function startsAnew(one: Block): boolean {
  return one.kind === 'open' || one.kind === 'heading' || one.kind === 'signatures';
}

function opened(part: Part, width: number): readonly string[] {
  switch (part.as) {
    case 'section':
      return [`${oneLine(part.title, 200).toUpperCase()}${part.count === null ? '' : ` (${part.count})`}`];
    case 'lead':
    case 'problem':
      return wrapped(width, inline(part.title), '', '');
    case 'notice':
      return part.title === null ? [] : [oneLine(part.title, 200)];
    case 'fold':
      return [oneLine(part.summary, 300)];
  }
}

function inline(pieces: Text): string {
  return pieces.map((one) => (one === null ? '' : words(one))).join('');
}

function words(one: Inline): string {
  switch (one.kind) {
    case 'severity':
      return one.severity;
    case 'link':
    case 'strong':
      return piece(one.text);
    case 'text':
    case 'code':
    case 'quiet':
      return piece(one.text, one.max);
  }
}

function linesOf(
  one: Exclude<Block, { kind: 'open' } | { kind: 'close' }>,
  page: PageTexts,
  width: number,
): readonly string[] {
  switch (one.kind) {
    case 'title':
      return [
        one.kicker.toUpperCase(),
        oneLine(one.name, 160),
        ...(one.legal === null ? [] : [oneLine(one.legal, 200)]),
        ...termLines(one.terms, width),
      ];
    case 'heading':
      return [`  ${inline(one.text)}`];
    case 'paragraph':
      return wrapped(width, inline(one.text), '  ', '  ');
    case 'terms':
      return termLines(one.rows, width);
    case 'table':
      return rowLines(one.rows, width);
    case 'list':
      return one.items.flatMap((item, i) => itemLines(item, one.ordered ? `${i + 1}. ` : '- ', width));
    case 'code':
      return block(one.text, one.max)
        .split('\n')
        .map((line) => `    ${line}`);
    case 'figure':
      return wrapped(width, `${one.caption}: ${one.alt}`, '  ', '  ');
    case 'signatures': {
      const { party: of, name, date, signature } = page.signatures;
      const line = (share: number): string => '_'.repeat(Math.max(8, Math.floor((width - 36) * share)));
      return one.parties.flatMap((party, i) => [
        ...(i > 0 ? [''] : []),
        `  ${of} ${oneLine(party, 80)}`,
        `  ${name} ${line(0.5)}  ${date} ${line(0.2)}  ${signature} ${line(0.3)}`,
      ]);
    }
    case 'contents':
    case 'filter':
      return [];
  }
}

/** Columns that terms are given, at least. */
const termColumn = 14;

function termLines(rows: readonly Term[], width: number): readonly string[] {
  const shown = rows.filter(([, value]) => !isEmpty(value));
  const column = Math.max(termColumn, ...shown.map(([term]) => term.length + 2));
  return shown.flatMap(([term, value]) =>
    wrapped(width, inline(value), `  ${oneLine(term, 100).padEnd(column)}`, ' '.repeat(column + 2)),
  );
}

/** All columns but the last as wide as their widest cell, the last one wrapped. */
function rowLines(rows: readonly Row[], width: number): readonly string[] {
  const cells = rows.map((row) => row.cells.map(inline));
  const columns = Math.max(0, ...cells.map((row) => row.length)) - 1;
  const widths = Array.from({ length: Math.max(0, columns) }, (_, i) =>
    Math.min(40, Math.max(...cells.map((row) => row[i]?.length ?? 0))),
  );
  return cells.flatMap((row) => {
    const start = widths.map((columnWidth, i) => (row[i] ?? '').padEnd(columnWidth)).join('  ');
    const indent = ' '.repeat(widths.reduce((sum, one) => sum + one + 2, 2));
    return wrapped(width, row[widths.length] ?? '', widths.length === 0 ? '  ' : `  ${start}  `, indent);
  });
}

function itemLines({ text, code = null }: ListItem, mark: string, width: number): readonly string[] {
  const lines = wrapped(width, inline(text), `  ${mark}`, ' '.repeat(mark.length + 2));
  return code === null
    ? lines
    : [
        ...lines,
        ...block(code.text, 4000)
          .split('\n')
          .map((line) => `      ${line}`),
      ];
}

function wrapped(width: number, text: string, first: string, rest: string): readonly string[] {
  return wrap(text, width, { first, rest, longWords: 'whole' });
}
