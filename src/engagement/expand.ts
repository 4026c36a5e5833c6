// Expands targets into endpoints: hosts, ports, base paths, interleaved.
import type { Place, Scheme } from '../model/endpoint.js';
import { addressAt, numberOf, readAddress, writeAddress, type Address } from './address.js';
import { hostIndex, type HostIndex } from './host-index.js';
import type { HostList } from './host-list.js';
import { stretchesOf, type Hosts } from './host.js';
import type { ScopeRules } from './scope.js';
import { isInShard, serversOf } from './shard.js';
import { shardParts, type Shard } from '../model/series.js';
import { joinStretches, overlap, shared, sizeOf as addressesIn, type Stretch } from './stretch.js';

/** A port and a base path. */
export interface PortPath {
  readonly port: number;
  readonly basePath: string;
  /** Added for the technique `transportPort`, and not declared. */
  readonly transport?: true;
}

/** Where hosts of a group come from. */
export type Source =
  { readonly kind: 'hosts'; readonly hosts: Hosts } | { readonly kind: 'list'; readonly list: HostList };

/** The endpoints of one target: each host of its sources at each of its ports and paths. */
export interface Group {
  /** Id of the target. */
  readonly target: string;
  /** Position in the file: of two that are as specific as each other, the first wins. */
  readonly order: number;
  readonly sources: readonly Source[];
  readonly portPaths: readonly PortPath[];
  readonly scheme: Scheme | null;
  /** Hosts that `except` leaves out of this group. */
  readonly without: readonly Hosts[];
  /** For hosts that `except` gives settings of their own: the target they belong to. */
  readonly parent: string | null;
  /** False when `--target` names others: then it is only named where it overlaps. */
  readonly selected: boolean;
}

/** What one line of hosts adds to a declaration: upper bounds, since others may name the same endpoints. */
export interface Share {
  readonly target: string;
  readonly endpoints: number;
  /** How many of them are transport ports that the technique `transportPort` adds. */
  readonly transport: number;
  /** Endpoints of one host. */
  readonly portPaths: number;
}

/** The endpoints of a declaration. */
export interface Expansion {
  /** Of the shard alone, where there is one. */
  places(): AsyncGenerator<Place>;
  /** How many places there are, where that is known without reading the lists again. */
  count(): number | null;
  atMost(): number;
  /** What each part of a group that is asked adds at most. */
  shares(): readonly Share[];
  /** Whether any group declares the host, at whatever port. */
  declares(host: string, address: Address | null): boolean;
  /** See `Declaration.declares`. */
  declaresPlace(place: Pick<Place, 'host' | 'port' | 'basePath'>): boolean;
  /** See `Declaration.declaredAt`. */
  declaredAt(host: string, port: number): readonly DeclaredHost[];
}

/** A declared host; `address` is null for a name that has to be looked up. */
export type DeclaredHost = Pick<Place, 'host' | 'address'>;

// One source of one group.
interface Unit {
  readonly group: Group;
  readonly source: Source;
  readonly portPaths: ReadonlySet<string>;
  /** Ports and paths of it that the file itself declares. */
  readonly declared: ReadonlySet<string>;
  readonly without: HostIndex<true> | null;
  /** The lower, the more specific: single hosts, patterns by size, ranges by size, lists. */
  readonly rank: number;
}

/** A host and its address, where it is one. */
export interface Host {
  readonly text: string;
  readonly address: Address | null;
}

const listRank = 3_000_000;

function rankOf(source: Source): number {
  if (source.kind === 'list') return listRank;
  const { hosts } = source;
  if (hosts.kind === 'single') return 0;
  return hosts.kind === 'numbered' ? 1_000_000 + hosts.size : 2_000_000 + Math.log2(hosts.size);
}

function portPathKey({ port, basePath }: PortPath): string {
  return `${port}${basePath}`;
}

/** The hosts of a pattern or range one by one; addresses that are left out are jumped over. */
export function* hostsOf(hosts: Hosts, leftOut: ScopeRules['leftOut']): Generator<Host> {
  switch (hosts.kind) {
    case 'single':
      yield hosts;
      return;
    case 'numbered':
      for (let position = 0; position < hosts.size; position++) yield { text: hosts.at(position), address: null };
      return;
    case 'range': {
      const { version } = hosts;
      for (const stretch of hosts.stretches) {
        const first = numberOf(version, stretch.first);
        let position = 0;
        for (const gap of [...shared(stretch, leftOut[version]), null]) {
          const until = gap === null ? Number(stretch.last - stretch.first) + 1 : Number(gap.first - stretch.first);
          for (; position < until; position++) {
            const address = addressAt(first, position);
            yield { text: writeAddress(address), address };
          }
          if (gap !== null) position = Number(gap.last - stretch.first) + 1;
        }
      }
    }
  }
}

// Up to here places are counted by making them.
const countable = 300_000;

/** The units that hold a host at a port and path, by its key. */
type HoldersAt = (key: string) => readonly Unit[];

/**
 * Expands groups into places. Deterministic and lazy: a round goes over all hosts with the first port of each, the next
 * round with the second, and so on, so that one host is not asked twice in a row. No set of what was seen is kept: of
 * groups that overlap the most specific one makes the place, and every other finds by look-ups that it must not. So memory
 * grows with the size of the file (and 24 bytes a line of its lists), never with the number of places.
 *
 * @param shard the hosts of which alone are expanded; null for all
 */
export function expansionOf(
  groups: readonly Group[],
  scope: ScopeRules,
  fixed: ReadonlyMap<string, readonly string[]>,
  shard: Shard | null,
): Expansion {
  const units: Unit[] = groups.flatMap((group) => {
    const portPaths = new Set(group.portPaths.map(portPathKey));
    const declared = new Set(group.portPaths.filter(({ transport }) => transport !== true).map(portPathKey));
    const without = group.without.length === 0 ? null : hostIndex<true>();
    for (const hosts of group.without) without?.add(hosts, true);
    return group.sources.map((source) => ({ group, source, portPaths, declared, without, rank: rankOf(source) }));
  });
  const index = hostIndex<Unit>();
  const lists: { readonly unit: Unit; readonly list: HostList }[] = [];
  for (const unit of units) {
    if (unit.source.kind === 'hosts') index.add(unit.source.hosts, unit);
    else lists.push({ unit, list: unit.source.list });
  }
  const selected = units.filter(({ group }) => group.selected);

  /** The units that hold a host, the most specific first. */
  const holders = ({ text, address }: Host): Unit[] => {
    const found = index.find(text, address);
    for (const { unit, list } of lists) if (list.has(text, address)) found.push(unit);
    const [only] = found;
    if (found.length === 1 && only?.without === null && only.group.parent === null) return found;
    const holding = found
      .filter(({ without }) => without === null || without.find(text, address).length === 0)
      .filter(({ group: { parent } }, _, all) => parent === null || all.some(({ group }) => group.target === parent))
      .sort((a, b) => a.rank - b.rank || a.group.order - b.group.order);
    // An exception comes before the target it is made from, even where that names the host singly.
    for (const exception of holding.filter(({ group }) => group.parent !== null)) {
      const own = holding.findIndex(({ group }) => group.target === exception.group.parent);
      const at = holding.indexOf(exception);
      if (own < at) holding.splice(own, 0, ...holding.splice(at, 1));
    }
    return holding;
  };

  const servers = shard === null ? null : serversOf(fixed);
  const isOurs = ({ text, address }: Host): boolean => {
    if (shard === null) return true;
    const name = address === null ? text : writeAddress(address);
    return isInShard(servers?.get(name) ?? name, shard);
  };

  const holdersAt =
    (host: Host): HoldersAt =>
    (key) =>
      holders(host).filter(({ portPaths }) => portPaths.has(key));

  /** The places of a host at one port and path: one for each address that is fixed for its name. */
  const placesOf = (
    host: Host,
    portPath: PortPath,
    isMaker: (unit: Unit) => boolean,
    at: HoldersAt = holdersAt(host),
  ): readonly Place[] => {
    if (!isOurs(host)) return [];
    const key = portPathKey(portPath);
    const holding = at(key);
    const maker = holding.find(({ group }) => group.selected);
    if (maker === undefined || !isMaker(maker)) return [];
    const known = host.address === null ? fixed.get(host.text)?.map(readAddress) : undefined;
    // Where another target declares the port, it is asked as declared.
    const added = holding.every(({ declared }) => !declared.has(key));
    return (known ?? [host.address]).flatMap((address): Place[] => {
      const { standing } = scope.ofHost(host.text, address);
      if (standing === 'excluded' || standing === 'never') return [];
      return [
        {
          ordinal: 0,
          host: host.text,
          address: address === null ? null : writeAddress(address),
          port: portPath.port,
          basePath: portPath.basePath,
          scheme: added ? 'http' : (holding.find(({ group }) => group.scheme !== null)?.group.scheme ?? null),
          ...(added && { transport: true }),
          targets: [...new Set(holding.map(({ group }) => group.target))],
        },
      ];
    });
  };

  /** The same for a host that many targets name: found once, and then by port and path. */
  const holdersByKey = (host: Host): HoldersAt => {
    let byKey: Map<string, Unit[]> | null = null;
    return (wanted) => {
      if (byKey === null) {
        byKey = new Map();
        for (const unit of holders(host))
          for (const key of unit.portPaths) {
            const found = byKey.get(key);
            if (found === undefined) byKey.set(key, [unit]);
            else found.push(unit);
          }
      }
      return byKey.get(wanted) ?? [];
    };
  };

  // Single hosts by name, so that one host's ports are spread over the rounds however many targets declare it.
  const unitsOf = new Map<string, { readonly host: Host; readonly units: Unit[] }>();
  for (const unit of selected) {
    if (unit.source.kind !== 'hosts' || unit.source.hosts.kind !== 'single') continue;
    const host = unit.source.hosts;
    const known = unitsOf.get(host.text);
    if (known === undefined) unitsOf.set(host.text, { host, units: [unit] });
    else known.units.push(unit);
  }
  const singles = [...unitsOf.values()].map(({ host, units: ofHost }) => {
    const [only] = ofHost;
    if (only !== undefined && ofHost.length === 1)
      return { host, portPaths: only.group.portPaths, at: holdersAt(host) };
    const all = ofHost.flatMap(({ group }) => group.portPaths);
    const portPaths = [...new Map(all.map((portPath) => [portPathKey(portPath), portPath])).values()];
    return { host, portPaths, at: holdersByKey(host) };
  });
  const others = selected.filter(({ rank }) => rank > 0);
  const rounds = () =>
    Math.max(
      0,
      longest(others.map(({ group }) => group.portPaths.length)),
      longest(singles.map(({ portPaths }) => portPaths.length)),
    );

  function* singlePlaces(round: number): Generator<Place> {
    for (const { host, portPaths, at } of singles) {
      const portPath = portPaths[round];
      if (portPath === undefined) continue;
      yield* placesOf(host, portPath, ({ rank }) => rank === 0, at);
    }
  }

  function* unitPlaces(unit: Unit, hosts: Hosts, round: number): Generator<Place> {
    const portPath = unit.group.portPaths[round];
    if (portPath === undefined) return;
    for (const host of hostsOf(hosts, scope.leftOut)) {
      yield* placesOf(host, portPath, (maker) => maker === unit);
    }
  }

  async function* listPlaces(unit: Unit, list: HostList, round: number): AsyncGenerator<Place> {
    const portPath = unit.group.portPaths[round];
    if (portPath === undefined) return;
    for await (const { line, hosts } of list.lines()) {
      for (const host of hostsOf(hosts, scope.leftOut)) {
        if (!list.owns(line, host.text, host.address)) continue;
        yield* placesOf(host, portPath, (maker) => maker === unit);
      }
    }
  }

  function* madeInMemory(round: number): Generator<Place> {
    yield* singlePlaces(round);
    for (const unit of others) {
      if (unit.source.kind === 'hosts') yield* unitPlaces(unit, unit.source.hosts, round);
    }
  }

  async function* places(): AsyncGenerator<Place> {
    const spread = spreader();
    let ordinal = 0;
    for (let round = 0, last = rounds(); round < last; round++) {
      for (const place of madeInMemory(round)) {
        for (const ready of spread.put(place)) yield { ...ready, ordinal: ordinal++ };
      }
      for (const unit of others) {
        if (unit.source.kind !== 'list') continue;
        for await (const place of listPlaces(unit, unit.source.list, round)) {
          for (const ready of spread.put(place)) yield { ...ready, ordinal: ordinal++ };
        }
      }
    }
    for (const ready of spread.rest()) yield { ...ready, ordinal: ordinal++ };
  }

  // Names with several fixed addresses make as many places; in a pattern or a list any of them may be.
  const more = [...fixed.values()].reduce((sum, addresses) => sum + addresses.length - 1, 0);
  const sizeOf = (source: Source): number => {
    if (source.kind === 'list') return source.list.singles + source.list.inRanges + more;
    const { hosts } = source;
    if (hosts.kind === 'numbered') return hosts.size + more;
    return hosts.kind === 'range' ? hosts.size : (fixed.get(hosts.text)?.length ?? 1);
  };

  let counted: { readonly total: number | null } | null = null;
  const shares = () =>
    selected.map(({ source, group: { target, portPaths } }): Share => {
      const size = sizeOf(source);
      const transport = portPaths.filter((portPath) => portPath.transport === true).length;
      return { target, endpoints: size * portPaths.length, transport: size * transport, portPaths: portPaths.length };
    });
  const atMost = () => shares().reduce((sum, { endpoints }) => sum + endpoints, 0);

  const countPlaces = (): number | null => {
    if (shard !== null) return others.some(({ source }) => source.kind === 'list') ? null : countMade();
    const listed = others.filter(({ source }) => source.kind === 'list');
    const [list] = listed;
    if (list !== undefined) {
      // A list by itself, of single hosts only: its table knows how many there are.
      if (list.source.kind !== 'list' || selected.length > 1 || list.source.list.inRanges > 0) return null;
      if (list.without !== null || scope.excludesAnything || more > 0) return null;
      return list.source.list.singles * list.group.portPaths.length;
    }
    return atMost() > countable ? countDisjoint() : countMade();
  };

  const countMade = (): number | null => {
    if (atMost() / (shard === null ? 1 : shardParts(shard).of) > countable) return null;
    let total = 0;
    for (let round = 0, last = rounds(); round < last; round++) total += lengthOf(madeInMemory(round));
    return total;
  };

  /** Addresses of version 4 that no two groups share are counted by their number; for all else the upper bound must do. */
  const countDisjoint = (): number | null => {
    const all: Stretch[] = [];
    let total = 0;
    for (const { source, without, group } of selected) {
      if (source.kind !== 'hosts' || without !== null || group.without.length > 0) return null;
      const stretches = stretchesOf(source.hosts, 4);
      if (stretches.length === 0) return null;
      all.push(...stretches);
      total += (addressesIn(stretches) - Number(overlap(stretches, scope.leftOut[4]))) * group.portPaths.length;
    }
    return addressesIn(joinStretches(all)) === addressesIn(all) ? total : null;
  };

  return {
    places,
    atMost,
    shares,
    count: () => {
      counted ??= { total: countPlaces() };
      return counted.total;
    },
    declares: (host, address) =>
      index.find(host, address).length > 0 || lists.some(({ list }) => list.has(host, address)),
    declaresPlace: ({ host, port, basePath }) => {
      const address = readAddress(host);
      const key = portPathKey({ port, basePath });
      if (!holders({ text: host, address }).some(({ portPaths }) => portPaths.has(key))) return false;
      const { standing } = scope.ofHost(host, address);
      return standing !== 'excluded' && standing !== 'never';
    },
    declaredAt: (text, port) => {
      const isAt = (host: Host): boolean =>
        holders(host).some(
          ({ group: { selected, portPaths } }) =>
            selected && portPaths.some((portPath) => portPath.port === port && portPath.transport !== true),
        );
      const address = readAddress(text);
      if (address === null) {
        if (!isAt({ text, address })) return [];
        return (fixed.get(text) ?? [null]).map((known) => ({ host: text, address: known }));
      }
      const written = writeAddress(address);
      const named = [...fixed].flatMap(([name, addresses]) => (addresses.includes(written) ? [name] : []));
      return [
        ...(isAt({ text: written, address }) ? [written] : []),
        ...named.filter((name) => isAt({ text: name, address: null })),
      ].map((host) => ({ host, address: written }));
    },
  };
}

function longest(lengths: readonly number[]): number {
  return lengths.reduce((most, length) => Math.max(most, length), 0);
}

function lengthOf(items: Iterable<unknown>): number {
  const iterator = items[Symbol.iterator]();
  let length = 0;
  while (iterator.next().done !== true) length++;
  return length;
}

// How many places are held back at most.
const mostHeld = 64;

/** Passes places on in order, but holds one back while the place before it has the same address. */
function spreader() {
  const held: Place[] = [];
  let before = '';
  const keyOf = ({ host, address }: Place) => address ?? host;
  const pass = (place: Place): Place => {
    before = keyOf(place);
    return place;
  };
  function* release(): Generator<Place> {
    for (let at = 0; at < held.length;) {
      const place = held[at];
      if (place !== undefined && keyOf(place) !== before) {
        held.splice(at, 1);
        yield pass(place);
        at = 0;
      } else at++;
    }
  }
  return {
    *put(place: Place): Generator<Place> {
      if (keyOf(place) === before) {
        held.push(place);
        if (held.length > mostHeld) {
          const first = held.shift();
          if (first !== undefined) yield pass(first);
        }
        return;
      }
      yield pass(place);
      if (held.length > 0) yield* release();
    },
    *rest(): Generator<Place> {
      yield* release();
      for (const place of held.splice(0)) yield pass(place);
    },
  };
}
