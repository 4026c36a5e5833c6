// What is asked last, when it is known how far a caller gets, since it is asked in other ways than the rest.
import { answersIn } from '../catalogue/topic.js';
import type { Exchange } from '../model/exchange.js';
import type { Ask } from '../model/question.js';
import { readCluster } from '../reading/cluster.js';
import { observe } from '../reading/index.js';
import { situationOf } from './cluster.js';
import { ask, recordOf, type Conversation } from './conversation.js';
import { questionsOfPhase } from './topics.js';

/**
 * Puts the questions of the topics that come last. Something that is not one of our products, or that could not be judged, is
 * asked none of them.
 */
export function* surveyLastQuestions(conversation: Conversation): Generator<Ask, void, Exchange> {
  if (conversation.over) return;
  const record = recordOf(conversation);
  const { access, cluster } = observe(record);
  if (access.state !== 'open' && access.state !== 'guarded') return;
  const situation = {
    ...situationOf({ conversation, reading: readCluster(record) }),
    access,
    isCluster: cluster !== null,
  };
  for (const question of questionsOfPhase('last'))
    if (
      conversation.options.wanted?.(question.id) !== false &&
      question.when(situation, answersIn(recordOf(conversation)))
    )
      yield* ask(conversation, question.id);
}
