// When an endpoint is surveyed a second time, and which of its two surveys counts.
import { rungs } from '../model/endpoint.js';
import type { EndpointRecord } from '../model/exchange.js';
import { retryAfterMs } from '../net/index.js';
import type { EndpointClientOptions } from '../net/index.js';
import { observe } from '../reading/index.js';

/**
 * Worth one more try at the end: our own machine failed, or the endpoint named a time that was too long to wait for in the
 * middle. One that showed strain again after a pause is left in peace for good.
 */
export function wantsAgain(tries: number, record: EndpointRecord): boolean {
  if (tries >= 2) return false;
  if (record.cut === 'local-failure') return true;
  return record.cut === 'left-in-peace' && record.otherRequests === undefined && peaceWanted(record) !== null;
}

/** Ended by us and not by the endpoint: a resumed run asks it again. */
export function wasCutByUs({ cut }: EndpointRecord): boolean {
  return cut === 'interrupted' || cut === 'window-closed' || cut === 'local-failure';
}

/** When an endpoint that was left in peace may be asked again, milliseconds since the epoch. */
export function peaceUntil(record: EndpointRecord, atLeast: number): number {
  const last = record.exchanges.at(-1);
  if (record.cut !== 'left-in-peace' || last === undefined) return 0;
  return Date.parse(last.at) + last.ms + Math.max(atLeast, peaceWanted(record) ?? 0);
}

/** What a second visit knows of the first. */
export function learnedFrom(record: EndpointRecord): Pick<EndpointClientOptions, 'requestsSpent' | 'learned'> {
  const answered = record.exchanges.filter(({ outcome }) => outcome.kind === 'answer');
  const learned = { answerTimes: answered.map(({ ms }) => ms), strained: record.cut === 'left-in-peace' };
  return { requestsSpent: requestsOf(record), learned };
}

/**
 * The survey that counts of two: their answers are never joined. What was proved remains: an open endpoint stays open, one that
 * answered is not lost where nothing answers a second time, and a survey that was cut as well counts only if it shows as much.
 *
 * @param lost the first proves nothing, since our vantage was lost meanwhile
 * @returns that survey, with the requests of both
 */
export function betterOf(first: EndpointRecord, second: EndpointRecord, lost: boolean): EndpointRecord {
  const better = lost || provesMore(second, first) ? second : first;
  return { ...better, otherRequests: requestsOf(first) + requestsOf(second) - sentIn(better) };
}

function provesMore(second: EndpointRecord, first: EndpointRecord): boolean {
  const [was, is] = [observe(first).access, observe(second).access];
  const asMuch = rungs.indexOf(is.rung) >= rungs.indexOf(was.rung);
  if (was.state === 'open') return is.state === 'open' && asMuch;
  if (hasAnswer(first) && !hasAnswer(second)) return false;
  return second.cut === null || asMuch;
}

function hasAnswer({ exchanges }: EndpointRecord): boolean {
  return exchanges.some(({ outcome }) => outcome.kind === 'answer');
}

/** Milliseconds that the last answer asked to be left in peace, or null. */
function peaceWanted({ exchanges }: EndpointRecord): number | null {
  const last = exchanges.at(-1);
  if (last?.outcome.kind !== 'answer') return null;
  return retryAfterMs(last.outcome.headers['retry-after'], new Date(Date.parse(last.at) + last.ms));
}

/** Requests of the survey itself. */
function sentIn({ exchanges }: EndpointRecord): number {
  return exchanges.filter(({ request }) => request > 0).length;
}

/** Requests the endpoint got, those of earlier surveys among them. */
function requestsOf(record: EndpointRecord): number {
  return sentIn(record) + (record.otherRequests ?? 0);
}
