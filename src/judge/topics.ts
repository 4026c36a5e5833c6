// What the topics give to judging: the questions of checks, names to mask, phrases of evidence, why a fact is not known.
import { memoised } from '../catalogue/memoise.js';
import { answersIn, type Name, type Shown, type Topic } from '../catalogue/topic.js';
import type { AnyCheck, JudgeTexts, TopicId } from '../model/check.js';
import type { Cut, EndpointRecord } from '../model/exchange.js';
import type { Identity, Observations, TopicFacts } from '../model/observation.js';
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

/** Whether this version can have the facts of a topic. */
export function appliesTo(topic: TopicId, identity: Identity): boolean {
  return byId[topic].appliesTo?.(identity) ?? true;
}

/** Why the facts of a topic that applies are not known: the topic itself, which has the words, or the end of the survey. */
export function whyUnknown(topic: TopicId, { cut }: Observations): TopicId | Cut {
  return (byId[topic].orCut === true ? cut : null) ?? topic;
}

/** Whether this is the id of a topic. */
export function isTopic(id: string): id is TopicId {
  return Object.hasOwn(byId, id);
}

/** Names that a record holds of any topic, also where its facts count for nothing. */
export function namesOfTopics(record: EndpointRecord, known: TopicFacts): Name[] {
  return topicsWith(known).flatMap(([topic, facts]) => {
    const shown = facts ?? topic.read(answersIn(record));
    return shown === null ? [] : topic.names(shown);
  });
}

/** What topics say in one language, by their ids. */
export type TopicsTexts = JudgeTexts['topics'];

/** What the answers to topics show in one language, with the exchanges that show it. */
export function shownByTopics(known: TopicFacts, texts: TopicsTexts): readonly Shown[] {
  return shownIn(texts)(known);
}

const shownIn = memoised((texts: TopicsTexts) =>
  memoised((known: TopicFacts): readonly Shown[] =>
    topicsWith(known).flatMap(([topic, facts, id]) => (facts === null ? [] : (topic.shows?.(facts, texts[id]) ?? []))),
  ),
);

const ids = Object.keys(byId).filter(isTopic);

function topicsWith(known: TopicFacts): (readonly [topic: Topic, facts: unknown, id: TopicId])[] {
  return ids.map((id) => [byId[id], known[id], id]);
}
