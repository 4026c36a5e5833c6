// A dressed recording has other names, counts and ages, and is otherwise unchanged.

import t from 'tap';
import { dressed, type Dress } from '../../src/demo/dress.js';
import { estate } from '../../src/demo/estate.js';
import type { Recording, Wire } from '../../src/demo/replay.js';
import { anyRecording } from '../hostile/poison.js';

function recordingOf(path: string, text: string): Recording {
  const { head } = anyRecording('elasticsearch/7.17.9-open');
  const wire: Wire = { kind: 'answer', head: ['HTTP/1.1 200 OK'], framing: 'length', text };
  return { head, exchanges: [{ question: 'x', method: 'GET', path, wire }] };
}

const dress: Dress = {
  names: { orders: 'loans', 'orders-*': 'loans-*', customers: 'borrowers', note: 'remark' },
  documents: 3,
  bytes: 1000,
  dataDays: 100,
  processDays: 10,
};

function worn(path: string, text: string): { path: string | undefined; text: string | undefined } {
  const [exchange] = dressed(recordingOf(path, text), dress).exchanges;
  return { path: exchange?.path, text: exchange?.wire.text };
}

t.test('names change where they are complete, in paths too', (t) => {
  t.same(worn('/orders%2Ccustomers/_mapping', '{"orders":{"note":{},"footnote":{},"notes":{}},"names":["orders-*"]}'), {
    path: '/loans%2Cborrowers/_mapping',
    text: '{"loans":{"remark":{},"footnote":{},"notes":{}},"names":["loans-*"]}',
  });
  t.same(worn('/reorders/_count', '{"orders-old":1,"order":2}'), {
    path: '/reorders/_count',
    text: '{"orders-old":1,"order":2}',
  });
  t.end();
});

t.test('document counts and sizes grow, other counts do not', (t) => {
  const { text } = worn(
    '/',
    '[{"docs.count":"40","store.size":"14.5kb"},{"docs":{"count":2},"store":{"size_in_bytes":7}},{"count":5,"_shards":{"total":1}},{"indices":{"count":6}}]',
  );
  t.same(JSON.parse(text ?? ''), [
    { 'docs.count': '120', 'store.size': '14.1mb' },
    { docs: { count: 6 }, store: { size_in_bytes: 7000 } },
    { count: 15, _shards: { total: 1 } },
    { indices: { count: 6 } },
  ]);
  t.end();
});

t.test('times move into the past by the same amount everywhere', (t) => {
  const day = 86_400_000;
  const { text = '' } = worn(
    '/',
    '{"creation.date":"1795960772500","start_time_in_millis":1795960772500,"uptime_in_millis":5,"issue_date_in_millis":1795960772500}',
  );
  t.same(JSON.parse(text), {
    'creation.date': String(1795960772500 - 70 * day),
    start_time_in_millis: 1795960772500 - 10 * day,
    uptime_in_millis: 5 + 10 * day,
    issue_date_in_millis: 1795960772500 - 100 * day,
  });
  t.end();
});

t.test('every response keeps its status line, its headers and its shape', (t) => {
  for (const { serves, target } of estate) {
    if (serves.kind !== 'answers' || serves.dress === undefined) continue;
    const recording = anyRecording(serves.name);
    const other = dressed(recording, serves.dress);
    t.same(formsOf(other), formsOf(recording), target);
  }
  t.end();
});

/** The exchanges with no more of their bodies and paths than punctuation and line ends. */
function formsOf({ exchanges }: Recording): readonly object[] {
  const formOf = (text = ''): string => text.replace(/[\w.-]+/g, '');
  return exchanges.map((one) => ({
    ...one,
    path: formOf(one.path),
    wire: { ...one.wire, text: formOf(one.wire.text) },
  }));
}

t.test('an index is created in the month that its name has, in every listing', (t) => {
  const at = 1795960772500;
  const list = `[{"index":"orders-2026.10","creation.date":"${at}"},{"index":"customers","creation.date":"${at + 1}"}]`;
  const bare = `[{"creation.date":"${at}"},{"creation.date":"${at + 1}"}]`;
  const { head } = recordingOf('/', '');
  const exchanges = [list, bare].flatMap((text) => recordingOf('/', text).exchanges);
  const [named, unnamed] = dressed({ head, exchanges }, dress).exchanges.map(({ wire }): unknown =>
    JSON.parse(wire.text ?? ''),
  );
  t.match(named, [{ 'creation.date': String(Date.UTC(2026, 9, 1)) }, {}]);
  t.match(unnamed, [{ 'creation.date': String(Date.UTC(2026, 9, 1)) }, {}]);
  t.end();
});
