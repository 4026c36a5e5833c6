import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { catalogueVersion } from '../src/catalogue/index.js';
import type { Target } from '../src/model/endpoint.js';
import { techniques } from '../src/model/engagement.js';
import type { EndpointRecord } from '../src/model/exchange.js';
import type { RunInfo } from '../src/model/finding.js';
import { openHttpClient } from '../src/net/index.js';
import { surveyEndpoint } from '../src/run/ask.js';
import { makeFolder } from '../src/store/files.js';
import { runFiles, runInfoText } from '../src/store/folder.js';
import { journalFormat, openSegment, segmentPath } from '../src/store/journal.js';
import { recordingNamed, recordingNames, serveRecording } from '../test/replay.js';

const endpoints = Number(process.env['BENCH_ENDPOINTS'] ?? 1_000_000);

/** Resident memory that the judging pass may take. */
const allowedMiB = 200;

/** One of how many twentieths answers: 1 makes 10 % open and 25 % closed, 10 a tenth of each. */
const thin = Number(process.env['BENCH_THIN'] ?? 1);

const startedAt = '2026-11-23T02:00:00.000Z';
const owners = ['payments', 'search', 'logistics', 'web', 'data', 'archive', 'platform', 'research'];

/**
 * A synthetic journal of 1,000,000 endpoints (10 % open, cut from surveys of recorded servers) through the judging pass
 * as `leftopen rejudge` runs it: peak resident memory and pace.
 */
export async function benchScale(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'leftopen-scale-'));
  try {
    const begun = performance.now();
    await writeJournal(folder, endpoints);
    const journal = segmentPath(join(folder, runFiles.journal), 1);
    const mib = Math.round(statSync(journal).size / 2 ** 20);
    console.log(`scale: journal of ${endpoints} endpoints, ${mib} MiB, written in ${seconds(begun)} s`);
    const judged = performance.now();
    const peak = await judgeInItsOwnProcess(folder);
    const pace = Math.round(endpoints / ((performance.now() - judged) / 1000));
    const verdict = peak <= allowedMiB ? 'within' : 'ABOVE';
    console.log(
      `scale: judged, sorted, grouped, findings.json and report.html in ${seconds(judged)} s, ${pace} endpoints/s, ` +
        `peak ${peak} MiB resident: ${verdict} the ${allowedMiB} MiB allowed`,
    );
    if (peak > allowedMiB) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a survey of each recorded server brings home, and the lines of the ledger that it rests on. */
async function templates(): Promise<{ readonly records: EndpointRecord[]; readonly ledger: string[] }> {
  const records: EndpointRecord[] = [];
  const ledger: string[] = [];
  const now = (): Date => new Date(startedAt);
  const httpClient = openHttpClient({
    scope: { mayAsk: () => ({ allowed: true }) },
    limits: {
      concurrency: 1,
      perAddress: 1,
      requestsPerSecond: null,
      requestsPerEndpoint: 40,
      connectTimeoutMs: 5_000,
      exchangeTimeoutMs: 10_000,
    },
    openAt: () => ({ open: true, closesAt: null }),
    userAgent: 'leftopen bench',
    opaqueId: 'bench',
    ledger: { write: (line) => void ledger.push(JSON.stringify(line)) },
    certificateAuthorities: [],
    clientCertificate: null,
    signal: new AbortController().signal,
    now,
  });
  for (const name of recordingNames()) {
    const server = await serveRecording(recordingNamed(name), { address: '127.0.0.1', port: 0 });
    const endpoint = { host: '127.0.0.1', address: '127.0.0.1', port: server.port, basePath: '', scheme: null };
    const { record, bug } = await surveyEndpoint(
      { endpoint, ordinal: 0, targets: ['payments'], earlier: null },
      {
        httpClient,
        techniques: onByDefault,
        now,
        turn: () => true,
        clientOptions: {},
      },
    );
    if (bug !== null) throw new Error(bug);
    records.push(record);
    await server.close();
  }
  await httpClient.close();
  return { records, ledger };
}

const onByDefault = {
  names: techniques.names.default,
  documentCounts: techniques.documentCounts.default,
  savedObjectTitles: techniques.savedObjectTitles.default,
  guestSession: false,
  dataSourceListing: false,
  internalApi: false,
  outsideReaders: false,
  fullAddresses: false,
  thoroughBackends: false,
  otherUserAgent: false,
  transportPort: false,
  credentials: false,
} as const;

/** Writes a run folder with a synthetic journal and no record. */
export async function writeJournal(folder: string, endpoints: number): Promise<void> {
  const { records, ledger } = await templates();
  const open = records.filter((record) => answeredListing(record));
  const closed = records.filter((record) => !answeredListing(record));
  const journal = join(folder, runFiles.journal);
  await makeFolder(journal);
  const vantage = { name: 'bench', exposure: 'internet', egress: null } as const;
  const segment = openSegment(segmentPath(journal, 1), {
    leftopen: 'journal',
    format: journalFormat,
    run: 'bench',
    segment: 1,
    startedAt,
    tool: '0',
    catalogue: catalogueVersion,
    knowledge: 'bench',
    digest: 'bench',
    vantage,
    targets: owners.map(targetOf),
  });
  for (let ordinal = 0; ordinal < endpoints; ordinal += 1) {
    const kind = ordinal % (20 * thin);
    const pool = kind < 2 ? open : kind < 7 ? closed : null;
    const template = pool?.[Math.floor(ordinal / (20 * thin)) % pool.length];
    const record = template === undefined ? dead(ordinal) : varied(template, ordinal);
    segment.write({ record, addresses: null, replaces: null, tries: 1 });
    if (ordinal % 20_000 === 0) await sleep(0);
  }
  segment.mark({ mark: 'end', at: startedAt, finished: true, interrupted: false, gaps: [] });
  segment.close();
  writeFileSync(join(folder, runFiles.ledger), ledger.map((line) => `${line}\n`).join(''));
  writeFileSync(join(folder, runFiles.info), runInfoText(infoOf(vantage)));
}

function answeredListing(record: EndpointRecord): boolean {
  return record.exchanges.some(
    ({ question, outcome }) => question === 'cat-indices' && outcome.kind === 'answer' && outcome.status === 200,
  );
}

function addressOf(ordinal: number): string {
  return `10.${(ordinal >> 16) & 255}.${(ordinal >> 8) & 255}.${ordinal & 255}`;
}

/** One more endpoint like the template: clusters of one to forty endpoints, each with its own uuid. */
function varied(template: EndpointRecord, ordinal: number): EndpointRecord {
  const cluster = Math.floor(Math.sqrt(ordinal) * 40);
  const uuid = `bench${String(cluster).padStart(17, '0')}`;
  const text = JSON.stringify(template.exchanges).replace(/("cluster_?uuid":")[^"]*/gi, `$1${uuid}`);
  const exchanges: unknown = JSON.parse(text);
  return {
    ...template,
    ordinal,
    endpoint: { ...template.endpoint, host: addressOf(ordinal), address: addressOf(ordinal), port: 9200 },
    targets: [owners[ordinal % owners.length] ?? ''],
    exchanges: isExchanges(exchanges) ? exchanges : [],
  };
}

function isExchanges(value: unknown): value is EndpointRecord['exchanges'] {
  return Array.isArray(value);
}

function dead(ordinal: number): EndpointRecord {
  return {
    ordinal,
    endpoint: { host: addressOf(ordinal), address: addressOf(ordinal), port: 9200, basePath: '', scheme: null },
    targets: [owners[ordinal % owners.length] ?? ''],
    at: startedAt,
    exchanges: [
      {
        question: 'root',
        method: 'GET',
        path: '/',
        scheme: 'http',
        basePath: '',
        blanks: {},
        request: 0,
        connection: ordinal + 1,
        at: startedAt,
        ms: 5_000,
        outcome: { kind: 'failure', failure: ordinal % 3 === 0 ? 'refused' : 'connect-timeout', detail: '' },
      },
    ],
    tls: null,
    cut: null,
  };
}

function targetOf(id: string): Target {
  return {
    id,
    owner: id,
    ownerContact: null,
    operator: null,
    environment: 'production',
    labels: {},
    notes: null,
    expect: { kind: 'closed' },
    fronts: null,
    declaredIn: null,
  };
}

function infoOf(vantage: RunInfo['vantage']): RunInfo {
  return {
    id: 'bench',
    tool: { name: 'leftopen', version: '0' },
    catalogue: catalogueVersion,
    knowledge: 'bench',
    engagement: {
      id: 'bench',
      client: null,
      authorisedBy: null,
      authorisation: null,
      window: null,
      contacts: [],
      vantage,
      techniques: onByDefault,
      limits: {
        concurrency: 1,
        perAddress: 1,
        requestsPerSecond: null,
        requestsPerEndpoint: 40,
        connectTimeoutMs: 5_000,
        exchangeTimeoutMs: 10_000,
      },
      loopbackOnly: false,
    },
    vantage,
    startedAt,
    endedAt: startedAt,
    finished: true,
    gaps: [],
    planDigest: 'bench',
    ledgerSha256: null,
    userAgent: 'leftopen bench',
    requests: 0,
    connections: 0,
    bytes: 0,
    declared: { scopeInclude: [], scopeExclude: [], targets: owners.length, names: [], ports: [9200], paths: [] },
  };
}

/** Runs the built `leftopen rejudge` and watches the high-water mark of its resident memory, in MiB. */
async function judgeInItsOwnProcess(folder: string): Promise<number> {
  const { code, peak } = await watched(['rejudge', folder, '--format', 'json,html', '--quiet']);
  if (code !== 1) throw new Error(`leftopen rejudge ended with exit code ${code ?? '?'}; open clusters make it 1`);
  return peak;
}

/** Runs the built program: its exit code, the high-water mark of its resident memory in MiB, and the CPU time it took. */
export async function watched(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number | undefined; readonly peak: number; readonly cpuSeconds: number }> {
  const child = spawn(process.execPath, ['dist/cli/main.js', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, ...environment },
  });
  const ended = once(child, 'exit');
  let peak = 0;
  let cpuSeconds = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, highWater(child.pid ?? 0));
    cpuSeconds = Math.max(cpuSeconds, cpuOf(child.pid ?? 0));
  }, 50);
  const [code] = (await ended).map(Number);
  clearInterval(timer);
  return { code, peak, cpuSeconds };
}

function highWater(pid: number): number {
  const kib = /^VmHWM:\s+(\d+) kB/m.exec(ofProcess(pid, 'status'))?.[1];
  return Math.ceil(Number(kib ?? 0) / 1024);
}

/** Seconds of CPU time, in the kernel and outside (proc(5): fields 14 and 15 of `stat`, in hundredths). */
function cpuOf(pid: number): number {
  const fields = ofProcess(pid, 'stat')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) / 100;
}

/** A file of a process in /proc; '' where it has ended. */
function ofProcess(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}
