// Writes what is asked to the journal, and keeps the account of what is finished.
import type { Judged } from '../judge/index.js';
import type { EndpointRecord } from '../model/exchange.js';
import { createBits } from '../store/bits.js';
import type { Journalled } from '../store/journal-line.js';
import type { JournalState } from '../store/journal-state.js';
import type { Mark, Segment } from '../store/journal.js';
import type { LedgerFile } from '../store/ledger.js';
import type { Halt } from './halt.js';
import { wantsAgain } from './second-survey.js';

/** The journal of a run as it is written. A disk that refuses a line stops the run; what was asked by then is handed on. */
export interface Journaling {
  /**
   * Journals a survey and hands it on.
   *
   * @param replaced what was known of the endpoint before, where it was asked a second time
   * @param judged what judging it came to, where that is known already
   */
  save(journalled: Journalled, replaced: EndpointRecord | null, judged: Judged | null): void;
  /** Journals that a place was not asked, and why: a resumed run asks it. */
  saveUnasked(record: EndpointRecord): void;
  mark(mark: Mark): void;
  /** A bug of ours is said to be one; the other endpoints go on. `ordinal` is negative for a control. */
  bug(ordinal: number, text: string): void;
  /** Whether this part of the run has a line of the place, or a bug that says why not. */
  has(ordinal: number): boolean;
  /** Places asked that no earlier part of the run had asked to the end. */
  readonly asked: number;
  /** Set when an endpoint wants to be asked a second time. */
  again: boolean;
}

interface JournalingOptions {
  readonly segment: Segment;
  readonly ledger: LedgerFile;
  /** What the journal held before; null for a new run. */
  readonly before: JournalState | null;
  readonly halt: Halt;
  /** A survey is journalled, or was refused by the disk. */
  readonly onRecord: (record: EndpointRecord, replaced: EndpointRecord | null, judged: Judged | null) => void;
  /** A survey that the disk refused: a handful at most, since the run then stops. */
  readonly onUnwritten: (record: EndpointRecord) => void;
  readonly onNotice: (text: string) => void;
}

/** Begins to journal; see {@link Journaling}. */
export function journaling(options: JournalingOptions): Journaling {
  const { segment, ledger, before, halt } = options;
  const settled = createBits();
  const asked = createBits();
  // A journal from before may hold endpoints that an interruption cut short.
  let again = before !== null;

  /** Null where the disk refused. The ledger's lines come first: the journal's point to them. */
  function written<T>(write: () => T): T | null {
    try {
      ledger.flush();
      return write();
    } catch (error) {
      halt.refusedByDisk(error);
      return null;
    }
  }

  function mark(text: Mark): void {
    written(() => segment.mark(text));
  }

  return {
    get again() {
      return again;
    },
    set again(wanted) {
      again = wanted;
    },
    save(journalled, replaced, judged) {
      const stored = written(() => segment.write(journalled));
      settled.add(journalled.record.ordinal);
      // The existing line of an endpoint asked twice counts.
      if (stored === null && journalled.replaces !== null) return;
      const record = stored ?? journalled.record;
      if (record.exchanges.length > 0 && before?.done.has(record.ordinal) !== true) asked.add(record.ordinal);
      if (stored === null) options.onUnwritten(record);
      if (wantsAgain(journalled.tries, record)) again = true;
      try {
        // What was judged counts only if the journal says just that.
        options.onRecord(record, replaced, record === journalled.record ? judged : null);
      } catch (error) {
        halt.refusedByDisk(error);
      }
    },
    saveUnasked(record) {
      written(() => segment.write({ record, addresses: null, replaces: null, tries: 1 }));
    },
    mark,
    bug(ordinal, text) {
      options.onNotice(text);
      if (ordinal >= 0) settled.add(ordinal);
      mark({ mark: 'bug', ordinal, text });
    },
    has: (ordinal) => settled.has(ordinal),
    get asked() {
      return asked.size;
    },
  };
}
