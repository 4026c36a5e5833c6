// Reads URLs, ports and base paths of targets.
import type { Scheme } from '../model/endpoint.js';
import { parseHosts, type SingleHost } from './host.js';
import { right, wrong, type Parsed } from './mistake.js';
import { nearest } from '../text/nearest.js';

/** The ports that `standard` stands for: HTTPS, Kibana and OpenSearch Dashboards, Elasticsearch and OpenSearch. */
export const standardPorts: readonly number[] = [443, 5601, 9200, 9201];

/** A URL of a target in its parts. */
export interface UrlParts {
  readonly scheme: Scheme;
  readonly host: SingleHost;
  readonly port: number;
  readonly basePath: string;
}

/**
 * A URL of a target. Not read by `new URL`, which repairs what should be reported: it turns `http://0x7f.1` into 127.0.0.1 and
 * drops `/../`.
 *
 * @param where where it was written, for what is said of a password in it
 */
export function parseUrl(text: string, where: 'file' | 'command line' = 'file'): Parsed<UrlParts> {
  const example = 'write one such as https://es.acme.example:9200';
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(text);
  if (match === null)
    return wrong(
      'this is not a URL',
      /^[^\s/\\]+:\d+(?:\/|$)/.test(text) ? `write http://${text} or https://${text}` : example,
    );
  const [, scheme = '', authority = '', rest = ''] = match;
  if (text.includes('@')) {
    return wrong(
      'credentials do not belong in a URL here',
      where === 'file'
        ? 'write it without them; a password in this file may have been seen and should be changed'
        : 'write it without them; a password on a command line stays in histories and process lists, and should be changed',
    );
  }
  const lower = scheme.toLowerCase();
  if (lower !== 'http' && lower !== 'https')
    return wrong(`\`${scheme}\` is not spoken here`, 'write http:// or https://');
  const parts = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(authority);
  if (parts === null || (/^[\da-f]*:[\da-f]*:.*[\da-f]$/i.test(authority) && !/^[^:]+(?::\d+)+$/.test(authority)))
    return wrong(
      'this is not a host and port',
      'write an IPv6 address in brackets, such as http://[2001:db8::10]:9200',
    );
  const [, hostText = '', portText] = parts;
  if (hostText.includes('[') && !hostText.startsWith('[')) {
    return wrong('a URL names one host', 'write hosts: with the pattern, and ports:');
  }
  const host = parseHosts(hostText);
  // What would repair it in a list of hosts may be a range.
  if (!host.ok) return /\/\d/.test(host.instead) ? wrong(host.message, 'write one host, such as 192.0.2.10') : host;
  if (host.value.kind !== 'single') return wrong('a URL names one host', 'write hosts: and ports: for several');
  const port = portText === undefined ? (lower === 'http' ? 80 : 443) : portText;
  const parsedPort = typeof port === 'number' ? right(port) : parsePort(port);
  if (!parsedPort.ok) return parsedPort;
  const basePath = parseBasePath(rest);
  if (!basePath.ok) return basePath;
  return right({ scheme: lower, host: host.value, port: parsedPort.value, basePath: basePath.value });
}

/** A port number in a text. */
export function parsePort(text: string): Parsed<number> {
  const port = /^[0-9]{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 1 && port <= 65535) return right(port);
  return wrong(`\`${text}\` is not a port`, 'write a number from 1 to 65535, such as 9200');
}

/** `9200`, `9200-9205`, `standard`, or several of them with commas or spaces between them: the ports in the order written. */
export function parsePorts(text: string): Parsed<readonly number[]> {
  const ports = new Set<number>();
  const words = text.replace(/ *- */g, '-').split(/[\s,;]+/);
  for (const word of words.length > 1 ? words.filter((each) => each !== '') : words) {
    const parsed = parsePortRange(word);
    if (!parsed.ok) return parsed;
    for (const port of parsed.value) ports.add(port);
  }
  return right([...ports]);
}

function parsePortRange(text: string): Parsed<readonly number[]> {
  if (text === 'standard') return right(standardPorts);
  const match = /^(\d+)-(\d+)$/.exec(text);
  if (match === null) {
    const single = parsePort(text);
    if (single.ok) return right([single.value]);
    const meant = nearest(text, ['standard']);
    const others = `a range such as 9200-9205, or standard (${standardPorts.join(', ')})`;
    return wrong(
      single.message,
      meant === null ? `${single.instead}, ${others}` : `did you mean \`${meant}\`? Or ${single.instead}, ${others}`,
    );
  }
  const from = parsePort(match[1] ?? '');
  if (!from.ok) return from;
  const to = parsePort(match[2] ?? '');
  if (!to.ok) return to;
  if (to.value < from.value) return wrong('this range of ports counts backwards', `write ${to.value}-${from.value}`);
  if (to.value - from.value >= 100)
    return wrong(
      'leftopen is not a port scanner: a range of ports holds at most 100',
      'write the ports that are known to serve these products',
    );
  return right(Array.from({ length: to.value - from.value + 1 }, (_, index) => from.value + index));
}

const allowedUnderscore = ['_dashboards', '_plugin'];

/** A base path: '' for `/`, else without trailing slash. Under it the catalogue's paths are asked. */
export function parseBasePath(text: string): Parsed<string> {
  const example = 'write one such as /kibana, or / for none';
  if (text === '' || text === '/') return right('');
  if (/[?#]/.test(text)) return wrong('a base path takes no query', 'leave out what follows the `?` or `#`');
  if (!text.startsWith('/')) {
    const [, rest] = /^(?:https?:\/\/)?[^/]*:?\d*(\/.*)$/i.exec(text) ?? [];
    return /[:@]/.test(text)
      ? wrong(
          'a base path begins with `/`',
          `write ${rest ?? '/'} here, and host and port in url: or in hosts: and ports:`,
        )
      : wrong('a base path begins with `/`', `write /${text.replace(/[^A-Za-z0-9._/~-]/g, '')}`);
  }
  if (text.includes('%')) return wrong('a base path takes no percent-encoding', 'write it in plain letters and digits');
  const segments = text.replace(/\/$/, '').slice(1).split('/');
  for (const [index, segment] of segments.entries()) {
    if (segment === '')
      return wrong('a base path has no empty segment', `write ${text.replace(/\/+/g, '/').replace(/\/$/, '')}`);
    if (segment === '.' || segment === '..') return wrong('a base path has no `.` or `..`', example);
    if (segment.startsWith('_') && !allowedUnderscore.includes(segment)) {
      return wrong(
        `\`${segment}\` is a path of the product's API, which leftopen chooses itself`,
        'write the base path under which the product is served, such as /kibana; only _dashboards and _plugin may begin with `_`',
      );
    }
    // `/api/v1/namespaces/logging/services/https:es:9200/proxy` is a proxy's; at the end it would name an index of another
    // cluster.
    if (index === segments.length - 1 && segment.includes(':'))
      return wrong('a base path does not end in a part with `:`', 'write a port in ports:, and the path without it');
    if (!/^[A-Za-z0-9._~:-]+$/.test(segment))
      return wrong('a base path holds letters, digits, `.`, `_`, `~`, `-` and `:`', example);
  }
  if (text.length > 200 || segments.length > 8) return wrong('this is too long for a base path', example);
  return right(`/${segments.join('/')}`);
}
