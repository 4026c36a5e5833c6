// Asked by the page of Kibana's interactive setup itself, to know whether it has to wait for its first user: every Kibana
// from 8 on shows that page while it starts. Source: elastic/kibana src/plugins/interactive_setup/public/app.tsx@61db1de1,
// server/routes/status.ts@9de01400.
import type { Question } from '../../model/question.js';
import { keepSetup } from '../dashboard.js';

export const question = {
  id: 'kibana-setup-status',
  method: 'GET',
  path: '/internal/interactive_setup/status',
  askedOf: ['kibana'],
  why: 'Distinguishes a Kibana that waits to be set up from one that is only starting: both show the same page.',
  reveals: 'whether the setup waits, and whether the cluster is set',
  traces: '',
  cost: 'cheap',
  technique: null,
  cap: 65_536,
  headers: {},
  keep: { headers: [], json: keepSetup, text: 300 },
} as const satisfies Question;
