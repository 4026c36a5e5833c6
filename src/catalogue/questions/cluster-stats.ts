// Totals of the cluster. Wire guide C, R.1.3.
import type { Question } from '../../model/question.js';
import { keepStats } from '../cluster.js';

export const question: Question = {
  id: 'cluster-stats',
  method: 'GET',
  path: `/_cluster/stats?filter_path=cluster_name,cluster_uuid,status,indices.count,indices.docs.count,indices.store.size_in_bytes,nodes.count.total,nodes.versions`,
  askedOf: ['unknown', 'elasticsearch', 'opensearch'],
  why: 'Counts what the cluster holds, and gives the id that shows which endpoints belong to one cluster.',
  reveals: 'totals of indices, documents and bytes; cluster id; node versions',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'moderate',
  technique: null,
  cap: 256 * 1024,
  headers: {},
  keep: { headers: [], json: keepStats, text: 200 },
};
