// The Kibana dashboard of docs/siem/ as data: its objects, and the searches that its panels make.
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const reference = z.strictObject({ type: z.string(), id: z.string(), name: z.string() });
const savedObject = z.strictObject({
  id: z.string(),
  type: z.enum(['index-pattern', 'lens', 'search', 'visualization', 'dashboard']),
  attributes: z.record(z.string(), z.unknown()),
  references: z.array(reference),
  migrationVersion: z.record(z.string(), z.string()),
  coreMigrationVersion: z.string(),
});
export type SavedObject = z.infer<typeof savedObject>;

/** All of its objects. */
export const objects = readFileSync('docs/siem/dashboard.ndjson', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => savedObject.parse(JSON.parse(line)));
/** Its objects by `type id`. */
export const byId = new Map(objects.map((object) => [`${object.type} ${object.id}`, object]));

/** A text of JSON in an attribute, as Kibana keeps parts of its objects. */
const inText = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);

const query = z.looseObject({ query: z.string() });
export const column = z.looseObject({
  isBucketed: z.boolean(),
  operationType: z.enum(['date_histogram', 'filters', 'terms', 'unique_count', 'count', 'max']),
  sourceField: z.string().optional(),
  params: z
    .looseObject({
      filters: z.array(z.looseObject({ label: z.string(), input: query })).optional(),
      size: z.number().optional(),
      interval: z.string().optional(),
    })
    .optional(),
});
export const lens = z.looseObject({
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
export const search = z.looseObject({
  columns: z.array(z.string()),
  sort: z.array(z.tuple([z.string(), z.enum(['asc', 'desc'])])),
  kibanaSavedObjectMeta: z.looseObject({ searchSourceJSON: inText(z.looseObject({ query })) }),
});
export const view = z.looseObject({
  title: z.string(),
  timeFieldName: z.string().optional(),
  fieldAttrs: inText(z.record(z.string(), z.strictObject({ customLabel: z.string() }))),
});
export const dashboard = z.looseObject({
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

/** What an object's data view matches, such as `logs-leftopen.run-*`. */
export function indicesOf(object: SavedObject): string {
  const id = object.type === 'index-pattern' ? object.id : object.references[0]?.id;
  return view.parse(byId.get(`index-pattern ${id ?? ''}`)?.attributes).title;
}

/** The query of Elasticsearch that a text of KQL means, for the forms that the dashboard uses. */
function queryOf(kql: string): object {
  if (kql === '') return { match_all: {} };
  const [, not, field, value] = /^(NOT )?([\w.@-]+) : (?:"([^"]*)"|true)$/.exec(kql) ?? [];
  if (field === undefined) throw new Error(`KQL of another form: ${kql}`);
  const term = { term: { [field]: value ?? true } };
  return not === undefined ? term : { bool: { must_not: [term] } };
}

/** A column of a chart as an aggregation; null for a count, which each bucket has anyway. */
function aggregationOf({ operationType, sourceField: field, params }: z.infer<typeof column>): object | null {
  switch (operationType) {
    case 'date_histogram':
      return { date_histogram: { field, calendar_interval: params?.interval } };
    case 'filters':
      return {
        filters: {
          filters: Object.fromEntries((params?.filters ?? []).map(({ label, input }) => [label, queryOf(input.query)])),
        },
      };
    case 'terms':
      return { terms: { field, size: params?.size } };
    case 'unique_count':
      return { cardinality: { field } };
    case 'max':
      return { max: { field } };
    case 'count':
      return null;
  }
}

/** The body of the search that a chart or a list makes, and the indices it asks; null for an object that asks nothing. */
export function searchOf(object: SavedObject): { readonly indices: string; readonly body: object } | null {
  if (object.type === 'lens') {
    const { state } = lens.parse(object.attributes);
    const { columns, columnOrder } = state.datasourceStates.indexpattern.layers.main;
    const inOrder = columnOrder.flatMap((name) => {
      const found = columns[name];
      return found === undefined ? [] : [{ name, bucket: found.isBucketed, body: aggregationOf(found) }];
    });
    const metrics = inOrder.flatMap(({ name, bucket, body }) =>
      bucket || body === null ? [] : [[name, body] as const],
    );
    const aggs = inOrder
      .filter(({ bucket }) => bucket)
      .reduceRight<object>(
        (inner, { name, body }) => ({ [name]: { ...body, aggs: inner } }),
        Object.fromEntries(metrics),
      );
    return { indices: indicesOf(object), body: { size: 0, query: queryOf(state.query.query), aggs } };
  }
  if (object.type === 'search') {
    const { columns, sort, kibanaSavedObjectMeta } = search.parse(object.attributes);
    return {
      indices: indicesOf(object),
      body: {
        size: 10,
        query: queryOf(kibanaSavedObjectMeta.searchSourceJSON.query.query),
        fields: columns,
        sort: sort.map(([field, order]) => ({ [field]: order })),
      },
    };
  }
  return null;
}
