// What is kept of the tests that tell a genuine server from fabricated answers.
import { z } from 'zod';
import type { Json } from '../model/json.js';
import { plain } from './banner.js';
import { entries } from './parse.js';
import { within } from './redact.js';

/** Names of indices, columns or parts that are kept at most. */
const namesAtMost = 20;

const description = z.object({ described: z.array(z.string()) });

/** What an answer says about indices that it describes. */
export type IndexDescription = z.infer<typeof description>;

/** Reads a kept description back; null for any other value. */
export function parseIndexDescription(value: unknown): IndexDescription | null {
  const parsed = description.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** Keys by which an index is described, whatever the line: `GET /INDEX`, `_alias`, `_stats`, `_mapping`. */
const describing: ReadonlySet<string> = new Set(['aliases', 'mappings', 'settings', 'primaries', 'total', 'uuid']);

/**
 * Keeps the names of the indices that an answer describes: `{"INDEX":{"aliases":…}}`, `{"indices":{"INDEX":…}}`, rows of
 * `_cat/indices`, names of `_resolve/index`. Null for everything else, an empty object or list among it.
 */
export function keepIndexDescription(body: unknown): Json | null {
  const names = describedIn(body).map((name) => within(name, 300));
  return names.length === 0 ? null : plain({ described: names.slice(0, namesAtMost) } satisfies IndexDescription);
}

const rowWithIndex = z.object({ index: z.string() });
const listOfNames = z.object({ indices: z.array(z.object({ name: z.string() })) });
const objectOfIndices = z.object({ indices: z.looseObject({}) });

function describedIn(body: unknown): string[] {
  if (Array.isArray(body)) {
    return body.flatMap((row) => {
      const parsed = rowWithIndex.safeParse(row);
      return parsed.success ? [parsed.data.index] : [];
    });
  }
  const listed = listOfNames.safeParse(body);
  if (listed.success) return listed.data.indices.map(({ name }) => name);
  const nested = objectOfIndices.safeParse(body);
  const described = entries(nested.success ? nested.data.indices : body);
  const all = described.every(([, value]) => entries(value).some(([key]) => describing.has(key)));
  return all ? described.map(([name]) => name) : [];
}

/** Columns of `_cat/indices` that every line since 1.0 knows, without names. */
export const testColumns = [
  'health',
  'status',
  'pri',
  'rep',
  'docs.count',
  'docs.deleted',
  'store.size',
  'pri.store.size',
] as const;

/** Parts of the banner that every line since 1.6 has, and OpenSearch. */
export const testFields = [
  'version.number',
  'version.build_hash',
  'version.build_snapshot',
  'version.lucene_version',
  'tagline',
] as const;

/**
 * A subset of `all` that only the random text decides, in an order that it decides too: at least two of them, never all.
 *
 * @param random lower-case letters and digits, at least 12
 */
export function randomSubset(all: readonly string[], random: string): string[] {
  let state = 2166136261;
  for (const char of random) state = Math.imul(state ^ char.charCodeAt(0), 16777619) >>> 0;
  const next = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const rest = [...all];
  const size = 2 + next(all.length - 2);
  return Array.from({ length: size }, () => rest.splice(next(rest.length), 1)[0] ?? '');
}

const keys = z.object({ keys: z.array(z.string()), rows: z.number() });

/** The keys that an answer has. */
export type KeptKeys = z.infer<typeof keys>;

/** Reads kept keys back; null for any other value. */
export function parseKeys(value: unknown): KeptKeys | null {
  const parsed = keys.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** Keeps the columns that all rows of a `_cat` listing have; null where there is no row, or where rows differ. */
export function keepColumns(body: unknown): Json | null {
  if (!Array.isArray(body) || body.length === 0) return null;
  const [first = [], ...rest] = body.map((row) => entries(row).map(([key]) => within(key, 60)));
  const same = rest.every((row) => row.length === first.length && row.every((key) => first.includes(key)));
  if (first.length === 0 || first.length > namesAtMost || !same) return null;
  return plain({ keys: first, rows: body.length } satisfies KeptKeys);
}

/** Keeps the paths of the values of an object of objects, as `filter_path` names them. */
export function keepPaths(body: unknown): Json | null {
  const paths = entries(body).flatMap(([key, value]) => {
    const inner = entries(value).map(([part]) => `${key}.${part}`);
    return inner.length > 0 ? inner : [key];
  });
  if (paths.length === 0 || paths.length > namesAtMost) return null;
  return plain({ keys: paths.map((path) => within(path, 100)), rows: 1 } satisfies KeptKeys);
}

const uuids = z.object({ uuids: z.record(z.string(), z.string()) });

/** Reads kept ids of indices back; null for any other value. */
export function parseIndexUuids(value: unknown): Readonly<Record<string, string>> | null {
  const parsed = uuids.safeParse(value);
  return parsed.success ? parsed.data.uuids : null;
}

/** Indices whose ids are kept at most: two listers agree on a few or on none. */
const uuidsAtMost = 50;

const rowWithUuid = z.object({ index: z.string(), uuid: z.string() });
const settingsWithUuid = z.object({ settings: z.object({ index: z.object({ uuid: z.string() }) }) });

/**
 * Keeps the ids of indices of `_settings/index.uuid`; null for anything else. Rows of `_cat/indices` in its place agree with the
 * listing because they are it, from a server that gives one answer to everything.
 */
export function keepIndexUuids(body: unknown): Json | null {
  const kept = someUuids(
    entries(body).flatMap(([name, value]): [string, string][] => {
      const parsed = settingsWithUuid.safeParse(value);
      return parsed.success ? [[name, parsed.data.settings.index.uuid]] : [];
    }),
  );
  return kept === null ? null : plain({ uuids: kept } satisfies z.infer<typeof uuids>);
}

/** The ids of indices in rows of `_cat/indices`; null for anything else, and for rows without ids. */
export function uuidsOfRows(body: unknown): Readonly<Record<string, string>> | null {
  if (!Array.isArray(body)) return null;
  return someUuids(
    body.flatMap((item): [string, string][] => {
      const parsed = rowWithUuid.safeParse(item);
      return parsed.success ? [[parsed.data.index, parsed.data.uuid]] : [];
    }),
  );
}

function someUuids(found: readonly (readonly [name: string, uuid: string])[]): Record<string, string> | null {
  const kept = found
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, uuidsAtMost)
    .map(([name, uuid]) => [within(name, 300), within(uuid, 40)] as const);
  return kept.length === 0 ? null : Object.fromEntries(kept);
}
