import type { Question } from '../../model/question.js';
import { dashboardHeaders, indexManagementRows, keepIndices } from '../dashboard.js';

/** Kibana 6 to 8 with the default distribution (wire guide D.5). */
export const question = {
  id: 'kibana-index-management',
  method: 'GET',
  path: '/api/index_management/indices',
  askedOf: ['kibana'],
  why: 'Proves what of the indices behind a Kibana is shown to a caller without credentials: names, counts, sizes.',
  reveals: 'Names, document counts and sizes of indices.',
  traces: '',
  cost: 'moderate',
  technique: 'names',
  cap: 4_194_304,
  headers: {},
  keep: {
    headers: dashboardHeaders,
    json: (body) => {
      const rows = indexManagementRows(body);
      return rows && keepIndices(rows);
    },
    text: 300,
  },
} as const satisfies Question;
