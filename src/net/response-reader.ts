// Reads responses and keeps what their questions name: long ones in a thread of their own, so that none holds up the others.
import { Worker } from 'node:worker_threads';
import type { Answer, Failure } from '../model/exchange.js';
import type { Question } from '../model/question.js';
import { holdWhileStarting } from '../threads/heap.js';
import { unpack } from './body.js';

/** What was read of an answer, as it came over the wire. */
export interface PackedAnswer {
  readonly status: number;
  readonly headers: Record<string, string[]>;
  /** The body as it was sent; the buffer beneath it must belong to it alone. */
  readonly body: Uint8Array;
  /** True when the body was longer than the question's cap. */
  readonly truncated: boolean;
}

/** What {@link response-reader-thread.ts} is given. */
export interface ReadJob extends PackedAnswer {
  readonly id: number;
  /** Id of the question. */
  readonly question: string;
}

/** What it gives back: what is kept of an answer, a failure to unpack it, or a bug of ours. */
export interface ReadResult {
  readonly id: number;
  readonly outcome: Answer | Failure | { readonly kind: 'bug'; readonly error: Error };
}

/** Unpacks answers and keeps the part of them that their questions name. */
export interface ResponseReader {
  /**
   * What is kept of an answer, or why it could not be unpacked. Rejects only for a bug of ours.
   *
   * @param madeUp the random name that the question asked for; '' for none
   */
  read(question: Question, answer: PackedAnswer, madeUp: string): Answer | Failure | Promise<Answer | Failure>;
  /** Ends what waits as `interrupted`. */
  stop(): void;
}

/**
 * Bytes of an unpacked body that is read at once: of what real servers send nearly all, and of what hostile ones send no more
 * than takes some ten milliseconds.
 */
export const readAtOnce = 128 * 1024;

/** The thread ends when it had nothing to do for so long: it takes 15 MiB, and up to 30 more while it reads. */
const idleMs = 2_000;

/**
 * What a body of four megabytes needs at most, several times over. A young generation of 8 MB takes 15 MB more and saves a
 * tenth of the work.
 */
const heapAtMost = { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 2 };

interface Waiting {
  readonly job: ReadJob;
  readonly question: Question;
  readonly settle: (outcome: Answer | Failure) => void;
  readonly fail: (error: Error) => void;
}

/** What is kept of an unpacked answer, and what is kept of a text. */
interface Rules {
  readonly keepAnswer: (question: Question, answer: PackedAnswer, madeUp: string) => Answer;
  readonly harmless: (text: string, max: number) => string;
}

function startThread(): Worker {
  return new Worker(new URL('./response-reader-thread.js', import.meta.url), { resourceLimits: heapAtMost });
}

/**
 * A reader without a thread; one is started for the first long answer.
 *
 * @param newThread starts one; where it cannot, long answers are kept in this thread too
 */
export function openResponseReader({ keepAnswer, harmless }: Rules, newThread = startThread): ResponseReader {
  const waiting: Waiting[] = [];
  let thread: Worker | null = null;
  /** True once a thread was seen to work, false once none could be started: then long answers, too, are kept here. */
  let works: boolean | null = null;
  let idle: NodeJS.Timeout | undefined;
  let jobs = 0;

  function here(question: Question, answer: PackedAnswer, madeUp: string, cap: number): Answer | Failure {
    const unpacked = unpack(answer.body, answer.headers['content-encoding'] ?? [], answer.truncated, cap);
    if ('failure' in unpacked)
      return { kind: 'failure', failure: unpacked.failure, detail: harmless(unpacked.detail, maxDetail) };
    const { status, headers, truncated } = answer;
    return keepAnswer(question, { status, headers, body: unpacked.body, truncated }, madeUp);
  }

  /** Gives the thread the first answer that waits: one at a time, so that it is known which one it died of. */
  function next(): void {
    const first = waiting[0];
    if (first === undefined) {
      thread?.unref();
      idle = setTimeout(end, idleMs).unref();
      return;
    }
    clearTimeout(idle);
    thread ??= start();
    thread.ref();
    // What it was given once it is known to work is not needed here any more.
    thread.postMessage(first.job, works === true ? transferable(first.job.body) : []);
  }

  function start(): Worker {
    const started = newThread();
    holdWhileStarting(started);
    started.on('message', ({ id, outcome }: ReadResult) => {
      works = true;
      if (started !== thread || waiting[0]?.job.id !== id) return;
      const done = waiting.shift();
      if (outcome.kind === 'bug') done?.fail(outcome.error);
      else done?.settle(outcome);
      next();
    });
    started.on('error', (error) => {
      if (started !== thread) return;
      thread = null;
      if (works === null) {
        works = false;
        for (const { question, job, settle } of waiting.splice(0)) settle(here(question, job, '', question.cap));
        return;
      }
      // It ran out of memory over this answer.
      const detail = harmless(error.message, maxDetail);
      waiting.shift()?.settle({ kind: 'failure', failure: 'local-failure', detail });
      next();
    });
    return started;
  }

  function end(): void {
    void thread?.terminate();
    thread = null;
  }

  return {
    read(question, answer, madeUp) {
      const short = Math.min(question.cap, readAtOnce);
      if (works === false) return here(question, answer, madeUp, question.cap);
      if (answer.body.length <= short) {
        const kept = here(question, answer, madeUp, short);
        if (kept.kind === 'answer' || kept.failure !== 'body-too-large' || short === question.cap) return kept;
      }
      return new Promise((settle, fail) => {
        jobs += 1;
        waiting.push({ job: { ...answer, id: jobs, question: question.id }, question, settle, fail });
        if (waiting.length === 1) next();
      });
    },
    stop() {
      clearTimeout(idle);
      end();
      for (const { settle } of waiting.splice(0)) settle({ kind: 'failure', failure: 'interrupted', detail: '' });
    },
  };
}

/** The memory of a body, where it is not shared. */
function transferable({ buffer }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer ? [buffer] : [];
}

/** Characters of a failure's detail. */
export const maxDetail = 200;
