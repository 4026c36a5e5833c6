// Which runs are compared with each other: those of one engagement, vantage and shard.
/** One part of an estate that several runs share, as `3/8`: the third of eight. */
export type Shard = `${number}/${number}`;

/** Parts that an estate can be divided into, at most. */
export const mostShards = 1_000;

/** Reads a shard as a user writes it; null where that is not one. */
export function readShard(text: string): Shard | null {
  const [, number = '', of = ''] = /^(\d{1,4})\/(\d{1,4})$/.exec(text.trim()) ?? [];
  const [part, parts] = [Number(number), Number(of)];
  return part >= 1 && part <= parts && parts <= mostShards ? `${part}/${parts}` : null;
}

/** Which part of how many. */
export function shardParts(shard: Shard): { readonly number: number; readonly of: number } {
  const [number, of] = shard.split('/');
  return { number: Number(number), of: Number(of) };
}

/** What distinguishes a series of runs, besides the engagement. */
export interface InSeries {
  readonly vantage: { readonly name: string; readonly exposure: string };
  readonly shard?: string;
  /** Whether it was merged: `sources` of a run, `merged` where they are not kept. */
  readonly sources?: readonly unknown[];
  readonly merged?: true;
}

/** Whether it was merged from other runs. */
export function isMerged({ sources, merged }: Pick<InSeries, 'sources' | 'merged'>): boolean {
  return merged === true || sources !== undefined;
}

/**
 * Whether two runs of one engagement can be compared: what two vantages see differs, two shards are two sets of hosts, and a merged run is
 * compared with merged ones of the same vantages.
 */
export function isSameSeries(a: InSeries, b: InSeries): boolean {
  return (
    a.vantage.name === b.vantage.name &&
    a.vantage.exposure === b.vantage.exposure &&
    a.shard === b.shard &&
    isMerged(a) === isMerged(b)
  );
}

/** When a run was made. A merged run shares its start with its oldest source, and with others that were merged from that one. */
export function madeAt({
  startedAt,
  endedAt,
  ...run
}: Pick<InSeries, 'sources' | 'merged'> & { readonly startedAt: string; readonly endedAt: string | null }): string {
  return isMerged(run) ? (endedAt ?? startedAt) : startedAt;
}

/** Orders runs by when they were made, the newest first; of one moment, the folder with the later name comes first. */
export function newestFirst(
  a: { readonly at: string; readonly folder: string },
  b: { readonly at: string; readonly folder: string },
): number {
  if (a.at !== b.at) return a.at < b.at ? 1 : -1;
  return a.folder === b.folder ? 0 : a.folder < b.folder ? 1 : -1;
}

/** Where a run was made from, and of which shard, e.g. `office, shard 3/8`, `internet and office, merged`. */
export function seriesName(
  run: Pick<InSeries, 'shard' | 'sources' | 'merged'> & { readonly vantage: { readonly name: string } },
): string {
  const of = run.shard === undefined ? '' : `, shard ${run.shard}`;
  return `${run.vantage.name}${of}${isMerged(run) ? ', merged' : ''}`;
}
