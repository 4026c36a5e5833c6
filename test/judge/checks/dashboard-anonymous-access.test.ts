import t from 'tap';
import { check } from '../../../src/judge/checks/dashboard-anonymous-access.js';
import { judgesAs } from '../../support/check-table.js';
import { lockedKibana, openCluster, openKibana, undetermined } from '../../support/observations.js';

judgesAs(t, check, [
  {
    name: 'a guest login on the login page, not used',
    observations: openKibana({
      access: { rung: 'banner', reason: 'guest-login-offered' },
      reaches: { metadata: 'unknown', documents: 'unknown' },
      dashboard: { login: 'guest-offered', spaces: [], savedObjects: [], savedObjectsTotal: null, cluster: null },
    }),
    verdict: 'fail',
    severity: 'medium',
    title: /^A Kibana instance offers a stranger on the internet a guest login$/,
    says: [/We did not use it/],
    remedy: /xpack\.security\.authc\.providers:/,
  },
  {
    name: 'OpenSearch Dashboards with anonymous access',
    observations: openKibana({
      identity: {
        product: 'opensearch-dashboards',
        version: { number: '2.19.1', certainty: 'exact', source: 'status' },
      },
      caller: { login: 'anonymous', user: 'opendistro_security_anonymous' },
    }),
    verdict: 'fail',
    severity: 'critical',
    remedy: /opensearch_security\.auth\.anonymous_auth_enabled: false.*anonymous_auth_enabled: false/,
  },
  { name: 'it asks for a login', observations: lockedKibana(), verdict: 'pass' },
  { name: 'no login at all is another check', observations: openKibana(), verdict: 'not-applicable' },
  { name: 'a cluster', observations: openCluster(), verdict: 'not-applicable' },
  {
    name: 'setup is another check',
    observations: undetermined({ identity: { product: 'kibana' }, dashboard: { setupOpen: true } }),
    verdict: 'not-applicable',
  },
  {
    name: 'it could not be judged',
    observations: undetermined({ identity: { product: 'kibana' }, dashboard: {} }),
    verdict: 'undetermined',
  },
]);
