// Answered in full, redacted or refused, by line and setting; proves neither open nor closed by itself (wire guide D.3, R.3).
import type { Question } from '../../model/question.js';
import { keepStatus } from '../dashboard.js';

export const question = {
  id: 'dashboard-status',
  method: 'GET',
  path: '/api/status',
  askedOf: ['kibana', 'opensearch-dashboards', 'unknown'],
  why: 'Shows which dashboard this is, its version, since when it runs, and whether it reaches the cluster behind it.',
  reveals:
    "version, the host's name, the state of plugins, at times the address of the cluster behind; or one word only",
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 1_048_576,
  headers: {},
  keep: { headers: ['date'], json: keepStatus, text: 300 },
} as const satisfies Question;
