// Reads who is notified of a run.
import { X509Certificate } from 'node:crypto';
import { resolve } from 'node:path';
import { messages } from '../messages/index.js';
import type { Notify, NotifyTo } from '../model/notify.js';
import { readSmallFile, type Path } from './document.js';
import type { Located } from './entry.js';
import { lineOf, type MistakeList, type MistakeText } from './mistake.js';
import type { Owners } from './owner.js';
import type { NotifyPart } from './schema.js';

/** Port on which clients hand mail in, by STARTTLS (RFC 6409). */
const submission = 587;

/**
 * Reads the entries of `notify`. The environment is not looked at: a secret is read when it is needed.
 *
 * @param known names of all owners of the file and of its targets
 */
export async function readNotify(
  parts: readonly Located<NotifyPart>[],
  owners: Owners,
  known: ReadonlySet<string>,
  mistakes: MistakeList,
): Promise<readonly Notify[]> {
  const entries: Notify[] = [];
  for (const { value, folder, spot } of parts) {
    const refuse = (path: Path, said: MistakeText) => mistakes.add(spot(path), said);
    const ownerNamed = (text: string, path: Path): string => {
      const before = mistakes.found.length;
      const { name } = owners.find(text, spot(path));
      if (!known.has(name) && mistakes.found.length === before) refuse(path, messages().targets.notify.unknownOwner);
      return name;
    };
    let to: NotifyTo | null = null;
    if (value.webhook !== undefined)
      to = { kind: 'webhook', urlFrom: value.webhook.urlFrom, form: value.webhook.format ?? 'generic' };
    else if (value.email !== undefined) {
      const { email } = value;
      const { host, port, user, passwordFrom, authority } = email.smtp;
      const path = ['email', 'smtp'];
      if ((user === undefined) !== (passwordFrom === undefined)) refuse(path, messages().targets.notify.halfALogin);
      if (email.to === 'owners' && value.owners !== undefined)
        refuse(['owners'], messages().targets.notify.ownersTwice);
      let pem: string | null = null;
      if (authority !== undefined) {
        const at = [...path, 'authority'];
        pem = await readSmallFile(resolve(folder, authority), mistakes, spot(at), 1_000_000);
        if (pem !== null && !isCertificate(pem)) refuse(at, messages().targets.tls.noCertificate);
      }
      to = {
        kind: 'email',
        to: email.to,
        from: email.from,
        smtp: {
          host: host.text,
          port: port ?? submission,
          user: user ?? null,
          passwordFrom: passwordFrom ?? null,
          authority: pem,
        },
      };
    }
    if (to === null) continue;
    entries.push({
      to,
      owners: value.owners?.map((text, index) => ownerNamed(text, ['owners', index])) ?? null,
      when: value.when ?? 'change',
      severity: value.severity ?? 'info',
      detail: value.detail ?? 'counts',
      at: lineOf(spot([])),
    });
  }
  return entries;
}

function isCertificate(pem: string): boolean {
  try {
    new X509Certificate(pem);
    return true;
  } catch {
    return false;
  }
}
