// The same proof without names, for engagements that do not allow these.
import type { Question } from '../../model/question.js';
import { catColumns, keepCatIndices } from '../listing.js';

export const question = {
  id: 'kibana-proxy-cat-index-counts',
  method: 'GET',
  path: '/elasticsearch/_cat/indices?format=json&bytes=b&h=health,status,docs.count,store.size,creation.date',
  askedOf: ['kibana', 'unknown'],
  why: 'Proves whether the indices behind a Kibana 4 or 5 are counted to a caller without credentials, where names must not be read.',
  reveals: 'sizes, document counts and creation dates of the indices behind, without names',
  traces: 'a request by Kibana to the cluster behind it',
  cost: 'moderate',
  technique: null,
  cap: 4_194_304,
  headers: {},
  ifLost: 'Without its parameters: the list with the names of indices as plain text, which is not kept.',
  keep: { headers: [], json: (body) => keepCatIndices(body, catColumns.unnamed), text: 300 },
} as const satisfies Question;
