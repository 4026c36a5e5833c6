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
  whoShows,
  type CertificateFinding,
} from '../certificate.js';
import { replaceCertificate } from '../transport-remedies.js';
import { closingNotes, names, paragraph, said } from '../words.js';

type Facts = CertificateFinding & { readonly host: string; readonly names: readonly string[] };

export const check: Check<Facts> = {
  id: 'certificate-wrong-name',
  scope: 'endpoint',
  about: 'Its certificate does not name the host that it is called by.',
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
  texts: {
    en: {
      pass: 'Its certificate names the host.',
      title: (facts, observations) => `${whoShows(observations)} shows a certificate that does not name ${facts.host}`,
      summary(facts, observations, context) {
        const list = names(facts.names, 5);
        return paragraph(
          showedCertificate(facts, observations),
          `It is not valid for ${said(facts.host)}, the name by which the targets file calls this endpoint${list === null ? ': it bears no alternative name' : `; it names ${list}`}.`,
          'Clients that check names refuse it; where they were told to pass over that, any other valid certificate will do for an impostor.',
          otherFlawsOf(facts),
          ...closingNotes(observations, context),
        );
      },
      remedy: (facts, observations) =>
        replaceCertificate(observations, {
          first: `This month: take a certificate that names ${facts.host} (subjectAltName), or let callers use a name that it has.`,
          expect: 'a certificate for that name; without -k, curl then gives no error',
        }),
    },
  },
};
