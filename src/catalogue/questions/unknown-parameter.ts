// Authenticity: Elasticsearch and OpenSearch since 5.0 refuse a parameter they do not know, by name. Wire guide E.3.1, R.6.2.
import type { Question } from '../../model/question.js';
import { keepBanner } from '../banner.js';

export const question: Question = {
  id: 'unknown-parameter',
  method: 'GET',
  path: '/?leftopen_{nonce}=1',
  askedOf: ['unknown', 'elasticsearch', 'opensearch'],
  why: 'Distinguishes a genuine server from a decoy: since 5.0 it rejects an unknown parameter by name.',
  reveals: 'nothing beyond the root page',
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 64 * 1024,
  headers: {},
  keep: { headers: [], json: keepBanner, text: 200 },
};
