// Who are we? Elasticsearch 5 and 6, once it is known that x-pack is there: without it the path is a document's (wire guide R.4).
import type { Question } from '../../model/question.js';
import { keepAuthenticate } from '../cluster.js';

export const question: Question = {
  id: 'xpack-security-authenticate',
  method: 'GET',
  path: `/_xpack/security/_authenticate`,
  askedOf: ['elasticsearch'],
  why: 'Asks Elasticsearch 5 or 6 with security on which user it takes the caller without credentials for.',
  reveals: "the anonymous user's name and roles",
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 64 * 1024,
  answers500: true,
  headers: {},
  keep: { headers: [], json: keepAuthenticate, text: 200 },
};
