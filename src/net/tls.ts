// Reads certificates from connections.
import { constants, createHash, type X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { Duplex } from 'node:stream';
import { connect, createSecureContext, rootCertificates, type SecureContext, type TLSSocket } from 'node:tls';
import type { CertificateDetails, TlsFacts } from '../model/exchange.js';
import type { OldTlsVersion } from '../model/question.js';
import { namesOf } from '../text/certificate.js';

/**
 * One context for all connections. It accepts what old servers speak (TLS 1.0, small keys, SHA-1): the audit looks at
 * certificates and versions, it does not trust them.
 *
 * @param authorities PEM texts the user trusts besides the public ones
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

/**
 * A context that offers one old version and nothing else. OpenSSL 3 lets TLS 1.0 and 1.1 pass at security level 0 only, since
 * their handshakes are signed with SHA-1.
 */
export function oldVersionContext(version: OldTlsVersion): SecureContext {
  return createSecureContext({
    minVersion: version,
    maxVersion: version,
    ciphers: 'DEFAULT:@SECLEVEL=0',
    secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT,
  });
}

/**
 * Whether the TLS library of this machine can open a handshake with a context at all: builds and policies (FIPS, a system
 * that switched old versions off) refuse before anything is sent. Nothing leaves the process.
 */
export function canOffer(context: () => SecureContext): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const nowhere = new Duplex({
        read: () => undefined,
        // The ClientHello, which would be the first record on the wire.
        write: (_chunk, _encoding, done) => {
          done();
          // It is written before `connect` has returned.
          setImmediate(settle, true);
        },
      });
      const socket = connect({ socket: nowhere, secureContext: context(), rejectUnauthorized: false });
      socket.on('error', () => settle(false));
      function settle(can: boolean): void {
        resolve(can);
        socket.destroy();
        nowhere.destroy();
      }
    } catch {
      resolve(false);
    }
  });
}

/** What is read from a socket after its handshake. */
type SecuredSocket = Pick<
  TLSSocket,
  'authorizationError' | 'authorized' | 'getCipher' | 'getPeerX509Certificate' | 'getProtocol' | 'getSharedSigalgs'
>;

/** At most so many alternative names are kept. */
const maxNames = 20;

/** Characters kept of a subject, an issuer or a name. */
const maxText = 300;

/**
 * Reads what the handshake showed.
 *
 * @param host as declared: a name or an IP literal
 * @param offered whether the user's client certificate was at hand in this handshake
 * @param harmless takes control characters and secrets out and cuts: all of it is the server's text
 * @returns null when the server showed no certificate
 */
export function tlsFacts(
  socket: SecuredSocket,
  host: string,
  offered: boolean,
  harmless: (text: string, max: number) => string,
): TlsFacts | null {
  const certificate = socket.getPeerX509Certificate();
  if (certificate === undefined) return null;
  // Node's types promise an Error, but it is a code (or a message) as a string.
  const reason: unknown = socket.authorizationError;
  return {
    protocol: socket.getProtocol() ?? '',
    cipher: socket.getCipher().name,
    subject: harmless(namesOf(certificate.subject), maxText),
    issuer: harmless(namesOf(certificate.issuer), maxText),
    names: alternativeNames(certificate.subjectAltName ?? '').map((name) => harmless(name, maxText)),
    notBefore: isoDate(certificate.validFrom),
    notAfter: isoDate(certificate.validTo),
    sha256: certificate.fingerprint256.replaceAll(':', '').toLowerCase(),
    selfSigned: certificate.checkIssued(certificate),
    untrusted: socket.authorized ? null : harmless(reason instanceof Error ? reason.message : String(reason), maxText),
    details: certificateDetails(certificate, host, harmless),
    clientCertificate: offered && asksForCertificate(socket),
  };
}

/**
 * Whether the server asked for a client certificate. A client's OpenSSL knows signature algorithms that it shares with the
 * server from a CertificateRequest alone (SSL_get_shared_sigalgs; measured with TLS 1.2 and 1.3 on Node 20, 22 and 24).
 */
export function asksForCertificate(socket: Pick<TLSSocket, 'getSharedSigalgs'>): boolean {
  // Node's types promise a list, but there is none once the socket is closed.
  const algorithms: unknown = socket.getSharedSigalgs();
  return Array.isArray(algorithms) && algorithms.length > 0;
}

/** Bytes of one TLS alert record: a server that refuses at once sends nothing else. */
const alertRecord = 7;

/**
 * Whether the server asked for a client certificate in a handshake that failed. Before TLS 1.2 a CertificateRequest names no
 * signature algorithms: there a server that broke off after its own flight counts.
 *
 * @param bytes bytes that came from the server
 */
export function wantedCertificate(socket: TLSSocket, bytes: number): boolean {
  const old = socket.getProtocol() === 'TLSv1' || socket.getProtocol() === 'TLSv1.1';
  return asksForCertificate(socket) || (old && bytes > alertRecord);
}

/** Certificates of a chain that are counted. */
const maxChain = 10;

/** Characters kept of a serial number: RFC 5280 allows 20 octets, some authorities take more. */
const maxSerial = 80;

function certificateDetails(
  certificate: X509Certificate,
  host: string,
  harmless: (text: string, max: number) => string,
): CertificateDetails {
  let chain = 1;
  for (let at = certificate.issuerCertificate; at !== undefined && chain < maxChain; at = at.issuerCertificate)
    chain += 1;
  return {
    serial: harmless(certificate.serialNumber.toLowerCase(), maxSerial),
    ...keyOf(certificate),
    signature: signatureAlgorithm(certificate.raw),
    chain,
    namesHost: namesHost(certificate, host),
  };
}

/** False too where OpenSSL cannot read the names of the certificate. */
function namesHost(certificate: X509Certificate, host: string): boolean {
  try {
    return (isIP(host) === 0 ? certificate.checkHost(host) : certificate.checkIP(host)) !== undefined;
  } catch {
    return false;
  }
}

/** Field sizes of the curves that certificates use, by OpenSSL's names. */
const curveBits: Readonly<Record<string, number>> = {
  secp112r1: 112,
  secp128r1: 128,
  secp160r1: 160,
  secp160k1: 160,
  prime192v1: 192,
  secp192k1: 192,
  secp224r1: 224,
  secp224k1: 224,
  prime256v1: 256,
  secp256k1: 256,
  brainpoolP256r1: 256,
  secp384r1: 384,
  brainpoolP384r1: 384,
  secp521r1: 521,
  brainpoolP512r1: 512,
};

/** The public key's facts; of a key that OpenSSL cannot read (an unknown type, a broken encoding) there are none. */
function keyOf(certificate: X509Certificate): Pick<CertificateDetails, 'keyType' | 'keyBits' | 'keySha256'> {
  try {
    const { publicKey } = certificate;
    const { modulusLength, namedCurve } = publicKey.asymmetricKeyDetails ?? {};
    const spki = publicKey.export({ type: 'spki', format: 'der' });
    return {
      keyType: publicKey.asymmetricKeyType ?? '',
      keyBits: modulusLength ?? (namedCurve === undefined ? null : (curveBits[namedCurve] ?? null)),
      keySha256: createHash('sha256').update(spki).digest('hex'),
    };
  } catch {
    return { keyType: '', keyBits: null, keySha256: '' };
  }
}

/**
 * The object identifier of the algorithm that signed a certificate, or '' where the encoding is not understood. Node gives it
 * from 24.9 on only. `Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm SEQUENCE { OID, … }, … }` (RFC 5280, 4.1).
 */
export function signatureAlgorithm(der: Uint8Array): string {
  const outer = element(der, 0);
  const signed = outer === null ? null : element(der, outer.start);
  const algorithm = signed === null ? null : element(der, signed.end);
  const oid = algorithm === null ? null : element(der, algorithm.start);
  return oid === null || der[oid.at] !== 0x06 ? '' : dotted(der.subarray(oid.start, oid.end));
}

/** The bounds of a DER element's content; null where it does not lie within the bytes. */
function element(
  der: Uint8Array,
  at: number,
): { readonly at: number; readonly start: number; readonly end: number } | null {
  const first = der[at + 1];
  if (first === undefined) return null;
  let start = at + 2;
  let length = first;
  if (first >= 0x80) {
    const octets = first & 0x7f;
    if (octets === 0 || octets > 4) return null;
    length = der.subarray(start, start + octets).reduce((sum, octet) => sum * 256 + octet, 0);
    start += octets;
  }
  const end = start + length;
  return end > der.length ? null : { at, start, end };
}

/** An object identifier's content in dotted form (X.690, 8.19). */
function dotted(content: Uint8Array): string {
  const numbers: number[] = [];
  let value = 0;
  for (const octet of content.subarray(0, 40)) {
    value = value * 128 + (octet & 0x7f);
    if (octet >= 0x80) continue;
    numbers.push(value);
    value = 0;
  }
  // The first two numbers share one: 40 times the first (0, 1 or 2), and the second.
  const [both = 0, ...others] = numbers;
  const first = Math.min(Math.floor(both / 40), 2);
  return [first, both - 40 * first, ...others].join('.');
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
