import t from 'tap';
import { remedyIn } from '../../../src/judge/language.js';
import { check } from '../../../src/judge/checks/no-way-back.js';
import type { PowerFacts } from '../../../src/model/observation.js';
import type { BackupFacts } from '../../../src/topics/backups.js';
import { judgesAs } from '../../support/check-table.js';
import {
  contextFrom,
  index,
  listing,
  lockedKibana,
  nothingThere,
  observed,
  openCluster,
  openKibana,
  undetermined,
} from '../../support/observations.js';

const power: PowerFacts = {
  ground: { kind: 'no-login' },
  groundEvidence: [3],
  writes: [],
  reconfigures: true,
  mayNotDelete: null,
  namesRequired: { on: false, source: 'said' },
  clusterBlock: null,
  settingsEvidence: [4],
  blocks: null,
};

/** A day before the survey of the tests. */
const yesterday = '2026-01-01T02:00:00.000Z';

const repositories = (total: number, readOnly = 0, types = ['fs']): NonNullable<BackupFacts['repositories']> => ({
  total,
  readOnly,
  types,
  evidence: [5],
});

const snapshots = (more: Partial<NonNullable<BackupFacts['snapshots']>> = {}): BackupFacts['snapshots'] => ({
  repository: 'nightly',
  readOnly: false,
  readable: 'yes',
  status: 200,
  total: 3,
  succeeded: 2,
  atLeast: false,
  lastSuccessAt: yesterday,
  evidence: [6],
  ...more,
});

const open = (backups: BackupFacts | null) => openCluster({ power, topics: { backups } });

judgesAs(t, check, [
  {
    name: 'no repository',
    observations: open({ repositories: repositories(0, 0, []), snapshots: null }),
    verdict: 'fail',
    severity: 'high',
  },
  {
    name: 'from inside, less',
    observations: open({ repositories: repositories(0, 0, []), snapshots: null }),
    context: contextFrom('internal'),
    verdict: 'fail',
    severity: 'medium',
  },
  {
    name: 'the only repository cannot be read',
    observations: open({
      repositories: repositories(1),
      snapshots: snapshots({ readable: 'no', status: 500, total: 0, succeeded: 0, lastSuccessAt: null }),
    }),
    verdict: 'fail',
    severity: 'high',
    says: [/could not be listed \(500\)/],
  },
  {
    name: 'a line that has no list of snapshots: whether there is one is not known',
    observations: open({
      repositories: repositories(1),
      snapshots: snapshots({ readable: 'unknown', status: 404, total: 0, succeeded: 0, lastSuccessAt: null }),
    }),
    verdict: 'fail',
    severity: 'medium',
    says: [/could not be listed \(404\)/],
  },
  {
    name: 'a repository without a snapshot',
    observations: open({
      repositories: repositories(1),
      snapshots: snapshots({ total: 0, succeeded: 0, lastSuccessAt: null }),
    }),
    verdict: 'fail',
    says: [/lists no snapshot/],
  },
  {
    name: 'snapshots of which none succeeded',
    observations: open({
      repositories: repositories(1),
      snapshots: snapshots({ total: 4, succeeded: 0, lastSuccessAt: null }),
    }),
    verdict: 'fail',
  },
  {
    name: 'the last success is older than a week',
    observations: open({
      repositories: repositories(1),
      snapshots: snapshots({ lastSuccessAt: '2025-12-20T02:00:00.000Z' }),
    }),
    verdict: 'fail',
    severity: 'high',
    says: [/could delete the snapshots in it/],
  },
  {
    name: 'exactly a week is not too old, but within reach',
    observations: open({
      repositories: repositories(1),
      snapshots: snapshots({ lastSuccessAt: '2025-12-26T03:04:05.000Z' }),
    }),
    verdict: 'fail',
    severity: 'medium',
  },
  {
    name: 'a fresh snapshot within reach',
    observations: open({ repositories: repositories(1), snapshots: snapshots() }),
    verdict: 'fail',
    severity: 'medium',
    says: [/It is not registered read-only: the same caller could delete the snapshots in it/],
  },
  {
    name: 'a repository on cloud storage is not asked for its snapshots',
    observations: open({ repositories: repositories(2, 0, ['s3']), snapshots: null }),
    verdict: 'fail',
    severity: 'medium',
    says: [/`s3`/, /None of them is registered read-only/],
  },
  {
    name: 'one of two is stale: what it lacks the other may hold',
    observations: open({
      repositories: repositories(2, 0, ['fs', 's3']),
      snapshots: snapshots({ lastSuccessAt: '2025-01-01T00:00:00.000Z' }),
    }),
    verdict: 'fail',
    severity: 'medium',
  },
  {
    name: 'a fresh snapshot in a repository that is registered read-only',
    observations: open({ repositories: repositories(1, 1), snapshots: snapshots({ readOnly: true }) }),
    verdict: 'pass',
  },
  {
    name: 'a fresh snapshot that the caller has no privilege to delete',
    observations: openCluster({
      caller: { login: 'anonymous', user: 'visitor', roles: ['shop'] },
      power: { ...power, ground: { kind: 'privileges', deletes: ['*'] }, reconfigures: false },
      topics: { backups: { repositories: repositories(1), snapshots: snapshots() } },
    }),
    verdict: 'pass',
  },
  {
    name: 'an anonymous user who may not delete',
    observations: openCluster({
      caller: { login: 'anonymous', user: 'visitor', roles: ['visitor_read'] },
      power: { ...power, ground: null, reconfigures: false, mayNotDelete: [6] },
    }),
    verdict: 'pass',
  },
  { name: 'it asks for a login', observations: observed(), verdict: 'pass' },
  {
    name: 'a read-only repository that was not asked',
    observations: open({ repositories: repositories(2, 1, ['fs', 's3']), snapshots: snapshots() }),
    verdict: 'undetermined',
  },
  {
    name: 'the repositories are not known',
    observations: open({ repositories: null, snapshots: null }),
    verdict: 'undetermined',
  },
  { name: 'not asked', observations: open(null), verdict: 'undetermined' },
  {
    name: 'an anonymous user who may perhaps only read',
    observations: openCluster({ caller: { login: 'anonymous' }, power: { ...power, ground: null } }),
    verdict: 'undetermined',
  },
  { name: 'it could not be judged', observations: undetermined(), verdict: 'undetermined' },
  {
    name: 'nothing to bring back',
    observations: openCluster({
      power,
      cluster: { indices: listing(index('.kibana_1', 7)), searchPermittedOn: null },
      topics: { backups: { repositories: repositories(0, 0, []), snapshots: null } },
    }),
    verdict: 'not-applicable',
  },
  { name: 'a dashboard', observations: lockedKibana(), verdict: 'not-applicable' },
  { name: 'an open dashboard', observations: openKibana(), verdict: 'not-applicable' },
  { name: 'nothing there', observations: nothingThere(), verdict: 'not-applicable' },
]);

t.test('where no repository was found, one is registered before the first snapshot goes there', (t) => {
  const codes = (product: 'elasticsearch' | 'opensearch', number: string): string => {
    const observations = openCluster({
      identity: { product, version: { number, certainty: 'exact', source: 'banner' } },
    });
    const facts = { kind: 'none', days: null, inReach: false } as const;
    const { steps } = remedyIn(check.remedy(facts, observations), check.texts.en.remedy, facts, {});
    return steps.map(({ code }) => code ?? '').join('\n');
  };
  for (const [product, number, type] of [
    ['elasticsearch', '2.4.6', 'fs'],
    ['elasticsearch', '7.17.9', 's3'],
    ['elasticsearch', '9.4.3', 's3'],
    ['opensearch', '2.19.4', 's3'],
  ] as const) {
    const text = codes(product, number);
    t.match(text, new RegExp(`_snapshot/backups' -d '\\{"type": "${type}"[^]*_snapshot/backups/first`), number);
    t.equal(text.includes('path.repo'), type === 'fs', number);
    t.equal(
      text.includes(`bin/${product}-plugin install repository-s3`),
      ['7.17.9', '2.19.4'].includes(number),
      number,
    );
  }
  t.end();
});
