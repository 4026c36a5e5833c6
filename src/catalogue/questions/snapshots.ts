import type { Question } from '../../model/question.js';
import { keepSnapshots } from '../snapshots.js';

/**
 * When the last snapshot was taken. The server reads one small file per snapshot: quick on a disk, slow and billed by the
 * request on cloud storage, so it is put to one repository of the kind `fs` and to no other. Wire guide C, S.
 */
export const question: Question = {
  id: 'snapshots',
  method: 'GET',
  path: `/_cat/snapshots/{repository}?format=json&h=status,end_epoch&s=end_epoch:desc`,
  askedOf: ['elasticsearch', 'opensearch'],
  why: 'Shows when the last snapshot succeeded. Put to one named repository on disk only; the server reads one small file per snapshot.',
  reveals: 'how many snapshots there are, how they ended and when; not their names',
  traces:
    'reads in the snapshot repository; where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'dear',
  technique: null,
  cap: 256 * 1024,
  answers500: true,
  headers: {},
  keep: { headers: [], json: keepSnapshots, text: 200 },
};
