import t from 'tap';
import { check } from '../../../src/judge/checks/transport-port-reachable.js';
import type { AccessReason } from '../../../src/model/observation.js';
import { judgesAs } from '../../support/check-table.js';
import { contextFrom, nothingThere, observed, openCluster } from '../../support/observations.js';

const ended = (reason: AccessReason, port = 9300) =>
  nothingThere({ endpoint: { port }, access: { reason, evidence: [0] } });

judgesAs(t, check, [
  {
    name: 'plain transport',
    observations: ended('transport-port'),
    verdict: 'fail',
    severity: 'high',
    says: [/None of that was tried/],
    remedy: /transport\.host/,
  },
  {
    name: 'on another port, from inside',
    observations: ended('transport-port', 9301),
    context: contextFrom('internal'),
    verdict: 'fail',
    severity: 'medium',
    remedy: /port 9301/,
  },
  { name: 'refused', observations: ended('refused'), verdict: 'pass' },
  { name: 'silent', observations: ended('connect-timeout'), verdict: 'pass' },
  { name: 'perhaps TLS', observations: ended('closed-without-answer'), verdict: 'undetermined' },
  {
    name: 'TLS that wants a client certificate',
    observations: observed({ endpoint: { port: 9300 }, access: { guardedBy: 'client-certificate' } }),
    verdict: 'undetermined',
  },
  {
    name: 'not asked',
    observations: nothingThere({
      endpoint: { port: 9300 },
      access: { state: 'undetermined', reason: 'window-closed' },
    }),
    verdict: 'undetermined',
  },
  { name: 'HTTP on that port', observations: openCluster({ endpoint: { port: 9300 } }), verdict: 'not-applicable' },
  { name: 'another port', observations: ended('closed-without-answer', 9200), verdict: 'not-applicable' },
]);
