import type { Question } from '../../model/question.js';
import { keepDefaultClusters } from '../neighbours.js';

/** The file that elasticvue gives to every browser. Wire guide F, R.5; elasticvue docker/nginx/99_default_clusters.sh. */
export const question: Question = {
  id: 'elasticvue-clusters',
  method: 'GET',
  path: '/api/default_clusters.json',
  askedOf: ['elasticvue'],
  why: 'Shows whether an elasticvue gives its list of clusters to callers without a login, and whether a login stands in it: yes or no, never which.',
  reveals:
    'names and addresses of clusters, perhaps their logins; only how many there are and whether a login is among them is kept',
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 256 * 1024,
  headers: {},
  keep: { headers: [], json: keepDefaultClusters, text: 200 },
};
