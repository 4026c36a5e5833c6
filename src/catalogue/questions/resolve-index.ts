// A listing of what a role may see, where it has no right on the cluster (Elasticsearch 7.9, OpenSearch 1.0; seen on OpenSearch
// 2.19 with do_not_fail_on_forbidden).
import type { Question } from '../../model/question.js';
import { keepResolvedIndices } from '../listing.js';

export const question: Question = {
  id: 'resolve-index',
  method: 'GET',
  path: '/_resolve/index/*',
  askedOf: ['unknown', 'elasticsearch', 'opensearch'],
  why: 'Lists the indices to a role that may read some and has no right on the cluster: Elasticsearch 7.9 and later, OpenSearch.',
  reveals: 'names of indices, aliases and data streams',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'moderate',
  technique: 'names',
  cap: 2 * 1024 * 1024,
  headers: {},
  keep: { headers: [], json: keepResolvedIndices, text: 200 },
};
