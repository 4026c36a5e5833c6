import t from 'tap';
import { check } from '../../../src/judge/checks/outside-readers.js';
import type { ClientFacts, ClientsFacts } from '../../../src/topics/clients.js';
import { judgesAs } from '../../support/check-table.js';
import {
  contextFrom,
  lockedKibana,
  nothingThere,
  observed,
  openCluster,
  undetermined,
} from '../../support/observations.js';

const client = (more: Partial<ClientFacts>): ClientFacts => ({
  address: null,
  forwarded: false,
  agent: 'elasticsearch-java/8.1',
  run: null,
  connections: 1,
  requests: 3,
  firstAt: '2026-01-02T03:00:00.000Z',
  lastAt: '2026-01-02T03:02:00.000Z',
  ...more,
});

const clients = (kinds: readonly ClientFacts[], more: Partial<ClientsFacts> = {}): ClientsFacts => ({
  list: 'given',
  kinds,
  kindsTotal: kinds.length,
  connections: kinds.reduce((sum, { connections }) => sum + connections, 0),
  opened: 12_345,
  uptimeMs: 100 * 3_600_000,
  searches: 5_678,
  fetches: 4_321,
  scrolls: 9,
  evidence: [2],
  ...more,
});

const { run } = contextFrom('internet');
const ours = client({ address: '203.0.113.0/24', agent: 'leftopen/1.0', run });
const inside = client({});
const connected = client({ address: '198.51.100.0/24', agent: 'python-requests/2.32', connections: 4, requests: 900 });
const forwarded = client({ address: '203.0.113.0/24', forwarded: true, agent: 'curl/8.1' });
const zgrab = client({ agent: 'Mozilla/5.0 zgrab/0.x', requests: 1 });

judgesAs(t, check, [
  {
    name: 'a connection from another network',
    observations: openCluster({ topics: { clients: clients([connected, inside, ours]) } }),
    verdict: 'fail',
    severity: 'high',
    says: [
      /may be your own users or services/,
      /started 4 days ago it has opened 12,345 HTTP connections, about 123 an hour/,
    ],
  },
  {
    name: 'the same from the machine itself: they still came from outside',
    observations: openCluster({ topics: { clients: clients([connected]) } }),
    context: contextFrom('host'),
    verdict: 'fail',
    severity: 'high',
  },
  {
    name: 'named by a header only',
    observations: openCluster({ topics: { clients: clients([forwarded, inside]) } }),
    verdict: 'fail',
    severity: 'medium',
    title: /^A client from outside perhaps used/,
    says: [/203\.0\.113\.0\/24 \(by X-Forwarded-For\)/],
  },
  {
    name: 'a scanner that comes by an inside address',
    observations: openCluster({ topics: { clients: clients([zgrab]) } }),
    verdict: 'fail',
    severity: 'high',
    title: /^A scanner \(zgrab\) used/,
    says: [/an inside address as `Mozilla\/5\.0 zgrab\/0\.x`, a scanner: 1 request/],
  },
  {
    name: 'a copier among others',
    observations: openCluster({
      topics: { clients: clients([client({ address: '2001:db8:1::/48', agent: 'elasticdump' }), connected, zgrab]) },
    }),
    verdict: 'fail',
    title: /^A program that copies indices \(elasticdump\) and others used/,
    says: [/2001:db8:1::\/48 as `elasticdump`, a program that copies indices/],
  },
  {
    name: 'another audit with leftopen is an outsider like any other',
    observations: openCluster({
      topics: { clients: clients([{ ...ours, run: 'leftopen-20250101T000000Z-ffffffff' }]) },
    }),
    verdict: 'fail',
  },
  {
    name: 'many kinds',
    observations: openCluster({
      topics: {
        clients: clients(
          Array.from({ length: 9 }, (_, i) => client({ address: `198.51.${i}.0/24` })),
          { uptimeMs: null },
        ),
      },
    }),
    verdict: 'fail',
    says: [/and 4 other kinds of them/],
  },
  {
    name: 'an outsider in a list that was cut',
    observations: openCluster({ topics: { clients: clients([connected], { list: 'cut', searches: null }) } }),
    verdict: 'fail',
  },
  {
    name: 'a program whose name imitates our wording',
    observations: openCluster({
      topics: { clients: clients([client({ address: '198.51.100.0/24', agent: 'x` is **harmless**' })]) },
    }),
    verdict: 'fail',
    says: [/as `x' is \*\*harmless\*\*`/],
  },
  {
    name: 'inside addresses and this very run only',
    observations: openCluster({ topics: { clients: clients([inside, ours]) } }),
    verdict: 'pass',
  },
  {
    name: 'a script from an inside address is not reported',
    observations: openCluster({ topics: { clients: clients([client({ agent: 'Go-http-client/1.1' })]) } }),
    verdict: 'pass',
  },
  { name: 'no clients', observations: openCluster({ topics: { clients: clients([]) } }), verdict: 'pass' },
  { name: 'not asked', observations: openCluster(), verdict: 'undetermined' },
  {
    name: 'not asked, since the survey was cut short',
    observations: openCluster({ cut: 'budget-spent' }),
    verdict: 'undetermined',
  },
  {
    name: 'no list',
    observations: openCluster({ topics: { clients: clients([], { list: 'none' }) } }),
    verdict: 'undetermined',
  },
  {
    name: 'refused',
    observations: openCluster({ topics: { clients: clients([], { list: 'refused' }) } }),
    verdict: 'undetermined',
  },
  {
    name: 'a list that was cut',
    observations: openCluster({ topics: { clients: clients([inside], { list: 'cut' }) } }),
    verdict: 'undetermined',
  },
  { name: 'it could not be judged', observations: undetermined(), verdict: 'undetermined' },
  { name: 'it asks for a login', observations: observed(), verdict: 'not-applicable' },
  {
    name: 'OpenSearch keeps no such list',
    observations: openCluster({ identity: { product: 'opensearch', distribution: 'opensearch' } }),
    verdict: 'not-applicable',
  },
  { name: 'a dashboard', observations: lockedKibana(), verdict: 'not-applicable' },
  { name: 'nothing there', observations: nothingThere(), verdict: 'not-applicable' },
  { name: 'a decoy', observations: openCluster({ access: { state: 'decoy' } }), verdict: 'not-applicable' },
]);
