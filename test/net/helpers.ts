import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions, type TLSSocket } from 'node:tls';
import type { Test } from 'tap';
import { denied, harmless, rememberAnswers, requestPath } from '../../src/catalogue/index.js';
import type { Endpoint, Scheme } from '../../src/model/endpoint.js';
import type { Limits } from '../../src/model/engagement.js';
import type { Exchange } from '../../src/model/exchange.js';
import type { Ask, Question } from '../../src/model/question.js';
import { openHttpClientWith, type HttpClient, type HttpClientOptions } from '../../src/net/http-client.js';
import type { LedgerLine } from '../../src/model/ledger.js';
import type { EndpointClient, EndpointClientOptions } from '../../src/net/endpoint-client.js';

/** A PEM of test/net/fixtures. */
export function fixture(name: string): string {
  return readFileSync(`test/net/fixtures/${name}`, 'utf8');
}

/** A server on loopback that does what `serve` says, and what it saw. */
export interface Loopback {
  readonly port: number;
  readonly connections: Socket[];
  /** Everything each connection received, as latin1. */
  readonly received: string[];
}

function listen(t: Test, server: Server, seen: Socket[], received: string[], host = '0.0.0.0'): Promise<Loopback> {
  t.teardown(() => {
    for (const socket of seen) socket.destroy();
    server.close();
  });
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, host, () => {
      const { port }: Pick<AddressInfo, 'port'> = Object.assign({ port: 0 }, server.address());
      resolve({ port, connections: seen, received });
    });
  });
}

function watch(socket: Socket, seen: Socket[], received: string[]): void {
  const index = seen.push(socket) - 1;
  received[index] = '';
  socket.on('error', () => socket.destroy());
  socket.on('data', (data: Buffer) => (received[index] = `${received[index] ?? ''}${data.toString('latin1')}`));
}

/** Raw TCP: `serve` gets each connection as it comes, with its number from 1. */
export function rawServer(t: Test, serve: (socket: Socket, count: number) => void, host?: string): Promise<Loopback> {
  const seen: Socket[] = [];
  const received: string[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    watch(socket, seen, received);
    serve(socket, seen.length);
  });
  return listen(t, server, seen, received, host);
}

/** TLS: `serve` gets each connection once its handshake is done. */
export function tlsServer(t: Test, options: TlsOptions, serve: (socket: TLSSocket) => void): Promise<Loopback> {
  const seen: Socket[] = [];
  const received: string[] = [];
  const server = createTlsServer(options, (socket) => {
    watch(socket, seen, received);
    serve(socket);
  });
  return listen(t, server, seen, received);
}

/** Calls `answer` for each request that came complete. */
export function onRequest(socket: Socket, answer: (head: string, count: number) => void): void {
  let text = '';
  let count = 0;
  socket.on('data', (data: Buffer) => {
    text += data.toString('latin1');
    for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
      const head = text.slice(0, end);
      text = text.slice(end + 4);
      count += 1;
      answer(head, count);
    }
  });
}

/** A complete answer with a length. */
export function http(status: string, headers: readonly string[], body: string | Buffer = ''): Buffer {
  const bytes = Buffer.from(body);
  const head = [`HTTP/1.1 ${status}`, ...headers, `content-length: ${bytes.length}`, '', ''].join('\r\n');
  return Buffer.concat([Buffer.from(head), bytes]);
}

export const json = ['content-type: application/json'];

/** Answers each request with the same. */
export function always(answer: string | Buffer): (socket: Socket) => void {
  return (socket) => onRequest(socket, () => socket.write(answer));
}

/** A question as the tests need it; its paths are either real or obviously not. */
export function questionOf(path: string, part: Partial<Question> = {}): Question {
  return {
    id: `test${path}`,
    method: 'GET',
    path,
    askedOf: ['unknown'],
    why: 'A test.',
    reveals: 'Nothing.',
    traces: '',
    cost: 'cheap',
    technique: null,
    cap: 64 * 1024,
    headers: {},
    keep: { headers: [], json: null, text: 2000 },
    ...part,
  };
}

export const limits: Limits = {
  concurrency: 10,
  perAddress: 50,
  requestsPerSecond: null,
  requestsPerEndpoint: 50,
  connectTimeoutMs: 20_000,
  exchangeTimeoutMs: 20_000,
};

export interface TestDoor {
  readonly httpClient: HttpClient;
  readonly ledger: LedgerLine[];
  readonly stop: AbortController;
  /** A visit to a port of loopback; closed at the end of the test. */
  readonly endpointClient: (
    port: number,
    endpoint?: Partial<Endpoint>,
    options?: EndpointClientOptions,
  ) => EndpointClient;
}

/** A client whose catalogue is whatever question it is asked (or `only`); all the rest is real. */
export function testClient(
  t: Test,
  options: Partial<Omit<HttpClientOptions, 'limits'>> & { limits?: Partial<Limits> } = {},
  only: readonly Question[] | null = null,
  budget?: number,
): TestDoor {
  const ledger: LedgerLine[] = [];
  const stop = new AbortController();
  const asked = new Map<string, Question>();
  const httpClient = openHttpClientWith(
    {
      find: (id) => (only === null ? (asked.get(id) ?? null) : (only.find((question) => question.id === id) ?? null)),
      requestPath: (ask) => {
        asked.set(ask.question.id, ask.question);
        return requestPath(ask);
      },
      denied,
      keepAnswer: rememberAnswers(),
      harmless,
    },
    {
      scope: { mayAsk: () => ({ allowed: true }) },
      openAt: () => ({ open: true, closesAt: null }),
      userAgent: 'leftopen/test (+mailto:audit@acme.example)',
      opaqueId: 'run-1',
      ledger: { write: (line) => ledger.push(line) },
      certificateAuthorities: [],
      clientCertificate: null,
      signal: stop.signal,
      ...options,
      limits: { ...limits, ...options.limits },
    },
    budget,
  );
  t.teardown(() => httpClient.close());
  return {
    httpClient,
    ledger,
    stop,
    endpointClient: (port, endpoint = {}, own = {}) =>
      httpClient.forEndpoint(
        { host: '127.0.0.1', address: '127.0.0.1', port, basePath: '', scheme: null, ...endpoint },
        own,
      ),
  };
}

/** An ask over one scheme. */
export function askOf(question: Question, scheme: Scheme = 'http', basePath = ''): Ask {
  return { question, scheme, basePath, blanks: {} };
}

/** How an exchange ended, in a word: the status or the failure's name. */
export function ending({ outcome }: Exchange): number | string {
  return outcome.kind === 'answer' ? outcome.status : outcome.failure;
}

/** Waits until `holds`; the test's own time limit is the only clock. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
