import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const execArgv = ['--import', 'tsx'];

function script(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

/** Starts the fleet's server; every address of 127.0.0.0/8 answers on its port. */
export async function startFleet(): Promise<{ readonly port: number; readonly close: () => void }> {
  const child = fork(script('server.ts'), { execArgv });
  const message: unknown[] = await once(child, 'message');
  return { port: z.number().parse(message[0]), close: () => child.kill('SIGKILL') };
}

/** Writes a targets file of so many hosts of the fleet. */
export function fleetTargets(folder: string, port: number, hosts: number): string {
  const file = join(folder, 'targets.yaml');
  const addresses = Array.from({ length: hosts }, (_, i) => `127.5.${Math.floor(i / 250)}.${(i % 250) + 1}`);
  writeFileSync(file, `targets:\n  - id: fleet\n    hosts: ${JSON.stringify(addresses)}\n    ports: [${port}]\n`);
  return file;
}

const messageSchema = z.object({
  started: z.string().optional(),
  done: z.number().optional(),
  folder: z.string().optional(),
  exitCode: z.number().optional(),
  gaps: z.array(z.string()).optional(),
});

/** How an audit in a process of its own ended. */
export interface FleetRun {
  /** The run folder, once known. */
  readonly folder: string | null;
  /** null when the process was killed before. */
  readonly exitCode: number | null;
  readonly gaps: readonly string[];
  /** Milliseconds from the start of the asking. */
  readonly ms: number;
}

/** Runs one audit in a process of its own. `during` gets the process when it starts to ask: it may kill it. */
export async function runAudit(
  file: string,
  out: string,
  options: { readonly resume?: boolean; readonly during?: (child: ChildProcess) => void } = {},
): Promise<FleetRun> {
  const child = fork(script('run.ts'), [file, out, ...(options.resume === true ? ['resume'] : [])], { execArgv });
  let folder: string | null = null;
  let exitCode: number | null = null;
  let gaps: readonly string[] = [];
  let begun = performance.now();
  child.on('message', (message) => {
    const said = messageSchema.parse(message);
    if (said.started !== undefined) {
      folder = said.started;
      begun = performance.now();
      options.during?.(child);
    }
    exitCode = said.exitCode ?? exitCode;
    gaps = said.gaps ?? gaps;
  });
  await once(child, 'exit');
  return { folder, exitCode, gaps, ms: performance.now() - begun };
}

/** Kills an audit of the file at a random moment within so many milliseconds; null when it had ended before. */
export async function killedRun(file: string, out: string, within: number): Promise<FleetRun | null> {
  const run = await runAudit(file, out, {
    during(child) {
      void sleep(Math.random() * within).then(() => child.kill('SIGKILL'));
    },
  });
  return run.exitCode === null ? run : null;
}

/** Kills an audit of the file once so many endpoints are done. */
export async function killedAfter(file: string, out: string, endpoints: number, resume: boolean): Promise<FleetRun> {
  return runAudit(file, out, {
    resume,
    during(child) {
      child.on('message', (message) => {
        if ((messageSchema.parse(message).done ?? 0) >= endpoints) child.kill('SIGKILL');
      });
    },
  });
}

/** A record without what differs between two equal runs: times, numbers in the ledger, made-up names. */
export function comparable(folder: string, file: 'findings.jsonl' | 'endpoints.jsonl'): string {
  return readFileSync(join(folder, file), 'utf8')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, 'TIME')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/g, 'TIME')
    .replace(/"request":\d+/g, '"request":0')
    .replace(/(?<![0-9a-f])[0-9a-f]{12}(?![0-9a-f])/g, 'NONCE')
    .replace(/"sha256":"[0-9a-f]{64}"/g, '"sha256":"…"');
}

/** The first line in which two texts differ, or null. */
export function firstDifference(one: string, other: string): string | null {
  const [a, b] = [one.split('\n'), other.split('\n')];
  const at = a.findIndex((line, index) => line !== b[index]);
  if (at === -1) return a.length === b.length ? null : `one ends after line ${a.length}`;
  return `line ${at + 1}:\n${a[at] ?? ''}\n${b[at] ?? ''}`;
}
