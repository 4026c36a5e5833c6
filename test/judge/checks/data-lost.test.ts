import t from 'tap';
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
  { name: 'nothing there', observations: nothingThere(), context: after(two), verdict: 'not-applicable' },
  { name: 'not judged', observations: undetermined(), context: after(two), verdict: 'undetermined' },
]);
