import t from 'tap';
import { check } from '../../../src/judge/checks/unexpected-endpoint.js';
import { judgesAs } from '../../support/check-table.js';
import { contextFrom, nothingThere, observed, openCluster, undetermined } from '../../support/observations.js';

const absent = contextFrom('internet', { kind: 'absent' });

judgesAs(t, check, [
  {
    name: 'a guarded cluster',
    observations: observed(),
    context: absent,
    verdict: 'fail',
    severity: 'low',
    remedy: /ss -ltnp/,
  },
  { name: 'an open cluster', observations: openCluster(), context: absent, verdict: 'fail' },
  {
    name: 'from the machine itself',
    observations: observed(),
    context: contextFrom('host', { kind: 'absent' }),
    verdict: 'fail',
    severity: 'info',
  },
  {
    name: 'another product',
    observations: observed({
      identity: { product: null, otherProduct: 'Grafana' },
      access: { state: 'other-product' },
    }),
    context: absent,
    verdict: 'fail',
  },
  {
    name: 'something that speaks, whatever it is',
    observations: undetermined({ identity: { product: null } }),
    context: absent,
    verdict: 'fail',
  },
  {
    name: 'a port that is not HTTP',
    observations: nothingThere({ access: { reason: 'transport-port' } }),
    context: absent,
    verdict: 'fail',
    title: /something that is not usable/,
  },
  { name: 'refused, as declared', observations: nothingThere(), context: absent, verdict: 'pass' },
  {
    name: 'refused, as declared with its scheme',
    observations: nothingThere({ transport: { scheme: 'http' } }),
    context: absent,
    verdict: 'pass',
  },
  {
    name: 'not asked, since the vantage was lost',
    observations: undetermined({
      identity: { product: null },
      access: { reason: 'vantage-lost' },
      transport: { scheme: 'http' },
    }),
    context: absent,
    verdict: 'undetermined',
  },
  {
    name: 'silent, as declared',
    observations: nothingThere({ access: { reason: 'connect-timeout' } }),
    context: absent,
    verdict: 'pass',
  },
  { name: 'declared closed', observations: observed(), verdict: 'not-applicable' },
  {
    name: 'a decoy is not a finding',
    observations: openCluster({ access: { state: 'decoy' } }),
    context: absent,
    verdict: 'not-applicable',
  },
  {
    name: 'a failure of our own machine',
    observations: nothingThere({ access: { state: 'undetermined', reason: 'local-failure' } }),
    context: absent,
    verdict: 'undetermined',
  },
  {
    name: 'silent, but the vantage was lost',
    observations: nothingThere({ cut: 'vantage-lost' }),
    context: absent,
    verdict: 'undetermined',
  },
]);
