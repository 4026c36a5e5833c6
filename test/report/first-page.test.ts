import t from 'tap';
import type { Finding, ReportHead, RunInfo } from '../../src/model/finding.js';
import { firstPage, othersByKind, sinceHeadline } from '../../src/report/first-page.js';
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
    ...actions.map(({ when, texts }) => `${when}: ${texts.join(' ')}`),
  ].join('\n');
}

/** The full sample with one finding instead of its own. */
function only(part: Partial<Finding>, run: Partial<RunInfo> = {}): Sample {
  const one = finding({ problem: 'alone', ...part });
  const head: ReportHead = { ...full.head, run: { ...full.head.run, ...run }, problems: [], problemsTotal: 0 };
  return { head, findings: [one], endpoints: [] };
}

t.test('the Shanghai pattern, as a manager reads it', async (t) => {
  const lead = full.findings[0];
  t.same(await page(full), {
    severity: 'critical',
    headline: `${lead?.title ?? ''}.`,
    owners: ['Customer registry'],
    proof: { fingerprint: 'dashboard-gateway|kibana.acme.example|5601|/kibana', number: 1, evidence: 'E1–E4' },
    paragraphs: [
      { label: null, text: lead?.summary },
      {
        label: 'Without a login for at least 412 days.',
        text: `${lead?.since.reasoning ?? ''} The oldest index was created on 2020-09-14: that is the age of the data, not of the exposure. The cluster has existed since 2020-09-13 at least: then it issued itself its licence. The certificate that it shows is valid from 2025-01-01.`,
      },
      {
        label: 'What lies behind it:',
        text: '14 indices, 1,021,553,204 records, 24.3 TB; field names of name, national identity number and phone.',
      },
      {
        label: 'Records are not persons.',
        text: 'We read none and counted nobody. Treat what lies there as personal data until you know that it is none. This audit cannot say whether anybody else was there.',
      },
    ],
    actions: [
      {
        when: 'This hour',
        texts: [
          'At the firewall, let only the addresses that need it reach port 5601. Do not restart, delete or pay; first secure logs, connection lists and disk copies.',
        ],
      },
      {
        when: 'Today',
        texts: [
          'Let it listen only where the people who use it are (`kibana.yml`, then restart it).',
          '(6.8, and 7.1 to 7.17) Kibana asks for a login once its cluster has security and Kibana has not switched it off.',
          'Replace the password with which it enters its cluster, and close the other doors of that cluster.',
        ],
      },
      {
        when: 'This week',
        texts: [
          'Read 412 days of access logs, tell your data-protection officer (notification clocks may run), and test again from the internet.',
        ],
      },
    ],
    others: full.head.problems
      .slice(1)
      .map((problem, i) => ({ problem, since: i === 0 ? 'Without a login for at least 112 days.' : null })),
    othersTotal: 3,
  });
});

t.test('the doors of one problem are counted, and inside is not called the internet', async (t) => {
  const said = await words(unfinished);
  t.match(said, '12 doors, one problem (cluster uuid 8sWq1TdGQ0q2yWJxkzN0Xw): every one of them has to be closed.');
  t.match(said, 'A caller without credentials at 10.20.0.9 can enter an Elasticsearch cluster without a login');
});

t.test('a door that refused us is not said to be entered', async (t) => {
  const problems = full.head.problems.map((problem) => ({ ...problem, doorsTotal: 3, doorsOpen: 2 }));
  const said = await words({ ...full, head: { ...full.head, problems } });
  t.match(
    said,
    /^3 doors, one problem .*: 2 of them let us in, and every one of these has to be closed; the other refused us\.$/m,
  );
});

t.test('no more is said of what lies there than was seen', async (t) => {
  const none = { indices: 0, documents: 0, bytes: 0, atLeast: { indices: false, documents: false }, largest: [] };
  t.notMatch(await words(only({ access: 'banner', state: 'guarded', contents: null })), /persons|anybody else/);
  t.match(await words(only({ access: 'metadata', contents: null })), 'Records are not persons.');
  t.match(
    await words(only({ contents: none })),
    'No record lies there now. It can be filled, or may have been emptied.',
  );
});

t.test('the steps of a remedy are put under their times', async (t) => {
  const step = (text: string): Finding['remedy']['steps'][number] => ({ text, code: null });
  const cases: [string[], [string, string[]][]][] = [
    [[], []],
    [['stop it.'], [['What to do', ['stop it.']]]],
    [
      ['This hour: stop it.', 'then look.', 'Today: sleep.'],
      [
        ['This hour', ['Stop it.', 'then look.']],
        ['Today', ['Sleep.']],
      ],
    ],
    [
      ['Today (7.1 to 7.17): do a: b.', 'This week: c.'],
      [
        ['Today', ['(7.1 to 7.17) Do a: b.']],
        ['This week', ['C.']],
      ],
    ],
    [['Todays: no time.'], [['What to do', ['Todays: no time.']]]],
  ];
  for (const [steps, expected] of cases) {
    const { actions } = await page(only({ remedy: { ...finding().remedy, steps: steps.map(step) } }));
    t.same(
      actions.map(({ when, texts }) => [when, texts]),
      expected,
    );
  }
});

t.test('the headline on time names its clock', (t) => {
  const { since } = finding();
  const cases: [Partial<Finding>, Partial<RunInfo>, string][] = [
    [{}, {}, 'Without a login for at least 112 days.'],
    [{ since: { ...since, what: 'exposed' } }, {}, 'Without a login for at least 112 days.'],
    [{ since: { ...since, strength: 'weak' } }, {}, 'Without a login for 112 days, probably.'],
    [
      { since: { ...since, configuredOpenSince: '2026-11-22T10:00:00.000Z' } },
      {},
      'Without a login for at least 10 hours.',
    ],
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
    [{ since: { ...since, headline: 'seen', what: 'seen' } }, {}, 'Seen on 2026-11-22 20:00:04 UTC.'],
    [{}, { endedAt: null }, 'Without a login for at least 112 days.'],
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

t.test('what refuses, and a certificate, is to mend, and does not stand open', async (t) => {
  const [lead, ...rest] = full.head.problems;
  const problems = rest.map((problem, i) => ({
    ...problem,
    doorsOpen: i === 0 ? 0 : 1,
    checks: i === 1 ? ['certificate-expired'] : problem.checks,
  }));
  const head = { ...full.head, problems: lead === undefined ? [] : [lead, ...problems] };
  const kinds = othersByKind(await page({ ...full, head })).map(({ title, others }) => [
    title,
    others.map(({ problem }) => problem.id),
  ]);
  t.same(kinds, [
    ['What else stands open', [problems[2]?.id]],
    ['What else to mend', [problems[0]?.id, problems[1]?.id]],
  ]);
  t.same(
    othersByKind(await page(full)).map(({ title }) => title),
    ['What else stands open'],
  );
  t.same(othersByKind(await page(nothing)), []);
});
