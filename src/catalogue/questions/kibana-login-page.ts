// The page of Kibana's own login names the exact version (recorded on 7.12.1 and 8.12.2). It is asked only after a redirect to
// this very path: where the login is off, the page may create the configuration document. With `kbn-xsrf` no session begins
// (elastic/kibana x-pack/plugins/security/server/authentication/can_redirect_request.ts).
import type { Question } from '../../model/question.js';

export const question = {
  id: 'kibana-login-page',
  method: 'GET',
  path: '/login',
  askedOf: ['kibana'],
  why: 'Shows the exact version of a Kibana that asks for a login, so that its end of life and its vulnerabilities are known.',
  reveals: 'the version, and whether a guest login is offered',
  traces: 'a line for the login page in the access log',
  cost: 'cheap',
  technique: null,
  cap: 262_144,
  headers: { 'kbn-xsrf': 'leftopen' },
  ifLost: 'Without its header: the same page. A Kibana whose only login is an anonymous user would begin a session.',
  keep: { headers: [], json: null, text: 1024 },
} as const satisfies Question;
