// A certificate whose private key everybody can download.
import type { Check } from '../../model/check.js';
import type { CertificateFacts } from '../../model/observation.js';
import {
  certificateFinding,
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

/** What ships it (null where only its names tell), and what it is in the demo configuration. */
type Facts = CertificateFinding & NonNullable<CertificateFacts['demo']>;

export const check: Check<Facts> = {
  id: 'demo-certificate',
  scope: 'endpoint',
  about: 'It shows a demo certificate of OpenSearch Security or Search Guard, whose private key is published.',
  products: 'any',
  questions: certificateQuestions,
  cwe: 'CWE-1394',
  references: [
    'https://cwe.mitre.org/data/definitions/1394.html',
    'https://docs.opensearch.org/latest/security/configuration/demo-configuration/',
    'https://docs.opensearch.org/latest/security/configuration/generate-certificates/',
  ],
  acceptable: false,
  judge: (observations) =>
    judgeCertificate(observations, ['demo'], (certificate) => ({
      ...certificateFinding(certificate),
      shippedWith: certificate.demo?.shippedWith ?? null,
      role: certificate.demo?.role ?? 'node',
    })),
  // Where only the names are those of the demo, its key need not be published.
  stake: (facts, observations) =>
    certificateStake(observations, facts.shippedWith === null ? 'unverifiable-certificate' : 'demo-certificate'),
  texts: {
    en: {
      pass: 'It shows no demo certificate that we know.',
      title: (facts, observations) =>
        facts.shippedWith === null
          ? `${whoShows(observations)} shows a certificate with the names of a demo certificate`
          : `${whoShows(observations)} shows a demo certificate whose private key is published`,
      summary(facts, observations, context) {
        return paragraph(
          showedCertificate(facts, observations),
          ...(facts.shippedWith === null
            ? [
                'Subject and issuer are those of the demo certificates of OpenSearch Security and Search Guard; its key is none of those that we know, so whether it is published was not determined.',
              ]
            : [
                `It is the ${facts.role === 'node' ? "node's" : "administrator's"} certificate of the demo configuration of ${facts.shippedWith}. Its private key comes with every download: whoever stands on the way can pose as this server and read passwords.`,
                "The same configuration makes the holder of a second published certificate (`kirk`) the administrator of the cluster, without a password: whether this server accepts it was not tested, and must be assumed. So must the demo configuration's well-known passwords.",
              ]),
          otherFlawsOf(facts),
          ...closingNotes(observations, context),
        );
      },
      remedy: (_facts, observations) =>
        replaceCertificate(observations, {
          first:
            'Today: make certificates of your own for every node, for HTTP and between the nodes, and take the demo ones out.',
          expect: 'a subject and an issuer of your own, not "node-0.example.com" or "Example Com Inc. Root CA"',
          more: [
            {
              text: "Today: let the administrator's setting name a certificate of your own, and forbid the demo ones (OpenSearch; Open Distro: opendistro_security.…; Search Guard: searchguard.…).",
              code: '# opensearch.yml\nplugins.security.allow_unsafe_democertificates: false\nplugins.security.authcz.admin_dn:\n  - CN=admin,OU=search,O=example',
            },
            {
              text: 'Today: change the passwords of the demo users (admin, kibanaserver, logstash …), and read the audit log for changes that nobody made.',
              code: null,
            },
          ],
        }),
    },
  },
};
