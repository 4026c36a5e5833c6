// What types the fields have that `send` writes: by the template that `--setup` installs, and by their values.
import type { Test } from 'tap';
import { z } from 'zod';
import type { EndpointSummary, Finding, ReportHead } from '../../src/model/finding.js';
import { ecsDocuments } from '../../src/report/index.js';
import { en } from '../../src/report/texts/en.js';
import { connect, destinationUrl, setUp } from '../../src/sink/index.js';
import { full, stream } from '../support/report-sample.js';
import { fakeElasticsearch } from './fake-elasticsearch.js';

/** Fields of a document as Elasticsearch sees them: dotted names, lists as their elements. */
function flat(value: unknown, name = ''): readonly (readonly [string, unknown])[] {
  if (Array.isArray(value)) return value.flatMap((each) => flat(each, name));
  if (typeof value !== 'object' || value === null) return value === null ? [] : [[name, value]];
  return Object.entries(value).flatMap(([key, inner]) => flat(inner, name === '' ? key : `${name}.${key}`));
}

const mapped: z.ZodType<Mapped> = z.lazy(() =>
  z.looseObject({ type: z.string().optional(), properties: z.record(z.string(), mapped).optional() }),
);
interface Mapped {
  readonly type?: string | undefined;
  readonly properties?: Record<string, Mapped> | undefined;
}
const pipeline = z.looseObject({ processors: z.array(z.strictObject({ set: z.looseObject({ field: z.string() }) })) });
const template = z.looseObject({ template: z.looseObject({ mappings: mapped }) });

/** Type of a field by the template that `--setup` installs; else by its value, as the dynamic templates say. */
function typeOf(mappings: Mapped, name: string, value: unknown): string {
  const found = name.split('.').reduce<Mapped | undefined>((at, part) => at?.properties?.[part], mappings);
  if (found?.type !== undefined) return found.type;
  if (typeof value === 'string') return /^\d{4}-\d\d-\d\d/.test(value) ? 'unmapped date' : 'keyword';
  return typeof value === 'boolean' ? 'boolean' : Number.isInteger(value) ? 'long' : 'float';
}

/** A record that has everything a record can have: a merged one of two vantages, of shards, redacted, with a gap. */
const everything: { readonly head: ReportHead; readonly findings: Finding[]; readonly endpoints: EndpointSummary[] } = {
  head: {
    ...full.head,
    run: {
      ...full.head.run,
      shard: '1/2',
      redacted: 'names',
      gaps: ['1 of 2 controls did not respond.'],
      sources: [
        {
          run: 'one',
          vantage: full.head.run.vantage,
          startedAt: full.head.run.startedAt,
          endedAt: full.head.run.endedAt,
          tool: full.head.run.tool.version,
          requests: 7,
          ledgerSha256: null,
          digest: '0'.repeat(64),
        },
      ],
    },
  },
  findings: full.findings.map((finding) => ({
    ...finding,
    seenFrom: [
      { vantage: 'office', exposure: 'internal', run: 'one', severity: 'high', access: 'documents' },
      { vantage: 'internet', exposure: 'internet', run: 'two', severity: 'high', access: 'documents' },
    ],
  })),
  endpoints: full.endpoints.map((endpoint) => ({
    ...endpoint,
    vantages: [{ ...endpoint, vantage: 'internet', exposure: 'internet', run: 'one' }],
    contradictions: ['open-and-guarded'],
  })),
};

/** The types of every field in the documents of a run, by dataset. */
export async function typesSent(t: Test): Promise<ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>> {
  const fake = await fakeElasticsearch(t, { streams: false });
  const url = destinationUrl(fake.url);
  const destination = await connect(url, { apiKey: 'c2VjcmV0' }, undefined);
  await setUp(
    destination,
    url,
    'default',
    () => undefined,
    () => undefined,
  );
  const { mappings } = template.parse(fake.installed.get('/_component_template/leftopen%40mappings')).template;
  const types = new Map<string, Map<string, Set<string>>>();
  for await (const { dataset, source } of ecsDocuments(
    everything.head,
    stream(everything.findings),
    stream(everything.endpoints),
    'default',
    en,
  )) {
    const fields = types.get(dataset) ?? new Map<string, Set<string>>();
    types.set(dataset, fields);
    for (const [name, value] of flat(source))
      fields.set(name, (fields.get(name) ?? new Set()).add(typeOf(mappings, name, value)));
  }
  // What the cluster itself adds to each document.
  const { processors } = pipeline.parse(fake.installed.get('/_ingest/pipeline/leftopen-arrival'));
  for (const fields of types.values())
    for (const { field } of processors.map(({ set }) => set))
      fields.set(field, new Set([typeOf(mappings, field, new Date().toISOString())]));
  return types;
}
