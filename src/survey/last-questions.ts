import type { Exchange } from '../model/exchange.js';
import type { Ask } from '../model/question.js';
import { observe } from '../reading/index.js';
import { ask, recordOf, type Talk } from './talk.js';

/**
 * What is asked last, when it is known how far a caller gets, since it is asked in other ways than the rest: of an open cluster
 * whether pages of any origin may read it, and over TLS whether versions out of use are accepted. TLS 1.1 is asked only where
 * TLS 1.0 was not accepted, so that a login wall refuses one request more at most. Something that is no product of ours, or
 * that could not be judged, is asked neither.
 */
export function* surveyLastQuestions(talk: Talk): Generator<Ask, void, Exchange> {
  if (talk.over) return;
  const { access, cluster } = observe(recordOf(talk));
  if (access.state !== 'open' && access.state !== 'guarded') return;
  if (access.state === 'open' && cluster !== null) yield* ask(talk, 'cors');
  if (talk.scheme !== 'https') return;
  const first = yield* ask(talk, 'tls-1-0');
  if (first?.request === 0) yield* ask(talk, 'tls-1-1');
}
