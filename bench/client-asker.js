// One side of the client's bench in a process of its own, as it ships: plain node on dist/, no transpiler, no source maps.
// Usage: `node bench/client-asker.js bare|client PORT HOSTS CONCURRENCY QUESTION…`
import pLimit from 'p-limit';
import { Client } from 'undici';

const [side, port, hosts, concurrency, ...ids] = process.argv.slice(2);
const count = Number(hosts);

/** 127.1.0.1, 127.1.0.2 …: every one of them is this machine. */
function addressOf(i) {
  return `127.${1 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}`;
}

/** The fewest lines of undici that ask the same: a Client for each host, its questions one after the other. */
async function askBare(address, paths) {
  const client = new Client(`http://${address}:${port}`);
  let answered = 0;
  for (const path of paths) {
    const { statusCode, body } = await client.request({ method: 'GET', path, headers: { accept: 'application/json' } });
    await body.json();
    if (statusCode === 200) answered += 1;
  }
  await client.close();
  return answered;
}

async function askThroughDoor(httpClient, address, asks) {
  const endpointClient = httpClient.endpointClient({
    host: address,
    address,
    port: Number(port),
    basePath: '',
    scheme: 'http',
  });
  let answered = 0;
  for (const ask of asks) {
    const { outcome } = await endpointClient.ask(ask);
    if (outcome.kind === 'answer' && outcome.status === 200) answered += 1;
  }
  await endpointClient.close();
  return answered;
}

async function sideOf() {
  // Only the side that needs it loads our code.
  const { questionById, requestPath } = await import('../dist/catalogue/index.js');
  const asks = ids.map((id) => ({ question: questionById(id), scheme: 'http', basePath: '', blanks: { nonce: 'x1' } }));
  if (side === 'bare') {
    const paths = asks.map(requestPath);
    return { ask: (address) => askBare(address, paths), ledgerBytes: () => null };
  }
  const { openHttpClient } = await import('../dist/net/index.js');
  let ledgerBytes = 0;
  const httpClient = openHttpClient({
    scope: { mayAsk: () => ({ allowed: true }) },
    limits: {
      concurrency: Number(concurrency),
      perAddress: 2,
      requestsPerSecond: null,
      requestsPerEndpoint: 100,
      connectTimeoutMs: 10_000,
      exchangeTimeoutMs: 30_000,
    },
    openAt: () => ({ open: true, closesAt: null }),
    userAgent: 'leftopen-bench',
    opaqueId: 'bench',
    ledger: { write: (line) => (ledgerBytes += JSON.stringify(line).length + 1) },
    certificateAuthorities: [],
    clientCertificate: null,
    signal: new AbortController().signal,
  });
  return { ask: (address) => askThroughDoor(httpClient, address, asks), ledgerBytes: () => ledgerBytes };
}

const { ask, ledgerBytes } = await sideOf();
const limit = pLimit(Number(concurrency));
const addresses = Array.from({ length: count }, (_, i) => addressOf(i + 1));
const cpu = process.cpuUsage();
const start = performance.now();
const counts = await limit.map(addresses, ask);
const seconds = (performance.now() - start) / 1000;
const used = process.cpuUsage(cpu);
console.log(
  JSON.stringify({
    hostsPerSecond: Math.round(count / seconds),
    cpuMicrosPerHost: Math.round((used.user + used.system) / count),
    answered: counts.reduce((sum, one) => sum + one, 0),
    peakMiB: Math.round(process.resourceUsage().maxRSS / 1024),
    ledgerBytes: ledgerBytes(),
  }),
);
