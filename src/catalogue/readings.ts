// Readings of a record, which outlive the answers that they did not look at.
import type { Endpoint } from '../model/endpoint.js';
import type { EndpointRecord, Exchange } from '../model/exchange.js';

/** What a reading looked at, or what differs between two records: a bit for each question, and those below, 32 to a number. */
type Parts = number[];

/** All exchanges, in whatever way. */
const everyExchange = 0;
/** What a record says besides its exchanges: its certificate, why it was cut, and the rest. */
const tlsFacts = 1;
const cutReason = 2;
const otherFields = 3;
const firstQuestion = 4;

const words = 8;

function noParts(): Parts {
  return new Array<number>(words).fill(0);
}

const bits = new Map<string, number>();

/** The bit of a question; that of all exchanges where there are more questions than bits. */
function bitOf(question: string): number {
  const known = bits.get(question);
  if (known !== undefined) return known;
  const next = firstQuestion + bits.size;
  if (next >= words * 32) return everyExchange;
  bits.set(question, next);
  return next;
}

function add(parts: Parts, bit: number): void {
  parts[bit >> 5] = (parts[bit >> 5] ?? 0) | (1 << (bit & 31));
}

function addAll(parts: Parts, more: Parts): void {
  for (let word = 0; word < words; word += 1) parts[word] = (parts[word] ?? 0) | (more[word] ?? 0);
}

function meet(one: Parts, other: Parts): boolean {
  for (let word = 0; word < words; word += 1) if (((one[word] ?? 0) & (other[word] ?? 0)) !== 0) return true;
  return false;
}

/** What the reading under way looked at so far; null where none is. */
let looked: Parts | null = null;

function look(bit: number): void {
  if (looked !== null) add(looked, bit);
}

/** A reading looks at the answers to these questions; at all of them where none is named. */
export function lookAt(questions: readonly string[]): void {
  if (looked === null) return;
  if (questions.length === 0) add(looked, everyExchange);
  for (const question of questions) add(looked, bitOf(question));
}

/** What each reading of a record gave, by its number: one object for all, since each entry of a weak map is work for the garbage collector. */
type Memory = (Known<unknown> | undefined)[];

const memories = new WeakMap<EndpointRecord, Memory>();

function memoryOf(record: EndpointRecord): Memory {
  if (record instanceof GrowingRecord) return record.memory;
  let memory = memories.get(record);
  if (memory === undefined) {
    memory = [];
    memories.set(record, memory);
  }
  return memory;
}

/**
 * The record of a survey under way, which notes what is looked at. It is a class so that all of them have one shape: V8 gives
 * each object literal with getters a table of its own, and looks every field up in it.
 */
class GrowingRecord implements EndpointRecord {
  readonly endpoint: Endpoint;
  readonly asked: readonly Exchange[];
  /** The record before the last exchange; null for none. */
  readonly before: EndpointRecord | null;
  readonly memory: Memory = [];

  constructor(endpoint: Endpoint, asked: readonly Exchange[], before: EndpointRecord | null) {
    this.endpoint = endpoint;
    this.asked = asked;
    this.before = before;
  }

  get ordinal(): number {
    look(otherFields);
    return 0;
  }
  get targets(): readonly string[] {
    look(otherFields);
    return [];
  }
  get at(): string {
    look(otherFields);
    // The first exchange gives the record its time.
    return this.asked[0]?.at ?? '';
  }
  get exchanges(): readonly Exchange[] {
    look(everyExchange);
    return this.asked;
  }
  get tls(): null {
    look(tlsFacts);
    return null;
  }
  get cut(): null {
    look(cutReason);
    return null;
  }
}

const byLastExchange = new WeakMap<Exchange, EndpointRecord>();

/**
 * The record of a survey that has come so far.
 *
 * @param before the record before the last of these exchanges; null for none
 */
export function recordSoFar(
  endpoint: Endpoint,
  exchanges: readonly Exchange[],
  before: EndpointRecord | null,
): EndpointRecord {
  const record = new GrowingRecord(endpoint, exchanges, exchanges.length > 1 ? before : null);
  const last = exchanges.at(-1);
  if (last !== undefined) byLastExchange.set(last, record);
  return record;
}

/** The exchanges of a record, for those who say themselves what they look at. */
export function exchangesIn(record: EndpointRecord): readonly Exchange[] {
  return record instanceof GrowingRecord ? record.asked : record.exchanges;
}

/** The record that this one was before its last exchange, or before its survey ended, and what differs between the two. */
function earlier(record: EndpointRecord): { readonly record: EndpointRecord; readonly changed: Parts } | null {
  const changed = noParts();
  if (record instanceof GrowingRecord) {
    const last = record.asked.at(-1);
    if (record.before === null || last === undefined) return null;
    add(changed, everyExchange);
    add(changed, bitOf(last.question));
    return { record: record.before, changed };
  }
  const { exchanges, endpoint, tls, cut } = record;
  const last = exchanges.at(-1);
  const known = last === undefined ? undefined : byLastExchange.get(last);
  if (known === undefined || known.endpoint !== endpoint) return null;
  const asked = exchangesIn(known);
  if (asked.length !== exchanges.length || asked.some((exchange, at) => exchange !== exchanges[at])) return null;
  add(changed, otherFields);
  if (tls !== null) add(changed, tlsFacts);
  if (cut !== null) add(changed, cutReason);
  return { record: known, changed };
}

interface Known<Value> {
  readonly value: Value;
  readonly looked: Parts;
}

let readingsMade = 0;

/**
 * The same function, which reads each record once. Of a survey under way it is also asked once more only where the new exchange
 * is one that it looks at: what it looks at is noted while it reads, so the same reading would come out again. `read` must be
 * pure, and must reach the exchanges through the record or through `answersTo`.
 */
export function reading<Value>(read: (record: EndpointRecord) => Value): (record: EndpointRecord) => Value {
  const own = readingsMade;
  readingsMade += 1;
  // Only what `read` gave is ever stored under its number: its shape is not checked a second time.
  const given = (stored: Known<unknown> | undefined): stored is Known<Value> => stored !== undefined;

  function stillTrue(record: EndpointRecord): Known<Value> | null {
    let changed: Parts | null = null;
    for (let step = earlier(record); step !== null; step = earlier(step.record)) {
      if (changed === null) changed = step.changed;
      else addAll(changed, step.changed);
      const known = memoryOf(step.record)[own];
      if (given(known)) return meet(known.looked, changed) ? null : known;
    }
    return null;
  }

  function readNow(record: EndpointRecord): Known<Value> {
    const outer = looked;
    const parts = noParts();
    looked = parts;
    try {
      return { value: read(record), looked: parts };
    } finally {
      looked = outer;
    }
  }

  return (record) => {
    const known = memoryOf(record);
    const stored = known[own];
    const found = given(stored) ? stored : (stillTrue(record) ?? readNow(record));
    known[own] = found;
    if (looked !== null) addAll(looked, found.looked);
    return found.value;
  };
}
