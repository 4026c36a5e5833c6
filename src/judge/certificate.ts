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
  /** Its other flaws, for the same finding: one certificate is one thing to mend. */
  readonly also: readonly CertificateFlaw[];
};

/**
 * The verdict on one flaw of a certificate. A certificate with several makes a finding of the worst, which names the others:
 * there the checks of the others do not apply, since one new certificate mends them all.
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
    return { verdict: 'undetermined', reason: 'its certificate was not kept' };
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

/** Endpoints that show one certificate are one thing to mend. */
export function certificateProblem({ transport }: Observations): string | null {
  return transport.certificate === null ? null : `certificate:${transport.certificate.sha256}`;
}

/** The stake of a finding on a certificate: no door, whatever else stands open there. */
export function certificateStake(observations: Observations, kind: Stake['kind']): Stake {
  return { ...stakeOfReach(observations), kind };
}

/** "Elasticsearch 8.15.0", or "The server at URL" where it is not known what answers. */
export function whoShows(observations: Observations): string {
  return observations.identity.product === null ? `The server at ${observations.url}` : productAndVersion(observations);
}

/** "On TIME, URL showed the certificate of `SUBJECT`, issued by `ISSUER`, valid from … to … (SHA-256 …)." */
export function showedCertificate(facts: CertificateFinding, observations: Observations): string {
  const { subject, issuer, sha256, notBefore, notAfter, selfSigned } = facts;
  const by = selfSigned ? 'signed by itself' : `issued by ${said(issuer)}`;
  const dates = notBefore === '' || notAfter === '' ? '' : `, valid from ${moment(notBefore)} to ${moment(notAfter)}`;
  return `On ${moment(observations.at)}, ${observations.url} showed the certificate of ${said(subject)}, ${by}${dates} (SHA-256 ${sha256}).`;
}

const otherFlaws = {
  demo: 'it is one that is shipped for demonstrations',
  weak: 'its key or its signature is weak',
  expired: 'it, or an authority above it, has expired',
  'not-yet-valid': 'it is not valid yet',
  untrusted: 'no authority that we know vouches for it',
  'wrong-name': 'it does not name this host',
} as const satisfies Record<CertificateFlaw, string>;

/** What else is wrong with it, as a sentence; null for nothing. */
export function otherFlawsOf({ also }: CertificateFinding): string | null {
  if (also.length === 0) return null;
  const list = also.map((flaw) => otherFlaws[flaw]);
  const last = list.length > 1 ? `${list.slice(0, -1).join(', ')} and ${list.at(-1) ?? ''}` : (list[0] ?? '');
  return `Besides, ${last}: a new certificate mends all of it.`;
}
