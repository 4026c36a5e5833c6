// The same private key at endpoints of several owners, or in several environments.
import type { GroupCheck } from '../../model/check.js';
import type { Observations } from '../../model/observation.js';
import {
  certificateFinding,
  certificateQuestions,
  certificateStake,
  showedCertificate,
  type CertificateFinding,
} from '../certificate.js';
import { thisMonth } from '../steps.js';
import { replaceCertificate } from '../transport-remedies.js';
import { counted, names, paragraph } from '../words.js';

type Facts = CertificateFinding & {
  /** Endpoints that show the key, this one among them. */
  readonly endpoints: number;
  readonly owners: readonly string[];
  readonly environments: readonly string[];
};

export const groupCheck: GroupCheck<Facts, 'key-not-kept', 'own-keys' | 'different-certificates'> = {
  id: 'certificate-shared',
  scope: 'group',
  about: 'The same private key serves endpoints of several owners, or in several environments.',
  products: 'any',
  questions: certificateQuestions,
  cwe: 'CWE-323',
  references: [
    'https://cwe.mitre.org/data/definitions/323.html',
    'https://cheatsheetseries.owasp.org/cheatsheets/Transport_Layer_Security_Cheat_Sheet.html',
  ],
  acceptable: false,
  replaces: [],
  part({ access, transport }) {
    const { certificate } = transport;
    if (access.state === 'other-product' || access.state === 'decoy' || access.state === 'unreachable') return null;
    // The key of a demo certificate is public: that is its own finding.
    if (certificate === null || certificate.evidence.length === 0 || certificate.demo !== null) return null;
    const { keySha256, sha256, evidence } = certificate;
    const key = keySha256 === null ? `certificate:${sha256}` : `key:${keySha256}`;
    return { role: 'peer', keys: [{ key, by: 'certificate' }], evidence };
  },
  judge({ transport, url }, met) {
    const { certificate } = transport;
    if (certificate === null) return { verdict: 'not-applicable' };
    const { total, owners, environments } = met;
    if (owners.length > 1 || environments.length > 1)
      return {
        verdict: 'fail',
        facts: { ...certificateFinding(certificate), also: [], endpoints: total, owners, environments },
        behind: met.first.filter((one) => one.url !== url),
      };
    return certificate.keySha256 === null ? { verdict: 'undetermined', reason: 'key-not-kept' } : { verdict: 'pass' };
  },
  stake: (_facts, observations) => certificateStake(observations, 'shared-key'),
  problem: problemOf,
  remedy: (_facts, observations) =>
    replaceCertificate(observations, {
      when: thisMonth,
      first: 'own-keys',
      expect: 'different-certificates',
    }),
  texts: {
    en: {
      title: (facts) =>
        `One private key serves ${counted(facts.endpoints, 'endpoint', 'endpoints')} of ${
          facts.owners.length > 1
            ? counted(facts.owners.length, 'owner', 'owners')
            : counted(facts.environments.length, 'environment', 'environments')
        }`,
      summary(facts, observations) {
        const owners = facts.owners.length > 1 ? names(facts.owners.toSorted(), 5) : null;
        const environments = facts.environments.length > 1 ? names(facts.environments.toSorted(), 5) : null;
        return paragraph(
          showedCertificate(facts, observations),
          `${counted(facts.endpoints, 'endpoint', 'endpoints')} of this audit use its key${owners === null ? '' : `; their owners: ${owners}`}${environments === null ? '' : `; their environments: ${environments}`}.`,
          'Anyone who takes it from the least protected endpoint can impersonate all of them, and no owner can replace it alone.',
        );
      },
      remark: () => null,
      remedy: {
        'own-keys':
          'Give each owner and each environment their own key and certificate; then delete the shared key everywhere.',
        'different-certificates': 'a different certificate than before, and a different one at each endpoint',
      },
      undetermined: { 'key-not-kept': 'the key of its certificate was not kept, or could not be read' },
    },
  },
};

/** One key is one thing to fix, wherever it is used. */
function problemOf({ transport }: Observations): string | null {
  const { certificate } = transport;
  if (certificate === null) return null;
  return certificate.keySha256 === null ? `certificate:${certificate.sha256}` : `key:${certificate.keySha256}`;
}
