import { z } from 'zod';
import type { Json } from '../model/json.js';
import { plain } from './banner.js';
import { entries, optionalNumber, optionalText } from './parse.js';
import { within } from './redact.js';

/** Repositories kept by name at most; all are counted. */
const repositoriesKept = 20;

const oneRepository = z.object({
  type: z.string().max(60),
  settings: z
    .object({
      readonly: z
        .union([z.boolean(), z.string().max(5)])
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
});

const repositories = z.object({
  total: z.number(),
  readOnly: z.number(),
  types: z.array(z.string()),
  list: z.array(z.object({ name: z.string(), type: z.string(), readOnly: z.boolean() })),
});

/** The repositories of a cluster, as kept. */
export function parseRepositories(value: unknown): z.infer<typeof repositories> | null {
  const parsed = repositories.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/**
 * Keeps names, kinds and write protection of `_snapshot`; the settings with addresses, buckets and keys are not asked for.
 * A repository of the type `url` can only be read from (Elasticsearch reference, "Read-only URL repository").
 */
export function keepRepositories(value: unknown): Json | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const list: z.infer<typeof repositories>['list'] = [];
  for (const [name, one] of entries(value)) {
    const parsed = oneRepository.safeParse(one);
    if (!parsed.success) return null;
    const { type, settings } = parsed.data;
    const readOnly = type === 'url' || settings?.readonly === true || settings?.readonly === 'true';
    list.push({ name: within(name, 300), type, readOnly });
  }
  return plain({
    total: list.length,
    readOnly: list.filter(({ readOnly }) => readOnly).length,
    types: [...new Set(list.map(({ type }) => type))].sort().slice(0, 10),
    // those on a disk are the ones that are asked about
    list: list.toSorted((a, b) => Number(b.type === 'fs') - Number(a.type === 'fs')).slice(0, repositoriesKept),
  } satisfies z.infer<typeof repositories>);
}

const row = z.object({ status: optionalText(20), end_epoch: optionalNumber });

const snapshots = z.object({
  total: z.number(),
  succeeded: z.number(),
  /** End of the newest one that succeeded, milliseconds since 1970. */
  lastSuccess: z.number().optional(),
});

/** The snapshots of one repository, as kept. */
export function parseSnapshots(value: unknown): z.infer<typeof snapshots> | null {
  const parsed = snapshots.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** Counts the rows of `_cat/snapshots/{repository}`. Only whole successes count: a partial one lacks shards. */
export function keepSnapshots(value: unknown): Json | null {
  const parsed = z.array(row).safeParse(value);
  if (!parsed.success || !parsed.data.every(({ status }) => status !== undefined)) return null;
  const ends = parsed.data.flatMap(({ status, end_epoch: end }) => (status === 'SUCCESS' ? [(end ?? 0) * 1000] : []));
  return plain({
    total: parsed.data.length,
    succeeded: ends.length,
    lastSuccess: ends.length === 0 ? undefined : ends.reduce((a, b) => Math.max(a, b)),
  } satisfies z.infer<typeof snapshots>);
}
