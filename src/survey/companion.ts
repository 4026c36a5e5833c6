// Asks the API of a companion product that has shown itself.
import type { Exchange } from '../model/exchange.js';
import type { Ask } from '../model/question.js';
import { recognisedCompanion } from '../reading/companion.js';
import { ask, recordOf, type Conversation } from './conversation.js';

/**
 * Puts to a companion product that has shown itself the few questions its own API decides by: a rule that denies one may pass
 * another. What does not answer is asked nothing more; what was not recognised as one is asked nothing.
 */
export function* surveyCompanion(conversation: Conversation): Generator<Ask, void, Exchange> {
  const reader = recognisedCompanion(recordOf(conversation));
  if (reader === null) return;
  // Its API lies where it was declared, wherever its page sends a browser.
  conversation.basePath = conversation.endpoint.basePath;
  for (const { id } of reader.questions) {
    if (conversation.exchanges.some(({ question }) => question === id)) continue;
    const exchange = yield* ask(conversation, id);
    if (exchange === null || exchange.outcome.kind === 'failure') return;
  }
}
