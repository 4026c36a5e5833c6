// What a target shows when our questions weigh it down, and what the client makes of it.
import { createServer, type AddressInfo } from 'node:net';
import t from 'tap';
import type { Test } from 'tap';
import type { Answer, KeptBody } from '../../src/model/exchange.js';
import type { HttpClientOptions } from '../../src/net/http-client.js';
import { isOverload, isSharplySlower } from '../../src/net/strain.js';
import {
  askOf,
  ending,
  http,
  json,
  onRequest,
  questionOf,
  rawServer,
  testClient,
  until,
  type Loopback,
} from './helpers.js';

const question = questionOf('/_test');
const peace = { atLeastMs: 20, atMostMs: 200 };
const ok = http('200 OK', json, '{"tagline":"You Know, for Search"}');
const page = '<html><head><title>503 Service Temporarily Unavailable</title></head></html>';
const html = ['content-type: text/html'];
const busy = http('503 Service Temporarily Unavailable', html, page);
const limited = http('429 Too Many Requests', html, '');

/** A server that answers each request with what `answer` says of its number; `null` is not an answer. */
function serving(
  t: Test,
  answer: (count: number) => Buffer | null,
): Promise<Loopback & { readonly requests: () => number }> {
  let requests = 0;
  const server = rawServer(t, (socket) =>
    onRequest(socket, () => {
      requests += 1;
      const bytes = answer(requests);
      if (bytes !== null) socket.write(bytes);
    }),
  );
  return server.then((loopback) => ({ ...loopback, requests: () => requests }));
}

/** Asks until the visit is over, 20 times at most; gives the endings. */
async function askAll(
  t: Test,
  port: number,
  options: Partial<Omit<HttpClientOptions, 'limits'>> & {
    readonly limits?: { readonly exchangeTimeoutMs: number };
  } = {},
  learned?: { readonly answerTimes: readonly number[]; readonly strained: boolean },
): Promise<{
  readonly endings: readonly (number | string)[];
  readonly cut: string | null;
  readonly times: readonly number[];
}> {
  const { endpointClient, ledger } = testClient(t, { peace, ...options });
  const visited = endpointClient(port, {}, learned === undefined ? {} : { learned });
  const endings: (number | string)[] = [];
  while (endings.length < 20 && visited.cut === null) endings.push(ending(await visited.ask(askOf(question))));
  const times = ledger.flatMap((line) => (line.kind === 'request' ? [Date.parse(line.at)] : []));
  return { endings, cut: visited.cut, times };
}

const forged = (status: number, body: KeptBody, headers: Record<string, string[]> = {}): Answer => ({
  kind: 'answer',
  status,
  headers,
  body,
  bytes: 1,
  truncated: false,
  sha256: '',
});
const error = (keys: string, type: string | null, reason = ''): KeptBody => ({
  kind: 'error',
  type,
  reason,
  resource: null,
  status: null,
  keys: keys.split(' '),
  text: '',
});
const text: KeptBody = { kind: 'text', text: 'x', title: null, html: true };
const said = (words: string): KeptBody => ({ kind: 'text', text: words, title: null, html: false });

t.test('a rate limit, an overload and a breakdown differ from a regular error answer', (t) => {
  const none: KeptBody = { kind: 'none' };
  for (const [answer, overload] of [
    [forged(200, text), false],
    [forged(401, text), false],
    [forged(404, text, { 'retry-after': ['5'] }), false],
    [forged(429, text), true],
    [forged(429, error('error status', 'circuit_breaking_exception')), true],
    [forged(420, text), true],
    [forged(430, text), true],
    [forged(401, text, { 'retry-after': ['5'] }), true],
    [forged(403, text, { 'retry-after': ['5'] }), true],
    [forged(413, text, { 'retry-after': ['5'] }), true],
    [forged(403, error('message', null, 'API rate limit exceeded for 192.0.2.1')), true],
    [forged(403, said('Too many requests, slow down')), true],
    [forged(403, error('message', null, 'Forbidden')), false],
    [forged(404, error('message', null, 'rate limit exceeded')), false],
    [forged(503, text, { 'retry-after': ['5'] }), true],
    [forged(503, error('error status', 'x_exception'), { 'retry-after': ['5'] }), true],
    [forged(500, text), true],
    [forged(502, text), true],
    [forged(503, none), true],
    [forged(504, text), true],
    [forged(522, text), true],
    [forged(501, text), false],
    [forged(505, text), false],
    // Elasticsearch 7 and 2, and before; a dashboard.
    [forged(500, error('error status', 'security_exception')), false],
    [forged(503, error('error status', 'master_not_discovered_exception')), false],
    [forged(503, error('error status', 'no_shard_available_action_exception')), false],
    [forged(503, error('error status', null, 'MasterNotDiscoveredException[waited for [30s]]')), false],
    [forged(503, { kind: 'json', value: { tagline: 'You Know, for Search' } }), false],
    [forged(502, error('error message statusCode', null, 'Bad Gateway')), false],
    [forged(503, error('attributes error message statusCode', null)), false],
    // Zipkin, whose storage is down; a gateway's text next to it.
    [forged(500, said('io.netty.channel.AbstractChannel$AnnotatedConnectException: finishConnect(..) failed')), false],
    [forged(503, said('OpenSearch Security not initialized.')), false],
    [forged(503, said('Kibana server is not ready yet')), false],
    [forged(500, said('Internal Server Error')), true],
    // Overloaded, by its own account.
    [forged(503, error('error status', 'circuit_breaking_exception')), true],
    [forged(503, error('error status', 'es_rejected_execution_exception')), true],
    [forged(503, error('error status', null, 'EsRejectedExecutionException[rejected execution]')), true],
    // Gateways speak JSON too: Kong, AWS, Spring.
    [forged(503, error('message', null)), true],
    [forged(503, error('Message', null)), true],
    [forged(503, error('error path status timestamp', null)), true],
    [forged(500, error('code data msg', null)), true],
  ] as const) {
    const name = `${answer.status} ${JSON.stringify(answer.body)} ${JSON.stringify(answer.headers)}`;
    t.equal(isOverload(answer), overload, name);
  }
  t.end();
});

t.test('sharply slower', (t) => {
  t.equal(isSharplySlower(2_000, 'cheap', [10, 20], false), true);
  t.equal(isSharplySlower(2_000, 'cheap', [10], false), false, 'one answer does not show a pace');
  t.equal(isSharplySlower(1_400, 'cheap', [10, 20], false), false, 'a second proves nothing');
  t.equal(isSharplySlower(2_000, 'cheap', [2_000, 2_100, 1_900], false), false, 'what was always slow is not slower');
  t.equal(isSharplySlower(2_000, 'cheap', [400, 420, 410], false), true, 'what is far away can become slower too');
  t.equal(
    isSharplySlower(2_000, 'cheap', [10, 20, 30, 2_000, 2_000, 2_000, 2_000], false),
    true,
    'slow answers that were no sign do not become the pace',
  );
  t.equal(isSharplySlower(2_000, 'moderate', [10, 20, 30], false), false, 'some questions take their time');
  t.equal(isSharplySlower(4_000, 'moderate', [10, 20, 30], false), true);
  t.equal(isSharplySlower(9_000, 'expensive', [10, 20, 30], false), false);
  t.equal(isSharplySlower(2_000, 'expensive', [10, 20, 30], true), true, 'after a sign of strain none may');
  t.end();
});

t.test('one pause, one repeat, half the pace; a second sign ends the visit', async (t) => {
  for (const [name, bad] of [
    ['429', limited],
    ['503', busy],
    ['502', http('502 Bad Gateway', html, page)],
    ['504', http('504 Gateway Time-out', html, page)],
    ['503 with a time', http('503 Service Unavailable', ['retry-after: 0'], '')],
    ['JSON of a gateway', http('500 Internal Server Error', json, '{"message":"An unexpected error occurred"}')],
  ] as const) {
    const once = await serving(t, (count) => (count === 4 ? bad : ok));
    const recovered = await askAll(t, once.port);
    t.strictSame(recovered.endings, Array(20).fill(200), `${name}: the repeat is what counts`);
    t.equal(once.requests(), 21, `${name}: one repeat`);
    const gaps = recovered.times.slice(4).map((time, at) => time - (recovered.times[at + 3] ?? 0));
    t.ok((gaps[0] ?? 0) >= peace.atLeastMs - 1, `${name}: the pause`);
    t.ok(Math.min(...gaps) >= peace.atLeastMs / 2 - 2, `${name}: the pace`);

    const broken = await serving(t, (count) => (count >= 4 ? bad : ok));
    const left = await askAll(t, broken.port);
    t.strictSame([left.cut, left.endings.length, broken.requests()], ['left-in-peace', 4, 5], `${name}: for good`);

    const again = await serving(t, (count) => (count === 4 || count === 9 ? bad : ok));
    const second = await askAll(t, again.port);
    t.strictSame([second.cut, again.requests()], ['left-in-peace', 9], `${name}: a later one is the second`);
  }
});

t.test('a regular error is an answer; a server that never responded gets another question', async (t) => {
  const own = JSON.stringify({
    error: {
      root_cause: [{ type: 'master_not_discovered_exception', reason: null }],
      type: 'master_not_discovered_exception',
    },
    status: 503,
  });
  const unformed = await serving(t, (count) => (count > 1 ? http('503 Service Unavailable', json, own) : ok));
  t.strictSame((await askAll(t, unformed.port)).cut, null);
  t.equal(unformed.requests(), 20);
  const dead = await serving(t, () => busy);
  t.equal((await askAll(t, dead.port)).cut, 'left-in-peace');
  t.equal(dead.requests(), 2, 'two questions, whatever the survey would ask');
  const onePath = await serving(t, (count) => (count === 1 ? busy : ok));
  const rest = await askAll(t, onePath.port);
  t.strictSame(
    [rest.cut, ...rest.endings],
    [null, 503, ...Array<number>(19).fill(200)],
    'the first path leads nowhere, the rest does',
  );
  t.ok((rest.times[1] ?? 0) - (rest.times[0] ?? 0) >= peace.atLeastMs - 1, 'after a pause');
  const limits = await serving(t, () => limited);
  t.equal((await askAll(t, limits.port)).cut, 'left-in-peace');
  t.equal(limits.requests(), 2, '429 is one at once');
});

t.test('a server that names too long a wait is left at once, for later or for good', async (t) => {
  for (const said of ['1', '30', '1000000000000', 'Fri, 31 Dec 9999 23:59:59 GMT', 'soon', '-1']) {
    const { port, requests } = await serving(t, (count) =>
      count > 3 ? http('429 Slow Down', [`retry-after: ${said}`]) : ok,
    );
    const { cut, endings } = await askAll(t, port);
    t.strictSame([cut, endings.at(-1), requests()], ['left-in-peace', 429, 4], said);
  }
});

t.test('a stop ends a pause', async (t) => {
  const { port, requests } = await serving(t, () => limited);
  const { endpointClient, stop } = testClient(t, { peace: { atLeastMs: 600_000, atMostMs: 600_000 } });
  const asked = endpointClient(port).ask(askOf(question));
  await until(() => requests() === 1);
  setTimeout(() => stop.abort(), 20);
  t.equal(ending(await asked), 'interrupted');
  t.equal(requests(), 1);
});

t.test('a server that responded and then stalls is asked once more, and not a third time', async (t) => {
  const { port, requests } = await serving(t, (count) => (count <= 3 ? ok : null));
  const { cut, endings } = await askAll(t, port, { limits: { exchangeTimeoutMs: 150 } });
  t.strictSame([cut, endings, requests()], ['left-in-peace', [200, 200, 200, 'response-timeout'], 5]);
});

t.test('a server that responded and then is gone is tried once more, and not a third time', async (t) => {
  const last = http('200 OK', [...json, 'connection: close'], '{}');
  let accepted = 0;
  const server = createServer((socket) => {
    accepted += 1;
    if (accepted === 3) server.close();
    onRequest(socket, (_, count) => {
      if (count === 1) socket.end(last);
    });
  });
  t.teardown(() => server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.33.1.1', resolve));
  const { port }: Pick<AddressInfo, 'port'> = Object.assign({ port: 0 }, server.address());
  const { endpointClient, httpClient } = testClient(t, { peace });
  const visited = endpointClient(port, { host: '127.33.1.1', address: '127.33.1.1' });
  const endings: (number | string)[] = [];
  while (endings.length < 20 && visited.cut === null) endings.push(ending(await visited.ask(askOf(question))));
  t.strictSame([visited.cut, endings.at(-1)], ['left-in-peace', 'refused']);
  t.equal(httpClient.totals().connections, accepted + 2);
});

t.test('a second visit knows that the first got an answer', async (t) => {
  const { port, requests } = await serving(t, () => busy);
  const { cut } = await askAll(t, port, {}, { answerTimes: [5, 5, 5], strained: true });
  t.strictSame([cut, requests()], ['left-in-peace', 1]);
});

t.test('a patient question is waited for, and its silence is not a sign of strain', async (t) => {
  const unformed = http('503 No Master', json, '{"error":{"type":"master_not_discovered_exception"},"status":503}');
  const { port } = await rawServer(t, (socket) =>
    onRequest(socket, (_, count) => {
      if (count <= 3) socket.write(ok);
      else if (count === 4) setTimeout(() => socket.write(unformed), 900);
    }),
  );
  const { endpointClient } = testClient(t, { peace, limits: { exchangeTimeoutMs: 600 } });
  const visited = endpointClient(port);
  const patient = { ...askOf(question), patient: true };
  for (const expected of [200, 200, 200]) t.equal(ending(await visited.ask(askOf(question))), expected);
  t.equal(ending(await visited.ask(patient)), 503, 'longer than the usual deadline');
  t.equal(ending(await visited.ask(patient)), 'response-timeout');
  t.equal(visited.cut, null);
  t.equal(visited.requestsSpent, 5, 'put once each');
});

t.test(
  'a server that becomes slow costs a handful of requests, whatever visit asks',
  { timeout: 120_000 },
  async (t) => {
    const slow = (after: number): ReturnType<typeof serving> => {
      let requests = 0;
      let last = performance.now();
      let longest = 0;
      return rawServer(t, (socket) =>
        onRequest(socket, () => {
          requests += 1;
          const instant = performance.now();
          // However busy this machine is: no answer so far took longer than the time between two requests.
          if (requests > 1 && requests <= after + 1) longest = Math.max(longest, instant - last);
          last = instant;
          setTimeout(() => socket.write(ok), requests > after ? Math.max(2_000, 12 * longest) : 0);
        }),
      ).then((loopback) => ({ ...loopback, requests: () => requests }));
    };
    const becomes = await slow(3);
    t.equal((await askAll(t, becomes.port)).cut, 'left-in-peace');
    t.ok(becomes.requests() <= 3 + 4, `${becomes.requests()} requests`);
    const second = await slow(0);
    t.equal((await askAll(t, second.port, {}, { answerTimes: [5, 5, 5], strained: true })).cut, 'left-in-peace');
    t.equal(second.requests(), 1, 'a second visit knows the pace of the first');
  },
);
