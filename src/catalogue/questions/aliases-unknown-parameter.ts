// Authenticity on the path of the aliases, where nothing else passes. Wire guide E.3.1, C (parameter strictness).
import type { Question } from '../../model/question.js';
import { keepAliases } from '../listing.js';

export const question: Question = {
  id: 'aliases-unknown-parameter',
  method: 'GET',
  path: '/_aliases?leftopen_{nonce}=1',
  askedOf: ['unknown', 'elasticsearch', 'opensearch'],
  why: 'Distinguishes a genuine server from a decoy where a list of paths lets the aliases pass and no other path that could test it: since 5.0 an unknown parameter is rejected by name.',
  reveals: 'nothing beyond the aliases',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'moderate',
  technique: 'names',
  cap: 64 * 1024,
  headers: {},
  keep: { headers: [], json: keepAliases, text: 200 },
};
