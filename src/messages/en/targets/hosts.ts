// Mistakes in hosts, addresses, URLs, ports and base paths, in English.

export const addresses = {
  notARange: {
    message: 'this is not a CIDR range',
    instead: 'write an address and a prefix length, such as 192.0.2.0/24; paths go into paths:',
  },
  notAPrefix: (bits: string, most: number, example: string) => ({
    message: `\`${bits}\` is not a prefix length`,
    instead: `write a number from 0 to ${most}, such as ${example}`,
  }),
  hostBits: (range: string, address: string) => ({
    message: 'bits of the host part are set',
    instead: `write ${range} for the range, or ${address} for the single address`,
  }),
  twoVersions: {
    message: 'one end of this range is IPv4 and the other IPv6',
    instead: 'write both ends as IPv4, or both as IPv6',
  },
  backwards: (turned: string) => ({ message: 'this range of addresses counts backwards', instead: `write ${turned}` }),
  past255: (part: string) => ({
    message: `\`${part}\` goes past 255`,
    instead: 'write numbers from 0 to 255, or both ends in full, such as 192.0.2.1-192.0.3.50',
  }),
  /** Of one of the four numbers. `turned`: the address with it the other way around. */
  partBackwards: (part: string, turned: string) => ({
    message: `\`${part}\` counts backwards`,
    instead: `write ${turned}`,
  }),
  tooManyRanges: (most: number) => ({
    message: `this stands for more than ${most} ranges that do not touch`,
    instead: 'write CIDR ranges, or several such entries',
  }),
  /** A slip in what looks like addresses, with what was meant. */
  slip: (kind: keyof typeof slips, meant: string) => ({ message: slips[kind], instead: `write ${meant}` }),
  /** `meant`: host and ports, or null where what follows the colon may be a secret. */
  hostWithPort: (host: string, ports: readonly string[] | null) => ({
    message: 'a host takes no port',
    instead: `write ${host} here and ${ports === null ? 'the port' : ports.join(', ')} in ports:`,
  }),
  notPlainIpv4: (plain: string) => ({
    message: 'this is not a plain IPv4 address',
    instead: `write four decimal numbers, such as ${plain}`,
  }),
  /** What looks like addresses, and is not. */
  looksLike: {
    zone: { message: 'an address with a zone is link-local, and never asked', instead: 'write a global address' },
    noEnd: {
      message: 'this range has no end',
      instead: 'write one such as 192.0.2.1-50, or the address alone',
    },
    nameWithColon: {
      message: 'a host name has no `:`',
      instead: 'write the host alone, such as es.acme.example',
    },
    ipv6: { message: 'this is not an IPv6 address', instead: 'write one such as 2001:db8::10, in quotes' },
    number: {
      message: 'this is a number, not a host',
      instead: 'write a name or an address; a port goes into ports:',
    },
    numbers: {
      message: 'these are numbers, not addresses',
      instead: 'write the full address, such as 192.0.2.1-50; in quotes where it holds commas',
    },
    range: {
      message: 'this is not a range of addresses',
      instead: 'write one such as 192.0.2.1-50, 192.0.2.1-192.0.3.50 or 192.0.2.1,5,9-12',
    },
    nameWithoutLetter: {
      message: 'the last part of a host name has a letter in it, and this looks like an IPv4 address',
      instead: 'write the full name, such as es.acme.example, or an address such as 192.0.2.10',
    },
    ipv4: {
      message: 'this is not an IPv4 address',
      instead: 'write four numbers from 0 to 255, such as 192.0.2.10',
    },
  },
};

const slips = {
  oddCharacters: 'this holds spaces, or characters that only look like digits, dots or hyphens',
  notAlone: 'only the address belongs here',
  leadingZeros: 'octets with leading zeros are read as octal by some programs and as decimal by others',
  trailingDot: 'an IP address takes no trailing dot',
  extraDot: 'there is a dot too many',
  brackets: 'brackets belong only around an IPv6 address',
  numbered: 'a numbered pattern stands for names',
  mask: 'a mask is written as its number of bits',
  lastNumbers: 'the last numbers of this address are missing',
  separators: 'the numbers of an address have dots between them',
  letter: 'this has a letter where a digit belongs',
  wildcard: 'addresses have no wildcards',
  rangeSign: 'a range of addresses is written with a hyphen',
  shortEnd: 'a range of IPv6 addresses needs both ends in full',
};

export const hosts = {
  several: {
    message: 'these are several hosts, not one host name',
    instead: 'write each as an entry of its own, such as [es.acme.example, 192.0.2.10]',
  },
  wildcard: {
    message: 'a target names its hosts; `*` is allowed only in scope',
    instead: 'write the hosts, a pattern such as es-[01-12].acme.example, or a CIDR range',
  },
  notOne: { message: 'this stands for several hosts', instead: 'write one name or one address here' },
  tooWide: (widest: string) => ({
    message: `a range wider than ${widest} cannot be asked address by address`,
    instead: `write the ranges that are yours, ${widest} at most, or list the hosts with hostsFrom:`,
  }),
  missing: { message: 'a host is missing', instead: 'write a name, an address or a range' },
  tooLong: { message: 'this is too long for a host', instead: 'write a name of at most 253 characters' },
  credentials: {
    message: 'credentials do not belong in a host',
    instead: 'write the host alone, and no credentials in this file',
  },
  url: { message: 'this is a URL, not a host', instead: 'write the host alone, or url: instead of hosts:' },
  spaces: { message: 'there are spaces around this host', instead: 'write it without them' },
  dash: {
    message: 'this holds a dash where a host name has a hyphen',
    instead: 'write it with the hyphen of the keyboard, `-`',
  },
  oddCharacters: {
    message: 'a host name holds only letters, digits, dots and hyphens',
    instead: 'write the host alone, such as es.acme.example',
  },
  turnsIntoAddress: (address: string) => ({
    message: 'this turns into an IP address',
    instead: `write ${address} in plain digits if that is meant`,
  }),
  notAName: {
    message: 'this is not a host name',
    instead:
      'write labels of letters, digits and hyphens (at most 63 each, 253 together) with single dots between them, such as es.acme.example',
  },
  /** Patterns such as `es-[01-12]`. */
  pattern: {
    brackets: { message: 'its brackets do not match', instead: 'write one such as es-[01-12].acme.example' },
    nothingBetween: {
      message: 'nothing but digits separates two number ranges, so one name could have two readings',
      instead: 'write something other than digits between them',
    },
    notNumbers: (bounds: string) => ({
      message: `\`[${bounds}]\` is not a range of numbers`,
      instead: 'write one such as es-[01-12].acme.example',
    }),
    backwards: (bounds: string, turned: string) => ({
      message: `\`[${bounds}]\` counts backwards`,
      instead: `write ${turned}`,
    }),
    twoLengths: (bounds: string, padded: string) => ({
      message: `the numbers of \`[${bounds}]\` differ in length`,
      instead: `write ${padded}, or without leading zeros`,
    }),
    tooMany: (most: number, size: number) => ({
      message: `a pattern stands for at most ${most} hosts, this one for ${size}`,
      instead: 'write several patterns, or list the hosts with hostsFrom:',
    }),
    oddSigns: {
      message: 'a pattern is a name with numbers in brackets',
      instead: 'write one such as es-[01-12].acme.example',
    },
    ofAddresses: {
      message: 'a numbered pattern stands for names',
      instead: 'write addresses one by one, as a CIDR range or as 192.0.2.1-50',
    },
    notAscii: { message: 'a pattern is written in ASCII', instead: 'write the name in its xn-- form' },
  },
  wildcardAddress: { message: '`*.` goes before a domain, not before an address', instead: 'write a CIDR range' },
  wildcardInside: {
    message: '`*` is allowed only at the beginning, for all names below a domain',
    instead: 'write one such as *.acme.example',
  },
};

export const urls = {
  notAUrl: {
    message: 'this is not a URL',
    instead: 'write one such as https://es.acme.example:9200',
  },
  noScheme: (text: string) => ({
    message: 'this is not a URL',
    instead: `write http://${text} or https://${text}`,
  }),
  credentials: (where: 'file' | 'command-line') => ({
    message: 'credentials do not belong in a URL here',
    instead:
      where === 'file'
        ? 'write it without them; a password in this file may have been seen and should be changed'
        : 'write it without them; a password on a command line stays in histories and process lists, and should be changed',
  }),
  scheme: (scheme: string) => ({ message: `\`${scheme}\` is not spoken here`, instead: 'write http:// or https://' }),
  notHostAndPort: {
    message: 'this is not a host and port',
    instead: 'write an IPv6 address in brackets, such as http://[2001:db8::10]:9200',
  },
  pattern: { message: 'a URL names one host', instead: 'write hosts: with the pattern, and ports:' },
  severalHosts: { message: 'a URL names one host', instead: 'write hosts: and ports: for several' },
  /** Instead of a range. */
  writeOneHost: 'write one host, such as 192.0.2.10',
};

function notAPort(text: string): string {
  return `\`${text}\` is not a port`;
}

const aPort = 'write a number from 1 to 65535, such as 9200';

export const ports = {
  notAPort: (text: string) => ({ message: notAPort(text), instead: aPort }),
  /** Where a range or `standard` may be written too. `meant`: the word that is nearest, or null. */
  notPorts: (text: string, meant: string | null, standard: readonly number[]) => {
    const all = `${aPort}, a range such as 9200-9205, or standard (${standard.join(', ')})`;
    return { message: notAPort(text), instead: meant === null ? all : `did you mean \`${meant}\`? Or ${all}` };
  },
  backwards: (turned: string) => ({ message: 'this range of ports counts backwards', instead: `write ${turned}` }),
  tooMany: {
    message: 'leftopen is not a port scanner: a range of ports holds at most 100',
    instead: 'write the ports that are known to serve these products',
  },
};

const aPath = 'write one such as /kibana, or / for none';

export const paths = {
  query: { message: 'a base path takes no query', instead: 'leave out what follows the `?` or `#`' },
  noSlash: (path: string) => ({ message: 'a base path begins with `/`', instead: `write ${path}` }),
  withHost: (path: string) => ({
    message: 'a base path begins with `/`',
    instead: `write ${path} here, and host and port in url: or in hosts: and ports:`,
  }),
  percent: { message: 'a base path takes no percent-encoding', instead: 'write it in plain letters and digits' },
  emptySegment: (path: string) => ({ message: 'a base path has no empty segment', instead: `write ${path}` }),
  dots: { message: 'a base path has no `.` or `..`', instead: aPath },
  ofApi: (segment: string) => ({
    message: `\`${segment}\` is a path of the product's API, which leftopen chooses itself`,
    instead:
      'write the base path under which the product is served, such as /kibana; only _dashboards and _plugin may begin with `_`',
  }),
  ofPage: (page: string, under: string) => ({
    message: `\`${page}\` is a page of a dashboard, not the base path under which it is served`,
    instead: under === '' ? 'leave it out' : `write ${under}`,
  }),
  colon: {
    message: 'a base path does not end in a part with `:`',
    instead: 'write a port in ports:, and the path without it',
  },
  oddCharacters: {
    message: 'a base path holds letters, digits, `.`, `_`, `~`, `-` and `:`',
    instead: aPath,
  },
  tooLong: { message: 'this is too long for a base path', instead: aPath },
};
