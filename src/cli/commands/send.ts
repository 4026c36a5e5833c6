// `leftopen send`: a run into the user's own Elasticsearch.
import { totalOf } from '../../model/severity.js';
import type { RedactionLevel } from '../../model/finding.js';
import { messages } from '../../messages/index.js';
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
import { complain, Refusal } from '../exit.js';
import { stopSignal } from '../signals.js';

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

/** Sends the record of a run. 0 when the cluster has all of it, 3 when it refused some or could not be reached. */
export async function send(options: SendCommandOptions): Promise<number> {
  const url = destinationUrl(options.to);
  const { namespace } = options;
  if (!/^[a-z0-9_.]{1,100}$/.test(namespace)) {
    throw new Refusal(messages().sending.namespace(namespace));
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
      complain(messages().sending.warning(text));
    },
  );
  const signal = stopSignal(() => {
    complain(messages().sending.stopping);
  });
  try {
    const destination = await connect(url, credentials, options.ca);
    const open = await openHere(record, destination, url);
    if (open !== null && options.evenIfOpen !== true) {
      throw new Refusal(messages().sending.cluster.foundOpen(url.origin, open));
    }
    if (options.setup === true) {
      await setUp(
        destination,
        url,
        namespace,
        (what) => {
          complain(messages().sending.setup.done(what));
        },
        (what) => {
          complain(messages().sending.setup.missing(what));
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
          complain(messages().sending.waiting(why, Math.round(wait / 1000)));
        },
        onProgress: ({ created, already, refused }) => {
          if (options.quiet === true) return;
          const handled = created + already + [...refused.values()].reduce((sum, each) => sum + each, 0);
          complain(messages().sending.progress(handled, total));
        },
      });
    };
    const sent =
      options.redact === undefined
        ? await deliver(record)
        : await withRedactedRecord(record.folder, { level: options.redact, stop: () => signal.aborted }, deliver);
    const words = messages().sending;
    const lines = [
      words.sent(record.folder, url.origin, destination.version, sent.created, sent.already),
      ...[...sent.refused].map(([why, documents]) => words.refused(documents, why)),
      ...(sent.refused.size > 0 ? [words.runNotSent] : []),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
    return sent.refused.size === 0 ? 0 : 3;
  } catch (error) {
    if (signal.aborted) return 130;
    if (!(error instanceof SendFailure)) throw error;
    complain(error.message);
    return 3;
  }
}
