/** Small changes of a body: one byte, one field, one row. They are what goes wrong with a single answer. */
import type { Random } from './random.js';
import { isObject, jsonOf, withBody, type Reply } from './wire.js';

/** Changes one answer; returns it unchanged where there is nothing to change. */
export type Alter = (reply: Reply, random: Random) => Reply;

/** One bit of one byte of the body is flipped. */
export function flipBit(reply: Reply, random: Random): Reply {
  if (reply.body.length === 0) return reply;
  const body = Buffer.from(reply.body);
  const at = random.below(body.length);
  body[at] = (body[at] ?? 0) ^ (1 << random.below(8));
  return { ...reply, body };
}

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** One letter or digit of the body is another one: the JSON stays JSON more often than by a flipped bit. */
export function otherLetter(reply: Reply, random: Random): Reply {
  const text = reply.body.toString('latin1');
  const places = [...text.matchAll(/[A-Za-z0-9]/g)].map(({ index }) => index);
  const at = random.pick(places);
  if (at === undefined) return reply;
  const body = Buffer.from(reply.body);
  body[at] = letters.charCodeAt(random.below(letters.length));
  return { ...reply, body };
}

/** The connection ends within the body. */
export function cutShort(reply: Reply, random: Random): Reply {
  if (reply.body.length === 0) return reply;
  return { ...reply, body: reply.body.subarray(0, random.below(reply.body.length)), cut: true };
}

/** The body is shorter, and its length says so: something wrote the answer anew. */
export function shortened(reply: Reply, random: Random): Reply {
  if (reply.body.length === 0) return reply;
  return withBody(reply, reply.body.subarray(0, random.below(reply.body.length)));
}

/** A place in a JSON value where a part can be taken away or put: an object or list, as the keys that lead there. */
type Place = readonly (string | number)[];

function placesIn(value: unknown, at: Place = []): Place[] {
  if (Array.isArray(value))
    return [at, ...value.slice(0, 50).flatMap((item: unknown, key) => placesIn(item, [...at, key]))];
  if (!isObject(value)) return [];
  return [at, ...Object.entries(value).flatMap(([key, item]) => placesIn(item, [...at, key]))];
}

function changedAt(value: unknown, [first, ...rest]: Place, change: (part: unknown) => unknown): unknown {
  if (first === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((item: unknown, key) => (key === first ? changedAt(item, rest, change) : item));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === first ? changedAt(item, rest, change) : item]),
  );
}

function alteredJson(reply: Reply, random: Random, change: (part: unknown) => unknown): Reply {
  const value = jsonOf(reply);
  const place = value === undefined ? undefined : random.pick(placesIn(value));
  return place === undefined ? reply : withBody(reply, JSON.stringify(changedAt(value, place, change)));
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** One member of one object, or one item of one list, is gone. */
export function fieldLost(reply: Reply, random: Random): Reply {
  return alteredJson(reply, random, (part) => {
    if (isList(part)) {
      const at = random.below(part.length);
      return part.filter((_, key) => key !== at);
    }
    if (!isObject(part)) return part;
    const gone = random.pick(Object.keys(part));
    return Object.fromEntries(Object.entries(part).filter(([key]) => key !== gone));
  });
}

const moreKeys = [
  'requestId',
  'x_to_come',
  'took',
  'status',
  'name',
  'index',
  'uuid',
  'hits',
  '_links',
  'error',
  'message',
];
const moreValues: readonly unknown[] = ['', 'ok', 'x', 0, 1, 1.5, -1, null, true, [], {}, { count: 1 }, ['a']];

/** One object has one more member, or one list one more item. */
export function fieldAdded(reply: Reply, random: Random): Reply {
  return alteredJson(reply, random, (part) => {
    const more = random.pick(moreValues);
    if (isList(part)) return [...part, part.length > 0 ? part[0] : more];
    if (!isObject(part)) return part;
    return { ...part, [random.pick(moreKeys) ?? 'x']: more };
  });
}

/** One value has another type: a number becomes a string, a string a number, or a value disappears. */
export function otherKind(reply: Reply, random: Random): Reply {
  return alteredJson(reply, random, (part) => {
    if (!isObject(part)) return part;
    const chosen = random.pick(Object.keys(part));
    return Object.fromEntries(
      Object.entries(part).map(([key, item]) => [key, key === chosen ? random.pick(kindsOf(item)) : item]),
    );
  });
}

function kindsOf(value: unknown): readonly unknown[] {
  const own = typeof value === 'number' ? [String(value), value + 0.5, -value] : [];
  return [...own, null, '', 0, '0', [], {}, [value], { value }, true];
}

/** One key is spelt differently. */
export function keyRenamed(reply: Reply, random: Random): Reply {
  return alteredJson(reply, random, (part) => {
    if (!isObject(part)) return part;
    const chosen = random.pick(Object.keys(part));
    return Object.fromEntries(
      Object.entries(part).map(([key, item]) => [key === chosen ? `${key.slice(0, -1)}u` : key, item]),
    );
  });
}

/** One header line is gone. */
export function headerLost(reply: Reply, random: Random): Reply {
  const gone = random.below(reply.headers.length);
  return { ...reply, headers: reply.headers.filter((_, at) => at !== gone) };
}

/** The ways in which one answer can be damaged, by name. */
export const smallDamages: Readonly<Record<string, Alter>> = {
  'flipped-bit': flipBit,
  'other-letter': otherLetter,
  'cut-short': cutShort,
  shortened,
  'field-lost': fieldLost,
  'field-added': fieldAdded,
  'other-kind': otherKind,
  'key-renamed': keyRenamed,
  'header-lost': headerLost,
};
