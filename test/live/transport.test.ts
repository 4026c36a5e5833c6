import { rmSync } from 'node:fs';
import net from 'node:net';
import t, { type Test } from 'tap';
import { auditUrls, placeOf, type Audited, type AuditedUrls } from '../audited.js';
import { down, serverNamed, upAll, withBackends } from './lab/lab.js';
import { runningPid } from './lab/process.js';

/** Only where no servers are named, as the other tests without servers of their own choice. */
const wanted = (process.env['LEFTOPEN_LIVE'] ?? '').split(',').filter((part) => part !== '');
const skip = wanted.length > 0 && !wanted.includes('transport');

async function started(t: Test, names: readonly string[]): Promise<void> {
  const needed = withBackends(names);
  const before = needed.filter(({ name }) => runningPid(name) !== null);
  t.teardown(() => Promise.all(needed.filter((server) => !before.includes(server)).map(down)));
  await upAll(needed);
}

async function audited(t: Test, urls: readonly string[], techniques: 'transportPort'[] = []): Promise<AuditedUrls> {
  const result = await auditUrls(urls, {}, techniques.length === 0 ? null : { techniques });
  t.teardown(() => {
    rmSync(result.folder, { recursive: true });
  });
  return result;
}

/** Findings on the transport of an endpoint, as `check severity`. */
function told(endpoint: Audited | undefined): readonly string[] {
  const checks = /^(?:certificate-|demo-|old-tls|cors|transport-port)/;
  return (endpoint?.findings ?? [])
    .map(({ check }) => check)
    .filter((check) => checks.test(check))
    .sort();
}

// Asked without a relay, which would end TLS itself: versions and certificates are the servers' own.
void t.test('what real servers show of their transport', { skip }, async (t) => {
  const shown: Readonly<Record<string, readonly string[]>> = {
    'nginx-tls-expired': ['certificate-expired'],
    'nginx-tls-not-yet-valid': ['certificate-expired'],
    'nginx-tls-self-signed': ['certificate-untrusted'],
    'nginx-tls-weak-key': ['certificate-weak'],
    'nginx-tls-weak-signature': ['certificate-weak'],
    'nginx-tls-old-versions': ['certificate-untrusted', 'old-tls-version'],
    'opensearch-2.19.4-demo': ['demo-certificate'],
    'opensearch-2.19.4-cors': ['cors-any-origin'],
    'elasticsearch-7.17.9-cors': ['cors-any-origin'],
    'elasticsearch-7.17.9-open': [],
  };
  await started(t, Object.keys(shown));
  const url = (name: string) => `${serverNamed(name).scheme}://127.0.0.1:${serverNamed(name).port}`;
  const { endpoints } = await audited(t, Object.keys(shown).map(url));
  for (const [name, checks] of Object.entries(shown)) {
    const endpoint = endpoints.get(placeOf(url(name)));
    t.strictSame(told(endpoint), checks, name);
    t.ok((endpoint?.summary.requests ?? 99) <= 20, `${name}: ${endpoint?.summary.requests ?? 0} requests`);
  }
  const undetermined = [...endpoints.values()].flatMap(({ summary }) => summary.undetermined.map(({ check }) => check));
  t.notOk(undetermined.includes('old-tls-version'), 'each handshake answered its question');
});

void t.test('a name, and the certificate of another', { skip }, async (t) => {
  await started(t, ['nginx-tls-foreign-name']);
  const { port } = serverNamed('nginx-tls-foreign-name');
  const { endpoints } = await audited(t, [`https://localhost:${port}`]);
  const answering = [...endpoints.values()].filter(({ told: { state } }) => state === 'open');
  t.strictSame(answering.map(told), [['certificate-untrusted']], 'its authority is the worse flaw');
  t.match(answering[0]?.findings.find(({ check }) => check === 'certificate-untrusted')?.summary, /name of this host/);
});

void t.test('the transport port of a declared host, where the engagement allows it', { skip }, async (t) => {
  const cluster = serverNamed('elasticsearch-7.17.9-open');
  await started(t, [cluster.name]);
  const url = `http://127.0.0.1:${cluster.port}`;
  // The lab's ports are its own: what comes to the usual one is led to the cluster's.
  const sockets = new Set<net.Socket>();
  const usual = net.createServer((socket) => {
    const onwards = net.connect({ host: '127.0.0.1', port: cluster.port + 1000 });
    for (const each of [socket, onwards]) {
      sockets.add(each);
      each.on('error', () => each.destroy());
    }
    socket.pipe(onwards).pipe(socket);
  });
  await new Promise<void>((resolve, reject) => {
    usual.once('error', reject);
    usual.listen(9300, '127.0.0.1', resolve);
  });
  t.teardown(() => {
    for (const socket of sockets) socket.destroy();
    usual.close();
  });
  const without = await audited(t, [url]);
  t.equal(without.endpoints.size, 1, 'off by default');
  const { endpoints, ledger } = await audited(t, [url], ['transportPort']);
  t.strictSame(told(endpoints.get('127.0.0.1:9300')), ['transport-port-reachable']);
  t.equal(endpoints.get('127.0.0.1:9300')?.told.state, 'undetermined');
  t.strictSame(
    ledger.filter((line) => line.url.includes(':9300/')).map(({ method, url: asked }) => `${method} ${asked}`),
    ['GET http://127.0.0.1:9300/'],
    'one question',
  );
});
