import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

const hosts = Number(process.env['BENCH_HOSTS'] ?? 20_000);
const concurrency = 64;
const rounds = 3;

const figures = z.object({
  hostsPerSecond: z.number(),
  cpuMicrosPerHost: z.number(),
  answered: z.number(),
  peakMiB: z.number(),
  ledgerBytes: z.number().nullable(),
});

type Figures = z.infer<typeof figures>;

const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/**
 * The client of `net` next to the fewest lines of undici that ask the same of the same hosts of loopback: a connection for each host, a
 * process for each side, rounds taking turns. The best round of each counts, for rate and for CPU time apart: a shared
 * machine is only ever too slow, and CPU time says the same on a busy one.
 */
export async function benchClient(): Promise<void> {
  const server = fork(here('client-server.js'));
  const [port]: unknown[] = await once(server, 'message').then((message: unknown[]) => message);
  try {
    for (const questions of [['root'], ['root', 'cat-indices', 'unknown-parameter', 'unknown-index']]) {
      const bare: Figures[] = [];
      const httpClient: Figures[] = [];
      for (let round = 0; round < rounds; round += 1) {
        bare.push(await ask('bare', Number(port), questions));
        httpClient.push(await ask('client', Number(port), questions));
      }
      report(questions.length, bare, httpClient);
    }
  } finally {
    server.kill();
  }
}

async function ask(side: 'bare' | 'client', port: number, questions: readonly string[]): Promise<Figures> {
  const args = [here('client-asker.js'), side, ...[port, hosts, concurrency].map(String), ...questions];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const found = figures.parse(JSON.parse(stdout));
  if (found.answered !== hosts * questions.length) {
    throw new Error(`${side}: ${found.answered} answers instead of ${hosts * questions.length}`);
  }
  return found;
}

function report(questions: number, bare: readonly Figures[], httpClient: readonly Figures[]): void {
  const rate = (all: readonly Figures[]): number => Math.max(...all.map((one) => one.hostsPerSecond));
  const cpu = (all: readonly Figures[]): number => Math.min(...all.map((one) => one.cpuMicrosPerHost));
  const peak = (all: readonly Figures[]): number => Math.max(...all.map((one) => one.peakMiB));
  console.log(
    `client: ${hosts} hosts, ${questions} question(s) each, ${concurrency} at once\n` +
      `  bare undici: ${rate(bare)} hosts/s, ${cpu(bare)} µs CPU a host, ${peak(bare)} MiB\n` +
      `  leftopen:    ${rate(httpClient)} hosts/s, ${cpu(httpClient)} µs CPU a host, ${peak(httpClient)} MiB, ` +
      `${httpClient[0]?.ledgerBytes ?? 0} bytes of ledger\n` +
      `  ratio:       ${(rate(httpClient) / rate(bare)).toFixed(2)} by rate, ${(cpu(bare) / cpu(httpClient)).toFixed(2)} by CPU time`,
  );
}
