// What `leftopen send --setup` installs: templates, a lifecycle, the data streams, and a transform of what is open now.
import { errors, type Client, type estypes } from '@elastic/elasticsearch';
import { messages } from '../messages/index.js';
import { dataStream, datasets } from '../report/index.js';
import { isFrom, readable, reasonOf, SendFailure, type Destination } from './connection.js';

const keyword = { type: 'keyword', ignore_above: 1024 } as const;
const text = { type: 'text' } as const;
const date = { type: 'date' } as const;
const long = { type: 'long' } as const;
const boolean = { type: 'boolean' } as const;

/**
 * Types of the fields that are not keywords, and of those that the dashboard of `docs/siem/` shows before a document has them;
 * every other text becomes a keyword. Field types follow ECS.
 */
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
        ingested: date,
        start: date,
        end: date,
        duration: long,
        severity: long,
        risk_score: { type: 'float' },
      },
    },
    rule: { properties: { name: keyword, description: text, remediation: text } },
    vulnerability: { properties: { description: text, score: { properties: { base: { type: 'float' } } } } },
    host: { properties: { ip: { type: 'ip' } } },
    related: { properties: { ip: { type: 'ip' } } },
    url: { properties: { full: { type: 'wildcard' }, port: long } },
    leftopen: {
      properties: {
        run: { properties: { engagement: keyword, vantage: keyword, started_at: date } },
        seen_from: keyword,
        severity: keyword,
        owner: keyword,
        target: keyword,
        state: keyword,
        status: keyword,
        first_seen: date,
        days_open: long,
        accepted: boolean,
        complete: boolean,
        gaps: keyword,
        changes: { properties: { since: date } },
        accepted_until: { type: 'date', format: 'strict_date_optional_time' },
        configured_open_since: date,
        seen_open_since: date,
      },
    },
  },
} satisfies estypes.MappingTypeMapping;

/** How long documents are kept where nothing else is set: the lifecycle is the user's to change. */
const keptFor = '400d';

/** Name of the ingest pipeline that writes when a document arrived. */
const arrival = 'leftopen-arrival';

/** Name of the ingest pipeline that lets nothing but findings into what is open now. */
const findingsOnly = 'leftopen-findings-only';

/**
 * Installs everything; repeating it changes nothing but brings pipelines and templates up to date.
 *
 * @param onDone called with each thing that was installed
 * @param onMissing called with each part that this server cannot have, and what follows
 * @throws SendFailure for what the cluster denies or does not accept
 */
export async function setUp(
  { client, serverless, version }: Destination,
  url: URL,
  namespace: string,
  onDone: (what: string) => void,
  onMissing: (what: string) => void,
): Promise<void> {
  const words = messages().sending.setup;
  const step = async (
    kind: Parameters<typeof words.part>[0],
    name: string,
    request: () => Promise<unknown>,
  ): Promise<void> => {
    await readable(url, request);
    onDone(words.part(kind, name));
  };
  const streams = await Promise.all(
    datasets.map(async (dataset) => {
      const name = dataStream(dataset, namespace);
      return { name, seen: await look(url, () => client.indices.getDataStream({ name })) };
    }),
  );
  // Nothing is left behind on a server that could not use it.
  if (streams.some(({ seen }) => seen === 'no-api'))
    throw new SendFailure(messages().sending.cluster.noStreams(url.origin));
  const transform_id = openNowName(namespace);
  const transform = await look(url, () => client.transform.getTransform({ transform_id }));
  const policy = serverless ? 'no-api' : await look(url, () => client.ilm.getLifecycle({ name: 'leftopen' }));
  if (policy === 'absent') {
    await step('lifecycle', 'leftopen', () =>
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
  // A data stream has a lifecycle of its own from 8.14 on.
  const ownLifecycle = policy === 'no-api' && (serverless || isFrom(version, 8, 14));
  if (policy === 'no-api' && !ownLifecycle) onMissing(words.noLifecycle);
  await step('component', 'leftopen@mappings', () =>
    client.cluster.putComponentTemplate({ name: 'leftopen@mappings', template: { mappings } }),
  );
  if (transform !== 'no-api') {
    await step('pipeline', arrival, () =>
      client.ingest.putPipeline({
        id: arrival,
        description: words.descriptions.arrival,
        processors: [{ set: { field: 'event.ingested', value: '{{{_ingest.timestamp}}}' } }],
      }),
    );
    await step('pipeline', findingsOnly, () =>
      client.ingest.putPipeline({
        id: findingsOnly,
        description: words.descriptions.findingsOnly,
        processors: [{ drop: { if: "ctx.event?.dataset != 'leftopen.finding'" } }],
      }),
    );
  }
  await step('component', 'leftopen@settings', () =>
    client.cluster.putComponentTemplate({
      name: 'leftopen@settings',
      template: {
        settings: {
          index: {
            ...(transform !== 'no-api' && { final_pipeline: arrival }),
            ...(policy !== 'no-api' && { lifecycle: { name: 'leftopen' } }),
          },
        },
        ...(ownLifecycle && { lifecycle: { data_retention: keptFor } }),
      },
    }),
  );
  // Up to 8.6 a template may name only components that exist.
  const mayBeMissing = serverless || isFrom(version, 8, 7);
  const custom =
    mayBeMissing ||
    (await look(url, () => client.cluster.getComponentTemplate({ name: 'leftopen@custom' }))) === 'present';
  await step('template', 'logs-leftopen', () =>
    client.indices.putIndexTemplate({
      name: 'logs-leftopen',
      index_patterns: datasets.map((dataset) => dataStream(dataset, '*')),
      data_stream: {},
      // Elastic's own logs-*-* has 100.
      priority: 500,
      composed_of: ['leftopen@mappings', 'leftopen@settings', ...(custom ? ['leftopen@custom'] : [])],
      ...(mayBeMissing && { ignore_missing_component_templates: ['leftopen@custom'] }),
      _meta: { description: words.descriptions.documents },
    }),
  );
  for (const { name, seen } of streams) {
    if (seen === 'absent') await step('stream', name, () => client.indices.createDataStream({ name }));
  }
  if (transform === 'no-api') onMissing(words.noTransforms(transform_id, dataStream('finding', namespace)));
  else {
    await step('template', 'leftopen-open-now', () =>
      client.indices.putIndexTemplate({
        name: 'leftopen-open-now',
        index_patterns: [openNowName('*')],
        priority: 500,
        composed_of: ['leftopen@mappings'],
        _meta: { description: words.descriptions.openNow },
      }),
    );
  }
  if (transform === 'absent') await step('transform', transform_id, () => openNow(client, transform_id, namespace));
}

/** Name of the transform and of the index that it writes. */
function openNowName(namespace: string): string {
  return `leftopen-open-now-${namespace}`;
}

/**
 * The latest state of each finding, one document each. A transform looks at each span of time once, so it goes by the time of arrival:
 * by the end of the run it would pass over what is sent later than another run, or after it was created. What no run has reported for
 * two days leaves it when something arrives, so it reads the documents of runs too: the run in which all is fixed has no finding.
 */
async function openNow(client: Client, transform_id: string, namespace: string): Promise<void> {
  await client.transform.putTransform({
    transform_id,
    source: { index: [dataStream('finding', namespace), dataStream('run', namespace)] },
    dest: { index: transform_id, pipeline: findingsOnly },
    latest: { unique_key: ['leftopen.run.engagement', 'leftopen.run.vantage', 'event.id'], sort: '@timestamp' },
    sync: { time: { field: 'event.ingested', delay: '60s' } },
    retention_policy: { time: { field: '@timestamp', max_age: '2d' } },
    frequency: '5m',
    description: messages().sending.setup.descriptions.transform,
  });
  await client.transform.startTransform({ transform_id });
}

/**
 * Whether something is there.
 *
 * @throws SendFailure for any other answer than that it is, is not, or belongs to a part that this server lacks
 */
async function look(url: URL, request: () => Promise<unknown>): Promise<'present' | 'absent' | 'no-api'> {
  return readable(url, async () => {
    try {
      await request();
      return 'present';
    } catch (error) {
      if (!(error instanceof errors.ResponseError)) throw error;
      if (error.statusCode === 404) return 'absent';
      // What Elasticsearch says where no module serves a path (RestController).
      if (/^no handler found for uri|^Incorrect HTTP method/.test(reasonOf(error))) return 'no-api';
      throw error;
    }
  });
}
