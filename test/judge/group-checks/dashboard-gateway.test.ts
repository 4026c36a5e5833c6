import t, { type Test } from 'tap';
import type { Recording } from '../../../src/demo/replay.js';
import { groupCheck } from '../../../src/judge/group-checks/dashboard-gateway.js';
import type { JudgeContext, VerdictName } from '../../../src/model/check.js';
import type { Endpoint } from '../../../src/model/endpoint.js';
import type { Severity } from '../../../src/model/finding.js';
import type { Observations } from '../../../src/model/observation.js';
import { observe } from '../../../src/reading/index.js';
import { survey } from '../../../src/survey/index.js';
import { recordingNamed } from '../../replay.js';
import { surveyAgainst, techniquesWith } from '../../support/answer.js';
import { wellFormed } from '../../support/check-table.js';
import { accessChecks, pass } from '../../support/judged.js';
import {
  contextFrom,
  lockedKibana,
  nothingKnown,
  nothingThere,
  observed,
  openCluster,
  openKibana,
  target,
  undetermined,
  uuid,
  type Mutation,
} from '../../support/observations.js';
import { writtenFiles } from '../../support/written.js';

interface Case {
  readonly name: string;
  readonly estate: readonly Observations[];
  readonly context?: JudgeContext;
  readonly verdict: VerdictName;
  readonly severity?: Severity;
  readonly also?: readonly string[];
  readonly title?: RegExp;
  readonly says?: readonly RegExp[];
}

const behindAt = (address: string, more: Mutation = {}) =>
  openKibana({ ...more, dashboard: { backend: { state: 'reached', addresses: [address], evidence: [1] } } });

const cases: readonly Case[] = [
  {
    name: 'the Shanghai pattern: the cluster denies access, the dashboard does not',
    estate: [observed(), openKibana()],
    verdict: 'fail',
    severity: 'critical',
    also: ['https://es.acme.example:9200'],
    title:
      /^A stranger on the internet can enter a cluster past its login, through a dashboard \(Kibana\) that requires none: 2 indices with 1,234,567 documents/,
    says: [
      /the cluster at https:\/\/es\.acme\.example:9200 denied us access \(401\)/,
      /requires no login/,
      /gives this address for its cluster/,
      /Changing and deleting were not tested/,
    ],
  },
  {
    name: 'a dashboard with a login, which something in front bypasses for every caller',
    estate: [observed(), openKibana({ dashboard: { login: 'asked' }, caller: { login: 'required' } })],
    verdict: 'fail',
    says: [/has a login of its own, but let us in/],
  },
  { name: 'in the other order', estate: [openKibana(), observed()], verdict: 'fail', severity: 'critical' },
  {
    name: 'the cluster is out of reach',
    estate: [nothingThere(), openKibana()],
    context: contextFrom('internal'),
    verdict: 'fail',
    severity: 'high',
    title: /a cluster that is itself out of reach/,
    says: [/did not respond \(the connection was refused\)/],
  },
  {
    name: 'a transport port is not an endpoint of the cluster',
    estate: [nothingThere({ endpoint: { transport: true } }), openKibana()],
    verdict: 'not-applicable',
  },
  {
    name: 'found by the pinned address',
    estate: [observed(), behindAt('192.0.2.10:9200')],
    verdict: 'fail',
    also: ['https://es.acme.example:9200'],
  },
  {
    name: 'found by an IPv6 address in another notation',
    estate: [
      observed({ endpoint: { host: '2001:db8::5', address: '2001:db8::5' } }),
      behindAt('[2001:DB8:0:0::5]:9200'),
    ],
    verdict: 'fail',
  },
  {
    name: 'localhost is the machine of the dashboard',
    estate: [observed({ endpoint: { host: '192.0.2.20', address: '192.0.2.20' } }), behindAt('localhost:9200')],
    verdict: 'fail',
  },
  {
    name: 'and not some other machine that was asked over loopback',
    estate: [observed({ endpoint: { host: '127.0.0.1', address: '127.0.0.1' } }), behindAt('localhost:9200')],
    verdict: 'not-applicable',
  },
  {
    name: 'but it is where the dashboard itself was asked over loopback',
    estate: [
      observed({ endpoint: { host: '127.0.0.1', address: '127.0.0.1' } }),
      behindAt('http://localhost:9200'.slice(7), { endpoint: { host: '127.0.0.7', address: '127.0.0.7' } }),
    ],
    verdict: 'fail',
  },
  {
    name: 'found by the uuid of a cluster that shows only its banner',
    estate: [
      observed({ access: { rung: 'banner' }, cluster: { uuid } }),
      openKibana({
        dashboard: {
          backend: { state: 'reached', addresses: [], evidence: [] },
          cluster: { ...nothingKnown, uuid },
        },
      }),
    ],
    verdict: 'fail',
    says: [/the same cluster uuid/],
  },
  {
    name: 'declared in the targets file',
    estate: [
      observed({ targets: ['core'] }),
      openKibana({ targets: ['wall'], dashboard: { backend: { state: 'unknown', addresses: [], evidence: [] } } }),
    ],
    context: contextFrom('internet', { kind: 'closed' }, target('core'), target('wall', { fronts: 'core' })),
    verdict: 'fail',
    says: [/targets file says which cluster/],
  },
  {
    name: 'declared, with more endpoints than are named',
    estate: [
      ...Array.from({ length: 9 }, (_, i) =>
        observed({ targets: ['core'], endpoint: { host: `es${i}.acme.example`, address: `192.0.2.${i}` } }),
      ),
      openKibana({ targets: ['wall'], dashboard: { backend: { state: 'unknown', addresses: [], evidence: [] } } }),
    ],
    context: contextFrom('internet', { kind: 'closed' }, target('core'), target('wall', { fronts: 'core' })),
    verdict: 'fail',
    says: [/and so did 8 other endpoints of it/],
  },
  {
    name: 'the same endpoint met by several keys is one',
    estate: [observed({ targets: ['core'] }), openKibana({ targets: ['wall'] })],
    context: contextFrom('internet', { kind: 'closed' }, target('core'), target('wall', { fronts: 'core' })),
    verdict: 'fail',
    also: ['https://es.acme.example:9200'],
  },
  { name: 'the cluster lets callers in itself', estate: [openCluster(), openKibana()], verdict: 'pass' },
  { name: 'the cluster is not declared', estate: [openKibana()], verdict: 'not-applicable' },
  {
    name: 'another port of the same host',
    estate: [observed({ endpoint: { port: 9201 } }), openKibana()],
    verdict: 'not-applicable',
  },
  { name: 'the dashboard asks for a login', estate: [observed(), lockedKibana()], verdict: 'not-applicable' },
  {
    name: 'a guest login whose reach is not known',
    estate: [
      observed(),
      openKibana({
        access: { rung: 'banner' },
        reaches: { metadata: 'unknown', documents: 'unknown' },
        dashboard: { login: 'guest-offered' },
      }),
    ],
    verdict: 'not-applicable',
  },
  {
    name: 'a decoy gives no keys',
    estate: [observed({ access: { state: 'decoy' } }), openKibana()],
    verdict: 'not-applicable',
  },
  { name: 'the cluster could not be judged', estate: [undetermined(), openKibana()], verdict: 'undetermined' },
];

t.same([...new Set(cases.map((one) => one.verdict))].sort(), ['fail', 'not-applicable', 'pass', 'undetermined']);

for (const one of cases)
  t.test(one.name, async (t) => {
    const context = one.context ?? contextFrom('internet');
    const { judgement, findings } = await pass(t, one.estate, context, {
      checks: { endpoint: [], group: [groupCheck] },
    });
    t.equal(judgement.summary.bugs, 0);
    const { verdicts } = judgement.summary;
    // Every endpoint but the dashboard is not applicable.
    const others = one.estate.length - 1;
    t.equal(verdicts[one.verdict] - (one.verdict === 'not-applicable' ? others : 0), 1);
    t.equal(findings.length, one.verdict === 'fail' ? 1 : 0);
    const finding = findings[0];
    if (finding === undefined) return;
    wellFormed(t, one.name, finding, context);
    if (one.severity !== undefined) t.equal(finding.severity, one.severity);
    if (one.also !== undefined) t.same(finding.also, one.also);
    if (one.title !== undefined) t.match(finding.title, one.title);
    for (const said of one.says ?? []) t.match(finding.summary, said);
    t.ok(
      finding.evidence.some((piece) => piece.url.includes(':5601')),
      'the dashboard’s answers are evidence',
    );
    t.ok(
      finding.evidence.some((piece) => piece.url.includes(':9200') && (piece.status === 401 || piece.failure !== null)),
      'and so is the refusal of the cluster',
    );
  });

t.test('one primary finding per endpoint: it takes the place of dashboard-open', async (t) => {
  const { findings, endpoints, judgement } = await pass(t, [openKibana(), observed()], contextFrom('internet'), {
    checks: accessChecks,
  });
  t.same(
    findings.map((finding) => finding.check),
    ['dashboard-gateway'],
  );
  const { findings: alone } = await pass(t, [openKibana()], contextFrom('internet'), { checks: accessChecks });
  t.same(
    findings[0]?.replaces,
    alone.map(({ fingerprint }) => fingerprint),
    'it names the finding that a preview showed',
  );
  t.same(
    endpoints[0]?.findings,
    findings.map((finding) => finding.fingerprint),
  );
  t.equal(judgement.summary.verdicts.fail, 1);
  t.equal(judgement.problemsTotal, 1);
  t.match(judgement.problems[0]?.because, /the cluster behind it, https:\/\/es\.acme\.example:9200/);
});

t.test('dashboard-open says so where the cluster behind is not declared', async (t) => {
  const alone = await pass(t, [openKibana()], contextFrom('internet'), { checks: accessChecks });
  t.match(alone.findings[0]?.check, 'dashboard-open');
  t.match(alone.findings[0]?.summary, /leads to `es\.acme\.example:9200`, which was not declared/);
});

t.test('and where what is declared as that cluster is not one, or could not be judged', async (t) => {
  const context = contextFrom('internet', { kind: 'closed' }, target('core'), target('wall', { fronts: 'core' }));
  const wall = openKibana({
    targets: ['wall'],
    dashboard: { backend: { state: 'unknown', addresses: [], evidence: [] } },
  });
  const site = observed({
    targets: ['core'],
    identity: { product: null, otherProduct: 'a web site' },
    access: { state: 'other-product' },
  });
  const says = async (...core: readonly Observations[]) => {
    const { findings } = await pass(t, [wall, ...core], context, { checks: accessChecks });
    return findings.find(({ check }) => check === 'dashboard-open')?.summary;
  };
  t.match(
    await says(site),
    /declares https:\/\/es\.acme\.example:9200 as the cluster behind it, but a web site responded there: whether/,
  );
  t.match(
    await says(observed({ targets: ['core'], access: { state: 'decoy' } })),
    /but a decoy \(fabricated answers\) responded there/,
  );
  t.match(
    await says(undetermined({ targets: ['core'], access: { reason: 'not-ready' } })),
    /but what responds there could not be judged, because it reports that it is not ready yet: whether/,
  );
  t.match(await says(), /declares the target `core` as the cluster behind it, but no cluster was found/);
  // One endpoint of the target is the cluster, whatever answers at the others.
  const others = Array.from({ length: 7 }, (_, i) => ({
    ...site,
    endpoint: { ...site.endpoint, host: `a${i}.acme.example` },
  }));
  const { findings } = await pass(t, [wall, ...others, observed({ targets: ['core'] })], context, {
    checks: accessChecks,
  });
  const gateway = findings.find(({ check }) => check === 'dashboard-gateway');
  t.match(
    gateway?.summary,
    /Asked directly, the cluster at https:\/\/es\.acme\.example:9200 denied us access \(401\)\./,
  );
});

t.test('and where that cluster is open itself', async (t) => {
  const both = await pass(t, [openKibana(), openCluster()], contextFrom('internet'), { checks: accessChecks });
  t.same(both.findings.map((finding) => finding.check).sort(), ['cluster-open', 'dashboard-open']);
  t.match(
    both.findings.find((finding) => finding.check === 'dashboard-open')?.summary,
    /declared as well \(http:\/\/es\.acme\.example:9200\), and itself lets callers in/,
  );
});

t.test('data sources: declared clusters are linked, the others are named', async (t) => {
  const source = (title: string, address: string | null, login: string) => ({
    id: title,
    title,
    address,
    login,
    indices: null,
  });
  const dashboard = {
    backend: { state: 'reached', addresses: ['10.0.0.5:9200'], evidence: [1] },
    dataSources: [
      source('Archive', 'es.acme.example:9200', 'username_password'),
      source('Elsewhere', '10.9.9.9:9200', 'no_auth'),
    ],
    dataSourcesTotal: 2,
    dataSourcesEvidence: [2],
  } as const;
  const wall = openKibana({
    identity: {
      product: 'opensearch-dashboards',
      version: { number: '2.19.2', certainty: 'exact', source: '/api/status' },
    },
    dashboard,
  });
  const of = async (...behind: readonly Observations[]) => {
    const { findings } = await pass(t, [wall, ...behind], contextFrom('internet'), { checks: accessChecks });
    return findings.find(({ check }) => check.startsWith('dashboard-'));
  };
  const locked = await of(observed());
  t.equal(locked?.check, 'dashboard-gateway', 'a locked cluster that a data source opens');
  t.match(locked?.summary, /has it as a data source with its own saved login/);
  t.match(locked?.summary, /leads to `10\.0\.0\.5:9200`, `10\.9\.9\.9:9200`, which were not declared/);
  t.match(locked?.summary, /Asked directly, the cluster at https:\/\/es\.acme\.example:9200 denied us access/);
  const open = await of(openCluster());
  t.equal(open?.check, 'dashboard-open', 'an open one is a finding of its own');
  const alone = await of();
  t.equal(alone?.check, 'dashboard-open');
  t.match(
    alone?.summary,
    /data sources lead to 2 further clusters: `Archive` \(`es\.acme\.example:9200`, with credentials saved in the dashboard\), `Elsewhere` \(`10\.9\.9\.9:9200`\)/,
  );
  t.match(alone?.summary, /`es\.acme\.example:9200`, `10\.9\.9\.9:9200`, which were not declared/);
});

t.test('a locked cluster behind an open dashboard is linked by the address that a real dashboard shows', async (t) => {
  for (const [name, address] of [
    ['opensearch-dashboards/2.19.2-custom-headers', '127.0.0.1:24295'],
    ['kibana/7.10.2-oss-open', '127.0.0.1:24250'],
    ['kibana/8.12.2-open', '127.0.0.1:24269'],
  ] as const) {
    const recording = recordingNamed(name);
    const port = Number(address.split(':')[1]);
    const at = { host: '127.0.0.1', address: '127.0.0.1', port: 5601, basePath: '', scheme: 'http' } as const;
    let made = 0;
    const asked = survey(at, { techniques: techniquesWith(), nonce: () => `q7w8e9r0t1y${++made}` });
    const door = observe(surveyAgainst(recording, at, asked));
    t.ok(door.dashboard?.backend.addresses.includes(address), `${name}: ${door.dashboard?.backend.addresses.join()}`);
    const core = observed({ endpoint: { ...at, port } });
    const { findings } = await pass(t, [door, core], contextFrom('internet'), { checks: accessChecks });
    const gateway = findings.find(({ check }) => check === 'dashboard-gateway');
    t.match(gateway?.summary, /gives this address for its cluster/, name);
    const { findings: alone } = await pass(t, [door], contextFrom('internet'), { checks: accessChecks });
    t.match(alone[0]?.summary, /which w(?:as|ere) not declared/, `${name}: and named where it was not declared`);
  }
});

/** A written dashboard and a recorded cluster that asks for a password, declared as a pair and judged in one pass. */
async function playedPair(t: Test, dashboard: Recording, cluster: Recording) {
  const at = (id: string, port: number, { head }: Recording): Endpoint & { readonly id: string } => ({
    id,
    host: '127.0.0.1',
    address: '127.0.0.1',
    port,
    basePath: '',
    scheme: head.scheme,
  });
  let made = 0;
  const seen = [
    { ...at('wall', 5601, dashboard), recording: dashboard },
    { ...at('core', 9200, cluster), recording: cluster },
  ].map(({ id, recording, ...endpoint }) => {
    const asked = survey(endpoint, { techniques: techniquesWith(), nonce: () => `q7w8e9r0t1y${++made}` });
    return observe({ ...surveyAgainst(recording, endpoint, asked), targets: [id] });
  });
  const context = contextFrom('internet', { kind: 'closed' }, target('core'), target('wall', { fronts: 'core' }));
  return pass(t, seen, context, { checks: accessChecks });
}

/** The written dashboards that let everyone in and to the cluster behind them, by their line. */
const openDashboards = writtenFiles().filter(
  ({ recording: { head }, expected }) =>
    head.truth.findings.includes('dashboard-open') &&
    head.truth.rung === 'documents' &&
    expected.basePath === undefined &&
    !/base-path/.test(head.configuration),
);

const closedBehind = {
  kibana: 'elasticsearch/7.17.9-closed',
  'opensearch-dashboards': 'opensearch/2.19.4-closed',
} as const;

t.test('every line: an open dashboard in front of a closed cluster', async (t) => {
  const lines = new Set<string>();
  for (const { name, recording } of openDashboards) {
    const { product } = recording.head.truth;
    if (product !== 'kibana' && product !== 'opensearch-dashboards') throw new Error(`${name} is not a dashboard`);
    const { findings, judgement } = await playedPair(t, recording, recordingNamed(closedBehind[product]));
    const found = findings.find(({ check }) => check === 'dashboard-gateway');
    t.ok(found, `${name}: the pair is found`);
    t.notOk(
      findings.some(({ check }) => check === 'dashboard-open'),
      `${name}: once`,
    );
    t.match(found?.summary, /targets file says which cluster this dashboard fronts/, name);
    t.ok(
      found?.evidence.some(({ url, status }) => url.includes(':9200') && status === 401),
      `${name}: the refusal is evidence`,
    );
    t.equal(judgement.summary.bugs, 0, name);
    if (recording.head.configuration === 'open-before-closed') lines.add(name.replace('-open-before-closed', ''));
  }
  t.same(
    [...lines].sort(),
    [
      ...['4.6.6', '5.1.1', '6.8.23', '7.17.9', '7.6.2', '8.15.0', '8.5.3', '9.2.0'].map((line) => `kibana/${line}`),
      ...['1.3.20', '2.19.4', '3.4.0'].map((line) => `opensearch-dashboards/${line}`),
    ],
    'each line is there',
  );
});
