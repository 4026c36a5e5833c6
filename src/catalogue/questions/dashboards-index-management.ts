// OpenSearch Dashboards with its index management plugin (part of the full distribution). It answers 200 with
// `"ok":false` where the cluster refuses. Source: opensearch-project/index-management-dashboards-plugin
// server/routes/indices.ts@03c258fe, server/services/IndexService.ts@00de3462.
import type { Question } from '../../model/question.js';
import { keepStateManagement } from '../dashboard.js';

export const question = {
  id: 'dashboards-index-management',
  method: 'GET',
  path: '/api/ism/_indices?from=0&size=50&search=&sortField=docs.count&sortDirection=desc&showDataStreams=true',
  askedOf: ['opensearch-dashboards'],
  why: 'Proves what of the indices behind the dashboard is shown to a caller without credentials: names, counts, sizes.',
  reveals: 'names, document counts and sizes of the 50 largest indices, and how many there are',
  traces: '',
  cost: 'moderate',
  technique: 'names',
  cap: 524_288,
  headers: {},
  ifLost: 'Without its parameters: an error, or the first rows in another order.',
  keep: {
    headers: [],
    json: keepStateManagement,
    text: 300,
  },
} as const satisfies Question;
