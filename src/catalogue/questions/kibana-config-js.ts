// Kibana 3 is a static page whose settings name the cluster that the browser speaks to (wire guide D.1).
import type { Question } from '../../model/question.js';

export const question = {
  id: 'kibana-config-js',
  method: 'GET',
  path: '/config.js',
  askedOf: ['kibana'],
  why: 'Shows which cluster a Kibana 3 makes the browser speak to.',
  reveals: 'the address of that cluster as the browser reaches it',
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 65_536,
  headers: {},
  keep: { headers: [], json: null, text: 4096 },
} as const satisfies Question;
