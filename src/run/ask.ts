// Surveys one endpoint over the network.
import { randomBytes } from 'node:crypto';
import type { Endpoint, Place, Scheme } from '../model/endpoint.js';
import type { Technique } from '../model/engagement.js';
import type { Cut, EndpointRecord, Exchange, Failure, FailureName } from '../model/exchange.js';
import type { Ask, QuestionId } from '../model/question.js';
import { harmless, requestPath } from '../catalogue/index.js';
import type { HttpClient, EndpointClientOptions } from '../net/index.js';
import { namedClusters, survey } from '../survey/index.js';
import type { Judged } from '../judge/index.js';
import { errorText } from '../store/mistake.js';

/** What surveying needs besides the endpoint. */
export interface AskOptions {
  readonly httpClient: HttpClient;
  readonly techniques: Readonly<Record<Technique, boolean>>;
  /** Whether the cluster at a `host:port` that a dashboard leads to is declared and in scope; left out for never. */
  readonly mayReach?: (address: string) => Promise<boolean>;
  /** Whether a question besides the verdict is wanted; left out for all. */
  readonly wanted?: (question: QuestionId) => boolean;
  readonly now: () => Date;
  /** Waits for the owner's pace before a request; false when the run stopped meanwhile. */
  readonly turn: () => true | Promise<boolean>;
  readonly clientOptions: EndpointClientOptions;
}

/** An endpoint that is to be surveyed. */
export interface Visit {
  /** Its address is not null. */
  readonly endpoint: Endpoint;
  readonly ordinal: number;
  readonly targets: readonly string[];
  /** What an earlier visit of this run knows; null for the first one. */
  readonly earlier: Pick<EndpointClientOptions, 'requestsSpent' | 'learned'> | null;
}

/** How the survey of an endpoint ended. */
export interface Surveyed {
  readonly record: EndpointRecord;
  /** Text of a bug of ours that cut it short, or null. */
  readonly bug: string | null;
  /** What judging it came to, where that is known already. */
  readonly judged: Judged | null;
}

/**
 * Carries the questions of the survey through the client until it has no more, or the client says that no more can be asked.
 * A bug of ours in the survey or the client keeps what is known by then: the record is cut as `local-failure`.
 */
export async function surveyEndpoint(
  { endpoint, ordinal, targets, earlier }: Visit,
  options: AskOptions,
): Promise<Surveyed> {
  const clientOptions = { ...options.clientOptions, ...earlier };
  const at = options.now().toISOString();
  const exchanges: Exchange[] = [];
  const endpointClient = options.httpClient.forEndpoint(endpoint, clientOptions);
  const { techniques, mayReach } = options;
  const reachable = new Set<string>();
  const questions = survey(endpoint, {
    techniques,
    nonce,
    mayReach: (address) => reachable.has(address),
    ...(options.wanted && { wanted: options.wanted }),
  });
  let cut: Cut | null = null;
  let bug: string | null = null;
  try {
    for (let step = questions.next(); step.done !== true && cut === null;) {
      if (!(await options.turn())) {
        cut = 'interrupted';
        break;
      }
      const exchange = await endpointClient.ask(step.value);
      exchanges.push(exchange);
      cut = endpointClient.cut;
      for (const address of techniques.dataSourceListing ? namedClusters(exchange) : [])
        if (await mayReach?.(address)) reachable.add(address);
      if (cut === null) step = questions.next(exchange);
    }
    questions.return();
  } catch (error) {
    cut = 'local-failure';
    bug = bugText(endpoint, error);
  }
  const { tls, requestsSpent } = endpointClient;
  await endpointClient.close();
  // Put once more after a pause, or over another connection.
  const repeated =
    requestsSpent - (clientOptions.requestsSpent ?? 0) - exchanges.filter(({ request }) => request > 0).length;
  const record = { ordinal, endpoint, targets, at, exchanges, tls, cut };
  return { record: { ...record, ...(repeated > 0 && { otherRequests: repeated }) }, bug, judged: null };
}

/** The status with which an endpoint answers the first question, over either scheme where none is declared; or how that failed. */
export async function statusOf(
  endpoint: Endpoint,
  httpClient: HttpClient,
  techniques: AskOptions['techniques'],
): Promise<number | FailureName> {
  const endpointClient = httpClient.forEndpoint(endpoint);
  const ask = firstAsk(endpoint, techniques);
  const schemes = endpoint.scheme === null ? [ask.scheme, other(ask.scheme)] : [ask.scheme];
  let last: FailureName = 'local-failure';
  for (const scheme of schemes) {
    const { outcome } = await endpointClient.ask({ ...ask, scheme });
    if (outcome.kind === 'answer') {
      await endpointClient.close();
      return outcome.status;
    }
    last = outcome.failure;
    if (endpointClient.cut !== null) break;
  }
  await endpointClient.close();
  return last;
}

function other(scheme: Scheme): Scheme {
  return scheme === 'http' ? 'https' : 'http';
}

/**
 * The record of a place that cannot be asked at all (its name has no address, our vantage is lost): one exchange says so
 * where there is a failure, with the question that would have come first.
 */
export function unasked(
  place: Place,
  failure: Failure | null,
  cut: Cut | null,
  options: Pick<AskOptions, 'techniques' | 'now'>,
): EndpointRecord {
  const at = options.now().toISOString();
  const { ordinal, targets, ...endpoint } = place;
  const exchanges: Exchange[] = [];
  if (failure !== null) {
    const first = firstAsk(place, options.techniques);
    exchanges.push({
      question: first.question.id,
      method: first.question.method,
      path: requestPath(first),
      scheme: first.scheme,
      basePath: first.basePath,
      blanks: first.blanks,
      request: 0,
      connection: 0,
      at,
      ms: 0,
      outcome: failure,
    });
  }
  return { ordinal, endpoint, targets, at, exchanges, tls: null, cut };
}

/** The question the survey puts first. */
export function firstAsk(endpoint: Endpoint, techniques: AskOptions['techniques']): Ask {
  const step = survey(endpoint, { techniques, nonce }).next();
  if (step.done === true) throw new Error('the survey asks nothing');
  return step.value;
}

/** What the maintainers need to find a bug of ours, on one line. */
export function bugText(endpoint: Endpoint, error: unknown): string {
  const where = error instanceof Error ? (error.stack?.split('\n')[1]?.trim() ?? '') : '';
  return `a bug of leftopen cut ${endpoint.host}:${endpoint.port}${endpoint.basePath} short: ${harmless(errorText(error), 300)} ${where}`.trim();
}

function nonce(): string {
  return randomBytes(6).toString('hex');
}
