// Recognises from a target's answers when our questions overload it.
import type { Answer, Failure, FailureName, KeptBody } from '../model/exchange.js';
import type { Ask, Question } from '../model/question.js';
import { isRateLimit } from '../catalogue/rate-limit.js';
import { retryAfterMs } from './retry-after.js';

/** Errors by which Elasticsearch and OpenSearch say that they have too much to do; 503 up to 6.x, 429 since. */
const overload = /circuit_?breaking|rejected_?execution|data too large/i;

/**
 * Texts that are a product's own: the name of an exception (Zipkin: the 500 of Armeria), a security plugin or a dashboard that
 * waits.
 */
const ownTexts = [
  /^(?:[a-z]\w*\.)+[A-Za-z$]*(?:Exception|Error)\b/,
  /^(?:OpenSearch Security|Open Distro Security|Search Guard)\b/,
  /^\s*(?:Kibana|OpenSearch Dashboards) server\b[^.]{0,40}\bnot\b[^.]{0,20}\bready\b/,
] as const;

/**
 * Whether an error is the product's own answer to one question: the envelope of Elasticsearch and OpenSearch (an object with a
 * type, up to 1.x a string next to the status), that of a dashboard, or the expected shape. A gateway's JSON does not count.
 */
function inItsOwnWords(body: KeptBody): boolean {
  if (body.kind === 'json') return true;
  if (body.kind === 'text') return !body.html && ownTexts.some((own) => own.test(body.text));
  if (body.kind !== 'error') return false;
  const keys = body.keys.join(' ');
  return body.type !== null || keys === 'error status' || /^(?:attributes )?error message statusCode$/.test(keys);
}

/** Whether the answer shows a server that answers: no gateway's page in its place. */
function isAnswering(answer: Answer): boolean {
  return !isRateLimit(answer) && (answer.status < 500 || inItsOwnWords(answer.body));
}

/**
 * Whether an answer is one of a rate limit, an overload or a breakdown: 429 and its like, any error but 404 with `Retry-After`
 * (a locked login may be a 401, and RFC 9110 names 413), and any error from 500 up that is not the product's own answer to the
 * question.
 */
export function isOverload(answer: Answer): boolean {
  const { status, body, headers } = answer;
  if (isRateLimit(answer)) return true;
  if (status >= 400 && status !== 404 && headers['retry-after'] !== undefined) return true;
  if (status < 500 || status === 501 || status === 505) return false;
  if (body.kind === 'error' && overload.test(`${body.type ?? ''} ${body.reason ?? ''}`)) return true;
  return !inItsOwnWords(body);
}

/** An answer is sharply slower when it took so many times as long as the faster ones before it … */
const slowFactor = 4;

/** … and, since an expensive question may be slow by nature, more milliseconds than this. */
const slowMs = { cheap: 1_500, moderate: 3_000, expensive: 10_000 } as const satisfies Record<Question['cost'], number>;

/** Answers that make a pace. */
const paceOf = 2;

/**
 * Whether an answer was sharply slower than the earlier ones. Once a server has shown strain, no question is slow by nature.
 *
 * @param ms what it took
 * @param earlier what earlier answers took
 * @param strained whether it has shown strain before
 */
export function isSharplySlower(
  ms: number,
  cost: Question['cost'],
  earlier: readonly number[],
  strained: boolean,
): boolean {
  if (earlier.length < paceOf) return false;
  // Their lower quartile: slow answers that are no sign yet do not become what is usual.
  return ms > slowMs[strained ? 'cheap' : cost] && ms > slowFactor * quantile(earlier, 1 / 4);
}

/** The value below which that share of the values is, one of them; 0 of none. */
function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
}

/** Failures that are a sign after answers. One path may be reset or closed by something in front: that does not count. */
const signsOfStrain: ReadonlySet<FailureName> = new Set([
  'response-timeout',
  'body-timeout',
  'refused',
  'connect-timeout',
  'host-unreachable',
]);

/** What the visits of a run learned of a target's pace: each hands it to the next. */
export interface Learned {
  /** Milliseconds that its answers took. */
  readonly answerTimes: readonly number[];
  /** Whether it showed strain: the next sign of it is the last. */
  readonly strained: boolean;
}

/** How patient a visit is with a target that shows strain. Milliseconds. */
export interface Peace {
  /** The least pause. Half of it is the least time between two requests afterwards. */
  readonly atLeastMs: number;
  /** The longest pause within a visit: a target that wants more is left for later, or for good. */
  readonly atMostMs: number;
}

/** A sign of strain. */
export type Sign =
  | { readonly last: true }
  | {
      readonly last: false;
      readonly pauseMs: number;
      /** Whether the question is put once more after the pause: it was not answered. */
      readonly repeat: boolean;
    };

/** The pace of one visit, and what its target makes of it. */
export interface TargetPace {
  /** When the next request may leave, on the clock of `performance.now()`. */
  due(): number;
  /** A request is about to leave. */
  begin(): void;
  /** It ended so. Null where that does not indicate strain. */
  end(
    asked: Pick<Ask, 'question' | 'patient'>,
    sent: { readonly outcome: Answer | Failure; readonly at: Date; readonly ms: number },
  ): Sign | null;
}

/**
 * The one rule for a target that shows strain: by a rate limit, an overload or a breakdown, by an answer that was sharply
 * slower, or by none after others. The first sign means a pause (`Retry-After`, or else the least one), one repeat of what was
 * not answered, and half the pace from then on. The second one ends the visit. Of a target that has not answered yet one path
 * may lead nowhere: another question takes the place of the repeat.
 */
export function targetPace(learned: Learned, peace: Peace): TargetPace {
  const answerTimes = [...learned.answerTimes];
  let { strained } = learned;
  let answering = answerTimes.length > 0;
  let gapMs = strained ? gapOf(quantile(answerTimes, 1 / 2)) : 0;
  let firstAt: number | null = null;
  let lastAt = -Infinity;
  let requests = 0;

  /** Half of a pace of one request each so many milliseconds. */
  function gapOf(intervalMs: number): number {
    return Math.max(2 * intervalMs, peace.atLeastMs / 2);
  }

  function strain(wantedMs: number, repeat: boolean): Sign {
    if (strained || wantedMs > peace.atMostMs) return { last: true };
    strained = true;
    gapMs = gapOf((performance.now() - (firstAt ?? 0)) / Math.max(1, requests));
    return { last: false, pauseMs: Math.max(wantedMs, peace.atLeastMs), repeat };
  }

  return {
    due: () => lastAt + gapMs,
    begin() {
      lastAt = performance.now();
      firstAt ??= lastAt;
      requests += 1;
    },
    end({ question, patient = false }, { outcome, at, ms }) {
      // It may have waited for its connection.
      lastAt = performance.now() - ms;
      if (outcome.kind === 'failure') {
        return signsOfStrain.has(outcome.failure) && !patient && answerTimes.length >= paceOf ? strain(0, true) : null;
      }
      const waits = outcome.headers['retry-after'] !== undefined;
      const own500 = outcome.status === 500 && question.answers500 === true;
      if ((!own500 || waits) && isOverload(outcome)) {
        const wantedMs = retryAfterMs(outcome.headers['retry-after'], new Date(at.getTime() + ms));
        return strain(wantedMs ?? 0, answering || isRateLimit(outcome) || wantedMs !== null);
      }
      answering ||= isAnswering(outcome);
      // It was waited for: a cluster without a master has no pace.
      if (patient && outcome.status >= 500) return null;
      const slow = isSharplySlower(ms, question.cost, answerTimes, strained);
      answerTimes.push(ms);
      return slow ? strain(0, false) : null;
    },
  };
}
