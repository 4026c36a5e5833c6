// A certificate with a key too short, or a signature that can be forged.
import type { Check } from '../../model/check.js';
import type { CertificateWeakness } from '../../model/observation.js';
import {
  certificateFinding,
  certificateProblem,
  certificateQuestions,
  certificateStake,
  judgeCertificate,
  otherFlawsOf,
  showedCertificate,
  certificateOf,
  type CertificateFinding,
} from '../certificate.js';
import { thisWeek } from '../steps.js';
import { replaceCertificate } from '../transport-remedies.js';
import { paragraph } from '../words.js';

type Facts = CertificateFinding & { readonly weak: CertificateWeakness | null };

export const check: Check<Facts, never, never, 'strong-certificate' | 'strong-key'> = {
  id: 'certificate-weak',
  scope: 'endpoint',
  about: 'Its certificate has a key that is too short, or a signature that can be forged.',
  products: 'any',
  questions: certificateQuestions,
  cwe: 'CWE-326',
  references: [
    'https://cwe.mitre.org/data/definitions/326.html',
    'https://csrc.nist.gov/pubs/sp/800/131/a/r2/final',
    'https://sha-mbles.github.io/',
  ],
  acceptable: false,
  judge: (observations) =>
    judgeCertificate(observations, ['weak'], (certificate) => ({
      ...certificateFinding(certificate),
      weak: certificate.weak,
    })),
  stake: (facts, observations) =>
    certificateStake(observations, facts.weak?.breakable === true ? 'breakable-certificate' : 'weak-encryption'),
  problem: certificateProblem,
  remedy: (_facts, observations) =>
    replaceCertificate(observations, {
      when: thisWeek,
      first: 'strong-certificate',
      expect: 'strong-key',
    }),
  texts: {
    en: {
      title: (facts, observations) => `${certificateOf(facts, observations)} has ${weakness(facts)}`,
      summary(facts, observations) {
        return paragraph(
          showedCertificate(facts, observations),
          `It has ${weakness(facts)}, which has been out of use for years.`,
          facts.weak?.breakable === true
            ? 'Such keys have been factored, and such signatures forged, in public. Anyone on the network path can impersonate this server, and may decrypt recorded traffic.'
            : 'Breaking it is beyond most attackers, and within reach of some.',
          otherFlawsOf(facts),
        );
      },
      remedy: {
        'strong-certificate':
          'Replace the certificate with one that has a new key (RSA of 2048 bits or more, or P-256) and a SHA-256 signature.',
        'strong-key': 'a key of 2048 bits or more (or an elliptic curve), and a signature with SHA-256 or better',
      },
    },
  },
};

function weakness({ weak }: Facts): string {
  if (weak === null) return 'a weak key or signature';
  if (weak.of === 'signature') return `a signature made with ${weak.hash}`;
  const { keyType, keyBits } = weak;
  return `${keyType === 'rsa' ? 'an RSA' : keyType === 'ec' ? 'an elliptic-curve' : `a ${keyType}`} key of ${keyBits} bits`;
}
