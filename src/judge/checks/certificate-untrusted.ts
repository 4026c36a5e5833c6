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
  certificateOf,
  type CertificateFinding,
} from '../certificate.js';
import { thisMonth } from '../steps.js';
import { replaceCertificate } from '../transport-remedies.js';
import { paragraph } from '../words.js';

export const check: Check<
  CertificateFinding,
  never,
  never,
  'trusted-certificate' | 'trusted-issuer' | 'declare-authority'
> = {
  id: 'certificate-untrusted',
  scope: 'endpoint',
  about: 'Its certificate is self-signed, or comes from an authority that is neither public nor declared.',
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
  remedy: (_facts, observations) =>
    replaceCertificate(observations, {
      when: thisMonth,
      first: 'trusted-certificate',
      expect: 'trusted-issuer',
      more: [thisMonth.yaml('declare-authority', 'tls: { authorities: [ca.pem] }')],
    }),
  texts: {
    en: {
      title: (facts, observations) =>
        facts.selfSigned
          ? `${certificateOf(facts, observations)} is self-signed`
          : `${certificateOf(facts, observations)} comes from an unknown authority`,
      summary(facts, observations) {
        return paragraph(
          showedCertificate(facts, observations),
          facts.selfSigned
            ? 'No certificate authority has signed it.'
            : 'The authority that signed it is neither public nor declared in the targets file. If it is your own and every client has it, nothing is wrong: declare it.',
          'Clients that do not have it already cannot distinguish this server from an impostor.',
          otherFlawsOf(facts),
        );
      },
      remedy: {
        'trusted-certificate':
          'Get a certificate for the name of the server from a public authority, or from one of your own that every client trusts.',
        'trusted-issuer': 'an issuer that the clients trust',
        'declare-authority':
          'If it comes from your own authority, declare that in the targets file, so that the next audit trusts it.',
      },
    },
  },
};
