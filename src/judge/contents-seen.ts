// What a cluster without a login holds, as far as two runs can be compared: its lasting indices and their counts.
import type { ContentsSeen } from '../model/history.js';
import type { Observations } from '../model/observation.js';
import { clusterUuid } from './finding.js';

/** A date in a name: a year with a month, with a week, or behind a day and a month; hours may follow. */
const dated =
  /(?<!\d)(?:(?:19|20)\d{2}[.\-_]?(?:0[1-9]|1[0-2])(?:[.\-_]?\d{2}){0,5}|(?:19|20)\d{2}[.\-_]?w\d{1,2}|(?:19|20)\d{2}[.\-_]\d{1,2}|\d{1,2}[.\-_]\d{1,2}[.\-_](?:19|20)\d{2})(?!\d)/i;

/** Seconds or milliseconds since 1970. */
const stamped = /(?<!\d)1\d{9}(?:\d{3})?(?!\d)/;

/** Numbers of a rollover series are six digits, with zeros in front. */
const rolledOver = /[-_.]0\d{4,5}$/;

/** Indices that come and go by themselves: dated ones, rollover series, backing indices, and those of the system. */
const passing: readonly RegExp[] = [
  dated,
  stamped,
  rolledOver,
  /^\./,
  /^ilm-history|^slm-history|^security-auditlog|^top_queries/,
];

/** What lifecycles put before a name, and versions behind it: the data is the same. */
const dressed = /^(?:restored-|partial-|shrink-[a-z0-9_-]{4}-)+|[-_]v?\d{1,4}$/gi;

/** What is left of a name without its date or number: `orders` for `.ds-orders-2026.11.29-000001`. */
function stemOf(name: string): string {
  return name
    .replace(dressed, '')
    .replace(/^\.ds-/, '')
    .replace(rolledOver, '')
    .replace(dated, '')
    .replace(stamped, '')
    .replace(/[-_.]+$/, '');
}

/**
 * Documents in indices that come and go and were made after an instant, by what is left of their names without date and number: an
 * index `orders` may have been moved into `orders-2026.11.29`, or into a data stream.
 */
export function passingSince({ cluster }: Observations, since: string): ReadonlyMap<string, number> {
  const stems = new Map<string, number>();
  for (const { name, documents, createdAt } of cluster?.indices?.list ?? []) {
    if (createdAt === null || createdAt <= since || !passing.some((pattern) => pattern.test(name))) continue;
    stems.set(stemOf(name), (stems.get(stemOf(name)) ?? 0) + (documents ?? 0));
  }
  return stems;
}

/**
 * The contents of a cluster, to be compared with those of another run; null where a caller does not see all of them: a role
 * hides some, the listing was cut, or counts are missing.
 */
export function contentsSeen(observations: Observations): ContentsSeen | null {
  const { access, cluster, at, endpoint } = observations;
  const indices = cluster?.indices ?? null;
  const uuid = clusterUuid(observations);
  if (access.state !== 'open' || access.rung !== 'control' || indices === null || uuid === null) return null;
  if (!indices.complete || indices.uncounted > 0 || indices.list.length < indices.total) return null;
  const groups = new Map<string, { name: string; documents: number; createdAt: string | null }>();
  for (const { name, documents, createdAt, system } of indices.list) {
    if (system || passing.some((pattern) => pattern.test(name))) continue;
    const key = name.replace(dressed, '');
    const group = groups.get(key) ?? { name: key, documents: 0, createdAt };
    group.documents += documents ?? 0;
    // One of them that is older shows that it was not made anew.
    if (createdAt === null || (group.createdAt !== null && createdAt < group.createdAt)) group.createdAt = createdAt;
    groups.set(key, group);
  }
  return { address: endpoint.address ?? '', uuid, at, indices: [...groups.values()] };
}
