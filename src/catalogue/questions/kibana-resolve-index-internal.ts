// Kibana 9 answers internal routes only to who declares to be internal (wire guide D.6): asked only where the engagement
// names that technique.
import type { Question } from '../../model/question.js';
import { keepResolved } from '../dashboard.js';

export const question = {
  id: 'kibana-resolve-index-internal',
  method: 'GET',
  path: '/internal/index-pattern-management/resolve_index/*',
  askedOf: ['kibana'],
  why: 'Proves that the names of the indices behind a Kibana 9 are shown to a caller without credentials.',
  reveals: 'the names of indices, without counts',
  traces: '',
  cost: 'cheap',
  technique: 'internalApi',
  cap: 4_194_304,
  headers: { 'x-elastic-internal-origin': 'leftopen' },
  ifLost: 'Without its header: Kibana 9 denies the request, older ones answer the same.',
  keep: {
    headers: [],
    json: keepResolved,
    text: 300,
  },
} as const satisfies Question;
