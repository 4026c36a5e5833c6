// What is kept of a listing of indices, and how it is read back.
import { z } from 'zod';
import type { Json } from '../model/json.js';
import { attackMark, wordBehindRandom } from '../knowledge/attack-marks.js';
import { tellsOfPersons } from '../knowledge/field-matcher.js';
import { isSystemIndex } from '../knowledge/system-indices.js';
import { uuidsOfRows } from './authenticity.js';
import { plain } from './banner.js';
import { canStandInPath, kindOf } from './index-names.js';
import { entries, optionalNumber, optionalText } from './parse.js';
import { within } from './redact.js';

/**
 * Indices kept by name at most: the largest of each kind (so that the one table of people is among them, however many logs
 * there are), the largest by documents, the newest, one without a count, and those with a mark of an attacker. Totals
 * count all.
 */
const largestKept = 180;
const kindsKept = 80;
const newestKept = 20;
const markedKept = 30;

/**
 * Bytes of JSON that they may take: names of 255 bytes would push other answers out of the journal's line. Those with
 * a mark come first, then the largest of each kind, the largest, the newest.
 */
const bytesKept = 30 * 1024;

/** Indices that differ by a random prefix only, from which on they are marked. */
const randomAtLeast = 3;

const listed = z.object({
  name: z.string(),
  documents: z.number().optional(),
  bytes: z.number().optional(),
  /** Milliseconds since 1970. */
  created: z.number().optional(),
  /** `open` or `close`, as said. */
  status: z.string().optional(),
  health: z.string().optional(),
});

const listing = z.object({
  total: z.number(),
  system: z.number(),
  documents: z.number(),
  bytes: z.number(),
  /** Creation of the oldest and newest user index, milliseconds since 1970. */
  oldest: z.number().optional(),
  newest: z.number().optional(),
  /** Columns that were not asked for: a sign of a fabricated answer (wire guide R.6.3). */
  foreign: z.array(z.string()),
  /** Ids by name, where they came without being asked for: another lister must agree. */
  uuids: z.record(z.string(), z.string()).optional(),
  /** Small, open user indices that hold documents, the smallest first, of different kinds. */
  small: z.array(z.string()),
  /** User indices without a count; absent in what earlier versions kept. */
  uncounted: z.number().optional(),
  /** Kinds of user indices (see kindOf); absent where names were not shown, and in what earlier versions kept. */
  kinds: z.number().optional(),
  /** Indices with a mark, and the creation of the newest user index without one; absent where names were not shown. */
  marked: z.object({ total: z.number(), newestOther: z.number().optional() }).optional(),
  list: z.array(listed),
});

/** A listing of indices as it is kept: totals over all, the largest and the newest by name. */
export type Listing = z.infer<typeof listing>;

/** One index of a {@link Listing}. */
export type ListedIndex = z.infer<typeof listed>;

/** Reads a kept listing back; null for any other value. */
export function parseListing(value: unknown): Listing | null {
  const parsed = listing.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** Whether a count may be put to it: its name can be put into a path, is not hidden but of a data stream, and is short. */
function isAskable(name: string): boolean {
  return canStandInPath(name) && !/^\.(?!ds-)|[A-Z]/.test(name) && name.length <= 200;
}

/** Up to five indices to put a count to: open user indices with documents, smallest first, each of another kind. */
function smallOnes(indices: readonly ListedIndex[]): string[] {
  const usable = indices
    .filter(
      ({ name, status, health }) => isAskable(name) && !isSystemIndex(name) && status !== 'close' && health !== 'red',
    )
    .sort((a, b) => weight(a) - weight(b) || (a.name < b.name ? -1 : 1));
  const kinds = new Set<string>();
  const picked: string[] = [];
  for (const { name } of usable) {
    if (picked.length === 5) break;
    if (kinds.has(kindOf(name))) continue;
    kinds.add(kindOf(name));
    picked.push(name);
  }
  return picked;
}

/** Smallest non-empty first, then those of unknown size, empty ones last. */
function weight({ documents }: ListedIndex): number {
  if (documents === undefined) return Number.MAX_SAFE_INTEGER - 1;
  return documents === 0 ? Number.MAX_SAFE_INTEGER : documents;
}

/** Names that only attackers give come first: of the marks that are kept none of these may be lost. */
function weightOfMark({ name, documents }: ListedIndex): number {
  return attackMark(name, documents ?? null)?.telling === 'strong' ? 0 : 1;
}

/** Indices with a known mark, then the empty ones of which several differ by a random prefix only. */
function markedOnes(indices: readonly ListedIndex[]): ListedIndex[] {
  const marked: ListedIndex[] = [];
  const families = new Map<string, ListedIndex[]>();
  for (const index of indices) {
    const documents = index.documents ?? null;
    const word = wordBehindRandom(index.name);
    if (attackMark(index.name, documents) !== null) marked.push(index);
    else if (word !== null && documents !== null && documents <= 1) {
      const family = families.get(word);
      if (family === undefined) families.set(word, [index]);
      else family.push(index);
    }
  }
  marked.sort((a, b) => weightOfMark(a) - weightOfMark(b));
  return [...marked, ...[...families.values()].filter((family) => family.length >= randomAtLeast).flat()];
}

/** Kinds whose names are read for what they tell. */
const kindsRead = 50_000;

/** The largest user index of each kind, in the order in which they are worth keeping: names that tell of persons first. */
function largestOfKinds(bySize: readonly ListedIndex[]): ReadonlyMap<string, ListedIndex> {
  const kinds = new Map<string, ListedIndex>();
  for (const index of bySize) {
    const kind = kindOf(index.name);
    if (!isSystemIndex(index.name) && !kinds.has(kind)) kinds.set(kind, index);
  }
  if (kinds.size <= kindsKept) return kinds;
  const telling = [...kinds].slice(0, kindsRead).filter(([, { name }]) => tellsOfPersons(name));
  return new Map([...telling, ...kinds]);
}

/** The first of these indices, as many as {@link bytesKept} has room for. */
function withinBytes(indices: ReadonlySet<ListedIndex>): ReadonlySet<ListedIndex> {
  let room = bytesKept;
  const kept = new Set<ListedIndex>();
  for (const index of indices) {
    room -= Buffer.byteLength(JSON.stringify(index)) + 1;
    if (room < 0) break;
    kept.add(index);
  }
  return kept;
}

/** Sums up and shortens a list of indices. */
export function keepListing(
  indices: readonly ListedIndex[],
  foreign: ReadonlySet<string>,
  uuids?: Readonly<Record<string, string>>,
): Json {
  let system = 0;
  let documents = 0;
  let bytes = 0;
  let oldest: number | undefined;
  let newest: number | undefined;
  let newestOther: number | undefined;
  const marked = markedOnes(indices);
  const bearers = new Set(marked);
  for (const index of indices) {
    if (isSystemIndex(index.name)) {
      system++;
      continue;
    }
    documents += index.documents ?? 0;
    bytes += index.bytes ?? 0;
    if (index.created === undefined) continue;
    if (oldest === undefined || index.created < oldest) oldest = index.created;
    if (newest === undefined || index.created > newest) newest = index.created;
    if (!bearers.has(index) && (newestOther === undefined || index.created > newestOther)) newestOther = index.created;
  }
  const bySize = indices.toSorted(
    (a, b) => (b.documents ?? 0) - (a.documents ?? 0) || (b.bytes ?? 0) - (a.bytes ?? 0) || (a.name < b.name ? -1 : 1),
  );
  const byAge = indices.toSorted((a, b) => (b.created ?? 0) - (a.created ?? 0));
  const uncounted = indices.filter(({ name, documents }) => documents === undefined && !isSystemIndex(name));
  const kinds = largestOfKinds(bySize);
  const first = new Set([...uncounted.slice(0, 1), ...kinds.values()].slice(0, 1 + kindsKept));
  const kept = withinBytes(
    new Set([
      ...marked.slice(0, markedKept),
      ...first,
      ...bySize.filter((index) => !first.has(index)).slice(0, largestKept - first.size),
      ...byAge.slice(0, newestKept),
    ]),
  );
  return plain({
    total: indices.length,
    system,
    documents,
    bytes,
    oldest,
    newest,
    foreign: [...foreign].sort().slice(0, 10),
    uuids,
    small: smallOnes(indices),
    uncounted: uncounted.length,
    kinds: indices.some(({ name }) => name === '') ? undefined : kinds.size,
    marked: indices.some(({ name }) => name === '') ? undefined : { total: marked.length, newestOther },
    list: bySize.filter((index) => kept.has(index)),
  } satisfies Listing);
}

/**
 * Columns of `_cat/indices` that are asked for, with names and without. Servers leave out the ones they do not know (wire
 * guide R.1.6).
 */
export const catColumns = {
  named: ['health', 'status', 'index', 'docs.count', 'store.size', 'creation.date'],
  unnamed: ['health', 'status', 'docs.count', 'store.size', 'creation.date'],
} as const;

const row = z.object({
  index: optionalText(300),
  health: optionalText(10),
  status: optionalText(10),
  'docs.count': optionalNumber,
  'store.size': optionalNumber,
  'creation.date': optionalNumber,
});

/**
 * Keeps the rows of `_cat/indices?format=json`. Null when the body is not a list of rows: an empty list is an empty cluster, a
 * list of anything but rows is not from here. A column that was not asked for is named, and not kept.
 *
 * @param columns the columns that were asked for; without `index` the rows are counted under no name
 */
export function keepCatIndices(body: unknown, columns: readonly string[]): Json | null {
  if (!Array.isArray(body)) return null;
  const named = columns.includes('index');
  const foreign = new Set<string>();
  const indices: ListedIndex[] = [];
  for (const item of body) {
    const parsed = row.safeParse(item);
    if (!parsed.success) return null;
    for (const [key] of entries(item)) {
      if (!columns.includes(key) && foreign.size < 10) foreign.add(within(key, 60));
    }
    const { index, health, status } = parsed.data;
    if (named && index === undefined) return null;
    indices.push({
      name: named ? (index ?? '') : '',
      documents: parsed.data['docs.count'],
      bytes: parsed.data['store.size'],
      created: parsed.data['creation.date'],
      status,
      health,
    });
  }
  const uuids = named && foreign.has('uuid') ? (uuidsOfRows(body) ?? undefined) : undefined;
  return keepListing(indices, foreign, uuids);
}

const withAliases = z.object({ aliases: z.looseObject({}) });

/** Keeps the index names of `_aliases`: an object of indices, each with an `aliases` object; other members are left out. */
export function keepAliases(body: unknown): Json | null {
  const indices = entries(body);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const described = indices.filter(([, value]) => withAliases.safeParse(value).success);
  if (described.length === 0 && indices.length > 0) return null;
  return keepListing(
    described.map(([name]) => ({ name: within(name, 300) })),
    new Set(),
  );
}

/** What `index-health` asks for besides the indices. */
const healthKeys: ReadonlySet<string> = new Set(['cluster_name', 'status', 'number_of_nodes']);

const indicesObjectShape = z.object({ indices: z.looseObject({}).optional(), number_of_nodes: optionalNumber });

const counts = z.object({
  status: optionalText(10),
  primaries: z
    .object({
      docs: z.object({ count: optionalNumber }).optional().catch(undefined),
      store: z.object({ size_in_bytes: optionalNumber }).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});

/** Keeps the index names of `_cluster/health?level=indices` or `_stats?level=indices`, with their counts. */
export function keepIndicesObject(body: unknown): Json | null {
  const found = indicesObjectShape.safeParse(body);
  if (!found.success) return null;
  // `filter_path` leaves out an object with nothing in it: a cluster's health without `indices` is that of an empty one, where
  // nothing but what was asked for is there. With more the query was lost, and nothing was listed.
  const filtered = found.data.number_of_nodes !== undefined && entries(body).every(([key]) => healthKeys.has(key));
  if (found.data.indices === undefined && !filtered) return null;
  const indices: ListedIndex[] = [];
  for (const [name, value] of entries(found.data.indices)) {
    const parsed = counts.safeParse(value);
    if (!parsed.success) return null;
    indices.push({
      name: within(name, 300),
      documents: parsed.data.primaries?.docs?.count,
      bytes: parsed.data.primaries?.store?.size_in_bytes,
      health: parsed.data.status,
    });
  }
  return keepListing(indices, new Set());
}

const named = z.array(z.looseObject({ name: z.string() }));

/** Its indices are hidden, and so are listed here alone (seen on OpenSearch 2.19.4). */
const stream = z.looseObject({ name: z.string(), backing_indices: z.array(z.string()).optional().catch(undefined) });

const resolvedIndicesShape = z.looseObject({ indices: named, data_streams: z.array(stream).catch([]) });

/** The names of the indices that `_resolve/index` lists, those behind data streams among them; null for anything else. */
export function resolvedNames(body: unknown): readonly string[] | null {
  const parsed = resolvedIndicesShape.safeParse(body);
  if (!parsed.success) return null;
  const behind = parsed.data.data_streams.flatMap(({ name, backing_indices }) => backing_indices ?? [name]);
  return [...new Set([...parsed.data.indices.map(({ name }) => name), ...behind])];
}

/** Keeps the index names of `_resolve/index`. */
export function keepResolvedIndices(body: unknown): Json | null {
  const names = resolvedNames(body);
  // a node without a master lists nothing here, and that shows nothing
  if (names === null || names.length === 0) return null;
  return keepListing(
    names.map((name) => ({ name: within(name, 300) })),
    new Set(),
  );
}

const fieldCapsIndicesShape = z.object({ indices: z.array(z.string()) });

/** Keeps the index names of `_field_caps`; none shows nothing, as in `_resolve/index`. */
export function keepFieldCapsIndices(body: unknown): Json | null {
  const parsed = fieldCapsIndicesShape.safeParse(body);
  if (!parsed.success || parsed.data.indices.length === 0) return null;
  return keepListing(
    parsed.data.indices.map((name) => ({ name: within(name, 300) })),
    new Set(),
  );
}
