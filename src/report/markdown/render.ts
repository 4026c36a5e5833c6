// Writes a document as Markdown (GitHub's flavour), for issue trackers and wikis. Escaping is in escape.ts.

import type { Block, Blocks, DocumentInfo, Inline, ListItem, PageTexts, Part, Text } from '../document.js';
import { isEmpty } from '../document.js';
import type { Out } from '../format.js';
import { codeSpan, fenced, plain, plainPiece, prose, table } from './escape.js';

/** Writes the document, block by block. */
export async function renderMarkdown(info: DocumentInfo, blocks: Blocks, out: Out): Promise<void> {
  await out.write(`# ${plain(info.title, 300)}\n\n`);
  for await (const one of blocks) {
    const written =
      one.kind === 'open' ? opened(one.part, info.page) : one.kind === 'close' ? '' : blockOf(one, info.page);
    if (written !== '') await out.write(`${written}\n\n`);
  }
}

function opened(part: Part, page: PageTexts): string {
  switch (part.as) {
    case 'section':
      return `## ${plain(part.title, 200)}${part.count === null ? '' : ` (${page.number(part.count)})`}`;
    case 'lead':
      return `**${part.severity === null ? '' : `${page.severities[part.severity].toUpperCase()}. `}${inline(part.title)}**`;
    case 'notice':
      return part.title === null ? '' : `**${plain(part.title)}**`;
    case 'problem':
      return `### ${inline(part.title)}`;
    case 'fold':
      return `#### ${plain(part.summary, 300)}`;
  }
}

function inline(pieces: Text): string {
  let line = '';
  for (const one of pieces) if (one !== null) line += pieceOf(one, line.trim() === '');
  return line.trim();
}

function pieceOf(one: Inline, first: boolean): string {
  switch (one.kind) {
    case 'text':
    case 'quiet':
      return plainPiece(one.text, one.max, first);
    case 'code':
      return codeSpan(one.text, one.max);
    case 'strong':
      return one.text.trim() === '' ? '' : `**${plain(one.text)}**${/\s$/.test(one.text) ? ' ' : ''}`;
    case 'link':
      // Of links within the document the text says where it leads.
      if (one.to.startsWith('#')) return plain(one.text, 300);
      if (one.to.startsWith('mailto:')) return codeSpan(one.text, 300);
      return /^https?:\/\/[^\s<>()[\]\\|`]+$/.test(one.to) && one.text !== one.to
        ? `[${plain(one.text, 300)}](<${one.to}>)`
        : plain(one.text, 300);
    case 'severity':
      return `**${plain(one.word)}**`;
  }
}

function blockOf(one: Exclude<Block, { kind: 'open' } | { kind: 'close' }>, page: PageTexts): string {
  switch (one.kind) {
    case 'title':
      return [one.legal === null ? '' : plain(one.legal), termList(one.terms)]
        .filter((part) => part !== '')
        .join('\n\n');
    case 'heading':
      return `${'#'.repeat(one.level)} ${inline(one.text)}`;
    case 'paragraph':
      return inline(one.text);
    case 'terms':
      return termList(one.rows);
    case 'table':
      return table(
        one.columns.map(({ name }) => plain(name, 100)),
        one.rows.map(({ cells }) => cells.map(inline)),
      );
    case 'list':
      return one.items.map((item, i) => itemOf(item, one.ordered ? `${i + 1}. ` : '- ')).join('\n');
    case 'code':
      return fenced(one.text, 0, one.max, one.language);
    case 'figure':
      return `_${plain(one.caption)}:_ ${prose(one.alt, 1500)}`;
    case 'signatures': {
      const { party, name, date, signature } = page.signatures;
      return table(
        [party, name, date, signature].map((column) => plain(column, 100)),
        one.parties.map((text) => [plain(text, 200), '', '', '']),
      );
    }
    case 'contents':
    case 'filter':
      return '';
  }
}

function itemOf({ text, code = null }: ListItem, mark: string): string {
  const block = code === null ? '' : `\n\n${fenced(code.text, mark.length, 4000, code.language)}\n`;
  return `${mark}${inline(text)}${block}`;
}

function termList(rows: readonly (readonly [string, Text])[]): string {
  return rows
    .filter(([, value]) => !isEmpty(value))
    .map(([term, value]) => `- ${plain(term, 100)}: ${inline(value)}`)
    .join('\n');
}
