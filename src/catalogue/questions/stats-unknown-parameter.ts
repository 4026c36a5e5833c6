// Authenticity on the path of the statistics, where nothing else passes. Wire guide E.3.1, C (parameter strictness).
import type { Question } from '../../model/question.js';
import { keepIndicesObject } from '../listing.js';

export const question: Question = {
  id: 'stats-unknown-parameter',
  method: 'GET',
  path: '/_stats/docs,store?filter_path=_shards&leftopen_{nonce}=1',
  askedOf: ['unknown', 'elasticsearch', 'opensearch'],
  why: 'Distinguishes a genuine server from a decoy where a list of paths lets the statistics pass and no other path that could test it: since 5.0 an unknown parameter is rejected by name.',
  reveals: 'nothing',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'moderate',
  technique: null,
  cap: 64 * 1024,
  headers: {},
  keep: { headers: [], json: keepIndicesObject, text: 200 },
};
