// The cheapest proof that a caller is inside a Kibana of 6.5 or later (wire guide D.5).
import type { Question } from '../../model/question.js';
import { keepSpaces } from '../dashboard.js';

export const question = {
  id: 'kibana-spaces',
  method: 'GET',
  path: '/api/spaces/space',
  askedOf: ['kibana', 'unknown'],
  why: 'Proves whether a caller without credentials gets into the API of Kibana.',
  reveals: 'the names of the spaces',
  traces: '',
  cost: 'cheap',
  technique: 'savedObjectTitles',
  cap: 524_288,
  headers: {},
  keep: { headers: [], json: keepSpaces, text: 300 },
} as const satisfies Question;
