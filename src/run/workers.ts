// In how many threads the endpoints of a run are asked.
import { availableParallelism } from 'node:os';
import { messages } from '../messages/index.js';
import type { Declaration } from '../engagement/index.js';
import type { JudgeContext } from '../model/check.js';
import { UserMistake } from '../store/mistake.js';
import type { WorkerJudging } from './worker-messages.js';

/** The workers of a run: the main thread and others. */
export interface Workers {
  readonly count: number;
  /** The file of a worker. */
  readonly file: URL;
  readonly judging: WorkerJudging;
  readonly before: JudgeContext['before'];
}

/** The file of a worker as it is built: there are no threads where the program runs from its sources. */
export const workerFile = new URL('./worker.js', import.meta.url);

/** Workers of a run at most. */
export const mostWorkers = 32;

/** Endpoints from which on a second worker is worth its start, and as many more for each further one. */
const endpointsEach = 5_000;

/** V8 compiles and collects in threads of its own: a worker keeps so many cores busy. */
const coresEach = 2;

/** Workers that the main thread can keep busy. */
const mostThatPay = 4;

/** Requests that one worker sends in a second. */
const requestsPerWorker = 500;

/**
 * How many workers pay on this machine: one for two cores, and never more than endpoints, limits and the main thread keep
 * busy. The main thread is the first of them.
 */
export function workersThatPay(
  declaration: Pick<Declaration, 'count' | 'atMost' | 'engagement'>,
  cores = availableParallelism(),
): number {
  const { concurrency, requestsPerSecond } = declaration.engagement.limits;
  return Math.max(
    1,
    Math.min(
      Math.floor(cores / coresEach),
      mostThatPay,
      Math.floor((declaration.count() ?? declaration.atMost()) / endpointsEach),
      Math.floor(concurrency / 8),
      Math.floor((requestsPerSecond ?? Infinity) / requestsPerWorker),
    ),
  );
}

/**
 * The number of workers of a run.
 *
 * @param wanted as the user gave it; null for what pays
 * @throws UserMistake where this process may start no thread
 */
export function workersOf(wanted: number | null, declaration: Declaration): number {
  const count = wanted ?? (mayStartThreads() ? workersThatPay(declaration) : 1);
  if (count > 1 && !mayStartThreads()) throw new UserMistake(messages().runs.start.noThreads(count));
  return count;
}

/** Whether Node's permission model, where it is on, lets this process start threads. */
function mayStartThreads(): boolean {
  return !('permission' in process) || process.permission.has('worker');
}
