// A dashboard that shows its full status to a caller whom it refuses the rest.
import type { Check } from '../../model/check.js';
import { dashboardQuestions, rungReason, stakeOfReach } from '../access.js';
import { fixedHeadersOf } from '../observed.js';
import { closeStatus } from '../remedies.js';
import { whyReachUnknown } from '../texts/en.js';
import { aDashboard, answeredAs, Caller, clusterAt, paragraph, said } from '../words.js';

/** `noLogin`: the dashboard itself has none; its cluster denies access. `refused`: the rest was denied to us. */
type Facts = { readonly noLogin: boolean; readonly refused: boolean; readonly backend: readonly string[] };

export const check: Check<Facts> = {
  id: 'dashboard-status-exposed',
  scope: 'endpoint',
  about: 'A Kibana or OpenSearch Dashboards instance shows its full status to callers that it denies everything else.',
  products: ['kibana', 'opensearch-dashboards'],
  questions: dashboardQuestions,
  cwe: 'CWE-200',
  references: [
    'https://cwe.mitre.org/data/definitions/200.html',
    'https://www.elastic.co/docs/reference/kibana/configuration-reference/general-settings',
  ],
  acceptable: true,
  judge(observations) {
    const { access, dashboard } = observations;
    if (access.state !== 'guarded' && access.state !== 'undetermined') return { verdict: 'not-applicable' };
    if (dashboard === null || dashboard.status === 'unknown')
      return { verdict: 'undetermined', reason: rungReason(observations) };
    if (dashboard.status !== 'full') return { verdict: 'pass', evidence: dashboard.statusEvidence };
    return {
      verdict: 'fail',
      facts: {
        noLogin: dashboard.login === 'none',
        refused: access.state === 'guarded',
        backend: dashboard.backend.addresses,
      },
      evidence: [...dashboard.statusEvidence, ...dashboard.backend.evidence, ...access.evidence],
    };
  },
  // What is behind was denied, or belongs to another check.
  stake: (_facts, observations) => ({ ...stakeOfReach(observations), rung: 'banner', documents: 'no' }),
  remedy: (_facts, observations) => closeStatus(observations),
  texts: {
    en: {
      title: (_facts, observations, context) =>
        `${Caller(context)} can read the full status of ${aDashboard(observations)}`,
      summary(facts, observations, context) {
        return paragraph(
          answeredAs(observations, context),
          'Its status shows plugins, host and load without a login.',
          clusterAt(facts.backend),
          facts.noLogin
            ? `It has no login of its own; its cluster denied what we requested through it. A user and password in its settings do not let callers in: the dashboard uses them only for itself. A fixed Authorization header would let them in, whether in its settings (${said(fixedHeadersOf(observations).setting)}) or added by a proxy.`
            : facts.refused
              ? 'Access to everything behind it was denied.'
              : `Whether it lets callers in was not determined: ${whyReachUnknown(observations)}.`,
        );
      },
    },
  },
};
