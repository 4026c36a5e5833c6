// What a topic is: one thing that is asked besides who answers and how far a caller gets, declared in one file of src/topics.
import type { NameMask, ReasonText } from '../model/check.js';
import type { EndpointRecord, Exchange } from '../model/exchange.js';
import type { Scheme } from '../model/endpoint.js';
import type { Technique } from '../model/engagement.js';
import type { Access, ClusterFacts, EvidenceRefs, Identity } from '../model/observation.js';
import type { Question } from '../model/question.js';
import { answersTo, type Answered } from './exchanges.js';

/** The answers to a topic's questions, and to those it reads besides. */
export interface Answers<Id extends string> {
  /** The last answer to any of these questions, or null: of a question that was put again, the last answer counts. */
  last(...ids: readonly Id[]): Answered | null;
  /** Every exchange of these questions, answered or not, with its position in the record. */
  exchanges(...ids: readonly Id[]): readonly { readonly at: number; readonly exchange: Exchange }[];
  /** The version of TLS that the first connection agreed on, and the first exchange over it; null without TLS. */
  readonly tls: { readonly protocol: string; readonly at: number } | null;
}

/** What a record holds of a topic. */
export function answersIn(record: EndpointRecord): Answers<string> {
  return {
    last: (...ids) => answersTo(record, ...ids).at(-1) ?? null,
    exchanges: (...ids) =>
      record.exchanges.flatMap((exchange, at) => (ids.includes(exchange.question) ? [{ at, exchange }] : [])),
    tls:
      record.tls === null
        ? null
        : {
            protocol: record.tls.protocol,
            at: record.exchanges.findIndex(({ scheme, request }) => scheme === 'https' && request > 0),
          },
  };
}

/** When a topic's questions are put: before the first count, together with the verdict on an open cluster, or last of all. */
export type Phase = 'before-count' | 'beside' | 'last';

/** What is known of an endpoint when one of a topic's questions could be put to it. */
export interface Situation {
  readonly techniques: Readonly<Record<Technique, boolean>>;
  readonly scheme: Scheme;
  readonly product: Identity['product'];
  /** As said by the server, or null; and its first number. */
  readonly version: string | null;
  readonly major: number | null;
  readonly access: Access;
  /** Its verdict is one on a cluster, not on a dashboard, a companion product or a decoy. */
  readonly isCluster: boolean;
  /** It listed its indices. */
  readonly listed: boolean;
  /** Plugins that its nodes named. */
  readonly plugins: readonly string[];
  /** A genuine Elasticsearch that showed its nodes: the same right shows statistics and licence. */
  readonly mayMonitor: boolean;
  /** The caller is taken to be able to change the contents; never tried. */
  readonly mayChange: boolean;
  /** It listed indices of the user's. */
  readonly holdsData: boolean;
}

/** A question of a topic. */
export interface TopicQuestion<Id extends string, Also extends string> extends Question {
  readonly id: Id;
  /** Whether it is needed now. It is put once, while the budget of requests lasts. */
  when(situation: Situation, answers: Answers<Id | Also>): boolean;
  /** The values of the blanks in its path; null where there is nothing to ask for. */
  blanks?(answers: Answers<Id | Also>): Readonly<Record<string, string>> | null;
}

/** What an endpoint turned out to be: a topic is read only of the endpoints that it is about. */
export interface Recognised {
  readonly identity: Identity;
  readonly access: Access;
  readonly cluster: ClusterFacts | null;
}

/** A name that `--mask-names` replaces by a pseudonym. */
export type Name = readonly [kind: Parameters<NameMask>[0], name: string];

/** A phrase with the exchanges that it is shown of; both are missing where there is nothing to show. */
export type Shown = readonly [evidence: EvidenceRefs | undefined, phrase: string | null];

/** What a topic says in one language, besides the phrases of its evidence. */
export interface TopicTexts {
  /** Why a check that needs its facts is undetermined where they are not known. */
  readonly unknown: ReasonText;
}

/** One topic. `Also` are questions of the verdict that it reads besides its own. */
export interface Topic<
  Id extends string = string,
  Facts = unknown,
  Also extends string = string,
  Texts extends TopicTexts = TopicTexts,
> {
  /** Its questions, in the order in which they are put. */
  readonly questions: readonly TopicQuestion<Id, Also>[];
  readonly alsoReads?: readonly Also[];
  readonly phase: Phase;
  /** Its place among the topics: the lowest is asked first, and the last ones may find the budget spent. */
  readonly order: number;
  /** Whether it is read of this endpoint. */
  isAbout(endpoint: Recognised): boolean;
  /** The facts, from the answers alone; null where the answers do not have them. Pure. */
  read(answers: Answers<Id | Also>): Facts | null;
  /** Whether this version can have the facts; where not, a check that needs them does not apply. Absent for every version. */
  appliesTo?(identity: Identity): boolean;
  /** Set where a survey that was cut short is why the facts are not known. */
  readonly orCut?: true;
  /** Names of indices and clusters, and patterns of them, among the facts. */
  names(facts: Facts): readonly Name[];
  /** What the answers show, as phrases of the evidence. */
  shows?(facts: Facts, texts: Texts): readonly Shown[];
  readonly texts: { readonly en: Texts };
}

/** The ids of a topic's questions. */
export type QuestionsOf<T> = T extends { readonly questions: readonly { readonly id: infer Id }[] } ? Id : never;

/** The facts of a topic. */
export type FactsOf<T> = T extends { read(answers: never): infer Facts } ? NonNullable<Facts> : never;

/** Declares a topic. Its id is its file's name, as an identifier; the registries are made from the files. */
export function defineTopic<
  const Id extends string,
  Facts,
  Texts extends TopicTexts,
  const Also extends string = never,
>(topic: Topic<Id, Facts, Also, Texts>): Topic<Id, Facts, Also, Texts> {
  return topic;
}

/** The facts of a topic in a record; null where it is not about this endpoint, or the answers do not have them. */
export function readTopic<Facts>(
  topic: Topic<string, Facts>,
  record: EndpointRecord,
  endpoint: Recognised,
): Facts | null {
  return topic.isAbout(endpoint) ? topic.read(answersIn(record)) : null;
}
