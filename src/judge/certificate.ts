// What the checks on certificates share.
import type { Stake, Verdict } from '../model/check.js';
import type { CertificateFacts, CertificateFlaw, Observations } from '../model/observation.js';
import { rungReason, stakeOfReach } from './access.js';
import { moment, productAndVersion, said } from './words.js';

/** Questions whose answers come with the certificate. */
export const certificateQuestions = ['root'] as const;

/** What a finding on a certificate is worded from: that flaw of it, and the others. */
export type CertificateFinding = {
  readonly subject: string;
  readonly issuer: string;
  readonly sha256: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly selfSigned: boolean;
  /** Its other flaws, for the same finding: one certificate is one thing to fix. */
  readonly also: readonly CertificateFlaw[];
};

/**
 * The verdict on one flaw of a certificate. A certificate with several makes a finding of the worst, which names the others:
 * there the checks of the others do not apply, since one new certificate fixes them all.
 *
 * @param flaws the flaws that this check is about
 */
export function judgeCertificate<Facts>(
  observations: Observations,
  flaws: readonly CertificateFlaw[],
  factsOf: (certificate: CertificateFacts) => Facts,
): Verdict<Facts> {
  const { access, transport } = observations;
  const { certificate } = transport;
  if (access.state === 'other-product' || access.state === 'decoy' || access.state === 'unreachable')
    return { verdict: 'not-applicable' };
  if (transport.scheme !== 'https')
    return access.state === 'undetermined' && access.reason !== null && transport.scheme === null
      ? { verdict: 'undetermined', reason: rungReason(observations) }
      : { verdict: 'not-applicable' };
  if (certificate === null || certificate.evidence.length === 0)
    return { verdict: 'undetermined', reason: 'certificate-not-kept' };
  const [worst] = certificate.flaws;
  if (worst !== undefined && flaws.includes(worst))
    return { verdict: 'fail', facts: factsOf(certificate), evidence: certificate.evidence };
  if (certificate.flaws.some((flaw) => flaws.includes(flaw))) return { verdict: 'not-applicable' };
  const unknown = flaws.flatMap((flaw) => certificate.unknown[flaw] ?? [])[0];
  // Behind a worse flaw it does not matter: the certificate is replaced anyway.
  if (unknown !== undefined && worst !== undefined) return { verdict: 'not-applicable' };
  if (unknown !== undefined) return { verdict: 'undetermined', reason: unknown };
  return { verdict: 'pass', evidence: certificate.evidence };
}

/** The facts that every finding on a certificate has. */
export function certificateFinding(certificate: CertificateFacts): CertificateFinding {
  const { subject, issuer, sha256, notBefore, notAfter, selfSigned, flaws } = certificate;
  return { subject, issuer, sha256, notBefore, notAfter, selfSigned, also: flaws.slice(1) };
}

/** Endpoints that show one certificate are one thing to fix. */
export function certificateProblem({ transport }: Observations): string | null {
  return transport.certificate === null ? null : `certificate:${transport.certificate.sha256}`;
}

/** The stake of a finding on a certificate, whatever else is open there. */
export function certificateStake(observations: Observations, kind: Stake['kind']): Stake {
  return { ...stakeOfReach(observations), kind };
}

/** "Elasticsearch 8.15.0", or "The server at URL" where the product is not known. */
export function whoShows(observations: Observations): string {
  return observations.identity.product === null ? `The server at ${observations.url}` : productAndVersion(observations);
}

/** "The certificate of `SUBJECT`", the beginning of a title: one certificate may serve several products. */
export function certificateOf({ subject }: CertificateFinding, { url }: Observations): string {
  return subject === '' ? `The certificate at ${url}` : `The certificate of ${said(subject)}`;
}

/** "On TIME, URL presented the certificate of `SUBJECT`, issued by `ISSUER`, valid from … to …." */
export function showedCertificate(facts: CertificateFinding, observations: Observations): string {
  const { subject, issuer, notBefore, notAfter, selfSigned } = facts;
  const whose = subject === '' ? 'a certificate without a subject' : `the certificate of ${said(subject)}`;
  const by = selfSigned
    ? 'self-signed'
    : issuer === ''
      ? 'issued by an authority without a name'
      : `issued by ${said(issuer)}`;
  const dates = notBefore === '' || notAfter === '' ? '' : `, valid from ${moment(notBefore)} to ${moment(notAfter)}`;
  return `On ${moment(observations.at)}, ${observations.url} presented ${whose}, ${by}${dates}.`;
}

const otherFlaws = {
  demo: 'it is a public demo certificate',
  weak: 'its key or its signature is weak',
  expired: 'it, or its authority, has expired',
  'not-yet-valid': 'it is not valid yet',
  untrusted: 'its authority is unknown',
  'wrong-name': 'it does not include the name of this host',
} as const satisfies Record<CertificateFlaw, string>;

/** What else is wrong with it, as a sentence; null for nothing. */
export function otherFlawsOf({ also }: CertificateFinding): string | null {
  if (also.length === 0) return null;
  const list = also.map((flaw) => otherFlaws[flaw]);
  const last = list.length > 1 ? `${list.slice(0, -1).join(', ')} and ${list.at(-1) ?? ''}` : (list[0] ?? '');
  return `In addition, ${last}. A new certificate fixes all of this.`;
}
