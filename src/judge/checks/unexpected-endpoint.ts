// An endpoint that the targets file declares absent, and at which something answers.
import { reasonWords } from '../../text/reasons.js';
import type { Check } from '../../model/check.js';
import { failures } from '../../model/exchange.js';
import type { AccessReason, Observations } from '../../model/observation.js';
import { rungReason, stakeOfReach } from '../access.js';
import { expectationOf } from '../expectation.js';
import { clearUp } from '../remedies.js';
import { caller, moment, paragraph, productAndVersion } from '../words.js';

/** What responded, as far as it is known: its product, another one by its name, a server, or something that is not usable. */
type Facts = { readonly what: 'product' | 'other-product' | 'server' | 'unusable' };

export const check: Check<Facts> = {
  id: 'unexpected-endpoint',
  scope: 'endpoint',
  about: 'Something responds at an endpoint that the targets file declares absent.',
  products: 'any',
  questions: ['root'],
  cwe: 'CWE-1059',
  references: ['https://cwe.mitre.org/data/definitions/1059.html'],
  acceptable: false,
  judge(observations, context) {
    if (expectationOf(observations, context).kind !== 'absent') return { verdict: 'not-applicable' };
    const { access } = observations;
    const what = whatAnswers(observations);
    // A decoy is not a finding: someone set it up without declaring it.
    if (access.state === 'decoy') return { verdict: 'not-applicable' };
    if (what !== null) return { verdict: 'fail', facts: { what }, evidence: access.evidence };
    if (access.state === 'unreachable') return { verdict: 'pass', evidence: access.evidence };
    return { verdict: 'undetermined', reason: rungReason(observations) };
  },
  stake: (_facts, observations) => ({ ...stakeOfReach(observations), kind: 'unexpected' }),
  remedy: (_facts, observations) => clearUp(observations),
  texts: {
    en: {
      title: (facts, observations) =>
        `${observations.url} is declared absent, but ${whatWords(facts, observations)} responds there`,
      summary(facts, observations, context) {
        return paragraph(
          `On ${moment(observations.at)}, ${whatWords(facts, observations)} responded to ${caller(context)} at ${observations.url}; the targets file says that nothing does.`,
        );
      },
    },
  },
};

/** Reasons behind which no process of the endpoint was seen. */
const silence: readonly AccessReason[] = [
  'no-such-name',
  'name-lookup-failed',
  'refused',
  'host-unreachable',
  'connect-timeout',
  'out-of-scope',
  'denied',
  'budget-spent',
  'window-closed',
  'interrupted',
  'local-failure',
  'vantage-lost',
  'source-blocked',
  'not-asked-window',
  'not-asked-blackout',
];

function whatAnswers({ identity, access, transport }: Observations): Facts['what'] | null {
  if (identity.product !== null) return 'product';
  if (identity.otherProduct !== null) return 'other-product';
  if (access.state === 'open' || access.state === 'guarded') return 'server';
  // A declared scheme is in the observations of a dead endpoint too: it proves nothing.
  if (access.reason !== null && silence.includes(access.reason)) return null;
  // Something accepted the connection, and did not speak HTTP.
  if (access.rung === 'silent' && access.reason !== null && access.reason in failures) return 'unusable';
  return transport.scheme === null ? null : 'server';
}

function whatWords({ what }: Facts, observations: Observations): string {
  const { identity, access } = observations;
  switch (what) {
    case 'product':
      return productAndVersion(observations);
    case 'other-product':
      return identity.otherProduct ?? 'another product';
    case 'server':
      return 'a server';
    case 'unusable':
      return `something that is not usable${access.reason === null ? '' : ` (${reasonWords[access.reason]})`}`;
  }
}
