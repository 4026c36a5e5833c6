import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { EndpointSummary } from '../../src/model/finding.js';
import { rejudge } from '../../src/run/index.js';
import { readJournal, segmentPath } from '../../src/store/journal.js';
import type { Mark } from '../../src/store/journal.js';
import { addLines } from '../support/journal.js';
import { audited, deadPort, declared, engagement, hosts, plain, recorded, serve, wall } from './support.js';

// Processes are started and waited for; a busy machine takes its time.

t.test(
  'lost for good: nothing is concluded since the last good control, and nothing more is sent',
  { timeout: 120_000 },
  async (t) => {
    const folder = t.testdir({});
    const control = await serve(t, plain(200));
    let asked = 0;
    const { port } = await serve(t, (request, response) => {
      asked += 1;
      if (asked === 30) {
        control.server.closeAllConnections();
        control.server.close();
      }
      setTimeout(() => wall(request, response), 5);
    });
    const text = `${engagement.trimEnd()}
  controls: ["http://127.0.0.1:${control.port}"]
  limits: { concurrency: 2 }
targets: [{ id: a, hosts: ${hosts(100)}, ports: [${port}] }]`;
    const out = join(folder, 'out');
    const run = await audited(await declared(t, text, folder), out);
    t.equal(run.endpoints.length, 100, 'each endpoint is listed');
    const lost = run.endpoints.filter(({ reason }) => reason === 'vantage-lost');
    t.ok(lost.length > 40 && lost.length < 100, `${lost.length} without a verdict`);
    t.ok(lost.every(({ state }) => state === 'undetermined'));
    t.ok(asked < 100, `${asked} requests`);
    t.equal(run.result.exitCode, 3);
    t.match(run.result.head.run, { finished: false });
    t.match(
      run.result.head.run.gaps.join('\n'),
      /vantage lost: the control .* does not answer: the connection was refused/,
    );
    t.equal(run.result.head.run.gaps.filter((gap) => gap.includes('vantage lost')).length, 1, 'one line for one cause');
    t.notMatch(run.result.head.run.gaps.join(), /declare controls/);
    t.match(run.result.head.run.controls, [{ url: `http://127.0.0.1:${control.port}` }]);
    const [{ asked: times, answered, lastAnsweredAt } = { asked: 0, answered: 0, lastAnsweredAt: null }] =
      run.result.head.run.controls ?? [];
    t.ok(answered > 0 && answered < times, `${answered} of ${times}`);
    t.ok(lastAnsweredAt !== null && lastAnsweredAt > run.result.head.run.startedAt);
    t.match(run.notices, /nothing more is asked/);

    await new Promise<void>((resolve) => control.server.listen(control.port, '0.0.0.0', resolve));
    const again = await audited(await declared(t, text, folder), out, { resume: true });
    t.equal(again.endpoints.length, 100);
    t.strictSame(
      again.endpoints.filter(({ reason }) => reason === 'vantage-lost'),
      [],
      'all asked again',
    );
    t.equal(again.result.head.run.finished, true);
  },
);

t.test(
  'a control that is dead from the start is said once, and no controls are asked for',
  { timeout: 120_000 },
  async (t) => {
    const folder = t.testdir({});
    const text = `${engagement.trimEnd()}
  controls: ["http://127.0.0.1:${await deadPort(t)}"]
targets: [{ id: a, hosts: ${hosts(5)}, ports: [${await deadPort(t)}] }]`;
    const run = await audited(await declared(t, text, folder), join(folder, 'out'), {
      pacing: { patience: [5, 5, 5], controlsEvery: 50 },
    });
    t.match(run.result.head.run.gaps, [
      /vantage lost: .* concluded from responses of \S+ to \S+$/,
      /could not be judged/,
    ]);
    t.equal(run.result.head.run.gaps.length, 2);
    t.match(run.result.head.run.controls, [{ asked: 4, answered: 0, lastAnsweredAt: null }]);
    t.match(run.notices, /is declared as internet, but only loopback addresses are declared/);
  },
);

t.test('lost for a moment: what was asked meanwhile is asked again', { timeout: 120_000 }, async (t) => {
  const folder = t.testdir({});
  let down = false;
  let seen = 0;
  const control = await serve(t, (request, response) => {
    if (down) request.socket.destroy();
    else plain(200)(request, response);
  });
  const { port } = await serve(t, (request, response) => {
    seen += 1;
    if (seen === 30) {
      down = true;
      setTimeout(() => (down = false), 150);
    }
    if (down) request.socket.destroy();
    else setTimeout(() => wall(request, response), 5);
  });
  const text = `${engagement.trimEnd()}
  controls: ["http://127.0.0.1:${control.port}"]
  limits: { concurrency: 2 }
targets: [{ id: a, hosts: ${hosts(100)}, ports: [${port}] }]`;
  const run = await audited(await declared(t, text, folder), join(folder, 'out'), {
    pacing: { controlsEvery: 30, patience: [100, 100, 100, 100], peaceAtLeast: 20 },
  });
  t.equal(run.endpoints.length, 100);
  t.strictSame(
    new Set(run.endpoints.map(({ state, reason }) => `${state} ${reason ?? ''}`)).size,
    1,
    'all ended the same',
  );
  t.equal(run.result.head.run.finished, true);
  t.match(run.notices, /answers can be trusted again/);
});

t.test('a source that is blocked during the run shows in uniform refusals', { timeout: 120_000 }, async (t) => {
  const folder = t.testdir({});
  let seen = 0;
  const { port } = await serve(t, (request, response) => {
    seen += 1;
    if (seen <= 60) wall(request, response);
    else request.socket.resetAndDestroy();
  });
  const text = `${engagement.trimEnd()}
  limits: { concurrency: 2 }
targets: [{ id: a, hosts: ${hosts(90)}, ports: [${port}] }]`;
  const run = await audited(await declared(t, text, folder), join(folder, 'out'));
  const blocked = run.endpoints.filter(({ reason }) => reason === 'source-blocked');
  t.ok(blocked.length > 30, `${blocked.length} without a verdict`);
  t.ok(blocked.every(({ state }) => state === 'undetermined'));
  t.match(
    run.result.head.run.gaps.join('\n'),
    /source blocked: endpoints began to deny access or stay silent all alike/,
  );
  t.ok(seen < 120, `${seen} requests: it did not go on knocking`);
});

t.test(
  'open connections that keep working while new ones are refused prove nothing',
  { timeout: 120_000 },
  async (t) => {
    const folder = t.testdir({});
    let connections = 0;
    let refused = 0;
    // Late answers over connections from before the block: one after every 20 refusals, however fast the machine is.
    const late: (() => void)[] = [];
    const { port, server } = await serve(t, (request, response) => {
      const answer = () => {
        if (!response.writableEnded && !response.destroyed) wall(request, response);
      };
      if (connections <= 30 || late.length >= 4) {
        answer();
        return;
      }
      late.push(answer);
      setTimeout(answer, 2000).unref();
    });
    server.on('connection', (socket) => {
      connections += 1;
      if (connections <= 30) return;
      refused += 1;
      socket.resetAndDestroy();
      if (refused % 20 === 0) late.shift()?.();
    });
    const text = `${engagement.trimEnd()}
  limits: { concurrency: 8 }
targets: [{ id: a, hosts: ${hosts(80)}, ports: [${port}] }]`;
    const run = await audited(await declared(t, text, folder), join(folder, 'out'));
    t.ok(run.endpoints.filter(({ reason }) => reason === 'source-blocked').length > 40);
    t.strictSame(
      run.endpoints.filter(({ state }) => state === 'unreachable').map(({ reason }) => reason),
      [],
    );
    t.notMatch(run.notices, /can be trusted again/);
  },
);

t.test('a dead range after a live one is not a lost vantage', { timeout: 120_000 }, async (t) => {
  const folder = t.testdir({});
  const { port } = await serve(t, (request, response) => {
    const host = Number(/127\.7\.(\d+)\./.exec(request.socket.localAddress ?? '')?.[1] ?? 0);
    if (host === 0) wall(request, response);
    else request.socket.resetAndDestroy();
  });
  const text = `targets: [{ id: a, hosts: ${hosts(120)}, ports: [${port}] }]`;
  const run = await audited(await declared(t, text, folder), join(folder, 'out'));
  t.equal(
    run.endpoints.filter(({ state, reason }) => state === 'undetermined' && reason !== 'source-blocked').length,
    88,
  );
  t.strictSame(
    run.endpoints.filter(({ reason }) => reason === 'source-blocked'),
    [],
  );
});

t.test('controls are recorded in the journal', { timeout: 120_000 }, async (t) => {
  const folder = t.testdir({});
  const { port } = await serve(t, wall);
  const text = `${engagement.trimEnd()}
  controls: ["http://127.0.0.1:${port}"]
targets: [{ id: a, url: "http://127.0.0.3:${port}" }]`;
  const run = await audited(await declared(t, text, folder), join(folder, 'out'), {
    pacing: { controlsEvery: 1e6 },
  });
  const marks: string[] = [];
  for await (const entry of readJournal(join(run.result.folder, 'journal'))) {
    marks.push(entry.kind === 'mark' ? entry.mark.mark : entry.kind);
  }
  t.strictSame(marks, ['header', 'control', 'endpoint', 'control', 'end', 'segment-end']);
  t.notMatch(readFileSync(join(run.result.folder, 'run.json'), 'utf8'), /unfinished/);
});

t.test(
  'from a stretch with a lost vantage, an open verdict is kept and a guarded one is not',
  { timeout: 120_000 },
  async (t) => {
    const folder = t.testdir({});
    const open = await recorded(t, 'elasticsearch/7.17.9-open');
    const { port } = await serve(t, wall);
    const text = `targets: [{ id: open, url: "${open}" }, { id: wall, url: "http://127.0.0.3:${port}" }]`;
    const run = await audited(await declared(t, text, folder), join(folder, 'out'));
    t.strictSame(states(run.endpoints), ['open open', 'wall guarded']);
    const mark: Mark = {
      mark: 'lost',
      from: '2000-01-01T00:00:00.000Z',
      to: '2999-01-01T00:00:00.000Z',
      cut: 'source-blocked',
      why: 'x',
    };
    addLines(segmentPath(join(run.result.folder, 'journal'), 1), mark);
    const again = await rejudge(run.result.folder, { failOn: 'high', formats: [] });
    const endpoints: EndpointSummary[] = [];
    for await (const endpoint of again.endpoints()) endpoints.push(endpoint);
    t.strictSame(states(endpoints), ['open open', 'wall undetermined']);
    t.match(endpoints[1], { reason: 'source-blocked', product: null, requests: run.endpoints[1]?.requests ?? 0 });
    t.match(again.head.run.gaps[0], /^source blocked: x; nothing is concluded from responses of 2000-/);
  },
);

function states(endpoints: readonly EndpointSummary[]): readonly string[] {
  return endpoints.map(({ target, state }) => `${target} ${state}`);
}
