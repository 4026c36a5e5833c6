import t from 'tap';
import { stakeOfReach } from '../../src/judge/access.js';
import { sinceOf } from '../../src/judge/since.js';
import type { Product } from '../../src/model/endpoint.js';
import type { Observations } from '../../src/model/observation.js';
import { at, openCluster, openKibana, tls, type Mutation } from '../support/observations.js';

const started = '2025-03-04T05:06:07.000Z';
const time = {
  processStartedAt: { at: started, of: 'node' as const, evidence: [1] },
  oldestDataAt: { at: '2020-01-01T00:00:00.000Z', evidence: [1] },
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
      says: /^This node has run without a login of its own since 2025-03-04 05:06 UTC by its own clock \(start of the node, `_nodes\/jvm`\)\. We reached it on 2026-01-02 03:04 UTC; firewall and proxy logs will show since when/,
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
      says: /can be changed while the server runs/,
    },
    {
      name: 'Search Guard',
      observations: cluster({ identity: { distribution: 'search-guard' }, ...anonymous }),
      strength: null,
      says: /can be changed while the server runs/,
    },
    {
      name: 'a managed domain',
      observations: cluster(product('opensearch', 'aws')),
      strength: null,
      says: /can be changed while the server runs/,
    },
    {
      name: 'a proxy with holes',
      observations: cluster({ caller: { login: 'unknown' } }),
      strength: null,
      says: /can be changed while the server runs/,
    },
    {
      name: 'a cluster without a login behind a proxy that guards a part of it',
      observations: cluster({
        access: { guardedBy: 'proxy' },
        refused: { paths: ['/', '/_cat/indices'], evidence: [0] },
      }),
      strength: null,
      says: /^Something in front of it denied access at `\/`, `\/_cat\/indices` and let us through elsewhere. That can be changed while the server runs/,
    },
    {
      name: 'the same where it is not known what denied access',
      observations: cluster({ refused: { paths: ['/'], evidence: [0] } }),
      strength: null,
      says: /denied access at `\/`/,
    },
    {
      name: 'a search that the cluster itself refused on one index',
      observations: cluster({ refused: { paths: ['/closed/_count'], evidence: [0] } }),
      strength: 'strong',
      says: /without a login of its own/,
    },
    {
      name: 'a Kibana behind a proxy that guards a part of it',
      observations: kibana('7.17.9', { caller: { login: 'absent' }, access: { guardedBy: 'proxy' } }),
      strength: null,
      says: /^Something in front of it denied access in part/,
    },
    {
      name: 'a Kibana whose cluster denies it access',
      observations: kibana('7.17.9', { caller: { login: 'absent' }, refused: { paths: ['/api/x'], evidence: [0] } }),
      strength: 'strong',
      says: /without a login of its own/,
    },
    {
      name: 'no start time is known',
      observations: openCluster(),
      strength: null,
      says: /did not show when its process started/,
    },
    {
      name: 'Kibana 4',
      observations: kibana('4.6.1'),
      strength: 'strong',
      says: /^This dashboard has run with its current settings, without a login of its own, since/,
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
      says: /also depends on/,
    },
    {
      name: 'a Kibana with a login, which something in front bypasses for every caller',
      observations: kibana('8.15.0', { dashboard: { login: 'asked' }, caller: { login: 'required' } }),
      strength: null,
      says: /can be changed while the server runs/,
    },
    {
      name: 'Kibana 7',
      observations: kibana('7.17.9'),
      strength: 'weak',
      says: /also depends on the cluster's security/,
    },
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

const hours = (aheadSeconds: number, of: 'node' | 'endpoint' | 'proxy' = 'endpoint', proxy: string | null = null) => ({
  time: { ...time, clock: { of, proxy, aheadSeconds, withinSeconds: 1, evidence: [2] } },
});

t.test('the clock of what answers', (t) => {
  const since = (observations: Observations) => sinceOf(observations, stakeOfReach(observations));
  const agrees = since(openCluster(hours(2)));
  t.match(agrees, { configuredOpenSince: started, strength: 'strong' });
  t.match(agrees.reasoning, /by its own clock, which agrees with ours by its Date header/);
  t.same(agrees.clockAhead, { seconds: 2, withinSeconds: 1, of: 'endpoint', corrected: false });

  const ahead = since(openCluster(hours(7200)));
  t.match(ahead, { configuredOpenSince: '2025-03-04T03:06:07.000Z', strength: 'weak', headline: 'configured' });
  t.match(
    ahead.reasoning,
    /since 2025-03-04 03:06 UTC, corrected: its own clock says 2025-03-04 05:06 UTC and runs 2 hours ahead of ours by its Date header/,
  );
  t.match(ahead.reasoning, /may come from something in front/);
  t.match(ahead.clockAhead, { seconds: 7200, corrected: true });

  const behind = since(openCluster(hours(-86_400 * 3, 'node')));
  t.match(behind, { configuredOpenSince: '2025-03-07T05:06:07.000Z', strength: 'strong' });
  t.match(behind.reasoning, /3 days behind ours as it reports/);

  const front = since(openCluster(hours(7200, 'proxy', 'nginx/1.22.1')));
  t.match(front, { configuredOpenSince: started, strength: 'strong' }, "a proxy's clock corrects nothing");
  t.match(front.reasoning, /the Date header comes from `nginx\/1\.22\.1` in front/);
  t.match(front.clockAhead, { of: 'proxy', corrected: false });
  t.match(since(openCluster(hours(0, 'proxy'))).reasoning, /comes from something in front/);

  const future = openCluster({
    time: {
      ...hours(86_400 * 400, 'node').time,
      processStartedAt: { ...time.processStartedAt, at: '2026-05-01T00:00:00.000Z' },
    },
  });
  t.match(
    since(future),
    { configuredOpenSince: '2025-03-27T00:00:00.000Z' },
    'a clock that is far ahead, and known to be',
  );

  const dashboard = since(
    openKibana({ ...hours(7200), identity: { version: { number: '4.6.1', certainty: 'exact', source: 'status' } } }),
  );
  t.match(dashboard, { configuredOpenSince: started, strength: 'strong' }, 'an uptime needs no clock of its own');
  t.match(dashboard.clockAhead, { seconds: 7200, corrected: false });
  t.end();
});

t.test('a process that started before its software was built had a wrong clock', (t) => {
  const from = (at: string, builtAt?: string, aheadSeconds = 0) => {
    const observations = openCluster({
      time: {
        ...hours(aheadSeconds, 'node').time,
        processStartedAt: { ...time.processStartedAt, at, ...(builtAt !== undefined && { builtAt }) },
      },
    });
    return sinceOf(observations, stakeOfReach(observations));
  };
  const built = '2023-01-31T05:34:43.305Z';
  for (const [at, of] of [
    ['1970-01-21T18:53:56.598Z', undefined],
    ['2010-01-01T00:00:00.000Z', undefined],
    ['2015-06-01T00:00:00.000Z', built],
  ] as const)
    t.match(from(at, of), {
      configuredOpenSince: null,
      headline: 'seen',
      reasoning: /earlier than its software existed/,
    });
  t.match(from('2015-06-01T00:00:00.000Z'), { configuredOpenSince: '2015-06-01T00:00:00.000Z' });
  t.match(
    from('2023-01-30T20:00:00.000Z', built),
    { configuredOpenSince: '2023-01-30T20:00:00.000Z' },
    'another time zone',
  );
  // its clock is behind altogether, and says so
  t.match(from('1970-03-05T05:06:07.000Z', built, -Date.parse('2025-01-01T00:00:00Z') / 1000), {
    configuredOpenSince: '2025-03-05T05:06:07.000Z',
  });
  t.end();
});

t.test('an index that was created before the product existed, or after it responded, has no age', (t) => {
  const oldest = (at: string) => {
    const observations = openCluster({ time: { ...time, oldestDataAt: { at, evidence: [1] } } });
    return sinceOf(observations, stakeOfReach(observations)).oldestDataAt;
  };
  for (const at of ['1970-01-21T18:12:00.000Z', '2099-01-01T00:00:00.000Z']) t.equal(oldest(at), null, at);
  for (const at of ['2012-01-01T00:00:00.000Z', '2026-01-02T03:04:05.000Z']) t.equal(oldest(at), at, at);
  t.end();
});

t.test('each clock has its reasoning and its strength', (t) => {
  const observations = cluster({ transport: { scheme: 'https', tls } });
  const both = sinceOf(observations, stakeOfReach(observations));
  t.equal(both.configured.strength, 'strong');
  t.match(both.configured.reasoning, /^This node has run/);
  t.match(both.seen, {
    strength: 'strong',
    reasoning: /^It responded to us on 2026-01-02 03:04 UTC, from this vantage/,
  });
  t.match(both, { certificateNotBefore: tls.notBefore, clusterBornBy: null, clockAhead: null });
  const none = openCluster({ topics: { licence: { at: started, evidence: [1] } } });
  const only = sinceOf(none, stakeOfReach(none));
  t.match(only, { configured: { strength: null, reasoning: /did not show/ }, clusterBornBy: started });
  t.end();
});

t.test('in the Shanghai pattern it is the start of the dashboard alone', (t) => {
  const observations = kibana('7.17.9', { caller: { login: 'absent' } });
  const since = sinceOf(observations, stakeOfReach(observations, 'gateway'));
  t.match(since, { configuredOpenSince: started, strength: 'strong' });
  t.match(since.reasoning, /start of the dashboard, and says nothing about the cluster behind it/);
  t.end();
});

t.test('backends that disagree give no start time', (t) => {
  const observations = openCluster({ access: { mixed: true } });
  t.match(sinceOf(observations, stakeOfReach(observations)), {
    configuredOpenSince: null,
    reasoning: /Several backends that do not agree respond here/,
  });
  t.end();
});

t.test('a finding that lets no caller in has no open-since clock', (t) => {
  const observations = cluster();
  const since = sinceOf(observations, { ...stakeOfReach(observations), kind: 'clear-text-login' });
  t.same([since.what, since.configuredOpenSince], ['seen', null]);
  t.notMatch(since.reasoning, /open|callers in/);
  t.end();
});

t.test('findings on one server have one clock', (t) => {
  const observations = cluster();
  const reach = sinceOf(observations, stakeOfReach(observations));
  for (const kind of ['delete', 'no-backup', 'backup-in-reach'] as const)
    t.same(sinceOf(observations, { ...stakeOfReach(observations), kind }), reach, kind);
  t.equal(reach.configuredOpenSince, started);
  t.equal(sinceOf(observations, { ...stakeOfReach(observations), kind: 'incident' }).configuredOpenSince, null);
  t.end();
});
