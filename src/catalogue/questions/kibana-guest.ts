// Who a session is for. Source: elastic/kibana x-pack/plugins/security/server/routes/authentication/common.ts.
import type { Question } from '../../model/question.js';
import { keepGuest } from '../dashboard.js';

export const question = {
  id: 'kibana-guest',
  method: 'GET',
  path: '/internal/security/me',
  askedOf: ['kibana'],
  why: 'Shows as which user, and with which roles, Kibana lets a guest in.',
  reveals: 'the name and the roles of that user',
  traces: '',
  cost: 'cheap',
  technique: 'guestSession',
  cap: 65_536,
  headers: {},
  keep: { headers: [], json: keepGuest, text: 300 },
} as const satisfies Question;
