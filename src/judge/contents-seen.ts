// What a cluster without a login holds, as far as two runs can be compared: its lasting indices and their counts.
import type { ContentsSeen } from '../model/history.js';
import type { Observations } from '../model/observation.js';
import { clusterUuid } from './finding.js';

/** Indices that come and go by themselves: dated ones, rollover series, backing indices, and copies that the system makes. */
const passing: readonly RegExp[] = [
  /\d{4}[.\-_]?\d{2}/,
  /\d{4}[.\-_]?w?\d{1,2}$/i,
  /[-_.]\d{5,}$/,
  /^\./,
  /^ilm-history|^slm-history|^security-auditlog|^top_queries/,
];

/** What lifecycles put before a name, and versions behind it: the data is the same. */
const dressed = /^(?:restored-|partial-|shrink-[a-z0-9_-]{4}-)+|[-_]v?\d{1,4}$/gi;

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
