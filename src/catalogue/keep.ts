// Keeps a part of an answer: redaction, minimisation and size in one place.
import { hash } from 'node:crypto';
import { z } from 'zod';
import { deepMarks, kibana3Settings, pageMarks, visitorMarks } from '../knowledge/page-marks.js';
import type { Answer, KeptBody } from '../model/exchange.js';
import type { Json } from '../model/json.js';
import type { Question } from '../model/question.js';
import { quotesDocuments, unescaped } from './documents.js';
import { cookieName, harmless, redactLocation, redactRefresh } from './redact.js';
import { isSecretName } from './secret-names.js';
import { mark } from './secrets.js';

/** Response headers kept of every answer, lower case: those that name a product, a proxy or a login. */
const keptHeaders: ReadonlySet<string> = new Set([
  'age',
  'allow',
  'cf-mitigated',
  'cf-ray',
  'content-type',
  'es.index',
  'es.resource.id',
  'kbn-license-sig',
  'kbn-name',
  'kbn-version',
  'kbn-xpack-sig',
  'location',
  'osd-name',
  'osd-version',
  'refresh',
  'retry-after',
  'server',
  'set-cookie',
  'via',
  'warning',
  'www-authenticate',
  'x-amz-cf-id',
  'x-amzn-errortype',
  'x-amzn-requestid',
  'x-amzn-waf-action',
  'x-aoss-response-hint',
  'x-backend-cluster',
  'x-backend-server',
  'x-cache',
  'x-cloud-request-id',
  'x-elastic-product',
  'x-found-handling-cluster',
  'x-found-handling-instance',
  'x-opensearch-version',
  'x-powered-by',
]);

/** Headers whose value is of no use: that they are there says all. */
const presenceOnly = new Set([
  'kbn-license-sig',
  'kbn-xpack-sig',
  'cf-ray',
  'x-amz-cf-id',
  'x-amzn-requestid',
  'x-cloud-request-id',
  'x-found-handling-cluster',
  'x-found-handling-instance',
]);

const headerLength = 300;
const linesPerHeader = 6;

/** Of `Set-Cookie` only names are kept; that of a balancer or a login may come after thirty others. */
const cookiesKept = 40;

/** The headers of an answer that are kept, names in lower case, each line cleaned and without secrets. */
export function keepHeaders(
  question: Question,
  headers: Readonly<Record<string, readonly string[]>>,
): Answer['headers'] {
  const kept: Record<string, string[]> = {};
  for (const [name, lines] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    if (!keptHeaders.has(lower) && !question.keep.headers.includes(lower)) continue;
    kept[lower] =
      lower === 'set-cookie'
        ? [...new Set(lines.map((line) => keepLine(lower, line)))].slice(0, cookiesKept)
        : lines.slice(0, linesPerHeader).map((line) => keepLine(lower, line));
  }
  return kept;
}

/** Lines that were kept before, by name and value: most servers send the same ones. */
const keptLines = new Map<string, string>();

/** As many lines are remembered, and no longer ones. */
const linesRemembered = { count: 1_000, length: 1_000 };

function keepLine(name: string, line: string): string {
  if (line.length > linesRemembered.length) return lineKept(name, line);
  const key = `${name}:${line}`;
  let kept = keptLines.get(key);
  if (kept === undefined) {
    kept = lineKept(name, line);
    if (keptLines.size >= linesRemembered.count) keptLines.clear();
    keptLines.set(key, kept);
  }
  return kept;
}

function lineKept(name: string, line: string): string {
  if (presenceOnly.has(name)) return 'present';
  if (name === 'set-cookie') return cookieName(line);
  if (name === 'location') return harmless(redactLocation(line), headerLength);
  if (name === 'refresh') return harmless(redactRefresh(line), headerLength);
  return harmless(line, headerLength);
}

/** Every string of a kept value cleaned and redacted, keys too; numbers that JSON cannot carry become null. */
function cleanJson(value: Json, depth = 0): Json {
  if (typeof value === 'string') return harmless(value, 1000);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'object' || value === null) return value;
  if (depth > 12) return null;
  if (Array.isArray(value)) return value.map((item: Json) => cleanJson(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      harmless(key, 200),
      typeof item === 'string' && isSecretName(key) ? mark : cleanJson(item, depth + 1),
    ]),
  );
}

/** What a JSON text may hold: values, an object or a list counting as eight. A body of 64 KiB never holds more. */
const weightAtMost = 600_000;
const weightOfList = 8;

/** Objects and lists within each other: real servers nest a tenth as deep, and parsing takes V8 40 bytes of malloc for each. */
const depthAtMost = 200;

/** Characters of a text that is parsed whatever it holds. */
const readWhole = 4 * 1024;

const [quote, backslash] = ['"', '\\'].map((character) => character.charCodeAt(0));

/** Goes through the brackets and commas of a JSON text, without those within its strings, until `see` has seen enough. */
function scanJson(text: string, see: (mark: string, at: number) => 'enough' | null): void {
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) quoted = !quoted;
    else if (quoted) {
      if (code === backslash) at += 1;
    } else if (marks.has(code) && see(text.charAt(at), at) === 'enough') return;
  }
}

const marks: ReadonlySet<number> = new Set(['[', ']', '{', '}', ','].map((character) => character.charCodeAt(0)));

/**
 * A JSON text up to where it holds too much: four megabytes of `{},` are a million objects, which take 600 MB and hold
 * everything else up for a second. What real servers list within our caps is never cut.
 */
function affordable(text: string): string {
  if (text.length <= readWhole) return text;
  let weight = 0;
  let depth = 0;
  let end = text.length;
  scanJson(text, (mark, at) => {
    if (mark === ',') weight += 1;
    else if (mark === '[' || mark === '{') {
      weight += weightOfList;
      depth += 1;
    } else depth -= 1;
    if (weight <= weightAtMost && depth <= depthAtMost) return null;
    end = at;
    return 'enough';
  });
  return end < text.length ? text.slice(0, end) : text;
}

/** A JSON text as read: `cut` where something of it is missing. */
interface ParsedJson {
  readonly value: unknown;
  readonly cut: boolean;
}

/**
 * What can be read of a JSON text, or undefined. A text that was cut, by our cap or for what it holds, is closed at the end of
 * its last complete part: a list of a million rows gives the rows that were read.
 */
function parseJson(text: string, truncated: boolean): ParsedJson | undefined {
  const trimmed = text.trim();
  if (!/^[[{]/.test(trimmed)) return undefined;
  const read = affordable(trimmed);
  const cut = read.length < trimmed.length;
  if (!cut) {
    try {
      return { value: JSON.parse(read), cut: truncated };
    } catch {
      if (!truncated) return undefined;
    }
  }
  const part = read.slice(0, endOfComplete(read));
  try {
    return { value: JSON.parse(part + closingsOf(part)), cut: true };
  } catch {
    return undefined;
  }
}

/**
 * Where the last complete part of a JSON text ends: an object, or an element of a list. A list within an element of another one
 * does not count: what comes after it in that element may be what the element is known by.
 */
function endOfComplete(text: string): number {
  const open: string[] = [];
  let end = 0;
  let lists = 0;
  scanJson(text, (mark, at) => {
    if (mark === '[' || mark === '{') {
      open.push(mark);
      if (mark === '[') lists += 1;
    } else if (mark === ',') {
      if (lists === 1 && open.at(-1) === '[') end = at;
    } else if (open.pop() === '[') lists -= 1;
    else end = at + 1;
    return null;
  });
  return end;
}

/** The brackets that are still to be closed at the end of a JSON text, innermost first. */
function closingsOf(text: string): string {
  const open: string[] = [];
  scanJson(text, (mark) => {
    if (mark === '[') open.push(']');
    else if (mark === '{') open.push('}');
    else if (mark !== ',') open.pop();
    return null;
  });
  return open.reverse().join('');
}

const text = z.string().optional().catch(undefined);
const cause = z
  .object({ type: text, reason: text, index: text, 'resource.id': text })
  .partial()
  .optional()
  .catch(undefined);

/** Error envelopes: Elasticsearch and OpenSearch since 2.x (object) and before (string), Kibana's, AWS's, others'. */
const envelope = z
  .object({
    error: z
      .union([
        z.string(),
        z.object({
          type: text,
          reason: text,
          index: text,
          'resource.id': text,
          root_cause: z.array(cause).optional().catch(undefined),
        }),
      ])
      .optional()
      .catch(undefined),
    status: z.union([z.number(), z.string()]).optional().catch(undefined),
    statusCode: z.union([z.number(), z.string()]).optional().catch(undefined),
    message: text,
    Message: text,
  })
  .partial();

function short(value: string | undefined, max: number): string | null {
  return value === undefined ? null : harmless(value, max);
}

function headOf(raw: string, max: number): string {
  return max === 0 ? '' : harmless(raw, max);
}

/** Characters kept of a text that is not a page: the errors of products and proxies are shorter. */
const plainText = 300;

/**
 * The parts of a page that a reading looks for, in their order. What begins with none of them begins with `…`, so that
 * nothing is taken for the first words of the page that is not.
 */
function marksOf(head: string, raw: string): string {
  const found: { readonly index: number; readonly words: string }[] = [];
  const look = (marks: readonly RegExp[], text: string): void => {
    for (const mark of marks) {
      const match = mark.exec(text);
      // A mark that only looks ahead has no words, and says nothing about where the page begins.
      if (match !== null && match[0] !== '') found.push({ index: match.index, words: match[0] });
    }
  };
  look(pageMarks, head);
  if (head !== '')
    look(
      visitorMarks.filter((mark) => !mark.test(head)),
      raw.slice(0, pageRead),
    );
  // The data that a page passes to its own script comes after styles and scripts.
  if (head !== '' && raw.includes('-injected-metadata')) look(deepMarks, raw);
  found.sort((a, b) => a.index - b.index || b.words.length - a.words.length);
  const words = found.map((mark) => mark.words).join(' … ');
  return (found[0]?.index ?? 0) > 0 ? `… ${words}` : words;
}

/** Characters of a page in which its title is looked for, and what it wants of its visitor. */
const pageRead = 64 * 1024;

function keepError(body: unknown, raw: string, textLength: number): KeptBody {
  const keys =
    typeof body === 'object' && body !== null && !Array.isArray(body)
      ? Object.keys(body)
          .slice(0, 1000)
          .sort()
          .slice(0, 20)
          .map((key) => harmless(key, 60))
      : [];
  if (quotesDocuments(raw))
    return { kind: 'error', type: null, reason: null, resource: null, status: null, keys, text: '' };
  const parsed = envelope.safeParse(body);
  const parts = parsed.success ? parsed.data : {};
  const error = parts.error;
  const status = parts.status ?? parts.statusCode;
  const nested = typeof error === 'object' ? error : undefined;
  const root = nested?.root_cause?.[0];
  const type = short(
    nested?.type ?? root?.type ?? (parts.statusCode !== undefined && typeof error === 'string' ? error : undefined),
    120,
  );
  const said =
    nested?.reason ??
    root?.reason ??
    (parts.statusCode !== undefined ? parts.message : undefined) ??
    (typeof error === 'string' ? error : undefined) ??
    parts.message ??
    parts.Message;
  const resource = nested?.index ?? nested?.['resource.id'] ?? root?.index ?? root?.['resource.id'];
  return {
    kind: 'error',
    type,
    reason: short(said, 600),
    resource: short(resource, 300),
    status: typeof status === 'string' ? harmless(status, 40) : (status ?? null),
    keys,
    text: nested?.type === undefined ? headOf(unescaped(raw.slice(0, 40_000)), textLength === 0 ? 0 : plainText) : '',
  };
}

function keepText(raw: string, contentType: string, length: number): KeptBody {
  const html = /\bhtml\b/i.test(contentType) || /^\s*(?:<!doctype html|<html|<head|<body|<script|<div)/i.test(raw);
  if (quotesDocuments(raw)) return { kind: 'text', text: '', title: null, html };
  const title = html ? /<title[^>]*>([^<]{0,5000})/i.exec(raw.slice(0, pageRead))?.[1] : undefined;
  const head = headOf(raw, length);
  // A page, or a script of settings. What is called HTML and holds no tag is the bare words of an error.
  const marked = (html && raw.includes('<')) || kibana3Settings.test(head);
  return {
    kind: 'text',
    text: marked ? marksOf(head, raw) : harmless(head, plainText),
    title: title === undefined ? null : harmless(title, 120),
    html,
  };
}

/** What the client read of an answer, before anything was kept or thrown away. */
export interface RawAnswer {
  readonly status: number;
  /** Names in any case, one string per header line. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** The unpacked body, up to the question's cap. */
  readonly body: Uint8Array;
  /** True when the body was longer than the cap. */
  readonly truncated: boolean;
}

/**
 * The part of an answer that is kept: redaction, minimisation and size in one place. The body is parsed once; what the
 * question hopes for is stripped to the fields it names, an error envelope to its parts, any other text to its head. Every
 * string is cleaned of control characters and of secrets. Never throws, whatever the target sent. In V8 its texts may keep all of
 * the body in memory: who keeps it for long takes it from answer-cache.ts, which copies it.
 *
 * @param known what is kept of its headers, and the hash of its body, where that was found out already
 */
export function keepAnswer(
  question: Question,
  raw: RawAnswer,
  known: { readonly headers?: Answer['headers']; readonly sha256?: string } = {},
): Answer {
  const { headers = keepHeaders(question, raw.headers), sha256 = bodyHash(raw.body) } = known;
  const { body, cut } = keepBody(question, raw, headers['content-type']?.[0] ?? '');
  return {
    kind: 'answer',
    status: raw.status,
    headers,
    body,
    bytes: raw.body.byteLength,
    truncated: raw.truncated || cut,
    sha256,
  };
}

/** SHA-256 (hex) of the bytes of a body; '' for an empty one. */
export function bodyHash(body: Uint8Array): string {
  return body.byteLength === 0 ? '' : hash('sha256', body, 'hex');
}

const utf8 = new TextDecoder();

interface Kept {
  readonly body: KeptBody;
  /** Whether a part of the body was not read. */
  readonly cut: boolean;
}

function keepBody(question: Question, raw: RawAnswer, contentType: string): Kept {
  const decoded = utf8.decode(raw.body);
  if (question.method === 'HEAD' || decoded.trim() === '') return { body: { kind: 'none' }, cut: false };
  const parsed = parseJson(decoded, raw.truncated);
  if (parsed === undefined) return { body: keepText(decoded, contentType, question.keep.text), cut: false };
  const { value, cut } = parsed;
  try {
    const hoped = question.keep.json?.(value, cut) ?? null;
    if (hoped !== null) return { body: { kind: 'json', value: cleanJson(hoped) }, cut };
    return { body: keepError(value, decoded, question.keep.text), cut };
  } catch {
    // a body so deep or odd that reading it failed: its head is all that is kept
    return { body: keepText(decoded, contentType, question.keep.text), cut };
  }
}
