// Rung documents, without a document: a count runs as a search does, under the same right, and its answer has no place for
// documents, whatever is lost on the way. Design, "Never a document"; wire guide C, S.
import type { Question } from '../../model/question.js';
import { keepCount } from '../cluster.js';

export const question: Question = {
  id: 'index-count',
  method: 'GET',
  path: '/{index}/_count',
  askedOf: ['elasticsearch', 'opensearch'],
  why: 'Shows on one named, small, open index that searches are permitted: a count is asked for, never a document. Where a role denies it on one index, or the index cannot be searched, it is sent for another one, three at most.',
  reveals: 'the number of documents in one index',
  traces:
    "counts in that index's query_total and wakes an idle shard; where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*",
  cost: 'moderate',
  technique: 'documentCounts',
  cap: 64 * 1024,
  headers: {},
  keep: { headers: [], json: keepCount, text: 0 },
};
