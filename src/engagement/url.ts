// Reads URLs, ports and base paths of targets.
import { dashboardPages } from '../model/dashboard-pages.js';
import { messages } from '../messages/index.js';
import type { Scheme } from '../model/endpoint.js';
import { parseAddresses } from './addresses.js';
import { parseHosts, type SingleHost } from './host.js';
import { right, wrong, type Parsed } from './mistake.js';
import { sizeOf } from './stretch.js';
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
export function parseUrl(text: string, where: 'file' | 'command-line' = 'file'): Parsed<UrlParts> {
  const said = messages().targets.urls;
  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/is.exec(text);
  if (match === null) return wrong(/^[^\s/\\]+:\d+(?:\/|$)/.test(text) ? said.noScheme(text) : said.notAUrl);
  const [, scheme = '', authority = '', rest = ''] = match;
  if (text.includes('@')) return wrong(said.credentials(where));
  const lower = scheme.toLowerCase();
  if (lower !== 'http' && lower !== 'https') return wrong(said.scheme(scheme));
  const parts = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(authority);
  if (parts === null || (/^[\da-f]*:[\da-f]*:.*[\da-f]$/i.test(authority) && !/^[^:]+(?::\d+)+$/.test(authority)))
    return wrong(said.notHostAndPort);
  const [, hostText = '', portText] = parts;
  if (hostText.includes('[') && !hostText.startsWith('[')) return wrong(said.pattern);
  if (hostText.startsWith('[') && !hostText.endsWith(']')) return wrong(said.notHostAndPort);
  const host = parseHosts(hostText);
  // What would repair it in a list of hosts may be a range.
  if (!host.ok)
    return isRange(host.meant ?? hostText) ? wrong({ message: host.message, instead: said.writeOneHost }) : host;
  if (host.value.kind !== 'single') return wrong(said.severalHosts);
  const port = portText === undefined ? (lower === 'http' ? 80 : 443) : portText;
  const parsedPort = typeof port === 'number' ? right(port) : parsePort(port);
  if (!parsedPort.ok) return parsedPort;
  // A range that was taken for a URL would be one address of it, under a base path that no product has.
  if (host.value.address !== null && /^\/\d{1,3}$/.test(rest)) return wrong(said.severalHosts);
  const basePath = parseBasePath(rest);
  if (!basePath.ok) return basePath;
  return right({ scheme: lower, host: host.value, port: parsedPort.value, basePath: basePath.value });
}

/** Whether a text stands for several addresses, even where they are too many for a target. */
function isRange(text: string): boolean {
  const read = parseAddresses(text);
  return read?.ok === true && sizeOf(read.value.stretches) > 1;
}

/** A port number in a text. */
export function parsePort(text: string): Parsed<number> {
  const port = /^[0-9]{1,6}$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 1 && port <= 65535) return right(port);
  return wrong(messages().targets.ports.notAPort(text));
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
    return wrong(messages().targets.ports.notPorts(text, nearest(text, ['standard']), standardPorts));
  }
  const from = parsePort(match[1] ?? '');
  if (!from.ok) return from;
  const to = parsePort(match[2] ?? '');
  if (!to.ok) return to;
  if (to.value < from.value) return wrong(messages().targets.ports.backwards(`${to.value}-${from.value}`));
  if (to.value - from.value >= 100) return wrong(messages().targets.ports.tooMany);
  return right(Array.from({ length: to.value - from.value + 1 }, (_, index) => from.value + index));
}

const allowedUnderscore = ['_dashboards', '_plugin'];

/** A base path: '' for `/`, else without trailing slash. Under it the catalogue's paths are asked. */
export function parseBasePath(text: string): Parsed<string> {
  const said = messages().targets.paths;
  if (text === '' || text === '/') return right('');
  if (/[?#]/.test(text)) return wrong(said.query);
  if (!text.startsWith('/')) {
    const [, rest] = /^(?:https?:\/\/)?[^/]*:?\d*(\/.*)$/i.exec(text) ?? [];
    return wrong(
      /[:@]/.test(text) ? said.withHost(rest ?? '/') : said.noSlash(`/${text.replace(/[^A-Za-z0-9._/~-]/g, '')}`),
    );
  }
  if (text.includes('%')) return wrong(said.percent);
  const segments = text.replace(/\/$/, '').slice(1).split('/');
  for (const [index, segment] of segments.entries()) {
    if (segment === '') return wrong(said.emptySegment(text.replace(/\/+/g, '/').replace(/\/$/, '')));
    if (segment === '.' || segment === '..') return wrong(said.dots);
    if (segment.startsWith('_') && !allowedUnderscore.includes(segment)) return wrong(said.ofApi(segment));
    // `/api/v1/namespaces/logging/services/https:es:9200/proxy` is a proxy's; at the end it would name an index of another
    // cluster.
    if (index === segments.length - 1 && segment.includes(':')) return wrong(said.colon);
    if (!/^[A-Za-z0-9._~:-]+$/.test(segment)) return wrong(said.oddCharacters);
  }
  if (text.length > 200 || segments.length > 8) return wrong(said.tooLong);
  const path = `/${segments.join('/')}`;
  const page = pageIn(path);
  return page === null ? right(path) : wrong(said.ofPage(page.name, page.under));
}

/** What follows the base path in an address that was copied from a browser: a page of a dashboard, or its login. */
function pageIn(path: string): { readonly name: string; readonly under: string } | null {
  const at = dashboardPages.exec(path)?.index ?? /\/(?:(?:app\/)?login|(?:api\/)?status)$/i.exec(path)?.index;
  if (at === undefined) return null;
  return { name: path.slice(at), under: path.slice(0, at).replace(/\/s\/[a-z0-9_-]+$/, '') };
}
