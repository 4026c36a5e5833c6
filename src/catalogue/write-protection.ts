// What is kept of settings, blocks and privileges that decide whether data can be deleted.
import { z } from 'zod';
import type { Json } from '../model/json.js';
import { isSystemIndex } from '../knowledge/system-indices.js';
import { plain } from './banner.js';
import { entries, texts } from './parse.js';
import { within } from './redact.js';

/** A setting that is true or false: written as a text by every line, as a truth value where it was set through JSON. */
const flag = z
  .union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')])
  .optional()
  .catch(undefined);

const scope = z
  .object({
    action: z.object({ destructive_requires_name: flag }).optional().catch(undefined),
    cluster: z
      .object({ blocks: z.object({ read_only: flag, read_only_allow_delete: flag }).optional().catch(undefined) })
      .optional()
      .catch(undefined),
  })
  .optional()
  .catch(undefined);

const body = z.object({ transient: scope, persistent: scope, defaults: scope });

const settings = z.object({
  /** `action.destructive_requires_name`; absent where the server did not say. */
  namesRequired: z.boolean().optional(),
  /** `cluster.blocks.read_only`. */
  readOnly: z.boolean().optional(),
  /** `cluster.blocks.read_only_allow_delete`. */
  readOnlyAllowDelete: z.boolean().optional(),
});

/** The settings that prevent a deletion, as kept. */
export function parseClusterSettings(value: unknown): z.infer<typeof settings> | null {
  const parsed = settings.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/**
 * Keeps three settings of `_cluster/settings`. A transient value wins over a persistent one, and that over the defaults, in
 * which later lines (5.0 on) also show the content of the node's file; 1.x and 2.x show no defaults and answer `{}` where
 * nothing was set (wire guide R.2).
 */
export function keepClusterSettings(value: unknown): Json | null {
  const known = new Set(['transient', 'persistent', 'defaults', 'acknowledged']);
  const parsed = body.safeParse(value);
  if (!parsed.success || !entries(value).every(([key]) => known.has(key))) return null;
  const scopes = [parsed.data.transient, parsed.data.persistent, parsed.data.defaults];
  const first = (read: (of: z.infer<typeof scope>) => boolean | undefined): boolean | undefined =>
    scopes.map(read).find((found) => found !== undefined);
  return plain({
    namesRequired: first((of) => of?.action?.destructive_requires_name),
    readOnly: first((of) => of?.cluster?.blocks?.read_only),
    readOnlyAllowDelete: first((of) => of?.cluster?.blocks?.read_only_allow_delete),
  } satisfies z.infer<typeof settings>);
}

const oneIndex = z.object({
  settings: z.object({
    index: z.object({
      blocks: z.object({ read_only: flag, read_only_allow_delete: flag, write: flag }).catch({
        read_only: undefined,
        read_only_allow_delete: undefined,
        write: undefined,
      }),
    }),
  }),
});

const blocks = z.object({
  /** User indices that are write-protected and cannot be deleted before that is lifted. */
  readOnly: z.number(),
  /** User indices that cannot be written to, and can be deleted. */
  writeOnly: z.number(),
  /** Names of the first ten of `readOnly`. */
  names: z.array(z.string()),
});

/** The blocks on indices, as kept. */
export function parseIndexBlocks(value: unknown): z.infer<typeof blocks> | null {
  const parsed = blocks.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** Counts the blocks on user indices of `_settings/index.blocks.*`: an index without any is not in the answer. */
export function keepIndexBlocks(value: unknown): Json | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const found = { readOnly: 0, writeOnly: 0, names: new Array<string>() };
  for (const [name, one] of entries(value)) {
    const parsed = oneIndex.safeParse(one);
    if (!parsed.success) return null;
    if (isSystemIndex(name)) continue;
    const { read_only: readOnly, read_only_allow_delete: allowDelete, write } = parsed.data.settings.index.blocks;
    if (readOnly === true) {
      found.readOnly += 1;
      if (found.names.length < 10) found.names.push(within(name, 300));
    } else if (allowDelete === true || write === true) found.writeOnly += 1;
  }
  return plain(found satisfies z.infer<typeof blocks>);
}

/** Privileges on indices by which records can be searched. Source: elastic/elasticsearch IndexPrivilege.java. */
const reading: ReadonlySet<string> = new Set(['all', 'read']);
/** Indices of saved objects: searches, dashboards, connectors, which may hold addresses and secrets. */
const savedObjects = /^\.(?:kibana|opensearch_dashboards)/;

/** Privileges on indices by which they can be deleted. Source: elastic/elasticsearch IndexPrivilege.java. */
const deleting: ReadonlySet<string> = new Set(['all', 'manage', 'delete_index']);
/** Privileges on indices by which records can be added, changed or deleted. Source: the same. */
const writing: ReadonlySet<string> = new Set(['all', 'write', 'index', 'create', 'create_doc', 'delete']);
/** Privileges on the cluster by which its settings and snapshots can be changed. Source: ClusterPrivilegeResolver.java. */
const reconfiguring: ReadonlySet<string> = new Set(['all', 'manage']);

const privileges = z.object({
  /** True where any privilege on any index is listed; absent in what an older version kept, as `reads` is. */
  onIndices: z.boolean().optional(),
  /** Patterns of index names whose documents the caller may search; of the system's, only a dashboard's saved objects. */
  reads: z.array(z.string()).optional(),
  /** Patterns of index names that the caller may delete, system ones left out. */
  deletes: z.array(z.string()),
  /** Patterns of index names whose records the caller may change. */
  writes: z.array(z.string()),
  reconfigures: z.boolean(),
});

/** What the caller may do by the server's own words, as kept. */
export function parseOwnPrivileges(value: unknown): z.infer<typeof privileges> | null {
  const parsed = privileges.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** What `_security/user/_privileges` lists besides `indices`, by the lines up to 9.x. */
const privilegeLists: ReadonlySet<string> = new Set([
  ...['cluster', 'global', 'applications', 'run_as', 'remote_indices', 'remote_cluster'],
]);

const ownPrivilegesShape = z.object({
  cluster: texts(Infinity, 100),
  indices: z.array(z.object({ names: texts(Infinity, 300), privileges: texts(Infinity, 100) })).optional(),
});

/** Patterns of each kind that are kept at most, those with a wildcard first: they let a caller in further than a name. */
const patternsKept = 40;

/** Keeps of `_security/user/_privileges` what it lets the caller search and change. No index is `indices` left out. */
export function keepOwnPrivileges(value: unknown): Json | null {
  const own = ownPrivilegesShape.safeParse(value);
  if (!own.success || !entries(value).some(([key, listed]) => key === 'cluster' && Array.isArray(listed))) return null;
  const { indices = [] } = own.data;
  // a filter leaves out an empty list; a list under another name, or one without a right, was not read
  const foreign =
    own.data.indices === undefined &&
    entries(value).some(([key, listed]) => Array.isArray(listed) && !privilegeLists.has(key));
  if (foreign || indices.some((one) => one.privileges.length === 0)) return null;
  const patterns = (
    wanted: ReadonlySet<string>,
    counts = (name: string): boolean => !isSystemIndex(name),
  ): string[] => {
    const found = indices.filter((one) => one.privileges.some((name) => wanted.has(name)));
    return [...new Set(found.flatMap(({ names }) => names))]
      .filter(counts)
      .sort((a, b) => Number(b.includes('*')) - Number(a.includes('*')))
      .slice(0, patternsKept);
  };
  return plain({
    onIndices: indices.length > 0,
    reads: patterns(reading, (name) => !isSystemIndex(name) || savedObjects.test(name)),
    deletes: patterns(deleting),
    writes: patterns(writing),
    reconfigures: own.data.cluster.some((name) => reconfiguring.has(name)),
  } satisfies z.infer<typeof privileges>);
}
