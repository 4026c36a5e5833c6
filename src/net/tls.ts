import { constants } from 'node:crypto';
import { createSecureContext, rootCertificates, type SecureContext, type TLSSocket } from 'node:tls';
import type { TlsFacts } from '../model/exchange.js';

/**
 * One context for all connections. It accepts what old servers speak (TLS 1.0, small keys, SHA-1): the audit looks at
 * certificates and versions, it does not trust them.
 *
 * @param authorities PEM texts the user trusts beside the public ones
 * @param client the user's own certificate, or null
 */
export function secureContext(
  authorities: readonly string[],
  client: { readonly cert: string; readonly key: string } | null,
): SecureContext {
  return createSecureContext({
    minVersion: 'TLSv1',
    ciphers: 'DEFAULT:@SECLEVEL=0',
    secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
    ...(authorities.length > 0 && { ca: [...rootCertificates, ...authorities] }),
    ...client,
  });
}

/** At most so many alternative names are kept. */
const maxNames = 20;

/** Characters kept of a subject, an issuer or a name. */
const maxText = 300;

/**
 * Reads what the handshake showed.
 *
 * @param harmless takes control characters and secrets out and cuts: all of it is the server's text
 * @returns null when the server showed no certificate
 */
export function tlsFacts(socket: TLSSocket, harmless: (text: string, max: number) => string): TlsFacts | null {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return null;
  // Node's types promise an Error, but it is a code (or a message) as a string.
  const reason: unknown = socket.authorizationError;
  return {
    protocol: socket.getProtocol() ?? '',
    cipher: socket.getCipher().name,
    subject: harmless(certificate.subject.replaceAll('\n', ', '), maxText),
    issuer: harmless(certificate.issuer.replaceAll('\n', ', '), maxText),
    names: alternativeNames(certificate.subjectAltName ?? '').map((name) => harmless(name, maxText)),
    notBefore: isoDate(certificate.validFrom),
    notAfter: isoDate(certificate.validTo),
    sha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    selfSigned: certificate.checkIssued(certificate),
    untrusted: socket.authorized ? null : harmless(reason instanceof Error ? reason.message : String(reason), maxText),
  };
}

/** `DNS:a.example, IP Address:10.0.0.1`; a name with a comma in it is quoted as JSON. */
function alternativeNames(text: string): string[] {
  const names: string[] = [];
  for (const match of text.matchAll(/(?:^|, )[A-Za-z ]+:("(?:[^"\\]|\\.)*"|[^,]*)/g)) {
    if (names.length === maxNames) break;
    names.push(match[1] ?? '');
  }
  return names;
}

function isoDate(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
