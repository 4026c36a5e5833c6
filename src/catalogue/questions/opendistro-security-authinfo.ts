// Who are we? Open Distro, once its plugin or its realm was seen. Wire guide B.2, C.
import type { Question } from '../../model/question.js';
import { keepAuthinfo } from '../cluster.js';

export const question: Question = {
  id: 'opendistro-security-authinfo',
  method: 'GET',
  path: `/_opendistro/_security/authinfo`,
  askedOf: ['elasticsearch'],
  why: 'Asks Open Distro for Elasticsearch which user it takes the caller without credentials for.',
  reveals: "the anonymous user's name and roles",
  traces:
    'where refusals are audited (OpenSearch Security, audit.type internal_opensearch), one line in security-auditlog-*',
  cost: 'cheap',
  technique: null,
  cap: 64 * 1024,
  answers500: true,
  headers: {},
  keep: { headers: [], json: keepAuthinfo, text: 200 },
};
