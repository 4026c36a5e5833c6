// What data the cluster contains, as the names of its fields suggest (docs/stake.md). Wire guide C.
import type { Question } from '../../model/question.js';
import { keepMapping } from '../fields.js';

export const question: Question = {
  id: 'mapping',
  method: 'GET',
  path: '/{index}/_mapping?ignore_unavailable=true&filter_path=*.mappings.properties.**.type,*.mappings.*.properties.**.type',
  askedOf: ['elasticsearch', 'opensearch'],
  why: 'Shows by the names of the fields what kind of data the largest indices and those with telling names hold: at most 20 are named, no document is asked for.',
  reveals: 'names and types of the fields of up to 20 indices',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'moderate',
  technique: 'names',
  cap: 4 * 1024 * 1024,
  headers: {},
  keep: { headers: [], json: keepMapping, text: 0 },
};
