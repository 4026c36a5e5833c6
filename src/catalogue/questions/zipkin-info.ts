import type { Question } from '../../model/question.js';
import { keepZipkinInfo } from '../neighbours.js';

/** Zipkin 2 and 3: who answers, and which version. Wire guide F, R.5. */
export const question: Question = {
  id: 'zipkin-info',
  method: 'GET',
  path: '/info',
  askedOf: ['zipkin'],
  why: 'Shows that a Zipkin answers callers without a login, and its version.',
  reveals: 'version',
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 16 * 1024,
  answers500: true,
  headers: {},
  keep: { headers: [], json: keepZipkinInfo, text: 200 },
};
