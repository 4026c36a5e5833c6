// The Kibana dashboard of docs/siem/: it refers to nothing but what `send` writes, and what it contains itself.
import t from 'tap';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { typesSent } from './types-sent.js';

const reference = z.strictObject({ type: z.string(), id: z.string(), name: z.string() });
const savedObject = z.strictObject({
  id: z.string(),
  type: z.enum(['index-pattern', 'lens', 'search', 'visualization', 'dashboard']),
  attributes: z.record(z.string(), z.unknown()),
  references: z.array(reference),
  migrationVersion: z.record(z.string(), z.string()),
  coreMigrationVersion: z.string(),
});
type SavedObject = z.infer<typeof savedObject>;

const objects = readFileSync('docs/siem/dashboard.ndjson', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => savedObject.parse(JSON.parse(line)));
const byId = new Map(objects.map((object) => [`${object.type} ${object.id}`, object]));

/** A text of JSON in an attribute, as Kibana keeps parts of its objects. */
const inText = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);

const query = z.looseObject({ query: z.string() });
const column = z.looseObject({
  operationType: z.enum(['date_histogram', 'filters', 'terms', 'unique_count', 'count', 'max']),
  sourceField: z.string().optional(),
  params: z.looseObject({ filters: z.array(z.looseObject({ input: query })).optional() }).optional(),
});
const lens = z.looseObject({
  state: z.looseObject({
    query,
    datasourceStates: z.strictObject({
      indexpattern: z.strictObject({
        layers: z.strictObject({
          main: z.looseObject({ columnOrder: z.array(z.string()), columns: z.record(z.string(), column) }),
        }),
      }),
    }),
  }),
});
const search = z.looseObject({
  columns: z.array(z.string()),
  sort: z.array(z.tuple([z.string(), z.enum(['asc', 'desc'])])),
  kibanaSavedObjectMeta: z.looseObject({ searchSourceJSON: inText(z.looseObject({ query })) }),
});
const view = z.looseObject({
  title: z.string(),
  timeFieldName: z.string().optional(),
  fieldAttrs: inText(z.record(z.string(), z.strictObject({ customLabel: z.string() }))),
});
const dashboard = z.looseObject({
  panelsJSON: inText(
    z.array(
      z.looseObject({
        type: z.string(),
        panelIndex: z.string(),
        panelRefName: z.string(),
        gridData: z.looseObject({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
      }),
    ),
  ),
});

/** How a field is used decides which types it may have. */
type Use = 'shown' | 'date' | 'number' | 'term';

const useOf = (operation: z.infer<typeof column>['operationType']): Use =>
  operation === 'date_histogram' ? 'date' : operation === 'max' ? 'number' : 'term';

/** Names of fields in KQL: the words before a colon. */
const inKql = (text: string): readonly string[] => [...text.matchAll(/([\w.@-]+)\s*:/g)].map(([, name]) => name ?? '');

/** Fields that an object uses, and how. */
function fieldsOf(object: SavedObject): readonly (readonly [string, Use])[] {
  if (object.type === 'lens') {
    const { state } = lens.parse(object.attributes);
    const { columns, columnOrder } = state.datasourceStates.indexpattern.layers.main;
    t.strictSame([...columnOrder].sort(), Object.keys(columns).sort(), object.id);
    return [
      ...inKql(state.query.query).map((name) => [name, 'term'] as const),
      ...Object.values(columns).flatMap(({ operationType, sourceField, params }) => [
        ...(sourceField === undefined || operationType === 'count'
          ? []
          : [[sourceField, useOf(operationType)] as const]),
        ...(params?.filters ?? []).flatMap(({ input }) => inKql(input.query).map((name) => [name, 'term'] as const)),
      ]),
    ];
  }
  if (object.type === 'search') {
    const { columns, sort, kibanaSavedObjectMeta } = search.parse(object.attributes);
    return [
      ...columns.map((name) => [name, 'shown'] as const),
      ...sort.map(([name]) => [name, 'term'] as const),
      ...inKql(kibanaSavedObjectMeta.searchSourceJSON.query.query).map((name) => [name, 'term'] as const),
    ];
  }
  if (object.type === 'index-pattern') {
    const { timeFieldName, fieldAttrs } = view.parse(object.attributes);
    return [
      ...(timeFieldName === undefined ? [] : [[timeFieldName, 'date'] as const]),
      ...Object.keys(fieldAttrs).map((name) => [name, 'shown'] as const),
    ];
  }
  return [];
}

/** What a data view shows: the documents of one data stream, or the findings that the transform keeps. */
function datasetOf(object: SavedObject): string {
  const id = object.type === 'index-pattern' ? object.id : object.references[0]?.id;
  const { title } = view.parse(byId.get(`index-pattern ${id ?? ''}`)?.attributes);
  const [, dataset] = /^logs-leftopen\.(finding|endpoint|run)-\*$/.exec(title) ?? [];
  if (dataset !== undefined) return dataset;
  t.equal(title, 'leftopen-open-now-*');
  return 'finding';
}

const allowed: Readonly<Record<Use, readonly string[]>> = {
  shown: ['keyword', 'wildcard', 'text', 'boolean', 'long', 'float', 'date', 'ip'],
  date: ['date'],
  number: ['long', 'float'],
  term: ['keyword', 'wildcard', 'boolean', 'long', 'float', 'date', 'ip'],
};

t.test('every field it refers to is written, with a type that can be used so', async (t) => {
  const types = await typesSent(t);
  const used = objects.flatMap((object) =>
    fieldsOf(object).map(([name, use]) => ({ id: object.id, dataset: datasetOf(object), name, use })),
  );
  t.ok(used.length > 40);
  for (const { id, dataset, name, use } of used) {
    const [type, ...others] = types.get(dataset)?.get(name) ?? [];
    t.strictSame(others, [], `${id}: ${name} has one type`);
    t.ok(allowed[use].includes(type ?? 'missing'), `${id}: ${dataset} has ${name} (${type ?? 'missing'}) as ${use}`);
  }
});

t.test('a field has one type in all documents, and every date is mapped', async (t) => {
  const types = await typesSent(t);
  const all = new Map<string, Set<string>>();
  for (const fields of types.values())
    for (const [name, seen] of fields) all.set(name, new Set([...(all.get(name) ?? []), ...seen]));
  for (const [name, seen] of all) {
    // A whole number is a float where the field is mapped as one; `long` and `float` of one field are not mixed here.
    t.equal(seen.size, 1, `${name}: ${[...seen].join(', ')}`);
    t.notOk(seen.has('unmapped date'), name);
    t.notOk(
      [...all.keys()].some((other) => other.startsWith(`${name}.`)),
      `${name} is not an object elsewhere`,
    );
  }
});

t.test('references resolve, ids are unique, and any Kibana from 7.17 on takes it', (t) => {
  t.equal(byId.size, objects.length);
  for (const object of objects) {
    for (const { type, id } of object.references) t.ok(byId.has(`${type} ${id}`), `${object.id} → ${type} ${id}`);
    const [[type, version] = ['', ''], ...others] = Object.entries(object.migrationVersion);
    t.strictSame([type, others], [object.type, []]);
    // Kibana refuses what a later version wrote, and brings up to date what an earlier one did.
    for (const each of [version, object.coreMigrationVersion]) {
      const [major = 0, minor = 0] = each.split('.').map(Number);
      t.ok(major === 7 && minor <= 17, `${object.id}: ${each}`);
    }
    // The keys of 8.8 and later mean the same; both together would contradict each other.
    t.notOk('typeMigrationVersion' in object);
  }
  t.end();
});

t.test('panels lie on the grid, apart from each other, each with its object', (t) => {
  const [board] = objects.filter(({ type }) => type === 'dashboard');
  const panels = dashboard.parse(board?.attributes).panelsJSON;
  const cells = new Set<string>();
  for (const { panelIndex, panelRefName, type, gridData } of panels) {
    const target = board?.references.find(({ name }) => name === `${panelIndex}:${panelRefName}`);
    t.equal(target?.type, type, panelIndex);
    t.ok(gridData.x + gridData.w <= 48);
    for (let x = gridData.x; x < gridData.x + gridData.w; x += 1)
      for (let y = gridData.y; y < gridData.y + gridData.h; y += 1) {
        t.notOk(cells.has(`${x},${y}`));
        cells.add(`${x},${y}`);
      }
  }
  t.strictSame(
    objects
      .filter(({ type }) => ['lens', 'search', 'visualization'].includes(type))
      .map(({ id }) => id)
      .sort(),
    panels.map(({ panelIndex }) => panelIndex).sort(),
    'each object is shown',
  );
  t.end();
});
