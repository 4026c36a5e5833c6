// The only proof that a Kibana 4 or 5 is open: neither its status nor its pages are one (wire guide R.3).
import type { Question } from '../../model/question.js';
import { catColumns, keepCatIndices } from '../listing.js';

export const question = {
  id: 'kibana-proxy-cat-indices',
  method: 'GET',
  path: `/elasticsearch/_cat/indices?format=json&bytes=b&h=${catColumns.named.join(',')}`,
  askedOf: ['kibana', 'unknown'],
  why: 'Proves whether the indices behind a Kibana 4 or 5 are listed to a caller without credentials, through its relay.',
  reveals: 'names, sizes, document counts and creation dates of the indices behind',
  traces: 'a request by Kibana to the cluster behind it',
  cost: 'moderate',
  technique: 'names',
  cap: 4_194_304,
  headers: {},
  ifLost: 'Without its parameters: the same list as plain text, which is not kept.',
  keep: { headers: [], json: (body) => keepCatIndices(body, catColumns.named), text: 300 },
} as const satisfies Question;
