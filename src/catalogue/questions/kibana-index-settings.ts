// Index management of Kibana with x-pack, 6.x to 8.x (recorded on 6.4.2 and 8.12.2).
// Source: elastic/kibana x-pack/plugins/index_management/server/routes/api/settings/register_load_route.ts.
import type { Question } from '../../model/question.js';
import { keepIndexSettings } from '../dashboard.js';

export const question = {
  id: 'kibana-index-settings',
  method: 'GET',
  path: '/api/index_management/settings/{index}',
  askedOf: ['kibana'],
  why: 'Shows how old the data behind Kibana is: when its largest index was created.',
  reveals: 'the creation date of one index; other settings are not kept',
  traces: 'a request by Kibana to the cluster behind it',
  cost: 'cheap',
  technique: 'names',
  cap: 262_144,
  headers: {},
  keep: { headers: [], json: keepIndexSettings, text: 0 },
} as const satisfies Question;
