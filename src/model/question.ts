// Questions, and what is kept of their answers.
import type { Product } from './endpoint.js';
import type { Technique } from './engagement.js';
import type { Json } from './json.js';

/** The versions of TLS that are out of use (RFC 8996), as Node names them. */
export const oldTlsVersions = ['TLSv1', 'TLSv1.1'] as const;

/** One of {@link oldTlsVersions}. */
export type OldTlsVersion = (typeof oldTlsVersions)[number];

/** The ids of all questions. Filled in from src/catalogue/questions and src/topics when the registries are generated. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type
export interface QuestionIds {}

/** The id of a question of the catalogue. */
export type QuestionId = keyof QuestionIds;

/** One read-only request that could be put to an endpoint. */
export interface Question {
  /** Kebab-case, unique; the file's name. */
  readonly id: string;
  readonly method: 'GET' | 'HEAD';
  /**
   * Path and query under the base path, starting with '/'. `{index}` (one, or several with commas), `{repository}`, `{view}`,
   * `{source}`, `{provider}`, `{columns}`, `{fields}` and `{nonce}` are filled in, percent-encoded, from the Ask.
   */
  readonly path: string;
  /** The products it is put to; `unknown` where nothing is known yet. */
  readonly askedOf: readonly (Product | 'unknown')[];
  /** Why it is asked, in one sentence that a client can sign. */
  readonly why: string;
  /** What its answer can reveal. */
  readonly reveals: string;
  /** The traces it leaves on the target besides an access-log line; '' for none. Source: wire guide, section S. */
  readonly traces: string;
  /** What it costs the target. */
  readonly cost: 'cheap' | 'moderate' | 'expensive';
  /** The technique that must be allowed for it; null when it is always allowed. */
  readonly technique: Technique | null;
  /** Bytes of the (decoded) body read at most. */
  readonly cap: number;
  /** Extra request headers, besides Accept, User-Agent and X-Opaque-Id. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * For a dashboard's question with a parameter or a header: what its answer would hold if something on the way lost one of
   * them. Cap and redaction are in force then as well.
   */
  readonly ifLost?: string;
  /**
   * `begins`: its answer may give a session, whose cookie the visit keeps in memory alone and sends with what is asked as the
   * guest (see {@link Ask.session}).
   */
  readonly session?: 'begins';
  /**
   * Where it is there, the question is put over a TLS connection of its own that offers this version only and is closed
   * behind it: that the handshake succeeds (the request is sent) proves that the version is offered, that it fails as
   * `tls-version` proves that it is not. Never put over plain HTTP.
   */
  readonly tls?: OldTlsVersion;
  /** True where a server that is well may answer with 500: that does not indicate strain, whatever words it. */
  readonly answers500?: true;
  readonly keep: Keep;
}

/** What is kept of an answer: redaction, minimisation and size in one place. */
export interface Keep {
  /** Response headers kept besides the ones kept of every answer, lower case. */
  readonly headers: readonly string[];
  /**
   * Reads the parsed JSON body and returns the part that is kept, or null when the body is not of the shape this question
   * hopes for (then the generic error envelope or the head of the text is kept instead). `cut` says that the body is longer than
   * what was read: its end is missing. Never throws.
   */
  readonly json: ((body: unknown, cut?: boolean) => Json | null) | null;
  /** Characters of a text (non-JSON) body kept from its beginning. */
  readonly text: number;
}

/** A question with its blanks filled in: what the survey yields. */
export interface Ask {
  readonly question: Question;
  readonly scheme: 'http' | 'https';
  /** The base path to use: the declared one, or one learnt from a redirect within the same endpoint. */
  readonly basePath: string;
  /** Values for the blanks of the question's path. */
  readonly blanks: Readonly<Record<string, string>>;
  /** Where true, a cluster without a master may hold the answer for its own 30 seconds: it is waited for longer than usual. */
  readonly patient?: boolean;
  /** Asked in the session that an earlier question of the same visit began. */
  readonly session?: boolean;
  /** True where it needs a connection of its own: several backends may be behind one address. */
  readonly fresh?: boolean;
}
