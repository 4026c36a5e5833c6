// Reads `host:port` addresses out of what a server says of itself.
import ipaddr from 'ipaddr.js';
import type { Endpoint } from '../model/endpoint.js';

const host = String.raw`(\[[0-9a-f:.]+\]|[a-z0-9._-]+)`;

/** Characters of a text that are looked at. */
const textAtMost = 20_000;

/**
 * Every `host:port` in a text, each once and in its order, lower case, user names and passwords removed: web addresses
 * (without a port, that of their scheme), what a failed connection names, and the nodes that a status lists (`v2.19.4 @
 * name/10.0.0.1:9200 (10.0.0.1)`: the address after the slash counts). Sources: elastic/kibana
 * src/core/server/elasticsearch/version_check/ensure_es_version.ts (`v${version} @ ${publish_address} (${ip})`), Node's errors.
 */
export function addressesIn(text: string): string[] {
  const found: { readonly at: number; readonly address: string }[] = [];
  const add = (at: number, name: string, port: string): void => {
    if (Number(port) <= 65_535) found.push({ at, address: `${name.toLowerCase()}:${port}` });
  };
  const looked = text.slice(0, textAtMost);
  for (const match of looked.matchAll(
    new RegExp(String.raw`\b(https?):\/\/(?:[^\s/@]{0,300}@)?${host}(?::(\d{1,5}))?`, 'gi'),
  ))
    add(match.index, match[2] ?? '', match[3] ?? (match[1]?.toLowerCase() === 'https' ? '443' : '80'));
  for (const match of looked.matchAll(
    new RegExp(String.raw`\bE(?:CONNREFUSED|HOSTUNREACH|TIMEDOUT|CONNRESET) ${host}:(\d{1,5})\b`, 'gi'),
  ))
    add(match.index, match[1] ?? '', match[2] ?? '');
  for (const match of looked.matchAll(
    new RegExp(String.raw`(?:^|@ )(?:[a-z0-9._-]{1,255}\/)?${host}:(\d{1,5})(?=$|[\s,;])`, 'gi'),
  ))
    add(match.index, match[1] ?? '', match[2] ?? '');
  return [...new Set(found.sort((a, b) => a.at - b.at).map(({ address }) => address))];
}

/**
 * The `host:port` a dashboard gives for its cluster as this run would call it: a loopback address is the dashboard's own
 * machine, an IP literal is written canonically without brackets.
 */
export function addressesSaid(given: string, door: Endpoint): readonly string[] {
  const parts = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(given.trim().toLowerCase());
  if (parts === null) return [];
  const host = parts[1] ?? parts[2] ?? '';
  const port = parts[3] ?? '';
  const literal = ipaddr.isValid(host) ? ipaddr.parse(host) : null;
  const own = host === 'localhost' || literal?.range() === 'loopback' || literal?.range() === 'unspecified';
  const name = literal === null ? host : literal.toString();
  if (!own) return [`${name}:${port}`];
  const self = [door.host, door.address ?? door.host].map((each) => `${each}:${port}`);
  // On a machine that was asked over loopback itself, its loopback addresses are the ones we know.
  const local = door.address !== null && ipaddr.parse(door.address).range() === 'loopback';
  return local ? [...self, `${host === 'localhost' ? '127.0.0.1' : name}:${port}`] : self;
}
