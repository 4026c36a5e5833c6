// The same verdict as `cat-indices` where the engagement does not allow names: counts per index, no name.
import type { Question } from '../../model/question.js';
import { catColumns, keepCatIndices } from '../listing.js';

export const question: Question = {
  id: 'cat-index-counts',
  method: 'GET',
  path: `/_cat/indices?format=json&bytes=b&h=${catColumns.unnamed.join(',')}`,
  askedOf: ['unknown', 'elasticsearch', 'opensearch'],
  why: 'Shows whether a caller without credentials may list the indices, without asking for their names (where names are not allowed).',
  reveals: 'sizes, document counts and creation dates of the indices, without names',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*; below /elasticsearch of a Kibana whose first login is an anonymous user, a session that expires by itself',
  cost: 'moderate',
  technique: null,
  cap: 4 * 1024 * 1024,
  headers: {},
  keep: { headers: [], json: (body) => keepCatIndices(body, catColumns.unnamed), text: 200 },
};
