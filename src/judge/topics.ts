// What the topics give to judging: the questions of checks, names to mask, phrases of evidence, why a fact is not known.
import { memoised } from '../catalogue/memoise.js';
import { answersIn, type Name, type Shown, type Topic, type Unknown } from '../catalogue/topic.js';
import type { AnyCheck, TopicId } from '../model/check.js';
import type { EndpointRecord } from '../model/exchange.js';
import type { Identity, TopicFacts } from '../model/observation.js';
import type { QuestionId } from '../model/question.js';
import { companions, topics } from '../topics/registry.generated.js';

const byId: Readonly<Record<TopicId, Topic<QuestionId>>> = topics;

const inOrder = Object.values(byId).sort((a, b) => a.order - b.order);

/** The ids of the questions that topics put together with the verdict on an open cluster, in their order. */
export const questionsOfTopics: readonly QuestionId[] = inOrder
  .filter(({ phase }) => phase === 'beside')
  .flatMap(({ questions }) => questions.map(({ id }) => id));

/** The ids of the questions that are put to companion products. */
export const questionsOfCompanions: readonly QuestionId[] = companions.flatMap(({ questions }) =>
  questions.map(({ id }) => id),
);

/** The questions whose answers decide a check: its own, and those of the topics that it needs. */
export function questionsOf({ questions, needs = [] }: Pick<AnyCheck, 'questions' | 'needs'>): readonly QuestionId[] {
  return [...questions, ...needs.flatMap((need) => (need === 'open' ? [] : byId[need].questions.map(({ id }) => id)))];
}

/**
 * The questions of topics that decide a check, without those that decide who gets in. A check that lists those of every topic is
 * about the access itself: they give its finding more words, and decide nothing.
 */
export function topicQuestionsOf(check: Pick<AnyCheck, 'questions' | 'needs'>): readonly QuestionId[] {
  const listed = new Set(questionsOf(check));
  if (questionsOfTopics.every((id) => listed.has(id))) return [];
  return inOrder.flatMap(({ questions }) => questions.map(({ id }) => id)).filter((id) => listed.has(id));
}

/** What a check that needs a topic gets where its facts are not known. */
export function whyUnknown(topic: TopicId, identity: Identity): Unknown {
  return byId[topic].unknown(identity);
}

/** Names that a record holds of any topic, also where its facts count for nothing. */
export function namesOfTopics(record: EndpointRecord, known: TopicFacts): Name[] {
  return topicsWith(known).flatMap(([topic, facts]) => {
    const shown = facts ?? topic.read(answersIn(record));
    return shown === null ? [] : topic.names(shown);
  });
}

/** What the answers to topics show, with the exchanges that show it. */
export const shownByTopics = memoised((known: TopicFacts): readonly Shown[] =>
  topicsWith(known).flatMap(([topic, facts]) => (facts === null ? [] : (topic.shows?.(facts) ?? []))),
);

function topicsWith(known: TopicFacts): (readonly [Topic, unknown])[] {
  const facts = new Map<string, unknown>(Object.entries(known));
  return Object.entries<Topic>(byId).map(([id, topic]) => [topic, facts.get(id) ?? null]);
}
