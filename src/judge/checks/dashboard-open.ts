// A dashboard that lets a caller without credentials into its API.
import type { Check } from '../../model/check.js';
import {
  dashboardDetailQuestions,
  dashboardFieldQuestions,
  dashboardQuestions,
  isGuest,
  reachEvidence,
  rungReason,
  stakeOfReach,
} from '../access.js';
import { closeDashboard } from '../remedies.js';
import { letPastLogin } from '../observed.js';
import {
  aDashboard,
  answeredAs,
  Caller,
  clusterAt,
  contentsPhrase,
  counted,
  fieldsSpeakOf,
  holds,
  leadsToDataSources,
  names,
  noRepository,
  paragraph,
  searched,
  searchInferred,
} from '../words.js';

/** Where the dashboard reports its cluster, `host:port`. */
type Facts = { readonly backend: readonly string[] };

export const check: Check<Facts> = {
  id: 'dashboard-open',
  scope: 'endpoint',
  about: 'A Kibana or OpenSearch Dashboards instance lets a caller without credentials in.',
  products: ['kibana', 'opensearch-dashboards'],
  questions: [...dashboardQuestions, ...dashboardFieldQuestions, ...dashboardDetailQuestions],
  cwe: 'CWE-306',
  references: [
    'https://cwe.mitre.org/data/definitions/306.html',
    'https://www.elastic.co/docs/deploy-manage/security',
    'https://docs.opensearch.org/latest/security/',
  ],
  acceptable: true,
  judge(observations) {
    const { access, dashboard } = observations;
    // What waits for its first user has no login yet: that is a matter for dashboard-setup-open.
    if (dashboard?.setupOpen === true) return { verdict: 'not-applicable' };
    if (access.state === 'undetermined') return { verdict: 'undetermined', reason: rungReason(observations) };
    if (access.state === 'guarded') return { verdict: 'pass', evidence: access.evidence };
    if (access.state !== 'open' || isGuest(observations)) return { verdict: 'not-applicable' };
    return {
      verdict: 'fail',
      facts: { backend: dashboard?.backend.addresses ?? [] },
      evidence: reachEvidence(observations),
    };
  },
  stake: (_facts, observations) => stakeOfReach(observations),
  remedy: (_facts, observations) => closeDashboard(observations, false),
  texts: {
    en: {
      title(_facts, observations, context) {
        const contents = contentsPhrase(observations.dashboard?.cluster ?? null);
        return `${Caller(context)} can enter ${aDashboard(observations)} without a login${contents === null ? '' : `, and through it ${contents}`}`;
      },
      summary(facts, observations, context) {
        const { access, dashboard } = observations;
        const inner = dashboard?.cluster ?? null;
        const titles = names(dashboard?.savedObjects ?? [], 5, dashboard?.savedObjectsTotal ?? undefined);
        const spaces = dashboard?.spacesTotal ?? null;
        return paragraph(
          answeredAs(observations, context),
          letPastLogin(observations)
            ? 'It has a login of its own, but let us in without credentials. Either something in front of it logs every caller in, or one of several servers at this address has no login.'
            : 'It requires no login.',
          spaces === null || spaces.number === 0
            ? null
            : `It lists ${spaces.atLeast ? 'at least ' : ''}${counted(spaces.number, 'space', 'spaces')}.`,
          titles === null ? null : `It lists its saved objects: ${titles}.`,
          holds(inner, 'Through it, its cluster shows'),
          searched(inner),
          fieldsSpeakOf(observations),
          clusterAt(facts.backend),
          leadsToDataSources(observations),
          noRepository(observations),
          access.reaches.documents === 'unknown'
            ? 'Whether documents can be read through it was not determined.'
            : null,
          access.reaches.documents === 'yes' && access.proof === 'inferred' ? searchInferred : null,
          'Changes were not tested: assume that they are possible.',
        );
      },
    },
  },
};
