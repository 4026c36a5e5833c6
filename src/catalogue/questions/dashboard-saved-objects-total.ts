// The same proof as the titles, without a title: for engagements that do not allow these.
import type { Question } from '../../model/question.js';
import { keepSavedObjects } from '../dashboard.js';

export const question = {
  id: 'dashboard-saved-objects-total',
  method: 'GET',
  path: '/api/saved_objects/_find?type=index-pattern&per_page=0&fields=title',
  askedOf: ['kibana', 'opensearch-dashboards', 'unknown'],
  why: 'Proves whether a caller without credentials reads what is saved in the dashboard, where titles must not be read.',
  reveals: 'how many index patterns there are',
  traces: 'Kibana counts the request in its usage statistics (an object of its own index)',
  cost: 'cheap',
  technique: null,
  cap: 65_536,
  headers: {},
  ifLost:
    'Without `type`: an error. Without `per_page` and `fields`: 20 index patterns with all attributes, of which only the titles are kept.',
  keep: { headers: [], json: keepSavedObjects, text: 300 },
} as const satisfies Question;
