// Authenticity by obedience: a random subset of columns. Docs, verdicts (open).
import type { Question } from '../../model/question.js';
import { keepColumns } from '../authenticity.js';

export const question: Question = {
  id: 'cat-columns',
  method: 'GET',
  path: '/_cat/indices?format=json&h={columns}',
  askedOf: ['unknown', 'elasticsearch', 'opensearch'],
  why: 'Distinguishes a genuine server from canned answers where something in front replaces its errors: it lists just the columns that were asked for, a random subset of them.',
  reveals: 'counts and sizes of the indices, without names',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'moderate',
  technique: null,
  cap: 1024 * 1024,
  headers: {},
  keep: { headers: [], json: keepColumns, text: 200 },
};
