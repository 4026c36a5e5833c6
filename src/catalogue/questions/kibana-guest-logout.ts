// Ends the guest session that we began, by the GET with which Kibana's own page does it. Source: elastic/kibana
// x-pack/plugins/security/server/routes/authentication/common.ts (`/api/security/logout`), providers/anonymous.ts.
import type { Question } from '../../model/question.js';

export const question = {
  id: 'kibana-guest-logout',
  method: 'GET',
  path: '/api/security/logout',
  askedOf: ['kibana'],
  why: 'Ends the guest session that this audit began.',
  reveals: 'nothing',
  traces: 'the session that we began is removed; without a session of ours it is never asked',
  cost: 'cheap',
  technique: 'guestSession',
  cap: 65_536,
  headers: {},
  keep: { headers: [], json: null, text: 0 },
} as const satisfies Question;
