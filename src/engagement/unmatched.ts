// Finds entries of `scope.exclude` that hold nothing that is declared: a slip of the pen there would go unnoticed.
import { readAddress } from './address.js';
import type { Group } from './expand.js';
import { stretchesOf, type Hosts } from './host.js';
import type { ScopeEntry } from './scope.js';
import { joinStretches, overlap } from './stretch.js';

/**
 * The positions of the entries that hold no declared host. Names are not looked up: an entry may still hold an address of a
 * declared name, or be a name of a declared address. Lists are read again as long as an entry may be in them.
 *
 * @param fixed the addresses fixed for names
 */
export async function unmatchedEntries(
  entries: readonly ScopeEntry[],
  groups: readonly Group[],
  fixed: ReadonlyMap<string, readonly string[]>,
): Promise<readonly number[]> {
  const left = new Map(entries.map((entry, position) => [position, holder(entry)]));
  const strike = (hosts: Hosts): void => {
    for (const [position, holds] of left) if (holds(hosts)) left.delete(position);
  };
  for (const addresses of fixed.values())
    for (const text of addresses) strike({ kind: 'single', text, address: readAddress(text) });
  const lists = groups.flatMap(({ sources }) =>
    sources.flatMap((source) => {
      if (source.kind === 'list') return [source.list];
      strike(source.hosts);
      return [];
    }),
  );
  for (const list of new Set(lists)) {
    if (left.size === 0) break;
    for await (const { hosts } of list.lines()) {
      strike(hosts);
      if (left.size === 0) break;
    }
  }
  return [...left.keys()];
}

/** Says whether an entry holds any of the hosts. */
function holder(entry: ScopeEntry): (hosts: Hosts) => boolean {
  if (entry.kind === 'below') return (hosts) => namesOf(hosts).some((name) => name.endsWith(entry.suffix));
  const stretches = { 4: joinStretches(stretchesOf(entry, 4)), 6: joinStretches(stretchesOf(entry, 6)) };
  const holdsName = nameHolder(entry);
  return (hosts) =>
    ([4, 6] as const).some(
      (version) => stretches[version].length > 0 && overlap(stretchesOf(hosts, version), stretches[version]) > 0n,
    ) || holdsName(hosts);
}

function nameHolder(entry: Hosts): (hosts: Hosts) => boolean {
  if (entry.kind === 'range' || (entry.kind === 'single' && entry.address !== null)) return () => false;
  if (entry.kind === 'numbered') return (hosts) => namesOf(hosts).some(entry.has);
  return (hosts) =>
    hosts.kind === 'numbered' ? hosts.has(entry.text) : hosts.kind === 'single' && hosts.text === entry.text;
}

function namesOf(hosts: Hosts): readonly string[] {
  if (hosts.kind === 'numbered') return Array.from({ length: hosts.size }, (_, position) => hosts.at(position));
  return hosts.kind === 'single' && hosts.address === null ? [hosts.text] : [];
}
