import t from 'tap';
import { check } from '../../../src/judge/checks/cluster-gateway.js';
import type { RemotesFacts } from '../../../src/topics/remotes.js';
import { judgesAs } from '../../support/check-table.js';
import {
  contextFrom,
  lockedKibana,
  nothingThere,
  observed,
  openCluster,
  undetermined,
} from '../../support/observations.js';

const remotes = (...list: RemotesFacts['list'][number][]): RemotesFacts => ({
  total: list.length,
  connected: list.filter(({ connected }) => connected).length,
  list,
  evidence: [4],
});
const branch = { name: 'branch', connected: true };
const archive = { name: 'archive', connected: false };

const version = (number: string) => ({ version: { number, certainty: 'exact', source: 'banner' } }) as const;

judgesAs(t, check, [
  {
    name: 'open, one remote connected and one not',
    observations: openCluster({ topics: { remotes: remotes(branch, archive) } }),
    verdict: 'fail',
    severity: 'high',
    title: /^A stranger on the internet can enter an Elasticsearch cluster that is linked to 2 other clusters$/,
    says: [/lists 2 remote clusters, 1 of them connected: `branch`, `archive`/],
    remedy: /cluster\.remote\.NAME\.seeds/,
  },
  {
    name: 'the same from inside',
    observations: openCluster({ topics: { remotes: remotes(branch) } }),
    context: contextFrom('internal'),
    verdict: 'fail',
    severity: 'medium',
    says: [/lists 1 remote cluster, connected: `branch`/],
  },
  {
    name: 'the same from the machine itself',
    observations: openCluster({ topics: { remotes: remotes(archive) } }),
    context: contextFrom('host'),
    verdict: 'fail',
    severity: 'low',
    says: [/1 remote cluster, none of them connected/],
  },
  {
    name: 'OpenSearch',
    observations: openCluster({
      identity: { product: 'opensearch', ...version('2.19.4') },
      topics: { remotes: remotes(branch) },
    }),
    verdict: 'fail',
    title: /an OpenSearch cluster/,
  },
  {
    name: 'accepted as open: the others are not accepted with it',
    observations: openCluster({ topics: { remotes: remotes(branch) } }),
    context: contextFrom('internet', {
      kind: 'up-to',
      rung: 'control',
      via: null,
      indices: [],
      reason: 'public data',
      approvedBy: 'CISO',
      until: '2999-01-01',
    }),
    verdict: 'fail',
  },
  { name: 'open, linked to nothing', observations: openCluster({ topics: { remotes: remotes() } }), verdict: 'pass' },
  {
    name: 'names are shown, reading is refused',
    observations: openCluster({
      access: { rung: 'metadata', proof: 'proved' },
      reaches: { documents: 'no', control: 'no' },
      topics: { remotes: remotes(branch) },
    }),
    verdict: 'undetermined',
  },
  { name: 'it did not say', observations: openCluster(), verdict: 'undetermined' },
  {
    name: 'a line that would contact them is not asked',
    observations: openCluster({ identity: version('6.8.23') }),
    verdict: 'undetermined',
  },
  {
    name: 'a fork, whose number is its own',
    observations: openCluster({ identity: { distribution: 'riverbed', ...version('3.1.0') } }),
    verdict: 'undetermined',
  },
  { name: 'it could not be judged', observations: undetermined(), verdict: 'undetermined' },
  {
    name: 'a line without cross-cluster search',
    observations: openCluster({ identity: version('2.4.6') }),
    verdict: 'not-applicable',
  },
  { name: 'it asks for a login', observations: observed(), verdict: 'not-applicable' },
  { name: 'a dashboard', observations: lockedKibana(), verdict: 'not-applicable' },
  { name: 'nothing answers', observations: nothingThere(), verdict: 'not-applicable' },
]);
