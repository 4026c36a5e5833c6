// A route that no dashboard has, next to the list of saved objects. Names no object, and none is read.
import type { Question } from '../../model/question.js';

export const question = {
  id: 'dashboard-unknown-object',
  method: 'GET',
  path: '/api/saved_objects/{nonce}',
  askedOf: ['kibana', 'opensearch-dashboards'],
  why: 'Distinguishes a real dashboard from one that answers every path alike, where something in front answers for paths that cannot exist.',
  reveals: 'nothing',
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 16_384,
  headers: {},
  keep: { headers: [], json: null, text: 300 },
} as const satisfies Question;
