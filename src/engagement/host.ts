// Reads hosts: names, addresses, ranges and patterns such as `es-[01-12]`.
import { domainToASCII, domainToUnicode } from 'node:url';
import { messages } from '../messages/index.js';
import { addressOf, type Address } from './address.js';
import { looksLikeAddresses, parseAddresses, type Addresses } from './addresses.js';
import { right, wrong, type Parsed, type Wrong } from './mistake.js';
import { sizeOf, stretchOfOne, type Stretch } from './stretch.js';

/** A host by its canonical text: a name in lower-case ASCII without trailing dot, or an address. */
export interface SingleHost {
  readonly kind: 'single';
  readonly text: string;
  /** null for a name. */
  readonly address: Address | null;
}

/** Hosts numbered after a pattern such as `es-[01-12].acme.example`. */
export interface NumberedHosts {
  readonly kind: 'numbered';
  readonly text: string;
  readonly size: number;
  /** What follows the last bracket: lets a set of patterns find the ones that may match. */
  readonly tail: string;
  readonly at: (position: number) => string;
  readonly has: (host: string) => boolean;
}

/** The addresses of a CIDR range, or of one that is written in another way: more than one. */
export interface RangeHosts extends Addresses {
  readonly kind: 'range';
  readonly size: number;
}

/** What stands for hosts in the file. */
export type Hosts = SingleHost | NumberedHosts | RangeHosts;

/** All names below a domain, at any depth: `*.acme.example`. */
export interface NamesBelow {
  readonly kind: 'below';
  readonly text: string;
  /** With its leading dot. */
  readonly suffix: string;
}

/** Addresses one range may stand for in `targets`: a /8 of IPv4. */
export const largestRange = 2 ** 24;

/** Hosts one numbered pattern may stand for. */
export const largestPattern = 100_000;

/** A host of a target: a name, an address, addresses as {@link parseAddresses} reads them, or a numbered pattern. */
export function parseHosts(text: string): Parsed<Hosts> {
  if (plainName.test(text)) return right({ kind: 'single', text, address: null });
  return parseAny(text, largestRange);
}

/** @param most addresses that one range may stand for */
function parseAny(text: string, most: number): Parsed<Hosts> {
  const parsed = parseForm(text, most);
  if (parsed.ok) return parsed;
  const several = splitHosts(text);
  if (several.length > 1 && !several.includes('to') && several.every((each) => parseForm(each, most).ok))
    return wrong(messages().targets.hosts.several);
  return parsed;
}

function parseForm(text: string, most: number): Parsed<Hosts> {
  const general = wrongForm(text);
  if (general !== null) return general;
  const addresses = parseAddresses(text);
  if (addresses !== null) return addresses.ok ? hostsOf(addresses.value, most) : addresses;
  if (text.includes('[')) return parseNumbered(text);
  if (text.includes('*')) return wrong(messages().targets.hosts.wildcard);
  return parseName(text);
}

/** Texts in which several hosts are written one after another, as in a field of a table. */
export function splitHosts(text: string): readonly string[] {
  const words = text.replace(/(?<=[\d:a-f]) *- *(?=[\d:a-f])/gi, '-').split(/[\s;|]+/);
  // Commas separate hosts; inside a host they list numbers of an address.
  const split = words.flatMap((word) =>
    /^[\d,-]+(?:\.[\d,-]+){3}$/.test(word.replace(/,$/, '')) ? [word] : word.split(','),
  );
  return split.map((word) => word.replace(/,$/, '')).filter((word) => word !== '');
}

/** A name or an address, nothing that stands for several. */
export function parseSingle(text: string): Parsed<SingleHost> {
  const parsed = parseHosts(text);
  if (!parsed.ok) return parsed;
  if (parsed.value.kind === 'single') return right(parsed.value);
  return wrong(messages().targets.hosts.notOne);
}

function hostsOf(addresses: Addresses, most: number): Parsed<Hosts> {
  const { version, text, stretches } = addresses;
  const size = sizeOf(stretches);
  if (size > most) return wrong(messages().targets.hosts.tooWide(version === 4 ? '/8' : '/104'));
  const [only] = stretches;
  if (size > 1 || only === undefined) return right({ ...addresses, kind: 'range', size });
  return right({ kind: 'single', text, address: addressOf(version, only.first) });
}

function wrongForm(text: string): Wrong | null {
  const said = messages().targets.hosts;
  if (text === '') return wrong(said.missing);
  if (text.length > 500) return wrong(said.tooLong);
  if (text.includes('@')) return wrong(said.credentials);
  return text.includes('://') ? wrong(said.url) : null;
}

// What most names are: neither an address nor in need of repair.
const plainName = /^(?!\d|.*xn--)(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

function parseName(text: string): Parsed<SingleHost> {
  const said = messages().targets.hosts;
  if (text.trim() !== text) return wrong(said.spaces);
  if (/(?!-)[\p{Pd}\u2212]/u.test(text)) return wrong(said.dash);
  if (/[\s\\?#%^|<>"`{}\p{Cf}]/u.test(text)) return wrong(said.oddCharacters);
  const ascii = domainToASCII(text.replace(/\.$/, '')).toLowerCase();
  if (ascii !== '' && looksLikeAddresses(ascii)) return wrong(said.turnsIntoAddress(ascii));
  const labels = ascii.split('.');
  const bad = labels.find((label) => !/^(?!-)[a-z0-9_-]{1,63}(?<!-)$/.test(label) || isBrokenPunycode(label));
  if (bad !== undefined || ascii.length > 253) return wrong(said.notAName);
  return right({ kind: 'single', text: ascii, address: null });
}

/** A label that says it is punycode and is not: from Node 24 on, the conversion lets these pass as they are. */
function isBrokenPunycode(label: string): boolean {
  return label.startsWith('xn--') && !/\P{ASCII}/u.test(domainToUnicode(label));
}

/** True for `localhost` and the names below it, which RFC 6761 keeps for loopback. */
export function isLocalName(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost');
}

interface Counter {
  readonly from: number;
  readonly size: number;
  readonly width: number;
}

function parseNumbered(text: string): Parsed<NumberedHosts> {
  const said = messages().targets.hosts.pattern;
  const parts = text.split(/\[([^\][]*)\]/);
  const literals = parts.filter((_, index) => index % 2 === 0);
  if (literals.some((literal) => /[\][]/.test(literal))) return wrong(said.brackets);
  if (literals.slice(1, -1).some((literal) => !/\D/.test(literal))) return wrong(said.nothingBetween);
  const counters: Counter[] = [];
  for (const bounds of parts.filter((_, index) => index % 2 === 1)) {
    const match = /^(\d{1,9})-(\d{1,9})$/.exec(bounds);
    const low = match?.[1];
    const high = match?.[2];
    if (low === undefined || high === undefined) return wrong(said.notNumbers(bounds));
    const from = Number(low);
    const to = Number(high);
    const turned = `[${high}-${low}]`;
    if (to < from) return wrong(said.backwards(bounds, turned), turned);
    const padded = low.startsWith('0') && low.length > 1;
    if (padded ? low.length !== high.length : high.startsWith('0') && high.length > 1) {
      const alike = `[${low.padStart(high.length, '0')}-${high.padStart(low.length, '0')}]`;
      return wrong(said.twoLengths(bounds, alike));
    }
    counters.push({ from, size: to - from + 1, width: padded ? low.length : 0 });
  }
  const size = counters.reduce((product, counter) => product * counter.size, 1);
  if (size > largestPattern) return wrong(said.tooMany(largestPattern, size));
  const numbersAt = (position: number): string[] => {
    let rest = position;
    const texts: string[] = [];
    for (const { from, size: each, width } of counters.toReversed()) {
      texts.unshift(String(from + (rest % each)).padStart(width, '0'));
      rest = Math.floor(rest / each);
    }
    return texts;
  };
  const fill = (pieces: readonly string[], numbers: readonly string[]) =>
    pieces.map((piece, index) => piece + (numbers[index] ?? '')).join('');
  if (/[*,/]/.test(text)) return wrong(said.oddSigns);
  if ([0, size - 1].some((position) => looksLikeAddresses(fill(literals, numbersAt(position)))))
    return wrong(said.ofAddresses);
  const last = parseName(fill(literals, numbersAt(size - 1)));
  if (!last.ok) return last;
  const plain = literals.map((literal, index) =>
    (index === literals.length - 1 ? literal.replace(/\.$/, '') : literal).toLowerCase(),
  );
  if (!plain.every((literal) => /^[a-z0-9._-]*$/.test(literal))) return wrong(said.notAscii);
  const matcher = new RegExp(`^${plain.map((literal) => literal.replace(/[.-]/g, '\\$&')).join('(\\d+)')}$`);
  const has = (host: string): boolean => {
    const match = matcher.exec(host);
    return (
      match !== null &&
      counters.every(({ from, size: each, width }, index) => {
        const digits = match[index + 1] ?? '';
        const number = Number(digits);
        return number >= from && number < from + each && digits === String(number).padStart(width, '0');
      })
    );
  };
  return right({
    kind: 'numbered',
    text: fill(
      plain,
      counters.map(({ from, size: each, width }) => {
        const high = String(from + each - 1).padStart(width, '0');
        return `[${String(from).padStart(width, '0')}-${high}]`;
      }),
    ),
    size,
    tail: plain.at(-1) ?? '',
    at: (position) => fill(plain, numbersAt(position)),
    has,
  });
}

/** An entry of `scope`: as {@link parseHosts}, of any width, or `*.acme.example` for all names below a domain. */
export function parseScopeEntry(text: string): Parsed<Hosts | NamesBelow> {
  if (text.startsWith('*.') && !text.includes('*', 1)) {
    const parsed = parseSingle(text.slice(2));
    if (!parsed.ok) return parsed;
    if (parsed.value.address !== null) return wrong(messages().targets.hosts.wildcardAddress);
    return right({ kind: 'below', text: `*.${parsed.value.text}`, suffix: `.${parsed.value.text}` });
  }
  if (text.includes('*') && !looksLikeAddresses(text)) return wrong(messages().targets.hosts.wildcardInside);
  return parseAny(text, Infinity);
}

/** The addresses that a single address or a range stands for; none for names, and for those of the other family. */
export function stretchesOf(hosts: Hosts, version: 4 | 6): readonly Stretch[] {
  if (hosts.kind === 'range') return hosts.version === version ? hosts.stretches : [];
  if (hosts.kind !== 'single' || hosts.address?.version !== version) return [];
  return [stretchOfOne(hosts.address)];
}
