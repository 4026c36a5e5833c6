import type { Question } from '../../model/question.js';
import { keepJaegerServices } from '../neighbours.js';

/** The read that proves a Jaeger open. Wire guide R.5. */
export const question: Question = {
  id: 'jaeger-services',
  method: 'GET',
  path: '/api/services',
  askedOf: ['jaeger'],
  why: 'Shows whether a Jaeger lists the services it traces to callers without a login; only their number is kept.',
  reveals: 'names of traced services; only their number is kept',
  traces: 'Jaeger asks its store for the names: one search there',
  cost: 'moderate',
  technique: null,
  cap: 1024 * 1024,
  headers: {},
  keep: { headers: [], json: keepJaegerServices, text: 200 },
};
