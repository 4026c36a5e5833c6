// A certificate of another host.
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
import { names, paragraph, said } from '../words.js';

type Facts = CertificateFinding & { readonly host: string; readonly names: readonly string[] };

export const check: Check<Facts, never, never, 'certificate-with-name' | 'that-name'> = {
  id: 'certificate-wrong-name',
  scope: 'endpoint',
  about: 'Its certificate does not include the name of the host.',
  products: 'any',
  questions: certificateQuestions,
  cwe: 'CWE-297',
  references: ['https://cwe.mitre.org/data/definitions/297.html', 'https://www.rfc-editor.org/rfc/rfc9525'],
  acceptable: false,
  judge: (observations) =>
    judgeCertificate(observations, ['wrong-name'], (certificate) => ({
      ...certificateFinding(certificate),
      host: observations.endpoint.host,
      names: observations.transport.tls?.names ?? [],
    })),
  stake: (_facts, observations) => certificateStake(observations, 'unverifiable-certificate'),
  problem: certificateProblem,
  remedy: (_facts, observations) =>
    replaceCertificate(observations, {
      when: thisMonth,
      first: 'certificate-with-name',
      expect: 'that-name',
    }),
  texts: {
    en: {
      title: (facts, observations) => `${certificateOf(facts, observations)} does not include the name ${facts.host}`,
      summary(facts, observations) {
        const list = names(facts.names, 5);
        return paragraph(
          showedCertificate(facts, observations),
          `It is not valid for ${said(facts.host)}, the name in the targets file${list === null ? ': it has no alternative name' : `; its names are ${list}`}.`,
          'Clients that verify names reject it. Clients that were configured to ignore the error accept any other valid certificate from an impostor.',
          otherFlawsOf(facts),
        );
      },
      remedy: {
        'certificate-with-name': ({ host }) =>
          `Get a certificate that includes ${host} (subjectAltName), or make callers use a name that it includes.`,
        'that-name': 'a certificate for that name',
      },
    },
  },
};
