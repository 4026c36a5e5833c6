// Authenticity by obedience: a random subset of the banner (response filtering, Elasticsearch 1.6 and later). Docs, verdicts
// (open).
import type { Question } from '../../model/question.js';
import { keepPaths } from '../authenticity.js';

export const question: Question = {
  id: 'root-fields',
  method: 'GET',
  path: '/?filter_path={fields}',
  askedOf: ['unknown', 'elasticsearch', 'opensearch'],
  why: 'Distinguishes a genuine server from canned answers where something in front replaces its errors: it gives just the parts of its banner that were asked for, a random subset of them.',
  reveals: 'nothing beyond the root page',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'cheap',
  technique: null,
  cap: 64 * 1024,
  headers: {},
  keep: { headers: [], json: keepPaths, text: 200 },
};
