// Before any login. Wire guide B.3, R.2.
import type { Question } from '../../model/question.js';
import { keepSecurityHealth } from '../cluster.js';

export const question: Question = {
  id: 'plugins-security-health',
  method: 'GET',
  path: `/_plugins/_security/health`,
  askedOf: ['opensearch'],
  why: 'Names the product behind a refusal that does not name it: this page responds before any login.',
  reveals: 'that OpenSearch Security is installed, and whether it is up',
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 64 * 1024,
  headers: {},
  keep: { headers: [], json: keepSecurityHealth, text: 200 },
};
