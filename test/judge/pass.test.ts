import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { check as clusterOpen } from '../../src/judge/checks/cluster-open.js';
import { findingRank } from '../../src/judge/finding.js';
import { groupCheck } from '../../src/judge/group-checks/dashboard-gateway.js';
import { readRecord } from '../../src/judge/index.js';
import { judgeAll, judgeRuns } from '../../src/judge/pass.js';
import { judgeObservations } from '../../src/judge/record.js';
import { en } from '../../src/judge/texts/en.js';
import { summaryOf } from '../../src/judge/summary.js';
import type { JudgeContext } from '../../src/model/check.js';
import type { Finding } from '../../src/model/finding.js';
import { sortersIn } from '../../src/store/sorter.js';
import type { Observations } from '../../src/model/observation.js';
import { accessChecks, all, allChecks, pass as passWith } from '../support/judged.js';
import {
  contextFrom,
  index,
  listing,
  lockedKibana,
  nothingKnown,
  nothingThere,
  observed,
  openCluster,
  openKibana,
  recordOf,
  target,
  undetermined,
  uuid,
} from '../support/observations.js';

const internet = contextFrom('internet');

function pass(...[t, observations, context, options]: Parameters<typeof passWith>): ReturnType<typeof passWith> {
  return passWith(t, observations, context, { checks: accessChecks, ...options });
}

/** An open cluster of its own on another host. */
function other(i: number, documents = 100): Observations {
  return openCluster({
    endpoint: { host: `es${i}.acme.example`, address: `192.0.2.${i % 250}` },
    cluster: { uuid: String(i).padStart(22, 'u'), indices: listing(index('logs', documents)) },
  });
}

function ranked(findings: readonly Finding[]): Finding[] {
  return findings
    .map((finding) => ({ finding, rank: findingRank(finding) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ finding }) => finding);
}

t.test('an audit is incomplete where something could not be judged or had to be left alone', async (t) => {
  const gaps = async (...estate: Observations[]): Promise<readonly number[]> => {
    const { unjudged, cutShort, silent } = (await pass(t, estate, internet)).judgement.gaps;
    return [unjudged, cutShort, silent];
  };
  t.strictSame(await gaps(other(1), observed(), nothingThere()), [0, 0, 1], 'results');
  t.strictSame(await gaps(undetermined()), [1, 0, 0]);
  t.strictSame(
    await gaps({ ...other(1), cut: 'left-in-peace' }),
    [0, 1, 0],
    'what was proved remains, and is incomplete',
  );
  t.strictSame(await gaps({ ...observed(), cut: 'local-failure' }), [0, 1, 0]);
  t.strictSame(await gaps({ ...other(1), cut: 'budget-spent' }), [0, 0, 0], 'a budget is a wish of the user');
  const { access } = other(1);
  t.strictSame(await gaps({ ...other(1), access: { ...access, reason: 'refused' } }), [0, 1, 0], 'it went away');
  t.strictSame(await gaps(undetermined({ access: { reason: 'local-failure', rung: 'silent' } })), [1, 0, 1]);
  t.strictSame(await gaps(undetermined({ access: { reason: 'reset', rung: 'silent' } })), [1, 0, 0], 'it spoke');
  t.strictSame(
    await gaps(
      undetermined({ access: { reason: 'transport-port', rung: 'silent' } }),
      undetermined({ access: { reason: 'reset', rung: 'silent' }, endpoint: { transport: true } }),
    ),
    [0, 0, 0],
    "the nodes' own protocol has no access to judge",
  );
});

t.test('the protocol spoken instead of HTTP is named', (t) => {
  const observations = undetermined({ access: { reason: 'not-http', rung: 'silent' } });
  const spoken = (detail: string): string | null => {
    const record = recordOf(observations);
    const [first] = record.exchanges;
    if (first === undefined) return null;
    const exchanges = [{ ...first, outcome: { kind: 'failure', failure: 'not-http', detail } as const }];
    return summaryOf({ ...record, exchanges }, observations, [], [], internet).reasonText;
  };
  t.match(spoken('speaks SSH: SSH-2.0-OpenSSH_9.2p1'), / \(SSH\)$/);
  t.notMatch(spoken('Expected HTTP/: speaks SSH: x'), /SSH/, 'never by its own word');
  t.end();
});

t.test('findings come in rank order, endpoints worst first', async (t) => {
  const estate = [
    nothingThere({ endpoint: { host: 'dead.acme.example' } }),
    observed({
      endpoint: { host: 'plain.acme.example' },
      transport: { scheme: 'http', plainLogin: { by: ['product'], schemes: ['basic'] } },
    }),
    other(1, 5),
    other(2, 50_000),
    openCluster({
      endpoint: { host: 'empty.acme.example' },
      cluster: { uuid: null, indices: listing(), searchPermittedOn: null },
    }),
    undetermined({ endpoint: { host: 'odd.acme.example' } }),
    other(3, 700),
    observed({ endpoint: { host: 'closed.acme.example' } }),
    observed({ endpoint: { host: 'banner.acme.example' }, access: { rung: 'banner' } }),
  ];
  const { findings, endpoints, judgement } = await pass(t, estate, internet);
  t.same(
    findings.map((finding) => [finding.severity, finding.check, new URL(finding.endpoint).hostname.split('.')[0]]),
    [
      ['critical', 'cluster-open', 'es2'],
      ['critical', 'cluster-open', 'es3'],
      ['critical', 'cluster-open', 'es1'],
      ['high', 'cluster-open', 'empty'],
      ['medium', 'login-over-plain-http', 'plain'],
      ['low', 'cluster-banner-exposed', 'banner'],
    ],
  );
  t.same(ranked(findings.toReversed()), findings, 'findingRank gives the same order');
  t.same(
    endpoints.map((endpoint) => endpoint.host.split('.')[0]),
    ['es1', 'es2', 'es3', 'empty', 'plain', 'banner', 'odd', 'closed', 'dead'],
  );
  const { summary } = judgement;
  t.same(summary.states, { open: 4, guarded: 3, undetermined: 1, unreachable: 1, 'other-product': 0, decoy: 0 });
  t.same(summary.rungs, { silent: 2, guarded: 2, banner: 1, metadata: 0, documents: 0, control: 4 });
  t.same(summary.findings, { critical: 3, high: 1, medium: 1, low: 1, info: 0 });
  t.equal(summary.endpoints, 9);
  t.equal(
    Object.values(summary.verdicts).reduce((a, b) => a + b),
    9 * (accessChecks.endpoint.length + accessChecks.group.length),
    'every check has one verdict on every endpoint',
  );
  t.equal(summary.verdicts.fail, 6);
  t.same(
    (await all(judgement.lines.findings())).map((line): unknown => JSON.parse(line)),
    findings,
    'as text they are the same',
  );
  t.same(await all(judgement.findings()), findings, 'the streams can be read again');
  const [first, second] = await Promise.all([all(judgement.endpoints()), all(judgement.endpoints())]);
  t.same(first, second, 'also twice at once');
});

t.test('the order of the journal does not matter', async (t) => {
  const estate = [
    openKibana(),
    observed(),
    other(1),
    other(2),
    nothingThere({ endpoint: { host: 'dead.acme.example' } }),
  ];
  const forth = await pass(t, estate, internet);
  const back = await pass(t, [...estate].reverse(), internet, { budget: 1e6 });
  t.same(back.findings, forth.findings);
  t.same(back.endpoints, forth.endpoints);
  t.same(back.judgement.problems, forth.judgement.problems);
  t.same(back.judgement.summary, forth.judgement.summary);
});

t.test('the endpoints of one cluster are one problem', async (t) => {
  const node = (i: number) =>
    openCluster({
      endpoint: { host: `node${i}.acme.example`, address: `192.0.2.${i}` },
      targets: [i === 1 ? 'search' : 'boards'],
    });
  const context = contextFrom('internet', { kind: 'closed' }, target('boards', { owner: 'Board team' }));
  const { judgement, findings } = await pass(t, [node(1), other(9, 3), node(2), node(3)], context);
  t.equal(judgement.problemsTotal, 2);
  const [worst] = judgement.problems;
  t.equal(worst?.because, 'one cluster');
  t.match(worst?.title, /at 3 endpoints$/);
  t.same(
    worst?.doors,
    [1, 2, 3].map((i) => `http://node${i}.acme.example:9200`),
  );
  t.same([worst?.doorsTotal, worst?.findingsTotal], [3, 3]);
  t.same(worst?.owners, ['Board team', 'Search team']);
  t.same(
    worst?.findings,
    findings.filter((finding) => finding.problem === worst?.id).map((finding) => finding.fingerprint),
  );
});

t.test('an endpoint that denies access is listed with its cluster, and not counted as open', async (t) => {
  const door = (host: string, more: object) => openCluster({ endpoint: { host }, targets: [host], ...more });
  const estate = [
    door('a.acme.example', {}),
    door('b.acme.example', {}),
    door('c.acme.example', {
      access: { state: 'guarded', rung: 'banner' },
      reaches: { metadata: 'no', documents: 'no', control: 'no' },
      caller: { login: 'required' },
      cluster: { uuid, indices: null, searchPermittedOn: null },
    }),
  ];
  const owners = estate.map(({ targets }) => target(targets[0] ?? '', { owner: `owner of ${targets[0] ?? ''}` }));
  const { judgement, findings } = await pass(t, estate, contextFrom('internet', { kind: 'closed' }, ...owners));
  const [problem] = judgement.problems;
  t.match(problem?.title, /at 2 endpoints$/);
  t.same([problem?.doorsTotal, problem?.doorsOpen], [3, 2]);
  t.same(
    problem?.owners,
    ['a', 'b', 'c'].map((host) => `owner of ${host}.acme.example`),
    'everyone who has a part in it',
  );
  t.equal(findings.length, 3);
});

t.test('many documents behind a dashboard rank before few in a cluster, and none rank last', async (t) => {
  const kibana = openKibana({
    dashboard: { cluster: { ...nothingKnown, indices: listing(index('parcels', 302_008)) } },
  });
  const uncounted = openCluster({
    endpoint: { host: 'uncounted.acme.example' },
    cluster: { uuid: null, indices: listing(index('a', null)), searchPermittedOn: null },
  });
  const { findings } = await pass(t, [uncounted, other(1, 5), kibana], internet);
  t.same(
    findings.map((finding) => finding.contents?.documents),
    [302_008, 5, null],
  );
  t.same(ranked(findings.toReversed()), findings);
});

t.test('a decoy’s uuid and an invalid one link nothing', async (t) => {
  const at = (host: string, more: object) => openCluster({ endpoint: { host }, ...more });
  const { judgement } = await pass(
    t,
    [at('a.acme.example', { cluster: { uuid: 'N/A' } }), at('b.acme.example', { cluster: { uuid: 'N/A' } })],
    internet,
  );
  t.equal(judgement.problemsTotal, 2);
  t.match(judgement.problems[0]?.because, 'one endpoint');
});

t.test('the first fifty endpoints are listed and all are counted; problems up to a thousand', async (t) => {
  const doors = Array.from({ length: 120 }, (_, i) => openCluster({ endpoint: { host: `n${i}.acme.example` } }));
  const singles = Array.from({ length: 1_200 }, (_, i) => other(i, 1 + i));
  const { judgement } = await pass(t, [...singles, ...doors], internet, { budget: 200_000 });
  t.equal(judgement.problemsTotal, 1_201);
  t.equal(judgement.problems.length, 1_000);
  const [worst, next] = judgement.problems;
  t.same([worst?.doors.length, worst?.doorsTotal, worst?.findings.length, worst?.findingsTotal], [50, 120, 50, 120]);
  t.match(next?.title, /1,200 documents/, 'the worst ones are kept');
});

t.test('what the targets file accepts is listed, not counted', async (t) => {
  const ceiling = {
    kind: 'up-to',
    rung: 'control',
    via: null,
    indices: [],
    reason: 'public data',
    approvedBy: 'CISO',
    until: '2030-01-01',
  } as const;
  const { judgement, findings, endpoints } = await pass(t, [openCluster()], contextFrom('internet', ceiling));
  t.same(findings[0]?.accepted, { reason: 'public data', approvedBy: 'CISO', until: '2030-01-01' });
  t.equal(judgement.summary.accepted, 1);
  t.equal(judgement.summary.findings.critical, 0);
  t.same(judgement.problems, []);
  t.equal(endpoints[0]?.state, 'open');
});

t.test('a check that throws is our bug: undetermined, reported as a bug, and counted', async (t) => {
  const broken = {
    ...clusterOpen,
    judge: () => {
      throw new Error('off by one');
    },
  };
  const { judgement, endpoints } = await pass(t, [openCluster(), nothingThere()], internet, {
    checks: { endpoint: [broken], group: [] },
  });
  t.equal(judgement.summary.bugs, 1);
  t.same(judgement.bugs, [{ check: 'cluster-open', endpoint: 'http://es.acme.example:9200', message: 'off by one' }]);
  t.equal(judgement.summary.verdicts.undetermined, 1);
  t.same(endpoints[0]?.undetermined, [{ check: 'cluster-open', reason: en.reasons['check-failed'] }]);

  const wordless = {
    ...clusterOpen,
    texts: {
      en: {
        ...clusterOpen.texts.en,
        summary: () => {
          throw new Error('no words');
        },
      },
    },
  };
  const silent = await pass(t, [openCluster()], internet, { checks: { endpoint: [wordless], group: [] } });
  t.same([silent.judgement.summary.bugs, silent.findings.length], [1, 0], 'a text that throws stops no report');

  const brokenGroup = {
    ...groupCheck,
    judge: () => {
      throw new Error('no idea');
    },
  };
  const group = await pass(t, [observed(), openKibana()], internet, {
    checks: { endpoint: accessChecks.endpoint, group: [brokenGroup] },
  });
  t.equal(group.judgement.summary.bugs, 1);
  t.same(
    group.findings.map((finding) => finding.check),
    ['dashboard-open'],
    'earlier findings remain',
  );
  const brokenPart = {
    ...groupCheck,
    part: () => {
      throw new Error('no part');
    },
  };
  const part = await pass(t, [openKibana()], internet, { checks: { endpoint: [], group: [brokenPart] } });
  t.same([part.judgement.summary.bugs, part.judgement.summary.verdicts.undetermined], [1, 1]);
});

t.test('nothing passes on a lost vantage', (t) => {
  for (const cut of ['vantage-lost', 'source-blocked'] as const)
    for (const each of [observed({ cut }), lockedKibana({ cut }), nothingThere({ cut })]) {
      const { verdicts } = judgeObservations(
        recordOf(each),
        each,
        contextFrom('internet', { kind: 'absent' }),
        allChecks,
      );
      t.equal(verdicts.pass, 0, `${cut}: ${each.url}`);
    }
  t.end();
});

t.test('an empty journal', async (t) => {
  const { judgement, findings, endpoints } = await pass(t, [], internet);
  t.same([findings, endpoints, judgement.problems, judgement.summary.endpoints], [[], [], [], 0]);
});

t.test('temporary files go when it is closed, also after an error', async (t) => {
  const folder = join(t.testdir(), 'sort');
  async function* items() {
    for (let i = 0; i < 50; i += 1) yield await Promise.resolve({ record: recordOf(other(i)), observations: other(i) });
  }
  const judgement = await judgeAll(items(), internet, allChecks, sortersIn(folder, 4_000));
  t.ok(readdirSync(folder).length > 0);
  judgement.close();
  t.same(readdirSync(folder), []);

  async function* breaking() {
    yield* items();
    throw new Error('the journal cannot be read');
  }
  await t.rejects(judgeAll(breaking(), internet, allChecks, sortersIn(folder, 4_000)), /cannot be read/);
  t.same(existsSync(folder) ? readdirSync(folder) : [], []);
});

t.test('a reading that throws costs one endpoint, and is reported as our bug', async (t) => {
  const broken = recordOf(other(1));
  Object.defineProperty(broken, 'exchanges', {
    get: () => {
      throw new Error('cannot be read');
    },
  });
  t.match(readRecord(broken), { bug: { check: 'reading', message: 'cannot be read' } });
  t.match(readRecord(broken).observations.access, { state: 'undetermined', reason: 'our-bug' });

  const misread = { ...readRecord(broken), record: recordOf(other(1)) };
  const items = [misread, { record: recordOf(other(2)), observations: other(2) }];
  const judgement = await judgeAll(
    (async function* () {
      for (const item of items) yield await Promise.resolve(item);
    })(),
    internet,
    allChecks,
    sortersIn(t.testdir(), 4_000),
  );
  t.teardown(() => judgement.close());
  t.equal(judgement.summary.bugs, 1);
  t.match(judgement.bugs, [{ check: 'reading', endpoint: /es1\.acme\.example/ }]);
  t.match(judgement.summary.states, { open: 1, undetermined: 1 });
  const endpoints = await all(judgement.endpoints());
  t.match(
    endpoints.find(({ host }) => host === 'es1.acme.example'),
    { state: 'undetermined', reasonText: /bug in leftopen/, undetermined: [] },
  );
  t.ok((await all(judgement.findings())).every(({ endpoint }) => endpoint.includes('es2.')));
});

t.test(
  'several runs at once: what is behind a dashboard is what its own vantage saw, else what another one did',
  async (t) => {
    const office = {
      ...contextFrom('internal'),
      vantage: { name: 'inside', exposure: 'internal', egress: null } as const,
    };
    const judged = async (...runs: (readonly [JudgeContext, readonly Observations[]])[]) => {
      const judgement = await judgeRuns(
        runs.map(([context, estate]) => ({
          context,
          items: (async function* () {
            for (const each of estate) yield await Promise.resolve({ record: recordOf(each), observations: each });
          })(),
        })),
        accessChecks,
        sortersIn(t.testdir(), 4_000),
        null,
      );
      t.teardown(() => judgement.close());
      const findings = await all(judgement.findings());
      return findings.filter(({ product }) => product === 'kibana').map(({ check, also }) => [check, also.length]);
    };
    t.strictSame(
      await judged([internet, [openKibana()]], [internet, [observed()]]),
      [['dashboard-gateway', 1]],
      'shards',
    );
    t.strictSame(
      await judged([internet, [openKibana()]], [office, [observed()]]),
      [['dashboard-gateway', 1]],
      'only the office asked the cluster',
    );
    t.strictSame(
      await judged([internet, [observed(), openKibana()]], [office, [openCluster(), openKibana()]]),
      [
        ['dashboard-gateway', 1],
        ['dashboard-open', 0],
      ],
      'locked towards the internet, open inside',
    );
    t.strictSame(
      await judged([internet, [observed(), openKibana()]], [office, [observed(), openKibana()]]),
      [
        ['dashboard-gateway', 1],
        ['dashboard-gateway', 1],
      ],
      'seen twice, it is one cluster',
    );
  },
);
