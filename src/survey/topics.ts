// The questions of the topics, in the order in which they are put.
import type { Phase, Topic, TopicQuestion } from '../catalogue/topic.js';
import type { QuestionId } from '../model/question.js';
import { topics } from '../topics/registry.generated.js';

const inOrder = Object.values<Topic<QuestionId>>(topics).sort((a, b) => a.order - b.order);

/** The questions of a phase, topic by topic. */
export function questionsOfPhase(phase: Phase): readonly TopicQuestion<QuestionId, string>[] {
  return inOrder.filter((topic) => topic.phase === phase).flatMap(({ questions }) => questions);
}
