// Zipkin: traces, often stored in an Elasticsearch or OpenSearch cluster.
import { z } from 'zod';
import { plain } from '../../catalogue/banner.js';
import {
  defineCompanion,
  keepTextCount,
  parseCount,
  parseVersion,
  reading,
  withLogin,
} from '../../catalogue/companion.js';
import { kept, refs } from '../../catalogue/exchanges.js';
import { entries } from '../../catalogue/parse.js';
import type { Json } from '../../model/json.js';

const store = z.object({ store: z.string(), login: z.boolean() });
/** Zipkin's health as kept. */
const parseStore = reading(store);

const zipkinInfoShape = z.object({ zipkin: z.object({ version: z.string().max(60) }) });

/** Keeps the version of Zipkin's `/info`. */
function keepZipkinInfo(body: unknown): Json | null {
  const parsed = zipkinInfoShape.safeParse(body);
  return parsed.success ? { version: parsed.data.zipkin.version } : null;
}

const zipkinHealthShape = z.object({ zipkin: z.object({ details: z.looseObject({}) }) });

/**
 * Keeps of Zipkin's `/health` the kind of its store, and whether the store's address is printed with a login in it (wire
 * guide R.5): the address itself is not kept.
 */
function keepZipkinHealth(body: unknown): Json | null {
  const parsed = zipkinHealthShape.safeParse(body);
  if (!parsed.success) return null;
  const names = entries(parsed.data.zipkin.details).map(([name]) => name);
  const kind = names.map((name) => /^[A-Za-z]{1,40}(?=\{)/.exec(name)?.[0]).find((each) => each !== undefined);
  if (kind === undefined) return null;
  return plain({ store: kind, login: names.some((name) => withLogin.test(name)) } satisfies z.infer<typeof store>);
}

/**
 * Zipkin has no login of its own. Its health prints the address of its store, also with the status 503 while that store is
 * down (wire guide F, R.5).
 */
export const companion = defineCompanion({
  product: 'zipkin',
  questions: [
    /** Zipkin 2 and 3: who answers, and which version. Wire guide F, R.5. */
    {
      id: 'zipkin-info',
      method: 'GET',
      path: '/info',
      askedOf: ['zipkin'],
      why: 'Shows that a Zipkin answers callers without a login, and its version.',
      reveals: 'version',
      traces: '',
      cost: 'cheap',
      technique: null,
      cap: 16 * 1024,
      answers500: true,
      headers: {},
      keep: { headers: [], json: keepZipkinInfo, text: 200 },
    },
    /** The read that proves a Zipkin open. Wire guide F, R.5. */
    {
      id: 'zipkin-services',
      method: 'GET',
      path: '/api/v2/services',
      askedOf: ['zipkin'],
      why: 'Shows whether a Zipkin lists the services it traces to callers without a login; only their number is kept.',
      reveals: 'names of traced services; only their number is kept',
      traces: 'Zipkin asks its store for the names: one search there',
      cost: 'moderate',
      technique: null,
      cap: 1024 * 1024,
      answers500: true,
      headers: {},
      keep: { headers: [], json: keepTextCount, text: 200 },
    },
    /** Zipkin prints the address of its store, login included. Wire guide R.5. */
    {
      id: 'zipkin-health',
      method: 'GET',
      path: '/health',
      askedOf: ['zipkin'],
      why: 'Shows where a Zipkin stores its traces, and whether it prints a login of that store: yes or no, never which.',
      reveals: 'kind of store; whether a login is printed',
      traces: 'Zipkin asks its store how it does: one request there',
      cost: 'cheap',
      technique: null,
      cap: 64 * 1024,
      answers500: true,
      headers: {},
      keep: { headers: [], json: keepZipkinHealth, text: 200 },
    },
  ],
  read(answers) {
    const info = answers.last('zipkin-info');
    const services = answers.last('zipkin-services');
    const health = answers.last('zipkin-health');
    const version = kept(info, parseVersion);
    const count = kept(services, parseCount);
    const body = health?.answer.body;
    const store = body?.kind === 'json' ? parseStore(body.value) : null;
    if (count === null && store === null) return null;
    return {
      version: version === null ? null : { number: version.version, source: '/info' },
      lists: count === null ? null : { what: 'services', count: count.count },
      data: store === null ? 'unknown' : dataOf(store.store),
      login: store === null ? 'unknown' : store.login ? 'yes' : 'no',
      evidence: refs(version === null ? null : info, count === null ? null : services, store === null ? null : health),
    };
  },
});

function dataOf(store: string): 'cluster' | 'itself' | 'unknown' {
  if (store === 'ElasticsearchStorage') return 'cluster';
  return store === 'InMemoryStorage' ? 'itself' : 'unknown';
}
