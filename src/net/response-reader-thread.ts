// The thread in which long responses are unpacked and read; response-reader.ts starts it.
import { parentPort } from 'node:worker_threads';
import { keepAnswer } from '../catalogue/keep.js';
import { questionFiles } from '../catalogue/question-files.generated.js';
import { harmless } from '../catalogue/redact.js';
import type { Question } from '../model/question.js';
import { collectLongResponse } from '../threads/heap.js';
import { giveBack, unpack } from './body.js';
import { maxDetail, type ReadJob, type ReadResult } from './response-reader.js';

/** The question of an id. All of the catalogue takes 10 MiB in this thread: it is loaded for those of topics and companions only. */
async function questionOf(id: string): Promise<Question> {
  const load = questionFiles[id];
  return load === undefined ? (await import('../catalogue/index.js')).questionById(id) : (await load()).question;
}

async function outcomeOf({ question: id, status, headers, body, truncated }: ReadJob): Promise<ReadResult['outcome']> {
  try {
    const question = await questionOf(id);
    const unpacked = unpack(body, headers['content-encoding'] ?? [], truncated, question.cap);
    return 'failure' in unpacked
      ? { kind: 'failure', failure: unpacked.failure, detail: harmless(unpacked.detail, maxDetail) }
      : keepAnswer(question, { status, headers, body: unpacked.body, truncated });
  } catch (error) {
    return { kind: 'bug', error: error instanceof Error ? error : new Error(String(error)) };
  } finally {
    giveBack(body.buffer);
  }
}

parentPort?.on('message', (job: ReadJob) => {
  void outcomeOf(job).then((outcome) => {
    parentPort?.postMessage({ id: job.id, outcome } satisfies ReadResult);
    collectLongResponse();
  });
});
