// Reads and unpacks response bodies up to a cap.
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

/** A body as it arrives, up to a cap. */
export interface Collected {
  /** Bytes received, dropped ones included. */
  received: number;
  append(chunk: Uint8Array): void;
  /** True when more was received than the cap. */
  truncated(): boolean;
  bytes(): Uint8Array;
}

/** Bytes of a page of a body, but for its first one, which is as long as what comes first. */
const pageBytes = 64 * 1024;

/**
 * Copies what arrives into pages. (A list of chunks would let a server that sends a megabyte in chunks of one byte cost a hundred
 * times that; one array that grows would leave three times the body behind.)
 *
 * @param cap bytes kept at most
 */
export function collect(cap: number): Collected {
  const pages: Uint8Array[] = [];
  let length = 0;
  let used = 0;
  return {
    received: 0,
    append(chunk) {
      this.received += chunk.length;
      let part = chunk.length > cap - length ? chunk.subarray(0, cap - length) : chunk;
      while (part.length > 0) {
        let page = pages.at(-1);
        if (page === undefined || used === page.length) {
          page = new Uint8Array(
            pages.length === 0 ? Math.min(part.length, pageBytes) : Math.min(pageBytes, cap - length),
          );
          pages.push(page);
          used = 0;
        }
        const fits = part.subarray(0, page.length - used);
        page.set(fits, used);
        used += fits.length;
        length += fits.length;
        part = part.subarray(fits.length);
      }
    },
    truncated() {
      return this.received > cap;
    },
    bytes() {
      const [first] = pages;
      if (first !== undefined && pages.length === 1) return first.subarray(0, length);
      const whole = new Uint8Array(length);
      let at = 0;
      for (const page of pages) {
        whole.set(page.subarray(0, length - at), at);
        at += page.length;
      }
      return whole;
    },
  };
}

/** A body unpacked, or why it could not be. */
export type Unpacked =
  { readonly body: Uint8Array } | { readonly failure: 'bad-encoding' | 'body-too-large'; readonly detail: string };

/** Codings of one body unpacked at most; no honest server uses two. */
const maxCodings = 2;

/**
 * Undoes the content codings that a server used, asked or not (this client never asks for one). Something on the way may unpack
 * a body and leave the header, name a charset there, or pack a body and say nothing: what is readable text although a coding
 * was named is read as it is, and what begins as gzip does is gzip.
 *
 * @param codings the `Content-Encoding` lines
 * @param truncated true when the body was cut at the cap, which leaves nothing to unpack
 * @param cap bytes of the unpacked body at most
 */
export function unpack(body: Uint8Array, codings: readonly string[], truncated: boolean, cap: number): Unpacked {
  const names = codings
    .flatMap((line) => line.split(','))
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  if (body.length === 0) return { body };
  if (names.length === 0) {
    if (truncated || !isGzip(body)) return { body };
    const untold = undo('gzip', body, cap);
    return 'failure' in untold && untold.failure === 'bad-encoding' ? { body } : untold;
  }
  if (names.length > maxCodings) {
    return { failure: 'bad-encoding', detail: `${names.length} content codings on one body` };
  }
  if (truncated) {
    if (isText(body)) return { body };
    return { failure: 'body-too-large', detail: `packed with ${names.join(', ')}, longer than ${cap} bytes` };
  }
  let unpacked = body;
  for (const name of names.reverse()) {
    const step = undo(name, unpacked, cap);
    if ('body' in step) unpacked = step.body;
    else if (step.failure === 'body-too-large' || !isText(unpacked)) return step;
  }
  return { body: unpacked };
}

/** Begins as every gzip member does (RFC 1952, 2.3.1); no text does. */
function isGzip(body: Uint8Array): boolean {
  return body[0] === 0x1f && body[1] === 0x8b;
}

/** Readable text, which nothing packed is: UTF-8 without control characters, the last character of which may be cut. */
function isText(body: Uint8Array): boolean {
  try {
    return !/[\0-\x08\x0e-\x1f]/.test(new TextDecoder('utf-8', { fatal: true }).decode(body, { stream: true }));
  } catch {
    return false;
  }
}

function undo(name: string, body: Uint8Array, cap: number): Unpacked {
  const unpacker = unpackers.get(name);
  if (unpacker === undefined) return { failure: 'bad-encoding', detail: `unknown content coding ${name}` };
  try {
    return { body: unpacker(body, { maxOutputLength: cap }) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ERR_BUFFER_TOO_LARGE')
      return { failure: 'body-too-large', detail: `${name} unpacks to more than ${cap} bytes` };
    return { failure: 'bad-encoding', detail: `${name}: ${error instanceof Error ? error.message : 'broken'}` };
  }
}

type Unpacker = (body: Uint8Array, options: { maxOutputLength: number }) => Uint8Array;

const unpackers: ReadonlyMap<string, Unpacker> = new Map<string, Unpacker>([
  ['gzip', gunzipSync],
  ['x-gzip', gunzipSync],
  // "deflate" means zlib's format, but some servers send the bare stream (RFC 9110, section 8.4.1.2).
  ['deflate', (body, options) => ((body[0] ?? 0) % 16 === 8 ? inflateSync : inflateRawSync)(body, options)],
  ['br', brotliDecompressSync],
]);
