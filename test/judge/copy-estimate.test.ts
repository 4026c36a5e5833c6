import t from 'tap';
import { copyingOf } from '../../src/judge/copy-estimate.js';
import { copyPhrase } from '../../src/report/first-page.js';
import type { Finding } from '../../src/model/finding.js';
import { full } from '../support/report-sample.js';

const contents = (documents: number | null, bytes: number | null): Finding['contents'] => ({
  indices: 1,
  documents,
  bytes,
  largest: [],
});

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
  for (const nothing of [null, contents(null, 1), contents(0, 0)]) t.equal(copyingOf(nothing), null);
  t.end();
});

t.test('as a report says it', (t) => {
  const lead = full.findings[0];
  if (lead === undefined) throw new Error('no finding');
  const said = (copy: Finding['copy']) => copyPhrase({ ...lead, copy });
  t.match(
    said(copyingOf(contents(1_000_000_000, 24_300_000_000_000))),
    /would take about 23 days\. That is an estimate: 5,000,000 requests a day.*10,000 records each.*100 Mbit\/s/,
  );
  t.match(said(copyingOf(contents(7, null))), /would take less than a minute/);
  t.match(said(copyingOf(contents(1_000_000_000, null))), /would take at least about 29 minutes/);
  t.equal(said(null), null);
  t.end();
});
