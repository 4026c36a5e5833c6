// Tickets over several nights: the action of each line, and that nothing is called resolved without proof.
import t from 'tap';
import { z } from 'zod';
import type { Finding } from '../../../src/model/finding.js';
import type { FindingHistory, PastCheck } from '../../../src/model/history.js';
import type { Shard } from '../../../src/model/series.js';
import { clean, finding, full, hostile, nothing, run, unfinished, type Sample } from '../../support/report-sample.js';
import { written } from '../../support/write.js';

const line = z.strictObject({
  key: z.string().regex(/^leftopen-[0-9a-f]{16}$/),
  action: z.enum(['open', 'comment', 'reopen', 'resolve']),
  changed: z.boolean(),
  revision: z.string().regex(/^[0-9a-f]{16}$/),
  title: z.string().min(1).max(255),
  body: z.string().min(1).max(32_767),
  comment: z.string().min(1).max(32_767),
  labels: z.array(z.string().regex(/^\S+$/)),
  severity: z.string(),
  priority: z.int().min(1).max(5),
  owner: z.string().nullable(),
  contact: z.strictObject({ name: z.string(), email: z.string().nullable(), phone: z.string().nullable() }).nullable(),
  findings: z.int(),
  engagement: z.string(),
  vantage: z.string(),
  run: z.string(),
});

async function tickets(sample: Sample): Promise<readonly z.infer<typeof line>[]> {
  const text = await written('tickets', sample);
  return text
    .split('\n')
    .filter((each) => each !== '')
    .map((each) => line.parse(JSON.parse(each)));
}

const info = run();

function having(status: FindingHistory['status'], part: Partial<Finding> = {}): Finding {
  const made = finding(part);
  if (made.history === null) throw new Error('a sample has a history');
  return { ...made, history: { ...made.history, status } };
}

/** What is carried forward of a finding that this run does not have. */
function gone(
  status: PastCheck['last']['status'],
  part: Partial<PastCheck> & { readonly when?: string } = {},
): PastCheck {
  const { when = info.startedAt, ...rest } = part;
  const { check, fingerprint, endpoint, target, owner, owners, title } = finding();
  return {
    ...{ check, fingerprint, endpoint, target, owner, owners, title, primary: true },
    ticket: 'cluster:8sWq1',
    level: { severity: 'critical', access: 'control', classes: [] },
    firstSeen: '2026-11-10T20:00:04.000Z',
    openSince: '2026-11-10T20:00:04.000Z',
    lastSeen: '2026-11-21T20:00:03.500Z',
    daysOpen: 12,
    last: { status, at: when, run: when === info.startedAt ? info.id : 'earlier', why: 'why it is so.', shownBy: [7] },
    addresses: [],
    accepted: null,
    ...rest,
  };
}

const accepted = { reason: 'wallboard', approvedBy: 'Jeanne Moreau', until: '2027-01-31' };

function sample(findings: readonly Finding[], checks: readonly PastCheck[] = []): Sample {
  return {
    ...nothing,
    head: { ...full.head, run: info },
    findings,
    history: checks.map((check, i) => ({ place: `p${i}`, checks: [check] })),
  };
}

t.test('each state of a ticket has its action, and only what is shown to be fixed is resolved', async (t) => {
  const earlier = '2026-11-20T20:00:03.500Z';
  for (const [what, findings, checks, expected] of [
    ['new', [having('new')], [], 'open'],
    ['unchanged', [having('unchanged')], [], 'comment'],
    ['worse', [having('worse')], [], 'comment'],
    ['a new one next to a known one', [having('new'), having('unchanged')], [], 'comment'],
    ['a new one where another could not be checked', [having('new')], [gone('not-reached')], 'comment'],
    ['a part is fixed', [having('unchanged')], [gone('fixed')], 'comment'],
    ['back again', [having('reopened')], [], 'reopen'],
    ['another finding where all had ended', [having('new')], [gone('fixed', { when: earlier })], 'reopen'],
    ['new and accepted', [having('new', { accepted })], [], null],
    ['known and accepted', [having('unchanged', { accepted })], [], 'comment'],
    ['fixed', [], [gone('fixed')], 'resolve'],
    ['fixed over two nights', [], [gone('fixed', { when: earlier }), gone('fixed')], 'resolve'],
    ['fixed in an earlier run', [], [gone('fixed', { when: earlier })], null],
    ['no longer reachable', [], [gone('closed')], 'comment'],
    [
      'fixed, and another no longer reachable before',
      [],
      [gone('closed', { when: earlier }), gone('fixed')],
      'comment',
    ],
    ['fixed, and another withdrawn', [], [gone('withdrawn'), gone('fixed')], 'comment'],
    ['fixed, and another not asked', [], [gone('not-asked'), gone('fixed')], 'comment'],
    ['fixed, and another accepted', [having('unchanged', { accepted })], [gone('fixed')], 'comment'],
    ['could not be checked', [], [gone('not-reached')], 'comment'],
    ['withdrawn', [], [gone('withdrawn')], 'comment'],
  ] as const) {
    const lines = await tickets(sample(findings, checks));
    t.strictSame(
      lines.map(({ action }) => action),
      expected === null ? [] : [expected],
      what,
    );
  }
});

t.test('the title and severity of a ticket are those of the worst that is not shown to be fixed', async (t) => {
  const level = (severity: PastCheck['level']['severity']): Partial<PastCheck> => ({
    level: { severity, access: 'control', classes: [] },
    title: `a ${severity} one`,
  });
  const low = gone('not-reached', { ...level('low'), check: 'aaa' });
  const medium = gone('not-asked', { ...level('medium'), check: 'zzz' });
  const fixed = gone('fixed', level('critical'));
  for (const checks of [
    [low, medium, fixed],
    [fixed, medium, low],
  ])
    t.match(await tickets(sample([], checks)), [{ action: 'comment', title: 'a medium one', severity: 'medium' }]);
});

t.test('a ticket keeps its key when a cluster is wiped, and differs by owner, problem and vantage', async (t) => {
  const [night] = await tickets(sample([having('new')]));
  const [wiped] = await tickets(sample([having('unchanged', { problem: 'cluster:another', owner: 'Shop platform' })]));
  t.equal(wiped?.key, night?.key);
  const [fixed] = await tickets(sample([], [gone('fixed')]));
  t.equal(fixed?.key, night?.key);
  const two = await tickets(sample([having('new', { owners: ['Data', 'Shop platform'] })]));
  t.strictSame(two.map(({ owner }) => owner).sort(), ['Data', 'Shop platform']);
  t.equal(new Set(two.map(({ key }) => key)).size, 2);
  const forOne = { ...sample([having('new', { owners: ['Data', 'Shop platform'] })]) };
  const record = { ...forOne, head: { ...full.head, run: run({ onlyOwner: 'Data' }) } };
  t.strictSame(
    (await tickets(record)).map(({ owner, key }) => [owner, key]),
    [['Data', two.find(({ owner }) => owner === 'Data')?.key]],
  );
  const elsewhere = {
    ...sample([having('new')]),
    head: { ...full.head, run: run({ vantage: { ...info.vantage, name: 'inside' } }) },
  };
  t.not((await tickets(elsewhere))[0]?.key, night?.key);
});

t.test('what one shard calls fixed resolves no ticket of another one', async (t) => {
  const of = async (shard: Shard, part: Sample): Promise<string | undefined> =>
    (await tickets({ ...part, head: { ...full.head, run: run({ shard }) } }))[0]?.key;
  t.not(await of('1/2', sample([], [gone('fixed')])), await of('2/2', sample([having('unchanged')])));
  t.equal(await of('1/2', sample([], [gone('fixed')])), await of('1/2', sample([having('unchanged')])));
});

t.test('a repeat of the same run has the same revision, and so does a night without news', async (t) => {
  const revision = async (findings: readonly Finding[], id: string): Promise<string | undefined> =>
    (await tickets({ ...sample(findings), head: { ...full.head, run: run({ id }) } }))[0]?.revision;
  t.equal(await revision([having('worse')], 'one'), await revision([having('worse')], 'one'));
  t.not(await revision([having('worse')], 'one'), await revision([having('worse')], 'two'), 'worse again');
  t.equal(await revision([having('unchanged')], 'one'), await revision([having('unchanged')], 'two'));
  const still = await tickets(sample([having('unchanged')]));
  t.match(still, [{ changed: false }]);
});

t.test('a ticket is as severe as what is not shown to be fixed or better', async (t) => {
  const made = having('unchanged', { severity: 'info' });
  if (made.history === null) throw new Error('a sample has a history');
  const before = {
    severity: 'high',
    access: 'control',
    classes: [],
    check: made.check,
    lastSeen: info.startedAt,
  } as const;
  const less = { ...made, history: { ...made.history, before, why: 'it was high before' } };
  t.match(await tickets(sample([less])), [{ severity: 'high', comment: /: info \(it was high before\)/ }]);
  const better = { ...less, history: { ...less.history, status: 'better' as const } };
  t.match(await tickets(sample([better])), [{ severity: 'info' }]);
  const unclear = gone('not-reached', { level: { severity: 'medium', access: 'control', classes: [] } });
  t.match(await tickets(sample([better], [unclear])), [{ severity: 'medium' }]);
});

t.test('the ticket of a former owner says who has the finding now, and is not resolved', async (t) => {
  const made = having('unchanged', { owner: 'Data', owners: ['Data'] });
  if (made.history === null) throw new Error('a sample has a history');
  const moved = { ...made, history: { ...made.history, ownerBefore: 'Shop platform' } };
  const lines = await tickets(sample([moved], [gone('fixed', { owners: ['Shop platform'] })]));
  t.match(Object.fromEntries(lines.map((each) => [each.owner, each])), {
    Data: { action: 'comment', findings: 1 },
    'Shop platform': { action: 'comment', changed: true, findings: 0, comment: /is now with Data\n/ },
  });
  t.equal(lines.length, 2);
});

t.test('what is no longer accepted is news, however often it was accepted before', async (t) => {
  const made = having('unchanged');
  if (made.history === null) throw new Error('a sample has a history');
  const lapsed = { ...made, history: { ...made.history, noLongerAccepted: true } } as const;
  const night = async (id: string): Promise<readonly z.infer<typeof line>[]> =>
    tickets({ ...sample([lapsed]), head: { ...full.head, run: run({ id }) } });
  const first = await night('one');
  t.match(first, [{ action: 'comment', changed: true, comment: /: critical, no longer accepted\n/ }]);
  t.not(first[0]?.revision, (await night('two'))[0]?.revision, 'so a ticket that was closed by hand is reopened');
});

t.test('a night without news has the same revision when its findings change places', async (t) => {
  const two = [having('unchanged'), having('unchanged', { fingerprint: 'f'.repeat(64) })];
  const revisions = await Promise.all(
    [two, two.toReversed()].map(async (findings) => (await tickets(sample(findings)))[0]?.revision),
  );
  t.equal(revisions[0], revisions[1]);
});

t.test('a ticket has remedy, proof, contact and all its endpoints', async (t) => {
  const contacts = [
    { key: 'shop', owner: 'Shop platform', contact: { name: 'Ann', email: 'ann@acme.example', phone: null } },
  ];
  const known = run({ declared: { ...info.declared, contacts } });
  const many = Array.from({ length: 40 }, (_, i) =>
    having('new', { fingerprint: `f${i}`, endpoint: `http://es-${i}.acme.example:9200` }),
  );
  const [ticket] = await tickets({ ...sample(many), head: { ...full.head, run: known } });
  const [first] = many;
  if (ticket === undefined) throw new Error('no ticket');
  t.equal(ticket.contact?.email, 'ann@acme.example');
  t.equal(ticket.findings, 40);
  for (const text of [
    first?.remedy.verify.command ?? '?',
    'xpack.security.enabled: true',
    'http://es-29.acme.example:9200',
  ])
    t.ok(ticket.body.includes(text), text);
  t.notOk(ticket.body.includes('es-30.acme.example'));
  t.match(ticket.body, /And 10 findings more/);
  t.match(ticket.labels, ['leftopen', 'critical', 'cluster-open', 'production']);
});

t.test('texts of hostile targets stay within their fields', async (t) => {
  for (const each of [full, hostile, clean, unfinished, nothing]) t.ok((await tickets(each)).length >= 0);
  const long = 'x'.repeat(40_000);
  const step = { text: long, code: long };
  const [ticket] = await tickets(
    sample([
      having('new', { title: `a\n${long}`, summary: long, remedy: { ...finding().remedy, steps: [step, step, step] } }),
    ]),
  );
  t.notMatch(ticket?.title, /\n/);
});
