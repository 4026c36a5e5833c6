// A run in several threads makes the record of a run in one, and keeps its limits over all of them. Needs a build.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import t, { type Test } from 'tap';
import { z } from 'zod';
import type { Declaration } from '../../src/engagement/index.js';
import type { Limits } from '../../src/model/engagement.js';
import type { AuditOptions } from '../../src/run/index.js';
import { workersThatPay } from '../../src/run/workers.js';
import { recordingNamed, serveRecording } from '../replay.js';
import { sample } from '../support/sample.js';
import { comparable, firstDifference } from './fleet/index.js';
import { audited, deadPort, declared, engagement, jsonLines, serve, wall, type Audited } from './support.js';

const workerFile = pathToFileURL('dist/run/worker.js');
const planted = pathToFileURL('test/run/workers/planted.js');

/** Audits in so many threads; 1 means this one alone. */
function inThreads(
  declaration: Declaration,
  out: string,
  workers: number,
  options: Partial<AuditOptions> = {},
): Promise<Audited> {
  return audited(declaration, out, { workers, workerFile, ...options });
}

const requestLine = z.object({
  kind: z.literal('request'),
  request: z.number(),
  connection: z.number(),
  at: z.string(),
  url: z.string(),
  failure: z.string().nullable(),
});

/** Lines of the ledger for requests. */
function requestsIn(folder: string): readonly z.infer<typeof requestLine>[] {
  return jsonLines(join(folder, 'ledger.jsonl')).flatMap((line) => {
    const parsed = requestLine.safeParse(line);
    return parsed.success ? [parsed.data] : [];
  });
}

/** Addresses of 127.62.SUBNET.0/24. */
function addresses(subnet: number, count: number): string {
  return JSON.stringify(Array.from({ length: count }, (_, at) => `127.62.${subnet}.${at + 1}`));
}

/** A server that keeps an access log, and counts what is open at once. */
async function counting(t: Test, listener: RequestListener = wall) {
  const log: { readonly url: string; readonly at: number }[] = [];
  const open = new Map<string, number>();
  const most = { all: 0, oneAddress: 0 };
  let all = 0;
  const { port, server } = await serve(t, (request, response) => {
    log.push({ url: `http://${request.headers.host ?? ''}${request.url ?? ''}`, at: Date.now() });
    listener(request, response);
  });
  server.on('connection', (socket) => {
    const address = socket.localAddress ?? '';
    all += 1;
    open.set(address, (open.get(address) ?? 0) + 1);
    most.all = Math.max(most.all, all);
    most.oneAddress = Math.max(most.oneAddress, open.get(address) ?? 0);
    socket.on('close', () => {
      all -= 1;
      open.set(address, (open.get(address) ?? 0) - 1);
    });
  });
  return { port, log, most };
}

function later(listener: RequestListener, ms: number): RequestListener {
  return (request, response) => void setTimeout(() => listener(request, response), ms);
}

/** The gaps between each instant and the one `count` later. */
function spans(instants: readonly number[], count: number): readonly number[] {
  const sorted = instants.toSorted((a, b) => a - b);
  return sorted.slice(count).map((at, index) => at - (sorted[index] ?? 0));
}

t.test('by default as many workers as pay', async (t) => {
  const declaration = await declared(t, `targets: [{ id: a, hosts: [127.62.0.1], ports: [9200] }]`);
  const pay = (endpoints: number, cores: number, limits: Partial<Limits> = {}): number =>
    workersThatPay(
      {
        count: () => endpoints,
        atMost: () => endpoints,
        engagement: { ...declaration.engagement, limits: { ...declaration.engagement.limits, ...limits } },
      },
      cores,
    );
  t.equal(pay(1_000_000, 1), 1);
  t.equal(pay(1_000_000, 2), 1);
  t.equal(pay(1_000_000, 4), 2);
  t.equal(pay(1_000_000, 64), 4);
  t.equal(pay(9_999, 64), 1);
  t.equal(pay(10_000, 64), 2);
  t.equal(pay(1_000_000, 64, { requestsPerSecond: 100 }), 1);
  t.equal(pay(1_000_000, 64, { concurrency: 4 }), 1);
});

t.test('one, two and four workers make the same record, and a complete ledger', async (t) => {
  const folder = t.testdir({});
  const closed = await counting(t);
  const servers = await Promise.all(
    ['elasticsearch/7.17.9-open', 'kibana/8.12.2-open', 'kibana/8.12.2-login', 'zipkin/3.6.1-open'].map(
      async (name, at) => {
        const server = await serveRecording(recordingNamed(name), { address: `127.62.1.${at + 1}`, port: 0 });
        t.teardown(server.close);
        return { address: `127.62.1.${at + 1}`, port: server.port };
      },
    ),
  );
  const declaration = await declared(
    t,
    `${engagement.trimEnd()}
  scope: { include: [127.62.0.0/16, no-such-name.invalid] }
owners:
  shop: { blackout: { weekly: ["daily 00:00-24:00"] } }
  slow: { limits: { requestsPerSecond: 200, perAddress: 1, concurrency: 2 } }
targets:
${servers.map(({ address, port }, at) => `  - { id: s${at}, url: "http://${address}:${port}" }`).join('\n')}
  - { id: walls, hosts: ${addresses(2, 30)}, ports: [${closed.port}] }
  - { id: slow, hosts: ${addresses(3, 6)}, ports: [${closed.port}], owner: slow }
  - { id: shop, hosts: ${addresses(4, 3)}, ports: [${closed.port}], owner: shop }
  - { id: dead, hosts: ${addresses(5, 4)}, ports: [${await deadPort(t)}] }
  - { id: nowhere, hosts: [no-such-name.invalid], ports: [9200] }
`,
    folder,
  );
  const runs: Audited[] = [];
  for (const workers of [1, ...sample([2, 4], 1)]) {
    const before = closed.log.length;
    const run = await inThreads(declaration, join(folder, `out-${workers}`), workers, {
      baseline: 'none',
      maskNames: false,
    });
    runs.push(run);
    const sent = requestsIn(run.result.folder);
    const logged = closed.log.slice(before).map(({ url }) => url);
    const ours = sent.map(({ url }) => url).filter((url) => url.includes(`:${closed.port}/`));
    t.same(ours.toSorted(), logged.toSorted(), `${workers}: the ledger is the server's own log`);
    const numbers = sent.map(({ request }) => request).toSorted((a, b) => a - b);
    t.same(
      numbers,
      numbers.map((_, at) => at + 1),
      `${workers}: each number once`,
    );
    const total = run.result.head.run.requests;
    t.equal(sent.length, total, `${workers}: and all are counted`);
  }
  const [one, ...others] = runs;
  if (one === undefined) throw new Error('no run');
  t.match(one.result.head.summary.states, { open: 3, guarded: 37 });
  for (const other of others) {
    for (const name of ['endpoints.jsonl', 'findings.jsonl'] as const) {
      const difference = firstDifference(comparable(one.result.folder, name), comparable(other.result.folder, name));
      t.equal(difference, null, name);
    }
    t.strictSame(other.result.head.summary, one.result.head.summary);
    t.equal(other.result.exitCode, one.result.exitCode);
  }
});

t.test('limits are those of the run, however many workers', async (t) => {
  const folder = t.testdir({});
  t.test('connections in all and to one address', async (t) => {
    const first = await counting(t, later(wall, 20));
    const second = await counting(t, later(wall, 20));
    const declaration = await declared(
      t,
      `${engagement.trimEnd()}
  limits: { concurrency: 5, perAddress: 2 }
targets:
  - { id: few, hosts: ${addresses(6, 3)}, ports: [${first.port}, ${second.port}], paths: [/, /a, /b, /c] }
`,
      folder,
    );
    const run = await inThreads(declaration, join(folder, 'connections'), 2);
    t.equal(run.endpoints.length, 24);
    t.ok(first.most.all + second.most.all <= 5 + 5, 'no more than the places there are');
    t.ok(first.most.all <= 5 && second.most.all <= 5);
    t.ok(first.most.oneAddress <= 2 && second.most.oneAddress <= 2, 'two to one address');
    t.ok(first.most.all > 1, 'and several at once');
  });

  for (const [whose, text] of [
    [
      "the run's",
      (port: number) =>
        `  limits: { requestsPerSecond: 12 }\ntargets:\n  - { id: a, hosts: ${addresses(7, 8)}, ports: [${port}] }\n`,
    ],
    [
      "the owner's",
      (port: number) =>
        `owners: { o: { limits: { requestsPerSecond: 12 } } }\ntargets:\n  - { id: a, hosts: ${addresses(7, 8)}, ports: [${port}], owner: o }\n`,
    ],
  ] as const) {
    if (!sample(["the run's", "the owner's"], 1).includes(whose)) continue;
    t.test(`${whose} rate`, async (t) => {
      const { port, log } = await counting(t);
      const out = t.testdir({});
      const declaration = await declared(t, `${engagement.trimEnd()}\n${text(port)}`, out);
      const run = await inThreads(declaration, join(out, 'out'), 2);
      t.match(run.result.head.summary.states, { guarded: 8 });
      const times = requestsIn(run.result.folder).map(({ at }) => Date.parse(at));
      t.equal(times.length, log.length);
      t.ok(times.length > 12);
      t.ok(Math.min(...spans(times, 12)) >= 1000, 'no second saw more');
    });
  }
  t.end();
});

t.test('the window closes for every worker', async (t) => {
  const folder = t.testdir({});
  const { port, log } = await counting(t, later(wall, 100));
  const to = new Date(Math.ceil(Date.now() / 1000) * 1000 + 4_000);
  const from = new Date(to.getTime() - 60_000);
  const declaration = await declared(
    t,
    `${engagement.trimEnd()}
  window: { from: ${from.toISOString()}, to: ${to.toISOString()}, timeZone: UTC }
  limits: { concurrency: 2 }
targets:
  - { id: a, hosts: ${addresses(8, 60)}, ports: [${port}] }
`,
    folder,
  );
  const run = await inThreads(declaration, join(folder, 'out'), 2);
  t.equal(run.result.exitCode, 3);
  t.match(run.result.head.run.gaps.join('\n'), /window .* closed/);
  const sent = requestsIn(run.result.folder).map(({ at }) => Date.parse(at));
  t.ok(Math.max(...sent) < to.getTime(), 'nothing was sent after it');
  t.equal(sent.length, log.length);
  t.ok(run.endpoints.some(({ reason }) => reason === 'not-asked-window'));
});

t.test('a bug that ends a worker is said to be ours, and what it had under way is asked again', async (t) => {
  for (const how of sample(['/throw', '/exit'], 1)) {
    const folder = t.testdir({});
    process.env['LEFTOPEN_PLANTED'] = join(folder, 'planted');
    const { port, log } = await counting(t, later(wall, 40));
    const declaration = await declared(
      t,
      `${engagement.trimEnd()}
  limits: { concurrency: 8 }
targets:
  - { id: a, hosts: ${addresses(10, 24)}, ports: [${port}], paths: [${how}] }
`,
      folder,
    );
    const run = await inThreads(declaration, join(folder, 'out'), 2, { workerFile: planted });
    t.ok(existsSync(join(folder, 'planted')), how);
    t.match(run.notices, /a bug of leftopen cut/, how);
    t.match(run.notices, how === '/exit' ? /ended with code 7/ : /planted/, how);
    t.match(run.result.head.summary, { endpoints: 24, states: { guarded: 24 } }, how);
    t.match(run.result.head.run.gaps.join('\n'), /bug/, 'the report says so too');
    const ours = requestsIn(run.result.folder).map(({ url }) => url);
    if (how === '/throw') t.same(ours.toSorted(), log.map(({ url }) => url).toSorted(), 'the ledger is complete');
  }
});

t.test('an interrupted run hands over what it has, and is resumed with another number of workers', async (t) => {
  const folder = t.testdir({});
  const { port, log } = await counting(t, later(wall, 30));
  const declaration = await declared(
    t,
    `${engagement.trimEnd()}
  limits: { concurrency: 6 }
targets:
  - { id: a, hosts: ${addresses(11, 40)}, ports: [${port}] }
`,
    folder,
  );
  const stop = new AbortController();
  let finished = 0;
  const stopped = await inThreads(declaration, join(folder, 'out'), 2, {
    signal: stop.signal,
    onEvent(event) {
      if (event.kind === 'endpoint' && (finished += 1) === 10) stop.abort();
    },
  });
  t.equal(stopped.result.exitCode, 130);
  t.ok(stopped.endpoints.length < 40);
  const before = requestsIn(stopped.result.folder);
  t.equal(before.length, log.length, 'what was under way is in the ledger too');
  const resumed = await inThreads(declaration, join(folder, 'out'), 1, { resume: true });
  t.match(resumed.result.head, {
    run: { finished: true, gaps: [] },
    summary: { endpoints: 40, states: { guarded: 40 } },
  });
  const all = requestsIn(resumed.result.folder);
  t.equal(all.length, log.length);
  t.equal(new Set(all.map(({ request }) => request)).size, all.length, 'no number is given twice');
});

t.test('a killed run is resumed to the record of an undisturbed one', async (t) => {
  const folder = t.testdir({});
  const { port, log } = await counting(t, later(wall, 20));
  const declaration = await declared(
    t,
    `${engagement.trimEnd()}
  limits: { concurrency: 6 }
targets:
  - { id: a, hosts: ${addresses(12, 60)}, ports: [${port}] }
`,
    folder,
  );
  const whole = await inThreads(declaration, join(folder, 'whole'), 1);
  const before = log.length;
  const out = join(folder, 'out');
  const args = ['dist/cli/main.js', 'audit', join(folder, 'targets.yaml'), '--out', out, '--workers', '2', '--quiet'];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const ended = once(child, 'exit');
  const ledger = (): string => {
    const parent = join(out, 'ACME-1');
    const [run] = existsSync(parent) ? readdirSync(parent).filter((name) => /^\d{4}-/.test(name)) : [];
    return run === undefined ? '' : join(parent, run);
  };
  while (log.length < before + 60) await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGKILL');
  await ended;
  const written = readFileSync(join(ledger(), 'ledger.jsonl'), 'utf8').match(/"kind":"request"/g)?.length ?? 0;
  t.ok(written >= log.length - before - 6, 'only requests that were under way have no line');
  const resumed = await inThreads(declaration, out, 2, { resume: true });
  t.equal(resumed.result.folder, ledger());
  for (const name of ['endpoints.jsonl', 'findings.jsonl'] as const) {
    const difference = firstDifference(comparable(whole.result.folder, name), comparable(resumed.result.folder, name));
    t.equal(difference, null, name);
  }
});
