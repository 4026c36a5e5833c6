import type { Question } from '../../model/question.js';
import { keepZipkinHealth } from '../neighbours.js';

/** Zipkin prints the address of its store, login included. Wire guide R.5. */
export const question: Question = {
  id: 'zipkin-health',
  method: 'GET',
  path: '/health',
  askedOf: ['zipkin'],
  why: 'Shows where a Zipkin stores its traces, and whether it prints a login of that store: yes or no, never which.',
  reveals: 'kind of store; whether a login is printed',
  traces: 'Zipkin asks its store how it does: one request there',
  cost: 'cheap',
  technique: null,
  cap: 64 * 1024,
  answers500: true,
  headers: {},
  keep: { headers: [], json: keepZipkinHealth, text: 200 },
};
