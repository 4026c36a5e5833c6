// What `leftopen send --setup` installs: templates, a lifecycle, the data streams, and a transform of what is open now.
import type { Client, estypes } from '@elastic/elasticsearch';
import { dataStream, datasets } from '../report/index.js';
import { readable, type Destination } from './connection.js';

const keyword = { type: 'keyword', ignore_above: 1024 } as const;
const text = { type: 'text' } as const;
const date = { type: 'date' } as const;

/** Types of the fields that are not keywords; every other text becomes one. Field types follow ECS. */
const mappings = {
  dynamic_templates: [
    { texts_as_keywords: { match_mapping_type: 'string', mapping: keyword } },
    { fractions_as_float: { match_mapping_type: 'double', mapping: { type: 'float' } } },
  ],
  properties: {
    '@timestamp': date,
    message: { type: 'match_only_text' },
    event: {
      properties: {
        created: date,
        start: date,
        end: date,
        duration: { type: 'long' },
        severity: { type: 'long' },
        risk_score: { type: 'float' },
      },
    },
    rule: { properties: { description: text, remediation: text } },
    vulnerability: { properties: { description: text, score: { properties: { base: { type: 'float' } } } } },
    host: { properties: { ip: { type: 'ip' } } },
    related: { properties: { ip: { type: 'ip' } } },
    url: { properties: { full: { type: 'wildcard' }, port: { type: 'long' } } },
    leftopen: {
      properties: {
        run: { properties: { started_at: date } },
        accepted_until: { type: 'date', format: 'strict_date_optional_time' },
        configured_open_since: date,
        seen_open_since: date,
      },
    },
  },
} satisfies estypes.MappingTypeMapping;

/** How long documents are kept where nothing else is set: the lifecycle is the user's to change. */
const keptFor = '400d';

/** Installs everything; repeating it changes nothing but brings templates up to date. */
export async function setUp(
  { client, serverless }: Destination,
  url: URL,
  namespace: string,
): Promise<readonly string[]> {
  const done: string[] = [];
  const step = async (what: string, request: () => Promise<unknown>): Promise<void> => {
    await readable(url, request);
    done.push(what);
  };
  if (!serverless && !(await exists(() => client.ilm.getLifecycle({ name: 'leftopen' })))) {
    await step('lifecycle policy leftopen', () =>
      client.ilm.putLifecycle({
        name: 'leftopen',
        policy: {
          phases: {
            hot: { actions: { rollover: { max_age: '30d', max_primary_shard_size: '50gb' } } },
            delete: { min_age: keptFor, actions: { delete: {} } },
          },
        },
      }),
    );
  }
  await step('component template leftopen@mappings', () =>
    client.cluster.putComponentTemplate({ name: 'leftopen@mappings', template: { mappings } }),
  );
  await step('component template leftopen@settings', () =>
    client.cluster.putComponentTemplate({
      name: 'leftopen@settings',
      template: serverless
        ? { lifecycle: { data_retention: keptFor } }
        : { settings: { index: { lifecycle: { name: 'leftopen' } } } },
    }),
  );
  await step('index template logs-leftopen', () =>
    client.indices.putIndexTemplate({
      name: 'logs-leftopen',
      index_patterns: datasets.map((dataset) => dataStream(dataset, '*')),
      data_stream: {},
      // Elastic's own logs-*-* has 100.
      priority: 500,
      composed_of: ['leftopen@mappings', 'leftopen@settings', 'leftopen@custom'],
      ignore_missing_component_templates: ['leftopen@custom'],
      _meta: { description: 'Findings, endpoints and runs of leftopen; leftopen@custom is yours to add' },
    }),
  );
  for (const dataset of datasets) {
    const name = dataStream(dataset, namespace);
    if (await exists(() => client.indices.getDataStream({ name }))) continue;
    await step(`data stream ${name}`, () => client.indices.createDataStream({ name }));
  }
  done.push(...(await openNow(client, url, namespace)));
  return done;
}

/** Name of the transform and of the index that it writes. */
export function openNowName(namespace: string): string {
  return `leftopen-open-now-${namespace}`;
}

/**
 * The latest state of each finding, one document each. What no run has reported for two days leaves it: a nightly audit keeps
 * what is still open.
 */
async function openNow(client: Client, url: URL, namespace: string): Promise<readonly string[]> {
  const transform_id = openNowName(namespace);
  if (await exists(() => client.transform.getTransform({ transform_id }))) return [];
  await readable(url, () =>
    client.transform.putTransform({
      transform_id,
      source: { index: dataStream('finding', namespace) },
      dest: { index: transform_id },
      latest: { unique_key: ['leftopen.run.engagement', 'leftopen.run.vantage', 'event.id'], sort: '@timestamp' },
      sync: { time: { field: '@timestamp', delay: '60s' } },
      retention_policy: { time: { field: '@timestamp', max_age: '2d' } },
      frequency: '5m',
      description: 'What leftopen reports as open now: the latest document of each finding',
    }),
  );
  await readable(url, () => client.transform.startTransform({ transform_id }));
  return [`transform ${transform_id}`];
}

async function exists(request: () => Promise<unknown>): Promise<boolean> {
  try {
    await request();
    return true;
  } catch (error) {
    if (error instanceof Error && 'statusCode' in error && error.statusCode === 404) return false;
    throw error;
  }
}
