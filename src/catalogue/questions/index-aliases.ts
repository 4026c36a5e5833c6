// A listing of indices whose path begins with no underscore. Docs, verdicts (guarded); wire guide C.
import type { Question } from '../../model/question.js';
import { keepAliases } from '../listing.js';

export const question: Question = {
  id: 'index-aliases',
  method: 'GET',
  path: '/*/_alias',
  askedOf: ['unknown', 'elasticsearch', 'opensearch'],
  why: 'Lists the indices under a path that begins with no underscore: rules of a proxy that guard /_… only let it pass.',
  reveals: 'names of indices and aliases',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'moderate',
  technique: 'names',
  cap: 2 * 1024 * 1024,
  headers: {},
  keep: { headers: [], json: keepAliases, text: 200 },
};
