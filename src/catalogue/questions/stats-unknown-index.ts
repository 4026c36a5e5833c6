// Authenticity on the path of wildcard-stats: an index that cannot exist is an error that echoes its name. Wire guide E.3.2,
// R.6.1.
import type { Question } from '../../model/question.js';
import { keepIndexDescription } from '../authenticity.js';

export const question: Question = {
  id: 'stats-unknown-index',
  method: 'GET',
  path: '/leftopen-{nonce}/_stats/docs,store',
  askedOf: ['unknown', 'elasticsearch', 'opensearch'],
  why: 'Distinguishes a genuine server from a decoy on the path by which the indices were listed: the random name cannot exist and must be echoed in an error.',
  reveals: 'nothing',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'cheap',
  technique: null,
  cap: 64 * 1024,
  headers: {},
  keep: { headers: [], json: keepIndexDescription, text: 200 },
};
