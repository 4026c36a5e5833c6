// Readable before any login on Kibana 7 and later; 404 where its security is off (wire guide D.4). Starts no session.
import type { Question } from '../../model/question.js';
import { keepLoginState } from '../dashboard.js';

export const question = {
  id: 'kibana-login-state',
  method: 'GET',
  path: '/internal/security/login_state',
  askedOf: ['kibana', 'unknown'],
  why: 'Shows whether Kibana asks for a login, of which kind, and whether it offers a guest login.',
  reveals: 'the kinds of login offered',
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 65_536,
  headers: {},
  keep: { headers: [], json: keepLoginState, text: 300 },
} as const satisfies Question;
