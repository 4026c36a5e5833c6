import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { get, type RequestListener, type Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import t from 'tap';
import type { Test } from 'tap';
import { readRecords, scanJournal } from '../../src/store/journal-state.js';
import { takeLock } from '../../src/store/lock.js';
import { writePlanLock } from '../../src/plan/lock.js';
import { audited, declared, engagement, hosts, jsonLines, plain, recorded, serve, wall } from './support.js';

// Processes are started and waited for; a busy machine takes its time.

t.test(
  'an interrupted run ends at once, reports what is known, and continues where it was',
  { timeout: 120_000 },
  async (t) => {
    const folder = t.testdir({});
    let seen = 0;
    const { port } = await serve(t, (request, response) => {
      seen += 1;
      // Answers the first hosts and then falls silent, with requests in flight.
      if (seen <= 20 || released) wall(request, response);
    });
    let released = false;
    const text = `targets: [{ id: a, hosts: ${hosts(40)}, ports: [${port}] }]
engagement: { id: E, vantage: { name: here, exposure: internal }, limits: { concurrency: 4, exchangeTimeoutMs: 600000 } }`;
    const declaration = await declared(t, text, folder);
    const out = join(folder, 'out');
    const ends = new AbortController();
    void (async () => {
      while (seen <= 22) await sleep(5);
      await sleep(20);
      ends.abort();
    })();
    // What is in flight would take ten minutes: this test's own limit shows that it is not waited for.
    const first = await audited(declaration, out, { signal: ends.signal });
    t.equal(first.result.exitCode, 130);
    t.match(first.result.head.run, {
      finished: false,
      gaps: [/was interrupted: \d+ of 40 endpoints were asked; --resume/],
    });
    t.ok(
      first.endpoints.length >= 1 && first.endpoints.length < 40,
      `${first.endpoints.length} endpoints in its report`,
    );
    t.ok(
      first.endpoints.some(({ reason }) => reason === 'interrupted'),
      'what was in flight says why it is not known',
    );

    const other = await declared(t, text.replace('concurrency: 4', 'concurrency: 5'), folder);
    await t.rejects(audited(other, out, { resume: true }), {
      name: 'UserMistake',
      message: /cannot be resumed: its plan was another one \(the limits\);/,
    });
    const fewer = await declared(t, text.replace(hosts(40), hosts(39)), folder);
    await t.rejects(audited(fewer, out, { resume: true }), { message: /another one \(hosts, ports, paths, lists/ });

    const infoFile = join(first.result.folder, 'run.json');
    const info = readFileSync(infoFile, 'utf8');
    writeFileSync(infoFile, info.replace('"language": "en"', '"language": "qab"'));
    const asked = seen;
    await t.rejects(audited(declaration, out, { resume: true }), {
      name: 'UserMistake',
      message: /in the language "qab"/,
    });
    t.equal(seen, asked, 'nothing was sent');
    writeFileSync(infoFile, info);

    released = true;
    const anew = await audited(await declared(t, text, folder), join(folder, 'elsewhere'));
    t.notMatch(anew.notices, /unfinished run/);
    const second = await audited(await declared(t, text, folder), out, { resume: true });
    t.equal(second.result.folder, first.result.folder);
    const third = await audited(await declared(t, text, folder), out);
    t.notMatch(third.notices, /unfinished run/, 'nothing is left to be resumed');
    t.strictSame(
      second.result.head.run.gaps.filter((gap) => /interrupted/.test(gap)),
      [],
    );
    t.equal(second.result.head.run.finished, true);
    t.equal(second.endpoints.length, 40, 'each endpoint once');
    t.equal(new Set(second.endpoints.map(({ host }) => host)).size, 40);
    t.notOk(second.endpoints.some(({ reason }) => reason === 'interrupted'));
    const numbers = jsonLines(join(second.result.folder, 'ledger.jsonl')).flatMap((line) => requestOf(line));
    t.equal(new Set(numbers).size, numbers.length, 'numbers in the ledger go on');
    t.equal(second.result.head.run.requests, numbers.length);
  },
);

function requestOf(line: unknown): number[] {
  const request = typeof line === 'object' && line !== null && 'request' in line ? line.request : null;
  return typeof request === 'number' ? [request] : [];
}

t.test('a new run says that an unfinished one of the same plan could go on', { timeout: 120_000 }, async (t) => {
  const folder = t.testdir({});
  const { port } = await serve(t, wall);
  const text = `targets: [{ id: a, hosts: ${hosts(20)}, ports: [${port}] }]`;
  const out = join(folder, 'out');
  const ends = new AbortController();
  const first = await audited(await declared(t, text, folder), out, {
    signal: ends.signal,
    onEvent: ({ kind }) => {
      if (kind === 'endpoint') ends.abort();
    },
  });
  t.equal(first.result.exitCode, 130);
  t.notMatch(first.notices, /unfinished run/);
  const second = await audited(await declared(t, text, folder), out);
  t.match(second.notices, /an unfinished run of the same plan is in .*--resume would continue it/);
  t.ok(second.notices.includes(first.result.folder));
  t.not(second.result.folder, first.result.folder);
  const third = await audited(await declared(t, text, folder), out);
  t.notMatch(third.notices, /unfinished run/, 'a finished run came after it');
});

t.test('two runs of the same at once are refused', { timeout: 120_000 }, async (t) => {
  const folder = t.testdir({});
  const declaration = await declared(
    t,
    `targets: [{ id: a, url: "${await recorded(t, 'elasticsearch/7.17.9-closed')}" }]`,
    folder,
  );
  const out = join(folder, 'out');
  await audited(declaration, out);
  const lock = await takeLock(join(out, 'loopback'), {
    engagement: 'loopback',
    vantage: 'this-host',
    folder: 'x',
    since: 'now',
  });
  await t.rejects(audited(declaration, out), {
    name: 'UserMistake',
    message: /another run of loopback from this-host/,
  });
  await lock.release();
  t.equal((await audited(declaration, out)).result.exitCode, 0);
});

t.test(
  'a server that asks to wait is asked once more, in its survey or at the end',
  { timeout: 120_000 },
  async (t) => {
    const folder = t.testdir({});
    const first = (status: number, retryAfter: string): RequestListener => {
      let asked = 0;
      return (request, response) => {
        asked += 1;
        if (asked === 1) plain(status, { 'retry-after': retryAfter })(request, response);
        else wall(request, response);
      };
    };
    const servers = {
      hasty: await serve(t, plain(503, { 'retry-after': '0' })),
      once: await serve(t, first(429, '0')),
      later: await serve(t, first(503, '1')),
      never: await serve(t, plain(503, { 'retry-after': '3600' })),
      absurd: await serve(t, first(429, '1000000000000')),
      odd: await serve(t, first(429, 'soon')),
    };
    const list = Object.entries(servers).map(([id, { port }]) => `{ id: ${id}, url: "http://127.0.0.1:${port}" }`);
    const declaration = await declared(t, `targets: [${list.join(', ')}]`, folder);
    const pacing = { controlsEvery: 50, patience: [20], peaceAtLeast: 20, peaceInSurvey: 100 };
    const run = await audited(declaration, join(folder, 'out'), { pacing });
    t.strictSame(
      Object.fromEntries(run.endpoints.map(({ target, state, reason }) => [target, reason ?? state])),
      {
        hasty: 'left-in-peace',
        once: 'guarded',
        later: 'guarded',
        never: 'left-in-peace',
        absurd: 'left-in-peace',
        odd: 'left-in-peace',
      },
      'the second survey replaces the first',
    );
    const ledger = jsonLines(join(run.result.folder, 'ledger.jsonl')).map(urlOf);
    const sentTo = (port: number): number => ledger.filter((url) => url.includes(`:${port}/`)).length;
    t.strictSame(
      [servers.hasty, servers.never, servers.absurd, servers.odd].map(({ port }) => sentTo(port)),
      [2, 1, 1, 1],
      'one more where a time was named that can be waited for, none where it cannot, or means anything',
    );
    const journal = join(run.result.folder, 'journal');
    const others: Record<string, number | undefined> = {};
    for await (const record of readRecords(journal, await scanJournal(journal))) {
      const own = record.exchanges.filter(({ request }) => request > 0).length;
      const [target = ''] = record.targets;
      others[target] = record.otherRequests;
      t.equal(own + (record.otherRequests ?? 0), sentTo(record.endpoint.port), `${target}: each request counts`);
    }
    t.strictSame(others, { hasty: 1, once: 1, later: 1, never: undefined, absurd: undefined, odd: undefined });
    t.equal(run.result.exitCode, 3, 'what could not be judged is a gap');
  },
);

/** A front of a recording: from its `from`th request on it does what `then` says. */
async function fronted(
  t: Test,
  name: string,
  from: number,
  then: RequestListener,
): Promise<{ readonly url: string; readonly server: Server; readonly requests: () => number }> {
  const behind = await recorded(t, name);
  let requests = 0;
  const { port, server } = await serve(t, (request, response) => {
    requests += 1;
    if (requests >= from) {
      then(request, response);
      return;
    }
    get(`${behind}${request.url ?? ''}`, { headers: request.headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
  });
  return { url: `http://127.0.0.1:${port}`, server, requests: () => requests };
}

t.test('what a first visit proved remains, whatever a second one meets', { timeout: 120_000 }, async (t) => {
  const cluster = 'elasticsearch/7.17.9-open';
  const whole = await fronted(t, cluster, Infinity, plain(404));
  const undisturbed = await audited(
    await declared(t, `targets: [{ id: a, url: "${whole.url}" }]`),
    join(t.testdir({}), 'out'),
  );
  const { access } = undisturbed.endpoints[0] ?? {};
  t.equal(access, 'control');
  const cut = whole.requests() - 3;
  const pacing = { controlsEvery: 50, patience: [20], peaceAtLeast: 20, peaceInSurvey: 0 };
  const meets: readonly (readonly [string, (server: Server) => RequestListener])[] = [
    [
      'nobody',
      (server) => (request, response) => {
        plain(429, { 'retry-after': '1', connection: 'close' })(request, response);
        server.close();
        response.on('finish', () => server.closeAllConnections());
      },
    ],
    ['429 again', () => plain(429, { 'retry-after': '1' })],
    [
      'a login',
      () => {
        let asked = 0;
        return (request, response) => {
          asked += 1;
          if (asked === 1) plain(429, { 'retry-after': '1' })(request, response);
          else wall(request, response);
        };
      },
    ],
  ];
  for (const [name, then] of meets) {
    const front: Awaited<ReturnType<typeof fronted>> = await fronted(t, cluster, cut, (request, response) =>
      act(request, response),
    );
    const act = then(front.server);
    const folder = t.testdir({});
    const run = await audited(
      await declared(t, `targets: [{ id: a, url: "${front.url}" }]`, folder),
      join(folder, 'out'),
      {
        pacing,
      },
    );
    t.match(run.endpoints, [{ state: 'open', access: 'control', reason: 'left-in-peace' }], name);
    t.ok(
      run.findings.some(({ check }) => check === 'cluster-open'),
      name,
    );
    t.equal(run.result.exitCode, 1, name);
    t.match(run.result.head.run.gaps, [/1 of 1 endpoints could not be fully assessed/], name);
  }

  // It spoke: that nothing answers a second time makes it no silent port.
  const early: Awaited<ReturnType<typeof fronted>> = await fronted(t, cluster, 1, (request, response) =>
    gone(request, response),
  );
  const gone = meets[0]?.[1](early.server) ?? plain(404);
  const folder = t.testdir({});
  const run = await audited(
    await declared(t, `targets: [{ id: a, url: "${early.url}" }]`, folder),
    join(folder, 'out'),
    {
      pacing,
    },
  );
  t.match(run.endpoints, [{ state: 'undetermined', reason: 'left-in-peace' }]);
  t.equal(run.result.exitCode, 3);
});

t.test('a server that fails never lowers a rung silently', { timeout: 120_000 }, async (t) => {
  for (const [status, headers] of [
    [502, {}],
    [503, {}],
    [504, {}],
    [429, {}],
    [429, { 'retry-after': '0' }],
  ] as const) {
    // The listing, its tests and the who-am-I are through; the rest is not.
    const front = await fronted(t, 'elasticsearch/7.17.9-open', 5, (_request, response) => {
      response.writeHead(status, { 'content-type': 'text/html', ...headers });
      response.end('<html><title>Service Unavailable</title></html>');
    });
    const folder = t.testdir({});
    const run = await audited(
      await declared(t, `targets: [{ id: a, url: "${front.url}" }]`, folder),
      join(folder, 'out'),
    );
    const name = `${status} ${JSON.stringify(headers)}`;
    t.equal(front.requests(), 6, `${name}: one repeat and no more`);
    t.match(run.endpoints, [{ state: 'open', reason: 'left-in-peace' }], name);
    t.not(run.result.exitCode, 0, name);
  }
});

function urlOf(line: unknown): string {
  return typeof line === 'object' && line !== null && 'url' in line && typeof line.url === 'string' ? line.url : '';
}

t.test(
  'a window that closes during a run stops it cleanly; an owner has its own hours',
  { timeout: 120_000 },
  async (t) => {
    const folder = t.testdir({});
    let clock = Date.parse('2026-11-23T01:59:00Z');
    const { port } = await serve(t, (request, response) => {
      // Each request takes a second of the audit's clock.
      clock += 1000;
      wall(request, response);
    });
    const text = `
owners: { night: { blackout: { weekly: ["daily 01:00-03:00"] } } }
targets:
  - { id: a, hosts: ${hosts(60)}, ports: [${port}] }
  - { id: b, hosts: [127.8.0.1, 127.8.0.2], ports: [${port}], owner: night }
${engagement.trimEnd()}
  window: { from: 2026-11-23T01:00, to: 2026-11-24T00:00, weekly: ["Mon 01:00-02:00", "Mon 10:00-11:00"] }
  limits: { concurrency: 1 }
`;
    const out = join(folder, 'out');
    const now = (): Date => new Date(clock);
    const first = await audited(await declared(t, text, folder, now()), out, { now });
    const left = first.endpoints.filter(({ reason }) => reason === 'not-asked-window');
    t.strictSame([first.endpoints.length, left.length], [62, 42], 'each endpoint has a line');
    t.ok(
      left.every(
        ({ state, requests, undetermined }) => state === 'undetermined' && requests + undetermined.length === 0,
      ),
    );
    t.equal(left.filter(({ owner }) => owner === 'night').length, 2);
    t.match(first.result.head.summary, {
      endpoints: 62,
      states: { undetermined: 42 },
      notAsked: { window: 42, blackout: 0, blackoutOwners: [] },
    });
    t.equal(first.result.head.run.finished, false);
    t.match(
      first.result.head.run.gaps[0],
      /window .*closed; it opens again at 2026-11-23T10:00:00\.000Z; 20 of 62 .*--resume/,
    );
    t.equal(first.result.exitCode, 3);
    const late = jsonLines(join(first.result.folder, 'ledger.jsonl')).filter(
      (line) => atOf(line) >= '2026-11-23T02:00:00',
    );
    t.strictSame(late, [], 'nothing is sent outside the window');

    clock = Date.parse('2026-11-23T10:00:00Z');
    const second = await audited(await declared(t, text, folder, now()), out, { now, resume: true });
    t.equal(second.endpoints.length, 62);
    t.notOk(
      second.endpoints.some(({ reason }) => reason === 'not-asked-window'),
      'all were asked now',
    );
    t.match(second.result.head.summary.notAsked, { window: 0, blackout: 0 });
    t.equal(second.result.head.run.finished, true);
  },
);

t.test('a run that its window ended continues when the window is extended', { timeout: 120_000 }, async (t) => {
  const folder = t.testdir({});
  let clock = Date.parse('2026-11-23T01:59:50Z');
  const { port } = await serve(t, (request, response) => {
    clock += 1000;
    wall(request, response);
  });
  const text = (reference: string, to: string): string => `
targets: [{ id: a, hosts: ${hosts(20)}, ports: [${port}] }]
${engagement.trimEnd().replace('LOA-1', reference)}
  window: { from: 2026-11-23T01:00, to: ${to} }
  limits: { concurrency: 1 }
`;
  const out = join(folder, 'out');
  const now = (): Date => new Date(clock);
  const ended = await declared(t, text('LOA-1', '2026-11-23T02:00'), folder, now());
  const lock = join(folder, 'plan.lock');
  await writePlanLock(ended, lock);
  const first = await audited(ended, out, { now });
  t.equal(first.result.exitCode, 3);
  t.match(
    first.result.head.run.gaps[0],
    /does not open again; \d of 20 endpoints were asked; once it is extended, --resume/,
  );
  await t.rejects(audited(ended, out, { now, resume: true }), { message: /window is closed; it does not open again/ });

  const extended = await declared(t, text('LOA-2', '2026-11-23T04:00'), folder, now());
  await t.rejects(audited(extended, out, { now, resume: true, planLock: lock }), {
    message: /the window, the authorisation changed since/,
  });
  const second = await audited(extended, out, { now, resume: true });
  t.equal(second.result.folder, first.result.folder);
  t.equal(second.endpoints.length, 20);
  t.match(second.result.head.run, {
    finished: true,
    engagement: { window: { to: '2026-11-23T04:00:00.000Z' }, authorisation: { reference: 'LOA-2' } },
  });
});

t.test('a run whose list changed while it was used cannot be resumed', { timeout: 120_000 }, async (t) => {
  const folder = t.testdir({ 'list.txt': Array.from({ length: 60 }, (_, i) => `127.9.0.${i + 1}\n`).join('') });
  const list = join(folder, 'list.txt');
  const { port, server } = await serve(t, wall);
  server.once('request', () => appendFileSync(list, '127.9.0.99\n'));
  const text = `
targets: [{ id: a, hostsFrom: list.txt, ports: [${port}], paths: [/, /b, /c] }]
${engagement.trimEnd()}
  limits: { concurrency: 1 }
`;
  const run = await audited(await declared(t, text, folder), join(folder, 'out'));
  const [gap = ''] = run.result.head.run.gaps;
  t.match(gap, /list\.txt changed while it was being used; \d+ of \d+ endpoints were asked; start again/);
  t.notMatch(gap, /--resume/);
});

function atOf(line: unknown): string {
  return typeof line === 'object' && line !== null && 'at' in line && typeof line.at === 'string' ? line.at : '';
}

t.test('an owner whose blackout hours last to the end is a gap', { timeout: 120_000 }, async (t) => {
  const folder = t.testdir({});
  const { port } = await serve(t, wall);
  const text = `
owners: { night: { blackout: { weekly: ["daily 00:00-24:00"] } } }
targets:
  - { id: a, url: "http://127.0.0.1:${port}" }
  - { id: b, url: "http://127.0.0.2:${port}", owner: night }
`;
  const run = await audited(await declared(t, text, folder), join(folder, 'out'));
  t.strictSame(run.endpoints.map(({ target, state, reason }) => [target, state, reason]).sort(), [
    ['a', 'guarded', null],
    ['b', 'undetermined', 'not-asked-blackout'],
  ]);
  t.equal(run.result.exitCode, 3);
  t.strictSame(run.result.head.summary.notAsked, { window: 0, blackout: 1, blackoutOwners: ['night'] });
  t.strictSame(
    [run.result.head.run.finished, run.result.head.run.gaps],
    [false, ["not asked, because of their owners' blackout hours (night): 1 endpoint; --resume asks it"]],
  );
  const again = await audited(await declared(t, text, folder), join(folder, 'out'), { resume: true });
  t.equal(again.endpoints.length, 2, 'a resumed run says it anew, not twice');
  t.strictSame(again.result.head.summary.notAsked, { window: 0, blackout: 1, blackoutOwners: ['night'] });
});

t.test('hours that begin while an endpoint waits for its turn leave it for later', { timeout: 120_000 }, async (t) => {
  const folder = t.testdir({});
  let clock = Date.parse('2026-11-23T00:59:58Z');
  const { port } = await serve(t, (request, response) => {
    clock += 1000;
    wall(request, response);
  });
  const text = `
owners: { night: { blackout: { weekly: ["daily 01:00-03:00"] }, limits: { perAddress: 1 } } }
targets:
  - { id: a, hosts: [127.8.0.1], ports: [${port}], paths: [/, /b, /c], owner: night }
${engagement}
`;
  const now = (): Date => new Date(clock);
  const out = join(folder, 'out');
  const first = await audited(await declared(t, text, folder, now()), out, { now });
  const reasons = first.endpoints.map(({ reason }) => reason);
  t.equal(first.endpoints.length, 3, 'none is lost');
  t.ok(reasons.includes('not-asked-blackout'));
  t.equal(first.result.head.run.finished, false);
  clock = Date.parse('2026-11-23T03:00:00Z');
  const second = await audited(await declared(t, text, folder, now()), out, { now, resume: true });
  t.strictSame(
    second.endpoints.map(({ state }) => state),
    ['guarded', 'guarded', 'guarded'],
  );
  t.equal(second.result.head.run.finished, true);
});

t.test('an owner has its own limits', { timeout: 120_000 }, async (t) => {
  const folder = t.testdir({});
  let now = 0;
  let most = 0;
  const { port } = await serve(t, (request, response) => {
    if (request.socket.localAddress?.includes('127.8.') === true) {
      now += 1;
      most = Math.max(most, now);
      setTimeout(() => {
        now -= 1;
        wall(request, response);
      }, 3);
    } else wall(request, response);
  });
  const text = `
owners: { frail: { limits: { concurrency: 1 } } }
targets:
  - { id: a, hosts: ${hosts(10)}, ports: [${port}] }
  - { id: b, hosts: [127.8.0.1, 127.8.0.2, 127.8.0.3, 127.8.0.4], ports: [${port}], owner: frail }
`;
  const run = await audited(await declared(t, text, folder), join(folder, 'out'));
  t.equal(run.endpoints.length, 14);
  t.equal(most, 1);
});
