// A count, never a document, on one small index through the relay of a Kibana 4 or 5 (wire guide R.3).
import type { Question } from '../../model/question.js';
import { keepCount } from '../cluster.js';

export const question: Question = {
  id: 'kibana-proxy-count',
  method: 'GET',
  path: '/elasticsearch/{index}/_count',
  askedOf: ['kibana'],
  why: 'Proves whether the documents behind a Kibana 4 or 5 may be searched by a caller without credentials.',
  reveals: 'the number of documents in one index',
  traces: 'one search in the statistics of that index; an idle shard is woken',
  cost: 'cheap',
  technique: 'documentCounts',
  cap: 65_536,
  headers: {},
  keep: { headers: [], json: keepCount, text: 0 },
};
