// How tests run the program: started as users start it, or many command lines in one process.
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { resolve } from 'node:path';
import type { Test } from 'tap';
import { z } from 'zod';
import { loader, moduleFile } from '../support/module-file.js';

/** The built program. */
export const main = resolve('dist/cli/main.js');

const endedSchema = z.object({ code: z.number().nullable(), stdout: z.string(), stderr: z.string() });

/** How a run of the program ended. */
export type Ended = Readonly<z.infer<typeof endedSchema>>;

/** Runs the built program, its streams in pipes; without colours unless another environment is given. */
export function leftopen(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = { ...process.env, NO_COLOR: '1' },
): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [main, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => stdout.push(part));
    child.stderr.on('data', (part: Buffer) => stderr.push(part));
    child.on('close', (code) => {
      resolve({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() });
    });
  });
}

/** As it was before any test changed it. */
const environment = { ...process.env, NO_COLOR: '1' };

let runner: ChildProcess | null = null;
let last: Promise<unknown> = Promise.resolve();

async function inOneProcess(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Ended> {
  runner ??= fork(moduleFile('test/cli/command-lines'), {
    execArgv: [...loader],
    env: environment,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  runner.ref();
  runner.channel?.ref();
  runner.send({ args, cwd: resolve(cwd), env });
  const message: unknown[] = await once(runner, 'message');
  // It ends with this process, and does not keep it from ending.
  runner.unref();
  runner.channel?.unref();
  return endedSchema.parse(message[0]);
}

/**
 * Runs a command line in one process with those before it, one at a time: for what it says and its exit code, without the
 * time that the program takes to start. Signals, pipes and how a process ends are for {@link leftopen}.
 */
export function commandLine(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Ended> {
  const ended = last.then(() => inOneProcess(args, cwd, env));
  last = ended.catch(() => undefined);
  return ended;
}

/** Runs a command line of the shell. */
export async function shell(line: string, cwd: string): Promise<Ended> {
  const child = spawn('sh', ['-c', line], { cwd, env: { ...process.env, NO_COLOR: '1' } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (part: Buffer) => (stdout += part.toString()));
  child.stderr.on('data', (part: Buffer) => (stderr += part.toString()));
  const [code] = (await once(child, 'close')).map(Number);
  return { code: code ?? null, stdout, stderr };
}

/** A server on loopback that counts what reaches it. */
export async function listening(t: Test): Promise<{ url: string; arrived: string[] }> {
  const arrived: string[] = [];
  const server = createServer((request, response) => {
    arrived.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('no address');
  return { url: `http://127.0.0.1:${address.port}`, arrived };
}
