import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { catalogue } from '../../src/catalogue/index.js';
import type { Cut, Exchange } from '../../src/model/exchange.js';
import type { Ask } from '../../src/model/question.js';
import type { HttpClient } from '../../src/net/index.js';
import { rejudge } from '../../src/run/index.js';
import { firstAsk, surveyEndpoint, unasked } from '../../src/run/ask.js';
import { segmentPath } from '../../src/store/journal.js';
import { addLines } from '../support/journal.js';
import { audited, declared, serve, wall } from './support.js';

const endpoint = { host: '127.0.0.1', address: '127.0.0.1', port: 9200, basePath: '', scheme: null };
const place = { ...endpoint, ordinal: 3, targets: ['a'] };
const now = (): Date => new Date('2026-11-23T02:00:00Z');
const techniques = {
  names: true,
  documentCounts: true,
  savedObjectTitles: true,
  guestSession: false,
  dataSourceListing: false,
  internalApi: false,
  outsideReaders: false,
  fullAddresses: false,
  thoroughBackends: false,
  otherUserAgent: false,
  transportPort: false,
  credentials: false,
};

/** A client that does what `ask` says. */
function httpClient(
  ask: (asked: Ask, count: number) => Exchange,
  cutAfter = Infinity,
): { readonly httpClient: HttpClient; readonly closed: () => number } {
  let closed = 0;
  let count = 0;
  return {
    closed: () => closed,
    httpClient: {
      resolve: () => Promise.resolve({ addresses: [] }),
      forEndpoint: () => ({
        ask(asked) {
          count += 1;
          return new Promise((resolve) => resolve(ask(asked, count)));
        },
        tls: null,
        get cut(): Cut | null {
          return count >= cutAfter ? 'left-in-peace' : null;
        },
        retryAfterMs: null,
        requestsSpent: count,
        close() {
          closed += 1;
          return Promise.resolve();
        },
      }),
      totals: () => ({ requests: 0, connections: 0, bytes: 0 }),
      close: () => Promise.resolve(),
    },
  };
}

function refused(asked: Ask): Exchange {
  return {
    question: asked.question.id,
    method: asked.question.method,
    path: asked.question.path,
    scheme: asked.scheme,
    basePath: asked.basePath,
    blanks: asked.blanks,
    request: 1,
    connection: 1,
    at: now().toISOString(),
    ms: 1,
    outcome: {
      kind: 'answer',
      status: 401,
      headers: {},
      body: { kind: 'none' },
      bytes: 0,
      truncated: false,
      sha256: '',
    },
  };
}

t.test('after a bug of ours earlier answers are kept, and it is reported as our bug', async (t) => {
  const broken = httpClient((asked, count) => {
    if (count === 2) throw new Error('oops');
    return refused(asked);
  });
  const options = { httpClient: broken.httpClient, techniques, now, turn: (): true => true, clientOptions: {} };
  const { record, bug } = await surveyEndpoint({ ...place, endpoint, earlier: null }, options);
  t.match(bug, /a bug of leftopen cut 127\.0\.0\.1:9200 short: oops/);
  t.equal(record.exchanges.length, 1);
  t.equal(record.cut, 'local-failure');
  t.equal(broken.closed(), 1, 'the visit is closed');
});

t.test('nothing is asked once the client says that it is enough, or the run has stopped', async (t) => {
  const peace = httpClient(refused, 2);
  const base = { techniques, now, turn: (): true => true, clientOptions: {} };
  const cut = await surveyEndpoint({ ...place, endpoint, earlier: null }, { ...base, httpClient: peace.httpClient });
  t.match(cut.record, { ordinal: 3, cut: 'left-in-peace', targets: ['a'] });
  t.equal(cut.record.exchanges.length, 2);
  const stopped = httpClient(refused);
  const none = await surveyEndpoint(
    { ...place, endpoint, earlier: null },
    {
      ...base,
      httpClient: stopped.httpClient,
      turn: () => Promise.resolve(false),
    },
  );
  t.match(none.record, { cut: 'interrupted', exchanges: [] });
  t.equal(stopped.closed(), 1);
});

t.test('what cannot be asked says why, with the question that would have come first', (t) => {
  const failure = { kind: 'failure', failure: 'no-such-name', detail: 'x' } as const;
  const record = unasked({ ...place, host: 'a.test', address: null }, failure, null, { techniques, now });
  t.match(record.exchanges, [{ question: firstAsk(endpoint, techniques).question.id, request: 0, outcome: failure }]);
  t.ok(catalogue.some(({ id }) => id === record.exchanges[0]?.question));
  t.strictSame(unasked(place, null, 'vantage-lost', { techniques, now }).exchanges, []);
  t.end();
});

t.test('a bug in the journal is a gap; a journal without an end comes from a killed run', async (t) => {
  const folder = t.testdir({});
  const { port } = await serve(t, wall);
  const run = await audited(
    await declared(t, `targets: [{ id: a, url: "http://127.0.0.1:${port}" }]`, folder),
    join(folder, 'out'),
  );
  t.equal(run.result.exitCode, 0);
  const segment = segmentPath(join(run.result.folder, 'journal'), 1);
  addLines(segment, { mark: 'bug', ordinal: 0, text: 'a bug of leftopen' });
  const buggy = await rejudge(run.result.folder, { failOn: 'high', formats: [] });
  t.equal(buggy.exitCode, 3);
  t.match(buggy.head.run, { finished: true, gaps: ['a bug of leftopen'] });

  writeFileSync(segmentPath(join(run.result.folder, 'journal'), 2), readFileSync(segment).subarray(0, 40));
  const killed = await rejudge(run.result.folder, { failOn: 'high', formats: [] });
  t.equal(killed.head.run.finished, true, 'a writer that was killed before its first line wrote nothing');
  t.strictSame(killed.head.run.gaps, ['a bug of leftopen']);
});
