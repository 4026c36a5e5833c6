// Begins the guest session that a Kibana offers (7.11 and later) where no page comes first on which a caller chooses: the
// provider that the hint names is tried first. Source: elastic/kibana x-pack/plugins/security/server/authentication/
// authenticator.ts (`auth_provider_hint`), providers/anonymous.ts.
import type { Question } from '../../model/question.js';

export const question = {
  id: 'kibana-guest-session',
  method: 'GET',
  path: '/?auth_provider_hint={provider}',
  askedOf: ['kibana'],
  why: 'Begins the guest session that Kibana offers to every caller, to see what a guest reaches.',
  reveals: 'nothing by itself',
  traces: 'a session in Kibana (a document of its cluster), ended by a GET to its logout when the guest was asked',
  cost: 'cheap',
  technique: 'guestSession',
  cap: 65_536,
  headers: {},
  session: 'begins',
  ifLost:
    'Without its parameter: the start page; a Kibana whose first login is an anonymous user begins the session anyway.',
  keep: { headers: [], json: null, text: 0 },
} as const satisfies Question;
