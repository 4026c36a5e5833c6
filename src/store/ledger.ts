// The ledger: every lookup, connection and request.
import { fstatSync, ftruncateSync, openSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { z } from 'zod';
import type { LedgerLine, LedgerSink } from '../model/ledger.js';
import { appendWhole, keepFlushed, readLines } from './files.js';
import { errorCode, storageFailure } from './mistake.js';

/** What a ledger adds up to: where a resumed run goes on counting. */
export interface LedgerTotals {
  /** Highest number of a request and of a connection so far. */
  readonly lastRequest: number;
  readonly lastConnection: number;
  readonly requests: number;
  readonly connections: number;
  readonly bytes: number;
  /** Length in bytes of its complete lines. */
  readonly length: number;
}

/** The ledger of a run that is being written. */
export interface LedgerFile extends LedgerSink {
  /**
   * Writes what was gathered since the last turn of the event loop. On return it survives a SIGKILL. Throws what the disk says.
   */
  flush(): void;
  /** What it adds up to by now, earlier parts of the run among it. */
  totals(): Pick<LedgerTotals, 'requests' | 'connections' | 'bytes'>;
  /** Sets what is called, once, when the disk rejects a line: nothing may be sent from then on. */
  onFailure(tell: (error: unknown) => void): void;
  close(): void;
}

const lineSchema = z.union([
  z.object({ kind: z.literal('request'), request: z.number(), connection: z.number(), bytes: z.number() }),
  z.object({ kind: z.literal('connection'), connection: z.number() }),
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

/** Adds up the complete lines of a ledger. A ledger that does not exist yet adds up to nothing. */
export async function readLedger(path: string): Promise<LedgerTotals> {
  const totals = { lastRequest: 0, lastConnection: 0, requests: 0, connections: 0, bytes: 0, length: 0 };
  try {
    await stat(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return totals;
    throw error;
  }
  for await (const { lines, end } of readLines(path)) {
    for (const text of lines) {
      const line = lineSchema.parse(JSON.parse(text));
      count(totals, line);
      if ('request' in line) totals.lastRequest = Math.max(totals.lastRequest, line.request);
      if ('connection' in line) totals.lastConnection = Math.max(totals.lastConnection, line.connection);
    }
    totals.length = end;
  }
  return totals;
}

/**
 * Opens the ledger to append to it.
 *
 * Lines of one turn of the event loop are written together, before anything else happens: a write for each would cost a
 * tenth of the run. The journal's lines are written after the ledger's that they point to.
 *
 * @param before what its complete lines add up to; a torn line behind them (its writer was killed) is cut off
 */
export function openLedger(path: string, before: LedgerTotals): LedgerFile {
  const { length } = before;
  const descriptor = openSync(path, 'a', 0o600);
  if (fstatSync(descriptor).size > length) ftruncateSync(descriptor, length);
  const flushing = keepFlushed(descriptor);
  let written = length;
  const totals = { requests: before.requests, connections: before.connections, bytes: before.bytes };
  let pending: string[] = [];
  let scheduled = false;
  let failure: { readonly error: unknown } | null = null;
  let tell: (error: unknown) => void = () => undefined;
  let open = true;

  function flush(): void {
    scheduled = false;
    if (failure === null && pending.length > 0) {
      const text = pending.join('');
      pending = [];
      try {
        written = appendWhole(descriptor, written, Buffer.from(text));
        flushing.touch();
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
      count(totals, line);
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
    totals: () => totals,
    onFailure(listener) {
      tell = listener;
    },
    close() {
      if (!open) return;
      open = false;
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
