// Wire guide C; 410 on serverless.
import type { Question } from '../../model/question.js';
import { keepHealth } from '../cluster.js';

export const question: Question = {
  id: 'cluster-health',
  method: 'GET',
  path: `/_cluster/health`,
  askedOf: ['unknown', 'elasticsearch', 'opensearch'],
  why: 'Shows whether the cluster answers at all where the root page or the listing does not.',
  reveals: 'cluster name, health, number of nodes',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'cheap',
  technique: null,
  cap: 64 * 1024,
  headers: {},
  keep: { headers: [], json: keepHealth, text: 200 },
};
