import t from 'tap';
import { contentsSeen } from '../../../src/judge/contents-seen.js';
import { check } from '../../../src/judge/checks/data-lost.js';
import type { JudgeContext } from '../../../src/model/check.js';
import type { ContentsSeen } from '../../../src/model/history.js';
import { judgesAs } from '../../support/check-table.js';
import {
  contextFrom,
  index,
  listing,
  nothingThere,
  observed,
  openCluster,
  undetermined,
  uuid,
} from '../../support/observations.js';
import type { IndexFacts } from '../../../src/model/observation.js';

const lastNight = '2026-01-01T03:04:05.000Z';
const longAgo = '2025-06-01T00:00:00.000Z';

/** What was there in the last run. */
const after = (
  indices: readonly (readonly [name: string, documents: number])[],
  part: Partial<ContentsSeen> = {},
): JudgeContext => ({
  ...contextFrom('internet'),
  before: () => [
    {
      address: '192.0.2.10',
      uuid,
      at: lastNight,
      indices: indices.map(([name, documents]) => ({ name, documents, createdAt: longAgo })),
      ...part,
    },
  ],
});

const now = (...indices: IndexFacts[]) => openCluster({ cluster: { indices: listing(...indices) } });
const two = [
  ['orders', 1000],
  ['customers', 500],
] as const;
const old = { createdAt: longAgo };
const young = { createdAt: '2026-01-02T01:00:00.000Z' };

judgesAs(t, check, [
  {
    name: 'an index is gone',
    observations: now(index('customers', 500, old)),
    context: after(two),
    verdict: 'fail',
    severity: 'medium',
    title: /66%/,
    says: [/`orders`/, /Inferred/],
  },
  { name: 'all are gone', observations: now(), context: after(two), verdict: 'fail', severity: 'medium', title: /All/ },
  {
    name: 'most documents are gone',
    observations: now(index('orders', 10, old), index('customers', 5, old)),
    context: after(two),
    verdict: 'fail',
    severity: 'medium',
  },
  {
    name: 'made anew, with less',
    observations: now(index('orders', 600, young), index('customers', 400, young)),
    context: after(two),
    verdict: 'fail',
    says: [/2 indices were created again/],
  },
  {
    name: 'a ransom note in their place',
    observations: openCluster({
      cluster: { indices: listing(index('read_me', 1, young)) },
      traces: { incident: 'strong', indices: [], total: 1, signs: [], campaigns: [], evidence: [1] },
    }),
    context: after(two),
    verdict: 'fail',
    severity: 'critical',
    title: /ransom/,
  },
  {
    name: 'half of it is still there',
    observations: now(index('orders', 750, old)),
    context: after(two),
    verdict: 'pass',
  },
  {
    name: 'more than before',
    observations: now(index('orders', 2000, old), index('customers', 501, old)),
    context: after(two),
    verdict: 'pass',
  },
  {
    name: 'rebuilt in the night',
    observations: now(index('orders', 1001, young), index('customers', 499, young)),
    context: after(two),
    verdict: 'pass',
  },
  {
    name: 'under another name',
    observations: now(index('sales', 1000, young), index('customers', 500, old)),
    context: after(two),
    verdict: 'pass',
  },
  {
    name: 'a new version of it',
    observations: now(index('orders-v2', 1000, young)),
    context: after([['orders', 1000]]),
    verdict: 'pass',
  },
  {
    name: 'moved to a searchable snapshot',
    observations: now(index('partial-orders', 1000, young)),
    context: after([['orders', 1000]]),
    verdict: 'pass',
  },
  {
    name: 'an alias that was swapped to the other of two indices',
    observations: now(index('orders-green', 1000, young), index('customers', 500, old)),
    context: after([
      ['orders-blue', 1000],
      ['customers', 500],
    ]),
    verdict: 'pass',
  },
  {
    name: 'an alias that was swapped to a dated index',
    observations: now(index('orders-20260102', 1000, young)),
    context: after([['orders', 1000]]),
    verdict: 'pass',
  },
  {
    name: 'an alias that was swapped to an index with a time stamp',
    observations: now(index('orders_1767315600', 1000, young)),
    context: after([['orders', 1000]]),
    verdict: 'pass',
  },
  {
    name: 'turned into a data stream',
    observations: now(index('.ds-orders-2026.01.02-000001', 1000, young)),
    context: after([['orders', 1000]]),
    verdict: 'pass',
  },
  {
    name: 'a dated index of another name takes the place of nothing',
    observations: now(index('logs-2026.01.02', 90_000, young)),
    context: after([['orders', 1000]]),
    verdict: 'fail',
  },
  {
    name: 'a dated index that was there already takes the place of nothing',
    observations: now(index('orders-2025.12.31', 1000, old)),
    context: after([['orders', 1000]]),
    verdict: 'fail',
  },
  {
    name: 'swapped to an index with little in it',
    observations: now(index('orders-20260102', 100, young)),
    context: after([['orders', 1000]]),
    verdict: 'fail',
  },
  { name: 'only what comes and goes by itself was there', observations: now(), context: after([]), verdict: 'pass' },
  { name: 'no earlier run', observations: now(), verdict: 'not-applicable' },
  {
    name: 'another cluster',
    observations: now(),
    context: after(two, { uuid: 'AAAAAAAAAAAAAAAAAAAAAA' }),
    verdict: 'not-applicable',
  },
  {
    name: 'closed since',
    observations: observed({ access: { state: 'guarded', rung: 'guarded' } }),
    context: after(two),
    verdict: 'not-applicable',
  },
  {
    name: 'a role may hide the rest',
    observations: openCluster({ access: { rung: 'documents' }, cluster: { indices: listing() } }),
    context: after(two),
    verdict: 'undetermined',
  },
  {
    name: 'the listing was cut',
    observations: openCluster({ cluster: { indices: { ...listing(), complete: false } } }),
    context: after(two),
    verdict: 'undetermined',
  },
  {
    name: 'counts are missing',
    observations: now(index('orders', null)),
    context: after(two),
    verdict: 'undetermined',
  },
  {
    name: 'what was there is not at hand',
    observations: now(index('orders', 1, old)),
    context: { ...contextFrom('internet'), before: () => 'too-much' },
    verdict: 'undetermined',
  },
  { name: 'nothing there', observations: nothingThere(), context: after(two), verdict: 'not-applicable' },
  { name: 'not judged', observations: undetermined(), context: after(two), verdict: 'undetermined' },
]);

t.test('what comes and goes by itself is not compared, and what lasts is', (t) => {
  const kept = (...listed: string[]): readonly string[] =>
    (contentsSeen(now(...listed.map((name) => index(name, 10, old))))?.indices ?? []).map(({ name }) => name).sort();
  const passing = [
    ...['logs-2026.01.02', 'logs-2026-01', 'logs_20260102', 'logs-2026010213', 'logs-02.01.2026', 'logs-2026-w01'],
    ...['logs-2026w1', 'metrics-000001', 'shrink-ab12-metrics-000042', '.ds-orders-2026.01.02-000001'],
    ...[
      'partial-.ds-orders-2026.01.02-000001',
      'restored-logs-2026.01.02',
      'orders-1767315600',
      'orders_1767315600123',
    ],
    ...['ilm-history-5', 'security-auditlog-2026.01.02', 'top_queries-2026.01.02-12345'],
  ];
  for (const name of passing) t.strictSame(kept(name), [], name);
  const lasting = [
    'orders',
    'police_db_310000',
    'phone-13800138000',
    'zip_90210',
    'census',
    'tb_201400',
    'id-7040123456',
  ];
  for (const name of lasting) t.strictSame(kept(name), [name], name);
  t.strictSame(kept('orders-v1', 'orders-v2'), ['orders'], 'versions are one index');
  t.strictSame(kept('partial-orders', 'shrink-ab12-orders', 'orders'), ['orders'], 'what a lifecycle makes of it, too');
  t.end();
});
