// Serves one recording over HTTP or HTTPS.
import net from 'node:net';
import tls from 'node:tls';
import { demoCertificate } from './certificate.js';
import { printWire, replay, wrongScheme, type Recording } from './replay.js';

/** Where a recording is served, all on loopback. */
export interface ReplayPlace {
  /** An address of 127.0.0.0/8, or ::1. */
  readonly address: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Certificate and key for a recording made over TLS; a self-signed one without it. */
  readonly certificate?: { readonly cert: string; readonly key: string };
}

/** A request that reached a replaying server. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
}

/** A server that is up. */
export interface Listening {
  readonly address: string;
  readonly port: number;
  /** Stops listening and ends all connections. */
  readonly close: () => Promise<void>;
}

/** A recording being served. */
export interface ReplayServer extends Listening {
  /** Every request that arrived, in order. */
  readonly requests: readonly SeenRequest[];
}

/** Listens, where 0 lets the system choose the port. Rejects when the port is not available. */
export async function listening(server: net.Server, address: string, port: number): Promise<Listening> {
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, resolve);
  });
  const bound = server.address();
  return {
    address,
    port: typeof bound === 'object' && bound !== null ? bound.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** First byte of a TLS record that opens a handshake. */
const tlsHandshake = 0x16;

/**
 * Serves a recording over real sockets, byte for byte as it was recorded: plain or TLS as the recording says; a client
 * that speaks the other scheme gets what the real server answered to that. Rejects when the port is not available.
 */
export async function serveRecording(recording: Recording, place: ReplayPlace): Promise<ReplayServer> {
  const requests: SeenRequest[] = [];
  const secure = recording.head.scheme === 'https';
  const serveRequests = (socket: net.Socket): void => {
    converse(recording, socket, requests);
  };
  const inner = secure ? tls.createServer({ ...(place.certificate ?? demoCertificate) }, serveRequests) : null;
  inner?.on('tlsClientError', () => undefined);
  const listener = net.createServer((socket) => {
    socket.once('data', (first) => {
      socket.pause();
      socket.unshift(first);
      const speaksTls = first[0] === tlsHandshake;
      if (speaksTls !== secure) answerWrongScheme(recording, socket, speaksTls);
      else if (inner) inner.emit('connection', socket);
      else serveRequests(socket);
    });
  });
  return { ...(await listening(listener, place.address, place.port)), requests };
}

/** Answers the requests of one connection in turn. */
function converse(recording: Recording, socket: net.Socket, requests: SeenRequest[]): void {
  let waiting = '';
  socket.on('error', () => socket.destroy());
  socket.on('data', (part: Buffer) => {
    waiting += part.toString('latin1');
    for (let end = waiting.indexOf('\r\n\r\n'); end !== -1; end = waiting.indexOf('\r\n\r\n')) {
      const [requestLine = '', ...headerLines] = waiting.slice(0, end).split('\r\n');
      waiting = waiting.slice(end + 4);
      const [method = '', path = ''] = requestLine.split(' ');
      requests.push({ method, path });
      const headers = Object.fromEntries(headerLines.map(headerOf));
      const answer = replay(recording, { method, path, headers });
      if (!answer) {
        socket.destroy();
        return;
      }
      socket.write(answer.bytes);
      if (answer.close || headers['connection']?.toLowerCase() === 'close') socket.end();
    }
  });
  socket.resume();
}

function headerOf(line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

function answerWrongScheme(recording: Recording, socket: net.Socket, speaksTls: boolean): void {
  const method = speaksTls ? wrongScheme.tlsToPlain : wrongScheme.plainToTls;
  // The greeting is read before we close, or the kernel would answer with a reset instead of an end.
  socket.resume();
  const wire = recording.exchanges.find((exchange) => exchange.method === method)?.wire;
  if (wire === undefined) socket.destroy();
  else if (wire.kind === 'bytes' && wire.end === 'reset') socket.resetAndDestroy();
  else socket.end(printWire(wire).bytes);
}
