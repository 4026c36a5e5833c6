// A process that runs command lines of the program one after another and sends back how each ended: see program.ts.
import { z } from 'zod';
import { runCommandLine } from '../../src/cli/program.js';
import { speak } from '../support/other-language.js';

const lineSchema = z.object({ args: z.array(z.string()), cwd: z.string(), env: z.record(z.string(), z.string()) });

/** Collects what is written to a stream in place of writing it. */
function collected(stream: NodeJS.WriteStream): () => string {
  let text = '';
  stream.write = (chunk: Uint8Array | string, ...more: unknown[]): boolean => {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    for (const done of more) if (typeof done === 'function') process.nextTick(done);
    return true;
  };
  return () => {
    const taken = text;
    text = '';
    return taken;
  };
}

const stdout = collected(process.stdout);
const stderr = collected(process.stderr);

const exitCode = (): number => Number(process.exitCode ?? 0);

async function run(message: unknown): Promise<void> {
  const { args, cwd, env } = lineSchema.parse(message);
  process.chdir(cwd);
  for (const name of Object.keys(process.env)) if (!(name in env)) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, env);
  process.exitCode = undefined;
  speak(env['LEFTOPEN_TEST_LANGUAGE'] === 'other' ? 'other' : 'english');
  await runCommandLine(args);
  process.send?.({ code: exitCode(), stdout: stdout(), stderr: stderr() });
}

// Each audit listens for what ends it, and this process makes many.
process.setMaxListeners(0);

// One at a time: they share a working directory and an environment.
let last = Promise.resolve();
process.on('message', (message) => void (last = last.then(() => run(message))));
