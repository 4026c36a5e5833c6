import { domainToASCII } from 'node:url';
import {
  looksLikeIpv4,
  parseRange,
  rangeOfOne,
  readAddress,
  sizeOf,
  writeAddress,
  wrongIpv4,
  type Address,
  type Range,
} from './address.js';
import { right, wrong, type Parsed } from './mistake.js';

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
  /** What stands after the last bracket: lets a set of patterns find the ones that may match. */
  readonly tail: string;
  readonly at: (position: number) => string;
  readonly has: (host: string) => boolean;
}

/** The addresses of a CIDR range. */
export interface RangeHosts {
  readonly kind: 'range';
  readonly text: string;
  readonly range: Range;
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

/** A host of a target: a name, an address, a CIDR range or a numbered pattern. */
export function parseHosts(text: string): Parsed<Hosts> {
  const general = wrongForm(text);
  if (general !== null) return general;
  if (text.includes('/')) {
    const parsed = parseRange(text);
    if (!parsed.ok) return parsed;
    const range = parsed.value;
    if (sizeOf(range) > largestRange) {
      const widest = range.version === 4 ? '/8' : '/104';
      return wrong(
        `a range wider than ${widest} cannot be asked address by address`,
        `write the ranges that are yours, ${widest} at most, or list the hosts with hostsFrom:`,
      );
    }
    if (sizeOf(range) === 1) return right(addressHost(range));
    return right({ kind: 'range', text, range });
  }
  if (text.includes('[') && !/^\[[0-9a-f:.]*\]$/i.test(text)) return parseNumbered(text);
  if (text.includes('*')) {
    return wrong(
      'a target names its hosts; `*` stands only in scope',
      'write the hosts, a pattern such as es-[01-12].acme.example, or a CIDR range',
    );
  }
  return parseSingle(text);
}

/** A name or an address, nothing that stands for several. */
export function parseSingle(text: string): Parsed<SingleHost> {
  if (plainName.test(text)) return right({ kind: 'single', text, address: null });
  const general = wrongForm(text);
  if (general !== null) return general;
  const bare = text.replace(/^\[([0-9a-f:.]*)\]$/i, '$1');
  const address = readAddress(bare);
  if (address !== null) return right(addressHost(address));
  if (bare.includes(':')) {
    if (bare.includes('%'))
      return wrong('an address with a zone is link-local, and never asked', 'write a global address');
    return /^[^:]*:\d*$/.test(bare)
      ? wrong('a host takes no port', `write ${bare.slice(0, bare.indexOf(':'))} here and the port in ports:`)
      : wrong('this is no IPv6 address', 'write one such as 2001:db8::10, in quotes');
  }
  if (looksLikeIpv4(bare)) return wrongIpv4(bare);
  return parseName(bare);
}

function addressHost(address: Address): SingleHost {
  const plain: Address =
    address.version === 4 ? { version: 4, value: address.value } : { version: 6, value: address.value };
  return { kind: 'single', text: writeAddress(plain), address: plain };
}

/** The range a single address is, or the range itself; null for names. */
export function rangeOf(hosts: SingleHost | RangeHosts): Range | null {
  if (hosts.kind === 'range') return hosts.range;
  return hosts.address === null ? null : rangeOfOne(hosts.address);
}

function wrongForm(text: string): { ok: false; message: string; instead: string } | null {
  if (text === '') return wrong('a host is missing', 'write a name, an address or a range');
  if (text.length > 500) return wrong('this is too long for a host', 'write a name of at most 253 characters');
  if (text.includes('@'))
    return wrong('a host takes no user or password', 'write the host alone, and no credentials in this file');
  if (text.includes('://'))
    return wrong('this is a URL, not a host', 'write the host alone, or url: instead of hosts:');
  if (/[\s\\?#%^|<>"`{}]/.test(text.replace(/%.*$/, (zone) => (text.includes(':') ? '' : zone)))) {
    return wrong(
      'a host name holds only letters, digits, dots and hyphens',
      'write the host alone, such as es.acme.example',
    );
  }
  return null;
}

// What most names are: neither an address nor in need of mending.
const plainName =
  /^(?!.*xn--)(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

function parseName(text: string): Parsed<SingleHost> {
  const ascii = domainToASCII(text.replace(/\.$/, '')).toLowerCase();
  if (ascii !== '' && looksLikeIpv4(ascii)) {
    return wrong('this turns into an IP address', `write ${ascii} in plain digits if that is meant`);
  }
  const labels = ascii.split('.');
  const bad = labels.find((label) => !/^(?!-)[a-z0-9_-]{1,63}(?<!-)$/.test(label));
  if (bad !== undefined || ascii.length > 253) {
    return wrong(
      'this is no host name',
      'write labels of letters, digits and hyphens (at most 63 each, 253 together) with single dots between them, such as es.acme.example',
    );
  }
  return right({ kind: 'single', text: ascii, address: null });
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
  const example = 'write one such as es-[01-12].acme.example';
  const parts = text.split(/\[([^\][]*)\]/);
  const literals = parts.filter((_, index) => index % 2 === 0);
  if (literals.some((literal) => /[\][]/.test(literal))) return wrong('its brackets do not match', example);
  if (literals.slice(1, -1).some((literal) => !/\D/.test(literal))) {
    return wrong(
      'two numbers stand side by side, so that one name could be meant twice',
      'write something else than digits between them',
    );
  }
  const counters: Counter[] = [];
  for (const bounds of parts.filter((_, index) => index % 2 === 1)) {
    const match = /^(\d{1,9})-(\d{1,9})$/.exec(bounds);
    const low = match?.[1];
    const high = match?.[2];
    if (low === undefined || high === undefined) return wrong(`\`[${bounds}]\` is not a range of numbers`, example);
    const from = Number(low);
    const to = Number(high);
    if (to < from) return wrong(`\`[${bounds}]\` counts backwards`, `write [${high}-${low}]`);
    const padded = low.startsWith('0') && low.length > 1;
    if (padded ? low.length !== high.length : high.startsWith('0') && high.length > 1) {
      return wrong(
        `the numbers of \`[${bounds}]\` differ in length`,
        `write [${low.padStart(high.length, '0')}-${high.padStart(low.length, '0')}], or without leading zeros`,
      );
    }
    counters.push({ from, size: to - from + 1, width: padded ? low.length : 0 });
  }
  const size = counters.reduce((product, counter) => product * counter.size, 1);
  if (size > largestPattern) {
    return wrong(
      `a pattern stands for at most ${largestPattern} hosts, this one for ${size}`,
      'write several patterns, or list the hosts with hostsFrom:',
    );
  }
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
  if (/[*,/]/.test(text)) return wrong('a pattern is a name with numbers in brackets', example);
  const last = parseSingle(fill(literals, numbersAt(size - 1)));
  if (!last.ok) {
    const ipv4 = looksLikeIpv4(fill(literals, numbersAt(0)));
    return ipv4 ? wrong('a numbered pattern stands for names', 'write addresses one by one or as a CIDR range') : last;
  }
  if (last.value.address !== null || looksLikeIpv4(fill(literals, numbersAt(0)))) {
    return wrong('a numbered pattern stands for names', 'write addresses one by one or as a CIDR range');
  }
  const plain = literals.map((literal, index) =>
    (index === literals.length - 1 ? literal.replace(/\.$/, '') : literal).toLowerCase(),
  );
  if (!plain.every((literal) => /^[a-z0-9._-]*$/.test(literal))) {
    return wrong('a pattern is written in ASCII', 'write the name in its xn-- form');
  }
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
  if (text.includes('/') && !text.includes('://') && !text.includes('@')) {
    const parsed = parseRange(text);
    return parsed.ok ? right({ kind: 'range', text, range: parsed.value }) : parsed;
  }
  if (!text.includes('*')) return parseHosts(text);
  if (!text.startsWith('*.') || text.includes('*', 1)) {
    return wrong('`*` stands only at the beginning, for all names below a domain', 'write one such as *.acme.example');
  }
  const parsed = parseSingle(text.slice(2));
  if (!parsed.ok) return parsed;
  if (parsed.value.address !== null)
    return wrong('`*.` stands before a domain, not before an address', 'write a CIDR range');
  return right({ kind: 'below', text: `*.${parsed.value.text}`, suffix: `.${parsed.value.text}` });
}
