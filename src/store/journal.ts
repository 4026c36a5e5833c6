// The journal: what each endpoint answered, append-only.
import { openSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Target } from '../model/endpoint.js';
import type { Vantage } from '../model/engagement.js';
import type { Cut, EndpointRecord } from '../model/exchange.js';
import type { ControlSummary } from '../model/finding.js';
import type { Question } from '../model/question.js';
import { createBits } from './bits.js';
import type { Bits } from './bits.js';
import { decode, fit, isCompactLine } from './compact.js';
import type { CompactLine, Journalled, LineRef, Tables } from './compact.js';
import { appendWhole, keepFlushed, readLines } from './files.js';
import { errorCode, UserMistake } from './mistake.js';

/** Version of the journal's format; a reader refuses a newer one. */
export const journalFormat = 1;

/** The first line of a segment: with it, the segment can be read alone. */
export interface SegmentHeader {
  readonly leftopen: 'journal';
  readonly format: number;
  readonly run: string;
  readonly segment: number;
  /** UTC ISO 8601; times in the lines count from here. */
  readonly startedAt: string;
  readonly tool: string;
  readonly catalogue: string;
  readonly knowledge: string;
  /** Digest of targets, scope, limits and catalogue. */
  readonly digest: string;
  readonly vantage: Vantage;
  readonly questions: Tables['questions'];
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

/** The questions of a catalogue as the header of a segment lists them. */
export function questionTable(questions: readonly Question[]): Tables['questions'] {
  return questions.map(({ id, method, path }) => [id, method, path] as const);
}

function tablesOf(header: SegmentHeader): Tables {
  return {
    epoch: Date.parse(header.startedAt),
    questions: header.questions,
    targets: header.targets.map((target) => target.id),
  };
}

/** One writer's append-only part of the journal. */
export interface Segment {
  readonly number: number;
  /** Bytes written so far. */
  readonly length: number;
  /** Appends the line of a finished endpoint; on return it survives a SIGKILL. Returns the record as it will be read. */
  write(journalled: Journalled): EndpointRecord;
  mark(mark: Mark): void;
  close(): void;
}

const segmentName = /^(\d{4,})\.jsonl$/;

/** Path of a segment. */
export function segmentPath(folder: string, number: number): string {
  return join(folder, `${String(number).padStart(4, '0')}.jsonl`);
}

/**
 * Opens a new segment and writes its header. Every line is written whole before the call returns; it is flushed to the
 * disk itself every two seconds and at the end, so a power cut costs two seconds at most.
 *
 * @param path the segment's file; must not exist
 * @throws the system's error when the disk is full or may not be written
 */
export function openSegment(path: string, header: SegmentHeader): Segment {
  const descriptor = openSync(path, 'ax', 0o600);
  const tables = tablesOf(header);
  const flushing = keepFlushed(descriptor);
  let length = 0;
  const append = (text: string): void => {
    length = appendWhole(descriptor, length, `${text}\n`);
    flushing.touch();
  };
  append(JSON.stringify(header));
  return {
    number: header.segment,
    get length() {
      return length;
    },
    write(journalled) {
      const { kept, text } = fit(journalled, tables);
      append(text);
      return kept.record;
    },
    mark(mark) {
      append(JSON.stringify(mark));
    },
    close: () => flushing.close(),
  };
}

/** A line of the journal as read. */
export type JournalEntry =
  | { readonly kind: 'header'; readonly header: SegmentHeader }
  | { readonly kind: 'endpoint'; readonly at: LineRef; readonly journalled: Journalled }
  | { readonly kind: 'mark'; readonly mark: Mark };

/**
 * Numbers of the segments in a journal folder, in order.
 *
 * @throws UserMistake when there is no such folder
 */
export async function listSegments(folder: string): Promise<readonly number[]> {
  const names = await readdir(folder).catch((error: unknown): never => {
    if (errorCode(error) !== 'ENOENT' && errorCode(error) !== 'ENOTDIR') throw error;
    throw new UserMistake(`the journal is missing: there is no folder ${folder}; ${elsewhere}`);
  });
  return names
    .map((name) => Number(segmentName.exec(name)?.[1] ?? Number.NaN))
    .filter((number) => !Number.isNaN(number))
    .sort((a, b) => a - b);
}

/** Length of each segment now, to read a journal that is still written up to here. */
export async function journalLengths(folder: string): Promise<ReadonlyMap<number, number>> {
  const lengths = new Map<number, number>();
  for (const number of await listSegments(folder)) lengths.set(number, (await stat(segmentPath(folder, number))).size);
  return lengths;
}

/**
 * Reads a journal from its beginning. A torn last line of a segment is left out: its writer was killed while it wrote.
 *
 * @throws UserMistake naming the segment and line where the journal is damaged or of a newer format
 */
export async function* readJournal(
  folder: string,
  lengths?: ReadonlyMap<number, number>,
): AsyncGenerator<JournalEntry, void, void> {
  for (const number of await listSegments(folder)) {
    const until = lengths === undefined ? undefined : (lengths.get(number) ?? 0);
    let tables: Tables | null = null;
    let line = 0;
    for await (const { lines } of readLines(segmentPath(folder, number), until)) {
      for (const text of lines) {
        const value = parseLine(text);
        if (line === 0) {
          const format = formatOf(value);
          if (format !== null && format > journalFormat) {
            throw new UserMistake(
              `the journal in ${folder} is of format ${format}, and this version reads ${journalFormat}: ` +
                `a newer leftopen wrote segment ${number}; use that one`,
            );
          }
          if (!isHeader(value)) throw damaged(folder, number, line);
          tables = tablesOf(value);
          yield { kind: 'header', header: value };
        } else if (tables !== null && isCompactLine(value)) {
          const journalled = decoded(value, tables);
          if (journalled === null) throw damaged(folder, number, line);
          yield { kind: 'endpoint', at: { segment: number, line }, journalled };
        } else if (isMark(value)) {
          yield { kind: 'mark', mark: value };
        } else {
          throw damaged(folder, number, line);
        }
        line += 1;
      }
    }
  }
}

/** The value of a line; undefined where it is no JSON. */
function parseLine(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a line says; null where it names what the header does not list, or no possible instant. */
function decoded(line: CompactLine, tables: Tables): Journalled | null {
  try {
    return decode(line, tables);
  } catch {
    return null;
  }
}

const elsewhere = 'restore the run folder from a copy, or make the audit anew';

function damaged(folder: string, segment: number, line: number): UserMistake {
  return new UserMistake(`the journal in ${folder} is damaged: segment ${segment}, line ${line + 1}; ${elsewhere}`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isInstant(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function formatOf(value: unknown): number | null {
  if (!isObject(value) || value['leftopen'] !== 'journal') return null;
  return typeof value['format'] === 'number' ? value['format'] : null;
}

function isHeader(value: unknown): value is SegmentHeader {
  return (
    isObject(value) &&
    formatOf(value) !== null &&
    isInstant(value['startedAt']) &&
    isObject(value['vantage']) &&
    Array.isArray(value['questions']) &&
    value['questions'].every(
      (entry) => Array.isArray(entry) && entry.length === 3 && entry.every((part) => typeof part === 'string'),
    ) &&
    Array.isArray(value['targets']) &&
    value['targets'].every((target) => isObject(target) && typeof target['id'] === 'string')
  );
}

// What a mark must hold, so that a damaged one is not taken for a bug of whoever reads it.
const marks: Readonly<Record<Mark['mark'], (mark: Readonly<Record<string, unknown>>) => boolean>> = {
  control: ({ at, url, good }) => isInstant(at) && typeof url === 'string' && typeof good === 'boolean',
  lost: ({ from, to, cut, why }) =>
    isInstant(from) && isInstant(to) && (cut === 'vantage-lost' || cut === 'source-blocked') && typeof why === 'string',
  critical: ({ ordinal }) => typeof ordinal === 'number',
  raised: ({ ordinal }) => typeof ordinal === 'number',
  bug: ({ text }) => typeof text === 'string',
  end: ({ at, finished, gaps }) =>
    isInstant(at) &&
    typeof finished === 'boolean' &&
    Array.isArray(gaps) &&
    gaps.every((gap) => typeof gap === 'string'),
};

function isMark(value: unknown): value is Mark {
  if (!isObject(value)) return false;
  const holds = Object.entries(marks).find(([name]) => name === value['mark']);
  return holds?.[1](value) === true;
}

/** What a journal says of the run's progress: one bit for a place, one for a replaced line, and little else. */
export interface JournalState {
  /** Header of the first segment; null for a journal without one. */
  readonly header: SegmentHeader | null;
  /** Ordinals of the places whose every address has a line. */
  readonly done: Bits;
  /** Ordinals of the places of which the user's command has taken a critical finding. */
  readonly raised: Bits;
  /** Places of several addresses of which some have no line yet: all addresses, and those that have one. */
  readonly partial: ReadonlyMap<number, { readonly addresses: readonly string[]; readonly done: ReadonlySet<string> }>;
  readonly lost: readonly { readonly from: number; readonly to: number; readonly cut: LostCut; readonly why: string }[];
  /** When a control was last good, milliseconds since the epoch; null for never. */
  readonly lastGoodControl: number | null;
  /** The controls by URL, in the order they were first asked. */
  readonly controls: ReadonlyMap<string, ControlSummary>;
  /** Bugs of ours, the first 100. */
  readonly bugs: readonly string[];
  /** How the last segment ended; null when its process was killed, or still runs. */
  readonly end: (Ending & { readonly at: string }) | null;
  /** When the last endpoint was finished, milliseconds since the epoch. */
  readonly lastAt: number;
  /** Segments there are. */
  readonly segments: number;
  /** Lines of endpoints there are, replaced ones too. */
  readonly lines: number;
  /** By segment, the ordinals of places that it says were not asked. */
  readonly unasked: ReadonlyMap<number, Bits>;
  replaced(at: LineRef): boolean;
}

/** Reads a journal for what a resumed run and the judging pass must know before they begin. */
export async function scanJournal(folder: string): Promise<JournalState> {
  let header: SegmentHeader | null = null;
  let lastGoodControl: number | null = null;
  let segments = 0;
  let lines = 0;
  let end: JournalState['end'] = null;
  let lastAt = 0;
  const done = createBits();
  const raised = createBits();
  const partial = new Map<number, { addresses: readonly string[]; done: Set<string> }>();
  const lost: { from: number; to: number; cut: LostCut; why: string }[] = [];
  const controls = new Map<string, ControlSummary>();
  const bugs: string[] = [];
  const replaced = new Map<number, Bits>();
  const unasked = new Map<number, Bits>();
  for await (const entry of readJournal(folder)) {
    switch (entry.kind) {
      case 'header':
        header ??= entry.header;
        segments += 1;
        end = null;
        lastAt = Math.max(lastAt, Date.parse(entry.header.startedAt));
        break;
      case 'mark':
        switch (entry.mark.mark) {
          case 'control':
            if (entry.mark.good) lastGoodControl = Date.parse(entry.mark.at);
            controls.set(entry.mark.url, counted(controls.get(entry.mark.url), entry.mark));
            break;
          case 'lost': {
            const { from, to, cut, why } = entry.mark;
            lost.push({ from: Date.parse(from), to: Date.parse(to), cut, why });
            break;
          }
          case 'critical':
            break;
          case 'raised':
            raised.add(entry.mark.ordinal);
            break;
          case 'bug':
            if (bugs.length < 100) bugs.push(entry.mark.text);
            break;
          case 'end':
            end = entry.mark;
            break;
        }
        break;
      case 'endpoint': {
        lines += 1;
        const { record, addresses, replaces } = entry.journalled;
        lastAt = Math.max(lastAt, endOf(record));
        if (replaces !== null) {
          const bits = replaced.get(replaces.segment) ?? createBits();
          bits.add(replaces.line);
          replaced.set(replaces.segment, bits);
        }
        // A line without exchanges says that nothing was asked: the place is still to be asked.
        if (record.exchanges.length === 0) {
          const bits = unasked.get(entry.at.segment) ?? createBits();
          bits.add(record.ordinal);
          unasked.set(entry.at.segment, bits);
          break;
        }
        if (addresses === null) {
          done.add(record.ordinal);
          break;
        }
        const place = partial.get(record.ordinal) ?? { addresses, done: new Set() };
        if (record.endpoint.address !== null) place.done.add(record.endpoint.address);
        if (addresses.every((address) => place.done.has(address))) {
          done.add(record.ordinal);
          partial.delete(record.ordinal);
        } else {
          partial.set(record.ordinal, place);
        }
        break;
      }
    }
  }
  return {
    header,
    done,
    raised,
    partial,
    lost,
    lastGoodControl,
    controls,
    bugs,
    end,
    lastAt,
    segments,
    lines,
    unasked,
    replaced: ({ segment, line }) => replaced.get(segment)?.has(line) ?? false,
  };
}

function counted(before: ControlSummary | undefined, mark: Extract<Mark, { mark: 'control' }>): ControlSummary {
  const { asked, answered, lastAnsweredAt } = before ?? { asked: 0, answered: 0, lastAnsweredAt: null };
  return {
    url: mark.url,
    asked: asked + 1,
    answered: answered + (mark.good ? 1 : 0),
    lastAnsweredAt: mark.good ? mark.at : lastAnsweredAt,
  };
}

/** When its survey ended, milliseconds since the epoch. */
export function endOf(record: EndpointRecord): number {
  const last = record.exchanges.at(-1);
  return last === undefined ? Date.parse(record.at) : Date.parse(last.at) + last.ms;
}

/** Why the answers of this endpoint prove nothing: a stretch in which our vantage was lost touches it. */
export function lostCut(record: EndpointRecord, lost: JournalState['lost']): LostCut | null {
  if (lost.length === 0) return null;
  const begin = Date.parse(record.at);
  const end = endOf(record);
  return lost.find(({ from, to }) => end > from && begin < to)?.cut ?? null;
}

/**
 * The finished endpoints of a journal: replaced lines left out, and those of a stretch in which our vantage was lost cut
 * accordingly. This is what is judged.
 */
export async function* readRecords(folder: string, state: JournalState): AsyncGenerator<EndpointRecord, void, void> {
  const told = createBits();
  for await (const entry of readJournal(folder)) {
    if (entry.kind !== 'endpoint' || state.replaced(entry.at)) continue;
    const { record } = entry.journalled;
    if (record.exchanges.length === 0) {
      const { ordinal } = record;
      // Asked later, or said already, or said anew with the reason of a later run over it.
      if (state.done.has(ordinal) || state.partial.has(ordinal) || told.has(ordinal)) continue;
      if ([...state.unasked].some(([segment, bits]) => segment > entry.at.segment && bits.has(ordinal))) continue;
      told.add(ordinal);
    }
    const cut: Cut | null = lostCut(record, state.lost);
    yield cut === null ? record : { ...record, cut };
  }
}
