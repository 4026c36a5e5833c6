// A certificate that signed itself, or that no authority we know signed.
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
import { closingNotes, paragraph } from '../words.js';

export const check: Check<CertificateFinding> = {
  id: 'certificate-untrusted',
  scope: 'endpoint',
  about: 'Its certificate is self-signed, or of an authority that is neither public nor declared.',
  products: 'any',
  questions: certificateQuestions,
  cwe: 'CWE-295',
  references: [
    'https://cwe.mitre.org/data/definitions/295.html',
    'https://www.elastic.co/docs/deploy-manage/security/set-up-basic-security-plus-https',
    'https://docs.opensearch.org/latest/security/configuration/generate-certificates/',
  ],
  acceptable: false,
  judge: (observations) => judgeCertificate(observations, ['untrusted'], certificateFinding),
  stake: (_facts, observations) => certificateStake(observations, 'unverifiable-certificate'),
  problem: certificateProblem,
  texts: {
    en: {
      pass: 'An authority that is public, or declared in the targets file, vouches for its certificate.',
      title: (facts, observations) =>
        facts.selfSigned
          ? `${whoShows(observations)} shows a self-signed certificate`
          : `${whoShows(observations)} shows a certificate of an authority that is not known`,
      summary(facts, observations, context) {
        return paragraph(
          showedCertificate(facts, observations),
          facts.selfSigned
            ? 'Nobody but itself vouches for it.'
            : 'The authority that signed it is not a public one, and not one of those that the targets file declares. Where it is your own, and every client has it, nothing is wrong: declare it.',
          'A client that was not given it beforehand cannot tell this server from somebody who poses as it.',
          otherFlawsOf(facts),
          ...closingNotes(observations, context),
        );
      },
      remedy: (_facts, observations) =>
        replaceCertificate(observations, {
          first:
            'This month: take a certificate of a public authority, or of your own one that every client knows, for the name by which the server is called.',
          expect: 'an issuer that the clients know; without -k, curl then gives no error',
          more: [
            {
              text: 'If it is of your own authority: declare that in the targets file, so that the next audit knows it.',
              code: 'tls: { authorities: [ca.pem] }',
            },
          ],
        }),
    },
  },
};
