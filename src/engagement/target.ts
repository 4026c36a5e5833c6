// Reads one target: hosts, ports, paths, owner and expectation.
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { messages } from '../messages/index.js';
import type { Expectation, SourceLine, Target } from '../model/endpoint.js';
import { addressOf, isLoopback, isLoopbackStretch, readAddress, type Address } from './address.js';
import type { PortPath, Group, Source } from './expand.js';
import type { TargetEntry } from './entry.js';
import { hostIndex } from './host-index.js';
import { readHostList, type HostList, type ListSource } from './host-list.js';
import { isLocalName, stretchesOf, type Hosts, type RangeHosts, type SingleHost } from './host.js';
import type { MistakeList, MistakeText } from './mistake.js';
import type { Path } from './document.js';
import type { Owners, OwnerRules } from './owner.js';
import { inRepository } from './repository.js';
import type { ExceptionPart, ExpectPart } from './schema.js';
import type { ScopeRules, Standing } from './scope.js';
import { joinStretches, overlap } from './stretch.js';
import { standardPorts } from './url.js';

/** Addresses that the file fixes for names: one or several each. */
export type Fixed = ReadonlyMap<string, readonly string[]>;

/** What is wrong with a host, and what to write instead; null when nothing is. */
export type HostCheck = (hosts: Hosts) => MistakeText | null;

// Ports times paths; no estate has more, and leftopen is not a port scanner.
const mostPortPaths = 500;

/** The addresses fixed for names, over all entries: every one that any of them gives a name. */
export function fixedAddresses(entries: readonly TargetEntry[], mistakes: MistakeList): Fixed {
  const fixed = new Map<string, readonly string[]>();
  for (const entry of entries) {
    for (const [index, host] of (entry.value.hosts ?? []).entries()) {
      if ('kind' in host) continue;
      const { name, address } = host;
      if (name.address === null) fixed.set(name.text, [...new Set([...(fixed.get(name.text) ?? []), ...address])]);
      else mistakes.add(entry.spot(['hosts', index, 'name']), messages().targets.target.addressWithAddress);
    }
  }
  return fixed;
}

/** The addresses of a single host, where they are known without a look-up. */
function knownAddresses(hosts: SingleHost, fixed: Fixed): readonly Address[] {
  if (hosts.address !== null) return [hosts.address];
  return (fixed.get(hosts.text) ?? []).map(readAddress).filter((address) => address !== null);
}

/** True when nothing but loopback can be meant. */
export function isLocal(hosts: Hosts, fixed: Fixed): boolean {
  if (hosts.kind === 'range') {
    const { version, stretches } = hosts;
    return stretches.every(({ first, last }) => isLoopbackStretch(addressOf(version, first), addressOf(version, last)));
  }
  if (hosts.kind === 'numbered') return isLocalName(hosts.at(0));
  const addresses = knownAddresses(hosts, fixed);
  return addresses.length === 0 ? isLocalName(hosts.text) : addresses.every(isLoopback);
}

/** How the scope takes what stands for hosts; of a pattern, the first host that is outside decides. */
export function standingOf(hosts: Hosts, scope: ScopeRules, fixed: Fixed): Standing {
  if (hosts.kind === 'range') return scope.ofRange(hosts);
  if (hosts.kind === 'single') {
    const addresses = knownAddresses(hosts, fixed);
    const standings = (addresses.length === 0 ? [null] : addresses).map((address) => scope.ofHost(hosts.text, address));
    // Of several addresses, one that is wrong is a mistake, and one that is excluded is left out by itself.
    const wrong = standings.find(({ standing }) => standing === 'never' || standing === 'outside');
    const possible = standings.find(({ standing }) => standing === 'possible');
    return wrong ?? possible ?? { standing: 'excluded', by: 'address' };
  }
  for (let position = 0; position < hosts.size; position++) {
    const name = hosts.at(position);
    const { standing } = scope.ofHost(name, null);
    if (standing === 'outside') return { standing, what: { host: name } };
  }
  return { standing: 'possible' };
}

/** The entry's place in the repository; null for what the command line gives. */
function sourceLine(entry: TargetEntry): SourceLine | null {
  const { file, line } = entry.spot([]);
  return line === 0 ? null : { file: inRepository(file), line };
}

/** What the entry declares of its endpoints, with the defaults. */
export function targetOf(entry: TargetEntry, owners: Owners): Target {
  const { value, defaults } = entry;
  const owner = ownerOf(value.owner, entry, ['owner'], owners) ?? ownerOf(defaults.owner, null, [], owners);
  return {
    id: value.id,
    owner: owner?.name ?? null,
    ownerContact: contactOf(owner),
    operator: value.operator ?? defaults.operator ?? null,
    environment: value.environment ?? defaults.environment ?? null,
    labels: { ...defaults.labels, ...value.labels },
    notes: value.notes ?? defaults.notes ?? null,
    expect: expectation(value.expect ?? defaults.expect),
    fronts: value.fronts ?? null,
    declaredIn: sourceLine(entry),
  };
}

function ownerOf(text: string | undefined, entry: TargetEntry | null, path: Path, owners: Owners): OwnerRules | null {
  if (text === undefined) return null;
  return owners.find(text, entry === null ? null : entry.spot(path));
}

function contactOf(owner: OwnerRules | null): string | null {
  const contact = owner?.contact ?? null;
  if (contact === null) return null;
  const { name, email, phone } = contact;
  return [email === null ? name : `${name} <${email}>`, ...(phone === null ? [] : [phone])].join(', ');
}

function expectation(part: ExpectPart | undefined): Expectation {
  if (part === undefined) return { kind: 'closed' };
  if (typeof part === 'string') return { kind: part };
  const { upTo, via, indices, reason, approvedBy, until } = part;
  return { kind: 'up-to', rung: upTo, via: via ?? null, indices: indices ?? [], reason, approvedBy, until };
}

/** Where nodes speak to each other unless it is set otherwise. */
const transportPort = 9300;

/**
 * An entry's ports at each of its paths.
 *
 * @param transport whether the technique `transportPort` adds the usual transport port of its hosts
 */
export function portPathsOf(entry: TargetEntry, transport: boolean, mistakes: MistakeList): readonly PortPath[] {
  const declared = declaredDoors(entry, mistakes);
  if (!transport || declared.some(({ port }) => port === transportPort)) return declared;
  return [...declared, { port: transportPort, basePath: '', transport: true }];
}

function declaredDoors(entry: TargetEntry, mistakes: MistakeList): readonly PortPath[] {
  const { value, defaults } = entry;
  if (value.url !== undefined) return [{ port: value.url.port, basePath: value.url.basePath }];
  const ports = (value.ports ?? defaults.ports ?? [standardPorts]).flat();
  const paths = value.paths ?? defaults.paths ?? [''];
  const portPaths = new Map<string, PortPath>();
  for (const basePath of paths) for (const port of ports) portPaths.set(`${port}${basePath}`, { port, basePath });
  if (portPaths.size > mostPortPaths) {
    mistakes.add(entry.spot(['ports']), messages().targets.target.tooManyEndpoints(portPaths.size, mostPortPaths));
  }
  return [...portPaths.values()];
}

/** Checks that an entry says where its endpoints are, once. */
export function checkPlaces(entry: TargetEntry, mistakes: MistakeList): void {
  const { value } = entry;
  if (value.url === undefined) {
    if (value.hosts === undefined && value.hostsFrom === undefined)
      mistakes.add(entry.spot([]), messages().targets.target.noEndpoint);
    return;
  }
  for (const key of ['hosts', 'hostsFrom', 'ports', 'paths', 'scheme'] as const) {
    if (value[key] !== undefined) mistakes.add(entry.spot([key], 'key'), messages().targets.target.besidesUrl(key));
  }
}

/**
 * Where the hosts of an entry come from. Lists are read once, to their end; what is wrong with any host is added.
 *
 * @param given a list that does not come from a file, for every name in `hostsFrom`
 */
export async function sourcesOf(
  entry: TargetEntry,
  mistakes: MistakeList,
  check: HostCheck,
  lists: Map<string, HostList>,
  given: ListSource | null = null,
): Promise<readonly Source[]> {
  const sources: Source[] = [];
  const add = (hosts: Hosts, path: Path) => {
    const found = check(hosts);
    if (found !== null) mistakes.add(entry.spot(path), found);
    sources.push({ kind: 'hosts', hosts });
  };
  if (entry.value.url !== undefined) add(entry.value.url.host, ['url']);
  for (const [index, host] of (entry.value.hosts ?? []).entries())
    add('kind' in host ? host : host.name, ['hosts', index]);
  for (const [index, name] of (entry.value.hostsFrom ?? []).entries()) {
    const path = resolve(entry.folder, name);
    const shown = isAbsolute(name) ? name : join(dirname(entry.spot([]).file), name);
    const known = lists.get(path);
    const list = known ?? (await readHostList(given ?? path, shown, mistakes, check));
    if ('unreadable' in list) {
      mistakes.add(entry.spot(['hostsFrom', index]), messages().targets.file.listUnreadable(list.unreadable));
      continue;
    }
    if (known === undefined && list.isEmpty)
      mistakes.add(entry.spot(['hostsFrom', index]), messages().targets.lists.empty);
    lists.set(path, list);
    sources.push({ kind: 'list', list });
  }
  return sources;
}

/** An entry of `except` with settings of its own, as a target. */
export interface Exception {
  readonly target: Target;
  readonly hosts: readonly Hosts[];
}

/** The entries of `except` that have settings of their own: the target's, unless they say otherwise. */
export function exceptionsOf(
  entry: TargetEntry,
  target: Target,
  owners: Owners,
  mistakes: MistakeList,
): readonly Exception[] {
  const seen = new Set<string>();
  return (entry.value.except ?? []).flatMap((exception, index): Exception[] => {
    const hosts = hostsOfException(exception);
    for (const { text } of hosts) {
      if (seen.has(text)) mistakes.add(entry.spot(['except', index]), messages().targets.target.exceptionTwice(text));
      seen.add(text);
    }
    const [first] = hosts;
    if ('kind' in exception || first === undefined) return [];
    const settings = ['owner', 'operator', 'environment', 'labels', 'notes', 'expect'] as const;
    if (settings.every((key) => exception[key] === undefined))
      mistakes.add(entry.spot(['except', index]), messages().targets.target.noSettings(first.text));
    const { owner, operator, environment, labels, notes, expect } = exception;
    const spot: TargetEntry['spot'] = (path, what) => entry.spot(['except', index, ...path], what);
    const value = { id: target.id, owner, operator, environment, labels, notes, expect };
    const own = targetOf({ ...entry, value, defaults: {}, spot }, owners);
    return [
      {
        hosts,
        target: {
          ...target,
          id: `${target.id}/${first.text}`,
          ...(owner === undefined ? {} : { owner: own.owner, ownerContact: own.ownerContact }),
          operator: own.operator ?? target.operator,
          environment: own.environment ?? target.environment,
          labels: { ...target.labels, ...own.labels },
          notes: own.notes ?? target.notes,
          expect: expect === undefined ? target.expect : own.expect,
        },
      },
    ];
  });
}

function hostsOfException(exception: ExceptionPart): readonly Hosts[] {
  return 'kind' in exception ? [exception] : exception.hosts;
}

/** The hosts that `except` leaves out. */
export function leftOutBy(entry: TargetEntry): readonly Hosts[] {
  return (entry.value.except ?? []).flatMap((exception) => ('kind' in exception ? [exception] : []));
}

/** A host in `except` that the target does not hold is a slip of the pen, and so is a range that has none of its hosts. */
export function checkExceptions(entry: TargetEntry, group: Group, mistakes: MistakeList): void {
  if (entry.value.except === undefined) return;
  const index = hostIndex<true>();
  for (const source of group.sources) if (source.kind === 'hosts') index.add(source.hosts, true);
  const holds = (text: string, address: Address | null) =>
    index.find(text, address).length > 0 ||
    group.sources.some((source) => source.kind === 'list' && source.list.has(text, address));
  const declared = (version: 4 | 6) =>
    joinStretches(
      group.sources.flatMap((source) => (source.kind === 'list' ? [] : stretchesOf(source.hosts, version))),
    );
  const stretches = { 4: declared(4), 6: declared(6) };
  // What a list holds in a range is not looked up.
  const touches = (hosts: RangeHosts) =>
    group.sources.some(({ kind }) => kind === 'list') || overlap(hosts.stretches, stretches[hosts.version]) > 0n;
  for (const [at, exception] of entry.value.except.entries()) {
    for (const hosts of hostsOfException(exception)) {
      if (hosts.kind === 'range' ? touches(hosts) : hosts.kind !== 'single' || holds(hosts.text, hosts.address))
        continue;
      mistakes.add(
        entry.spot(['except', at, ...('kind' in exception ? [] : ['hosts'])]),
        messages().targets.target.notAmongHosts(hosts.text),
      );
    }
  }
}
