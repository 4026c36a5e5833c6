import net from 'node:net';
import tls from 'node:tls';
import type { Wire } from '../../src/demo/replay.js';
import type { Scheme } from '../../src/model/endpoint.js';

/** Where a request goes. */
export interface WirePlace {
  readonly address: string;
  readonly port: number;
  readonly scheme: Scheme;
}

/** How the bytes of one connection ended. */
type End = 'closed' | 'reset' | 'silent';

/** Milliseconds an exchange may take: a node without a cluster waits thirty seconds for one before it refuses. */
const patience = 40_000;

/**
 * Sends bytes over a socket of its own and returns what comes back, until `enough` says so or the other side ends.
 * Certificates are not verified: they are the lab's own.
 */
export function speak(
  place: WirePlace,
  bytes: Buffer | null,
  enough: (received: Buffer) => boolean,
): Promise<{ received: Buffer; end: End }> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    const where = { host: place.address, port: place.port };
    const socket = place.scheme === 'https' ? tls.connect({ ...where, rejectUnauthorized: false }) : net.connect(where);
    const finish = (end: End): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ received: Buffer.concat(parts), end });
    };
    const timer = setTimeout(() => finish('silent'), patience);
    socket.on(place.scheme === 'https' ? 'secureConnect' : 'connect', () => {
      if (bytes !== null) socket.write(bytes);
    });
    socket.on('data', (part: Buffer) => {
      parts.push(part);
      if (enough(Buffer.concat(parts))) finish('closed');
    });
    socket.on('end', () => finish('closed'));
    socket.on('close', () => finish('closed'));
    socket.on('error', () => finish('reset'));
  });
}

/** Sends one request and returns the answer as it came over the wire, its body up to `cap` bytes. */
export async function putToWire(
  place: WirePlace,
  request: { readonly method: string; readonly path: string; readonly headers: Readonly<Record<string, string>> },
  cap: number,
): Promise<Wire> {
  const lines = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const sent = Buffer.from(`${request.method} ${request.path} HTTP/1.1\r\n${lines.join('')}\r\n`);
  const bodyless = request.method === 'HEAD';
  const { received, end } = await speak(place, sent, (so) => {
    const read = readAnswer(so, bodyless, cap);
    return read !== null && read.complete;
  });
  const read = readAnswer(received, bodyless, cap, true);
  return read?.wire ?? { kind: 'bytes', end, ...asText(received) };
}

/** Bytes as UTF-8 text, or in base64 where they are not. */
export function asText(bytes: Buffer): { text: string } | { base64: string } {
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? { text } : { base64: bytes.toString('base64') };
}

/** The answer in what was received so far; null while its head is not complete. */
function readAnswer(
  received: Buffer,
  bodyless: boolean,
  cap: number,
  ended = false,
): { wire: Wire; complete: boolean } | null {
  const headEnd = received.indexOf('\r\n\r\n');
  const top = received.subarray(0, headEnd).toString('latin1');
  if (headEnd === -1 || !top.startsWith('HTTP/')) return null;
  const head = top.split('\r\n');
  const header = (name: string): string | undefined =>
    head
      .slice(1)
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim();
  const rest = received.subarray(headEnd + 4);
  const status = Number(head[0]?.split(' ')[1]);
  const length = header('content-length');
  if (bodyless || status === 204 || status === 304) {
    return { wire: { kind: 'answer', head, framing: 'none' }, complete: true };
  }
  if (header('transfer-encoding')?.toLowerCase() === 'chunked') return chunkedAnswer(head, rest, cap);
  const body = rest.subarray(0, cap);
  const cut = rest.length > cap || (length !== undefined && Number(length) > cap && body.length === cap);
  const whole = length === undefined ? ended : rest.length >= Number(length);
  const framing = length === undefined ? 'close' : 'length';
  const wire: Wire = { kind: 'answer', head, framing, ...(cut ? { cut } : {}), ...asText(body) };
  return { wire, complete: whole || cut };
}

function chunkedAnswer(head: string[], rest: Buffer, cap: number): { wire: Wire; complete: boolean } {
  const parts: Buffer[] = [];
  let at = 0;
  let size = -1;
  let ended = false;
  while (!ended) {
    const line = rest.indexOf('\r\n', at);
    if (line === -1) break;
    size = Number.parseInt(rest.subarray(at, line).toString('latin1'), 16);
    if (Number.isNaN(size)) break;
    ended = size === 0;
    parts.push(rest.subarray(line + 2, line + 2 + size));
    at = line + 2 + size + 2;
  }
  const body = Buffer.concat(parts);
  const cut = body.length > cap;
  const wire: Wire = {
    kind: 'answer',
    head,
    framing: 'chunked',
    ...(cut ? { cut } : {}),
    ...asText(body.subarray(0, cap)),
  };
  return { wire, complete: ended || cut };
}
