// OpenSearch Dashboards (recorded on 2.8.0 and 2.19.2).
// Source: opensearch-project/OpenSearch-Dashboards src/plugins/console/server/routes/api/console/opensearch_config/index.ts.
import type { Question } from '../../model/question.js';
import { keepConsoleConfig } from '../dashboard.js';

export const question = {
  id: 'dashboards-console-config',
  method: 'GET',
  path: '/api/console/opensearch_config',
  askedOf: ['opensearch-dashboards'],
  why: 'Shows which cluster the dashboard leads to, so that a locked cluster behind an open dashboard is found.',
  reveals: 'the address of the cluster as the dashboard reaches it',
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 65_536,
  headers: {},
  keep: { headers: [], json: keepConsoleConfig, text: 300 },
} as const satisfies Question;
