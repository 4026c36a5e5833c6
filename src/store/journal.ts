// The journal of a run: the answers, a line for each finished endpoint, in segments that are appended to and never changed.
import { fstatSync, openSync, statSync } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { messages } from '../messages/index.js';
import type { Target } from '../model/endpoint.js';
import type { Vantage } from '../model/engagement.js';
import type { EndpointRecord } from '../model/exchange.js';
import { lineWriter, readCheckedLines } from './checked-lines.js';
import type { Damage } from './checked-lines.js';
import { endpointLine, isInstant, isObject, journalledOf } from './journal-line.js';
import type { Journalled, LineRef } from './journal-line.js';
import { errorCode, reading, Unreadable, UserMistake } from './mistake.js';

/** Version of the journal's format: a reader refuses every other one. */
export const journalFormat = 2;

/** The first line of a segment: with it, the segment can be read alone. */
export interface SegmentHeader {
  readonly leftopen: 'journal';
  readonly format: number;
  readonly run: string;
  readonly segment: number;
  /** UTC ISO 8601. */
  readonly startedAt: string;
  readonly tool: string;
  readonly catalogue: string;
  readonly knowledge: string;
  /** Digest of targets, scope, limits and catalogue. */
  readonly digest: string;
  readonly vantage: Vantage;
  /** The targets as declared: a journal is judged without the file they came from. */
  readonly targets: readonly Target[];
}

/** What happened to the run itself, between the lines of endpoints. Instants are UTC ISO 8601. */
export type Mark =
  /** A control was asked. `good` when it answered as it did at first. */
  | {
      readonly mark: 'control';
      readonly at: string;
      readonly url: string;
      readonly good: boolean;
      readonly detail: string;
    }
  /** Answers between these instants prove nothing. */
  | { readonly mark: 'lost'; readonly from: string; readonly to: string; readonly cut: LostCut; readonly why: string }
  /** The first critical finding of this endpoint is handed on to the user's command. */
  | { readonly mark: 'critical'; readonly ordinal: number; readonly address: string | null; readonly check: string }
  /** The user's command has taken it. */
  | { readonly mark: 'raised'; readonly ordinal: number; readonly address: string | null }
  /** A bug of ours cut this endpoint short. */
  | { readonly mark: 'bug'; readonly ordinal: number; readonly text: string }
  /** These lines of an earlier segment are damaged; this part of the run asks again what they held. */
  | ({ readonly mark: 'damage' } & SegmentDamage)
  /** The asking of this segment came to its end; without one, its process was killed. */
  | ({ readonly mark: 'end'; readonly at: string } & Ending);

/** How the asking ended. */
export interface Ending {
  /** Every declared endpoint was asked, or said why not. */
  readonly finished: boolean;
  readonly interrupted: boolean;
  /** What is missing and why, one sentence each. */
  readonly gaps: readonly string[];
}

/** Why answers of a stretch of time prove nothing. */
export type LostCut = 'vantage-lost' | 'source-blocked';

/** One writer's append-only part of the journal. */
export interface Segment {
  readonly number: number;
  /** Lines written so far, the header among them. */
  readonly lines: number;
  /** Bytes written so far. */
  readonly length: number;
  /** The open file: what was written can be read from it, also when its name is gone. */
  readonly descriptor: number;
  /** Appends the line of a finished endpoint; on return it survives a SIGKILL. Returns the record as it will be read. */
  write(journalled: Journalled): EndpointRecord;
  mark(mark: Mark): void;
  /** Whether its name still leads to it: it may have been deleted. */
  isInPlace(): boolean;
  /** Nothing more is written; it stays open to be read. */
  end(): void;
  close(): void;
}

const segmentName = /^(\d{4,})\.jsonl\.gz$/;

/** How the segments of format 1 were named. */
const formerSegmentName = /^\d{4,}\.jsonl$/;

/** Path of a segment. */
export function segmentPath(folder: string, number: number): string {
  return join(folder, `${String(number).padStart(4, '0')}.jsonl.gz`);
}

/**
 * Opens a new segment and writes its header. Every line is written completely before the call returns; it is flushed to the
 * disk itself every two seconds and at the end, so a power cut costs two seconds at most.
 *
 * @param path the segment's file; must not exist
 * @throws the system's error when the disk is full or may not be written
 */
export function openSegment(path: string, header: SegmentHeader): Segment {
  // Read as well as appended to: the record of a run is made from this file, whatever became of its name.
  const descriptor = openSync(path, 'ax+', 0o600);
  const writer = lineWriter(descriptor);
  writer.writeTwice(JSON.stringify(header));
  return {
    number: header.segment,
    descriptor,
    get lines() {
      return writer.lines;
    },
    get length() {
      return writer.length;
    },
    write(journalled) {
      const { kept, json } = endpointLine(journalled);
      writer.write(json);
      return kept;
    },
    mark: (mark) => writer.write(JSON.stringify(mark)),
    isInPlace: () => statSync(path, { throwIfNoEntry: false })?.ino === fstatSync(descriptor).ino,
    end: () => writer.end(),
    close() {
      writer.end();
      writer.close();
    },
  };
}

/** Where the journal is damaged. */
export interface SegmentDamage extends Damage {
  readonly segment: number;
}

/** A line of the journal as read. */
export type JournalEntry =
  | { readonly kind: 'header'; readonly header: SegmentHeader }
  | { readonly kind: 'endpoint'; readonly at: LineRef; readonly journalled: Journalled }
  | { readonly kind: 'mark'; readonly at: LineRef; readonly mark: Mark }
  /** The end of a segment: how many lines were read of it, and where it is damaged. */
  | {
      readonly kind: 'segment-end';
      readonly segment: number;
      readonly lines: number;
      readonly damage: readonly SegmentDamage[];
    };

/**
 * Numbers of the segments in a journal folder, in order.
 *
 * @throws UserMistake when there is no such folder, or its journal has an earlier version
 */
export async function listSegments(folder: string): Promise<readonly number[]> {
  const names = await reading(folder, () => readdir(folder)).catch((error: unknown): never => {
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR') throw error;
    throw new UserMistake(messages().files.journal.missing(folder));
  });
  const former = names.find((name) => formerSegmentName.test(name));
  if (former !== undefined) {
    throw new UserMistake(messages().files.journal.firstFormat(folder, former, journalFormat));
  }
  return names
    .map((name) => Number(segmentName.exec(name)?.[1] ?? Number.NaN))
    .filter((number) => !Number.isNaN(number))
    .sort((a, b) => a - b);
}

/**
 * Reads a journal from its beginning. What is damaged is left out, and said at the end of its segment.
 *
 * @param own the segment that this process writes: read from its open file, up to where it is now
 * @throws UserMistake where there is no journal, or one of another format
 */
export async function* readJournal(folder: string, own?: Segment): AsyncGenerator<JournalEntry, void, void> {
  const length = own?.length;
  const listed = await listSegments(folder).catch((error: unknown) => {
    // The folder is gone; the open file is not.
    if (own !== undefined) return [];
    throw error;
  });
  const numbers = new Set(own === undefined ? listed : [...listed, own.number]);
  for (const number of [...numbers].sort((a, b) => a - b)) {
    if (number === own?.number) {
      yield* readSegment(folder, number, own.descriptor, length);
      continue;
    }
    const path = segmentPath(folder, number);
    const handle = await reading(path, async () => {
      const opened = await open(path, 'r');
      // A folder can be opened, and not read.
      if ((await opened.stat()).isFile()) return opened;
      await opened.close();
      throw new Unreadable(path, 'EISDIR');
    });
    try {
      yield* readSegment(folder, number, handle.fd);
    } finally {
      await handle.close();
    }
  }
}

async function* readSegment(
  folder: string,
  segment: number,
  descriptor: number,
  until?: number,
): AsyncGenerator<JournalEntry, void, void> {
  let count = 0;
  const unknown: SegmentDamage[] = [];
  for await (const { lines, damage } of readCheckedLines(descriptor, until)) {
    for (const { number: line, value } of lines) {
      count += 1;
      const format = formatOf(value);
      if (format !== null && format !== journalFormat) {
        throw new UserMistake(messages().files.journal.otherFormat(folder, format, journalFormat, segment));
      }
      const entry = entryOf(value, { segment, line });
      if (entry === null) unknown.push({ segment, from: line, to: line, lost: true });
      else yield entry;
    }
    if (damage === null) continue;
    const all = [...damage.map((each) => ({ segment, ...each })), ...unknown];
    yield { kind: 'segment-end', segment, lines: count, damage: all };
  }
}

/** What a line says; null where it is not one of ours. */
function entryOf(value: Readonly<Record<string, unknown>>, at: LineRef): JournalEntry | null {
  if (isHeader(value)) return { kind: 'header', header: value };
  if (isMark(value)) return { kind: 'mark', at, mark: value };
  const journalled = journalledOf(value);
  return journalled === null ? null : { kind: 'endpoint', at, journalled };
}

/** Where lines are missing, for people: segment and line as in the journal. */
export function damageText({ segment, from, to, lost }: SegmentDamage): string {
  return messages().files.journal.damage(segment, from, to, lost);
}

function formatOf(value: Readonly<Record<string, unknown>>): number | null {
  if (value['leftopen'] !== 'journal') return null;
  return typeof value['format'] === 'number' ? value['format'] : null;
}

function isHeader(
  value: Readonly<Record<string, unknown>>,
): value is Readonly<Record<string, unknown>> & SegmentHeader {
  return (
    formatOf(value) !== null &&
    isInstant(value['startedAt']) &&
    isObject(value['vantage']) &&
    Array.isArray(value['targets']) &&
    value['targets'].every((target) => isObject(target) && typeof target['id'] === 'string')
  );
}

// What a mark must hold, so that a damaged one is not taken for a bug in its reader.
const marks: Readonly<Record<Mark['mark'], (mark: Readonly<Record<string, unknown>>) => boolean>> = {
  control: ({ at, url, good }) => isInstant(at) && typeof url === 'string' && typeof good === 'boolean',
  lost: ({ from, to, cut, why }) =>
    isInstant(from) && isInstant(to) && (cut === 'vantage-lost' || cut === 'source-blocked') && typeof why === 'string',
  critical: ({ ordinal }) => typeof ordinal === 'number',
  raised: ({ ordinal }) => typeof ordinal === 'number',
  bug: ({ text }) => typeof text === 'string',
  damage: ({ segment, from }) => typeof segment === 'number' && typeof from === 'number',
  end: ({ at, finished, gaps }) =>
    isInstant(at) &&
    typeof finished === 'boolean' &&
    Array.isArray(gaps) &&
    gaps.every((gap) => typeof gap === 'string'),
};

function isMark(value: Readonly<Record<string, unknown>>): value is Readonly<Record<string, unknown>> & Mark {
  const holds = Object.entries(marks).find(([name]) => name === value['mark']);
  return holds?.[1](value) === true;
}
