// `leftopen send`: a run into the user's own Elasticsearch.
import { totalOf } from '../../model/severity.js';
import type { RedactionLevel } from '../../model/finding.js';
import { findRun, openIntactRecord, withRedactedRecord } from '../../run/index.js';
import {
  checkStreams,
  connect,
  destinationUrl,
  openHere,
  readCredentials,
  send as sendRecord,
  SendFailure,
  type SentRecord,
  setUp,
} from '../../sink/index.js';
import { Refusal } from '../exit.js';
import { stopSignal } from '../signals.js';
import { counted } from '../../text/words.js';

interface SendCommandOptions {
  readonly to: string;
  readonly run?: string;
  readonly out: string;
  readonly namespace: string;
  readonly setup?: true;
  readonly ca?: string;
  readonly user?: string;
  readonly apiKeyFile?: string;
  readonly passwordFile?: string;
  readonly evenIfOpen?: true;
  readonly redact?: RedactionLevel;
  readonly quiet?: true;
}

const say = (text: string): void => void process.stderr.write(`leftopen: ${text}\n`);

/** Sends the record of a run. 0 when the cluster has all of it, 3 when it refused some or could not be reached. */
export async function send(options: SendCommandOptions): Promise<number> {
  const url = destinationUrl(options.to);
  const { namespace } = options;
  if (!/^[a-z0-9_.]{1,100}$/.test(namespace)) {
    throw new Refusal(
      `--namespace ${namespace}: write lower-case letters, digits, _ or . (a data stream's namespace holds no -)`,
    );
  }
  const record = await openIntactRecord((await findRun(options.out, options.run)).folder);
  const credentials = await readCredentials(
    {
      environment: process.env,
      ...(options.apiKeyFile !== undefined && { apiKeyFile: options.apiKeyFile }),
      ...(options.user !== undefined && { username: options.user }),
      ...(options.passwordFile !== undefined && { passwordFile: options.passwordFile }),
    },
    (text) => {
      say(`warning: ${text}`);
    },
  );
  const signal = stopSignal(() => {
    say('Stopping; what was sent is not sent again by a repeat.');
  });
  try {
    const destination = await connect(url, credentials, options.ca);
    const open = await openHere(record, destination, url);
    if (open !== null && options.evenIfOpen !== true) {
      throw new Refusal(
        `${url.origin} was found open by this run (${open}): anyone could read the findings there. Close it first, or insist with --even-if-open. Nothing was sent.`,
      );
    }
    if (options.setup === true) {
      await setUp(
        destination,
        url,
        namespace,
        (what) => {
          say(`set up: ${what}`);
        },
        (what) => {
          say(`not set up: ${what}`);
        },
      );
    }
    await checkStreams(destination, url, namespace);
    const deliver = (sendable: SentRecord) => {
      const { endpoints, findings, accepted } = sendable.head.summary;
      const total = endpoints + totalOf(findings) + accepted + 1;
      return sendRecord(sendable, destination, url, {
        namespace,
        signal,
        onWait: (why, wait) => {
          say(`${why}; trying again in ${counted(Math.round(wait / 1000), 'second')}`);
        },
        onProgress: ({ created, already, refused }) => {
          if (options.quiet === true) return;
          const handled = created + already + [...refused.values()].reduce((sum, each) => sum + each, 0);
          say(`${handled.toLocaleString('en')} of ${counted(total, 'document')}`);
        },
      });
    };
    const sent =
      options.redact === undefined
        ? await deliver(record)
        : await withRedactedRecord(record.folder, { level: options.redact, stop: () => signal.aborted }, deliver);
    process.stdout.write(
      `${record.folder}: ${counted(sent.created, 'document')} sent to ${url.origin} (Elasticsearch ${destination.version}), ${counted(sent.already, 'document')} there already.\n`,
    );
    for (const [why, documents] of sent.refused)
      process.stdout.write(`Refused: ${counted(documents, 'document')}: ${why}\n`);
    if (sent.refused.size > 0)
      process.stdout.write(
        'The document of the run was not sent: it follows when all others are there. Fix the cause and run the command again.\n',
      );
    return sent.refused.size === 0 ? 0 : 3;
  } catch (error) {
    if (signal.aborted) return 130;
    if (!(error instanceof SendFailure)) throw error;
    say(error.message);
    return 3;
  }
}
