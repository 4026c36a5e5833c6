// Reads what stands for addresses in the file: one, a CIDR range, or a range as Nmap writes it; and finds the slip in what
// only looks like one, since a slip that passes for a host name leaves addresses out of the audit without a word.
import ipaddr from 'ipaddr.js';
import { messages, type Messages } from '../messages/index.js';
import { addressOf, parseRange, readAddress, writeAddress, type Address } from './address.js';
import { right, wrong, type Parsed, type Wrong } from './mistake.js';
import { joinStretches, sizeOf, stretchOf, stretchOfOne, type Stretch } from './stretch.js';

/** Addresses of one family, in order. */
export interface Addresses {
  readonly version: 4 | 6;
  /** Canonical, and as written for a CIDR range. */
  readonly text: string;
  /** Joined: they neither overlap nor touch. */
  readonly stretches: readonly Stretch[];
}

// `10.0-255.0-255.1`, the first address of every /24 of a /8.
const mostStretches = 65_536;

/**
 * The addresses that a text stands for: `10.20.4.1`, `10.20.4.0/24`, `10.20.4.1-10.20.4.50`, `10.20.4.1-50`,
 * `10.20.1-3.1,5,9-12` (each of the four numbers a list of numbers and ranges, as in Nmap); IPv6 as an address, in CIDR
 * notation or from one address to another. A mistake for what looks like addresses but is not valid; null for what does not.
 */
export function parseAddresses(text: string): Parsed<Addresses> | null {
  if (!looksLikeAddresses(text)) return null;
  return exactly(text) ?? slipIn(text);
}

const octetLike = /^(?=[\doil]*\d|[oil]$|x{1,3}$|\*$)[\doilx*]{1,3}$/;
// A last part that no top-level domain is: it begins with a digit, or stands for "any number" or for digits.
const endLike = /^(?:\d.*|\p{L}|x{2,3}|\*|(?!(?:io|il|li|lol|ooo)$)[oil]{2,3})$/u;

/**
 * True for what could only be meant as addresses, right or wrong. A name's last part has a letter; where all parts before it are
 * numbers, more than one must replace a number.
 */
export function looksLikeAddresses(text: string): boolean {
  const plain = plainOf(text);
  if (/[:/]/.test(plain)) return true;
  if (/[[\]{}]/.test(plain)) return !/[^\d.,\-[\]{}*]/.test(plain);
  const labels = plain.toLowerCase().replace(/\.+$/, '').split('.');
  const last = labels.pop() ?? '';
  if (plain.includes('*')) return /\d/.test(plain) && [...labels, last].every((label) => octetLike.test(label));
  if (!/\p{L}/u.test(last) || /^0x[\da-f]*$/.test(last)) return true;
  if (labels.length === 0 || !labels.every((label) => octetLike.test(label))) return false;
  return labels.some((label) => /^\d+$/.test(label)) && (/^\d/.test(last) || (labels.length > 1 && endLike.test(last)));
}

/** The text with what only looks like ASCII digits, dots and hyphens written as these, and without spaces. */
function plainOf(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/[\u3002\u00b7]/g, '.')
    .replace(/[\s\p{Cf}]/gu, '');
}

/** What is written without a slip, or with one inside a form that is known; null for all else. */
function exactly(text: string): Parsed<Addresses> | null {
  const bare = text.replace(/^\[([\da-f:.]*:[\da-f:.]*)\]$/i, '$1').replace(/(?<=[\da-f:]) *- *(?=[\da-f:])/gi, '-');
  const address = readAddress(bare);
  if (address !== null) return right(one(address));
  if (bare.includes('/')) {
    const [base = '', bits = ''] = bare.split('/');
    const parsed = parseRange(bare);
    if (!parsed.ok) return readAddress(base) === null || bits.includes('.') ? null : parsed;
    const stretch = stretchOf(parsed.value);
    if (stretch.first === stretch.last) return right(one(addressOf(parsed.value.version, stretch.first)));
    return right({ version: parsed.value.version, text: bare, stretches: [stretch] });
  }
  if (/^[\d,-]+(?:\.[\d,-]+){3}$/.test(bare) && /[,-]/.test(bare)) return octets(bare);
  const [from = '', to = '', ...more] = bare.split('-');
  return more.length === 0 && /[.:]/.test(to) ? fromTo(from, to) : null;
}

function one(address: Address): Addresses {
  return { version: address.version, text: writeAddress(address), stretches: [stretchOfOne(address)] };
}

function fromTo(from: string, to: string): Parsed<Addresses> | null {
  const first = readAddress(from);
  const last = readAddress(to);
  if (first === null || last === null) return null;
  if (first.version !== last.version) return wrong(messages().targets.addresses.twoVersions);
  const [text, reversed] = [
    `${writeAddress(first)}-${writeAddress(last)}`,
    `${writeAddress(last)}-${writeAddress(first)}`,
  ];
  if (first.value > last.value) return wrong(messages().targets.addresses.backwards(reversed), reversed);
  if (first.value === last.value) return right(one(first));
  return right({ version: first.version, text, stretches: [{ first: BigInt(first.value), last: BigInt(last.value) }] });
}

interface Run {
  readonly low: number;
  readonly high: number;
}

function octets(text: string): Parsed<Addresses> | null {
  const lists: (readonly Run[])[] = [];
  for (const [index, octet] of text.split('.').entries()) {
    const runs: Run[] = [];
    for (const part of octet.split(',')) {
      const [, low = '', high = low] = /^(0|[1-9]\d{0,2})(?:-(0|[1-9]\d{0,2}))?$/.exec(part) ?? [];
      if (low === '') return null;
      if (Number(high) > 255 || Number(low) > 255) return wrong(messages().targets.addresses.past255(part));
      if (Number(high) < Number(low)) {
        const turned = text
          .split('.')
          .map((other, at) => (at === index ? other.replace(part, `${high}-${low}`) : other))
          .join('.');
        return wrong(messages().targets.addresses.partBackwards(part, turned), turned);
      }
      runs.push({ low: Number(low), high: Number(high) });
    }
    lists.push(joinRuns(runs));
  }
  const [a = [], b = [], c = [], d = []] = lists;
  const stretches: Stretch[] = [];
  for (const first of numbersIn(a))
    for (const second of numbersIn(b))
      for (const third of numbersIn(c)) {
        const base = BigInt(((first * 256 + second) * 256 + third) * 256);
        for (const { low, high } of d) {
          const before = stretches.at(-1);
          const [from, to] = [base + BigInt(low), base + BigInt(high)];
          if (before?.last === from - 1n) stretches.splice(-1, 1, { first: before.first, last: to });
          else stretches.push({ first: from, last: to });
        }
        if (stretches.length > mostStretches) return wrong(messages().targets.addresses.tooManyRanges(mostStretches));
      }
  const [only] = stretches;
  if (only !== undefined && sizeOf(stretches) === 1) return right(one(addressOf(4, only.first)));
  const canonical = lists.map((runs) => runs.map(({ low, high }) => (low === high ? low : `${low}-${high}`)).join(','));
  return right({ version: 4, text: canonical.join('.'), stretches });
}

function joinRuns(runs: readonly Run[]): readonly Run[] {
  const joined = joinStretches(runs.map(({ low, high }) => ({ first: BigInt(low), last: BigInt(high) })));
  return joined.map(({ first, last }) => ({ low: Number(first), high: Number(last) }));
}

function* numbersIn(runs: readonly Run[]): Generator<number> {
  for (const { low, high } of runs) for (let number = low; number <= high; number++) yield number;
}

type AddressMessages = Messages['targets']['addresses'];

interface Slip {
  readonly kind: Parameters<AddressMessages['slip']>[0];
  /** What was probably meant; the same text where this slip is not the one. */
  readonly repair: (text: string) => string;
}

// In the order in which they are tried: the first whose repair is right is the one.
const slips: readonly Slip[] = [
  {
    kind: 'oddCharacters',
    repair: (text) => text,
  },
  {
    kind: 'notAlone',
    repair: (text) => text.replace(/#.*$/, '').replace(/^["'`(<+]+|["'`)>;,]+$/g, ''),
  },
  {
    kind: 'leadingZeros',
    repair: (text) => (text.includes(':') ? text : text.replace(/(?<![\d/])0+(?=\d)/g, '')),
  },
  { kind: 'trailingDot', repair: (text) => text.replace(/\.+$/, '') },
  { kind: 'extraDot', repair: (text) => text.replace(/^\.+|\.+(?=\.)|\.+$/g, '') },
  { kind: 'brackets', repair: (text) => text.replace(/^\[(.*)\]$/, '$1') },
  {
    kind: 'numbered',
    repair: (text) => text.replace(/[[{](\d+)(?:-|\.\.)(\d+)[\]}]/g, '$1-$2'),
  },
  {
    kind: 'mask',
    repair: (text) => text.replace(/\/(.*)$/, (whole, mask: string) => bitsOf(mask) ?? whole),
  },
  {
    kind: 'lastNumbers',
    repair: (text) => {
      const [, given = '', bits] = /^(\d+(?:\.\d+){0,2})\.?(?:\/(\d+))?$/.exec(text) ?? [];
      const count = given.split('.').length;
      if (given === '' || (bits === undefined && count < 3)) return text;
      return `${given}${'.0'.repeat(4 - count)}/${bits ?? 24}`;
    },
  },
  {
    kind: 'separators',
    repair: (text) => (/^\d+(?:([,;_-])\d+)(?:\1\d+){2}$/.test(text) ? text.replace(/[,;_-]/g, '.') : text),
  },
  {
    kind: 'letter',
    repair: (text) => (text.includes(':') ? text : text.replace(/o/gi, '0').replace(/[il|]/gi, '1')),
  },
  { kind: 'wildcard', repair: withoutWildcards },
  {
    kind: 'rangeSign',
    repair: (text) => text.replace(/(?<=\d)(?:\.{2,3}|~|to)(?=\d)/gi, '-'),
  },
  {
    kind: 'shortEnd',
    repair: (text) => {
      const [, from = '', end = ''] = /^(.*:.*)-([\da-f]{1,4})$/i.exec(text) ?? [];
      return from === '' ? text : `${from}-${from.replace(/[\da-f]*$/i, end)}`;
    },
  },
];

/** `/24` of a netmask or a wildcard mask; null for anything else. */
function bitsOf(mask: string): string | null {
  if (!ipaddr.IPv4.isValidFourPartDecimal(mask)) return null;
  const inverse = mask.split('.').map((octet) => 255 - Number(octet));
  const bits = [mask, inverse.join('.')].map((each) => ipaddr.IPv4.parse(each).prefixLengthFromSubnetMask());
  const known = bits.find((count) => count !== null && count > 0);
  return known === undefined || known === null ? null : `/${known}`;
}

/** `10.20.4.*` and `10.20.4.x` as `10.20.4.0/24`; `10.*.4.1` as `10.0-255.4.1`. */
function withoutWildcards(text: string): string {
  const parts = text.toLowerCase().split('.');
  const any = parts.map((part) => /^(?:\*|x{1,3})$/.test(part));
  if (parts.length !== 4 || !any.includes(true)) return text;
  const fixed = any.lastIndexOf(false) + 1;
  if (!any.slice(0, fixed).includes(true))
    return `${parts.slice(0, fixed).join('.')}${'.0'.repeat(4 - fixed)}/${fixed * 8}`;
  return parts.map((part, index) => (any[index] === true ? '0-255' : part)).join('.');
}

/** What is wrong with a text that looks like addresses; the first case that fits. */
const others: readonly (readonly [is: RegExp, kind: keyof AddressMessages['looksLike']])[] = [
  [/%/, 'zone'],
  [/^\d+(?:\.\d+){3}-$/, 'noEnd'],
  [/:.*[g-z_=,{]|[g-z_=,{].*:/i, 'nameWithColon'],
  [/:/, 'ipv6'],
  [/^\d{1,5}$/, 'number'],
  [/^[\d,-]+$/, 'numbers'],
  [/^(?=.*[-,])[\d.,-]+$/, 'range'],
  [/^(?!0x).*[a-z].*\.[^a-z]*$/i, 'nameWithoutLetter'],
];

function slipIn(text: string): Wrong {
  const said = messages().targets.addresses;
  const plain = plainOf(text);
  const [, host = '', ports = ''] = /^([^:]+|\[[^\]]*\]):(\d{1,5}(?:[:,-]\d{1,5})*)$/.exec(plain) ?? [];
  if (host !== '') {
    const bare = exactly(host);
    // What follows a word may be a secret.
    return bare?.ok === true
      ? wrong(said.hostWithPort(bare.value.text, ports.split(/[:,]/)))
      : wrong(said.hostWithPort(host, null));
  }
  for (const { kind, repair } of slips) {
    const repaired = repair(plain);
    const read = repaired === text ? null : exactly(repaired);
    if (read?.ok === true) return wrong(said.slip(kind, repaired), repaired);
    if (read !== null && repaired === plain) return read;
  }
  if (plain.includes('/')) {
    const parsed = parseRange(plain);
    if (!parsed.ok) return parsed;
  }
  if (!/^\d{1,5}$/.test(plain) && ipaddr.IPv4.isValid(plain))
    return wrong(said.notPlainIpv4(ipaddr.IPv4.parse(plain).toString()));
  const [, kind = 'ipv4'] = others.find(([is]) => is.test(plain)) ?? [];
  return wrong(said.looksLike[kind]);
}
