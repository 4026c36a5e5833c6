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
  /** Gives the memory of a long body back at once; nothing of it may be read from then on. */
  release(): void;
}

/** Gives the memory of a long body back to the system, which the garbage collector would do later. */
export function giveBack(memory: ArrayBufferLike): void {
  // What went to another thread has no length here.
  if (memory instanceof ArrayBuffer && memory.resizable && memory.maxByteLength > 0) memory.resize(0);
}

/** Bytes from which on a body has pages of its own. */
const pageBytes = 64 * 1024;

/**
 * Copies what arrives: a list of chunks would let a server that sends a megabyte in chunks of one byte cost a hundred times that.
 * What comes first mostly is all, and is kept in an array of its length. More goes into a buffer that can grow: its pages are the
 * system's and go back to it, while malloc keeps the gaps that long bodies leave (40 MB of them over hostile servers).
 *
 * @param cap bytes kept at most
 */
export function collect(cap: number): Collected {
  let kept = new Uint8Array(0);
  let memory: ArrayBuffer | null = null;
  let length = 0;

  /** Makes room for so many bytes in all. */
  function grow(to: number): void {
    const size = Math.min(cap, Math.max(to, 2 * kept.length));
    if (memory === null && size < pageBytes) {
      const before = kept;
      kept = new Uint8Array(size);
      kept.set(before);
      return;
    }
    if (memory === null) {
      memory = new ArrayBuffer(size, { maxByteLength: cap });
      new Uint8Array(memory).set(kept);
    } else memory.resize(size);
    kept = new Uint8Array(memory, 0, size);
  }

  return {
    received: 0,
    append(chunk) {
      this.received += chunk.length;
      const part = chunk.length > cap - length ? chunk.subarray(0, cap - length) : chunk;
      if (part.length === 0) return;
      if (length === 0) kept = new Uint8Array(part);
      else {
        if (length + part.length > kept.length) grow(length + part.length);
        kept.set(part, length);
      }
      length += part.length;
    },
    truncated() {
      return this.received > cap;
    },
    bytes() {
      return kept.subarray(0, length);
    },
    release() {
      giveBack(kept.buffer);
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
    else if (!isText(unpacked)) return step;
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
  const tooLarge = { failure: 'body-too-large', detail: `${name} unpacks to more than ${cap} bytes` } as const;
  if (name === 'br' && firstPart(body) > cap) return tooLarge;
  try {
    return { body: unpacker(body, { maxOutputLength: cap }) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ERR_BUFFER_TOO_LARGE') return tooLarge;
    return { failure: 'bad-encoding', detail: `${name}: ${error instanceof Error ? error.message : 'broken'}` };
  }
}

/**
 * Bytes that a body in brotli says its first part unpacks to (RFC 7932, sections 9.1 and 9.2); 0 where it does not say. The
 * decoder takes that memory, up to 16 MiB, before it unpacks the first byte.
 */
function firstPart(body: Uint8Array): number {
  let bits = body.subarray(0, 6).reduceRight((sum, byte) => sum * 256 + byte, 0);
  const take = (count: number): number => {
    const taken = bits % 2 ** count;
    bits = Math.floor(bits / 2 ** count);
    return taken;
  };
  // The size of the window has one bit, four or seven.
  if (take(1) === 1 && take(3) === 0) take(3);
  const last = take(1) === 1;
  if (last && take(1) === 1) return 0;
  const digits = take(2);
  // Three stands for metadata.
  return digits === 3 ? 0 : take(4 * (digits + 4)) + 1;
}

type Unpacker = (body: Uint8Array, options: { maxOutputLength: number }) => Uint8Array;

const unpackers: ReadonlyMap<string, Unpacker> = new Map<string, Unpacker>([
  ['gzip', gunzipSync],
  ['x-gzip', gunzipSync],
  // "deflate" means zlib's format, but some servers send the bare stream (RFC 9110, section 8.4.1.2).
  ['deflate', (body, options) => ((body[0] ?? 0) % 16 === 8 ? inflateSync : inflateRawSync)(body, options)],
  ['br', brotliDecompressSync],
]);
