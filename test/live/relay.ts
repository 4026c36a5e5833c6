import net from 'node:net';
import tls from 'node:tls';
import { certificateOf } from './lab/keystore.js';
import { isProxy, type LabServer } from './lab/types.js';

/** A request that passed a relay. */
export interface RelayedRequest {
  readonly method: string;
  readonly path: string;
}

/** A relay in front of a server of the lab that writes down every request that arrives. */
export interface Relay {
  readonly url: string;
  /** Requests in the order of arrival. */
  readonly requests: readonly RelayedRequest[];
  /** What arrived and was not an HTTP request: its first bytes, as hex. */
  readonly strays: readonly string[];
  readonly close: () => Promise<void>;
}

/**
 * Opens a relay on a port of its own. Bytes pass unchanged in both directions. In front of a TLS server the relay ends TLS
 * itself, with the certificate and key of that very server, and opens TLS to it again: so requests can be read, and anyone who
 * asks sees the server's own certificate (cipher and protocol version are Node's, though).
 */
export async function openRelay(server: LabServer): Promise<Relay> {
  const requests: RelayedRequest[] = [];
  const strays: string[] = [];
  const sockets = new Set<net.Socket>();
  const secure = server.scheme === 'https';
  const pass = (client: net.Socket): void => {
    const where = { host: '127.0.0.1', port: server.port };
    const upstream = secure
      ? tls.connect({ ...where, rejectUnauthorized: false, ciphers: 'DEFAULT:@SECLEVEL=0' })
      : net.connect(where);
    keep(upstream, sockets);
    read(client, requests, strays);
    client.pipe(upstream).pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  };
  // What a server of the lab shows may be too weak for Node's usual level.
  const lenient = { ciphers: 'DEFAULT:@SECLEVEL=0', minVersion: oldest(server) } as const;
  const inner = secure ? tls.createServer({ ...(await certificateOf(server)), ...lenient }, pass) : null;
  inner?.on('tlsClientError', () => undefined);
  const listener = net.createServer((socket) => {
    keep(socket, sockets);
    if (inner) inner.emit('connection', socket);
    else pass(socket);
  });
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(0, '127.0.0.1', resolve);
  });
  const bound = listener.address();
  if (bound === null || typeof bound === 'string') throw new Error('the relay has no port');
  return {
    url: `${server.scheme}://127.0.0.1:${bound.port}${server.basePath ?? ''}`,
    requests,
    strays,
    close: () =>
      new Promise((resolve) => {
        listener.close(() => {
          resolve();
        });
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** The oldest version of TLS that a server accepts. */
function oldest(server: LabServer): 'TLSv1' | 'TLSv1.2' {
  return isProxy(server) && server.oldTls === true ? 'TLSv1' : 'TLSv1.2';
}

function keep(socket: net.Socket, sockets: Set<net.Socket>): void {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
  socket.on('error', () => socket.destroy());
}

/** Writes down the requests in what a client sends. A request with a body would show as a stray. */
function read(client: net.Socket, requests: RelayedRequest[], strays: string[]): void {
  let waiting = '';
  client.on('data', (part: Buffer) => {
    waiting += part.toString('latin1');
    for (let end = waiting.indexOf('\r\n\r\n'); end !== -1; end = waiting.indexOf('\r\n\r\n')) {
      const line = waiting.slice(0, waiting.indexOf('\r\n'));
      waiting = waiting.slice(end + 4);
      const [, method, path] = /^([A-Z]+) (\S+) HTTP\/1\.1$/.exec(line) ?? [];
      if (method === undefined || path === undefined)
        strays.push(Buffer.from(line, 'latin1').toString('hex').slice(0, 64));
      else requests.push({ method, path });
    }
  });
  client.on('close', () => {
    if (waiting !== '') strays.push(Buffer.from(waiting, 'latin1').toString('hex').slice(0, 64));
  });
}
