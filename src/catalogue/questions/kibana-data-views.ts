// The public way to the same titles on Kibana 8 and 9 (wire guide D.5).
import type { Question } from '../../model/question.js';
import { keepDataViews } from '../dashboard.js';

export const question = {
  id: 'kibana-data-views',
  method: 'GET',
  path: '/api/data_views',
  askedOf: ['kibana'],
  why: 'Shows which indices a Kibana of 8.0 or later is used for, where saved objects are not available.',
  reveals: 'the titles of the data views',
  traces: 'Kibana counts the request in its usage statistics (an object of its own index)',
  cost: 'cheap',
  technique: 'savedObjectTitles',
  cap: 524_288,
  headers: {},
  keep: { headers: [], json: keepDataViews, text: 300 },
} as const satisfies Question;
