// Streams long lists of hosts from files and pipes.
import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { messages } from '../messages/index.js';
import type { Address } from './address.js';
import { oddFile, systemError } from './document.js';
import { hostIndex } from './host-index.js';
import { parseHosts, splitHosts, type Hosts } from './host.js';
import type { MistakeList, MistakeText, Wrong } from './mistake.js';

/** The file of a `hostsFrom` changed between the reading of the declaration and its expansion. */
export class DeclarationChanged extends Error {
  /** The message is both of these. */
  readonly what: string;
  readonly advice: string;

  constructor(file: string) {
    const { message, instead } = messages().targets.lists.changed(file);
    super(`${message}; ${instead}`);
    this.name = 'DeclarationChanged';
    this.what = message;
    this.advice = instead;
  }
}

/**
 * A text file with a host on each line, `#` for comments. It is read line by line each time; what is held in memory is one
 * hash table with the first line of each single host (24 bytes a host), by which duplicates within the list and overlaps
 * with other groups are found, and the ranges and patterns of the list.
 */
export interface HostList {
  /** As named in the file. */
  readonly name: string;
  readonly isEmpty: boolean;
  /** SHA-256 of the bytes. */
  readonly sha256: string;
  /** Distinct single hosts, and hosts that its ranges and patterns stand for (an upper bound of what these add). */
  readonly singles: number;
  readonly inRanges: number;
  /** True when the line is the first that declares the host: single hosts before ranges. */
  owns(line: number, host: string, address: Address | null): boolean;
  has(host: string, address: Address | null): boolean;
  /** The lines again. Throws {@link DeclarationChanged}. */
  lines(): AsyncGenerator<{ readonly line: number; readonly hosts: Hosts }>;
}

// A line is a host; a file without line ends must not be read into memory at once.
const longestLine = 1000;
// Anything this long is not a list. A long comment is read to its end.
const endlessLine = 1_000_000;
const mostRanges = 100_000;

interface Line {
  readonly line: number;
  readonly text: string;
  /** Of the text in the line, from 1. */
  readonly column: number;
  /** True for a line of which the end was not looked for: it is the last one that was read. */
  readonly endless: boolean;
}

/** Where the bytes of a list come from, again and again. */
export interface ListSource {
  chunks(): AsyncIterable<Uint8Array>;
  /** Changes when the bytes do. */
  stamp(): Promise<string>;
}

/** A list in a regular file. */
function fileSource(path: string): ListSource {
  return {
    chunks: async function* () {
      const handle = await open(path, 'r');
      try {
        const buffer = Buffer.alloc(1 << 16);
        for (;;) {
          const { bytesRead } = await handle.read(buffer, 0, buffer.length, null);
          if (bytesRead === 0) return;
          yield buffer.subarray(0, bytesRead);
        }
      } finally {
        await handle.close();
      }
    },
    stamp: async () => {
      const { ino, size, mtimeMs } = await stat(path);
      return `${ino} ${size} ${mtimeMs}`;
    },
  };
}

/** A list that came in on a pipe, which can be read only once: it is kept in memory. */
export function bytesSource(bytes: Uint8Array): ListSource {
  return {
    chunks: async function* () {
      yield await Promise.resolve(bytes);
    },
    stamp: () => Promise.resolve(''),
  };
}

async function* readLines(source: ListSource, onBytes: (bytes: Uint8Array) => void): AsyncGenerator<Line> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  let passed = 0;
  let line = 0;
  const cut = (whole: string, endless = false): Line => {
    line++;
    const text = whole.replace(/(^|\s)#.*$/, '').trimEnd();
    const bare = text.trimStart();
    return { line, text: bare, column: text.length - bare.length + 1, endless };
  };
  for await (const bytes of source.chunks()) {
    onBytes(bytes);
    const read = rest + decoder.decode(bytes, { stream: true });
    // A CR at the end of what was read may be the half of a line end.
    const pieces = read.split(read.includes('\r') ? /\r\n|\n|\r(?!$)/ : '\n');
    rest = pieces.pop() ?? '';
    if (pieces.length > 0) passed = 0;
    for (const piece of pieces) yield cut(piece);
    // Enough to be seen as too long; the rest of the line is passed over.
    if (rest.length > longestLine * 2) {
      passed += rest.length - longestLine * 2;
      rest = rest.slice(0, longestLine * 2);
    }
    if (passed > endlessLine) {
      yield cut(rest, true);
      return;
    }
  }
  rest += decoder.decode();
  if (rest !== '') yield cut(rest);
}

/**
 * Reads a list once, to its end, and adds the mistakes in it to the list of mistakes, until that is full.
 *
 * @param given the path of a file, or a list that came in otherwise
 * @param name how it is named in mistakes
 * @param also what else is asked of each host (its scope): a mistake's texts, or null
 */
export async function readHostList(
  given: string | ListSource,
  name: string,
  mistakes: MistakeList,
  also: (hosts: Hosts) => MistakeText | null,
): Promise<HostList | { unreadable: string }> {
  const words = messages().targets.lists;
  const source = typeof given === 'string' ? fileSource(given) : given;
  const hash = createHash('sha256');
  const firstLines = lineTable();
  const ranges = hostIndex<number>();
  let inRanges = 0;
  let lines = 0;
  let stamp = '';
  try {
    const odd = typeof given === 'string' ? await oddFile(given) : null;
    if (odd !== null) return { unreadable: odd };
    stamp = await source.stamp();
    for await (const { line, column, text, endless } of readLines(source, (bytes) => hash.update(bytes))) {
      if (text === '' && !endless) continue;
      // A list that is wrong throughout is not read to its end: no more would be said of it.
      if (mistakes.isFull()) break;
      lines++;
      const refuse = (said: MistakeText) => mistakes.add({ file: name, line, column, at: text.slice(0, 200) }, said);
      if (text.length > longestLine || endless) {
        refuse(endless ? words.endless : words.lineTooLong);
        continue;
      }
      if (lines === 1 && /^(?:engagement|tls|owners|defaults|targets|include):/.test(text)) {
        refuse(words.isTargetsFile);
        break;
      }
      if (lines === 1 && splitHosts(text).length > 1 && /[,;\t|]/.test(text) && !parseHosts(text).ok) {
        refuse(words.isTable);
        break;
      }
      if (/[\0\ufffd]/.test(text)) {
        refuse(words.notText);
        break;
      }
      const parsed = parseHosts(text);
      if (!parsed.ok) {
        refuse({ message: parsed.message, instead: insteadOf(text, parsed) });
        continue;
      }
      const hosts = parsed.value;
      const wrong = also(hosts);
      if (wrong !== null) refuse(wrong);
      if (hosts.kind === 'single') {
        firstLines.add(hosts.text, line);
        continue;
      }
      if (ranges.size >= mostRanges) {
        refuse(words.tooManyRanges(mostRanges));
        break;
      }
      ranges.add(hosts, line);
      inRanges += hosts.size;
    }
  } catch (error) {
    return { unreadable: systemError(error) };
  }
  const first = (host: string, address: Address | null): number =>
    firstLines.get(host) ?? Math.min(Infinity, ...ranges.find(host, address));
  return {
    name,
    isEmpty: lines === 0,
    sha256: hash.digest('hex'),
    singles: firstLines.size(),
    inRanges,
    owns: (line, host, address) => first(host, address) === line,
    has: (host, address) => first(host, address) < Infinity,
    lines: async function* () {
      // Also where the path is a pipe by now, which would not open.
      if ((await source.stamp()) !== stamp) throw new DeclarationChanged(name);
      for await (const { line, text } of readLines(source, () => undefined)) {
        if (text === '') continue;
        const parsed = parseHosts(text);
        if (!parsed.ok) throw new DeclarationChanged(name);
        yield { line, hosts: parsed.value };
      }
      if ((await source.stamp()) !== stamp) throw new DeclarationChanged(name);
    },
  };
}

/** A URL, or one host with a port or a path behind it; what follows the slash of a range is a number. */
const withMore = /:\/\/|^(?:[^\s:/,;[\]]+|\[[^\]]*\])(?::\d+(?:[-/]\S*)?|\/\S*[^\d.\s]\S*)$/;

/** What to write instead of a line, where a list differs from other places for hosts. */
function insteadOf(line: string, { instead, meant }: Wrong): string {
  if (withMore.test(line)) return messages().targets.lists.hostAlone;
  return /[,;\s]/.test(line) && meant === undefined ? messages().targets.lists.oneOnALine : instead;
}

/**
 * From a host to the first line that names it: an open-addressing table of two 32-bit hashes and the line. That two hosts
 * of ten million share both hashes has a chance of 3 in a million.
 */
function lineTable() {
  let slots = 1024;
  let used = 0;
  let table = new Uint32Array(slots * 3);

  const slotOf = (low: number, high: number): number => {
    let slot = low % slots;
    while (table[slot * 3 + 2] !== 0 && (table[slot * 3] !== low || table[slot * 3 + 1] !== high))
      slot = (slot + 1) % slots;
    return slot * 3;
  };
  const put = (low: number, high: number, line: number) => {
    const slot = slotOf(low, high);
    if (table[slot + 2] !== 0) return;
    table[slot] = low;
    table[slot + 1] = high;
    table[slot + 2] = line;
    used++;
  };

  return {
    size: () => used,
    /** Lines count from 1. */
    add: (host: string, line: number) => {
      if (used * 2 >= slots) {
        const old = table;
        slots *= 2;
        used = 0;
        table = new Uint32Array(slots * 3);
        for (let slot = 0; slot < old.length; slot += 3) {
          const known = old[slot + 2] ?? 0;
          if (known !== 0) put(old[slot] ?? 0, old[slot + 1] ?? 0, known);
        }
      }
      const [low, high] = hashes(host);
      put(low, high, line);
    },
    get: (host: string): number | undefined => {
      const [low, high] = hashes(host);
      const line = table[slotOf(low, high) + 2] ?? 0;
      return line === 0 ? undefined : line;
    },
  };
}

// cyrb53's two lanes (public domain, github.com/bryc/code).
function hashes(text: string): [number, number] {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 2654435761);
    high = Math.imul(high ^ code, 1597334677);
  }
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  return [low >>> 0, high >>> 0];
}
