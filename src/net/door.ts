import { isIP } from 'node:net';
import { Client, type Dispatcher } from 'undici';
import type { Endpoint, Scheme } from '../model/endpoint.js';
import type { Limits } from '../model/engagement.js';
import type { Answer, Cut, Exchange, Failure, FailureName, TlsFacts } from '../model/exchange.js';
import type { Ask, Question } from '../model/question.js';
import { collect, unpack } from './body.js';
import {
  elapsed,
  openConnection,
  type Attempt,
  type Connection,
  type ConnectorOptions,
  type ScopeGuard,
} from './connect.js';
import { NamedFailure, requestFailure } from './failure.js';
import type { LedgerSink } from './ledger.js';
import { byteBudget, keyedSlots, pace, windowGate, type OpenAt } from './limits.js';
import { nameResolver, type Resolution } from './resolve.js';
import { secureContext } from './tls.js';

/** What the door needs to know of a run. */
export interface DoorOptions {
  /** Asked before every connection, with the address about to be opened and the one reached. */
  readonly scope: ScopeGuard;
  readonly limits: Limits;
  /** The engagement's window; a visit may bring its owner's own. */
  readonly openAt: OpenAt;
  /** Says honestly who asks, with a contact. */
  readonly userAgent: string;
  /** The run's id, sent as `X-Opaque-Id`. */
  readonly opaqueId: string;
  readonly ledger: LedgerSink;
  /** PEM texts trusted beside the public authorities. */
  readonly certificateAuthorities: readonly string[];
  /** The user's own certificate; shown only to servers that prove who they are, and on loopback. */
  readonly clientCertificate: { readonly cert: string; readonly key: string } | null;
  /** Ends everything within the second; every exchange in flight ends `interrupted`. */
  readonly signal: AbortSignal;
  readonly now?: () => Date;
  /** The last numbers used in the ledger, where a run is resumed. */
  readonly numberedFrom?: { readonly request: number; readonly connection: number };
}

/** What differs from visit to visit. */
export interface VisitOptions {
  /** Requests that earlier visits of this endpoint made in this run. */
  readonly requestsSpent?: number;
  /** The window to keep instead of the run's: with the blackout hours of the endpoint's owner. */
  readonly openAt?: OpenAt;
  /** The owner's own budget of requests, where it is lower. */
  readonly requestsPerEndpoint?: number;
}

/** The one way out to a target. */
export interface Door {
  /** A and AAAA of a name, each name looked up once; IP literals as they are. */
  resolve(host: string): Promise<Resolution>;
  /** @param endpoint its `address` is not null */
  visit(endpoint: Endpoint, options?: VisitOptions): Visit;
  /** Requests sent, connections tried, bytes of bodies received. */
  totals(): { readonly requests: number; readonly connections: number; readonly bytes: number };
  /** Ends what is still open. */
  close(): Promise<void>;
}

/**
 * All questions put to one endpoint, over one connection where the endpoint allows it. It holds a place of the address
 * until it is closed: always close it.
 */
export interface Visit {
  /** Puts one question and waits for its end; one at a time. Never throws for what a target does. */
  ask(ask: Ask): Promise<Exchange>;
  /** What the last TLS handshake showed. */
  readonly tls: TlsFacts | null;
  /** Why nothing more can be asked; null while the endpoint can be asked. */
  readonly cut: Cut | null;
  /** Milliseconds the target asked to wait (`Retry-After`), or null. */
  readonly retryAfterMs: number | null;
  /** Requests sent so far, earlier visits included: the next visit's `requestsSpent`. */
  readonly requestsSpent: number;
  close(): Promise<void>;
}

/** What the door takes from the catalogue. */
export interface DoorCatalogue {
  /** The question of that id, or null. */
  readonly find: (id: string) => Question | null;
  readonly requestPath: (ask: Ask) => string;
  readonly denied: (path: string) => { readonly why: string } | null;
  readonly keepAnswer: (
    question: Question,
    raw: { status: number; headers: Record<string, string[]>; body: Uint8Array; truncated: boolean },
  ) => Answer;
  readonly clean: (text: string, max: number) => string;
  readonly redact: (text: string) => string;
}

/** Bytes of header fields read of one answer. */
const maxHeaderBytes = 32 * 1024;

/** Bytes of all bodies in flight beyond each connection's own share. */
const bytesInFlight = 64 * 1024 * 1024;

/** Bytes of a body that each connection may hold without asking. */
const ownShare = 64 * 1024;

/** A body that is not much longer than its cap is read to its end and dropped, which saves the connection. */
const drainBytes = 64 * 1024;

/** Milliseconds an idle connection is kept for the endpoint's next question. */
const keepAliveMs = 60_000;

/** An answer is sharply slower when it took so many times the median of the visit's earlier ones … */
const slowFactor = 10;

/** … and, since a dear question may be slow by nature, longer than this. */
const slowMs = { cheap: 2_000, moderate: 5_000, dear: 10_000 } as const;

/** Answers that make a median. */
const medianOf = 3;

/** Characters of a failure's detail. */
const maxDetail = 200;

const failureOf = (name: FailureName, detail = ''): Failure => ({ kind: 'failure', failure: name, detail });

/** What an exchange on the wire came to. */
interface Sent {
  readonly outcome: Answer | Failure;
  readonly request: number;
  readonly connection: number;
  readonly at: Date;
  readonly ms: number;
  /** True when a kept-alive connection died before any byte of the answer: worth one retry. */
  readonly diedIdle: boolean;
  readonly retryAfterMs: number | null;
}

/**
 * Opens the door for one run.
 *
 * @param catalogue what may be asked, and what is kept of an answer
 */
export function openDoorWith(catalogue: DoorCatalogue, options: DoorOptions): Door {
  const now = options.now ?? (() => new Date());
  const { limits, ledger, signal } = options;
  const addresses = keyedSlots(limits.perAddress);
  const turns = pace(limits.requestsPerSecond);
  const budget = byteBudget(bytesInFlight);
  const runWindow = windowGate(options.openAt);
  const ownersWindows = new WeakMap<OpenAt, (instant: Date) => boolean>();
  const resolver = nameResolver({ ledger, now });
  const interrupts = new Set<() => void>();
  const visits = new Set<() => Promise<void>>();
  const totals = { requests: 0, connections: 0, bytes: 0 };
  let lastRequest = options.numberedFrom?.request ?? 0;
  let lastConnection = options.numberedFrom?.connection ?? 0;

  const connector: ConnectorOptions = {
    scope: options.scope,
    timeoutMs: limits.connectTimeoutMs,
    ledger,
    context: once(() => secureContext(options.certificateAuthorities, null)),
    clientContext:
      options.clientCertificate === null
        ? null
        : once(() => secureContext(options.certificateAuthorities, options.clientCertificate)),
    clean: (text, max) => catalogue.clean(text, max),
    now,
    nextId() {
      totals.connections += 1;
      return (lastConnection += 1);
    },
  };

  const headersOf = new WeakMap<Question, string[]>();
  function headersFor(question: Question): string[] {
    const known = headersOf.get(question);
    if (known !== undefined) return known;
    const wanted = new Map([['accept', 'application/json']]);
    for (const [name, value] of Object.entries(question.headers)) wanted.set(name.toLowerCase(), value);
    wanted.set('user-agent', options.userAgent);
    wanted.set('x-opaque-id', options.opaqueId);
    const headers = [...wanted].flat();
    headersOf.set(question, headers);
    return headers;
  }

  function interrupt(): void {
    turns.stop();
    addresses.stop();
    resolver.stop();
    for (const stop of interrupts) stop();
  }
  signal.addEventListener('abort', interrupt, { once: true });

  function windowOf(openAt: OpenAt | undefined): (instant: Date) => boolean {
    if (openAt === undefined) return runWindow;
    const known = ownersWindows.get(openAt) ?? windowGate(openAt);
    ownersWindows.set(openAt, known);
    return known;
  }

  function visit(endpoint: Endpoint, own: VisitOptions = {}): Visit {
    const { address } = endpoint;
    if (address === null) throw new Error(`our bug: a visit to ${endpoint.host}, which has no address`);
    const isOpen = windowOf(own.openAt);
    const allowance = Math.min(limits.requestsPerEndpoint, own.requestsPerEndpoint ?? Infinity);
    const answerTimes: number[] = [];
    let requestsSpent = own.requestsSpent ?? 0;
    let cut: Cut | null = null;
    let tls: TlsFacts | null = null;
    let retryAfterMs: number | null = null;
    let holdsPlace = false;
    let busy = false;
    let client: { readonly scheme: Scheme; readonly client: Client; readonly origin: URL } | null = null;
    let connection: (Connection & { answers: number }) | null = null;
    let attempt: Attempt | null = null;
    /** Connections that the current request may still try. */
    let mayConnect = 0;

    function clientFor(scheme: Scheme): { readonly client: Client; readonly origin: URL } {
      if (client?.scheme === scheme) return client;
      drop();
      const host = endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host;
      const origin = new URL(`${scheme}://${host}:${endpoint.port}`);
      client = {
        scheme,
        origin,
        client: new Client(origin, {
          connect: (_, callback) => connect(scheme, origin, callback),
          pipelining: 1,
          maxHeaderSize: maxHeaderBytes,
          // One deadline for the whole exchange, set where it is sent.
          headersTimeout: 0,
          bodyTimeout: 0,
          keepAliveTimeout: keepAliveMs,
          keepAliveMaxTimeout: keepAliveMs,
        }),
      };
      return client;
    }

    function connect(
      scheme: Scheme,
      origin: URL,
      callback: (...result: [Error, null] | [null, Connection['socket']]) => void,
    ): void {
      if (mayConnect === 0) {
        // undici connects again by itself when a connection dies between two requests, or answers before it is asked.
        callback(new NamedFailure('closed-without-answer', 'the connection was closed at once, again and again'), null);
        return;
      }
      mayConnect -= 1;
      connection = null;
      attempt = openConnection(
        {
          host: endpoint.host,
          serverName: isIP(endpoint.host) === 0 ? origin.hostname : null,
          address: address ?? '',
          port: endpoint.port,
          secure: scheme === 'https',
        },
        connector,
        (failure, made) => {
          if (made === null) {
            callback(failure ?? new NamedFailure('interrupted', ''), null);
            return;
          }
          connection = { ...made, answers: 0 };
          tls = made.tls ?? tls;
          callback(null, made.socket);
        },
      );
    }

    /** Ends the client of the other scheme: a visit never holds two connections. */
    function drop(): void {
      attempt?.abandon('interrupted');
      void client?.client.destroy();
      client = null;
      connection = null;
    }

    /** Why nothing may be sent now, or null. */
    function refusal(): Failure | null {
      if (signal.aborted) return failureOf('interrupted');
      if (cut !== null) return failureOf(isFailure(cut) ? cut : 'interrupted', 'the visit ended before');
      if (requestsSpent >= allowance) return failureOf('budget-spent', `${allowance} requests`);
      if (!isOpen(now())) return failureOf('window-closed');
      return null;
    }

    async function wait(): Promise<Failure | null> {
      const early = refusal();
      if (early !== null) return early;
      holdsPlace ||= await addresses.take(address ?? '');
      if (!holdsPlace || !(await turns.turn())) return failureOf('interrupted');
      // While we waited the window may have closed.
      return refusal();
    }

    async function ask(asked: Ask): Promise<Exchange> {
      if (busy) throw new Error('our bug: a visit was asked two questions at once');
      busy = true;
      try {
        const path = catalogue.requestPath(asked);
        const unfit = unfitToSend(asked, path);
        if (unfit !== null) return exchange(asked, path, notSent(unfit, now()));
        for (let tries = 1; ; tries += 1) {
          const refused = await wait();
          if (refused !== null) {
            settleCut(refused.failure);
            return exchange(asked, path, notSent(refused, now()));
          }
          const sent = await send(asked, path);
          if (sent.diedIdle && tries === 1 && !signal.aborted) continue;
          learn(asked, sent);
          return exchange(asked, path, sent);
        }
      } finally {
        busy = false;
      }
    }

    function unfitToSend(asked: Ask, path: string): Failure | null {
      const { question } = asked;
      // Only what the catalogue lists leaves the house.
      if (catalogue.find(question.id) !== question)
        return failureOf('denied', `${question.id} is not in the catalogue`);
      if (!/^\/[\x21-\x7e]*$/.test(path)) return failureOf('denied', 'a path with characters that no request has');
      // A server that resolves them and one that does not read two different paths, and the deny-list can judge only one.
      if (hasDotSegment(path)) return failureOf('denied', 'a path with . or .. in it');
      const rule = catalogue.denied(path);
      return rule === null ? null : failureOf('denied', rule.why);
    }

    /** Puts one request on the wire. */
    function send(asked: Ask, path: string): Promise<Sent> {
      const { question } = asked;
      const { client: via, origin } = clientFor(asked.scheme);
      const collected = collect(question.cap);
      let controller: Dispatcher.DispatchController | null = null;
      let request = 0;
      let status: number | null = null;
      let headers: Record<string, string[]> = {};
      let bytesBefore = 0;
      let answersBefore = 0;
      let timer: NodeJS.Timeout | null = null;
      let deadline = 0;
      let granted = 0;
      let over = false;
      // Until the request is on the wire the connection counts, then the request alone.
      let at = now();
      let start = performance.now();
      mayConnect = 1;

      return new Promise<Sent>((resolve, reject) => {
        const interrupted = (): void => {
          attempt?.abandon('interrupted');
          settle(failureOf('interrupted'));
        };
        interrupts.add(interrupted);

        function release(): void {
          over = true;
          mayConnect = 0;
          interrupts.delete(interrupted);
          if (timer !== null) clearTimeout(timer);
          if (granted > 0) budget.give(granted);
        }

        function settle(outcome: Answer | Failure): void {
          if (over) return;
          release();
          const clean = outcome.kind === 'answer' ? outcome : cleaned(outcome);
          totals.bytes += collected.received;
          const id = connection?.id ?? attempt?.id ?? 0;
          const ms = elapsed(start);
          const died =
            clean.kind === 'failure' &&
            (clean.failure === 'closed-without-answer' || clean.failure === 'reset') &&
            answersBefore > 0;
          if (clean.kind === 'answer' && connection !== null) connection.answers += 1;
          if (request > 0) {
            ledger.write({
              kind: 'request',
              request,
              connection: id,
              at: at.toISOString(),
              ms,
              method: question.method,
              url: `${origin.origin}${path}`,
              host: origin.host,
              sni: asked.scheme === 'https' && isIP(endpoint.host) === 0 ? origin.hostname : null,
              status,
              failure: clean.kind === 'failure' ? clean.failure : null,
              bytes: collected.received,
              sha256: clean.kind === 'answer' ? clean.sha256 : '',
            });
          }
          resolve({
            outcome: clean,
            request,
            connection: id,
            at,
            ms,
            diedIdle: died,
            retryAfterMs: status === 429 || status === 503 ? retryAfter(headers, status, now()) : null,
          });
          controller?.abort(new NamedFailure('interrupted', ''));
        }

        function arm(): void {
          timer = setTimeout(
            () => {
              const name = status === null ? 'response-timeout' : 'body-timeout';
              // A body that was only read on to save the connection is whole enough.
              if (status !== null && collected.truncated()) finish();
              else settle(failureOf(name, status === null ? '' : `after status ${status}`));
            },
            Math.max(1, deadline - performance.now()),
          );
        }

        function finish(): void {
          if (status === null) return;
          const unpacked = unpack(
            collected.bytes(),
            headers['content-encoding'] ?? [],
            collected.truncated(),
            question.cap,
          );
          if ('failure' in unpacked) settle(failureOf(unpacked.failure, unpacked.detail));
          else {
            settle(
              catalogue.keepAnswer(question, {
                status,
                headers,
                body: unpacked.body,
                truncated: collected.truncated(),
              }),
            );
          }
        }

        /** A bug of ours in a callback must not become the target's fault, nor be lost in undici. */
        function guarded(work: () => void): void {
          try {
            work();
          } catch (error) {
            release();
            reject(error instanceof Error ? error : new Error(String(error)));
            controller?.abort(new NamedFailure('interrupted', ''));
          }
        }

        via.dispatch(
          { path, method: question.method, headers: headersFor(question) },
          {
            onRequestStart(started) {
              if (over) {
                started.abort(new NamedFailure('interrupted', ''));
                return;
              }
              controller = started;
              request = lastRequest += 1;
              requestsSpent += 1;
              totals.requests += 1;
              answersBefore = connection?.answers ?? 0;
              bytesBefore = connection?.socket.bytesRead ?? 0;
              at = now();
              start = performance.now();
              deadline = start + limits.exchangeTimeoutMs;
              arm();
            },
            onResponseStart(_, code, fields) {
              if (code < 200 || over) return;
              status = code;
              headers = Object.fromEntries(
                Object.entries(fields).map(([name, value]) => [
                  name,
                  typeof value === 'string' ? [value] : (value ?? []),
                ]),
              );
            },
            onResponseData(flow, chunk) {
              if (over) return;
              collected.append(chunk);
              if (collected.received > question.cap + drainBytes) {
                guarded(finish);
                return;
              }
              const wanted = question.cap - ownShare;
              if (granted > 0 || wanted <= 0 || collected.received <= ownShare) return;
              granted = wanted;
              holdFor(flow, wanted);
            },
            onResponseEnd() {
              controller = null;
              if (!over) guarded(finish);
            },
            onResponseError(_, error) {
              controller = null;
              if (over) return;
              guarded(() => {
                const bytes = (connection?.socket.bytesRead ?? 0) - bytesBefore;
                if (collected.truncated()) finish();
                else settle(requestFailure(error, { bytes: request > 0 ? bytes : 0, status }));
              });
            },
          },
        );

        /** Reads on only when the bytes are set aside; the wait is ours and not held against the target. */
        function holdFor(flow: Dispatcher.DispatchController, wanted: number): void {
          flow.pause();
          const left = deadline - performance.now();
          if (timer !== null) clearTimeout(timer);
          void budget.take(wanted).then(() => {
            if (over) {
              budget.give(wanted);
              return;
            }
            deadline = performance.now() + left;
            arm();
            flow.resume();
          });
        }
      });
    }

    /** What an exchange says about asking on. */
    function learn(asked: Ask, sent: Sent): void {
      const { outcome, ms } = sent;
      if (outcome.kind === 'failure') {
        settleCut(outcome.failure);
        const slow = outcome.failure === 'response-timeout' || outcome.failure === 'body-timeout';
        if (slow && answerTimes.length >= medianOf) cut ??= 'left-in-peace';
        return;
      }
      if (sent.retryAfterMs !== null) {
        retryAfterMs = sent.retryAfterMs;
        cut ??= 'left-in-peace';
      } else if (
        answerTimes.length >= medianOf &&
        ms > slowMs[asked.question.cost] &&
        ms > slowFactor * median(answerTimes)
      ) {
        cut ??= 'left-in-peace';
      }
      answerTimes.push(ms);
    }

    function settleCut(failure: FailureName): void {
      if (
        failure === 'budget-spent' ||
        failure === 'window-closed' ||
        failure === 'interrupted' ||
        failure === 'local-failure'
      ) {
        cut ??= failure;
      }
    }

    function cleaned(failure: Failure): Failure {
      return { ...failure, detail: catalogue.clean(catalogue.redact(failure.detail), maxDetail) };
    }

    async function close(): Promise<void> {
      visits.delete(close);
      attempt?.abandon('interrupted');
      const open = client?.client;
      client = null;
      cut ??= 'interrupted';
      await open?.destroy();
      if (holdsPlace) addresses.give(address ?? '');
      holdsPlace = false;
    }
    visits.add(close);

    return {
      ask,
      get tls() {
        return tls;
      },
      get cut() {
        return cut;
      },
      get retryAfterMs() {
        return retryAfterMs;
      },
      get requestsSpent() {
        return requestsSpent;
      },
      close,
    };
  }

  return {
    resolve: (host) => resolver.resolve(host),
    visit,
    totals: () => ({ ...totals }),
    async close() {
      signal.removeEventListener('abort', interrupt);
      interrupt();
      await Promise.all([...visits].map((closeVisit) => closeVisit()));
    },
  };
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
  return { outcome, request: 0, connection: 0, at, ms: 0, diedIdle: false, retryAfterMs: null };
}

function isFailure(cut: Cut): cut is Cut & FailureName {
  return cut !== 'vantage-lost' && cut !== 'source-blocked';
}

/** True when a segment of the path is `.` or `..`, escaped up to three times over or with backslashes too. */
function hasDotSegment(path: string): boolean {
  let text = path.split('?', 1)[0] ?? '';
  for (let round = 0; round < 3; round += 1) {
    text = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  }
  return /(^|[/\\])\.\.?([/\\]|$)/.test(text);
}

/** Seconds or a date (RFC 9110, 10.2.3) as milliseconds; a 429 counts without it, a 503 does not. */
function retryAfter(
  headers: Readonly<Record<string, readonly string[]>>,
  status: number,
  instant: Date,
): number | null {
  const text = headers['retry-after']?.[0]?.trim();
  if (text === undefined) return status === 429 ? 0 : null;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? 0 : Math.max(0, date - instant.getTime());
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
