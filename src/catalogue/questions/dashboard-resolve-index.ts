// Kibana 7.10 to 8, Open Distro and OpenSearch Dashboards; Kibana 9 calls it internal and refuses.
// Source: opensearch-project/OpenSearch-Dashboards src/plugins/index_pattern_management/server/routes/resolve_index.ts@0a343419,
// elastic/kibana the same path.
import type { Question } from '../../model/question.js';
import { keepResolved } from '../dashboard.js';

export const question = {
  id: 'dashboard-resolve-index',
  method: 'GET',
  path: '/internal/index-pattern-management/resolve_index/*',
  askedOf: ['kibana', 'opensearch-dashboards'],
  why: 'Proves that the names of the indices behind a dashboard are shown to a caller without credentials.',
  reveals: 'the names of indices, without counts',
  traces: '',
  cost: 'cheap',
  technique: 'names',
  cap: 4_194_304,
  headers: {},
  keep: {
    headers: [],
    json: keepResolved,
    text: 300,
  },
} as const satisfies Question;
