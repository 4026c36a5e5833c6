// Core of OpenSearch Dashboards 2.19 (recorded; 404 on 2.8.0).
// Source: opensearch-project/OpenSearch-Dashboards src/plugins/data_source_management/server/routes/dsl.ts.
import type { Question } from '../../model/question.js';
import { keepMapping } from '../fields.js';

export const question = {
  id: 'dashboards-mapping',
  method: 'GET',
  path: '/api/directquery/dsl/indices.getFieldMapping?index={index}',
  askedOf: ['opensearch-dashboards'],
  why: 'Shows by the names of the fields what kind of data the largest indices and those with telling names behind an OpenSearch Dashboards hold; no document is asked for.',
  reveals: 'names and types of the fields of up to 20 indices',
  traces: 'a request by the dashboard to the cluster behind it',
  cost: 'moderate',
  technique: 'names',
  cap: 4_194_304,
  headers: {},
  ifLost: 'Without `index`: names and types of the fields of all indices.',
  keep: { headers: [], json: keepMapping, text: 0 },
} as const satisfies Question;
