// The indices that a caller may read, by the right to read alone (Elasticsearch 7.2, OpenSearch 1.0).
import type { Question } from '../../model/question.js';
import { keepFieldCapsIndices } from '../listing.js';

export const question: Question = {
  id: 'field-caps-indices',
  method: 'GET',
  path: '/_field_caps?fields=_index&filter_path=indices',
  askedOf: ['unknown', 'elasticsearch', 'opensearch'],
  why: 'Lists the indices that a role may read, where it may not ask for aliases or statistics.',
  reveals: 'names of indices',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'moderate',
  technique: 'names',
  cap: 2 * 1024 * 1024,
  headers: {},
  keep: { headers: [], json: keepFieldCapsIndices, text: 200 },
};
