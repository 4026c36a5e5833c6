// Kibana 6 to 8 with the default distribution (wire guide D.5).
import type { Question } from '../../model/question.js';
import { keepIndexManagement } from '../dashboard.js';

export const question = {
  id: 'kibana-index-management',
  method: 'GET',
  path: '/api/index_management/indices',
  askedOf: ['kibana'],
  why: 'Proves what of the indices behind a Kibana is shown to a caller without credentials: names, counts, sizes.',
  reveals: 'names, document counts and sizes of indices',
  traces: '',
  cost: 'moderate',
  technique: 'names',
  cap: 4_194_304,
  headers: {},
  keep: {
    headers: [],
    json: keepIndexManagement,
    text: 300,
  },
} as const satisfies Question;
