// A space that cannot exist, next to the list of spaces: a rule that lets that list through mostly lets this through as well.
import type { Question } from '../../model/question.js';

export const question = {
  id: 'kibana-unknown-space',
  method: 'GET',
  path: '/api/spaces/space/{nonce}',
  askedOf: ['kibana'],
  why: 'Distinguishes a real dashboard from one that answers every path alike, where something in front answers for paths that cannot exist.',
  reveals: 'nothing',
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 16_384,
  headers: {},
  keep: { headers: [], json: null, text: 300 },
} as const satisfies Question;
