// "Since the last run" in words.
import t from 'tap';
import { tallyChanges } from '../../src/history/changes.js';
import type { BaselineInfo, Changes, FindingHistory, GoneStatus } from '../../src/model/history.js';
import { en } from '../../src/report/texts/en.js';
import { finding } from '../support/report-sample.js';

const baseline: BaselineInfo = {
  run: 'r',
  startedAt: '2026-11-21T20:00:03.500Z',
  endedAt: null,
  tool: '0.1.0',
  knowledge: 'k',
  rejudged: false,
};

function changes(
  before: BaselineInfo | null,
  parts: readonly Partial<FindingHistory>[],
  gone: readonly GoneStatus[] = [],
): Changes {
  const tally = tallyChanges();
  const one = finding();
  for (const part of parts) if (one.history !== null) tally.found({ ...one, history: { ...one.history, ...part } });
  for (const status of gone) {
    const { check, fingerprint, endpoint, target, owner, title, severity } = one;
    const times = { firstSeen: '', lastSeen: '', daysOpen: 1 };
    tally.gone({
      status,
      cause: 'estate',
      why: '',
      check,
      fingerprint,
      endpoint,
      target,
      owner,
      title,
      severity,
      ...times,
      shownBy: [],
    });
  }
  return tally.result(before);
}

t.test('a first run says that there is nothing to compare with', (t) => {
  t.match(en.summary.changes({ changes: changes(null, [{ status: 'new' }]) }).text, /no earlier run/);
  t.end();
});

t.test('what is worse comes first, unknowns are named, and new knowledge is kept apart', (t) => {
  const { label, text } = en.summary.changes({
    changes: changes(
      baseline,
      [{ status: 'new' }, { status: 'reopened' }, { status: 'unchanged' }, { status: 'new', cause: 'knowledge' }],
      ['fixed', 'fixed', 'closed', 'not-reached', 'withdrawn'],
    ),
  });
  t.match(label, /2026-11-21/);
  const order = [
    '1 new',
    '1 reopened',
    '2 fixed',
    '1 no longer seen',
    '1 unchanged',
    '1 could not be checked',
    '1 more only because',
  ];
  t.strictSame(
    order.map((part) => text.indexOf(part)).filter((at, i, all) => at === -1 || at < (all[i - 1] ?? 0)),
    [],
    text,
  );
  t.notMatch(text, /\b0 |worse/);
  t.end();
});

t.test('accepted findings are not news', (t) => {
  const tally = tallyChanges();
  tally.found(finding({ accepted: { reason: 'r', approvedBy: 'a', until: '2027-01-01' } }));
  t.match(en.summary.changes({ changes: tally.result(baseline) }).text, /^Nothing new, worse or fixed\.$/);
  t.end();
});

t.test('of what is gone, a thousand are listed, the fixed ones first, and all are counted', (t) => {
  const many = changes(
    baseline,
    [],
    Array.from({ length: 2500 }, (_, i) => (i === 2400 ? 'fixed' : 'not-reached')),
  );
  t.equal(many.goneFindings.length, 1000);
  t.equal(many.goneFindings[0]?.status, 'fixed');
  t.strictSame([many.gone.fixed, many.gone['not-reached']], [1, 2499]);
  t.end();
});
