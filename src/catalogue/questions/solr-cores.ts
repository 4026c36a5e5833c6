import type { Question } from '../../model/question.js';
import { keepSolrCores } from '../neighbours.js';

/** Cores without their statistics: `action` is STATUS where it is not given. Source: the answer of a real 4.10.4. */
export const question: Question = {
  id: 'solr-cores',
  method: 'GET',
  path: '/solr/admin/cores?wt=json&indexInfo=false',
  askedOf: ['solr'],
  why: 'Shows how many cores (collections) a Solr lists to callers without a login; only their number is kept.',
  reveals: 'names of cores; only their number is kept',
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 1024 * 1024,
  headers: {},
  keep: { headers: [], json: keepSolrCores, text: 200 },
};
