// Authenticity: an index that cannot exist is 404, and the answer echoes its name. Wire guide E.3.2, R.6.1.
import type { Question } from '../../model/question.js';
import { keepIndexDescription } from '../authenticity.js';

export const question: Question = {
  id: 'unknown-index',
  method: 'GET',
  path: '/leftopen-{nonce}',
  askedOf: ['unknown', 'elasticsearch', 'opensearch'],
  why: 'Distinguishes a genuine server from a decoy, and a web site that answers everything from one that does not: the random name cannot exist.',
  reveals: 'nothing',
  traces: 'a 404 for a random name in access and audit logs',
  cost: 'cheap',
  technique: null,
  cap: 64 * 1024,
  headers: {},
  keep: { headers: [], json: keepIndexDescription, text: 200 },
};
