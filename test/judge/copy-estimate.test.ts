import t from 'tap';
import { copyingOf, readableOf, type Readable } from '../../src/judge/copy-estimate.js';
import { en } from '../../src/report/texts/en.js';
import type { Finding } from '../../src/model/finding.js';
import { index, listing, openCluster, openKibana, type Mutation } from '../support/observations.js';
import { full } from '../support/report-sample.js';

const contents = (documents: number, bytes: number | null): Readable => ({ documents, bytes, atLeast: false });

t.test('an estimate by its own formula', (t) => {
  for (const [documents, bytes, seconds] of [
    [1, null, 1],
    [10_000, 0, 1],
    [1_000_000_000, null, 1728],
    [1_000_000_000, 24_300_000_000_000, 1_944_000],
    [5, 12_500_001, 2],
  ] as const) {
    const copy = copyingOf(contents(documents, bytes));
    t.match(copy, { documents, bytes, seconds });
    const { requestsPerDay, recordsPerRequest, bytesPerSecond } = copy ?? {
      requestsPerDay: 0,
      recordsPerRequest: 0,
      bytesPerSecond: 0,
    };
    const requests = (Math.ceil(documents / recordsPerRequest) / requestsPerDay) * 86_400;
    t.equal(copy?.seconds, Math.ceil(Math.max(requests, (bytes ?? 0) / bytesPerSecond)));
  }
  for (const nothing of [null, contents(0, 0)]) t.equal(copyingOf(nothing), null);
  t.end();
});

t.test('as a report says it', (t) => {
  const lead = full.findings[0];
  if (lead === undefined) throw new Error('no finding');
  const said = (copy: Finding['copy']) => en.problem.copy({ ...lead, contents: null, copy });
  t.match(said(copyingOf(contents(1_000_000_000, 24_300_000_000_000))), /would take about 23 days at 100 Mbit\/s/);
  t.match(said(copyingOf(contents(7, null))), /would take under a minute/);
  t.match(said(copyingOf(contents(1_000_000_000, null))), /would take at least about 29 minutes/);
  t.equal(said(null), null);
  t.match(
    en.problem.copy({ ...lead, copy: copyingOf(contents(40, 4000)) }),
    /\b40 documents\b.*\bCopying them would take/,
  );
  t.end();
});

t.test('only what was shown to be readable is counted', (t) => {
  const indices = listing(index('orders', 200), index('patients', 69), index('small', 40));
  const totals: Finding['contents'] = {
    indices: 3,
    documents: 309,
    bytes: 30_900,
    atLeast: { indices: false, documents: false },
    largest: [],
  };
  const searchPermittedOn = { index: 'small', documents: 40, evidence: [2] };
  const cluster = { indices, searchPermittedOn };
  const reaches = { documents: 'yes' } as const;
  const of = (mutation: Mutation) => readableOf(openCluster({ cluster, reaches, ...mutation }), totals);
  t.same(of({}), { documents: 309, bytes: 30_900, atLeast: false }, 'no login at all: what holds of one holds of all');
  const part = { documents: 40, bytes: 4000, atLeast: false };
  t.same(of({ refused: { paths: ['/patients/_search'], evidence: [3] } }), part, 'a search was denied');
  t.same(of({ refused: { paths: ['/_nodes'], evidence: [3] } }), part, 'something in front denies a part');
  const caller = { login: 'anonymous', user: 'public', roles: ['reader'], evidence: [] } as const;
  t.same(of({ caller }), part, 'a role may open one index and no other');
  t.equal(of({ cluster: { indices, searchPermittedOn: null } }), null, 'no search was permitted');
  t.equal(of({ reaches: { documents: 'unknown' } }), null);
  t.equal(readableOf(openKibana({ reaches }), totals), null, 'inferred through a dashboard is not shown');
  t.end();
});
