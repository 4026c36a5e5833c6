// The first question: what answers here? Wire guide A.1, A.2, D.2.
import type { Question } from '../../model/question.js';
import { keepBanner } from '../banner.js';

export const question: Question = {
  id: 'root',
  method: 'GET',
  path: '/',
  askedOf: ['unknown', 'elasticsearch', 'opensearch', 'kibana', 'opensearch-dashboards'],
  why: 'Shows which product answers, its version, and whether a login or a proxy is in front.',
  reveals: 'product, version, cluster and node name',
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 64 * 1024,
  // With this header Kibana takes the request for one of a script's and starts no guest session (wire guide D.2 and S);
  // all others ignore it.
  headers: { 'kbn-xsrf': 'leftopen' },
  keep: { headers: [], json: keepBanner, text: 1024 },
};
