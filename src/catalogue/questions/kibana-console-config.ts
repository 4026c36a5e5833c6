// Kibana 7.10 and later (recorded on 7.10.2, 7.12.1 and 8.12.2; 404 on 6.4.2 and 7.4.2).
// Source: elastic/kibana src/plugins/console/server/routes/api/console/es_config/index.ts.
import type { Question } from '../../model/question.js';
import { keepConsoleConfig } from '../dashboard.js';

export const question = {
  id: 'kibana-console-config',
  method: 'GET',
  path: '/api/console/es_config',
  askedOf: ['kibana'],
  why: 'Shows which cluster the dashboard leads to, so that a locked cluster behind an open dashboard is found.',
  reveals: 'the address of the cluster as the dashboard reaches it',
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 65_536,
  headers: {},
  keep: { headers: [], json: keepConsoleConfig, text: 300 },
} as const satisfies Question;
