// A part of a file with its place, and what the schema says is wrong with it, as mistakes with their places.
import type { z } from 'zod';
import { messages } from '../messages/index.js';
import { nearest } from '../text/nearest.js';
import type { Path } from './document.js';
import type { MistakeList, MistakeText, Spot } from './mistake.js';
import { fileSchema, parts, type DefaultsPart, type TargetPart } from './schema.js';

/** A part of a file that was read, with its place. */
export interface Located<T> {
  readonly value: T;
  /** The folder that names of files in it are relative to. */
  readonly folder: string;
  /** The place of something inside the part. */
  readonly spot: (path: Path, what?: 'key' | 'value') => Spot;
}

/** A target of a file, or a row of a CSV file, with the defaults that hold for it. */
export interface TargetEntry extends Located<TargetPart> {
  readonly defaults: DefaultsPart;
  readonly isRow: boolean;
}

type Issue = z.core.$ZodIssue;

/** Turns zod's issues into mistakes with their place; the messages of the schema have two lines (see there). */
export function addIssues(
  issues: readonly Issue[],
  data: unknown,
  spot: (path: Path, what?: 'key' | 'value') => Spot,
  mistakes: MistakeList,
  base: Path = [],
): void {
  for (const issue of issues) {
    if (mistakes.isFull()) return;
    const path = [...base, ...issue.path];
    const value = path.reduce<unknown>(at, data);
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        if (mistakes.isFull()) return;
        mistakes.add(spot([...path, key], 'key'), unknownKey(key, path, issue.message.split('\n')));
      }
      continue;
    }
    if (issue.code === 'invalid_union') {
      const branch = branchFor(issue.errors, value);
      if (branch !== null) {
        addIssues(branch, data, spot, mistakes, path);
        continue;
      }
    }
    const said = saidIn(issue.message);
    const key = path.at(-1);
    if (value === undefined && typeof key === 'string') {
      const parent = path.slice(0, -1);
      mistakes.add(spot(parent, typeof parent.at(-1) === 'string' ? 'key' : 'value'), said);
      continue;
    }
    if (issue.code === 'invalid_key') {
      const [inner] = issue.issues;
      mistakes.add(spot(path, 'key'), inner === undefined ? said : saidIn(inner.message));
      continue;
    }
    const place = spot(path);
    // What YAML could not read (`*.acme.example` without quotes) is missing here: that was said already.
    const isSaid = mistakes.found.some(
      ({ file, line, column }) => file === place.file && line === place.line && column === place.column,
    );
    if (!isSaid || place.line === 0) mistakes.add(place, said);
  }
}

/** The two lines of a message of the schema. */
function saidIn(lines: string): MistakeText {
  const [message = '', instead = ''] = lines.split('\n');
  return { message, instead };
}

/** A key that is not known at its place, most often because its indentation is lost. */
function unknownKey(key: string, path: Path, known: readonly string[]): MistakeText {
  const said = messages().targets.schema.unknownKey;
  if (/^[\d-]+$/.test(key)) return said('host-with-comma');
  const isTop = path.length === 0;
  const isTarget = path[0] === 'targets' && path.length <= 2;
  if (isTop && Object.hasOwn(parts.target.shape, key)) return said('of-target');
  if ((isTop || isTarget) && Object.hasOwn(parts.engagement.shape, key))
    return said(isTop ? 'of-engagement-not-indented' : 'of-engagement-in-target');
  if (isTarget && Object.hasOwn(fileSchema.shape, key)) return said({ ofTop: key });
  const meant = nearest(key, known);
  return said(meant === null ? { known } : { meant });
}

/** The branch of a union that was meant: the one whose type is the value's, and whose mistakes lie inside it. */
function branchFor(branches: readonly (readonly Issue[])[], value: unknown): readonly Issue[] | null {
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
