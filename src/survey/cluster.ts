// Asks a cluster, or something that may be one.
import type { EndpointRecord, Exchange } from '../model/exchange.js';
import type { Ask, QuestionId } from '../model/question.js';
import { disowned, seenSecurityPlugins, xpackQuestion } from '../reading/caller.js';
import { namedToRead } from '../reading/cluster-access.js';

import { readCluster } from '../reading/cluster.js';
import type { ClusterReading } from '../reading/cluster.js';
import { groundOf } from '../reading/power.js';
import { answerTo, answersTo, kept } from '../catalogue/exchanges.js';
import { fieldsOf } from '../reading/fields.js';
import { answersIn, type Phase, type Situation } from '../catalogue/topic.js';
import { questionsOfPhase } from './topics.js';
import { guardsNothing, parseXpack } from '../catalogue/cluster.js';
import { deniesCaller } from '../catalogue/denials.js';
import { furtherIndices, furtherRequests, largestIndices } from '../catalogue/fields.js';
import { parseListing } from '../catalogue/listing.js';
import { randomSubset, testColumns, testFields } from '../catalogue/authenticity.js';
import { indexTests, listers, testsOf } from '../reading/cluster-answers.js';
import { memoised } from '../catalogue/memoise.js';
import { hintsOfBackends } from '../reading/backends.js';
import { readOtherProduct } from '../reading/other-product.js';
import { isClusterError } from '../reading/authenticity.js';
import { answeredPast, deniedEverything, strongestRefusal } from '../reading/verdict.js';
import { allowed, ask, canBeSent, recordOf } from './conversation.js';
import type { Conversation } from './conversation.js';

/**
 * Requests after which a survey of a cluster ends, by what has shown itself. `open` is for the verdict on what is open,
 * `whole` with what is asked besides: what is there, what could be done to it; `last` of these are left to the last
 * questions: other origins, and an old version of TLS.
 */
export const budgets = {
  recognisedWall: 3,
  suspected: 5,
  unknownWall: 11,
  past: 11,
  backends: 12,
  open: 14,
  mixed: 22,
  whole: 22,
  last: 2,
} as const;

/** The question that lists indices, as far as the engagement allows names. */
export function listingQuestion(conversation: Conversation): QuestionId {
  return conversation.options.techniques.names ? 'cat-indices' : 'cat-index-counts';
}

/** Counts asked for at most: the first that is permitted is the last. */
const countsAtMost = 3;

/** How often a question that was denied is asked again, each on a connection of its own, where several backends may answer. */
const repeatsAtMost = 4;

/** A survey of a cluster with what was read of it so far. */
export interface Sight {
  readonly conversation: Conversation;
  readonly reading: ClusterReading;
}

/** A question with the condition under which it is needed. The first one that is needed and was not put is put next. */
interface Step {
  readonly question: QuestionId;
  readonly needed: (sight: Sight) => boolean;
  /** How often it may be put; once where nothing is said. */
  readonly times?: number;
  /** Puts it on a connection of its own: a balancer may lead it to another backend. */
  readonly fresh?: true;
  readonly blanks?: (sight: Sight) => Readonly<Record<string, string>> | null;
}

/** How often a question was put under the base path that is asked now: another one is another place. */
function times({ exchanges, basePath }: Conversation, question: string): number {
  let count = 0;
  for (const exchange of exchanges) if (exchange.question === question && exchange.basePath === basePath) count += 1;
  return count;
}

function listed({ reading }: Sight): boolean {
  return reading.answers.listing !== null;
}

/** The indices were listed by one of these questions, and nothing was proved yet: it is tested on that path. */
function listedOnlyBy(sight: Sight, ...questions: readonly string[]): boolean {
  const by = sight.reading.answers.listing?.answered.exchange.question;
  if (by === undefined || !questions.includes(by)) return false;
  // an empty list proves nothing before its own path was tested
  const tested = (testsOf[by] ?? []).some((test) => sight.reading.authenticity.passedOn.has(test));
  return !genuine(sight) || (!listsAny(sight) && !tested);
}

/** A test of authenticity was passed: one is enough (docs/verdicts.md). */
function genuine({ reading }: Sight): boolean {
  return reading.authenticity.genuine === 'yes';
}

/** Lines that refuse a parameter that they do not know: since 5.0 (wire guide E.3.1); all of them where no version is known. */
function refusesParameters({ reading: { identity } }: Sight): boolean {
  return (identity.major ?? 5) >= 5 || identity.product === 'opensearch';
}

/** A test about an index with a random name got a made-up answer: it is made once more, for another name. */
function suspected({ reading: { authenticity } }: Sight): boolean {
  return authenticity.fabricated === 1 && authenticity.genuine !== 'yes';
}

/** A refusal names another path than the one that was asked, as a canned answer does. */
function namesForeignPath({ reading: { answers } }: Sight): boolean {
  return answers.refusals.some(({ value, answered: { exchange } }) => {
    const named = value.namedPath?.split('?', 1)[0];
    const [asked = ''] = exchange.path.split('?', 1);
    return named !== undefined && !(asked.endsWith(named) && named !== '/') && !named.endsWith(asked);
  });
}

function listsAny({ reading }: Sight): boolean {
  return (reading.answers.listing?.value.total ?? 0) > 0;
}

/** Something of the family responded with content: a banner, a listing, health, totals. */
function answered({ reading: { answers } }: Sight): boolean {
  return answers.banners.length > 0 || answers.listing !== null || answers.stats !== null || answers.health !== null;
}

/** The server says that it has an anonymous user: a refusal of one path says nothing of the others (wire guide R.1.3, R.1.4). */
function anonymous({ reading }: Sight): boolean {
  return reading.access.caller.login === 'anonymous';
}

/** A login wall of the product itself without an anonymous user, or a policy in front of all of it. */
function recognisedWall(sight: Sight): boolean {
  const { answers } = sight.reading;
  if (answered(sight) || anonymous(sight)) return false;
  const wall = strongestRefusal(answers.refusals)?.value;
  if (wall === undefined) return false;
  return wall.by === 'product' || wall.by === 'network-policy' || wall.by === 'client-certificate';
}

/** True when a wall of the product itself, or a policy before all of it, has shown itself: nothing else is behind it. */
export function isWalled(conversation: Conversation): boolean {
  return recognisedWall({ conversation, reading: readCluster(recordOf(conversation)) });
}

/** Refused by something that may refuse one path and let another pass. */
function unknownWall(sight: Sight): boolean {
  return sight.reading.answers.refusals.length > 0 && !recognisedWall(sight);
}

/** The product itself answered one path and wanted a login on another: two backends, or a proxy that logs one path in. */
function contradiction(sight: Sight): boolean {
  const { answers } = sight.reading;
  const wall = answers.refusals.some(({ value }) => value.by === 'product' && value.login === 'required');
  return wall && (answers.banners.length > 0 || answers.listing !== null || disowns(sight));
}

/** The server said of itself that it knows no login, although it denied access without one. */
function disowns({ conversation, reading }: Sight): boolean {
  return disowned(recordOf(conversation), reading.answers).length > 0;
}

function refusedLast({ conversation }: Sight, question: string): boolean {
  const answer = answerTo(recordOf(conversation), question)?.answer;
  return answer !== undefined && deniesCaller(answer);
}

/** The cluster itself has no such path for a GET. */
function wrongRoute({ conversation }: Sight, question: string): boolean {
  const last = answerTo(recordOf(conversation), question);
  return last !== null && [400, 405].includes(last.answer.status) && isClusterError(last);
}

function catAnswered({ conversation }: Sight): boolean {
  const record = recordOf(conversation);
  return ['cat-indices', 'cat-index-counts'].some((id) => kept(answerTo(record, id), parseListing) !== null);
}

function hasPlugin({ reading }: Sight, question: string): boolean {
  return seenSecurityPlugins(reading.answers)?.some(({ shownBy }) => shownBy === question) ?? false;
}

function wallKind({ reading }: Sight, kind: string): boolean {
  return reading.answers.refusals.some(({ value }) => value.kind === kind);
}

/**
 * OpenSearch Security or its predecessor denied access to a user that it named: rights on indices are all or nothing (wire
 * guide R.1.3).
 */
function allOrNothing(sight: Sight): boolean {
  return wallKind(sight, 'security-anonymous-denied') || wallKind(sight, 'security-denied');
}

/** Refusals of plugins that replace x-pack. */
const otherSecurity: ReadonlySet<string> = new Set([
  'open-distro-security',
  'search-guard',
  'security-anonymous-denied',
  'security-denied',
]);

/** The questions of the topics of a phase, in their order. */
function topicSteps(phase: Phase): Step[] {
  return questionsOfPhase(phase).map((question) => ({
    question: question.id,
    needed: (sight) =>
      (phase !== 'beside' || sight.conversation.options.wanted?.(question.id) !== false) &&
      question.when(situationOf(sight), answersIn(recordOf(sight.conversation))),
    blanks: ({ conversation }) =>
      question.blanks === undefined ? {} : question.blanks(answersIn(recordOf(conversation))),
  }));
}

/** Asks who we are on the page of the product that answers: the deciding question besides the listing. */
const whoami: readonly Step[] = [
  {
    // the first OpenSearch asks for a login in the name of Open Distro, which has no such page (wire guide B.1, B.3)
    question: 'plugins-security-health',
    needed: (sight) => wallKind(sight, 'open-distro-security') && !answered(sight),
  },
  {
    question: 'plugins-security-authinfo',
    needed: ({ reading }) =>
      reading.identity.product === 'opensearch' && !reading.identity.distribution?.startsWith('aws'),
  },
  {
    question: 'opendistro-security-authinfo',
    needed: (sight) =>
      (allOrNothing(sight) && sight.reading.identity.product === 'elasticsearch') ||
      hasPlugin(sight, 'opendistro-security-authinfo'),
  },
  {
    question: 'searchguard-authinfo',
    needed: (sight) => wallKind(sight, 'search-guard') || hasPlugin(sight, 'searchguard-authinfo'),
  },
  {
    question: 'security-authenticate',
    // where nothing of the product has shown itself, a listing that passes shows more
    needed: ({ reading: { identity, answers } }) =>
      identity.product === 'elasticsearch' &&
      identity.distribution !== 'readonlyrest' &&
      !(strongestRefusal(answers.refusals)?.value.by === 'network-policy') &&
      !answers.refusals.some(({ value }) => otherSecurity.has(value.kind)) &&
      xpackQuestion(identity.major) === 'security-authenticate',
  },
  {
    question: 'xpack-info',
    needed: (sight) =>
      sight.reading.identity.product === 'elasticsearch' &&
      answered(sight) &&
      xpackQuestion(sight.reading.identity.major) === 'xpack-info',
  },
  {
    question: 'xpack-security-authenticate',
    needed: ({ conversation }) => {
      const said = kept(answerTo(recordOf(conversation), 'xpack-info'), parseXpack);
      return said?.features?.security?.enabled === true && !guardsNothing(said);
    },
  },
];

/**
 * What is asked of a cluster, in order. Cheap and deciding questions come first; each is put only where its answer is
 * needed (design, Decisions). The conditions are read from the answers so far.
 */
const steps: readonly Step[] = [
  { question: 'cat-indices', needed: () => true },
  { question: 'cat-index-counts', needed: ({ conversation }) => !conversation.options.techniques.names },
  // Several backends, or not? What was denied is asked again, before anything is built upon it.
  {
    question: 'cat-indices',
    needed: (sight) => severalBackends(sight) && !listed(sight) && refusedLast(sight, 'cat-indices'),
    times: 1 + repeatsAtMost,
    fresh: true,
  },
  {
    question: 'root',
    needed: (sight) => contradiction(sight) && listed(sight) && refusedLast(sight, 'root'),
    times: 1 + repeatsAtMost,
    fresh: true,
  },
  // A path that begins with no underscore: rules on paths often forget these.
  {
    question: 'index-aliases',
    // a balancer by path may lead it to the backend that disowned its login; a rule of ReadonlyREST may let it pass
    needed: (sight) =>
      !listed(sight) && ((notWalledOff(sight) && beyondLogin(sight)) || disowns(sight) || ruled(sight)),
  },
  {
    // some versions list no aliases under a wildcard
    question: 'wildcard-stats',
    needed: (sight) => !listed(sight) && notWalledOff(sight) && wrongRoute(sight, 'index-aliases'),
  },
  // Genuine, or not? One passed test is enough.
  {
    question: 'unknown-parameter',
    needed: (sight) =>
      !genuine(sight) &&
      refusesParameters(sight) &&
      (sight.reading.answers.banners.length > 0 ||
        // of an anonymous user the parameters are looked at before its rights (wire guide R.1.4)
        anonymous(sight) ||
        // its rules are asked after the parameters were looked at
        (listed(sight) && wallKind(sight, 'readonlyrest'))),
  },
  {
    question: 'unknown-index',
    needed: (sight) =>
      (!genuine(sight) || (beyondLogin(sight) && !listed(sight) && answeredPast(groundsOf(sight)).length === 0)) &&
      !recognisedWall(sight),
  },
  // A made-up answer about a random name: once more, for another name, on the same path.
  ...indexTests.map((question): Step => ({
    question,
    times: 2,
    needed: (sight) =>
      (suspected(sight) && times(sight.conversation, question) === 1) ||
      (question === 'unknown-index' &&
        namesForeignPath(sight) &&
        !genuine(sight) &&
        sight.reading.authenticity.fabricated < 2),
  })),
  // The listing came from the only path that passes: it is tested there.
  { question: 'cat-unknown-index', needed: (sight) => listedOnlyBy(sight, 'cat-indices', 'cat-index-counts') },
  {
    question: 'cat-unknown-parameter',
    needed: (sight) => listedOnlyBy(sight, 'cat-indices', 'cat-index-counts') && refusesParameters(sight),
  },
  {
    question: 'aliases-unknown-parameter',
    needed: (sight) => listedOnlyBy(sight, 'aliases') && refusesParameters(sight),
  },
  {
    question: 'health-unknown-parameter',
    needed: (sight) => listedOnlyBy(sight, 'index-health') && refusesParameters(sight),
  },
  {
    question: 'stats-unknown-parameter',
    needed: (sight) => listedOnlyBy(sight, 'index-stats') && refusesParameters(sight),
  },
  { question: 'alias-unknown-index', needed: (sight) => listedOnlyBy(sight, 'index-aliases') },
  { question: 'stats-unknown-index', needed: (sight) => listedOnlyBy(sight, 'wildcard-stats') },
  { question: 'resolve-unknown-index', needed: (sight) => listedOnlyBy(sight, 'resolve-index') },
  // Where errors are replaced or say too little: does it give just what is asked for?
  {
    question: 'cat-columns',
    needed: (sight) => listed(sight) && listsAny(sight) && !genuine(sight) && catAnswered(sight),
    blanks: ({ conversation }) => ({ columns: randomSubset(testColumns, conversation.options.nonce()).join(',') }),
  },
  {
    question: 'root-fields',
    needed: (sight) => listed(sight) && !genuine(sight) && sight.reading.answers.banners.length > 0,
    blanks: ({ conversation }) => ({ fields: randomSubset(testFields, conversation.options.nonce()).join(',') }),
  },
  {
    // neither a query nor an error passes: another lister must agree on the random ids
    question: 'index-uuids',
    needed: (sight) => !genuine(sight) && sight.reading.answers.listing?.value.uuids !== undefined,
  },
  ...whoami,
  {
    // one backend of several has no login: the listing is put until it is the one that answers
    question: 'cat-indices',
    needed: (sight) => disowns(sight) && !listed(sight) && refusedLast(sight, 'cat-indices'),
    times: 1 + repeatsAtMost,
    fresh: true,
  },
  {
    // a 401 that names no product: this page responds before any login, and names the plugin (wire guide B.3)
    question: 'plugins-security-health',
    needed: (sight) => wallKind(sight, 'login-without-challenge') && !answered(sight),
  },
  // What one path refuses another may answer.
  {
    // the cluster's monitor right lists them where rights on indices are all or nothing (wire guide R.1.3)
    question: 'index-health',
    needed: (sight) =>
      !shown(sight) &&
      (sight.reading.identity.product === 'opensearch' || allOrNothing(sight)) &&
      mayAnswerElsewhere(sight),
  },
  {
    // rules on paths, or a ban of our address in the meantime? The root page shows it.
    question: 'root',
    times: 2,
    needed: (sight) =>
      !listed(sight) &&
      sight.reading.answers.banners.length > 0 &&
      refusedLast(sight, 'index-aliases') &&
      deniedBare(sight),
  },
  // What lists nothing to an anonymous user may still let it search: the server says which indices (wire guide R.1.4).
  { question: 'own-privileges', needed: (sight) => !listsUsers(sight) && namesPrivileges(sight) },
  // A role that may read some indices, and has no right on the cluster, lists them here.
  { question: 'resolve-index', needed: (sight) => !listsAny(sight) && asksForRoles(sight) },
  { question: 'field-caps-indices', needed: (sight) => !listsAny(sight) && asksForRoles(sight) },
  { question: 'aliases', needed: (sight) => !shown(sight) && mayAnswerElsewhere(sight) },
  { question: 'index-health', needed: (sight) => !shown(sight) && mayAnswerElsewhere(sight) },
  {
    // a site in front, whose pages replace errors, may pass the paths of indices
    question: 'index-aliases',
    needed: (sight) => !listed(sight) && readOtherProduct(recordOf(sight.conversation)) !== null,
  },
  {
    // What lists is denied: a request that names an index may still pass.
    question: 'unknown-index',
    needed: (sight) => !listed(sight) && notWalledOff(sight) && answeredPast(groundsOf(sight)).length > 0,
  },
  {
    question: 'cluster-health',
    needed: (sight) => !listed(sight) && !sight.conversation.options.techniques.names && mayAnswerElsewhere(sight),
  },
  {
    question: 'index-stats',
    needed: (sight) => {
      const listing = sight.reading.answers.listing?.value;
      if (listing === undefined)
        return (answered(sight) || unknownWall(sight)) && mayAnswerElsewhere(sight) && !anonymous(sight);
      // to a user with few rights the plugin of OpenSearch denies it completely (wire guide R.1.3)
      const fewRights = sight.reading.identity.product === 'opensearch' && anonymous(sight);
      const elsewhere = !fewRights && !allOrNothing(sight);
      return uncounted(sight) && !catAnswered(sight) && elsewhere;
    },
  },
  {
    question: 'wildcard-stats',
    needed: (sight) =>
      !listed(sight)
        ? notWalledOff(sight) && answeredPast(groundsOf(sight)).length > 0 && !anonymous(sight)
        : uncounted(sight) && answerTo(recordOf(sight.conversation), 'index-stats') !== null,
  },
  {
    question: 'cluster-stats',
    needed: (sight) => {
      const { facts, answers, identity } = sight.reading;
      if (!answered(sight)) return false;
      const uncounted = answers.listing === null || answers.listing.value.documents === 0;
      return uncounted || facts?.uuid === null || identity.version.number === null;
    },
  },
  { question: 'nodes', needed: (sight) => listed(sight) || (anonymous(sight) && answered(sight)) },
  { question: 'nodes', needed: (sight) => deniedByOne(sight, 'nodes'), times: 1 + repeatsAtMost, fresh: true },
  // A plugin that the nodes name has a page of its own.
  ...whoami,
  // Before our own count is one of the searches that others made.
  ...topicSteps('before-count'),
  {
    question: 'index-count',
    times: countsAtMost,
    fresh: true,
    needed: (sight) => deniedByOne(sight, 'index-count'),
    blanks: ({ conversation }) => answerTo(recordOf(conversation), 'index-count')?.exchange.blanks ?? null,
  },
  {
    question: 'index-count',
    times: countsAtMost,
    needed: (sight) => genuine(sight) && sight.reading.answers.counts.length === 0 && countWorthMaking(sight),
    blanks: ({ conversation, reading }) => {
      const names = reading.answers.listing?.value.small ?? [];
      const index = [...names, ...namedToRead(reading.answers)][times(conversation, 'index-count')];
      return index === undefined ? null : { index };
    },
  },
];

/** The caller is taken to be able to change the contents: only then does it matter what would prevent it. */
function mayChange({ conversation, reading }: Sight): boolean {
  return !reading.access.mixed && groundOf(recordOf(conversation), reading) !== null;
}

/** An anonymous user of x-pack, whose role's name does not show what it may do: the server says so. */
function namesPrivileges(sight: Sight): boolean {
  const { product } = sight.reading.identity;
  return anonymous(sight) && product === 'elasticsearch' && times(sight.conversation, 'security-authenticate') > 0;
}

/** Something of the user's is listed. */
function holdsData({ reading: { facts } }: Sight): boolean {
  const indices = facts?.indices ?? null;
  return indices !== null && indices.total > indices.system;
}

/** What is asked once more under a neutral User-Agent, where the technique is allowed: everything was denied without a login. */
const asBrowser: readonly Step[] = [
  {
    question: 'cat-indices-as-browser',
    needed: (sight) => {
      const { record, answers } = groundsOf(sight);
      return sight.conversation.options.techniques.names && deniedEverything(record, answers).length > 0;
    },
  },
  {
    question: 'cat-unknown-index-as-browser',
    needed: (sight) => listedOnlyBy(sight, 'cat-indices-as-browser'),
  },
];

/** What is asked of open endpoints once there is a verdict. */
const further: readonly Step[] = [
  {
    question: 'mapping',
    needed: listed,
    blanks: ({ reading }) => {
      const listing = reading.answers.listing?.value;
      const index = listing === undefined ? null : largestIndices(listing);
      return index === null ? null : { index };
    },
  },
  {
    question: 'mapping',
    times: 1 + repeatsAtMost,
    fresh: true,
    needed: (sight) => deniedByOne(sight, 'mapping'),
    blanks: ({ conversation }) => answerTo(recordOf(conversation), 'mapping')?.exchange.blanks ?? null,
  },
  {
    // a role that only reads may ask for it where it may not ask for mappings (wire guide R.1.3); 5.4 and later know it
    question: 'field-caps',
    needed: (sight) => !mapped(sight) && (sight.reading.identity.major ?? 5) >= 5,
    blanks: ({ reading }) => {
      const index = reading.facts?.searchPermittedOn?.index;
      return index === undefined ? null : { index };
    },
  },
  {
    question: 'mapping-more',
    times: furtherRequests,
    needed: (sight) => mapped(sight) && !slowOrRefused(sight),
    blanks: (sight) => {
      const listing = sight.reading.answers.listing?.value;
      const [index] = listing === undefined ? [] : furtherIndices(listing, settled(sight));
      return index === undefined ? null : { index };
    },
  },
  { question: 'own-privileges', needed: (sight) => namesPrivileges(sight) && !mayChange(sight) },
  { question: 'cluster-settings', needed: (sight) => mayChange(sight) && holdsData(sight) },
  { question: 'index-blocks', needed: (sight) => mayChange(sight) && holdsData(sight) },
  ...topicSteps('beside'),
];

/** What topics may know before their questions are put. */
export const situationOf = memoised((sight: Sight): Situation => {
  const { access, identity, answers } = sight.reading;
  return {
    techniques: sight.conversation.options.techniques,
    scheme: sight.conversation.scheme,
    access,
    isCluster: true,
    version: identity.version.number,
    get mayMonitor() {
      return monitors(sight);
    },
    get mayChange() {
      return mayChange(sight);
    },
    get holdsData() {
      return holdsData(sight);
    },
    product: identity.product,
    major: identity.major,
    listed: answers.listing !== null,
    plugins: answers.nodes?.value.plugins ?? [],
  };
});

/** Questions of {@link steps} that are no part of the verdict. */
const noVerdict: ReadonlySet<string> = new Set(topicSteps('before-count').map(({ question }) => question));

/** A genuine, open Elasticsearch that shows its nodes: the same right shows its statistics and its licence. */
function monitors({ reading: { access, authenticity, identity, answers } }: Sight): boolean {
  return (
    access.state === 'open' &&
    authenticity.genuine === 'yes' &&
    identity.product === 'elasticsearch' &&
    answers.nodes !== null
  );
}

/** Milliseconds after which an answer with fields is slow: the cluster has enough to do. */
const slow = 2_000;

/** The indices whose fields were asked for, without those behind the end of an answer that was longer than what is read of it. */
function settled({ conversation }: Sight): readonly string[] {
  return answersTo(recordOf(conversation), 'mapping', 'mapping-more').flatMap((answered) =>
    answered.answer.truncated
      ? (fieldsOf(answered) ?? []).map(({ name }) => name)
      : (answered.exchange.blanks['index']?.split(',') ?? []),
  );
}

/** The last question for fields got a slow answer, or one without fields: no further one is put. */
function slowOrRefused({ conversation }: Sight): boolean {
  const last = answersTo(recordOf(conversation), 'mapping', 'mapping-more').at(-1);
  const { exchanges } = conversation;
  const asked = exchanges.findLast(({ question }) => question === 'mapping' || question === 'mapping-more');
  if (last === undefined || last.exchange !== asked) return true;
  return asked.ms > slow || last.answer.status !== 200;
}

/** The fields of an index were shown. */
function mapped({ conversation }: Sight): boolean {
  return answersTo(recordOf(conversation), 'mapping').some((answered) => fieldsOf(answered) !== null);
}

/**
 * The first count, and another one after an index that could not be searched (closed, gone, no shard), or that a role
 * refused: roles open patterns.
 */
function countWorthMaking(sight: Sight): boolean {
  const last = answerTo(recordOf(sight.conversation), 'index-count')?.answer;
  if (last === undefined) return times(sight.conversation, 'index-count') === 0;
  return refusedLast(sight, 'index-count') ? anonymous(sight) : last.status >= 400;
}

/** Rules and policies go by path: where it is not a login that refused, another listing may pass (ReadonlyREST, AWS). */
function refusedByRule({ reading }: Sight): boolean {
  return strongestRefusal(reading.answers.refusals)?.value.login === 'unknown';
}

/**
 * What denied access may let another path pass: access policies of AWS name paths, and a proxy may want a certificate for some.
 */
const deniesByPath: ReadonlySet<string> = new Set(['aws-iam', 'client-certificate']);

/**
 * Rules of the product itself that refused without a word of a login, or of a policy on paths: any path may be left open by
 * another rule. ReadonlyREST may be set to refuse with 401, and means the same (wire guide B.1, `prompt_for_basic_auth`).
 */
function ruled(sight: Sight): boolean {
  const wall = strongestRefusal(sight.reading.answers.refusals);
  if (wall === null) return false;
  if (deniesByPath.has(wall.value.kind)) return true;
  if (wall.value.by !== 'product' || wall.value.login !== 'unknown') return false;
  return wall.answered.answer.status === 403 || wall.value.kind === 'readonlyrest';
}

function groundsOf({ conversation, reading }: Sight): { record: EndpointRecord; answers: ClusterReading['answers'] } {
  return { record: recordOf(conversation), answers: reading.answers };
}

/** Nothing that is recognised as a guard of all of the endpoint has shown itself. */
function notWalledOff(sight: Sight): boolean {
  return !recognisedWall(sight) && !anonymous(sight);
}

/** Something denies, or something of the family answered, if only with an error of its own, though nothing was listed. */
function beyondLogin(sight: Sight): boolean {
  return sight.reading.answers.refusals.length > 0 || answered(sight) || answeredPast(groundsOf(sight)).length > 0;
}

/** A caller with a role, or one whom rules on paths or actions deny some: what may be read is listed under other rights. */
function asksForRoles(sight: Sight): boolean {
  const { identity } = sight.reading;
  if (identity.product === 'elasticsearch' && (identity.major ?? 8) < 7) return false;
  if (sight.reading.answers.privileges?.value.onIndices === false) return false;
  return anonymous(sight) || ruled(sight) || (notWalledOff(sight) && answeredPast(groundsOf(sight)).length > 0);
}

/** One of several backends listed, and the last answer to this question was denied: another backend may answer it. */
function deniedByOne(sight: Sight, question: string): boolean {
  return sight.reading.access.mixed && listed(sight) && refusedLast(sight, question);
}

/** The listers were denied with a bare 403, which asks for no login. */
function deniedBare({ reading: { answers } }: Sight): boolean {
  return answers.refusals.some(({ value }) => value.kind === 'proxy-denied' || value.kind === 'unknown-403');
}

/** Something is listed; to a caller with a role an empty list shows only what that role may see. */
function shown(sight: Sight): boolean {
  return anonymous(sight) ? listsAny(sight) : listed(sight);
}

/** Indices are listed, and no count of any of them. */
function uncounted({ reading: { answers } }: Sight): boolean {
  const listing = answers.listing?.value;
  return listing !== undefined && listing.total > 0 && listing.list.every(({ documents }) => documents === undefined);
}

/** Indices of the user's are listed, not only the server's own. */
function listsUsers({ reading: { answers } }: Sight): boolean {
  const listing = answers.listing?.value;
  return listing !== undefined && listing.total > listing.system;
}

/** Several backends may answer: their answers contradict each other, a hint says so, or the engagement wants to know. */
function severalBackends(sight: Sight): boolean {
  const record = recordOf(sight.conversation);
  return (
    contradiction(sight) || sight.conversation.options.techniques.thoroughBackends || hintsOfBackends(record).length > 0
  );
}

/** One path may be open where others are refused, are not there, or are a page of something in front (wire guide R.6). */
function mayAnswerElsewhere(sight: Sight): boolean {
  return !recognisedWall(sight) || refusedByRule(sight);
}

/** How many requests the conversation may have by what has shown itself so far. */
function budget(sight: Sight, reserve: number): number {
  if (sight.reading.access.mixed) return budgets.mixed;
  if (listed(sight) || anonymous(sight) || disowns(sight)) return budgets.open;
  if (severalBackends(sight)) return budgets.backends;
  if (recognisedWall(sight) && namesForeignPath(sight)) return budgets.suspected;
  if (recognisedWall(sight) && !ruled(sight)) return budgets.recognisedWall;
  // where the cluster has shown itself, if only with an error of its own, no dashboard is looked for
  const shownItself = answered(sight) || answeredPast(groundsOf(sight)).length > 0;
  return shownItself ? budgets.past : budgets.unknownWall - reserve;
}

/**
 * Asks a cluster, or something that may be one, until the answers decide (design, "Identity before verdict"). The
 * listing of indices and who we are decide; the root page does not.
 *
 * @param reserve requests of the budget for an unknown wall that are left to the survey that asks next
 */
export function* surveyCluster(conversation: Conversation, reserve: number): Generator<Ask, void, Exchange> {
  yield* putSteps(
    conversation,
    steps,
    (sight) => budget(sight, reserve) + conversation.exchanges.filter(({ question }) => noVerdict.has(question)).length,
  );
  yield* putSteps(conversation, asBrowser, () => Infinity);
  yield* putSteps(conversation, further, ({ reading: { access } }) => {
    if (access.state !== 'open') return 0;
    const most = access.mixed ? budgets.mixed + repeatsAtMost : budgets.whole;
    return most - budgets.last + times(conversation, 'mapping-more');
  });
}

/** What a node answers at once without a master: what shows that it is genuine. */
const masterless: ReadonlySet<string> = new Set(['unknown-parameter']);

/** A node without a master answers no question that lists: each would hold it for half a minute, and say the same. */
function hasNoMaster({ conversation, reading }: Sight): boolean {
  if (reading.access.reason !== 'cluster-not-formed') return false;
  const lister = conversation.exchanges.findLast(({ question }) => listers.some((id) => id === question))?.outcome;
  return lister !== undefined && (lister.kind === 'failure' || lister.status === 503);
}

/** Puts one step after another while one is needed and the budget lasts. */
function* putSteps(
  conversation: Conversation,
  list: readonly Step[],
  most: (sight: Sight) => number,
): Generator<Ask, void, Exchange> {
  for (;;) {
    const sight: Sight = { conversation, reading: readCluster(recordOf(conversation)) };
    // What was asked elsewhere before an open cluster came to light is not held against it.
    const spent = conversation.exchanges.filter(
      ({ basePath }) => !listed(sight) || basePath === conversation.basePath,
    ).length;
    if (conversation.over || spent >= most(sight)) return;
    const next = nextStep(sight, hasNoMaster(sight) ? list.filter(({ question }) => masterless.has(question)) : list);
    if (next === null) return;
    const { length } = conversation.exchanges;
    yield* ask(conversation, next.question, next.blanks, next.fresh);
    if (conversation.exchanges.length === length) return;
  }
}

function nextStep(
  sight: Sight,
  list: readonly Step[],
): { question: QuestionId; blanks: Readonly<Record<string, string>>; fresh: boolean } | null {
  for (const step of list) {
    if (times(sight.conversation, step.question) >= (step.times ?? 1)) continue;
    if (!step.needed(sight) || !allowed(sight.conversation, step.question)) continue;
    const blanks = step.blanks === undefined ? {} : step.blanks(sight);
    if (blanks !== null && canBeSent(blanks)) return { question: step.question, blanks, fresh: step.fresh === true };
  }
  return null;
}
