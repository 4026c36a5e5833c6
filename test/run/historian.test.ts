import t, { type Test } from 'tap';
import { sortersIn } from '../../src/store/sorter.js';
import { judgeAll } from '../../src/judge/pass.js';
import { compareRun } from '../../src/run/historian.js';
import type { AcceptedRisk } from '../../src/model/acceptance.js';
import type { Finding } from '../../src/model/finding.js';
import type { Observations } from '../../src/model/observation.js';
import { all, allChecks } from '../support/judged.js';
import { shipped } from '../support/knowledge.js';
import { at, contextFrom, index, listing, openCluster, recordOf, uuid } from '../support/observations.js';

const startedAt = at;

/** The same cluster at an address of its own, and at two addresses of a name, of which the second holds personal data. */
const estate: readonly Observations[] = [
  openCluster({ endpoint: { host: '192.0.2.9', address: '192.0.2.9' }, cluster: { uuid: 'x'.repeat(22) } }),
  openCluster({ endpoint: { host: 'es.acme.example', address: '192.0.2.1' }, cluster: { uuid } }),
  openCluster({
    endpoint: { host: 'es.acme.example', address: '192.0.2.2' },
    cluster: { uuid, indices: listing(index('citizens', 1_000_000)) },
  }),
];

/** The findings of a first run, the places that waited, and what is carried forward. */
async function firstRun(t: Test, accepted: readonly AcceptedRisk[] = []) {
  const sorter = sortersIn(t.testdir({}));
  const history = { baseline: null, absent: () => 'not-asked' as const };
  const comparison = compareRun(history, { id: 'r', startedAt, accepted: [...accepted] }, null, {
    knowledge: shipped,
    sorter,
  });
  const waited: string[] = [];
  const historian: typeof comparison.historian = {
    atOnce(settled, endpoint) {
      const compared = comparison.historian.atOnce(settled, endpoint);
      if (compared === null) waited.push(settled.summary.address ?? '');
      return compared;
    },
    compare: (places, alive) => comparison.historian.compare(places, alive),
  };
  async function* items() {
    for (const observations of estate) yield await Promise.resolve({ record: recordOf(observations), observations });
  }
  const judgement = await judgeAll(items(), contextFrom('internet'), allChecks, sorter, historian);
  const findings: readonly Finding[] = await all(judgement.findings());
  const places = (await all(comparison.places())).map(({ place }) => place);
  const changes = comparison.changes();
  judgement.close();
  return { findings, waited, places, changes };
}

t.test('in a first run only names wait for their other addresses', async (t) => {
  const { findings, waited, places, changes } = await firstRun(t);
  t.same(waited, ['192.0.2.1', '192.0.2.2']);
  t.same(places, ['192.0.2.9|9200|', 'es.acme.example|9200|'], 'both are carried forward, in their order');
  t.ok(findings.length > 3);
  t.same([...new Set(findings.map(({ history }) => history?.status))], ['new']);
  t.equal(changes.baseline, null);
  t.equal(
    Object.values(changes.findings.new).reduce((sum, n) => sum + n, 0),
    findings.length,
    'each is counted once',
  );
});

t.test('where a target is accepted, all wait: its entry is stale only if no endpoint has such a finding', async (t) => {
  const { waited } = await firstRun(t, [
    {
      entry: '0123456789abcdef',
      declaredIn: null,
      finding: null,
      target: 'a',
      check: 'cluster-open',
      vulnerabilities: [],
      reason: 'r',
      approvedBy: 'a',
      until: '2099-01-01',
    },
  ]);
  t.equal(waited.length, estate.length);
});
