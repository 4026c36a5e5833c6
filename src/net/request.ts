// Sends one question, and says what became of it.
import type { Socket } from 'node:net';
import type { Dispatcher } from 'undici';
import type { Answer, Failure, FailureName } from '../model/exchange.js';
import type { Ask } from '../model/question.js';
import { collect } from './body.js';
import { noteRead } from '../threads/heap.js';
import { elapsed } from './connect.js';
import type { Shared } from './shared.js';
import { NamedFailure, requestFailure } from './failure.js';
import { maxDetail } from './response-reader.js';
import { deadline } from './limits.js';
import { holdBack, type Line } from './line.js';

/** What an exchange came to. */
export interface Sent {
  readonly outcome: Answer | Failure;
  /** Number in the ledger; 0 when the connection failed and nothing was sent. */
  readonly request: number;
  readonly connection: number;
  /** When the request was written, or else when it was tried. */
  readonly at: Date;
  readonly ms: number;
  /**
   * True when a connection that had answered before, or waited for its turn, died before any byte of this answer: worth one
   * more try.
   */
  readonly diedIdle: boolean;
  /** True when a new connection over TLS died unanswered, and the server had not agreed to HTTP/1.1: it may speak HTTP/2 only. */
  readonly diedUnagreed: boolean;
  /** The session that the answer gave, as a `Cookie` line, where the question was to begin one; null otherwise. Never kept. */
  readonly session: string | null;
}

/** Bytes of a body that each connection may hold without asking. */
const ownShare = 64 * 1024;

/** A body that is not much longer than its cap is read to its end and dropped, which saves the connection. */
const drainBytes = 64 * 1024;

/**
 * Bytes that an answer may cost besides its body (headers, interim answers, chunk lengths and extensions, trailers), and how
 * many more for each byte of the body: a chunk of one byte costs six. undici counts only headers, and each block apart.
 */
const maxOverhead = { fixed: 128 * 1024, perByte: 8 };

/** How often the bytes of an answer over HTTP/2 are weighed, in milliseconds. */
const weighEveryMs = 50;

const dropped = new NamedFailure('interrupted', 'no more is read');

/** A failure by name. */
export function failureOf(failure: FailureName, detail = ''): Failure {
  return { kind: 'failure', failure, detail };
}

/**
 * Puts one request on the wire and waits for its end: the answer, kept as the question says, or a named failure. Rejects
 * only for a bug of ours.
 *
 * @param timeoutMs for the complete exchange
 * @param refusal why nothing may be sent, or null; asked again when the connection is made, since that takes time
 * @param cookie the session in which it is asked, or null
 */
export function sendRequest(
  asked: Pick<Ask, 'question' | 'blanks'>,
  path: string,
  line: Line,
  shared: Shared,
  timeoutMs: number,
  refusal: () => Failure | null,
  cookie: string | null = null,
): Promise<Sent> {
  const { catalogue, ledger, now } = shared;
  const { question } = asked;
  const collected = collect(question.cap);
  let controller: Dispatcher.DispatchController | null = null;
  let request = 0;
  let status: number | null = null;
  let headers: Record<string, string[]> = {};
  let bytesBefore = 0;
  let answersBefore = 0;
  let callOff: (() => void) | null = null;
  let until = 0;
  let held = 0;
  /** The body waits for its bytes to be set aside. */
  let waits = false;
  let weighed: Socket | null = null;
  let weighing: NodeJS.Timeout | undefined;
  /** Nothing more is read. */
  let over = false;
  /** What came of it is said. */
  let concluded = false;
  // Until the request is on the wire the connection counts, then the request alone.
  let at = now();
  let start = performance.now();
  line.mayConnect = 1;

  return new Promise((resolve, reject) => {
    shared.interrupts.add(interrupted);
    line.client.dispatch(
      {
        path,
        method: question.method,
        headers: [...shared.headersFor(question), ...(cookie === null ? [] : ['cookie', cookie])],
        ...(line.hangsUp && { reset: true }),
      },
      {
        onRequestStart(started) {
          if (over) {
            started.abort(dropped);
            return;
          }
          controller = started;
          const refused = refusal();
          if (refused !== null) {
            settle(refused);
            return;
          }
          request = shared.nextRequest();
          shared.totals.requests += 1;
          answersBefore = line.connection?.answers ?? 0;
          bytesBefore = line.connection?.socket.bytesRead ?? 0;
          at = now();
          start = performance.now();
          until = start + timeoutMs;
          arm();
          weighed = line.connection?.socket ?? null;
          weighed?.on('readable', weigh);
          // A session of HTTP/2 reads its socket itself.
          if (line.http === 'h2') weighing = setInterval(weigh, weighEveryMs);
        },
        onResponseStart(_, code, fields) {
          // An interim answer (1xx) is followed by the one that counts.
          if (code < 200 || over) return;
          status = code;
          headers = headerLines(fields);
        },
        onResponseData(flow, chunk) {
          if (over) return;
          collected.append(chunk);
          noteRead(chunk.length);
          if (collected.received > question.cap + drainBytes) guarded(finish);
          else if (collected.received > ownShare && held === 0 && !waits && question.cap > ownShare) hold(flow);
        },
        onResponseEnd() {
          controller = null;
          if (!over) guarded(finish);
        },
        onResponseError(_, error) {
          controller = null;
          if (!over) guarded(() => failed(error));
        },
      },
    );

    function interrupted(): void {
      line.attempt?.abandon('interrupted');
      settle(failureOf('interrupted'));
    }

    function arm(): void {
      callOff = deadline(Math.max(1, until - performance.now()), late);
    }

    function late(): void {
      // What was read on only to save the connection is complete enough.
      if (status !== null && collected.truncated()) guarded(finish);
      else if (status !== null) settle(failureOf('body-timeout', `after status ${status}`));
      // Frames of HTTP/2 come of every connection.
      else if (received() > 0 && line.http === 'http/1.1')
        settle(failureOf('body-timeout', `in the headers, after ${received()} bytes`));
      else settle(failureOf('response-timeout'));
    }

    /** Bytes that came since the request was written. */
    function received(): number {
      return (line.connection?.socket.bytesRead ?? 0) - bytesBefore;
    }

    /** Ends an answer that is nearly all wrapping: endless status lines, interim answers or chunk extensions. */
    function weigh(): void {
      if (over) return;
      const arrived = (weighed?.bytesRead ?? 0) - bytesBefore;
      if (arrived - collected.received <= maxOverhead.fixed + maxOverhead.perByte * collected.received) return;
      settle(
        failureOf(status === null ? 'header-too-large' : 'body-too-large', `${arrived} bytes, nearly all wrapping`),
      );
    }

    /** Reads on only when the bytes are set aside; that wait is ours and is not held against the target. */
    function hold(flow: Dispatcher.DispatchController): void {
      const announced = Number(headers['content-length']?.[0]);
      held = (announced > ownShare ? Math.min(question.cap, announced) : question.cap) - ownShare;
      const left = until - performance.now();
      callOff?.();
      const granted = shared.bytes.take(held);
      if (granted === true) {
        arm();
        return;
      }
      const wanted = held;
      held = 0;
      const readOn = holdBack(line, flow);
      waits = true;
      void granted.then(() => {
        waits = false;
        if (over) {
          shared.bytes.give(wanted);
          return;
        }
        held = wanted;
        until = performance.now() + left;
        arm();
        guarded(readOn);
      });
    }

    function failed(error: unknown): void {
      if (collected.truncated()) {
        finish();
        return;
      }
      const bytes = request === 0 ? 0 : received();
      const cause = request === 0 ? error : (line.connection?.error ?? error);
      const { failure, detail } = requestFailure(cause, {
        bytes,
        status,
        wantsCertificate: line.connection?.wantsCertificate ?? false,
      });
      settle(failureOf(failure, catalogue.harmless(detail, maxDetail)));
    }

    /** Its bytes are all here: what it came to is said once they are read, which may take us a while. */
    function finish(): void {
      const ms = elapsed(start);
      release();
      controller?.abort(dropped);
      const answer = {
        status: status ?? 0,
        headers,
        body: collected.bytes(),
        truncated: collected.truncated(),
      };
      const kept = shared.responseReader.read(question, answer, asked.blanks['nonce'] ?? '');
      if (kept instanceof Promise) kept.then((outcome) => conclude(outcome, ms), ourBug);
      else conclude(kept, ms);
    }

    function settle(outcome: Answer | Failure): void {
      if (over) return;
      release();
      conclude(outcome, elapsed(start));
      controller?.abort(dropped);
    }

    function conclude(outcome: Answer | Failure, ms: number): void {
      concluded = true;
      collected.release();
      if (held > 0) shared.bytes.give(held);
      const { connection } = line;
      const failure = outcome.kind === 'failure' ? outcome.failure : null;
      const id = connection?.id ?? line.attempt?.id ?? 0;
      if (failure === null && connection !== null) connection.answers += 1;
      enter(outcome, id, ms);
      const died = failure === 'closed-without-answer' || failure === 'reset';
      const diedIdle = died && (answersBefore > 0 || line.diedWaiting);
      line.hangsUp ||= died && answersBefore > 0;
      resolve({
        outcome,
        request,
        connection: id,
        at,
        ms,
        diedIdle,
        diedUnagreed:
          died && !diedIdle && request > 0 && connection !== null && connection.tls !== null && !connection.agreed,
        session: question.session === 'begins' && outcome.kind === 'answer' ? sessionIn(headers) : null,
      });
    }

    /** The request's line in the ledger: what was sent is there, however it ended. */
    function enter(outcome: Answer | Failure, id: number, ms: number): void {
      if (request > 0) {
        ledger.write({
          kind: 'request',
          request,
          connection: id,
          at: at.toISOString(),
          ms,
          method: question.method,
          url: `${line.origin.origin}${path}`,
          host: line.origin.host,
          sni: line.sni,
          status,
          failure: outcome.kind === 'failure' ? outcome.failure : null,
          bytes: collected.received,
          sha256: outcome.kind === 'answer' ? outcome.sha256 : '',
        });
      }
    }

    function release(): void {
      over = true;
      line.mayConnect = 0;
      // What is left on a connection that is kept is read by the loop that this is called from.
      if (line.connection !== null) line.connection.waits = false;
      weighed?.removeListener('readable', weigh);
      clearInterval(weighing);
      shared.interrupts.delete(interrupted);
      shared.totals.bytes += collected.received;
      callOff?.();
    }

    /** A bug of ours in a callback must not become the target's fault, nor be lost in undici. */
    function guarded(work: () => void): void {
      try {
        work();
      } catch (error) {
        ourBug(error);
      }
    }

    function ourBug(error: unknown): void {
      if (!over) release();
      if (!concluded) {
        concluded = true;
        if (held > 0) shared.bytes.give(held);
        enter(failureOf('local-failure'), line.connection?.id ?? 0, elapsed(start));
      }
      reject(error instanceof Error ? error : new Error(String(error)));
      controller?.abort(dropped);
    }
  });
}

function headerLines(fields: Readonly<Record<string, string | string[] | undefined>>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? [value] : (value ?? [])]),
  );
}

/** Characters of a `Cookie` line: a header of that length every server takes. */
const cookieAtMost = 4096;

/**
 * The sessions that an answer gives, sealed by Kibana or OpenSearch Dashboards (`Fe26.2`, `@hapi/iron`), as a `Cookie` line;
 * null where it gives none. What else an answer sets is never sent back.
 */
function sessionIn(headers: Readonly<Record<string, readonly string[]>>): string | null {
  const pairs = (headers['set-cookie'] ?? []).flatMap(
    (line) => /^[\w-]{1,100}="?Fe26\.2\*[!#-+\--:<-[\]-~]{1,4000}"?(?=;|$)/.exec(line)?.[0] ?? [],
  );
  const cookie = pairs.join('; ');
  return cookie === '' || cookie.length > cookieAtMost ? null : cookie;
}
