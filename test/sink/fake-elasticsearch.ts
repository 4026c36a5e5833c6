// A stand-in for the parts of Elasticsearch that sending needs, with the answers of real ones (8.3.3, 8.15.1); test/live/send.test.ts sends to those.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Test } from 'tap';
import { z } from 'zod';

/** What the stand-in does, and what it was sent. */
export interface Fake {
  readonly url: string;
  /** By data stream, the documents of each of its backing indices, by id. */
  readonly streams: Map<string, Map<string, unknown>[]>;
  /** `METHOD /path`, with the media type that was accepted. */
  readonly requests: string[];
  readonly authorizations: Set<string>;
  /** By path, what `--setup` installed: policies, pipelines, templates, transforms. */
  readonly installed: Map<string, unknown>;
  /** Asked before each bulk request, by its number from 0; anything but `take` is what happens instead. */
  bulk: (
    number: number,
    documents: number,
  ) => 'take' | 'busy' | 'hang-up' | 'blocked' | 'one-busy' | 'too-large' | 'denied' | 'unmapped';
  /** By `METHOD /path`, a status and a body that it responds with in place of all else. */
  readonly answers: Map<string, readonly [number, unknown]>;
  /** Whether a search finds everything, or the shards of older backing indices are not back yet. */
  search: () => 'whole' | 'partial' | 'denied';
  /** Adds a backing index to each stream, as a rollover does. */
  rollOver(): void;
}

/** What 8.3.3 answered for a document while `index.blocks.read_only_allow_delete` was set. */
const block = {
  type: 'cluster_block_exception',
  reason:
    'index [.ds-logs-leftopen.run-default-2026.11.29-000001] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, index has read-only-allow-delete block];',
};

/** What 8.15.1 answered for each document of a new backing index, to an API key without `auto_configure`. */
const unmapped = {
  type: 'security_exception',
  reason:
    'action [indices:admin/mapping/auto_put] is unauthorized for API key id [zC8oK6IBZIpof3hndT_Q] of user [admin], this action is granted by the index privileges [auto_configure,manage,write,all]',
};

/** Beginnings of paths that no module of this server serves. */
const noParts: readonly string[] = [];

const template = z.object({
  composed_of: z.array(z.string()).default([]),
  ignore_missing_component_templates: z.array(z.string()).optional(),
});

const action = z.object({ create: z.object({ _index: z.string(), _id: z.string() }) });
const ids = z.object({ query: z.object({ ids: z.object({ values: z.array(z.string()) }) }) });

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** Starts one; it ends with the test. */
export async function fakeElasticsearch(
  t: Test,
  { version = '9.4.3', streams = true, product = true, open = false, lacks = noParts } = {},
): Promise<Fake> {
  const major = Number(version.split('.')[0]);
  let bulks = 0;
  let blocking = '';
  const fake: Fake = {
    url: '',
    streams: new Map(
      streams
        ? ['finding', 'endpoint', 'run'].map((name) => [`logs-leftopen.${name}-default`, [new Map<string, unknown>()]])
        : [],
    ),
    requests: [],
    authorizations: new Set(),
    installed: new Map(),
    bulk: () => 'take',
    answers: new Map(),
    search: () => 'whole',
    rollOver() {
      for (const indices of fake.streams.values()) indices.push(new Map());
    },
  };
  const answer = (response: ServerResponse, status: number, body: unknown): void => {
    response.writeHead(status, {
      'content-type': `application/vnd.elasticsearch+json;compatible-with=${major}`,
      ...(product && { 'x-elastic-product': 'Elasticsearch' }),
    });
    response.end(JSON.stringify(body));
  };
  const put = (text: string): object => {
    const lines = text === '' ? [] : text.trimEnd().split('\n');
    const items = [];
    for (let i = 0; i < lines.length; i += 2) {
      const { create } = action.parse(JSON.parse(lines[i] ?? ''));
      const written = fake.streams.get(create._index)?.at(-1);
      if (written === undefined)
        items.push({
          create: { ...create, status: 404, error: { type: 'index_not_found_exception', reason: 'no such index' } },
        });
      else if (written.has(create._id)) {
        items.push({
          create: {
            ...create,
            status: 409,
            error: { type: 'version_conflict_engine_exception', reason: 'document already exists' },
          },
        });
      } else {
        written.set(create._id, JSON.parse(lines[i + 1] ?? ''));
        items.push({ create: { ...create, status: 201 } });
      }
    }
    return { took: 1, errors: items.some(({ create }) => create.status !== 201), items };
  };
  const all = (text: string, item: object): object => ({
    took: 1,
    errors: true,
    items: text
      .trimEnd()
      .split('\n')
      .filter((_, i) => i % 2 === 0)
      .map((line) => ({ create: { ...action.parse(JSON.parse(line)).create, ...item } })),
  });
  /** What an index template is refused for: up to 8.6, naming a component that is not there. */
  const wrongIn = (body: unknown): object | null => {
    const { composed_of, ignore_missing_component_templates } = template.parse(body);
    const [, minor] = version.split('.').map(Number);
    if (ignore_missing_component_templates !== undefined && major === 8 && (minor ?? 0) < 7)
      return {
        type: 'x_content_parse_exception',
        reason: '[1:71] [index_template] unknown field [ignore_missing_component_templates]',
      };
    const missing = composed_of.filter(
      (name) =>
        !fake.installed.has(`/_component_template/${encodeURIComponent(name)}`) &&
        !(ignore_missing_component_templates ?? []).includes(name),
    );
    return missing.length === 0
      ? null
      : {
          type: 'invalid_index_template_exception',
          reason: `index_template [x] invalid, cause [index template [x] specifies component templates [${missing.join()}] that do not exist]`,
        };
  };
  const server = createServer((request, response) => {
    void (async () => {
      const text = await bodyOf(request);
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
      const accept = request.headers.accept ?? '';
      fake.requests.push(`${request.method ?? ''} ${pathname} ${/compatible-with=(\d)/.exec(accept)?.[1] ?? '-'}`);
      const said = fake.answers.get(`${request.method ?? ''} ${decodeURIComponent(pathname)}`);
      if (said !== undefined) {
        answer(response, ...said);
        return;
      }
      if (request.headers.authorization !== undefined) fake.authorizations.add(request.headers.authorization);
      else if (!open) {
        answer(response, 401, {
          error: { type: 'security_exception', reason: 'missing authentication credentials' },
          status: 401,
        });
        return;
      }
      const spoken = Number(/compatible-with=(\d)/.exec(accept)?.[1]);
      if (spoken > major) {
        answer(response, 400, {
          error: { type: 'media_type_header_exception', reason: 'Invalid media-type value on headers [Accept]' },
          status: 400,
        });
        return;
      }
      if (pathname === '/')
        answer(response, 200, {
          cluster_uuid: 'wXnXoS9dSmiPP7dOnHnR9w',
          version: { number: version, build_flavor: 'default' },
        });
      else if (lacks.some((part) => pathname.startsWith(part))) {
        // As 8.3.3 answers without x-pack's modules: 405 where another method of the same shape exists.
        const method = request.method ?? '';
        if (pathname.startsWith('/_transform/')) {
          const error = `Incorrect HTTP method for uri [${pathname}] and method [${method}], allowed: [POST]`;
          answer(response, 405, { error, status: 405 });
        } else answer(response, 400, { error: `no handler found for uri [${pathname}] and method [${method}]` });
      } else if (/^\/_(ilm|ingest|component_template|index_template|transform)\//.test(pathname)) {
        const known = fake.installed.has(pathname);
        const body: unknown = text === '' ? null : JSON.parse(text);
        const wrong = request.method === 'PUT' && pathname.startsWith('/_index_template/') ? wrongIn(body) : null;
        if (wrong !== null) answer(response, 400, { error: wrong, status: 400 });
        else if (request.method === 'GET')
          answer(response, known ? 200 : 404, known ? {} : { error: 'none', status: 404 });
        else {
          if (request.method === 'PUT') fake.installed.set(pathname, body);
          answer(response, 200, { acknowledged: true });
        }
      } else if (pathname.startsWith('/_data_stream/') && request.method === 'PUT') {
        fake.streams.set(pathname.slice('/_data_stream/'.length), [new Map<string, unknown>()]);
        answer(response, 200, { acknowledged: true });
      } else if (pathname.startsWith('/_data_stream/')) {
        const known = fake.streams.has(pathname.slice('/_data_stream/'.length));
        answer(
          response,
          known ? 200 : 404,
          known
            ? { data_streams: [] }
            : { error: { type: 'index_not_found_exception', reason: 'no such index' }, status: 404 },
        );
      } else if (pathname.endsWith('/_refresh')) answer(response, 200, { _shards: {} });
      else if (pathname.endsWith('/_search')) {
        const { values } = ids.parse(JSON.parse(text)).query.ids;
        const how = fake.search();
        const indices = [...fake.streams.values()].flatMap((stream) => (how === 'partial' ? stream.slice(-1) : stream));
        if (how === 'denied')
          answer(response, 403, {
            error: {
              type: 'security_exception',
              reason: 'action [indices:data/read/search] is unauthorized for API key',
            },
            status: 403,
          });
        else if (how === 'partial' && searchParams.get('allow_partial_search_results') === 'false')
          answer(response, 503, {
            error: {
              type: 'search_phase_execution_exception',
              reason: 'Partial shards failure (1 shards unavailable)',
            },
            status: 503,
          });
        else
          answer(response, 200, {
            hits: {
              hits: values.filter((id) => indices.some((index) => index.has(id))).map((_id) => ({ _id })),
            },
          });
      } else if (pathname === '/_bulk') {
        const number = bulks++;
        const how = (blocking = fake.bulk(number, text.split('\n').length >> 1));
        if (how === 'take') answer(response, 200, put(text));
        else if (how === 'too-large') {
          // As nginx says it, with its own limit of 1 MB.
          response.writeHead(413, { 'content-type': 'text/html' });
          response.end('<html><head><title>413 Request Entity Too Large</title></head></html>');
        } else if (how === 'denied')
          answer(response, 401, { error: { type: 'security_exception', reason: 'api key is expired' }, status: 401 });
        else if (how === 'busy')
          answer(response, 429, { error: { type: 'es_rejected_execution_exception', reason: 'busy' }, status: 429 });
        else if (how === 'one-busy')
          answer(
            response,
            200,
            all(text, { status: 429, error: { type: 'es_rejected_execution_exception', reason: 'busy' } }),
          );
        else if (how === 'blocked') answer(response, 200, all(text, { status: 429, error: block }));
        else if (how === 'unmapped') answer(response, 200, all(text, { status: 403, error: unmapped }));
        else {
          // It took half of them, and its connection was lost before it could say so.
          put(
            text
              .split('\n')
              .slice(0, 2 * Math.floor(text.split('\n').length / 4))
              .join('\n'),
          );
          request.socket.destroy();
        }
      } else if (pathname.includes('/_create/')) {
        if (blocking === 'blocked') answer(response, 429, { error: block, status: 429 });
        else answer(response, 429, { error: { type: 'es_rejected_execution_exception', reason: 'busy' }, status: 429 });
      } else answer(response, 404, { error: { type: 'x', reason: pathname }, status: 404 });
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return Object.assign(fake, { url: `http://127.0.0.1:${port}` });
}
