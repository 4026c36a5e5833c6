import type { Question } from '../../model/question.js';
import { keepZincVersion } from '../neighbours.js';

/** Told to everybody, login or not. Source: zincsearch pkg/routes/routes.go@bce72e4e. */
export const question: Question = {
  id: 'zincsearch-version',
  method: 'GET',
  path: '/version',
  askedOf: ['zincsearch'],
  why: 'Shows that a ZincSearch answers, and its version.',
  reveals: 'version',
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 16 * 1024,
  headers: {},
  keep: { headers: [], json: keepZincVersion, text: 200 },
};
