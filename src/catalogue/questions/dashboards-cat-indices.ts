// Core of OpenSearch Dashboards 2.19 (recorded; 404 on 2.8.0).
// Source: opensearch-project/OpenSearch-Dashboards src/plugins/data_source_management/server/routes/dsl.ts.
import type { Question } from '../../model/question.js';
import { keepCatIndices } from '../dashboard.js';

export const question = {
  id: 'dashboards-cat-indices',
  method: 'GET',
  path: '/api/directquery/dsl/cat.indices?format=json',
  askedOf: ['opensearch-dashboards'],
  why: 'Proves what of the indices behind the dashboard is shown to a caller without credentials: names, counts, sizes.',
  reveals: 'names, document counts and sizes of the indices',
  traces: 'a request by the dashboard to the cluster behind it',
  cost: 'moderate',
  technique: 'names',
  cap: 4_194_304,
  headers: {},
  ifLost: 'Without `format`: the same list as plain text, which is not kept.',
  keep: { headers: [], json: keepCatIndices, text: 300 },
} as const satisfies Question;
