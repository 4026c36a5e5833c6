// IP addresses and ranges: parsing, comparing, and the odd spellings that are rejected.
import ipaddr from 'ipaddr.js';
import type { NeverAsked } from '../model/engagement.js';
import { messages } from '../messages/index.js';
import { right, wrong, type Parsed } from './mistake.js';

/** An IP address: IPv4 as a number of 32 bits, IPv6 as 128. An IPv4-mapped IPv6 address is its IPv4 address. */
export type Address = { readonly version: 4; readonly value: number } | { readonly version: 6; readonly value: bigint };

/** All addresses that share the first `prefix` bits of `first`, whose other bits are 0. */
export type Range = Address & { readonly prefix: number };

const strictOctet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const strictIpv4 = new RegExp(`^${strictOctet}(?:\\.${strictOctet}){3}$`);

/**
 * An address in any spelling a socket or a resolver may give it (IPv6 in full or short form, IPv4-mapped), or null. IPv4 only as
 * four plain decimal octets: `010.0.0.1`, `0x7f.1` and `2130706433` mean different things to different programs and are
 * not addresses here. Nor is one with a zone id (`fe80::1%eth0`).
 */
export function readAddress(text: string): Address | null {
  if (strictIpv4.test(text)) return { version: 4, value: ipv4Value(text) };
  if (!text.includes(':') || text.includes('%')) return null;
  // ipaddr.js takes the old `::192.0.2.1` for `::ffff:192.0.2.1`, and a socket does not: spell the last 32 bits in hexadecimal.
  const plain = text.replace(/[\d.]+$/, (tail) => (strictIpv4.test(tail) ? hexadecimal(ipv4Value(tail)) : tail));
  if (plain.includes('.') || !ipaddr.IPv6.isValid(plain)) return null;
  const parsed = ipaddr.IPv6.parse(plain);
  if (parsed.isIPv4MappedAddress()) return { version: 4, value: ipv4Value(parsed.toIPv4Address().toString()) };
  return { version: 6, value: parsed.toByteArray().reduce((value, byte) => (value << 8n) | BigInt(byte), 0n) };
}

function hexadecimal(value: number): string {
  return `${(value >>> 16).toString(16)}:${(value & 0xffff).toString(16)}`;
}

function ipv4Value(text: string): number {
  return text.split('.').reduce((value, octet) => value * 256 + Number(octet), 0);
}

/** The address in its canonical spelling: IPv4 dotted, IPv6 as RFC 5952 has it. */
export function writeAddress(address: Address): string {
  if (address.version === 4) {
    const { value } = address;
    return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`;
  }
  const bytes = Array.from({ length: 16 }, (_, index) => Number((address.value >> BigInt(8 * (15 - index))) & 255n));
  return new ipaddr.IPv6(bytes).toRFC5952String();
}

/** The range in CIDR notation. */
export function writeRange(range: Range): string {
  return `${writeAddress(range)}/${range.prefix}`;
}

/** The number of an address as {@link Address} holds it. */
export function numberOf(version: 4 | 6, value: bigint): number | bigint {
  return version === 4 ? Number(value) : value;
}

/** The address of a number. */
export function addressOf(version: 4 | 6, value: bigint): Address {
  return version === 4 ? { version, value: Number(value) } : { version, value };
}

/** The address that many places after one, which is given as {@link numberOf} has it. */
export function addressAt(first: number | bigint, position: number): Address {
  return typeof first === 'number'
    ? { version: 4, value: first + position }
    : { version: 6, value: first + BigInt(position) };
}

/** The first address of the range of `prefix` bits that holds the address. */
export function networkOf(address: Address, prefix: number): Range {
  if (address.version === 4) {
    // Shifting a 32-bit integer by 32 shifts it by 0 in JavaScript.
    const value = prefix === 0 ? 0 : ((address.value >> (32 - prefix)) << (32 - prefix)) >>> 0;
    return { version: 4, value, prefix };
  }
  const rest = BigInt(128 - prefix);
  return { version: 6, value: (address.value >> rest) << rest, prefix };
}

/** True when the range holds the address. */
export function holds(range: Range, address: Address): boolean {
  if (range.version !== address.version) return false;
  const network = networkOf(address, range.prefix);
  return network.value === range.value;
}

/** A range in CIDR notation. Bits of the host that are set are a mistake, since it is not clear then what was meant. */
export function parseRange(text: string): Parsed<Range> {
  const slash = text.indexOf('/');
  const base = text.slice(0, slash).replace(/^\[([^\]]*:[^\]]*)\]$/, '$1');
  const bits = text.slice(slash + 1);
  const address = readAddress(base);
  if (address === null) return wrong(messages().targets.addresses.notARange);
  const mapped = address.version === 4 && base.includes(':');
  const most = address.version === 4 ? 32 : 128;
  if (!/^(?:0|[1-9]\d{0,2})$/.test(bits) || Number(bits) > (mapped ? 128 : most) || (mapped && Number(bits) < 96)) {
    const example = writeRange(networkOf(address, most - 8));
    return wrong(messages().targets.addresses.notAPrefix(bits, most, example));
  }
  const prefix = mapped ? Number(bits) - 96 : Number(bits);
  const network = networkOf(address, prefix);
  if (network.value !== address.value)
    return wrong(messages().targets.addresses.hostBits(writeRange(network), writeAddress(address)));
  return right(network);
}

function named(text: string): Range {
  const parsed = parseRange(text);
  if (!parsed.ok) throw new Error(`bug: ${text} is not a range`);
  return parsed.value;
}

/**
 * Ranges that are never asked, whatever the file says: link-local addresses hold the metadata services of clouds, and
 * connecting to an unspecified address reaches the own machine.
 */
export const neverAsked: readonly { readonly range: Range; readonly why: NeverAsked }[] = [
  { range: named('0.0.0.0/8'), why: 'thisNetwork' },
  { range: named('169.254.0.0/16'), why: 'linkLocal' },
  { range: named('224.0.0.0/4'), why: 'multicast' },
  { range: named('255.255.255.255/32'), why: 'broadcast' },
  { range: named('::/128'), why: 'unspecified' },
  { range: named('fe80::/10'), why: 'linkLocal' },
  { range: named('ff00::/8'), why: 'multicast' },
];

const loopbackRanges = [named('127.0.0.0/8'), named('::1/128')];

/** True for 127.0.0.0/8 and ::1. */
export function isLoopback(address: Address): boolean {
  return loopbackRanges.some((range) => holds(range, address));
}

/** True when every address from one to the other is a loopback address. */
export function isLoopbackStretch(first: Address, last: Address): boolean {
  return loopbackRanges.some((range) => holds(range, first) && holds(range, last));
}

// An address inside these carries an IPv4 address in the bits after its prefix, and a gateway may deliver to that.
const carriers = [
  { range: named('64:ff9b::/96'), shift: 0n },
  { range: named('::/96'), shift: 0n },
  { range: named('2002::/16'), shift: 80n },
];

/**
 * The IPv4 address that an IPv6 address carries (NAT64's 64:ff9b::/96, RFC 6052; 6to4's 2002::/16, RFC 3056; the old
 * IPv4-compatible ::/96), or null: what must not be asked must not be asked through a translator either.
 */
export function carried(address: Address): Address | null {
  if (address.version === 4 || isLoopback(address) || address.value === 0n) return null;
  const carrier = carriers.find(({ range }) => holds(range, address));
  if (carrier === undefined) return null;
  return { version: 4, value: Number((address.value >> carrier.shift) & 0xffffffffn) };
}
