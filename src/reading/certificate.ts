// What is wrong with a certificate.
import ipaddr from 'ipaddr.js';
import { demoCertificates, demoNames } from '../knowledge/demo-certificates.js';
import { factoredRsaBits, leastKeyBits, weakSignatures } from '../knowledge/weak-cryptography.js';
import type { EndpointRecord, TlsFacts } from '../model/exchange.js';
import {
  certificateFlaws,
  type CertificateDoubt,
  type CertificateFacts,
  type CertificateFlaw,
} from '../model/observation.js';
import { withoutLastQuestions } from './last-questions.js';

/** What Node and OpenSSL say of a certificate that is not trusted for its dates or names, rather than for its authority. */
const notOfItsAuthority: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/** The certificate that was shown, judged at the time of the survey; null where none was. */
export function readCertificate(record: EndpointRecord): CertificateFacts | null {
  const { tls } = record;
  if (tls === null) return null;
  const found: Record<CertificateFlaw, boolean | CertificateDoubt> = {
    demo: demoOf(tls) !== null,
    weak: weaknessFound(tls),
    expired:
      before(tls.notAfter, record.at) || (tls.untrusted === 'CERT_HAS_EXPIRED' && !before(record.at, tls.notBefore)),
    'not-yet-valid': before(record.at, tls.notBefore),
    untrusted: untrusted(tls),
    'wrong-name': wrongName(tls, record.endpoint.host),
  };
  const at = withoutLastQuestions(record).exchanges.findIndex(
    ({ scheme, request }) => scheme === 'https' && request > 0,
  );
  return {
    sha256: tls.sha256,
    keySha256: tls.details === null || tls.details.keySha256 === '' ? null : tls.details.keySha256,
    subject: tls.subject,
    issuer: tls.issuer,
    notBefore: tls.notBefore,
    notAfter: tls.notAfter,
    selfSigned: tls.selfSigned,
    flaws: certificateFlaws.filter((flaw) => found[flaw] === true),
    unknown: Object.fromEntries(
      certificateFlaws.flatMap((flaw) => (typeof found[flaw] === 'string' ? [[flaw, found[flaw]]] : [])),
    ),
    demo: demoOf(tls),
    weak: weaknessOf(tls),
    evidence: at === -1 ? [] : [at],
  };
}

/** Whether an instant lies before another; a date that could not be read lies before none. */
function before(instant: string, other: string): boolean {
  return Date.parse(instant) < Date.parse(other);
}

function demoOf(tls: TlsFacts): CertificateFacts['demo'] {
  const known = demoCertificates.find(
    ({ sha256, keySha256 }) => sha256 === tls.sha256 || keySha256 === tls.details?.keySha256,
  );
  if (known !== undefined) return { shippedWith: known.shippedWith, role: known.role };
  const named = tls.subject.includes(demoNames.subject) && tls.issuer.includes(demoNames.issuer);
  return named ? { shippedWith: null, role: 'node' } : null;
}

function weaknessFound(tls: TlsFacts): boolean | CertificateDoubt {
  if (weaknessOf(tls) !== null) return true;
  if (tls.details === null) return 'certificate-details-not-kept';
  return tls.details.keyType === '' ? 'certificate-key-unreadable' : false;
}

function weaknessOf({ details, selfSigned }: TlsFacts): CertificateFacts['weak'] {
  if (details === null) return null;
  const { keyType, keyBits, signature } = details;
  const least = leastKeyBits[keyType];
  if (least !== undefined && keyBits !== null && keyBits < least)
    return { of: 'key', keyType, keyBits, breakable: keyType !== 'ec' && keyBits <= factoredRsaBits };
  // A self-signed certificate proves nothing, whatever its key.
  const name = selfSigned ? undefined : weakSignatures[signature];
  return name === undefined ? null : { of: 'signature', hash: name, breakable: name.startsWith('MD') };
}

function untrusted(tls: TlsFacts): boolean | CertificateDoubt {
  if (tls.untrusted === null) return false;
  if (tls.selfSigned || !notOfItsAuthority.has(tls.untrusted)) return true;
  // Verification ends with one error: an error of the date may hide another.
  return tls.untrusted === 'ERR_TLS_CERT_ALTNAME_INVALID' ? false : 'certificate-dates-hide-authority';
}

/** Callers of an address may know the endpoint by a name that was not declared, and that the certificate has. */
function wrongName({ details }: TlsFacts, host: string): boolean | CertificateDoubt {
  if (details === null) return 'certificate-details-not-kept';
  if (details.namesHost) return false;
  return ipaddr.isValid(host) ? 'declared-by-address' : true;
}
