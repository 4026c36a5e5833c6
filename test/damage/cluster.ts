/** What a cluster answers to requests that were not recorded, as far as its recorded answers show: listings in other shapes. */
import { createHash } from 'node:crypto';
import { isObject } from './wire.js';

/** An index by the columns that were recorded of it. */
export type Row = Readonly<Record<string, string | null>>;

/** What is known of a cluster that lists its indices. */
export interface Listed {
  readonly rows: readonly Row[];
  /** Major version; 7 where none was read. */
  readonly major: number;
  readonly opensearch: boolean;
}

/** What a cluster answers: JSON, a table of `_cat` as text, or that an index is missing. */
export type Derived =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'table'; readonly text: string }
  | { readonly kind: 'missing'; readonly index: string };

type Query = ReadonlyMap<string, string>;

/** Columns of `_cat/indices` where none were asked for (RestIndicesAction). */
const defaultColumns = [
  ...['health', 'status', 'index', 'uuid', 'pri', 'rep'],
  ...['docs.count', 'docs.deleted', 'store.size', 'pri.store.size'],
];

/** A uuid as Elasticsearch gives to an index: 22 characters that look random, the same wherever it is shown. */
function uuidOf(index: string): string {
  return createHash('sha256').update(index).digest('base64url').slice(0, 22);
}

function nameOf(row: Row): string {
  return row['index'] ?? '';
}

/** The indices that a name in a path stands for: all, those of a pattern, or the name of one that is missing. */
function named(rows: readonly Row[], names: string): readonly Row[] | string {
  const found: Row[] = [];
  for (const name of names.split(',')) {
    const pattern = new RegExp(`^${name === '_all' ? '.*' : name.split('*').map(escaped).join('.*')}$`);
    const some = rows.filter((row) => pattern.test(nameOf(row)));
    if (some.length === 0 && !name.includes('*') && name !== '_all') return name;
    found.push(...some);
  }
  return [...new Set(found)];
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function human(bytes: string): string {
  const number = Number(bytes);
  if (number < 1024) return `${number}b`;
  return number < 1024 ** 2 ? `${(number / 1024).toFixed(1)}kb` : `${(number / 1024 ** 2).toFixed(1)}mb`;
}

/** `_cat/indices` by the columns, the unit and the format that are asked for. Unknown columns are left out, as servers do. */
function catIndices({ rows, major }: Listed, query: Query, wantsJson: boolean): Derived {
  const asked = query
    .get('h')
    ?.split(',')
    .map((name) => name.trim());
  const table = rows.map((row) => {
    const size = row['store.size'] ?? null;
    const told = size === null || query.get('bytes') === 'b' || !/^\d+$/.test(size) ? size : human(size);
    const all: Row = {
      pri: '1',
      rep: '1',
      'docs.deleted': '0',
      'pri.store.size': told,
      ...row,
      uuid: uuidOf(nameOf(row)),
      'store.size': told,
    };
    const shown = (asked ?? defaultColumns).filter((column) => column in all);
    return Object.fromEntries(shown.map((column) => [column, all[column] ?? null]));
  });
  // Before 5.0 only `format` asks for JSON, since then `Accept` does too (RestTable).
  if (query.get('format') === 'json' || (!query.has('format') && wantsJson && major >= 5))
    return { kind: 'json', value: table };
  return { kind: 'table', text: table.map((row) => `${Object.values(row).join(' ')} \n`).join('') };
}

const shards = { total: 1, successful: 1, skipped: 0, failed: 0 };

function byName(rows: readonly Row[], of: (row: Row) => unknown): Record<string, unknown> {
  return Object.fromEntries(rows.map((row) => [nameOf(row), of(row)]));
}

function documentsOf(row: Row): number {
  return Number(row['docs.count'] ?? 0);
}

function statsOf(rows: readonly Row[], { major }: Listed): unknown {
  const part = (row: Row) => ({
    docs: { count: documentsOf(row), deleted: 0 },
    store: { size_in_bytes: Number(row['store.size'] ?? 0) },
  });
  return {
    _shards: { total: rows.length, successful: rows.length, failed: 0 },
    _all: { primaries: {}, total: {} },
    indices: byName(rows, (row) => ({
      ...(major >= 6 ? { uuid: uuidOf(nameOf(row)) } : {}),
      primaries: part(row),
      total: part(row),
    })),
  };
}

/** Listings by the last part of their path. The text before it names indices; none stands for all. */
const listings: Readonly<Record<string, (rows: readonly Row[], cluster: Listed, query: Query) => unknown>> = {
  _alias: (rows) => byName(rows, () => ({ aliases: {} })),
  _aliases: (rows) => byName(rows, () => ({ aliases: {} })),
  _stats: statsOf,
  _settings: (rows) =>
    byName(rows, (row) => ({
      settings: { index: { number_of_shards: '1', uuid: uuidOf(nameOf(row)), provided_name: nameOf(row) } },
    })),
  _mapping: (rows) => byName(rows, () => ({ mappings: { properties: { note: { type: 'text' } } } })),
  _count: (rows) => ({ count: rows.reduce((sum, row) => sum + documentsOf(row), 0), _shards: shards }),
  _field_caps: (rows, { major, opensearch }) => ({
    ...(major >= 7 || opensearch ? { indices: rows.map(nameOf) } : {}),
    fields: { _index: { _index: { type: '_index', searchable: true, aggregatable: true } } },
  }),
  _search: (rows, _, query) => ({
    took: 2,
    timed_out: false,
    _shards: shards,
    hits: {
      total: { value: rows.reduce((sum, row) => sum + documentsOf(row), 0), relation: 'eq' },
      max_score: 1,
      hits:
        query.get('size') === '0'
          ? []
          : rows.slice(0, 1).map((row) => ({ _index: nameOf(row), _id: '1', _source: { note: 'x' } })),
    },
  }),
};

/** What a cluster that lists its indices answers at a path (below its base path), or null where this model does not know it. */
export function derive(cluster: Listed, path: string, query: Query, wantsJson: boolean): Derived | null {
  const { rows, major, opensearch } = cluster;
  const segments = path.split('/').filter((segment) => segment !== '');
  const [first = '', second = '', third] = segments;
  const choose = (names: string, of: (chosen: readonly Row[]) => Derived): Derived => {
    const chosen = named(rows, names);
    return typeof chosen === 'string' ? { kind: 'missing', index: chosen } : of(chosen);
  };
  const filtered = (value: unknown): Derived => {
    const filter = query.get('filter_path');
    return { kind: 'json', value: filter === undefined ? value : (filterPath(value, filter.split(',')) ?? {}) };
  };
  if (first === '_cat' && second === 'indices' && segments.length <= 3)
    return choose(third ?? '*', (chosen) => {
      const answer = catIndices({ ...cluster, rows: chosen }, query, wantsJson);
      return answer.kind === 'json' ? filtered(answer.value) : answer;
    });
  if (first === '_resolve' && second === 'index' && third !== undefined && (major >= 8 || opensearch || major === 7))
    return choose(third, (chosen) =>
      filtered({
        indices: chosen.map((row) => ({
          name: nameOf(row),
          attributes: [row['status'] === 'close' ? 'closed' : 'open'],
        })),
        aliases: [],
        data_streams: [],
      }),
    );
  const whole = first.startsWith('_') && segments.length <= (first === '_stats' ? 2 : 1);
  const kind = whole ? first : second;
  const list = Object.hasOwn(listings, kind) ? listings[kind] : undefined;
  if (list === undefined || segments.length > (kind === '_stats' ? 3 : 2)) return null;
  return choose(whole ? '*' : first, (chosen) => filtered(list(chosen, cluster, query)));
}

/** What a complete answer holds next to the part that was recorded, by its path. */
const besides: readonly (readonly [path: RegExp, more: unknown])[] = [
  [
    /\/_cluster\/stats$/,
    { _nodes: { total: 1, successful: 1, failed: 0 }, timestamp: 1795692700000, indices: { shards: { total: 6 } } },
  ],
  [/\/_nodes\b/, { _nodes: { total: 1, successful: 1, failed: 0 } }],
  [
    /\/_cluster\/health$/,
    { timed_out: false, number_of_data_nodes: 1, active_primary_shards: 6, active_shards: 6, unassigned_shards: 0 },
  ],
  [/\/_security\/user\/_privileges$/, { global: [], applications: [], run_as: [] }],
  [/\/_search$/, { took: 2, hits: { max_score: null, hits: [] } }],
];

/** A recorded answer that was filtered, as it is without the filter: with what such an answer also holds. */
export function widened(path: string, value: unknown): unknown {
  return besides.reduce((whole, [pattern, more]) => (pattern.test(path) ? merged(whole, more) : whole), value);
}

/** The answer to a search that did not say how many documents it wants: some come with it. */
export function withDocuments(value: unknown): unknown {
  return merged(value, { took: 2, hits: { max_score: 1, hits: [{ _id: '1', _score: 1, _source: { note: 'x' } }] } });
}

function merged(value: unknown, more: unknown): unknown {
  if (!isObject(value) || !isObject(more)) return value ?? more;
  const keys = [...new Set([...Object.keys(value), ...Object.keys(more)])];
  return Object.fromEntries(keys.map((key) => [key, key in more ? merged(value[key], more[key]) : value[key]]));
}

/** What a `filter_path` leaves; undefined where it leaves nothing. `*` stands for any part of a name, `**` for any depth. */
export function filterPath(value: unknown, patterns: readonly string[]): unknown {
  return filtered(
    value,
    patterns.map((pattern) => pattern.split('.')),
  );
}

function filtered(value: unknown, patterns: readonly (readonly string[])[]): unknown {
  if (patterns.some((pattern) => pattern.length === 0)) return value;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => filtered(item, patterns)).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items;
  }
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value).flatMap(([key, item]) => {
    const below = patterns.flatMap(([head = '', ...rest]) => {
      if (head === '**') return [[head, ...rest], ...afterName(key, rest)];
      return afterName(key, [head, ...rest]);
    });
    const left = below.length === 0 ? undefined : filtered(item, below);
    return left === undefined ? [] : [[key, left] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** What is left of a pattern behind a key, whose own dots belong to it. */
function afterName(key: string, pattern: readonly string[]): (readonly string[])[] {
  const dots = key.split('.').length;
  const head = pattern.slice(0, dots).join('.');
  if (new RegExp(`^${head.split('*').map(escaped).join('.*')}$`).test(key)) return [pattern.slice(dots)];
  return pattern[0] === '*' ? [pattern.slice(1)] : [];
}
