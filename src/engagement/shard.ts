// Divides the hosts of a declaration into shards, which several runs can audit at once.
import { createHash } from 'node:crypto';
import { shardParts, type Shard } from '../model/series.js';

/**
 * Names and addresses that are one server, because the file fixes the addresses of names: each with the text that stands for all of
 * them, the first of its addresses. What is in none of these groups stands for itself.
 */
export function serversOf(fixed: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, string> {
  const groups = new Map<string, Set<string>>();
  for (const [name, addresses] of fixed) {
    const joined = new Set([name, ...addresses]);
    for (const one of [...joined]) for (const other of groups.get(one) ?? []) joined.add(other);
    for (const one of joined) groups.set(one, joined);
  }
  const servers = new Map<string, string>();
  for (const group of new Set(groups.values())) {
    const [server = ''] = [...group].filter((one) => !fixed.has(one)).sort();
    for (const one of group) servers.set(one, server);
  }
  return servers;
}

/**
 * Whether a server is in a shard. It depends on the server alone: not on the order of the file, nor on what else it declares.
 *
 * @param server a name as in `Endpoint.host`, or a canonical address
 */
export function isInShard(server: string, shard: Shard): boolean {
  const { number, of } = shardParts(shard);
  const hash = createHash('sha256').update(`leftopen shard v1\n${server}`).digest();
  return hash.readUIntBE(0, 6) % of === number - 1;
}
