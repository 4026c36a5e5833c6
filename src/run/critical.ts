// Hands critical findings to the user's own command.
import { spawn } from 'node:child_process';
import { messages } from '../messages/index.js';
import type { Finding } from '../model/finding.js';
import { previewLine } from '../report/index.js';
import { languageInUse } from '../languages/index.js';

/** Hands critical findings on to a command of the user's. */
export interface CriticalHook {
  /** @param raised called when the command has taken it (exit code 0) */
  call(finding: Finding, raised: () => void): void;
  /** Waits for the calls that still run, so many milliseconds at most. Returns how many had not ended then. */
  settle(ms: number): Promise<number>;
}

/** Milliseconds that a call may take. */
const longestCall = 30_000;

/** Calls that run at once; more wait. A mass of findings must not start a mass of processes. */
const atOnce = 4;

/** Milliseconds that a command's complaint is waited for after its end. */
const complaintWait = 200;

/** Characters of a command's own complaint that are shown. */
const complaint = 300;

/**
 * Runs `command` in the user's shell for each finding, with the finding as one line of JSON on its standard input, marked as
 * the preview that it is. It is
 * the user's own command line: nothing a target said is ever part of it. Its failure never harms the run.
 *
 * @param onFailure called with one line when a call fails
 * @param longest milliseconds that a call may take; then it is ended, with all that it started
 */
export function criticalHook(
  command: string,
  onFailure: (text: string) => void,
  longest: number = longestCall,
): CriticalHook {
  const waiting: { readonly finding: Finding; readonly raised: () => void }[] = [];
  const calls = new Set<() => void>();
  let running = 0;
  let settled = (): void => undefined;

  function next(): void {
    const call = running < atOnce ? waiting.shift() : undefined;
    if (call === undefined) {
      if (running === 0) settled();
      return;
    }
    const { finding, raised } = call;
    running += 1;
    const letGo = run(command, finding, longest, (failure) => {
      calls.delete(letGo);
      running -= 1;
      if (failure === null) raised();
      else onFailure(languageInUse().report.runGaps.onCritical.failed(finding.endpoint, failure));
      next();
    });
    calls.add(letGo);
  }

  return {
    call(finding, raised) {
      waiting.push({ finding, raised });
      next();
    },
    settle(ms) {
      if (running === 0) return Promise.resolve(0);
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          resolve(running + waiting.length);
          waiting.length = 0;
          for (const letGo of calls) letGo();
        }, ms);
        settled = () => {
          clearTimeout(timer);
          resolve(0);
        };
      });
    },
  };
}

/** Starts one call. Returns what lets go of it while it still runs. */
function run(command: string, finding: Finding, longest: number, onEnd: (failure: string | null) => void): () => void {
  // In a group of its own, so that all that it started can be ended with it.
  const child = spawn(command, { shell: true, stdio: ['pipe', 'ignore', 'pipe'], detached: true });
  let said = '';
  let ended = false;
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    endGroup(child.pid);
  }, longest);
  timer.unref();
  const end = (failure: string | null): void => {
    if (ended) return;
    ended = true;
    clearTimeout(timer);
    // A program that it left behind holds this pipe, which would keep us alive.
    child.stderr.destroy();
    onEnd(failure);
  };
  child.stderr.on('data', (chunk: Buffer) => {
    if (said.length < complaint) said = `${said}${chunk.toString('utf8')}`.slice(0, complaint);
  });
  child.on('error', (error) => end(error.message));
  child.on('exit', (code, signal) => {
    // What it said may come after its end; what it left behind may keep the pipe open for ever.
    child.stderr.once('close', told);
    const waiting = setTimeout(told, complaintWait);
    waiting.unref();
    function told(): void {
      clearTimeout(waiting);
      const words = messages().runs.onCritical;
      const how = late ? words.tookTooLong : (signal ?? words.exitCode(code));
      end(
        code === 0 ? null : [how, said.trim().replace(/[^\x20-\x7e]+/g, ' ')].filter((part) => part !== '').join(': '),
      );
    }
  });
  // A command that does not read its input is not an error.
  child.stdin.on('error', () => undefined);
  child.stdin.end(`${previewLine(finding)}\n`);
  // A command that hangs must not keep an interrupted run alive: neither itself, nor its pipes.
  child.unref();
  return () => {
    child.stdin.destroy();
    child.stderr.destroy();
  };
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
