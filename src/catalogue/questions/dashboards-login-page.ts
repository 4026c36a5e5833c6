// The page of the security plugin's login names the exact version of OpenSearch Dashboards (recorded on 2.8.0) and, from 2.14
// on, whether it has a button for guests. It is asked only after a redirect to this very path: without the plugin the page may
// create the configuration document. Source: opensearch-project/security-dashboards-plugin server/plugin.ts (the login page is
// rendered without a session), public/apps/login/login-page.tsx (`anonymous_auth_enabled`).
import type { Question } from '../../model/question.js';

export const question = {
  id: 'dashboards-login-page',
  method: 'GET',
  path: '/app/login',
  askedOf: ['opensearch-dashboards'],
  why: 'Shows the exact version of an OpenSearch Dashboards that asks for a login, and whether guests have a button there.',
  reveals: 'the version, and whether anonymous access is on',
  traces: 'a line for the login page in the access log',
  cost: 'cheap',
  technique: null,
  cap: 262_144,
  headers: { 'kbn-xsrf': 'leftopen', 'osd-xsrf': 'leftopen' },
  ifLost: 'Without its headers: the same page. No session begins.',
  keep: { headers: [], json: null, text: 1024 },
} as const satisfies Question;
