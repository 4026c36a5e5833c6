import type { Question } from '../../model/question.js';
import { keepRepositories } from '../snapshots.js';

/** Is there a way back? Addresses, buckets and keys of the repositories never cross the wire. Wire guide C. */
export const question: Question = {
  id: 'snapshot-repositories',
  method: 'GET',
  path: `/_snapshot?filter_path=*.type,*.settings.readonly`,
  askedOf: ['elasticsearch', 'opensearch'],
  why: 'Shows whether the cluster has a place for snapshots, and whether whoever may delete the data may delete the snapshots as well.',
  reveals: 'names and kinds of the snapshot repositories, and whether they are registered read-only',
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'cheap',
  technique: null,
  cap: 256 * 1024,
  headers: {},
  keep: { headers: [], json: keepRepositories, text: 200 },
};
