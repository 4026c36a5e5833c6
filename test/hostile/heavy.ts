// Hostile servers that are real ones but for their size: what their answers list, a thousandfold.
import type { RecordedExchange, Recording } from '../../src/demo/replay.js';
import type { Group, Hostile } from './estate.js';
import { anyRecording, answering } from './poison.js';

/** Which list of an answer grows: the outermost (indices, nodes, saved objects) or the innermost (fields, roles). */
type Where = 'outer' | 'inner';

/** Bytes of a grown answer: as long as the longest that is read. */
const size = 4_000_000;

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Members of a list, or of an object that maps names to objects. */
function membersOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  const members = isObject(value) ? Object.values(value) : [];
  return members.every(isObject) ? members : [];
}

/** A member under another name, so that each counts. */
function renamed(member: unknown, number: number): unknown {
  if (typeof member === 'string') return `${member}-${number}`;
  if (!isObject(member)) return member;
  const named = ['index', 'name', 'id', 'alias'].filter((key) => typeof member[key] === 'string');
  return { ...member, ...Object.fromEntries(named.map((key) => [key, `${String(member[key])}-${number}`])) };
}

/** The value with its first list that can grow, from outside or inside, at some four megabytes; null where none can. */
function grown(value: unknown, where: Where): unknown {
  if (typeof value !== 'object' || value === null) return null;
  const inside = (): unknown => {
    for (const [key, item] of Object.entries(value)) {
      const more = grown(item, where);
      if (more !== null) return Array.isArray(value) ? [more] : { ...value, [key]: more };
    }
    return null;
  };
  const self = (): unknown => {
    const members = membersOf(value);
    const [first] = members;
    if (first === undefined) return null;
    const count = Math.min(100_000, Math.ceil(size / (JSON.stringify(first).length + 20)));
    const more = Array.from({ length: count }, (_, i) => renamed(members[i % members.length], i));
    return Array.isArray(value)
      ? [...members, ...more]
      : { ...value, ...Object.fromEntries(more.map((member, i) => [`more-${i}`, member])) };
  };
  return where === 'outer' ? (self() ?? inside()) : (inside() ?? self());
}

/** The recording with longer answers, each made when it is asked for: all of them would take a gigabyte. */
function grownRecording(recording: Recording, { where, paths }: Growth): Recording {
  const change = (exchange: RecordedExchange): RecordedExchange => ({
    ...exchange,
    get wire() {
      const { wire } = exchange;
      if (wire.kind === 'bytes' || !/^[[{]/.test(wire.text ?? '') || !paths.test(exchange.path)) return wire;
      const more = grown(JSON.parse(wire.text ?? ''), where);
      return more === null ? wire : { ...wire, text: JSON.stringify(more) };
    },
  });
  return { ...recording, exchanges: recording.exchanges.map(change) };
}

interface Growth {
  readonly where: Where;
  readonly paths: RegExp;
}

/** What grows: with other lists of indices, other mappings would be asked for. */
const growths: Readonly<Record<string, Growth>> = {
  everything: { where: 'outer', paths: /^/ },
  fields: { where: 'inner', paths: /_mapping|_field_caps|fields|_nodes|_security|authinfo|status|stats$/ },
};

const recordings = [
  'elasticsearch/7.17.9-open',
  'elasticsearch/9.4.3-open',
  'opensearch/2.19.4-open',
  'kibana/8.12.2-open',
  'opensearch-dashboards/2.19.2-data-sources',
];

/** Servers of which every answer that lists something is as long as the longest that is read. */
const heavy: readonly Hostile[] = recordings.flatMap((name) =>
  Object.entries(growths).map(([what, growth]) => ({
    id: `${name.replaceAll('/', '-')}-thousandfold-${what}`,
    answer: answering(grownRecording(anyRecording(name), growth)),
    ends: [{ state: 'open' }, { state: 'undetermined' }],
  })),
);

export const heavyGroups: readonly Group[] = [
  { name: 'a real server’s answers, a thousandfold', hostiles: heavy, patienceMs: 20_000 },
];
