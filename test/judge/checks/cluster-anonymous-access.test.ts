import t from 'tap';
import { check } from '../../../src/judge/checks/cluster-anonymous-access.js';
import { judgesAs } from '../../support/check-table.js';
import {
  contextFrom,
  index,
  listing,
  lockedKibana,
  nothingThere,
  observed,
  openCluster,
  undetermined,
} from '../../support/observations.js';

const visitor = { login: 'anonymous', user: 'visitor', roles: ['visitor_read'] } as const;

judgesAs(t, check, [
  {
    name: 'a role that reads one index pattern',
    observations: openCluster({
      access: { rung: 'documents', proof: 'proved' },
      reaches: { control: 'no' },
      caller: visitor,
      cluster: {
        indices: listing(index('orders', 18)),
        searchPermittedOn: { index: 'orders', documents: 18, evidence: [2] },
      },
    }),
    verdict: 'fail',
    severity: 'critical',
    says: [/Filters by document or field may hide/],
    remedy: /xpack\.security\.authc:.*anonymous:/,
  },
  {
    name: 'a role that is shown more than it may read',
    observations: openCluster({
      access: { rung: 'documents', proof: 'proved' },
      reaches: { control: 'no' },
      caller: visitor,
      cluster: {
        totals: { indices: 4, documents: 309, bytes: 12_000 },
        indices: listing(index('orders', null), index('payroll', null)),
        searchPermittedOn: { index: 'orders', documents: 40, evidence: [2] },
      },
      refused: { paths: ['/payroll/_count', '/a%20b/_count'], evidence: [3] },
    }),
    verdict: 'fail',
    severity: 'critical',
  },
  {
    name: 'names only, from inside',
    observations: openCluster({
      access: { rung: 'metadata', proof: 'proved' },
      reaches: { documents: 'no', control: 'no' },
      caller: visitor,
      cluster: { searchPermittedOn: null },
    }),
    context: contextFrom('internal'),
    verdict: 'fail',
    severity: 'low',
  },
  {
    name: 'OpenSearch: banner and health, reach of the role unknown',
    observations: observed({
      identity: {
        product: 'opensearch',
        distribution: 'opensearch',
        version: { number: '2.19.4', certainty: 'exact', source: 'banner' },
      },
      access: { rung: 'banner' },
      reaches: { banner: 'yes', documents: 'unknown', metadata: 'unknown' },
      caller: { login: 'anonymous', user: 'opendistro_security_anonymous', roles: ['own_index', 'visitor_read'] },
    }),
    verdict: 'fail',
    severity: 'medium',
    remedy: /anonymous_auth_enabled: false/,
  },
  {
    name: 'OpenSearch: health was shown, how far the role reaches was not',
    observations: observed({
      identity: {
        product: 'opensearch',
        distribution: 'opensearch',
        version: { number: '2.19.4', certainty: 'exact', source: 'banner' },
      },
      access: { state: 'undetermined', rung: 'banner', reason: 'anonymous-reach-unknown' },
      reaches: { banner: 'yes', documents: 'unknown', metadata: 'no' },
      caller: { login: 'anonymous', user: 'opendistro_security_anonymous', roles: ['visitor_read'] },
    }),
    verdict: 'fail',
    severity: 'medium',
  },
  {
    name: 'nothing was shown, and how far the role reaches was not either',
    observations: observed({
      access: { state: 'undetermined', rung: 'silent', reason: 'anonymous-reach-unknown' },
      caller: { login: 'anonymous', user: 'visitor', roles: ['visitor_read'] },
    }),
    verdict: 'undetermined',
  },
  {
    name: 'the server says that a pattern may be searched',
    observations: openCluster({
      access: { rung: 'documents', proof: 'inferred' },
      reaches: { control: 'no', documents: 'yes' },
      caller: visitor,
      cluster: { indices: null, searchPermittedOn: null },
    }),
    verdict: 'fail',
  },
  {
    name: 'Shield of Elasticsearch 2',
    observations: openCluster({
      identity: { version: { number: '2.4.6', certainty: 'exact', source: 'banner' } },
      access: { rung: 'metadata' },
      reaches: { documents: 'no' },
      caller: visitor,
    }),
    verdict: 'fail',
    remedy: /shield\.authc:/,
  },
  {
    name: 'more roles than are named',
    observations: openCluster({
      access: { rung: 'documents' },
      caller: { ...visitor, roles: Array.from({ length: 30 }, (_, i) => `role${i}`) },
    }),
    verdict: 'fail',
    says: [/`role4` and 25 more/],
  },
  { name: 'it asks for a login', observations: observed(), verdict: 'pass' },
  {
    name: 'an anonymous user that reaches nothing',
    observations: observed({ caller: { login: 'anonymous', user: 'visitor' } }),
    verdict: 'pass',
  },
  { name: 'no login at all is another check', observations: openCluster(), verdict: 'not-applicable' },
  { name: 'a dashboard', observations: lockedKibana(), verdict: 'not-applicable' },
  {
    name: 'nothing there',
    observations: nothingThere({ identity: { product: 'elasticsearch' } }),
    verdict: 'not-applicable',
  },
  { name: 'it could not be judged', observations: undetermined(), verdict: 'undetermined' },
  {
    name: 'passed, but our address was blocked',
    observations: observed({ cut: 'source-blocked' }),
    verdict: 'undetermined',
  },
]);
