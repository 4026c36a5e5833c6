import type { Question } from '../../model/question.js';
import { keepSearch } from '../dashboard.js';

/**
 * A count on one small index through the relay of a Kibana 4 or 5 (wire guide R.3): by `_count`, which has no document to give
 * whatever is lost on the way, and not by a search with `size=0`.
 */
export const question = {
  id: 'kibana-proxy-search',
  method: 'GET',
  path: '/elasticsearch/{index}/_count',
  askedOf: ['kibana'],
  why: 'Proves whether the records behind a Kibana 4 or 5 may be searched by a caller without credentials.',
  reveals: 'How many records one index holds.',
  traces: 'One count in the statistics of that index; an idle shard is woken.',
  cost: 'cheap',
  technique: 'sizeZeroSearch',
  cap: 65_536,
  headers: {},
  keep: { headers: [], json: keepSearch, text: 0 },
} as const satisfies Question;
