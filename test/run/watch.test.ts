import t from 'tap';
import type { Answer, EndpointRecord, FailureName } from '../../src/model/exchange.js';
import { createWatch } from '../../src/run/watch.js';

type Outcome = FailureName | readonly [status: number, sha256: string];

let ordinal = 0;

function ended(outcome: Outcome): EndpointRecord {
  ordinal += 1;
  const at = new Date(1_795_000_000_000 + ordinal * 1000).toISOString();
  const address = `10.0.${ordinal >> 8}.${ordinal & 255}`;
  const answer = (status: number, sha256: string): Answer => ({
    kind: 'answer',
    status,
    headers: {},
    body: { kind: 'none' },
    bytes: 0,
    truncated: false,
    sha256,
  });
  return {
    ordinal,
    endpoint: { host: address, address, port: 9200, basePath: '', scheme: null },
    targets: ['a'],
    at,
    exchanges: [
      {
        question: 'root',
        method: 'GET',
        path: '/',
        scheme: 'http',
        basePath: '',
        blanks: {},
        request: 1,
        connection: 1,
        at,
        ms: 1,
        outcome:
          typeof outcome === 'string'
            ? { kind: 'failure', failure: outcome, detail: '' }
            : answer(outcome[0], outcome[1]),
      },
    ],
    tls: null,
    cut: null,
  };
}

/** After how many of a stretch of equal outcomes it becomes suspicious; null for never. */
function suspicionAfter(before: readonly Outcome[], stretch: Outcome, length: number): number | null {
  const watch = createWatch();
  for (const outcome of before) watch.note(ended(outcome));
  for (let count = 1; count <= length; count += 1) if (watch.note(ended(stretch))) return count;
  return null;
}

const mixed = (n: number, ...outcomes: Outcome[]): Outcome[] => Array.from({ length: n }).flatMap(() => outcomes);

t.test('refusals and silence that turn uniform are noticed', (t) => {
  const cases: readonly [name: string, before: readonly Outcome[], stretch: Outcome, after: number | null][] = [
    ['all answered, then silence', mixed(20, [200, 'a']), 'connect-timeout', 12],
    ['half were silent before', mixed(20, [200, 'a'], 'connect-timeout'), 'connect-timeout', 20],
    ['nine of ten were silent before', mixed(10, [200, 'a'], ...mixed(9, 'connect-timeout')), 'connect-timeout', null],
    ['nothing ever answered', [], 'connect-timeout', null],
    ['one refusal for every caller', mixed(10, [200, 'a'], [401, 'b']), [403, 'block page'], 12],
    ['refusals that differ', mixed(10, [200, 'a'], [401, 'b']), [200, 'c'], null],
  ];
  for (const [name, before, stretch, after] of cases) {
    const found = suspicionAfter(before, stretch, 100);
    if (after === null) t.equal(found, null, name);
    else t.ok(found !== null && found >= 12 && found <= after + 2, `${name}: after ${found ?? 'never'}`);
  }
  t.end();
});

t.test('it names endpoints that ended differently, and since when', (t) => {
  const watch = createWatch();
  const first = ended([200, 'a']);
  watch.note(first);
  watch.note(ended([401, 'b']));
  const last = ended([200, 'a']);
  watch.note(last);
  watch.note(ended('reset'));
  const late = ended([200, 'a']);
  watch.note(ended('reset'));
  watch.note({ ...late, at: first.at });
  watch.note(ended('reset'));
  t.strictSame(watch.since(), Date.parse(last.at), 'a late answer belongs to an earlier survey');
  t.strictSame(
    watch.witnesses().map(({ signature }) => signature),
    ['status 401 b', null],
  );
  t.end();
});

t.test('a stretch that was looked into is normal from then on', (t) => {
  const watch = createWatch();
  for (const outcome of mixed(20, [200, 'a'])) watch.note(ended(outcome));
  let alarms = 0;
  for (let count = 0; count < 2000; count += 1) {
    if (!watch.note(ended('connect-timeout'))) continue;
    alarms += 1;
    watch.calm();
  }
  t.ok(alarms >= 1 && alarms <= 12, `${alarms} looks for 2,000 silent endpoints`);
  t.end();
});
