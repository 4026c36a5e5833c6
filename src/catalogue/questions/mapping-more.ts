// The fields of the kinds of indices that the first question for fields left out: the one table of people is rarely the largest.
import type { Question } from '../../model/question.js';
import { keepFurtherMapping } from '../fields.js';

export const question: Question = {
  id: 'mapping-more',
  method: 'GET',
  path: '/{index}/_mapping?ignore_unavailable=true&filter_path=*.mappings.properties.**.type,*.mappings.*.properties.**.type',
  askedOf: ['elasticsearch', 'opensearch'],
  why: 'Shows the same for up to 20 more kinds of indices, one index of each; asked at most three times, and not after a slow answer.',
  reveals: 'names and types of the fields of up to 20 indices',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'moderate',
  technique: 'names',
  cap: 4 * 1024 * 1024,
  headers: {},
  keep: { headers: [], json: keepFurtherMapping, text: 0 },
};
