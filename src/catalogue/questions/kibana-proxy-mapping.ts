// What is behind a Kibana 4 or 5, by the names of the fields, through its relay (wire guide R.3).
import type { Question } from '../../model/question.js';
import { keepMapping } from '../fields.js';

export const question = {
  id: 'kibana-proxy-mapping',
  method: 'GET',
  path: '/elasticsearch/{index}/_mapping?ignore_unavailable=true&filter_path=*.mappings.*.properties.**.type',
  askedOf: ['kibana'],
  why: 'Shows by the names of the fields what kind of data the largest indices and those with telling names behind a Kibana 4 or 5 hold; no document is asked for.',
  reveals: 'names and types of the fields of up to 20 indices',
  traces: 'a request by Kibana to the cluster behind it',
  cost: 'moderate',
  technique: 'names',
  cap: 4_194_304,
  headers: {},
  ifLost:
    'Without `filter_path`: the full mappings of the same indices, of which only names and types of fields are kept.',
  keep: { headers: [], json: keepMapping, text: 0 },
} as const satisfies Question;
