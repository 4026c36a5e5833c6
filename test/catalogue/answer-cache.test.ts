import { randomBytes } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import t from 'tap';
import { catalogue, keepAnswer, questionById, rememberAnswers } from '../../src/catalogue/index.js';
import type { RawAnswer } from '../../src/catalogue/index.js';
import type { Answer } from '../../src/model/exchange.js';
import { recordingNamed, recordingNames } from '../replay.js';
import { sample } from '../support/sample.js';

/** The name that the recorder's placeholder stands for, and what a server that answers from a copy would still hold. */
function raw(text: string, status = 400, headers: Record<string, string[]> = {}): RawAnswer {
  return { status, headers, body: Buffer.from(text), truncated: false };
}

function name(): string {
  for (;;) {
    const made = randomBytes(6).toString('hex');
    if (/\d/.test(made) && /[a-f]/.test(made)) return made;
  }
}

const unknownParameter = questionById('unknown-parameter');

function refusal(madeUp: string): string {
  const reason = `request [/] contains unrecognized parameter: [leftopen_${madeUp}]`;
  const error = { type: 'illegal_argument_exception', reason };
  return JSON.stringify({ error: { root_cause: [error], ...error }, status: 400 });
}

function reasonOf({ body }: Answer): string {
  return body.kind === 'error' ? (body.reason ?? '') : '';
}

t.test('gives what keepAnswer gives, for every recorded answer and several hosts', (t) => {
  const remember = rememberAnswers();
  let compared = 0;
  const names = sample(recordingNames(), 20);
  for (const recording of names.map(recordingNamed)) {
    for (const { question: id, wire } of recording.exchanges) {
      const question = catalogue.find((each) => each.id === id);
      if (question === undefined || wire.kind === 'bytes' || wire.text === undefined) continue;
      const [first = '', ...lines] = wire.head;
      const headers: Record<string, string[]> = {};
      for (const line of lines) {
        const [header = '', value = ''] = line.split(/:\s*(.*)/s, 2);
        (headers[header.toLowerCase()] ??= []).push(value);
      }
      // A second host matters where the answer holds a name that was made up.
      for (const madeUp of wire.text.includes('{nonce}') ? [name(), name()] : [name()]) {
        const text = wire.text.replaceAll('{nonce}', madeUp).slice(0, question.cap);
        const answer = raw(text, Number(first.split(' ')[1]), headers);
        const given = remember(question, answer, madeUp);
        if (JSON.stringify(given) !== JSON.stringify(keepAnswer(question, answer)))
          t.same(given, keepAnswer(question, answer), `${recording.head.product} ${recording.head.version} ${id}`);
        compared += 1;
      }
    }
  }
  t.ok(compared > 8 * names.length, `${compared} answers compared`);
  t.end();
});

t.test('an echo never serves another host', (t) => {
  const remember = rememberAnswers();
  const [first, second] = [name(), name()];
  t.match(reasonOf(remember(unknownParameter, raw(refusal(first)), first)), first);
  const own = remember(unknownParameter, raw(refusal(second)), second);
  t.ok(reasonOf(own).includes(second) && !JSON.stringify(own).includes(first), 'the second host has its own name');

  // a decoy that sends a copy of what a genuine server answered before
  const third = name();
  const copied = remember(unknownParameter, raw(refusal(first)), third);
  t.ok(reasonOf(copied).includes(first) && !JSON.stringify(copied).includes(third), 'a copy proves nothing');
  t.end();
});

t.test('nothing but equal bytes, headers and status of the same question is equal', (t) => {
  const remember = rememberAnswers();
  const body = '{"name":"a","cluster_name":"b","version":{"number":"7.17.9"},"tagline":"You Know, for Search"}';
  const root = questionById('root');
  const plain = remember(root, raw(body, 200), '');
  t.equal(remember(root, raw(body, 200), ''), plain, 'the very answer');
  t.equal(remember(root, raw(body, 200, { date: ['today'] }), ''), plain, 'headers that are not kept do not count');
  for (const [what, other] of Object.entries({
    status: remember(root, raw(body, 203), ''),
    header: remember(root, raw(body, 200, { server: ['nginx'] }), ''),
    byte: remember(root, raw(body.replace('"a"', '"c"'), 200), ''),
    question: remember(questionById('unknown-parameter'), raw(body, 200), ''),
    cut: remember(root, { ...raw(body, 200), truncated: true }, ''),
  })) {
    t.not(other, plain, what);
  }
  const [one, two] = [name(), name()];
  const echo = remember(unknownParameter, raw(refusal(one)), one);
  const other = remember(unknownParameter, raw(refusal(two)), two);
  t.not(echo.sha256, other.sha256, 'each has the hash of its own bytes');
  t.equal(other.sha256, keepAnswer(unknownParameter, raw(refusal(two))).sha256);
  t.end();
});

t.test('memory use is bounded, and the cache keeps working', (t) => {
  const remember = rememberAnswers();
  const root = questionById('root');
  const filler = 'x'.repeat(60_000);
  const early = remember(root, raw('early', 200), '');
  for (let at = 0; at < 200; at += 1) remember(root, raw(`${at} ${filler}`, 200), '');
  const again = remember(root, raw('early', 200), '');
  t.not(again, early, 'what was not seen for long is forgotten');
  t.same(again, early);
  t.end();
});

t.test('what is kept of a long body does not keep all of it in memory', (t) => {
  setFlagsFromString('--expose-gc');
  const alive = (): number => {
    runInNewContext('gc()');
    return process.memoryUsage().heapUsed / 1024 / 1024;
  };
  const remember = rememberAnswers();
  const before = alive();
  const kept = Array.from({ length: 30 }, (_, i) => {
    const page = `<html><title>Page ${i} with a title of its own</title>${'<p>'.repeat(350_000)}`;
    return remember(questionById('root'), raw(page, 200), '');
  });
  const held = alive() - before;
  t.equal(kept.length, 30);
  t.ok(held < 10, `${held} MiB for 30 pages of 1 MiB`);
  t.end();
});
