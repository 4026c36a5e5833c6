// Reads a YAML file into data, with the line and column of everything in it.
import { isUtf8 } from 'node:buffer';
import { open, stat } from 'node:fs/promises';
import {
  Composer,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  Parser,
  type Alias,
  type Document,
  type Node,
  type Pair,
} from 'yaml';
import { messages, type Messages } from '../messages/index.js';
import type { Json } from '../model/json.js';
import { parseAddresses } from './addresses.js';
import { shown, type MistakeList, type MistakeText, type Spot } from './mistake.js';

/** Bytes of a YAML or CSV file at most; longer lists of hosts are streamed with `hostsFrom`. */
export const largestFile = 5_000_000;

// A real file is 8 levels deep. yaml recurses while composing: 50,000 levels kill the process, past any catch.
const deepest = 64;
// 5 MB of one host a line are 1.2 million; `[1,1,1,…` would take gigabytes.
const mostLexemes = 2_500_000;
// Nodes that aliases may add in all: a bomb multiplies, an honest file repeats a list of ports.
const mostAliased = 200_000;

/** A place in the file's data: keys and positions from the top. */
export type Path = readonly PropertyKey[];

/** A file's data, with the place of each part. */
export interface FileData {
  readonly value: Json;
  /** The place of the value at a path, or of its key; for what does not exist, the place of the nearest part above it. */
  readonly spot: (path: Path, what?: 'key' | 'value') => Spot;
}

/**
 * Reads a text file of at most {@link largestFile} bytes. What keeps it from being read is added to the mistakes.
 *
 * @param named where, for the mistake
 */
export async function readSmallFile(
  file: string,
  mistakes: MistakeList,
  named: Spot,
  most = largestFile,
): Promise<string | null> {
  const refuse = (said: MistakeText) => {
    mistakes.add(named, said);
    return null;
  };
  try {
    const odd = await oddFile(file);
    // A file that a program writes may be named on the command line: `leftopen plan <(make-targets)`.
    const isStream = odd === 'pipe' && named.line === 0;
    if (odd !== null && !isStream) return refuse(messages().targets.file.odd[odd]);
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      // Read up to the cap and one byte more: a file may grow.
      const chunks: Buffer[] = [];
      let bytes = 0;
      while (bytes <= most && size <= most) {
        const { bytesRead, buffer } = await handle.read(Buffer.alloc(Math.min(1 << 20, most + 1 - bytes)));
        if (bytesRead === 0) break;
        chunks.push(buffer.subarray(0, bytesRead));
        bytes += bytesRead;
      }
      if (Math.max(bytes, size) > most) return refuse(messages().targets.file.tooLarge(Math.round(most / 1e6)));
      const read = Buffer.concat(chunks);
      if (isPlainText(read)) return withLineFeeds(new TextDecoder('utf-8').decode(read));
      const spot = firstNotUtf8(read, named.file);
      const { line, column } = spot;
      if (named.line > 0) return refuse(messages().targets.file.notUtf8From(line, column));
      mistakes.add(spot, messages().targets.file.notUtf8);
      return null;
    } finally {
      await handle.close();
    }
  } catch (error) {
    const meant = named.line === 0 ? meantBy(named.file) : null;
    return refuse(messages().targets.file.unreadable(systemError(error), meant));
  }
}

/** Lines may end in a bare CR (YAML 1.2, 5.4; old Macs, spreadsheets). Places in the text stay where they are. */
function withLineFeeds(text: string): string {
  return text.replace(/\r(?!\n)/g, '\n');
}

/** What a name on the command line is that is not a file's: an endpoint without its scheme, addresses, or null. */
function meantBy(name: string): { readonly endpoint: string } | 'addresses' | null {
  if (/^(\[[\da-f:.]+\]|[\w.-]+):\d+(\/|$)/i.test(name)) return { endpoint: name };
  return parseAddresses(name)?.ok === true ? 'addresses' : null;
}

/**
 * What a file is when it is not a regular one; null for a regular one. Check before opening it: a pipe waits for its writer, and
 * a device may never end.
 */
export async function oddFile(file: string): Promise<'folder' | 'pipe' | 'device' | null> {
  const stats = await stat(file);
  if (stats.isFile()) return null;
  if (stats.isDirectory()) return 'folder';
  return stats.isFIFO() ? 'pipe' : 'device';
}

/** Whether bytes are UTF-8, and not UTF-16 that holds nothing but ASCII. */
function isPlainText(bytes: Uint8Array): boolean {
  return isUtf8(bytes) && !bytes.includes(0);
}

/** The first character that is not UTF-8, or not one of a text. */
function firstNotUtf8(bytes: Buffer, file: string): Spot {
  let start = 0;
  for (let line = 1; ; line++) {
    const newline = bytes.indexOf(0x0a, start);
    const part = bytes.subarray(start, newline < 0 ? bytes.length : newline);
    if (newline < 0 || !isPlainText(part)) {
      const text = part.toString('utf8');
      const column = Math.max(0, text.search(/[\0\ufffd]/));
      return {
        file,
        line,
        column: column + 1,
        at: shown(text.slice(column, column + 20).trim(), text.slice(0, column)),
      };
    }
    start = newline + 1;
  }
}

/** The system's name of an error, '' where it has none. */
export function systemError(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/**
 * Parses one YAML document. Every mistake of syntax is added to the list, and null returned if there is any.
 * Aliases are followed within a budget, merge keys (`<<`) are not known, tags and keys that are no plain text are mistakes.
 */
export function parseYaml(text: string, file: string, mistakes: MistakeList): FileData | null {
  const lines = new LineCounter();
  const spotAt = (offset: number, end?: number | null): Spot => {
    const { line, col } = lines.linePos(offset);
    const until = end ?? offset + 40;
    const source = text.slice(offset, Math.min(until, offset + 200));
    const before = text.slice(Math.max(offset - col + 1, offset - 1000), offset);
    return { file, line, column: col, at: shown(source.split(/\r?\n/, 1)[0]?.trim() ?? '', before) };
  };
  const refuse: Refuse = (offset, said, end) => mistakes.add(spotAt(offset, end), said);

  const document = compose(text, lines, refuse);
  if (document === null) return null;
  const odd = oddIndentation.exec(text);
  if (odd !== null) {
    refuse(odd.index + odd[0].length - 1, messages().targets.yaml.oddSpaces);
    return null;
  }
  const { yaml } = document.directives;
  if (yaml.explicit === true && yaml.version !== '1.2') {
    refuse(0, messages().targets.yaml.oldVersion);
    return null;
  }
  if (document.contents === null) {
    refuse(0, messages().targets.yaml.empty);
    return null;
  }
  let lastLine = 0;
  let broken = Infinity;
  for (const error of document.errors) {
    if (mistakes.isFull()) break;
    const [start, end] = error.pos;
    // The first one on a line throws the parser off: the others there only follow from it.
    const { line: lineNumber } = lines.linePos(start);
    if (lineNumber === lastLine) continue;
    const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start + 60).split('\n', 1)[0] ?? '';
    // So do those on the lines that belong to a broken one.
    if (lastLine > 0 && indentation(line) > broken) continue;
    lastLine = lineNumber;
    broken = indentation(line);
    const indented = start + (/^\n? */.exec(text.slice(start, start + 200))?.[0].length ?? 0);
    const lineEnd = text.indexOf('\n', start);
    const following = lineEnd < 0 ? '' : (text.slice(lineEnd + 1, lineEnd + 200).split('\n', 1)[0] ?? '');
    refuse(
      indented,
      syntaxMistake(error.message, line, following),
      // One character says less than the rest of its line.
      indented > start || end - start < 2 || isIndentedFurther(following, line) ? null : end,
    );
    // Below it the parser reads everything wrong.
    if (astray.includes(kindOf(error.message) ?? '')) break;
  }
  // What else could be said of a broken text would only be noise.
  if (document.errors.length > 0) return null;
  for (const warning of document.warnings) {
    const [start, end] = warning.pos;
    if (warning.code === 'TAG_RESOLVE_FAILED') refuse(start, messages().targets.yaml.tag, end);
  }
  const { value, meant } = toJson(document, (node, said) => {
    const [start, end] = node.range ?? [0, 0];
    refuse(start, said, end);
  });
  return {
    value,
    spot: (path, what = 'value') => {
      const { key, node } = walk(document.contents, path, meant);
      const wanted = what === 'key' && key !== null ? key : node;
      const [start, end] = wanted?.range ?? [0, 0];
      const place = spotAt(start, end);
      const at = what === 'key' ? place.at : shown(place.at, '', path);
      // Of a mapping or a list, the first line says enough.
      return { ...place, at: isMap(wanted) || isSeq(wanted) ? at.slice(0, 60) : at };
    },
  };
}

/** No-break and other wide spaces before the first character of a line, as word processors and chats put them there. */
const oddIndentation = /^[ -]*[\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000]/m;

type Refuse = (offset: number, said: MistakeText, end?: number | null) => void;

function compose(text: string, lines: LineCounter, refuse: Refuse): Document.Parsed | null {
  const parser = new Parser(lines.addNewLine);
  lines.addNewLine(0);
  const tokens = [];
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    lexemes++;
    if (parser.stack.length > deepest) {
      refuse(parser.offset, messages().targets.yaml.tooDeep(deepest), parser.offset + 20);
      return null;
    }
    if (lexemes > mostLexemes) {
      refuse(parser.offset, messages().targets.yaml.tooManyParts, parser.offset + 20);
      return null;
    }
  }
  tokens.push(...parser.end());
  const options = { uniqueKeys: false, prettyErrors: false, logLevel: 'silent', version: '1.2', merge: false } as const;
  const documents = [...new Composer(options).compose(tokens, true, text.length)];
  const [first, second] = documents;
  if (second !== undefined) {
    const [start] = second.range;
    refuse(start, messages().targets.yaml.secondDocument, start + 10);
  }
  return first ?? null;
}

// What yaml says of a mistake of syntax, and what it means.
const syntax: readonly (readonly [says: RegExp, kind: keyof Messages['targets']['yaml']['syntax']])[] = [
  [/end with a \]/, 'openList'],
  [/end with a \}/, 'openMapping'],
  [/^Missing closing/, 'openQuote'],
  [/^Unexpected flow-(?:seq|map)-end/, 'extraBracket'],
  [/at node end$/, 'textAfter'],
  [/^Unexpected .*token/, 'outOfPlace'],
  [/^Unexpected (?:,|empty item)/, 'extraComma'],
  [/^Block collections are not allowed/, 'openBefore'],
  [/^Invalid escape sequence/, 'escape'],
  [/^Comments must be separated/, 'comment'],
  [/^Block scalar header/, 'blockHeader'],
  [/^Missing , /, 'noComma'],
  [/Sequence item without -/, 'noDash'],
  [/must start at the same column|^A block sequence/, 'otherColumn'],
  [/^Tabs/, 'tabs'],
  [/Nested mappings/, 'secondColon'],
  [/on same line with key/, 'listOnKeyLine'],
  [/^Implicit (map )?keys? /, 'noValue'],
  [/^Plain value cannot start/, 'oddStart'],
  [/^Alias /, 'alias'],
  [/^Anchor /, 'anchor'],
];

// After which of them nothing below is read as it was meant.
const astray: readonly string[] = [
  'openList',
  'openMapping',
  'openQuote',
  'openBefore',
  'extraBracket',
  'textAfter',
  'outOfPlace',
] satisfies readonly (keyof Messages['targets']['yaml']['syntax'])[];

function kindOf(says: string): keyof Messages['targets']['yaml']['syntax'] | undefined {
  return syntax.find(([pattern]) => pattern.test(says))?.[1];
}

/** Spaces before the key of a line; the dash of an entry counts as one. */
function indentation(line: string): number {
  return /^[ -]*/.exec(line)?.[0].length ?? 0;
}

/** Whether a line has a key, and begins further to the right than the key of the line before. */
function isIndentedFurther(line: string, before: string): boolean {
  return /^ *[\w-]+:(?: |$)/.test(line) && indentation(line) > indentation(before);
}

/** @param line as far as the mistake; `following`: the line after it */
function syntaxMistake(says: string, line: string, following: string): MistakeText {
  const words = messages().targets.yaml;
  if (/Nested mappings/.test(says) && isIndentedFurther(following, line))
    return words.nextLineFurtherRight(indentation(line) + 1);
  if (/^(?:<{7}|={7}|>{7})/.test(line)) return words.mergeConflict;
  const kind = kindOf(says);
  const said = kind === undefined ? words.notValid(says) : words.syntax[kind];
  return /[[{-].*\[\d+-\d+\]/.test(line) ? { message: said.message, instead: words.quotePattern } : said;
}

/** The nodes that aliases stand for. To resolve one, the library goes over the full document. */
type Meant = ReadonlyMap<Alias, Node>;

function toJson(
  document: Document.Parsed,
  refuse: (node: Node, said: MistakeText) => void,
): { readonly value: Json; readonly meant: Meant } {
  const open = new Set<Node>();
  const anchored = new Map<string, Node>();
  const meant = new Map<Alias, Node>();
  let aliased = 0;
  let inAlias = 0;
  let spent = false;

  const convert = (node: Node | null | undefined): Json => {
    if (node === null || node === undefined || spent) return null;
    if (inAlias > 0 && ++aliased > mostAliased) {
      spent = true;
      refuse(node, messages().targets.yaml.aliasesRepeat);
      return null;
    }
    if (isAlias(node)) {
      // Anything met a second time, by way of another alias, comes before that alias, and so does its anchor.
      const target = meant.get(node) ?? anchored.get(node.source);
      if (target === undefined) {
        refuse(node, messages().targets.yaml.unknownAlias(node.source));
        return null;
      }
      meant.set(node, target);
      if (open.has(target)) {
        refuse(node, messages().targets.yaml.aliasInItself);
        return null;
      }
      inAlias++;
      const value = convert(target);
      inAlias--;
      return value;
    }
    if (inAlias === 0 && node.anchor !== undefined) anchored.set(node.anchor, node);
    if (isScalar(node)) {
      const { value } = node;
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
      return null;
    }
    if (!isMap(node) && !isSeq(node)) return null;
    open.add(node);
    const value = isSeq(node) ? node.items.map((item) => convert(asNode(item))) : mapToJson(node.items);
    open.delete(node);
    return value;
  };

  const mapToJson = (pairs: readonly Pair[]): Json => {
    const entries = new Map<string, Json>();
    for (const { key, value } of pairs) {
      const name = isScalar(key) ? key.value : undefined;
      if (inAlias === 0 && isScalar(key) && key.anchor !== undefined) anchored.set(key.anchor, key);
      if (!isScalar(key) || (typeof name !== 'string' && typeof name !== 'number')) {
        const at = asNode(key) ?? asNode(value);
        if (at !== null) refuse(at, messages().targets.yaml.keyNotText);
        continue;
      }
      if (name === '<<') {
        refuse(key, messages().targets.yaml.mergeKey);
        continue;
      }
      if (entries.has(String(name))) {
        refuse(key, messages().targets.yaml.duplicateKey);
        continue;
      }
      entries.set(String(name), convert(asNode(value)));
    }
    // Not an object literal filled by assignment: `__proto__` is a key like any other.
    return Object.fromEntries(entries);
  };

  return { value: convert(document.contents), meant };
}

function asNode(value: unknown): Node | null {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value) ? value : null;
}

function walk(contents: Node | null, path: Path, meant: Meant): { key: Node | null; node: Node | null } {
  let key: Node | null = null;
  let node: Node | null = contents;
  for (const step of path) {
    const resolved: Node | null = isAlias(node) ? (meant.get(node) ?? null) : node;
    // One entry where a list is allowed is read as a list of one.
    if (typeof step === 'number' && !isSeq(resolved)) continue;
    if (isMap(resolved)) {
      const pair = resolved.items.find((item) => isScalar(item.key) && String(item.key.value) === String(step));
      if (pair === undefined) break;
      key = asNode(pair.key);
      node = asNode(pair.value) ?? key;
    } else if (isSeq(resolved)) {
      const item = asNode(resolved.items[Number(step)]);
      if (item === null) break;
      key = null;
      node = item;
    } else break;
  }
  return { key, node };
}
