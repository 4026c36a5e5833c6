// A listing of indices under the cluster's monitor right alone. Wire guide R.1.3 (cluster health responds where _cat/indices
// does not).
import type { Question } from '../../model/question.js';
import { keepIndicesObject } from '../listing.js';

export const question: Question = {
  id: 'index-health',
  method: 'GET',
  path: `/_cluster/health?level=indices&filter_path=cluster_name,status,number_of_nodes,indices.*.status`,
  askedOf: ['unknown', 'elasticsearch', 'opensearch'],
  why: 'Lists the indices where other listings are denied: anonymous roles of OpenSearch with cluster rights only, proxies with lists of paths.',
  reveals: 'names and health of the indices',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'moderate',
  technique: 'names',
  cap: 2 * 1024 * 1024,
  headers: {},
  keep: { headers: [], json: keepIndicesObject, text: 200 },
};
