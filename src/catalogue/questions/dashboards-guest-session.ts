// Begins the guest session of OpenSearch Dashboards. The session is the cookie itself, which nothing but this visit ever
// holds; the logout is a POST, so it is forgotten and expires by itself. Source: opensearch-project/security-dashboards-plugin
// server/auth/types/basic/routes.ts (`ANONYMOUS_AUTH_LOGIN`, `API_AUTH_LOGOUT`).
import type { Question } from '../../model/question.js';

export const question = {
  id: 'dashboards-guest-session',
  method: 'GET',
  path: '/auth/anonymous',
  askedOf: ['opensearch-dashboards'],
  why: 'Begins the guest session that OpenSearch Dashboards offers to every caller, to see what a guest reaches.',
  reveals: 'nothing by itself',
  traces:
    'a login of the anonymous user in the audit log; the session is a cookie that we forget, and expires by itself',
  cost: 'cheap',
  technique: 'guestSession',
  cap: 65_536,
  headers: {},
  session: 'begins',
  keep: { headers: [], json: null, text: 0 },
} as const satisfies Question;
