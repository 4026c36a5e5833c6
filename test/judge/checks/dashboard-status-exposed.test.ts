import t from 'tap';
import { check } from '../../../src/judge/checks/dashboard-status-exposed.js';
import { judgesAs } from '../../support/check-table.js';
import { contextFrom, lockedKibana, openCluster, openKibana, undetermined } from '../../support/observations.js';

judgesAs(t, check, [
  {
    name: 'the full status of a Kibana that asks for a login',
    observations: lockedKibana({ access: { rung: 'banner' }, dashboard: { status: 'full' } }),
    verdict: 'fail',
    severity: 'low',
    remedy: /status\.allowAnonymous: false/,
  },
  {
    name: 'from inside',
    observations: lockedKibana({ access: { rung: 'banner' }, dashboard: { status: 'full' } }),
    context: contextFrom('internal'),
    verdict: 'fail',
    severity: 'info',
  },
  {
    name: 'no login of its own, and a cluster that denies access',
    observations: lockedKibana({
      access: { rung: 'banner' },
      dashboard: {
        status: 'full',
        login: 'none',
        backend: { state: 'refuses', addresses: ['10.0.0.5:9200'], evidence: [1] },
      },
    }),
    verdict: 'fail',
    says: [/no login of its own; its cluster denied/, /`10\.0\.0\.5:9200`/],
    remedy: /server\.host/,
  },
  {
    name: 'the OSS build in front of a locked cluster: no step switches on the login that just denied access',
    observations: lockedKibana({
      identity: { distribution: 'oss', version: { number: '7.10.2', certainty: 'exact', source: 'status' } },
      access: { rung: 'banner', guardedBy: 'cluster', loginSchemes: ['basic'] },
      dashboard: {
        status: 'full',
        login: 'none',
        backend: { state: 'refuses', addresses: ['10.0.0.5:9200'], evidence: [1] },
      },
    }),
    verdict: 'fail',
    says: [/`elasticsearch\.customHeaders`/],
    remedy: /^(?!.*xpack\.security\.enabled: true).*default distribution of the same version.*customHeaders/,
  },
  {
    name: 'OpenSearch Dashboards 1 shows it although it asks for a login',
    observations: lockedKibana({
      identity: {
        product: 'opensearch-dashboards',
        version: { number: '1.3.20', certainty: 'exact', source: 'status' },
      },
      access: { rung: 'banner' },
      dashboard: { status: 'full' },
    }),
    verdict: 'fail',
  },
  {
    name: 'seen, though whether it lets callers in is not known',
    observations: undetermined({
      identity: { product: 'kibana' },
      access: { rung: 'banner' },
      dashboard: { status: 'full' },
    }),
    verdict: 'fail',
    severity: 'low',
    says: [/Whether it lets callers in was not determined/],
  },
  { name: 'redacted', observations: lockedKibana(), verdict: 'pass' },
  { name: 'refused', observations: lockedKibana({ dashboard: { status: 'refused' } }), verdict: 'pass' },
  { name: 'open: part of that finding', observations: openKibana(), verdict: 'not-applicable' },
  { name: 'a cluster', observations: openCluster(), verdict: 'not-applicable' },
  {
    name: 'never asked',
    observations: lockedKibana({ dashboard: { status: 'unknown' }, cut: 'budget-spent' }),
    verdict: 'undetermined',
  },
]);
