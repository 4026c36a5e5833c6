// How far a caller gets in a cluster.
import { canStandInPath } from '../catalogue/index-names.js';
import type { Rung } from '../model/endpoint.js';
import type { EndpointRecord } from '../model/exchange.js';
import type { Access, AccessReason, Caller, EvidenceRefs, LoginScheme, Tri } from '../model/observation.js';
import { parseListing } from '../catalogue/listing.js';
import { parseAuthinfo, parseCount } from '../catalogue/cluster.js';
import { answersTo, kept, refs } from '../catalogue/exchanges.js';
import type { Answered } from '../catalogue/exchanges.js';
import { deniesCaller } from '../catalogue/denials.js';
import { answersOfCluster, testsOf } from './cluster-answers.js';
import { authinfoPages, disowned } from './caller.js';
import type { ClusterAnswers, Refused } from './cluster-answers.js';
import { notFormed } from './cluster-facts.js';
import { fromDashboard, relayPath } from './dashboard-identity.js';
import { isClusterError } from './authenticity.js';
import type { ClusterAuthenticity } from './authenticity.js';
import { guardThatHolds, isOpen, listerAnswers, strongestRefusal, whyUndetermined } from './verdict.js';

/** What the verdict on access is made from. */
export interface AccessGrounds {
  readonly record: EndpointRecord;
  readonly answers: ClusterAnswers;
  readonly authenticity: ClusterAuthenticity;
  readonly caller: Caller;
  readonly mixed: boolean;
}

/** True when a node has not joined a cluster: it answers its banner, and nothing that needs a master (wire guide A.1, E.1). */
function clusterNotFormed(record: EndpointRecord, answers: ClusterAnswers): Answered[] {
  const unformed = answers.banners
    .filter(({ value }) => value.cluster_uuid === notFormed)
    .map(({ answered }) => answered);
  const blocked = answersOfCluster(record).filter(
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

/** Indices that the server says an anonymous user may search, by name, where nothing was listed. */
export function namedToRead({ listing, privileges }: ClusterAnswers): readonly string[] {
  return listing !== null && listing.value.total > listing.value.system
    ? []
    : (privileges?.value.reads ?? []).filter((name) => oneName.test(name) && canStandInPath(name));
}

/**
 * An empty list is that of an empty cluster only where the same path was tested, and nothing was denied: a proxy may answer with
 * nothing what it denies.
 */
function isTrulyEmpty({ answers: { listing, refusals }, authenticity, caller }: AccessGrounds): boolean {
  if (listing === null || refusals.length > 0) return false;
  if (caller.login === 'anonymous') return true;
  return (testsOf[listing.answered.exchange.question] ?? []).some((test) => authenticity.passedOn.has(test));
}

/** A count was denied, whatever else was permitted. */
function deniedCounts(record: EndpointRecord): boolean {
  return answersTo(record, 'index-count').some(({ answer }) => deniesCaller(answer));
}

/**
 * The server's own word that an anonymous user may search where no search could be put to show it: it names patterns, and a
 * search of a pattern is never asked. Null where there is no such word, or where something shown decides.
 */
function readByItsWord({ record, answers: { listing, privileges }, caller }: AccessGrounds): Answered | null {
  // what `_field_caps` lists to a user is what that user may read: the right is the same as for a search
  const readable = answersTo(record, 'field-caps-indices').find(
    (answered) => (kept(answered, parseListing)?.total ?? 0) > 0,
  );
  if (readable !== undefined && caller.login === 'anonymous' && !deniedCounts(record)) return readable;
  if (privileges === null || (listing !== null && listing.value.total > listing.value.system)) return null;
  const tried = answersTo(record, 'index-count').length > 0;
  const untried = (privileges.value.reads ?? []).filter((name) => !tried || !oneName.test(name));
  return untried.length > 0 ? privileges.answered : null;
}

/**
 * The server's own word that an anonymous user may add or change documents, whether or not it may read any: it is a user
 * inside. Null where there is no such word.
 */
function addsByItsWord({ answers: { privileges }, caller }: AccessGrounds): Answered | null {
  if (privileges === null || caller.login !== 'anonymous') return null;
  return privileges.value.writes.length > 0 ? privileges.answered : null;
}

/**
 * Documents: permitted by a search that ran or by the server's own word, refused, or not known. A role may open other indices
 * than the ones tried: what an anonymous user was refused on some says nothing of the rest (wire guide R.1.3).
 */
function reachesDocuments(grounds: AccessGrounds): Tri {
  const { record, answers, caller } = grounds;
  if (answers.counts.length > 0 || readByItsWord(grounds) !== null) return 'yes';
  const asked = answersTo(record, 'index-count');
  const refused = asked.filter(({ answer }) => deniesCaller(answer));
  if (asked.length === 0 || refused.length < asked.length) return 'unknown';
  const listing = answers.listing?.value;
  const all = listing !== undefined && refused.length >= listing.total - listing.system;
  return caller.login === 'anonymous' && !all ? 'unknown' : 'no';
}

/**
 * Metadata: shown by a listing. An anonymous user is shown what its roles allow: where that is nothing it shows no
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
  return isClusterError(answered) || kept(answered, parseCount) !== null;
}

/**
 * Control: inferred where the server itself knows no login and no role, and only of one backend. Where something in front
 * refused other paths, or answered a search in the cluster's place, it is inferred only if searches pass: a list of paths for
 * a health check is not a way to delete. The relay of a dashboard passes reads on, and who else may write is not its to say.
 */
function reachesControl({ record, caller, mixed, answers }: AccessGrounds, documents: Tri): Tri {
  if (answersOfCluster(record).some(isRelayed)) return 'unknown';
  if (caller.login === 'absent') {
    const counts = answersTo(record, 'index-count');
    const unhindered = answers.refusals.length === 0 && counts.every(isClusterAnswer);
    // of several backends, the one that listed disowned its login
    return documents === 'yes' || (!mixed && unhindered) ? 'yes' : 'unknown';
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
  const adds = addsByItsWord(grounds);
  const inside = reaches.metadata === 'yes' || reaches.documents === 'yes' || adds !== null;
  const base = {
    guardedBy: wall?.value.by ?? null,
    loginSchemes: schemesOf(answers.refusals),
    realm: answers.refusals.find(({ value }) => value.realm !== null)?.value.realm ?? null,
    caller,
    mixed,
    proof: 'proved',
    reason: record.cut,
  } as const;

  const unformed = clusterNotFormed(record, answers);
  // an empty list is not content where there is no cluster to list
  const listed =
    (answers.listing?.value.total ?? 0) > 0 ||
    reaches.documents === 'yes' ||
    adds !== null ||
    (unformed.length === 0 && isTrulyEmpty(grounds));

  if (isOpen(inside && listed, authenticity)) {
    const all = { ...reaches, control: reachesControl(grounds, reaches.documents) };
    const rung: Rung = all.control === 'yes' ? 'control' : all.documents === 'yes' ? 'documents' : 'metadata';
    const word = answers.counts.length > 0 ? null : readByItsWord(grounds);
    return {
      ...base,
      state: 'open',
      rung,
      reaches: all,
      proof: rung === 'control' || word !== null || reaches.metadata !== 'yes' ? 'inferred' : 'proved',
      evidence: refs(
        answers.listing?.answered,
        ...answers.counts.map(({ answered }) => answered),
        word,
        adds,
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
  if (inside && listed)
    return undetermined('not-authenticated-as-genuine', refs(answers.listing?.answered, authenticity.evidence));

  if (unformed.length > 0) return undetermined('cluster-not-formed', refs(...unformed));
  const all = answersOfCluster(record);

  const contrary = disowned(record, answers);
  if (contrary.length > 0)
    return undetermined('answers-contradict', refs(...contrary, ...answers.refusals.map(({ answered }) => answered)));

  const reach = caller.login === 'anonymous' ? reachesNoIndex(record, grounds) : null;
  if (caller.login === 'anonymous' && reach === null)
    return undetermined('anonymous-reach-unknown', refs(caller.evidence, answers.privileges?.answered, ...all));

  const guarded = guardThatHolds(grounds);
  if (guarded !== null) {
    return {
      ...base,
      state: 'guarded',
      rung: reaches.banner === 'yes' ? 'banner' : 'guarded',
      reaches: { ...reaches, control: 'no' },
      guardedBy: guarded.by,
      reason: record.cut ?? guarded.reason,
      evidence: refs(guarded.evidence, reach),
    };
  }
  return undetermined(whyUndetermined(record, answers), refs(...all));
}

/** The role that OpenSearch Security gives to every user, for an index of the user's own name (wire guide R.1.3). */
const roleOfEverybody = 'own_index';

/**
 * The answer by which an anonymous user reaches no index: its privileges on x-pack, whose list is empty; the roles of
 * OpenSearch Security and its kin, where it has none of its own. Null where it may reach some. What it was denied says
 * nothing of that: there a wildcard is denied completely, and x-pack refuses what lists (wire guide R.1.3, R.1.4).
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
