// Who a session is for. Source: opensearch-project/security-dashboards-plugin server/routes/index.ts (`/api/v1/auth/authinfo`).
import type { Question } from '../../model/question.js';
import { keepGuest } from '../dashboard.js';

export const question = {
  id: 'dashboards-guest',
  method: 'GET',
  path: '/api/v1/auth/authinfo',
  askedOf: ['opensearch-dashboards'],
  why: 'Shows as which user, and with which roles, OpenSearch Dashboards lets a guest in.',
  reveals: 'the name and the roles of that user',
  traces: '',
  cost: 'cheap',
  technique: 'guestSession',
  cap: 65_536,
  headers: {},
  keep: { headers: [], json: keepGuest, text: 300 },
} as const satisfies Question;
