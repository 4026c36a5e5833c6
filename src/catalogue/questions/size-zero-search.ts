import type { Question } from '../../model/question.js';
import { keepSearch } from '../cluster.js';

/** Rung documents, without a document. Design, Access; wire guide C, S. */
export const question: Question = {
  id: 'size-zero-search',
  method: 'GET',
  path: `/{index}/_search?size=0&filter_path=_shards.total,_shards.successful,_shards.failed,hits.total,timed_out`,
  askedOf: ['elasticsearch', 'opensearch'],
  why: 'Shows on one named, small, open index that searches are permitted: a count is asked for, never a document. Where a role refuses it on one index, or the index cannot be searched, it is put to another one, three at most.',
  reveals: 'the number of records in one index',
  traces:
    "counts in that index's query_total and wakes an idle shard; where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*",
  cost: 'moderate',
  technique: 'sizeZeroSearch',
  cap: 64 * 1024,
  headers: {},
  keep: { headers: [], json: keepSearch, text: 0 },
};
