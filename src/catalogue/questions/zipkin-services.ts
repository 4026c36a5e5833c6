import type { Question } from '../../model/question.js';
import { keepTextCount } from '../neighbours.js';

/** The read that proves a Zipkin open. Wire guide F, R.5. */
export const question: Question = {
  id: 'zipkin-services',
  method: 'GET',
  path: '/api/v2/services',
  askedOf: ['zipkin'],
  why: 'Shows whether a Zipkin lists the services it traces to callers without a login; only their number is kept.',
  reveals: 'names of traced services; only their number is kept',
  traces: 'Zipkin asks its store for the names: one search there',
  cost: 'moderate',
  technique: null,
  cap: 1024 * 1024,
  answers500: true,
  headers: {},
  keep: { headers: [], json: keepTextCount, text: 200 },
};
