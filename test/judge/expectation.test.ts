import t from 'tap';
import { receive } from '../../src/judge/expectation.js';
import type { Expectation } from '../../src/model/endpoint.js';
import type { Observations } from '../../src/model/observation.js';
import { contextFrom, index, listing, observed, openCluster, openKibana } from '../support/observations.js';

const upTo = (more: Partial<Extract<Expectation, { kind: 'up-to' }>> = {}): Expectation => ({
  kind: 'up-to',
  rung: 'control',
  via: null,
  indices: [],
  reason: 'public wallboard',
  approvedBy: 'CISO',
  until: '2026-01-02',
  ...more,
});

const two = openCluster({
  cluster: {
    indices: listing(index('public-a', 1), index('public-b', 2)),
    searchPermittedOn: { index: 'public-a', documents: 1, evidence: [2] },
  },
});

const cases: readonly {
  name: string;
  expect: Expectation;
  observations: Observations;
  now?: string;
  accepted: boolean;
  says?: RegExp;
}[] = [
  { name: 'closed says nothing', expect: { kind: 'closed' }, observations: two, accepted: false },
  {
    name: 'absent is said',
    expect: { kind: 'absent' },
    observations: two,
    accepted: false,
    says: /says that nothing responds here/,
  },
  {
    name: 'a declared decoy that is real',
    expect: { kind: 'decoy' },
    observations: two,
    accepted: false,
    says: /declares a decoy here, but it behaves like a real server/,
  },
  { name: 'below the ceiling, on its last day', expect: upTo(), observations: two, accepted: true },
  {
    name: 'past its date',
    expect: upTo(),
    observations: two,
    now: '2026-01-03T00:00:00.000Z',
    accepted: false,
    says: /until 2026-01-02: that date has passed/,
  },
  {
    name: 'above the ceiling',
    expect: upTo({ rung: 'metadata' }),
    observations: two,
    accepted: false,
    says: /CISO accepted up to "metadata" here.*"control"\) is above that/,
  },
  {
    name: 'at the ceiling, but not known whether more',
    expect: upTo({ rung: 'metadata' }),
    observations: openKibana({ access: { rung: 'metadata' }, reaches: { documents: 'unknown' } }),
    accepted: false,
    says: /whether more than that is reached was not determined/,
  },
  {
    name: 'at the ceiling, and no more',
    expect: upTo({ rung: 'metadata' }),
    observations: openKibana({ access: { rung: 'metadata' }, reaches: { documents: 'no' } }),
    accepted: true,
  },
  {
    name: 'through the product that was accepted',
    expect: upTo({ via: 'kibana' }),
    observations: openKibana(),
    accepted: true,
  },
  {
    name: 'through another',
    expect: upTo({ via: 'kibana' }),
    observations: two,
    accepted: false,
    says: /only through Kibana; this is Elasticsearch/,
  },
  { name: 'the accepted indices', expect: upTo({ indices: ['public-*'] }), observations: two, accepted: true },
  {
    name: 'an index by its name',
    expect: upTo({ indices: ['public-a', 'public-b'] }),
    observations: two,
    accepted: true,
  },
  {
    name: 'a name is not a pattern',
    expect: upTo({ indices: ['public.a', 'public-?'] }),
    observations: two,
    accepted: false,
    says: /others are exposed too: `public-a`, `public-b`/,
  },
  {
    name: 'others besides them',
    expect: upTo({ indices: ['public-*'] }),
    observations: openCluster(),
    accepted: false,
    says: /others are exposed too: `orders`, `customers`, `\.kibana_1`/,
  },
  {
    name: 'a listing cut short cannot be compared',
    expect: upTo({ indices: ['public-*'] }),
    observations: openCluster({
      cluster: { indices: { ...listing(index('public-a', 1)), total: 9 }, searchPermittedOn: null },
    }),
    accepted: false,
    says: /could not be checked/,
  },
  {
    name: 'no listing cannot be compared',
    expect: upTo({ indices: ['public-*'] }),
    observations: openCluster({ cluster: { indices: null, searchPermittedOn: null } }),
    accepted: false,
    says: /could not be checked/,
  },
  {
    name: 'a banner shows no index',
    expect: upTo({ rung: 'banner', indices: ['public-*'] }),
    observations: observed({ access: { rung: 'banner' } }),
    accepted: true,
  },
];

for (const one of cases)
  t.test(one.name, (t) => {
    const context = { ...contextFrom('internet', one.expect), ...(one.now === undefined ? {} : { now: one.now }) };
    const reception = receive(one.observations, context);
    t.equal(reception.accepted !== null, one.accepted);
    if (reception.accepted !== null)
      t.same(reception.accepted, { reason: 'public wallboard', approvedBy: 'CISO', until: '2026-01-02' });
    else if (one.says === undefined) t.equal(reception.sentence, null);
    else t.match(reception.sentence, one.says);
    t.end();
  });

t.test('the most specific target decides', (t) => {
  const context = contextFrom('internet', upTo());
  t.not(receive(openCluster({ targets: ['search', 'unknown'] }), context).accepted, null);
  t.equal(receive(openCluster({ targets: ['unknown', 'search'] }), context).accepted, null);
  t.end();
});
