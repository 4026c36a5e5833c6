// Authenticity where neither a query nor an error passes: a second lister must give the same random ids as the first. A path
// without a query, which every line since 0.90 knows. Docs, verdicts (open).
import type { Question } from '../../model/question.js';
import { keepIndexUuids } from '../authenticity.js';

export const question: Question = {
  id: 'index-uuids',
  method: 'GET',
  path: '/*/_settings/index.uuid',
  askedOf: ['unknown', 'elasticsearch', 'opensearch'],
  why: 'Distinguishes a genuine server from canned answers where something in front drops queries and replaces errors: two different listers must agree on the random ids of the indices.',
  reveals: 'names and ids of the indices',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'moderate',
  technique: 'names',
  cap: 2 * 1024 * 1024,
  headers: {},
  keep: { headers: [], json: keepIndexUuids, text: 200 },
};
