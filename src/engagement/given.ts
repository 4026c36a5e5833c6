// What the command line names in addition to a targets file: URLs, or a plain list of hosts. None of it is an
// authorisation: without an engagement it must be loopback, and with one it must be covered.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { messages } from '../messages/index.js';
import { endpointUrl } from '../model/endpoint.js';
import type { Address } from './address.js';
import { largestFile } from './document.js';
import type { TargetEntry } from './entry.js';
import { hostsOf, type Group } from './expand.js';
import type { Files } from './files.js';
import { hostIndex } from './host-index.js';
import { bytesSource, type HostList, type ListSource } from './host-list.js';
import { stretchesOf, type Hosts } from './host.js';
import { argument, type MistakeList } from './mistake.js';
import { joinStretches, overlap, type Stretch } from './stretch.js';
import type { HostCheck } from './target.js';
import { parseUrl } from './url.js';

/** URLs of the command line, each as a target. */
export function urlEntries(urls: readonly string[], mistakes: MistakeList): readonly TargetEntry[] {
  const entries = new Map<string, TargetEntry>();
  for (const text of urls) {
    const at = argument('URL', text);
    const parsed = parseUrl(text, 'command-line');
    if (!parsed.ok) {
      mistakes.add(at, parsed);
      continue;
    }
    const { host, port, basePath, scheme } = parsed.value;
    const url = endpointUrl({ host: host.text, address: null, port, basePath, scheme });
    const id = url.slice(url.indexOf('://') + 3);
    entries.set(id, {
      value: { id, url: parsed.value },
      defaults: {},
      isRow: false,
      folder: '.',
      spot: () => at,
    });
  }
  return [...entries.values()];
}

/** A list that the command line names. */
export interface GivenList {
  /** As mistakes and reports name it. */
  readonly name: string;
  /** null for a regular file, which is read anew each time. */
  readonly source: ListSource | null;
}

/**
 * A list of hosts by its path, or what comes in on standard input where the path is `-`. What comes out of a pipe is read
 * completely; null, with the mistake reported, when it is too long for that.
 */
export async function givenList(
  path: string,
  input: AsyncIterable<Uint8Array> | undefined,
  mistakes: MistakeList,
): Promise<GivenList | null> {
  const isInput = path === '-' && input !== undefined;
  const name = isInput ? 'standard input' : path;
  if (!isInput && !(await isPipe(path))) return { name, source: null };
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const arriving: AsyncIterable<Uint8Array> = isInput ? input : createReadStream(path);
  for await (const chunk of arriving) {
    bytes += chunk.length;
    if (bytes > largestFile) {
      mistakes.add(argument(name), messages().targets.lists.tooMuchInput(largestFile / 1e6));
      return null;
    }
    chunks.push(chunk);
  }
  return { name, source: bytesSource(Buffer.concat(chunks)) };
}

async function isPipe(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => null);
  return stats !== null && (stats.isFIFO() || stats.isSocket());
}

/** A list as a target of the file whose engagement covers it: what the `defaults` there say holds. */
export function listEntry({ name }: GivenList, files: Files): TargetEntry {
  return {
    // No target of a file has a colon in its id.
    value: { id: `list:${basename(name).replaceAll(' ', '-')}`, hostsFrom: [name] },
    defaults: files.defaults[0]?.value ?? {},
    isRow: false,
    folder: '.',
    spot: () => argument('-l', name),
  };
}

/** Addresses of a range that are looked up one by one, where no range of the targets holds it. */
const mostLookedUp = 65_536;

/** Whether groups declare hosts, all of them. */
export function coverOf(groups: readonly Group[]): (hosts: Hosts) => boolean {
  const index = hostIndex<true>();
  const lists: HostList[] = [];
  const stretches: Record<4 | 6, Stretch[]> = { 4: [], 6: [] };
  for (const source of groups.flatMap((group) => group.sources)) {
    if (source.kind === 'list') lists.push(source.list);
    else {
      index.add(source.hosts, true);
      for (const version of [4, 6] as const) stretches[version].push(...stretchesOf(source.hosts, version));
    }
  }
  const joined = { 4: joinStretches(stretches[4]), 6: joinStretches(stretches[6]) };
  const declares = (host: string, address: Address | null) =>
    index.find(host, address).length > 0 || lists.some((list) => list.has(host, address));
  return (hosts) => {
    if (hosts.kind === 'single') return declares(hosts.text, hosts.address);
    if (hosts.kind === 'range' && Number(overlap(hosts.stretches, joined[hosts.version])) === hosts.size) return true;
    if (hosts.size > mostLookedUp) return false;
    for (const { text, address } of hostsOf(hosts, { 4: [], 6: [] })) if (!declares(text, address)) return false;
    return true;
  };
}

/**
 * Checks that what the command line names is covered. That a list is not authorised at all is said once, not for
 * each of its lines.
 */
export function givenCheck(
  check: HostCheck,
  covers: ((hosts: Hosts) => boolean) | null,
  loopbackOnly: boolean,
  entry: TargetEntry,
): HostCheck {
  const isList = entry.value.hostsFrom !== undefined;
  let said = false;
  return (hosts) => {
    const found = check(hosts);
    if (found !== null && loopbackOnly) {
      if (said && isList) return null;
      said = true;
      return { message: found.message, instead: messages().targets.scope.nameEngagement };
    }
    if (found !== null || covers === null || covers(hosts)) return found;
    return messages().targets.scope.notCovered;
  };
}
