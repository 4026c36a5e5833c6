// How long a target asks callers to wait, in every form that the header takes.
import t from 'tap';
import { retryAfterMs } from '../../src/net/retry-after.js';

const at = new Date('2026-11-23T12:00:00Z');

t.test('seconds of any size, dates of every form, and values without a meaning', (t) => {
  const cases: readonly (readonly [string | readonly string[] | undefined, number | null])[] = [
    [undefined, null],
    [[], null],
    ['0', 0],
    ['7', 7_000],
    [' 120 ', 120_000],
    ['1.5', 1_500],
    ['1000000000000', 1e15],
    ['9'.repeat(400), Infinity],
    ['Mon, 23 Nov 2026 12:00:05 GMT', 5_000],
    ['Monday, 23-Nov-26 12:00:05 GMT', 5_000],
    ['Mon Nov 23 12:00:05 2026', 5_000],
    ['2026-11-23T12:00:05Z', 5_000],
    ['2026-11-23T13:00:05.000+01:00', 5_000],
    ['Mon, 23 Nov 2020 12:00:00 GMT', 0],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['soon', Infinity],
    ['in 5 minutes', Infinity],
    ['5 minutes', Infinity],
    ['-5', Infinity],
    ['1e3', Infinity],
    ['', Infinity],
    ['Infinity', Infinity],
    ['NaN', Infinity],
    ['Mon, 99 Nov 2026 99:99:99 GMT', Infinity],
    [['3', '60'], 60_000],
    [['3', 'soon'], Infinity],
  ];
  for (const [said, expected] of cases)
    t.equal(retryAfterMs(typeof said === 'string' ? [said] : said, at), expected, JSON.stringify(said));
  t.end();
});
