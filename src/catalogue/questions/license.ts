import type { Question } from '../../model/question.js';
import { keepLicense } from '../license.js';

/** How old is the cluster? Elasticsearch 7 and later. Wire guide C, G. */
export const question: Question = {
  id: 'license',
  method: 'GET',
  path: `/_license?filter_path=license.type,license.issuer,license.issue_date_in_millis`,
  askedOf: ['elasticsearch'],
  why: 'Shows since when the cluster has existed at least: a cluster issues itself a licence when it is born.',
  reveals: 'type and issue date of the licence',
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 64 * 1024,
  headers: {},
  keep: { headers: [], json: keepLicense, text: 200 },
};
