// The ledger: every lookup, connection and request.
import { fstatSync, ftruncateSync, openSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { z } from 'zod';
import type { Endpoint } from '../model/endpoint.js';
import type { LedgerLine, LedgerSink } from '../model/ledger.js';
import { exclusively, releaseLock } from '../threads/lock.js';
import { messages } from '../messages/index.js';
import { createBits, type Bits } from './bits.js';
import { appendWhole, keepFlushed, readLines } from './files.js';
import { errorCode, storageFailure } from './mistake.js';

/** The highest numbers of a request and of a connection: a resumed run goes on counting from there. */
export interface LastNumbers {
  readonly request: number;
  readonly connection: number;
}

/** What a ledger adds up to. */
export interface LedgerTotals {
  readonly last: LastNumbers;
  readonly requests: number;
  readonly connections: number;
  readonly bytes: number;
  /** Length in bytes of its complete lines. */
  readonly length: number;
  /** Lines that cannot be read. */
  readonly damaged: number;
  /** Numbers of the requests that it has. */
  readonly numbers: Bits;
}

/** A thread's way to write into the ledger of a run. */
export interface LedgerWriter extends LedgerSink {
  /**
   * Writes what was gathered since the last turn of the event loop. On return it survives a SIGKILL. Throws what the disk says.
   */
  flush(): void;
  /** Sets what is called, once, when the disk rejects a line: nothing may be sent from then on. */
  onFailure(tell: (error: unknown) => void): void;
}

/** The ledger of a run that is being written. */
export interface LedgerFile extends LedgerWriter {
  /** What it adds up to by now, earlier parts of the run among it. */
  totals(): Pick<LedgerTotals, 'requests' | 'connections' | 'bytes'>;
  /** For other threads of this process: {@link joinLedger}. */
  readonly share: LedgerShare;
  close(): void;
}

/** The open ledger, to be handed to other threads. */
export interface LedgerShare {
  readonly descriptor: number;
  /** Its first word is a lock, then come the numbers of {@link totalsAt}. */
  readonly memory: SharedArrayBuffer;
}

/** More requests than any run makes. A damaged digit must not cost the memory that a higher number would take in `Bits`. */
const mostRequests = 2 ** 29;

const counter = z.number().int().nonnegative();

const lineSchema = z.union([
  z.object({ kind: z.literal('request'), request: counter.max(mostRequests), connection: counter, bytes: counter }),
  z.object({ kind: z.literal('connection'), connection: counter }),
  z.object({ kind: z.enum(['lookup', 'handshake']) }),
]);

function count(
  totals: { requests: number; connections: number; bytes: number },
  line: z.infer<typeof lineSchema> | LedgerLine,
): void {
  if (line.kind === 'request') {
    totals.requests += 1;
    totals.bytes += line.bytes;
  } else if (line.kind === 'connection') totals.connections += 1;
}

const sentSchema = z.object({ kind: z.literal('request'), request: counter, url: z.string() });

/** How many requests an endpoint got of which the journal knows nothing. */
export type KilledRequests = (endpoint: Pick<Endpoint, 'host' | 'port' | 'basePath'>) => number;

/**
 * The requests of a ledger that the journal does not name: those of visits that a SIGKILL ended. They count against what their
 * endpoint may get in the run.
 *
 * @param named numbers of the requests that the journal names
 */
export async function readKilledRequests(path: string, named: Bits): Promise<KilledRequests> {
  const found = new Map<string, string[]>();
  for await (const { lines } of readLines(path)) {
    for (const text of lines) {
      const sent = sentIn(text);
      if (sent === null || named.has(sent.request) || !URL.canParse(sent.url)) continue;
      const { protocol, hostname, port, pathname } = new URL(sent.url);
      const key = `${hostname.replace(/^\[|\]$/g, '')}:${port || (protocol === 'https:' ? 443 : 80)}`;
      const paths = found.get(key) ?? [];
      paths.push(pathname);
      found.set(key, paths);
    }
  }
  return ({ host, port, basePath }) =>
    found.get(`${host}:${port}`)?.filter((path) => path.startsWith(basePath)).length ?? 0;
}

function sentIn(text: string): z.infer<typeof sentSchema> | null {
  try {
    return sentSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Adds up the complete lines of a ledger. A ledger that does not exist yet adds up to nothing. */
export async function readLedger(path: string): Promise<LedgerTotals> {
  const numbers = createBits();
  const last = { request: 0, connection: 0 };
  const totals = { last, requests: 0, connections: 0, bytes: 0, length: 0, damaged: 0, numbers };
  try {
    await stat(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return totals;
    throw error;
  }
  for await (const { lines, end } of readLines(path)) {
    for (const text of lines) {
      const line = parsedLine(text);
      if (line === null) {
        totals.damaged += 1;
        continue;
      }
      count(totals, line);
      if ('request' in line) {
        last.request = Math.max(last.request, line.request);
        numbers.add(line.request);
      }
      if ('connection' in line) last.connection = Math.max(last.connection, line.connection);
    }
    totals.length = end;
  }
  return totals;
}

function parsedLine(text: string): z.infer<typeof lineSchema> | null {
  try {
    return lineSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/**
 * What is wrong with a ledger, in words; null where nothing is. A line of the journal is written after the ledger's lines that it
 * points to, so each request that the journal names was once in the ledger.
 *
 * @param named numbers of the requests that the journal names
 */
export function ledgerDamage({ damaged, numbers }: LedgerTotals, named: Bits): string | null {
  let missing = 0;
  for (let left = named.size, request = 0; left > 0; request += 1) {
    if (!named.has(request)) continue;
    left -= 1;
    if (!numbers.has(request)) missing += 1;
  }
  return damaged + missing === 0 ? null : messages().files.ledgerDamaged(damaged, missing);
}

/** Bytes of the shared memory before its numbers, and where each number is. */
const lockBytes = 8;
const totalsAt = { length: 0, requests: 1, connections: 2, bytes: 3 } as const;

function numbersIn({ memory }: LedgerShare): Float64Array {
  return new Float64Array(memory, lockBytes, Object.keys(totalsAt).length);
}

/**
 * Opens the ledger to append to it.
 *
 * Lines of one turn of the event loop are written together, before anything else happens: a write for each would cost a
 * tenth of the run. The journal's lines are written after the ledger's that they point to.
 *
 * @param before what its complete lines add up to; a torn line behind them (its writer was killed) is cut off
 */
export function openLedger(
  path: string,
  before: Pick<LedgerTotals, 'requests' | 'connections' | 'bytes' | 'length'>,
): LedgerFile {
  const { length } = before;
  const descriptor = openSync(path, 'a', 0o600);
  if (fstatSync(descriptor).size > length) ftruncateSync(descriptor, length);
  const share = { descriptor, memory: new SharedArrayBuffer(lockBytes + 8 * Object.keys(totalsAt).length) };
  const numbers = numbersIn(share);
  for (const name of ['length', 'requests', 'connections', 'bytes'] as const) numbers[totalsAt[name]] = before[name];
  const flushing = keepFlushed(descriptor);
  const writer = joinLedger(share, () => flushing.touch());

  function flush(): void {
    writer.flush();
    // Other threads have written.
    flushing.touch();
  }

  return {
    ...writer,
    flush,
    share,
    totals() {
      writer.count();
      const [, requests = 0, connections = 0, bytes = 0] = numbers;
      return { requests, connections, bytes };
    },
    close() {
      if (!writer.end()) return;
      try {
        flush();
      } catch (error) {
        if (storageFailure(error) === null) throw error;
      } finally {
        flushing.close();
      }
    },
  };
}

/**
 * Writes into the ledger that this process has open, from any thread: never two threads at once.
 *
 * @param onWritten called when lines were written
 */
export function joinLedger(
  share: LedgerShare,
  onWritten: () => void = () => undefined,
): LedgerWriter & {
  /** Adds what was gathered to the totals. */
  count(): void;
  /** Takes no more lines; false where it took none already. */
  end(): boolean;
} {
  const lock = new Int32Array(share.memory, 0, 1);
  const numbers = numbersIn(share);
  let pending: string[] = [];
  let uncounted = { requests: 0, connections: 0, bytes: 0 };
  let scheduled = false;
  let failure: { readonly error: unknown } | null = null;
  let tell: (error: unknown) => void = () => undefined;
  let open = true;

  function addTotals(): void {
    for (const name of ['requests', 'connections', 'bytes'] as const)
      numbers[totalsAt[name]] = (numbers[totalsAt[name]] ?? 0) + uncounted[name];
    uncounted = { requests: 0, connections: 0, bytes: 0 };
  }

  function flush(): void {
    scheduled = false;
    if (failure === null && pending.length > 0) {
      const text = pending.join('');
      pending = [];
      try {
        exclusively(lock, () => {
          addTotals();
          numbers[totalsAt.length] = appendWhole(share.descriptor, numbers[totalsAt.length] ?? 0, Buffer.from(text));
        });
        onWritten();
      } catch (error) {
        failure = { error };
        tell(error);
      }
    }
    if (failure !== null) throw failure.error;
  }

  return {
    write(line) {
      if (failure !== null || !open) return;
      pending.push(`${JSON.stringify(line)}\n`);
      count(uncounted, line);
      if (scheduled) return;
      scheduled = true;
      setImmediate(() => {
        try {
          flush();
        } catch {
          // Reported to the listener, and thrown again by the next flush.
        }
      });
    },
    flush,
    count: () => exclusively(lock, addTotals),
    onFailure(listener) {
      tell = listener;
    },
    end() {
      const was = open;
      open = false;
      return was;
    },
  };
}

/** Lets other threads write again, where one ended in the middle of a write. */
export function releaseLedger(share: LedgerShare, thread: number): void {
  releaseLock(new Int32Array(share.memory, 0, 1), thread);
}
