// Lines of JSON that survive a kill and show damage: each has a number and a checksum, in blocks that are gzip members.
import { fstatSync } from 'node:fs';
import { constants, crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { createBits } from './bits.js';
import { appendWhole, keepFlushed, readAt } from './files.js';
import { isObject } from './journal-line.js';
import { storageFailure } from './mistake.js';
import { parsedJson } from '../text/json-line.js';

/** Writes numbered lines to the end of a file. */
export interface LineWriter {
  /** Lines written so far; the next one gets this number. */
  readonly lines: number;
  /** Bytes written so far. */
  readonly length: number;
  /**
   * Writes an object, given as JSON with at least one key. On return the line survives a SIGKILL.
   *
   * @throws the system's error when the disk rejects it; then the file is as before
   */
  write(json: string): void;
  /** The same for a line that the others cannot do without: twice, in two blocks of its own. */
  writeTwice(json: string): void;
  /** Ends the last block; the file stays open to be read. */
  end(): void;
  /** Flushes and closes the file. */
  close(): void;
}

/** Lines of a block: what a damaged byte may cost. */
const blockLines = 256;

/** Bytes of a block before compression, after which no line is added. */
const blockBytes = 1024 * 1024;

/** How each block begins (RFC 1952): deflate, no name, no time, Unix. The reader finds blocks by it. */
const blockHead = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]);

/** An empty last deflate block (RFC 1951, 3.2.6): after a sync flush the stream is at a byte's edge. */
const blockTail = Buffer.from([3, 0]);

/** What a sync flush ends with: an empty stored block (RFC 1951, 3.2.4). */
const flushed = Buffer.from([0, 0, 0xff, 0xff]);

const newline = Buffer.from('\n');

/** How far back deflate can refer. */
const windowLength = 32 * 1024;

/**
 * Writes to the end of an open file. Each line is compressed by a call of its own with the lines before it as dictionary, and
 * ends with a sync flush: the parts together are one deflate stream, and a line that the disk refuses leaves no trace in the
 * compressor. 4 KiB of dictionary are enough for short lines, and a quarter of the time that 32 KiB take.
 */
export function lineWriter(descriptor: number): LineWriter {
  const flushing = keepFlushed(descriptor);
  // The text of the block so far, as far back as deflate can refer.
  const window = Buffer.allocUnsafe(4 * windowLength);
  let held = 0;
  let block = { lines: 0, bytes: 0, crc: 0 };
  let lines = 0;
  let length = fstatSync(descriptor).size;

  function remember(bytes: Buffer): void {
    const kept = bytes.subarray(-windowLength);
    if (held + kept.length > window.length) {
      window.copyWithin(0, held - windowLength, held);
      held = windowLength;
    }
    held += kept.copy(window, held);
  }

  function append(parts: readonly Buffer[]): void {
    length = appendWhole(descriptor, length, Buffer.concat(parts));
    flushing.touch();
  }

  function ended({ bytes, crc }: typeof block): Buffer {
    const end = Buffer.alloc(blockTail.length + 8);
    blockTail.copy(end);
    end.writeUInt32LE(crc, blockTail.length);
    end.writeUInt32LE(bytes % 2 ** 32, blockTail.length + 4);
    return end;
  }

  function newBlock(): void {
    block = { lines: 0, bytes: 0, crc: 0 };
    held = 0;
  }

  function write(json: string, number: number, alone: boolean): void {
    const bytes = sealed(json, number);
    const dictionary = window.subarray(held - Math.min(held, windowLength, Math.max(4096, 2 * bytes.length)), held);
    const packed = deflateRawSync(bytes, {
      finishFlush: constants.Z_SYNC_FLUSH,
      ...(dictionary.length > 0 && { dictionary }),
    });
    const next = {
      lines: block.lines + 1,
      bytes: block.bytes + bytes.length,
      crc: crc32(bytes, block.crc),
    };
    const full = alone || next.lines === blockLines || next.bytes >= blockBytes;
    append([...(block.lines === 0 ? [blockHead] : []), packed, ...(full ? [ended(next)] : [])]);
    block = next;
    remember(bytes);
    if (full) newBlock();
  }

  function endBlock(): void {
    if (block.lines === 0) return;
    append([ended(block)]);
    newBlock();
  }

  return {
    get lines() {
      return lines;
    },
    get length() {
      return length;
    },
    write(json) {
      write(json, lines, false);
      lines += 1;
    },
    writeTwice(json) {
      endBlock();
      write(json, lines, true);
      write(json, lines, true);
      lines += 1;
    },
    end() {
      try {
        endBlock();
      } catch (error) {
        // A block without its end is read as that of a killed writer: all its lines are there.
        if (storageFailure(error) === null) throw error;
      }
    },
    close: () => flushing.close(),
  };
}

/** The line as it is written: with its number in front, and at its end the CRC-32 of all before `,"crc"`. */
function sealed(json: string, number: number): Buffer {
  const text = Buffer.from(`{"line":${number},${json.slice(1, -1)}`);
  return Buffer.concat([text, Buffer.from(`,"crc":"${crc32(text).toString(16).padStart(8, '0')}"}\n`)]);
}

const seal = /^,"crc":"([0-9a-f]{8})"\}$/;
const sealLength = ',"crc":"00000000"}'.length;

/** A line as read; its checksum holds. */
export interface CheckedLine {
  readonly number: number;
  readonly value: Readonly<Record<string, unknown>>;
}

/** Where a file of lines is damaged. */
export interface Damage {
  readonly from: number;
  /** null where it is not known how many lines there were. */
  readonly to: number | null;
  /** False where only a block's own checksum is wrong: each of its lines is there. */
  readonly lost: boolean;
}

/** Lines of one block; at last no line, and where the file is damaged. */
export interface CheckedLines {
  readonly lines: readonly CheckedLine[];
  readonly damage: readonly Damage[] | null;
}

/**
 * Reads the lines of a file, a block at a time. A doubled line is read once. What is damaged is left out, and said at the end;
 * all else is used. A torn end is not damage: its writer was killed, or is still writing. Blocks that another gzip made are read
 * as well.
 *
 * @param until bytes read at most
 */
export async function* readCheckedLines(
  descriptor: number,
  until = Infinity,
): AsyncGenerator<CheckedLines, void, void> {
  const seen = createBits();
  let highest = -1;
  let spoiledTail = false;
  const intact: Damage[] = [];
  for await (const block of blocksOf(descriptor, until)) {
    const { text, broken, wrongSum } = unpacked(block);
    const lines: CheckedLine[] = [];
    let first = Infinity;
    let last = -1;
    let allGood = !broken;
    let tail: boolean = spoiledTail;
    for (let at = 0, end = text.indexOf(10); end !== -1; at = end + 1, end = text.indexOf(10, at)) {
      const line = checkedLine(text.subarray(at, end));
      if (line === null) {
        allGood = false;
        tail = true;
        continue;
      }
      tail = false;
      first = Math.min(first, line.number);
      last = Math.max(last, line.number);
      if (seen.has(line.number)) continue;
      seen.add(line.number);
      lines.push(line);
    }
    highest = Math.max(highest, last);
    spoiledTail = tail || broken;
    if (wrongSum && allGood && last >= 0) intact.push({ from: first, to: last, lost: false });
    yield { lines, damage: null };
  }
  const atEnd = spoiledTail ? [{ from: highest + 1, to: null, lost: true }] : [];
  yield { lines: [], damage: [...gapsIn(seen, highest), ...atEnd, ...intact] };
}

/** Stretches of numbers up to the highest that are not in the set. */
function gapsIn(seen: { has(number: number): boolean }, highest: number): Damage[] {
  const gaps: Damage[] = [];
  for (let at = 0; at <= highest; at += 1) {
    if (seen.has(at)) continue;
    const from = at;
    while (!seen.has(at + 1)) at += 1;
    gaps.push({ from, to: at, lost: true });
  }
  return gaps;
}

function checkedLine(bytes: Buffer): CheckedLine | null {
  const end = bytes.length - sealLength;
  const sum = end > 0 ? seal.exec(bytes.toString('latin1', end))?.[1] : undefined;
  if (sum === undefined || parseInt(sum, 16) !== crc32(bytes.subarray(0, end))) return null;
  const value = parsedJson(bytes.toString('utf8'));
  if (!isObject(value)) return null;
  const { line } = value;
  return typeof line === 'number' && Number.isSafeInteger(line) && line >= 0 ? { number: line, value } : null;
}

const pieceLength = 256 * 1024;

/**
 * The parts of a file that begin with {@link blockHead}, and what comes before the first of them. Each is valid until the next
 * is asked for.
 */
async function* blocksOf(descriptor: number, until: number): AsyncGenerator<Buffer, void, void> {
  let buffer = Buffer.allocUnsafe(2 * pieceLength);
  let held = 0;
  let searched = 1;
  let position = 0;
  for (;;) {
    if (held + pieceLength > buffer.length) buffer = Buffer.concat([buffer], 2 * buffer.length);
    const wanted = Math.min(pieceLength, until - position);
    const read = wanted > 0 ? await readAt(descriptor, buffer, held, wanted, position) : 0;
    position += read;
    held += read;
    let begin = 0;
    for (;;) {
      const next = buffer.subarray(0, held).indexOf(blockHead, Math.max(searched, begin + 1));
      if (next === -1) break;
      yield buffer.subarray(begin, next);
      begin = next;
      searched = begin + 1;
    }
    buffer.copyWithin(0, begin, held);
    held -= begin;
    searched = Math.max(1, held - blockHead.length + 1);
    if (read === 0) break;
  }
  if (held > 0) yield buffer.subarray(0, held);
}

interface Unpacked {
  readonly text: Buffer;
  /** Whether something in it could not be unpacked. */
  readonly broken: boolean;
  /** Whether a checksum over a block does not hold. */
  readonly wrongSum: boolean;
}

/** The text of the gzip members in a part of a file: one of ours, or several of another writer. */
function unpacked(bytes: Buffer): Unpacked {
  const texts: Buffer[] = [];
  let wrongSum = false;
  for (let at = 0; at < bytes.length;) {
    const begin = afterHead(bytes, at);
    if (begin === 'torn') break;
    if (begin === null) return { text: Buffer.concat(texts), broken: true, wrongSum };
    const { text, length } = inflated(bytes.subarray(begin));
    texts.push(text);
    if (length === null) return { text: Buffer.concat(texts), broken: true, wrongSum };
    const end = begin + length;
    if (end + 8 > bytes.length) {
      // The last block of a killed writer has a line for each flush. After a damaged byte, deflate may take the rest for text.
      const broken = occurrences(bytes.subarray(begin), flushed) > occurrences(text, newline);
      return { text: Buffer.concat(texts), broken, wrongSum };
    }
    // A complete block ends with a line's end.
    if (text.length > 0 && text.at(-1) !== 10) return { text: Buffer.concat(texts), broken: true, wrongSum: true };
    wrongSum ||= bytes.readUInt32LE(end) !== crc32(text) || bytes.readUInt32LE(end + 4) !== text.length % 2 ** 32;
    at = end + 8;
  }
  const [only = Buffer.alloc(0)] = texts;
  return { text: texts.length === 1 ? only : Buffer.concat(texts), broken: false, wrongSum };
}

function occurrences(bytes: Buffer, part: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(part); at !== -1; at = bytes.indexOf(part, at + part.length)) count += 1;
  return count;
}

/** Where the data of a gzip member begins (RFC 1952, 2.3); null where there is none. */
function afterHead(bytes: Buffer, at: number): number | 'torn' | null {
  const head = bytes.subarray(at, at + blockHead.length);
  if (head.length < blockHead.length) return head.equals(blockHead.subarray(0, head.length)) ? 'torn' : null;
  if (head[0] !== 0x1f || head[1] !== 0x8b || head[2] !== 8) return null;
  const flags = head[3] ?? 0;
  let end = at + blockHead.length;
  if ((flags & 4) !== 0) end += 2 + (end + 2 <= bytes.length ? bytes.readUInt16LE(end) : 0);
  for (const text of [8, 16]) {
    if ((flags & text) === 0) continue;
    const zero = bytes.indexOf(0, end);
    if (zero === -1) return null;
    end = zero + 1;
  }
  return end + ((flags & 2) === 0 ? 0 : 2);
}

/** What a deflate stream holds, and its length in bytes; null where it is damaged: then its text up to there. */
function inflated(bytes: Buffer): { readonly text: Buffer; readonly length: number | null } {
  const whole = tryInflate(bytes);
  if (whole !== null) return whole;
  let good = 0;
  for (let bad = bytes.length; bad - good > 1;) {
    const middle = (good + bad) >>> 1;
    if (tryInflate(bytes.subarray(0, middle)) === null) bad = middle;
    else good = middle;
  }
  return { text: tryInflate(bytes.subarray(0, good))?.text ?? Buffer.alloc(0), length: null };
}

function tryInflate(bytes: Buffer): { readonly text: Buffer; readonly length: number } | null {
  try {
    // With `info` it returns { buffer, engine }, which its types do not know.
    const result: unknown = inflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, info: true });
    if (!isObject(result) || !isObject(result['engine'])) throw new Error('zlib says nothing of what it read');
    const { buffer, engine } = result;
    const length = engine['bytesWritten'];
    if (!Buffer.isBuffer(buffer) || typeof length !== 'number') throw new Error('zlib says nothing of what it read');
    return { text: buffer, length };
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) return null;
    throw error;
  }
}
