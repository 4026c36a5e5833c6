// What a report is made of: a stream of blocks that knows no format. HTML and Markdown are renderers of it.

import type { codeLanguages, Severity } from '../model/finding.js';
import { proseParts } from '../text/visible.js';

/** The complete document. */
export interface DocumentInfo {
  /** e.g. `Exposure audit: Acme Retail, 2026-11-22`. */
  readonly title: string;
  /** Who may see it, e.g. `Confidential`: at the foot of each printed page. */
  readonly classification: string;
  readonly page: PageTexts;
}

/** What a renderer adds to a document, in its language. */
export interface PageTexts {
  /** As in the attribute `lang`. */
  readonly language: string;
  readonly number: (value: number) => string;
  readonly severities: Readonly<Record<Severity, string>>;
  /** The link that leads keyboards past the head of the page. */
  readonly skip: string;
  readonly footer: string;
  /** Of a notice without a title, for readers who do not see the page. */
  readonly note: string;
  readonly contents: string;
  readonly signatures: Readonly<Record<'title' | 'party' | 'name' | 'date' | 'signature', string>>;
  /** Of the filter and the copy buttons; `shown` has `{shown}` and `{all}` for the numbers. */
  readonly script: Readonly<
    Record<'copy' | 'copied' | 'copyByHand' | 'any' | 'severity' | 'owner' | 'state' | 'text' | 'shown', string>
  >;
}

/** A piece of text on one line. Texts of targets are cleaned, cut and escaped by the renderer. */
export type Inline =
  | { readonly kind: 'text'; readonly text: string; readonly max: number }
  | { readonly kind: 'code'; readonly text: string; readonly max: number }
  | { readonly kind: 'strong'; readonly text: string }
  /** Less important: smaller and grey where a format can. */
  | { readonly kind: 'quiet'; readonly text: string; readonly max: number }
  /** `to`: `#id` of a block, an http(s) or mailto: address, or `FOLDER/report.html` below. Anything else stays text. */
  | { readonly kind: 'link'; readonly to: string; readonly text: string }
  | { readonly kind: 'severity'; readonly severity: Severity; readonly word: string };

/** Some text, `null` for none: pieces that may be missing are left out. */
export type Text = readonly (Inline | null)[];

/** A column of a table. */
export interface Column {
  readonly name: string;
  /** Set flush right. */
  readonly numeric: boolean;
}

/** What a list of many can be filtered by, where a format can. */
export interface Filterable {
  readonly severity: Severity | null;
  readonly owners: readonly string[];
  readonly state: string;
}

/** A row of a table. */
export interface Row {
  readonly cells: readonly Text[];
  /** Where something links to it. */
  readonly id?: string;
  readonly filter?: Filterable;
}

/** A part that holds blocks until its `close`. */
export type Part =
  /** `level`: of its heading. `count`: how many it is about. `page`: begins a page on paper. */
  | {
      readonly as: 'section';
      readonly id: string;
      readonly title: string;
      readonly count: number | null;
      readonly page: boolean;
    }
  /** The box that a reader sees first; `severity`: its colour. */
  | { readonly as: 'lead'; readonly id: string; readonly severity: Severity | null; readonly title: Text }
  /** Something that must not be overlooked. */
  | { readonly as: 'notice'; readonly id: string; readonly title: string | null; readonly grave: boolean }
  /** One problem of the list. */
  | {
      readonly as: 'problem';
      readonly id: string;
      readonly severity: Severity;
      readonly title: Text;
      readonly filter: Filterable;
    }
  /** Details that a reader opens; on paper only its summary is printed. */
  | { readonly as: 'fold'; readonly summary: string };

/** A picture as data, with the text that says the same. */
export type Figure =
  /** One bar for each row, made of segments. */
  | {
      readonly kind: 'bars';
      readonly rows: readonly {
        readonly label: string;
        readonly segments: readonly { readonly colour: Colour; readonly value: number }[];
      }[];
    }
  /** Boxes with arrows between them, from left to right. */
  | {
      readonly kind: 'chain';
      readonly boxes: readonly {
        readonly title: string;
        readonly note: string;
        readonly state: 'caller' | 'open' | 'locked';
      }[];
    }
  /** Moments in their order. */
  | { readonly kind: 'timeline'; readonly points: readonly { readonly label: string; readonly at: string }[] };

/** What a segment of a bar stands for. */
export type Colour = Severity | 'neutral' | 'good';

/** Blocks one after another, as they come. */
export type Blocks = Iterable<Block> | AsyncIterable<Block>;

/** One block of a document. */
export type Block =
  | { readonly kind: 'open'; readonly part: Part }
  | { readonly kind: 'close'; readonly part: Part }
  | {
      readonly kind: 'title';
      readonly kicker: string;
      readonly name: string;
      readonly legal: string | null;
      readonly terms: readonly Term[];
    }
  | { readonly kind: 'heading'; readonly level: 3 | 4; readonly text: Text }
  | { readonly kind: 'paragraph'; readonly text: Text; readonly quiet: boolean }
  | { readonly kind: 'terms'; readonly rows: readonly Term[] }
  | {
      readonly kind: 'table';
      readonly caption: string;
      readonly columns: readonly Column[];
      readonly rows: readonly Row[];
    }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly ListItem[] }
  | { readonly kind: 'code'; readonly text: string; readonly language: Language; readonly max: number }
  | { readonly kind: 'figure'; readonly figure: Figure; readonly caption: string; readonly alt: string }
  /** Where a format that has links lists what follows. */
  | {
      readonly kind: 'contents';
      readonly entries: readonly { readonly id: string; readonly name: string; readonly count: number | null }[];
    }
  /** Where each party signs: name, day, signature. */
  | { readonly kind: 'signatures'; readonly parties: readonly string[] }
  /** Where a format that can filters what follows. */
  | { readonly kind: 'filter'; readonly owners: readonly string[]; readonly states: readonly string[] };

/** The language of a block of code; `text` for what a machine responded. */
export type Language = (typeof codeLanguages)[number] | 'text';

/** A term with its value. */
export type Term = readonly [term: string, value: Text];

/** An entry of a list: its text, a block of code that belongs to it, and its id where something links to it. */
export interface ListItem {
  readonly text: Text;
  readonly code?: { readonly text: string; readonly language: Language } | null;
  readonly id?: string;
}

/** A text of ours or of a target, on one line. */
export function text(words: string, max = 2000): Inline {
  return { kind: 'text', text: words, max };
}

/** Something that a machine prints or that people type. */
export function code(words: string, max = 300): Inline {
  return { kind: 'code', text: words, max };
}

/** Emphasis. */
export function strong(words: string): Inline {
  return { kind: 'strong', text: words };
}

/** Of less weight. */
export function quiet(words: string, max = 300): Inline {
  return { kind: 'quiet', text: words, max };
}

/** A link. */
export function link(to: string, words: string): Inline {
  return { kind: 'link', to, text: words };
}

/** A severity, by its word in the language of the document. */
export function severityWord(severity: Severity, words: Readonly<Record<Severity, string>>): Inline {
  return { kind: 'severity', severity, word: words[severity] };
}

/** A sentence with pieces in it, as a tagged template: what is written out is text, and what is put in stays as it is. */
export function phrase(
  words: TemplateStringsArray,
  ...values: readonly (string | Inline | readonly Inline[])[]
): Inline[] {
  const pieces: Inline[] = [];
  let open = '';
  const close = (): void => {
    if (open !== '') pieces.push(text(open));
    open = '';
  };
  for (const [i, part] of words.entries()) {
    open += part;
    const value = values[i] ?? '';
    if (typeof value === 'string') open += value;
    else {
      close();
      pieces.push(...('kind' in value ? [value] : value));
    }
  }
  close();
  return pieces;
}

/** A sentence or a paragraph in which the parts between backticks are code. */
export function prose(words: string, max = 2000): Inline[] {
  return proseParts(words, max).flatMap((part, i) =>
    part === '' ? [] : i % 2 === 0 ? [text(part, max)] : [code(part, max)],
  );
}

/** Texts with commas between them. */
export function joined(items: readonly Inline[]): Inline[] {
  return items.flatMap((item, i) => (i === 0 ? [item] : [text(', '), item]));
}

/** A paragraph. */
export function paragraph(...pieces: Text): Block {
  return { kind: 'paragraph', text: pieces, quiet: false };
}

/** A paragraph of less weight. */
export function note(...pieces: Text): Block {
  return { kind: 'paragraph', text: pieces, quiet: true };
}

/** Says exactly how many entries are not shown, and which file has them all. */
export function more(
  shown: number,
  total: number,
  file: string,
  { moreIn }: { readonly moreIn: (rest: number, file: Inline) => Text },
): Block | null {
  return total > shown ? note(...moreIn(total - shown, code(file))) : null;
}

/** A heading within a part. */
export function heading(level: 3 | 4, words: string): Block {
  return { kind: 'heading', level, text: [text(words)] };
}

/** Terms; those without a value are left out. */
export function terms(rows: readonly (readonly [string, Text])[]): Block {
  return { kind: 'terms', rows: rows.filter(([, value]) => !isEmpty(value)) };
}

/** A table; a name that begins with `#` is a column of numbers. Columns in which no row has anything are left out. */
export function table(caption: string, names: readonly string[], rows: readonly (readonly Text[] | Row)[]): Block {
  const whole = rows.map((row): Row => ('cells' in row ? row : { cells: row }));
  const used = names.map((_, i) => whole.some(({ cells }) => !isEmpty(cells[i] ?? [])));
  return {
    kind: 'table',
    caption,
    columns: names
      .filter((_, i) => used[i])
      .map((name) => ({ name: name.replace(/^#/, ''), numeric: name.startsWith('#') })),
    rows: whole.map((row) => ({ ...row, cells: row.cells.filter((_, i) => used[i]) })),
  };
}

/** A list. */
export function list(items: readonly (Text | ListItem)[], ordered = false): Block {
  return {
    kind: 'list',
    ordered,
    items: items.map((item): ListItem => ('text' in item ? item : { text: item })),
  };
}

/** Blocks within a part. */
export function* within(part: Part, blocks: Iterable<Block | null>): Generator<Block, void, void> {
  yield { kind: 'open', part };
  for (const block of blocks) if (block !== null) yield block;
  yield { kind: 'close', part };
}

/** A section with its heading. */
export function section(
  id: string,
  title: string,
  count: number | null,
  blocks: Iterable<Block | null>,
  page = false,
): Generator<Block, void, void> {
  return within({ as: 'section', id, title, count, page }, blocks);
}

/** Whether a text has nothing in it. */
export function isEmpty(pieces: Text): boolean {
  return pieces.every((piece) => piece === null || (piece.kind !== 'severity' && piece.text === ''));
}
