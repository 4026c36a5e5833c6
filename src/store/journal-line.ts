// The line of a finished endpoint in the journal: its record as plain JSON, within a cap.
import { failures } from '../model/exchange.js';
import type { Answer, EndpointRecord, Exchange } from '../model/exchange.js';

/** What the journal holds of an endpoint besides its record. */
export interface Journalled {
  readonly record: EndpointRecord;
  /** All addresses of the place, where it has several: each gets a line of its own. */
  readonly addresses: readonly string[] | null;
  /** The earlier line that this one replaces. */
  readonly replaces: LineRef | null;
  /** How many surveys of this endpoint this one ends. */
  readonly tries: number;
}

/** A line of the journal: number of the segment, and of the line in it (its header is line 0). */
export interface LineRef {
  readonly segment: number;
  readonly line: number;
}

/**
 * Largest line of an endpoint, in bytes before compression: what is kept at most of a listing (31 KiB), nodes and clients (45 each),
 * fields (39) and the rest of one cluster together, so that it is damage and not size that takes a body away.
 */
export const lineCap = 192 * 1024;

/** Bodies up to this size, in characters, stay where larger ones can go: what decides a verdict is mostly short. */
const smallBody = 2 * 1024;

/**
 * The line of a finished endpoint as JSON, and what will be read from it: live previews are made from that, so that they and
 * the record of the run say the same. A line above {@link lineCap} loses bodies: of the large ones the latest first, since what
 * decides a verdict is asked first. Such an answer is marked truncated, and nothing is concluded from what is missing.
 */
export function endpointLine(journalled: Journalled): { readonly kept: EndpointRecord; readonly json: string } {
  const { addresses, replaces, tries } = journalled;
  const more = {
    ...(addresses !== null && { addresses }),
    ...(replaces !== null && { replaces }),
    ...(tries !== 1 && { tries }),
  };
  let kept = journalled.record;
  let json = JSON.stringify({ ...kept, ...more });
  // Each exchange can lose its body and then its headers; what is left after that is small.
  for (let cuts = 0; Buffer.byteLength(json) > lineCap && cuts < 2 * kept.exchanges.length; cuts += 1) {
    const sizes = kept.exchanges.map(({ outcome }) => (outcome.kind === 'answer' ? sizeOf(outcome) : 0));
    const latest = kept.exchanges.findLastIndex(({ outcome }) => bodySize(outcome) > smallBody);
    const worst = latest < 0 ? sizes.indexOf(Math.max(...sizes)) : latest;
    kept = { ...kept, exchanges: kept.exchanges.map((each, at) => (at === worst ? lighter(each) : each)) };
    json = JSON.stringify({ ...kept, ...more });
  }
  return { kept, json };
}

function bodySize(outcome: Exchange['outcome']): number {
  return outcome.kind === 'answer' && outcome.body.kind !== 'none' ? JSON.stringify(outcome.body).length : 0;
}

function sizeOf(answer: Answer): number {
  return JSON.stringify([answer.headers, answer.body]).length;
}

function lighter(exchange: Exchange): Exchange {
  const { outcome } = exchange;
  if (outcome.kind === 'failure') return exchange;
  const headers = outcome.body.kind === 'none' ? {} : outcome.headers;
  return { ...exchange, outcome: { ...outcome, headers, body: { kind: 'none' }, truncated: true } };
}

type EndpointLine = EndpointRecord &
  Partial<Omit<Journalled, 'record'>> & { readonly line: number; readonly crc: string };

/** What the line of an endpoint says; null where it is not one. The inverse of {@link endpointLine}. */
export function journalledOf(value: Readonly<Record<string, unknown>>): Journalled | null {
  if (!isEndpointLine(value)) return null;
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- what belongs to the line, and not to the record
  const { line, crc, addresses = null, replaces = null, tries = 1, ...record } = value;
  return { record, addresses, replaces, tries };
}

/** Looks at the shape only: the line's checksum holds, so it is as we wrote it. */
function isEndpointLine(
  value: Readonly<Record<string, unknown>>,
): value is Readonly<Record<string, unknown>> & EndpointLine {
  const { ordinal, endpoint, targets, at, exchanges, addresses, replaces } = value;
  return (
    typeof ordinal === 'number' &&
    isObject(endpoint) &&
    typeof endpoint['host'] === 'string' &&
    typeof endpoint['port'] === 'number' &&
    Array.isArray(targets) &&
    targets.every((target) => typeof target === 'string') &&
    isInstant(at) &&
    Array.isArray(exchanges) &&
    exchanges.every(isExchange) &&
    (addresses === undefined || Array.isArray(addresses)) &&
    (replaces === undefined || (isObject(replaces) && typeof replaces['line'] === 'number'))
  );
}

function isExchange(value: unknown): boolean {
  if (!isObject(value)) return false;
  const { question, path, at, ms, outcome } = value;
  return (
    typeof question === 'string' &&
    typeof path === 'string' &&
    isInstant(at) &&
    typeof ms === 'number' &&
    isObject(outcome) &&
    (outcome['kind'] === 'answer'
      ? typeof outcome['status'] === 'number' && isObject(outcome['headers']) && isObject(outcome['body'])
      : outcome['kind'] === 'failure' && typeof outcome['failure'] === 'string' && outcome['failure'] in failures)
  );
}

/** Is this a JSON object? */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Is this the text of an instant? */
export function isInstant(value: unknown): value is string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}
