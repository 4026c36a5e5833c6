// Reads and writes `history.jsonl`: what a run carries forward, so that older runs can be deleted.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { messages } from '../messages/index.js';
import { rungs } from '../model/endpoint.js';
import { exposures } from '../model/engagement.js';
import { severities } from '../model/finding.js';
import { findingStatuses, goneStatuses, type ContentsSeen, type PastPlace } from '../model/history.js';
import { dataClasses } from '../model/observation.js';
import { readLines, writeAtomically } from '../store/files.js';
import { AlteredRecord, UserMistake } from '../store/mistake.js';
import { parsedJson } from '../text/json-line.js';

/** Version of the file's format; a reader refuses a newer one. */
const historyFormat = 1;

const header = z.object({
  leftopen: z.literal('history'),
  format: z.number(),
  run: z.string(),
  engagement: z.string(),
  vantage: z.object({ name: z.string(), exposure: z.string() }),
  /** Absent for all hosts. */
  shard: z.exactOptional(z.string()),
  /** Set for a run that was merged from others. */
  merged: z.exactOptional(z.literal(true)),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().nullable(),
  finished: z.boolean(),
  tool: z.string(),
  catalogue: z.string(),
  knowledge: z.string(),
  checks: z.array(z.string()).nullable(),
});

/** The first line: the run that it was written by. */
export type HistoryHead = Omit<z.infer<typeof header>, 'leftopen' | 'format'>;

const level = z.object({
  severity: z.enum(severities),
  access: z.enum(rungs),
  classes: z.array(z.enum(dataClasses)),
  exposure: z.exactOptional(z.enum(exposures)),
});

const pastCheck = z.object({
  check: z.string(),
  primary: z.boolean(),
  fingerprint: z.string(),
  endpoint: z.string(),
  target: z.string(),
  owner: z.string().nullable(),
  owners: z.array(z.string()).optional(),
  ticket: z.string().optional(),
  title: z.string(),
  level,
  firstSeen: z.iso.datetime(),
  openSince: z.iso.datetime(),
  lastSeen: z.iso.datetime(),
  daysOpen: z.number(),
  last: z.object({
    status: z.enum([...findingStatuses, ...goneStatuses]),
    at: z.iso.datetime(),
    run: z.string(),
    why: z.string().nullable(),
    shownBy: z.array(z.number()),
    cause: z.exactOptional(z.literal('knowledge')),
  }),
  addresses: z.array(
    z.object({
      address: z.string(),
      result: z.enum(['fail', 'good', 'away']),
      runs: z.number(),
      from: z.exactOptional(z.string()),
      at: z.exactOptional(z.iso.datetime()),
    }),
  ),
  byKnowledge: z.exactOptional(z.literal('new')),
  accepted: z.object({ entry: z.string(), level, applied: z.boolean(), exceeded: z.string().nullable() }).nullable(),
});

const contentsOfPlace = z.array(
  z.object({
    address: z.string(),
    uuid: z.string(),
    at: z.iso.datetime(),
    indices: z.array(z.object({ name: z.string(), documents: z.number(), createdAt: z.string().nullable() })),
  }),
);

const pastPlace = z.object({
  place: z.string(),
  checks: z.array(pastCheck),
  contents: z.exactOptional(contentsOfPlace),
}) satisfies z.ZodType<PastPlace>;

const ending = z.object({ end: z.object({ places: z.number(), sha256: z.string() }) });

/**
 * Writes the file: a head, a line per place in the order of the key, and a last line with the SHA-256 of all before it.
 *
 * @returns the SHA-256 (hex) of the complete file
 */
export function writeHistory(path: string, head: HistoryHead, places: AsyncIterable<PastPlace>): Promise<string> {
  return writeAtomically(path, async (out) => {
    const hash = createHash('sha256');
    let count = 0;
    const put = async (value: object): Promise<void> => {
      const text = `${JSON.stringify(value)}\n`;
      hash.update(text);
      await out.write(text);
    };
    await put({ leftopen: 'history', format: historyFormat, ...head });
    for await (const place of places) {
      await put(place);
      count += 1;
    }
    await out.write(`${JSON.stringify({ end: { places: count, sha256: hash.digest('hex') } })}\n`);
  });
}

/**
 * The head of such a file; null where the file is something else.
 *
 * @throws UserMistake when a newer leftopen wrote it
 */
export function historyHead(path: string, line: string): HistoryHead | null {
  const value = parsedJson(line);
  const known = z.object({ leftopen: z.literal('history'), format: z.number() }).safeParse(value);
  if (known.success && known.data.format > historyFormat)
    throw new UserMistake(messages().files.newer(path, known.data.format, historyFormat));
  const head = header.safeParse(value);
  return head.success ? head.data : null;
}

/**
 * Checks the complete file against its last line, and that it can be read.
 *
 * @throws UserMistake when it was changed, cut or damaged
 */
export async function checkHistory(path: string): Promise<HistoryHead> {
  const hash = createHash('sha256');
  let head: HistoryHead | null = null;
  let count = -1;
  let held: string | null = null;
  for await (const { lines } of readLines(path)) {
    for (const line of lines) {
      if (held !== null) {
        if (count === -1) head = historyHead(path, held);
        hash.update(`${held}\n`);
        count += 1;
      }
      held = line;
    }
  }
  if (head === null) throw new UserMistake(messages().files.notAHistory(path));
  const end = ending.safeParse(parsedJson(held ?? ''));
  if (!end.success || end.data.end.places !== count || end.data.end.sha256 !== hash.digest('hex')) throw changed(path);
  return head;
}

/** The places of a file, in the order of the key. */
export async function* readHistory(path: string): AsyncGenerator<PastPlace, void, void> {
  let number = 0;
  for await (const { lines } of readLines(path)) {
    for (const line of lines) {
      number += 1;
      if (number === 1 || line.startsWith('{"end":')) continue;
      const place = pastPlace.safeParse(parsedJson(line));
      if (!place.success) throw changed(path);
      yield place.data;
    }
  }
}

/** Bytes of contents that are held in memory. */
const mostContents = 32_000_000;

/**
 * What was seen at a place of a file, by place; nothing where nothing was, and `too-much` beyond what memory holds. It is held as text
 * outside of V8's heap: as objects it would take four times as much, and let as much garbage pile up.
 *
 * @param most bytes that are held
 */
export async function readContents(
  path: string,
  most = mostContents,
): Promise<(place: string) => readonly ContentsSeen[] | 'too-much'> {
  const places = new Map<string, Buffer | 'too-much'>();
  let held = 0;
  for await (const { lines } of readLines(path)) {
    for (const line of lines) {
      if (!line.includes('"contents":[')) continue;
      const place = pastPlace.safeParse(parsedJson(line));
      if (!place.success) throw changed(path);
      const text = Buffer.from(JSON.stringify(place.data.contents ?? []));
      held += text.length;
      places.set(place.data.place, held <= most ? text : 'too-much');
    }
  }
  return (place) => {
    const text = places.get(place);
    if (text === undefined || text === 'too-much') return text ?? [];
    return contentsOfPlace.parse(parsedJson(text.toString()));
  };
}

function changed(path: string): AlteredRecord {
  return new AlteredRecord(messages().files.altered.historyChanged(path));
}
