// OpenSearch Dashboards lists the indices of another cluster with the credentials that are saved for it (measured on 2.19.2).
// Source: opensearch-project/OpenSearch-Dashboards src/plugins/data_source_management/server/routes/dsl.ts.
import type { Question } from '../../model/question.js';
import { keepCatIndices } from '../dashboard.js';

export const question = {
  id: 'dashboards-data-source-indices',
  method: 'GET',
  path: '/api/directquery/dsl/cat.indices/dataSourceMDSId={source}?format=json',
  askedOf: ['opensearch-dashboards'],
  why: 'Proves that an open dashboard opens a further declared cluster with the credentials that are saved for it.',
  reveals: 'names, document counts and sizes of the indices of that cluster',
  traces: 'the dashboard connects to that cluster with the credentials saved for it and lists its indices',
  cost: 'moderate',
  technique: 'dataSourceListing',
  cap: 4_194_304,
  headers: {},
  ifLost: 'Without `format`: the same list as plain text, which is not kept.',
  keep: { headers: [], json: keepCatIndices, text: 300 },
} as const satisfies Question;
