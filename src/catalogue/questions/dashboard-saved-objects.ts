// Proof of a read on Kibana 5.6 to 8 and on OpenSearch Dashboards (wire guide D.5); Kibana 9 may deny access to it.
import type { Question } from '../../model/question.js';
import { keepSavedObjects } from '../dashboard.js';

export const question = {
  id: 'dashboard-saved-objects',
  method: 'GET',
  path: '/api/saved_objects/_find?type=index-pattern&per_page=50&fields=title',
  askedOf: ['kibana', 'opensearch-dashboards', 'unknown'],
  why: 'Proves whether a caller without credentials reads what is saved in the dashboard, and shows which indices it is used for.',
  reveals: 'the titles of at most 50 index patterns, and how many there are',
  traces: 'Kibana counts the request in its usage statistics (an object of its own index)',
  cost: 'cheap',
  technique: 'savedObjectTitles',
  cap: 524_288,
  headers: {},
  ifLost:
    'Without `type`: an error. Without `per_page`: 20 titles. Without `fields`: all attributes of the index patterns, of which only titles are kept.',
  keep: { headers: [], json: keepSavedObjects, text: 300 },
} as const satisfies Question;
