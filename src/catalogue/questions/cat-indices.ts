// The verdict on a cluster: may a caller without credentials list its indices? Wire guide 1.2 and C.
import type { Question } from '../../model/question.js';
import { catColumns, keepCatIndices } from '../listing.js';

export const question: Question = {
  id: 'cat-indices',
  method: 'GET',
  path: `/_cat/indices?format=json&bytes=b&h=${catColumns.named.join(',')}`,
  askedOf: ['unknown', 'elasticsearch', 'opensearch'],
  why: 'Shows whether a caller without credentials may list the indices: this, and not the root page, decides open or closed.',
  reveals: 'names, sizes, document counts and creation dates of the indices',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*; below /elasticsearch of a Kibana whose first login is an anonymous user, a session that expires by itself',
  cost: 'moderate',
  technique: 'names',
  cap: 4 * 1024 * 1024,
  headers: {},
  keep: { headers: [], json: (body) => keepCatIndices(body, catColumns.named), text: 200 },
};
