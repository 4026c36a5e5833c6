/**
 * A small model of a server, made from its recording. It answers what was recorded, and also the requests that something on
 * the way has changed: with a query lost, a parameter lost, other columns or another filter.
 */
import {
  basePathOf,
  bodyBytes,
  matchExchange,
  opaquePlaceholder,
  type RecordedExchange,
  type Recording,
} from '../../src/demo/replay.js';
import { derive, filterPath, widened, withDocuments, type Listed, type Row } from './cluster.js';
import {
  decoded,
  isObject,
  jsonOf,
  partsOf,
  withBody,
  type Header,
  type NoReply,
  type Parts,
  type Reply,
  type Request,
  type Server,
} from './wire.js';

/** A recorded exchange with what is needed to find it again. */
interface Known {
  readonly exchange: RecordedExchange;
  readonly parts: Parts;
  /** Path and query in one canonical form; the names that were made up are left open. */
  readonly whole: RegExp | string;
  readonly path: RegExp | string;
}

/** A made-up name: what is in the place of `{nonce}` in a recording. Not a pattern, and not a list of names. */
const madeUpName = '([^/?&=_*,][^/?&=*,]*)';

/** A parameter that cannot exist. */
const madeUp = 'leftopen_';

/** The same text for the same request, whatever the order of its parameters and whatever was percent-encoded. */
function canonical({ path, query }: Parts): string {
  const sorted = query.map(([name, value]) => `${name}=${value}`).sort();
  return `${decoded(path)}?${sorted.join('&')}`;
}

function formOf(text: string): RegExp | string {
  if (!text.includes('{nonce}')) return text;
  const parts = text.split('{nonce}').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join(madeUpName)}$`);
}

function knownOf(exchange: RecordedExchange): Known {
  const parts = partsOf(exchange.path);
  return { exchange, parts, whole: formOf(canonical(parts)), path: formOf(decoded(parts.path)) };
}

/** The names in the places of the nonces; null where the rest of the text differs. */
function fits(form: RegExp | string, text: string): readonly string[] | null {
  if (typeof form === 'string') return form === text ? [] : null;
  return form.exec(text)?.slice(1) ?? null;
}

/** A recorded exchange as it goes over the wire in answer to this request. */
function sent({ wire }: RecordedExchange, target: string, nonce: string | undefined): Reply | NoReply {
  if (wire.kind === 'bytes') return { kind: 'failure', failure: 'closed-without-answer' };
  const fill = (text: string): string => text.replaceAll('{path}', target).replaceAll('{nonce}', nonce ?? '{nonce}');
  const headers = wire.head
    .slice(1)
    .filter((line) => !line.includes(opaquePlaceholder))
    .map((line): Header => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), fill(line.slice(colon + 1).trim())];
    });
  const status = Number(wire.head[0]?.split(' ')[1]);
  return { kind: 'answer', status, headers, body: bodyBytes(wire, fill) };
}

/** A cluster that lists its indices, and where it was found: below the base path, or behind a dashboard's relay. */
interface ListedAt {
  readonly cluster: Listed;
  readonly base: string;
  /** The recorded listing: its headers are those of every listing. */
  readonly sample: Reply;
}

const tablePath = '/_cat/indices';

function listedBy(known: readonly Known[], recording: Recording): readonly ListedAt[] {
  const { product, version } = recording.head.truth;
  const major = Number.parseInt(version ?? recording.head.version, 10) || 7;
  return known.flatMap(({ exchange, parts }): ListedAt[] => {
    const columns = new Map(parts.query).get('h')?.split(',') ?? [];
    if (!parts.path.endsWith(tablePath) || !columns.includes('index')) return [];
    const sample = sent(exchange, exchange.path, undefined);
    const rows = sample.kind === 'answer' && sample.status === 200 ? jsonOf(sample) : undefined;
    if (sample.kind !== 'answer' || !Array.isArray(rows)) return [];
    const cluster = { major, opensearch: product === 'opensearch', rows: rows.flatMap(rowOf) };
    return [{ cluster, base: parts.path.slice(0, -tablePath.length), sample }];
  });
}

function rowOf(value: unknown): Row[] {
  if (!isObject(value)) return [];
  return [
    Object.fromEntries(Object.entries(value).map(([key, item]) => [key, typeof item === 'string' ? item : null])),
  ];
}

/** True for an error in a cluster's own words: the path is unknown to it, and not to something in front. */
function isOwnError(reply: Reply | NoReply | null): boolean {
  if (reply?.kind !== 'answer' || ![400, 404, 405].includes(reply.status)) return false;
  const body = jsonOf(reply);
  return isObject(body) && 'error' in body && !('statusCode' in body);
}

/** Folders of servers that pose as others. A disguised one may well be reported as undetermined. */
const decoys: ReadonlySet<string> = new Set(['decoy', 'elastichoney', 'elasticpot', 'qeeqbox-honeypots']);

/** True for a recording of something that poses as a product of ours. */
export function isDecoy({ head }: Recording): boolean {
  return decoys.has(head.product);
}

/** The model of a recorded or written server. It throws where the recording does not hint at the answer. */
export function serverOf(recording: Recording): Server {
  const known = recording.exchanges
    .filter(({ method, question }) => method === 'GET' && question !== 'unknown-path')
    .map(knownOf);
  const base = basePathOf(recording);
  // what is not one of our products, or only poses as one, does not read a query as they do
  const reads = recording.head.truth.product !== null && !isDecoy(recording);
  const clusters = reads ? listedBy(known, recording) : [];
  const missing = recording.exchanges.find(({ path }) => path === `${base}/{nonce}`);
  const refusing = known.find(({ exchange }) => exchange.question === 'unknown-parameter')?.exchange;

  /** What was recorded of this very request, in whatever order its parameters come. */
  function recorded(target: string, parts: Parts): Reply | NoReply | null {
    const wanted = canonical(parts);
    for (const madeOfNames of [false, true]) {
      for (const { exchange, whole } of known) {
        if ((typeof whole !== 'string') !== madeOfNames) continue;
        const nonces = fits(whole, wanted);
        if (nonces !== null) return sent(exchange, target, nonces[0]);
      }
    }
    return null;
  }

  /** The response to a path that nothing is known about; null where the recording does not show it. */
  function unknown({ method, target }: Request): Reply | NoReply | null {
    const match = matchExchange(recording, { method, path: target });
    return match === null ? null : sent(match.exchange, target, match.nonces[0]);
  }

  /** A recorded answer to the same path with another query, made into the one for this query. */
  function adapted(request: Request, parts: Parts): Reply | NoReply | null {
    const path = decoded(parts.path);
    const names = new Set(parts.query.map(([name]) => name));
    const near = known.flatMap((each) => {
      const nonces = fits(each.path, path);
      return nonces === null ? [] : [{ ...each, nonces }];
    });
    const strange = [...names].find((name) => name.startsWith(madeUp));
    const tested = near.find(({ parts: { query } }) => query.some(([name]) => name.startsWith(madeUp)));
    if (strange !== undefined && tested !== undefined)
      return sent(tested.exchange, request.target, strange.slice(madeUp.length));
    if (strange !== undefined) return refused(request, strange) ?? unknown(request);
    // of those that share as many parameters, the one with the longest query showed the most
    const [closest] = near
      .filter(({ parts: { query } }) => !query.some(([name]) => name.startsWith(madeUp)))
      .sort(
        (a, b) =>
          a.nonces.length - b.nonces.length ||
          shared(b.parts, names) - shared(a.parts, names) ||
          b.exchange.path.length - a.exchange.path.length,
      );
    if (closest === undefined) return null;
    const reply = sent(closest.exchange, request.target, closest.nonces[0]);
    if (reply.kind === 'failure') return reply;
    const lost = closest.parts.query.filter(([name]) => !names.has(name)).map(([name]) => name);
    const body = reply.body.toString('utf8');
    // the query was the problem
    if (reply.status === 400 && lost.some((name) => body.includes(`[${name}]`))) return unknown(request);
    return reads && reply.status === 200 ? withQuery(reply, path, parts, lost) : reply;
  }

  /** The refusal of a parameter that does not exist; null where the server refuses none, or is not known to. */
  function refused({ target }: Request, parameter: string): Reply | null {
    if (refusing === undefined) return null;
    const refusal = sent(refusing, target, parameter.slice(madeUp.length));
    if (refusal.kind === 'failure' || refusal.status !== 400) return null;
    const below = decoded(partsOf(target).path).slice(base.length);
    return withBody(refusal, refusal.body.toString('utf8').replaceAll('request [/]', `request [${below}]`));
  }

  /** A success as it is without the parameters that were lost. */
  function withQuery(reply: Reply, path: string, { query }: Parts, lost: readonly string[]): Reply {
    const needs = /\/api\/(?:saved_objects\/_find|index_patterns\/_fields_for_wildcard)$/.test(path)
      ? ['type', 'pattern']
      : [];
    const missing = needs.find((name) => lost.includes(name));
    if (missing !== undefined) {
      const message = `[request query.${missing}]: expected at least one defined value but got [undefined]`;
      return withBody({ ...reply, status: 400 }, JSON.stringify({ statusCode: 400, error: 'Bad Request', message }));
    }
    const value = jsonOf(reply);
    if (value === undefined) return reply;
    if (lost.includes('extended') && isObject(value)) {
      const short = Object.entries(value).filter(([key]) => key !== 'cluster_uuid' && key !== 'usage');
      return withBody(reply, JSON.stringify(Object.fromEntries(short)));
    }
    const filter = query.find(([name]) => name === 'filter_path')?.[1];
    if (path.endsWith('/_search') && lost.includes('size'))
      return withBody(reply, JSON.stringify(withDocuments(value)));
    if (filter === undefined && !lost.includes('filter_path')) return reply;
    const whole = widened(path, value);
    return withBody(reply, JSON.stringify(filter === undefined ? whole : (filterPath(whole, filter.split(',')) ?? {})));
  }

  /** What a cluster that lists its indices answers to a path that was never recorded, or to other columns. */
  function derived(request: Request, parts: Parts): Reply | NoReply | null {
    const path = decoded(parts.path);
    const at = clusters.find(({ base }) => path.startsWith(`${base}/`));
    if (at === undefined) return null;
    const below = path.slice(at.base.length);
    const table = below === tablePath || below.startsWith(`${tablePath}/`);
    const recordedThere = known.some(({ path: form }) => fits(form, path) !== null);
    // a path that something else serves does not belong to the cluster
    if (recordedThere ? !table : !isOwnError(unknown(request))) return null;
    const strange = parts.query.find(([name]) => name.startsWith(madeUp))?.[0];
    const refusal = strange === undefined ? null : refused(request, strange);
    if (refusal !== null) return refusal;
    const answer = derive(at.cluster, below, new Map(parts.query), request.wantsJson);
    if (answer === null) return null;
    if (answer.kind === 'json') return withBody(at.sample, JSON.stringify(answer.value));
    if (answer.kind === 'missing') return missing === undefined ? null : sent(missing, request.target, answer.index);
    const headers = at.sample.headers.map(([name, value]): Header => [
      name,
      name.toLowerCase() === 'content-type' ? 'text/plain; charset=UTF-8' : value,
    ]);
    return withBody({ ...at.sample, headers }, answer.text);
  }

  return (request) => {
    const { method, target } = request;
    const parts = partsOf(target);
    const reply = recorded(target, parts) ?? derived(request, parts) ?? adapted(request, parts) ?? unknown(request);
    if (reply === null) throw new Error(`the recording says nothing to ${method} ${target}`);
    return method === 'HEAD' && reply.kind === 'answer' ? { ...reply, body: Buffer.alloc(0) } : reply;
  };
}

function shared({ query }: Parts, names: ReadonlySet<string>): number {
  return query.filter(([name]) => names.has(name)).length;
}
