// Snapshot and Restore of Kibana with x-pack, 7.4 and later (recorded on 7.12.1 and 8.12.2; 404 on 6.4.2).
// Source: elastic/kibana x-pack/plugins/snapshot_restore/server/routes/api/repositories.ts.
import type { Question } from '../../model/question.js';
import { keepDashboardRepositories } from '../dashboard.js';

export const question = {
  id: 'kibana-snapshot-repositories',
  method: 'GET',
  path: '/api/snapshot_restore/repositories',
  askedOf: ['kibana'],
  why: 'Shows whether deleted data could be restored: whether the cluster behind has a snapshot repository.',
  reveals: 'number and kinds of the snapshot repositories; their names and settings are not kept',
  traces: 'a request by Kibana to the cluster behind it',
  cost: 'cheap',
  technique: null,
  cap: 262_144,
  headers: {},
  keep: { headers: [], json: keepDashboardRepositories, text: 300 },
} as const satisfies Question;
