// The catalogue: every question that can be asked, its path as sent, and the hash of it all.
import { createHash } from 'node:crypto';
import type { Ask, Question } from '../model/question.js';
import { denyList } from './deny-list.js';
import { companions, topics } from '../topics/registry.generated.js';
import { questions } from './registry.generated.js';
import type { Topic } from './topic.js';

export { keepAnswer } from './keep.js';
export { rememberAnswers } from './answer-cache.js';
export type { RawAnswer } from './keep.js';
export { clean, harmless, redact } from './redact.js';
export { isSecretName } from './secret-names.js';
export { mark } from './secrets.js';
export { denied, denyList, exceptionFor } from './deny-list.js';
export type { DenyRule } from './deny-list.js';

/** Every question that could be put to an endpoint, by id. */
export const catalogue: readonly Question[] = [
  ...questions,
  ...Object.values<Topic>(topics).flatMap((topic) => topic.questions),
  ...companions.flatMap((companion) => companion.questions),
].sort((a, b) => (a.id < b.id ? -1 : 1));

const byId: ReadonlyMap<string, Question> = new Map(catalogue.map((question) => [question.id, question]));

/**
 * The question of that id.
 *
 * @throws Error when there is none: a bug of ours, ids are never taken from outside.
 */
export function questionById(id: string): Question {
  const question = byId.get(id);
  if (question === undefined) throw new Error(`no question "${id}" in the catalogue`);
  return question;
}

function encode(value: string): string {
  return encodeURIComponent(value).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

/**
 * The path and query of an ask as it is sent: base path, then the question's path with its blanks filled in and
 * percent-encoded.
 *
 * @throws Error when a blank has no value: a bug of ours.
 */
export function requestPath(ask: Pick<Ask, 'question' | 'basePath' | 'blanks'>): string {
  const path = ask.question.path.replace(/\{([a-z]+)\}/g, (_, name: string) => {
    const value = ask.blanks[name];
    if (value === undefined || value === '')
      throw new Error(`question "${ask.question.id}" was asked without {${name}}`);
    return encode(value);
  });
  return `${ask.basePath}${path}`;
}

/** Hash of the catalogue's data (questions and deny-list): a plan made with another catalogue is another plan. */
export const catalogueVersion: string = createHash('sha256')
  .update(
    JSON.stringify([
      catalogue.map(({ keep, ...data }) => ({ ...data, keptHeaders: keep.headers, keptText: keep.text })),
      denyList.map(({ id, pattern }) => [id, pattern.source]),
    ]),
  )
  .digest('hex')
  .slice(0, 16);
