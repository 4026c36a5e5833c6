// TLS 1.0 or 1.1 is still accepted.
import type { Check } from '../../model/check.js';
import type { OldTlsVersion } from '../../model/question.js';
import { stakeOfReach } from '../access.js';
import { whoShows } from '../certificate.js';
import { endOldTls } from '../transport-remedies.js';
import { moment, paragraph, tlsNames } from '../words.js';

type Facts = { readonly version: OldTlsVersion };

export const check: Check<Facts, never, 'one-version-tested'> = {
  id: 'old-tls-version',
  scope: 'endpoint',
  about: 'It accepts connections with TLS 1.0 or 1.1, which are obsolete.',
  products: 'any',
  questions: ['tls-1-0', 'tls-1-1'],
  cwe: 'CWE-327',
  references: ['https://cwe.mitre.org/data/definitions/327.html', 'https://www.rfc-editor.org/rfc/rfc8996'],
  acceptable: false,
  judge({ access, transport, topics: { oldTls } }) {
    if (access.state !== 'open' && access.state !== 'guarded' && access.state !== 'undetermined')
      return { verdict: 'not-applicable' };
    if (transport.scheme === 'http') return { verdict: 'not-applicable' };
    if (oldTls === null) return { verdict: 'undetermined', reason: 'oldTls' };
    const { accepted, refused, reason, evidence } = oldTls;
    if (accepted !== null) return { verdict: 'fail', facts: { version: accepted }, evidence };
    if (refused.length === 2) return { verdict: 'pass', evidence };
    return { verdict: 'undetermined', reason: reason ?? 'one-version-tested' };
  },
  stake: (_facts, observations) => ({ ...stakeOfReach(observations), kind: 'weak-encryption' }),
  remedy: (_facts, observations) => endOldTls(observations),
  texts: {
    en: {
      title: (facts, observations) => `${whoShows(observations)} still accepts ${tlsNames[facts.version]}`,
      summary(facts, observations) {
        const { tls } = observations.transport;
        const other = facts.version === 'TLSv1' ? 'TLS 1.1 was not tested.' : 'It rejected TLS 1.0.';
        return paragraph(
          `On ${moment(observations.at)}, ${observations.url} completed a handshake that offered ${tlsNames[facts.version]} only.`,
          tls?.protocol === facts.version ? 'It used no later version where all were offered.' : other,
          'This version was withdrawn in 2021 (RFC 8996): its handshake relies on SHA-1 and MD5, and current clients reject it.',
        );
      },
      undetermined: { 'one-version-tested': 'only one old version of TLS was tested' },
    },
  },
};
