import type { Question } from '../../model/question.js';
import { keepPrometheusBuild } from '../neighbours.js';

/** Prometheus 2.14 and later: who answers, and which version. Source: the answer of a real 2.42.0. */
export const question: Question = {
  id: 'prometheus-build',
  method: 'GET',
  path: '/api/v1/status/buildinfo',
  askedOf: ['prometheus'],
  why: 'Shows that a Prometheus answers callers without a login, and its version.',
  reveals: 'version',
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 16 * 1024,
  headers: {},
  keep: { headers: [], json: keepPrometheusBuild, text: 200 },
};
