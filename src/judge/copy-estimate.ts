// Estimates how long a copy of what can be read would take.
import type { Finding } from '../model/finding.js';
import type { Observations } from '../model/observation.js';
import { reachedCluster, searchRefusedOn, wallsOf } from './observed.js';

/**
 * The pace that is assumed, stated with every estimate: five million requests a day, which a crawler of an online shop kept
 * up in 2020; the largest page that a search gives by default (`index.max_result_window`); a line of 100 Mbit/s.
 */
const pace = { requestsPerDay: 5_000_000, recordsPerRequest: 10_000, bytesPerSecond: 12_500_000 } as const;

const formula =
  'seconds = max(ceil(documents / recordsPerRequest) / requestsPerDay * 86400, bytes / bytesPerSecond), rounded up';

/** What a copy could be made of: totals, and whether they are lower bounds. */
export interface Readable {
  readonly documents: number;
  readonly bytes: number | null;
  readonly atLeast: boolean;
}

/**
 * What was shown to be readable; null where no search was permitted, or no record was counted. A server that has no login,
 * or whose role for us allows everything, and that denied us nothing, makes no difference between indices: what was shown of
 * one holds for all. Anywhere else only the index that was searched counts.
 */
export function readableOf(observations: Observations, contents: Finding['contents']): Readable | null {
  const { access, power } = observations;
  const cluster = reachedCluster(observations);
  const searched = cluster?.searchPermittedOn ?? null;
  if (access.reaches.documents !== 'yes' || cluster === null || searched === null) return null;
  const denied = access.mixed || searchRefusedOn(observations).length > 0 || wallsOf(observations).length > 0;
  const all = access.caller.login === 'absent' || power?.ground?.kind === 'role';
  if (observations.dashboard === null && all && !denied && contents !== null) {
    const { documents, bytes, atLeast } = contents;
    return documents === null ? null : { documents, bytes, atLeast: atLeast.documents };
  }
  const bytes = cluster.indices?.list.find(({ name }) => name === searched.index)?.bytes ?? null;
  return searched.documents === null ? null : { documents: searched.documents, bytes, atLeast: false };
}

/**
 * How fast that could be copied, as an estimate; null for nothing. Bytes are those on the server's disks, copies of shards
 * included; where they are not known, the requests alone are counted: then it is at least this.
 */
export function copyingOf(readable: Readable | null): Finding['copy'] {
  if (readable === null || readable.documents === 0) return null;
  const { documents, bytes } = readable;
  const requests = (Math.ceil(documents / pace.recordsPerRequest) / pace.requestsPerDay) * 86_400;
  const seconds = Math.ceil(Math.max(requests, (bytes ?? 0) / pace.bytesPerSecond));
  return { documents, bytes, atLeast: readable.atLeast || bytes === null, ...pace, seconds, formula };
}
