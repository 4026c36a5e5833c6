import { z } from 'zod';
import type { Json } from '../model/json.js';
import { classesOfFields, commonSchema } from '../knowledge/field-matcher.js';
import { isSystemIndex } from '../knowledge/system-indices.js';
import { entries } from './parse.js';
import { within } from './redact.js';

/** Indices whose fields are asked for at most, and what their names may take of a request line (4,096 bytes by default). */
const indicesAtMost = 20;
const pathAtMost = 1500;

/** Characters of names and types that are kept of one answer: with the listing they must fit into 64 KiB. */
const roomAtMost = 20_000;

/** Fields of one answer that are looked at, and how deep: real mappings end at 1,000 fields and 20 levels by default. */
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

/** Reads kept fields back; null when the value is none. */
export function parseFields(value: unknown): KeptFields | null {
  const parsed = kept.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** The part of an index name before its date or number: indices of one kind have the same fields. */
function stem(name: string): string {
  return name.replace(/^(?:partial-|restored-)?\.ds-/, '').replace(/[\d].*$/, '');
}

/** Names that can stand in a list in a path: what a server lets an index be called, and no pattern. */
const listable = /^[^\s\\/*?"<>|,#:+_-][^\s\\/*?"<>|,#:]{0,250}$/u;

/**
 * The indices whose fields are worth asking for, as they stand in a path: the user's largest, of different kinds first.
 * Null where there is none.
 *
 * @param most how many at most
 */
export function largestIndices(
  { list }: { readonly list: readonly { readonly name: string }[] },
  most = indicesAtMost,
): string | null {
  const usable = list.map(({ name }) => name).filter((name) => listable.test(name) && !isSystemIndex(name));
  const kinds = new Set<string>();
  const first = usable.filter((name) => !kinds.has(stem(name)) && kinds.add(stem(name)));
  const picked: string[] = [];
  let room = pathAtMost;
  for (const name of [...first, ...usable.filter((each) => !first.includes(each))]) {
    const length = encodeURIComponent(`,${name}`).length;
    if (picked.length === most || length > room) continue;
    picked.push(name);
    room -= length;
  }
  return picked.length === 0 ? null : picked.join(',');
}

type Field = readonly [path: string, type: string];

const typed = z.object({ type: z.string().optional().catch(undefined) });

/** Collects the leaves of `properties`, however deep they stand; what else a mapping says is not looked at. */
function collect(properties: unknown, above: string, into: Field[], most: number, depth = 0): void {
  if (depth > depthAtMost) return;
  for (const [name, value] of entries(properties)) {
    if (into.length >= most) return;
    const path = `${above}${name}`;
    const inner = Object.fromEntries(entries(value))['properties'];
    const type = typed.safeParse(value).data?.type;
    if (inner !== undefined) collect(inner, `${path}.`, into, most, depth + 1);
    else if (type !== undefined) into.push([path, type]);
  }
}

/** Fields without those that only index another one in a second way (`email.keyword`), and without the server's own. */
function leaves(fields: readonly Field[]): Field[] {
  const plain = fields.filter(([path, type]) => !path.startsWith('_') && type !== 'object' && type !== 'nested');
  const paths = new Set(plain.map(([path]) => path));
  return plain.filter(([path]) => !paths.has(path.slice(0, Math.max(0, path.lastIndexOf('.')))));
}

/** What is kept where there is not room for all: the names that speak of a class of data before the rest. */
function shortened(indices: readonly { readonly name: string; readonly fields: readonly Field[] }[]): KeptFields {
  let room = roomAtMost;
  return {
    indices: indices.slice(0, indicesAtMost).map(({ name, fields }, at) => {
      const share = Math.floor(room / (Math.min(indices.length, indicesAtMost) - at));
      const classed = classesOfFields(
        fields.map(([path]) => path),
        name,
      );
      const weight = fields.map(([path], i) => {
        if (path === commonSchema) return 0;
        const matches = classed[i]?.matches ?? [];
        return matches.length === 0 ? 3 : matches.some(({ certainty }) => certainty === 'strong') ? 1 : 2;
      });
      const order = fields.map((_, i) => i).sort((a, b) => (weight[a] ?? 0) - (weight[b] ?? 0));
      const chosen: [string, string][] = [];
      let left = share;
      for (const i of order) {
        const [path = '', type = ''] = fields[i] ?? [];
        const field: [string, string] = [within(path, 200), within(type, 40)];
        left -= field[0].length + field[1].length + 8;
        if (left < 0) break;
        chosen.push(field);
      }
      room -= share - Math.max(0, left);
      return { name: within(name, 300), total: fields.length, fields: chosen };
    }),
  };
}

/**
 * Keeps the field names of `_mapping`: of every index, under `properties` since 7.0, below a type's name before, and
 * without `mappings` in 0.90. What an index says of itself beside its fields (`_meta`, values of constants, formats) is left
 * out.
 */
export function keepMapping(body: unknown): Json | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const found: { name: string; fields: Field[] }[] = [];
  let left = fieldsAtMost;
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
    for (const properties of bodies) collect(properties, '', fields, left);
    left -= fields.length;
    found.push({ name, fields });
  }
  return shortened(found);
}

/** Keeps the field names of `_field_caps`: an object of fields, each with an object of types. */
export function keepFieldCaps(body: unknown): Json | null {
  const parsed = z.object({ fields: z.looseObject({}) }).safeParse(body);
  if (!parsed.success) return null;
  const fields = entries(parsed.data.fields)
    .slice(0, fieldsAtMost)
    .map(([path, types]): Field => [path, entries(types)[0]?.[0] ?? '']);
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

/** Keeps the field names of a dashboard's `_fields_for_wildcard`: a list of descriptions. */
export function keepFieldList(body: unknown): Json | null {
  const parsed = z.looseObject({ fields: z.array(descriptor) }).safeParse(body);
  if (!parsed.success) return null;
  return shortened([{ name: '', fields: leaves(parsed.data.fields.slice(0, fieldsAtMost).map(described)) }]);
}

/** Keeps title and field names of one data view of Kibana 8 and 9; scripts of its runtime fields are left out. */
export function keepDataView(body: unknown): Json | null {
  const parsed = z
    .looseObject({ data_view: z.looseObject({ title: z.string(), fields: z.looseObject({}) }) })
    .safeParse(body);
  if (!parsed.success) return null;
  const { title, fields } = parsed.data.data_view;
  const found = entries(fields)
    .slice(0, fieldsAtMost)
    .flatMap(([, value]) => {
      const field = descriptor.safeParse(value);
      return field.success ? [described(field.data)] : [];
    });
  return shortened([{ name: title, fields: leaves(found) }]);
}
