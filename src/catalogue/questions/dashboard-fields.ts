// The list of fields by which a dashboard makes an index pattern: Kibana 6 to 8.9, Open Distro, OpenSearch Dashboards.
// Source: elastic/kibana src/legacy/server/index_patterns/routes/fields_for_wildcard_route.ts@a48f6f0d (6.x, 7.x),
// src/plugins/data/server/index_patterns/routes.ts@062ce320 (7.x), src/plugins/data_views/server/fields_for.ts@8d2e96b4
// (8.x; later internal, src/plugins/data_views/server/rest_api_routes/internal/fields_for.ts@01320d0f);
// opensearch-project/OpenSearch-Dashboards src/plugins/data/server/index_patterns/routes.ts@1595ba75.
import type { Question } from '../../model/question.js';
import { keepFieldList } from '../fields.js';

export const question = {
  id: 'dashboard-fields',
  method: 'GET',
  path: '/api/index_patterns/_fields_for_wildcard?pattern={index}',
  askedOf: ['kibana', 'opensearch-dashboards'],
  why: 'Shows by the names of the fields what kind of data one index behind a dashboard holds; it is asked for three at most.',
  reveals: 'names and types of the fields of one index',
  traces: 'a request by the dashboard to the cluster behind it',
  cost: 'cheap',
  technique: 'names',
  cap: 1_048_576,
  headers: {},
  ifLost: 'Without `pattern`: an error.',
  keep: { headers: [], json: keepFieldList, text: 0 },
} as const satisfies Question;
