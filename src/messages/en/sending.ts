// What is said in English of sending runs and notifications.
import type { WebhookForm } from '../../model/notify.js';
import { count, counted } from '../../text/words.js';
import { nothingSent } from './words.js';

export const sending = {
  /** `--to`, the cluster that a run is sent to. */
  to: {
    notAUrl: (text: string): string => `--to ${text}: write a URL such as https://siem.example:9200. ${nothingSent}`,
    credentials: `--to holds credentials, which every user of this machine can see: leave them out, and set LEFTOPEN_SEND_API_KEY or name a file with --api-key-file. ${nothingSent}`,
    /** `rest`: query and fragment. */
    tooLong: (address: string, rest: string): string =>
      `--to ${address} is followed by ${rest}: leave that out. ${nothingSent}`,
    plainHttp: (origin: string): string =>
      `--to ${origin}: findings and credentials travel over https only (plain HTTP is for loopback). ${nothingSent}`,
  },
  namespace: (text: string): string =>
    `--namespace ${text}: write lower-case letters, digits, _ or . (a data stream's namespace holds no -)`,
  authority: {
    /** `why`: what the system says. */
    unreadable: (file: string, why: string): string =>
      `--ca ${file} cannot be read: ${why}; name a PEM file. ${nothingSent}`,
    noCertificate: (file: string): string =>
      `--ca ${file} holds no certificate that can be read; name a PEM file. ${nothingSent}`,
  },
  /** What the cluster is entered with, and the files that hold it. */
  credentials: {
    twoKinds: `--api-key-file goes without --user and --password-file: name one of the two. ${nothingSent}`,
    colonInUser: (user: string): string => `--user ${user}: the name of a user holds no colon. ${nothingSent}`,
    notEncoded: `the API key is not in the form that Elasticsearch calls \`encoded\`: letters, digits, +, / and =. ${nothingSent}`,
    noPassword: (user: string): string =>
      `there is no password for ${user}: set LEFTOPEN_SEND_PASSWORD or name a file with --password-file. ${nothingSent}`,
    noUser: `there is a password but no user: name one with --user. ${nothingSent}`,
    notOneLine: (secret: 'api-key' | 'password'): string =>
      `${secret === 'password' ? 'the password' : 'the API key'} holds a line end or a control character: write it on one line. ${nothingSent}`,
    namelessFile: `the name of the file with the secret is empty. ${nothingSent}`,
    unreadable: (file: string): string =>
      `${file} cannot be read: name a file that holds the secret and nothing else. ${nothingSent}`,
    writtenByAll: (file: string): string =>
      `${file} may be written by every user of this machine: chmod o-w ${file}. ${nothingSent}`,
    replacedByAll: (file: string, folder: string): string =>
      `${file} may be replaced by every user of this machine, who can write to ${folder}: chmod o-w ${folder}. ${nothingSent}`,
    tooLarge: (file: string, bytes: number): string =>
      `${file} has ${bytes} bytes: name a file that holds the secret and nothing else. ${nothingSent}`,
    readByAll: (file: string): string =>
      `${file} can be read by every user of this machine; chmod 600 ${file} if it is yours`,
    empty: (file: string): string => `${file} is empty or cannot be read. ${nothingSent}`,
  },
  /** What a cluster is or responds, by its address. */
  cluster: {
    tooOld: (origin: string, version: string): string => `${origin} is Elasticsearch ${version}; 8 or later is needed`,
    unlike: (origin: string): string =>
      `${origin} did not respond as Elasticsearch: is there a proxy or another product at this address?`,
    otherProduct: (origin: string): string =>
      `${origin} is not Elasticsearch, and its official client refuses to talk to it. For OpenSearch, write the \`ecs\` format (leftopen report RUN --format ecs) and hand ecs.ndjson to its bulk API (docs/formats.md)`,
    /** `reason`: the server's own words, here as below. */
    error: (origin: string, status: number, reason: string): string => `${origin} responded with ${status}: ${reason}`,
    noCredentials: (origin: string): string =>
      `${origin} wants credentials (401): set LEFTOPEN_SEND_API_KEY, or name --api-key-file, or --user with --password-file`,
    badCredentials: (origin: string, why: 'expired' | 'revoked' | 'unknown-id' | 'not-encoded' | null): string => {
      const reasons = {
        expired: 'the API key has expired',
        revoked: 'the API key was revoked',
        'unknown-id': 'it knows no API key with this id',
        'not-encoded': 'that is not an API key in the form that Elasticsearch calls `encoded`',
      };
      return `${origin} did not accept the credentials (401): ${why === null ? 'check the API key or password' : reasons[why]}`;
    },
    /** `action`, `on` and `privileges`: as far as the server names them. */
    denied: (
      origin: string,
      {
        action,
        on,
        privileges,
        reason,
      }: {
        readonly action: string | null;
        readonly on: string | null;
        readonly privileges: { readonly ofIndex: boolean; readonly names: readonly string[] } | null;
        readonly reason: string;
      },
    ): string =>
      `${origin} denied ${action === null ? `the request (403: ${reason})` : `${action} (403)`}${on === null ? '' : ` on ${on}`}. ${privileges === null ? '' : `Any of these ${privileges.ofIndex ? 'index' : 'cluster'} privileges allows it: ${privileges.names.join(', ')}. `}docs/siem/README.md lists the privileges that sending needs`,
    /** `says`: what the TLS library says, here as below. */
    otherHost: (origin: string, says: string): string =>
      `${origin} shows a certificate for another host (${says}): name the host in --to as its certificate does`,
    expired: (origin: string): string => `${origin} shows a certificate that has expired: renew it`,
    untrusted: (origin: string, says: string): string =>
      `${origin} shows a certificate that is not trusted here (${says}): name its authority with --ca`,
    unresolved: (origin: string): string => `${origin} could not be reached: the name does not resolve`,
    noTls: (origin: string, host: string): string =>
      `${origin} could not be reached: it does not speak TLS; is it http://${host}?`,
    closed: (origin: string, host: string): string =>
      `${origin} could not be reached: it closed the connection; is it https://${host}?`,
    unreached: (origin: string, says: string): string => `${origin} could not be reached: ${says}`,
    noStream: (origin: string, stream: string): string =>
      `${origin} has no data stream ${stream}: run the same command with --setup once, as a user who may create templates`,
    busy: (origin: string): string => `${origin} is too busy (429)`,
    /** `failure`: one of these messages. */
    givenUp: (failure: string): string => `${failure}; run the command again later: no document is sent twice`,
    blocked: (origin: string, why: string): string =>
      `${origin} accepts no documents (${why}). Often its disk is full: free space, lift the block (PUT logs-leftopen*/_settings {"index.blocks.read_only_allow_delete": null}), and run the command again; no document is sent twice`,
    foundOpen: (origin: string, endpoint: string): string =>
      `${origin} was found open by this run (${endpoint}): anyone could read the findings there. Close it first, or insist with --even-if-open. ${nothingSent}`,
    noStreams: (origin: string): string =>
      `${origin} has no data streams: its Elasticsearch is not the default distribution`,
  },
  /** Why a document was rejected, where the server gives a status alone. */
  status: (status: number): string => `status ${status}`,
  /** `--setup`. */
  setup: {
    done: (what: string): string => `set up: ${what}`,
    missing: (what: string): string => `not set up: ${what}`,
    /** What is set up, by its kind and name. */
    part: (
      kind: 'lifecycle' | 'component' | 'pipeline' | 'template' | 'stream' | 'transform',
      name: string,
    ): string => {
      const kinds = {
        lifecycle: 'lifecycle policy',
        component: 'component template',
        pipeline: 'ingest pipeline',
        template: 'index template',
        stream: 'data stream',
        transform: 'transform',
      };
      return `${kinds[kind]} ${name}`;
    },
    noLifecycle: 'a lifecycle: this server has no index lifecycle management; documents stay until you delete them',
    noTransforms: (transform: string, stream: string): string =>
      `transform ${transform}: this server has no transforms; query ${stream} for the newest run instead`,
    /** What the cluster keeps as the description of each part. */
    descriptions: {
      arrival: 'When a document of leftopen arrived: the transform of what is open now goes by it',
      findingsOnly: 'Lets only findings of leftopen into what is open now',
      documents: 'Findings, endpoints and runs of leftopen; leftopen@custom is yours to add',
      openNow: 'What leftopen reports as open now, with the field types of the findings',
      transform: 'What leftopen reports as open now: the latest document of each finding',
    },
  },
  /** While it goes on, and at its end. */
  warning: (text: string): string => `warning: ${text}`,
  stopping: 'Stopping; what was sent is not sent again by a repeat.',
  waiting: (why: string, seconds: number): string => `${why}; trying again in ${counted(seconds, 'second')}`,
  progress: (handled: number, total: number): string => `${count(handled)} of ${counted(total, 'document')}`,
  sent: (folder: string, origin: string, version: string, created: number, already: number): string =>
    `${folder}: ${counted(created, 'document')} sent to ${origin} (Elasticsearch ${version}), ${counted(already, 'document')} there already.`,
  refused: (documents: number, why: string): string => `Refused: ${counted(documents, 'document')}: ${why}`,
  runNotSent:
    'The document of the run was not sent: it follows when all others are there. Fix the cause and run the command again.',
  /** Why a notification did not arrive. */
  notification: {
    /** `delivery`: {@link undelivered}. */
    notDelivered: (delivery: string): string => `a notification was not delivered: ${delivery}`,
    /** `at`: the place of the entry in the targets file. `failure`: one of those below. */
    undelivered: (
      at: string,
      to: { readonly form: WebhookForm; readonly variable: string } | { readonly mailServer: string },
      failure: string,
    ): string =>
      `${at}: ${'form' in to ? `${to.form} webhook of $${to.variable}` : `e-mail through ${to.mailServer}`}: ${failure}`,
    notSent: 'it could not be sent',
    noVariable: (name: string): string => `the environment variable ${name} is not set`,
    noUrl: (variable: string): string => `${variable} holds no http(s) URL`,
    plainHttp: (variable: string): string => `the URL in ${variable} is plain HTTP, which is for loopback alone`,
    redirected: 'it redirects, and redirects are not followed',
    status: (status: number): string => `it responded with ${status}`,
    noResponse: (seconds: number): string => `no response within ${seconds} s`,
    /** `code`: the system's or the server's, '' for none. */
    unreached: (code: string): string => `it could not be reached${code === '' ? '' : ` (${code})`}`,
    mailNotTaken: (seconds: number): string => `not taken within ${seconds} s`,
    mailRefused: (code: string): string => `the mail server took no message${code === '' ? '' : ` (${code})`}`,
  },
};
