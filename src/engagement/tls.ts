// Reads the user's own certificates and keys.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { resolve } from 'node:path';
import { messages } from '../messages/index.js';
import type { RunInfo } from '../model/finding.js';
import { namesOf } from '../text/certificate.js';
import { sha256 } from '../text/digest.js';
import { readSmallFile, type Path } from './document.js';
import type { Located } from './entry.js';
import type { MistakeList, MistakeText } from './mistake.js';
import type { TlsPart } from './schema.js';

/** Certificates of the user's own, as PEM texts. */
export interface OwnTls {
  readonly authorities: readonly string[];
  readonly clientCertificate: { readonly cert: string; readonly key: string } | null;
  /** What may be shown of them. */
  readonly declared: Pick<RunInfo['declared'], 'authorities' | 'clientCertificate'>;
}

const none: OwnTls = { authorities: [], clientCertificate: null, declared: {} };

/**
 * Reads the files that `tls` names and checks that they are what they should be. No text of a key reaches a mistake.
 *
 * @param mayShow whether the engagement allows to show a client certificate (`techniques.credentials`)
 */
export async function readTls(part: Located<TlsPart> | null, mayShow: boolean, mistakes: MistakeList): Promise<OwnTls> {
  if (part === null) return none;
  const { value, folder, spot } = part;
  const refuse = (path: Path, said: MistakeText) => mistakes.add(spot(path), said);
  const read = (name: string, path: Path) => readSmallFile(resolve(folder, name), mistakes, spot(path), 1_000_000);

  const certificateIn = async (
    name: string,
    path: Path,
  ): Promise<{ text: string; certificate: X509Certificate } | null> => {
    const text = await read(name, path);
    if (text === null) return null;
    try {
      return { text, certificate: new X509Certificate(text) };
    } catch {
      refuse(path, messages().targets.tls.noCertificate);
      return null;
    }
  };

  const authorities: string[] = [];
  const prints: string[] = [];
  for (const [index, name] of (value.authorities ?? []).entries()) {
    const found = await certificateIn(name, ['authorities', index]);
    if (found === null) continue;
    authorities.push(found.text);
    prints.push(sha256(found.text));
  }
  const trusted = {
    authorities,
    clientCertificate: null,
    declared: prints.length === 0 ? {} : { authorities: prints },
  };
  const client = value.clientCertificate;
  if (client === undefined) return trusted;
  if (!mayShow) refuse(['clientCertificate'], messages().targets.tls.credentialsNotAllowed);
  const keyPath = ['clientCertificate', 'key'];
  const found = await certificateIn(client.certificate, ['clientCertificate', 'certificate']);
  const key = await read(client.key, keyPath);
  if (found === null || key === null) return trusted;
  try {
    if (!found.certificate.checkPrivateKey(createPrivateKey(key))) refuse(keyPath, messages().targets.tls.otherKey);
  } catch {
    refuse(keyPath, messages().targets.tls.noKey);
  }
  const { subject } = found.certificate;
  return {
    authorities,
    clientCertificate: { cert: found.text, key },
    declared: {
      ...trusted.declared,
      clientCertificate: { subject: namesOf(subject) || messages().targets.tls.noSubject, sha256: sha256(found.text) },
    },
  };
}
