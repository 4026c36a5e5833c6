import t from 'tap';
import { openAt, type Blackout } from '../../src/engagement/index.js';
import {
  joinWeekly,
  parseInstant,
  parseTimeZone,
  parseWeekly,
  rememberingOpenAt,
} from '../../src/engagement/window.js';
import type { WeeklyHours, Window } from '../../src/model/engagement.js';
import { engagement, valid } from './support.js';

function weekly(...texts: readonly string[]): readonly WeeklyHours[] {
  return joinWeekly(
    texts.flatMap((text) => {
      const parsed = parseWeekly(text);
      if (!parsed.ok) throw new Error(parsed.message);
      return parsed.value;
    }),
  );
}

function at(window: Window | null, instant: string, blackouts: readonly Blackout[] = []): string {
  const opening = openAt(window, blackouts, new Date(instant));
  const until = opening.open ? opening.closesAt : opening.opensAt;
  return `${opening.open ? 'open' : 'shut'} until ${until === null ? 'ever' : until.toISOString().replace(':00.000Z', 'Z')}`;
}

const paris: Window = {
  from: '2026-01-01T00:00:00.000Z',
  to: '2026-12-31T00:00:00.000Z',
  timeZone: 'Europe/Paris',
  weekly: weekly('Mon-Fri 20:00-06:00'),
};

t.test('weekly hours', (t) => {
  const hour = (day: number, hours: number) => day * 24 * 60 + hours * 60;
  t.same(weekly('Mon 20:00-22:00'), [{ fromMinute: hour(0, 20), toMinute: hour(0, 22) }]);
  t.same(weekly('Sat,Sun'), [{ fromMinute: hour(5, 0), toMinute: hour(7, 0) }]);
  t.same(weekly('Sat', 'Sun'), [{ fromMinute: hour(5, 0), toMinute: hour(7, 0) }], 'stretches that touch are one');
  t.same(
    weekly('Sun 22:00-02:00'),
    [
      { fromMinute: 0, toMinute: hour(0, 2) },
      { fromMinute: hour(6, 22), toMinute: hour(7, 0) },
    ],
    'past the end of the week',
  );
  t.same(weekly('Fri-Mon 00:00-24:00').length, 2, 'over the end of the week');
  t.same(weekly('daily 01:00-05:00').length, 7);
  t.same(weekly('DAILY'), [{ fromMinute: 0, toMinute: hour(7, 0) }]);
  for (const text of [
    '',
    'Mon 9-5',
    'Mon 09:00',
    'Mon 09:60-10:00',
    'Mon 24:00-25:00',
    'Mon-Tue-Wed',
    'Mon,,Tue',
    '09:00-10:00',
  ])
    t.notOk(parseWeekly(text).ok, text);
  t.end();
});

t.test('open and shut, to the minute, over changes of the clocks', (t) => {
  const berlinNights: Window = { ...paris, timeZone: 'Europe/Berlin', weekly: weekly('daily 02:15-02:45') };
  const newYork: Window = { ...paris, timeZone: 'America/New_York', weekly: weekly('Sun 01:30-03:30') };
  const kathmandu: Window = { ...paris, timeZone: 'Asia/Kathmandu', weekly: weekly('Mon 00:00-01:00') };
  const lordHowe: Window = { ...paris, timeZone: 'Australia/Lord_Howe', weekly: weekly('daily 01:00-03:00') };
  for (const [window, instant, says, why] of [
    [paris, '2026-11-23T18:59:59Z', 'shut until 2026-11-23T19:00Z', 'winter: 20:00 is 19:00 UTC'],
    [paris, '2026-11-23T19:00:00Z', 'open until 2026-11-24T05:00Z', 'the beginning belongs to it'],
    [paris, '2026-11-24T05:00:00Z', 'shut until 2026-11-24T19:00Z', 'the end does not'],
    [paris, '2026-11-27T22:00:00Z', 'open until 2026-11-28T05:00Z', 'Friday night goes on into Saturday'],
    [paris, '2026-11-28T05:00:00Z', 'shut until 2026-11-30T19:00Z', 'the weekend'],
    [paris, '2026-07-06T18:00:00Z', 'open until 2026-07-07T04:00Z', 'summer: 20:00 is 18:00 UTC'],
    [
      paris,
      '2025-12-31T23:00:00Z',
      'shut until 2026-01-01T00:00Z',
      'before the window: it opens inside Wednesday night',
    ],
    [paris, '2026-12-30T22:00:00Z', 'open until 2026-12-31T00:00Z', 'the window ends within the hours'],
    [paris, '2026-12-31T00:00:00Z', 'shut until ever', 'after the window'],
    [paris, '2026-12-30T12:00:00Z', 'shut until 2026-12-30T19:00Z', 'the last evening'],
    // The clocks go forward on 2026-03-29 at 02:00 (01:00 UTC) in Berlin: 02:15 to 02:45 is not that night.
    [berlinNights, '2026-03-28T12:00:00Z', 'shut until 2026-03-30T00:15Z', 'an hour that is skipped'],
    // They go back on 2026-10-25 at 03:00 (01:00 UTC): 02:15 comes twice.
    [berlinNights, '2026-10-25T00:20:00Z', 'open until 2026-10-25T00:45Z', 'an hour that comes twice: first'],
    [berlinNights, '2026-10-25T00:50:00Z', 'shut until 2026-10-25T01:15Z', 'an hour that comes twice: second'],
    [berlinNights, '2026-10-25T01:20:00Z', 'open until 2026-10-25T01:45Z', 'an hour that comes twice: its end'],
    // New York: forward on 2026-03-08 at 07:00 UTC, back on 2026-11-01 at 06:00 UTC.
    [newYork, '2026-03-08T06:30:00Z', 'open until 2026-03-08T07:30Z', 'two hours on the clock, one in truth'],
    [
      newYork,
      '2026-11-01T05:30:00Z',
      'open until 2026-11-01T06:00Z',
      'from 01:30 on; the clocks then show 01:00 again',
    ],
    [newYork, '2026-11-01T06:00:00Z', 'shut until 2026-11-01T06:30Z', 'which lies before the hours'],
    [kathmandu, '2026-11-22T18:14:59Z', 'shut until 2026-11-22T18:15Z', 'an offset of 5:45'],
    // Lord Howe changes by half an hour: back on 2026-04-05 at 15:00 UTC of the day before.
    [lordHowe, '2026-04-04T14:30:00Z', 'open until 2026-04-04T16:30Z', 'half an hour more'],
    [{ ...paris, weekly: [] }, '2026-06-01T00:00:00Z', 'open until 2026-12-31T00:00Z', 'any hour'],
    [null, '2026-06-01T00:00:00Z', 'open until ever', 'no window at all'],
  ] as const) {
    t.equal(at(window, instant), says, `${instant}: ${why}`);
  }
  t.end();
});

t.test('blackouts of owners', (t) => {
  const mornings: Blackout = { owner: 'a', timeZone: 'Europe/Paris', weekly: weekly('daily 08:00-10:00') };
  const evenings: Blackout = { owner: 'b', timeZone: 'UTC', weekly: weekly('daily 19:00-20:00') };
  const always: Blackout = { owner: 'c', timeZone: 'UTC', weekly: weekly('daily') };
  t.equal(at(null, '2026-11-23T07:30:00Z', [mornings]), 'shut until 2026-11-23T09:00Z');
  t.equal(at(null, '2026-11-23T09:00:00Z', [mornings]), 'open until 2026-11-24T07:00Z');
  t.equal(
    at(paris, '2026-11-23T19:30:00Z', [mornings, evenings]),
    'shut until 2026-11-23T20:00Z',
    'the window is open, one owner is not',
  );
  t.equal(at(paris, '2026-11-23T20:00:00Z', [mornings, evenings]), 'open until 2026-11-24T05:00Z');
  t.equal(at(null, '2026-11-23T20:00:00Z', [always]), 'shut until ever');
  t.equal(at(paris, '2026-11-23T20:00:00Z', [always]), 'shut until ever');
  t.end();
});

t.test('the next change is where the answer changes, at any instant of a year', (t) => {
  const windows = ['Europe/Paris', 'America/St_Johns', 'Australia/Lord_Howe', 'Africa/Casablanca', 'UTC'].map(
    (timeZone) => ({ ...paris, timeZone, weekly: weekly('Mon-Fri 20:00-06:00', 'Sat 11:11-12:12', 'Sun 01:00-03:00') }),
  );
  let seed = 7;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  let checked = 0;
  for (const window of windows) {
    for (let count = 0; count < 60; count++) {
      const instant = Date.parse(window.from) + random() * (Date.parse(window.to) - Date.parse(window.from));
      const opening = openAt(window, [], new Date(instant));
      const change = opening.open ? opening.closesAt : opening.opensAt;
      if (change === null) continue;
      const samples = [0.25, 0.5, 0.75].map((part) => instant + part * (change.getTime() - instant));
      for (const sample of [...samples, change.getTime() - 1]) {
        if (openAt(window, [], new Date(sample)).open !== opening.open)
          t.fail(
            `${window.timeZone} ${new Date(sample).toISOString()} should be as ${new Date(instant).toISOString()}`,
          );
      }
      if (openAt(window, [], change).open === opening.open)
        t.fail(`${window.timeZone}: nothing changes at ${change.toISOString()}`);
      checked++;
    }
  }
  t.ok(checked > 250, `${checked} instants`);
  t.end();
});

t.test('instants in every notation', (t) => {
  for (const [text, zone, edge, instant] of [
    ['2026-11-02', 'Europe/Paris', 'from', '2026-11-01T23:00:00.000Z'],
    ['2026-11-30', 'Europe/Paris', 'to', '2026-11-30T23:00:00.000Z'],
    ['2026-07-01T20:00', 'Europe/Paris', 'from', '2026-07-01T18:00:00.000Z'],
    ['2026-07-01 20:00:30', 'UTC', 'to', '2026-07-01T20:00:30.000Z'],
    ['2026-07-01T20:00Z', 'Europe/Paris', 'from', '2026-07-01T20:00:00.000Z'],
    ['2026-11-20T10:00:00.256Z', 'Europe/Paris', 'from', '2026-11-20T10:00:00.000Z'],
    ['2026-11-20T10:00:59.999999', 'UTC', 'to', '2026-11-20T10:00:59.000Z'],
    ['2026-07-01T20:00+05:30', 'Europe/Paris', 'from', '2026-07-01T14:30:00.000Z'],
    ['2026-10-25T02:30', 'Europe/Berlin', 'from', '2026-10-25T01:30:00.000Z'],
    ['2026-10-25T02:30', 'Europe/Berlin', 'to', '2026-10-25T00:30:00.000Z'],
    ['2026-03-29T02:30', 'Europe/Berlin', 'from', '2026-03-29T01:30:00.000Z'],
    ['2026-03-29T02:30', 'Europe/Berlin', 'to', '2026-03-29T00:30:00.000Z'],
  ] as const) {
    t.match(parseInstant(text, zone, edge), { ok: true, value: instant }, `${text} ${zone} ${edge}`);
  }
  for (const text of [
    '2026-13-01',
    '2026-02-29',
    '2026-11-02T24:00',
    '2026-11-02T10',
    '2026-11-02T10:00.5',
    '2026-11-02T10:00:00.',
    '20261102',
    'now',
    '2026-11-02T10:00+99:99',
  ])
    t.notOk(parseInstant(text, 'UTC', 'from').ok, text);
  for (const zone of ['', '+02:00', 'Europe', 'Mars/Phobos']) t.notOk(parseTimeZone(zone).ok, zone);
  t.ok(parseTimeZone('UTC').ok && parseTimeZone('America/Argentina/Ushuaia').ok);
  t.end();
});

t.test('a place is open when the window and all its owners are', async (t) => {
  const declaration = await valid(
    t,
    engagement('window: { from: 2026-11-01, to: 2026-12-31 }') +
      [
        'owners:',
        '  a: { name: Team A, contact: { name: Ann, email: ann@acme.example }, blackout: { weekly: "daily 08:00-10:00" }, limits: { perAddress: 1 } }',
        '  b: { blackout: { weekly: "daily 10:00-11:00" } }',
        'targets:',
        '  - { id: one, hosts: 10.0.0.1, owner: a }',
        '  - { id: all, hosts: 10.0.0.0/30, owner: b }',
        '  - { id: free, hosts: 10.0.1.1, owner: Jo Free }',
        '',
      ].join('\n'),
  );
  const open = (targets: readonly string[], instant: string) =>
    declaration.openFor({ targets }, new Date(instant)).open;
  t.notOk(open(['one', 'all'], '2026-11-23T09:00:00Z'));
  t.notOk(open(['one', 'all'], '2026-11-23T10:30:00Z'), 'the owner of the range as well');
  t.ok(open(['one', 'all'], '2026-11-23T11:00:00Z'));
  t.ok(open(['all'], '2026-11-23T09:00:00Z'));
  t.ok(open(['free'], '2026-11-23T09:00:00Z'));
  t.notOk(open(['free'], '2027-01-01T09:00:00Z'), 'after the window');
  t.match(declaration.ownerOf({ targets: ['one', 'all'] }), {
    name: 'Team A',
    limits: { perAddress: 1, concurrency: null },
  });
  t.match(declaration.ownerOf({ targets: ['free'] }), { name: 'Jo Free', contact: null });
  t.equal(declaration.ownerOf({ targets: [] }), null);
  t.match(declaration.targets[0], { owner: 'Team A', ownerContact: 'Ann <ann@acme.example>' });
  t.ok(declaration.owners.has('Team A') && declaration.owners.has('b'));
});

t.test('an answer is cached until it changes, and not before it was given', (t) => {
  const open = rememberingOpenAt(paris);
  for (const instant of [
    '2026-11-23T20:00:00Z',
    '2026-11-23T23:00:00Z',
    '2026-11-24T05:00:00Z',
    '2026-11-23T18:00:00Z',
    '2026-11-23T20:00:00Z',
  ]) {
    t.same(open([], new Date(instant)), openAt(paris, [], new Date(instant)), instant);
  }
  t.end();
});

t.test('plain owner names and keys can be mixed', async (t) => {
  const { targets } = await valid(
    t,
    'owners: { team-a: { name: Team A } }\ntargets:\n' +
      ['Team B', 'Team A', 'team-a', 'Ops', 'Équipe recherche']
        .map((name, index) => `  - { id: t${index}, hosts: 127.0.0.${index + 1}, owner: ${name} }\n`)
        .join(''),
  );
  t.same(
    targets.map(({ owner }) => owner),
    ['Team B', 'Team A', 'Team A', 'Ops', 'Équipe recherche'],
  );
});
