import type { Question } from '../../model/question.js';
import { keepZincIndices } from '../neighbours.js';

/** The read that proves a ZincSearch open or guarded. Source: zincsearch pkg/routes/routes.go@bce72e4e. */
export const question: Question = {
  id: 'zincsearch-indices',
  method: 'GET',
  path: '/api/index?page_num=1&page_size=1',
  askedOf: ['zincsearch'],
  why: 'Shows whether a ZincSearch lists its indices to callers without a login; only their number is kept.',
  reveals: 'one name and mapping of an index; only their number is kept',
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 256 * 1024,
  headers: {},
  keep: { headers: [], json: keepZincIndices, text: 200 },
};
