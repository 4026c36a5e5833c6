// A listing of indices with counts whose path begins with no underscore and which needs no query. Docs, verdicts (guarded);
// wire guide C.
import type { Question } from '../../model/question.js';
import { keepIndicesObject } from '../listing.js';

export const question: Question = {
  id: 'wildcard-stats',
  method: 'GET',
  path: '/*/_stats/docs,store',
  askedOf: ['unknown', 'elasticsearch', 'opensearch'],
  why: 'Lists the indices with their counts under a path that begins with no underscore, and that needs no query: rules of a proxy that guard /_… only, or that lose the query, let it pass.',
  reveals: 'names, document counts and sizes of the indices',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'moderate',
  technique: 'names',
  cap: 4 * 1024 * 1024,
  headers: {},
  keep: { headers: [], json: keepIndicesObject, text: 200 },
};
