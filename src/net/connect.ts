// Opens connections, and checks each address before its socket opens.
import { connect as openSocket, isIPv4, type Socket } from 'node:net';
import { connect as startTls, type SecureContext, type TLSSocket } from 'node:tls';
import ipaddr from 'ipaddr.js';
import type { Failure, FailureName, TlsFacts } from '../model/exchange.js';
import type { OldTlsVersion } from '../model/question.js';
import { connectFailure, handshakeFailure, NamedFailure } from './failure.js';
import type { LedgerSink } from '../model/ledger.js';
import { deadline } from './limits.js';
import { asksForCertificate, tlsFacts, wantedCertificate } from './tls.js';

/** Answers whether an address may be asked under a declared name; the engagement's scope is one. */
export interface ScopeGuard {
  mayAsk(host: string, address: string): { readonly allowed: true } | { readonly allowed: false; readonly why: string };
}

/** Versions of HTTP by their names in ALPN (RFC 7301, RFC 9113). */
export type HttpVersion = 'http/1.1' | 'h2';

/** Where to connect. */
export interface Destination {
  /** Host as declared; Host and SNI come from it. */
  readonly host: string;
  /** Server name for TLS; null for an IP literal. */
  readonly serverName: string | null;
  readonly address: string;
  readonly port: number;
  readonly secure: boolean;
  /** The only version of TLS to offer; null for all that we speak. */
  readonly only: OldTlsVersion | null;
  /** The only version of HTTP to offer over TLS. */
  readonly http: HttpVersion;
}

/** A connection that was made. */
export interface Connection {
  readonly id: number;
  readonly socket: Socket;
  readonly tls: TlsFacts | null;
  /** Whether the server asked for a client certificate. */
  readonly wantsCertificate: boolean;
  /** Whether the server agreed to the version of HTTP that was offered (ALPN). False for plain HTTP. */
  readonly agreed: boolean;
}

/** What all connections of a run share. */
export interface ConnectorOptions {
  readonly scope: ScopeGuard;
  readonly timeoutMs: number;
  readonly ledger: LedgerSink;
  readonly context: () => SecureContext;
  /** The context with the user's client certificate, or null where none was declared. */
  readonly clientContext: (() => SecureContext) | null;
  /** A context that offers one version only, and never the user's certificate. */
  readonly oldContext: (version: OldTlsVersion) => SecureContext;
  readonly harmless: (text: string, max: number) => string;
  readonly now: () => Date;
  readonly nextId: () => number;
}

/** A connection in the making. */
export interface Attempt {
  /** Number of the last connection tried. */
  id: number;
  /** Ends it: the callback gets a failure of that name. Without effect once it is made. */
  abandon(failure: FailureName): void;
}

/** IPv4-mapped IPv6 becomes IPv4, so that one rule of the scope meets both spellings. */
export function canonicalAddress(address: string): string | null {
  // Node accepts only four plain decimal numbers, which is the canonical form.
  if (isIPv4(address)) return address;
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : null;
}

/**
 * Opens a connection to a pinned address. The scope is asked before the socket opens; the address the socket says it
 * reached must be that one, before a byte is sent: not even a ClientHello leaves for a foreign address.
 *
 * @param done called once, later than this function returns; with an error other than `NamedFailure` where we have a bug
 */
export function openConnection(
  to: Destination,
  options: ConnectorOptions,
  done: (failure: Error | null, connection: Connection | null) => void,
): Attempt {
  const { ledger, now } = options;
  const state: Attempt = { id: 0, abandon: () => undefined };
  const mayOffer = options.clientContext !== null && to.only === null;
  let ended = false;
  dial(mayOffer && to.secure && isLoopback(to.address));
  return state;

  function end(failure: Error | null, connection: Connection | null): void {
    ended = true;
    state.abandon = () => undefined;
    done(failure, connection);
  }

  /** Wraps a callback of a socket: a bug of ours in it, as in reading a certificate, ends this connection and not the process. */
  function guarded(socket: Socket, work: () => void): () => void {
    return () => {
      try {
        work();
      } catch (error) {
        if (ended) throw error;
        socket.on('error', () => undefined);
        socket.destroy();
        end(error instanceof Error ? error : new Error(String(error)), null);
      }
    };
  }

  /** @param offer whether the user's client certificate is offered in the handshake */
  function dial(offer: boolean): void {
    const allowed = inScope(to.host, to.address, options.scope);
    if (allowed !== null) {
      queueMicrotask(() => end(new NamedFailure('out-of-scope', allowed), null));
      return;
    }
    const id = (state.id = options.nextId());
    const at = now().toISOString();
    const start = performance.now();
    const socket = openSocket({ host: to.address, port: to.port, noDelay: true });
    let refusedAtOnce = false;
    // The kernel's own refusal comes within the tick in which Node calls connect(2).
    process.nextTick(() => (refusedAtOnce = socket.destroyed));
    const callOff = deadline(options.timeoutMs, () => fail('connect-timeout', `${options.timeoutMs} ms`));

    function report(failure: FailureName | null): void {
      ledger.write({
        kind: 'connection',
        connection: id,
        at,
        ms: elapsed(start),
        host: to.host,
        address: to.address,
        port: to.port,
        localAddress: socket.localAddress ?? null,
        localPort: socket.localPort ?? null,
        failure,
      });
    }

    function fail(name: FailureName, detail: string): void {
      callOff();
      socket.removeListener('connect', connected);
      report(name);
      socket.destroy();
      end(new NamedFailure(name, detail), null);
    }

    function failed(error: unknown): void {
      const { failure, detail } = connectFailure(error, refusedAtOnce);
      fail(failure, detail);
    }

    const connected = guarded(socket, () => {
      callOff();
      socket.removeListener('error', failed);
      const reached = canonicalAddress(socket.remoteAddress ?? '');
      if (reached !== canonicalAddress(to.address)) {
        socket.on('error', () => undefined);
        fail('out-of-scope', `connected to ${reached ?? 'an unknown address'} instead of ${to.address}`);
        return;
      }
      report(null);
      if (to.secure) shake(socket, id, offer);
      else end(null, { id, socket, tls: null, wantsCertificate: false, agreed: false });
    });

    state.abandon = (name) => {
      socket.removeListener('error', failed);
      socket.on('error', () => undefined);
      fail(name, '');
    };
    socket.once('error', failed);
    socket.once('connect', connected);
  }

  function shake(raw: Socket, id: number, offer: boolean): void {
    const at = now().toISOString();
    const start = performance.now();
    const usual = offer && options.clientContext !== null ? options.clientContext : options.context;
    const socket: TLSSocket = startTls({
      socket: raw,
      host: to.host,
      ...(to.serverName !== null && { servername: to.serverName }),
      rejectUnauthorized: false,
      ALPNProtocols: [to.http],
      secureContext: to.only === null ? usual() : options.oldContext(to.only),
    });
    const callOff = deadline(options.timeoutMs, () =>
      fail(
        raw.bytesRead > 0
          ? { failure: 'tls-failed', detail: `no end of the handshake within ${options.timeoutMs} ms` }
          : { failure: 'tls-timeout', detail: `${options.timeoutMs} ms` },
      ),
    );

    function report(facts: TlsFacts | null, failure: FailureName | null): void {
      ledger.write({
        kind: 'handshake',
        connection: id,
        at,
        ms: elapsed(start),
        sni: to.serverName,
        offered: to.only,
        http: to.http,
        protocol: facts?.protocol ?? null,
        certificate: facts?.sha256 ?? null,
        clientCertificate: facts?.clientCertificate ?? offer,
        failure,
      });
    }

    function fail({ failure, detail }: Pick<Failure, 'failure' | 'detail'>): void {
      callOff();
      socket.removeListener('secureConnect', shaken);
      socket.removeListener('error', failed);
      socket.on('error', () => undefined);
      report(null, failure);
      socket.destroy();
      raw.destroy();
      end(new NamedFailure(failure, detail), null);
    }

    function failed(error: unknown): void {
      fail(
        handshakeFailure(error, { bytes: raw.bytesRead, wantsCertificate: wantedCertificate(socket, raw.bytesRead) }),
      );
    }

    function readFacts(): TlsFacts | null {
      try {
        return tlsFacts(socket, to.host, offer, options.harmless);
      } catch (error) {
        report(null, 'local-failure');
        throw error;
      }
    }

    const shaken = guarded(socket, () => {
      callOff();
      socket.removeListener('error', failed);
      const facts = readFacts();
      report(facts, null);
      if (mayOffer && !offer && socket.authorized && asksForCertificate(socket)) {
        // It asks, and is who it says: only now may it see the user's certificate, on a connection of its own.
        socket.on('error', () => undefined);
        socket.destroy();
        dial(true);
        return;
      }
      const agreed = socket.alpnProtocol === to.http;
      end(null, { id, socket, tls: facts, wantsCertificate: asksForCertificate(socket), agreed });
    });

    state.abandon = (name) => fail({ failure: name, detail: '' });
    socket.once('error', failed);
    socket.once('secureConnect', shaken);
  }
}

function inScope(host: string, address: string, scope: ScopeGuard): string | null {
  const canonical = canonicalAddress(address);
  if (canonical === null) return `${address} is not an IP address`;
  const answer = scope.mayAsk(host, canonical);
  return answer.allowed ? null : answer.why;
}

function isLoopback(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';
}

/** Milliseconds since `start`, to a tenth. */
export function elapsed(start: number): number {
  return Math.round((performance.now() - start) * 10) / 10;
}
