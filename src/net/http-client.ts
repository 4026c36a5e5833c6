// The one way out to targets.
import type { Endpoint } from '../model/endpoint.js';
import type { Limits } from '../model/engagement.js';
import type { OldTlsVersion, Question } from '../model/question.js';
import type { ScopeGuard } from './connect.js';
import { openResponseReader } from './response-reader.js';
import type { LedgerSink } from '../model/ledger.js';
import { byteBudget, keyedSlots, pace, windowGate, type OpenAt, type WindowGate } from './limits.js';
import { nameResolver, type Resolution } from './resolve.js';
import { newRunShare, runCounts, type RunShare } from './run-share.js';
import type { ClientCatalogue, Shared } from './shared.js';
import type { Peace } from './strain.js';
import { canOffer, oldVersionContext, secureContext } from './tls.js';
import { openEndpointClient, type EndpointClient, type EndpointClientOptions } from './endpoint-client.js';

/** What the client needs to know of a run. */
export interface HttpClientOptions {
  /** Asked before every connection about the address to be opened. */
  readonly scope: ScopeGuard;
  readonly limits: Limits;
  /** The engagement's window; a visit may bring its owner's own. */
  readonly openAt: OpenAt;
  /** Says honestly who asks, with a contact. */
  readonly userAgent: string;
  /** The run's id, sent as `X-Opaque-Id`. */
  readonly opaqueId: string;
  readonly ledger: LedgerSink;
  /** PEM texts trusted besides the public authorities. */
  readonly certificateAuthorities: readonly string[];
  /** The user's own certificate; shown only to servers that prove who they are, and on loopback. */
  readonly clientCertificate: { readonly cert: string; readonly key: string } | null;
  /** Other waits than the usual ones for targets that show strain. */
  readonly peace?: Peace;
  /** Ends everything within the second; every exchange in flight ends `interrupted`. */
  readonly signal: AbortSignal;
  readonly now?: () => Date;
  /** What it shares with the other clients of the run; a run of its own when absent. */
  readonly run?: RunShare;
}

/** The one way out to a target. */
export interface HttpClient {
  /** A and AAAA of a name, each name looked up once; IP literals as they are. Never rejects. */
  resolve(host: string): Promise<Resolution>;
  /** The client of one endpoint, with its own limits and ledger numbers. @param endpoint its `address` is not null */
  forEndpoint(endpoint: Endpoint, options?: EndpointClientOptions): EndpointClient;
  /** Requests sent, connections tried, bytes of bodies received. */
  totals(): { readonly requests: number; readonly connections: number; readonly bytes: number };
  /** Ends what is still open. */
  close(): Promise<void>;
}

/** Two seconds are long for a server that recovers; a visit holds a place of the run while it waits. */
const usualPeace: Peace = { atLeastMs: 2_000, atMostMs: 5_000 };

/** Bytes of all bodies in flight beyond each connection's own share. */
const bytesInFlight = 4 * 1024 * 1024;

/**
 * Opens the client of one run.
 *
 * @param catalogue what may be asked, and what is kept of an answer
 * @param budget bytes of bodies in flight over all connections, besides a small share that each may always hold
 */
export function openHttpClientWith(
  catalogue: ClientCatalogue,
  options: HttpClientOptions,
  budget = bytesInFlight,
): HttpClient {
  const now = options.now ?? (() => new Date());
  const { limits, ledger, signal } = options;
  const share = options.run ?? newRunShare(limits, { request: 0, connection: 0 }, 1);
  const run = runCounts(share);
  const totals = { requests: 0, connections: 0, bytes: 0 };
  const resolver = nameResolver({ ledger, now });
  const runWindow = windowGate(options.openAt);
  const ownersWindows = new WeakMap<OpenAt, WindowGate>();
  const headersOf = new WeakMap<Question, string[]>();
  const oldContext = remembered(oldVersionContext);

  const shared: Shared = {
    catalogue,
    limits,
    ledger,
    now,
    connector: {
      scope: options.scope,
      timeoutMs: limits.connectTimeoutMs,
      ledger,
      context: once(() => secureContext(options.certificateAuthorities, null)),
      clientContext:
        options.clientCertificate === null
          ? null
          : once(() => secureContext(options.certificateAuthorities, options.clientCertificate)),
      oldContext,
      harmless: catalogue.harmless,
      now,
      nextId() {
        totals.connections += 1;
        return run.nextConnection();
      },
    },
    canOffer: remembered((version) => canOffer(() => oldContext(version))),
    addresses: keyedSlots(limits.perAddress),
    turns: pace(share.paces.turns),
    departures: pace(share.paces.departures, true),
    peace: options.peace ?? usualPeace,
    responseReader: openResponseReader(catalogue),
    bytes: byteBudget(budget / share.clients),
    totals,
    interrupts: new Set(),
    visits: new Set(),
    nextRequest: () => run.nextRequest(),
    stopped: () => signal.aborted || run.stopped,
    headersFor(question) {
      const known = headersOf.get(question) ?? requestHeaders(question, options);
      headersOf.set(question, known);
      return known;
    },
    windowOf(openAt) {
      if (openAt === undefined) return runWindow;
      const known = ownersWindows.get(openAt) ?? windowGate(openAt);
      ownersWindows.set(openAt, known);
      return known;
    },
  };

  function interrupt(): void {
    shared.turns.stop();
    shared.departures.stop();
    shared.addresses.stop();
    resolver.stop();
    shared.responseReader.stop();
    for (const stop of shared.interrupts) stop();
  }
  // One listener for the run: one per exchange would cost more than the exchange.
  signal.addEventListener('abort', interrupt, { once: true });
  if (signal.aborted) interrupt();

  return {
    resolve: (host) => resolver.resolve(host),
    forEndpoint: (endpoint, own = {}) => openEndpointClient(endpoint, shared, own),
    totals: () => ({ ...totals }),
    async close() {
      signal.removeEventListener('abort', interrupt);
      interrupt();
      await Promise.all([...shared.visits].map((closeEndpointClient) => closeEndpointClient()));
    },
  };
}

/**
 * Accept as the question wants it, and who asks: that is ours, unless the question is whether only our User-Agent is denied.
 * For which run is not the question's to say. No coding is asked for.
 */
function requestHeaders(question: Question, options: HttpClientOptions): string[] {
  const headers = new Map([['accept', 'application/json']]);
  for (const [name, value] of Object.entries(question.headers)) headers.set(name.toLowerCase(), value);
  if (question.technique !== 'otherUserAgent') headers.set('user-agent', options.userAgent);
  headers.set('x-opaque-id', options.opaqueId);
  return [...headers].flat();
}

/** Makes what belongs to a version when it is first wanted, and once. */
function remembered<T>(make: (version: OldTlsVersion) => T): (version: OldTlsVersion) => T {
  const made = new Map<OldTlsVersion, T>();
  return (version) => {
    const known = made.get(version) ?? make(version);
    made.set(version, known);
    return known;
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
