import t from 'tap';
import { stakeOfReach } from '../../src/judge/access.js';
import { sinceOf } from '../../src/judge/since.js';
import type { Product } from '../../src/model/endpoint.js';
import type { Observations } from '../../src/model/observation.js';
import { at, openCluster, openKibana, type Mutation } from '../support/observations.js';

const started = '2025-03-04T05:06:07.000Z';
const time = {
  processStartedAt: { at: started, source: 'nodes', evidence: [1] },
  oldestDataAt: { at: '2020-01-01T00:00:00.000Z', source: 'indices', evidence: [1] },
};
const cluster = (mutation: Mutation = {}) => openCluster({ time, ...mutation });
const kibana = (version: string, mutation: Mutation = {}) =>
  openKibana({
    time,
    ...mutation,
    identity: { version: { number: version, certainty: 'exact', source: 'status' }, ...mutation.identity },
  });
const product = (name: Product, distribution: string) => ({ identity: { product: name, distribution } });
const anonymous = { caller: { login: 'anonymous', user: 'visitor' } } as const;

const cases: readonly { name: string; observations: Observations; strength: 'strong' | 'weak' | null; says: RegExp }[] =
  [
    {
      name: 'Elasticsearch without security',
      observations: cluster(),
      strength: 'strong',
      says: /^This node has run without a login of its own since 2025-03-04 05:06 UTC by its own clock \(nodes\)\. We reached it on 2026-01-02 03:04 UTC; the records of firewalls and proxies decide/,
    },
    {
      name: 'a clock ahead of ours',
      observations: openCluster({
        time: { ...time, processStartedAt: { ...time.processStartedAt, at: '2026-05-01T00:00:00.000Z' } },
      }),
      strength: null,
      says: /its clock is wrong/,
    },
    {
      name: 'several backends',
      observations: cluster({ access: { mixed: true } }),
      strength: 'weak',
      says: /the start of one of them/,
    },
    {
      name: 'an anonymous user of Elasticsearch',
      observations: cluster(anonymous),
      strength: 'weak',
      says: /with an anonymous user since.*may have been changed/,
    },
    {
      name: 'OpenSearch without the plugin',
      observations: cluster(product('opensearch', 'opensearch')),
      strength: 'strong',
      says: /without the Security plugin/,
    },
    {
      name: 'an anonymous role of OpenSearch',
      observations: cluster({ ...product('opensearch', 'opensearch'), ...anonymous }),
      strength: null,
      says: /can be changed while it runs/,
    },
    {
      name: 'Search Guard',
      observations: cluster({ identity: { distribution: 'search-guard' }, ...anonymous }),
      strength: null,
      says: /can be changed while it runs/,
    },
    {
      name: 'a managed domain',
      observations: cluster(product('opensearch', 'aws')),
      strength: null,
      says: /can be changed while it runs/,
    },
    {
      name: 'a proxy with holes',
      observations: cluster({ caller: { login: 'unknown' } }),
      strength: null,
      says: /can be changed while it runs/,
    },
    {
      name: 'no start was told',
      observations: openCluster(),
      strength: null,
      says: /did not tell us when its process started/,
    },
    {
      name: 'Kibana 4',
      observations: kibana('4.6.1'),
      strength: 'strong',
      says: /^This dashboard has run with its present settings, without a login of its own, since/,
    },
    {
      name: 'Kibana 7 that serves no login state',
      observations: kibana('7.17.9', { caller: { login: 'absent' } }),
      strength: 'strong',
      says: /without a login of its own, since/,
    },
    {
      name: 'Kibana 6, which never does',
      observations: kibana('6.8.23', { caller: { login: 'absent' } }),
      strength: 'weak',
      says: /follows/,
    },
    { name: 'Kibana 7', observations: kibana('7.17.9'), strength: 'weak', says: /follows the cluster's security too/ },
    {
      name: 'a guest login of Kibana',
      observations: kibana('8.15.0', { dashboard: { login: 'guest-offered' } }),
      strength: 'weak',
      says: /with a guest login/,
    },
    {
      name: 'OpenSearch Dashboards',
      observations: kibana('2.19.1', product('opensearch-dashboards', 'opensearch')),
      strength: 'strong',
      says: /without a login/,
    },
    {
      name: 'OpenSearch Dashboards, anonymous',
      observations: kibana('2.19.1', { ...product('opensearch-dashboards', 'opensearch'), ...anonymous }),
      strength: null,
      says: /can be changed/,
    },
  ];

for (const one of cases)
  t.test(one.name, (t) => {
    const since = sinceOf(one.observations, stakeOfReach(one.observations));
    t.equal(since.configuredOpenSince, one.strength === null ? null : started);
    t.equal(since.headline, one.strength === null ? 'seen' : 'configured');
    t.equal(since.seenOpenSince, at);
    if (one.strength !== null) t.equal(since.strength, one.strength);
    t.match(since.reasoning, one.says);
    t.equal(since.oldestDataAt, one.observations.time.oldestDataAt?.at ?? null, 'the age of the data stays apart');
    t.end();
  });

t.test('what is no door has no clock of the login', (t) => {
  const observations = cluster();
  const since = sinceOf(observations, { ...stakeOfReach(observations), kind: 'clear-text-login' });
  t.same([since.what, since.configuredOpenSince], ['seen', null]);
  t.notMatch(since.reasoning, /open|callers in/);
  t.end();
});
