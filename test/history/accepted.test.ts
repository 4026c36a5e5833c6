// What acceptances do to findings, night after night, and what is reported about each entry.
import t from 'tap';
import { openBook } from '../../src/history/accepted.js';
import { comparePlace, type Compared } from '../../src/history/compare.js';
import { en, type HistoryTexts } from '../../src/history/texts/en.js';
import type { AcceptedRisk } from '../../src/model/acceptance.js';
import type { Finding, Severity } from '../../src/model/finding.js';
import type { EndpointNow, PastPlace } from '../../src/model/history.js';
import { finding } from '../support/report-sample.js';
import { inOtherWords } from '../support/second-language.js';

const fingerprint = 'ab'.repeat(32);

/** The id of the finding at its address. */
const id = finding({ fingerprint }).id;

function risk(part: Partial<AcceptedRisk> = {}): AcceptedRisk {
  return {
    entry: '0000000000000001',
    declaredIn: null,
    finding: fingerprint,
    target: null,
    check: null,
    vulnerabilities: [],
    reason: 'replaced in March',
    owner: 'Search',
    approvedBy: 'Jane',
    until: '2027-01-31',
    ...part,
  };
}

type Part = NonNullable<(Compared & { readonly acceptedPart?: object })['acceptedPart']>;

function hit(severity: Severity, more: Partial<Finding> = {}, acceptedPart?: Part) {
  const one = finding({
    check: 'end-of-life',
    target: 'search',
    fingerprint,
    severity,
    accepted: null,
    ...more,
  });
  return { finding: one, primary: false, ...(acceptedPart && { acceptedPart }) };
}

type Endpoint = EndpointNow<Compared> & { readonly summary: { readonly target: string } };

function at(found: readonly Compared[], part: Partial<Endpoint> = {}): Endpoint {
  return {
    summary: { target: 'search' },
    address: '192.0.2.1',
    state: 'open',
    asked: true,
    cut: false,
    why: null,
    passed: found.length === 0 ? { 'end-of-life': [3] } : {},
    undetermined: {},
    denied: [],
    found,
    ...part,
  };
}

interface Night {
  readonly endpoints: readonly Endpoint[] | null;
  readonly risks: readonly AcceptedRisk[];
  readonly day?: string;
}

/** Each night with those before it. */
function nights(...all: readonly Night[]) {
  return nightsIn(en, ...all);
}

function nightsIn(texts: HistoryTexts, ...all: readonly Night[]) {
  let past: PastPlace | null = null;
  return all.map(({ endpoints, risks, day }, i) => {
    const startedAt = `${day ?? `2026-12-0${i + 1}`}T02:00:00Z`;
    const run = { run: `run ${i}`, startedAt, checks: null, alive: true, absent: () => 'not-asked' as const, texts };
    const book = openBook(risks, run);
    const place = 'es.acme.example|9200|';
    const compared = comparePlace(past, endpoints === null ? null : { place, endpoints }, run);
    const received = book.receive(compared);
    past = received.past;
    return {
      found: received.endpoints.flatMap(({ found }) => found),
      findings: received.endpoints.flatMap(({ found }) => found.map(({ finding }) => finding)),
      states: book.states(),
    };
  });
}

t.test('by fingerprint, by id, by a prefix of either, or by target and check', (t) => {
  const ways: readonly Partial<AcceptedRisk>[] = [
    {},
    { finding: id },
    { finding: fingerprint.slice(0, 8) },
    { finding: null, target: 'search', check: 'end-of-life' },
  ];
  for (const way of ways) {
    const [night] = nights({ endpoints: [at([hit('medium')])], risks: [risk(way)] });
    t.match(night?.findings, [
      { accepted: { reason: 'replaced in March', owner: 'Search', approvedBy: 'Jane', until: '2027-01-31' } },
    ]);
    t.match(night?.states, [{ use: 'in-use', findings: 1, worse: 0 }]);
  }
  for (const way of [
    { finding: 'ef'.repeat(32) },
    { finding: null, target: 'other', check: 'end-of-life' },
    { finding: null, target: 'search', check: 'cluster-open' },
  ]) {
    const [night] = nights({ endpoints: [at([hit('medium')])], risks: [risk(way)] });
    t.match(night?.findings, [{ accepted: null }]);
    t.match(night?.states, [{ findings: 0 }]);
  }
  t.end();
});

t.test('the last day counts; after it the finding counts again, and says so', (t) => {
  const ends = [risk({ until: '2026-12-02' })];
  const same = [at([hit('medium')])];
  const [first, second, third, fourth] = nights(
    { endpoints: same, risks: ends },
    { endpoints: same, risks: ends },
    { endpoints: same, risks: ends },
    { endpoints: same, risks: ends },
  );
  t.match(
    [first, second].map((night) => night?.findings[0]?.accepted?.until),
    ['2026-12-02', '2026-12-02'],
  );
  t.match(second?.states, [{ term: 'ends-soon' }]);
  t.match(third?.found, [{ history: { status: 'unchanged', noLongerAccepted: true } }]);
  t.match(third?.findings, [
    {
      accepted: null,
      lapsed: { because: 'expired', approvedBy: 'Jane' },
      summary: /Jane accepted this until 2026-12-02/,
    },
  ]);
  t.match(third?.states, [{ term: 'expired', use: 'in-use', findings: 0 }]);
  t.match(fourth?.found, [{ history: { noLongerAccepted: undefined } }], 'reported as a change once');
  t.end();
});

t.test('what got worse is not silenced, neither on that night nor later', (t) => {
  const risks = [risk()];
  const [, worse, still, again, better] = nights(
    { endpoints: [at([hit('low')])], risks },
    { endpoints: [at([hit('high')])], risks },
    { endpoints: [at([hit('high')])], risks },
    { endpoints: [at([hit('high')])], risks: [risk({ entry: '0000000000000002' })] },
    { endpoints: [at([hit('low')])], risks: [risk({ entry: '0000000000000002' })] },
  );
  t.match(worse?.findings, [{ accepted: null, lapsed: { because: 'worse', what: /low to high/ } }]);
  t.match(worse?.states, [{ findings: 0, worse: 1 }]);
  t.match(still?.findings, [{ accepted: null, lapsed: { because: 'worse' } }]);
  t.match(again?.findings, [{ accepted: { approvedBy: 'Jane' } }], 'a new entry accepts what is known by then');
  t.match(better?.findings, [{ accepted: { approvedBy: 'Jane' } }]);
  t.end();
});

t.test('an entry written in the day does not cover what got worse in the night', (t) => {
  const [, night] = nights(
    { endpoints: [at([hit('low')])], risks: [] },
    { endpoints: [at([hit('critical')])], risks: [risk()] },
  );
  t.match(night?.findings, [{ accepted: null, lapsed: { because: 'worse' } }]);
  t.end();
});

t.test('an entry is stale where the finding was shown to be gone, not where it was not reached', (t) => {
  const gone = (endpoints: readonly Endpoint[] | null, way: Partial<AcceptedRisk> = {}) => {
    const risks = [risk(way)];
    return nights({ endpoints: [at([hit('medium')])], risks }, { endpoints, risks })[1]?.states[0];
  };
  const byCheck = { finding: null, target: 'search', check: 'end-of-life' };
  for (const way of [{}, { finding: id }, byCheck]) {
    t.match(gone([at([])], way), { use: 'stale' });
    t.match(gone([at([], { state: 'unreachable', passed: {} })], way), { use: 'not-reached' });
    t.match(gone([at([], { state: 'undetermined', passed: {} })], way), { use: 'not-reached' });
    t.match(gone([at([], { asked: false, passed: {} })], way), { use: 'not-reached' });
    t.match(gone(null, way), { use: 'not-reached' });
  }
  const two = gone([at([]), at([], { address: '192.0.2.2', state: 'unreachable', passed: {} })], byCheck);
  t.match(two, { use: 'not-reached' }, 'one endpoint of the target is enough');
  t.match(nights({ endpoints: [at([])], risks: [risk()] })[0]?.states, [{ use: 'unmatched' }]);
  t.end();
});

t.test('single vulnerabilities: the finding stays open for the others', (t) => {
  const whole = { check: 'known-vulnerability', title: 'all of them' } as const;
  const rest = hit('medium', { check: 'known-vulnerability', title: 'the others' }).finding;
  const risks = [risk({ vulnerabilities: ['CVE-2015-1427'] })];
  const entries = [{ entry: '0000000000000001', ids: ['CVE-2015-1427'] }];
  const part = (severity: Severity, left: Finding | null): Part => ({ entries, severity, rest: left });
  const [first, second, third, last] = nights(
    { endpoints: [at([hit('critical', whole, part('critical', rest))])], risks },
    { endpoints: [at([hit('critical', whole, part('critical', null))])], risks },
    { endpoints: [at([hit('critical', whole, part('critical', rest))])], risks },
    {
      endpoints: [at([hit('critical', whole, part('critical', hit('critical', whole).finding))])],
      risks,
      day: '2027-02-01',
    },
  );
  t.match(first?.findings, [
    {
      title: 'the others',
      severity: 'medium',
      accepted: null,
      acceptedVulnerabilities: [{ id: 'CVE-2015-1427' }],
      summary: /CVE-2015-1427 \(by Jane/,
    },
  ]);
  t.match(second?.findings, [{ title: 'all of them', accepted: { approvedBy: 'Jane' } }]);
  t.match(third?.found, [{ history: { noLongerAccepted: true } }], 'a vulnerability that is new makes it count again');
  t.match(last?.findings, [
    { accepted: null, lapsed: { because: 'expired' }, summary: /CVE-2015-1427 until 2027-01-31/ },
  ]);
  const [, worse] = nights(
    { endpoints: [at([hit('low', whole, part('low', null))])], risks },
    { endpoints: [at([hit('critical', whole, part('critical', null))])], risks },
  );
  t.match(worse?.findings, [{ accepted: null, lapsed: { because: 'worse' } }]);
  t.end();
});

t.test('a ceiling of the target that no longer holds makes the finding count again', (t) => {
  const ceiling = { reason: 'wallboard', approvedBy: 'Ines', until: '2026-12-01' };
  const [, night] = nights(
    { endpoints: [at([hit('medium', { accepted: ceiling })])], risks: [] },
    { endpoints: [at([hit('medium')])], risks: [] },
  );
  t.match(night?.found, [{ history: { noLongerAccepted: true } }]);
  t.end();
});

t.test('in another language, nothing that is said of an acceptance is English', (t) => {
  const all = nightsIn(
    inOtherWords(en),
    { endpoints: [at([hit('medium')])], risks: [risk({})] },
    { endpoints: [at([hit('critical')])], risks: [risk({})] },
    { endpoints: [at([])], risks: [risk({})] },
    { endpoints: [at([hit('medium')])], risks: [risk({ until: '2026-12-01' })] },
    {
      endpoints: [at([], { state: 'unreachable', passed: {} })],
      risks: [risk({ finding: null, target: 'search', check: 'end-of-life' })],
    },
    { endpoints: [at([], { asked: false })], risks: [risk({ finding: null, target: 'search', check: 'end-of-life' })] },
    { endpoints: [at([])], risks: [risk({ finding: 'ef'.repeat(32) })] },
  );
  const said = all.flatMap(({ findings, states }) => [
    ...findings.map(({ summary }) => summary.replace(finding().summary, '')),
    ...states.map(({ why }) => why ?? ''),
  ]);
  const sentences = said.filter((one) => one !== '');
  t.ok(new Set(sentences).size > 4, sentences.join(' | '));
  t.same(
    sentences.filter((one) => /[a-z]{2,} [a-z]{2,}/i.test(one)),
    [],
  );
  t.end();
});
