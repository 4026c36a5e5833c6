// Authenticity on the path of the listing, for servers whose root page is guarded. Wire guide E.3.1, C (parameter strictness).
import type { Question } from '../../model/question.js';
import { keepCatIndices } from '../listing.js';

export const question: Question = {
  id: 'cat-unknown-parameter',
  method: 'GET',
  path: `/_cat/indices?format=json&h=health&leftopen_{nonce}=1`,
  askedOf: ['unknown', 'elasticsearch', 'opensearch'],
  why: 'Distinguishes a genuine server from a decoy where the root page is denied or answered by something in front: since 5.0 an unknown parameter is rejected by name.',
  reveals: 'nothing beyond the listing of indices',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'moderate',
  technique: null,
  cap: 64 * 1024,
  headers: {},
  keep: { headers: [], json: (body) => keepCatIndices(body, ['health']), text: 200 },
};
