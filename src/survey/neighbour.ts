import type { Exchange } from '../model/exchange.js';
import type { Ask } from '../model/question.js';
import { recognisedNeighbour } from '../reading/neighbour.js';
import { ask, recordOf, type Talk } from './talk.js';

/**
 * Puts to a neighbour of a cluster that has shown itself the few questions its own API decides by. What refuses, or does not
 * answer, is asked nothing more; what was not recognised as one is asked nothing.
 */
export function* surveyNeighbour(talk: Talk): Generator<Ask, void, Exchange> {
  const reader = recognisedNeighbour(recordOf(talk));
  if (reader === null) return;
  // Its API lies where it was declared, wherever its page sends a browser.
  talk.basePath = talk.endpoint.basePath;
  for (const id of reader.questions) {
    const outcome = (yield* ask(talk, id))?.outcome;
    if (outcome === undefined || outcome.kind === 'failure' || outcome.status === 401 || outcome.status === 403) return;
  }
}
