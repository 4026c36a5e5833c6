// Watches whether answers can be trusted.
import { setTimeout as sleep } from 'node:timers/promises';
import { messages } from '../messages/index.js';
import type { EndpointRecord } from '../model/exchange.js';
import type { Controls, Standing } from './controls.js';
import type { LostCut, Mark } from '../store/journal.js';
import { createWatch, type Witness } from './watch.js';

/** Watches over a run whether answers can be trusted. */
export interface Vantage {
  /** Takes how an endpoint ended. */
  note(record: EndpointRecord): void;
  /** Is it time to look? */
  due(): boolean;
  /**
   * Finds out whether answers can be trusted. Where they cannot, says since when in the journal, and waits for better
   * times as long as its patience lasts.
   *
   * @returns `regained` when answers of a stretch before must be asked for again
   */
  verify(): Promise<'good' | 'regained' | 'lost' | 'stopped'>;
  /** Set for good once patience ended. */
  readonly blind: LostCut | null;
  /** Called when nothing is in flight any more: what ended after the vantage was given up proves nothing either. */
  end(): void;
}

interface VantageOptions {
  readonly controls: Controls;
  /** When a control was last good in an earlier part of this run, milliseconds since the epoch. */
  readonly lastGood: number | null;
  /** Milliseconds between two rounds of controls. */
  readonly every: number;
  /** Milliseconds to wait before a control that failed is asked again; after the last one the vantage counts as lost. */
  readonly patience: readonly number[];
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** True when the run stopped, or its window closed: then a control that fails says nothing about the vantage. */
  readonly stopped: () => boolean;
  readonly mark: (mark: Mark) => void;
  readonly onNotice: (text: string) => void;
}

/** Begins to watch; see {@link Vantage}. */
export function watchVantage(options: VantageOptions): Vantage {
  const { controls, now, stopped } = options;
  const watch = createWatch();
  const begun = now().getTime();
  let lastGood = options.lastGood;
  let lastChecked = begun;
  /** What made suspicious, as it was then: answers that are still in flight must not take the suspicion away. */
  let alarm: { readonly since: number; readonly witnesses: readonly Witness[] } | null = null;
  let blind: LostCut | null = null;
  let lost: { readonly from: number; readonly cut: LostCut; readonly why: string } | null = null;

  function markLost(): void {
    if (lost === null) return;
    const { from, cut, why } = lost;
    options.mark({ mark: 'lost', from: iso(from), to: now().toISOString(), cut, why });
  }

  function iso(ms: number): string {
    return new Date(ms).toISOString();
  }

  async function verify(): ReturnType<Vantage['verify']> {
    const words = messages().runs.notices;
    const suspicion = alarm;
    alarm = null;
    const since = Math.max(suspicion?.since ?? begun, lastGood ?? begun);
    const from = controls.count > 0 ? (lastGood ?? begun) : since;
    const waits = [0, ...options.patience];
    let bad: Exclude<Standing, { good: true }> | null = null;
    for (const [index, wait] of waits.entries()) {
      if (wait > 0) await sleep(wait, undefined, { signal: options.signal }).catch(() => undefined);
      if (stopped()) return 'stopped';
      let standing = await controls.ask();
      if (standing.good && suspicion !== null) standing = await controls.askWitnesses(suspicion.witnesses);
      if (stopped()) return 'stopped';
      if (standing.good) break;
      if (bad === null) options.onNotice(words.waiting(standing.why));
      bad = standing;
      const { cut, why } = standing;
      lost = { from, cut, why };
      markLost();
      if (index === waits.length - 1) {
        blind = cut;
        options.onNotice(words.blind(why, iso(from)));
        return 'lost';
      }
    }
    lastChecked = now().getTime();
    lastGood = lastChecked;
    if (bad === null) {
      if (suspicion !== null) watch.calm();
      return 'good';
    }
    // What was still in flight while we waited proves nothing either.
    markLost();
    lost = null;
    options.onNotice(words.regained(iso(from)));
    return 'regained';
  }

  return {
    note(record) {
      if (watch.note(record)) alarm ??= { since: watch.since(), witnesses: watch.witnesses() };
    },
    due: () =>
      blind === null && (alarm !== null || (controls.count > 0 && now().getTime() - lastChecked >= options.every)),
    verify,
    get blind() {
      return blind;
    },
    end: markLost,
  };
}
