// A certificate whose private key anyone can download.
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
import { today } from '../steps.js';
import { replaceCertificate } from '../transport-remedies.js';
import { paragraph } from '../words.js';

/** What ships it (null where only its names show it), and what it is in the demo configuration. */
type Facts = CertificateFinding & NonNullable<CertificateFacts['demo']>;

export const check: Check<
  Facts,
  never,
  never,
  'own-certificates' | 'own-names' | 'own-administrator' | 'change-demo-passwords'
> = {
  id: 'demo-certificate',
  scope: 'endpoint',
  about: 'It uses a demo certificate of OpenSearch Security or Search Guard, whose private key is public.',
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
  // Where only the names are those of the demo, its key need not be public.
  stake: (facts, observations) =>
    certificateStake(observations, facts.shippedWith === null ? 'unverifiable-certificate' : 'demo-certificate'),
  remedy: (_facts, observations) =>
    replaceCertificate(observations, {
      when: today,
      first: 'own-certificates',
      expect: 'own-names',
      more: [
        today.yaml(
          'own-administrator',
          'plugins.security.allow_unsafe_democertificates: false\nplugins.security.authcz.admin_dn:\n  - CN=admin,OU=search,O=example',
        ),
        today.do('change-demo-passwords'),
      ],
    }),
  texts: {
    en: {
      title: (facts, observations) =>
        facts.shippedWith === null
          ? `${whoShows(observations)} uses a certificate with the names of a demo certificate`
          : `${whoShows(observations)} uses a demo certificate whose private key is public`,
      summary(facts, observations) {
        return paragraph(
          showedCertificate(facts, observations),
          ...(facts.shippedWith === null
            ? [
                'Subject and issuer are those of the demo certificates of OpenSearch Security and Search Guard. Its key is not one that we know, so whether it is public was not determined.',
              ]
            : [
                `It is the ${facts.role === 'node' ? "node's" : "administrator's"} certificate of the demo configuration of ${facts.shippedWith}. Its private key is part of every download, so anyone on the network path can impersonate this server and read passwords.`,
                "The same configuration makes the holder of a second public certificate (`kirk`) administrator of the cluster, without a password. Not tested: whether this server accepts it, or the demo configuration's well-known passwords. Assume that it does.",
              ]),
          otherFlawsOf(facts),
        );
      },
      remedy: {
        'own-certificates':
          'Create your own certificates for every node, for HTTP and for the connections between nodes, and remove the demo ones.',
        'own-names': 'a subject and an issuer of your own, not "node-0.example.com" or "Example Com Inc. Root CA"',
        'own-administrator':
          'Make your own certificate the one of the administrator, and forbid the demo certificates. Set this in opensearch.yml (Open Distro: opendistro_security.…; Search Guard: searchguard.…).',
        'change-demo-passwords':
          'Change the passwords of the demo users (admin, kibanaserver, logstash …), and check the audit log for unexplained changes.',
      },
    },
  },
};
