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
  whoShows,
  type CertificateFinding,
} from '../certificate.js';
import { replaceCertificate } from '../transport-remedies.js';
import { closingNotes, moment, paragraph } from '../words.js';

/** `chain`: its own dates are right, those of an authority above it are over. */
type Facts = CertificateFinding & { readonly when: 'over' | 'not-yet' | 'chain' };

export const check: Check<Facts> = {
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
  texts: {
    en: {
      pass: 'Its certificate was within its dates.',
      title: (facts, observations) =>
        `${whoShows(observations)} shows a certificate ${
          {
            over: `that expired on ${facts.notAfter.slice(0, 10)}`,
            'not-yet': `that is not valid before ${facts.notBefore.slice(0, 10)}`,
            chain: 'whose authority has expired',
          }[facts.when]
        }`,
      summary(facts, observations, context) {
        const said = {
          over: `It expired on ${moment(facts.notAfter)}.`,
          'not-yet': `It is not valid before ${moment(facts.notBefore)}, by the clock of the machine that asked.`,
          chain: 'Its own dates are right; those of an authority that it rests on are over.',
        };
        return paragraph(
          showedCertificate(facts, observations),
          said[facts.when],
          'Clients that check certificates refuse it; where people and programs were told to pass over that, they pass over an impostor too.',
          otherFlawsOf(facts),
          ...closingNotes(observations, context),
        );
      },
      remedy: (facts, observations) =>
        replaceCertificate(observations, {
          first:
            facts.when === 'not-yet'
              ? 'This week: see that the clock of whoever issued it is right, and replace the certificate.'
              : 'This week: replace the certificate, and the authority above it where that is what expired.',
          expect: 'an "Expire date" in the future, and a start in the past',
        }),
    },
  },
};
