// Why a run asks no more: it was interrupted, its window closed, the disk refused, or its declaration changed.
import { DeclarationChanged } from '../engagement/index.js';
import type { Declaration } from '../engagement/index.js';
import { languageInUse } from '../languages/index.js';
import { storageFailure } from '../store/mistake.js';

/** Why nothing more is asked, where it was not the user who interrupted the run. */
export interface StopReason {
  readonly kind: 'window' | 'storage' | 'changed';
  /** One sentence for the report. */
  readonly why: string;
  /** What the user can do about it. */
  readonly advice: string;
}

/** Says whether the run may go on. The first reason to stop counts. */
export interface Halt {
  /** Aborted when nothing more may be sent: the user interrupted the run, or the disk refused. */
  readonly signal: AbortSignal;
  readonly reason: StopReason | null;
  stopped(): boolean;
  /** Looks whether the engagement's window is open; a closed one stops the run. */
  windowIsOpen(): boolean;
  /**
   * Takes what writing to the run folder threw. Nothing goes out that is not in the ledger, so a disk that refuses stops the
   * run; every other error is thrown again.
   */
  refusedByDisk(error: unknown): void;
  /**
   * Takes what reading the declared places threw: only the lists of hosts are read while a run goes on, and they are the
   * user's.
   */
  declarationFailed(error: unknown): void;
}

/** Begins to watch for what ends the run; see {@link Halt}. */
export function watchHalt(declaration: Declaration, interrupted: AbortSignal, now: () => Date): Halt {
  const refused = new AbortController();
  const signal = AbortSignal.any([interrupted, refused.signal]);
  let reason: StopReason | null = null;

  return {
    signal,
    get reason() {
      return reason;
    },
    stopped: () => reason !== null || interrupted.aborted,
    windowIsOpen() {
      const opening = declaration.openFor({ targets: [] }, now());
      if (opening.open) return true;
      const words = languageInUse().report.runGaps;
      const zone = declaration.engagement.window?.timeZone ?? 'UTC';
      reason ??= {
        kind: 'window',
        why: words.windowClosed(zone, opening.opensAt?.toISOString() ?? null),
        advice: opening.opensAt === null ? words.untilItIsExtended : words.untilItOpens,
      };
      return false;
    },
    refusedByDisk(error) {
      const why = storageFailure(error);
      if (why === null) throw error;
      reason ??= {
        kind: 'storage',
        why: languageInUse().report.runGaps.notWritten(why),
        advice: languageInUse().report.runGaps.makeRoom,
      };
      refused.abort();
    },
    declarationFailed(error) {
      if (error instanceof DeclarationChanged) {
        // A list that is another one now makes another plan, which no run goes on with.
        reason ??= { kind: 'changed', why: error.what, advice: error.advice };
        return;
      }
      const why = storageFailure(error);
      if (why === null) throw error;
      reason ??= {
        kind: 'changed',
        why: languageInUse().report.runGaps.listNotRead(why),
        advice: languageInUse().report.runGaps.untilItIsRead,
      };
    },
  };
}
