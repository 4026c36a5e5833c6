// A certificate outside its dates.
import type { Check } from '../../model/check.js';
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
import { moment, paragraph } from '../words.js';

/** `chain`: its own dates are right, those of an authority above it are over. */
type Facts = CertificateFinding & { readonly when: 'over' | 'not-yet' | 'chain' };

export const check: Check<Facts, never, never, 'correct-clock' | 'replace' | 'dates-around-now'> = {
  id: 'certificate-expired',
  scope: 'endpoint',
  about: 'Its certificate has expired, or is not valid yet.',
  products: 'any',
  questions: certificateQuestions,
  cwe: 'CWE-298',
  references: [
    'https://cwe.mitre.org/data/definitions/298.html',
    'https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.5',
  ],
  acceptable: false,
  judge: (observations) =>
    judgeCertificate(observations, ['expired', 'not-yet-valid'], (certificate) => ({
      ...certificateFinding(certificate),
      when: certificate.flaws.includes('not-yet-valid')
        ? 'not-yet'
        : Date.parse(certificate.notAfter) < Date.parse(observations.at)
          ? 'over'
          : 'chain',
    })),
  stake: (_facts, observations) => certificateStake(observations, 'unverifiable-certificate'),
  problem: certificateProblem,
  remedy: (facts, observations) =>
    replaceCertificate(observations, {
      when: thisWeek,
      first: facts.when === 'not-yet' ? 'correct-clock' : 'replace',
      expect: 'dates-around-now',
    }),
  texts: {
    en: {
      title: (facts, observations) =>
        `${certificateOf(facts, observations)} ${
          {
            over: `expired on ${facts.notAfter.slice(0, 10)}`,
            'not-yet': `is not valid before ${facts.notBefore.slice(0, 10)}`,
            chain: 'was issued by an authority that has expired',
          }[facts.when]
        }`,
      summary(facts, observations) {
        const said = {
          over: `It expired on ${moment(facts.notAfter)}.`,
          'not-yet': `It is not valid before ${moment(facts.notBefore)}, by our clock.`,
          chain: 'Its own dates are valid; an authority in its chain has expired.',
        };
        return paragraph(
          showedCertificate(facts, observations),
          said[facts.when],
          'Clients that verify certificates reject it. Clients that were configured to ignore the error also accept an impostor.',
          otherFlawsOf(facts),
        );
      },
      remedy: {
        'correct-clock': 'Correct the clock of the machine that issued it, and replace the certificate.',
        replace: 'Replace the certificate; if its authority has expired, replace that too.',
        'dates-around-now': 'notAfter in the future, notBefore in the past',
      },
    },
  },
};
