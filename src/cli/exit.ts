/** What the exit codes mean, for `--help`. */
export const exitCodes = [
  '  0    nothing at or above --fail-on',
  '  1    findings at or above --fail-on',
  '  2    the input is wrong; nothing was sent',
  '  3    nothing at --fail-on, but the audit is incomplete',
  '  130  interrupted; go on with --resume',
].join('\n');

/** A mistake of the user's that is said in one clear line, with exit code 2. */
export class Refusal extends Error {}

function isMistake(error: unknown): error is Error {
  return error instanceof Refusal || (error instanceof Error && error.name === 'UserMistake');
}

/**
 * Runs a command and sets the exit code: 2 with one line for a mistake of the user's, 3 with the stack for a bug of ours.
 * The process is left to end by itself, so that nothing written to a pipe is lost.
 */
export async function exitWith(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    if (isMistake(error)) {
      process.stderr.write(`leftopen: ${error.message}\n`);
      process.exitCode = 2;
      return;
    }
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    process.stderr.write(`leftopen: this is a bug of leftopen, please report it:\n${text}\n`);
    process.exitCode = 3;
  }
}
