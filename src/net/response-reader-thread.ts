// The thread in which long responses are unpacked and read; response-reader.ts starts it.
import { parentPort } from 'node:worker_threads';
import { harmless, keepAnswer, questionById } from '../catalogue/index.js';
import { giveBack, unpack } from './body.js';
import { maxDetail, type ReadJob, type ReadResult } from './response-reader.js';

function outcomeOf({ question: id, status, headers, body, truncated }: ReadJob): ReadResult['outcome'] {
  try {
    const question = questionById(id);
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
  parentPort?.postMessage({ id: job.id, outcome: outcomeOf(job) } satisfies ReadResult);
});
