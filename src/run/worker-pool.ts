// Surveys endpoints in this thread and in others: hands visits out, and takes back what came of them.
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Endpoint } from '../model/endpoint.js';
import type { EndpointRecord, FailureName } from '../model/exchange.js';
import { releasePace } from '../net/limits.js';
import { isObject, journalledOf } from '../store/journal-line.js';
import { releaseLedger } from '../store/ledger.js';
import { errorText } from '../store/mistake.js';
import { holdWhileStarting } from '../threads/heap.js';
import { bugText, unasked, type AskOptions, type Surveyed, type Visit } from './ask.js';
import type { OwnerRoom } from './owners.js';
import type { Surveyor } from './surveyor.js';
import { isFromWorker, isJudged } from './worker-messages.js';
import type { FromWorker, ToWorker, WorkerSetup } from './worker-messages.js';
import type { Workers } from './workers.js';

/** Milliseconds after the run stopped in which a worker must hand over what it has; then it is ended. */
const stopWithin = 1_200;

/** Workers of a run that are replaced after a bug ended them. */
const replacedAtMost = 10;

/** Megabytes of a worker's young generation, as in the main thread (`threads/heap.ts`). */
const youngMegabytes = 4;

interface WorkerPoolOptions extends Pick<AskOptions, 'techniques' | 'now'>, Pick<Workers, 'count' | 'file' | 'before'> {
  /** Visits under way at once, over all workers. */
  readonly concurrency: number;
  readonly setup: Omit<WorkerSetup, 'spent'>;
  readonly roomOf: (visit: Visit) => Pick<OwnerRoom, 'paced' | 'blackouts'>;
  readonly mayReach: (address: string, dashboard: Endpoint) => Promise<boolean>;
  /** Aborted when the run stops. */
  readonly signal: AbortSignal;
  /** The disk refused a line of the ledger. */
  readonly onDisk: (error: Error) => void;
  /** The worker that is this thread. */
  readonly here: Surveyor;
}

/** What a worker is to give back. */
type Job =
  | {
      readonly kind: 'survey';
      readonly visit: Visit;
      readonly slot: number;
      readonly done: (surveyed: Surveyed) => void;
    }
  | { readonly kind: 'status'; readonly endpoint: Endpoint; readonly done: (status: number | FailureName) => void };

interface Thread {
  readonly worker: Worker;
  readonly id: number;
  readonly jobs: Map<number, Job>;
  readonly gone: Promise<void>;
  /** Whether it loaded. */
  ready: boolean;
  /** Why it takes no more jobs; null while it does. */
  retired: string | null;
}

/** Starts the workers; see {@link Surveyor}. */
export function workerPool(options: WorkerPoolOptions): Surveyor {
  const { signal, concurrency, setup, techniques, now } = options;
  const spent = new SharedArrayBuffer(4 * concurrency);
  const requests = new Int32Array(spent);
  const freeSlots = Array.from({ length: concurrency }, (_, slot) => slot);
  /** The thread of each address that is being asked, null for this one: each thread counts connections to its own addresses. */
  const addresses = new Map<string, { thread: Thread | null; visits: number }>();
  let visitsHere = 0;
  /** Those that have not ended; a retired one is given nothing more. */
  const threads = new Set<Thread>();
  let jobs = 0;
  let replaced = 0;
  let closing = false;

  function start(): void {
    const worker = new Worker(options.file, {
      workerData: { ...setup, spent } satisfies WorkerSetup,
      resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
    });
    holdWhileStarting(worker);
    const thread: Thread = {
      worker,
      id: worker.threadId,
      jobs: new Map(),
      gone: new Promise((resolve) => {
        worker.once('exit', (code) => {
          ended(thread, `the thread ended with code ${code}`);
          resolve();
        });
      }),
      ready: false,
      retired: null,
    };
    worker.on('message', (message: unknown) => {
      if (!isFromWorker(message)) throw new Error('our bug: a worker said something else');
      take(thread, message);
    });
    worker.once('error', (error) => retire(thread, errorText(error)));
    threads.add(thread);
  }

  function tell({ worker }: Thread, message: ToWorker): void {
    worker.postMessage(message);
  }

  function take(thread: Thread, message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        thread.ready = true;
        break;
      case 'broken':
        retire(thread, message.message);
        break;
      case 'disk':
        options.onDisk(Object.assign(new Error(message.message), { code: message.code }));
        break;
      case 'may-reach': {
        const { question } = message;
        void options
          .mayReach(message.address, message.dashboard)
          .catch(() => false)
          .then((may) => tell(thread, { kind: 'may-reach', question, may }));
        break;
      }
      case 'status': {
        const job = finished(thread, message.job);
        if (job?.kind === 'status') job.done(message.status);
        break;
      }
      case 'surveyed': {
        const job = finished(thread, message.job);
        if (job?.kind === 'survey')
          job.done({ record: recordIn(message.record), bug: message.bug, judged: judgedIn(message.judged) });
      }
    }
  }

  /** Gives a worker no more jobs, and starts another one in its place. */
  function retire(thread: Thread, why: string): void {
    if (thread.retired !== null) return;
    thread.retired = why;
    if (closing || signal.aborted) return;
    // One that could not load would not load a second time. Where none is left, this thread asks.
    if (!thread.ready || replaced === replacedAtMost) return;
    replaced += 1;
    start();
  }

  /** A worker is gone: what it had under way and did not hand over is lost. */
  function ended(thread: Thread, how: string): void {
    threads.delete(thread);
    retire(thread, how);
    releaseLedger(setup.ledger, thread.id);
    for (const { turns, departures } of [setup.run.paces, ...setup.paces.values()]) {
      releasePace(turns, thread.id);
      releasePace(departures, thread.id);
    }
    for (const number of [...thread.jobs.keys()]) {
      const sent = spentBy(thread.jobs.get(number));
      const job = finished(thread, number);
      if (job !== undefined) lose(job, sent, thread.retired ?? how);
    }
  }

  function spentBy(job: Job | undefined): number {
    return job?.kind === 'survey' ? (requests[job.slot] ?? 0) : 0;
  }

  /** Ends a job without its responses. Requests that were sent count. */
  function lose(job: Job, sent: number, why: string): void {
    const failure = signal.aborted ? 'interrupted' : 'local-failure';
    if (job.kind === 'status') {
      job.done(failure);
      return;
    }
    const { endpoint, ordinal, targets } = job.visit;
    const detail = 'the worker thread that asked it ended';
    const record = unasked({ ...endpoint, ordinal, targets }, { kind: 'failure', failure, detail }, failure, {
      techniques,
      now,
    });
    job.done({
      record: { ...record, ...(sent > 0 && { otherRequests: sent }) },
      bug: signal.aborted ? null : bugText(endpoint, new Error(why)),
      judged: null,
    });
  }

  /** The job of that number, whose places are given back. */
  function finished(thread: Thread, number: number): Job | undefined {
    const job = thread.jobs.get(number);
    if (job === undefined) return undefined;
    thread.jobs.delete(number);
    leave(addressOf(job));
    if (job.kind === 'survey') {
      requests[job.slot] = 0;
      freeSlots.push(job.slot);
    }
    return job;
  }

  function leave(address: string): void {
    const busy = addresses.get(address);
    if (busy !== undefined && (busy.visits -= 1) === 0) addresses.delete(address);
  }

  /** The thread with the least to do; null for this one. */
  function leastBusy(): Thread | null {
    let thread: Thread | null = null;
    for (const each of threads)
      if (each.retired === null && each.jobs.size < (thread?.jobs.size ?? visitsHere)) thread = each;
    return thread;
  }

  /** The thread that asks the address already, or else the one with the least to do. */
  function threadFor(address: string): Thread | null {
    const busy = addresses.get(address);
    const stays = busy !== undefined && (busy.thread === null || busy.thread.retired === null);
    const thread = stays ? busy.thread : leastBusy();
    addresses.set(address, { thread, visits: (busy?.visits ?? 0) + 1 });
    return thread;
  }

  /** Does in this thread what fell to it. */
  async function doHere<T>(address: string, work: () => Promise<T>): Promise<T> {
    visitsHere += 1;
    try {
      return await work();
    } finally {
      visitsHere -= 1;
      leave(address);
    }
  }

  function hand(thread: Thread, job: Job, messageOf: (number: number) => ToWorker): void {
    const number = (jobs += 1);
    thread.jobs.set(number, job);
    tell(thread, messageOf(number));
  }

  function stopped(): void {
    for (const thread of threads) tell(thread, { kind: 'stop' });
    // One that does not come back in time is ended: the run must end.
    void sleep(stopWithin, undefined, { ref: false }).then(() => {
      for (const { worker, jobs: left } of threads) if (left.size > 0) void worker.terminate();
    });
  }

  // This thread is one of the workers.
  for (let started = 1; started < options.count; started += 1) start();
  signal.addEventListener('abort', stopped, { once: true });

  return {
    survey(visit, permission) {
      const address = visit.endpoint.address ?? '';
      const thread = threadFor(address);
      if (thread === null) return doHere(address, () => options.here.survey(visit, permission));
      const { paced, blackouts } = options.roomOf(visit);
      const before = options.before?.(visit.endpoint) ?? null;
      const slot = freeSlots.pop();
      if (slot === undefined) throw new Error('our bug: more visits than places');
      return new Promise((done) => {
        hand(thread, { kind: 'survey', visit, slot, done }, (job) => ({
          kind: 'survey',
          job,
          visit,
          permission,
          paced,
          blackouts,
          slot,
          before,
        }));
      });
    },
    status(endpoint, permission) {
      const address = endpoint.address ?? '';
      const thread = threadFor(address);
      if (thread === null) return doHere(address, () => options.here.status(endpoint, permission));
      return new Promise((done) => {
        hand(thread, { kind: 'status', endpoint, done }, (job) => ({ kind: 'status', job, endpoint, permission }));
      });
    },
    async close() {
      closing = true;
      signal.removeEventListener('abort', stopped);
      const all = [...threads];
      for (const thread of all) tell(thread, { kind: 'end' });
      const late = sleep(stopWithin, 'late' as const, { ref: false });
      if ((await Promise.race([late, Promise.all(all.map(({ gone }) => gone))])) === 'late')
        await Promise.all(all.map(({ worker }) => worker.terminate()));
    },
  };
}

function addressOf(job: Job): string {
  const { address } = job.kind === 'survey' ? job.visit.endpoint : job.endpoint;
  return address ?? '';
}

function recordIn(json: string): EndpointRecord {
  const value: unknown = JSON.parse(json);
  const journalled = isObject(value) ? journalledOf(value) : null;
  if (journalled === null) throw new Error('our bug: a worker sent something else than a record');
  return journalled.record;
}

function judgedIn(json: string | null): Surveyed['judged'] {
  const value: unknown = json === null ? null : JSON.parse(json);
  return isJudged(value) ? value : null;
}
