// A survey under way: what was asked and answered so far.
import type { Endpoint, Scheme } from '../model/endpoint.js';
import type { Technique } from '../model/engagement.js';
import type { EndpointRecord, Exchange, FailureName } from '../model/exchange.js';
import type { Ask, QuestionId } from '../model/question.js';
import { canStandInPath, isViewId } from '../catalogue/index-names.js';
import { denied, questionById, requestPath } from '../catalogue/index.js';
import { readCluster } from '../reading/cluster.js';
import { listers, readClusterAnswers } from '../reading/cluster-answers.js';
import { answersTo } from '../catalogue/exchanges.js';
import { recordSoFar } from '../catalogue/readings.js';
import { readRefusal } from '../reading/refusal.js';

/** What a survey may do beyond the cheap questions, and where its random names come from. */
export interface SurveyOptions {
  readonly techniques: Readonly<Record<Technique, boolean>>;
  /** A fresh random text of lower-case letters and digits, at least 12. */
  readonly nonce: () => string;
  /** Whether the cluster at that `host:port` is declared and in scope; left out where nothing but the endpoint is known. */
  readonly mayReach?: (address: string) => boolean;
  /** Whether a question besides the verdict is wanted; left out for all. */
  readonly wanted?: (question: QuestionId) => boolean;
}

/** A survey under way: what was asked and answered so far, and how the endpoint is spoken to. */
export interface Conversation {
  readonly endpoint: Endpoint;
  readonly options: SurveyOptions;
  scheme: Scheme;
  /** The declared base path, or one learnt from a redirect within the same endpoint. */
  basePath: string;
  exchanges: readonly Exchange[];
  /** The same as a record, so that the survey decides with the readings that judge later: a new one with each exchange. */
  record: EndpointRecord;
  /** True while the dashboard is asked as its guest, in the session that it gave. */
  session: boolean;
  /** True once nothing more may or can be asked: every further {@link ask} gives null. */
  over: boolean;
}

/** Failures after which nothing more is asked: the run, not the endpoint, ends here. */
const ends: ReadonlySet<FailureName> = new Set([
  'out-of-scope',
  'budget-spent',
  'window-closed',
  'interrupted',
  'left-in-peace',
  'local-failure',
]);

/** Failures that end the conversation when two of them come in a row: the endpoint has stopped answering. */
const failuresInARow = 2;

/** Refusals, where there is no login, by plugins that count them against the caller's address. */
const counted: ReadonlySet<string> = new Set([
  'opensearch-security',
  'opensearch-security-blocked',
  'open-distro-security',
  'search-guard',
]);

/**
 * As many are asked for, and more where one of several backends has let us in: the plugins' sample configuration blocks an address
 * after ten (wire guide 0.6).
 */
const countedAtMost = { usual: 4, inside: 8 } as const;

/**
 * Questions whose answer a cluster without a master holds until it gives up, after 30 s (`master_timeout`'s default, all
 * lines).
 */
const needsMaster: ReadonlySet<string> = new Set(listers);

/** True when one more refusal might count against us: whatever else is not known then, nothing more is asked. */
function wouldBeBlocked(record: EndpointRecord): boolean {
  const refusals = answersTo(record).filter((answered) => counted.has(readRefusal(answered)?.kind ?? ''));
  if (refusals.length < countedAtMost.usual) return false;
  return refusals.length >= (readCluster(record).access.state === 'open' ? countedAtMost.inside : countedAtMost.usual);
}

/** Begins a conversation with nothing asked yet. */
export function beginConversation(endpoint: Endpoint, options: SurveyOptions, scheme: Scheme): Conversation {
  const exchanges: readonly Exchange[] = [];
  const record = recordSoFar(endpoint, exchanges, null);
  return { endpoint, options, scheme, basePath: endpoint.basePath, exchanges, record, session: false, over: false };
}

/** True when the techniques that the question needs are allowed and the deny-list lets its path pass under this base path. */
export function allowed(conversation: Conversation, id: QuestionId): boolean {
  const question = questionById(id);
  if (question.technique !== null && !conversation.options.techniques[question.technique]) return false;
  return denied(`${conversation.basePath}${question.path}`, question) === null;
}

/**
 * Whether the names in an ask's blanks can be put into a path: a target gave them, and those that nothing can be
 * called by were made up.
 */
export function canBeSent(blanks: Readonly<Record<string, string>>): boolean {
  return Object.entries(blanks).every(([blank, value]) =>
    blank === 'view' || blank === 'source' || blank === 'provider'
      ? isViewId(value)
      : value.split(',').every(canStandInPath),
  );
}

/**
 * Puts one question and takes its exchange into the conversation. Null, with nothing asked, when the conversation is over, when a technique
 * it needs is not allowed, when the deny-list forbids the path under this base path, when a blank holds a name that cannot
 * exist, or when refusals begin to count.
 *
 * @param blanks the values of the question's blanks; `{nonce}` is filled in by itself
 * @param fresh puts it on a connection of its own, so that a balancer may lead it to another backend
 */
export function* ask(
  conversation: Conversation,
  id: QuestionId,
  blanks: Readonly<Record<string, string>> = {},
  fresh = false,
): Generator<Ask, Exchange | null, Exchange> {
  if (conversation.over || !canBeSent(blanks) || !allowed(conversation, id) || wouldBeBlocked(recordOf(conversation)))
    return null;
  const question = questionById(id);
  const filled = question.path.includes('{nonce}') ? { nonce: conversation.options.nonce(), ...blanks } : blanks;
  const patient = needsMaster.has(id) && readClusterAnswers(recordOf(conversation)).banners.length > 0;
  const wanted: Ask = {
    question,
    scheme: conversation.scheme,
    basePath: conversation.basePath,
    blanks: filled,
    ...(patient && { patient }),
    ...(conversation.session && { session: true }),
    ...(fresh && { fresh }),
  };
  if (denied(requestPath(wanted), question) !== null) return null;
  const exchange = yield wanted;
  conversation.exchanges = [...conversation.exchanges, exchange];
  conversation.record = recordSoFar(conversation.endpoint, conversation.exchanges, conversation.record);
  const recent = conversation.exchanges.slice(-failuresInARow);
  if (exchange.outcome.kind === 'failure') {
    conversation.over =
      ends.has(exchange.outcome.failure) ||
      (conversation.exchanges.some(({ outcome }) => outcome.kind === 'answer') &&
        recent.length === failuresInARow &&
        recent.every(({ outcome }) => outcome.kind === 'failure'));
  }
  return exchange;
}

/** The talk so far as a record. */
export function recordOf({ record }: Conversation): EndpointRecord {
  return record;
}
