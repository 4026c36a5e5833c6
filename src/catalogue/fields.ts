// What is kept of the names of fields, and which indices are worth asking for them.
import { z } from 'zod';
import type { Json } from '../model/json.js';
import type { DataClass } from '../model/observation.js';
import { classesOfFields, commonSchema, tellsOfPersons, type ClassedField } from '../knowledge/field-matcher.js';
import { isSystemIndex } from '../knowledge/system-indices.js';
import { canStandInPath, kindOf } from './index-names.js';
import { memoised } from './memoise.js';
import { entries } from './parse.js';
import { within } from './redact.js';

/** Indices whose fields are asked for at most, and what their names may take of a request line (4,096 bytes by default). */
const indicesAtMost = 20;
const pathAtMost = 1500;

/** Characters of names and types that are kept of one answer: with the listing they must fit into a line of the journal. */
const roomAtMost = 20_000;
const roomOfFurther = 5_000;

/**
 * Fields of one answer whose names are read, and how deep: real mappings end at 1,000 fields and 20 levels by default. How
 * many an answer can have is bounded by the question's cap.
 */
const fieldsAtMost = 20_000;
const depthAtMost = 20;

const kept = z.object({
  indices: z.array(
    z.object({
      name: z.string(),
      /** Fields it has, those that were not kept among them. */
      total: z.number(),
      /** Path and type. */
      fields: z.array(z.tuple([z.string(), z.string()])),
    }),
  ),
});

/** The fields of indices as they are kept: names and types, nothing else. `name` is '' where the question named the index. */
export type KeptFields = z.infer<typeof kept>;

/** Reads kept fields back; null for any other value. */
export function parseFields(value: unknown): KeptFields | null {
  const parsed = kept.safeParse(value);
  return parsed.success ? parsed.data : null;
}

type Names = { readonly list: readonly { readonly name: string }[] };

/** The user's indices that can be asked for by name, the largest first. */
const usableIn = memoised(({ list }: Names): readonly string[] =>
  list.map(({ name }) => name).filter((name) => canStandInPath(name) && !isSystemIndex(name)),
);

/** Takes names while they fit into one request, at most `most`; the rest is given back. */
function fill(names: readonly string[], most: number): { readonly taken: string[]; readonly rest: string[] } {
  const taken: string[] = [];
  const rest: string[] = [];
  let room = pathAtMost;
  for (const name of names) {
    const length = encodeURIComponent(`,${name}`).length;
    if (taken.length === most || length > room) rest.push(name);
    else {
      taken.push(name);
      room -= length;
    }
  }
  return { taken, rest };
}

/**
 * The indices whose fields are worth asking for, as a path contains them: the user's largest, then of each kind one, names that
 * tell of persons first, then the others by size. In the path the largest of each kind come first. Null where there is none.
 *
 * @param most how many at most
 */
export function largestIndices(names: Names, most = indicesAtMost): string | null {
  const usable = usableIn(names);
  const kinds = inOrderOfKinds(names);
  const [largest = ''] = usable;
  const first = [...usable.slice(0, 1), ...kinds.filter((name) => name !== largest)];
  const others = usable.filter((name) => !first.includes(name));
  const taken = new Set(fill([...first, ...others], most).taken);
  const inOrder = [...firstOfKinds(usable), ...others].filter((name) => taken.has(name));
  return inOrder.length === 0 ? null : inOrder.join(',');
}

/** Requests for fields besides the first one, at most. */
export const furtherRequests = 3;

/** One index of each kind: names that tell of persons first, then the largest. */
const inOrderOfKinds = memoised((names: Names): readonly string[] => {
  const kinds = firstOfKinds(usableIn(names));
  const telling = kinds.filter(tellsOfPersons);
  return [...telling, ...kinds.filter((name) => !telling.includes(name))];
});

/**
 * One index of each kind of which no fields were shown yet, in lists as a path contains them, in the order of {@link
 * largestIndices}.
 *
 * @param settled the indices that need not be asked for again; those of the first request where it is not given
 */
export function furtherIndices(names: Names, settled?: readonly string[]): readonly string[] {
  const done = new Set((settled ?? largestIndices(names)?.split(',') ?? []).map(kindOf));
  const lists: string[] = [];
  let waiting: readonly string[] = inOrderOfKinds(names).filter((name) => !done.has(kindOf(name)));
  while (waiting.length > 0 && lists.length < furtherRequests) {
    const { taken, rest } = fill(waiting, indicesAtMost);
    if (taken.length === 0) break;
    lists.push(taken.join(','));
    waiting = rest;
  }
  return lists;
}

function firstOfKinds(names: readonly string[]): string[] {
  const kinds = new Set<string>();
  return names.filter((name) => !kinds.has(kindOf(name)) && kinds.add(kindOf(name)));
}

type Field = readonly [path: string, type: string];

const typed = z.object({ type: z.string().optional().catch(undefined) });

/** Collects the leaves of `properties`, however deep they are; the rest of a mapping is not looked at. */
function collect(properties: unknown, above: string, into: Field[], depth = 0): void {
  if (depth > depthAtMost) return;
  for (const [name, value] of entries(properties)) {
    const path = `${above}${name}`;
    const inner = Object.fromEntries(entries(value))['properties'];
    const type = typed.safeParse(value).data?.type;
    if (inner !== undefined) collect(inner, `${path}.`, into, depth + 1);
    else if (type !== undefined) into.push([path, type]);
  }
}

/** Fields without those that only index another one in a second way (`email.keyword`), and without the server's own. */
function leaves(fields: readonly Field[]): Field[] {
  const plain = fields.filter(([path, type]) => !path.startsWith('_') && type !== 'object' && type !== 'nested');
  const paths = new Set(plain.map(([path]) => path));
  return plain.filter(([path]) => !paths.has(path.slice(0, Math.max(0, path.lastIndexOf('.')))));
}

interface IndexFields {
  readonly name: string;
  readonly fields: readonly Field[];
}

/**
 * Every index has its share of the fields that are looked at: a huge one takes none from the others. Where not all can be, those
 * come first whose last word no field before them has: thousands of fields mostly are the same few words under many keys.
 */
function sharedOut(indices: readonly IndexFields[]): readonly (IndexFields & { readonly total: number })[] {
  const all = indices.map(({ fields }) => fields);
  const fits = all.reduce((sum, { length }) => sum + length, 0) <= fieldsAtMost;
  const shares = fits ? all : newWordsFirst(all);
  return indices.map((index, at) => ({ ...index, fields: shares[at] ?? [], total: index.fields.length }));
}

function newWordsFirst(all: readonly (readonly Field[])[]): readonly (readonly Field[])[] {
  const seen = new Set<string>();
  const first = firstOf(
    all.map((fields) => fields.filter((field) => isNew(field, seen))),
    fieldsAtMost,
  );
  const left = fieldsAtMost - first.reduce((sum, { length }) => sum + length, 0);
  const others = all.map((fields, at) => {
    const taken = new Set(first[at]);
    return fields.filter((field) => !taken.has(field));
  });
  const more = firstOf(others, left);
  return all.map((_, at) => [...(first[at] ?? []), ...(more[at] ?? [])]);
}

/** Whether the last word of a field's path was not seen before. */
function isNew([path]: Field, seen: Set<string>): boolean {
  const word = path.slice(path.lastIndexOf('.') + 1);
  if (seen.has(word)) return false;
  seen.add(word);
  return true;
}

/** The first fields of each list, `most` in all: what a short one leaves goes to the longer ones. */
function firstOf(lists: readonly (readonly Field[])[], most: number): readonly (readonly Field[])[] {
  const shortestFirst = lists.map((fields, at) => ({ fields, at })).sort((a, b) => a.fields.length - b.fields.length);
  const shares = new Map<number, readonly Field[]>();
  let left = most;
  shortestFirst.forEach(({ fields, at }, i) => {
    const share = fields.slice(0, Math.floor(left / (shortestFirst.length - i)));
    shares.set(at, share);
    left -= share.length;
  });
  return lists.map((_, at) => shares.get(at) ?? []);
}

/**
 * What is kept where there is not room for all. One name for each class of the full answer is kept whatever it costs, so
 * that no class is ever lost; then, index by index, one name for each of its classes, the other names that speak of a class,
 * and the rest.
 */
function shortened(found: readonly IndexFields[], roomInAll = roomAtMost): KeptFields {
  const read = sharedOut(found).map((index) => ({
    ...index,
    classed: classesOfFields(
      index.fields.map(([path]) => path),
      index.name,
    ),
  }));
  const first = firstOfClasses(read.map(({ classed }) => classed));
  // An answer that names more indices than were asked for: those with a class before the others.
  const indices = read
    .map((index, at) => ({ ...index, must: first.get(at) ?? new Set<number>() }))
    .map((index, at) => ({ index, at, telling: index.classed.some(({ matches }) => matches.length > 0) }))
    .sort((a, b) => b.index.must.size - a.index.must.size || Number(b.telling) - Number(a.telling) || a.at - b.at)
    .slice(0, indicesAtMost)
    .sort((a, b) => a.at - b.at)
    .map(({ index }) => index);
  const cost = ([path, type]: Field) => path.length + type.length + 8;
  const short = ([path, type]: Field): [string, string] => [within(path, 200), within(type, 40)];
  let room = roomInAll;
  for (const { must, fields } of indices) for (const i of must) room -= cost(short(fields[i] ?? ['', '']));
  return {
    indices: indices.map(({ name, total, fields, classed, must }, at) => {
      const share = Math.max(0, Math.floor(room / (indices.length - at)));
      const chosen: [string, string][] = [];
      let left = share;
      for (const i of inOrder(classed, must)) {
        const field = short(fields[i] ?? ['', '']);
        if (!must.has(i)) {
          if (cost(field) > left) continue;
          left -= cost(field);
        }
        chosen.push(field);
      }
      room -= share - left;
      return { name: within(name, 300), total, fields: chosen };
    }),
  };
}

/** For each class of an answer the place of the name that shows it best: index, and field in it. Certain names before others. */
function firstOfClasses(indices: readonly (readonly ClassedField[])[]): ReadonlyMap<number, ReadonlySet<number>> {
  const best = new Map<DataClass, { readonly at: number; readonly field: number; readonly rank: number }>();
  indices.forEach((classed, at) => {
    classed.forEach(({ path, matches }, field) => {
      for (const { class: of, certainty } of matches) {
        const rank = (certainty === 'strong' ? 0 : longestPath) + Math.min(path.length, longestPath - 1);
        if (rank < (best.get(of)?.rank ?? Infinity)) best.set(of, { at, field, rank });
      }
    });
  });
  const places = new Map<number, Set<number>>();
  for (const { at, field } of best.values()) places.set(at, (places.get(at) ?? new Set()).add(field));
  return places;
}

const longestPath = 1000;

/** The fields of an index in the order in which they are worth keeping. */
function inOrder(classed: readonly ClassedField[], must: ReadonlySet<number>): number[] {
  const seen = new Set<string>();
  const weights = new Map<number, number>();
  const bySure = classed.map((_, i) => i).sort((a, b) => Number(isSure(classed[b])) - Number(isSure(classed[a])));
  for (const i of bySure) {
    const matches = classed[i]?.matches ?? [];
    const isNew = matches.some((match) => !seen.has(match.class));
    for (const match of matches) seen.add(match.class);
    if (must.has(i) || classed[i]?.path === commonSchema) weights.set(i, 0);
    else if (isNew) weights.set(i, 1);
    else weights.set(i, matches.length === 0 ? 4 : isSure(classed[i]) ? 2 : 3);
  }
  return classed.map((_, i) => i).sort((a, b) => (weights.get(a) ?? 0) - (weights.get(b) ?? 0));
}

function isSure(field: ClassedField | undefined): boolean {
  return field?.matches.some(({ certainty }) => certainty === 'strong') ?? false;
}

/**
 * Keeps the field names of `_mapping`: of every index, under `properties` since 7.0, below a type's name before, and
 * without `mappings` in 0.90. What an index says of itself besides its fields (`_meta`, values of constants, formats) is left
 * out.
 */
export function keepMapping(body: unknown): Json | null {
  return mappingOf(body, roomAtMost);
}

/** The same of a further request: with less room, since the journal's line of an endpoint has to hold all of them. */
export function keepFurtherMapping(body: unknown): Json | null {
  return mappingOf(body, roomOfFurther);
}

function mappingOf(body: unknown, room: number): Json | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const found: IndexFields[] = [];
  for (const [name, value] of entries(body)) {
    const index = new Map(entries(value));
    const mappings = index.get('mappings') ?? value;
    const parts = new Map(entries(mappings));
    const bodies = parts.has('properties')
      ? [parts.get('properties')]
      : [...parts].flatMap(([, type]) => {
          const properties = new Map(entries(type)).get('properties');
          return properties === undefined ? [] : [properties];
        });
    if (bodies.length === 0 && !index.has('mappings')) return null;
    const fields: Field[] = [];
    for (const properties of bodies) collect(properties, '', fields);
    found.push({ name, fields });
  }
  return shortened(found, room);
}

const mappingOf6 = z.looseObject({ mapping: z.looseObject({}) }).transform(({ mapping }) => ({ mappings: mapping }));

const indexMappingShape = z.union([z.looseObject({ mappings: z.looseObject({}) }), mappingOf6]);

/**
 * Keeps the field names of one index as Kibana's index management passes them on: under `mapping` in 6.x, with a type's name
 * between, under `mappings` later.
 */
export function keepIndexMapping(body: unknown): Json | null {
  const parsed = indexMappingShape.safeParse(body);
  if (!parsed.success) return null;
  return keepMapping({ '': { mappings: parsed.data.mappings } });
}

const fieldCapsShape = z.object({ fields: z.looseObject({}) });

/** Keeps the field names of `_field_caps`: an object of fields, each with an object of types. */
export function keepFieldCaps(body: unknown): Json | null {
  const parsed = fieldCapsShape.safeParse(body);
  if (!parsed.success) return null;
  const fields = entries(parsed.data.fields).map(([path, types]): Field => [path, entries(types)[0]?.[0] ?? '']);
  return shortened([{ name: '', fields: leaves(fields) }]);
}

const descriptor = z.looseObject({
  name: z.string(),
  type: z.string().catch(''),
  esTypes: z.array(z.string()).optional().catch(undefined),
});

function described({ name, type, esTypes }: z.infer<typeof descriptor>): Field {
  return [name, esTypes?.[0] ?? type];
}

const fieldListShape = z.looseObject({ fields: z.array(descriptor) });

/** Keeps the field names of a dashboard's `_fields_for_wildcard`: a list of descriptions. */
export function keepFieldList(body: unknown): Json | null {
  const parsed = fieldListShape.safeParse(body);
  if (!parsed.success) return null;
  return shortened([{ name: '', fields: leaves(parsed.data.fields.map(described)) }]);
}

const dataViewShape = z.looseObject({ data_view: z.looseObject({ title: z.string(), fields: z.looseObject({}) }) });

/** Keeps title and field names of one data view of Kibana 8 and 9; scripts of its runtime fields are left out. */
export function keepDataView(body: unknown): Json | null {
  const parsed = dataViewShape.safeParse(body);
  if (!parsed.success) return null;
  const { title, fields } = parsed.data.data_view;
  const found = entries(fields).flatMap(([, value]) => {
    const field = descriptor.safeParse(value);
    return field.success ? [described(field.data)] : [];
  });
  return shortened([{ name: title, fields: leaves(found) }]);
}
