// Readings of a record, which outlive the answers that they did not look at.
import type { Endpoint } from '../model/endpoint.js';
import type { EndpointRecord, Exchange } from '../model/exchange.js';

/** What a reading looked at, or what differs between two records: a bit for each question, and those below. */
type Parts = Uint32Array;

/** All exchanges, in whatever way. */
const everyExchange = 0;
/** What a record says besides its exchanges: its certificate, why it was cut, and the rest. */
const tlsFacts = 1;
const cutReason = 2;
const otherFields = 3;
const firstQuestion = 4;

const words = 8;

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

/** The record of a survey under way, and the one before its last exchange. */
interface Grown {
  readonly exchanges: readonly Exchange[];
  readonly before: EndpointRecord | null;
}

/** What is remembered of a record: one object for all, since each entry of a weak map is work for the garbage collector. */
interface Memory {
  /** Null where the survey is over. */
  readonly grown: Grown | null;
  /** What each reading gave, by its number. */
  readonly known: (Known<unknown> | undefined)[];
}

const memories = new WeakMap<EndpointRecord, Memory>();

function memoryOf(record: EndpointRecord): Memory {
  let memory = memories.get(record);
  if (memory === undefined) {
    memory = { grown: null, known: [] };
    memories.set(record, memory);
  }
  return memory;
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
  const at = exchanges[0]?.at ?? '';
  const record: EndpointRecord = {
    endpoint,
    get ordinal() {
      look(otherFields);
      return 0;
    },
    get targets() {
      look(otherFields);
      return [];
    },
    get at() {
      look(otherFields);
      return at;
    },
    get exchanges() {
      look(everyExchange);
      return exchanges;
    },
    get tls() {
      look(tlsFacts);
      return null;
    },
    get cut() {
      look(cutReason);
      return null;
    },
  };
  const last = exchanges.at(-1);
  if (last !== undefined) byLastExchange.set(last, record);
  // The first exchange gives the record its time.
  memories.set(record, { grown: { exchanges, before: exchanges.length > 1 ? before : null }, known: [] });
  return record;
}

/** The exchanges of a record, for those who say themselves what they look at. */
export function exchangesIn(record: EndpointRecord): readonly Exchange[] {
  return memories.get(record)?.grown?.exchanges ?? record.exchanges;
}

/** The record that this one was before its last exchange, or before its survey ended, and what differs between the two. */
function earlier(record: EndpointRecord): { readonly record: EndpointRecord; readonly changed: Parts } | null {
  const changed = new Uint32Array(words);
  const grown = memories.get(record)?.grown ?? null;
  if (grown !== null) {
    const last = grown.exchanges.at(-1);
    if (grown.before === null || last === undefined) return null;
    add(changed, everyExchange);
    add(changed, bitOf(last.question));
    return { record: grown.before, changed };
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
      const known = memories.get(step.record)?.known[own];
      if (given(known)) return meet(known.looked, changed) ? null : known;
    }
    return null;
  }

  function readNow(record: EndpointRecord): Known<Value> {
    const outer = looked;
    const parts = new Uint32Array(words);
    looked = parts;
    try {
      return { value: read(record), looked: parts };
    } finally {
      looked = outer;
    }
  }

  return (record) => {
    const { known } = memoryOf(record);
    const stored = known[own];
    const found = given(stored) ? stored : (stillTrue(record) ?? readNow(record));
    known[own] = found;
    if (looked !== null) addAll(looked, found.looked);
    return found.value;
  };
}
