// Judges endpoints into the record while the rest is still asked, so that each is judged once.
import type { Judged, Judgement, Pass } from '../judge/index.js';
import type { Comparison } from './historian.js';

/** A judging pass that goes on during the asking. */
export interface LivePass {
  /** With earlier runs: complete once the pass is. */
  readonly comparison: Comparison;
  /** Takes an endpoint as it was judged for the preview. */
  add(judged: Judged): void;
  /** What was taken is not what the journal says: the record is made from the journal alone. */
  drop(): void;
  /**
   * The judgement, once, where the pass took every line that the journal holds; null where it did not. It is closed by itself.
   *
   * @param lines lines of endpoints in the journal
   */
  finish(lines: number): Promise<Judgement> | null;
  /** Removes its files. */
  close(): void;
}

/** Begins a live pass. What goes wrong in it costs the second judging that it would have saved, and nothing else. */
export function livePass(pass: Pass, comparison: Comparison): LivePass {
  let taken = 0;
  let dropped = false;

  function drop(): void {
    if (!dropped) pass.close();
    dropped = true;
  }

  return {
    comparison,
    add(judged) {
      if (dropped) return;
      try {
        pass.add(judged);
        taken += 1;
      } catch {
        // A full disk stops the run by itself; the pass over the journal says what else is wrong.
        drop();
      }
    },
    drop,
    finish(lines) {
      if (dropped || lines !== taken) return null;
      dropped = true;
      return pass.finish();
    },
    close: drop,
  };
}
