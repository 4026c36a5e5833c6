/** Surveys recorded servers through something that damages requests and answers, and finds verdicts that must not come of it. */
import { keepAnswer, requestPath } from '../../src/catalogue/index.js';
import { basePathOf, type Recording } from '../../src/demo/replay.js';
import { judgeRecord } from '../../src/judge/index.js';
import type { Endpoint, Scheme, State } from '../../src/model/endpoint.js';
import type { Cut, EndpointRecord, Exchange } from '../../src/model/exchange.js';
import type { Ask, Question } from '../../src/model/question.js';
import { collect, unpack } from '../../src/net/body.js';
import { targetPace } from '../../src/net/strain.js';
import { observe } from '../../src/reading/index.js';
import { survey } from '../../src/survey/index.js';
import { contextAt } from '../accuracy/score.js';
import { recordingNamed, recordingNames } from '../replay.js';
import { techniquesWith } from '../support/answer.js';
import { writtenFiles } from '../support/written.js';
import type { Kind } from './kinds.js';
import { randomOf, seedOf } from './random.js';
import { isDecoy, serverOf } from './server.js';
import { type NoReply, type Reply, type Server } from './wire.js';

/** A recorded or written server, with what it truly is. */
export interface Line {
  readonly name: string;
  readonly recording: Recording;
  readonly scheme: Scheme | null;
  readonly server: Server;
}

/** Every recorded and written server. */
export function allLines(): readonly Line[] {
  const line = (name: string, recording: Recording, scheme: Scheme | null): Line => ({
    name,
    recording,
    scheme,
    server: remembering(serverOf(recording)),
  });
  return [
    ...recordingNames().map((name) => line(name, recordingNamed(name), null)),
    ...writtenFiles().map(({ name, recording }) => line(name, recording, recording.head.scheme)),
  ];
}

/** Answers the same request with the same object, so that it is built and read once. */
function remembering(server: Server): Server {
  const known = new Map<string, Reply | NoReply>();
  return (request) => {
    const key = `${request.method} ${request.target} ${request.wantsJson}`;
    const reply = known.get(key) ?? server(request);
    known.set(key, reply);
    return reply;
  };
}

/** A request of a survey as it went over the wire, and what came back. */
export interface Passed {
  readonly target: string;
  /** False for what did not get as far as a server: the wrong scheme, an old version of TLS. */
  readonly reached: boolean;
  /** Position of its exchange; several requests may be needed for one. */
  readonly exchange: number;
  readonly reply: Reply | NoReply;
}

/** A survey and the exchanges it is based on. */
export interface Surveyed {
  readonly record: EndpointRecord;
  readonly passed: readonly Passed[];
}

/** An answer as the client reads and keeps it. */
export function outcomeOf(question: Question, reply: Reply | NoReply): Exchange['outcome'] {
  if (reply.kind === 'failure') return { kind: 'failure', failure: reply.failure, detail: '' };
  const collected = collect(question.cap);
  collected.append(reply.body);
  if (reply.cut === true && !collected.truncated()) return { kind: 'failure', failure: 'cut-short', detail: '' };
  const codings = reply.headers.filter(([name]) => name.toLowerCase() === 'content-encoding').map(([, value]) => value);
  const unpacked = unpack(collected.bytes(), codings, collected.truncated(), question.cap);
  if ('failure' in unpacked) return { kind: 'failure', ...unpacked };
  const headers: Record<string, string[]> = {};
  for (const [name, value] of reply.headers) (headers[name.toLowerCase()] ??= []).push(value);
  return keepAnswer(question, {
    status: reply.status,
    headers,
    body: unpacked.body,
    truncated: collected.truncated(),
  });
}

/** What was kept of an answer that is the same object: a server that answers alike is read once. */
const kept = new WeakMap<Reply, Map<string, Exchange['outcome']>>();

function keptOf(question: Question, reply: Reply | NoReply): Exchange['outcome'] {
  if (reply.kind === 'failure') return outcomeOf(question, reply);
  const known = kept.get(reply) ?? new Map<string, Exchange['outcome']>();
  kept.set(reply, known);
  const outcome = known.get(question.id) ?? outcomeOf(question, reply);
  known.set(question.id, outcome);
  return outcome;
}

/** The endpoint of a line: the base path is the one that it was recorded under. */
export function endpointOf({ recording, scheme }: Pick<Line, 'recording' | 'scheme'>): Endpoint {
  return { host: '127.0.0.1', address: '127.0.0.1', port: 9200, basePath: basePathOf(recording), scheme };
}

/** How an ask ends at a server: over the wrong scheme, or an old version of TLS, it never gets there. */
function passedTo(server: Server, ask: Ask, scheme: Scheme): Pick<Passed, 'reached' | 'reply'> {
  if (ask.scheme !== scheme) return { reached: false, reply: { kind: 'failure', failure: 'closed-without-answer' } };
  if (ask.question.tls !== undefined) return { reached: false, reply: { kind: 'failure', failure: 'tls-version' } };
  const target = requestPath(ask);
  return { reached: true, reply: server({ method: ask.question.method, target, wantsJson: true }) };
}

/** As patient as a run is. */
const peace = { atLeastMs: 2000, atMostMs: 5000 };

/** A connection that had answered before, and ended: the client asks once more over another one. */
function diedIdle({ reply, reached }: Pick<Passed, 'reached' | 'reply'>, earlier: readonly Passed[]): boolean {
  const died = reply.kind === 'failure' && ['closed-without-answer', 'reset'].includes(reply.failure);
  return reached && died && earlier.some((each) => each.reply.kind === 'answer');
}

/** Surveys a server to the end, without a socket. Every exchange takes 2 ms. */
export function surveyOf(line: Pick<Line, 'recording' | 'scheme'>, server: Server): Surveyed {
  const endpoint = endpointOf(line);
  const exchanges: Exchange[] = [];
  const passed: Passed[] = [];
  const pace = targetPace({ answerTimes: [], strained: false }, peace);
  let made = 0;
  let cut: Cut | null = null;
  const questions = survey(endpoint, { techniques: techniquesWith(), nonce: () => `q7w8e9r0t1y${++made}` });
  for (let step = questions.next(); step.done !== true && cut === null;) {
    const ask = step.value;
    const target = requestPath(ask);
    const at = new Date(Date.UTC(2026, 10, 23, 2, 0, 0, exchanges.length * 10));
    const put = (): Exchange['outcome'] => {
      const each = passedTo(server, ask, line.recording.head.scheme);
      const again = diedIdle(each, passed) && passed.at(-1)?.exchange !== exchanges.length;
      passed.push({ target, exchange: exchanges.length, ...each });
      return again ? put() : keptOf(ask.question, each.reply);
    };
    pace.begin();
    let outcome = put();
    let sign = pace.end(ask, { outcome, at, ms: 2 });
    if (sign?.last === false && sign.repeat) {
      outcome = put();
      sign = pace.end(ask, { outcome, at, ms: 2 });
    }
    if (sign?.last === true) cut = 'left-in-peace';
    const exchange: Exchange = {
      question: ask.question.id,
      method: ask.question.method,
      path: target,
      scheme: ask.scheme,
      basePath: ask.basePath,
      blanks: ask.blanks,
      request: ask.question.tls === undefined ? passed.length : 0,
      connection: 1,
      at: at.toISOString(),
      ms: 2,
      outcome,
    };
    exchanges.push(exchange);
    if (cut === null) step = questions.next(exchange);
  }
  questions.return();
  const at = exchanges[0]?.at ?? '';
  return { record: { ordinal: 0, endpoint, targets: ['t'], at, exchanges, tls: null, cut }, passed };
}

/** Kinds of wrong verdicts, the most harmful first. */
export const wrongs = [
  'closed called open',
  'open called guarded',
  'open called decoy',
  'open called other-product',
  'open called unreachable',
  'genuine called decoy',
  'spoke and called unreachable',
  'our bug',
] as const;

/** One of {@link wrongs}. */
export type Wrong = (typeof wrongs)[number];

/** Questions that list indices, by the kind of their path: a rule may cover one kind and miss the other. */
const listers = {
  underscore:
    /\/_(?:cat\/indices|alias(?:es)?|stats|resolve\/index|field_caps|mapping|settings|cluster\/health\?.*level=indices|cluster\/state)(?:[/?,]|$)/,
  index: /^(?:\/[^_][^/?]*)?\/[^_/?][^/?]*\/_(?:alias(?:es)?|stats|mapping|settings|search|count|field_caps)(?:[/?]|$)/,
} as const;

/** Reads of a dashboard that show what is behind it. */
const dashboardReads =
  /\/(?:api\/(?:spaces\/space|saved_objects|data_views|index_management|ism|index_patterns)|internal\/index-pattern-management|elasticsearch\/)/;

/** Reads of a companion product that show what it holds or leads to; its version and its health do not count. */
const neighbourReads =
  /\/(?:api\/v1\/label|api\/v2\/services|api\/services|solr\/admin\/cores|api\/index|api\/default_clusters\.json)\b/;

const dashboards: ReadonlySet<string | null> = new Set(['kibana', 'opensearch-dashboards']);
const clusters: ReadonlySet<string | null> = new Set(['elasticsearch', 'opensearch']);

function isDenied({ reply }: Passed): boolean {
  if (reply.kind === 'failure') return false;
  if (reply.instead !== undefined) return ['login', 'denial', 'bare-denial'].includes(reply.instead);
  return reply.status === 401 || reply.status === 403;
}

/** Denied by something that names itself or a login: a denial without either is not a guard where other paths pass. */
function isNamedDenial(each: Passed): boolean {
  return isDenied(each) && !(each.reply.kind === 'answer' && each.reply.instead === 'bare-denial');
}

/** The server behind knows no such path, or does not offer it: neither content nor a denial. */
function isNotOffered({ reply }: Passed): boolean {
  return reply.kind === 'answer' && reply.instead === undefined && [400, 404, 405, 410].includes(reply.status);
}

/** The server behind responded, with success. */
function succeeded({ reply }: Passed): boolean {
  return reply.kind === 'answer' && reply.instead === undefined && reply.status >= 200 && reply.status < 300;
}

/**
 * Whether `guarded` is right for an open server, by the table of docs/verdicts.md: everything was denied, a random path too; or
 * by a login or denial that names itself everything that lists was denied, of either kind of path.
 */
function mayBeCalledGuarded(product: string | null, passed: readonly Passed[]): boolean {
  const spoken = passed.filter(({ reply }) => reply.kind === 'answer');
  const denied = spoken.filter(isDenied);
  if (denied.length === 0) return false;
  if (denied.length === spoken.length)
    return spoken.every(isNamedDenial) || spoken.some(({ target }) => target.includes('q7w8e9r0t1y'));
  const named = spoken.filter(isNamedDenial);
  const content = dashboards.has(product) ? dashboardReads : neighbourReads;
  const reads = spoken.filter(({ target }) => content.test(target));
  // a product that never showed itself is asked as a cluster
  if (clusters.has(product) || (!dashboards.has(product) && reads.length === 0)) {
    return Object.values(listers).every((lister) => {
      const asked = spoken.filter(({ target }) => lister.test(target));
      return asked.some(isNamedDenial) && asked.every((each) => isNamedDenial(each) || isNotOffered(each));
    });
  }
  return named.some((each) => reads.includes(each)) && !reads.some(succeeded);
}

/** What is wrong with this verdict on a server of this truth, given what passed; null where it is allowed. */
export function wrongOf(recording: Recording, said: State, passed: readonly Passed[]): Wrong | null {
  const { truth } = recording.head;
  if (truth.state === 'open') {
    if (said === 'guarded') return mayBeCalledGuarded(truth.product, passed) ? null : 'open called guarded';
    if (said === 'decoy') return 'open called decoy';
    if (said === 'other-product') return 'open called other-product';
    return said === 'unreachable' ? 'open called unreachable' : null;
  }
  if (said === 'open') return 'closed called open';
  if (said === 'decoy' && truth.product !== null && !isDecoy(recording)) return 'genuine called decoy';
  return said === 'unreachable' && truth.state !== 'unreachable' ? 'spoke and called unreachable' : null;
}

/** The result of one survey. */
export interface Outcome {
  readonly said: State;
  readonly wrong: Wrong | null;
  /** The exchanges in short. */
  readonly exchanges: readonly string[];
}

/** Surveys, reads and judges a server; a throw, or a check that failed, is a bug of ours. */
export function judged(line: Line, server: Server): Outcome {
  const { record, passed } = surveyOf(line, server);
  const { access } = observe(record);
  const { bugs } = judgeRecord(record, contextAt(record.at));
  const exchanges = record.exchanges.map(
    ({ question, outcome }) => `${question} ${outcome.kind === 'answer' ? outcome.status : outcome.failure}`,
  );
  const wrong = bugs.length > 0 ? 'our bug' : wrongOf(line.recording, access.state, passed);
  return { said: access.state, wrong, exchanges };
}

/** The targets that the undamaged survey of a line asks for, in order. */
export function askedOf(line: Line): readonly string[] {
  return surveyOf(line, line.server).passed.flatMap(({ target, reached }) => (reached ? [target] : []));
}

/** One case of the grid: which server, which damage, and the seed of its choices. */
export interface Case {
  readonly line: Line;
  readonly kind: Kind;
  readonly seed: number;
}

/** Runs one case. */
export function measured({ line, kind, seed }: Case, asked: readonly string[]): Outcome {
  const layer = kind.make(randomOf(seedOf(line.name, kind.id, seed)), asked);
  return judged(line, layer(line.server));
}
