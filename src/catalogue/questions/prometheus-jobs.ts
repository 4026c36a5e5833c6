import type { Question } from '../../model/question.js';
import { keepPrometheusValues } from '../neighbours.js';

/** The read that proves a Prometheus open. Source: the answer of a real 2.42.0. */
export const question: Question = {
  id: 'prometheus-jobs',
  method: 'GET',
  path: '/api/v1/label/job/values',
  askedOf: ['prometheus'],
  why: 'Shows whether a Prometheus lists what it measures to callers without a login; only the number of jobs is kept.',
  reveals: 'names of scrape jobs; only their number is kept',
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 256 * 1024,
  headers: {},
  keep: { headers: [], json: keepPrometheusValues, text: 200 },
};
