// Notifies people of how a run ended, by webhook or e-mail. What fails is reported and never ends an audit.
import { setTimeout as pause } from 'node:timers/promises';
import { messages } from '../messages/index.js';
import type { MailServer, Notify } from '../model/notify.js';
import type { Audience, Notice } from '../report/index.js';
import { webhookBody } from './message.js';

/** Milliseconds that a recipient has. */
const usualTime = 10_000;

/** How one message went: null for delivered, else why not, in one line without a secret. */
export interface Delivery {
  readonly audience: Audience;
  readonly failure: string | null;
}

/**
 * Sends each notice, one after another, and never throws.
 *
 * @param environment where URLs and passwords are
 * @param contacts e-mail addresses of owners
 * @param within milliseconds that each recipient has
 */
export async function deliver(
  notices: readonly { readonly audience: Audience; readonly notice: Notice | null }[],
  environment: Readonly<Record<string, string | undefined>>,
  contacts: ReadonlyMap<string, string>,
  within = usualTime,
): Promise<readonly Delivery[]> {
  const deliveries: Delivery[] = [];
  // A mail server that took no message is not asked again for each owner.
  const failed = new Map<Notify, string>();
  for (const { audience, notice } of notices) {
    if (notice === null) continue;
    const { entry } = audience;
    const failure =
      failed.get(entry) ??
      (await sendOne(audience, notice, environment, contacts, within).then(
        () => null,
        (error: unknown) => (error instanceof Undelivered ? error.message : messages().sending.notification.notSent),
      ));
    if (failure !== null) failed.set(entry, failure);
    deliveries.push({
      audience,
      failure: failure === null ? null : messages().sending.notification.undelivered(entry.at, nameOf(entry), failure),
    });
  }
  return deliveries;
}

/** Why a message did not arrive, in words that hold no secret. */
class Undelivered extends Error {}

/** A recipient without its secret. */
function nameOf({ to }: Notify) {
  return to.kind === 'webhook' ? { form: to.form, variable: to.urlFrom } : { mailServer: to.smtp.host };
}

function secretIn(environment: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = environment[name]?.trim() ?? '';
  if (value === '') throw new Undelivered(messages().sending.notification.noVariable(name));
  return value;
}

async function sendOne(
  { entry, owners }: Audience,
  notice: Notice,
  environment: Readonly<Record<string, string | undefined>>,
  contacts: ReadonlyMap<string, string>,
  within: number,
): Promise<void> {
  const { to } = entry;
  if (to.kind === 'webhook') {
    await post(secretIn(environment, to.urlFrom), to.urlFrom, webhookBody(to.form, notice), within);
    return;
  }
  const addresses = to.to === 'owners' ? (owners ?? []).flatMap((owner) => contacts.get(owner) ?? []) : to.to;
  if (addresses.length === 0) return;
  const password = to.smtp.passwordFrom === null ? null : secretIn(environment, to.smtp.passwordFrom);
  await mail(to.smtp, password, to.from, addresses, notice, within);
}

async function post(address: string, variable: string, body: object, within: number): Promise<void> {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new Undelivered(messages().sending.notification.noUrl(variable));
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    throw new Undelivered(messages().sending.notification.plainHttp(variable));
  let response: Response;
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'leftopen' },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(within),
    });
  } catch (error) {
    throw new Undelivered(whyOf(error, within));
  }
  // What it says is not read: it may repeat what was sent.
  await response.body?.cancel().catch(() => undefined);
  if (response.status >= 300 && response.status < 400)
    throw new Undelivered(messages().sending.notification.redirected);
  if (!response.ok) throw new Undelivered(messages().sending.notification.status(response.status));
}

/** The code of a failure alone: its text may hold the URL. */
function whyOf(error: unknown, within: number): string {
  if (error instanceof Error && error.name === 'TimeoutError')
    return messages().sending.notification.noResponse(within / 1000);
  const cause = error instanceof Error ? error.cause : undefined;
  return messages().sending.notification.unreached(codeOf(cause) ?? codeOf(error) ?? '');
}

function codeOf(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^[A-Z_0-9]{3,60}$/.test(code) ? code : null;
}

function isLoopback(host: string): boolean {
  const name = host.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  return name === 'localhost' || name === '::1' || /^127(\.\d{1,3}){3}$/.test(name);
}

async function mail(
  server: MailServer,
  password: string | null,
  from: string,
  to: readonly string[],
  { headline, lines }: Notice,
  within: number,
): Promise<void> {
  // Loaded late: few runs send mail.
  const { createTransport } = await import('nodemailer');
  const { host, port, user, authority } = server;
  const transport = createTransport({
    host,
    port,
    secure: port === 465,
    requireTLS: !isLoopback(host),
    ...(user !== null && { auth: { user, pass: password ?? '' } }),
    tls: { minVersion: 'TLSv1.2', ...(authority !== null && { ca: authority }) },
    connectionTimeout: within,
    greetingTimeout: within,
    socketTimeout: within,
    dnsTimeout: within,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const sent = transport.sendMail({
      ...{ from, to: [...to], subject: headline, text: `${lines.join('\n\n')}\n` },
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    // A server that answers each step slowly must not hold the audit either.
    const late = new AbortController();
    const timer = pause(within, undefined, { signal: late.signal, ref: false }).then(() => {
      throw new Undelivered(messages().sending.notification.mailNotTaken(within / 1000));
    });
    try {
      await Promise.race([sent, timer]);
    } finally {
      late.abort();
      timer.catch(() => undefined);
      sent.catch(() => undefined);
    }
  } catch (error) {
    if (error instanceof Undelivered) throw error;
    const status = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
    const code = codeOf(error);
    const why = [status > 0 ? String(status) : '', code ?? ''].filter((part) => part !== '').join(', ');
    throw new Undelivered(messages().sending.notification.mailRefused(why));
  } finally {
    transport.close();
  }
}
