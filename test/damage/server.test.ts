import t from 'tap';
import { observe } from '../../src/reading/index.js';
import { randomOf } from './random.js';
import { kinds } from './kinds.js';
import { allLines, askedOf, surveyOf, type Line } from './measure.js';
import { isObject, jsonOf, targetOf, partsOf, type Reply } from './wire.js';

const lines = allLines();

function lineNamed(name: string): Line {
  const line = lines.find((each) => each.name === name);
  if (line === undefined) throw new Error(`no line ${name}`);
  return line;
}

function get(name: string, target: string, wantsJson = true): Reply {
  const reply = lineNamed(name).server({ method: 'GET', target, wantsJson });
  if (reply.kind === 'failure') throw new Error(`${name} did not answer ${target}`);
  return reply;
}

const open = 'elasticsearch/7.17.9-open';

/** Keys of an object or of the first row of a list, in their order. */
function keysOf(value: unknown): readonly string[] {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return isObject(first) ? Object.keys(first) : [];
}

t.test('an undamaged server matches its recording', (t) => {
  for (const line of lines) {
    const { record } = surveyOf(line, line.server);
    const { state } = line.recording.head.truth;
    const said = observe(record).access.state;
    // a dashboard that is starting asks callers to wait, so the audit leaves before it has shown everything
    if (record.cut === null || said !== 'undetermined') t.equal(said, state, line.name);
  }
  t.end();
});

t.test('a listing shows the requested columns in order', (t) => {
  const rows = jsonOf(get(open, '/_cat/indices?format=json&h=docs.count,index'));
  t.match(rows, { length: 6 });
  t.strictSame(keysOf(rows), ['docs.count', 'index']);
  t.strictSame(keysOf(jsonOf(get(open, '/_cat/indices'))), [
    ...['health', 'status', 'index', 'uuid', 'pri', 'rep'],
    ...['docs.count', 'docs.deleted', 'store.size', 'pri.store.size'],
  ]);
  t.match(
    get(open, '/_cat/indices', false).body.toString(),
    /^yellow open orders-2026\.10 \S{22} 1 1 40 0 [\d.]+kb [\d.]+kb \n/,
  );
  t.end();
});

t.test('a filter shows what it names, and there is more without one', (t) => {
  const path = '/_cluster/health?level=indices&filter_path=indices.*.status';
  t.strictSame(keysOf(jsonOf(get(open, path))), ['indices']);
  const whole = keysOf(jsonOf(get(open, '/_cluster/health?level=indices')));
  t.ok(whole.includes('timed_out') && whole.includes('indices'));
  const rows = jsonOf(get(open, '/_cat/indices?format=json&filter_path=index&h=index,health'));
  const names = ['app-logs-2026.11', 'customers', 'orders-2026.10', 'orders-2026.11', 'payroll', 'products'];
  t.strictSame(
    JSON.stringify(rows)
      .match(/"index":"[^"]+"/g)
      ?.toSorted(),
    names.map((name) => `"index":"${name}"`),
  );
  t.strictSame(keysOf(rows), ['index']);
  t.end();
});

t.test('responses that were not recorded follow from the listing', (t) => {
  t.strictSame(keysOf(jsonOf(get(open, '/*/_alias'))).length, 6);
  t.match(JSON.stringify(jsonOf(get(open, '/_resolve/index/*'))), /"name":"orders-2026\.10"/);
  t.match(jsonOf(get(open, '/customers/_count')), { count: 25 });
  t.match(JSON.stringify(jsonOf(get(open, '/_field_caps?fields=_index&filter_path=indices'))), /"orders-2026\.10"/);
  t.equal(get(open, '/leftopen-abc/_count').status, 404);
  t.match(jsonOf(get(open, '/_cluster/stats?leftopen_abc=1')), {
    error: { reason: 'request [/_cluster/stats] contains unrecognized parameter: [leftopen_abc]' },
  });
  const closed = get('elasticsearch/8.16.3-as-shipped', '/*/_alias');
  t.equal(closed.status, 401);
  t.end();
});

t.test('a decoy obeys no better than it was recorded', (t) => {
  const decoys = lines.filter(({ recording }) => recording.head.truth.state === 'decoy');
  t.ok(decoys.length > 5);
  for (const { name, server } of decoys) {
    const all = server({ method: 'GET', target: '/_cat/indices?format=json&h=docs.count,index', wantsJson: true });
    const rows = all.kind === 'answer' && all.status === 200 ? jsonOf(all) : null;
    if (!Array.isArray(rows) || rows.length === 0) continue;
    t.notSame(keysOf(rows), ['docs.count', 'index'], name);
  }
  t.end();
});

t.test('there are many kinds of damage, each with an id of its own, and each does damage', (t) => {
  t.ok(kinds.length > 70);
  t.equal(new Set(kinds.map(({ id }) => id)).size, kinds.length);
  const some = [open, 'elasticsearch/2.4.6-open', 'kibana/5.1.1-open', 'opensearch/2.19.4-closed'].map(lineNamed);
  for (const kind of kinds) {
    const changes = some.some((line) => {
      const asked = askedOf(line);
      const bare = surveyOf(line, line.server).passed;
      for (let seed = 1; seed <= 12; seed += 1) {
        const { passed } = surveyOf(line, kind.make(randomOf(seed), asked)(line.server));
        if (JSON.stringify(passed) !== JSON.stringify(bare)) return true;
      }
      return false;
    });
    // the model of the server undoes it, as a real server does
    if (kind.id !== 'query-reordered') t.ok(changes, kind.id);
  }
  t.end();
});

t.test('a request target is reassembled unchanged', (t) => {
  for (const line of lines.slice(0, 20)) {
    // what a recording has a placeholder for is not a target
    for (const target of askedOf(line).filter((asked) => !/\{|%2C/.test(asked)))
      t.equal(targetOf(partsOf(target)), target, `${line.name}: ${target}`);
  }
  t.end();
});
