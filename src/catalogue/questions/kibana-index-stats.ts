// Index management of Kibana with x-pack, 6.x to 8.x. It is asked only where the listing named indices without counts.
// Source: elastic/kibana x-pack/plugins/index_management/server/routes/api/stats/register_stats_route.ts.
import type { Question } from '../../model/question.js';
import { keepIndexStats } from '../dashboard.js';

export const question = {
  id: 'kibana-index-stats',
  method: 'GET',
  path: '/api/index_management/stats/{index}',
  askedOf: ['kibana'],
  why: 'Shows how many documents an index behind Kibana holds where the list of indices does not say it.',
  reveals: 'number of documents and size of one index',
  traces: 'a request by Kibana to the cluster behind it',
  cost: 'cheap',
  technique: 'names',
  cap: 262_144,
  headers: {},
  keep: { headers: [], json: keepIndexStats, text: 0 },
} as const satisfies Question;
