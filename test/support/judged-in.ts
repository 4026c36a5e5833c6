// A record of real and written answers, judged in a language: its findings, its endpoints, its problems.

import { judge } from '../../src/judge/index.js';
import type { JudgeContext, JudgeTexts } from '../../src/model/check.js';
import type { EndpointRecord } from '../../src/model/exchange.js';
import type { EndpointSummary, Finding, Problem } from '../../src/model/finding.js';
import type { Expectation } from '../../src/model/endpoint.js';
import { firstInMemory } from '../../src/store/sorter.js';
import { contextAt, surveyed } from '../accuracy/score.js';
import { recordingNamed, recordingNames } from '../replay.js';
import { all } from './judged.js';
import { sample } from './sample.js';
import { writtenFiles } from './written.js';

/** Findings, endpoints and problems, of one pass over the same records. */
export interface JudgedIn {
  readonly findings: readonly Finding[];
  readonly endpoints: readonly EndpointSummary[];
  readonly problems: readonly Problem[];
}

/** Endpoints with these answers, each at an address of its own. */
export function recordsOf(count: number): readonly EndpointRecord[] {
  const answers = [
    ...recordingNames().map((name) => () => surveyed(recordingNamed(name), null)),
    ...writtenFiles().map(
      ({ recording }) =>
        () =>
          surveyed(recording, recording.head.scheme),
    ),
  ];
  return sample(answers, count).map((answer, ordinal) => {
    const record = answer();
    const endpoint = { ...record.endpoint, host: `h${ordinal}`, address: `127.0.${ordinal >> 8}.${ordinal & 255}` };
    return { ...record, ordinal, endpoint, targets: ['t'] };
  });
}

/** Where nothing is said of the target, it is expected to be closed. */
export function contextIn(texts: JudgeTexts | null, expect: Expectation = { kind: 'closed' }): JudgeContext {
  const context = contextAt('2026-11-01T00:00:00.000Z');
  const targets = new Map([...context.targets].map(([id, target]) => [id, { ...target, expect }]));
  return { ...context, targets, ...(texts !== null && { texts }) };
}

/** Judges records in one pass. */
export async function judgedIn(records: readonly EndpointRecord[], context: JudgeContext): Promise<JudgedIn> {
  async function* stream() {
    for (const record of records) yield await Promise.resolve(record);
  }
  const judgement = await judge(stream, context, { sorter: firstInMemory(() => 1e9) });
  const { problems } = judgement;
  const judged = { findings: await all(judgement.findings()), endpoints: await all(judgement.endpoints()), problems };
  judgement.close();
  return judged;
}
