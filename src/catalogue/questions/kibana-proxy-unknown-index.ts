// Authenticity of what is behind the relay: an index that cannot exist is 404 and its name is echoed (wire guide R.6.1).
import type { Question } from '../../model/question.js';
import { keepIndexDescription } from '../authenticity.js';

export const question = {
  id: 'kibana-proxy-unknown-index',
  method: 'GET',
  path: '/elasticsearch/leftopen-{nonce}',
  askedOf: ['kibana'],
  why: 'Distinguishes a genuine cluster behind a relay from a decoy: the random name cannot exist.',
  reveals: 'nothing',
  traces: 'a 404 for a random name in the logs of the cluster behind',
  cost: 'cheap',
  technique: null,
  cap: 65_536,
  headers: {},
  keep: { headers: [], json: keepIndexDescription, text: 200 },
} as const satisfies Question;
