import { z } from 'zod';
import type { Json } from '../model/json.js';
import { plain } from './banner.js';
import { entries, number, optionalNumber, optionalText } from './parse.js';

/** Reads a kept value back with its schema; null when it is none. */
function reading<T>(schema: z.ZodType<T>): (value: unknown) => T | null {
  return (value) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? parsed.data : null;
  };
}

const counted = z.object({ count: z.number() });
/** A list of which only the length was kept. */
export const parseCount = reading(counted);

/** Keeps the length of a list of texts: no name of it. */
export function keepTextCount(body: unknown): Json | null {
  const parsed = z.array(z.string()).safeParse(body);
  return parsed.success ? { count: parsed.data.length } : null;
}

const version = z.object({ version: z.string() });
/** A version as kept. */
export const parseVersion = reading(version);

/** Keeps the version of Zipkin's `/info`. */
export function keepZipkinInfo(body: unknown): Json | null {
  const parsed = z.object({ zipkin: z.object({ version: z.string().max(60) }) }).safeParse(body);
  return parsed.success ? { version: parsed.data.zipkin.version } : null;
}

const store = z.object({ store: z.string(), login: z.boolean() });
/** Zipkin's health as kept. */
export const parseStore = reading(store);

/** Userinfo with a password in a URL. */
const withLogin = /[a-z][a-z0-9+.-]*:\/\/[^\s/?#@:]+:[^\s/?#@]+@/i;

/**
 * Keeps of Zipkin's `/health` the kind of its store, and whether the store's address is printed with a login in it (wire
 * guide R.5): the address itself is not kept.
 */
export function keepZipkinHealth(body: unknown): Json | null {
  const parsed = z.object({ zipkin: z.object({ details: z.looseObject({}) }) }).safeParse(body);
  if (!parsed.success) return null;
  const names = entries(parsed.data.zipkin.details).map(([name]) => name);
  const kind = names.map((name) => /^[A-Za-z]{1,40}(?=\{)/.exec(name)?.[0]).find((each) => each !== undefined);
  if (kind === undefined) return null;
  return plain({ store: kind, login: names.some((name) => withLogin.test(name)) } satisfies z.infer<typeof store>);
}

/** Keeps the version of Prometheus' build information (2.14 and later). */
export function keepPrometheusBuild(body: unknown): Json | null {
  const parsed = z
    .object({
      status: z.literal('success'),
      data: z.object({ version: z.string().max(60), revision: z.string(), goVersion: z.string() }),
    })
    .safeParse(body);
  return parsed.success ? { version: parsed.data.data.version } : null;
}

/** Keeps how many values a label of Prometheus has. */
export function keepPrometheusValues(body: unknown): Json | null {
  const parsed = z.object({ status: z.literal('success'), data: z.array(z.string()) }).safeParse(body);
  return parsed.success ? { count: parsed.data.data.length } : null;
}

/** The status of a Solr that answered without an error. */
const zero = number.refine((value) => value === 0);

/** Keeps the version of Solr's system information. */
export function keepSolrSystem(body: unknown): Json | null {
  const parsed = z
    .object({
      responseHeader: z.object({ status: zero }),
      lucene: z.object({ 'solr-spec-version': z.string().max(60) }),
    })
    .safeParse(body);
  return parsed.success ? { version: parsed.data.lucene['solr-spec-version'] } : null;
}

/** Keeps how many cores a Solr lists. */
export function keepSolrCores(body: unknown): Json | null {
  const parsed = z.object({ responseHeader: z.object({ status: zero }), status: z.looseObject({}) }).safeParse(body);
  return parsed.success ? { count: entries(parsed.data.status).length } : null;
}

/** Keeps the version of ZincSearch, which it tells everybody. */
export function keepZincVersion(body: unknown): Json | null {
  const parsed = z
    .object({ version: z.string().max(60), commit_hash: z.string(), build_date: z.string() })
    .safeParse(body);
  return parsed.success ? { version: parsed.data.version } : null;
}

/** Keeps how many indices a ZincSearch lists. */
export function keepZincIndices(body: unknown): Json | null {
  const parsed = z
    .object({ list: z.array(z.unknown()), page: z.object({ total: optionalNumber }).optional().catch(undefined) })
    .safeParse(body);
  return parsed.success ? { count: parsed.data.page?.total ?? parsed.data.list.length } : null;
}

/** Keeps how many services a Jaeger names. With none, its list is null (wire guide R.5). */
export function keepJaegerServices(body: unknown): Json | null {
  const parsed = z.object({ data: z.array(z.string()).nullable(), total: number, errors: z.unknown() }).safeParse(body);
  return parsed.success ? { count: parsed.data.data?.length ?? 0 } : null;
}

const defaultClusters = z.object({ clusters: z.number(), login: z.boolean() });
/** elasticvue's clusters as kept. */
export const parseDefaultClusters = reading(defaultClusters);

const secretKey = /pass|secret|token|api_?key|session/i;

/** Whether a value holds a secret under any key that names one, or in the address of a cluster. */
function holdsLogin(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return withLogin.test(value);
  if (depth > 4 || typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((item) => holdsLogin(item, depth + 1));
  return entries(value).some(
    ([key, item]) => (secretKey.test(key) && typeof item === 'string' && item !== '') || holdsLogin(item, depth + 1),
  );
}

/**
 * Keeps of elasticvue's list of clusters how many there are, and whether a login stands in it: yes or no, never which
 * (wire guide F, R.5).
 */
export function keepDefaultClusters(body: unknown): Json | null {
  const cluster = z.object({ uri: optionalText(1000), name: optionalText(1000) });
  const list = z.array(cluster.loose());
  const parsed = z.union([list, z.object({ clusters: list }).transform(({ clusters }) => clusters)]).safeParse(body);
  if (!parsed.success || !parsed.data.every(({ uri }) => uri !== undefined)) return null;
  return plain({ clusters: parsed.data.length, login: holdsLogin(parsed.data) } satisfies z.infer<
    typeof defaultClusters
  >);
}
