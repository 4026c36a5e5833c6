import type { Question } from '../../model/question.js';
import { keepLicense } from '../license.js';

/** How old is the cluster? Elasticsearch 5 and 6 that have x-pack. Wire guide C, G. */
export const question: Question = {
  id: 'xpack-license',
  method: 'GET',
  path: `/_xpack/license?filter_path=license.type,license.issuer,license.issue_date_in_millis`,
  askedOf: ['elasticsearch'],
  why: 'Shows on Elasticsearch 5 and 6 since when the cluster has existed at least: a cluster issues itself a licence when it is born.',
  reveals: 'type and issue date of the licence',
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 64 * 1024,
  headers: {},
  keep: { headers: [], json: keepLicense, text: 200 },
};
