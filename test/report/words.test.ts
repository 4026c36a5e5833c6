import t from 'tap';
import { full } from '../support/report-sample.js';
import { block, oneLine, proseParts } from '../../src/text/visible.js';
import { en } from '../../src/report/texts/en.js';
import { bytes, capital, counted, listed, sentence, utc } from '../../src/report/words.js';

t.test('how many were not tested, and why', (t) => {
  const of = (window: number, blackout: number, blackoutOwners: readonly string[] = []) =>
    en.summary.notAsked({ ...full.head.summary, notAsked: { window, blackout, blackoutOwners } });
  t.strictSame(
    [of(0, 0), of(1, 0), of(1_200, 0), of(0, 1, ['night']), of(2, 3, ['night', 'day'])],
    [
      '',
      "1 endpoint was not tested, because the engagement's window closed; nothing is known about it.",
      "1,200 endpoints were not tested, because the engagement's window closed; nothing is known about them.",
      '1 endpoint was not tested, because blackout hours of night lasted to the end of the run; nothing is known about it.',
      "5 endpoints were not tested, 2 because the engagement's window closed and 3 because blackout hours of night and day lasted to the end of the run; nothing is known about them.",
    ],
  );
  t.end();
});

t.test('numbers, times and lists in words', (t) => {
  t.same([0, 999, 1000, 1_536, 85_172, 24_300_112_445_440, 1e18].map(bytes), [
    '0 bytes',
    '999 bytes',
    '1.0 kB',
    '1.5 kB',
    '85.2 kB',
    '24.3 TB',
    '1000 PB',
  ]);
  t.same(
    [counted(1, 'index', 'indices'), counted(2_000, 'index', 'indices'), counted(0, 'door')],
    ['1 index', '2,000 indices', '0 doors'],
  );
  t.same([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])], ['', 'a', 'a and b', 'a, b and c']);
  t.equal(utc('2026-11-22T21:04:07.9Z'), '2026-11-22 21:04:07 UTC');
  t.equal(utc('soon'), 'soon');
  t.equal(en.period('2026-11-22T21:04:07Z', '2026-11-22T23:10:00Z'), '2026-11-22 21:04:07 to 23:10:00 UTC');
  t.equal(en.period('2026-11-22T21:04:07Z', '2026-11-23T01:10:00Z'), '2026-11-22 21:04:07 to 2026-11-23 01:10:00 UTC');
  t.equal(en.period('2026-11-22T21:04:07Z', null), 'from 2026-11-22 21:04:07 UTC, not ended');
  t.same(
    [47, 48, 0.5, -3].map((hours) =>
      en.problem.lasting({
        kind: 'seen-for',
        what: 'open',
        from: '2026-11-20T00:00:00Z',
        to: new Date(Date.UTC(2026, 10, 20) + hours * 3_600_000).toISOString(),
      }),
    ),
    ['47 hours', '2 days', '0 hours', '0 hours'].map((time) => `Seen open for ${time}.`),
  );
  t.same(['a', 'a.', 'a?', ''].map(sentence), ['a.', 'a.', 'a?', '']);
  t.same([capital('one'), capital('https://a'), capital('')], ['One', 'https://a', '']);
  t.equal(en.vantages.of({ name: 'office', exposure: 'internal', egress: null }), 'the internal network (office)');
  t.end();
});

t.test('cut texts state their length, and invisible characters are shown', (t) => {
  t.equal(oneLine(' a\n\tb  c '), 'a b c');
  t.equal(oneLine('x'.repeat(1_001), 10), 'xxxxxxxxxx… (1,001 characters)');
  t.equal(oneLine('ab😀cd', 3), 'ab… (6 characters)', 'not cut inside a character');
  t.equal(oneLine('a\u202eb\u0000c\u200b\ud800'), 'a[U+202E]b[U+0000]c[U+200B][U+D800]');
  t.same(proseParts('see `a b`, `c` and `d'), ['see ', 'a b', ', ', 'c', ' and `d']);
  t.same(proseParts('at http://a.test:9200/x_y. Then `b` (https://c.test, HTTP)'), [
    'at ',
    'http://a.test:9200/x_y',
    '. Then ',
    'b',
    ' (',
    'https://c.test',
    ', HTTP)',
  ]);
  t.equal(block('a\r\nb\tc\u001b[31m'), 'a\nb  c[U+001B][31m');
  t.equal(block('x'.repeat(20), 4), 'xxxx… (20 characters)');
  t.end();
});
