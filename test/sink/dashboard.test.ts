// The Kibana dashboard of docs/siem/: it refers to nothing but what `send` writes, and what it contains itself.
import t from 'tap';
import type { z } from 'zod';
import {
  byId,
  type column,
  dashboard,
  indicesOf,
  lens,
  objects,
  search,
  searchOf,
  view,
  type SavedObject,
} from './dashboard.js';
import { typesSent } from './types-sent.js';

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
  const title = indicesOf(object);
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

t.test('each panel is a search of its fields', (t) => {
  const asked = objects.flatMap((object) => {
    const request = searchOf(object);
    return request === null ? [] : [{ object, request }];
  });
  t.equal(asked.length, 6);
  for (const { object, request } of asked)
    for (const [name] of fieldsOf(object)) t.match(JSON.stringify(request.body), `"${name}"`, `${object.id}: ${name}`);
  t.end();
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
