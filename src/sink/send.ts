// Sends a run to the user's own Elasticsearch, each document once, however often it is repeated or cut short.
import { setTimeout as pause } from 'node:timers/promises';
import { errors } from '@elastic/elasticsearch';
import { z } from 'zod';
import { languageOf } from '../languages/index.js';
import { messages } from '../messages/index.js';
import type { EndpointSummary, Finding, ReportHead } from '../model/finding.js';
import { dataStream, datasets, ecsDocuments, type EcsDocument } from '../report/index.js';
import { failureOf, isFrom, reasonOf, SendFailure, type Destination } from './connection.js';

/** A record to send; the streams start again with each call. */
export interface SentRecord {
  readonly head: ReportHead;
  readonly findings: () => AsyncIterable<Finding>;
  readonly endpoints: () => AsyncIterable<EndpointSummary>;
}

/** How many documents were handled, and how. */
export interface Sent {
  readonly created: number;
  /** An earlier, interrupted or repeated sending had brought them. */
  readonly already: number;
  /** The cluster rejected them for good, by its reasons. */
  readonly refused: ReadonlyMap<string, number>;
}

/** Settings that tests shorten. */
export interface SendOptions {
  readonly namespace: string;
  /** Called after each batch. */
  readonly onProgress?: (sent: Sent) => void;
  /** Called before a batch is repeated, with the reason and the milliseconds until then. */
  readonly onWait?: (why: string, wait: number) => void;
  readonly signal?: AbortSignal;
  /** Milliseconds before the nth repeat (from 0) of a batch that could not be delivered; null gives up. */
  readonly retryAfter?: (attempt: number) => number | null;
}

/** Documents in a batch: what is asked for, sent and repeated together. About 3 MB. */
const batchSize = 500;

/** Two minutes in all: a node that restarts is back by then. */
function twoMinutes(attempt: number): number | null {
  return attempt < 9 ? Math.min(30_000, 1000 * 2 ** attempt) : null;
}

/**
 * Refuses a cluster that this very run found open: findings would lie in the open.
 *
 * @returns the endpoint that is this cluster, or null
 */
export async function openHere(record: SentRecord, { clusterUuid }: Destination, url: URL): Promise<string | null> {
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  for await (const { state, endpoint, host: declared, address, port: at, clusterUuid: uuid } of record.endpoints()) {
    if (state !== 'open') continue;
    const isThere = String(at) === port && (declared === host || address === host);
    if (isThere || (clusterUuid !== '' && uuid === clusterUuid)) return endpoint;
  }
  return null;
}

/**
 * Whether the data streams are there: without them a document could create an index by accident.
 *
 * @throws SendFailure naming `--setup` where one is missing
 */
export async function checkStreams({ client }: Destination, url: URL, namespace: string): Promise<void> {
  for (const dataset of datasets) {
    const name = dataStream(dataset, namespace);
    try {
      await client.indices.getDataStream({ name });
    } catch (error) {
      if (error instanceof errors.ResponseError && error.statusCode === 404) {
        throw new SendFailure(messages().sending.cluster.noStream(url.origin, name));
      }
      throw failureOf(url, error);
    }
  }
}

/**
 * Sends all documents of a run, that of the run itself only if the cluster refused none of the others. An id is unique in one
 * backing index only, so the ids of each batch are asked for first: a rollover between two sendings makes no second copy.
 *
 * @throws SendFailure when the cluster takes nothing more; what it has is not sent again by a repeat
 */
export async function send(
  record: SentRecord,
  destination: Destination,
  url: URL,
  options: SendOptions,
): Promise<Sent> {
  const tally = { created: 0, already: 0, refused: new Map<string, number>() };
  await makeFindable(destination, options.namespace);
  const texts = languageOf(record.head.run.language).report;
  const documents = ecsDocuments(record.head, record.findings, record.endpoints, options.namespace, texts);
  for await (const batch of batches(documents)) {
    options.signal?.throwIfAborted();
    if (batch.some(isOfRun) && tally.refused.size > 0) break;
    await deliver(batch, destination, url, options, tally);
    options.onProgress?.(tally);
  }
  return tally;
}

/** The document of the run says that all others are there: it goes last, alone, and only if none was refused. */
const isOfRun = ({ dataset }: EcsDocument): boolean => dataset === 'run';

/** What was sent just before must be found; without the privilege to refresh, it is found a second later. */
async function makeFindable({ client }: Destination, namespace: string): Promise<void> {
  await client.indices
    .refresh({ index: datasets.map((dataset) => dataStream(dataset, namespace)) })
    .catch(() => undefined);
}

async function* batches(documents: AsyncIterable<EcsDocument>): AsyncGenerator<readonly EcsDocument[], void, void> {
  let batch: EcsDocument[] = [];
  for await (const document of documents) {
    if (isOfRun(document) && batch.length > 0) {
      yield batch;
      batch = [];
    }
    batch.push(document);
    if (batch.length === batchSize) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

interface Tally {
  created: number;
  already: number;
  readonly refused: Map<string, number>;
}

/** Delivers a batch; while the cluster cannot be reached or is busy, it is repeated with what is still missing. */
async function deliver(
  batch: readonly EcsDocument[],
  destination: Destination,
  url: URL,
  options: SendOptions,
  tally: Tally,
): Promise<void> {
  let left = batch;
  const retryAfter = options.retryAfter ?? twoMinutes;
  for (let attempt = 0; ; attempt += 1) {
    let why = messages().sending.cluster.busy(url.origin);
    try {
      if (attempt > 0) await makeFindable(destination, options.namespace);
      const present = await idsPresent(left, destination, options.namespace);
      tally.already += present.size;
      left = left.filter(({ id }) => !present.has(id));
      if (left.length > 0) left = await bulk(left, destination, url, options, tally);
      if (left.length === 0) return;
    } catch (error) {
      if (isTooLarge(error) && left.length > 1) {
        const half = Math.ceil(left.length / 2);
        await deliver(left.slice(0, half), destination, url, options, tally);
        await deliver(left.slice(half), destination, url, options, tally);
        return;
      }
      const failure = failureOf(url, error);
      if (!isPassing(error) || !(failure instanceof SendFailure)) throw failure;
      why = failure.message;
    }
    const wait = retryAfter(attempt);
    if (wait === null) throw new SendFailure(messages().sending.cluster.givenUp(why));
    options.onWait?.(why, wait);
    await pause(wait, undefined, { signal: options.signal });
  }
}

/** A proxy in front of the cluster, or the cluster itself, takes smaller requests only. */
function isTooLarge(error: unknown): boolean {
  return error instanceof errors.ResponseError && error.statusCode === 413;
}

/** A connection that was lost, a node that restarts, a cluster that is busy. */
function isPassing(error: unknown): error is Error {
  if (error instanceof errors.ResponseError) return [429, 502, 503, 504].includes(error.statusCode ?? 0);
  return (
    error instanceof errors.ConnectionError ||
    error instanceof errors.TimeoutError ||
    error instanceof errors.NoLivingConnectionsError
  );
}

const hits = z.looseObject({ hits: z.looseObject({ hits: z.array(z.looseObject({ _id: z.string() })) }) });

/** Which of these documents are there, in whatever backing index. */
async function idsPresent(
  documents: readonly EcsDocument[],
  { client }: Destination,
  namespace: string,
): Promise<ReadonlySet<string>> {
  const response: unknown = await client.search({
    index: [...new Set(documents.map(({ dataset }) => dataStream(dataset, namespace)))],
    size: documents.length,
    _source: false,
    // An older backing index that is not back yet after a restart must not look as if it held none of them.
    allow_partial_search_results: false,
    query: { ids: { values: documents.map(({ id }) => id) } },
  });
  return new Set(hits.parse(response).hits.hits.map(({ _id }) => _id));
}

/** Sends documents by the client's bulk helper. Returns those that should be tried once more. */
async function bulk(
  documents: readonly EcsDocument[],
  destination: Destination,
  url: URL,
  options: SendOptions,
  tally: Tally,
): Promise<readonly EcsDocument[]> {
  const { client, version } = destination;
  const bySource = new Map(documents.map((document) => [document.source, document]));
  const byId = new Map(documents.map((document) => [document.id, document]));
  const again: EcsDocument[] = [];
  const stats = await client.helpers.bulk<EcsDocument['source']>({
    datasource: documents.map(({ source }) => source),
    onDocument: (source) => {
      const document = bySource.get(source);
      return { create: { _index: dataStream(document?.dataset ?? 'run', options.namespace), _id: document?.id ?? '' } };
    },
    // Elasticsearch knows it from 8.12 on. The streams were looked for before in any case.
    ...(isFrom(version, 8, 12) && { require_data_stream: true }),
    retries: 0,
    onDrop: ({ status, error, operation }) => {
      if (status === 409) tally.already += 1;
      else if (status === 429 || status === 503) again.push(...idsOf(operation).flatMap((id) => byId.get(id) ?? []));
      else {
        const why =
          error === null ? messages().sending.status(status) : `${error.type}: ${(error.reason ?? '').slice(0, 200)}`;
        tally.refused.set(why, (tally.refused.get(why) ?? 0) + 1);
      }
    },
  });
  tally.created += stats.successful;
  const [first] = again;
  const reason = first === undefined ? '' : await reasonAlone(first, destination, options.namespace);
  if (reason === null) {
    tally.created += 1;
    again.shift();
  }
  const why = [...tally.refused.keys(), reason ?? ''].find((each) => each.startsWith('cluster_block_exception'));
  if (why !== undefined) {
    throw new SendFailure(messages().sending.cluster.blocked(url.origin, why));
  }
  return again;
}

/**
 * Why a document is rejected that is sent on its own; null when it is taken. A full disk and a busy node both answer 429, and the
 * bulk helper passes on the status alone.
 */
async function reasonAlone(
  { id, dataset, source }: EcsDocument,
  { client }: Destination,
  namespace: string,
): Promise<string | null> {
  try {
    await client.create({ index: dataStream(dataset, namespace), id, document: source });
    return null;
  } catch (error) {
    return error instanceof errors.ResponseError ? reasonOf(error) : String(error);
  }
}

const operationSchema = z.looseObject({ create: z.looseObject({ _id: z.string() }) });

/** The id in an operation as the helper gives it back. */
function idsOf(operation: unknown): readonly string[] {
  const parsed = operationSchema.safeParse(operation);
  return parsed.success ? [parsed.data.create._id] : [];
}
