// Answers whether an address may be asked.
import { scope as inEnglish } from '../messages/en/targets/rules.js';
import type { NeverAsked, OutsideScope } from '../model/engagement.js';
import { carried, holds, isLoopback, neverAsked, readAddress, writeAddress, type Address } from './address.js';
import { hostIndex } from './host-index.js';
import { isLocalName, stretchesOf, type Hosts, type NamesBelow, type RangeHosts } from './host.js';
import { joinStretches, overlap, stretchIndex, stretchOf, stretchOfOne, type Stretch } from './stretch.js';

/** Whether something may be asked, and if not, why, in a few words for the journal. */
export type Permission = { readonly allowed: true } | { readonly allowed: false; readonly why: string };

/** What the engagement covers: answers "may we ask this, there?" for every connection. */
export interface Scope {
  /**
   * True only for a declared host at an address that is inside `include`, not excluded, and not link-local, multicast or
   * unspecified; loopback only where it is declared.
   *
   * @param host as in `Endpoint.host`
   * @param address the address a connection goes to, in any spelling (`::ffff:192.0.2.1` too)
   */
  mayAsk(host: string, address: string): Permission;
  /** Names that are excluded: to be looked up at the start of a run, so that their addresses can be excluded too. */
  readonly excludedNames: readonly string[];
  /** This scope without these addresses as well. */
  excluding(addresses: Iterable<string>): Scope;
}

/** An entry of `include` or `exclude`. */
export type ScopeEntry = Hosts | NamesBelow;

/** How the scope takes a host as declared, before any look-up. `possible` still depends on the addresses of a name. */
export type Standing =
  | { readonly standing: 'possible' }
  | { readonly standing: 'excluded'; readonly by: 'name' | 'address' }
  | { readonly standing: 'outside'; readonly what: OutsideScope }
  | { readonly standing: 'never'; readonly why: NeverAsked };

/** A {@link Scope} with what the reading and the expansion of a declaration ask of it. */
export interface ScopeRules extends Scope {
  /** A host and its address, where that is known. */
  ofHost(host: string, address: Address | null): Standing;
  /** A range: `never` when all of it is, `outside` when any of it is not included. */
  ofRange(range: RangeHosts): Standing;
  /** The addresses that are excluded or never asked, by family, as joined stretches. */
  readonly leftOut: Readonly<Record<4 | 6, readonly Stretch[]>>;
  readonly excludesAnything: boolean;
}

/** What a scope is made of. */
export interface ScopeParts {
  /** null when the file has no `include`: then the scope is exactly what is declared. */
  readonly include: readonly ScopeEntry[] | null;
  readonly exclude: readonly ScopeEntry[];
  /** True when there is no engagement. */
  readonly loopbackOnly: boolean;
  /** Whether targets or controls declare the host. */
  readonly declares: (host: string, address: Address | null) => boolean;
  /** The addresses fixed for names. */
  readonly fixed: ReadonlyMap<string, readonly string[]>;
}

interface Entries {
  readonly hasRanges: boolean;
  readonly stretches: Readonly<Record<4 | 6, readonly Stretch[]>>;
  readonly hasName: (name: string) => boolean;
  readonly hasAddress: (address: Address) => boolean;
}

function entriesOf(entries: readonly ScopeEntry[], also: readonly Address[] = []): Entries {
  const names = hostIndex<true>();
  for (const entry of entries) if (entry.kind !== 'range') names.add(entry, true);
  const ofFamily = (version: 4 | 6) =>
    joinStretches([
      ...entries.flatMap((entry) => (entry.kind === 'below' ? [] : stretchesOf(entry, version))),
      ...also.filter((address) => address.version === version).map(stretchOfOne),
    ]);
  const stretches = { 4: ofFamily(4), 6: ofFamily(6) };
  const addresses = { 4: stretchIndex<true>(4), 6: stretchIndex<true>(6) };
  for (const version of [4, 6] as const) for (const each of stretches[version]) addresses[version].add(each, true);
  return {
    hasRanges: entries.some(({ kind }) => kind === 'range'),
    stretches,
    hasName: (name) => names.find(name, null).length > 0,
    hasAddress: (address) => addresses[address.version].find(address).length > 0,
  };
}

const yes: Permission = { allowed: true };

const { refused } = inEnglish;

/** The journal keeps why, in English whatever the language. */
function no(why: string): Permission {
  return { allowed: false, why };
}

function same(a: Address, b: Address): boolean {
  return a.version === b.version && a.value === b.value;
}

function neverWhy(address: Address): NeverAsked | null {
  const inner = carried(address);
  for (const { range, why } of neverAsked) {
    if (holds(range, address) || (inner !== null && holds(range, inner))) return why;
  }
  return inner !== null && isLoopback(inner) ? 'carriesLoopback' : null;
}

/** Builds the scope of a declaration. */
export function scopeOf(parts: ScopeParts): ScopeRules {
  return build(parts, []);
}

function build(parts: ScopeParts, alsoExcluded: readonly Address[]): ScopeRules {
  const { include, exclude, loopbackOnly, declares, fixed } = parts;
  const excludedNames = entriesOf(exclude);
  // An excluded name takes the address along that the file fixes for it.
  const withNames = [...fixed]
    .filter(([name]) => excludedNames.hasName(name))
    .flatMap(([, addresses]) => addresses.map(readAddress));
  const excluded = entriesOf(exclude, [...alsoExcluded, ...withNames.filter((address) => address !== null)]);
  const included = include === null ? null : entriesOf(include);

  const either = (address: Address, test: (face: Address) => boolean): boolean => {
    const inner = carried(address);
    return test(address) || (inner !== null && test(inner));
  };

  const ofHost = (host: string, address: Address | null): Standing => {
    const name = readAddress(host) === null ? host : null;
    if (address !== null) {
      const why = neverWhy(address);
      if (why !== null) return { standing: 'never', why };
      if (either(address, excluded.hasAddress)) return { standing: 'excluded', by: 'address' };
    }
    if (name !== null && excluded.hasName(name)) return { standing: 'excluded', by: 'name' };
    if (included === null) return { standing: 'possible' };
    if (address !== null && either(address, included.hasAddress)) return { standing: 'possible' };
    const listed = name !== null && included.hasName(name);
    if (address === null) {
      // Whether its addresses lie in the ranges is known only after the look-up.
      return listed || included.hasRanges ? { standing: 'possible' } : { standing: 'outside', what: 'name' };
    }
    return listed && !included.hasRanges ? { standing: 'possible' } : { standing: 'outside', what: 'address' };
  };

  const leftOut = (version: 4 | 6) =>
    joinStretches([
      ...excluded.stretches[version],
      ...neverAsked.filter(({ range }) => range.version === version).map(({ range }) => stretchOf(range)),
    ]);

  return {
    ofHost,
    ofRange: (range) => {
      const { version, stretches } = range;
      const size = stretches.reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
      const [never] = neverAsked
        .filter((entry) => entry.range.version === version)
        .filter((entry) => overlap(stretches, [stretchOf(entry.range)]) === size);
      if (never !== undefined) return { standing: 'never', why: never.why };
      if (included !== null && overlap(stretches, included.stretches[version]) < size) {
        return { standing: 'outside', what: { range: range.text } };
      }
      return { standing: 'possible' };
    },
    leftOut: { 4: leftOut(4), 6: leftOut(6) },
    excludesAnything: exclude.length > 0 || alsoExcluded.length > 0,
    mayAsk: (host, text) => {
      const address = readAddress(text);
      if (address === null) return no(refused.notAnAddress);
      const literal = readAddress(host);
      if (literal !== null && !same(literal, address)) return no(refused.otherAddress);
      const known = fixed.get(host);
      if (known?.includes(writeAddress(address)) === false) return no(refused.otherFixed);
      const found = ofHost(host, address);
      if (found.standing === 'never') return no(inEnglish.neverAsked(found.why).message);
      if (found.standing === 'excluded')
        return no(found.by === 'name' ? refused.excludedName : refused.excludedAddress);
      if (!declares(host, literal)) return no(refused.notDeclared);
      if (isLoopback(address)) {
        const declared =
          isLocalName(host) ||
          known !== undefined ||
          declares(writeAddress(address), address) ||
          included?.hasAddress(address) === true;
        if (!declared) return no(refused.loopback);
      } else if (loopbackOnly) {
        return no(refused.noEngagement);
      }
      return found.standing === 'outside' ? no(inEnglish.outside('address').message) : yes;
    },
    excludedNames: exclude.flatMap((entry) => {
      if (entry.kind === 'numbered') return Array.from({ length: entry.size }, (_, position) => entry.at(position));
      return entry.kind === 'single' && entry.address === null ? [entry.text] : [];
    }),
    excluding: (addresses) =>
      build(parts, [...alsoExcluded, ...[...addresses].map(readAddress).filter((address) => address !== null)]),
  };
}
