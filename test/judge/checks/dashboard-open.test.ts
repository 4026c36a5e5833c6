import t from 'tap';
import { check } from '../../../src/judge/checks/dashboard-open.js';
import { judgesAs } from '../../support/check-table.js';
import {
  contextFrom,
  lockedKibana,
  nothingThere,
  openCluster,
  openKibana,
  undetermined,
} from '../../support/observations.js';

const version = (number: string) => ({ number, certainty: 'exact', source: 'status' }) as const;

judgesAs(t, check, [
  {
    name: 'a Kibana without a login',
    observations: openKibana(),
    verdict: 'fail',
    severity: 'critical',
    says: [
      /Kibana 7\.17\.9/,
      /1 space/,
      /`orders-\*`/,
      /its cluster is at `es\.acme\.example:9200`/,
      /Inferred: documents can be searched/,
    ],
    remedy: /xpack\.security\.enabled: true.*kibana_system/,
  },
  {
    name: 'more spaces than are named',
    observations: openKibana({
      dashboard: {
        spaces: Array.from({ length: 50 }, (_, i) => `space-${i}`),
        spacesTotal: { number: 5000, atLeast: true },
      },
    }),
    verdict: 'fail',
    severity: 'critical',
    says: [/at least 5,000 spaces/],
  },
  {
    name: 'from inside',
    observations: openKibana(),
    context: contextFrom('internal'),
    verdict: 'fail',
    severity: 'high',
  },
  {
    name: 'its API responds, and its contents are not known',
    observations: openKibana({
      access: { rung: 'metadata' },
      reaches: { documents: 'unknown' },
      dashboard: { cluster: null },
    }),
    verdict: 'fail',
    severity: 'high',
  },
  {
    name: 'Kibana 4: the remedy is a proxy',
    observations: openKibana({
      identity: { version: version('4.6.1') },
      dashboard: { proof: '/elasticsearch/_cat/indices?format=json' },
    }),
    verdict: 'fail',
    remedy: /no login without a paid licence.*elasticsearch\/_cat\/indices/,
  },
  {
    name: 'the OSS build of Kibana: no setting of x-pack, which it would not start with',
    observations: openKibana({
      identity: { version: version('7.10.2'), distribution: 'oss' },
      dashboard: { proof: '/api/saved_objects/_find?type=index-pattern&per_page=50&fields=title' },
    }),
    verdict: 'fail',
    remedy: /default distribution of the same version.*saved_objects.*404 proves nothing/,
  },
  {
    name: 'a base path is in the URL of the proof once',
    observations: openKibana({ dashboard: { basePath: '/kb', proof: '/kb/api/spaces/space' } }),
    verdict: 'fail',
    remedy: /5601\/api\/spaces\/space'/,
  },
  {
    name: 'no way back, and data sources',
    observations: openKibana({ dashboard: { repositories: { total: 0, evidence: [1] } } }),
    verdict: 'fail',
    says: [/no snapshot repository/],
  },
  {
    name: 'Kibana 9',
    observations: openKibana({ identity: { version: version('9.1.0') } }),
    verdict: 'fail',
    remedy: /serviceAccountToken/,
  },
  {
    name: 'OpenSearch Dashboards',
    observations: openKibana({ identity: { product: 'opensearch-dashboards', version: version('2.19.1') } }),
    verdict: 'fail',
    title: /can enter an OpenSearch Dashboards instance without a login/,
    remedy: /securityDashboards/,
  },
  {
    name: 'it has a login, which something in front bypasses for every caller',
    observations: openKibana({ dashboard: { login: 'asked' }, caller: { login: 'required', evidence: [1] } }),
    verdict: 'fail',
    remedy: /^(?!.*kibana_system).*proxy_set_header Authorization/,
  },
  { name: 'it asks for a login', observations: lockedKibana(), verdict: 'pass' },
  {
    name: 'no login of its own, but its cluster denies access',
    observations: lockedKibana({
      access: { rung: 'banner' },
      dashboard: { login: 'none', backend: { state: 'refuses', addresses: [], evidence: [] } },
    }),
    verdict: 'pass',
  },
  {
    name: 'a guest login is another check',
    observations: openKibana({ dashboard: { login: 'guest-offered' } }),
    verdict: 'not-applicable',
  },
  {
    name: 'setup is another check, whatever the state',
    observations: openKibana({ access: { rung: 'banner', reason: 'not-ready' }, dashboard: { setupOpen: true } }),
    verdict: 'not-applicable',
  },
  {
    name: 'setup that could not be judged further',
    observations: undetermined({ identity: { product: 'kibana' }, dashboard: { setupOpen: true } }),
    verdict: 'not-applicable',
  },
  { name: 'a cluster', observations: openCluster(), verdict: 'not-applicable' },
  { name: 'nothing there', observations: nothingThere(), verdict: 'not-applicable' },
  {
    name: 'not ready yet',
    observations: undetermined({ identity: { product: 'kibana' }, access: { reason: 'not-ready' }, dashboard: {} }),
    verdict: 'undetermined',
  },
]);
