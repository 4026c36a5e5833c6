// Goes on with the rest of a file where a part of it is wrong, so that all mistakes are shown at once.
import type { z } from 'zod';
import type { Path } from './document.js';

type Issue = z.core.$ZodIssue;

/** A mapping without what is wrong in it. */
export interface Salvaged<Part> {
  readonly value: Part;
  /** Keys of the mapping in which something is wrong. */
  readonly broken: ReadonlySet<string>;
  /** The place of a remaining part in the mapping as written: an entry that was taken out moves those after it. */
  readonly inFile: (path: Path) => Path;
}

/**
 * A mapping without the smallest parts of it that are wrong: a key, or one entry of a list; what makes no sense without
 * such a part is taken out with it. Null when nothing useful is left.
 *
 * @param otherwise keys that must be there, for when they are wrong
 * @param asOne lists that are taken out completely, since a part of them would mean something else
 */
export function salvage<Part>(
  schema: z.ZodType<Part>,
  raw: unknown,
  otherwise: Readonly<Record<string, unknown>>,
  asOne: readonly Path[] = [],
): Salvaged<Part> | null {
  if (!isRecord(raw)) return null;
  const taken = new Map<string, Path>();
  for (;;) {
    const rest = without(raw, taken, []);
    const left = { ...otherwise, ...(isRecord(rest) ? rest : {}) };
    const inFile = pathsOf(raw, new Set(taken.keys()));
    const parsed = schema.safeParse(left);
    if (parsed.success) {
      const broken = new Set([...taken.values()].map(([key]) => String(key)));
      return { value: parsed.data, broken, inFile };
    }
    const before = taken.size;
    for (const wrong of wrongParts(parsed.error.issues, left)) {
      if (wrong.length === 0) return null;
      const path = inFile(wrong);
      const whole = asOne.find((list) => list.every((step, depth) => path[depth] === step)) ?? path;
      taken.set(nameOf(whole), whole);
    }
    if (taken.size === before) return null;
  }
}

function nameOf(path: Path): string {
  return JSON.stringify(path.map(String));
}

function without(value: unknown, taken: ReadonlyMap<string, Path>, path: Path): unknown {
  if (taken.size === 0) return value;
  const rest = (item: unknown, step: PropertyKey): readonly unknown[] => {
    const inner = [...path, step];
    return taken.has(nameOf(inner)) ? [] : [without(item, taken, inner)];
  };
  if (Array.isArray(value)) return value.flatMap(rest);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) => rest(item, key).map((kept): [string, unknown] => [key, kept])),
  );
}

/** From paths in what is left to paths in what was written. */
function pathsOf(raw: unknown, taken: ReadonlySet<string>): (path: Path) => Path {
  const positions = new Map<string, readonly number[]>();
  const positionsOf = (items: readonly unknown[], path: Path): readonly number[] => {
    const name = nameOf(path);
    const known = positions.get(name);
    if (known !== undefined) return known;
    const kept = [...items.keys()].filter((index) => !taken.has(nameOf([...path, index])));
    positions.set(name, kept);
    return kept;
  };
  return (path) => {
    if (taken.size === 0) return path;
    const written: PropertyKey[] = [];
    let node = raw;
    for (const step of path) {
      const inList = Array.isArray(node) && typeof step === 'number';
      const there = inList && Array.isArray(node) ? (positionsOf(node, written)[step] ?? step) : step;
      // One entry where a list is allowed is read as a list of one.
      node = typeof step === 'number' && !inList ? node : at(node, there);
      written.push(there);
    }
    return written;
  };
}

function* wrongParts(issues: readonly Issue[], data: unknown, base: Path = []): Generator<Path, void, void> {
  for (const issue of issues) {
    const path = [...base, ...issue.path];
    const value = path.reduce<unknown>(at, data);
    const branch = issue.code === 'invalid_union' ? branchFor(issue.errors, value) : null;
    if (branch !== null) yield* wrongParts(branch, data, path);
    else if (issue.code === 'unrecognized_keys') for (const key of issue.keys) yield [...path, key];
    else yield value === undefined ? path.slice(0, -1) : path;
  }
}

/** The branch of a union that was meant: the one whose type is the value's, and whose mistakes lie inside it. */
export function branchFor(branches: readonly (readonly Issue[])[], value: unknown): readonly Issue[] | null {
  const isWrongType = (issue: Issue) =>
    issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
  const meant = branches.filter((issues) => !issues.some(isWrongType));
  const [first] = meant;
  if (first === undefined) {
    // An empty list, or an unknown word.
    const fitting = branches.find((issues) =>
      issues.some((issue) => issue.code === 'invalid_value' && typeof value === 'string'),
    );
    return fitting ?? null;
  }
  return first;
}

/** A mapping of JSON. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value under a key or at a position; undefined where there is none. */
export function at(value: unknown, key: PropertyKey): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  return isRecord(value) && typeof key === 'string' && Object.hasOwn(value, key) ? value[key] : undefined;
}
