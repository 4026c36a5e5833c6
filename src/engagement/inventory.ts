// Reads an inventory in CSV: each row is a target, or one endpoint of it, by the columns that the targets file names.
import { basename, extname } from 'node:path';
import { messages } from '../messages/index.js';
import type { Json } from '../model/json.js';
import { readAddress, writeAddress } from './address.js';
import { parseCsv, type Cell } from './csv.js';
import type { Path } from './document.js';
import { addIssues, type TargetEntry } from './entry.js';
import { parseHosts, splitHosts } from './host.js';
import type { MistakeList, MistakeText, Spot } from './mistake.js';
import { nearest } from '../text/nearest.js';
import { csvColumns, csvDelimiters, parts, type CsvPart, type DefaultsPart } from './schema.js';

type Column = (typeof csvColumns)[number];

/** Where an inventory is named, and what holds for its rows. */
export interface InventoryContext {
  readonly include: CsvPart;
  /** The file as mistakes name it. */
  readonly name: string;
  readonly folder: string;
  readonly defaults: DefaultsPart;
  /** Adds a mistake in the part of the targets file that names the inventory. */
  readonly refuse: (path: Path, said: MistakeText) => void;
}

/** The rows of a CSV file as targets; every mistake in it is added to the list. */
export function readInventory(text: string, context: InventoryContext, mistakes: MistakeList): readonly TargetEntry[] {
  const { include, name, folder, defaults } = context;
  const delimiter = include.delimiter ?? ',';
  const { rows, open } = parseCsv(text, delimiter);
  const words = messages().targets.inventory;
  const refuse = (spot: Omit<Spot, 'file'>, said: MistakeText) => mistakes.add({ ...spot, file: name }, said);
  const [header, ...body] = rows;
  if (header === undefined) {
    refuse({ line: 1, column: 1, at: '' }, words.empty);
    return [];
  }
  const columns = columnsOf(header.cells, text, context);
  if (columns === null) return [];
  if (open !== null) refuse(open, words.openQuote);
  const stem =
    basename(name, extname(name))
      .replace(/[^A-Za-z0-9._-]+/g, '-')
      .replace(/^[^A-Za-z0-9]+/, '') || 'csv';

  // An export that went wrong has only its header: what it should have declared would go missing without a word.
  // Spreadsheets write rows of delimiters where nothing is.
  const filled = body.filter(({ cells }) => cells.some(({ text: value }) => value !== ''));
  if (filled.length === 0 && open === null) refuse({ line: header.line, column: 1, at: '' }, words.noRows);

  const entries: TargetEntry[] = [];
  for (const row of filled) {
    const [first = { line: row.line, column: 1, at: '', text: '' }] = row.cells;
    const extra = row.cells.slice(header.cells.length).find((cell) => cell.text !== '');
    if (extra !== undefined) {
      refuse(extra, words.tooManyFields(header.cells.length, delimiter));
      continue;
    }
    const cell = (key: Column): Cell | undefined => {
      const column = columns.get(key);
      const found = column === undefined ? undefined : row.cells[column];
      return found === undefined || found.text === '' ? undefined : found;
    };
    const value = (key: Column) => cell(key)?.text;
    const places = placesOf(value('host'), value('address'));
    if (!places.ok) {
      refuse(cell(places.column) ?? first, places.said);
      continue;
    }
    if (places.hosts === undefined && value('url') === undefined) {
      refuse({ ...first, at: '' }, words.noHost);
      continue;
    }
    const raw: Record<string, Json | undefined> = {
      id: value('target') ?? `${stem}-${row.line}`,
      url: value('url'),
      hosts: places.hosts,
      ports: value('port'),
      paths: value('path'),
      scheme: value('scheme')?.toLowerCase(),
      owner: value('owner'),
      environment: value('environment'),
      notes: value('notes'),
    };
    const present = Object.fromEntries(Object.entries(raw).filter(([, text]) => text !== undefined));
    const spot = ([key, index, inner]: Path): Spot => {
      const isAddress = value('host') === undefined || inner === 'address';
      const known = key === 'hosts' ? (isAddress ? 'address' : 'host') : columnOf(key);
      const found = known === undefined ? undefined : cell(known);
      if (found === undefined) return { ...first, file: name };
      const one = known === 'host' || known === 'address' ? splitHosts(found.text)[Number(index)] : undefined;
      return { ...found, file: name, at: one ?? found.at };
    };
    const parsed = parts.target.safeParse(present);
    if (parsed.success) entries.push({ value: parsed.data, defaults, isRow: true, folder, spot });
    else addIssues(parsed.error.issues, present, spot, mistakes);
  }
  return entries;
}

function columnOf(key: PropertyKey | undefined): Column | undefined {
  const others: Record<string, Column> = { id: 'target', ports: 'port', paths: 'path' };
  return csvColumns.find((column) => column === (others[String(key)] ?? key));
}

/** The position of each column, or null (with the mistakes reported) when the rows cannot be read by them. */
function columnsOf(
  header: readonly Cell[],
  text: string,
  { include, name, refuse }: InventoryContext,
): ReadonlyMap<Column, number> | null {
  const said = messages().targets.inventory;
  const names = header.map((cell) => cell.text);
  const wanted = csvColumns.flatMap((key) => {
    const column = include.columns[key];
    return column === undefined ? [] : [{ key, column }];
  });
  const missing = wanted.filter(({ column }) => !names.includes(column));
  if (missing.length > 0) {
    const delimiter = include.delimiter ?? ',';
    const other = csvDelimiters.find((each) => {
      const [line] = parseCsv(text.split('\n', 1)[0] ?? '', each).rows;
      const found = wanted.filter(({ column }) => line?.cells.some((cell) => cell.text === column));
      const splits = names.length === 1 && (line?.cells.length ?? 0) > 1;
      return each !== delimiter && (splits || found.length > wanted.length - missing.length);
    });
    if (other !== undefined) {
      const key = include.delimiter === undefined ? 'csv' : 'delimiter';
      refuse([key], said.otherDelimiter(name, other, delimiter));
      return null;
    }
  }
  for (const { key, column } of missing)
    refuse(['columns', key], said.noColumn(name, nearest(column, names), names.slice(0, 30)));
  for (const { key, column } of wanted) {
    if (names.indexOf(column) !== names.lastIndexOf(column)) refuse(['columns', key], said.columnTwice(name));
  }
  const columns = new Map(wanted.map(({ key, column }) => [key, names.indexOf(column)]));
  for (const { key } of missing) columns.delete(key);
  const where = ['url', 'host', 'address'] as const;
  if (where.some((key) => columns.has(key))) return columns;
  if (where.every((key) => include.columns[key] === undefined)) refuse(['columns', 'host'], said.noHostColumn);
  return null;
}

type Places =
  | { readonly ok: true; readonly hosts: Json | undefined }
  | { readonly ok: false; readonly column: 'host' | 'address'; readonly said: MistakeText };

/** What a row's host and address stand for: hosts, each of which may have addresses of its own. */
function placesOf(host: string | undefined, address: string | undefined): Places {
  const hosts = host === undefined ? [] : splitHosts(host);
  const addresses = address === undefined ? [] : splitHosts(address);
  if (addresses.length === 0) return { ok: true, hosts: host === undefined ? undefined : hosts };
  if (hosts.length === 0) {
    if (addresses.every((text) => !isName(text))) return { ok: true, hosts: addresses };
    return { ok: false, column: 'address', said: messages().targets.inventory.nameAsAddress };
  }
  // Inventories repeat an address where a machine has no name.
  if (hosts.length === addresses.length && hosts.every((text, index) => isSame(text, addresses[index])))
    return { ok: true, hosts };
  if (hosts.length > 1 && addresses.length > 1)
    return {
      ok: false,
      column: 'address',
      said: messages().targets.inventory.hostsAndAddresses(hosts.length, addresses.length),
    };
  return { ok: true, hosts: hosts.map((name) => ({ name, address: addresses })) };
}

function isName(text: string): boolean {
  const parsed = parseHosts(text);
  return (
    parsed.ok && (parsed.value.kind === 'numbered' || (parsed.value.kind === 'single' && parsed.value.address === null))
  );
}

function isSame(text: string, other: string | undefined): boolean {
  const [a, b] = [readAddress(text), readAddress(other ?? '')];
  return a !== null && b !== null && writeAddress(a) === writeAddress(b);
}
