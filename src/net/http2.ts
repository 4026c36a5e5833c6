// Speaks HTTP/2 over this client's own connections, behind the interface by which undici's Client is used for HTTP/1.1.
import { connect as openSession, constants, type ClientHttp2Session, type ClientHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import type { Dispatcher } from 'undici';
import { NamedFailure } from './failure.js';

/** What sends requests and gives back answers, over whichever version of HTTP. undici's Client is one. */
export interface Speaker {
  dispatch(
    options: { path: string; method: 'GET' | 'HEAD'; headers: string[]; reset?: boolean },
    handler: Dispatcher.DispatchHandler,
  ): boolean;
  /** Ends everything; what is under way ends with this error. */
  destroy(error: Error): Promise<void>;
}

/** Makes a connection, and calls back once, later than it returns. */
export type Connect = (done: (...made: [null, Socket] | [Error, null]) => void) => void;

/** Memory that a session may hold, in megabytes: header blocks, frames that wait. */
const maxSessionMemory = 2;

/** Header fields of one answer. */
const maxFields = 500;

/** Resets by which either side says that the other broke the rules (RFC 9113, 7). */
const brokenRules: ReadonlySet<number> = new Set([
  constants.NGHTTP2_PROTOCOL_ERROR,
  constants.NGHTTP2_FLOW_CONTROL_ERROR,
  constants.NGHTTP2_FRAME_SIZE_ERROR,
  constants.NGHTTP2_COMPRESSION_ERROR,
  constants.NGHTTP2_HTTP_1_1_REQUIRED,
]);

/**
 * One session at a time, and one request at a time on it. Anything but a complete answer ends the session.
 *
 * @param maxHeaderBytes bytes of header fields read of one answer
 */
export function http2Speaker(origin: URL, connect: Connect, maxHeaderBytes: number): Speaker {
  let session: ClientHttp2Session | null = null;
  let held: Socket | null = null;
  let cancel: ((error: Error) => void) | null = null;

  /** Of a session that the server ends (GOAWAY, as after its most requests) the socket is only half closed, and would stay. */
  function drop(): void {
    session?.destroy();
    held?.destroy();
  }

  function begin(socket: Socket): ClientHttp2Session {
    const made = openSession(origin, {
      createConnection: () => socket,
      maxSessionMemory,
      maxHeaderListPairs: maxFields,
      maxReservedRemoteStreams: 0,
      settings: { enablePush: false, maxHeaderListSize: maxHeaderBytes },
    });
    // The stream under way, or the socket, reports it too.
    made.on('error', () => undefined);
    session = made;
    held = socket;
    return made;
  }

  return {
    dispatch(options, handler) {
      let over = false;
      let stream: ClientHttp2Stream | null = null;

      function fail(error: Error): void {
        if (over) return;
        over = true;
        cancel = null;
        drop();
        handler.onResponseError?.(controller, error);
      }
      cancel = fail;

      const controller: Dispatcher.DispatchController = {
        get aborted() {
          return over;
        },
        get paused() {
          return stream?.isPaused() ?? false;
        },
        reason: null,
        abort() {
          over = true;
          cancel = null;
          drop();
        },
        pause: () => void stream?.pause(),
        resume: () => void stream?.resume(),
      };

      function send(through: ClientHttp2Session): void {
        handler.onRequestStart?.(controller, {});
        if (over) return;
        stream = through.request(
          {
            ':method': options.method,
            ':path': options.path,
            ':scheme': origin.protocol.slice(0, -1),
            ':authority': origin.host,
            ...pairsOf(options.headers),
          },
          { endStream: true },
        );
        receive(stream);
      }

      function receive(from: ClientHttp2Stream): void {
        let answered = false;
        let problem: Error | null = null;
        from.on('response', (headers, _flags, raw?: unknown) => {
          if (over) return;
          answered = true;
          const fields = fieldsOf(raw);
          if (sizeOf(fields) > maxHeaderBytes) fail(new NamedFailure('header-too-large', ''));
          else handler.onResponseStart?.(controller, Number(headers[':status']), fields);
        });
        from.on('data', (chunk: Buffer) => {
          if (!over) handler.onResponseData?.(controller, chunk);
        });
        from.on('error', (error: Error) => (problem = error));
        from.on('close', () => {
          if (over) return;
          const code = from.rstCode;
          if (!answered || code !== constants.NGHTTP2_NO_ERROR || !from.readableEnded) {
            fail(failureOf(code, answered, problem));
            return;
          }
          over = true;
          cancel = null;
          if (options.reset === true) drop();
          handler.onResponseEnd?.(controller, {});
        });
      }

      if (session !== null && !session.closed && !session.destroyed) send(session);
      else {
        drop();
        connect((error, socket) => {
          if (over) socket?.destroy();
          else if (error !== null) fail(error);
          else send(begin(socket));
        });
      }
      return true;
    },
    destroy(error) {
      cancel?.(error);
      drop();
      return Promise.resolve();
    },
  };
}

/** Why a stream closed before its answer was complete. What the socket itself says is looked at before this. */
function failureOf(code: number, answered: boolean, problem: Error | null): NamedFailure {
  const why = problem?.message ?? `the stream was closed with code ${code}`;
  if (answered) return new NamedFailure('cut-short', why);
  if (brokenRules.has(code)) return new NamedFailure('bad-http', `HTTP/2: ${why}`);
  return new NamedFailure('closed-without-answer', why);
}

/** Names and values in turn as an object; no header of a question comes twice. */
function pairsOf(list: readonly string[]): Record<string, string> {
  const pairs: Record<string, string> = {};
  for (let at = 0; at + 1 < list.length; at += 2) pairs[list[at] ?? ''] = list[at + 1] ?? '';
  return pairs;
}

/** The lines of each header field, without the pseudo-header fields. */
function fieldsOf(raw: unknown): Record<string, string[]> {
  const fields = new Map<string, string[]>();
  const list: readonly unknown[] = Array.isArray(raw) ? raw : [];
  for (let at = 0; at + 1 < list.length; at += 2) {
    const name = String(list[at]).toLowerCase();
    if (name.startsWith(':')) continue;
    const lines = fields.get(name) ?? [];
    lines.push(String(list[at + 1]));
    fields.set(name, lines);
  }
  return Object.fromEntries(fields);
}

function sizeOf(fields: Readonly<Record<string, readonly string[]>>): number {
  return Object.entries(fields).reduce(
    (sum, [name, lines]) => lines.reduce((total, line) => total + name.length + line.length, sum),
    0,
  );
}
