// Reads recordings, and finds the answer to a request in one.
import { z } from 'zod';
import { products } from '../model/endpoint.js';
import { parsedJson } from '../text/json-line.js';

const truthSchema = z.object({
  state: z.enum(['open', 'guarded', 'undetermined', 'unreachable', 'other-product', 'decoy']),
  product: z.enum(products).nullable(),
  version: z.string().nullable(),
  distribution: z.string().nullable(),
  rung: z.enum(['silent', 'guarded', 'banner', 'metadata', 'documents', 'control']),
  findings: z.array(z.string()),
});

const headSchema = z.object({
  recording: z.literal(1),
  /** Day it was made, UTC. */
  date: z.string(),
  /** Folder name: a product, or what is in front of one. */
  product: z.string(),
  version: z.string(),
  configuration: z.string(),
  /** One sentence on what it shows. */
  shows: z.string(),
  /** Packages the server was started from. */
  coordinates: z.array(z.string()),
  /** Which build ran, where it was not one of our packages … */
  build: z.string().optional(),
  /** … and in what it differs from a shipped one, or its answers from what it sent. */
  differs: z.array(z.string()).optional(),
  scheme: z.enum(['http', 'https']),
  truth: truthSchema,
});

const bytesSchema = {
  /** The body or the raw bytes as UTF-8 text … */
  text: z.string().optional(),
  /** … or in base64 where they are not. */
  base64: z.string().optional(),
};

const wireSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('answer'),
    /** Status line and header lines as they came: order, case and spacing. */
    head: z.array(z.string()).min(1),
    /** How the body was delimited. */
    framing: z.enum(['none', 'length', 'chunked', 'close']),
    /** True when the body went on: only its beginning was kept. */
    cut: z.boolean().optional(),
    ...bytesSchema,
  }),
  /** No HTTP: the bytes that came (perhaps none), and how the connection ended. */
  z.object({ kind: z.literal('bytes'), end: z.enum(['closed', 'reset', 'silent']), ...bytesSchema }),
]);

const exchangeSchema = z.object({
  /** Id of the question; for what no question asks, why it was recorded. */
  question: z.string(),
  method: z.string(),
  /** Path and query; `{nonce}` stands for any name made up for the occasion. */
  path: z.string(),
  /** For `{columns}` and `{fields}` in the path: all that were asked for in their place. */
  chosen: z.array(z.string()).optional(),
  /** True where scripts, styles and pictures were taken out of a page, or its end. */
  shortened: z.boolean().optional(),
  wire: wireSchema,
});

/** What a recording says of the server it was made from. */
export type RecordingHead = z.infer<typeof headSchema>;

/** What came over the wire in answer to one request. */
export type Wire = z.infer<typeof wireSchema>;

/** One recorded exchange. */
export type RecordedExchange = z.infer<typeof exchangeSchema>;

/** A recording: JSON lines, the head first. */
export interface Recording {
  readonly head: RecordingHead;
  readonly exchanges: readonly RecordedExchange[];
}

/** The pseudo-methods under which the answers to the wrong scheme are recorded. */
export const wrongScheme = { tlsToPlain: 'TLS-HELLO', plainToTls: 'PLAIN-GET' } as const;

/** Reads a recording. Throws with the line at fault when it is not one: recordings are our own files. */
export function parseRecording(text: string): Recording {
  const [first, ...rest] = text.split('\n').filter((line) => line !== '');
  if (first === undefined) throw new Error('the recording is empty');
  return {
    head: headSchema.parse(JSON.parse(first)),
    exchanges: rest.map((line, at) => {
      const parsed = exchangeSchema.safeParse(JSON.parse(line));
      if (!parsed.success) throw new Error(`line ${at + 2} of the recording: ${z.prettifyError(parsed.error)}`);
      return parsed.data;
    }),
  };
}

/** Writes a recording in the form that {@link parseRecording} reads. */
export function printRecording(recording: Recording): string {
  return [recording.head, ...recording.exchanges].map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** A request as it arrived: header names in lower case. */
export interface ReplayRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What is sent back, and whether the connection is closed behind it. */
export interface ReplayAnswer {
  readonly bytes: Buffer;
  readonly close: boolean;
}

/** The recorded exchange that answers a request: the very one, else the recording's own answer to unknown paths. */
export function matchExchange(
  recording: Recording,
  request: Pick<ReplayRequest, 'method' | 'path'>,
): { readonly exchange: RecordedExchange; readonly nonces: readonly string[] } | null {
  const { method, path } = request;
  for (const exchange of recording.exchanges) {
    if (exchange.method === method && exchange.path === path) return { exchange, nonces: [] };
  }
  for (const exchange of recording.exchanges) {
    const chosen = exchange.method === method ? chosenBy(exchange.path, path) : null;
    if (chosen !== null) return { exchange: { ...exchange, wire: withOnly(exchange, chosen) }, nonces: [] };
  }
  for (const exchange of recording.exchanges) {
    if (exchange.method !== method || !exchange.path.includes('{nonce}')) continue;
    const found = pathPattern(exchange.path).exec(path);
    if (found) return { exchange, nonces: found.slice(1) };
  }
  const base = basePathOf(recording);
  const below = path.startsWith(`${base}/`) ? path.slice(base.length) : path;
  const unknown = recording.exchanges.find(
    (exchange) => exchange.method === method && exchange.path === `${path === below ? '' : base}${unknownLike(below)}`,
  );
  if (unknown) return { exchange: unknown, nonces: [firstSegment(below).replace(/^_/, '')] };
  if (method !== 'GET') {
    const asGet = matchExchange(recording, { method: 'GET', path });
    return asGet && { ...asGet, exchange: { ...asGet.exchange, wire: withoutBody(asGet.exchange.wire) } };
  }
  return null;
}

/** The base path a recording was made under: the recorder asked `/` below it. '' for none. */
export function basePathOf(recording: Recording): string {
  return recording.exchanges.find(({ question }) => question === 'root')?.path.replace(/\/$/, '') ?? '';
}

/** The recorded unknown path that has the shape of this one: plain name or underscore, one segment or more. */
function unknownLike(path: string): string {
  const segments = (path.split('?')[0] ?? '').split('/').filter((segment) => segment !== '');
  const head = firstSegment(path).startsWith('_') ? '/_{nonce}' : '/{nonce}';
  return [head, ...segments.slice(1, 3).map(() => 'x')].join('/');
}

function firstSegment(path: string): string {
  return (path.split('?')[0] ?? '').split('/').find((segment) => segment !== '') ?? '';
}

function pathPattern(path: string): RegExp {
  const escaped = path.split('{nonce}').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${escaped.join('([^/?&=_][^/?&=]*)')}$`);
}

/** What a request asks for where the recording has `{columns}` or `{fields}`: a recording holds all of them. Null elsewhere. */
function chosenBy(recorded: string, path: string): readonly string[] | null {
  const [before, after] = recorded.split(/\{(?:columns|fields)\}/);
  if (before === undefined || after === undefined || !path.startsWith(before) || !path.endsWith(after)) return null;
  const chosen = path.slice(before.length, path.length - after.length);
  return /[&/?]/.test(chosen) ? null : decodeURIComponent(chosen).split(',');
}

/**
 * A recorded JSON answer with the columns, or the parts of its banner, that were asked for, as the server gives them. One that
 * has not just all of them did not obey (the query was lost on its way, or a cache answered), and stays as it is.
 */
function withOnly({ wire, chosen: all }: RecordedExchange, chosen: readonly string[]): Wire {
  if (wire.kind === 'bytes' || wire.text === undefined) return wire;
  const body = parsedJson(wire.text);
  if (Array.isArray(body))
    return body.length > 0 && body.every((row) => hasJust(row, all))
      ? { ...wire, text: JSON.stringify(body.map((row: unknown) => only(row, chosen))) }
      : wire;
  return hasJust(body, all) ? { ...wire, text: JSON.stringify(only(body, chosen)) } : wire;
}

/** True for an object whose members, to the depth of two, are just those of a list; for any object where there is no list. */
function hasJust(value: unknown, paths: readonly string[] | undefined): boolean {
  const outer = z.looseObject({}).safeParse(value);
  if (!outer.success || paths === undefined) return outer.success;
  const found = Object.entries(outer.data).flatMap(([key, inner]) => {
    const members = z.looseObject({}).safeParse(inner);
    return members.success ? Object.keys(members.data).map((name) => `${key}.${name}`) : [key];
  });
  return found.length === paths.length && found.every((path) => paths.includes(path));
}

/** The members of an object at these paths, in their order; a path has two parts at most. */
function only(value: unknown, paths: readonly string[]): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  const members: Record<string, unknown> = { ...z.looseObject({}).parse(value) };
  for (const path of paths) {
    const [outer = '', inner = ''] = path.split(/\.(.*)/s, 2);
    if (path in members) found[path] = members[path];
    else if (inner !== '' && outer in members)
      found[outer] = { ...z.looseObject({}).catch({}).parse(found[outer]), ...only(members[outer], [inner]) };
  }
  return found;
}

function withoutBody(wire: Wire): Wire {
  return wire.kind === 'bytes' ? wire : { kind: 'answer', head: wire.head, framing: 'none' };
}

/**
 * Answers a request from a recording, header for header. Names made up by the caller and the path are put where the
 * server echoed the recorder's; a body that changed its length by that gets the right `content-length`.
 * Returns null where the recording has nothing to say.
 */
export function replay(recording: Recording, request: ReplayRequest): ReplayAnswer | null {
  const match = matchExchange(recording, request);
  if (!match) return null;
  const opaque = request.headers['x-opaque-id'];
  const fill = (text: string): string =>
    text
      .replaceAll('{path}', request.path)
      .replaceAll('{nonce}', match.nonces[0] ?? '{nonce}')
      .replaceAll(opaquePlaceholder, opaque ?? '');
  const { wire } = match.exchange;
  if (wire.kind === 'bytes' || opaque !== undefined) return printWire(wire, fill);
  return printWire({ ...wire, head: wire.head.filter((line) => !line.includes(opaquePlaceholder)) }, fill);
}

/** Replaces what the server echoed of the `X-Opaque-Id` it was sent. */
export const opaquePlaceholder = '{x-opaque-id}';

/** An answer as bytes on the wire, the placeholders in its head and text filled in. */
export function printWire(wire: Wire, fill: (text: string) => string = (text) => text): ReplayAnswer {
  const body = bodyBytes(wire, fill);
  if (wire.kind === 'bytes') return { bytes: body, close: true };
  // What was cut, and what has no body, keeps the length it said of itself.
  const length = wire.cut === true || wire.framing === 'none' ? null : body.length;
  const head = wire.head.map((line) => {
    const filled = fill(line);
    return length === null ? filled : filled.replace(/^(content-length:\s*)\d+$/i, `$1${length}`);
  });
  const top = Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1');
  const saysClose = head.some((line) => /^connection:\s*close$/i.test(line));
  const framed = wire.framing === 'chunked' ? chunked(body, wire.cut !== true) : body;
  return { bytes: Buffer.concat([top, framed]), close: saysClose || wire.framing === 'close' || wire.cut === true };
}

/** The recorded bytes, with the placeholders of a text filled in. */
export function bodyBytes(wire: Wire, fill: (text: string) => string = (text) => text): Buffer {
  if (wire.base64 !== undefined) return Buffer.from(wire.base64, 'base64');
  return Buffer.from(fill(wire.text ?? ''), 'utf8');
}

function chunked(body: Buffer, ends: boolean): Buffer {
  const size = Buffer.from(`${body.length.toString(16)}\r\n`, 'latin1');
  const parts = body.length === 0 ? [] : [size, body, Buffer.from('\r\n')];
  return Buffer.concat(ends ? [...parts, Buffer.from('0\r\n\r\n')] : parts);
}
