// What is known of a cluster: name, uuid, nodes, indices, totals.
import type { EndpointRecord } from '../model/exchange.js';
import type { ClusterFacts, EvidenceRefs, IndicesFacts, ProcessStart } from '../model/observation.js';
import type { Listing } from '../catalogue/listing.js';
import { isSystemIndex } from '../knowledge/system-indices.js';
import { disowned } from './caller.js';
import { answersTo, refs } from '../catalogue/exchanges.js';
import { memoised } from '../catalogue/memoise.js';
import { instant } from '../text/words.js';
import type { ClusterAnswers } from './cluster-answers.js';

/**
 * The facts of a kept listing.
 *
 * @param complete false when the answer was cut by our cap: then totals are lower bounds
 */
export function indicesFacts(listing: Listing, complete: boolean, evidence: EvidenceRefs): IndicesFacts {
  return {
    total: listing.total,
    system: listing.system,
    documents: listing.documents,
    bytes: listing.bytes,
    // earlier versions kept one such index where there was one
    uncounted:
      listing.uncounted ??
      listing.list.filter(({ name, documents }) => documents === undefined && !isSystemIndex(name)).length,
    kinds: listing.kinds ?? null,
    complete,
    list: listOf(listing),
    oldestUserIndexAt: instant(listing.oldest),
    newestUserIndexAt: instant(listing.newest),
    marked:
      listing.marked === undefined
        ? null
        : { total: listing.marked.total, newestOtherAt: instant(listing.marked.newestOther) },
    evidence,
  };
}

const listOf = memoised(({ list }: Listing): IndicesFacts['list'] =>
  list.map(({ name, documents, bytes, created }) => ({
    name,
    documents: documents ?? null,
    bytes: bytes ?? null,
    createdAt: instant(created),
    system: isSystemIndex(name),
  })),
);

/** Ids of a cluster, the placeholder of one that has not formed left out. */
function uuidsOf(answers: ClusterAnswers): Set<string> {
  const uuids = [...answers.banners.map(({ value }) => value.cluster_uuid), answers.stats?.value.cluster_uuid];
  return new Set(uuids.flatMap((uuid) => (uuid === undefined || uuid === '' || uuid === notFormed ? [] : [uuid])));
}

/** What a node says in the place of a cluster's id before it has joined one (wire guide A.1). */
export const notFormed = '_na_';

function namesOf(answers: ClusterAnswers): Set<string> {
  const names = [
    ...answers.banners.map(({ value }) => value.cluster_name),
    answers.stats?.value.cluster_name,
    answers.nodes?.value.cluster_name,
    answers.health?.value.cluster_name,
  ];
  return new Set(names.flatMap((name) => name ?? []));
}

/**
 * Do the answers come from backends that do not agree? Two cluster ids or names, a root page whose node or build the cluster
 * does not know, the product's own login next to its own content or its word that it knows no login, or one question answered
 * both with content and with the product's own refusal.
 */
export function isMixed(record: EndpointRecord, answers: ClusterAnswers): boolean {
  if (uuidsOf(answers).size > 1 || namesOf(answers).size > 1) return true;
  const nodes = answers.nodes?.value;
  const node = answers.banners[0]?.value.name;
  const whole = nodes?.nodes.length === nodes?.total && answers.nodes?.answered.answer.truncated !== true;
  if (nodes !== undefined && node !== undefined && nodes.total > 0 && whole) {
    const known = nodes.nodes.map(({ name }) => name);
    if (known.every((name) => name !== undefined) && !known.includes(node)) return true;
    if (isForeignBuild(answers.banners[0]?.value.version.build_hash, nodes.nodes)) return true;
  }
  const wall = answers.refusals.some(({ value }) => value.by === 'product' && value.login === 'required');
  if (wall && (answers.listing !== null || disowned(record, answers).length > 0)) return true;
  return answers.refusals.some(
    ({ value, answered }) =>
      value.by === 'product' &&
      answersTo(record, answered.exchange.question).some(
        ({ answer, exchange }) =>
          answer.status === 200 &&
          answer.body.kind === 'json' &&
          exchange.path === answered.exchange.path &&
          exchange.scheme === answered.exchange.scheme,
      ),
  );
}

/** True when no node has the build that the root page names. Before 5.0 nodes shorten its hash. */
function isForeignBuild(build: string | undefined, nodes: readonly { readonly hash?: string | undefined }[]): boolean {
  if (build === undefined || build === '') return false;
  return nodes.every(
    ({ hash }) => hash !== undefined && hash !== '' && !build.startsWith(hash) && !hash.startsWith(build),
  );
}

/** `host:port` of a publish address: 1.x writes `inet[/10.0.0.1:9200]`, later lines may put a host name before a slash. */
function httpAddress(said: string | undefined): string[] {
  const address = said === undefined ? undefined : /^(?:inet\[)?(?:[^/\]]*\/)?([^\]]*?:\d{1,5})\]?$/.exec(said)?.[1];
  const ipv6 = said === undefined ? undefined : /\[[0-9a-fA-F:.]+\]:\d{1,5}/.exec(said)?.[0];
  const found = ipv6 ?? address;
  return found === undefined ? [] : [found];
}

/**
 * The facts of a cluster from its own answers. Answers of backends that do not agree are never joined: then the listing counts
 * alone.
 */
export function readClusterFacts(answers: ClusterAnswers, mixed: boolean): ClusterFacts | null {
  const { banners, listing, stats, health, nodes, counts } = answers;
  const banner = banners[0] ?? null;
  if (banner === null && listing === null && stats === null && health === null && nodes === null && counts.length === 0)
    return null;
  const indices =
    listing === null ? null : indicesFacts(listing.value, !listing.answered.answer.truncated, refs(listing.answered));
  const search = counts[0];
  const searchPermittedOn =
    search === undefined
      ? null
      : {
          index: search.answered.exchange.blanks['index'] ?? '',
          documents: search.value.documents ?? null,
          evidence: refs(search.answered),
        };
  if (mixed) {
    return {
      name: null,
      uuid: null,
      nodeName: null,
      nodes: null,
      httpAddresses: [],
      totals: { indices: null, documents: null, bytes: null },
      indices,
      searchPermittedOn,
      evidence: refs(listing?.answered),
    };
  }
  return {
    name: [...namesOf(answers)][0] ?? null,
    uuid: [...uuidsOf(answers)][0] ?? null,
    nodeName: banner?.value.name ?? null,
    nodes: countOfNodes(answers),
    httpAddresses: [...new Set(nodes?.value.nodes.flatMap(({ http }) => httpAddress(http)) ?? [])],
    totals: {
      indices: stats?.value.indices?.count ?? null,
      documents: stats?.value.indices?.docs?.count ?? null,
      bytes: stats?.value.indices?.store?.size_in_bytes ?? null,
    },
    indices,
    searchPermittedOn,
    evidence: refs(banner?.answered, stats?.answered, health?.answered, nodes?.answered),
  };
}

/** The nodes of a cluster; a list of which the end was not read counts only where nothing else says how many there are. */
function countOfNodes({ nodes, stats, health }: ClusterAnswers): number | null {
  const listed = nodes?.value.total ?? null;
  const said = stats?.value.nodes?.count?.total ?? health?.value.number_of_nodes ?? null;
  return nodes?.answered.answer.truncated === true ? (said ?? listed) : (listed ?? said);
}

/**
 * When the process that answers started. The root page names its node; where it does not, the node that started last is
 * taken, since all of them have run at least since then (wire guide G): behind a balancer, whichever let us in. So too among
 * several nodes of that name, or of the names that several root pages gave. Null for backends that do not agree, and where
 * the youngest may be one that was not kept.
 */
export function readProcessStart(answers: ClusterAnswers, mixed: boolean): ProcessStart | null {
  if (answers.nodes === null || mixed) return null;
  const { value, answered } = answers.nodes;
  const names = new Set(answers.banners.flatMap(({ value: { name } }) => name ?? []));
  const own = value.nodes.filter(({ name }) => name !== undefined && names.has(name));
  const whole = value.total === value.nodes.length && !answered.answer.truncated;
  if (own.length === 0 && !whole && (value.youngest === undefined || answered.answer.truncated)) return null;
  const candidates = own.length === 0 ? value.nodes : own;
  const starts = candidates.map(({ started }) => started ?? Infinity);
  // A node that does not say when it started may be the youngest.
  const latest = instant(Math.max(...starts, ...(own.length === 0 ? [value.youngest ?? -Infinity] : [])));
  if (latest === null) return null;
  const builtAt = oldestBuild(answers);
  return {
    at: latest,
    of: candidates.length > 1 ? 'youngest-node' : 'node',
    ...(builtAt !== null && { builtAt }),
    evidence: refs(answered),
  };
}

/** When the software was built, by the root page; of several, the earliest. */
function oldestBuild({ banners }: ClusterAnswers): string | null {
  const built = banners
    .map(({ value }) => Date.parse(value.version.build_date ?? ''))
    .filter((milliseconds) => !Number.isNaN(milliseconds));
  return built.length === 0 ? null : instant(Math.min(...built));
}
