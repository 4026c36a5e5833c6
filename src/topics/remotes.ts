// Other clusters that an open cluster is linked to for cross-cluster search: a caller who enters it may reach those as well.
import { z } from 'zod';
import { plain } from '../catalogue/banner.js';
import { kept, refs } from '../catalogue/exchanges.js';
import { entries } from '../catalogue/parse.js';
import { within } from '../catalogue/redact.js';
import { defineTopic } from '../catalogue/topic.js';
import { versionOf } from '../knowledge/version.js';
import type { Json } from '../model/json.js';
import type { EvidenceRefs, Identity, Observations } from '../model/observation.js';

/** Clusters that a cluster is linked to, by its own word. None of them was contacted. */
export interface RemotesFacts {
  readonly total: number;
  readonly connected: number;
  /** The first 50, connected ones first. */
  readonly list: readonly { readonly name: string; readonly connected: boolean }[];
  readonly evidence: EvidenceRefs;
}

/** Remote clusters kept by name; all are counted. */
const remotesKept = 50;

const remotes = z.object({
  total: z.number(),
  connected: z.number(),
  list: z.array(z.object({ name: z.string(), connected: z.boolean() })),
});
/** `_remote/info` as kept; null when a value is not one. */
export function parseRemotes(value: unknown): z.infer<typeof remotes> | null {
  const parsed = remotes.safeParse(value);
  return parsed.success ? parsed.data : null;
}

const remote = z.object({ connected: z.boolean() });

/** Keeps of `_remote/info` the names, and whether each is connected: no address. An empty object says that there is none. */
export function keepRemotes(body: unknown): Json | null {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const all = entries(body);
  const list = all.flatMap(([name, value]) => {
    const one = remote.safeParse(value);
    return one.success ? [{ name: within(name, 200), connected: one.data.connected }] : [];
  });
  if (list.length === 0 && all.length > 0) return null;
  return plain({
    total: list.length,
    connected: list.filter(({ connected }) => connected).length,
    list: list.toSorted((a, b) => Number(b.connected) - Number(a.connected)).slice(0, remotesKept),
  } satisfies z.infer<typeof remotes>);
}

/**
 * Clusters that this one is linked to. From 7.0 on, and on every OpenSearch, the node answers from what it remembers;
 * before 7.0 the node asks each remote cluster for its addresses, and those are out of scope, so it is not put there. Source:
 * elasticsearch TransportRemoteInfoAction, pull request 29568 (`core/…/TransportRemoteInfoAction.java@0590e6fc` before,
 * `server/…/TransportRemoteInfoAction.java@179290e5` after).
 */
export const topic = defineTopic({
  questions: [
    {
      id: 'remote-info',
      method: 'GET',
      path: `/_remote/info?filter_path=*.connected`,
      askedOf: ['elasticsearch', 'opensearch'],
      why: 'Shows whether an open cluster is linked to other clusters, which may be closed themselves. No remote cluster is contacted by it.',
      reveals: 'names of remote clusters, and whether each is connected',
      traces:
        'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
      cost: 'cheap',
      technique: null,
      cap: 64 * 1024,
      headers: {},
      keep: { headers: [], json: keepRemotes, text: 200 },
      when: ({ listed, product, major }) =>
        listed && (product === 'opensearch' || (product === 'elasticsearch' && (major ?? 0) >= 7)),
    },
  ],
  phase: 'beside',
  order: 50,
  isAbout: ({ cluster }) => cluster !== null,
  read(answers): RemotesFacts | null {
    const answered = answers.last('remote-info');
    const remotes = kept(answered, parseRemotes);
    return remotes === null ? null : { ...remotes, evidence: refs(answered) };
  },
  appliesTo(identity) {
    const version = elasticsearchVersion(identity);
    // cross-cluster search came with 5.3
    return version === null || version.major > 5 || (version.major === 5 && version.minor >= 3);
  },
  names: ({ list }) => list.map(({ name }) => ['cluster', name]),
  texts: {
    en: {
      unknown: ({ identity }: Observations): string =>
        (elasticsearchVersion(identity)?.major ?? 7) < 7
          ? 'before 7.0 a node contacts the clusters it is linked to when it is asked for them, so it was not asked'
          : 'it did not say which clusters it is linked to',
    },
  },
});

/** What Elasticsearch says of its own builds, and the plugins by which we call some of them. */
const ofElasticsearch: ReadonlySet<string> = new Set([
  'default',
  'oss',
  'open-distro',
  'search-guard',
  'readonlyrest',
  'elastic-cloud',
]);

/** The version of an Elasticsearch; null for forks, whose numbers are their own. */
function elasticsearchVersion(identity: Identity): ReturnType<typeof versionOf> {
  const { product, distribution } = identity;
  const forked = distribution !== null && !ofElasticsearch.has(distribution);
  return product !== 'elasticsearch' || forked ? null : versionOf({ identity });
}
