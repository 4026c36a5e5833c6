// The same list over all indices but those whose names begin with a dot, which are mostly the products' own: for dashboards
// that list no index, or list them without counts (recorded on 7.4.2). Sources: see dashboard-fields.
import type { Question } from '../../model/question.js';
import { keepFieldList } from '../fields.js';

export const question = {
  id: 'dashboard-all-fields',
  method: 'GET',
  path: '/api/index_patterns/_fields_for_wildcard?pattern=*,-.*',
  askedOf: ['kibana', 'opensearch-dashboards'],
  why: 'Shows by the names of the fields what kind of data is behind a dashboard that does not say which indices are the largest.',
  reveals: 'names and types of the fields of all indices together, without the indices that have them',
  traces: 'a request by the dashboard to the cluster behind it, over all indices',
  cost: 'moderate',
  technique: 'names',
  cap: 4_194_304,
  headers: {},
  ifLost: 'Without `pattern`: an error.',
  keep: { headers: [], json: keepFieldList, text: 0 },
} as const satisfies Question;
