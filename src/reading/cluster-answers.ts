// Sorts the answers of a cluster by what they show.
import type { QuestionId } from '../model/question.js';
import type { EndpointRecord } from '../model/exchange.js';
import { parseBanner } from '../catalogue/banner.js';
import type { BannerBody } from '../catalogue/banner.js';
import { parseCount, parseHealth, parseNodes, parseSecurityHealth, parseStats } from '../catalogue/cluster.js';
import { parseOwnPrivileges } from '../catalogue/write-protection.js';
import { parseListing } from '../catalogue/listing.js';
import type { Listing } from '../catalogue/listing.js';
import { answersTo, kept } from '../catalogue/exchanges.js';
import type { Answered } from '../catalogue/exchanges.js';
import { readRefusal } from './refusal.js';
import type { Refusal } from './refusal.js';
import { reading } from '../catalogue/readings.js';

/** A kept body with the answer it came in. */
export interface ReadAnswer<T> {
  readonly value: T;
  readonly answered: Answered;
}

/** An answer that denied access, and how. */
export type Refused = ReadAnswer<Refusal>;

/** What a cluster's answers hold, question by question; null where the question was not answered with it. */
export interface ClusterAnswers {
  /** Banners of the root page, the first one first. */
  readonly banners: readonly ReadAnswer<BannerBody>[];
  /** The best listing of indices: the one with most columns. */
  readonly listing: ReadAnswer<Listing> | null;
  readonly stats: ReadAnswer<NonNullable<ReturnType<typeof parseStats>>> | null;
  readonly health: ReadAnswer<NonNullable<ReturnType<typeof parseHealth>>> | null;
  readonly nodes: ReadAnswer<NonNullable<ReturnType<typeof parseNodes>>> | null;
  /** Counts that ran on at least one shard: the right to search. */
  readonly counts: readonly ReadAnswer<NonNullable<ReturnType<typeof parseCount>>>[];
  readonly refusals: readonly Refused[];
  /** What an anonymous user of x-pack may do by the server's own word. */
  readonly privileges: ReadAnswer<NonNullable<ReturnType<typeof parseOwnPrivileges>>> | null;
  /** The page of OpenSearch Security that responds before any login (wire guide B.3). */
  readonly securityHealth: ReadAnswer<NonNullable<ReturnType<typeof parseSecurityHealth>>> | null;
}

/** Questions that list indices under a path that begins with an underscore, the one that shows most first. */
export const underscoreListers = [
  'cat-indices',
  'cat-index-counts',
  'index-stats',
  'index-health',
  'aliases',
  'resolve-index',
  'field-caps-indices',
  'cat-indices-as-browser',
] as const;

/** Questions that list indices under a path that does not: rules on paths often forget these. */
export const plainListers = ['wildcard-stats', 'index-aliases'] as const;

/** Questions that list indices. */
export const listers = [...underscoreListers, ...plainListers] as const;

/** Questions about an index with a random name, one for each way by which indices are listed. */
export const indexTests = [
  'unknown-index',
  'cat-unknown-index',
  'alias-unknown-index',
  'stats-unknown-index',
  'resolve-unknown-index',
  'cat-unknown-index-as-browser',
] as const;

/** Questions with a parameter that cannot exist, one per path that a proxy may leave open. */
export const parameterTests = [
  'unknown-parameter',
  'cat-unknown-parameter',
  'aliases-unknown-parameter',
  'health-unknown-parameter',
  'stats-unknown-parameter',
] as const;

/** The tests that are made on the path of each lister. */
export const testsOf: Readonly<Partial<Record<string, readonly string[]>>> = {
  'cat-indices': ['cat-unknown-index', 'cat-unknown-parameter', 'cat-columns'],
  'cat-index-counts': ['cat-unknown-index', 'cat-unknown-parameter', 'cat-columns'],
  aliases: ['aliases-unknown-parameter'],
  'index-health': ['health-unknown-parameter'],
  'index-stats': ['stats-unknown-parameter'],
  'index-aliases': ['alias-unknown-index', 'unknown-index'],
  'wildcard-stats': ['stats-unknown-index', 'unknown-index'],
};

/** Questions about a cluster: answers to others do not concern it. */
export const clusterQuestions: readonly QuestionId[] = [
  'root',
  ...parameterTests,
  ...indexTests,
  'cat-columns',
  'root-fields',
  'index-uuids',
  ...listers,
  'cluster-health',
  'cluster-stats',
  'nodes',
  'security-authenticate',
  'xpack-info',
  'xpack-security-authenticate',
  'plugins-security-authinfo',
  'plugins-security-health',
  'opendistro-security-authinfo',
  'searchguard-authinfo',
  'index-count',
];

/** The answers to questions about a cluster, in the order in which they came. */
export const answersOfCluster = reading((record: EndpointRecord): readonly Answered[] =>
  answersTo(record, ...clusterQuestions),
);

function find<T>(record: EndpointRecord, question: string, parse: (value: unknown) => T | null): ReadAnswer<T>[] {
  return answersTo(record, question).flatMap((answered) => {
    const value = kept(answered, parse);
    return value === null ? [] : [{ value, answered }];
  });
}

/** Reads every answer of a record that a cluster may have given. */
export const readClusterAnswers = reading((record: EndpointRecord): ClusterAnswers => {
  const banners = find(record, 'root', parseBanner).filter(({ value }) => isBanner(value));
  const listing = listers
    .flatMap((lister) => find(record, lister, parseListing).slice(-1))
    .toSorted((a, b) => wealth(b.value) - wealth(a.value))[0];
  return {
    banners,
    listing: listing ?? null,
    stats: find(record, 'cluster-stats', parseStats).at(-1) ?? null,
    health: find(record, 'cluster-health', parseHealth).at(-1) ?? null,
    nodes: find(record, 'nodes', parseNodes).at(-1) ?? null,
    counts: find(record, 'index-count', parseCount).filter(({ value }) => value.successful >= 1),
    privileges: find(record, 'own-privileges', parseOwnPrivileges).at(-1) ?? null,
    securityHealth: find(record, 'plugins-security-health', parseSecurityHealth).at(-1) ?? null,
    refusals: answersOfCluster(record).flatMap((answered) => {
      const value = readRefusal(answered);
      return value === null ? [] : [{ value, answered }];
    }),
  };
});

/** How much a listing shows: dates, then counts, then names only. */
function wealth({ list, total }: Listing): number {
  if (total === 0) return 0;
  const dated = list.some(({ created }) => created !== undefined) ? 4 : 0;
  return dated + (list.some(({ documents }) => documents !== undefined) ? 2 : 1);
}

/**
 * Ids that look-alikes print in the place of a cluster's, and a distribution that does not belong to this family (wire guide
 * E.4).
 */
const lookAlikes = { uuids: new Set(['h3nGzoJ1R12fZz', 'N/A']), distributions: new Set(['quickwit']) } as const;

/**
 * A banner of this family has a tagline or the names of node and cluster with an id; a `version.number` alone could come from
 * any product, and a look-alike's banner is its own.
 */
function isBanner({ tagline, name, cluster_name, cluster_uuid, version }: BannerBody): boolean {
  if (lookAlikes.uuids.has(cluster_uuid ?? '') || lookAlikes.distributions.has(version.distribution ?? ''))
    return false;
  return tagline !== undefined || (name !== undefined && cluster_name !== undefined && cluster_uuid !== undefined);
}
