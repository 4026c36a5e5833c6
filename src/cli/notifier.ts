// Notifies those that the targets file names of how a run ended.
import type { Declaration } from '../engagement/index.js';
import { listChecks } from '../judge/index.js';
import { languageInUse, languageOf } from '../languages/index.js';
import { messages } from '../messages/index.js';
import { audiencesOf, failureNotice, noticesOf } from '../report/index.js';
import type { Notify } from '../model/notify.js';
import type { AuditResult } from '../run/index.js';
import { complain } from './exit.js';

/** Sends what `notify:` asks for; what cannot be sent is said on standard error, and changes no exit code. */
export interface Notifier {
  ended(result: Pick<AuditResult, 'head' | 'findings' | 'endpoints' | 'history'>): Promise<void>;
  /** The audit could not be made, or ended by an error. */
  failed(): Promise<void>;
}

/** null where the targets file names no recipient. */
export function notifierOf({ notify, owners, engagement }: Declaration): Notifier | null {
  if (notify.length === 0) return null;
  const contacts = new Map(
    [...owners.values()].flatMap(({ name, contact }) =>
      contact === null || contact.email === null ? [] : [[name, contact.email] as const],
    ),
  );
  const titles = new Map(listChecks().map(({ id, about }) => [id, about.replace(/\.$/, '')]));
  return {
    ended: async (result) => {
      const texts = languageOf(result.head.run.language).report;
      await send(await noticesOf(result, audiencesOf(notify, contacts), titles, texts), contacts);
    },
    failed: () => notifyFailure(notify, engagement.id),
  };
}

/** Says that an audit could not be made: nothing is known of the endpoints then. */
export async function notifyFailure(notify: readonly Notify[], engagement: string): Promise<void> {
  const notice = failureNotice(engagement, new Date().toISOString(), languageInUse().report);
  // An owner hears of its own endpoints alone, of which nothing is known.
  const whole = notify.filter(({ to }) => to.kind === 'webhook' || to.to !== 'owners');
  const contacts = new Map<string, string>();
  await send(
    audiencesOf(whole, contacts).map((audience) => ({ audience, notice })),
    contacts,
  );
}

async function send(
  notices: Awaited<ReturnType<typeof noticesOf>>,
  contacts: ReadonlyMap<string, string>,
): Promise<void> {
  if (notices.every(({ notice }) => notice === null)) return;
  // Loaded late: most runs have nothing to tell.
  const { deliver } = await import('../sink/notify.js');
  const deliveries = await deliver(notices, process.env, contacts);
  for (const text of new Set(deliveries.flatMap(({ failure }) => failure ?? [])))
    complain(messages().sending.notification.notDelivered(text));
}
