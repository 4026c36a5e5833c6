// Is security there and on? Elasticsearch 5 and 6. Wire guide B.4, R.1.11.
import type { Question } from '../../model/question.js';
import { keepXpack } from '../cluster.js';

export const question: Question = {
  id: 'xpack-info',
  method: 'GET',
  path: `/_xpack?categories=features,license&human=false`,
  askedOf: ['elasticsearch'],
  why: "Shows on Elasticsearch 5 and 6 whether the server knows a login, without a path that could be read as a document's.",
  reveals: 'licence type, which features are on',
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 64 * 1024,
  headers: {},
  keep: { headers: [], json: keepXpack, text: 200 },
};
