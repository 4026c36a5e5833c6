import { gunzipSync } from 'node:zlib';
import { keepAnswer, requestPath } from '../../src/catalogue/index.js';
import { bodyBytes, matchExchange, type Recording } from '../../src/demo/replay.js';
import type { EndpointRecord, Exchange } from '../../src/model/exchange.js';
import type { Endpoint } from '../../src/model/endpoint.js';
import { usualTechniques, type Technique } from '../../src/model/engagement.js';
import type { Ask } from '../../src/model/question.js';

/** The techniques with their defaults, some of them changed. */
export function techniquesWith(
  changes: Partial<Record<Technique, boolean>> = {},
): Readonly<Record<Technique, boolean>> {
  return { ...usualTechniques, ...changes };
}

/** What a recording answers to an ask, kept as the client keeps it; without a socket. Every exchange takes 2 ms, and old versions of TLS are refused. */
export function answerFrom(recording: Recording, ask: Ask, number: number): Exchange {
  const path = requestPath(ask);
  const at = new Date(Date.UTC(2026, 10, 23, 2, 0, 0, number * 10)).toISOString();
  const base = {
    question: ask.question.id,
    method: ask.question.method,
    path,
    scheme: ask.scheme,
    basePath: ask.basePath,
    blanks: ask.blanks,
    request: number,
    connection: 1,
    at,
    ms: 2,
  };
  if (ask.scheme !== recording.head.scheme) {
    return { ...base, outcome: { kind: 'failure', failure: 'closed-without-answer', detail: '' } };
  }
  if (ask.question.tls !== undefined) {
    return { ...base, request: 0, outcome: { kind: 'failure', failure: 'tls-version', detail: '' } };
  }
  const match = matchExchange(recording, { method: ask.question.method, path });
  if (match === null) throw new Error(`the recording says nothing to ${ask.question.method} ${path}`);
  const { wire } = match.exchange;
  if (wire.kind === 'bytes')
    return { ...base, outcome: { kind: 'failure', failure: 'closed-without-answer', detail: '' } };
  const fill = (text: string): string =>
    text.replaceAll('{path}', path).replaceAll('{nonce}', match.nonces[0] ?? '{nonce}');
  const headers: Record<string, string[]> = {};
  for (const line of wire.head.slice(1)) {
    const colon = line.indexOf(':');
    (headers[line.slice(0, colon)] ??= []).push(fill(line.slice(colon + 1).trim()));
  }
  const sent = bodyBytes(wire, fill);
  // As the client unpacks it.
  const packed = /gzip/i.test(wire.head.find((line) => /^content-encoding:/i.test(line)) ?? '');
  const body = packed ? gunzipSync(sent) : sent;
  const status = Number(wire.head[0]?.split(' ')[1]);
  const capped = body.subarray(0, ask.question.cap);
  return {
    ...base,
    outcome: keepAnswer(ask.question, { status, headers, body: capped, truncated: capped.length < body.length }),
  };
}

/** Runs a survey against a recording to its end, without a socket. */
export function surveyAgainst(
  recording: Recording,
  endpoint: Endpoint,
  survey: Generator<Ask, void, Exchange>,
): EndpointRecord {
  const exchanges: Exchange[] = [];
  let step = survey.next();
  while (step.done !== true) {
    const exchange = answerFrom(recording, step.value, exchanges.length + 1);
    exchanges.push(exchange);
    step = survey.next(exchange);
  }
  return { ordinal: 0, endpoint, targets: ['t'], at: exchanges[0]?.at ?? '', exchanges, tls: null, cut: null };
}
