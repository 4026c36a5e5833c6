// Snapshot repositories as kept: of a cluster, or of the one behind a dashboard.
import { z } from 'zod';
import type { Json } from '../model/json.js';
import { plain } from './banner.js';
import { entries } from './parse.js';
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
