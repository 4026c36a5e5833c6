// Chooses run folders that can be deleted: all but those that a rule keeps, that are needed, or that are in use.
import { rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { messages } from '../messages/index.js';
import type { RunInfo } from '../model/finding.js';
import { madeAt, newestFirst, seriesName } from '../model/series.js';
import { filesUnder, listRuns, readRunInfo } from '../store/folder.js';
import { heldLocks } from '../store/lock.js';
import { UserMistake } from '../store/mistake.js';
import { engagementFolders } from './find-run.js';
import { indexEngagement } from './overview.js';

/** How many of the last days, weeks, months and years keep their newest run. */
export type KeepRule = Readonly<Record<'d' | 'w' | 'm' | 'y', number>>;

/**
 * Reads a rule such as `30d,12w,12m`.
 *
 * @throws UserMistake when it cannot be read
 */
export function keepRule(text: string): KeepRule {
  const rule = { d: 0, w: 0, m: 0, y: 0 };
  for (const part of text.split(',').map((one) => one.trim())) {
    const [, count, unit] = /^(\d{1,4})([dwmy])$/.exec(part) ?? [];
    if (count === undefined || (unit !== 'd' && unit !== 'w' && unit !== 'm' && unit !== 'y'))
      throw new UserMistake(messages().runs.prune.noRule(text, part));
    rule[unit] = Number(count);
  }
  return rule;
}

/** A run folder, and why it is kept; `why` is null for one that can be deleted. */
export interface Pruned {
  readonly folder: string;
  readonly startedAt: string | null;
  readonly why: string | null;
  /** Bytes of its files, where it can be deleted; 0 elsewhere. */
  readonly bytes: number;
}

/**
 * Says of each run folder whether it can be deleted, and deletes those where `remove` is true. Kept are, for each vantage and shard, the newest run of each day,
 * week, month and year of the rule; the newest finished run and the one that it was compared with; unfinished runs that are newer,
 * which can be resumed; and all runs of a vantage and shard while one is under way.
 *
 * @param out where run folders are
 * @throws UserMistake when there is no run
 */
export async function prune(
  out: string,
  rule: KeepRule,
  options: { readonly remove: boolean; readonly now?: Date; readonly engagement?: string },
): Promise<readonly Pruned[]> {
  const pruned: Pruned[] = [];
  for (const folder of await engagementFolders(out)) {
    if (options.engagement !== undefined && basename(folder) !== options.engagement) continue;
    const chosen = await chooseIn(folder, rule, options.now ?? new Date());
    for (const one of chosen) {
      if (one.why !== null) {
        pruned.push(one);
        continue;
      }
      const bytes = await sizeOf(one.folder);
      // The locks again: a run may have begun since.
      const held =
        options.remove && (await heldLocks(folder)).some((lock) => basename(lock.folder) === basename(one.folder));
      if (options.remove && !held) await rm(one.folder, { recursive: true, force: true });
      pruned.push({ ...one, bytes, why: held ? messages().runs.prune.begun : null });
    }
    if (options.remove && chosen.some(({ why }) => why === null)) await indexEngagement(folder);
  }
  if (pruned.length === 0) throw new UserMistake(messages().runs.find.noneIn(out));
  return pruned;
}

interface Known {
  readonly folder: string;
  readonly info: RunInfo;
  /** When it was made. */
  readonly at: string;
}

async function chooseIn(folder: string, rule: KeepRule, now: Date): Promise<readonly Pruned[]> {
  const locks = await heldLocks(folder);
  const chosen: Pruned[] = [];
  const bySeries = new Map<string, Known[]>();
  for (const run of await listRuns(folder)) {
    const info = await readRunInfo(run).catch(() => null);
    if (info === null) {
      chosen.push({ folder: run, startedAt: null, why: messages().runs.prune.noInfo, bytes: 0 });
      continue;
    }
    const series = seriesName(info);
    bySeries.set(series, [...(bySeries.get(series) ?? []), { folder: run, info, at: madeAt(info) }]);
  }
  const held = new Set(locks.map(({ vantage, ...lock }) => seriesName({ ...lock, vantage: { name: vantage } })));
  for (const [series, runs] of bySeries) {
    runs.sort(newestFirst);
    const underWay = held.has(series);
    const kept = keptOf(runs, rule, now);
    for (const { folder: run, info } of runs) {
      const inUse = underWay ? messages().runs.prune.underWay : null;
      chosen.push({ folder: run, startedAt: info.startedAt, why: inUse ?? kept.get(run) ?? null, bytes: 0 });
    }
  }
  return chosen.sort((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** Why each run is kept; runs of one vantage and shard, the newest first. */
function keptOf(runs: readonly Known[], rule: KeepRule, now: Date): ReadonlyMap<string, string> {
  const words = messages().runs.prune;
  const kept = new Map<string, string>();
  const keep = (run: Known | undefined, why: string): void => {
    if (run !== undefined && !kept.has(run.folder)) kept.set(run.folder, why);
  };
  const finished = runs.filter(({ info }) => info.finished);
  const [newest, before] = finished;
  keep(newest, words.newest);
  // A clock that was wrong may have put others into the future: the next run is compared with this one.
  keep(
    finished.find(({ at }) => at <= now.toISOString()),
    words.newest,
  );
  keep(before, words.before);
  if (runs.length === 1) keep(runs[0], words.only);
  for (const run of runs)
    if (!run.info.finished && (newest === undefined || run.at > newest.at)) keep(run, words.unfinished);
  for (const unit of ['day', 'week', 'month', 'year'] as const) {
    const { period: periodOf, ago, unit: letter } = units[unit];
    const periods = new Set<string>();
    for (const run of finished) {
      const at = new Date(run.at);
      const period = periodOf(at);
      if (ago(at, now) >= rule[letter] || periods.has(period)) continue;
      periods.add(period);
      keep(run, words.newestOf(unit));
    }
  }
  return kept;
}

const dayMs = 86_400_000;
const dayOf = (at: Date): number => Math.floor(at.getTime() / dayMs);
/** Weeks begin on Monday: 1 January 1970 was a Thursday. */
const weekOf = (at: Date): number => Math.floor((dayOf(at) + 3) / 7);
const monthOf = (at: Date): number => at.getUTCFullYear() * 12 + at.getUTCMonth();

const units = {
  day: { unit: 'd', period: (at: Date) => `${dayOf(at)}`, ago: (at: Date, now: Date) => dayOf(now) - dayOf(at) },
  week: { unit: 'w', period: (at: Date) => `${weekOf(at)}`, ago: (at: Date, now: Date) => weekOf(now) - weekOf(at) },
  month: {
    unit: 'm',
    period: (at: Date) => `${monthOf(at)}`,
    ago: (at: Date, now: Date) => monthOf(now) - monthOf(at),
  },
  year: {
    unit: 'y',
    period: (at: Date) => `${at.getUTCFullYear()}`,
    ago: (at: Date, now: Date) => now.getUTCFullYear() - at.getUTCFullYear(),
  },
} as const;

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0;
  for await (const file of filesUnder(folder)) bytes += (await stat(join(file)).catch(() => null))?.size ?? 0;
  return bytes;
}
