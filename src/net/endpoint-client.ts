// Asks one endpoint its questions, one connection at a time.
import type { Endpoint, Scheme } from '../model/endpoint.js';
import type { Limits } from '../model/engagement.js';
import type { Cut, Exchange, Failure, FailureName, TlsFacts } from '../model/exchange.js';
import type { Ask, OldTlsVersion } from '../model/question.js';
import type { HttpVersion } from './connect.js';
import type { Shared } from './shared.js';
import type { OpenAt, Pace } from './limits.js';
import { closeLine, isConnected, openLine, type Line } from './line.js';
import { failureOf, sendRequest, type Sent } from './request.js';
import { targetPace, type Learned } from './strain.js';

/** What differs from visit to visit. */
export interface EndpointClientOptions {
  /** Requests that earlier visits of this endpoint made in this run. */
  readonly requestsSpent?: number;
  /** The window to keep instead of the run's: with the blackout hours of the endpoint's owner. One function per owner. */
  readonly openAt?: OpenAt;
  /** The owner's own pace, by which requests leave. */
  readonly departures?: Pick<Pace, 'turn' | 'left'>;
  /** The owner's own budget of requests, where it is lower. */
  readonly requestsPerEndpoint?: number;
  /** What earlier visits of this endpoint learned in this run. */
  readonly learned?: Learned;
  /** Called just before each request leaves. */
  readonly onRequest?: () => void;
}

/**
 * All questions put to one endpoint, over one connection where the endpoint allows it. It holds a place of the address
 * until it is closed: always close it.
 */
export interface EndpointClient {
  /** Puts one question and waits for its end; one at a time. Rejects only for a bug of ours, whatever the target does. */
  ask(ask: Ask): Promise<Exchange>;
  /** What the last TLS handshake showed; those that offered an old version only do not count. */
  readonly tls: TlsFacts | null;
  /** Why nothing more can be asked; null while the endpoint can be asked. */
  readonly cut: Cut | null;
  /** Requests sent so far, those of earlier visits included: the next visit's `requestsSpent`. */
  readonly requestsSpent: number;
  close(): Promise<void>;
}

/** The cuts that a failure of the same name makes. */
const cutting = ['budget-spent', 'window-closed', 'interrupted', 'left-in-peace', 'local-failure'] as const;

type VisitCut = (typeof cutting)[number];

/** Begins a visit; nothing is opened before the first question. */
export function openEndpointClient(endpoint: Endpoint, run: Shared, options: EndpointClientOptions): EndpointClient {
  const shared: Shared = {
    ...run,
    nextRequest() {
      run.departures.left();
      options.departures?.left();
      options.onRequest?.();
      return run.nextRequest();
    },
  };
  const address = endpoint.address ?? '';
  if (address === '') throw new Error(`our bug: a visit to ${endpoint.host}, which has no address`);
  const { catalogue, limits, now } = shared;
  const isOpen = shared.windowOf(options.openAt);
  const allowance = Math.min(limits.requestsPerEndpoint, options.requestsPerEndpoint ?? Infinity);
  const pace = targetPace(options.learned ?? { answerTimes: [], strained: false }, shared.peace);
  const spentBefore = options.requestsSpent ?? 0;
  let requestsSpent = spentBefore;
  let cut: VisitCut | null = null;
  let tls: TlsFacts | null = null;
  let line: Line | null = null;
  /** The guest session that this endpoint gave, and over which scheme: in memory alone, forgotten with the visit. */
  let session: { readonly scheme: Scheme; readonly cookie: string } | null = null;
  // HTTP/2 is spoken only to who speaks nothing else, and is offered once that has shown.
  let http: HttpVersion = 'http/1.1';
  /** How the first question ended over HTTP/1.1, while HTTP/2 is tried for it. */
  let unagreed: Sent | null = null;
  let holdsPlace = false;
  let busy = false;
  let closed = false;

  /** The line of that scheme and versions. A visit never holds two connections: the other one is closed. */
  async function lineOf(scheme: Scheme, only: OldTlsVersion | null): Promise<Line> {
    const version = scheme === 'https' ? http : 'http/1.1';
    if (line?.scheme === scheme && line.only === only && line.http === version) return line;
    if (line !== null) await closeLine(line);
    line = openLine(endpoint, address, scheme, only, version, shared.connector, depart, (connection) => {
      if (only === null) tls = connection.tls ?? tls;
    });
    return line;
  }

  /** The last wait before a request leaves, on an open connection; false when the run stopped meanwhile. */
  function depart(): true | Promise<boolean> {
    const own = options.departures?.turn() ?? true;
    return own === true ? shared.departures.turn() : own.then((got) => got && shared.departures.turn());
  }

  /** Ends a line that offers one version only: it is there for one question. */
  async function leave(only: OldTlsVersion | null): Promise<void> {
    if (only !== null) await hangUp();
  }

  /** Ends the line, so that the next question gets a connection of its own. */
  async function hangUp(): Promise<void> {
    if (line !== null) await closeLine(line);
    line = null;
  }

  /** Why nothing may be sent now, or null. */
  function refusal(): Failure | null {
    if (shared.stopped() || closed) return failureOf('interrupted');
    if (cut !== null) return failureOf(cut);
    if (requestsSpent >= allowance) return failureOf('budget-spent', `${allowance} requests`);
    return isOpen(now()) ? null : failureOf('window-closed');
  }

  async function admitted(): Promise<Failure | null> {
    const early = refusal();
    if (early !== null) return early;
    holdsPlace ||= await shared.addresses.take(address);
    if (!holdsPlace || !(await shared.turns.turn())) return failureOf('interrupted');
    // While we waited the window may have closed.
    return refusal();
  }

  async function ask(asked: Ask): Promise<Exchange> {
    if (busy) throw new Error('our bug: a visit was asked two questions at once');
    busy = true;
    try {
      const path = catalogue.requestPath(asked);
      const only = asked.question.tls ?? null;
      const unfit = unfitToSend(asked, path) ?? (await unfitToOffer(only, asked.scheme));
      if (unfit !== null) return exchange(asked, path, notSent(unfit, now()));
      for (let retried = false; ;) {
        await rest(pace.due() - performance.now());
        const refused = await admitted();
        if (refused !== null) {
          takeNote(refused.failure);
          return exchange(asked, path, notSent(refused, now()));
        }
        if (asked.fresh === true) await hangUp();
        const way = await lineOf(asked.scheme, only);
        // A connection in the making waits by itself, once it is made.
        if (isConnected(way) && !(await depart()))
          return exchange(asked, path, notSent(failureOf('interrupted'), now()));
        const cookie = asked.session === true && session?.scheme === asked.scheme ? session.cookie : null;
        pace.begin();
        let sent = await sendRequest(asked, path, way, shared, timeoutOf(asked, limits), refusal, cookie);
        if (sent.session !== null) session = { scheme: asked.scheme, cookie: sent.session };
        await leave(only);
        if (sent.request > 0) requestsSpent += 1;
        if (way.http === 'http/1.1' && only === null && wantsHttp2(asked.scheme, sent)) {
          http = 'h2';
          continue;
        }
        // Some that speak HTTP/2 only hang up on the rest (haproxy, `proto h2`): it is tried once, on the first question.
        if (sent.diedUnagreed && only === null && requestsSpent === spentBefore + 1) {
          unagreed = sent;
          http = 'h2';
          continue;
        }
        if (unagreed !== null && way.http === 'h2') {
          if (sent.outcome.kind === 'failure') {
            http = 'http/1.1';
            sent = unagreed;
          }
          unagreed = null;
        }
        // The connection was closed while we did not use it: the question was not refused, it did not arrive.
        if (sent.diedIdle && !retried) {
          retried = true;
          continue;
        }
        if (sent.outcome.kind === 'failure') takeNote(sent.outcome.failure);
        const sign = pace.end(asked, sent);
        if (sign === null) return exchange(asked, path, sent);
        if (sign.last) {
          takeNote('left-in-peace');
          return exchange(asked, path, sent);
        }
        await rest(sign.pauseMs);
        if (!sign.repeat) return exchange(asked, path, sent);
      }
    } finally {
      busy = false;
    }
  }

  /** Waits, unless the run is stopped meanwhile. */
  function rest(ms: number): Promise<void> {
    if (ms <= 0 || shared.stopped()) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(over, ms);
      shared.interrupts.add(over);
      function over(): void {
        clearTimeout(timer);
        shared.interrupts.delete(over);
        resolve();
      }
    });
  }

  function unfitToSend({ question }: Ask, path: string): Failure | null {
    if (catalogue.find(question.id) !== question) return failureOf('denied', `${question.id} is not in the catalogue`);
    if (!/^\/[\x21-\x7e]*$/.test(path)) return failureOf('denied', 'a path with characters that no request has');
    // A server that resolves them and one that does not read two paths, and the deny-list can judge only one.
    if (hasDotSegment(path)) return failureOf('denied', 'a path with . or .. in it');
    const rule = catalogue.denied(path, question);
    return rule === null ? null : failureOf('denied', rule.why);
  }

  async function unfitToOffer(only: OldTlsVersion | null, scheme: Scheme): Promise<Failure | null> {
    if (only === null) return null;
    if (scheme === 'http') throw new Error('our bug: a version of TLS was to be offered over plain HTTP');
    return (await shared.canOffer(only)) ? null : failureOf('tls-version-not-ours', only);
  }

  function takeNote(failure: FailureName): void {
    cut ??= cutting.find((name) => name === failure) ?? null;
  }

  async function close(): Promise<void> {
    if (closed) return;
    closed = true;
    shared.visits.delete(close);
    if (line !== null) await closeLine(line);
    if (holdsPlace) shared.addresses.give(address);
  }
  shared.visits.add(close);

  return {
    ask,
    get tls() {
      return tls;
    },
    get cut() {
      return cut;
    },
    get requestsSpent() {
      return requestsSpent;
    },
    close,
  };
}

/** What Node's HTTP/2 server answers itself to HTTP/1.1 (lib/internal/http2/core.js; `Missing` from version 20 on). */
const refusalOfHttp1 = /^(?:Unknown|Missing) ALPN Protocol, expected `h2`/;

/** Over TLS: it accepts no HTTP/1.1, answered it with a frame of HTTP/2, or said so in as many words. */
function wantsHttp2(scheme: Scheme, { outcome }: Sent): boolean {
  if (scheme === 'http') return false;
  if (outcome.kind === 'answer')
    return outcome.status === 403 && outcome.body.kind === 'text' && refusalOfHttp1.test(outcome.body.text);
  return outcome.failure === 'tls-no-protocol' || outcome.failure === 'http2-clear-text';
}

/** A patient question is waited for so many times longer: with the usual deadline 40 s, where a cluster gives up after 30. */
const patience = 8 / 3;

function timeoutOf({ patient }: Ask, { exchangeTimeoutMs }: Limits): number {
  return patient === true ? exchangeTimeoutMs * patience : exchangeTimeoutMs;
}

function exchange(asked: Ask, path: string, sent: Sent): Exchange {
  return {
    question: asked.question.id,
    method: asked.question.method,
    path,
    scheme: asked.scheme,
    basePath: asked.basePath,
    blanks: asked.blanks,
    request: sent.request,
    connection: sent.connection,
    at: sent.at.toISOString(),
    ms: sent.ms,
    outcome: sent.outcome,
  };
}

function notSent(outcome: Failure, at: Date): Sent {
  return { outcome, request: 0, connection: 0, at, ms: 0, diedIdle: false, diedUnagreed: false, session: null };
}

/** True when a segment of the path is `.` or `..`, escaped up to three times over, with backslashes too. */
function hasDotSegment(path: string): boolean {
  let text = path.split('?', 1)[0] ?? '';
  for (let round = 0; round < 3 && text.includes('%'); round += 1) {
    text = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  }
  return /(^|[/\\])\.\.?([/\\]|$)/.test(text);
}
