// The connection to the user's own Elasticsearch. It never talks to a target of an audit.
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Client, errors, Transport } from '@elastic/elasticsearch';
import { z } from 'zod';
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
    throw new UserMistake(
      `--to ${text.replace(/\/\/[^@/]*@/, '//')}: write a URL such as https://siem.example:9200. Nothing was sent.`,
    );
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') {
    throw new UserMistake(
      '--to holds credentials, which every user of this machine can see: leave them out, and set LEFTOPEN_SEND_API_KEY or name a file with --api-key-file. Nothing was sent.',
    );
  }
  if (url.search !== '' || url.hash !== '') {
    throw new UserMistake(
      `--to ${url.origin}${url.pathname} is followed by ${url.search}${url.hash}: leave that out. Nothing was sent.`,
    );
  }
  if (url.protocol === 'http:' && !/^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(url.hostname)) {
    throw new UserMistake(
      `--to ${url.origin}: findings and credentials travel over https only (plain HTTP is for loopback). Nothing was sent.`,
    );
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
  if (major < 8) throw new SendFailure(`${url.origin} is Elasticsearch ${number}; 8 or later is needed`);
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
    throw new UserMistake(
      `--ca ${file} ${why === null ? 'holds no certificate that can be read' : `cannot be read: ${why}`}; name a PEM file. Nothing was sent.`,
    );
  }
}

function unlikeElasticsearch(url: URL): SendFailure {
  return new SendFailure(
    `${url.origin} did not respond as Elasticsearch: is there a proxy or another product at this address?`,
  );
}

function notElasticsearch(url: URL): SendFailure {
  return new SendFailure(
    `${url.origin} is not Elasticsearch, and its official client refuses to talk to it. For OpenSearch, write the \`ecs\` format ` +
      '(leftopen report RUN --format ecs) and hand ecs.ndjson to its bulk API (docs/formats.md)',
  );
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
  if (error instanceof errors.ProductNotSupportedError) return notElasticsearch(url);
  if (error instanceof errors.ResponseError) {
    const status = error.statusCode ?? 0;
    if (status === 401) return new SendFailure(`${url.origin} ${notLetIn(error)}`);
    if (status === 403) return new SendFailure(`${url.origin} ${denied(error)}`);
    return new SendFailure(`${url.origin} responded with ${status}: ${reasonOf(error)}`);
  }
  if (
    error instanceof errors.ConnectionError ||
    error instanceof errors.TimeoutError ||
    error instanceof errors.NoLivingConnectionsError
  ) {
    const shown = `${url.origin} shows a certificate`;
    if (/altnames/.test(error.message))
      return new SendFailure(
        `${shown} for another host (${error.message}): name the host in --to as its certificate does`,
      );
    if (/certificate has expired/.test(error.message)) return new SendFailure(`${shown} that has expired: renew it`);
    if (/certificate|self.signed|issuer/i.test(error.message))
      return new SendFailure(`${shown} that is not trusted here (${error.message}): name its authority with --ca`);
    return new SendFailure(`${url.origin} could not be reached: ${unreached(url, error.message)}`);
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
  if (/ENOTFOUND|EAI_AGAIN/.test(message)) return 'the name does not resolve';
  // How OpenSSL reads an answer in clear text.
  if (/wrong version number|packet length too long|EPROTO/i.test(message))
    return `it does not speak TLS; is it http://${url.host}?`;
  // With TLS on, Elasticsearch closes a connection in clear text without a word.
  if (url.protocol === 'http:' && /other side closed|socket hang up|ECONNRESET/i.test(message))
    return `it closed the connection; is it https://${url.host}?`;
  return message;
}

const rejection = z.looseObject({
  error: z.looseObject({ additional_unsuccessful_credentials: z.string().default('') }),
});

/** Why an API key is not accepted, by Elasticsearch's words for it (ApiKeyService). The words may contain the id of the key. */
const keyTroubles: readonly (readonly [RegExp, string])[] = [
  [/is expired/, 'the API key has expired'],
  [/has been invalidated/, 'the API key was revoked'],
  [/unable to find apikey/, 'it knows no API key with this id'],
  [/invalid ApiKey value/, 'that is not an API key in the form that Elasticsearch calls `encoded`'],
];

/** What a 401 says, and what to do. */
function notLetIn(error: errors.ResponseError): string {
  if (reasonOf(error).includes('missing authentication credentials'))
    return 'wants credentials (401): set LEFTOPEN_SEND_API_KEY, or name --api-key-file, or --user with --password-file';
  const body = rejection.safeParse(error.body);
  const words = body.success ? body.data.error.additional_unsuccessful_credentials : '';
  const known = keyTroubles.find(([pattern]) => pattern.test(words));
  return `did not accept the credentials (401): ${known?.[1] ?? 'check the API key or password'}`;
}

/** What a 403 denies, and which privileges would allow it, where the server says so. */
function denied(error: errors.ResponseError): string {
  const reason = reasonOf(error, 2000);
  const action = /action \[(\S+)\] is unauthorized/.exec(reason)?.[1];
  const on = /\bon indices \[([^\]]{1,200})\]/.exec(reason)?.[1];
  const [, kind, privileges] = /granted by the (cluster|index) privileges \[([\w,]{1,200})\]/.exec(reason) ?? [];
  const what = action === undefined ? `the request (403: ${reason.slice(0, 300)})` : `${action} (403)`;
  return (
    `denied ${what}${on === undefined ? '' : ` on ${on}`}. ` +
    (kind === undefined || privileges === undefined
      ? ''
      : `Any of these ${kind} privileges allows it: ${privileges.replaceAll(',', ', ')}. `) +
    'docs/siem/README.md lists the privileges that sending needs'
  );
}
