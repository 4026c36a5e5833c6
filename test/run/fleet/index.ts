import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { loader, moduleFile } from '../../support/module-file.js';

/** Starts the fleet's server; every address of 127.0.0.0/8 answers on its port. */
export async function startFleet(): Promise<{ readonly port: number; readonly close: () => void }> {
  const child = fork(moduleFile('test/run/fleet/server'), { execArgv: [...loader] });
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
});

/** How an audit in a process of its own ended. */
export interface FleetRun {
  /** The run folder, once known. */
  readonly folder: string | null;
  /** null when the process was killed before. */
  readonly exitCode: number | null;
}

/** Audits the file in a process of its own, and kills it once so many endpoints are done. */
export async function killedAfter(file: string, out: string, endpoints: number, resume: boolean): Promise<FleetRun> {
  const child = fork(moduleFile('test/run/fleet/run'), [file, out, ...(resume ? ['resume'] : [])], {
    execArgv: [...loader],
  });
  let folder: string | null = null;
  child.on('message', (message) => {
    const { started, done = 0 } = messageSchema.parse(message);
    folder = started ?? folder;
    if (done >= endpoints) child.kill('SIGKILL');
  });
  await once(child, 'exit');
  return { folder, exitCode: child.exitCode };
}

/** Run folders of an engagement below the output folder, the oldest first. */
export function runFolders(out: string, engagement: string): readonly string[] {
  const folder = join(out, engagement);
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => /^\d{4}-/.test(name));
  return names.sort().map((name) => join(folder, name));
}

/** Whether the record of a run is complete; null where it has no description yet. */
export function isFinished(run: string): boolean | null {
  const file = join(run, 'run.json');
  return existsSync(file) ? /"finished": true/.test(readFileSync(file, 'utf8')) : null;
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
