// Index management of Kibana with x-pack, 6.x to 8.x (recorded on 6.4.2 with the key `mapping`, on 8.12.2 with `mappings`).
// Source: elastic/kibana x-pack/plugins/index_management/server/routes/api/mapping/register_mapping_route.ts.
import type { Question } from '../../model/question.js';
import { keepIndexMapping } from '../fields.js';

export const question = {
  id: 'kibana-index-mapping',
  method: 'GET',
  path: '/api/index_management/mapping/{index}',
  askedOf: ['kibana'],
  why: 'Shows by the names of the fields what kind of data one index behind Kibana holds; it is asked for three at most.',
  reveals: 'names and types of the fields of one index',
  traces: 'a request by Kibana to the cluster behind it',
  cost: 'cheap',
  technique: 'names',
  cap: 2_097_152,
  headers: {},
  keep: { headers: [], json: keepIndexMapping, text: 0 },
} as const satisfies Question;
