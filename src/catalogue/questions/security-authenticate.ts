// Who are we? Elasticsearch 7 and later; two segments, so no document read on older ones. Wire guide B.2, B.4, R.2.
import type { Question } from '../../model/question.js';
import { keepAuthenticate } from '../cluster.js';

export const question: Question = {
  id: 'security-authenticate',
  method: 'GET',
  path: `/_security/_authenticate`,
  askedOf: ['unknown', 'elasticsearch'],
  why: 'Asks the server which user it takes the caller without credentials for: an anonymous user, or none because it knows no login.',
  reveals: "the anonymous user's name and roles",
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'cheap',
  technique: null,
  cap: 64 * 1024,
  answers500: true,
  headers: {},
  keep: { headers: [], json: keepAuthenticate, text: 200 },
};
