// Kibana 4 and 5 pass every GET on to the cluster behind (wire guide D.5, R.3).
import type { Question } from '../../model/question.js';
import { keepBanner } from '../banner.js';

export const question = {
  id: 'kibana-proxy-banner',
  method: 'GET',
  path: '/elasticsearch/',
  askedOf: ['kibana'],
  why: 'Shows which cluster is reached through the relay of a Kibana 4 or 5.',
  reveals: 'version, cluster and node name of the cluster behind',
  traces: 'a request by Kibana to the cluster behind it',
  cost: 'cheap',
  technique: null,
  cap: 65_536,
  headers: {},
  keep: { headers: [], json: keepBanner, text: 200 },
} as const satisfies Question;
