// Authenticity on the path of the cluster's health, where nothing else passes. Wire guide E.3.1, C (parameter strictness).
import type { Question } from '../../model/question.js';
import { keepIndicesObject } from '../listing.js';

export const question: Question = {
  id: 'health-unknown-parameter',
  method: 'GET',
  path: '/_cluster/health?leftopen_{nonce}=1',
  askedOf: ['unknown', 'elasticsearch', 'opensearch'],
  why: "Distinguishes a genuine server from a decoy where a list of paths lets the cluster's health pass and no other path that could test it: since 5.0 an unknown parameter is rejected by name.",
  reveals: "nothing beyond the cluster's health",
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'cheap',
  technique: null,
  cap: 64 * 1024,
  headers: {},
  keep: { headers: [], json: keepIndicesObject, text: 200 },
};
