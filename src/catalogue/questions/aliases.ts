// A listing of indices that other rights open than the ones of _cat/indices. Wire guide C, R.1.4.
import type { Question } from '../../model/question.js';
import { keepAliases } from '../listing.js';

export const question: Question = {
  id: 'aliases',
  method: 'GET',
  path: `/_aliases`,
  askedOf: ['unknown', 'elasticsearch', 'opensearch'],
  why: 'Lists the indices where _cat/indices does not exist (0.90) or is denied while this is not (proxies with lists of paths, anonymous roles without cluster privileges).',
  reveals: 'names of indices and aliases',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'moderate',
  technique: 'names',
  cap: 2 * 1024 * 1024,
  headers: {},
  keep: { headers: [], json: keepAliases, text: 200 },
};
