// The lines of a journal in short form.
import { isDeepStrictEqual } from 'node:util';
import type { Scheme } from '../model/endpoint.js';
import { failures } from '../model/exchange.js';
import type {
  Answer,
  CertificateDetails,
  Cut,
  EndpointRecord,
  Exchange,
  Failure,
  FailureName,
  KeptBody,
  TlsFacts,
} from '../model/exchange.js';
import type { Json } from '../model/json.js';

/** What the lines of a segment leave out because its header says it once. */
export interface Tables {
  /** Instant (milliseconds since the epoch) that times in the lines count from. */
  readonly epoch: number;
  /** The catalogue's questions: id, method, path. A line names a question by its position. */
  readonly questions: readonly (readonly [id: string, method: 'GET' | 'HEAD', path: string])[];
  /** Ids of the targets. A line names them by their positions. */
  readonly targets: readonly string[];
}

/** What the journal holds of an endpoint beside its record. */
export interface Journalled {
  readonly record: EndpointRecord;
  /** All addresses of the place, where it has several: each gets a line of its own. */
  readonly addresses: readonly string[] | null;
  /** The earlier line that this one replaces. */
  readonly replaces: LineRef | null;
  /** How many surveys of this endpoint this one ends. */
  readonly tries: number;
}

/** A line of the journal: number of the segment, and of the line in it (the header is line 0). */
export interface LineRef {
  readonly segment: number;
  readonly line: number;
}

/** An endpoint's line: positions instead of keys, times as differences, everything usual left out (docs/run-folder.md). */
export type CompactLine = readonly [
  ordinal: number,
  targets: number | readonly number[],
  address: string | null,
  port: number,
  at: number,
  exchanges: readonly CompactExchange[],
  more?: LineMore,
];

interface LineMore {
  /** Host, where it is not the address. */
  readonly h?: string;
  /** Base path, where there is one. */
  readonly b?: string;
  /** Declared scheme, where one is. */
  readonly s?: Scheme;
  /** 1 where it is the transport port that a technique added. */
  readonly p?: 1;
  readonly c?: Cut;
  readonly t?: CompactTls;
  readonly a?: readonly string[];
  readonly r?: readonly [segment: number, line: number];
  readonly n?: number;
  /** Requests whose answers are not in the line. */
  readonly o?: number;
}

type CompactTls = readonly [
  protocol: string,
  cipher: string,
  subject: string,
  /** 0 where it is the subject. */
  issuer: string | 0,
  names: readonly string[],
  notBefore: string,
  notAfter: string,
  sha256: string,
  selfSigned: 0 | 1,
  untrusted: string | null,
  details?: CompactDetails | null,
  /** 1 where the user's client certificate was shown. */
  clientCertificate?: 1,
];

type CompactDetails = readonly [
  serial: string,
  keyType: string,
  keyBits: number | null,
  keySha256: string,
  signature: string,
  chain: number,
  namesHost: 0 | 1,
];

type CompactExchange = readonly [
  question: number,
  tls: 0 | 1,
  outcome: number | FailureName,
  ms: number,
  request: number,
  connection: number,
  at: number,
  more?: ExchangeMore,
];

interface ExchangeMore {
  /** Detail of a failure. */
  readonly d?: string;
  /** Base path, where it is not the endpoint's. */
  readonly b?: string;
  /** Blanks that were filled in. */
  readonly k?: Readonly<Record<string, string>>;
  /** Path as sent, where base path and the question's path do not make it. */
  readonly p?: string;
  readonly h?: Readonly<Record<string, string | readonly string[]>>;
  /** Headers are those of the exchange this many before. */
  readonly H?: number;
  readonly j?: Json;
  readonly e?: readonly [
    type: string | null,
    reason: string | null,
    resource: string | null,
    status: number | string | null,
    keys: readonly string[],
    text: string,
  ];
  readonly t?: readonly [text: string, title: string | null, html: 0 | 1];
  /** Bytes read. */
  readonly n?: number;
  readonly x?: 1;
  /** SHA-256, shortened. */
  readonly s?: string;
}

/** The detail of these says no more than their name and the address; a /8 of silence should not repeat it. */
const plainFailures: ReadonlySet<string> = new Set<FailureName>(['refused', 'connect-timeout']);

/** Largest line of an endpoint, in bytes. */
export const lineCap = 64 * 1024;

/**
 * The line of a finished endpoint, and what will be read from it: live previews are made from that and not from the
 * original, so that they and the record of the run come from the same bytes. A line above {@link lineCap} loses its
 * largest bodies; such an answer is marked truncated, and nothing is concluded from what is missing.
 */
export function fit(journalled: Journalled, tables: Tables): { readonly kept: Journalled; readonly text: string } {
  let line = encode(journalled, tables);
  let text = JSON.stringify(line);
  let { record } = journalled;
  // Each exchange can lose its body and then its headers; what is left after that is small.
  for (let cuts = 0; Buffer.byteLength(text) >= lineCap && cuts < 2 * record.exchanges.length; cuts += 1) {
    const sizes = record.exchanges.map(({ outcome }) => (outcome.kind === 'answer' ? size(outcome) : 0));
    const worst = sizes.indexOf(Math.max(...sizes));
    record = { ...record, exchanges: record.exchanges.map((each, at) => (at === worst ? lighter(each) : each)) };
    line = encode({ ...journalled, record }, tables);
    text = JSON.stringify(line);
  }
  return { kept: decode(line, tables), text };
}

function size(answer: Answer): number {
  return JSON.stringify([answer.headers, answer.body]).length;
}

function lighter(exchange: Exchange): Exchange {
  const { outcome } = exchange;
  if (outcome.kind === 'failure') return exchange;
  const headers = outcome.body.kind === 'none' ? {} : outcome.headers;
  return { ...exchange, outcome: { ...outcome, headers, body: { kind: 'none' }, truncated: true } };
}

/** The compact form of a finished endpoint. */
export function encode({ record, addresses, replaces, tries }: Journalled, tables: Tables): CompactLine {
  const { endpoint } = record;
  const at = Date.parse(record.at);
  const positions = record.targets.map((target) => tables.targets.indexOf(target));
  const [only] = positions;
  const more: LineMore = {
    ...(endpoint.host === endpoint.address ? {} : { h: endpoint.host }),
    ...(endpoint.basePath === '' ? {} : { b: endpoint.basePath }),
    ...(endpoint.scheme === null ? {} : { s: endpoint.scheme }),
    ...(endpoint.transport === undefined ? {} : { p: 1 }),
    ...(record.cut === null ? {} : { c: record.cut }),
    ...(record.tls === null ? {} : { t: encodeTls(record.tls) }),
    ...(addresses === null ? {} : { a: addresses }),
    ...(replaces === null ? {} : { r: [replaces.segment, replaces.line] }),
    ...(tries === 1 ? {} : { n: tries }),
    ...(record.otherRequests === undefined ? {} : { o: record.otherRequests }),
  };
  const head = [
    record.ordinal,
    positions.length === 1 && only !== undefined ? only : positions,
    endpoint.address,
    endpoint.port,
    at - tables.epoch,
    record.exchanges.map((exchange, index) =>
      encodeExchange(exchange, record.exchanges.slice(0, index), record, at, tables),
    ),
  ] as const;
  return isEmpty(more) ? head : [...head, more];
}

function encodeTls(tls: TlsFacts): CompactTls {
  const { protocol, cipher, subject, issuer, names, notBefore, notAfter, sha256, selfSigned, untrusted } = tls;
  const by = issuer === subject ? 0 : issuer;
  const self = selfSigned ? 1 : 0;
  const usual = [
    protocol,
    cipher,
    subject,
    by,
    names,
    notBefore,
    notAfter,
    shortHash(sha256),
    self,
    untrusted,
  ] as const;
  const details = tls.details === null ? null : encodeDetails(tls.details);
  if (tls.clientCertificate) return [...usual, details, 1];
  return details === null ? usual : [...usual, details];
}

function encodeDetails(details: CertificateDetails): CompactDetails {
  const { serial, keyType, keyBits, keySha256, signature, chain, namesHost } = details;
  return [serial, keyType, keyBits, shortHash(keySha256), signature, chain, namesHost ? 1 : 0];
}

function decodeDetails(details: CompactDetails): CertificateDetails {
  const [serial, keyType, keyBits, keySha256, signature, chain, namesHost] = details;
  return { serial, keyType, keyBits, keySha256: longHash(keySha256), signature, chain, namesHost: namesHost === 1 };
}

function decodeTls(tls: CompactTls): TlsFacts {
  const [protocol, cipher, subject, by, names, notBefore, notAfter, sha256, selfSigned, untrusted, details, shown] =
    tls;
  return {
    protocol,
    cipher,
    subject,
    issuer: by === 0 ? subject : by,
    names,
    notBefore,
    notAfter,
    sha256: longHash(sha256),
    selfSigned: selfSigned === 1,
    untrusted,
    details: details === undefined || details === null ? null : decodeDetails(details),
    clientCertificate: shown === 1,
  };
}

/** A SHA-256 as base64url: a third shorter than hex. */
function shortHash(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64url');
}

function longHash(short: string): string {
  return Buffer.from(short, 'base64url').toString('hex');
}

function encodeExchange(
  exchange: Exchange,
  before: readonly Exchange[],
  record: EndpointRecord,
  epoch: number,
  tables: Tables,
): CompactExchange {
  const question = tables.questions.findIndex(([id]) => id === exchange.question);
  const path = tables.questions[question]?.[2];
  if (path === undefined) throw new Error(`the question ${exchange.question} is not in the journal's header`);
  const { outcome } = exchange;
  const more: ExchangeMore = {
    ...(exchange.basePath === record.endpoint.basePath ? {} : { b: exchange.basePath }),
    ...(isEmpty(exchange.blanks) ? {} : { k: exchange.blanks }),
    ...(exchange.path === exchange.basePath + path ? {} : { p: exchange.path }),
    ...(outcome.kind === 'answer' ? encodeAnswer(outcome, before) : encodeDetail(outcome)),
  };
  const head = [
    question,
    exchange.scheme === 'https' ? 1 : 0,
    outcome.kind === 'answer' ? outcome.status : outcome.failure,
    Math.round(exchange.ms),
    exchange.request,
    exchange.connection,
    Date.parse(exchange.at) - epoch,
  ] as const;
  return isEmpty(more) ? head : [...head, more];
}

function encodeDetail(failure: Failure): ExchangeMore {
  return failure.detail === '' || plainFailures.has(failure.failure) ? {} : { d: failure.detail };
}

function encodeAnswer(answer: Answer, before: readonly Exchange[]): ExchangeMore {
  return {
    ...encodeHeaders(answer, before),
    ...encodeBody(answer.body),
    ...(answer.bytes === 0 ? {} : { n: answer.bytes }),
    ...(answer.truncated ? { x: 1 } : {}),
    ...(answer.sha256 === '' ? {} : { s: shortHash(answer.sha256) }),
  };
}

/** A wall sends the same headers to every question: they are kept once. */
function encodeHeaders(answer: Answer, before: readonly Exchange[]): ExchangeMore {
  if (isEmpty(answer.headers)) return {};
  const same = before.findLastIndex(
    ({ outcome }) => outcome.kind === 'answer' && isDeepStrictEqual(outcome.headers, answer.headers),
  );
  if (same !== -1) return { H: before.length - same };
  return {
    h: Object.fromEntries(
      Object.entries(answer.headers).map(([name, values]) => {
        const [only] = values;
        return [name, values.length === 1 && only !== undefined ? only : values];
      }),
    ),
  };
}

function encodeBody(body: KeptBody): ExchangeMore {
  switch (body.kind) {
    case 'none':
      return {};
    case 'json':
      return { j: body.value };
    case 'error':
      return { e: [body.type, body.reason, body.resource, body.status, body.keys, body.text] };
    case 'text':
      return { t: [body.text, body.title, body.html ? 1 : 0] };
  }
}

function isEmpty(object: object): boolean {
  return Object.keys(object).length === 0;
}

/** Is this parsed line an endpoint's? Looks at the shape only: the journal is ours, and SHA256SUMS holds it. */
export function isCompactLine(value: unknown): value is CompactLine {
  return (
    Array.isArray(value) &&
    typeof value[0] === 'number' &&
    (typeof value[1] === 'number' || Array.isArray(value[1])) &&
    (typeof value[2] === 'string' || value[2] === null) &&
    typeof value[3] === 'number' &&
    typeof value[4] === 'number' &&
    Array.isArray(value[5]) &&
    value[5].every(isCompactExchange) &&
    (value[6] === undefined || (typeof value[6] === 'object' && value[6] !== null))
  );
}

function isCompactExchange(value: unknown): value is CompactExchange {
  return (
    Array.isArray(value) &&
    typeof value[0] === 'number' &&
    (value[1] === 0 || value[1] === 1) &&
    (typeof value[2] === 'number' || (typeof value[2] === 'string' && value[2] in failures)) &&
    typeof value[3] === 'number' &&
    typeof value[4] === 'number' &&
    typeof value[5] === 'number' &&
    typeof value[6] === 'number' &&
    (value[7] === undefined || (typeof value[7] === 'object' && value[7] !== null))
  );
}

/** The inverse of {@link encode}. */
export function decode(line: CompactLine, tables: Tables): Journalled {
  const [ordinal, targets, address, port, offset, exchanges, more = {}] = line;
  const at = tables.epoch + offset;
  const endpoint = {
    host: more.h ?? address ?? '',
    address,
    port,
    basePath: more.b ?? '',
    scheme: more.s ?? null,
    ...(more.p !== undefined && { transport: true as const }),
  };
  const decoded: Exchange[] = [];
  for (const each of exchanges) decoded.push(decodeExchange(each, decoded, endpoint.basePath, at, tables));
  return {
    record: {
      ordinal,
      endpoint,
      targets: (typeof targets === 'number' ? [targets] : targets).map((position) => targetAt(position, tables)),
      at: new Date(at).toISOString(),
      exchanges: decoded,
      tls: more.t === undefined ? null : decodeTls(more.t),
      cut: more.c ?? null,
      ...(more.o === undefined ? {} : { otherRequests: more.o }),
    },
    addresses: more.a ?? null,
    replaces: more.r === undefined ? null : { segment: more.r[0], line: more.r[1] },
    tries: more.n ?? 1,
  };
}

function targetAt(position: number, tables: Tables): string {
  const id = tables.targets[position];
  if (id === undefined) throw new Error(`the journal's header has no target ${position}`);
  return id;
}

function decodeExchange(
  line: CompactExchange,
  before: readonly Exchange[],
  endpointBasePath: string,
  epoch: number,
  tables: Tables,
): Exchange {
  const [question, tls, outcome, ms, request, connection, at, more = {}] = line;
  const entry = tables.questions[question];
  if (entry === undefined) throw new Error(`the journal's header has no question ${question}`);
  const [id, method, path] = entry;
  const basePath = more.b ?? endpointBasePath;
  return {
    question: id,
    method,
    path: more.p ?? basePath + path,
    scheme: tls === 1 ? 'https' : 'http',
    basePath,
    blanks: more.k ?? {},
    request,
    connection,
    at: new Date(epoch + at).toISOString(),
    ms,
    outcome:
      typeof outcome === 'string'
        ? { kind: 'failure', failure: outcome, detail: more.d ?? '' }
        : {
            kind: 'answer',
            status: outcome,
            headers: decodeHeaders(more, before),
            body: decodeBody(more),
            bytes: more.n ?? 0,
            truncated: more.x === 1,
            sha256: more.s === undefined ? '' : longHash(more.s),
          },
  };
}

function decodeHeaders(more: ExchangeMore, before: readonly Exchange[]): Answer['headers'] {
  if (more.H !== undefined) {
    const same = before[before.length - more.H]?.outcome;
    return same?.kind === 'answer' ? same.headers : {};
  }
  return Object.fromEntries(
    Object.entries(more.h ?? {}).map(([name, value]) => [name, typeof value === 'string' ? [value] : value]),
  );
}

function decodeBody(more: ExchangeMore): KeptBody {
  if (more.j !== undefined) return { kind: 'json', value: more.j };
  if (more.e !== undefined) {
    const [type, reason, resource, status, keys, text] = more.e;
    return { kind: 'error', type, reason, resource, status, keys, text };
  }
  if (more.t !== undefined) return { kind: 'text', text: more.t[0], title: more.t[1], html: more.t[2] === 1 };
  return { kind: 'none' };
}
