// Names the failures of connections and requests.
import { networkInterfaces } from 'node:os';
import ipaddr from 'ipaddr.js';
import type * as undici from 'undici';
import type { Failure, FailureName } from '../model/exchange.js';
import { isHttp2, protocolOf } from './spoken.js';
import { errors } from './undici.js';

/** A failure with a name, on its way through undici. */
export class NamedFailure extends Error {
  readonly failure: FailureName;

  constructor(failure: FailureName, detail: string) {
    super(detail);
    this.failure = failure;
  }
}

/** What is known about an exchange when an error ends it. */
export interface Progress {
  /** Bytes that came from the other side in answer to this request. */
  readonly bytes: number;
  /** The status, once the headers were read. */
  readonly status: number | null;
  /** Whether the server had asked for a client certificate in the handshake. */
  readonly wantsCertificate: boolean;
}

/** Codes that say that our own machine could not, whatever the target is. */
const ownCodes = new Set([
  'EMFILE',
  'ENFILE',
  'ENOBUFS',
  'ENOMEM',
  'EADDRNOTAVAIL',
  'EADDRINUSE',
  'ENETDOWN',
  'EACCES',
  'EPERM',
  'EAFNOSUPPORT',
  'EINVAL',
  'ENETUNREACH',
]);

const closedCodes = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'UND_ERR_SOCKET']);

/** The code of a node, undici or OpenSSL error, or ''. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function failure(name: FailureName, detail: string): Failure {
  return { kind: 'failure', failure: name, detail };
}

/**
 * Names an error of `connect(2)`.
 *
 * @param ours true when the kernel refused at once, without a packet sent: then "no route" is our own trouble
 */
export function connectFailure(error: unknown, ours: boolean): Failure {
  const code = errorCode(error);
  const detail = code === '' ? message(error) : code;
  if ((code === 'EACCES' || code === 'ENETUNREACH') && isBroadcast(error)) {
    return failure('host-unreachable', `${code}: the broadcast address of a network, which no host has`);
  }
  if (code === 'ECONNREFUSED') return failure('refused', detail);
  if (code === 'ECONNRESET' || code === 'ECONNABORTED') return failure('reset', detail);
  if (code === 'ETIMEDOUT') return failure('connect-timeout', detail);
  if (code === 'EHOSTUNREACH' || (code === 'ENETUNREACH' && !ours)) {
    return failure(ours ? 'local-failure' : 'host-unreachable', detail);
  }
  if (code === 'EHOSTDOWN' || code === 'ENONET') return failure('host-unreachable', detail);
  return failure('local-failure', detail);
}

/**
 * Did the connection go to the broadcast address of a network this machine is in? Linux rejects that (ENETUNREACH for TCP,
 * EACCES by older words of connect(2)), which says nothing about this machine: ranges end in one.
 */
function isBroadcast(error: unknown): boolean {
  if (!(error instanceof Error) || !('address' in error) || typeof error.address !== 'string') return false;
  const { address } = error;
  if (address === '255.255.255.255') return true;
  return Object.values(networkInterfaces()).some((own) =>
    own?.some(({ cidr, family }) => family === 'IPv4' && cidr !== null && lastOf(cidr) === address),
  );
}

/** The broadcast address of `192.0.2.9/24`; null for a network without one (RFC 3021). */
function lastOf(cidr: string): string | null {
  return Number(cidr.split('/')[1]) >= 31 ? null : ipaddr.IPv4.broadcastAddressFromCIDR(cidr).toString();
}

/** TLS alerts and OpenSSL reasons by the failure they mean, first match wins. Words as OpenSSL 3.0 to 3.5 print them. */
const tlsReasons: readonly (readonly [RegExp, FailureName])[] = [
  [/unrecognized[ _]name/, 'tls-name-unknown'],
  [/no[ _]application[ _]protocol/, 'tls-no-protocol'],
  [
    /alert[ _]protocol[ _]version|unsupported[ _]protocol|version[ _]too[ _](low|high)|unsupported[ _]ssl[ _]version|no[ _]protocols[ _]available|inappropriate[ _]fallback/,
    'tls-version',
  ],
  [
    /wrong[ _]version[ _]number|packet[ _]length[ _]too[ _]long|http[ _]request|bad[ _]record[ _]type/,
    'tls-not-spoken',
  ],
];

/**
 * Alerts about a certificate. They are a demand for one only from a server that asked for it: then whatever it holds against
 * what we showed, it wants one. Handshake_failure is what TLS 1.2 answers an empty certificate with (RFC 5246, 7.4.6).
 */
const certificateAlert =
  /alert[ _](handshake[ _]failure|bad[ _]certificate|unsupported[ _]certificate|certificate[ _](revoked|expired|unknown|required)|unknown[ _]ca|access[ _]denied|no[ _]certificate)|tlsv13?1?[ _](alert[ _])?(certificate[ _]required|access[ _]denied|unknown[ _]ca)/;

/**
 * Names an error of a TLS handshake.
 *
 * @param progress bytes that came from the server since it began, and whether a CertificateRequest was among them
 */
export function handshakeFailure(error: unknown, progress: Pick<Progress, 'bytes' | 'wantsCertificate'>): Failure {
  const code = errorCode(error);
  const text = `${code} ${message(error)}`.toLowerCase();
  const detail = code === '' ? message(error) : code;
  if (closedCodes.has(code)) {
    if (progress.bytes > 0)
      return failure('tls-failed', `closed by the server after ${progress.bytes} bytes of the handshake`);
    return text.includes('before secure') ? failure('closed-without-answer', detail) : failure('reset', detail);
  }
  for (const [pattern, name] of tlsReasons) if (pattern.test(text)) return failure(name, detail);
  if (progress.wantsCertificate && certificateAlert.test(text)) return failure('tls-client-certificate', detail);
  if (ownCodes.has(code)) return failure('local-failure', detail);
  return failure('tls-failed', detail);
}

/**
 * Names an error of a request on an open connection.
 *
 * @param error what undici gave
 */
export function requestFailure(error: unknown, progress: Progress): Failure {
  if (error instanceof NamedFailure) return failure(error.failure, error.message);
  const code = errorCode(error);
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return failure('header-too-large', '');
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') return cutShort(progress, 'the body is shorter than its length');
  if (error instanceof errors.HTTPParserError) return unparsable(error, progress);
  if (code.startsWith('ERR_SSL_') || code === 'EPROTO') {
    // With TLS 1.3 a server that insists on a client certificate says so after the handshake.
    const named = handshakeFailure(error, { ...progress, bytes: 0 });
    return named.failure === 'tls-not-spoken' ? failure('tls-failed', named.detail) : named;
  }
  if (code === 'ERR_ASSERTION' && progress.bytes > 0) {
    // undici takes a status below 100 as far as its own assertions.
    return failure('bad-http', 'an invalid status');
  }
  if (code === 'UND_ERR_SOCKET' && /^bad (response|upgrade)$/.test(message(error))) {
    // An answer before the question, `100 Continue` or `101 Switching Protocols` that was not asked for.
    return failure('bad-http', `an answer out of turn (${message(error)})`);
  }
  if (closedCodes.has(code)) {
    if (progress.bytes > 0 || progress.status !== null) return cutShort(progress, code);
    return failure(code === 'UND_ERR_SOCKET' ? 'closed-without-answer' : 'reset', code);
  }
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH' || code === 'EHOSTDOWN')
    return failure('host-unreachable', code);
  if (code === 'ETIMEDOUT') return failure('response-timeout', code);
  if (ownCodes.has(code)) return failure('local-failure', code);
  throw error;
}

function cutShort(progress: Progress, why: string): Failure {
  const after = progress.status === null ? 'in the headers' : `after status ${progress.status}`;
  return failure('cut-short', `${after}: ${why}`);
}

/**
 * Names what the parser rejects. It is never set to be lenient: what one server and another read in two ways is how answers
 * are smuggled. What began as HTTP may be anything, an open cluster behind a careless proxy too.
 *
 * @param error its `code` is not set by every undici 7, so the reason is read from the message
 */
function unparsable(error: undici.errors.HTTPParserError, progress: Progress): Failure {
  const reason = /\((.*)\)$/.exec(error.message)?.[1] ?? error.message;
  if (/EOF/.test(reason)) return cutShort(progress, reason);
  if (progress.status !== null) return failure('bad-encoding', `the body's transfer coding is broken: ${reason}`);
  const data = 'data' in error && typeof error.data === 'string' ? error.data : '';
  // Wire guide R.1 (9): "a HTTP port" up to 5.x, "an HTTP port" from 6.x.
  if (/^This is not an? HTTP port/.test(data)) return failure('transport-port', data.slice(0, 40).trim());
  if (/^[\x15\x16]\x03/.test(data)) return failure('not-http', 'a TLS record: the port speaks TLS');
  if (isHttp2(data)) return failure('http2-clear-text', 'a frame of HTTP/2');
  const protocol = protocolOf(data);
  if (protocol !== null) return failure('not-http', `speaks ${protocol}: ${data.slice(0, 4000)}`);
  const name = /^Expected HTTP\//.test(reason) ? 'not-http' : 'bad-http';
  return failure(name, data === '' ? reason : `${reason}: ${data.slice(0, 4000)}`);
}
