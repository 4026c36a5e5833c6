import { createPrivateKey, X509Certificate } from 'node:crypto';
import { resolve } from 'node:path';
import { readSmallFile, type Path } from './document.js';
import type { Located } from './files.js';
import type { MistakeList } from './mistake.js';
import type { TlsPart } from './schema.js';

/** Certificates of the user's own, as PEM texts. */
export interface OwnTls {
  readonly authorities: readonly string[];
  readonly clientCertificate: { readonly cert: string; readonly key: string } | null;
}

/** Reads the files that `tls` names and checks that they are what they should be. No text of a key reaches a mistake. */
export async function readTls(part: Located<TlsPart> | null, mistakes: MistakeList): Promise<OwnTls> {
  if (part === null) return { authorities: [], clientCertificate: null };
  const { value, file, folder, spot } = part;
  const refuse = (path: Path, message: string, instead: string) =>
    mistakes.add({ file, ...spot(path), message, instead });
  const read = (name: string, path: Path) =>
    readSmallFile(resolve(folder, name), mistakes, { file, spot: spot(path) }, 1_000_000);

  const certificateIn = async (
    name: string,
    path: Path,
  ): Promise<{ text: string; certificate: X509Certificate } | null> => {
    const text = await read(name, path);
    if (text === null) return null;
    try {
      return { text, certificate: new X509Certificate(text) };
    } catch {
      refuse(path, 'this file holds no certificate', 'name a PEM file that begins with -----BEGIN CERTIFICATE-----');
      return null;
    }
  };

  const authorities: string[] = [];
  for (const [index, name] of (value.authorities ?? []).entries()) {
    const found = await certificateIn(name, ['authorities', index]);
    if (found !== null) authorities.push(found.text);
  }
  const client = value.clientCertificate;
  if (client === undefined) return { authorities, clientCertificate: null };
  const keyPath = ['clientCertificate', 'key'];
  const found = await certificateIn(client.certificate, ['clientCertificate', 'certificate']);
  const key = await read(client.key, keyPath);
  if (found === null || key === null) return { authorities, clientCertificate: null };
  try {
    if (!found.certificate.checkPrivateKey(createPrivateKey(key))) {
      refuse(keyPath, 'this key does not belong to the certificate', 'name the key of the certificate beside it');
    }
  } catch {
    refuse(
      keyPath,
      'this file holds no private key that can be read',
      'name an unencrypted PEM file that only you may read',
    );
  }
  return { authorities, clientCertificate: { cert: found.text, key } };
}
