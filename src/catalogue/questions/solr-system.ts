import type { Question } from '../../model/question.js';
import { keepSolrSystem } from '../neighbours.js';

/** The read that proves a Solr open. Wire guide R.5; the answer of a real 4.10.4. */
export const question: Question = {
  id: 'solr-system',
  method: 'GET',
  path: '/solr/admin/info/system?wt=json',
  askedOf: ['solr'],
  why: 'Shows that a Solr answers callers without a login, and its version.',
  reveals: 'version; settings of its Java machine, of which nothing is kept',
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 256 * 1024,
  headers: {},
  keep: { headers: [], json: keepSolrSystem, text: 200 },
};
