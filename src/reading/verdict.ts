// Which refusal counts, and what got an answer in spite of it.
import type { EndpointRecord, Exchange } from '../model/exchange.js';
import type { Access, AccessReason, Caller, EvidenceRefs } from '../model/observation.js';
import { isClusterError, missingIndex, type ClusterAuthenticity } from './authenticity.js';
import { answersOfCluster, indexTests, listers, plainListers, underscoreListers } from './cluster-answers.js';
import type { ClusterAnswers, Refused } from './cluster-answers.js';
import { answersTo, exchangesOf, header, refs, said, type Answered } from '../catalogue/exchanges.js';
import { isRateLimit } from '../catalogue/rate-limit.js';
import { isSameEndpoint } from './dashboard-redirect.js';
import { asksForLogin } from './other-product.js';
import { isChallenge, readRefusal } from './refusal.js';

/** Who denies counts in this order, where several did. */
const weights: Readonly<Record<NonNullable<Access['guardedBy']>, number>> = {
  product: 5,
  'client-certificate': 4,
  'network-policy': 3,
  proxy: 2,
  unknown: 1,
  // Only a dashboard has a cluster behind it.
  cluster: 0,
};

/** The refusal that says most about what guards the endpoint; null where nothing refused. */
export function strongestRefusal(refusals: readonly Refused[]): Refused | null {
  let strongest: Refused | null = null;
  for (const each of refusals)
    if (strongest === null || weights[each.value.by] > weights[strongest.value.by]) strongest = each;
  return strongest;
}

/** Answers to the questions that list indices, refused or not. */
export function listerAnswers(record: EndpointRecord): readonly Answered[] {
  return answersTo(record, ...listers);
}

/** `open`: content that a caller without credentials should not get, and one passed test of authenticity. */
export function isOpen(inside: boolean, { genuine }: ClusterAuthenticity): boolean {
  return inside && genuine === 'yes';
}

/** What a guard is judged by. */
interface GuardGrounds {
  readonly record: EndpointRecord;
  readonly answers: ClusterAnswers;
  readonly authenticity: ClusterAuthenticity;
  readonly caller: Caller;
}

/** A guard that holds: what it is, and why it is called one where that is not a login. */
export interface Guard {
  readonly by: NonNullable<Access['guardedBy']>;
  readonly reason: AccessReason | null;
  readonly evidence: EvidenceRefs;
}

/**
 * Answers that the cluster gave past what denies the rest: its banner, its health, an error of its own. Routing errors do not
 * count where the product itself asks for a login: it routes before it authenticates (wire guide R.1.1).
 */
export function answeredPast({ record, answers }: Pick<GuardGrounds, 'record' | 'answers'>): Answered[] {
  const { banners, health, stats, nodes } = answers;
  const denied = new Set(answers.refusals.map(({ answered }) => answered.at));
  const byProduct = answers.refusals.some(({ value }) => value.by === 'product');
  const errors = byProduct ? [] : answersTo(record).filter((each) => !denied.has(each.at) && isClusterError(each));
  return [
    ...banners.map(({ answered }) => answered),
    ...[health, stats, nodes].flatMap((found) => (found === null ? [] : [found.answered])),
    ...errors,
  ];
}

/** The version does not know this way of listing: the cluster's own error about the path, which shows nothing of a guard. */
function isUnknownHere(answered: Answered): boolean {
  return isClusterError(answered) && [400, 404, 405, 410].includes(answered.answer.status);
}

/**
 * Something in front does not offer the path, or serverless does not (410, wire guide S). An unsigned error, and a 403 on
 * some paths only, offers nothing and denies nothing.
 */
function isNotOffered(each: Answered): boolean {
  return [400, 403, 404, 405, 410].includes(each.answer.status) && !isChallenge(each) && !isClusterError(each);
}

/** A question that lists indices ended in a failure, and was never answered. */
function hasFailedLister(record: EndpointRecord): boolean {
  const answered = new Set(listerAnswers(record).map(({ exchange }) => exchange.question));
  return exchangesOf(record, listers).some(
    ({ question, outcome }) => outcome.kind === 'failure' && !answered.has(question),
  );
}

/** The root page responded first and was denied later: our address was blocked in between. */
function bannedMeanwhile(record: EndpointRecord, { banners }: ClusterAnswers): boolean {
  const last = answersTo(record, 'root').at(-1);
  return last !== undefined && banners.length > 0 && last.answer.status === 403;
}

/** The health of the cluster alone, in the place of the indices that were asked for: its query was lost. */
function isHealthAlone({ exchange, answer: { status, body } }: Answered): boolean {
  return (
    exchange.question === 'index-health' &&
    status === 200 &&
    body.kind === 'error' &&
    body.keys.includes('number_of_nodes')
  );
}

/** Denied with 403 and without a word of a login. */
function isBareDenial({ value }: Refused): boolean {
  return value.kind === 'proxy-denied' || value.kind === 'unknown-403';
}

/**
 * Nothing but 403 without a login, a path with a random name included: every caller is denied, or only this one, for its
 * address or its User-Agent. Empty where anything else got an answer.
 */
export function deniedEverything(record: EndpointRecord, answers: ClusterAnswers): readonly Refused[] {
  const all = answersTo(record);
  const bare = answers.refusals.filter(isBareDenial);
  const random = bare.some(({ answered }) => indexTests.some((id) => id === answered.exchange.question));
  const alike = all.every((answered) => {
    const refusal = readRefusal(answered);
    return refusal !== null && isBareDenial({ value: refusal, answered });
  });
  return random && alike ? bare : [];
}

/** The cluster itself says that the index with a random name is missing: a request that names an index reaches it. */
function answersByName(record: EndpointRecord): Answered[] {
  return answersTo(record, ...indexTests).filter(
    (each) => isClusterError(each) && each.answer.status === 404 && isAboutIndex(each.answer),
  );
}

/**
 * The path of the index with a random name got a response other than a denial: a page there may have replaced the cluster's
 * own word that there is no such index.
 */
function letsNamesPass(record: EndpointRecord): boolean {
  return answersTo(record, ...indexTests).some(
    (each) => [200, 404].includes(each.answer.status) && readRefusal(each) === null && !isChallenge(each),
  );
}

function isAboutIndex(answer: Answered['answer']): boolean {
  const { body } = answer;
  if (body.kind === 'error' && body.type === 'index_not_found_exception') return true;
  return missingIndex.test(said(answer)) || /^IndexNotFoundException\b/.test(said(answer));
}

/** Both kinds of listers were denied or are not offered: those under a path that begins with an underscore, and the others. */
function deniesBothKinds(record: EndpointRecord, { refusals }: ClusterAnswers): boolean {
  const denied = new Set(refusals.map(({ answered }) => answered.exchange.question));
  const closed = (kind: readonly string[]): boolean =>
    kind.some((id) => denied.has(id)) || answersTo(record, ...kind).some(isNotOffered);
  // where names are not allowed, the path of a random index takes the place of the listers without an underscore
  const plain = answersTo(record, ...plainListers).some((each) => !isUnknownHere(each)) ? plainListers : indexTests;
  return closed(underscoreListers) && closed(plain);
}

/**
 * `guarded`: a login or a denial that is recognised. Where the cluster answered anything past it, both kinds of listers were
 * denied too: rules on paths often forget one kind. A rate limit, a breakdown, a challenge or a maintenance page is not a guard.
 */
export function guardThatHolds(grounds: GuardGrounds): Guard | null {
  const { record, answers, authenticity, caller } = grounds;
  const wall = strongestRefusal(answers.refusals);
  // a proxy may pass the health without its query and deny the rest; rules of the product itself passed what it would have listed
  const byRule = wall?.value.by === 'product';
  const asked = listerAnswers(record).filter((each) => !isUnknownHere(each) && (byRule || !isHealthAlone(each)));
  if (listerAnswers(record).length === 0) {
    // nginx and others say it before they look at the path
    return wall?.value.kind === 'client-certificate'
      ? { by: wall.value.by, reason: null, evidence: refs(wall.answered) }
      : null;
  }
  // an anonymous user got in, and was shown an empty list: what there is, its roles keep from it
  if (caller.login === 'anonymous' && answers.listing?.value.total === 0)
    return {
      by: 'product',
      reason: null,
      evidence: refs(answers.listing.answered, answers.stats?.answered, caller.evidence),
    };
  const past = answeredPast(grounds);
  const evidence = refs(...answers.refusals.map(({ answered }) => answered), ...past);
  const refused = new Map(answers.refusals.map((each) => [each.answered.at, each]));
  const denials = asked.flatMap(({ at }) => refused.get(at) ?? []);
  const holding = strongestRefusal(denials);
  const bothKinds = deniesBothKinds(record, answers);
  if (past.length > 0 && !bothKinds) return null;
  if (answersByName(record).length > 0 || (denials.length > 0 && letsNamesPass(record))) return null;
  const byLogin = wall?.value.by === 'product' && wall.value.login === 'required';
  // what failed, or was not asked any more, was not denied
  if (!byLogin && (hasFailedLister(record) || (record.cut !== null && !bothKinds))) return null;
  if (holding !== null && denials.length === asked.length) {
    const everything = deniedEverything(record, answers);
    if (everything.length > 0)
      return { by: wall?.value.by ?? holding.value.by, reason: 'denied-without-login', evidence };
    // an unsigned bare denial on some paths only is not a guard, whatever denied the others
    if (denials.some(({ value }) => value.kind === 'unknown-403')) return null;
    // what had answered before and is denied now was blocked meanwhile: a ban is not a guard
    if (isBareDenial(holding) && bannedMeanwhile(record, answers)) return null;
    // a refusal without a name is the plugin's, once its own page has named it
    const named = holding.value.by === 'unknown' && answers.securityHealth !== null;
    const by = named ? 'product' : (wall?.value.by ?? holding.value.by);
    return { by, reason: null, evidence: refs(evidence, answers.securityHealth?.answered) };
  }
  const rest = asked.filter(({ at }) => !refused.has(at));
  if (answers.banners.length > 0 && authenticity.genuine === 'yes' && rest.every(isNotOffered))
    return { by: wall?.value.by ?? 'proxy', reason: null, evidence: refs(evidence, ...asked) };
  return null;
}

/** Why nothing could be decided, where no rule applied. */
export function whyUndetermined(record: EndpointRecord, answers: ClusterAnswers): AccessReason {
  const failed = record.exchanges.findLast(({ outcome }) => outcome.kind === 'failure');
  if (listerAnswers(record).length === 0 && failed?.outcome.kind === 'failure') return failed.outcome.failure;
  const all = answersOfCluster(record);
  if (all.some(isChallenge)) return 'challenged';
  // an error of the cluster's own on one path says nothing of the others
  const byName = answers.refusals.length > 0 && answersByName(record).length > 0;
  if (byName) return 'named-indices-pass';
  if (all.some(({ answer }) => answer.status >= 500 || isRateLimit(answer))) return 'generic-error';
  if (answers.refusals.length > 0) return 'unknown-wall';
  if (all.length > 0 && all.every(({ answer }) => answer.status === 404)) return 'no-such-path';
  const redirected = all.filter(({ answer }) => isRedirect(answer));
  if (redirected.some(({ answer, exchange }) => leavesEndpoint(answer, exchange, record))) return 'redirect-elsewhere';
  if (redirected.length > 0) return 'redirect-within';
  return all.some(asksForLogin) ? 'login-page' : 'generic-error';
}

function isRedirect(answer: Answered['answer']): boolean {
  return answer.status >= 300 && answer.status < 400 && (header(answer, 'location') ?? '') !== '';
}

function leavesEndpoint(answer: Answered['answer'], { scheme }: Exchange, { endpoint }: EndpointRecord): boolean {
  return !isSameEndpoint(header(answer, 'location') ?? '', endpoint, scheme);
}
