// Authenticity on the path of the listing: an index that cannot exist is 404 and echoed. Wire guide E.3.2, R.6.1.
import type { Question } from '../../model/question.js';
import { keepIndexDescription } from '../authenticity.js';

export const question: Question = {
  id: 'cat-unknown-index',
  method: 'GET',
  path: `/_cat/indices/leftopen-{nonce}?format=json&h=index`,
  askedOf: ['unknown', 'elasticsearch', 'opensearch'],
  why: 'Distinguishes a genuine server from a decoy where only the listing passes a proxy: the random name cannot exist and must be echoed in a 404.',
  reveals: 'nothing',
  traces: 'a 404 for a random name in access and audit logs',
  cost: 'cheap',
  technique: null,
  cap: 64 * 1024,
  headers: {},
  keep: { headers: [], json: keepIndexDescription, text: 200 },
};
