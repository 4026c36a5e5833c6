// Remembers what was kept of equal responses, so that most of a large estate is parsed once.
import { randomBytes } from 'node:crypto';
import type { Answer, KeptBody } from '../model/exchange.js';
import type { Json } from '../model/json.js';
import type { Question } from '../model/question.js';
import { bodyHash, keepAnswer, keepHeaders, type RawAnswer } from './keep.js';

/** Keeps an answer; `madeUp` is the random name that was asked for, '' for none. */
export type KeepAnswer = (question: Question, raw: RawAnswer, madeUp: string) => Answer;

/** Bytes of answers that are remembered at once, and of one of them at most. */
const budget = 2 * 1024 * 1024;
const largest = 64 * 1024;

/** What stands for the name made up: its parts that a reading or a redaction could see are those of such a name. */
const likeAName = /^(?=.*\d)(?=.*[a-f])[0-9a-f]{12}$/;

/**
 * Keeps answers, with a memory for those that are equal byte for byte: same question, status, kept headers and SHA-256 of the
 * body. Where an answer holds the name that was made up for this question, and only there, it counts as equal to one that holds
 * another such name in the same places; the answer that is given back holds its own. So an echo, which proves that a server is
 * genuine, is read from each server's own bytes.
 */
export function rememberAnswers(): KeepAnswer {
  let recent = new Map<string, Answer>();
  let older = new Map<string, Answer>();
  let bytes = 0;
  // Drawn for each run, so that no target can know it and be taken to have echoed a name.
  const placeholder = placeholderName();

  function find(shape: string, body: Uint8Array, make: (sha256: string) => Answer): Answer {
    const sha256 = bodyHash(body);
    const key = `${shape}${sha256}`;
    const known = recent.get(key);
    if (known !== undefined) return known;
    const answer = older.get(key) ?? make(sha256);
    recent.set(key, answer);
    bytes += key.length + body.byteLength;
    if (bytes > budget) {
      older = recent;
      recent = new Map();
      bytes = 0;
    }
    return answer;
  }

  return (question, raw, madeUp) => {
    if (raw.body.byteLength > largest) return keepCopied(question, raw);
    const headers = keepHeaders(question, raw.headers);
    const body = Buffer.from(raw.body.buffer, raw.body.byteOffset, raw.body.byteLength);
    const shape = `${question.id}\n${raw.status}\n${raw.truncated}\n${headersText(headers)}\n`;
    if (madeUp === '' || !body.includes(madeUp))
      return find(shape, body, (sha256) => keepCopied(question, raw, { headers, sha256 }));
    if (!likeAName.test(madeUp) || body.includes(placeholder) || shape.includes(madeUp) || shape.includes(placeholder))
      return keepCopied(question, raw, { headers });
    const general = Buffer.from(body.toString('latin1').replaceAll(madeUp, placeholder), 'latin1');
    const template = find(shape, general, (sha256) =>
      keepCopied(question, { ...raw, body: general }, { headers, sha256 }),
    );
    return {
      ...template,
      body: withName(template.body, placeholder, madeUp),
      sha256: bodyHash(raw.body),
    };
  };
}

/** What is kept of a longer body is copied: in V8 a part of a text keeps all of it in memory. */
const copiedFrom = 16 * 1024;

function keepCopied(...asked: Parameters<typeof keepAnswer>): Answer {
  const answer = keepAnswer(...asked);
  return answer.bytes > copiedFrom ? { ...answer, body: structuredClone(answer.body) } : answer;
}

function placeholderName(): string {
  for (;;) {
    const name = randomBytes(6).toString('hex');
    if (likeAName.test(name)) return name;
  }
}

function headersText(headers: Answer['headers']): string {
  let text = '';
  for (const name of Object.keys(headers)) text += `${name}:${headers[name]?.join('\r') ?? ''}\n`;
  return text;
}

/** A kept body with one name in the place of another. */
function withName(body: KeptBody, from: string, to: string): KeptBody {
  const named = (text: string): string => text.replaceAll(from, to);
  const orNull = (text: string | null): string | null => (text === null ? null : named(text));
  switch (body.kind) {
    case 'none':
      return body;
    case 'json':
      return { kind: 'json', value: jsonWith(body.value, named) };
    case 'error':
      return {
        kind: 'error',
        type: orNull(body.type),
        reason: orNull(body.reason),
        resource: orNull(body.resource),
        status: typeof body.status === 'string' ? named(body.status) : body.status,
        keys: body.keys.map(named),
        text: named(body.text),
      };
    case 'text':
      return { kind: 'text', text: named(body.text), title: orNull(body.title), html: body.html };
  }
}

function jsonWith(value: Json, named: (text: string) => string): Json {
  if (typeof value === 'string') return named(value);
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: Json) => jsonWith(item, named));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [named(key), jsonWith(item, named)]));
}
