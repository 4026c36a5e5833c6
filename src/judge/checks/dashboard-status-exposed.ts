// A dashboard that shows its full status to a caller whom it refuses the rest.
import type { Check } from '../../model/check.js';
import { dashboardQuestions, rungReason, stakeOfReach } from '../access.js';
import { closeStatus } from '../remedies.js';
import { aDashboard, answeredAs, Caller, closingNotes, clusterAt, customHeaders, paragraph } from '../words.js';

/** `noLogin`: the dashboard itself asks for none; its cluster refuses it. `refused`: the rest was refused to us. */
type Facts = { readonly noLogin: boolean; readonly refused: boolean; readonly backend: readonly string[] };

export const check: Check<Facts> = {
  id: 'dashboard-status-exposed',
  scope: 'endpoint',
  about: 'A Kibana or OpenSearch Dashboards shows its full status to a caller whom it refuses the rest.',
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
  // What lies behind was refused, or is not this check's to tell.
  stake: (_facts, observations) => ({ ...stakeOfReach(observations), rung: 'banner', documents: 'no' }),
  texts: {
    en: {
      pass: 'It did not show us its full status.',
      title: (_facts, observations, context) =>
        `${Caller(context)} is shown the full status of ${aDashboard(observations)}`,
      summary(facts, observations, context) {
        return paragraph(
          answeredAs(observations, context),
          'Its status names its plugins, host and load without a login.',
          clusterAt(facts.backend),
          facts.noLogin
            ? `It has no login of its own; its cluster denied what we asked through it. A user and password in its settings do not open it to callers: the dashboard uses them for itself only. A fixed Authorization header does, in its settings (${customHeaders(observations)}) or added by a proxy.`
            : facts.refused
              ? 'What lies behind it was refused.'
              : `Whether it lets callers in was not determined: ${rungReason(observations)}.`,
          ...closingNotes(observations, context),
        );
      },
      remedy: (_facts, observations) => closeStatus(observations),
    },
  },
};
