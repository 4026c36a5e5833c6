import { realpath } from 'node:fs/promises';
import { basename, dirname, extname, isAbsolute, join, resolve } from 'node:path';
import type { z } from 'zod';
import type { Json } from '../model/json.js';
import { parseCsv, type Cell } from './csv.js';
import { parseYaml, readSmallFile, unknownKey, type FileData, type Path } from './document.js';
import { nearest, type MistakeList, type Spot } from './mistake.js';
import { at, branchFor, isRecord, salvage, type Salvaged } from './salvage.js';
import {
  csvColumns,
  fileSchema,
  parts,
  type DefaultsPart,
  type EngagementPart,
  type IncludePart,
  type OwnerPart,
  type TargetPart,
  type TlsPart,
} from './schema.js';

/** A part of a file that was read, with where it stands. */
export interface Located<T> {
  readonly value: T;
  readonly file: string;
  /** The folder that names of files in it are relative to. */
  readonly folder: string;
  /** Where something inside the part stands. */
  readonly spot: (path: Path, what?: 'key' | 'value') => Spot;
}

/** A target of a file, or a row of a CSV file, with the defaults that hold for it. */
export interface TargetEntry extends Located<TargetPart> {
  readonly defaults: DefaultsPart;
  readonly isRow: boolean;
  /** What is wrong with it by itself was taken out, so that its references are checked all the same. */
  readonly isPartial: boolean;
}

/** A targets file and everything it includes, each part valid by itself. */
export interface Files {
  engagement: Located<EngagementPart> | null;
  /** Keys of the engagement that are there, but wrong. */
  brokenKeys: ReadonlySet<string>;
  /** True when an engagement is declared, valid or not. */
  hasEngagement: boolean;
  tls: Located<TlsPart> | null;
  readonly owners: Map<string, Located<OwnerPart>>;
  readonly targets: TargetEntry[];
  readonly defaults: Located<DefaultsPart>[];
  /** Every file, in the order they were read. */
  readonly names: string[];
}

/** Nothing declared at all. */
export function noFiles(): Files {
  return {
    engagement: null,
    brokenKeys: new Set(),
    hasEngagement: false,
    tls: null,
    owners: new Map(),
    targets: [],
    defaults: [],
    names: [],
  };
}

type CsvPart = Exclude<IncludePart, string>;

// One file per owning team, and folders of them, stay far below.
const mostFiles = 2000;

/** Reads a targets file with its includes; every mistake in any of them is added to the list. */
export async function readFiles(file: string, mistakes: MistakeList): Promise<Files> {
  const files = noFiles();
  const read = new Set<string>();

  const readOne = async (
    path: string,
    name: string,
    named: { file: string; spot: Spot },
    inherited: DefaultsPart,
    above: readonly string[],
  ) => {
    const real = await realpath(path).catch(() => path);
    if (above.includes(real)) {
      mistakes.add({
        ...named.spot,
        file: named.file,
        message: 'this file includes itself, by way of others or directly',
        instead: 'leave this include out',
      });
      return;
    }
    if (read.has(real)) {
      mistakes.add({
        ...named.spot,
        file: named.file,
        message: 'this file is included twice',
        instead: 'keep one of the two',
      });
      return;
    }
    read.add(real);
    if (read.size > mostFiles) {
      if (read.size === mostFiles + 1)
        mistakes.add({
          ...named.spot,
          file: named.file,
          message: `more than ${mostFiles} files are included`,
          instead: 'join some of them',
        });
      return;
    }
    files.names.push(name);
    const text = await readSmallFile(path, mistakes, named);
    if (text === null) return;
    const data = parseYaml(text, name, mistakes);
    if (data === null) return;
    const root = above.length === 0;
    const content = contentOf(data, name, mistakes);
    const located = <T>({ value, inFile }: Salvaged<T>, base: Path): Located<T> => ({
      value,
      file: name,
      folder: dirname(path),
      spot: (inner, what) => data.spot([...base, ...inFile(inner)], what),
    });
    const refuse = (at: Path, message: string, instead: string, what: 'key' | 'value' = 'value') =>
      mistakes.add({ file: name, ...data.spot(at, what), message, instead });

    for (const key of ['engagement', 'tls'] as const) {
      if (!root && has(data.value, key))
        refuse([key], `\`${key}\` belongs into the first file only`, 'move it there', 'key');
    }
    if (root) {
      files.hasEngagement = has(data.value, 'engagement');
      if (content.engagement !== null) {
        files.engagement = located(content.engagement, ['engagement']);
        files.brokenKeys = content.engagement.broken;
      }
      if (content.tls !== undefined) files.tls = located(asWritten(content.tls), ['tls']);
    }
    for (const [key, owner] of content.owners) {
      if (files.owners.has(key))
        refuse(
          ['owners', key],
          `the owner \`${key}\` is declared in ${files.owners.get(key)?.file ?? ''} too`,
          'keep one of the two',
          'key',
        );
      else files.owners.set(key, located(owner, ['owners', key]));
    }
    files.defaults.push(located(content.defaults, ['defaults']));
    const defaults = mergeDefaults(inherited, content.defaults.value);
    for (const [index, target] of content.targets) {
      const isPartial = target.broken.size > 0;
      files.targets.push({ ...located(target, ['targets', index]), defaults, isRow: false, isPartial });
    }

    for (const [at, { value: include, broken }] of content.includes) {
      const spot = data.spot(at);
      const wanted = typeof include === 'string' ? include : include.csv;
      const path2 = resolve(dirname(path), wanted);
      const name2 = isAbsolute(wanted) ? wanted : join(dirname(name), wanted);
      if (typeof include === 'string' && extname(include).toLowerCase() === '.csv') {
        refuse(
          at,
          'a CSV file needs to be told what its columns are',
          'write { csv: ' + include + ', columns: { host: … } }',
        );
      } else if (typeof include === 'string') {
        await readOne(path2, name2, { file: name, spot }, defaults, [...above, real]);
      } else {
        const csv = await readSmallFile(path2, mistakes, { file: name, spot: data.spot([...at, 'csv']) });
        files.names.push(name2);
        // With an unknown delimiter every column would seem to be missing.
        if (csv !== null && !broken.has('delimiter'))
          readCsv(
            csv,
            include,
            broken.has('columns'),
            { name: name2, folder: dirname(path2) },
            (key, message, instead) => refuse([...at, 'columns', key], message, instead),
            defaults,
          );
      }
    }
  };

  const readCsv = (
    text: string,
    include: CsvPart,
    lacksColumns: boolean,
    { name, folder }: { name: string; folder: string },
    refuseColumn: (key: string, message: string, instead: string) => void,
    defaults: DefaultsPart,
  ) => {
    const { rows, open } = parseCsv(text, include.delimiter ?? ',');
    if (open !== null)
      mistakes.add({
        file: name,
        ...open,
        message: 'the closing quote is missing',
        instead: 'close the field with `"`',
      });
    const [header, ...body] = rows;
    if (header === undefined) {
      mistakes.add({
        file: name,
        line: 1,
        column: 1,
        at: '',
        message: 'the file is empty',
        instead: 'begin it with a line of column names',
      });
      return;
    }
    const names = header.cells.map((cell) => cell.text);
    const columns = new Map<(typeof csvColumns)[number], number>();
    for (const key of csvColumns) {
      const wanted = include.columns[key];
      if (wanted === undefined) continue;
      const index = names.indexOf(wanted);
      const meant = nearest(wanted, names);
      if (index >= 0) columns.set(key, index);
      else
        refuseColumn(
          key,
          `${name} has no column of this name`,
          meant === null ? `write one of ${names.slice(0, 30).join(', ')}` : `did you mean \`${meant}\`?`,
        );
    }
    if (!columns.has('url') && !columns.has('host')) {
      if (include.columns.url === undefined && include.columns.host === undefined && !lacksColumns)
        refuseColumn('host', 'neither host nor url is among the columns', 'add `host: <name of the column>`');
      return;
    }
    const stem =
      basename(name, extname(name))
        .replace(/[^A-Za-z0-9._-]+/g, '-')
        .replace(/^[^A-Za-z0-9]+/, '') || 'csv';
    for (const row of body) {
      const cell = (key: (typeof csvColumns)[number]): Cell | undefined => {
        const column = columns.get(key);
        const found = column === undefined ? undefined : row.cells[column];
        return found === undefined || found.text === '' ? undefined : found;
      };
      const value = (key: (typeof csvColumns)[number]) => cell(key)?.text;
      const host = value('host');
      const address = value('address');
      const raw: Record<string, Json | undefined> = {
        id: value('target') ?? `${stem}-${row.line}`,
        url: value('url'),
        hosts: host === undefined || address === undefined ? host : { name: host, address },
        ports: value('port')?.split(/[\s,;]+/),
        paths: value('path'),
        scheme: value('scheme')?.toLowerCase(),
        owner: value('owner'),
        environment: value('environment'),
        notes: value('notes'),
      };
      const present = Object.fromEntries(Object.entries(raw).filter(([, text]) => text !== undefined));
      const spot = ([key, inner]: Path): Spot => {
        const columnOf: Record<string, (typeof csvColumns)[number]> = {
          id: 'target',
          hosts: 'host',
          ports: 'port',
          paths: 'path',
        };
        const known =
          key === 'hosts' && inner === 'address'
            ? 'address'
            : csvColumns.find((column) => column === (columnOf[String(key)] ?? key));
        const found = known === undefined ? undefined : cell(known);
        const [first] = row.cells;
        return found ?? { line: row.line, column: first?.column ?? 1, at: first?.text ?? '' };
      };
      const parsed = parts.target.safeParse(present);
      if (!parsed.success) addIssues(parsed.error.issues, present, name, (path) => spot(path), mistakes);
      const target = parsed.success ? asWritten(parsed.data) : salvageTarget(present, row.line);
      if (target === null) continue;
      const isPartial = target.broken.size > 0;
      files.targets.push({ value: target.value, isPartial, defaults, isRow: true, file: name, folder, spot });
    }
  };

  await readOne(resolve(file), file, { file, spot: { line: 0, column: 0, at: '' } }, {}, []);
  return files;
}

interface Content {
  readonly engagement: Salvaged<EngagementPart> | null;
  readonly tls: TlsPart | undefined;
  readonly owners: readonly (readonly [string, Salvaged<OwnerPart>])[];
  readonly defaults: Salvaged<DefaultsPart>;
  readonly targets: readonly (readonly [number, Salvaged<TargetPart>])[];
  readonly includes: readonly (readonly [Path, Salvaged<IncludePart>])[];
}

function asWritten<T>(value: T): Salvaged<T> {
  return { value, broken: new Set(), inFile: (path) => path };
}

function contentOf(data: FileData, file: string, mistakes: MistakeList): Content {
  const { value } = data;
  const include = at(value, 'include');
  const includePath = (index: number): Path => (Array.isArray(include) ? ['include', index] : ['include']);
  const whole = fileSchema.safeParse(value);
  if (whole.success) {
    const { engagement, tls, owners = {}, defaults = {}, targets = [], include: includes = [] } = whole.data;
    return {
      engagement: engagement === undefined ? null : asWritten(engagement),
      tls,
      owners: Object.entries(owners).map(([key, owner]) => [key, asWritten(owner)]),
      defaults: asWritten(defaults),
      targets: targets.map((target, index) => [index, asWritten(target)]),
      includes: includes.map((part, index) => [includePath(index), asWritten(part)]),
    };
  }
  addIssues(whole.error.issues, value, file, data.spot, mistakes);
  // What is right by itself goes on, so that mistakes of other kinds are shown at once with these.
  const includes: [Path, Salvaged<IncludePart>][] = [];
  for (const [index, raw] of items(include).entries()) {
    const parsed = parts.include.safeParse(raw);
    const read = parsed.success ? asWritten(parsed.data) : salvage(parts.include, raw, { columns: {} });
    if (read !== null) includes.push([includePath(index), read]);
  }
  const targets: [number, Salvaged<TargetPart>][] = [];
  for (const [index, raw] of items(at(value, 'targets')).entries()) {
    const target = salvageTarget(raw, index);
    if (target !== null) targets.push([index, target]);
  }
  const owners = at(value, 'owners');
  return {
    engagement: salvage(parts.engagement, at(value, 'engagement'), { id: 'unknown' }, [scopeInclude]),
    tls: parts.tls.safeParse(at(value, 'tls')).data,
    // A broken owner is an owner all the same for the targets that name it.
    owners: Object.entries(isRecord(owners) ? owners : {}).map(([key, raw]) => [
      key,
      salvage(parts.owner, raw, {}) ?? asWritten({}),
    ]),
    defaults: salvage(parts.defaults, at(value, 'defaults'), {}) ?? asWritten({}),
    targets,
    includes,
  };
}

// Without one of its entries, what that entry allows would be said to lie outside.
const scopeInclude: Path = ['scope', 'include'];

function salvageTarget(raw: unknown, index: number): Salvaged<TargetPart> | null {
  const id = at(raw, 'id');
  // A name that no other target can have.
  const target = salvage(parts.target, raw, { id: `unknown-${index}` });
  if (target === null || typeof id !== 'string') return target;
  return { ...target, value: { ...target.value, id } };
}

function mergeDefaults(inherited: DefaultsPart, own: DefaultsPart): DefaultsPart {
  const labels = { ...inherited.labels, ...own.labels };
  return { ...inherited, ...own, ...(Object.keys(labels).length > 0 ? { labels } : {}) };
}

function has(value: unknown, key: string): boolean {
  return isRecord(value) && Object.hasOwn(value, key);
}

function items(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

type Issue = z.core.$ZodIssue;

/** Turns zod's issues into mistakes with their place; the messages of the schema have two lines (see there). */
export function addIssues(
  issues: readonly Issue[],
  data: unknown,
  file: string,
  spot: (path: Path, what?: 'key' | 'value') => Spot,
  mistakes: MistakeList,
  base: Path = [],
): void {
  for (const issue of issues) {
    if (mistakes.isFull()) return;
    const path = [...base, ...issue.path];
    const value = path.reduce<unknown>(at, data);
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        if (mistakes.isFull()) return;
        mistakes.add({
          file,
          ...spot([...path, key], 'key'),
          message: 'this key is not known',
          instead: elsewhere(key, path) ?? unknownKey(key, issue.message.split('\n')),
        });
      }
      continue;
    }
    if (issue.code === 'invalid_union') {
      const branch = branchFor(issue.errors, value);
      if (branch !== null) {
        addIssues(branch, data, file, spot, mistakes, path);
        continue;
      }
    }
    const [message = '', instead = ''] = issue.message.split('\n');
    const key = path.at(-1);
    if (value === undefined && typeof key === 'string') {
      const parent = path.slice(0, -1);
      mistakes.add({
        file,
        ...spot(parent, typeof parent.at(-1) === 'string' ? 'key' : 'value'),
        message: `\`${key}\` is missing`,
        instead: `add \`${key}: ${instead.replace(/^write /, '')}\``,
      });
      continue;
    }
    if (issue.code === 'invalid_key') {
      const [inner] = issue.issues;
      const [why = message, how = instead] = inner?.message.split('\n') ?? [];
      mistakes.add({ file, ...spot(path, 'key'), message: why, instead: how });
      continue;
    }
    const place = spot(path);
    // What YAML could not read (`*.acme.example` without quotes) is missing here: that was said already.
    const isSaid = mistakes.found.some(
      (said) => said.file === file && said.line === place.line && said.column === place.column,
    );
    if (!isSaid || place.line === 0) mistakes.add({ file, ...place, message, instead });
  }
}

/** Where a key that is not known at its place belongs, most often because its indentation is lost; null when nowhere. */
function elsewhere(key: string, path: Path): string | null {
  const isTop = path.length === 0;
  const isTarget = path[0] === 'targets' && path.length <= 2;
  if (isTop && Object.hasOwn(parts.target.shape, key)) {
    return 'it belongs to a target under `targets:`; indent it as far as the `id` there';
  }
  if ((isTop || isTarget) && Object.hasOwn(parts.engagement.shape, key)) {
    return isTop
      ? 'it belongs under `engagement:`; indent it'
      : 'it belongs under `engagement:`; move it there, and indent it';
  }
  if (isTarget && Object.hasOwn(fileSchema.shape, key)) {
    return `\`${key}:\` begins at the left margin; do not indent it`;
  }
  return null;
}
