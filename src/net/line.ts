// One connection to an endpoint, and what goes over it.
import { isIP, type Socket } from 'node:net';
import type { Dispatcher } from 'undici';
import type { Endpoint, Scheme } from '../model/endpoint.js';
import type { OldTlsVersion } from '../model/question.js';
import { openConnection, type Attempt, type Connection, type ConnectorOptions, type HttpVersion } from './connect.js';
import { NamedFailure } from './failure.js';
import { http2Speaker, type Connect, type Speaker } from './http2.js';
import { Client } from './undici.js';

/** Bytes of header fields read of one answer. */
const maxHeaderBytes = 32 * 1024;

/**
 * Bytes that undici parses at once. It holds each header of an answer as an object, and where there are too many it ends the
 * connection only behind what it was given: with all that a socket has, headers of one letter took 20 MB, so 11.
 */
export const parsedAtOnce = 4 * 1024;

/** Milliseconds an idle connection is kept for the endpoint's next question. */
const keepAliveMs = 60_000;

/** Made once: undici reads the stack of the error that a client is destroyed with, which costs more than the rest of it. */
const over = new NamedFailure('interrupted', 'the visit is over');

/** A connection and what went over it. */
export type Used = Connection & {
  /** Exchanges that ended with an answer. */
  answers: number;
  /** The socket's first error: undici forgets a TLS alert over the close that follows it. */
  error: Error | null;
  /** True while an answer over HTTP/1.1 is {@link holdBack | held back}: nothing is read. */
  waits: boolean;
};

/** One way to an endpoint: what speaks HTTP over the client's own connector. */
export interface Line {
  readonly scheme: Scheme;
  /** The only version of TLS that it offers; null for all that we speak. */
  readonly only: OldTlsVersion | null;
  readonly http: HttpVersion;
  readonly client: Speaker;
  /** Scheme, host and port; `host` is the `Host` header. */
  readonly origin: URL;
  /** The server name sent in the handshake; null over plain HTTP and for an IP literal. */
  readonly sni: string | null;
  /** The connection in use, or null. */
  connection: Used | null;
  /** The connection tried last. */
  attempt: Attempt | null;
  /** Connections that the current request may still open. */
  mayConnect: number;
  /** True when the connection was closed while it waited for its turn: the last request did not arrive, nor was it refused. */
  diedWaiting: boolean;
  /** True once the target closed a kept connection under us: from then on each question gets its own. */
  hangsUp: boolean;
}

/**
 * @param address the address the run is pinned to
 * @param only the only version of TLS to offer; null for all that we speak
 * @param http the version of HTTP, which is offered over TLS (ALPN) and spoken whatever the server makes of that
 * @param depart waited for once a connection is made, before the request goes over it; false calls it off
 * @param made called with each connection made
 */
export function openLine(
  endpoint: Endpoint,
  address: string,
  scheme: Scheme,
  only: OldTlsVersion | null,
  http: HttpVersion,
  connector: ConnectorOptions,
  depart: () => true | Promise<boolean>,
  made: (connection: Connection) => void,
): Line {
  const host = endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host;
  const origin = new URL(`${scheme}://${host}:${endpoint.port}`);
  const serverName = isIP(endpoint.host) === 0 ? origin.hostname : null;
  const secure = scheme === 'https';

  const connect: Connect = (callback) => {
    if (line.mayConnect === 0) {
      // undici connects again by itself when a connection dies between two requests, or answers before it is asked.
      callback(new NamedFailure('closed-without-answer', 'the connection was closed again and again'), null);
      return;
    }
    line.mayConnect -= 1;
    line.connection = null;
    line.diedWaiting = false;
    line.attempt = openConnection(
      { host: endpoint.host, serverName, address, port: endpoint.port, secure, only, http },
      connector,
      (failure, connection) => {
        if (connection === null) {
          callback(failure ?? over, null);
          return;
        }
        const used: Used = { ...connection, answers: 0, error: null, waits: false };
        connection.socket.once('error', (error) => (used.error = error));
        line.connection = used;
        if (http === 'http/1.1') readInPortions(connection.socket, () => used.waits);
        made(connection);
        const turn = depart();
        if (turn === true) {
          callback(null, connection.socket);
          return;
        }
        void turn.then((got) => {
          const { socket } = connection;
          line.diedWaiting = got && socket.destroyed && used.error === null;
          // Whether the socket is still alive is looked at by what it is given to.
          if (got) callback(null, socket);
          else {
            socket.destroy();
            callback(over, null);
          }
        });
      },
    );
  };
  const line: Line = {
    scheme,
    only,
    http,
    origin,
    sni: secure ? serverName : null,
    connection: null,
    attempt: null,
    mayConnect: 0,
    diedWaiting: false,
    hangsUp: false,
    client:
      http === 'h2'
        ? http2Speaker(origin, connect, maxHeaderBytes)
        : new Client(origin, {
            connect: (_, callback) => connect(callback),
            pipelining: 1,
            maxHeaderSize: maxHeaderBytes,
            // One deadline for the complete exchange, set where it is sent.
            headersTimeout: 0,
            bodyTimeout: 0,
            keepAliveTimeout: keepAliveMs,
            keepAliveMaxTimeout: keepAliveMs,
          }),
  };
  return line;
}

/**
 * Has a socket give what came in portions of {@link parsedAtOnce} bytes, and nothing while its answer waits or once it is destroyed.
 * undici's own pause is not used: its parser fails an assertion, outside of any request, when a paused connection ends
 * (nodejs/undici#5360).
 */
export function readInPortions(socket: Socket, waits: () => boolean): void {
  const read: (size?: number) => unknown = socket.read.bind(socket);
  socket.read = (size) => {
    if (size === undefined && (socket.destroyed || waits())) return null;
    return read(size ?? (socket.readableLength > parsedAtOnce ? parsedAtOnce : undefined));
  };
}

/** Holds an answer back: nothing more of it is read until the function that this gives is called. */
export function holdBack({ http, connection }: Line, flow: Dispatcher.DispatchController): () => void {
  if (http === 'h2' || connection === null) {
    flow.pause();
    return () => flow.resume();
  }
  connection.waits = true;
  return () => {
    connection.waits = false;
    connection.socket.emit('readable');
  };
}

/** Whether a request would go over an existing connection. */
export function isConnected({ connection }: Line): boolean {
  return connection !== null && !connection.socket.destroyed;
}

/** Ends a line; what is under way on it ends `interrupted`. */
export async function closeLine(line: Line): Promise<void> {
  line.mayConnect = 0;
  line.attempt?.abandon('interrupted');
  await line.client.destroy(over);
}
