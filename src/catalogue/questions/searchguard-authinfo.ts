// Who are we? Search Guard, once its plugin or its realm was seen. Wire guide R.2.
import type { Question } from '../../model/question.js';
import { keepAuthinfo } from '../cluster.js';

export const question: Question = {
  id: 'searchguard-authinfo',
  method: 'GET',
  path: `/_searchguard/authinfo`,
  askedOf: ['elasticsearch'],
  why: 'Asks Search Guard which user it takes the caller without credentials for.',
  reveals: "the anonymous user's name and roles",
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 64 * 1024,
  answers500: true,
  headers: {},
  keep: { headers: [], json: keepAuthinfo, text: 200 },
};
