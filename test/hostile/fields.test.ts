import t from 'tap';
import { basePathOf, matchExchange, type RecordedExchange, type Recording } from '../../src/demo/replay.js';
import { judgeRecord } from '../../src/judge/index.js';
import type { JudgeContext } from '../../src/model/check.js';
import type { EndpointRecord } from '../../src/model/exchange.js';
import { survey } from '../../src/survey/index.js';
import { surveyAgainst, techniquesWith } from '../support/answer.js';
import { shipped } from '../support/knowledge.js';
import { sample } from '../support/sample.js';
import { fakeEndpoint } from '../support/survey.js';
import { anyRecording } from './poison.js';

const context: JudgeContext = {
  run: 'leftopen-20260102T030405Z-00000000',
  vantage: { name: 'test-bench', exposure: 'internet', egress: null },
  now: '2026-11-23T03:00:00.000Z',
  targets: new Map(),
  knowledge: shipped,
};

/** What no server says where a text, a number, a list or an object is due; as JSON. */
const odd = [
  'null',
  'true',
  '-1',
  '1e999',
  '"x"',
  '""',
  '[]',
  '{}',
  '[[[[null]]]]',
  '{"__proto__":{"x":1},"constructor":{"prototype":1}}',
  '"\\ud800\\u202e\\u0000"',
  '123456789012345678901234567890',
] as const;

/** The placeholder in a body for what is inserted. */
const hole = 'a hole in a body';

/** Each body with a hole in one place: every field in turn, of lists the first and the last item. */
function* holed(value: unknown): Generator {
  yield hole;
  if (Array.isArray(value)) {
    for (const at of new Set(value.length === 0 ? [] : [0, value.length - 1])) {
      for (const item of holed(value[at])) yield value.with(at, item);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) for (const other of holed(item)) yield { ...value, [key]: other };
  }
}

/** The recording with one answer changed. */
function withBody(recording: Recording, changed: RecordedExchange, text: string): Recording {
  const exchanges = recording.exchanges.map((exchange) =>
    exchange === changed && exchange.wire.kind === 'answer'
      ? { ...exchange, wire: { ...exchange.wire, text } }
      : exchange,
  );
  return { ...recording, exchanges };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The requests and answers in the survey of a recording. */
function surveyed(recording: Recording): EndpointRecord {
  const endpoint = { ...fakeEndpoint, scheme: recording.head.scheme, basePath: basePathOf(recording) };
  const questions = survey(endpoint, { techniques: techniquesWith(), nonce: () => 'x1y2z3a4b5c6' });
  return surveyAgainst(recording, endpoint, questions);
}

/** Surveys and judges a recording; the state it came to. */
function stateOf(recording: Recording): string {
  const { summary, bugs } = judgeRecord(surveyed(recording), context, {});
  const [bug] = bugs;
  if (bug !== undefined) throw new Error(bug.message);
  return summary.state;
}

const names = [
  'elasticsearch/1.7.6-open',
  'elasticsearch/7.17.9-open',
  'elasticsearch/7.17.9-closed',
  'elasticsearch/9.4.3-anonymous',
  'opensearch/2.19.4-anonymous',
  'kibana/4.6.6-open',
  'kibana/8.15.0-open',
  'kibana/8.15.0-login',
  'opensearch-dashboards/2.19.4-open',
];

for (const name of sample(names, 3)) {
  void t.test(`${name}: a field of another type breaks nothing, and opens nothing`, (t) => {
    const recording = anyRecording(name);
    const { state: truth } = recording.head.truth;
    const wrong: string[] = [];
    let tried = 0;
    const asked = surveyed(recording).exchanges.flatMap((each) => matchExchange(recording, each)?.exchange ?? []);
    for (const exchange of new Set(asked)) {
      const { wire } = exchange;
      const body =
        wire.kind === 'answer' && wire.text !== undefined && wire.text !== '' ? parsed(wire.text) : undefined;
      if (body === undefined) continue;
      for (const [number, value] of sample([...[...holed(body)].entries()], 25)) {
        // Each field gets several of them, and every one of them comes to many fields.
        for (let turn = 0; turn < 2; turn += 1) {
          const what = odd[(number * 2 + turn * 5) % odd.length] ?? 'null';
          const text = JSON.stringify(value).replace(JSON.stringify(hole), what);
          tried += 1;
          try {
            const state = stateOf(withBody(recording, exchange, text));
            if (state === 'open' && truth !== 'open')
              wrong.push(`${exchange.path}: ${state} with ${text.slice(0, 200)}`);
          } catch (error) {
            wrong.push(`${exchange.path}: ${String(error)} with ${text.slice(0, 200)}`);
          }
        }
      }
    }
    t.ok(tried > 20, `${tried} answers were bent`);
    t.strictSame(wrong.slice(0, 5), []);
    t.end();
  });
}
