import { readFileSync, rmSync, statSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { auditUrls, filesHolding, placeOf, type Audited, type LedgerRequest } from '../audited.js';
import { labAgent } from './lab/http.js';
import { down, serverNamed, upAll, urlOf, withBackends } from './lab/lab.js';
import { instanceFolder } from './lab/launch.js';
import { runningPid } from './lab/process.js';
import { servers } from './lab/servers/index.js';
import { canary, isProxy, labLogin, type LabServer } from './lab/types.js';
import { openRelay, type Relay } from './relay.js';

/** Java servers up at once: as many as two cores and 24 GB allow next to the audit. LEFTOPEN_LIVE_JAVA overrides it. */
const javaAtOnce = Number(process.env['LEFTOPEN_LIVE_JAVA'] ?? 8);

/** A document's own path, or a search that could bring documents. */
const documentPath = /\/_(doc|source|mget|msearch|sql|search\/scroll)\b|[?&](scroll|size=[1-9])/;

/** Only some servers: names or parts of names, comma-separated, in LEFTOPEN_LIVE. */
const wanted = (process.env['LEFTOPEN_LIVE'] ?? '').split(',').filter((part) => part !== '');
const chosen = servers.filter(({ name, slow }) =>
  wanted.length === 0 ? slow !== true : wanted.some((part) => name.includes(part)),
);

/** Splits the servers into batches that need no more Java servers than may be up at once, backends of proxies included. */
function batches(list: readonly LabServer[]): readonly (readonly LabServer[])[] {
  const rounds: { readonly members: LabServer[]; readonly java: Set<string> }[] = [];
  for (const server of list.toSorted((one, other) => Number(isProxy(one)) - Number(isProxy(other)))) {
    const needs = withBackends([server.name]).filter((one) => !isProxy(one));
    const places = rounds.map(({ java }) => needs.filter(({ name }) => !java.has(name)).length);
    const fits = rounds.filter(({ java }, at) => java.size + (places[at] ?? 0) <= javaAtOnce);
    // In the batch where its backends already run, so that they are not started again.
    const round = fits.find((one) => needs.every(({ name }) => one.java.has(name))) ?? fits.at(-1);
    const chosenRound = round ?? { members: [], java: new Set<string>() };
    if (round === undefined) rounds.push(chosenRound);
    chosenRound.members.push(server);
    for (const { name } of needs) chosenRound.java.add(name);
  }
  return rounds.map(({ members }) => members);
}

for (const [number, batch] of batches(chosen).entries()) {
  void t.test(`batch ${number + 1} of real servers`, async (t) => {
    const needed = withBackends(batch.map(({ name }) => name));
    const before = needed.filter(({ name }) => runningPid(name) !== null);
    t.teardown(() => Promise.all(needed.filter((server) => !before.includes(server)).map(down)));
    await upAll(needed);
    const logBefore = new Map(batch.map((server) => [server.name, logLines(server).length]));
    const fronts = await Promise.all(
      batch.map(async (server) => {
        const relay = server.direct === true ? null : await openRelay(server);
        return { server, relay, url: relay?.url ?? `${urlOf(server)}${server.basePath ?? ''}` };
      }),
    );
    t.teardown(() => Promise.all(fronts.flatMap(({ relay }) => (relay === null ? [] : [relay.close()]))));

    const audited = await auditUrls(fronts.map(({ url }) => url));
    t.teardown(() => {
      rmSync(audited.folder, { recursive: true });
    });
    t.equal(audited.bugs, 0, 'no check of ours threw');
    for (const { server, relay, url } of fronts) {
      const seen = audited.endpoints.get(placeOf(url));
      t.strictSame(seen?.told, sorted(server), server.name);
      if (relay === null) continue;
      const own = audited.ledger.filter((line) => line.url.startsWith(`${origin(url)}/`));
      const handshakes = audited.handshakes.get(Number(new URL(url).port)) ?? 0;
      arrivedAsLedger(t, server, relay, own, handshakes);
      if (server.kind === 'nginx') {
        const lines = logLines(server).slice(logBefore.get(server.name));
        t.strictSame(
          lines
            .filter((line) => !line.includes(loggedHello))
            .map(loggedRequest)
            .sort(),
          own.map(ledgerRequest).sort(),
          `${server.name}: nginx logged the same`,
        );
      }
    }
    for (const secret of [canary, labLogin.password]) {
      t.strictSame(filesHolding(audited.folder, secret), [], `${secret} is in no file of the run`);
    }
  });
}

void t.test(
  'nothing that is not an open cluster is called open',
  { skip: wanted.length > 0 && !wanted.includes('none') },
  async (t) => {
    const cluster = serverNamed('elasticsearch-7.17.9-open');
    const before = runningPid(cluster.name) !== null;
    t.teardown(() => (before ? undefined : down(cluster)));
    await upAll([cluster]);
    const yesToAll = http.createServer((_, answer) =>
      answer.setHeader('content-type', 'text/html').end('<title>Welcome</title>'),
    );
    const json = http.createServer((_, answer) =>
      answer.setHeader('content-type', 'application/json').end('{"status":"ok"}'),
    );
    const dumb = net.createServer((socket) => socket.on('error', () => undefined).resume());
    const ports = await Promise.all([yesToAll, json, dumb].map(listen));
    t.teardown(async () => {
      yesToAll.closeAllConnections();
      json.closeAllConnections();
      await Promise.all([yesToAll, json, dumb].map(closed));
    });
    const [yes, ok, silent] = ports;
    const transport = cluster.port + 1000;
    const urls = [
      `http://127.0.0.1:${transport}`,
      `http://127.0.0.1:${yes}`,
      `http://127.0.0.1:${ok}`,
      `http://127.0.0.1:${silent}`,
      ...[1, 7, 19999].map((port) => `http://127.0.0.1:${port}`),
    ];
    const audited = await auditUrls(urls);
    t.teardown(() => {
      rmSync(audited.folder, { recursive: true });
    });
    const stateOf = (port: number | undefined): string | undefined =>
      audited.endpoints.get(`127.0.0.1:${port}`)?.told.state;
    t.equal(audited.endpoints.size, urls.length);
    for (const { told } of audited.endpoints.values()) t.not(told.state, 'open');
    t.equal(stateOf(yes), 'undetermined', 'one page for every path: a notice or a filter may be in front of anything');
    for (const port of [1, 7, 19999]) t.equal(stateOf(port), 'unreachable', `nothing listens on ${port}`);
    t.match(audited.endpoints.get(`127.0.0.1:${transport}`)?.summary.reason, 'transport-port');
    const live = await auditUrls([urlOf(cluster)]);
    t.teardown(() => {
      rmSync(live.folder, { recursive: true });
    });
    t.equal(live.endpoints.get(placeOf(urlOf(cluster)))?.told.state, 'open', 'the cluster of that transport port is');
  },
);

/** How a ClientHello begins (RFC 8446, 5.1: a handshake record of TLS 1.x), as hex and in a log of nginx. */
const clientHello = '160301';
const loggedHello = '"\\x16\\x03\\x01';

/** What arrived at a server is what the ledger says, each a GET or HEAD, none for a document. */
function arrivedAsLedger(
  t: Test,
  server: LabServer,
  relay: Relay,
  own: readonly LedgerRequest[],
  handshakes: number,
): void {
  t.ok(own.length > 0, `${server.name}: something was asked`);
  const arrived = relay.requests.map(({ method, path }) => `${method} ${path}`);
  t.strictSame(
    arrived.sort(),
    own.map(ledgerRequest).sort(),
    `${server.name}: the ledger's requests arrived, and no others`,
  );
  // TLS is tried where a plain request got no answer; a relay in front of TLS ends the handshake itself.
  t.strictSame(
    relay.strays.map((bytes) => bytes.slice(0, clientHello.length)),
    server.scheme === 'https' ? [] : Array.from({ length: handshakes }, () => clientHello),
    `${server.name}: nothing else was sent`,
  );
  for (const { method, path } of relay.requests) {
    t.ok(method === 'GET' || method === 'HEAD', `${method} ${path}`);
    t.notMatch(path, documentPath);
  }
}

/** Everything that an audit must report about a server over a connection of its own. */
function sorted({ truth }: LabServer): Audited['told'] {
  const { connection = [], ...rest } = truth;
  return { ...rest, findings: [...truth.findings, ...connection].sort() };
}

function origin(url: string): string {
  return new URL(url).origin;
}

function ledgerRequest({ method, url }: LedgerRequest): string {
  return `${method} ${url.slice(origin(url).length)}`;
}

/** nginx's own access log, a line per request; without the lab's own, which may be written late. */
function logLines(server: LabServer): readonly string[] {
  const file = join(instanceFolder(server.name), 'logs', 'access.log');
  if (server.kind !== 'nginx' || !statSync(file, { throwIfNoEntry: false })) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.endsWith(`"${labAgent}"`));
}

function loggedRequest(line: string): string {
  return /"([A-Z]+ \S+) HTTP\/1\.1"/.exec(line)?.[1] ?? line;
}

function closed(server: net.Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
  });
}

function listen(server: net.Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const bound = server.address();
      if (bound === null || typeof bound === 'string') reject(new Error('no port'));
      else resolve(bound.port);
    });
  });
}
