import t from 'tap';
import { check } from '../../../src/judge/checks/cluster-open.js';
import type { PowerFacts } from '../../../src/model/observation.js';
import { judgesAs } from '../../support/check-table.js';
import {
  contextFrom,
  index,
  listing,
  lockedKibana,
  nothingThere,
  observed,
  openCluster,
  tls,
  undetermined,
} from '../../support/observations.js';

function powerOf(role: string | null): PowerFacts {
  return {
    ground: role === null ? null : { kind: 'role', role },
    groundEvidence: [],
    writes: [],
    reconfigures: role !== null,
    mayNotDelete: null,
    namesRequired: null,
    clusterBlock: null,
    settingsEvidence: [],
    blocks: null,
  };
}

judgesAs(t, check, [
  {
    name: 'open, no login of its own, from the internet',
    observations: openCluster(),
    verdict: 'fail',
    severity: 'critical',
    says: [/Elasticsearch 7\.17\.9/, /the largest: `orders`, `customers`/],
    remedy: /setup-passwords interactive/,
  },
  {
    name: 'something in front logs every caller in as an administrator',
    observations: openCluster({
      identity: { version: { number: '9.4.3', certainty: 'exact', source: 'banner' } },
      access: { rung: 'documents', proof: 'proved' },
      reaches: { control: 'no' },
      caller: { login: 'required', user: 'elastic', roles: ['superuser'] },
      power: powerOf('superuser'),
    }),
    verdict: 'fail',
    remedy: /^(?!.*security\.enabled).*proxy_set_header Authorization.*elasticsearch-reset-password -i -u 'elastic'/,
  },
  {
    name: 'as a user of OpenSearch, with roles that show nothing',
    observations: openCluster({
      identity: { product: 'opensearch', version: { number: '2.19.4', certainty: 'exact', source: 'banner' } },
      access: { rung: 'documents', proof: 'proved' },
      reaches: { control: 'no' },
      caller: { login: 'required', user: 'shop', roles: ['own_index', 'shop_reader'] },
      power: powerOf(null),
    }),
    verdict: 'fail',
    says: [/its user `shop`, with the roles `own_index`, `shop_reader`\./],
    remedy: /^(?!.*security\.disabled).*proxy_set_header Authorization.*internal_users\.yml/,
  },
  {
    name: 'as the user of our own client certificate',
    observations: openCluster({
      access: { rung: 'documents', proof: 'proved' },
      caller: { login: 'required', user: 'auditor', roles: ['monitoring'] },
      transport: { scheme: 'https', tls: { ...tls, clientCertificate: true } },
    }),
    verdict: 'fail',
    remedy: /^(?!.*proxy_set_header)/,
  },
  {
    name: 'behind a proxy that guards `/` only',
    observations: openCluster({
      identity: { distribution: null, version: { number: '7.9.3', certainty: 'exact', source: 'banner' } },
      access: { loginSchemes: ['basic'] },
      refused: { paths: ['/'], evidence: [0] },
    }),
    verdict: 'fail',
  },
  {
    name: 'the same from inside',
    observations: openCluster(),
    context: contextFrom('internal'),
    verdict: 'fail',
    severity: 'high',
    title: /^A caller without credentials at 198\.51\.100\.7 can enter/,
  },
  {
    name: 'the same from the machine itself',
    observations: openCluster(),
    context: contextFrom('host'),
    verdict: 'fail',
    severity: 'high',
  },
  {
    name: 'open and empty',
    observations: openCluster({ cluster: { indices: listing(index('.kibana_1', 7)), searchPermittedOn: null } }),
    verdict: 'fail',
    severity: 'high',
    title: /1 index of its own and none of the user's/,
  },
  {
    name: 'open through a proxy with holes: who we are is not known',
    observations: openCluster({
      access: { rung: 'documents', proof: 'proved' },
      caller: { login: 'unknown' },
      reaches: { control: 'unknown' },
    }),
    verdict: 'fail',
    severity: 'critical',
  },
  {
    name: 'several backends',
    observations: openCluster({ access: { mixed: true } }),
    verdict: 'fail',
  },
  {
    name: 'a survey cut short keeps what it proved',
    observations: openCluster({ cut: 'left-in-peace' }),
    verdict: 'fail',
    says: [/ended early/],
  },
  {
    name: 'Elasticsearch 8',
    observations: openCluster({ identity: { version: { number: '8.15.0', certainty: 'exact', source: 'banner' } } }),
    verdict: 'fail',
    remedy: /elasticsearch-reset-password -u elastic/,
  },
  {
    name: 'Elasticsearch 7, oss distribution',
    observations: openCluster({
      identity: { distribution: 'oss', version: { number: '7.10.2', certainty: 'exact', source: 'banner' } },
    }),
    verdict: 'fail',
    remedy: /oss distribution, which has no security/,
  },
  {
    name: 'Elasticsearch 2',
    observations: openCluster({ identity: { version: { number: '2.4.6', certainty: 'exact', source: 'banner' } } }),
    verdict: 'fail',
    remedy: /no security without a paid licence/,
  },
  {
    name: 'OpenSearch 2',
    observations: openCluster({
      identity: {
        product: 'opensearch',
        distribution: 'opensearch',
        version: { number: '2.19.4', certainty: 'exact', source: 'banner' },
      },
    }),
    verdict: 'fail',
    remedy: /plugins\.security\.disabled.*securityadmin\.sh/,
  },
  {
    name: 'a managed domain of AWS',
    observations: openCluster({ identity: { product: 'opensearch', distribution: 'aws' } }),
    verdict: 'fail',
    remedy: /access policy/,
  },
  {
    name: 'a version that is not shown',
    observations: openCluster({ identity: { version: { number: null, certainty: 'unknown', source: '' } } }),
    verdict: 'fail',
    says: [/version not shown/],
    remedy: /8\.0 and later.*6\.8, and 7\.1/,
  },
  { name: 'it asks for a login', observations: observed(), verdict: 'pass' },
  {
    name: 'only names are shown, reading is refused',
    observations: openCluster({
      access: { rung: 'metadata', proof: 'proved' },
      caller: { login: 'unknown' },
      reaches: { documents: 'no', control: 'no' },
    }),
    verdict: 'pass',
  },
  {
    name: 'names are shown, and the survey ended there',
    observations: openCluster({
      access: { rung: 'metadata', proof: 'proved' },
      caller: { login: 'unknown' },
      reaches: { documents: 'unknown', control: 'unknown' },
      cut: 'budget-spent',
    }),
    verdict: 'undetermined',
  },
  { name: 'it could not be judged', observations: undetermined(), verdict: 'undetermined' },
  {
    name: 'what answers could not be identified',
    observations: undetermined({ identity: { product: null } }),
    verdict: 'undetermined',
  },
  {
    name: 'refused, but the vantage was lost',
    observations: observed({ cut: 'vantage-lost' }),
    verdict: 'undetermined',
  },
  { name: 'nothing there', observations: nothingThere(), verdict: 'not-applicable' },
  { name: 'a dashboard', observations: lockedKibana(), verdict: 'not-applicable' },
  {
    name: 'an anonymous user is another check',
    observations: openCluster({ caller: { login: 'anonymous', user: 'visitor' } }),
    verdict: 'not-applicable',
  },
  {
    name: 'a decoy is not a finding',
    observations: openCluster({ access: { state: 'decoy' } }),
    verdict: 'not-applicable',
  },
]);
