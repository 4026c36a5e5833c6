// A parameter that no dashboard has, on the list of saved objects: refused by name, also where pages replace what is not found.
import type { Question } from '../../model/question.js';

export const question = {
  id: 'dashboard-unknown-parameter',
  method: 'GET',
  path: '/api/saved_objects/_find?type=index-pattern&per_page=0&leftopen_{nonce}=1',
  askedOf: ['kibana', 'opensearch-dashboards'],
  why: 'Distinguishes a real dashboard from one that answers every path alike, where pages of something in front replace what is not found.',
  reveals:
    'nothing: a real dashboard names the parameter that it does not know. One that ignores it says how many index patterns there are',
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 65_536,
  headers: {},
  ifLost:
    'Without `type`: an error. Without `per_page`: 20 index patterns with all attributes, of which nothing is kept.',
  keep: { headers: [], json: null, text: 300 },
} as const satisfies Question;
