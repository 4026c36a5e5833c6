// A Kibana 8 or later that waits for its first user (interactive setup, wire guide D.2, D.7).
import type { Check } from '../../model/check.js';
import { rungReason, stakeOfReach } from '../access.js';
import { finishSetup } from '../remedies.js';
import { answeredAs, Caller, paragraph } from '../words.js';

/** Nothing but what was observed. */
type Facts = { readonly waiting: true };

export const check: Check<Facts> = {
  id: 'dashboard-setup-open',
  scope: 'endpoint',
  about: 'A Kibana instance waits to be set up by the first caller (interactive setup).',
  products: ['kibana'],
  questions: ['root', 'dashboard-status', 'kibana-setup-status', 'dashboard-unknown-path'],
  cwe: 'CWE-1188',
  references: [
    'https://cwe.mitre.org/data/definitions/1188.html',
    'https://www.elastic.co/docs/reference/kibana/commands/kibana-verification-code',
  ],
  acceptable: false,
  judge(observations) {
    const { access, dashboard } = observations;
    if (dashboard?.setupOpen === true)
      return { verdict: 'fail', facts: { waiting: true }, evidence: dashboard.setupEvidence };
    if (access.state === 'undetermined') return { verdict: 'undetermined', reason: rungReason(observations) };
    if (access.state !== 'open' && access.state !== 'guarded') return { verdict: 'not-applicable' };
    return { verdict: 'pass', evidence: access.evidence };
  },
  stake: (_facts, observations) => ({ ...stakeOfReach(observations), kind: 'setup' }),
  remedy: (_facts, observations) => finishSetup(observations),
  texts: {
    en: {
      title: (_facts, _observations, context) => `${Caller(context)} can set up a Kibana that waits for its first user`,
      summary(_facts, observations, context) {
        return paragraph(
          answeredAs(observations, context),
          'It has no cluster yet and shows the page that connects it to one. Any caller can make it contact hosts of their choice. With the six-digit code in its log (five wrong guesses are allowed until a restart) they can connect it to their own cluster and then see what its users do. Neither was tried.',
        );
      },
    },
  },
};
