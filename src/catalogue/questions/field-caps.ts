// The same names where `_mapping` is refused: a role that only reads may ask for field capabilities and not for mappings.
// Elasticsearch before 5.4 does not know it (wire guide R.2).
import type { Question } from '../../model/question.js';
import { keepFieldCaps } from '../fields.js';

export const question: Question = {
  id: 'field-caps',
  method: 'GET',
  path: '/{index}/_field_caps?fields=*&filter_path=fields.*.*.type',
  askedOf: ['elasticsearch', 'opensearch'],
  why: 'Shows by the names of the fields what kind of data one index holds on which a search was permitted, where mappings are denied.',
  reveals: 'names and types of the fields of one index',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'cheap',
  technique: 'names',
  cap: 1024 * 1024,
  headers: {},
  keep: { headers: [], json: keepFieldCaps, text: 0 },
};
