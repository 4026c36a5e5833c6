// Exchanges: a question put to an endpoint and how it ended.
import type { Endpoint, Scheme } from './endpoint.js';
import type { Json } from './json.js';

/** Every way an exchange can end without an answer, by name. */
export const failures = {
  'no-such-name': 'the name has no address',
  'name-lookup-failed': 'the name could not be looked up',
  refused: 'the connection was refused',
  'host-unreachable': 'a router reported that the host or its network cannot be reached',
  'connect-timeout': 'no response while connecting',
  'response-timeout': 'connected, but no response in time',
  'body-timeout': 'a response began, but did not end in time',
  reset: 'the connection was reset',
  'closed-without-answer': 'the connection was closed before any response',
  'cut-short': 'the connection was closed in the middle of a response',
  'tls-not-spoken': 'the port does not speak TLS',
  'tls-version': 'no TLS version in common',
  'tls-client-certificate': 'the server requires a client certificate',
  'tls-name-unknown': 'the server does not know the name asked for (SNI)',
  'tls-no-protocol': 'the server accepts no version of HTTP that was offered over TLS (ALPN)',
  'tls-timeout': 'the TLS handshake did not end in time',
  'tls-failed': 'the TLS handshake failed in another way',
  'tls-version-not-ours': 'our own TLS library cannot speak the version that was to be offered; nothing was sent',
  'not-http': 'the port responded with something that is not HTTP',
  'http2-clear-text': 'the port speaks HTTP/2 without TLS, which leftopen does not speak',
  'bad-http': 'the port responded with malformed HTTP that could not be read',
  'transport-port': "the port is Elasticsearch's or OpenSearch's transport, not HTTP",
  'header-too-large': 'the headers were larger than leftopen reads',
  'body-too-large': 'the unpacked body was larger than leftopen reads',
  'bad-encoding': 'the body could not be unpacked',
  'out-of-scope': 'the address is outside the scope; nothing was sent',
  denied: 'the path is on the deny-list; nothing was sent',
  'budget-spent': "the endpoint's budget of requests is spent; nothing was sent",
  'window-closed': 'the window is closed; nothing was sent',
  interrupted: 'the run was interrupted',
  'left-in-peace': 'it showed signs of overload, so nothing more was sent to it',
  'local-failure': 'our own machine failed (no descriptor, no route, no resolver)',
} as const satisfies Record<string, string>;

/** A named failure of an exchange. */
export type FailureName = keyof typeof failures;

/** Failures of something that spoke HTTP, in a way that could not be read: what is there is not known. */
export const unreadableHttp: ReadonlySet<FailureName> = new Set([
  'bad-http',
  'header-too-large',
  'body-too-large',
  'bad-encoding',
  'cut-short',
  'body-timeout',
]);

/** Failures in which nothing spoke. After any other one something is there, whatever it speaks. */
export const silences: ReadonlySet<FailureName> = new Set([
  'no-such-name',
  'refused',
  'host-unreachable',
  'connect-timeout',
  'response-timeout',
  'tls-timeout',
]);

/** Failures by which something that answered before shows that it answers no longer. */
export const endings: ReadonlySet<FailureName> = new Set([
  'refused',
  'host-unreachable',
  'connect-timeout',
  'response-timeout',
  'body-timeout',
  'reset',
  'closed-without-answer',
  'cut-short',
]);

/** The protocol that the detail of a `not-http` names; null where the first bytes name none. */
export function spokenProtocol(detail: string): string | null {
  return /^speaks ([A-Za-z0-9 ()/.]{1,30}): /.exec(detail)?.[1] ?? null;
}

/** The part of a body that is kept. Every string in it is cleaned of control characters and secrets. */
export type KeptBody =
  | { readonly kind: 'none' }
  /** The shape the question hoped for, minimised by its `keep.json`. */
  | { readonly kind: 'json'; readonly value: Json }
  /** JSON of another shape; where it is an error envelope of one of the products, its parts. */
  | {
      readonly kind: 'error';
      readonly type: string | null;
      readonly reason: string | null;
      /** `resource.id` or `index` of the error: the name the server says it looked for. */
      readonly resource: string | null;
      /** `status` or `statusCode` in the body. */
      readonly status: number | string | null;
      /** Top-level keys of the object, sorted, at most 20. */
      readonly keys: readonly string[];
      /** The head of the text, for envelopes of unknown products. */
      readonly text: string;
    }
  | { readonly kind: 'text'; readonly text: string; readonly title: string | null; readonly html: boolean };

/** An HTTP answer. */
export interface Answer {
  readonly kind: 'answer';
  readonly status: number;
  /** Kept headers, names in lower case, one string per header line. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: KeptBody;
  /** Bytes of the decoded body that were read. */
  readonly bytes: number;
  /** True when the body was longer than the question's cap. */
  readonly truncated: boolean;
  /** SHA-256 (hex) of the body bytes read, '' for an empty body. */
  readonly sha256: string;
}

/** An exchange that ended without an answer. `detail` is cleaned text, at most 200 characters. */
export interface Failure {
  readonly kind: 'failure';
  readonly failure: FailureName;
  readonly detail: string;
}

/** A question put to an endpoint and how it ended. */
export interface Exchange {
  /** Id of the question. */
  readonly question: string;
  readonly method: 'GET' | 'HEAD';
  /** Path and query as sent, base path included. */
  readonly path: string;
  readonly scheme: Scheme;
  readonly basePath: string;
  readonly blanks: Readonly<Record<string, string>>;
  /** Number of the request in the ledger (0 when nothing was sent), and of its connection. */
  readonly request: number;
  readonly connection: number;
  /** When it began, UTC ISO 8601 with milliseconds. */
  readonly at: string;
  /** Milliseconds it took. */
  readonly ms: number;
  readonly outcome: Answer | Failure;
}

/** What a certificate says beyond names and dates. */
export interface CertificateDetails {
  /** Hexadecimal, as the authority gave it. */
  readonly serial: string;
  /** `rsa`, `ec`, `ed25519` … as OpenSSL calls it; '' where the key could not be read. */
  readonly keyType: string;
  /** Bits of an RSA or DSA modulus or of the field of a curve; null where not known. */
  readonly keyBits: number | null;
  /**
   * SHA-256 (hex) of the public key (SubjectPublicKeyInfo, DER): the same through every renewal that keeps the key. '' where it
   * could not be read.
   */
  readonly keySha256: string;
  /** Object identifier of the algorithm that signed it, e.g. `1.2.840.113549.1.1.11`; '' where it could not be read. */
  readonly signature: string;
  /** Certificates from it up to the last issuer that was sent or is known, itself included; at most 10. */
  readonly chain: number;
  /** Whether it is valid for the host as it was declared, by name or address. */
  readonly namesHost: boolean;
}

/** The peer's certificate and what was agreed in the handshake; looked at, not trusted. */
export interface TlsFacts {
  readonly protocol: string;
  readonly cipher: string;
  readonly subject: string;
  readonly issuer: string;
  /** Subject alternative names, at most 20. */
  readonly names: readonly string[];
  readonly notBefore: string;
  readonly notAfter: string;
  readonly sha256: string;
  readonly selfSigned: boolean;
  /** Why Node would not trust it (`DEPTH_ZERO_SELF_SIGNED_CERT`, …), or null. */
  readonly untrusted: string | null;
  /** null in a journal that was written before it was kept. */
  readonly details: CertificateDetails | null;
  /** Whether the server asked for a client certificate and was shown the user's: what it answers is for its holders. */
  readonly clientCertificate: boolean;
}

/** Why a survey ended before its end; null when it ran to its end. */
export type Cut =
  | 'budget-spent'
  | 'window-closed'
  | 'interrupted'
  | 'left-in-peace'
  | 'local-failure'
  | 'vantage-lost'
  | 'source-blocked'
  | NotAsked;

/** Why an endpoint was not asked at all, though its turn would have come: a resumed run asks it. */
export type NotAsked = 'not-asked-window' | 'not-asked-blackout';

/** Everything the journal holds of one finished endpoint. */
export interface EndpointRecord {
  readonly ordinal: number;
  readonly endpoint: Endpoint;
  readonly targets: readonly string[];
  /** When its survey began, UTC ISO 8601. */
  readonly at: string;
  readonly exchanges: readonly Exchange[];
  readonly tls: TlsFacts | null;
  readonly cut: Cut | null;
  /**
   * Requests whose answers are not among these: of another survey of it in the same run, or of a question that was put once more
   * after a pause or over another connection.
   */
  readonly otherRequests?: number;
}
