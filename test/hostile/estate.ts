import { createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { stringify } from 'yaml';
import type { State } from '../../src/model/endpoint.js';
import type { AccessReason } from '../../src/model/observation.js';

/** A request as it reached a server. */
export interface Request {
  readonly method: string;
  readonly path: string;
  /** Everything up to the empty line, as latin1. */
  readonly head: string;
  /** Counted from 1 over all connections of the server. */
  readonly number: number;
}

/** Where a server is, and where none was declared: a place that redirects try to lead to. */
export interface Ports {
  readonly own: number;
  readonly trap: number;
}

/** How an endpoint may end: a state with the reason it must give (any, where none is named). */
export interface Ending {
  readonly state: State;
  readonly reason?: AccessReason;
}

/** A hostile server on loopback. */
export interface Hostile {
  /** Also the id of its target. */
  readonly id: string;
  /** What it does with a request; it reads on and stays silent where this is missing. */
  readonly answer?: (socket: Socket, request: Request, ports: Ports) => void;
  /** What it does with a connection before anything was asked. */
  readonly greet?: (socket: Socket) => void;
  readonly tls?: TlsOptions;
  /** `https://` in the targets file, whatever it speaks. */
  readonly declaredTls?: boolean;
  /** Waits on where TLS is spoken to it in vain; others hang up. */
  readonly deaf?: boolean;
  readonly ends: Ending | readonly Ending[];
}

/** Hostile servers of one kind, audited in one run. */
export interface Group {
  readonly name: string;
  readonly hostiles: readonly Hostile[];
  /** Milliseconds that each is waited for: few where servers are to be waited out. */
  readonly patienceMs: number;
}

/** A hostile server that is up. */
export interface Standing {
  readonly hostile: Hostile;
  readonly port: number;
  /** TCP connections accepted. */
  connections: number;
  readonly requests: Request[];
}

/** The estate while it is up. */
export interface Estate {
  readonly servers: readonly Standing[];
  /** A port that was not declared, on every address of loopback: redirects try to lead there. */
  readonly trap: { readonly port: number; connections: number };
  /** Waits until every connection has ended, so that all that was sent has been read. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

async function listen(server: Server, host = '127.0.0.1'): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return address.port;
}

/** First byte of a TLS record that opens a handshake. */
const tlsHandshake = 0x16;

/** Collects the requests of one connection and answers them. */
function converse(standing: Standing, socket: Socket, trap: number, hostile = standing.hostile): void {
  const { answer, greet, deaf } = hostile;
  let waiting = '';
  socket.on('error', () => socket.destroy());
  socket.on('data', (part: Buffer) => {
    if (deaf !== true && waiting === '' && part[0] === tlsHandshake) socket.destroy();
    waiting += part.toString('latin1');
    for (let end = waiting.indexOf('\r\n\r\n'); end >= 0; end = waiting.indexOf('\r\n\r\n')) {
      const head = waiting.slice(0, end);
      waiting = waiting.slice(end + 4);
      const [, method = '', path = ''] = /^([A-Z]+) (\S+) HTTP\/1\.1(?:\r\n|$)/.exec(head) ?? [];
      // A TLS greeting on a plain port is not a request.
      if (method === '') continue;
      const request = { method, path, head, number: standing.requests.length + 1 };
      standing.requests.push(request);
      answer?.(socket, request, { own: standing.port, trap });
    }
  });
  socket.resume();
  greet?.(socket);
}

/** Puts all of them up, each on a port of its own. */
export async function openEstate(hostiles: readonly Hostile[]): Promise<Estate> {
  const sockets = new Set<Socket>();
  const listeners: Server[] = [];
  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const trap = { port: 0, connections: 0 };
  const pit = createServer((socket) => {
    trap.connections += 1;
    socket.destroy();
  });
  listeners.push(pit);
  // On every address, so that a redirect to another address of loopback is caught too.
  trap.port = await listen(pit, '0.0.0.0');
  const servers: Standing[] = [];
  for (const hostile of hostiles) {
    const standing = { hostile, port: 0, connections: 0, requests: [] };
    const inner =
      hostile.tls === undefined
        ? null
        : createTlsServer(hostile.tls, (socket) => converse(standing, socket, trap.port));
    inner?.on('tlsClientError', () => undefined);
    const outer = createServer({ allowHalfOpen: false, noDelay: true }, (socket) => {
      standing.connections += 1;
      track(socket);
      if (inner === null) {
        converse(standing, socket, trap.port);
        return;
      }
      socket.once('data', (first: Buffer) => {
        socket.pause();
        socket.unshift(first);
        // Plain HTTP on a TLS port gets no answer; the request is counted.
        if (first[0] === tlsHandshake) inner.emit('connection', socket);
        else
          converse(
            { ...standing, hostile: { id: hostile.id, answer: () => socket.end(), ends: [] } },
            socket,
            trap.port,
          );
      });
    });
    listeners.push(outer);
    standing.port = await listen(outer);
    servers.push(standing);
  }
  return {
    servers,
    trap,
    async settled() {
      while (sockets.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await Promise.all(listeners.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

/** Milliseconds: few where servers are to be waited out, many where they only have much to send. */
export interface Patience {
  readonly connectTimeoutMs: number;
  readonly exchangeTimeoutMs: number;
}

/** The targets file that declares the estate. */
export function targetsOf(estate: Estate, patience: Patience): string {
  return stringify({
    engagement: {
      id: 'hostile',
      vantage: { name: 'test-bench', exposure: 'internet', egress: '127.0.0.1' },
      limits: { perAddress: 100, concurrency: 24, ...patience },
    },
    targets: estate.servers.map(({ hostile, port }) => ({
      id: hostile.id,
      hosts: ['127.0.0.1'],
      ports: [port],
      owner: 'nobody',
      ...(hostile.declaredTls === true && { scheme: 'https' }),
    })),
  });
}

/** A complete answer with its length. */
export function http(status: string, headers: readonly string[], body: string | Uint8Array = ''): Buffer {
  const bytes = Buffer.from(body);
  const head = [`HTTP/1.1 ${status}`, ...headers, `content-length: ${bytes.length}`, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head, 'latin1'), bytes]);
}

export const asJson = 'content-type: application/json; charset=UTF-8';
export const asHtml = 'content-type: text/html';

/** Answers every request with the same bytes, and keeps the connection. */
export function always(bytes: string | Uint8Array): (socket: Socket) => void {
  return (socket) => void socket.write(bytes);
}

/** Answers every request with the same bytes, and closes. */
export function onceEach(bytes: string | Uint8Array): (socket: Socket) => void {
  return (socket) => void socket.end(bytes);
}

/** Writes a beginning, then one part again and again for as long as the other side reads. */
export function endless(start: string | Uint8Array, part: string | Uint8Array): (socket: Socket) => void {
  return (socket) => {
    const more = (): void => {
      while (!socket.destroyed && socket.write(part));
    };
    socket.write(start);
    socket.on('drain', more);
    more();
  };
}

/** Writes a beginning, then one small part every few milliseconds. */
export function drip(start: string, part: string): (socket: Socket) => void {
  return (socket) => {
    if (start !== '') socket.write(start);
    const timer = setInterval(() => socket.write(part), 20);
    socket.on('close', () => clearInterval(timer));
  };
}
