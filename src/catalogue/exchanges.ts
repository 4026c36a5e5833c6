// Finds answers in a record, and reads what was kept of them.
import type { Answer, EndpointRecord, Exchange, KeptBody } from '../model/exchange.js';
import type { EvidenceRefs } from '../model/observation.js';
import { readOnce, memoised } from './memoise.js';
import { exchangesIn, lookAt } from './readings.js';

/** An exchange that ended in an answer, with its position in the record. */
export interface Answered {
  /** Position in `record.exchanges`: the evidence of what is read from it. */
  readonly at: number;
  readonly exchange: Exchange;
  readonly answer: Answer;
}

/** One object for each exchange, so that a record and the same one grown by an exchange speak of the same. */
const answeredBy = new WeakMap<Exchange, Answered>();

/** The answers of a record, in the order in which they came, and those to each question. */
interface Answers {
  readonly all: readonly Answered[];
  readonly byQuestion: ReadonlyMap<string, readonly Answered[]>;
}

const answersIn = memoised((exchanges: readonly Exchange[]): Answers => {
  const all: Answered[] = [];
  const byQuestion = new Map<string, Answered[]>();
  for (const [at, exchange] of exchanges.entries()) {
    if (exchange.outcome.kind !== 'answer') continue;
    const known = answeredBy.get(exchange);
    const answered = known?.at === at ? known : { at, exchange, answer: exchange.outcome };
    if (answered !== known) answeredBy.set(exchange, answered);
    all.push(answered);
    const same = byQuestion.get(exchange.question);
    if (same === undefined) byQuestion.set(exchange.question, [answered]);
    else same.push(answered);
  }
  return { all, byQuestion };
});

const none: readonly Answered[] = [];

/** Every answer of a record, in the order in which they came; only those to the questions named, where some are named. */
export function answersTo(record: EndpointRecord, ...questions: readonly string[]): readonly Answered[] {
  lookAt(questions);
  const { all, byQuestion } = answersIn(exchangesIn(record));
  if (questions.length === 0) return all;
  let found = none;
  for (const question of questions) {
    const some = byQuestion.get(question);
    if (some === undefined) continue;
    if (found.length > 0) return all.filter(({ exchange }) => questions.includes(exchange.question));
    found = some;
  }
  return found;
}

/** The last answer to a question, or null: of a question that was put again, the last answer counts. */
export function answerTo(record: EndpointRecord, question: string): Answered | null {
  lookAt([question]);
  return answersIn(exchangesIn(record)).byQuestion.get(question)?.at(-1) ?? null;
}

/** Every exchange of a record that put one of these questions, however it ended. */
export function exchangesOf(record: EndpointRecord, questions: readonly string[]): readonly Exchange[] {
  lookAt(questions);
  return exchangesIn(record).filter(({ question }) => questions.includes(question));
}

/** All lines of a header joined by `, `; null when it is absent. `name` in lower case. */
export function header(answer: Answer, name: string): string | null {
  return answer.headers[name]?.join(', ') ?? null;
}

/** The lines of a header, empty when it is absent. `name` in lower case. */
export function headerLines(answer: Answer, name: string): readonly string[] {
  return answer.headers[name] ?? [];
}

/** The kept JSON of an answer with the status 200 or 203, read with `parse`; null otherwise. */
export function kept<T>(answered: Answered | null, parse: (value: unknown) => T | null): T | null {
  // 203: a proxy says that it touched the answer (RFC 9110, 15.3.4)
  const status = answered?.answer.status;
  if (answered === null || (status !== 200 && status !== 203) || answered.answer.body.kind !== 'json') return null;
  return parsedBody(answered.answer.body, parse);
}

/** A kept JSON body read with `parse`: once, however often it is asked for. */
export function parsedBody<T>(
  { value }: Extract<KeptBody, { kind: 'json' }>,
  parse: (value: unknown) => T | null,
): T | null {
  return typeof value === 'object' && value !== null ? readOnce(parse, value) : parse(value);
}

/** What an answer says in words: the reason of an error envelope, or the head of its text; '' when it says nothing. */
export function said(answer: Answer): string {
  const { body } = answer;
  if (body.kind === 'error') return body.reason ?? body.text;
  return body.kind === 'text' ? body.text : '';
}

/** The positions of several answers, ascending, each once. */
export function refs(...parts: readonly (Answered | EvidenceRefs | null | undefined)[]): EvidenceRefs {
  const all: number[] = [];
  for (const part of parts) {
    if (part === null || part === undefined) continue;
    if ('answer' in part) all.push(part.at);
    else all.push(...part);
  }
  // Most come in order, and sorting takes memory.
  const ascending = all.every((at, place) => place === 0 || at > (all[place - 1] ?? at));
  return ascending ? all : [...new Set(all)].sort((a, b) => a - b);
}
