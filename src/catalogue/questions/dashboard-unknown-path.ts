// A path that cannot exist: a server that answers it with success answers everything (wire guide E.2, E.3).
import type { Question } from '../../model/question.js';

export const question = {
  id: 'dashboard-unknown-path',
  method: 'GET',
  path: '/api/{nonce}',
  askedOf: ['kibana', 'opensearch-dashboards'],
  why: 'Distinguishes a real dashboard from one that answers every path alike.',
  reveals: 'nothing',
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 16_384,
  headers: {},
  keep: { headers: [], json: null, text: 300 },
} as const satisfies Question;
