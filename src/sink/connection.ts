// The connection to the user's own Elasticsearch. It never talks to a target of an audit.
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Client, errors, Transport } from '@elastic/elasticsearch';
import { z } from 'zod';
import { messages } from '../messages/index.js';
import { storageFailure, UserMistake } from '../store/mistake.js';
import type { Credentials } from './credentials.js';

/** A cluster that findings are sent to. */
export interface Destination {
  readonly client: Client;
  /** e.g. `9.4.3`. */
  readonly version: string;
  readonly major: number;
  readonly clusterUuid: string;
  readonly serverless: boolean;
}

/** What a person does about a failure to reach or enter the cluster: one line, without a secret. */
export class SendFailure extends Error {
  override readonly name = 'SendFailure';
}

const banner = z.looseObject({
  cluster_uuid: z.string().default(''),
  version: z.looseObject({
    number: z.string().regex(/^\d+\.\d+/),
    build_flavor: z.string().default(''),
    distribution: z.string().optional(),
  }),
});

/**
 * Media types that ask a server to speak as one major version (Elastic, "REST API compatibility"). 9.x speaks 9 and 8, 8.x
 * speaks 8 and 7.
 */
function speaking(major: 8 | 9) {
  return {
    jsonContentType: `application/vnd.elasticsearch+json; compatible-with=${major}`,
    ndjsonContentType: `application/vnd.elasticsearch+x-ndjson; compatible-with=${major}`,
    accept: `application/vnd.elasticsearch+json; compatible-with=${major},text/plain`,
  };
}

/** The official client of 9.x speaks 9 alone, which 8.x refuses with 400. */
class SpeakingEight extends Transport {
  constructor(options: ConstructorParameters<typeof Transport>[0]) {
    super({ ...options, vendoredHeaders: speaking(8) });
  }
}

/**
 * The address to send to.
 *
 * @throws UserMistake for anything but an http(s) URL without credentials; plain HTTP is for loopback alone
 */
export function destinationUrl(text: string): URL {
  if (!URL.canParse(text) || !/^https?:\/\//i.test(text)) {
    throw new UserMistake(messages().sending.to.notAUrl(text.replace(/\/\/[^@/]*@/, '//')));
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    throw new UserMistake(messages().sending.to.credentials);
  }
  if (url.search !== '' || url.hash !== '') {
    throw new UserMistake(messages().sending.to.tooLong(`${url.origin}${url.pathname}`, `${url.search}${url.hash}`));
  }
  if (url.protocol === 'http:' && !/^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(url.hostname)) {
    throw new UserMistake(messages().sending.to.plainHttp(url.origin));
  }
  return url;
}

/**
 * Connects, reads the version and speaks it.
 *
 * @throws UserMistake for a CA file that cannot be read; SendFailure for a cluster that cannot be reached, entered or spoken to
 */
export async function connect(url: URL, credentials: Credentials, caFile: string | undefined): Promise<Destination> {
  const ca = caFile === undefined ? undefined : await authority(caFile);
  const options: ConstructorParameters<typeof Client>[0] = {
    node: url.href,
    ...(credentials !== null && { auth: credentials }),
    ...(ca !== undefined && { tls: { ca } }),
    maxRetries: 0,
    requestTimeout: 60_000,
    redaction: { type: 'remove' },
  };
  // Both lines understand 8; what answers says which of them it is.
  const eight = new Client({ ...options, Transport: SpeakingEight });
  const info = banner.safeParse(await readable(url, () => eight.transport.request({ method: 'GET', path: '/' })));
  if (!info.success) {
    throw unlikeElasticsearch(url);
  }
  const { number, build_flavor, distribution } = info.data.version;
  if (distribution !== undefined) throw notElasticsearch(url);
  const major = Number(number.split('.')[0]);
  if (major < 8) throw new SendFailure(messages().sending.cluster.tooOld(url.origin, number));
  const client = major >= 9 ? new Client(options) : eight;
  return {
    client,
    version: number,
    major,
    clusterUuid: info.data.cluster_uuid,
    serverless: build_flavor === 'serverless',
  };
}

async function authority(file: string): Promise<string> {
  try {
    const pem = await readFile(file, 'utf8');
    // The first one; Node ignores a file without one, and would trust nothing.
    new X509Certificate(pem);
    return pem;
  } catch (error) {
    const why = storageFailure(error);
    const words = messages().sending.authority;
    throw new UserMistake(why === null ? words.noCertificate(file) : words.unreadable(file, why));
  }
}

function unlikeElasticsearch(url: URL): SendFailure {
  return new SendFailure(messages().sending.cluster.unlike(url.origin));
}

function notElasticsearch(url: URL): SendFailure {
  return new SendFailure(messages().sending.cluster.otherProduct(url.origin));
}

/** Runs a request; a failure becomes a line that says what to do. */
export async function readable<T>(url: URL, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw failureOf(url, error);
  }
}

/** What a person does about an error of the client; any other error as it is. */
export function failureOf(url: URL, error: unknown): unknown {
  const words = messages().sending.cluster;
  const { origin } = url;
  if (error instanceof errors.ProductNotSupportedError) return notElasticsearch(url);
  if (error instanceof errors.ResponseError) {
    const status = error.statusCode ?? 0;
    if (status === 401) return new SendFailure(notLetIn(origin, error));
    if (status === 403) return new SendFailure(denied(origin, error));
    return new SendFailure(words.error(origin, status, reasonOf(error)));
  }
  if (
    error instanceof errors.ConnectionError ||
    error instanceof errors.TimeoutError ||
    error instanceof errors.NoLivingConnectionsError
  ) {
    const { message } = error;
    if (/altnames/.test(message)) return new SendFailure(words.otherHost(origin, message));
    if (/certificate has expired/.test(message)) return new SendFailure(words.expired(origin));
    if (/certificate|self.signed|issuer/i.test(message)) return new SendFailure(words.untrusted(origin, message));
    return new SendFailure(unreached(url, message));
  }
  // What it responded could not be parsed.
  if (error instanceof z.ZodError || error instanceof errors.DeserializationError) return unlikeElasticsearch(url);
  return error;
}

const errorBody = z.looseObject({
  error: z.union([
    z.string(),
    z
      .looseObject({ type: z.string().default(''), reason: z.string().default('') })
      .transform(({ type, reason }) => `${type}: ${reason}`),
  ]),
});

/** Whether a server is at least of a version, such as 8.12. */
export function isFrom(version: string, major: number, minor: number): boolean {
  const [its = 0, minorOfIt = 0] = version.split('.').map(Number);
  return its > major || (its === major && minorOfIt >= minor);
}

/** The server's own words for an error, cut: it may repeat what was sent. */
export function reasonOf(error: errors.ResponseError, longest = 300): string {
  const body = errorBody.safeParse(error.body);
  return (body.success ? body.data.error : error.message).slice(0, longest);
}

/** Why a connection failed, in the words of a person where they help. */
function unreached(url: URL, message: string): string {
  const words = messages().sending.cluster;
  const { origin, host } = url;
  if (/ENOTFOUND|EAI_AGAIN/.test(message)) return words.unresolved(origin);
  // How OpenSSL reads an answer in clear text.
  if (/wrong version number|packet length too long|EPROTO/i.test(message)) return words.noTls(origin, host);
  // With TLS on, Elasticsearch closes a connection in clear text without a word.
  if (url.protocol === 'http:' && /other side closed|socket hang up|ECONNRESET/i.test(message))
    return words.closed(origin, host);
  return words.unreached(origin, message);
}

const rejection = z.looseObject({
  error: z.looseObject({ additional_unsuccessful_credentials: z.string().default('') }),
});

/** Why an API key is not accepted, by Elasticsearch's words for it (ApiKeyService). The words may contain the id of the key. */
const keyTroubles = [
  [/is expired/, 'expired'],
  [/has been invalidated/, 'revoked'],
  [/unable to find apikey/, 'unknown-id'],
  [/invalid ApiKey value/, 'not-encoded'],
] as const;

/** What a 401 says, and what to do. */
function notLetIn(origin: string, error: errors.ResponseError): string {
  const words = messages().sending.cluster;
  if (/missing authentication credentials/.test(reasonOf(error))) return words.noCredentials(origin);
  const body = rejection.safeParse(error.body);
  const said = body.success ? body.data.error.additional_unsuccessful_credentials : '';
  return words.badCredentials(origin, keyTroubles.find(([pattern]) => pattern.test(said))?.[1] ?? null);
}

/** What a 403 denies, and which privileges would allow it, where the server says so. */
function denied(origin: string, error: errors.ResponseError): string {
  const reason = reasonOf(error, 2000);
  const action = /action \[(\S+)\] is unauthorized/.exec(reason)?.[1] ?? null;
  const on = /\bon indices \[([^\]]{1,200})\]/.exec(reason)?.[1] ?? null;
  const [, kind, names] = /granted by the (cluster|index) privileges \[([\w,]{1,200})\]/.exec(reason) ?? [];
  const privileges = names === undefined ? null : { ofIndex: kind === 'index', names: names.split(',') };
  return messages().sending.cluster.denied(origin, { action, on, privileges, reason: reason.slice(0, 300) });
}
