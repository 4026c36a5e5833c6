// Exit codes, how a run is stopped, and what is printed when the program fails.
import { harmless } from '../catalogue/redact.js';
import { messages } from '../messages/index.js';
import { isDenied, storageFailure } from '../store/mistake.js';
import { stopSignal } from './signals.js';

/** What the exit codes mean: the one table of `--help`, README and docs/exit-codes.md. */
export function exitCodes(): readonly (readonly [code: number, meaning: string])[] {
  return Object.entries(messages().help.exitCodes).map(([code, meaning]) => [Number(code), meaning]);
}

/** The table for `--help`, in lines of at most 80 columns. */
export function exitCodesText(): string {
  return exitCodes()
    .flatMap(
      ([code, meaning]) =>
        meaning
          .replaceAll('`', '')
          .match(/.{1,70}(?:\s|$)/g)
          ?.map((line, i) => `  ${(i === 0 ? String(code) : '').padEnd(5)}${line.trimEnd()}`) ?? [],
    )
    .join('\n');
}

/** A mistake of the user's that is said in one clear line, with exit code 2. */
export class Refusal extends Error {}

function isMistake(error: unknown): error is Error {
  return error instanceof Refusal || (error instanceof Error && error.name === 'UserMistake');
}

/** Why standard output took no more, or null. A reader that closes a pipe has read enough; the run goes on. */
let lost: string | null = null;

/** Takes note where standard output takes no more. To be called before anything is printed, help included. */
export function watchOutput(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') lost ??= error.code ?? error.message;
  });
  process.stderr.on('error', () => undefined);
}

/**
 * Runs a command and sets the exit code: 2 with one line for a mistake of the user's, 3 with the stack for a bug of ours, 3
 * where a result could not be written. What the system denies is the user's to put right: 2, but 3 where the command `asks`
 * endpoints, since something may have been sent by then. The process is left to end by itself (see {@link endSoon}), so that
 * nothing written to a pipe is lost; only a run that was asked to stop is ended, once all is written.
 */
export async function exitWith(command: () => Promise<number>, asks?: 'asks'): Promise<void> {
  try {
    const code = await command();
    // A bug of ours ends a run as an interrupt does, and is not one.
    process.exitCode = code === 130 && process.exitCode === 3 ? 3 : code;
    await written();
    if (lost !== null) {
      complain(messages().commands.ending.outputLost(lost));
      process.exitCode = code === 0 ? 3 : code;
    }
    if (code === 130) endNow();
  } catch (error) {
    if (isMistake(error)) {
      complain(error.message);
      process.exitCode = 2;
      return;
    }
    failed(error);
    if (isDenied(error) && asks === undefined) process.exitCode = 2;
  }
}

/** The path that an error of the system names, or null. */
function pathOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const path = 'dest' in error ? error.dest : 'path' in error ? error.path : null;
  return typeof path === 'string' ? harmless(path, 500) : null;
}

/**
 * Ends a process that was asked to stop. Look-ups of names cannot be called off, and an ordinary exit waits for their threads
 * as long as the resolver is silent: then it ends as SIGINT ends a program, which a shell calls 130 too.
 */
function endNow(): void {
  if (!process.getActiveResourcesInfo().includes('GetAddrInfoReqWrap')) process.exit();
  process.removeAllListeners('SIGINT');
  process.kill(process.pid, 'SIGINT');
}

/** Milliseconds that something may still hold the process once its work is done and its output was taken. */
const heldAtMost = 3_000;

/** Ends the process even where something still holds it: a socket that a server left half closed must not hang a nightly job. */
export async function endSoon(): Promise<void> {
  await written();
  setTimeout(() => process.exit(), heldAtMost).unref();
}

/**
 * A signal for a command that asks endpoints: an interrupt, or an error of ours that nothing catches, ends its run with the report
 * of what is known by then.
 *
 * @param say shows a line to the user
 */
export function runSignal(say: (line: string) => void): AbortSignal {
  return stopSignal(() => say(messages().commands.stoppingRun), failed);
}

/** Says what went wrong where the user made no mistake: a file could not be used, file descriptors ran out, or we have a bug. */
export function failed(error: unknown): void {
  process.exitCode = 3;
  const words = messages().commands.ending;
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  // When Node has no descriptor left to open a package, it reports the package as missing or its description as unreadable.
  if (/\bE[MN]FILE\b|too many open files|\bERR_MODULE_NOT_FOUND\b|Cannot find (?:package|module)/.test(text)) {
    complain(words.noDescriptors);
    return;
  }
  const why = storageFailure(error);
  if (why !== null) {
    complain(words.notReadOrWritten(pathOf(error), why));
    return;
  }
  const lines = text.split('\n').map((line) => `  ${harmless(line, 500)}`);
  complain([words.bug, ...lines].join('\n'));
}

/** Says something on standard error in the name of the program. */
export function complain(text: string): void {
  process.stderr.write(`leftopen: ${text}\n`);
}

/** Everything that was put on standard output has been taken, or refused. */
function written(): Promise<void> {
  return new Promise((resolve) => {
    // The error's own event comes after the callback of the write that failed.
    process.stdout.write('', () => setImmediate(resolve));
  });
}
