// Who is notified of a run, and how, as the targets file declares it.
import type { Severity } from './severity.js';

/** Shapes of a webhook's message. */
export const webhookForms = ['generic', 'slack', 'teams', 'mattermost'] as const;

/** One of {@link webhookForms}. */
export type WebhookForm = (typeof webhookForms)[number];

/** A server that takes e-mail. TLS from the start on port 465, STARTTLS elsewhere; without TLS only on loopback. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly user: string | null;
  /** Name of the environment variable that holds the password. */
  readonly passwordFrom: string | null;
  /** PEM text of an authority of the user's own. */
  readonly authority: string | null;
}

/** Where a notification goes. Its URL, which is a secret, is in the environment variable `urlFrom`. */
export type NotifyTo =
  | { readonly kind: 'webhook'; readonly urlFrom: string; readonly form: WebhookForm }
  /** `to: owners`: a message for each owner with an e-mail address, about its own endpoints. */
  | {
      readonly kind: 'email';
      readonly to: readonly string[] | 'owners';
      readonly from: string;
      readonly smtp: MailServer;
    };

/** An entry of `notify:`. */
export interface Notify {
  readonly to: NotifyTo;
  /** Names of owners whose endpoints it is about; null for all. */
  readonly owners: readonly string[] | null;
  readonly when: 'change' | 'always';
  /** Findings from this severity on. */
  readonly severity: Severity;
  /** `counts`: counts, checks and owners; `full`: endpoints too. */
  readonly detail: 'counts' | 'full';
  /** File and line, for messages. */
  readonly at: string;
}
