// The public way to the same names on Kibana 8 and 9: one data view, whose id its list gave.
// Source: elastic/kibana src/plugins/data_views/server/rest_api_routes/public/get_data_view.ts@22e29d8a.
import type { Question } from '../../model/question.js';
import { keepDataView } from '../fields.js';

export const question = {
  id: 'kibana-data-view',
  method: 'GET',
  path: '/api/data_views/data_view/{view}',
  askedOf: ['kibana'],
  why: 'Shows by the names of the fields what kind of data is behind a Kibana of 8.0 or later; it is asked for two of its data views at most.',
  reveals: 'the title of one data view, names and types of its fields',
  traces:
    'a request by Kibana to the cluster behind it; it counts the request in its usage statistics (an object of its own index)',
  cost: 'cheap',
  technique: 'names',
  cap: 2_097_152,
  headers: {},
  keep: { headers: [], json: keepDataView, text: 0 },
} as const satisfies Question;
