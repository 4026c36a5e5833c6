// Lines of the ledger.
import type { FailureName } from './exchange.js';
import type { OldTlsVersion } from './question.js';

/** A name that was looked up. IP literals are not looked up and leave no line. */
export interface LookupLine {
  readonly kind: 'lookup';
  /** When it began, UTC ISO 8601 with milliseconds. */
  readonly at: string;
  readonly ms: number;
  readonly host: string;
  /** Every address of the name, A and AAAA, in the resolver's order. */
  readonly addresses: readonly string[];
  readonly failure: FailureName | null;
}

/** A TCP connection that was opened, or tried. */
export interface ConnectionLine {
  readonly kind: 'connection';
  /** Number of the connection in the run, from 1. */
  readonly connection: number;
  readonly at: string;
  readonly ms: number;
  /** Host as declared. */
  readonly host: string;
  /** The address and port connected to. */
  readonly address: string;
  readonly port: number;
  /** Our own end; null when the connection was not made. */
  readonly localAddress: string | null;
  readonly localPort: number | null;
  /** null when it was made. */
  readonly failure: FailureName | null;
}

/** A TLS handshake on a connection. */
export interface HandshakeLine {
  readonly kind: 'handshake';
  readonly connection: number;
  readonly at: string;
  readonly ms: number;
  /** The server name sent; null for an IP literal, for which TLS sends none. */
  readonly sni: string | null;
  /** The only version of TLS that was offered; null for all that we speak. */
  readonly offered: OldTlsVersion | null;
  /** The version of HTTP that was offered (ALPN); missing in ledgers from before HTTP/2 was spoken. */
  readonly http?: 'http/1.1' | 'h2';
  readonly protocol: string | null;
  /** SHA-256 (hex) of the server's certificate. */
  readonly certificate: string | null;
  /** True when the user's own client certificate was offered. */
  readonly clientCertificate: boolean;
  readonly failure: FailureName | null;
}

/** A request that was sent: the line that the target's owner finds again in their access log. */
export interface RequestLine {
  readonly kind: 'request';
  /** Number of the request in the run, from 1. */
  readonly request: number;
  readonly connection: number;
  readonly at: string;
  readonly ms: number;
  readonly method: 'GET' | 'HEAD';
  readonly url: string;
  /** The `Host` header. */
  readonly host: string;
  readonly sni: string | null;
  readonly status: number | null;
  readonly failure: FailureName | null;
  /** Bytes of the body as received, before unpacking: what an access log counts. */
  readonly bytes: number;
  /** SHA-256 (hex) of the body read, unpacked; '' when nothing was read. */
  readonly sha256: string;
}

/** One line of `ledger.jsonl`; described for readers in docs/ledger.md and schema/ledger.schema.json. */
export type LedgerLine = LookupLine | ConnectionLine | HandshakeLine | RequestLine;

/** Where the client writes what it did. */
export interface LedgerSink {
  write(line: LedgerLine): void;
}
