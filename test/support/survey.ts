import { keepAnswer, requestPath } from '../../src/catalogue/index.js';
import type { Endpoint, Scheme } from '../../src/model/endpoint.js';
import type { Technique } from '../../src/model/engagement.js';
import type { Cut, EndpointRecord, Exchange, FailureName } from '../../src/model/exchange.js';
import type { Observations } from '../../src/model/observation.js';
import type { Ask, OldTlsVersion } from '../../src/model/question.js';
import { observe } from '../../src/reading/index.js';
import { survey } from '../../src/survey/index.js';
import { techniquesWith } from './answer.js';

/** What a fake server answers: a named failure, or status, headers and body (an object is sent as JSON). */
export type Reply =
  | FailureName
  | {
      readonly status: number;
      readonly headers?: Readonly<Record<string, string | readonly string[]>>;
      readonly body?: string | object;
    };

/** A fake server: what it answers to an ask. `number` counts the asks from 1. */
export type Responder = (ask: Ask, path: string, number: number) => Reply;

/** Replies by path. A key with a query stands for that very request, one without for every query of its path. */
export type Paths = Readonly<Record<string, Reply>>;

/**
 * A fake server from a table of paths. In bodies and headers `{path}` stands for the path that was asked, with its query,
 * `{name}` for its last segment.
 */
export function serve(paths: Paths, otherwise: Reply | ((path: string) => Reply), scheme: Scheme = 'http'): Responder {
  return (ask, path) => {
    if (ask.scheme !== scheme) return scheme === 'https' ? 'closed-without-answer' : 'tls-not-spoken';
    const [plain = ''] = path.split('?', 1);
    return paths[path] ?? paths[plain] ?? (typeof otherwise === 'function' ? otherwise(path) : otherwise);
  };
}

/** What a survey may be run with. */
export interface SurveyRun {
  readonly endpoint?: Partial<Endpoint>;
  readonly techniques?: Partial<Record<Technique, boolean>>;
  /** Versions of TLS out of use that the fake accepts. */
  readonly oldTls?: readonly OldTlsVersion[];
  /** Stops after so many asks, as the run does when a window closes. */
  readonly cutAfter?: { readonly asks: number; readonly cut: Cut };
}

/** The endpoint of fake servers. */
export const fakeEndpoint: Endpoint = {
  host: '127.0.0.1',
  address: '127.0.0.1',
  port: 9200,
  basePath: '',
  scheme: null,
};

/** Runs the real survey against a fake server to its end, keeping answers as the client keeps them. */
export function runSurvey(responder: Responder, run: SurveyRun = {}): EndpointRecord {
  const endpoint = { ...fakeEndpoint, ...run.endpoint };
  let nonces = 0;
  const questions = survey(endpoint, {
    techniques: techniquesWith(run.techniques),
    nonce: () => `0123456789ab${nonces++}`,
  });
  const exchanges: Exchange[] = [];
  let cut: Cut | null = null;
  for (let step = questions.next(); step.done !== true;) {
    if (run.cutAfter !== undefined && exchanges.length === run.cutAfter.asks) {
      ({ cut } = run.cutAfter);
      break;
    }
    const exchange = exchangeOf(step.value, responder, exchanges.length + 1, run.oldTls ?? []);
    exchanges.push(exchange);
    step = questions.next(exchange);
  }
  return { ordinal: 0, endpoint, targets: ['t'], at: '2026-11-23T02:00:00.000Z', exchanges, tls: null, cut };
}

/** Surveys a fake server and reads what came of it. */
export function surveyed(
  responder: Responder,
  run: SurveyRun = {},
): Observations & { readonly record: EndpointRecord } {
  const record = runSurvey(responder, run);
  return { ...observe(record), record };
}

/** What a fake server answers to an ask, kept as the client keeps it. */
export function exchangeOf(ask: Ask, responder: Responder, number: number, oldTls: readonly OldTlsVersion[]): Exchange {
  const path = requestPath(ask);
  // As a server of today: over a version that it does not accept no request is sent.
  const refused = ask.question.tls !== undefined && !oldTls.includes(ask.question.tls);
  const reply = refused ? 'tls-version' : responder(ask, path, number);
  const fill = (text: string): string =>
    text
      .replaceAll('{path}', path)
      .replaceAll('{name}', decodeURIComponent(path.split('?', 1)[0]?.split('/').at(-1) ?? ''))
      .replaceAll('{parameter}', /[?&](leftopen_[^=]*)=/.exec(path)?.[1] ?? '');
  const base = {
    question: ask.question.id,
    method: ask.question.method,
    path,
    scheme: ask.scheme,
    basePath: ask.basePath,
    blanks: ask.blanks,
    request: refused ? 0 : number,
    connection: 1,
    at: new Date(Date.UTC(2026, 10, 23, 2, 0, 0, number * 10)).toISOString(),
    ms: 2,
  };
  if (typeof reply === 'string') return { ...base, outcome: { kind: 'failure', failure: reply, detail: '' } };
  const json = typeof reply.body === 'object';
  const body = Buffer.from(fill(json ? JSON.stringify(reply.body) : (reply.body?.toString() ?? '')), 'utf8');
  const headers: Record<string, readonly string[]> = json ? { 'content-type': ['application/json'] } : {};
  for (const [name, value] of Object.entries(reply.headers ?? {})) {
    headers[name] = (typeof value === 'string' ? [value] : value).map(fill);
  }
  const capped = body.subarray(0, ask.question.cap);
  const truncated = capped.length < body.length;
  return { ...base, outcome: keepAnswer(ask.question, { status: reply.status, headers, body: capped, truncated }) };
}
