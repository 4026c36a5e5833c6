// What is asked last, when it is known how far a caller gets, since it is asked in other ways than the rest.
import { answersIn } from '../catalogue/topic.js';
import type { Exchange } from '../model/exchange.js';
import type { Ask } from '../model/question.js';
import { readCluster } from '../reading/cluster.js';
import { observe } from '../reading/index.js';
import { situationOf } from './cluster.js';
import { ask, recordOf, type Talk } from './talk.js';
import { questionsOfPhase } from './topics.js';

/**
 * Puts the questions of the topics that come last. Something that is not one of our products, or that could not be judged, is
 * asked none of them.
 */
export function* surveyLastQuestions(talk: Talk): Generator<Ask, void, Exchange> {
  if (talk.over) return;
  const record = recordOf(talk);
  const { access, cluster } = observe(record);
  if (access.state !== 'open' && access.state !== 'guarded') return;
  const situation = { ...situationOf({ talk, reading: readCluster(record) }), access, isCluster: cluster !== null };
  for (const question of questionsOfPhase('last'))
    if (talk.options.wanted?.(question.id) !== false && question.when(situation, answersIn(recordOf(talk))))
      yield* ask(talk, question.id);
}
