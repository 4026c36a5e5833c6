// A listing of indices by their statistics. Wire guide C, R.1.4.
import type { Question } from '../../model/question.js';
import { keepIndicesObject } from '../listing.js';

export const question: Question = {
  id: 'index-stats',
  method: 'GET',
  path: `/_stats/docs,store?level=indices&filter_path=indices.*.primaries.docs.count,indices.*.primaries.store.size_in_bytes`,
  askedOf: ['unknown', 'elasticsearch', 'opensearch'],
  why: 'Lists the indices where other listings are denied by a proxy with a list of paths.',
  reveals: 'names, document counts and sizes of the indices',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'moderate',
  technique: 'names',
  cap: 2 * 1024 * 1024,
  headers: {},
  keep: { headers: [], json: keepIndicesObject, text: 200 },
};
