// Who are we? OpenSearch. Wire guide B.2, B.4, R.1.5.
import type { Question } from '../../model/question.js';
import { keepAuthinfo } from '../cluster.js';

export const question: Question = {
  id: 'plugins-security-authinfo',
  method: 'GET',
  path: `/_plugins/_security/authinfo`,
  askedOf: ['opensearch'],
  why: 'Asks the server which user it takes the caller without credentials for: an anonymous user, or none because it knows no login.',
  reveals: "the anonymous user's name and roles",
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'cheap',
  technique: null,
  cap: 64 * 1024,
  answers500: true,
  headers: {},
  keep: { headers: [], json: keepAuthinfo, text: 200 },
};
