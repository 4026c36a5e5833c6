import t from 'tap';
import { check } from '../../../src/judge/checks/dashboard-setup-open.js';
import { judgesAs } from '../../support/check-table.js';
import { contextFrom, lockedKibana, nothingThere, openKibana, undetermined } from '../../support/observations.js';

const waiting = undetermined({
  identity: { product: 'kibana', version: { number: '8.15.0', certainty: 'exact', source: 'status' } },
  access: { rung: 'banner', reason: 'not-ready' },
  dashboard: { setupOpen: true, setupEvidence: [0, 1] },
});

judgesAs(t, check, [
  {
    name: 'waiting, from the internet',
    observations: waiting,
    verdict: 'fail',
    severity: 'high',
    says: [/Neither was tried/],
    remedy: /kibana-setup --enrollment-token/,
  },
  {
    name: 'waiting, from inside',
    observations: waiting,
    context: contextFrom('internal'),
    verdict: 'fail',
    severity: 'medium',
  },
  {
    name: 'a ceiling accepts no setup',
    observations: waiting,
    context: contextFrom('internal', {
      kind: 'up-to',
      rung: 'control',
      via: null,
      indices: [],
      reason: 'lab',
      approvedBy: 'CISO',
      until: '2030-01-01',
    }),
    verdict: 'fail',
  },
  { name: 'set up', observations: lockedKibana(), verdict: 'pass' },
  { name: 'open', observations: openKibana(), verdict: 'pass' },
  { name: 'nothing there', observations: nothingThere(), verdict: 'not-applicable' },
  {
    name: 'OpenSearch Dashboards has no such mode',
    observations: openKibana({ identity: { product: 'opensearch-dashboards' } }),
    verdict: 'not-applicable',
  },
  {
    name: 'not ready',
    observations: undetermined({ identity: { product: 'kibana' }, access: { reason: 'not-ready' }, dashboard: {} }),
    verdict: 'undetermined',
  },
]);
