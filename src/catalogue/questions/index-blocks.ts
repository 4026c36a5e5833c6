// Write protection of single indices; an index without any is not in the answer (seen on 2.4, 7.17, OpenSearch 2.19).
import type { Question } from '../../model/question.js';
import { keepIndexBlocks } from '../write-protection.js';

export const question: Question = {
  id: 'index-blocks',
  method: 'GET',
  path: `/_settings/index.blocks.*?filter_path=*.settings.index.blocks`,
  askedOf: ['elasticsearch', 'opensearch'],
  why: 'Shows which indices are write-protected, so that the report does not say that what is protected could be deleted at once.',
  reveals: 'names of the indices that are write-protected',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'moderate',
  technique: 'names',
  cap: 512 * 1024,
  headers: {},
  keep: { headers: [], json: keepIndexBlocks, text: 200 },
};
