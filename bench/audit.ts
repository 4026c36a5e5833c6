import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { State } from '../src/model/endpoint.js';

/** A kind of host: the recording that answers for it, and what an audit has to say of it. */
interface Kind {
  readonly name: string;
  readonly recording: string;
  readonly state: State;
}

const kinds = {
  closed: { name: 'Elasticsearch 8 with a login', recording: 'elasticsearch/8.16.3-closed', state: 'guarded' },
  open: { name: 'open Elasticsearch 7.17', recording: 'elasticsearch/7.17.9-open', state: 'open' },
  kibana: { name: 'Kibana with a login', recording: 'kibana/8.12.2-login', state: 'guarded' },
  openKibana: { name: 'open Kibana', recording: 'kibana/8.12.2-open', state: 'open' },
  page: { name: 'nginx page', recording: 'web/nginx-default-page', state: 'other-product' },
} as const satisfies Readonly<Record<string, Kind>>;

/** Twenty hosts of each mix. */
const mixes: Readonly<Record<string, readonly Kind[]>> = {
  usual: mixed({ closed: 12, open: 4, kibana: 2, openKibana: 1, page: 1 }),
  tenth: mixed({ closed: 15, open: 2, kibana: 2, openKibana: 0, page: 1 }),
  few: mixed({ closed: 16, open: 1, kibana: 2, openKibana: 0, page: 1 }),
  // One kind alone: what a host of it costs.
  ...Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, Array.from({ length: 20 }, () => kind)])),
};

function mixed(counts: Readonly<Record<keyof typeof kinds, number>>): readonly Kind[] {
  const { closed, open, kibana, openKibana, page } = kinds;
  return [
    ...Array.from({ length: counts.closed }, () => closed),
    ...Array.from({ length: counts.open }, () => open),
    ...Array.from({ length: counts.kibana }, () => kibana),
    ...Array.from({ length: counts.openKibana }, () => openKibana),
    ...Array.from({ length: counts.page }, () => page),
  ];
}

const hosts = Number(process.env['BENCH_HOSTS'] ?? 10_000);
const mixName = process.env['BENCH_MIX'] ?? 'usual';
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 3);
const concurrency = Number(process.env['BENCH_CONCURRENCY'] ?? 64);

/** More arguments for `leftopen audit`, separated by spaces. */
const more = (process.env['BENCH_ARGUMENTS'] ?? '').split(' ').filter((word) => word !== '');

interface Used {
  readonly cpuSeconds: number;
  readonly seconds: number;
  readonly peakMiB: number;
}

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/**
 * The full program, from the targets file to the record, next to the fewest lines of undici that put the same questions to
 * the same hosts. Rounds take turns; the best of each side counts, since a shared machine is only ever too slow. The hosts
 * are recorded servers in a process of its own, whose CPU time is not counted.
 */
export async function benchAudit(): Promise<void> {
  const mix = mixes[mixName];
  if (mix === undefined) throw new Error(`no mix ${mixName}; there are ${Object.keys(mixes).join(', ')}`);
  const folder = mkdtempSync(join(tmpdir(), 'leftopen-audit-'));
  const simulator = fork(here('simulator.js'), [mix.map(({ recording }) => recording).join(',')]);
  try {
    const [port]: unknown[] = await once(simulator, 'message').then((message: unknown[]) => message);
    const targets = join(folder, 'targets.yaml');
    writeFileSync(targets, targetsFile(Number(port)));
    const audits: Used[] = [];
    const bares: Used[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const out = join(folder, `run-${round}`);
      const command = ['dist/cli/main.js', 'audit', targets, '--out', out, '--quiet', '--format', 'json', ...more];
      audits.push(await used([...profiled(round), ...command], [0, 1]));
      const asked = await requestsOf(runFolderIn(out), mix);
      if (round === 0) await report(runFolderIn(out), mix, asked);
      const paths = join(folder, 'paths.json');
      writeFileSync(
        paths,
        JSON.stringify({ port, concurrency, hosts, paths: mix.map((_, at) => asked.paths.get(at) ?? []) }),
      );
      bares.push(await used([here('bare.js'), paths], [0]));
      rmSync(out, { recursive: true });
    }
    const [audit, bare] = [bestOf(audits), bestOf(bares)];
    console.log(`audit: ${hosts} hosts, mix "${mixName}", ${concurrency} at once, ${rounds} rounds`);
    console.log(`  bare undici: ${figuresOf(bare)}`);
    console.log(`  leftopen:    ${figuresOf(audit)}`);
    console.log(
      `  ratio:       ${(bare.cpuSeconds / audit.cpuSeconds).toFixed(2)} by CPU time, ` +
        `${(bare.seconds / audit.seconds).toFixed(2)} by rate, ${(audit.peakMiB / bare.peakMiB).toFixed(2)} times the memory`,
    );
  } finally {
    simulator.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** With BENCH_PROFILE the first audit writes a CPU profile into that folder. */
function profiled(round: number): readonly string[] {
  const folder = process.env['BENCH_PROFILE'];
  return folder === undefined || round > 0 ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`];
}

function targetsFile(port: number): string {
  const range = `127.128.0.1-${address(hosts)}`;
  return `engagement:
  id: bench
  authorisedBy: { name: Bench, role: Bench, capacity: owner, email: bench@example.org }
  authorisation: { reference: bench, signedOn: 2026-01-01 }
  window: { from: 2026-01-01, to: 2099-12-31, timeZone: UTC }
  contacts: [{ name: Bench, email: bench@example.org }]
  vantage: { name: bench, exposure: internal }
  scope: { include: [127.128.0.0/10] }
  limits: { concurrency: ${concurrency} }
targets:
  - { id: all, owner: Bench, environment: test, hosts: ["${range}"], ports: [${port}] }
`;
}

/** The host's address; the simulator and bare.js count in the same way. */
function address(host: number): string {
  return `127.${128 + (host >> 16)}.${(host >> 8) & 255}.${host & 255}`;
}

function hostOf(text: string): number {
  const [, second = 0, third = 0, fourth = 0] = text.split('.').map(Number);
  return ((second & 63) << 16) | (third << 8) | fourth;
}

/** Runs node with these arguments to its end and measures it. */
async function used(args: readonly string[], wanted: readonly number[]): Promise<Used> {
  const before = reapedSeconds();
  const start = performance.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  let peakMiB = 0;
  const timer = setInterval(() => {
    peakMiB = Math.max(peakMiB, highWater(child.pid ?? 0));
  }, 50);
  const [code] = (await ended).map(Number);
  clearInterval(timer);
  if (code === undefined || !wanted.includes(code))
    throw new Error(`${args.join(' ')} ended with exit code ${code ?? '?'}`);
  return { cpuSeconds: reapedSeconds() - before, seconds: (performance.now() - start) / 1000, peakMiB };
}

/** CPU seconds of all processes that this one started and that have ended (proc(5), fields 16 and 17 of stat). */
function reapedSeconds(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

function highWater(pid: number): number {
  try {
    const kib = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Math.ceil(Number(kib ?? 0) / 1024);
  } catch {
    return 0;
  }
}

function bestOf(all: readonly Used[]): Used {
  return {
    cpuSeconds: Math.min(...all.map(({ cpuSeconds }) => cpuSeconds)),
    seconds: Math.min(...all.map(({ seconds }) => seconds)),
    peakMiB: Math.max(...all.map(({ peakMiB }) => peakMiB)),
  };
}

function figuresOf({ cpuSeconds, seconds, peakMiB }: Used): string {
  return `${((1000 * cpuSeconds) / hosts).toFixed(2)} ms CPU a host, ${Math.round(hosts / seconds)} hosts/s, ${peakMiB} MiB`;
}

function runFolderIn(out: string): string {
  const folder = readdirSync(out, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('run.json'));
  if (folder === undefined) throw new Error(`no run in ${out}`);
  return join(out, folder, '..');
}

interface Requests {
  /** By the position in the mix: what the last host there was asked. */
  readonly paths: ReadonlyMap<number, readonly string[]>;
  readonly requests: ReadonlyMap<Kind, number>;
  readonly connections: ReadonlyMap<Kind, number>;
}

const ledgerLine = z.object({ kind: z.string(), url: z.string().optional(), address: z.string().optional() });

/** What the ledger says was asked, by kind of host. */
async function requestsOf(runFolder: string, mix: readonly Kind[]): Promise<Requests> {
  const sampled = new Map(mix.map((_, at) => [hosts - (hosts % mix.length) - mix.length + at, at]));
  const paths = new Map<number, string[]>();
  const requests = new Map<Kind, number>();
  const connections = new Map<Kind, number>();
  for await (const text of linesOf(join(runFolder, 'ledger.jsonl'))) {
    const line = ledgerLine.parse(JSON.parse(text));
    const url = line.url === undefined ? null : new URL(line.url);
    const host = hostOf(url?.hostname ?? line.address ?? '');
    const kind = mix[host % mix.length];
    if (kind === undefined) continue;
    if (line.kind === 'connection') connections.set(kind, (connections.get(kind) ?? 0) + 1);
    if (url === null) continue;
    requests.set(kind, (requests.get(kind) ?? 0) + 1);
    const at = sampled.get(host);
    if (at !== undefined) paths.set(at, [...(paths.get(at) ?? []), `${url.pathname}${url.search}`]);
  }
  return { paths, requests, connections };
}

async function* linesOf(path: string): AsyncGenerator<string, void, void> {
  yield* createInterface({ input: createReadStream(path), crlfDelay: Infinity });
}

const endpointLine = z.object({ endpoint: z.string(), state: z.string() });

/** Prints requests and connections per endpoint of each kind. Throws where an endpoint was judged as what it is not. */
async function report(runFolder: string, mix: readonly Kind[], { requests, connections }: Requests): Promise<void> {
  const counts = new Map<Kind, number>();
  let endpoints = 0;
  for await (const text of linesOf(join(runFolder, 'endpoints.jsonl'))) {
    const { endpoint, state } = endpointLine.parse(JSON.parse(text));
    const kind = mix[hostOf(new URL(endpoint).hostname) % mix.length];
    if (kind === undefined || kind.state !== state) throw new Error(`${endpoint} (${kind?.name ?? '?'}) is ${state}`);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    endpoints += 1;
  }
  if (endpoints !== hosts) throw new Error(`${endpoints} endpoints in the record instead of ${hosts}`);
  const problems = new Set<string>();
  for await (const text of linesOf(join(runFolder, 'findings.jsonl'))) {
    const { check, problem } = z.object({ check: z.string(), problem: z.string().optional() }).parse(JSON.parse(text));
    if (check === 'cluster-open' && problem !== undefined) problems.add(problem);
  }
  for (const [kind, count] of counts) {
    const per = (all: ReadonlyMap<Kind, number>): string => ((all.get(kind) ?? 0) / count).toFixed(2);
    console.log(`  ${kind.name}: ${count} hosts, ${per(requests)} requests and ${per(connections)} connections each`);
  }
  const all = [...requests.values()].reduce((sum, one) => sum + one, 0);
  console.log(`  in all: ${(all / hosts).toFixed(2)} requests a host`);
}
