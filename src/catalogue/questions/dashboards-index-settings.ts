// Core of OpenSearch Dashboards 2.19 (recorded; 404 on 2.8.0).
// Source: opensearch-project/OpenSearch-Dashboards src/plugins/data_source_management/server/routes/dsl.ts.
import type { Question } from '../../model/question.js';
import { keepIndexSettings } from '../dashboard.js';

export const question = {
  id: 'dashboards-index-settings',
  method: 'GET',
  path: '/api/directquery/dsl/indices.getFieldSettings?index={index}',
  askedOf: ['opensearch-dashboards'],
  why: 'Shows how old the data behind an OpenSearch Dashboards is: when its largest indices were created.',
  reveals: 'the creation dates of up to 20 indices; other settings are not kept',
  traces: 'a request by the dashboard to the cluster behind it',
  cost: 'cheap',
  technique: 'names',
  cap: 1_048_576,
  headers: {},
  ifLost: 'Without `index`: the settings of all indices, of which only creation dates are kept.',
  keep: { headers: [], json: keepIndexSettings, text: 0 },
} as const satisfies Question;
