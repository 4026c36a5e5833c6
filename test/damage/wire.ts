/** What goes over the wire between a survey and a server, as far as something on the way can change it. */
import type { FailureName } from '../../src/model/exchange.js';

/** A request as it reaches the server, or what is in front of it. */
export interface Request {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  /** False where the `Accept: application/json` of the request was lost. */
  readonly wantsJson: boolean;
}

/** Name and value of a header, as sent. */
export type Header = readonly [name: string, value: string];

/** What something on the way answered instead of the server. `login` and `denial` are those that name who denies. */
export type Instead = 'login' | 'denial' | 'bare-denial' | 'challenge' | 'throttle' | 'page';

/** An answer on the wire. */
export interface Reply {
  readonly kind: 'answer';
  readonly status: number;
  readonly headers: readonly Header[];
  /** The body as sent: packed where a header says so. */
  readonly body: Buffer;
  /** True when the connection ended before the body did. */
  readonly cut?: boolean;
  readonly instead?: Instead;
}

/** An exchange that ended without an answer. */
export interface NoReply {
  readonly kind: 'failure';
  readonly failure: FailureName;
}

/** Anything that answers requests: a server, or a server with something in front of it. */
export type Server = (request: Request) => Reply | NoReply;

/** Path and decoded parameters of a request. */
export interface Parts {
  readonly path: string;
  readonly query: readonly (readonly [name: string, value: string])[];
}

/** Splits a request target. What is not correctly percent-encoded stays as it is. */
export function partsOf(target: string): Parts {
  const [path, query] = splitOnce(target, '?');
  const parameters = query.split('&').filter((part) => part !== '');
  return {
    path,
    query: parameters.map((part) => {
      const [name, value] = splitOnce(part, '=');
      return [decoded(name), decoded(value)] as const;
    }),
  };
}

/** Puts a target together again, with the commas and stars that the questions leave bare. */
export function targetOf({ path, query }: Parts): string {
  if (query.length === 0) return path;
  const bare = (text: string) => encodeURIComponent(text).replace(/%2C/g, ',').replace(/%3A/g, ':');
  const parameters = query.map(([name, value]) => (value === '' ? bare(name) : `${bare(name)}=${bare(value)}`));
  return `${path}?${parameters.join('&')}`;
}

function splitOnce(text: string, by: string): readonly [string, string] {
  const at = text.indexOf(by);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** A percent-encoded text decoded, or unchanged where that is impossible. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The first value of a header, whatever the case of its name. */
export function headerOf({ headers }: Pick<Reply, 'headers'>, name: string): string | null {
  return headers.find(([known]) => known.toLowerCase() === name)?.[1] ?? null;
}

/** The same answer with another body, and the length that belongs to it. */
export function withBody(reply: Reply, body: string | Buffer): Reply {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  const headers = reply.headers.map(([name, value]): Header => [
    name,
    name.toLowerCase() === 'content-length' ? String(bytes.length) : value,
  ]);
  return { ...reply, headers, body: bytes };
}

/** The JSON of a body; undefined where it is not JSON. */
export function jsonOf({ body }: Pick<Reply, 'body'>): unknown {
  const text = body.toString('utf8').trim();
  if (!/^[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** True for an object that is not a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
