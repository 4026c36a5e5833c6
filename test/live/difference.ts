import { bodyBytes, type RecordedExchange, type Recording, type Wire } from '../../src/demo/replay.js';

/**
 * How two recordings of one server differ where it matters: questions, status lines, header names and values, the shape
 * of bodies. What changes with every start (times, counts, generated ids, ports, sizes) does not. One readable line each.
 */
export function difference(before: Recording, after: Recording): readonly string[] {
  const lines: string[] = [];
  const old = new Map(before.exchanges.map((exchange) => [nameOf(exchange), exchange]));
  const fresh = new Map(after.exchanges.map((exchange) => [nameOf(exchange), exchange]));
  for (const name of old.keys()) if (!fresh.has(name)) lines.push(`${name}: no longer asked`);
  for (const [name, exchange] of fresh) {
    const known = old.get(name);
    if (!known) lines.push(`${name}: newly asked`);
    else lines.push(...wireDifference(known.wire, exchange.wire).map((line) => `${name}: ${line}`));
  }
  const undated = ({ head }: Recording): string => JSON.stringify({ ...head, date: '' });
  if (undated(before) !== undated(after)) lines.push('what it declares of itself changed');
  return lines;
}

function nameOf(exchange: RecordedExchange): string {
  return `${exchange.method} ${exchange.path}`;
}

function wireDifference(before: Wire, after: Wire): readonly string[] {
  const old = traits(before);
  const fresh = traits(after);
  const gone = old.filter((trait) => !fresh.includes(trait)).map((trait) => `- ${trait}`);
  const come = fresh.filter((trait) => !old.includes(trait)).map((trait) => `+ ${trait}`);
  return [...gone, ...come];
}

/** Header lines that change with every answer. */
const passing = /^(date|content-length|etag|last-modified):/i;

/** Who happens to be connected to a node. */
const visitors = /\.http\.clients\[\]/;

/** An answer as a list of plain lines, without what changes with every start. */
function traits(wire: Wire): readonly string[] {
  const body = bodyBytes(wire).toString('utf8');
  const shape =
    jsonTraits(body) ??
    body
      .split(/\r?\n/)
      .filter((line) => !passing.test(line))
      .map((line) => `| ${steady(line)}`);
  if (wire.kind === 'bytes') return [`no HTTP, then ${wire.end}`, ...shape];
  const head = wire.head.filter((line) => !passing.test(line)).map(steady);
  return [...head, `framing ${wire.framing}${wire.cut === true ? ', cut' : ''}`, ...shape];
}

function jsonTraits(body: string): readonly string[] | null {
  try {
    const parsed: unknown = JSON.parse(body);
    return [...new Set(leaves(parsed, '$'))].filter((leaf) => !visitors.test(leaf));
  } catch {
    return null;
  }
}

function leaves(value: unknown, path: string): readonly string[] {
  if (Array.isArray(value))
    return value.length === 0 ? [`${path} []`] : value.flatMap((item) => leaves(item, `${path}[]`));
  if (typeof value !== 'object' || value === null)
    return [`${path} ${typeof value === 'number' ? 'number' : steady(JSON.stringify(value))}`];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${steady(key)}`));
}

/** Replaces generated ids, times, durations and numbers of a text by their kind. */
function steady(text: string): string {
  return text
    .replace(/\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:?\d{2})?/g, '<time>')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '<id>')
    .replace(/(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{20,22}(?![A-Za-z0-9_-])/g, '<id>')
    .replace(/(?<=127\.0\.0\.1:)\d+/g, '<port>')
    .replace(/"\d+(\.\d+)?([kmgt]?b|ms|s|m|h|d)?"/g, '"<number>"')
    .replace(/\d{10,13}/g, '<number>');
}
