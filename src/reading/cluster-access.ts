import { canStandInPath } from '../catalogue/index-names.js';
import type { Rung } from '../model/endpoint.js';
import type { EndpointRecord } from '../model/exchange.js';
import type { Access, AccessReason, Caller, EvidenceRefs, LoginScheme, Tri } from '../model/observation.js';
import { parseAuthinfo, parseSearch } from '../catalogue/cluster.js';
import { answersTo, header, kept, refs, said } from './exchanges.js';
import type { Answered } from './exchanges.js';
import { clusterQuestions, listers } from './cluster-answers.js';
import { authinfoPages, disowned } from './caller.js';
import type { ClusterAnswers, Refused } from './cluster-answers.js';
import { notFormed } from './cluster-facts.js';
import { fromDashboard, relayPath } from './dashboard-identity.js';
import { isClusterError, isPage } from './authenticity.js';
import type { ClusterAuthenticity } from './authenticity.js';

/** What the verdict on access is made from. */
export interface AccessGrounds {
  readonly record: EndpointRecord;
  readonly answers: ClusterAnswers;
  readonly authenticity: ClusterAuthenticity;
  readonly caller: Caller;
  readonly mixed: boolean;
}

/** Who refuses counts in this order, where several did. */
const weights: Readonly<Record<NonNullable<Access['guardedBy']>, number>> = {
  product: 5,
  'client-certificate': 4,
  'network-policy': 3,
  proxy: 2,
  unknown: 1,
  // Only a dashboard has a cluster behind it.
  cluster: 0,
};

/** The refusal that says most of what guards the endpoint; null where nothing refused. */
export function strongestRefusal(refusals: readonly Refused[]): Refused | null {
  return refusals.toSorted((a, b) => weights[b.value.by] - weights[a.value.by])[0] ?? null;
}

/** Answers to the questions that list indices, refused or not. */
function listerAnswers(record: EndpointRecord): Answered[] {
  return answersTo(record, ...listers);
}

/** True when a node has not joined a cluster: it answers its banner, and nothing that needs a master (wire guide A.1, E.1). */
function clusterNotFormed(record: EndpointRecord, answers: ClusterAnswers): Answered[] {
  const unformed = answers.banners
    .filter(({ value }) => value.cluster_uuid === notFormed)
    .map(({ answered }) => answered);
  const blocked = answersTo(record, ...clusterQuestions).filter(
    ({ answer: { status, body } }) =>
      status === 503 &&
      body.kind === 'error' &&
      (/^(?:(?:master|cluster_manager)_not_discovered|cluster_block)_exception$/.test(body.type ?? '') ||
        /MasterNotDiscoveredException|ClusterBlockException/.test(body.reason ?? '')),
  );
  return [...unformed, ...blocked];
}

/** A name that a search can be put to, where the server gives patterns: never several indices at once (wire guide S). */
const oneName = /^[^-_*?/,:<+][^*?/,:<>]*$/;

/** Indices that the server says an anonymous user may search, by name, where nothing was listed to him. */
export function namedToRead({ listing, privileges }: ClusterAnswers): readonly string[] {
  return listing !== null && listing.value.total > 0
    ? []
    : (privileges?.value.reads ?? []).filter((name) => oneName.test(name) && canStandInPath(name));
}

/**
 * The server's own word that an anonymous user may search where no search could be put to show it: it names patterns, and a
 * search of a pattern is never asked. Null where there is no such word, or where what was shown tells.
 */
function readByItsWord({ record, answers: { listing, privileges } }: AccessGrounds): Answered | null {
  if (privileges === null || (listing !== null && listing.value.total > 0)) return null;
  const tried = answersTo(record, 'size-zero-search').length > 0;
  const untried = (privileges.value.reads ?? []).filter((name) => !tried || !oneName.test(name));
  return untried.length > 0 ? privileges.answered : null;
}

/**
 * Documents: permitted by a search that ran or by the server's own word, refused, or not known. A role may open other indices than the ones tried: what
 * an anonymous user was refused on some says nothing of the rest (wire guide R.1.3).
 */
function reachesDocuments(grounds: AccessGrounds): Tri {
  const { record, answers, caller } = grounds;
  if (answers.searches.length > 0 || readByItsWord(grounds) !== null) return 'yes';
  const asked = answersTo(record, 'size-zero-search');
  const refused = asked.filter(({ answer }) => answer.status === 401 || answer.status === 403);
  if (asked.length === 0 || refused.length < asked.length) return 'unknown';
  const listing = answers.listing?.value;
  const all = listing !== undefined && refused.length >= listing.total - listing.system;
  return caller.login === 'anonymous' && !all ? 'unknown' : 'no';
}

/**
 * Metadata: shown by a listing. An anonymous user is shown what his roles let him see: where that is nothing it shows no
 * name, whatever the cluster holds (wire guide R.1.3).
 */
function reachesMetadata({ record, answers, caller }: AccessGrounds): Tri {
  const listing = answers.listing?.value;
  if (listing !== undefined && (listing.total > 0 || caller.login !== 'anonymous')) return 'yes';
  if (listing !== undefined) return (answers.stats?.value.indices?.count ?? 0) > 0 ? 'no' : 'unknown';
  const asked = listerAnswers(record);
  const refused = new Set(answers.refusals.map(({ answered }) => answered.at));
  return asked.length > 0 && asked.every(({ at }) => refused.has(at)) ? 'no' : 'unknown';
}

function reachesBanner(record: EndpointRecord, answers: ClusterAnswers): Tri {
  const { banners, stats, health, nodes } = answers;
  if (banners.length > 0 || stats !== null || health !== null || nodes !== null) return 'yes';
  const refused = new Set(answers.refusals.map(({ answered }) => answered.at));
  const roots = answersTo(record, 'root');
  return roots.length > 0 && roots.every(({ at }) => refused.has(at)) ? 'no' : 'unknown';
}

/** A dashboard passed the answer on: the relay of Kibana 4 and 5 (wire guide R.3). */
function isRelayed(answered: Answered): boolean {
  return answered.exchange.basePath.endsWith(relayPath) && fromDashboard(answered);
}

/** The cluster answered by itself: with JSON of its own, though on no shard, or with an error of its own. */
function isClusterAnswer(answered: Answered): boolean {
  return isClusterError(answered) || kept(answered, parseSearch) !== null;
}

/**
 * Control: inferred where the server itself knows no login and no role, and only of one backend. Where something in front
 * refused other paths, or answered a search in the cluster's place, it is inferred only if searches pass: a list of paths for
 * a health check is no way to delete. The relay of a dashboard passes reads on, and who else may write is not its to say.
 */
function reachesControl({ record, caller, mixed, answers }: AccessGrounds, documents: Tri): Tri {
  if (answersTo(record, ...clusterQuestions).some(isRelayed)) return 'unknown';
  if (caller.login === 'absent') {
    const searches = answersTo(record, 'size-zero-search');
    const unhindered = answers.refusals.length === 0 && searches.every(isClusterAnswer);
    return !mixed && (documents === 'yes' || unhindered) ? 'yes' : 'unknown';
  }
  return caller.login === 'unknown' ? 'unknown' : 'no';
}

function schemesOf(refusals: readonly Refused[]): LoginScheme[] {
  const all = [...new Set(refusals.flatMap(({ value }) => value.schemes))];
  const known = all.filter((scheme) => scheme !== 'unknown');
  return known.length > 0 ? known : all;
}

/**
 * What a caller without credentials reaches of a cluster (design, Access): each rung as yes, no or not known, the state that
 * sums it up, and what proves them. Nothing is open before a test of authenticity was passed, nothing guarded before the
 * questions that list indices were refused.
 */
export function readClusterAccess(grounds: AccessGrounds): Access {
  const { record, answers, authenticity, caller, mixed } = grounds;
  const wall = strongestRefusal(answers.refusals);
  const reaches: Access['reaches'] = {
    banner: reachesBanner(record, answers),
    metadata: reachesMetadata(grounds),
    documents: reachesDocuments(grounds),
    control: 'no',
  };
  const inside = reaches.metadata === 'yes' || reaches.documents === 'yes';
  const base = {
    guardedBy: wall?.value.by ?? null,
    loginSchemes: schemesOf(answers.refusals),
    realm: answers.refusals.find(({ value }) => value.realm !== null)?.value.realm ?? null,
    caller,
    mixed,
    proof: 'proved',
    reason: record.cut,
  } as const;

  if (inside && authenticity.genuine === 'yes') {
    const all = { ...reaches, control: reachesControl(grounds, reaches.documents) };
    const rung: Rung = all.control === 'yes' ? 'control' : all.documents === 'yes' ? 'documents' : 'metadata';
    const word = answers.searches.length > 0 ? null : readByItsWord(grounds);
    return {
      ...base,
      state: 'open',
      rung,
      reaches: all,
      proof: rung === 'control' || word !== null ? 'inferred' : 'proved',
      evidence: refs(
        answers.listing?.answered,
        ...answers.searches.map(({ answered }) => answered),
        word,
        authenticity.evidence,
        rung === 'control' || caller.login === 'anonymous' ? caller.evidence : null,
      ),
    };
  }

  const rung: Rung = reaches.banner === 'yes' ? 'banner' : 'silent';
  const undetermined = (reason: AccessReason, evidence: EvidenceRefs): Access => ({
    ...base,
    state: 'undetermined',
    rung,
    reaches: { ...reaches, metadata: inside ? 'unknown' : reaches.metadata, documents: 'unknown', control: 'unknown' },
    // That there is no master is the cause of whatever cut the survey short.
    reason: reason === 'cluster-not-formed' ? reason : (record.cut ?? reason),
    evidence,
  });
  if (inside)
    return undetermined('not-authenticated-as-genuine', refs(answers.listing?.answered, authenticity.evidence));

  const unformed = clusterNotFormed(record, answers);
  if (unformed.length > 0) return undetermined('cluster-not-formed', refs(...unformed));
  const all = answersTo(record, ...clusterQuestions);

  const contrary = disowned(record, answers);
  if (contrary.length > 0)
    return undetermined('answers-contradict', refs(...contrary, ...answers.refusals.map(({ answered }) => answered)));

  const reach = caller.login === 'anonymous' ? reachesNoIndex(record, grounds) : null;
  if (caller.login === 'anonymous' && reach === null)
    return undetermined('anonymous-reach-unknown', refs(caller.evidence, answers.privileges?.answered, ...all));

  const guarded = wallThatHolds(grounds, wall);
  if (guarded !== null) {
    return {
      ...base,
      state: 'guarded',
      rung: reaches.banner === 'yes' ? 'banner' : 'guarded',
      reaches: { ...reaches, control: 'no' },
      guardedBy: guarded.by,
      evidence: refs(guarded.evidence, reach),
    };
  }
  return undetermined(whyUnknown(record, wall), refs(...all));
}

/** The role that OpenSearch Security gives to everybody, for an index of the user's own name (wire guide R.1.3). */
const roleOfEverybody = 'own_index';

/**
 * The answer by which an anonymous user reaches no index: his privileges on x-pack, which are listed and none; the roles of
 * OpenSearch Security and its kin, where he has none of his own. Null where he may reach some. What he was refused says
 * nothing of that: there a wildcard is refused as a whole, and x-pack refuses what lists (wire guide R.1.3, R.1.4).
 */
function reachesNoIndex(record: EndpointRecord, { answers, caller }: AccessGrounds): Answered | null {
  if (answers.privileges !== null)
    return answers.privileges.value.onIndices === false ? answers.privileges.answered : null;
  const shown = answersTo(record, ...authinfoPages).find((answered) => {
    const value = kept(answered, parseAuthinfo);
    return value !== null && value.roles.length + value.sg_roles.length > 0;
  });
  return shown !== undefined && caller.roles.every((role) => role === roleOfEverybody) ? shown : null;
}

/**
 * The refusals that hold: every question that lists indices was refused, by something that can be told or with a challenge.
 * A root page that is answered while every other path is not is guarded too, if it is genuine (wire guide E.1, banner only).
 */
function wallThatHolds(
  { record, answers, authenticity, caller }: AccessGrounds,
  wall: Refused | null,
): { readonly by: NonNullable<Access['guardedBy']>; readonly evidence: EvidenceRefs } | null {
  const asked = listerAnswers(record);
  if (asked.length === 0) {
    // nginx and others say it before they look at the path
    return wall?.value.kind === 'client-certificate' ? { by: wall.value.by, evidence: refs(wall.answered) } : null;
  }
  // he got in, and was shown an empty list: what there is, his roles keep from him
  if (caller.login === 'anonymous' && answers.listing?.value.total === 0)
    return { by: 'product', evidence: refs(answers.listing.answered, answers.stats?.answered, caller.evidence) };
  const refused = new Map(answers.refusals.map((each) => [each.answered.at, each]));
  const lists = asked.flatMap(({ at }) => refused.get(at) ?? []);
  const evidence = refs(...answers.refusals.map(({ answered }) => answered), ...answers.banners.map((b) => b.answered));
  const holding = strongestRefusal(lists);
  if (holding !== null && lists.length === asked.length) {
    const known = holding.value.kind !== 'unknown-403' || authenticity.genuine === 'yes';
    // a refusal that names nobody is the plugin's, once its own page has named it
    const named = holding.value.by === 'unknown' && answers.securityHealth !== null;
    const by = named ? 'product' : (wall?.value.by ?? holding.value.by);
    return known ? { by, evidence: refs(evidence, answers.securityHealth?.answered) } : null;
  }
  const rest = asked.filter(({ at }) => !refused.has(at));
  // 410: serverless knows the path and does not offer it, which proves no rung (wire guide S); a page is a site's in front
  const notOffered = rest.every((each) => isPage(each) || [403, 404, 405, 410].includes(each.answer.status));
  if (answers.banners.length > 0 && authenticity.genuine === 'yes' && notOffered)
    return { by: wall?.value.by ?? 'proxy', evidence: refs(evidence, ...asked) };
  return null;
}

function whyUnknown(record: EndpointRecord, wall: Refused | null): AccessReason {
  const failed = record.exchanges.findLast(({ outcome }) => outcome.kind === 'failure');
  const lister = listerAnswers(record);
  if (lister.length === 0 && failed?.outcome.kind === 'failure') return failed.outcome.failure;
  const all = answersTo(record, ...clusterQuestions);
  if (all.some(({ answer }) => answer.status >= 500)) return 'generic-error';
  if (wall !== null) return 'unknown-wall';
  if (all.length > 0 && all.every(({ answer }) => answer.status === 404)) return 'no-such-path';
  if (
    all.some(
      ({ answer, exchange }) => answer.status >= 300 && answer.status < 400 && leavesEndpoint(answer, exchange.path),
    )
  )
    return 'redirect-elsewhere';
  return 'generic-error';
}

function leavesEndpoint(answer: Answered['answer'], path: string): boolean {
  const location = header(answer, 'location') ?? '';
  return location !== '' && location !== `${path}/` && said(answer) !== location;
}
