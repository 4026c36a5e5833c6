import t from 'tap';
import type { Finding, ReportHead, RunInfo } from '../../src/model/finding.js';
import { firstPage, sinceHeadline } from '../../src/report/first-page.js';
import { findingsOverview } from '../../src/report/overview.js';
import { clean, finding, full, nothing, silent, stream, unfinished, type Sample } from '../support/report-sample.js';

async function page(sample: Sample): Promise<ReturnType<typeof firstPage>> {
  return firstPage(sample.head, await findingsOverview(stream(sample.findings)()));
}

async function words(sample: Sample): Promise<string> {
  const { headline, paragraphs, actions } = await page(sample);
  return [
    headline,
    ...paragraphs.map(({ label, text }) => `${label ?? ''} ${text}`),
    ...actions.map(({ when, text }) => `${when}: ${text}`),
  ].join('\n');
}

/** The full sample with one finding instead of its own. */
function only(part: Partial<Finding>, run: Partial<RunInfo> = {}): Sample {
  const one = finding({ problem: 'alone', ...part });
  const head: ReportHead = { ...full.head, run: { ...full.head.run, ...run }, problems: [], problemsTotal: 0 };
  return { head, findings: [one], endpoints: [] };
}

t.test('the Shanghai pattern, in the tone that a manager reads', async (t) => {
  t.same(await page(full), {
    severity: 'critical',
    headline: 'Anyone on the internet can enter a locked database through an unlocked dashboard.',
    owners: ['Customer registry'],
    proof: { fingerprint: 'dashboard-gateway|kibana.acme.example|5601|/kibana', number: 1, evidence: 'E1–E4' },
    paragraphs: [
      {
        label: null,
        text: 'The cluster refused us directly (401). The dashboard in front of it asks for no login; through it, indices are listed and their fields shown.',
      },
      {
        label: 'Open for at least 412 days.',
        text: 'This dashboard has run with its present settings, without a login, since 2025-10-06 06:02 UTC. First seen from this vantage on 2026-11-22 20:00:04 UTC. The oldest index was created on 2020-09-14: that is the age of the data, not of the exposure. We reached it from the internet (198.51.100.7); your firewall and proxy records decide the time between.',
      },
      {
        label: 'What lies behind it:',
        text: '14 indices, 1,021,553,204 records, 22.1 TiB. The largest: person_address_label_info_master (970,112,004 records) and mobile_phone_label (51,441,200 records). We read no record and counted no person: records are not persons. Treat it as personal data until you know that it is none.',
      },
      {
        label: null,
        text: 'A stranger on the internet must be assumed able to search and copy. That documents can be read is inferred from what we were shown. Changing and deleting were not tested: assume possible. Whether anyone did is unknown.',
      },
    ],
    actions: [
      {
        when: 'This hour',
        text: 'Block http://kibana.acme.example:5601/kibana at the firewall. Do not restart, delete or pay; first secure logs, connection lists and disk copies.',
      },
      {
        when: 'Today',
        text: 'Close it as finding F1 describes. Replace the account with which the dashboard logs in to the cluster behind it. If personal data may lie there, call your data-protection officer and counsel: notification clocks may run.',
      },
      {
        when: 'This week',
        text: 'Review 412 days of access logs (since 2025-10-06); run this audit again from the internet (198.51.100.7) to prove it.',
      },
    ],
    others: full.head.problems.slice(1),
    othersTotal: 3,
  });
});

t.test('the doors of one problem are counted, and inside is not called the internet', async (t) => {
  const said = await words(unfinished);
  t.match(said, '12 doors, one problem: All answers carry the cluster uuid 8sWq1TdGQ0q2yWJxkzN0Xw.');
  t.match(said, 'and its 11 other doors at the firewall');
  t.match(said, 'A caller without credentials at 10.20.0.9 must be assumed able to search, copy, change and delete');
  t.match(said, 'Changing and deleting were not tested');
  t.match(said, 'The internet was not tested.');
  t.notMatch(said, /stranger/);
});

t.test('each rung says what it was, and no more', async (t) => {
  const cases: [Partial<Finding>, RegExp, RegExp][] = [
    [{ access: 'documents', proof: 'proved' }, /able to search and copy\. Changing/, /inferred/],
    [{ access: 'metadata' }, /can list what is there\. Whether documents can be read was not shown/, /search and copy/],
    [
      { access: 'banner', state: 'guarded', contents: null },
      /No index was named and no record shown/,
      /at the firewall|lies behind/,
    ],
    [{ contents: null }, /What lies behind it: not known\. We were shown no totals/, /[0-9] records/],
    [
      { contents: { indices: 0, documents: 0, bytes: 0, largest: [] } },
      /0 indices, 0 records, 0 B\. An empty cluster can be filled, or may have been emptied/,
      /personal data until/,
    ],
  ];
  for (const [part, yes, no] of cases) {
    const said = await words(only(part));
    t.match(said, yes);
    t.notMatch(said, no);
  }
});

t.test('the headline on time names its clock', (t) => {
  const { since } = finding();
  const cases: [Partial<Finding>, Partial<RunInfo>, string][] = [
    [{}, {}, 'Open for at least 112 days.'],
    [{ state: 'guarded' }, {}, 'Exposed for at least 112 days.'],
    [{ since: { ...since, strength: 'weak' } }, {}, 'Probably open for 112 days.'],
    [{ since: { ...since, configuredOpenSince: '2026-11-22T10:00:00.000Z' } }, {}, 'Open for at least 10 hours.'],
    [
      { since: { ...since, configuredOpenSince: '2026-11-22T20:00:00.000Z' } },
      {},
      'Seen open on 2026-11-22 20:00:04 UTC.',
    ],
    [{ since: { ...since, configuredOpenSince: null } }, {}, 'Seen open on 2026-11-22 20:00:04 UTC.'],
    [
      { since: { ...since, headline: 'seen' } },
      { endedAt: '2026-11-24T20:00:00.000Z' },
      'Seen open on 2026-11-22 20:00:04 UTC.',
    ],
    [
      { since: { ...since, headline: 'seen', seenOpenSince: '2026-10-01T20:00:04.120Z' } },
      {},
      'Seen open for 52 days.',
    ],
    [{}, { endedAt: null }, 'Open for at least 112 days.'],
  ];
  for (const [part, run, headline] of cases) {
    const sample = only(part, run);
    t.equal(sinceHeadline(finding(part), sample.head), headline);
  }
  t.end();
});

t.test('without a finding: what was proved, what was not, and never that all is well', async (t) => {
  const cases: [Sample, string, RegExp][] = [
    [
      clean,
      'No finding beside an accepted one. This is no proof that nothing stands open.',
      /4 refused us, 1 is a decoy, 2 are other products, 41 could not be reached and 2 could not be judged/,
    ],
    [
      { ...clean, head: { ...clean.head, summary: { ...clean.head.summary, accepted: 0 } } },
      'No finding. This is no proof that nothing stands open.',
      /must not be taken for guarded/,
    ],
    [
      { ...clean, head: { ...clean.head, run: { ...clean.head.run, finished: false } } },
      'No finding so far beside an accepted one, and the run is not finished.',
      /no credential was tried/,
    ],
    [
      silent,
      'No endpoint gave an answer that could be judged. This is no all-clear.',
      /41 endpoints did not answer us; somebody elsewhere may be answered/,
    ],
    [nothing, 'Nothing was asked, so nothing was proved.', /no declared endpoint was finished/],
  ];
  for (const [sample, headline, rest] of cases) {
    const found = await page(sample);
    t.equal(found.headline, headline);
    t.equal(found.severity, null);
    t.match(await words(sample), rest);
    t.notMatch(await words(sample), /safe|secure/i);
  }
  t.match(await words({ ...clean, head: { ...clean.head, run: unfinished.head.run } }), 'The internet was not tested.');
});
